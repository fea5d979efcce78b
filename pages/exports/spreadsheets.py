"""Tables as workbooks that follow the Government Analysis Function's guidance on spreadsheets.

A cover, a list of contents, notes, and then one named table a sheet, each from the first cell on: no merged
or hidden cells, no formulas. https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/
"""

import io
import itertools
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from geo.tables.listing import harmless, without_formulas

if TYPE_CHECKING:
    from odfdo import Table

ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONE_TABLE = "This sheet contains one table."
CREATOR, FONT = "Beyond Boundaries London", "Arial"
# widths of columns in letters, and of a letter in centimetres
NARROWEST, WIDEST, WIDEST_LINE, LETTER_CM = 10, 60, 110, 0.21
LINE_PT = 15
MOST_DECIMALS = 4
NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
# https://analysisfunction.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/
SHORTHAND = {
    "[c]": "Confidential: withheld by the publisher because numbers are small.",
    NOT_AVAILABLE: "Not available: not published, not yet downloaded, or not given for this area. The column "
    "Status says which.",
    NOT_APPLICABLE: "Not applicable.",
    "[low]": "Rounds to zero, but is not zero. Not used here.",
    "[u]": "Low reliability. Not used here.",
}


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table: its `name` (letters, digits and underscores), a title, lines below it, and its rows.

    `rows` has columns in words. Numbers stay numbers; a cell without one has a shorthand such as [x], which
    the notes explain. `decimals` says how many are shown of the numbers of a column; the cell keeps all.
    """

    name: str
    title: str
    about: tuple[str, ...]
    rows: pd.DataFrame
    decimals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Book:
    """A workbook: what it is, where its figures come from, what to know, and its tables.

    `about` and `sources` are lines of the cover; `notes` are pairs of what is noted and what it means.
    """

    title: str
    about: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]


class _Line(NamedTuple):
    text: str
    is_heading: bool


class _Page(NamedTuple):
    """A sheet as it is written: its label, the name of its table (None for the cover), lines, rows."""

    label: str
    table: str | None
    lines: list[_Line]
    rows: pd.DataFrame
    decimals: Mapping[str, int] = MappingProxyType({})


def as_xlsx(book: Book) -> bytes:
    """The workbook as Excel reads it."""
    import openpyxl  # here, because the first visitor should not wait for it
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    written = openpyxl.Workbook()
    written.remove(written.active)
    written.properties.title = book.title
    written.properties.creator = CREATOR
    for page in _pages(book):
        sheet = written.create_sheet(page.label)
        widths = _widths(page)
        rows = [*([line.text] for line in page.lines), list(page.rows), *page.rows.to_numpy().tolist()]
        bold = {number for number, line in enumerate(page.lines) if line.is_heading} | {len(page.lines)}
        for number, row in enumerate(rows):
            wraps = page.table is None or number >= len(page.lines)
            for place, value in enumerate(row):
                cell = sheet.cell(number + 1, place + 1, value)
                cell.font = Font(name=FONT, bold=number in bold)
                cell.alignment = Alignment(vertical="top", wrap_text=wraps)
                if isinstance(value, float):
                    cell.number_format = _format(page, place)
            if wraps:
                # not every program makes room for wrapped text by itself
                sheet.row_dimensions[number + 1].height = LINE_PT * _lines_of(row, widths)
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
        if page.table is None:
            continue
        top, last = len(page.lines) + 1, get_column_letter(len(widths))
        table = Table(displayName=page.table, ref=f"A{top}:{last}{top + len(page.rows)}")
        # no stripes and no filter buttons, which would hide the ends of headings
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        table.autoFilter = None
        sheet.add_table(table)
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


def as_ods(book: Book) -> bytes:
    """The workbook as OpenDocument."""
    import odfdo

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    document.set_language("en-GB")
    document.meta.title = book.title
    document.meta.creator = CREATOR
    for style in _styles():
        document.insert_style(style, automatic=True)
    for page in _pages(book):
        table = odfdo.Table(page.label)
        document.body.append(table)
        for number, line in enumerate(page.lines):
            style = f"{'bold' if line.is_heading else 'plain'}{'_wrapped' if page.table is None else ''}"
            table.set_cell((0, number), odfdo.Cell(line.text, style=style))
        for place, width in enumerate(_widths(page)):
            _set_width(table, place, width)
        if page.table is None:
            continue
        top = len(page.lines)
        heading = [odfdo.Cell(name, style="bold_wrapped") for name in page.rows]
        body = [
            [odfdo.Cell(value, style=_style_of(value, page, place)) for place, value in enumerate(row)]
            for row in page.rows.itertuples(index=False)
        ]
        for number, cells in enumerate([heading, *body], start=top):
            table.set_row_cells(number, cells)
        table.set_named_range(page.table, (0, top, len(page.rows.columns) - 1, top + len(page.rows)))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _pages(book: Book) -> Iterator[_Page]:
    """Cover, contents, notes and tables, with nothing in them that could be taken for a formula."""
    notes = pd.DataFrame(list(book.notes), columns=["Note", "Meaning"])
    tables = [("Notes", _Page("Notes", "notes", _lines("Notes", ONE_TABLE), without_formulas(notes)))]
    for number, sheet in enumerate(book.sheets, start=1):
        lines = _lines(sheet.title, *sheet.about, f"{ONE_TABLE} The sheet Notes explains signs in brackets.")
        name = re.sub(r"\W", "_", sheet.name)
        page = _Page(f"Table {number}", name, lines, without_formulas(sheet.rows), sheet.decimals)
        tables.append((sheet.title, page))
    cover = [
        *_lines(book.title, *book.about),
        *_lines("Where the figures come from", *book.sources),
    ]
    listed = [(page.label, title) for title, page in tables]
    contents = without_formulas(pd.DataFrame(listed, columns=["Sheet", "What is on it"]))
    yield _Page("Cover", None, cover, pd.DataFrame())
    yield _Page("Contents", "contents", _lines("Contents", ONE_TABLE), contents)
    for _, page in tables:
        yield page


def _lines(heading: str, *others: str) -> list[_Line]:
    texts = [harmless(text) for text in (heading, *others)]
    return [_Line(text, place == 0) for place, text in enumerate(texts)]


def _decimals(page: _Page, place: int) -> int:
    return page.decimals.get(page.rows.columns[place], 0)


def _format(page: _Page, place: int) -> str:
    """How Excel shows a number of a column: with thousands, and as many decimals as it has in the app."""
    decimals = _decimals(page, place)
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _style_of(value: object, page: _Page, place: int) -> str:
    """The look of a cell of a table in OpenDocument."""
    return f"number{_decimals(page, place)}" if isinstance(value, float) else "plain_wrapped"


def _widths(page: _Page) -> list[int]:
    """Widths of columns in letters: as the longest cell, the heading on at most three lines."""
    if page.table is None:
        return [WIDEST_LINE]
    longest = [max([len(name) // 3, *map(len, page.rows[name].astype(str))], default=0) for name in page.rows]
    return [min(max(letters + 2, NARROWEST), WIDEST) for letters in longest]


def _lines_of(row: list[object], widths: list[int]) -> int:
    """How many lines the tallest cell of a row takes."""
    return max(
        [len(textwrap.wrap(str(value), width - 1)) for value, width in zip(row, widths, strict=False)] + [1]
    )


def _set_width(table: "Table", place: int, letters: int) -> None:
    column = table.get_column(place)
    column.style = f"width{letters}"
    table.set_column(place, column)


def _styles() -> Iterator:
    """The looks of cells, by weight and wrapping, and the widths of columns in letters."""
    from odfdo import Element, Style

    for decimals in range(MOST_DECIMALS + 1):
        yield Element.from_tag(
            f'<number:number-style style:name="decimals{decimals}"><number:number number:grouping="true" '
            f'number:min-integer-digits="1" number:decimal-places="{decimals}"/></number:number-style>'
        )
        style = Style("table-cell", name=f"number{decimals}", area="text", font=FONT)
        style.set_properties({"style:vertical-align": "top"}, area="table-cell")
        style.set_attribute("style:data-style-name", f"decimals{decimals}")
        yield style
    for bold, wraps in itertools.product((False, True), repeat=2):
        name = f"{'bold' if bold else 'plain'}{'_wrapped' if wraps else ''}"
        style = Style("table-cell", name=name, area="text", bold=bold, font=FONT)
        wrapping = {"fo:wrap-option": "wrap"} if wraps else {}
        style.set_properties({"style:vertical-align": "top", **wrapping}, area="table-cell")
        yield style
    for letters in range(NARROWEST, WIDEST_LINE + 1):
        style = Style("table-column", name=f"width{letters}")
        style.set_properties({"style:column-width": f"{letters * LETTER_CM:.2f}cm"}, area="table-column")
        yield style
