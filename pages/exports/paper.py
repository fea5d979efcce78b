"""A document on A4 as PDF, with headings, lists, tables and pictures, or a picture: tagged for who hears it.

Typst sets it, with the fonts beside this file, and checks it against PDF/UA-1: title, language, bookmarks, an
alternative text for each picture. All words reach Typst as data, so that none of them is taken for markup.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pages.exports.drawer import FONTS

_PAPER, _PICTURE = (Path(__file__).with_name(f"{name}.typ") for name in ("paper", "picture"))
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
# a run of letters without a space, such as an address, would run over the edge of its column
_LONG_RUN = re.compile(r"(\S{30})(?=\S)")
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a strong one is larger and in bold."""

    text: str
    strong: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True)
class Table:
    """A table whose header is repeated on each page; `widths` are the columns' shares of the line."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    kind: str = field(default="table", init=False)

    def __post_init__(self) -> None:
        if {len(row) for row in self.rows} - {len(self.header)} or len(self.widths) != len(self.header):
            raise ValueError("Each row of a table, and its widths, must be as long as its header.")


@dataclass(frozen=True)
class Picture:
    """An SVG picture with what it shows in words; `width` is its share of the line."""

    svg: bytes
    alt: str
    width: float = 1.0
    kind: str = field(default="picture", init=False)


@dataclass(frozen=True)
class Blanks:
    """Lines to write on by hand, with their labels in front, which are `label_width` millimetres wide."""

    labels: tuple[str, ...]
    label_width: float = 45.0
    kind: str = field(default="blanks", init=False)


Part = Paragraph | Bullets | Table | Picture | Blanks


@dataclass(frozen=True)
class Section:
    """A heading, which is a bookmark too, and what stands under it."""

    heading: str
    parts: tuple[Part, ...]
    new_page: bool = False


@dataclass(frozen=True)
class Paper:
    """A document. `mark` and `stamp` stand left and right at the head of each page, `footer` at its foot."""

    title: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]
    day: dt.date
    subtitle: str = ""
    mark: str = ""
    stamp: str = ""
    description: str = ""


@dataclass(frozen=True)
class Sheet:
    """An SVG picture on a page of its size in points, with its title, what it is of, and what it shows."""

    svg: bytes
    width: float
    height: float
    title: str
    description: str
    alt: str


def as_pdf(paper: Paper) -> bytes:
    """The document as PDF/UA-1, as far as there are letters for it (_set)."""
    return _set(_PAPER, asdict(paper) | {"day": paper.day.isoformat()}, paper.day)


def picture_as_pdf(sheet: Sheet, day: dt.date) -> bytes:
    """The picture as PDF/UA-1, as far as there are letters for it (_set); made on this day."""
    return _set(_PICTURE, asdict(sheet), day)


def _set(layout: Path, content: dict[str, Any], day: dt.date) -> bytes:
    """What a layout makes of its content, as PDF/UA-1.

    Letters that no bundled font has (emoji, Chinese) are looked for among the machine's own fonts. Where it
    has none either, a box stands for them: the file is then still tagged, but not PDF/UA-1.
    """
    import typst  # here, because the first visitor should not wait for it

    words = {layout.stem: json.dumps(_clean(content))}
    moment = dt.datetime.combine(day, dt.time(), dt.UTC)
    for fonts, standard in _attempts():
        try:
            return typst.compile(
                layout.read_bytes(),
                font_paths=fonts,
                sys_inputs=words,
                pdf_standards=standard,
                timestamp=moment,
            )
        except typst.TypstError as error:
            if standard is None or "could not be displayed" not in error.message:
                raise
    raise AssertionError("the last attempt asks for no standard")


def _attempts() -> Iterator[tuple[Any, Literal["ua-1"] | None]]:
    """Fonts and standards to try one after the other, from the strictest."""
    yield _fonts(False), "ua-1"
    yield _fonts(True), "ua-1"
    yield _fonts(True), None


@cache
def _fonts(of_the_machine: bool) -> Any:
    import typst

    return typst.Fonts(include_system_fonts=of_the_machine, font_paths=[FONTS])


def _clean(value: Any) -> Any:
    """The same with words free of control characters, which no document can have; pictures as they are."""
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, str):
        return _LONG_RUN.sub(rf"\1{_MAY_BREAK}", _UNSPEAKABLE.sub("", value))
    return value
