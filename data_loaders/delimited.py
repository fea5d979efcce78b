"""Files of comma-separated values as publishers serve them and as people save them again."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from data_loaders.publisher import Download, PublisherError

# what may separate the cells of a row; where several fit equally well, the first is taken
DELIMITERS = (",", ";", "\t", "|")
# the first bytes of files that are not text, whatever their names say
_BEGINNINGS = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
_IN_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


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
