"""What fits on a slide: how large its letters may be, how wide its columns are, how much goes on the next."""

import math
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pages.exports.pack import Chapter
from pages.exports.pictures import BOLD, NARROW, text_width

# inches
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
TITLE_TOP, TITLE_HEIGHT, BODY_TOP, FOOT_TOP, FOOT_HEIGHT = 0.4, 1.1, 1.65, 6.55, 0.75
BODY_WIDTH, BODY_HEIGHT = WIDTH - 2 * MARGIN, FOOT_TOP - BODY_TOP - 0.1
# points: the largest that fits is taken
POINT_SIZES, TABLE_SIZES = (24, 22, 20, 18, 16), (18, 16, 14, 12, 11, 10, 9)
MOST_ROWS, MOST_POINTS = 18, 8
# a line is so many times as high as its font
LINE = 1.22
ROW_PADDING_PT = 4
# how much more of a table's width a column gets that has longer texts: the best of these is taken
STRETCHES = (0.4, 0.7, 1.0, 1.3)
LONGEST_CELL = 90


def fitted(chapter: Chapter) -> Iterator[Chapter]:
    """The chapter as one slide, or as several where its points or rows are too many for one."""
    if chapter.points:
        yield from split_points(chapter, POINT_SIZES, MOST_POINTS)
    elif chapter.table is not None:
        yield from _split_table(chapter, chapter.table)
    else:
        yield chapter


def _split_table(chapter: Chapter, table: pd.DataFrame) -> Iterator[Chapter]:
    """As many slides as it takes until the rows of each fit."""
    for count in range(math.ceil(len(table) / MOST_ROWS) or 1, max(len(table), 1) + 1):
        rows = math.ceil(len(table) / count)
        parts = [table.iloc[start : start + rows] for start in range(0, max(len(table), 1), rows or 1)]
        if all(_table_height(texts_of(part), *fitting(texts_of(part))) <= BODY_HEIGHT for part in parts):
            break
    for number, part in enumerate(parts):
        yield _part(chapter, number, len(parts), table=part)


def split_points(chapter: Chapter, sizes: tuple[int, ...], most: int) -> Iterator[Chapter]:
    """As many points a slide as fit in the smallest of the sizes."""
    groups: list[tuple[str, ...]] = [()]
    for point in chapter.points:
        together = (*groups[-1], point)
        if groups[-1] and (len(together) > most or not _fits(together, sizes[-1])):
            groups.append((point,))
        else:
            groups[-1] = together
    for number, group in enumerate(groups):
        yield _part(chapter, number, len(groups), points=group)


def _part(chapter: Chapter, number: int, count: int, **content: object) -> Chapter:
    heading = chapter.heading if count == 1 else f"{chapter.heading} ({number + 1} of {count})"
    return replace(chapter, heading=heading, **content)  # type: ignore[arg-type]


def texts_of(rows: pd.DataFrame) -> list[list[str]]:
    """The header and the rows of a table, as they are read."""
    return [list(map(str, rows.columns)), *(list(map(str, row)) for row in rows.itertuples(index=False))]


def fitting(texts: list[list[str]]) -> tuple[list[float], int]:
    """The widths of a table's columns, and the largest size in which it fits; else the smallest."""
    for size in TABLE_SIZES:
        for stretch in STRETCHES:
            widths = _column_widths(texts, size, stretch)
            if widths and _table_height(texts, widths, size) <= BODY_HEIGHT:
                return widths, size
    size = TABLE_SIZES[-1]
    return _column_widths(texts, size, STRETCHES[1]) or [BODY_WIDTH / len(texts[0])] * len(texts[0]), size


def _column_widths(texts: list[list[str]], size: int, stretch: float) -> list[float]:
    """Widths in inches: more for longer texts, but no word is broken. Empty when words are too long."""
    columns = list(zip(*texts, strict=True))
    words = [max(text_width(word) for text in column for word in text.split() or [""]) for column in columns]
    least = [width * size * BOLD / 72 + 0.25 for width in words]
    left = BODY_WIDTH - sum(least)
    if left < 0:
        return []
    asked = [min(max(map(text_width, column)), LONGEST_CELL) ** stretch for column in columns]
    return [width + left * share / sum(asked) for width, share in zip(least, asked, strict=True)]


def _table_height(texts: list[list[str]], widths: list[float], size: int) -> float:
    return sum(row_height(row, widths, size) for row in texts)


def row_height(row: list[str], widths: list[float], size: int) -> float:
    """How high a row of a table is, in inches, for columns of these widths and letters of this size."""
    lines = max(_lines(text, size, width - 0.2) for text, width in zip(row, widths, strict=True))
    return (lines * size * LINE + ROW_PADDING_PT) / 72


def largest(texts: tuple[str, ...] | list[str], sizes: tuple[int, ...], width: float, height: float) -> int:
    """The largest size in which the texts, each a paragraph, fit into inches; the smallest if none does."""
    return next((size for size in sizes if _height(texts, size, width) <= height), sizes[-1])


def _fits(points: tuple[str, ...], size: int) -> bool:
    return _height(points, size, BODY_WIDTH) <= BODY_HEIGHT


def _height(texts: tuple[str, ...] | list[str], size: int, width: float) -> float:
    lines = sum(_lines(text, size, width - 0.2) for text in texts)
    return (lines * LINE + 0.45 * (len(texts) - 1)) * size / 72 + 0.1


def _lines(text: str, size: int, width: float) -> int:
    """How many lines a text takes in a width in inches, broken between words."""
    room = width * 72 / size
    lines, used = 1, 0.0
    for word in text.split():
        wide = text_width(word)
        if used and used + NARROW + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (NARROW if used else 0)
        if wide > room:
            lines += math.ceil(wide / room) - 1
    return lines
