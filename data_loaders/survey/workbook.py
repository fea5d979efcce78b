"""The sheet of answers of an Excel workbook, read without running anything in it.

A workbook is a folded folder of parts. Those that can have answers are unfolded here, up to a limit and
whatever sizes they declare, and looked through once (data_loaders/survey/markup.py); openpyxl reads what has
come out. Macros, links and passwords are refused; of a formula neither the formula nor its last value is
taken, only that it is one.

It is slow only as a file is long, and a file's length has a limit; still, what strangers send is read in a
process of its own (data_loaders/survey/apart.py).
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.parsers.expat import ExpatError

from data_loaders.damaged import RAISED
from data_loaders.survey.markup import Budget, Part, StrangeError, TooMuchError, look_through
from data_loaders.survey.sheets import ANSWERS, MOST_COLUMNS, MOST_ROWS, Sheet, UploadError, take_rows

UNFOLDED = 8_000_000
MOST_PARTS, MOST_CELLS, MOST_LETTERS = 200, MOST_ROWS * MOST_COLUMNS, 4_000_000
ROWS_OF_EXCEL = 1_048_576
# what stands for a formula, to be refused like one that is written into a CSV file
FORMULA = "=(a formula)"
TYPES = "[Content_Types].xml"
# the kinds of parts that have answers, or say where they are and what kind of number is a date
_NEEDED = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\."
    r"(sheet\.main|template\.main|worksheet|sharedStrings|styles)\+xml"
)

TOO_MUCH = (
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
_BROKEN: tuple[type[Exception], ...] = (StrangeError, ExpatError, *RAISED)


def read_workbook(content: bytes) -> Sheet:
    """The sheet called Answers, or the only one that can be seen. Raises UploadError."""
    # here, because only those who upload should wait for it; defusedxml keeps it from expanding entities
    import openpyxl

    try:
        parts = _unfold(content)
        budget = Budget()
        seen = {name: look_through(part, budget) for name, part in parts.items()}
        folded = _folded({name: _only_cells(part, seen[name]) for name, part in parts.items()})
        book = openpyxl.load_workbook(folded, read_only=True, keep_links=False, data_only=True)
        sheet = _sheet_of_answers(book.worksheets)
        # a workbook that is only read knows the part of a sheet, but does not say whether rows are hidden
        formulas = _formulas(seen[sheet._worksheet_path])
        sheet.reset_dimensions()
        rows = take_rows(_texts(sheet.iter_rows(min_row=1, values_only=True), formulas))
    except TooMuchError as error:
        raise UploadError(TOO_MUCH) from error
    except _BROKEN as error:
        raise UploadError(_DAMAGED) from error
    return Sheet(sheet.title, rows[0] if rows else [], rows[1:])


def _unfold(content: bytes) -> dict[str, bytes]:
    """The parts that can have answers by their names, or UploadError for what should not be in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > UNFOLDED:
            raise UploadError(TOO_MUCH)
        if any(info.flag_bits & 1 for info in infos):
            raise UploadError("The file is protected with a password. Save it without one.")
        names = [info.filename.lower() for info in infos]
        for piece, sentence in _REFUSED.items():
            if any(piece in name for name in names):
                raise UploadError(sentence)
        if TYPES.lower() not in names:
            raise UploadError("The file is a folder of other files (.zip), not a workbook. Save it as .xlsx.")
        # other ways to fold than these two are none of Excel's, and unfold without a limit
        if len(set(names)) < len(names) or any(
            info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos
        ):
            raise UploadError(_DAMAGED)
        parts = {TYPES: _take(archive, TYPES, UNFOLDED)}
        for name in _needed(parts[TYPES], archive.namelist()):
            parts[name] = _take(archive, name, UNFOLDED - sum(map(len, parts.values())))
    if any(b"http://purl.oclc.org/ooxml/spreadsheetml" in part for part in parts.values()):
        raise UploadError("The file is a “Strict Open XML Spreadsheet”. Save it as “Excel Workbook (.xlsx)”.")
    return parts


def _take(archive: zipfile.ZipFile, name: str, left: int) -> bytes:
    """A part, with a limit, because it may unfold to more than it declares."""
    with archive.open(name) as part:
        taken = part.read(left + 1)
    if len(taken) > left:
        raise TooMuchError
    return taken


def _needed(types: bytes, names: Iterable[str]) -> list[str]:
    """The parts to read, of these names, going by the part that says what kind each is of."""
    from openpyxl.packaging.manifest import Manifest
    from openpyxl.packaging.relationship import get_rels_path
    from openpyxl.xml.functions import fromstring

    look_through(types, Budget())
    if b"macroEnabled" in types:
        raise UploadError("The file is made for macros. Save it as .xlsx, which has none.")
    if re.search(rb"wordprocessingml|presentationml", types):
        raise UploadError("The file is a document or a presentation, not a workbook. Save it as .xlsx.")
    kinds = {
        part.PartName.removeprefix("/"): part.ContentType
        for part in Manifest.from_tree(fromstring(types)).Override
    }
    found = [name for name in names if _NEEDED.fullmatch(kinds.get(name, ""))]
    # where the parts of a workbook lie stands beside it
    beside = {get_rels_path(name) for name in found if "main+xml" in kinds[name]}
    return found + [name for name in names if name in beside]


def _folded(parts: Mapping[str, bytes]) -> io.BytesIO:
    """The parts as a workbook again."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file


def _only_cells(part: bytes, seen: Part) -> bytes:
    """A worksheet without its rules, links and pictures, which take long to read; other parts as they are."""
    if seen.root != "worksheet":
        return part
    if seen.cells is None:
        raise UploadError(_DAMAGED)
    prefix = part[part.rindex(b"<", 0, seen.root_end) : seen.root_end].partition(b"worksheet")[0]
    # a size, though a wrong one, saves the search for it; it is not believed
    size = prefix + b'dimension ref="A1"/>'
    return part[: seen.root_end] + size + part[seen.cells] + b"</" + prefix[1:] + b"worksheet>"


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


def _formulas(seen: Part) -> set[tuple[int, str]]:
    """The rows and columns (by letters) of the cells with formulas; UploadError for a sheet to mend first."""
    if seen.is_merged:
        raise UploadError("The sheet has merged cells. Separate them: each answer needs a row of its own.")
    if seen.is_hidden:
        raise UploadError(
            "The sheet has hidden rows or columns. Clear its filters, show them, and look at them before you "
            "upload."
        )
    found = {cell for cell in seen.formulas if cell is not None}
    if len(found) < len(seen.formulas):
        raise UploadError(
            "The sheet has formulas. Copy its cells, and paste them as values: the values of formulas may be "
            "out of date."
        )
    return found


def _texts(lines: Iterable[tuple[object, ...]], formulas: set[tuple[int, str]]) -> Iterator[list[str]]:
    """Rows of cells as text, with FORMULA where one is."""
    from openpyxl.utils import column_index_from_string

    by_row: dict[int, list[int]] = {}
    for row, column in formulas:
        by_row.setdefault(row, []).append(column_index_from_string(column) - 1)
    cells = letters = 0
    for number, values in enumerate(lines, start=1):
        cells += len(values)
        # one text can stand in many cells
        letters += sum(len(value) for value in values if isinstance(value, str))
        if cells > MOST_CELLS or letters > MOST_LETTERS or number > ROWS_OF_EXCEL:
            raise TooMuchError
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
