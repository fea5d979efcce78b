"""Figures as a workbook: what other programs find in it."""

import io
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pandas as pd
import pytest
from lxml import etree
from python_calamine import load_workbook

from geo.tables.london import London
from pages.components.map.workbook import numbers, workbook
from pages.components.state.view import View
from pages.components.text.columns import NO_ICS_VALUE
from pages.exports.spreadsheets import Book, Sheet, as_ods, as_xlsx
from pages.exports.table import Column, Kind, Measure, Table
from tests.office import convert, needs_libreoffice, schema_problems
from tests.open_document import STYLE, TABLE, problems
from tests.workbooks import folded, parts_of

WRITERS = {"xlsx": as_xlsx, "ods": as_ods}
CENTRES_2019 = View("designated_centres", "2019-12-06", "2022")


def book_of(london: London, view: View) -> Book:
    return workbook(view, london, "What it shows", "When and where", ["Version 1"], {})


def read(content: bytes) -> dict[str, list[list]]:
    book = load_workbook(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table(sheet: list[list], heading: str = "Area code") -> pd.DataFrame:
    top = next(number for number, row in enumerate(sheet) if row[0] == heading)
    return pd.DataFrame(sheet[top + 1 :], columns=sheet[top])


@pytest.mark.parametrize("kind", WRITERS)
def test_the_published_counts_are_read_back(london: London, kind: str) -> None:
    sheets = read(WRITERS[kind](book_of(london, CENTRES_2019)))
    assert list(sheets) == ["Cover", "Contents", "Notes", "Table 1", "Table 2"]
    now = table(sheets["Table 1"]).set_index("Area")
    # the register of 6 December 2019 lists 323 centres in London
    assert now.loc["London", "Value (number)"] == 323
    boroughs = now[now["Area code"].str.startswith("E09")]
    assert len(boroughs) == 33
    assert boroughs["Value (number)"].sum() == 323
    assert now.loc["North East London", "Area code"] == "E54000029"
    assert len(table(sheets["Table 2"])) == 12 * (33 + 5 + 2)


def test_a_validator_finds_nothing_wrong_in_it(london: London) -> None:
    book = book_of(london, CENTRES_2019)
    assert schema_problems(as_xlsx(book), ".xlsx") == []
    assert problems(as_ods(book)) == []
    assert read(as_xlsx(book)) == read(as_ods(book))


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("mimetype", "spreadsheet", "text"),
        ("META-INF/manifest.xml", 'full-path="styles.xml"', 'full-path="style.xml"'),
        ("content.xml", "office:version=", "office:edition="),
        ("content.xml", 'table:style-name="bold_wrapped"', 'table:style-name="bolder"'),
        ("content.xml", 'style:data-style-name="year_form"', 'style:data-style-name="years"'),
        ("content.xml", 'table:name="Contents"', 'table:name="Cover"'),
        ("content.xml", 'office:value-type="float"', 'office:value-type="percentage"'),
        ("content.xml", 'office:value="1.5"', 'office:value="1,5"'),
        ("content.xml", 'cell-range-address="$Contents.', 'cell-range-address="$Content.'),
        ("content.xml", "<table:table-column", "<table:table-row/><table:table-column"),
    ],
)
def test_a_fault_in_it_is_found(part: str, before: str, after: str) -> None:
    rows = pd.DataFrame({"year": ["2019"], "value": [1.5]})
    columns = (Column("year", "Year", Kind.PERIOD), Column("value", "Value", Kind.NUMBER))
    sheet = Sheet("t", "A table", (), Table(rows, columns))
    parts = parts_of(as_ods(Book("A book", (), (), (), (sheet,))))
    text = parts[part].decode()
    assert problems(folded(parts, ZIP_STORED)) == []
    assert before in text
    assert problems(folded({**parts, part: text.replace(before, after, 1).encode()}, ZIP_STORED))


@pytest.mark.parametrize("kind", WRITERS)
def test_the_cover_says_whose_figures_these_are(london: London, kind: str) -> None:
    cover = [row[0] for row in read(WRITERS[kind](book_of(london, CENTRES_2019)))["Cover"]]
    assert cover[:4] == ["Designated children's centres", "What it shows", "When and where", "Version 1"]
    sources = " ".join(cover[4:])
    assert "Department for Education" in sources
    assert "UK Parliament" in sources
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in sources


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_missing_is_a_sign_with_its_reason(london: London, kind: str) -> None:
    view = View("asq3_at_2_to_2_5_years", "2023/24", "2022")
    sheets = read(WRITERS[kind](book_of(london, view)))
    now = table(sheets["Table 1"]).set_index("Area")
    assert now.loc["City of London", "Value (per cent)"] == "[x]"
    assert now.loc["City of London", "Status"] == "not published"
    assert now.loc["North East London", "Status"] == NO_ICS_VALUE
    assert not (now == "").to_numpy().any()
    notes = table(sheets["Notes"], "Note").set_index("Note")["Meaning"]
    assert {"[x]", "Definition", "Before you quote it"} <= set(notes.index)
    # no sign is explained that is not used
    assert [sign for sign in notes.index if sign.startswith("[")] == ["[x]"]


def test_an_ics_has_only_its_boroughs_and_itself(london: London) -> None:
    rows = numbers(View("gld_2013_2019", "2019", "2022", ics="SWL"), london, ["2019"]).values()
    assert list(rows["Area"]) == [
        "Croydon",
        "Kingston upon Thames",
        "Merton",
        "Richmond upon Thames",
        "Sutton",
        "Wandsworth",
        "South West London",
        "London",
        "England",
    ]
    croydon = rows.iloc[0]
    # 3,503 of 4,696 children, in the publisher's table
    assert (croydon["Numerator"], croydon["Denominator"]) == (3503, 4696)


def test_a_category_is_said_in_words(london: London) -> None:
    found = numbers(View("family_hubs_programme", "2022", "2022", ics="NEL"), london, ["2022"])
    rows = found.values().set_index("Area")
    assert rows.loc["Tower Hamlets", "Value"] == "In the programme"
    assert rows.loc["London", "Value"] is None
    assert rows.loc["London", "Status"] == "does not apply"


def test_every_table_has_a_name_and_nothing_is_merged_or_hidden(london: London) -> None:
    content = as_xlsx(book_of(london, CENTRES_2019))
    with ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "/worksheets/sheet" in name]
        tables = [parts.read(name).decode() for name in parts.namelist() if "/tables/table" in name]
    assert not any("mergeCell" in sheet or 'hidden="1"' in sheet or "<f>" in sheet for sheet in sheets)
    names = [text.split('displayName="')[1].split('"')[0] for text in sorted(tables)]
    assert sorted(names) == ["contents", "designated_centres", "designated_centres_all_periods", "notes"]


def test_a_wide_table_is_printed_in_letters_that_can_be_read(london: London) -> None:
    book = book_of(london, View("gld_2022_on", "2025", "2026"))
    excel = openpyxl.load_workbook(io.BytesIO(as_xlsx(book)))
    narrow, wide = excel["Notes"], excel["Table 1"]
    assert narrow.sheet_properties.pageSetUpPr.fitToPage
    assert (narrow.page_setup.fitToHeight, narrow.page_setup.orientation) == (0, "landscape")
    # 9 points of 11, on as many pages side by side as it takes: each with the headings and the places
    assert not wide.sheet_properties.pageSetUpPr.fitToPage
    assert wide.page_setup.scale == 82
    heading = next(cell.row for cell in wide["A"] if cell.value == "Area code")
    assert wide.print_title_rows == f"${heading}:${heading}"
    assert wide.print_title_cols == "$A:$B"
    headings = [cell.value for cell in wide[heading]]
    last = wide.print_area.split("$")[-2]
    # what is for programs stays in the file
    assert headings[: openpyxl.utils.column_index_from_string(last)][-1] == "Note"
    assert {"Source", "Retrieved"} <= set(headings)
    with ZipFile(io.BytesIO(as_ods(book))) as parts:
        content, styles = (etree.fromstring(parts.read(f"{name}.xml")) for name in ("content", "styles"))

    def found(tree: etree._Element, path: str) -> list:
        return tree.xpath(path, namespaces=tree.nsmap)

    (sheet,) = found(content, "//table:table[@table:name='Table 1']")
    (pages,) = found(content, f"//style:style[@style:name='{sheet.get(f'{TABLE}style-name')}']")
    (master,) = found(styles, f"//style:master-page[@style:name='{pages.get(f'{STYLE}master-page-name')}']")
    layout = f"//style:page-layout[@style:name='{master.get(f'{STYLE}page-layout-name')}']/*"
    assert found(styles, layout)[0].get(f"{STYLE}scale-to") == "82%"
    assert "Area code" in "".join(found(sheet, "table:table-header-rows")[0].itertext())
    assert len(found(sheet, "table:table-header-columns/table:table-column")) == 2
    assert sheet.get(f"{TABLE}print-ranges").startswith("'Table 1'.A1:'Table 1'.")


@pytest.mark.parametrize("kind", WRITERS)
def test_no_text_becomes_a_formula(kind: str) -> None:
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org")']
    rows = pd.DataFrame({"code": nasty, "value": [1.5, -2.0, 0.0, 3.0, 4.0, 5.0]})
    columns = (Column("code", "Area code", Kind.IDENTIFIER), Column("value", "Value", Kind.NUMBER))
    sheet = Sheet("t", "=t", (), Table(rows, columns))
    book = Book("=title", ("=about",), ("@source",), (("=note", "=meaning"),), (sheet,))
    sheets = read(WRITERS[kind](book))
    texts = [cell for rows in sheets.values() for row in rows for cell in row if isinstance(cell, str)]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t"))]
    assert list(table(sheets["Table 1"])["Value"]) == [1.5, -2, 0, 3, 4, 5]


@needs_libreoffice
@pytest.mark.parametrize("kind", WRITERS)
def test_signs_and_small_chances_are_seen(tmp_path: Path, kind: str) -> None:
    change, p = Measure(signed=True), Measure(decimals=3, under=True)
    rows = pd.DataFrame({"year": ["2019"] * 3, "change": [1204.0, -18.0, 0.0], "p": [0.00004, 0.2, 1.0]})
    named = (
        Column("year", "Year", Kind.PERIOD),
        Column("change", "Change", Kind.NUMBER, change),
        Column("p", "p", Kind.NUMBER, p),
    )
    book = Book("Changes", (), (), (), (Sheet("t", "Changes", (), Table(rows, named)),))
    (tmp_path / f"book.{kind}").write_bytes(WRITERS[kind](book))
    # the third sheet, with cells as they are seen
    sheet = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,3"
    convert(tmp_path, sheet, tmp_path / f"book.{kind}")
    (written,) = tmp_path.glob("*.csv")
    shown = [line.split(";") for line in written.read_text(encoding="utf-8").splitlines()]
    assert shown[-3:] == [["2019", "+1,204", "under 0.001"], ["2019", "-18", "0.200"], ["2019", "0", "1.000"]]


@needs_libreoffice
@pytest.mark.parametrize("kind", WRITERS)
def test_libreoffice_reads_what_was_written(london: London, tmp_path: Path, kind: str) -> None:
    (tmp_path / f"book.{kind}").write_bytes(WRITERS[kind](book_of(london, CENTRES_2019)))
    # the fourth sheet, as CSV in UTF-8
    sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,4"
    convert(tmp_path, sheet, tmp_path / f"book.{kind}")
    (written,) = tmp_path.glob("*.csv")
    assert "E12000007,London,[x],6 December 2019,323," in written.read_text(encoding="utf-8")
