"""Chapters of packs on the figure that is looked at: what it says, its ranking, course and borders."""

from collections.abc import Iterable

import pandas as pd

from geo.course import course
from geo.join import LONDON, value_of
from geo.lottery import compared
from pages.components import (
    borders_words,
    chapters,
    figures,
    lottery_words,
    registry,
    words,
)
from pages.components.view import View
from pages.exports.pack import Bars, Chapter, Lines

MOST_BORDERS = 10
# measures of the lottery that are said in sentences
TOLD = ("ratio", "ratio_missed", "excess", "gradient")


def findings(view: View) -> Iterable[str]:
    """What the pages Map, Lottery and Borders say of a view, in sentences."""
    picture, found, catalogue = figures.picture(view), figures.lottery(view), figures.london().catalogue
    yield picture.headline
    yield from picture.missing
    if found is not None:
        for line in lottery_words.lines(found, picture.indicator, catalogue):
            if line.field in TOLD:
                yield line.sentence
        if within := lottery_words.within(found):
            yield within
    pairs = figures.border_pairs(view)
    if not pairs.empty:
        yield picture.dated(borders_words.headline(pairs, picture.indicator, catalogue))
    yield from lottery_words.facts(picture.indicator, figures.london().facts)


def ranking(view: View) -> Chapter | None:
    """The ranking as bars, and London below it; a total is not held against them."""
    picture = figures.picture(view)
    if not picture.is_ranked:
        return None
    catalogue = figures.london().catalogue
    rows = compared(picture.place_table, view.scope).sort_values("value", ascending=False)
    named = list(zip(rows["area_name"], rows["value"], strict=True))
    whole = value_of(picture.place_table, LONDON)
    if picture.indicator.aggregation != "sum" and whole == whole:
        named.append(("London", whole))
    found = figures.lottery(view)
    bars = Bars(
        tuple(name for name, _ in named),
        tuple(float(value) for _, value in named),
        catalogue.units[picture.indicator.unit].axis,
        picture.indicator.decimals,
        benchmarks=("London",),
    )
    heading = picture.headline
    if found:
        heading = picture.dated(lottery_words.headline(found, picture.indicator, catalogue))
    return chapters.of_piece(view, "ranking", heading=heading, native=bars if named else None)


def gap_over_time(view: View) -> Chapter | None:
    """The highest and the lowest value of each period, and London's."""
    periods = figures.lottery_over_time(view)
    if len(periods) < 2:
        return None
    columns = {"Highest borough": "largest", "Lowest borough": "smallest", "London": "london"}
    lines = _lines_of(
        periods.rename(columns={column: name for name, column in columns.items()}), view, columns
    )
    return chapters.of_piece(view, "lottery_over_time", says_remark=True, native=lines)


def course_of(view: View) -> Chapter | None:
    """The borough over time, beside London and England."""
    indicator = figures.picture(view).indicator
    wholes = [] if indicator.aggregation == "sum" else ["London", "England"]
    values = course(figures.london(), view.indicator, [view.borough, *wholes])
    if view.borough not in values or indicator.categories:
        return None
    return chapters.of_piece(view, "course", native=_lines_of(values.reset_index(), view, values.columns))


def _lines_of(table: pd.DataFrame, view: View, names: Iterable[str]) -> Lines:
    """Columns of a table, with its column `period`, as lines; a column without any value is left out."""
    indicator = figures.picture(view).indicator
    is_date = indicator.period_type == "date"
    return Lines(
        tuple(words.say_period(period, indicator) if is_date else period for period in table["period"]),
        tuple(
            (name, tuple(float(value) if value == value else None for value in table[name]))
            for name in names
            if table[name].notna().any()
        ),
        figures.london().catalogue.units[indicator.unit].axis,
        indicator.decimals,
        benchmarks=("London", "England"),
    )


def table_of_places(view: View) -> Chapter | None:
    """Every place with its value, and what is behind it; None where no borough has one."""
    picture = figures.picture(view)
    piece = registry.piece_of(view, "map")
    if piece is None:
        return None
    table = piece.numbers()
    # said once below the table where it is the same in every row
    status = table.pop("Status").iloc[:-2].unique()
    remark = f" All values: {status[0]}." if len(status) == 1 else ""
    return Chapter(
        picture.entitled(f"{picture.indicator.label}, by borough"),
        table=table,
        subtitle=f"{picture.subtitle}.{remark}",
        source=chapters.sources(view),
        notes=(picture.indicator.definition, *map(chapters.said, picture.missing)),
    )


def borders(view: View) -> list[Chapter]:
    """The map of borders, and the largest differences."""
    pairs, picture = figures.border_pairs(view), figures.picture(view)
    chapter = chapters.of_piece(view, "borders_map")
    if chapter is None or pairs.empty:
        return []
    listed = borders_words.listed(pairs.head(MOST_BORDERS), picture.indicator, figures.london().catalogue)
    table = Chapter(
        "The largest differences between neighbours" if len(pairs) > MOST_BORDERS else "All borders",
        table=listed,
        subtitle="Whole boroughs are compared: what families right at the border get may differ.",
        source=chapters.sources(view),
        notes=chapter.notes,
    )
    return [chapter, table]
