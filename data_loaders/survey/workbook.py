"""The sheet of answers of an Excel workbook, read without running anything in it.

A workbook is a folded folder of parts. They are unfolded here, up to a limit and whatever sizes they declare,
and openpyxl reads what has come out. Macros, links and passwords are refused; of a formula neither the
formula nor its last value is taken, only that it is one.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from data_loaders.survey.sheets import ANSWERS, MOST_COLUMNS, MOST_ROWS, Sheet, UploadError, take_rows

UNFOLDED = 8_000_000
MOST_PARTS, MOST_CELLS = 200, MOST_ROWS * MOST_COLUMNS
# elements that hold cells and texts are quick to read; others, of styles and rules, are not
MOST_TAGS, MOST_OTHER_TAGS, LONGEST_TAG = 120_000, 30_000, 16_000
_OF_CELLS = (b"row", b"c", b"v", b"is", b"si", b"t")
ROWS_OF_EXCEL = 1_048_576
# what stands for a formula, to be refused like one that is written into a CSV file
FORMULA = "=(a formula)"

_TOO_MUCH = (
    "The file unfolds to far more than answers need, and was not read. Copy the answers into a new file, or "
    "into the template."
)
_DAMAGED = "The file looks like an Excel file, but is damaged. Open it in Excel and save it again."
# what is in the folder, by a piece of a part's name, that is no workbook of answers
_REFUSED = {
    "vbaproject": "The file has macros. Save it as .xlsx, which has none.",
    "macrosheets/": "The file has macros. Save it as .xlsx, which has none.",
    "externallinks/": "The file has links to other files. Break them, and save it again.",
    "chartsheets/": "The file has sheets that are charts. Copy the answers into a new file.",
    "xl/workbook.bin": "The file is a binary workbook (.xlsb). Save it as .xlsx.",
    "meta-inf/manifest.xml": "The file is an OpenDocument spreadsheet. Save it as .xlsx or as CSV UTF-8.",
}
# what a damaged workbook makes its readers raise
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
)
_TAG = re.compile(rb"<(?:\w+:)?(\w+)")
_LONG_TAG = re.compile(rb"<[^<>]{%d}" % LONGEST_TAG)
_OTHER_ENCODING = re.compile(rb"[\xfe\xff]|.?\x00|\s*<\?xml[^<>]*encoding\s*=\s*[\"'](?!utf-8)", re.I | re.S)
_WORKSHEET = re.compile(rb"<((?:\w+:)?)worksheet\b[^<>]*>")
_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b.*</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>", re.S)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")
_HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\s[^<>]*?\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])")
_CELL_WITH_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^<>]*>\s*<(?:\w+:)?f(?=[\s/>])"
)


def read_workbook(content: bytes) -> Sheet:
    """The sheet called Answers, or the only one that can be seen. Raises UploadError."""
    # here, because only those who upload should wait for it; defusedxml keeps it from expanding entities
    import openpyxl

    try:
        parts = _unfold(content)
        book = openpyxl.load_workbook(_folded(parts), read_only=True, keep_links=False, data_only=True)
        sheet = _sheet_of_answers(book.worksheets)
        # a workbook that is only read knows the part of a sheet, but does not say whether rows are hidden
        part = parts[sheet._worksheet_path]
        if _MERGED.search(part):
            raise UploadError(
                "The sheet has merged cells. Separate them: each answer needs a row of its own."
            )
        if _HIDDEN.search(part):
            raise UploadError(
                "The sheet has hidden rows or columns. Clear its filters, show them, and look at them before "
                "you upload."
            )
        formulas = _formulas(part)
        sheet.reset_dimensions()
        rows = take_rows(_texts(sheet.iter_rows(min_row=1, values_only=True), formulas))
    except _BROKEN as error:
        raise UploadError(_DAMAGED) from error
    return Sheet(sheet.title, rows[0] if rows else [], rows[1:])


def _unfold(content: bytes) -> dict[str, bytes]:
    """All parts by their names, or UploadError for what should not be among them."""
    parts: dict[str, bytes] = {}
    left = UNFOLDED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > UNFOLDED:
            raise UploadError(_TOO_MUCH)
        if any(info.flag_bits & 1 for info in infos):
            raise UploadError("The file is protected with a password. Save it without one.")
        names = [info.filename.lower() for info in infos]
        for piece, sentence in _REFUSED.items():
            if any(piece in name for name in names):
                raise UploadError(sentence)
        if "[content_types].xml" not in names:
            raise UploadError("The file is a folder of other files (.zip), not a workbook. Save it as .xlsx.")
        # other ways to fold than these two are none of Excel's, and unfold without a limit
        if len(set(names)) < len(names) or any(
            info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos
        ):
            raise UploadError(_DAMAGED)
        for info in infos:
            # with a limit, because a part may unfold to more than it declares
            with archive.open(info) as part:
                parts[info.filename] = part.read(left + 1)
            left -= len(parts[info.filename])
            if left < 0:
                raise UploadError(_TOO_MUCH)
    _refuse_long_and_strange_markup(parts)
    return parts


def _refuse_long_and_strange_markup(parts: Mapping[str, bytes]) -> None:
    """Raise for more elements than answers need, for declarations of a document, and for other documents."""
    texts = [
        part for part in parts.values() if part.lstrip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe").startswith(b"<")
    ]
    tags = Counter(name for text in texts for name in _TAG.findall(text))
    others = tags.total() - sum(tags[name] for name in _OF_CELLS)
    if tags.total() > MOST_TAGS or others > MOST_OTHER_TAGS or any(map(_LONG_TAG.search, texts)):
        raise UploadError(_TOO_MUCH)
    if any(b"<!DOCTYPE" in text or _OTHER_ENCODING.match(text) for text in texts):
        raise UploadError(_DAMAGED)
    types = next(text for name, text in parts.items() if name.lower() == "[content_types].xml")
    if b"macroEnabled" in types:
        raise UploadError("The file is made for macros. Save it as .xlsx, which has none.")
    if re.search(rb"wordprocessingml|presentationml", types):
        raise UploadError("The file is a document or a presentation, not a workbook. Save it as .xlsx.")
    if any(b"http://purl.oclc.org/ooxml/spreadsheetml" in text for text in texts):
        raise UploadError("The file is a “Strict Open XML Spreadsheet”. Save it as “Excel Workbook (.xlsx)”.")


def _folded(parts: Mapping[str, bytes]) -> io.BytesIO:
    """The parts as a workbook again, worksheets with nothing but their cells."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, _only_cells(part))
    return file


def _only_cells(part: bytes) -> bytes:
    """A worksheet without its rules, links and pictures, which take long to read; other parts as they are."""
    worksheet, cells = _WORKSHEET.search(part), _CELLS.search(part)
    if not worksheet:
        return part
    if not cells:
        raise UploadError(_DAMAGED)
    # a size, though a wrong one, saves the search for it; it is not believed
    prefix = worksheet[1]
    size = b'<%bdimension ref="A1"/>' % prefix
    return part[: worksheet.end()] + size + cells[0] + b"</%bworksheet>" % prefix


def _sheet_of_answers(sheets: list[Any]) -> Any:
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == ANSWERS.casefold()]
    seen = [sheet for sheet in named or sheets if sheet.sheet_state == "visible"]
    if sheets and not seen:
        raise UploadError(
            "The sheet that has the answers is hidden. Show it, and look at it before you upload."
        )
    if len(seen) != 1:
        raise UploadError(
            f"The file has {len(seen)} sheets and none is called {ANSWERS}. Rename the sheet that has the "
            "answers."
        )
    return seen[0]


def _formulas(part: bytes) -> set[tuple[int, str]]:
    """The rows and columns (by letters) of the cells with formulas."""
    found = {(int(row), letters.decode()) for letters, row in _CELL_WITH_FORMULA.findall(part)}
    if len(_FORMULA.findall(part)) != len(found):
        raise UploadError(
            "The sheet has formulas. Copy its cells, and paste them as values: the values of formulas may be "
            "out of date."
        )
    return found


def _texts(lines: Iterable[tuple[object, ...]], formulas: set[tuple[int, str]]) -> Iterator[list[str]]:
    """Rows of cells as text, with FORMULA where one is."""
    from openpyxl.utils import column_index_from_string

    by_row: dict[int, list[int]] = {}
    for row, letters in formulas:
        by_row.setdefault(row, []).append(column_index_from_string(letters) - 1)
    cells = 0
    for number, values in enumerate(lines, start=1):
        cells += len(values)
        if cells > MOST_CELLS or number > ROWS_OF_EXCEL:
            raise UploadError(_TOO_MUCH)
        texts = [_text(value) for value in values]
        for place in by_row.get(number, ()):
            texts[place] = FORMULA
        yield texts


def _text(value: object) -> str:
    from openpyxl.utils.escape import unescape

    if value is None:
        return ""
    if isinstance(value, str):
        # letters that XML has no place for are written as _x000D_; halves of letters are no text
        text = unescape(value) if "_x" in value else value
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value)
