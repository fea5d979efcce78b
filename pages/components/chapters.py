"""Chapters of packs: what the app says, draws and lists of a view, each below a heading of its own."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.course import course
from geo.footprint import Line
from geo.join import LONDON, value_of
from geo.lottery import compared
from geo.profile import behind, cases_of, doing_better
from pages.components import (
    borders_words,
    cells,
    figures,
    lottery_words,
    profile_view,
    profile_words,
    registry,
    words,
)
from pages.components.pieces import source_lines
from pages.components.view import View
from pages.exports import numbers
from pages.exports.pack import Bars, Chapter, Lines
from pages.exports.piece import ILLUSTRATIVE, Piece

# a line of sources that is longer is left to the last page
LONGEST_SOURCE = 330
AT_THE_END = "Sources: at the end."
# rows of lists that go on for long, and places side by side in one table
MOST_BORDERS, MOST_PLACES, MOST_ROWS, MOST_COLUMNS = 10, 8, 36, 8
# columns that a table on a slide has below it
BELOW = {"Source", "Licence", "ICS vintage"}
# measures of the lottery that are said in sentences
TOLD = ("ratio", "ratio_missed", "excess", "gradient")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_MARKUP = re.compile(r":[a-z-]+\[((?:[^\[\]]|\[[^\]]*\])*)\]")


def said(text: str) -> str:
    """A text of a page without its markup."""
    without = _MARKUP.sub(r"\1", text)
    return without.replace("**", "").replace("\N{NO-BREAK SPACE}", " ").strip()


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """A table of a page without its markup."""
    texts = table.map(lambda cell: said(str(cell)))
    return texts.rename(columns=lambda name: said(str(name)))


def chapter_of(piece: Piece, heading: str = "") -> Chapter:
    """A piece as it is; of a long table as much as can be read on slides, and a sentence on what is not."""
    is_drawn = piece.drawing is not None
    source = " ".join(piece.sources)
    table, cut = (None, "") if is_drawn else _for_reading(piece)
    title = said(piece.title)
    if heading and piece.is_illustrative:
        heading = f"{ILLUSTRATIVE}. {heading}"
    return Chapter(
        heading or title,
        piece=piece if is_drawn else None,
        table=table,
        subtitle=" ".join(filter(None, [said(piece.subtitle), cut])),
        source=source if len(source) <= LONGEST_SOURCE else AT_THE_END,
        notes=(piece.caption, *map(said, piece.remarks)),
    )


def _for_reading(piece: Piece) -> tuple[pd.DataFrame, str]:
    """A table without codes and without what is the same in each row, and a sentence on what is left out."""
    whole, decimals = numbers.with_numbers(numbers.in_words(piece))
    table = whole[[name for name in whole if not name.endswith((" id", " code")) and name not in BELOW]]
    if len(table.columns) > MOST_COLUMNS:
        table = table[[name for name in table if table[name].nunique() > 1]].iloc[:, :MOST_COLUMNS]
    left_out = [f"{len(table) - MOST_ROWS} further rows"] if len(table) > MOST_ROWS else []
    if len(table.columns) < len(whole.columns):
        left_out.append(f"{len(whole.columns) - len(table.columns)} further columns")
    table = table.head(MOST_ROWS)
    shown = {
        name: [f"{v:,.{decimals[name]}f}" if isinstance(v, float) else said(str(v)) for v in table[name]]
        for name in table
    }
    cut = f"{words.join_all(left_out)} are in the spreadsheet on its page." if left_out else ""
    return pd.DataFrame(shown, columns=list(table)), cut


def of_piece(
    view: View, key: str, heading: str = "", says_remark: bool = False, native: Bars | Lines | None = None
) -> Chapter | None:
    """A picture with its title as heading, or the one given, or what is remarked on it; None without one."""
    piece = registry.piece_of(view, key)
    if piece is None:
        return None
    chapter = chapter_of(piece)
    finding, rest = chapter.heading, ""
    if says_remark and piece.remarks:
        finding, *others = _SENTENCE.split(said(piece.remarks[0]), maxsplit=1)
        rest = f"{others[0]} " if others else ""
    return replace(
        chapter,
        heading=heading or finding,
        native=native,
        subtitle=f"{rest}{chapter.subtitle}",
        notes=(*chapter.notes, *explained(figures.picture(view).indicator)),
    )


def explained(indicator: Indicator) -> tuple[str, ...]:
    """What is said of a figure: its definition, and what to know before quoting it."""
    return (f"{indicator.label}: {indicator.definition}", f"Before you quote it: {indicator.caveats}")


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
        yield borders_words.headline(pairs, picture.indicator, catalogue)
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
    heading = lottery_words.headline(found, picture.indicator, catalogue) if found else picture.headline
    return of_piece(view, "ranking", heading=heading, native=bars if named else None)


def gap_over_time(view: View) -> Chapter | None:
    """The highest and the lowest value of each period, and London's."""
    periods = figures.lottery_over_time(view)
    if len(periods) < 2:
        return None
    columns = {"Highest borough": "largest", "Lowest borough": "smallest", "London": "london"}
    lines = _lines_of(
        periods.rename(columns={column: name for name, column in columns.items()}), view, columns
    )
    return of_piece(view, "lottery_over_time", says_remark=True, native=lines)


def course_of(view: View) -> Chapter | None:
    """The borough over time, beside London and England."""
    indicator = figures.picture(view).indicator
    wholes = [] if indicator.aggregation == "sum" else ["London", "England"]
    values = course(figures.london(), view.indicator, [view.borough, *wholes])
    if view.borough not in values or indicator.categories:
        return None
    return of_piece(view, "course", native=_lines_of(values.reset_index(), view, values.columns))


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


def table_of_places(view: View) -> Chapter:
    """Every place with its value, and what is behind it."""
    picture = figures.picture(view)
    piece = registry.piece_of(view, "map")
    assert piece is not None
    table = piece.numbers()
    # said once below the table where it is the same in every row
    status = table.pop("Status").iloc[:-2].unique()
    remark = f" All values: {status[0]}." if len(status) == 1 else ""
    return Chapter(
        f"{picture.indicator.label}, by borough",
        table=table,
        subtitle=f"{picture.subtitle}.{remark}",
        source=_sources(view),
        notes=(picture.indicator.definition, *map(said, picture.missing)),
    )


def borders(view: View) -> list[Chapter]:
    """The map of borders, and the largest differences."""
    pairs, picture = figures.border_pairs(view), figures.picture(view)
    chapter = of_piece(view, "borders_map")
    if chapter is None or pairs.empty:
        return []
    listed = borders_words.listed(pairs.head(MOST_BORDERS), picture.indicator, figures.london().catalogue)
    table = Chapter(
        "The largest differences between neighbours" if len(pairs) > MOST_BORDERS else "All borders",
        table=listed,
        subtitle="Whole boroughs are compared: what families right at the border get may differ.",
        source=_sources(view),
        notes=chapter.notes,
    )
    return [chapter, table]


def its_boroughs(lines: Sequence[Line], name: str) -> Iterable[Chapter]:
    """All boroughs of an ICS by the figures that have a better end, so many side by side as can be read."""
    catalogue = figures.london().catalogue
    places = list(lines[0].boroughs["area_name"])
    count = math.ceil(len(places) / MOST_PLACES)
    size = math.ceil(len(places) / count)
    for number in range(count):
        some = places[number * size : (number + 1) * size]
        rows = []
        for line in lines:
            if line.indicator.polarity == "neither":
                continue
            own = {row["area_name"]: row for row in line.boroughs.to_dict("records")}
            rows.append(
                {"Figure": cells.heading(line.latest)}
                | {place: cells.said(own[place], line.latest, catalogue) for place in some}
                | {name: cells.whole(line.value, line.latest, catalogue)}
                | {"London": cells.whole(line.latest.london, line.latest, catalogue)}
            )
        table = in_words(pd.DataFrame(rows))
        part = f" ({number + 1} of {count})" if count > 1 else ""
        yield Chapter(f"The boroughs of {name}{part}", table=table, subtitle=cells.LEGEND, source=AT_THE_END)


def neighbours(view: View) -> Chapter | None:
    """What the borough's neighbours have; None without a figure to compare."""
    picture, pairs = figures.picture(view), figures.neighbours_of(view.borough, view)
    if pairs.empty:
        return None
    catalogue = figures.london().catalogue
    return Chapter(
        profile_words.neighbours(pairs, view.borough, picture.indicator, catalogue),
        table=profile_words.neighbour_table(pairs, view.borough, picture.indicator, catalogue),
        subtitle=f"{picture.indicator.label}, {words.say_period(view.period, picture.indicator)}",
        source=_sources(view),
    )


def cases(view: View) -> Chapter | None:
    """The report's case studies from here, and of boroughs that do better where this one is behind."""
    london = figures.london()
    own = cases_of(view.borough, london.case_studies)
    points = [
        f"From {view.borough}: {box}. {title}" for box, title in zip(own["box"], own["title"], strict=True)
    ]
    better = doing_better(behind(figures.latest(view), view.borough), view.borough, london.case_studies)
    points += [said(line) for line in profile_words.doing_better(better)]
    if not points:
        return None
    return Chapter(
        "Case studies of the 2022 report",
        points=tuple(points),
        subtitle=profile_view.LEARN_CAVEAT,
        source="Source: Beyond Boundaries, Isos Partnership for London Councils, July 2022.",
    )


def method(indicators: Sequence[Indicator]) -> Chapter:
    """What each figure is, and what to know before quoting it."""
    if len(indicators) == 1:
        (indicator,) = indicators
        points = [indicator.definition, f"Before you quote it: {indicator.caveats}"]
        if indicator.comparable_over_time != "yes":
            points.append(f"Over time: {indicator.comparable_over_time}.")
        return Chapter("What this figure is", points=tuple(points))
    table = pd.DataFrame(
        {"Figure": [i.short_label for i in indicators], "What it is": [i.definition for i in indicators]}
    )
    return Chapter("What these figures are", table=table)


def _sources(view: View) -> str:
    line = " ".join(source_lines(figures.picture(view).sources))
    return line if len(line) <= LONGEST_SOURCE else AT_THE_END
