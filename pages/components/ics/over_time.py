"""Whether it is getting better: an ICS's own figures over time beside London's, one below the other."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from geo.places.ics import Line
from geo.places.ics_course import IcsCourse
from pages.components.charts import large_rows, strips, time_axis
from pages.components.data import figures
from pages.components.exhibits import drawing, of_view
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.ics import exhibits
from pages.components.state.view import View
from pages.components.text import caveats, columns, dates, time_series, units
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Table

HOW_TO_READ = (
    "Higher is more; the thin lines are London's lowest and highest borough in the newest period. The "
    "boundaries of the ICS and the boroughs in its value are the same throughout."
)
# pixels of the picture for slides, of a strip in it, and of its type
LARGE_WIDTH, LARGE_STRIP, LARGE_TYPE = 1860, 150, 40


def show(view: View) -> None:
    """The picture, how it is read, and which figures have no line."""
    exhibit = of_view.find(OVER_TIME, view)
    if exhibit is None:
        st.markdown(OVER_TIME.absence)
        return
    drawing.show(OVER_TIME, exhibit, view)
    st.markdown(f":small[{' '.join(exhibit.remarks)}]")


def strips_of(view: View) -> list[strips.Strip]:
    """The strips of the ICS of a view; none where it has no values over time, or there is no ICS."""
    found = exhibits.courses(view.vintage, view.scope) if view.scope else ()
    return [_strip(course) for course in found]


def enlarged(exhibit: Exhibit, view: View) -> Exhibit:
    """The exhibit of a view in letters that can be read from the end of a room, for slides."""
    found, name = strips_of(view), figures.name_of_ics(view)
    height = LARGE_STRIP * len(found) + large_rows.WHOSE + large_rows.YEARS
    drawing, rows = large_rows.courses(found, name, LARGE_WIDTH, height, "light", LARGE_TYPE)
    # other programs choose the width, and leave as much around it as it takes
    whole = {key: value for key, value in drawing.items() if key not in ("autosize", "padding")}
    return replace(exhibit, drawing=whole | {"height": {"step": LARGE_STRIP}}, rows=rows, remarks=())


def _strip(course: IcsCourse) -> strips.Strip:
    indicator, newest = course.line.indicator, course.line.latest
    drawn = course.rows.assign(
        at=[time_axis.at(end) for end in course.rows["period_end"]],
        when=[dates.period_label(period, indicator) for period in course.rows["period"]],
        value_text=units.say_values(course.rows["value"], course.rows["reason"], indicator),
        london_text=units.say_values(course.rows["london"], course.rows["london_reason"], indicator),
    )
    everywhere = newest.compared["value"]
    return strips.Strip(_heading(course), drawn, float(everywhere.min()), float(everywhere.max()))


def _heading(course: IcsCourse) -> str:
    """The figure, from which year to which."""
    indicator = course.line.indicator
    ends = (course.rows["period"].iloc[0], course.rows["period"].iloc[-1])
    first, last = (period[:4] if indicator.period_type == "date" else period for period in ends)
    return f"{indicator.short_label} ({first} to {last})"


def _over_time(view: View, theme: str) -> Exhibit | None:
    if view.scope is None:
        return None
    found = exhibits.courses(view.vintage, view.scope)
    if not found:
        return None
    name = figures.name_of_ics(view)
    return OVER_TIME.exhibit(
        view,
        title=f"{name} over time, beside London",
        subtitle=f"Every figure of its own that can be compared over time · {exhibits.subtitle(view)}",
        chart=strips.strips([_strip(course) for course in found], name, theme),
        remarks=[
            HOW_TO_READ,
            *_notes(found, figures.overview_of(view.vintage, view.scope), name),
            *_explained(found, name),
        ],
        sources=figures.sources(*exhibits.course_rows(found)),
        stem=f"{view.scope.lower()}_{view.vintage}_all_indicators_over_time",
        numbers=lambda: _table(found, name),
    )


def _notes(found: Sequence[IcsCourse], lines: Sequence[Line], name: str) -> list[str]:
    """What is not compared, what the ICS does without, and which figures have no line."""
    london = figures.london()
    of_note: dict[str, list[str]] = {}
    for course in found:
        indicator = course.line.indicator
        notes = [
            *time_series.own_notes(name, course.own, indicator),
            *time_series.basis_notes(london, indicator, course.line.latest.breaks),
            *time_series.london_note(london, indicator, list(course.rows["period"])),
        ]
        for note in notes:
            of_note.setdefault(note.removeprefix("Note: "), []).append(indicator.short_label)
    said = [f"{'; '.join(labels)}: {note}" for note, labels in of_note.items()]
    drawn = {course.line.indicator.indicator_id for course in found}
    without = [
        line.indicator.short_label
        for line in lines
        if line.indicator.direction and line.indicator.indicator_id not in drawn
    ]
    if without:
        said.append(
            "Without a line, because the ICS has no value of its own in two periods that can be compared: "
            f"{'; '.join(without)}."
        )
    return said


def _explained(found: Sequence[IcsCourse], name: str) -> list[str]:
    """What each mark on the values means."""
    return caveats.say_reasons(
        (
            place,
            dates.with_period(course.line.indicator.short_label, dates.short_period(row["period"])),
            row[key],
        )
        for course in found
        for row in course.rows.to_dict("records")
        for place, key in ((name, "reason"), ("London", "london_reason"))
        if row[key]
    )


def _table(found: Sequence[IcsCourse], name: str) -> Table:
    """A row a figure and period, the newest first: the values that are drawn."""
    parts = []
    for course in found:
        indicator = course.line.indicator
        parts.append(
            course.rows[::-1].assign(
                indicator_id=indicator.indicator_id,
                figure=indicator.short_label,
                unit=units.measure(indicator).unit,
                when=[dates.say_period(period, indicator) for period in course.rows["period"][::-1]],
                without="; ".join(course.own.left_out),
            )
        )
    said = pd.concat(parts, ignore_index=True).drop(columns="origins")
    shown = [figures.london().catalogue.indicators[name] for name in said["indicator_id"]]
    return Table(
        said,
        (
            columns.INDICATOR[0],
            Column("figure", "Figure", Kind.NAME),
            columns.UNIT,
            columns.PERIOD,
            Column("value", name, Kind.NUMBER, None, "reason"),
            Column("london", "London", Kind.NUMBER, None, "london_reason"),
            *columns.known(said, Column("without", "Worked out without", Kind.NOTE)),
        ),
        tuple(units.measure(indicator) for indicator in shown),
    )


OVER_TIME = ExhibitKind(
    "ics_over_time",
    "ics",
    "This ICS over time",
    _over_time,
    "The ICS has no value of its own in two periods that can be compared.",
    "The ICS's own values over time, beside London's.",
    "The file of numbers has every value.",
    parts=("ics",),
    told_apart_by=(),
)
KINDS = (OVER_TIME,)
