"""Tables as workbooks that follow the Government Analysis Function's guidance on spreadsheets.

A cover, a list of contents, notes, and then one named table a sheet, each from the first cell on: no merged
or hidden cells, no formulas. https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/
"""

import io
import itertools
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from data_loaders.workbook_file import as_file
from geo.tables.listing import harmless
from pages.exports import colours
from pages.exports.table import FOR_FILES, Column, Kind, Measure, Table

if TYPE_CHECKING:
    from odfdo import Document, Table as OdsTable
    from openpyxl.worksheet.worksheet import Worksheet

ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"
ONE_TABLE = "This sheet contains one table."
CREATOR, FONT = "Beyond Boundaries London", "Arial"
# points of a title, and of all else
TITLE_SIZE, SIZE = 14, 11
# widths of columns in letters, and of a letter in centimetres
NARROWEST, WIDEST, WIDEST_LINE, LETTER_CM = 10, 60, 110, 0.21
LINE_PT, TITLE_PT = 15, 20
MOST_DECIMALS = 4
# https://analysisfunction.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/
MISSING = "[x]"
WHAT_IS_MISSING = (
    "There is no value: none is published, it is withheld or not yet downloaded, or it does not apply here. "
    "Where there are several reasons, the column Status says which."
)
NO_NOTE = "none"
# A4 lying down
_ON_PAPER = {
    "fo:page-width": "29.7cm",
    "fo:page-height": "21cm",
    "style:print-orientation": "landscape",
}
_AS_WIDE_AS_ITS_TABLE = {"style:scale-to-X": "1", "style:scale-to-Y": "0"}
# points of the smallest letters that are printed, and centimetres of a line on paper: a table that would need
# smaller ones goes on over pages side by side, each with the columns that name its rows
LEAST_PRINTED, PRINTED_CM = 9, 25.8
_PERCENT = round(100 * LEAST_PRINTED / SIZE)
MOST_REPEATED, _WIDE = 3, "wide"
# cells of these are empty because there is nothing to say
_SAID = {Kind.TEXT, Kind.NOTE}


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table: its `name` (letters, digits and underscores), a title, lines below it, and the table."""

    name: str
    title: str
    about: tuple[str, ...]
    table: Table


@dataclass(frozen=True, eq=False)
class Book:
    """A workbook: what it is, where its figures come from, what to know, and its tables.

    `about` and `sources` are lines of the cover; `notes` are pairs of what is noted and what it means, to
    which the sign for a missing value is added where there is one.
    """

    title: str
    about: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]


def sheet_of(name: str, title: str, about: Sequence[str], table: Table) -> Sheet:
    """A sheet on which a note that is the same in each row that has one stands above the table."""
    notes = {c: known for c in table.columns if c.kind is Kind.NOTE and len(known := _texts(table, c)) == 1}
    said = (f"{column.name}: {text}" for column, (text,) in notes.items())
    return Sheet(name, title, (*about, *said), table.without(*(column.key for column in notes)))


def _texts(table: Table, column: Column) -> list[str]:
    cells = table.rows[column.key]
    return list(cells[cells != ""].unique())


class _Line(NamedTuple):
    text: str
    is_heading: bool


class _Cell(NamedTuple):
    """A cell of a table: a text, or a number with its measure, which years and places on scales have not."""

    value: float | str
    measure: Measure | None = None
    on_the_right: bool = False


class _Page(NamedTuple):
    """A sheet as it is written: its label, the name of its table (None on the cover), lines, cells by row.

    The first columns, so many, name the rows, and so many in front are printed: all but what is for programs.
    """

    label: str
    table: str | None
    lines: list[_Line]
    cells: list[list[_Cell]]
    naming: int = 1
    printed: int = 0


def as_xlsx(book: Book) -> bytes:
    """The workbook as Excel reads it."""
    import openpyxl  # here, because the first visitor should not wait for it
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table as NamedTable, TableColumn, TableStyleInfo

    written = openpyxl.Workbook()
    written.remove(written.active)
    written.properties.title = book.title
    written.properties.creator = CREATOR
    written.properties.language = "en-GB"
    for page in _pages(book):
        sheet = written.create_sheet(page.label)
        widths = _widths(page)
        for number, line in enumerate(page.lines, start=1):
            cell = sheet.cell(number, 1, line.text)
            cell.font = Font(name=FONT, bold=line.is_heading, size=TITLE_SIZE if line.is_heading else SIZE)
            cell.alignment = Alignment(vertical="top", wrap_text=page.table is None)
            if page.table is None:
                # not every program makes room for wrapped text by itself
                height = TITLE_PT if line.is_heading else LINE_PT
                sheet.row_dimensions[number].height = height * _lines_of([_Cell(line.text)], widths)
        for number, row in enumerate(page.cells, start=len(page.lines) + 1):
            for place, (value, measure, on_the_right) in enumerate(row, start=1):
                cell = sheet.cell(number, place, value)
                cell.font = Font(name=FONT, bold=number == len(page.lines) + 1, size=SIZE)
                side = {"horizontal": "right", "indent": 1} if on_the_right else {}
                cell.alignment = Alignment(vertical="top", wrap_text=True, **side)
                if isinstance(value, float):
                    cell.number_format = _format(measure)
            sheet.row_dimensions[number].height = LINE_PT * _lines_of(row, widths)
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        _set_up_printing(sheet, page)
        if page.table is None:
            continue
        top, last = len(page.lines) + 1, get_column_letter(len(widths))
        if page.label == CONTENTS:
            for number in range(top + 1, top + len(page.cells)):
                cell = sheet.cell(number, 1)
                cell.hyperlink = f"#'{cell.value}'!A1"
                cell.font = Font(
                    name=FONT, size=SIZE, underline="single", color=colours.digits(colours.HYPERLINK)
                )
        table = NamedTable(displayName=page.table, ref=f"A{top}:{last}{top + len(page.cells) - 1}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        # a table that does not name its columns is given filter buttons, which hide the ends of headings
        for number, cell in enumerate(page.cells[0], start=1):
            table.tableColumns.append(TableColumn(id=number, name=str(cell.value)))
        sheet.add_table(table)
    return as_file(written)


def _set_up_printing(sheet: "Worksheet", page: _Page) -> None:
    """A4 lying down: as wide as the table, or over pages side by side; headings on each."""
    from openpyxl.utils import get_column_letter

    is_wide, top = _is_wide(page), len(page.lines) + 1
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = not is_wide
    if is_wide:
        sheet.page_setup.scale = _PERCENT
        sheet.print_title_cols = f"A:{get_column_letter(page.naming)}"
    else:
        sheet.page_setup.fitToHeight = 0
    if page.table:
        sheet.print_title_rows = f"{top}:{top}"
    if page.printed:
        sheet.print_area = f"A1:{get_column_letter(page.printed)}{len(page.lines) + len(page.cells)}"


def as_ods(book: Book) -> bytes:
    """The workbook as OpenDocument."""
    import odfdo
    from openpyxl.utils import get_column_letter

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    document.set_language("en-GB")
    document.meta.title = book.title
    document.meta.creator = CREATOR
    for style in _styles():
        document.insert_style(style, automatic=True)
    for layout in document.styles.get_elements("//style:page-layout-properties"):
        for name, value in _ON_PAPER.items():
            layout.set_attribute(name, value)
    _add_layout_of_wide_tables(document)
    for page in _pages(book):
        is_wide = _is_wide(page)
        sheet = odfdo.Table(page.label, style=_WIDE if is_wide else "ta1")
        document.body.append(sheet)
        for number, line in enumerate(page.lines):
            look = f"{'title' if line.is_heading else 'plain'}{'_wrapped' if page.table is None else ''}"
            sheet.set_cell((0, number), odfdo.Cell(line.text, style=look))
        for place, width in enumerate(_widths(page)):
            column = sheet.get_column(place)
            column.style = f"width{width}"
            sheet.set_column(place, column)
        if page.table is None:
            continue
        top = len(page.lines)
        for number, row in enumerate(page.cells):
            cells = [odfdo.Cell(cell.value, style=_style_of(cell, number == 0)) for cell in row]
            sheet.set_row_cells(top + number, cells)
        end = (len(page.cells[0]) - 1, top + len(page.cells) - 1)
        sheet.set_named_range(page.table, (0, top, *end))
        if page.printed:
            last = f"{get_column_letter(page.printed)}{end[1] + 1}"
            sheet.set_attribute("table:print-ranges", f"'{page.label}'.A1:'{page.label}'.{last}")
        _repeat(sheet, "table:table-row", "table:table-header-rows", top, 1)
        if is_wide:
            _repeat(sheet, "table:table-column", "table:table-header-columns", 0, page.naming)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _is_wide(page: _Page) -> bool:
    """Whether a table as wide as a page of paper would have letters too small to read."""
    return sum(_widths(page)[: page.printed or None]) * LETTER_CM * LEAST_PRINTED / SIZE > PRINTED_CM


def _add_layout_of_wide_tables(document: "Document") -> None:
    """Pages for tables that go on side by side, beside those that are as wide as their table."""
    from odfdo import Style

    (usual, *_), (master, *_) = (
        document.styles.get_elements(f"//style:{kind}") for kind in ("page-layout", "master-page")
    )
    wide, its_master = usual.clone, master.clone
    wide.set_attribute("style:name", _WIDE)
    its_master.set_attribute("style:name", _WIDE)
    its_master.set_attribute("style:page-layout-name", _WIDE)
    for layout, scale in ((usual, _AS_WIDE_AS_ITS_TABLE), (wide, {"style:scale-to": f"{_PERCENT}%"})):
        properties = layout.get_element("style:page-layout-properties")
        assert properties, "a layout says how it is printed"
        for name, value in scale.items():
            properties.set_attribute(name, value)
    for one, other in ((usual, wide), (master, its_master)):
        assert one.parent, "it stands in the template"
        one.parent.append(other)
    style = Style("table", name=_WIDE)
    style.set_attribute("style:master-page-name", _WIDE)
    style.set_properties({"table:display": "true"}, area="table")
    document.insert_style(style, automatic=True)


def _repeat(sheet: "OdsTable", kind: str, within: str, first: int, count: int) -> None:
    """Put so many rows or columns of a sheet, each an element, among those that every page repeats."""
    from odfdo import Element

    repeated = sheet.get_elements(kind)[first : first + count]
    header = Element.from_tag(within)
    sheet.insert(header, position=sheet.index(repeated[0]))
    for element in repeated:
        header.append(element)


def _pages(book: Book) -> Iterator[_Page]:
    """Cover, contents, notes and tables, with nothing in them that could be taken for a formula."""
    tables = [_page_of(number, sheet) for number, sheet in enumerate(book.sheets, start=1)]
    has_missing = any(cell.value == MISSING for page in tables for row in page.cells for cell in row)
    notes = [*book.notes, *([(MISSING, WHAT_IS_MISSING)] if has_missing else [])]
    listed = [(NOTES, NOTES)] if notes else []
    listed += [(page.label, sheet.title) for page, sheet in zip(tables, book.sheets, strict=True)]
    cover = [*_lines(book.title, *book.about), *_lines("Where the figures come from", *book.sources)]
    yield _Page(COVER, None, cover, [])
    yield _Page(CONTENTS, "contents", _lines(CONTENTS, ONE_TABLE), _words(listed, "Sheet", "What is on it"))
    if notes:
        yield _Page(NOTES, "notes", _lines(NOTES, ONE_TABLE), _words(notes, "Note", "Meaning"))
    yield from tables


def _page_of(number: int, sheet: Sheet) -> _Page:
    cells = _cells(sheet.table)
    signs = any(cell.value == MISSING for row in cells for cell in row)
    explained = f"{ONE_TABLE} The sheet Notes explains the sign {MISSING}." if signs else ONE_TABLE
    name = re.sub(r"\W", "_", sheet.name)
    lines = _lines(sheet.title, *sheet.about, explained)
    named = (place for place, column in enumerate(sheet.table.columns, start=1) if column.kind is Kind.NAME)
    naming = next(named, 1)
    printed = max(
        (place for place, column in enumerate(sheet.table.columns, start=1) if _is_printed(column)), default=0
    )
    return _Page(f"Table {number}", name, lines, cells, naming if naming <= MOST_REPEATED else 1, printed)


def _is_printed(column: Column) -> bool:
    """Whether a column is read on paper: its own notes are, and codes, dates and sources stay in the file."""
    return column.kind not in FOR_FILES or column.name.startswith("Note")


def _words(rows: Sequence[tuple[str, str]], *headings: str) -> list[list[_Cell]]:
    columns = tuple(Column(name, name) for name in headings)
    return _cells(Table(pd.DataFrame(rows, columns=list(headings)), columns))


def _cells(table: Table) -> list[list[_Cell]]:
    """The headings and rows of a table; nothing is empty."""
    columns = [
        [
            _Cell(harmless(column.heading), on_the_right=column.kind is Kind.NUMBER),
            *_cells_of(values, column, table),
        ]
        for column, (_, values) in zip(table.columns, table.values().items(), strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _cells_of(values: pd.Series, column: Column, table: Table) -> list[_Cell]:
    if column.kind is Kind.NUMBER:
        measured = zip(values, table.measures_of(column), strict=True)
        return [_Cell(MISSING if v != v else float(v), measure, True) for v, measure in measured]
    nothing = NO_NOTE if column.kind in _SAID else MISSING
    return [_Cell(nothing if value is None else _as_written(str(value), column.kind)) for value in values]


def _as_written(text: str, kind: Kind) -> float | str:
    """A text that is no formula; a year, or a place on a scale, is a number, of which no program warns."""
    is_whole = kind in (Kind.PERIOD, Kind.CATEGORY) and re.fullmatch(r"\d{1,4}", text)
    return float(text) if is_whole else harmless(text)


def _lines(heading: str, *others: str) -> list[_Line]:
    texts = [harmless(text) for text in (heading, *others)]
    return [_Line(text, place == 0) for place, text in enumerate(texts)]


def _format(measure: Measure | None) -> str:
    """How Excel shows a number: with thousands, and the decimals that it has in the app; a year as it is."""
    if measure is None:
        return "0"
    size = f"#,##0.{'0' * measure.decimals}" if measure.decimals else "#,##0"
    if measure.under:
        least = f"{10**-measure.decimals:.{measure.decimals}f}"
        return f'[<{least}]"under {least}";{size}'
    return f"+{size};-{size};0" if measure.signed else size


def _style_of(cell: _Cell, is_heading: bool) -> str:
    """The look of a cell of a table in OpenDocument."""
    if isinstance(cell.value, float):
        if cell.measure is None:
            return "year"
        kind = "signed" if cell.measure.signed else "under" if cell.measure.under else "number"
        return f"{kind}{cell.measure.decimals}"
    return f"{'bold' if is_heading else 'plain'}_wrapped{'_right' if cell.on_the_right else ''}"


def _said(cell: _Cell) -> str:
    """A cell as it is seen, as long as it can be."""
    if isinstance(cell.value, float) and cell.measure:
        return f"{cell.value:+,.{cell.measure.decimals}f}"
    return str(cell.value)


def _widths(page: _Page) -> list[int]:
    """Widths of columns in letters: as the longest cell, and the heading on three lines, no word broken."""
    if page.table is None:
        return [WIDEST_LINE]
    widths = []
    for heading, *cells in zip(*page.cells, strict=True):
        words = max(len(word) for word in str(heading.value).split())
        longest = max([len(str(heading.value)) // 3, words, *(len(_said(cell)) for cell in cells)])
        widths.append(min(max(longest + 3, NARROWEST), WIDEST))
    return widths


def _lines_of(row: Sequence[_Cell], widths: Sequence[int]) -> int:
    """How many lines the tallest cell of a row takes."""
    wrapped = (len(textwrap.wrap(_said(cell), width - 2)) for cell, width in zip(row, widths, strict=False))
    return max([*wrapped, 1])


def _forms() -> Iterator[tuple[str, str]]:
    """How OpenDocument writes numbers: the name of each form, and what is in it."""

    def unless(condition: str, form: str) -> str:
        return f'<style:map style:condition="value(){condition}" style:apply-style-name="{form}_form"/>'

    yield "year", '<number:number number:min-integer-digits="1" number:decimal-places="0"/>'
    for n in range(MOST_DECIMALS + 1):
        places = f'number:grouping="true" number:min-integer-digits="1" number:decimal-places="{n}"'
        number, least = f"<number:number {places}/>", f"{10.0**-n:.{n}f}"
        yield f"number{n}", number
        yield f"minus{n}", f"<number:text>-</number:text>{number}"
        signs = unless("&lt;0", f"minus{n}") + unless("=0", f"number{n}")
        yield f"signed{n}", f"<number:text>+</number:text>{number}{signs}"
        yield f"least{n}", f"<number:text>under {least}</number:text>"
        yield f"under{n}", f"{number}{unless(f'&lt;{least}', f'least{n}')}"


def _styles() -> Iterator:
    """The looks of cells, by weight and wrapping, and the widths of columns in letters."""
    from odfdo import Element, Style

    to_the_right = {"fo:padding-right": "0.2cm"}
    for name, form in _forms():
        # forms are found among those before them
        yield Element.from_tag(f'<number:number-style style:name="{name}_form">{form}</number:number-style>')
        style = Style("table-cell", name=name, area="text", font=FONT)
        style.set_properties({"style:vertical-align": "top", **to_the_right}, area="table-cell")
        style.set_attribute("style:data-style-name", f"{name}_form")
        yield style
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "size": f"{TITLE_SIZE}pt"},
        "bold": {"bold": True},
        "plain": {},
    }
    for (look, text), wraps, right in itertools.product(looks.items(), (False, True), (False, True)):
        name = f"{look}{'_wrapped' if wraps else ''}{'_right' if right else ''}"
        style = Style("table-cell", name=name, area="text", font=FONT, **text)
        wrapping = {"fo:wrap-option": "wrap"} if wraps else {}
        style.set_properties({"style:vertical-align": "top", **wrapping}, area="table-cell")
        if right:
            style.set_properties({"fo:text-align": "end"}, area="paragraph")
            style.set_properties(to_the_right, area="table-cell")
        yield style
    for letters in range(NARROWEST, WIDEST_LINE + 1):
        style = Style("table-column", name=f"width{letters}")
        style.set_properties({"style:column-width": f"{letters * LETTER_CM:.2f}cm"}, area="table-column")
        yield style
