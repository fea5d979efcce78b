"""The parts of the page on one ICS: what stands out, the ICSs side by side, its boroughs, files."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from geo.footprint import Line
from geo.join import LONDON, place_table, value_of
from geo.latest import of_systems
from pages.components import (
    cells,
    chart_parts,
    downloads,
    drawing,
    figures,
    footprint_words,
    notes,
    place_charts,
    sidebar,
    words,
)
from pages.components.view import View
from pages.exports import pictures

WIDTH = 800


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


def show_standing(lines: Sequence[Line], name: str) -> None:
    """Firsts and lasts, and the largest changes, in sentences."""
    catalogue = figures.london().catalogue
    said = footprint_words.standing(lines, name, catalogue)
    none = ["In no figure is it, or one of its boroughs, the first or the last."]
    st.header("What stands out", anchor=False)
    st.markdown("\n".join(f"- {text}" for text in said or none))
    for title, texts in (
        ("Largest gaps from London", footprint_words.gaps(lines, catalogue)),
        ("Most changed since the period before", footprint_words.changes(lines, catalogue)),
    ):
        if texts:
            st.subheader(title, anchor=False)
            st.markdown("\n".join(f"- {text}" for text in texts))


def show_beside(lines: Sequence[Line], view: View) -> None:
    """The ICSs side by side: the figure that is looked at as a picture, all rates as a table."""
    st.header("Beside the other ICSs", anchor=False)
    chart = systems_chart(view, drawing.theme())
    if chart is None:
        label = figures.picture(view).indicator.short_label
        st.markdown(f"{label}: no value of an ICS can be given, because the figures come without counts.")
    else:
        spec, data = chart
        st.markdown(f":small[{figures.picture(view).indicator.label} · {_period(view)}]")
        st.vega_lite_chart(
            spec=spec | {"datasets": data},
            theme=None,
            key="systems",
            alt="The ICSs from the highest to the lowest value. The table below has every value.",
        )
    st.table(beside(lines, view), hide_index=True, border="horizontal")
    st.markdown(
        ":small[Values of an ICS are ratios of sums, never a mean of percentages. In brackets 95% intervals, "
        "for shares of children: how many centres there are, or how much is spent, is not drawn by chance.]"
    )


def show_own_lottery(lines: Sequence[Line]) -> None:
    """How far apart its own boroughs are."""
    st.header("Its own lottery", anchor=False)
    table = footprint_words.own_lottery(lines, figures.london().catalogue)
    st.table(table, hide_index=True, border="horizontal")


def show_table(lines: Sequence[Line], name: str) -> None:
    """Every indicator by borough, with signs and tints for what is clearly above or below London."""
    st.header("All figures", anchor=False)
    st.markdown(
        f"{cells.LEGEND} Where the ICS has no value, its boroughs' figures come without the counts that it "
        "needs, or one is missing."
    )
    catalogue = figures.london().catalogue
    for domain in dict.fromkeys(line.indicator.domain for line in lines):
        st.subheader(domain, anchor=False)
        places = [*lines[0].boroughs["area_name"], f"**{name}**", "**London**"]
        columns = {
            cells.heading(line.latest): [
                *(cells.said(row, line.latest, catalogue) for row in line.boroughs.to_dict("records")),
                cells.whole(line.value, line.latest, catalogue),
                cells.whole(line.latest.london, line.latest, catalogue),
            ]
            for line in lines
            if line.indicator.domain == domain
        }
        st.table(pd.DataFrame({"Place": places} | columns), hide_index=True, border="horizontal")
    notes.show_sources(cells.sources([line.latest for line in lines], catalogue))


def offer(lines: Sequence[Line], name: str, view: View) -> None:
    """The ICSs side by side as a picture, and all figures as a table."""
    files = []
    if systems_chart(view, "light"):
        files = downloads.as_pictures(
            "ICSs side by side", f"{downloads.file_name(view)}_icss", partial(_framed, view)
        )
    stem = f"{(view.scope or '').lower()}_{view.vintage}_all_indicators"
    table = downloads.as_table("All figures of this ICS", stem, partial(_as_rows, lines, name, view))
    downloads.buttons([*files, table])


def systems_chart(view: View, theme: str) -> chart_parts.Picture | None:
    """The ICSs side by side in the figure that is looked at; None for totals and where counts are missing."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    rows = of_systems(london, indicator, view.period, view.vintage)
    if indicator.aggregation != "ratio" or rows["value"].isna().all():
        return None
    benchmark = value_of(place_table(london, view.indicator, view.period, view.vintage), LONDON)
    return place_charts.systems(rows, benchmark, indicator, london.catalogue, view.scope or "", theme)


def beside(lines: Sequence[Line], view: View) -> pd.DataFrame:
    """The rates of all ICSs and London's, one row an indicator, as a table for the page."""
    london = figures.london()
    rows = []
    for line in lines:
        systems = line.latest.systems.set_index("ics_code")
        if line.indicator.aggregation != "ratio" or systems["value"].isna().all():
            continue
        said = {"Figure": cells.heading(line.latest)}
        intervals = words.interval_texts(systems, line.indicator, london.catalogue)
        for (code, system), interval in zip(systems.iterrows(), intervals, strict=True):
            text = words.format_value(system["value"], line.indicator, london.catalogue) or "not given"
            text += f" ({interval})" if interval else ""
            text += f", without {words.list_names(system['left_out'])}" if system["left_out"] else ""
            cell = cells.tinted(text, system["comparison"])
            said[system["ics_name"]] = f"**{cell}**" if code == view.scope else cell
        rows.append(said | {"London": cells.whole(line.latest.london, line.latest, london.catalogue)})
    return pd.DataFrame(rows)


def _period(view: View) -> str:
    return words.say_period(view.period, figures.picture(view).indicator)


def _framed(view: View) -> dict:
    picture = figures.picture(view)
    spec, data = systems_chart(view, "light") or ({}, {})
    since = figures.london().vintages[view.vintage].since
    return pictures.framed(
        spec,
        data,
        WIDTH,
        title=f"{picture.indicator.label}, by ICS",
        subtitle=f"{_period(view)} · ICSs as of {since} · the broken line is London",
        footer=notes.source_lines(picture.sources),
        below=pictures.AXIS_BELOW,
    )


def _as_rows(lines: Sequence[Line], name: str, view: View) -> pd.DataFrame:
    names = list(lines[0].boroughs["area_name"])
    rows = cells.as_rows([line.latest for line in lines], names, figures.london().catalogue)
    return rows.assign(ics=name, ics_vintage=view.vintage)
