"""A pack: findings, pictures, tables and sources in an order that can be told, for slides and for paper."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from pages.exports.piece import Piece


@dataclass(frozen=True)
class Bars:
    """Numbers that the reader's own program draws as bars, so that they can be edited there.

    `names` are the places from the top; a value that is missing is None. `axis` says what is measured, and
    `decimals` how many are shown. `benchmarks` are those of the names that others are held against.
    """

    names: tuple[str, ...]
    values: tuple[float | None, ...]
    axis: str
    decimals: int
    benchmarks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Chapter:
    """One thing to say: a heading, and what shows it: points, bars, a picture or a table.

    `source` is the line below it; `notes` are for whoever speaks: definitions, caveats, the whole sources.
    """

    heading: str
    points: tuple[str, ...] = ()
    bars: Bars | None = None
    piece: Piece | None = None
    table: pd.DataFrame | None = None
    subtitle: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Pack:
    """A pack with its chapters, and the sources of all of them in full.

    `link` brings the view back that it was made of; `stem` is the name of the file without its end.
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

    @property
    def origin(self) -> str:
        """Which app made it and when, and the link that brings the view back."""
        day = f"{self.day.day} {self.day:%B %Y}"
        return f"Made with {self.version} on {day}: {self.link}"
