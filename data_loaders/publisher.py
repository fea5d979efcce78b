"""What all publishers have in common: what is asked of them, what they answer, and how they fail.

A publisher is a module with two functions. `fetch` does nothing but ask for bytes; `parse` is pure, turns
those bytes into tables, and refuses what it does not know. A file that was downloaded by hand goes through
the same `parse`.
"""

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from data_loaders import store
from data_loaders.catalogue import Indicator, load_catalogue
from data_loaders.settings import endpoints_file

BOROUGH = "E09"
LONDON = "E12000007"
ENGLAND = "E92000001"

# what may separate the cells of a row; where several fit equally well, the first is taken
DELIMITERS = (",", ";", "\t", "|")
# the first bytes of files that are not text, whatever their names say
_BEGINNINGS = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
_IN_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


class PublisherError(Exception):
    """A publisher did not give what was expected. The message names all that there is to know."""

    def __init__(self, publisher: str, address: str, expected: str, came: str) -> None:
        super().__init__(f"{publisher} ({address}): expected {expected}, but {came}.")
        self.came = came


@dataclass(frozen=True)
class Download:
    """Bytes as they came, from an address or from a file; `published` is the date that their name bears."""

    content: bytes
    address: str
    etag: str = ""
    published: dt.date | None = None


@dataclass(frozen=True)
class Parsed:
    """What a download holds.

    `observations` are rows of data_loaders.observations for all 33 authorities at every period that came;
    `tables` are further files by name; `published` is the date of the newest figure. `remarks` are sentences
    on what was noticed; `doubts` are remarks after which nobody should take the download without looking.
    """

    published: dt.date
    observations: pd.DataFrame | None = None
    tables: dict[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Known:
    """What a parser may take for granted.

    `areas` has area_code, area_name and dfe_code for each authority; `indicators` is the catalogue;
    `review_names` has the words by which OHID's indicators are found, `value_notes` those by which its notes
    are understood; `footprints` the ICS of each authority in each of the `vintages`; `small_areas` has
    small_area (code), name and area_code of London's; `endpoints` are addresses by name; `year` is the year
    of boundaries that was asked for, None for the newest.
    """

    areas: pd.DataFrame
    indicators: Mapping[str, Indicator]
    review_names: pd.DataFrame
    value_notes: pd.DataFrame
    footprints: pd.DataFrame
    vintages: pd.DataFrame
    small_areas: pd.DataFrame
    endpoints: dict[str, str]
    today: dt.date
    year: int | None = None

    @property
    def boroughs(self) -> list[str]:
        """Codes of the 33 authorities."""
        return list(self.areas["area_code"])

    def name(self, area_code: str) -> str:
        """The name of an authority, of London or of England."""
        names = dict(zip(self.areas["area_code"], self.areas["area_name"], strict=True))
        return {**names, LONDON: "London", ENGLAND: "England"}[area_code]

    def say_others(self, codes: Iterable[str], one: str, many: str) -> list[str]:
        """A sentence on the authorities that are not among `codes`: "Barnet and Camden have no open entry."

        `one` and `many` end it: "has no open entry", "have no open entry". Nothing when all are there.
        """
        names = list(self.areas.loc[~self.areas["area_code"].isin(list(codes)), "area_name"])
        return [f"{listed(names)} {one if len(names) == 1 else many}."] if names else []


class Session(Protocol):
    """What fetch() needs of data_loaders.http."""

    def get(
        self, publisher: str, address: str, expected: str, missing_is_none: bool = False
    ) -> Download | None:
        """The bytes at an address; None where there is nothing, if `missing_is_none`."""


@dataclass(frozen=True)
class Publisher:
    """A source that can be refreshed. `file_hint` says which file `import` takes, and where it is found.

    `together` says whether files that are imported at once are read as one; else each is taken in by itself.
    With `draws` what maps are drawn from is made from its tables. `what` stands before its day: "figures to".
    """

    source_id: str
    title: str
    parser: int
    fetch: Callable[[Session, Known], list[Download]]
    parse: Callable[[Sequence[Download], Known], Parsed]
    file_hint: str
    together: bool = False
    draws: bool = False
    what: str = "figures to"


def load_known(entries: dict[str, store.Entry], today: dt.date, year: int | None = None) -> Known:
    """Read what parsers need from the tables in use. Raises store.SnapshotError."""
    areas = store.read_text_table("areas.csv", entries)
    table = store.read_text_table("endpoints.csv", entries)
    elsewhere = endpoints_file()
    if elsewhere:
        try:
            table = pd.concat([table, pd.read_csv(elsewhere, dtype=str, keep_default_na=False)])
        except (OSError, ValueError) as error:
            raise store.SnapshotError(
                f"The table of addresses {elsewhere.name} cannot be read: {store.why(error)}."
            ) from error
    return Known(
        areas=areas[areas["area_type"] == "borough"].reset_index(drop=True),
        indicators=load_catalogue(entries).indicators,
        review_names=store.read_text_table("review_names.csv", entries),
        value_notes=store.read_text_table("value_notes.csv", entries),
        footprints=store.read_text_table("footprints.csv", entries),
        vintages=store.read_text_table("vintages.csv", entries),
        small_areas=store.read_text_table("small_areas.csv", entries)[["small_area", "name", "area_code"]],
        endpoints=dict(zip(table["endpoint"], table["address"], strict=True)),
        today=today,
        year=year,
    )


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: "Barnet, Brent and Camden"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def read_rows(download: Download, publisher: str, expected: str, columns: Sequence[str]) -> pd.DataFrame:
    """The named columns of a CSV file as text, in the order of `columns`; others are never read into a frame.

    The index is the number of each row as a spreadsheet counts it, the header's being 1. What a spreadsheet
    program makes of a file when it saves it again is read where it is unmistakable: UTF-8 with or without its
    mark, UTF-16 or cp1252; commas, semicolons, tabs or bars; blank rows; empty cells at the end of a row, or
    none there where no column is read. Raises PublisherError for a workbook, a web page, a message, a file
    that is empty or breaks off, a missing column, and a row whose cells do not lie below their columns.
    """

    def refuse(came: str) -> PublisherError:
        return PublisherError(publisher, download.address, expected, came)

    text = _text_of(download.content, refuse)
    try:
        delimiter = max(DELIMITERS, key=lambda each: _fit(_header(text, each), columns))
        records = [_Record(number, cells) for number, cells in _records(text, delimiter) if any(cells)]
    except csv.Error as error:
        raise refuse(f"the file breaks off or is not CSV ({error})") from error
    header = [" ".join(name.split()) for name in records[0].cells] if records else []
    while header and not header[-1]:
        header.pop()
    rows = records[1:]
    lacking = [name for name in columns if name not in header]
    if lacking:
        raise refuse(f"there is no column {_quote(lacking)} among {_quote(header)}")
    repeated = [name for name in columns if header.count(name) > 1]
    if repeated:
        raise refuse(f"the column {_quote(repeated)} came twice")
    if not rows:
        raise refuse("a header without rows came")
    if not text.endswith(("\n", "\r")) and len(rows[-1].cells) < max(len(row.cells) for row in rows):
        raise refuse(f"the file breaks off in row {rows[-1].number:,}")
    places = {name: header.index(name) for name in columns}
    for row in rows:
        problem = _problem(row, len(header), places)
        if problem:
            raise refuse(problem)
    cells = [[row.cells[place] for place in places.values()] for row in rows]
    return pd.DataFrame(cells, index=[row.number for row in rows], columns=list(columns))


def read_numbers(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells as numbers; NaN where a cell is empty or is no number.

    A comma is taken for a decimal sign, or for a sign of thousands, only where all the cells together leave
    no doubt: "51,897" alone can be either, and is no number here.
    """
    written = {cell for cell in pd.unique(cells.to_numpy().ravel()) if cell}
    with_comma = [cell for cell in written if "," in cell]
    in_thousands = [cell for cell in with_comma if _IN_THOUSANDS.fullmatch(cell)]
    has_points = any("." in cell for cell in written)
    if with_comma and has_points and in_thousands == with_comma:
        cells = cells.map(lambda cell: cell.replace(",", ""))
    elif not has_points and len(in_thousands) < len(with_comma):
        cells = cells.map(lambda cell: cell.replace(",", "."))
    numbers = cells.apply(pd.to_numeric, errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers))


def _text_of(content: bytes, refuse: Callable[[str], PublisherError]) -> str:
    """The text of a file that looks like a table; refused is what cannot be one."""
    for beginning, came in _BEGINNINGS.items():
        if content.startswith(beginning):
            raise refuse(f"{came} came: save its sheet as “CSV UTF-8”, or take the CSV file as it was served")
    text = _decode(content)
    if text is None or "\x00" in text:
        raise refuse("the file came in an unknown encoding: save it as “CSV UTF-8”")
    start = text.lstrip()[:1]
    if not start:
        raise refuse("an empty file came")
    if start == "<":
        raise refuse("a web page came")
    if start in "{[":
        raise refuse(f"a message came: {_shorten(text)}")
    # some programs announce their separator in a line of its own
    return re.sub(r"\A\s*sep=.\r?\n", "\n", text)


class _Record(NamedTuple):
    number: int
    cells: list[str]


def _records(text: str, delimiter: str) -> Iterable[tuple[int, list[str]]]:
    """The number and the cells of every row, blank ones too. Raises csv.Error."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return ((number, [cell.strip() for cell in cells]) for number, cells in enumerate(reader, 1))


def _header(text: str, delimiter: str) -> list[str]:
    """The first row that is not blank; empty where this delimiter makes no sense of it."""
    try:
        return next((cells for _, cells in _records(text, delimiter) if any(cells)), [])
    except csv.Error:
        return []


def _fit(header: Sequence[str], columns: Sequence[str]) -> tuple[int, int]:
    """How well a header fits: by the columns that are asked for, then by how many there are."""
    names = {" ".join(name.split()) for name in header}
    return len(names & set(columns)), len(header)


def _problem(row: _Record, width: int, places: dict[str, int]) -> str | None:
    """Why the cells of a row cannot all lie below their columns, if so."""
    beyond = [cell for cell in row.cells[width:] if cell]
    if beyond:
        return (
            f"row {row.number:,} has {_quote(beyond)} to the right of the last column: its cells have slipped"
        )
    lacking = [name for name, place in places.items() if place >= len(row.cells)]
    if lacking:
        return f"row {row.number:,} ends before the column {_quote(lacking[:1])}"
    return None


def _decode(content: bytes) -> str | None:
    encodings: tuple[str, ...] = ("utf-8-sig", "cp1252")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    elif content[1:2] == b"\x00":
        encodings = ("utf-16-le",)
    elif content[:1] == b"\x00":
        encodings = ("utf-16-be",)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _quote(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{_shorten(name, 40)}”" for name in names[:30])
    return shown + (f" and {len(names) - 30} more" if len(names) > 30 else "")


def _shorten(text: str, length: int = 160) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
