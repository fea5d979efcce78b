"""A file of answers as a table of texts, CSV or XLSX, read without running anything in it.

Raises UploadError, whose message is a sentence for the person who uploads.
"""

import codecs
import csv
import io
import re
from itertools import islice

from data_loaders.survey.sheets import LONGEST, MOST_COLUMNS, MOST_ROWS, Sheet, UploadError, take_rows
from data_loaders.survey.workbook import read_workbook

LARGEST = 1_000_000
# how files begin that are given a name of another kind; a CSV file has no beginning of its own
_BEGINNINGS = {
    b"\xd0\xcf\x11\xe0": "The file is protected with a password, or is an old Excel file (.xls). Save it as "
    ".xlsx without a password.",
    b"%PDF": "The file is a PDF, whatever its name says. Upload the spreadsheet that it was made from.",
    b"<": "The file is a web page, whatever its name says. Open it in Excel and save it as .xlsx.",
    b"{\\rtf": "The file is a document, whatever its name says. Save the answers as CSV UTF-8 or as .xlsx.",
}
_NO_TEXT = (
    "The file is neither a CSV nor an XLSX file: it has bytes that are no text. Save it as CSV UTF-8 or as "
    ".xlsx."
)
# marks that nobody sees: byte order, breaks, directions of writing. They would hide what is written
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def read_upload(content: bytes) -> Sheet:
    """The sheet of answers of a CSV or XLSX file."""
    if not content.strip():
        raise UploadError("The file is empty.")
    if len(content) > LARGEST:
        raise UploadError(
            f"The file has {len(content) / 1e6:.2f} MB; at most 1 MB is taken. Answers of all boroughs need "
            "far less: remove pictures, and sheets that are not needed."
        )
    start = content.removeprefix(codecs.BOM_UTF8).lstrip()
    for beginning, sentence in _BEGINNINGS.items():
        if start.startswith(beginning):
            raise UploadError(sentence)
    return _tidied(read_workbook(content) if content.startswith(b"PK\x03\x04") else _read_csv(content))


def _read_csv(content: bytes) -> Sheet:
    text = _decode(content)
    if "\x00" in text:
        raise UploadError(_NO_TEXT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        rows = take_rows(reader)
    except csv.Error as error:
        raise UploadError(
            f"The file is not a sound CSV file: {error}, in line {reader.line_num:,}. Save it again as CSV "
            "UTF-8."
        ) from error
    return Sheet("CSV", rows[0] if rows else [], rows[1:])


def _delimiter(text: str) -> str:
    """Of comma, semicolon and tab that which makes most columns of the first two rows.

    The first alone would not do: questions have commas, which need no quotation marks among semicolons.
    """

    def columns(delimiter: str) -> int:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            return min(len(row) for row in islice(filter(None, reader), 2))
        except (csv.Error, ValueError):
            return 0

    return max(",;\t", key=columns)


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
        raise UploadError(_NO_TEXT) from error


def _tidied(sheet: Sheet) -> Sheet:
    """Without empty rows and columns at the end, and with every row as long as the header."""
    header = [tidy(cell) for cell in sheet.header]
    while header and not header[-1]:
        header.pop()
    if not any(header):
        raise UploadError(
            "The first row of the file has no names of columns. They must be there, with nothing above them."
        )
    if len(header) > MOST_COLUMNS:
        raise UploadError(f"The file has more than {MOST_COLUMNS} columns: it is not a file of answers.")
    rows = [[tidy(cell) for cell in row] for row in sheet.rows]
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise UploadError(f"The file has more than {MOST_ROWS:,} rows: it is not a file of answers.")
    for number, row in enumerate([header, *rows], start=1):
        if any(row[len(header) :]):
            raise UploadError(
                f"Row {number:,} has a cell to the right of the last named column. The first row must have "
                "the names of all columns."
            )
        if any(len(cell) > LONGEST for cell in row):
            raise UploadError(f"Row {number:,} has a cell of more than {LONGEST:,} letters.")
    fitted = [(row + [""] * len(header))[: len(header)] for row in rows]
    return Sheet(sheet.name, header, fitted)


def tidy(cell: str) -> str:
    """A cell as it is taken: without spaces around it and marks that nobody sees."""
    return _UNSEEN.sub("", cell).replace("\N{NO-BREAK SPACE}", " ").strip()
