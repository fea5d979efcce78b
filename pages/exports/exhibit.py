"""An exhibit: one map, chart or table of a page, with all the words that must go with it wherever it goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from pages.exports.spreadsheets import Book
from pages.exports.table import Table

ILLUSTRATIVE = "ILLUSTRATIVE: made-up answers"


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One map, chart or table, whole.

    `drawing` is the Vega-Lite specification without its rows, and None for what is only a table. `height`
    gives the height in pixels that it fills at a width, where that is not the specification's own, and
    `least_width` is the width below which it is laid out another way: as `narrow`, where there is such a
    specification, with `key_below` it for what has no room for its name. `remarks` are sentences below the
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
    height: Callable[[float], float] | None = None
    least_width: float = 0
    narrow: dict | None = None
    key_below: str = ""
    tables: tuple[tuple[str, str], ...] = ()
    is_illustrative: bool = False
    is_private: bool = False
    book: Callable[[], Book] | None = None
    for_programs: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    figures_at: str = ""
    asked: str = ""
    publishers: str = ""

    @property
    def origin(self) -> str:
        """Which app made it, and the link that brings it back."""
        return f"Made with {self.version}." if self.is_private else f"Made with {self.version}: {self.link}"

    @property
    def description(self) -> str:
        """All that is said of the picture in words, which is longer than a text in its place may be."""
        said = [self.name, self.title, self.subtitle, self.key_below, *self.remarks]
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
