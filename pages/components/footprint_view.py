"""The parts of the page on one ICS: what stands out, the ICSs side by side, its boroughs, files."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Catalogue
from geo.footprint import Line
from geo.join import LONDON, value_of
from geo.latest import of_systems
from pages.components import (
    cells,
    drawing,
    figures,
    footprint_words,
    notes,
    place_charts,
    sidebar,
    words,
)
from pages.components.pieces import PieceKind
from pages.components.view import View
from pages.exports.piece import Piece


def offer_choice(names: dict[str, str]) -> None:
    """A button for each ICS."""
    with st.container(horizontal=True):
        for code, name in names.items():
            st.button(name, on_click=sidebar.ask, kwargs={"ics": code})


def subtitle(view: View) -> str:
    """How many boroughs, and by whose boundaries."""
    london = figures.london()
    members = london.footprints[
        (london.footprints["vintage"] == view.vintage) & (london.footprints["ics_code"] == view.scope)
    ]
    return f"{len(members)} local authorities · ICS boundaries as of {london.vintages[view.vintage].since}"


class Said(NamedTuple):
    """What the page says of an ICS, whatever figure is looked at. Visitors share it: nobody may change it.

    `tables` has all figures by borough, a table for each subject.
    """

    standing: list[str]
    gaps: list[str]
    changes: list[str]
    beside: pd.DataFrame
    own_lottery: pd.DataFrame
    tables: dict[str, pd.DataFrame]


def said(view: View) -> Said:
    """What there is to say of the ICS that is looked at."""
    assert view.scope, "All London is no ICS"
    return _said(view.vintage, view.scope, figures.edition(), figures.footprint(view))


@st.cache_resource(show_spinner=False, max_entries=30)
def _said(vintage: str, scope: str, edition: str, _lines: Sequence[Line]) -> Said:
    london = figures.london()
    name = london.ics_names[vintage][scope]
    return Said(
        footprint_words.standing(_lines, name, london.catalogue),
        footprint_words.gaps(_lines, london.catalogue),
        footprint_words.changes(_lines, london.catalogue),
        beside(_lines, scope, london.catalogue),
        footprint_words.own_lottery(_lines, london.catalogue),
        by_subject(_lines, name, london.catalogue),
    )


def show_standing(said: Said) -> None:
    """Firsts and lasts, and the largest changes, in sentences."""
    none = ["In no figure is it, or one of its boroughs, the first or the last."]
    st.header("What stands out", anchor=False)
    st.markdown("\n".join(f"- {text}" for text in said.standing or none))
    for title, texts in (
        ("Largest gaps from London", said.gaps),
        ("Most changed since the period before", said.changes),
    ):
        if texts:
            st.subheader(title, anchor=False)
            st.markdown("\n".join(f"- {text}" for text in texts))


def show_beside(said: Said, view: View) -> None:
    """The ICSs side by side: the figure that is looked at as a picture, all rates as a table."""
    st.header("Beside the other ICSs", anchor=False)
    piece = drawing.find(SYSTEMS, view)
    if piece is None:
        label = figures.picture(view).indicator.short_label
        st.markdown(f"{label}: no value of an ICS can be given, because the figures come without counts.")
    else:
        st.markdown(f":small[{figures.picture(view).indicator.label} · {_period(view)}]")
        drawing.show(SYSTEMS, piece, view)
    st.table(said.beside, hide_index=True, border="horizontal")
    st.markdown(
        ":small[Values of an ICS are ratios of sums, never a mean of percentages. In brackets 95% intervals, "
        "for shares of children: how many centres there are, or how much is spent, is not drawn by chance.]"
    )


def show_own_lottery(said: Said) -> None:
    """How far apart its own boroughs are."""
    st.header("Its own lottery", anchor=False)
    st.table(said.own_lottery, hide_index=True, border="horizontal")


def show_table(said: Said, view: View) -> None:
    """Every indicator by borough, with signs and tints for what is clearly above or below London."""
    st.header("All figures", anchor=False)
    st.markdown(
        f"{cells.LEGEND} Where the ICS has no value, its boroughs' figures come without the counts that it "
        "needs, or one is missing."
    )
    for subject, table in said.tables.items():
        st.subheader(subject, anchor=False)
        st.table(table, hide_index=True, border="horizontal")
    latest = [line.latest for line in figures.footprint(view)]
    notes.show_sources(cells.sources(latest, figures.london().catalogue), figures.embedded())


def systems_rows(view: View) -> pd.DataFrame | None:
    """The ICSs in the figure that is looked at; None for totals and where counts are missing."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    rows = of_systems(london, indicator, view.period, view.vintage)
    return None if indicator.aggregation != "ratio" or rows["value"].isna().all() else rows


def by_subject(lines: Sequence[Line], name: str, catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    """For each subject its figures: a row a borough, then the ICS, then London."""
    places = [*lines[0].boroughs["area_name"], f"**{name}**", "**London**"]
    tables: dict[str, pd.DataFrame] = {}
    for line in lines:
        table = tables.setdefault(line.indicator.domain, pd.DataFrame({"Place": places}))
        table[cells.heading(line.latest)] = [
            *(cells.said(row, line.latest, catalogue) for row in line.boroughs.to_dict("records")),
            cells.whole(line.value, line.latest, catalogue),
            cells.whole(line.latest.london, line.latest, catalogue),
        ]
    return tables


def beside(lines: Sequence[Line], scope: str, catalogue: Catalogue) -> pd.DataFrame:
    """The rates of all ICSs and London's, one row an indicator, with the ICS of `scope` in bold."""
    rows = []
    for line in lines:
        systems = line.latest.systems.set_index("ics_code")
        if line.indicator.aggregation != "ratio" or systems["value"].isna().all():
            continue
        row = {"Figure": cells.heading(line.latest)}
        intervals = words.interval_texts(systems, line.indicator, catalogue)
        for (code, system), interval in zip(systems.iterrows(), intervals, strict=True):
            text = words.format_value(system["value"], line.indicator, catalogue) or "not given"
            text += f" ({interval})" if interval else ""
            text += f", without {words.list_names(system['left_out'])}" if system["left_out"] else ""
            cell = cells.tinted(text, system["comparison"])
            row[system["ics_name"]] = f"**{cell}**" if code == scope else cell
        rows.append(row | {"London": cells.whole(line.latest.london, line.latest, catalogue)})
    return pd.DataFrame(rows)


def _period(view: View) -> str:
    return words.say_period(view.period, figures.picture(view).indicator)


def _systems(view: View, theme: str) -> Piece | None:
    rows = systems_rows(view)
    if rows is None:
        return None
    london = figures.london()
    picture = figures.picture(view)
    indicator = picture.indicator
    benchmark = value_of(picture.place_table, LONDON)
    chart = place_charts.systems(rows, benchmark, indicator, london.catalogue, view.scope or "", theme)
    since = london.vintages[view.vintage].since
    return SYSTEMS.piece(
        view,
        title=f"{indicator.label}, by ICS",
        subtitle=f"{_period(view)} · ICSs as of {since} · the broken line is London",
        chart=chart,
        remarks=[
            f"{name} is worked out without {words.list_names(left_out)}."
            for name, left_out in zip(rows["ics_name"], rows["left_out"], strict=True)
            if left_out
        ],
        sources=picture.sources,
        numbers=lambda: pd.DataFrame(
            {
                "ICS": rows["ics_name"],
                "Value": [words.format_value(v, indicator, london.catalogue) for v in rows["value"]],
                "95% interval": words.interval_texts(rows, indicator, london.catalogue),
            }
        ),
    )


def _all_figures(view: View, theme: str) -> Piece | None:
    if view.scope is None:
        return None
    catalogue = figures.london().catalogue
    name = figures.london().ics_names[view.vintage][view.scope]
    latest = [line.latest for line in figures.footprint(view)]
    names = list(figures.footprint(view)[0].boroughs["area_name"])
    return ALL_FIGURES.piece(
        view,
        title=f"All figures of {name}",
        subtitle=f"Each at its latest period · {subtitle(view)}",
        sources=cells.sources(latest, catalogue),
        stem=f"{view.scope.lower()}_{view.vintage}_all_indicators",
        numbers=lambda: cells.as_rows(latest, names, catalogue).assign(ics=name, ics_vintage=view.vintage),
    )


SYSTEMS = PieceKind(
    "icss",
    "ics",
    "ICSs side by side",
    _systems,
    "No value of an ICS can be given: the figure is a total, or comes without counts.",
    "The ICSs from the highest to the lowest value.",
    "The table below has every value.",
)
ALL_FIGURES = PieceKind("ics_figures", "ics", "All figures of this ICS", _all_figures, "No ICS is chosen.")
KINDS = (SYSTEMS, ALL_FIGURES)
