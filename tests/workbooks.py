"""CSV files and workbooks to upload: sound ones, and ways to spoil them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

import openpyxl

HEADER = ["borough_name", "response"]
ROWS = [["Camden", "Yes"], ["Hackney", "No"]]
SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def as_csv(rows: Iterable[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def book(
    change: Callable[[openpyxl.Workbook], object] = lambda made: None,
    rows: Iterable[list] = (HEADER, *ROWS),
) -> bytes:
    """A workbook with rows on its one sheet, after a change."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def folded(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with parts added or replaced."""
    return folded({**parts_of(content), **parts})


def with_sheet(cells: str, after: str = "") -> bytes:
    """A workbook whose sheet has these elements as its rows, and others after them."""
    xml = f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData>{after}</worksheet>'
    return with_parts(book(), {SHEET: xml.encode()})


def with_text(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with something replaced in one part, which must be there."""
    before = parts_of(content)[part].decode()
    assert old in before
    return with_parts(content, {part: before.replace(old, new).encode()})
