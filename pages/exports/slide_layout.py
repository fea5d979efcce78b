"""What fits on a slide: how large its letters may be, how wide its columns are, how much goes on the next."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from pages.exports.lines import BOLD, NARROW, text_width
from pages.exports.pack import Chapter

# points: the largest that fits is taken. Smaller ones cannot be read from the back of a room
TABLE_SIZES = (18, 16, 14)
LEAST_POINT = 18
MOST_ROWS, MOST_POINTS = 10, 8
# a line is so many times as high as its font
LINE = 1.22
ROW_PADDING_PT = 4
# inches that a placeholder leaves free beside and above its words
SIDES, EDGES = 0.2, 0.1
# what a list is indented by, and the space between its points in points
INDENT, BETWEEN_POINTS = 0.25, 8
# how much more of a table's width a column gets that has longer texts: the best of these is taken
STRETCHES = (0.4, 0.7, 1.0, 1.3)
LONGEST_CELL = 90


class Room(NamedTuple):
    """Where something has its place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


class Grid(NamedTuple):
    """A table on a slide: its texts with the header, the widths of its columns, the points of its letters."""

    texts: list[list[str]]
    widths: list[float]
    size: int


def split_table(chapter: Chapter, table: pd.DataFrame, room: Room) -> Iterator[tuple[Chapter, Grid]]:
    """As many slides as it takes until the rows and columns of each fit, in letters that can be read."""
    grids = [
        grid for columns in _column_groups(table, room) for grid in _grids(texts_of(table[columns]), room)
    ]
    for number, grid in enumerate(grids):
        yield part_of(chapter, number, len(grids)), grid


def _column_groups(table: pd.DataFrame, room: Room) -> list[list[str]]:
    """Columns that stand side by side without breaking a word; the first goes with each group."""
    names = list(table.columns)
    groups: list[list[str]] = [names[:1]]
    for name in names[1:]:
        together = [*groups[-1], name]
        if len(groups[-1]) > 1 and not _column_widths(
            texts_of(table[together]), TABLE_SIZES[-1], STRETCHES[0], room.width
        ):
            groups.append([names[0], name])
        else:
            groups[-1] = together
    return groups


def _grids(texts: list[list[str]], room: Room) -> list[Grid]:
    """A table on as few slides as it can, in the largest letters with which it is on so few."""
    tried = []
    for size in TABLE_SIZES:
        for stretch in STRETCHES:
            if widths := _column_widths(texts, size, stretch, room.width):
                grids = _pages(Grid(texts, widths, size), room)
                tried.append((len(grids), -size, sum(map(_height, grids)), grids))
    if tried:
        return min(tried, key=lambda each: each[:3])[3]
    # a word is wider than its column: it is broken
    even = [room.width / len(texts[0])] * len(texts[0])
    return _pages(Grid(texts, even, TABLE_SIZES[-1]), room)


def _pages(grid: Grid, room: Room) -> list[Grid]:
    """The rows in even parts that fit where there are such, else so many on each slide as fit."""
    header, *rows = grid.texts
    full: list[list[list[str]]] = [[]]
    for row in rows:
        together = [*full[-1], row]
        if full[-1] and (
            len(together) > MOST_ROWS or _height(grid._replace(texts=[header, *together])) > room.height
        ):
            full.append([row])
        else:
            full[-1] = together
    size = math.ceil(len(rows) / len(full)) or 1
    even = [rows[start : start + size] for start in range(0, len(rows), size)]
    if even and all(_height(grid._replace(texts=[header, *part])) <= room.height for part in even):
        full = even
    return [grid._replace(texts=[header, *part]) for part in full]


def _height(grid: Grid) -> float:
    return sum(row_height(row, grid.widths, grid.size) for row in grid.texts)


def split_points(chapter: Chapter, size: int, room: Room) -> Iterator[Chapter]:
    """As many points a slide as fit in letters of a size, as evenly as they do."""
    groups = _point_groups(chapter.points, size, room, room.height)
    # the lowest height that needs no further slide leaves none nearly empty
    for share in range(50, 100, 5):
        even = _point_groups(chapter.points, size, room, room.height * share / 100)
        if len(even) == len(groups):
            groups = even
            break
    for number, group in enumerate(groups):
        yield part_of(chapter, number, len(groups), points=group)


def _point_groups(points: Sequence[str], size: int, room: Room, height: float) -> list[tuple[str, ...]]:
    groups: list[tuple[str, ...]] = [()]
    for point in points:
        together = (*groups[-1], point)
        if groups[-1] and (len(together) > MOST_POINTS or points_height(together, size, room) > height):
            groups.append((point,))
        else:
            groups[-1] = together
    return groups


def part_of(chapter: Chapter, number: int, count: int, **content: object) -> Chapter:
    """One of so many slides of a chapter, which its heading says."""
    which = f"({number + 1} of {count})".replace(" ", "\N{NO-BREAK SPACE}")
    heading = chapter.heading if count == 1 else f"{chapter.heading} {which}"
    return replace(chapter, heading=heading, **content)  # type: ignore[arg-type]


def texts_of(rows: pd.DataFrame) -> list[list[str]]:
    """The header and the rows of a table, as they are read."""
    return [list(map(str, rows.columns)), *(list(map(str, row)) for row in rows.itertuples(index=False))]


def _column_widths(texts: list[list[str]], size: int, stretch: float, width: float) -> list[float]:
    """Widths in inches: more for longer texts, but no word is broken. Empty when words are too long."""
    columns = list(zip(*texts, strict=True))
    words = [max(text_width(word) for text in column for word in text.split() or [""]) for column in columns]
    least = [wide * size * BOLD / 72 + 0.25 for wide in words]
    left = width - sum(least)
    if left < 0:
        return []
    asked = [min(max(map(text_width, column)), LONGEST_CELL) ** stretch for column in columns]
    return [narrow + left * share / sum(asked) for narrow, share in zip(least, asked, strict=True)]


def row_height(row: list[str], widths: list[float], size: int) -> float:
    """How high a row of a table is, in inches, for columns of these widths and letters of this size."""
    lines = max(_lines(text, size, width - SIDES) for text, width in zip(row, widths, strict=True))
    return (lines * size * LINE + ROW_PADDING_PT) / 72


def largest(texts: Sequence[str], sizes: Sequence[int], room: Room) -> int:
    """The largest size in which the texts, each a paragraph, fit into a room; the smallest if none does."""
    return next((size for size in sizes if height_of(texts, size, room.width) <= room.height), sizes[-1])


def height_of(texts: Sequence[str], size: int, width: float) -> float:
    """How high paragraphs are in a placeholder of a width, in inches."""
    return sum(_lines(text, size, width - SIDES) for text in texts) * LINE * size / 72 + EDGES


def points_height(points: Sequence[str], size: int, room: Room) -> float:
    """How high the points of a list are, in inches."""
    lines = lines_of_points(points, size, room)
    return (lines * LINE * size + len(points) * BETWEEN_POINTS) / 72 + EDGES


def lines_of_points(points: Sequence[str], size: int, room: Room) -> int:
    """How many lines the points of a list take."""
    return sum(_lines(point, size, room.width - SIDES - INDENT) for point in points)


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
