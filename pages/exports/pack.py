"""A pack: findings, pictures, tables and sources in an order that can be told, for slides and for paper."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pandas as pd

from pages.exports.exhibit import Exhibit
from pages.exports.pictures import UNPRINTABLE

# what a document can be called in its properties
LONGEST_PROPERTY = 255
# the line below a picture or table whose sources are too many for it
AT_THE_END = "Sources: at the end."


@dataclass(frozen=True)
class Bars:
    """Numbers that the reader's own program draws as bars, so that they can be edited there.

    `names` are the places from the top; a value that is missing is None. `axis` says what is measured, and
    `decimals` how many are shown. `benchmarks` are those of the names that others are held against, and
    behind the values of those that are `marked` stands MARK, which is explained beside them. `limits` has
    the 95% interval of each value, where it has one, or is empty. `without` says which places have no bar,
    and why.
    """

    names: tuple[str, ...]
    values: tuple[float | None, ...]
    axis: str
    decimals: int
    benchmarks: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    limits: tuple[tuple[float, float] | None, ...] = ()
    without: str = ""


@dataclass(frozen=True)
class Moment:
    """A period of Lines: what it is called, its last day, and its basis, across which no line goes.

    `word` stands at the first period of a new basis. Of many periods only those that are `named` bear their
    name on the axis.
    """

    period: str
    end: dt.date
    basis: int = 0
    word: str = ""
    named: bool = True


@dataclass(frozen=True)
class Lines:
    """Numbers over time that the reader's own program draws as lines; a value that is missing is None.

    `series` has a name and its value at each moment, the earliest first, and the one to look at first first;
    those of `benchmarks` are what it is held against. The axis starts at 0 where it `starts_at_zero`.
    """

    moments: tuple[Moment, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    axis: str
    decimals: int
    starts_at_zero: bool
    benchmarks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Large:
    """An exhibit, or a part of one, that is read from the end of a room.

    `letters` is the size of its type, in pixels of its drawing.
    """

    exhibit: Exhibit
    letters: int


@dataclass(frozen=True, eq=False)
class Chapter:
    """One thing to say: a heading, and what shows it: points, a picture or a table.

    Where a program can draw `native` by itself, that takes the place of the picture; on slides, so do
    `enlarged`, the exhibit for the end of a room, with its remarks, on a slide each, whose title ends with
    its name where there are several. `source` is the line below it; `notes` are for whoever speaks:
    definitions, caveats, the whole sources. `caption` is what a picture or table is called in a list of them,
    where that is not the heading, and `about` what the subtitle says that stands in the caption. What is
    `to_look_up` is not for telling: on slides it stands in an appendix.
    """

    heading: str
    points: tuple[str, ...] = ()
    native: Bars | Lines | None = None
    exhibit: Exhibit | None = None
    enlarged: tuple[Large, ...] = ()
    table: pd.DataFrame | None = None
    subtitle: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    caption: str = ""
    about: str = ""
    to_look_up: bool = False


@dataclass(frozen=True, eq=False)
class Pack:
    """A pack with its chapters, and the sources of all of them in full.

    `link` brings the view back that it was made of; `stem` is the name of the file without its end.
    `exhibits` are those that somebody has picked out, tables too. `addresses` has where publications can be
    read, by their titles.
    """

    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]
    sources: tuple[str, ...]
    link: str
    version: str
    day: dt.date
    stem: str
    is_illustrative: bool = False
    exhibits: tuple[Exhibit, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Which app made it and when, and the link that brings the view back."""
        day = f"{self.day.day} {self.day:%B %Y}"
        return f"Made with {self.version} on {day}: {self.link}"


def printable(pack: Pack) -> Pack:
    """The same without control characters, which no document can have."""
    chapters = tuple(_printable(chapter) for chapter in pack.chapters)
    return replace(
        pack,
        chapters=chapters,
        **{name: _clean(getattr(pack, name)) for name in ("title", "subtitle", "sources", "link", "version")},
    )


def _printable(part: Any) -> Any:
    """A chapter, or what is drawn in it, with clean words; its exhibit as it is."""
    kept = {field.name: getattr(part, field.name) for field in fields(part) if field.name != "exhibit"}
    return replace(part, **{name: _clean(value) for name, value in kept.items()})


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, tuple):
        return tuple(map(_clean, value))
    if isinstance(value, pd.DataFrame):
        return value.map(_clean).rename(columns=_clean)
    return _printable(value) if isinstance(value, Bars | Lines | Moment) else value
