"""Where a borough stands among all boroughs: in each figure that has a better end, and in need and spend."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.places.latest import Latest
from geo.places.spine import RANGE, of_borough
from pages.components.charts import spines
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.exhibits import drawing, of_view
from pages.components.exhibits.kinds import ExhibitKind, plain
from pages.components.notes import sources as notes_sources
from pages.components.state.view import View
from pages.components.text import cells, columns, grammar, units
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Table

SIGNS = (
    "▲ clearly better than London, ▼ clearly worse, ■ similar, ● without an interval to tell; "
    "◆ need or spend, which speaks neither for nor against a place."
)

_STANDING = (
    "Each figure at its latest period · right of London's line is better, of need and spend only higher; "
    "bar: lowest to highest, standing out in it: the middle half"
)


def show_spine(view: View) -> None:
    """The picture, and how it is read."""
    exhibit = of_view.find(SPINE, view)
    if exhibit is None:
        return
    st.header("Beside all boroughs", anchor=False)
    st.markdown(
        f"{spines.MIDDLE} The bar reaches from the lowest to the highest borough; what stands out in it is "
        f"the middle half. {SIGNS}"
    )
    drawing.show(SPINE, exhibit, view)
    rows = spine_rows(figures.latest(view), view.borough)
    notes_sources.show_marks(explained_spine(rows, figures.latest(view), view.borough))


def explained_spine(rows: pd.DataFrame, lines: Sequence[Latest], name: str) -> list[str]:
    """What each mark in the picture of spine_rows() means."""
    return cells.explained([lines[place] for place in rows["place"]], [name])


@once
def spine_rows(lines: tuple[Latest, ...], name: str) -> pd.DataFrame:
    """geo.places.spine.of_borough, with label, brief (for phones), value_text and middle_text."""
    rows = of_borough(lines, name)

    def say(column: str, noted: str) -> list[str]:
        return [
            units.say_value(value, note, lines[place].indicator)
            for place, value, note in zip(rows["place"], rows[column], rows[noted], strict=True)
        ]

    middles = zip(say("middle", "middle_note"), rows["is_median"], strict=True)
    return rows.assign(
        label=[cells.heading(lines[place]) for place in rows["place"]],
        brief=[cells.brief_heading(lines[place]) for place in rows["place"]],
        value_text=say("value", "note"),
        middle_text=[f"{'the middle borough' if median else 'London'} {text}" for text, median in middles],
    )


def _spine(view: View, theme: str) -> Exhibit | None:
    lines = figures.latest(view)
    rows = spine_rows(lines, view.borough) if view.borough else pd.DataFrame()
    if rows.empty:
        return None
    ends = [lines[place].extremes for place in rows["place"]]
    rows = rows.assign(
        why_least=[end.smallest_note for end in ends], why_most=[end.largest_note for end in ends]
    )
    return SPINE.exhibit(
        view,
        title=f"{grammar.beginning(view.borough)} beside all London boroughs",
        subtitle=f"{_STANDING} · {figures.place_of(view)}",
        chart=spines.of_borough(rows, theme),
        remarks=[
            SIGNS,
            *explained_spine(rows, lines, view.borough),
        ],
        sources=figures.sources(
            *cells.rows([lines[place] for place in rows["place"]], [view.borough]),
            *(lines[place].compared for place in rows["place"]),
        ),
        stem=f"all_indicators_{plain(view.borough).lower()}_latest_standing",
        numbers=lambda: _spine_table(rows, lines, view.borough),
    )


def _spine_table(rows: pd.DataFrame, lines: Sequence[Latest], name: str) -> Table:
    """spine_rows() with what is drawn of each: the borough, what it is held against, and all boroughs."""
    shown = [lines[place].indicator for place in rows["place"]]
    measures = tuple(units.measure(indicator) for indicator in shown)
    said = rows.assign(
        indicator_id=[indicator.indicator_id for indicator in shown],
        unit=[measure.unit for measure in measures],
        panel=[spines.PANELS[judges][0] for judges in rows["judges"]],
        whose=rows["is_median"].map({True: "the middle borough", False: "London"}),
        compared=rows["comparison"].str.replace("_", " "),
        reason=[lines[place].reasons.get(name, "") for place in rows["place"]],
        why_middle=[lines[place].reasons.get("London", "") for place in rows["place"]],
    )
    said[["why_lower_quarter", "why_upper_quarter"]] = ""
    called = ("Lowest borough", "Lower quarter", "Upper quarter", "Highest borough")
    range_of_all = [
        Column(key, end, Kind.NUMBER, None, f"why_{key}") for key, end in zip(RANGE, called, strict=True)
    ]
    return Table(
        said,
        (
            columns.INDICATOR[0],
            columns.PANEL,
            Column("label", "Figure", Kind.NAME),
            columns.UNIT,
            Column("value", name, Kind.NUMBER, None, "reason"),
            Column("whose", "Held against", span="In the middle", after=" "),
            Column("middle", "Its value", Kind.NUMBER, None, "why_middle", span="In the middle"),
            *range_of_all,
            columns.COMPARISON,
            *columns.known(
                said,
                columns.NOTE,
                Column("why_least", "Note on the lowest", Kind.NOTE),
                Column("why_most", "Note on the highest", Kind.NOTE),
            ),
        ),
        measures,
    )


SPINE = ExhibitKind(
    "spine",
    "borough",
    "Standing",
    _spine,
    "There is no figure of this borough to compare.",
    "Where the borough stands among all boroughs.",
    "The table below has every value.",
    parts=("borough",),
)
