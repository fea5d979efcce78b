"""Where an ICS and its boroughs stand: in each figure that has a better end, and in need and spend."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.places.ics import Line
from geo.places.spine import of_ics
from pages.components.charts import spines
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.exhibits import drawing, of_view
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.ics import exhibits
from pages.components.notes import sources as notes_sources
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import cells, columns, grammar, units
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Table

SIGNS = (
    "▲ clearly better than London, ▼ clearly worse, ■ similar, ● without an interval to tell; "
    "◆ need or spend, which speaks neither for nor against a place; small rings: the other ICSs."
)
BARS = (
    "The bar reaches from London's lowest to its highest borough, what stands out in it over the boroughs of "
    "this ICS: where that is all, the ICS has no value of its own."
)


@part
def show(view: View) -> None:
    """The picture of all figures, and how it is read."""
    exhibit = of_view.find(STANDING, view)
    if exhibit is None:
        return
    drawing.show(STANDING, exhibit, view)
    assert view.scope, "All London is no ICS"
    read = f"{spines.MIDDLE} {BARS} {SIGNS}"
    st.markdown(notes_sources.small(read, *_explained(view.vintage, view.scope)))


@once
def rows(vintage: str, scope: str) -> pd.DataFrame:
    """geo.places.spine.of_ics, with figure, label, value_text, middle_text; for phones brief, brief_text."""
    lines = figures.overview_of(vintage, scope)
    found = of_ics(lines)
    newest = [lines[place].latest for place in found["place"]]
    return found.assign(
        figure=[cells.heading(line) for line in newest],
        # beside a map there is less room
        label=[cells.brief_heading(line) for line in newest],
        brief=[cells.brief_heading(line) for line in newest],
        value_text=[_value(row, lines[row["place"]], "boroughs ") for row in found.to_dict("records")],
        brief_text=[_value(row, lines[row["place"]]) for row in found.to_dict("records")],
        middle_text=[_middle(row, lines[row["place"]]) for row in found.to_dict("records")],
    )


def _value(row: dict, line: Line, whose: str = "") -> str:
    """The value of an ICS; of one that has none, from which to which of its boroughs it reaches (`whose`)."""
    note = line.latest.reasons_of_ics.get(row["ics_code"], "")
    return units.say_value(row["value"], note, line.indicator) or f"{whose}{_ends(line)}"


def _ends(line: Line) -> str:
    """From the lowest to the highest borough of an ICS; empty where fewer than two can be compared."""
    ends = line.extremes
    if ends is None:
        return ""
    lowest = units.say_value(ends.smallest, ends.smallest_note, line.indicator)
    return f"{lowest} to {units.say_value(ends.largest, ends.largest_note, line.indicator)}"


def _middle(row: dict, line: Line) -> str:
    said = units.say_value(row["middle"], row["middle_note"], line.indicator)
    return f"the middle borough {said}" if row["is_median"] else f"London {said}"


@once
def _explained(vintage: str, scope: str) -> list[str]:
    """What each mark in the picture and its table means: of London, the ICS, or boroughs at its ends."""
    found, lines = rows(vintage, scope), figures.overview_of(vintage, scope)
    texts, shown, names = [], [], set()
    for row in found[found["is_own"]].to_dict("records"):
        line = lines[row["place"]]
        at_ends = {*line.extremes.lowest, *line.extremes.highest} if line.extremes else set()
        shown.append(line.latest)
        names |= at_ends
        whose = "; ".join([*at_ends, row["ics_name"], cells.LONDON])
        values = ", ".join([row["value_text"], _ends(line), row["middle_text"]])
        texts.append(f"{row['figure']}, {whose}: {values}")
    return cells.explained_in(texts, shown, sorted(names), [lines[0].scope])


def _standing(view: View, theme: str) -> Exhibit | None:
    if view.scope is None:
        return None
    lines = figures.footprint(view)
    found = rows(view.vintage, view.scope)
    if found.empty:
        return None
    shown = [lines[place].latest for place in found["place"].unique()]
    name = figures.name_of_ics(view)
    own = found[found["is_own"]]
    return STANDING.exhibit(
        view,
        title=f"{name} beside London",
        subtitle="Each figure at its latest period · right of London's line is better, of need and spend "
        f"only higher · {exhibits.subtitle(view)}",
        chart=spines.of_ics(found, theme),
        remarks=[
            BARS,
            SIGNS,
            *(
                f"{cells.heading(lines[place].latest)}: worked out without {grammar.list_names(left_out)}."
                for place, value, left_out in zip(own["place"], own["value"], own["left_out"], strict=True)
                if left_out and pd.notna(value)
            ),
            *_explained(view.vintage, view.scope),
        ],
        sources=figures.sources(
            *(line.compared for line in shown), *cells.systems(shown, list(found["ics_code"].unique()))
        ),
        stem=f"{view.scope.lower()}_{view.vintage}_all_indicators_standing",
        numbers=lambda: _table(found, lines),
    )


def _table(found: pd.DataFrame, lines: Sequence[Line]) -> Table:
    """The rows that are drawn: the ICSs, what they are held against, and the boroughs of this ICS."""
    shown = [lines[place].indicator for place in found["place"]]
    measures = tuple(units.measure(indicator) for indicator in shown)
    ends = [lines[place].extremes for place in found["place"]]
    said = found.assign(
        why_least=[end.smallest_note if end else "" for end in ends],
        why_most=[end.largest_note if end else "" for end in ends],
        indicator_id=[indicator.indicator_id for indicator in shown],
        unit=[measure.unit for measure in measures],
        panel=[spines.PANELS[judges][0] for judges in found["judges"]],
        whose=found["is_median"].map({True: "the middle borough", False: "London"}),
        compared=found["comparison"].str.replace("_", " "),
        without=["; ".join(names) for names in found["left_out"]],
        reason=[
            lines[place].latest.reasons_of_ics.get(code, "")
            for place, code in zip(found["place"], found["ics_code"], strict=True)
        ],
        why_middle=[lines[place].latest.reasons.get("London", "") for place in found["place"]],
    )
    return Table(
        said,
        (
            columns.INDICATOR[0],
            columns.PANEL,
            Column("figure", "Figure", Kind.NAME),
            columns.UNIT,
            Column("ics_name", "ICS", Kind.NAME),
            Column("value", "Value", Kind.NUMBER, None, "reason"),
            *columns.interval(None),
            columns.COMPARISON,
            Column("whose", "Held against", span="In the middle", after=" "),
            Column("middle", "Its value", Kind.NUMBER, None, "why_middle", span="In the middle"),
            Column("own_least", "Lowest borough of the chosen ICS", Kind.NUMBER, None, "why_least"),
            Column("own_most", "Highest borough of the chosen ICS", Kind.NUMBER, None, "why_most"),
            *columns.known(said, Column("without", "Worked out without", Kind.NOTE), columns.NOTE),
        ),
        measures,
    )


STANDING = ExhibitKind(
    "ics_standing",
    "ics",
    "Where this ICS stands",
    _standing,
    "No ICS is chosen.",
    "Where the ICS and its boroughs stand beside London and the other ICSs.",
    "The tables below have every value.",
    parts=("ics",),
    told_apart_by=(),
)
KINDS = (STANDING,)
