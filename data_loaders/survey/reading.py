"""A file of answers as a table of texts, read without running anything in it.

Formulas stay text, macros, links and passwords are refused, and what would unfold to more than it should is
refused before it is unfolded. Raises UploadError, whose message is a sentence for the person who uploads.
"""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import NamedTuple

LARGEST = 1_000_000
UNFOLDED = 16_000_000
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS, LONGEST = 3_000, 200, 4_000
ANSWERS = "Answers"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

# what a damaged workbook makes its readers raise
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    # broken XML, whichever library reads it: both of their errors are of this kind
    SyntaxError,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
)


class UploadError(Exception):
    """A file that cannot be read. The message says what is wrong and what to do."""


class Sheet(NamedTuple):
    """The cells of one sheet as text, every row as long as the header.

    `numbers` are those of the rows in the file, where they are not simply counted from the second on.
    """

    name: str
    header: list[str]
    rows: list[list[str]]
    numbers: tuple[int, ...] = ()

    def row_numbers(self) -> Sequence[int]:
        """The number of each row in the file."""
        return self.numbers or range(2, len(self.rows) + 2)


def read_upload(content: bytes) -> Sheet:
    """The sheet of answers of a CSV or XLSX file."""
    if not content:
        raise UploadError("The file is empty.")
    if len(content) > LARGEST:
        raise UploadError(
            f"The file has {len(content) / 1e6:.1f} MB; at most 1 MB is taken. Answers of all boroughs need "
            "far less: remove pictures, and sheets that are not needed."
        )
    if content.startswith(_OLE):
        raise UploadError(
            "The file is protected with a password, or is an old Excel file (.xls). Save it as .xlsx without "
            "a password."
        )
    sheet = _read_xlsx(content) if content.startswith(_ZIP) else _read_csv(content)
    return _tidied(sheet)


def _read_csv(content: bytes) -> Sheet:
    text = _decode(content)
    if "\x00" in text:
        raise UploadError("The file is neither a CSV nor an XLSX file: it has bytes that are no text.")
    lines = text.splitlines()
    delimiter = max(",;\t", key=lines[0].count) if lines else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UploadError(
            f"The file is not a sound CSV file: {error}. Save it again as CSV UTF-8."
        ) from error
    return Sheet("CSV", rows[0] if rows else [], rows[1:])


def _decode(content: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decode_as(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(content, "cp1252")


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UploadError(
            "The file is no text that can be read. Save it as CSV UTF-8 or as .xlsx."
        ) from error


def _read_xlsx(content: bytes) -> Sheet:
    # here, because only those who upload should wait for it; defusedxml keeps it from expanding entities
    import openpyxl

    merged = _refuse_what_is_dangerous(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.title == ANSWERS] or book.worksheets
        if len(sheets) != 1:
            raise UploadError(
                f"The file has {len(sheets)} sheets and none is called {ANSWERS}. Rename the sheet that has "
                "the answers."
            )
        (sheet,) = sheets
        if sheet.sheet_state != "visible":
            raise UploadError(
                f"The sheet {sheet.title} is hidden. Show it, and look at it before you upload."
            )
        if merged:
            raise UploadError("The file has merged cells. Separate them: each answer needs a row of its own.")
        sheet.reset_dimensions()
        rows = [
            [_text(value) for value in row]
            for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True)
        ]
    except _BROKEN as error:
        raise _damaged() from error
    return Sheet(sheet.title, rows[0] if rows else [], rows[1:])


def _refuse_what_is_dangerous(content: bytes) -> bool:
    """Raise for macros, links to other files and too much to unfold; whether a sheet has merged cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            names = [info.filename for info in infos]
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > UNFOLDED:
                raise UploadError("The file unfolds to far more than answers need, and was not read.")
            if any(info.flag_bits & 1 for info in infos):
                raise UploadError("The file is protected with a password. Save it without one.")
            if any("vbaproject" in name.lower() for name in names):
                raise UploadError("The file has macros. Save it as .xlsx, which has none.")
            if any("externallinks/" in name.lower() for name in names):
                raise UploadError("The file has links to other files. Break them, and save it again.")
            sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
            return any(re.search(rb"<(\w+:)?mergeCell\b", parts.read(name)) for name in sheets)
    except _BROKEN as error:
        raise _damaged() from error


def _damaged() -> UploadError:
    return UploadError(
        "The file looks like an Excel file, but is damaged. Open it in Excel and save it again."
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value)


def _tidied(sheet: Sheet) -> Sheet:
    """Without empty rows and columns at the end, and with every row as long as the header."""
    header = [cell.strip() for cell in sheet.header]
    while header and not header[-1]:
        header.pop()
    if not any(header):
        raise UploadError("The first row of the file has no names of columns.")
    if len(header) > MOST_COLUMNS:
        raise UploadError(f"The file has more than {MOST_COLUMNS} columns: it is not a file of answers.")
    rows = [[cell.strip() for cell in row] for row in sheet.rows]
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise UploadError(f"The file has more than {MOST_ROWS:,} rows: it is not a file of answers.")
    for number, row in enumerate(rows, start=2):
        if any(row[len(header) :]):
            raise UploadError(f"Row {number} has a cell to the right of the last named column.")
        if any(len(cell) > LONGEST for cell in row):
            raise UploadError(f"Row {number} has a cell of more than {LONGEST:,} letters.")
    fitted = [(row + [""] * len(header))[: len(header)] for row in rows]
    return Sheet(sheet.name, header, fitted)
