"""What a Word document on A4 is made of: headings, paragraphs, lists, figures and tables.

Those that have a key can be referred to. word_file.py writes them, and numbers what has a number.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pages.exports.lines import BOLD, text_width
from pages.exports.pack import Bars, Lines
from pages.exports.pictures import CM_PER_INCH

# a page of A4 and what is within its margins, upright and turned, in centimetres
SHORT, LONG, MARGIN = 21.0, 29.7, 2.0
TEXT_WIDTH, TURNED_WIDTH = SHORT - 2 * MARGIN, LONG - 2 * MARGIN
# points; letters beyond which a column gets no wider
TABLE_SIZE, LONGEST_CELL = 9, 50
# between the edges of a cell and its text, both together, in centimetres
CELL_MARGINS = 0.4
# styles of paragraphs: usual, below pictures and tables, and loud
USUAL, NOTE, LOUD = "Normal", "PaperNote", "PaperLoud"
# what is read as a number: with its unit, a mark, and how it compares
_NUMBER = re.compile(r"[-+\u2212]?£?\d[\d,]*(\.\d+)?%?\N{DAGGER}?( [▲=▼])?")


@dataclass(frozen=True)
class Reference:
    """The number of what has this key: of a section as it is, of a figure or table with its word."""

    to: str


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    text: str
    address: str


Words = Sequence[str | Reference | Link]


@dataclass(frozen=True)
class Heading:
    """The heading of a section, numbered, of level 1 or 2."""

    text: str
    level: int = 1
    key: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one of the styles USUAL, NOTE and LOUD, which may be kept with what follows it."""

    words: Words
    style: str = USUAL
    keep: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A picture, or a chart that Word draws, with its number and caption above and a note below.

    A picture is a PNG, no higher than so many centimetres; without that, it is as high as its shape lets it
    be. A chart is as high as it has bars.
    """

    shown: bytes | Bars | Lines
    alt: str
    caption: str
    note: Words = ()
    key: str = ""
    highest: float = 0


@dataclass(frozen=True)
class Table:
    """A table with its number and caption above and a note below.

    Columns of numbers stand to the right. Rows are at least so high, in centimetres, to be filled in by hand.
    Without `shares` of the line, columns are as wide as their texts ask for.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    note: Words = ()
    key: str = ""
    row_height: float = 0
    shares: tuple[float, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether words would be broken on an upright page."""
        return not self.shares and sum(_least_widths(self._columns)) > TEXT_WIDTH

    @property
    def _columns(self) -> list[tuple[str, ...]]:
        return list(zip(self.header, *self.rows, strict=True))

    def widths(self, room: float) -> list[float]:
        """The widths of the columns in centimetres, which fill the room."""
        if self.shares:
            return [share * room / sum(self.shares) for share in self.shares]
        least = _least_widths(self._columns)
        left = max(room - sum(least), 0)
        asked = [min(max(map(text_width, column)), LONGEST_CELL) for column in self._columns]
        # first to those whose texts would take several lines
        lacking = [max(_in_cm(wide) - width, 0) for wide, width in zip(asked, least, strict=True)]
        given = min(left / sum(lacking), 1) if sum(lacking) else 0.0
        left -= given * sum(lacking)
        widths = [
            width + given * more + left * share / sum(asked)
            for width, more, share in zip(least, lacking, asked, strict=True)
        ]
        return [width * room / sum(widths) for width in widths]

    def inner_widths(self, room: float) -> list[float]:
        """What the columns have for their texts, in centimetres."""
        return [width - CELL_MARGINS for width in self.widths(room)]

    def numeric(self) -> list[bool]:
        """Whether each column holds numbers, and perhaps words where there is none."""
        return [_is_numeric(column[1:]) for column in self._columns]


@dataclass(frozen=True)
class Contents:
    """The contents, and the lists of figures and of tables."""

    new_page: bool = True


@dataclass(frozen=True)
class Turned:
    """What stands on pages of its own that are wider than high."""

    blocks: tuple["Block", ...]


Block = Heading | Paragraph | Bullets | Figure | Table | Contents | Turned


@dataclass(frozen=True, eq=False)
class Document:
    """A document with its properties. `footer` stands at the foot of each page before its number, `mark` at
    the head."""

    title: str
    blocks: tuple[Block, ...]
    footer: str
    day: dt.date
    subtitle: str = ""
    subject: str = ""
    comments: str = ""
    mark: str = ""
    stamp: str = ""


def _least_widths(columns: Iterable[Sequence[str]]) -> list[float]:
    """Widths of columns in centimetres at which no word is broken, and no number parted from its mark."""
    words = [max(text_width(word) for text in column for word in _unbroken(text)) for column in columns]
    return [_in_cm(width) for width in words]


def _in_cm(width: float) -> float:
    """The width of a column whose text is so many letters' heights wide."""
    return width * TABLE_SIZE * BOLD * CM_PER_INCH / 72 + CELL_MARGINS


def _unbroken(text: str) -> list[str]:
    return [text] if _NUMBER.fullmatch(text) else text.split() or [""]


def _is_numeric(cells: Sequence[str]) -> bool:
    with_digits = [cell.strip() for cell in cells if any(letter.isdigit() for letter in cell)]
    return bool(with_digits) and all(map(_NUMBER.fullmatch, with_digits))
