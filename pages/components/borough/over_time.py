"""The figure that is looked at, over time in some boroughs: on My borough, Compare boroughs and in packs."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Indicator
from geo.places.ics_course import OwnValues, own_values
from geo.tables.time_series import course, course_reasons
from geo.tables.timeline import timeline
from pages.components.charts import courses, parts as charts_parts
from pages.components.data import figures
from pages.components.data.edition import once_for
from pages.components.exhibits import drawing, of_view
from pages.components.exhibits.kinds import FIGURE, ExhibitKind, plain
from pages.components.notes import sources as notes_sources
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import caveats, columns, dates, grammar, spans, time_series, units
from pages.exports.exhibit import Exhibit
from pages.exports.table import NONE, Table

WHOLES = ["London", "England"]


def show_course(kind: ExhibitKind, names: tuple[str, ...], view: View) -> bool:
    """The figure that is looked at over time in these boroughs, beside their ICS, London and England.

    False where there is none.
    """
    exhibit = of_view.find(kind, view)
    indicator = figures.picture(view).indicator
    st.header(f"{indicator.short_label} over time", anchor=False)
    if exhibit is None:
        st.markdown(kind.absence)
        return False
    drawing.show(kind, exhibit, view)
    _show_notes(names, view)
    return True


@part
def _show_notes(names: tuple[str, ...], view: View) -> None:
    notes_sources.show_marks(course_notes(names, view))


@once_for("indicator", "period")
def course_table(names: tuple[str, ...], view: View, thinned: bool = False) -> Table:
    """The values behind the course, the latest first: a row a period, a column an area.

    Of many dates those for display if `thinned`. A period that begins another basis says so.
    """
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    values, reasons = lines_of([*names, *WHOLES], names, view, thinned)
    starts = timeline(london, view.indicator, view.period, thinned).starts
    areas = [str(name) for name in values]
    notes = [
        "; ".join(f"{name}: {reason}" for name, reason in row.items() if reason)
        for _, row in reasons.iterrows()
    ]
    rows = values.join(reasons.add_prefix("reason_")).assign(
        when=[dates.say_period(period, indicator) for period in values.index],
        basis=[starts.get(period, "") for period in values.index],
        reason=notes,
    )[::-1]
    shown = (columns.value(indicator, n, n, f"reason_{n}") for n in areas)
    return Table(
        rows.reset_index(drop=True),
        (
            replace(columns.PERIOD, span="Period"),
            *columns.known(rows, columns.BASIS),
            *(replace(column, absent=NONE) for column in shown),
            *columns.known(rows, columns.NOTE),
        ),
    )


def course_chart(names: Sequence[str], view: View, theme: str) -> charts_parts.Chart | None:
    """The figure that is looked at over time; None when there is one period only, or no number."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    drawn = with_line(names, view)
    values, reasons = lines_of([*drawn, *_wholes(indicator)], names, view, thinned=True)
    known = [name for name in drawn if name in values]
    if len(values) < 2 or not known or indicator.categories:
        return None
    short = figures.layouts()["tiles"].labels["tile_label"].str.replace("|", " ")
    labels = {name: short[london.borough_codes[name]] for name in known}
    times = timeline(london, view.indicator, view.period, thinned=True)
    return courses.lines(values, reasons, labels, times, indicator, theme)


@once_for("indicator", "period")
def course_rows(names: tuple[str, ...], view: View) -> pd.DataFrame:
    """The rows of the values of course_chart(): of these boroughs, their ICS, London and England."""
    london = figures.london()
    wholes = _wholes(london.catalogue.indicators[view.indicator])
    periods = timeline(london, view.indicator, view.period).periods
    own = _own_of(names, view)
    boroughs_and_wholes = figures.rows_over_time(view, periods, [*names, *wholes])
    return pd.concat([boroughs_and_wholes, own.values.rows[["origins"]]]) if own else boroughs_and_wholes


@once_for("indicator", "period", "borough", "compare")
def course_notes(names: tuple[str, ...], view: View) -> list[str]:
    """Who has no line and why, what is not compared and why, and what marks on its values mean."""
    own, indicator = _own_of(names, view), figures.picture(view).indicator
    london = figures.london()
    values = course(london, view.indicator, [*names, *WHOLES], view.period, thinned=True)
    # the ICS and London often have one reason
    of_own = [(own.name, own.values.rows["reason"])] if own else []
    reasons = [*of_own, *course_reasons(london, view.indicator, values).items()]
    return [
        *without_line(names, view),
        *comparison_notes(view),
        *(time_series.own_notes(own.name, own.values, indicator) if own else []),
        *caveats.say_reasons(_marks(reasons)),
    ]


class _Own(NamedTuple):
    """The ICS that boroughs are all in, and its own values over time."""

    name: str
    values: OwnValues


def _wholes(indicator: Indicator) -> list[str]:
    """London and England, where they can stand beside a borough: not in a total."""
    return [] if indicator.aggregation == "sum" else WHOLES


@once_for("indicator", "period")
def _own_of(names: tuple[str, ...], view: View) -> _Own | None:
    """The ICS that all of these boroughs are in; None where there is none, or it never has a value."""
    london, table = figures.london(), figures.picture(view).place_table
    codes = set(table.loc[table["area_name"].isin(names), "ics_code"])
    if len(codes) != 1:
        return None
    (code,) = codes
    periods = timeline(london, view.indicator, view.period).periods
    values = own_values(london, view.indicator, periods, view.vintage, code)
    return values and _Own(london.ics_names[view.vintage][code], values)


def lines_of(
    areas: Sequence[str], boroughs: Sequence[str], view: View, thinned: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """course() of these areas and course_reasons(), and before London those of the boroughs' ICS."""
    london = figures.london()
    values = course(london, view.indicator, areas, view.period, thinned)
    reasons = course_reasons(london, view.indicator, values).fillna("")
    own = _own_of(tuple(boroughs), view)
    if own:
        at = sum(name not in WHOLES for name in values)
        values, reasons = values.copy(), reasons.copy()
        values.insert(at, own.name, own.values.rows["value"].reindex(values.index))
        reasons.insert(at, own.name, own.values.rows["reason"].reindex(values.index).fillna(""))
    return values, reasons


def say_course(name: str, view: View) -> str:
    """The first and the last value of a borough on the newest basis, in a sentence; empty without two."""
    london, indicator = figures.london(), figures.picture(view).indicator
    times = timeline(london, view.indicator, view.period, thinned=True)
    course_of = course(london, view.indicator, [name], view.period, thinned=True)
    if name not in course_of:
        return ""
    reasons = course_reasons(london, view.indicator, course_of)[name].fillna("")
    of_period = times.rows.set_index("period")["basis"]
    known = course_of[name].dropna()
    known = known[of_period[known.index] == of_period.iloc[-1]]
    if len(known) < 2:
        return ""
    ends = (known.index[0], known.index[-1])
    first, last = (units.say_value(known[period], reasons[period], indicator) for period in ends)
    since, until = (dates.say_period(period, indicator) for period in ends)
    if first == last:
        return f"{grammar.beginning(name)} is where it was: {first} ({since} and {until})."
    return f"{grammar.beginning(name)} went from {first} ({since}) to {last} ({until})."


def with_line(names: Sequence[str], view: View) -> list[str]:
    """These boroughs without those of very few children, whose values would press all other lines together.

    One that somebody has chosen by its name has its line.
    """
    rows = figures.picture(view).rows
    small = set(rows.loc[rows["small"], "area_name"]) - {view.borough, *view.compared}
    return [name for name in names if name not in small]


def without_line(names: Sequence[str], view: View) -> list[str]:
    """A sentence on those of these boroughs that have no line, and why, if there are any."""
    drawn = course(figures.london(), view.indicator, names, view.period, thinned=True)
    missing = [name for name in names if name not in drawn]
    aside = sorted(set(names) - set(with_line(names, view)) - set(missing))
    whose = {"there is no figure for any of these periods": missing, "very few children live there": aside}
    return [
        f"{_begin(without)} {'has' if len(without) == 1 else 'have'} no line: {why}."
        for why, without in whose.items()
        if without
    ]


def _begin(names: Sequence[str]) -> str:
    """Names as a sentence begins with them."""
    return grammar.join_all([grammar.beginning(names[0]), *(grammar.inside(name) for name in names[1:])])


def comparison_notes(view: View) -> list[str]:
    """What a course of the figure that is looked at does not compare, and why."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    times = timeline(london, view.indicator, view.period, thinned=True)
    return [
        *time_series.basis_notes(london, indicator, times.breaks),
        *time_series.london_note(london, indicator, times.periods),
    ]


def _marks(reasons: Iterable[tuple[Hashable, pd.Series]]) -> list[tuple[str, str, str]]:
    """The marks of places on their values over time, for caveats.say_reasons."""
    return [
        (str(name), dates.short_period(str(period)), reason)
        for name, of_place in reasons
        for period, reason in of_place.items()
        if reason
    ]


def course_exhibit(kind: ExhibitKind, names: tuple[str, ...], view: View, theme: str) -> Exhibit | None:
    """The course of these boroughs; None when there is one period only, or no number."""
    picture = figures.picture(view)
    chart = course_chart(names, view, theme) if names else None
    if chart is None:
        return None
    own, since = _own_of(tuple(names), view), figures.london().vintages[view.vintage].since
    dotted = f" · dotted: {own.name}" if own else ""
    return kind.exhibit(
        view,
        title=f"{picture.indicator.label}: {say_boroughs(names, view)}",
        subtitle=f"{_span(view)}{_dashed(names, view)}{dotted} · ICSs as of {since}",
        chart=chart,
        remarks=course_notes(names, view),
        sources=figures.sources(course_rows(names, view)),
        stem=f"{view.indicator}_{plain(' '.join(names)).lower()}_over_time",
        numbers=lambda: course_table(names, view),
    )


def _dashed(names: Sequence[str], view: View) -> str:
    """Whose line is dashed: of London and England those that the picture has; empty without one."""
    values, _ = lines_of([*with_line(names, view), *_wholes(figures.picture(view).indicator)], names, view)
    shown = [name for name in WHOLES if name in values and values[name].notna().any()]
    return f" · dashed: {grammar.list_names(shown)}" if shown else ""


def say_boroughs(names: Sequence[str], view: View) -> str:
    """Boroughs by name, or those of the ICS that is looked at."""
    picture = figures.picture(view)
    if view.scope and set(names) == set(picture.boroughs["area_name"]):
        return f"the boroughs of {picture.scope_name}"
    return grammar.list_names(names)


def _span(view: View) -> str:
    """From the first period to the last of those that are shown."""
    indicator = figures.picture(view).indicator
    first, *_, newest = timeline(figures.london(), view.indicator, view.period).periods
    return spans.said(first, newest, indicator)


def _course(view: View, theme: str) -> Exhibit | None:
    return course_exhibit(COURSE, (view.borough,) if view.borough else (), view, theme)


COURSE = ExhibitKind(
    "course",
    "borough",
    "Over time",
    _course,
    "There are no two periods of this figure to compare.",
    "The figure over time.",
    "The table on the page Map has every value, period by period.",
    parts=(*FIGURE, "ics", "borough", "compare"),
)
