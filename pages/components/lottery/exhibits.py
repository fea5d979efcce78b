"""The exhibits of the page on the lottery: pictures and tables, each as it can be taken away."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from data_loaders.catalogue import Indicator, Source
from geo.lottery.compared import compared, has_counts
from geo.lottery.one_period import DEPRIVATION, FEWEST
from geo.lottery.over_time import OverTime
from geo.tables import marks
from geo.tables.london import LONDON, place_table
from pages.components.charts import parts as charts_parts
from pages.components.data import figures
from pages.components.data.edition import once_for
from pages.components.exhibits.key import from_the_left, with_key
from pages.components.exhibits.kinds import FIGURE, ExhibitKind, file_name
from pages.components.lottery import charts, charts_over_time, gap_to_target, text, text_over_time, views
from pages.components.state.view import View
from pages.components.text import caveats, columns, dates, spans, units
from pages.components.text.differences import A_SCALE
from pages.exports.exhibit import Exhibit
from pages.exports.table import NONE as NO_VALUE, Column, Kind, Table


def _exhibit(
    kind: ExhibitKind,
    view: View,
    chart: charts_parts.Chart | None,
    remarks: Sequence[str],
    numbers: Callable[[], Table],
    shown: Sequence[pd.DataFrame],
    stem: str = "",
    title: str = "",
    periods: Sequence[str] = (),
) -> Exhibit | None:
    """An exhibit with a title or the headline of the page; None where there is nothing to compare.

    `shown` are rows of the values in it. An exhibit over time shows `periods`, the earliest first.
    """
    found, picture = figures.lottery(view), figures.picture(view)
    if found is None:
        return None
    subtitle = picture.labelled
    if periods:
        _, _, where = picture.subtitle.partition(" · ")
        span = spans.said(periods[0], periods[-1], picture.indicator)
        subtitle = f"{picture.indicator.label}. {span} · {where}"
    return kind.exhibit(
        view,
        title=title or picture.dated(text.headline(found, picture.indicator)),
        subtitle=subtitle,
        chart=chart,
        remarks=[*remarks, *picture.beside],
        sources=figures.sources(*shown, picture.gaps),
        numbers=numbers,
        stem=stem,
    )


def _over_time(view: View, theme: str) -> Exhibit | None:
    return _of_periods(OVER_TIME, charts_over_time.over_time, view, theme)


def _spread_over_time(view: View, theme: str) -> Exhibit | None:
    return _of_periods(SPREAD_OVER_TIME, charts_over_time.spread_over_time, view, theme, [views.SPREAD])


def _of_periods(
    kind: ExhibitKind,
    draw: Callable[[OverTime, Indicator, str], charts_parts.Chart | None],
    view: View,
    theme: str,
    how_to_read: Sequence[str] = (),
) -> Exhibit | None:
    """None when there is one period only, or nothing to draw."""
    found = figures.lottery_over_time(view)
    chart = draw(found, figures.indicator_of(view), theme) if len(found.rows) > 1 else None
    if chart is None:
        return None
    title, *remarks = views.said_over_time(view)
    remarks += [*how_to_read, *views.explained_over_time(view)]
    periods = found.shown.periods
    numbers, shown = partial(views.period_table, view), [rows_over_time(view, periods)]
    return _exhibit(kind, view, chart, remarks, numbers, shown, title=title, periods=periods)


def _by_ics(view: View, theme: str) -> Exhibit | None:
    found = figures.lottery(view)
    if found is None:
        return None
    rows = views.compared_rows(view)
    indicator, catalogue = figures.indicator_of(view), figures.london().catalogue
    chart = charts.by_ics(rows, indicator, catalogue, view.borough, theme)
    numbers = partial(_table, view, rows)
    made = _exhibit(BY_ICS, view, chart, [text.within(found)], numbers, beside_london(view))
    lines = sorted(rows["ics_name"].unique())
    return made and with_key(made, from_the_left(rows, "value", _said(rows, view), "ics_name", lines))


def _said(rows: pd.DataFrame, view: View) -> list[str]:
    return units.value_texts(rows, figures.indicator_of(view), figures.london().catalogue)


def _against(view: View, theme: str) -> Exhibit | None:
    """None when fewer than three boroughs have both figures, and for a total or a change."""
    picture = figures.picture(view)
    indicator = picture.indicator
    if not indicator.can_be_compared:
        return None
    other, london = views.against(view), figures.london()
    rows = views.against_rows(view, other)
    if len(rows) < 3:
        return None
    chart = charts.against(rows, other, indicator, london.catalogue, view.borough, theme)
    numbers = partial(_table_against, view, rows, other)
    shown = [rows, _of_another(view, other, rows)]
    period = dates.say_period(london.newest(other.indicator_id), other)
    remarks = [views.association(rows), f"Against {other.label}, {period}."]
    theirs = _of_the_other(rows)
    remarks += caveats.say_reasons(
        (name, other.short_label, reason)
        for name, reason in zip(rows["area_name"], marks.reasons(theirs, other), strict=True)
        if reason
    )
    title = picture.entitled(f"{indicator.label} against {other.short_label}, by borough")
    made = _exhibit(AGAINST, view, chart, remarks, numbers, shown, title=title)
    both = zip(units.value_texts(theirs, other, london.catalogue), _said(rows, view), strict=True)
    said = [f"({across}; {up})" for across, up in both]
    between = f"{other.short_label}; {indicator.short_label}"
    return made and with_key(made, from_the_left(rows, "other_value", said, between=between))


def _funnel(view: View, theme: str) -> Exhibit | None:
    """None for what is no proportion or comes without counts, or has too few boroughs."""
    rows, everywhere = views.compared_rows(view), views.everywhere(view)
    picture, catalogue = figures.picture(view), figures.london().catalogue
    has_chance = picture.indicator.has_chance and picture.indicator.is_proportion
    if not has_chance or not has_counts(everywhere) or len(everywhere) < FEWEST:
        return None
    chart = charts.funnel_plot(rows, everywhere, picture.indicator, catalogue, view.borough, theme)
    remarks = [views.funnel_words(view)]
    numbers = partial(_table, view, views.with_limits(rows, view), views.LIMITS)
    title = picture.entitled(f"{picture.indicator.label}, by borough and number of children eligible")
    made = _exhibit(FUNNEL, view, chart, remarks, numbers, beside_london(view), title=title)
    sizes = zip(rows["denominator"], _said(rows, view), strict=True)
    said = [f"({size:,.0f}; {text})" for size, text in sizes]
    between = f"children eligible; {picture.indicator.short_label}"
    return made and with_key(made, from_the_left(rows, "denominator", said, between=between))


def page_rows(view: View) -> list[pd.DataFrame]:
    """The rows of all values on the page: what is looked at, over time, and what it is set against."""
    periods = figures.lottery_by_period(view, thinned=True)
    labels = [] if len(periods) < 2 else list(periods["period"])
    shown = [*behind_measures(view), rows_over_time(view, labels)]
    if not figures.picture(view).indicator.can_be_compared:
        return shown
    other = views.against(view)
    return [*shown, _of_another(view, other, views.against_rows(view, other))]


@once_for("indicator", "period", "ics", "against")
def page_sources(view: View) -> list[Source]:
    """The sources of page_rows()."""
    return figures.sources(*page_rows(view))


def beside_london(view: View) -> list[pd.DataFrame]:
    """The rows of the authorities in scope, and of London where they can be held against it."""
    picture = figures.picture(view)
    is_london = picture.place_table["area_code"] == LONDON
    return [picture.boroughs, picture.place_table[is_london & picture.indicator.can_be_compared]]


def rows_over_time(view: View, periods: Sequence[str]) -> pd.DataFrame:
    """The rows of the authorities in scope, and of London where they can be held against it, in periods."""
    return figures.rows_over_time(
        view, periods, [name for rows in beside_london(view) for name in rows["area_name"]]
    )


def _of_another(view: View, other: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """The newest rows of another indicator, of the same authorities."""
    london = figures.london()
    table = place_table(london, other.indicator_id, london.newest(other.indicator_id), view.vintage)
    return table[table["area_code"].isin(rows["area_code"])]


def behind_measures(view: View) -> list[pd.DataFrame]:
    """The rows behind the measures: beside_london(), and the deprivation of a gradient if there is one."""
    found, picture = figures.lottery(view), figures.picture(view)
    shown = beside_london(view)
    if found is None or not found.gradient:
        return shown
    rows = compared(picture.place_table, view.scope)
    return [*shown, _of_another(view, figures.london().catalogue.indicators[DEPRIVATION], rows)]


def _table(view: View, rows: pd.DataFrame, more: Sequence[Column] = ()) -> Table:
    """Boroughs, and London where they can be held against it, with their figure and `more` columns."""
    indicator = figures.indicator_of(view)
    *_, londons = beside_london(view)
    shown = pd.concat([rows, londons], ignore_index=True).assign(period=view.period)
    shown = columns.with_words(shown, indicator, figures.london().catalogue)
    eligible = Column("denominator", "Children eligible", Kind.NUMBER)
    return Table(
        shown,
        (
            columns.CODE,
            columns.AREA,
            columns.ICS,
            columns.value(indicator, indicator.label),
            *more,
            *([eligible] if has_counts(rows) else []),
            columns.STATUS,
            *columns.known(shown, columns.NOTE),
            *columns.PROVENANCE,
        ),
    )


def _table_against(view: View, rows: pd.DataFrame, other: Indicator) -> Table:
    """Boroughs and London with their figure, and the other one at its latest period."""
    rows = rows.assign(other_reason=marks.reasons(_of_the_other(rows), other))
    second = columns.value(other, other.label, "other_value", "other_reason")
    second = replace(second, absent=NO_VALUE)
    table = _table(view, rows, [second])
    is_london = table.rows["area_code"] == LONDON
    londons = _of_another(view, other, table.rows[is_london])
    said = table.rows.assign(
        other_value=table.rows["other_value"].mask(is_london, londons["value"].iloc[0]),
        other_reason=table.rows["other_reason"].mask(is_london, marks.reasons(londons, other).iloc[0]),
    )
    notes = (Column("other_reason", f"Note on {other.label}", Kind.NOTE),)
    shown = replace(table, rows=said, columns=(*table.columns, *columns.known(said, *notes)))
    # the sources of the two figures are not the same: they stand below the picture
    return shown.without("source", "licence", "retrieved")


def _of_the_other(rows: pd.DataFrame) -> pd.DataFrame:
    """views.against_rows() as rows of the other indicator."""
    return rows.assign(value=rows["other_value"], note=rows["other_note"], status=rows["other_status"])


def _measures(view: View, theme: str) -> Exhibit | None:
    found, picture = figures.lottery(view), figures.picture(view)
    if found is None:
        return None
    lines = text.lines(found, picture.indicator)
    if not lines:
        return None
    shown = behind_measures(view)
    table = partial(_with_view, text.table(lines), view, shown)
    return _exhibit(MEASURES, view, None, [], table, shown, stem=f"{file_name(view)}_lottery")


def _with_view(table: Table, view: View, shown: Sequence[pd.DataFrame]) -> Table:
    """A table that says in each row of what figure, period and place it is, and whose the figures are."""
    picture, since = figures.picture(view), figures.london().vintages[view.vintage].since
    said = columns.of_all(figures.provenance(*shown), picture.indicator, view.period, since)
    if "when" in table.rows:
        said = {column: text for column, text in said.items() if column.key != "when"}
    return table.with_same({**said, columns.SCOPE: picture.scope_name})


def _by_period(view: View, theme: str) -> Exhibit | None:
    """None when there is one period only."""
    periods = figures.lottery_by_period(view, thinned=False)
    if len(periods) < 2:
        return None
    shown = [rows_over_time(view, list(periods["period"]))]
    title, *remarks = views.said_over_time(view)
    remarks += [text_over_time.EACH_ITS_OWN, *views.explained_over_time(view)]
    numbers = partial(_with_view, views.period_table(view), view, shown)
    labels = list(periods["period"])
    return _exhibit(BY_PERIOD, view, None, remarks, numbers, shown, title=title, periods=labels)


def _needed(view: View, theme: str) -> Exhibit | None:
    if not gap_to_target.can_be_said(view):
        return None
    shown = gap_to_target.rows_behind(view)
    table = gap_to_target.table(gap_to_target.needed(view), view)
    table = table.with_same({columns.CAVEAT: A_SCALE})
    numbers = partial(_with_view, table, view, shown)
    return _exhibit(NEEDED, view, None, [A_SCALE], numbers, shown)


NONE = "There are no figures by borough that can be compared: none are there, or they are totals."
ELSEWHERE = "The table above has the measures."
BY_ICS = ExhibitKind(
    "lottery_by_ics",
    "lottery",
    "Boroughs by ICS",
    _by_ics,
    NONE,
    "Each borough as a dot, by ICS.",
    ELSEWHERE,
    parts=(*FIGURE, "ics", "borough"),
    told_apart_by=("vintage", "borough"),
)
OVER_TIME = ExhibitKind(
    "lottery_over_time",
    "lottery",
    "Over time",
    _over_time,
    "There are no two periods of this figure to compare.",
    "The highest, the lowest and London's value in each period.",
    ELSEWHERE,
    parts=(*FIGURE, "ics"),
)
SPREAD_OVER_TIME = ExhibitKind(
    "lottery_spread",
    "lottery",
    "Spread by period",
    _spread_over_time,
    "There are no two periods of this figure to compare.",
    "How far apart all boroughs are in each period.",
    ELSEWHERE,
    parts=(*FIGURE, "ics"),
)
AGAINST = ExhibitKind(
    "lottery_against",
    "lottery",
    "Against another figure",
    _against,
    "Fewer than three boroughs have both figures.",
    "Each borough by two figures.",
    ELSEWHERE,
    parts=(*FIGURE, "ics", "borough", "against"),
    told_apart_by=("vintage", "borough", "against"),
)
FUNNEL = ExhibitKind(
    "lottery_funnel",
    "lottery",
    "Funnel",
    _funnel,
    "A funnel needs shares of children, with their counts, of three boroughs or more.",
    "Each borough by how many children are eligible.",
    ELSEWHERE,
    parts=(*FIGURE, "ics", "borough"),
    told_apart_by=("vintage", "borough"),
)
MEASURES = ExhibitKind("measures", "lottery", "Measures", _measures, NONE, parts=(*FIGURE, "ics"))
BY_PERIOD = ExhibitKind(
    "measures_over_time",
    "lottery",
    "Measures over time",
    _by_period,
    "There are no two periods of this figure to compare.",
    parts=(*FIGURE, "ics"),
)
NEEDED = ExhibitKind(
    "needed",
    "lottery",
    "What it would take",
    _needed,
    "The figure comes without the counts that this needs.",
    parts=(*FIGURE, "ics", "target"),
    told_apart_by=("vintage", "target"),
)
KINDS = (BY_ICS, OVER_TIME, SPREAD_OVER_TIME, AGAINST, FUNNEL, MEASURES, BY_PERIOD, NEEDED)
