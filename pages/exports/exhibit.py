"""An exhibit: one map, chart or table of a page, with all the words that must go with it wherever it goes."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow as pa

from pages.exports.spreadsheets import Book
from pages.exports.table import Table

ILLUSTRATIVE = "ILLUSTRATIVE: made-up answers"


# before the areas that stand on a map by their codes
KEY = "On the map:"


class Keyed(NamedTuple):
    """An area whose code stands alone on maps narrower than `until` pixels, and what is said of it there."""

    code: str
    meaning: str
    until: float


class Height(NamedTuple):
    """The height that a picture fills at a width, both in pixels, in pieces that a style sheet can follow.

    It grows with the width by `slope`, with `below` the drawing. From the width `turns` on, what stood there
    stands beside it, and takes `aside` of the width: the drawing is at most `most` high, with `margin`, and
    the whole at least `least`. On a page, narrower than `turns`, the drawing is at most `most_above` high;
    the legend leaves `spare` of what it may take empty, and `around` is what Vega sets around the height that
    it is given.
    """

    slope: float
    most: float = math.inf
    below: float = 0
    turns: float = 0
    aside: float = 0
    margin: float = 0
    least: float = 0
    most_above: float = math.inf
    spare: float = 0
    around: float = 0

    def __call__(self, width: float) -> float:
        """The height at a width."""
        if width < self.turns:
            return self.slope * width + self.below
        return max(self._beside(width), self.least)

    def _beside(self, width: float) -> float:
        """The height of a drawing that has its legend beside it."""
        return min(self.slope * (width - self.aside), self.most) + self.margin


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One map, chart or table, whole.

    `drawing` is the Vega-Lite specification without its rows, and None for what is only a table. `height`
    gives the height in pixels that it fills at a width, where that is not the specification's own, and
    `least_width` is the width below which it is laid out another way. `keyed` are the areas of a map that
    stand by their codes alone where it has no room for their names, and `unnamed` says of a file that is
    narrower than `unnamed_until` what dots or columns without names are. `remarks` are sentences below the
    picture, `sources` a line for each source with licence, dates and attribution. `numbers` makes the table
    behind it. `link` brings the view back. `tables` are the tables that the figures come
    from, with their SHA-256. The title of an illustrative exhibit has the word in front. A private exhibit
    shows what somebody has added to their own session: no link brings it back. `book` makes its workbook,
    where that is more than the table behind it, and `for_programs` the files that only programs read, by
    their formats. `figures_at` is where the server gives out the figures of its indicator, below the address
    of the app, and `asked` what the addresses of its picture and table ask for; empty where it has none.
    `publishers` says in a few words whose figures they are, where they are published.
    """

    key: str
    name: str
    title: str
    subtitle: str
    remarks: tuple[str, ...]
    sources: tuple[str, ...]
    alt: str
    link: str
    version: str
    stem: str
    numbers: Callable[[], Table]
    drawing: dict | None = None
    rows: dict[str, pa.Table] = field(default_factory=dict)
    height: Height | None = None
    least_width: float = 0
    keyed: tuple[Keyed, ...] = ()
    unnamed: str = ""
    unnamed_until: float = math.inf
    tables: tuple[tuple[str, str], ...] = ()
    is_illustrative: bool = False
    is_private: bool = False
    book: Callable[[], Book] | None = None
    for_programs: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    figures_at: str = ""
    asked: str = ""
    publishers: str = ""

    def key_of(self, codes: Collection[str]) -> str:
        """What those of these codes mean that stand for areas, in a sentence; empty where none does."""
        entries = [f"{area.code} {area.meaning}" for area in self.keyed if area.code in codes]
        return f"{KEY} {'; '.join(entries)}." if entries else ""

    @property
    def origin(self) -> str:
        """Which app made it, and the link that brings it back."""
        return f"Made with {self.version}." if self.is_private else f"Made with {self.version}: {self.link}"

    @property
    def description(self) -> str:
        """All that is said of the picture in words, which is longer than a text in its place may be."""
        said = [self.name, self.title, self.subtitle, self.unnamed, *self.remarks]
        return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in said if text)

    @property
    def footer(self) -> tuple[str, ...]:
        """All lines below the picture."""
        return (*self.remarks, *self.sources, self.origin)

    @property
    def caption(self) -> str:
        """Title, subtitle and citation in one paragraph, to paste below a picture."""
        said = [self.title, self.subtitle, *self.sources, self.origin]
        return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in said if text)
