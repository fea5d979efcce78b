"""Chapters of packs on the figure that is looked at: what it says, its ranking, course and borders."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from geo.lottery.compared import compared
from geo.tables import marks
from geo.tables.london import LONDON
from geo.tables.timeline import Timeline, timeline
from pages.components.borders import (
    sections as borders_sections,
    tables as borders_tables,
    text as borders_text,
)
from pages.components.borough import over_time
from pages.components.charts import parts, time_axis
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.lottery import exhibits as lottery_exhibits, text as lottery_text, views
from pages.components.notes import report
from pages.components.packs import chapters, registry
from pages.components.packs.enlarged import for_slides
from pages.components.state.view import View
from pages.components.text import grammar, headlines, units
from pages.exports.pack import Bars, Chapter, Lines, Moment

MOST_BORDERS = 10
# names of periods on the axis of a slide, which lie on one line
MOST_PERIODS = 8
# measures of the lottery that are said in sentences
TOLD = ("ratio", "ratio_missed", "excess", "gradient")


def findings(view: View) -> Iterable[str]:
    """What the pages Map, Lottery and Borders say of a view, in sentences."""
    picture, found = figures.picture(view), figures.lottery(view)
    yield picture.headline
    yield from picture.beside
    if picture.indicator.is_total:
        yield headlines.WHY_NOT_A_TOTAL
    if found is not None:
        for line in lottery_text.lines(found, picture.indicator):
            if line.field in TOLD:
                yield line.sentence
        if within := lottery_text.within(found):
            yield within
    pairs = figures.border_pairs(view)
    if not pairs.empty:
        yield picture.dated(borders_text.headline(pairs, picture.indicator, picture.around))
    yield from lottery_text.facts(picture.indicator, figures.london().facts)
    for row in report.beside_report(view).to_dict("records"):
        what, theirs, _, own = row.values()
        yield f"{what}: {theirs} in the 2022 report; {own} worked out here, from another base."


def rows_behind(view: View) -> list[pd.DataFrame]:
    """The rows of all values in the chapters on a figure: map, ranking, table, borders, course, findings."""
    measures = lottery_exhibits.behind_measures(view) if figures.lottery(view) else []
    over_time = figures.lottery_over_time(view)
    periods = over_time.shown.periods if len(over_time.rows) > 1 else []
    return [
        *map_and_borders(view),
        *measures,
        lottery_exhibits.rows_over_time(view, periods),
        report.rows_behind(view),
    ]


def map_and_borders(view: View) -> list[pd.DataFrame]:
    """The rows of the values in a map with its table, and of both sides of the borders in scope."""
    picture = figures.picture(view)
    pairs = figures.border_pairs(view)
    return [picture.boroughs, picture.whole_rows, borders_sections.rows(pairs, picture.place_table)]


def on_map(view: View) -> Chapter | None:
    """The map."""
    chapter = chapters.of_exhibit(view, "map")
    return chapter and for_slides(view, chapter)


def ranking(view: View) -> Chapter | None:
    """The ranking as bars, under how far apart they are."""
    picture = figures.picture(view)
    if not picture.is_ranked:
        return None
    found = figures.lottery(view)
    heading = picture.headline
    if found:
        heading = picture.dated(lottery_text.headline(found, picture.indicator))
    if picture.indicator.is_total:
        heading = f"{picture.indicator.label}, in order of size"
    return chapters.of_exhibit(view, "ranking", heading=heading, native=_bars(view))


def _bars(view: View) -> Bars | None:
    """A bar a borough from the highest, and London below them; a total is not held against them."""
    picture = figures.picture(view)
    rows = compared(picture.place_table, view.scope)
    rows = rows.sort_values(["value", "area_name"], ascending=[False, True])
    without = _without_a_bar(picture, set(rows["area_code"]))
    london = picture.place_table[picture.place_table["area_code"] == LONDON].dropna(subset="value")
    if picture.indicator.can_be_compared:
        rows = pd.concat([rows, london])
    reasons = marks.reasons(rows, picture.indicator)
    if rows.empty:
        return None
    return Bars(
        tuple(rows["area_name"]),
        tuple(map(float, rows["value"])),
        picture.indicator.unit.axis,
        picture.indicator.decimals,
        benchmarks=("London",),
        marked=tuple(rows.loc[reasons != "", "area_name"]),
        limits=tuple(
            (float(low), float(high)) if low == low and high == high else None
            for low, high in zip(rows["lower_95"], rows["upper_95"], strict=True)
        ),
        without=without,
    )


def _without_a_bar(picture: IndicatorView, drawn: set[str]) -> str:
    """Which boroughs that are looked at have no bar, and why, in a sentence; empty where all have one."""
    rows = picture.boroughs[~picture.boroughs["area_code"].isin(drawn)].sort_values("area_name")
    said = units.value_texts(rows, picture.indicator, figures.london().catalogue)
    places = [
        f"{name} ({text}{', not ranked' if value == value else ''})"
        for name, text, value in zip(rows["area_name"], said, rows["value"], strict=True)
    ]
    return f"Without a bar: {grammar.join_all(places)}." if places else ""


def periods_shown(view: View) -> list[str]:
    """The periods that the pack of a figure shows: all of them where there is a picture over time."""
    over_time = len(figures.lottery_over_time(view).rows) > 1
    return figures.london().periods[view.indicator] if over_time else [view.period]


def gap_over_time(view: View) -> Chapter | None:
    """The highest and the lowest value of the same boroughs in each period, and London's."""
    found, lines = figures.lottery_over_time(view), _lines_of_gap(view)
    if lines is None:
        return None
    chapter = chapters.of_exhibit(view, "lottery_over_time", native=lines)
    _, *rest = views.said_over_time(view)
    if found.places:
        rest.append(f"{time_axis.IN_BRACKETS.format(max(found.places.values()))}.")
    return chapter and replace(chapter, subtitle=" ".join([*map(chapters.said, rest), chapter.subtitle]))


def _lines_of_gap(view: View) -> Lines | None:
    found = figures.lottery_over_time(view)
    columns = {"Highest borough": "largest", "Lowest borough": "smallest", "London": "london"}
    if len(found.rows) < 2:
        return None
    values = found.rows.set_index("period")[list(columns.values())].set_axis(list(columns), axis="columns")
    return _lines_of(values, found.shown, view, found.places)


def by_ics(view: View) -> Chapter | None:
    """Each borough as a dot, by ICS, under how much of the difference lies within ICSs if that is known.

    None where there is one ICS only: the ranking has said it all.
    """
    if view.scope is not None:
        return None
    found = figures.lottery(view)
    return chapters.of_exhibit(view, "lottery_by_ics", heading=lottery_text.within(found) if found else "")


def course_of(view: View) -> Chapter | None:
    """The borough over time, beside its ICS, London and England."""
    lines = _lines_of_course(view)
    chapter = chapters.of_exhibit(view, "course", native=lines) if lines else None
    notes = over_time.comparison_notes(view) if chapter else []
    return chapter and replace(chapter, subtitle=" ".join([*map(chapters.said, notes), chapter.subtitle]))


def _lines_of_course(view: View) -> Lines | None:
    london = figures.london()
    indicator = figures.picture(view).indicator
    wholes = [] if indicator.aggregation == "sum" else ["London", "England"]
    values, _ = over_time.lines_of([view.borough, *wholes], [view.borough], view, thinned=True)
    if view.borough not in values or indicator.categories:
        return None
    times = timeline(london, view.indicator, view.period, thinned=True)
    return _lines_of(values, times, view)


_NATIVE = {"ranking": _bars, "lottery_over_time": _lines_of_gap, "course": _lines_of_course}


def native(view: View, key: str) -> Bars | Lines | None:
    """What a program can draw by itself in place of an exhibit of a view, if it can."""
    return _NATIVE[key](view) if key in _NATIVE else None


def _lines_of(
    values: pd.DataFrame, times: Timeline, view: View, places: Mapping[str, int] | None = None
) -> Lines:
    """A row a period and a column a line; a column without any value is left out."""
    indicator = figures.picture(view).indicator
    known = values.dropna(axis="columns", how="all")
    named = time_axis.labelled(times, MOST_PERIODS)
    called = time_axis.names(times, indicator, places or {})
    is_whole = time_axis.starts_at_zero(known.to_numpy().ravel(), indicator)
    return Lines(
        tuple(
            Moment(
                called[time["period"]],
                time["period_end"].date(),
                time["basis"],
                times.starts.get(time["period"], ""),
                time["period"] in named,
            )
            for time in times.rows.to_dict("records")
        ),
        tuple(
            (str(name), tuple(float(value) if value == value else None for value in known[name]))
            for name in known
        ),
        time_axis.axis_title(is_whole, indicator),
        indicator.decimals,
        is_whole,
        benchmarks=("London", "England"),
    )


def table_of_places(view: View) -> Chapter | None:
    """Every place with its value, and what is behind it; None where no borough has one."""
    picture = figures.picture(view)
    exhibit = registry.exhibit_of(view, "map")
    if exhibit is None:
        return None
    table = exhibit.numbers().texts()
    # said once below the table where it is the same in every row
    status = table.loc[exhibit.numbers().rows["area_type"].eq("borough").to_numpy(), "Status"].unique()
    if len(status) == 1:
        table = table.drop(columns="Status")
    remark = f" All values of boroughs: {status[0]}." if len(status) == 1 else ""
    return Chapter(
        picture.entitled(f"{picture.indicator.label}, by borough"),
        table=table,
        subtitle=" ".join([f"{picture.subtitle}.{remark}", *map(chapters.said, picture.marks)]),
        source=chapters.whose(picture.sources),
        notes=(picture.indicator.definition, *map(chapters.said, picture.beside)),
        to_look_up=True,
    )


def borders(view: View) -> list[Chapter]:
    """The map of borders, and the largest differences."""
    pairs, picture = figures.border_pairs(view), figures.picture(view)
    chapter = chapters.of_exhibit(view, "borders_map")
    if chapter is None or chapter.exhibit is None or pairs.empty:
        return []
    # below it, a legend would take from a map on paper the height for its names
    drawing = parts.with_legend_beside(chapter.exhibit.drawing)
    chapter = replace(chapter, exhibit=replace(chapter.exhibit, drawing=drawing))
    top = pairs.head(MOST_BORDERS)
    explained = map(chapters.said, picture.explained({*top["left"], *top["right"]}))
    listed = borders_tables.of_pairs(top, picture.indicator).texts()
    table = Chapter(
        "The largest differences between neighbours" if len(pairs) > MOST_BORDERS else "All borders",
        table=listed,
        subtitle=" ".join(
            ["Whole boroughs are compared: what families right at the border get may differ.", *explained]
        ),
        source=chapters.whose(figures.sources(borders_sections.rows(pairs, picture.place_table))),
        notes=chapter.notes,
        to_look_up=True,
    )
    return [for_slides(view, chapter), table]
