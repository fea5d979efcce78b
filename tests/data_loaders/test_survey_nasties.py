"""Files as people send them by mistake, and as somebody might send them on purpose: a sentence each."""

import datetime as dt
import io
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from data_loaders.survey import template
from data_loaders.survey.answers import COLUMNS, Checked, check
from data_loaders.survey.reading import read_upload
from data_loaders.survey.sheets import UploadError
from tests.survey import CODES, INSTRUMENTS, SPELLINGS
from tests.workbooks import (
    HEADER,
    ROWS,
    SHEET,
    as_csv,
    book,
    folded,
    parts_of,
    with_parts,
    with_sheet,
    with_text,
)

TODAY = dt.date(2026, 11, 24)

# openpyxl warns of what it leaves out, which no answer is in
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def on_sheet(change: Callable[[openpyxl.worksheet.worksheet.Worksheet], object]) -> bytes:
    return book(lambda made: change(made.active))


def set_state(state: str) -> bytes:
    def change(made: openpyxl.Workbook) -> None:
        made.active.title = "Answers"
        made.active.sheet_state = state
        made.create_sheet("Look here")

    return book(change)


def lying(unfolded: int, declared: int, method: int = zipfile.ZIP_DEFLATED, part: str = SHEET) -> bytes:
    """A workbook with a part that says that it is smaller than it is."""
    file = io.BytesIO(folded({name: kept for name, kept in parts_of(book()).items() if name != part}))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(part, bytes(unfolded), method)
    return file.getvalue().replace(struct.pack("<I", unfolded), struct.pack("<I", declared))


def twice() -> bytes:
    file = io.BytesIO(book())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, parts_of(book())[SHEET])
    return file.getvalue()


def encrypted() -> bytes:
    content = bytearray(book())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def other_kind(content_type: str) -> bytes:
    return with_text(book(), "[Content_Types].xml", "spreadsheetml.sheet.main+xml", content_type)


CELL = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
    + b"]><worksheet>&i;</worksheet>"
)
SECRET = (
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    b"<worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>"
)
SQUARE = '<dataValidations><dataValidation sqref="{}"/></dataValidations>'
REFUSED = {
    # nothing, and too much
    "empty": (b"", "is empty"),
    "white space": (b" \r\n\t\n", "is empty"),
    "only commas": (b",,,\n,,\n", "no names of columns"),
    "a mark of UTF-8 alone": (b"\xef\xbb\xbf", "no names of columns"),
    "1 MB and more": (b"a" * 1_000_001, "at most 1 MB"),
    "10,000 columns": (as_csv([["c"] * 10_000]), "more than 200 columns"),
    "10,000 columns of a workbook": (book(rows=[["c"] * 10_000]), "more than 200 columns"),
    "an answer in the last column of Excel": (
        on_sheet(lambda s: s.cell(2, 16_384, "x")),
        "right of the last",
    ),
    "10,000 rows": (as_csv([["c"], *([["x"]] * 10_000)]), "more than 3,000 rows"),
    "an answer in the last row of Excel": (on_sheet(lambda s: s.cell(1_048_576, 1, "x")), "more than 3,000"),
    "a row that Excel has not": (
        with_sheet(CELL.format("a") + '<row r="99999999999"><c/></row>'),
        "far more",
    ),
    "a million rows": (with_sheet("<row/>" * 1_000_000), "far more"),
    "a cell of 32,767 letters": (on_sheet(lambda s: s.cell(2, 1, "x" * 32_767)), "more than 4,000 letters"),
    "a header of 32,767 letters": (
        on_sheet(lambda s: s.cell(1, 1, "x" * 32_767)),
        "Row 1 has a cell of more",
    ),
    # bombs
    "a part of 9 MB": (with_parts(book(), {"xl/media/x.bin": bytes(9_000_000)}), "unfolds to far more"),
    "300 parts": (with_parts(book(), {f"xl/{n}.xml": b"<x/>" for n in range(300)}), "unfolds to far more"),
    "a part that lies about its size": (lying(90_000_000, 1_000), "is damaged"),
    "a part folded in another way": (lying(9_000_000, 1_000, zipfile.ZIP_BZIP2), "is damaged"),
    "a bomb of words": (with_parts(book(), {SHEET: LAUGHS}), "is damaged"),
    "a reference to another file": (with_parts(book(), {SHEET: SECRET}), "is damaged"),
    "a bomb of elements": (with_sheet("<row>" + "<c/>" * 200_000 + "</row>"), "far more"),
    "elements in elements": (with_sheet("<a>" * 50_000 + "</a>" * 50_000), "far more"),
    "far cells in many rows": (
        with_sheet("".join(f'<row><c r="XFD{n}"/></row>' for n in range(1, 900))),
        "far more",
    ),
    "a rule for half a million cells": (with_sheet("", SQUARE.format("A1 " * 500_000)), "far more"),
    "a workbook in a workbook": (folded({"inner.xlsx": book()}), "a folder of other files"),
    # other files by the name of a CSV file or a workbook
    "old Excel or a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    "a password of a zip": (encrypted(), "password"),
    "a zip": (folded({"answers.csv": b"a,b"}), "a folder of other files"),
    "an OpenDocument spreadsheet": (
        folded({"mimetype": b"x", "content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}),
        "OpenDocument",
    ),
    "a document": (other_kind("wordprocessingml.document.main+xml"), "a document or a presentation"),
    "a binary workbook": (with_parts(book(), {"xl/workbook.bin": b"x"}), "binary workbook"),
    "a strict workbook": (
        with_text(
            book(),
            SHEET,
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        "Strict Open XML",
    ),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF"),
    "a web page": (b"\xef\xbb\xbf\r\n<html><table><tr><td>Camden</td></tr></table></html>", "is a web page"),
    "a document of words": (b"{\\rtf1 Camden}", "is a document"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "bytes that are no text"),
    # what a workbook may not have
    "macros": (with_parts(book(), {"xl/vbaProject.bin": b"x"}), "has macros"),
    "old macros": (with_parts(book(), {"xl/macrosheets/sheet1.xml": b"<x/>"}), "has macros"),
    "made for macros": (other_kind("ms-excel.sheet.macroEnabled.main+xml"), "made for macros"),
    "links": (with_parts(book(), {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "links to other files"),
    "charts": (with_parts(book(), {"xl/chartsheets/sheet1.xml": b"<x/>"}), "sheets that are charts"),
    "two sheets": (book(lambda made: made.create_sheet("Other")), "2 sheets and none is called Answers"),
    "a hidden sheet": (set_state("hidden"), "is hidden"),
    "a very hidden sheet": (set_state("veryHidden"), "is hidden"),
    "a hidden row": (on_sheet(lambda s: setattr(s.row_dimensions[2], "hidden", True)), "hidden rows"),
    "a hidden column": (on_sheet(lambda s: setattr(s.column_dimensions["B"], "hidden", True)), "hidden rows"),
    "merged cells": (on_sheet(lambda s: s.merge_cells("A2:B3")), "merged cells"),
    "a formula nowhere": (with_sheet("<row><c><f>1+1</f></c></row>"), "has formulas"),
    # damage
    "cut off": (book()[:1500], "is damaged"),
    "no sheet": (with_parts(book(), {SHEET: b"<worksheet"}), "is damaged"),
    "half a sheet": (with_parts(book(), {SHEET: parts_of(book())[SHEET][:300]}), "is damaged"),
    "no book": (with_parts(book(), {"xl/workbook.xml": b""}), "is damaged"),
    "no types": (with_parts(book(), {"[Content_Types].xml": b"<Types/>"}), "is damaged"),
    "a part twice": (twice(), "is damaged"),
    "a text that is not there": (with_sheet('<row><c t="s"><v>9</v></c></row>'), "is damaged"),
    "a style that is no number": (with_sheet('<row><c s="x"><v>9</v></c></row>'), "is damaged"),
    "a number without end": (with_sheet(f"<row><c><v>{'9' * 9_000}</v></c></row>"), "is damaged"),
    "UTF-16 inside": (
        with_parts(book(), {SHEET: parts_of(book())[SHEET].decode().encode("utf-16")}),
        "is damaged",
    ),
    "letters of a mainframe inside": (
        with_parts(
            book(), {SHEET: b'<?xml version="1.0" encoding="cp037"?>' + "<worksheet/>".encode("cp037")}
        ),
        "is damaged",
    ),
    # CSV
    "NUL bytes": (b"borough_name,response\n\x00\x01,Yes\n", "bytes that are no text"),
    "UTF-16 without a mark": (as_csv([HEADER, *ROWS], "utf-16-le"), "bytes that are no text"),
    "UTF-16 the other way round": (as_csv([HEADER, *ROWS], "utf-16-be"), "bytes that are no text"),
    "half of UTF-16": (b"\xff\xfea\x00b", "bytes that are no text"),
    "no letter of Windows": (b"note\n\x81\xff\n", "bytes that are no text"),
    "an open quotation mark": (b'borough_name,response\n"Camden,Yes\n', "in line 2. Save it again"),
    "a quotation mark within": (b'borough_name,response\n"Cam"den,Yes\n', "not a sound CSV"),
    "no header": (as_csv([["", ""], ["Camden", "Yes"]]), "no names of columns"),
    "a title above the header": (as_csv([["Our answers"], HEADER, *ROWS]), "must have the names of all"),
    "a row that is too long": (as_csv([HEADER, ["Camden", "Yes", "and"]]), "Row 2 has a cell to the right"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_said_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UploadError) as refused:
        read_upload(content)
    assert sentence in str(refused.value)
    assert re.fullmatch(r"[A-Z].*\.", str(refused.value))


def test_a_part_that_has_no_answers_is_not_even_unfolded() -> None:
    assert read_upload(lying(90_000_000, 1_000, part="xl/media/a.bin")).rows == ROWS
    strange = {"xl/theme/theme1.xml": LAUGHS, "docProps/core.xml": SECRET, "xl/drawings/a.xml": b"<"}
    assert read_upload(with_parts(book(), strange)).rows == ROWS


@pytest.mark.parametrize("name", ["a part of 9 MB", "a part that lies about its size", "a bomb of words"])
def test_a_bomb_takes_little_memory(name: str) -> None:
    content, _ = REFUSED[name]
    tracemalloc.start()
    try:
        with pytest.raises(UploadError):
            read_upload(content)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_a_sentence_says_nothing_that_the_file_says() -> None:
    content = with_text(set_state("hidden"), "xl/workbook.xml", 'name="Answers"', 'name="![x](//evil)"')
    content = with_text(content, "xl/workbook.xml", 'state="visible"', 'state="hidden"')
    with pytest.raises(UploadError) as refused:
        read_upload(content)
    assert str(refused.value).startswith("The sheet that has the answers is hidden.")


GOOD = {
    "borough_name": "Camden",
    "wave": "2026",
    "instrument": "interfaces",
    "item_id": "gp_early_years",
    "response": "3",
    "publish_level": "named",
}


def row(**cells: object) -> list:
    return [(GOOD | cells).get(name, "") for name in COLUMNS]


def check_file(content: bytes) -> Checked:
    return check(read_upload(content), INSTRUMENTS, SPELLINGS, TODAY)


def check_csv(**cells: str) -> Checked:
    return check_file(as_csv([list(COLUMNS), row(**cells)]))


def check_xlsx(**cells: object) -> Checked:
    return check_file(book(rows=[list(COLUMNS), row(**cells)]))


PROBLEMS = {
    "a formula": ({"response": "=1+2"}, "response", "=(a formula)"),
    "a formula for many cells": ({"response": ArrayFormula("F2", "=1+2")}, "response", "=(a formula)"),
    "a formula in a note": ({"evidence_note": "=HYPERLINK(1)"}, "evidence_note", "=(a formula)"),
    "half a score": ({"response": 3.5}, "response", "3.5"),
    "true": ({"response": True}, "response", "True"),
    "an error": ({"response": "#REF!"}, "response", "#REF!"),
    "a date for a score": ({"response": dt.date(2026, 5, 3)}, "response", "2026-05-03"),
    "a day that is only a number": ({"collected_on": 46_112}, "collected_on", "46112"),
    "a day to come": ({"collected_on": dt.date(2027, 1, 1)}, "collected_on", "2027-01-01"),
    "a day of 1900": ({"collected_on": dt.date(1900, 1, 1)}, "collected_on", "1900-01-01"),
    "a time of day": ({"collected_on": dt.time(10, 15)}, "collected_on", "10:15:00"),
    "a year in other digits": ({"wave": "２０２６"}, "wave", "２０２６"),
    "an emoji": ({"response": "👍🏽"}, "response", "👍🏽"),
    "Cyrillic letters": ({"borough_name": "Сamden"}, "borough_name", "Сamden"),
    "a name from right to left": ({"borough_name": "קמדן"}, "borough_name", "קמדן"),
    "a name turned round": ({"borough_name": "\u202enedmaC"}, "borough_name", "nedmaC"),
    "a joiner in a name": ({"borough_name": "Cam\u200dden"}, "borough_name", "Cam\ufffdden"),
    "two boroughs": ({"borough_name": "Camden and Hackney"}, "borough_name", "Camden and Hackney"),
    "one of six boroughs": ({"borough_name": "LBH"}, "borough_name", "LBH"),
    "no borough but its title": ({"borough_name": "London Borough of"}, "borough_name", "London Borough of"),
    "another Richmond": ({"borough_name": "Richmond, Yorkshire"}, "borough_name", "Richmond, Yorkshire"),
    "broken letters": ({"respondent_role": "Caf\ufffd"}, "respondent_role", "Caf\ufffd"),
    "markup": ({"response": "![x](http://example.org/x.png)"}, "response", "![x](http://example.org/x.png)"),
    "a long name": ({"borough_name": "x" * 3_000}, "borough_name", "x" * 79 + "…"),
}


@pytest.mark.parametrize(("cells", "column", "found"), PROBLEMS.values(), ids=list(PROBLEMS))
def test_what_is_read_but_no_answer_is_named_by_its_cell(
    cells: dict[str, object], column: str, found: str
) -> None:
    result = check_xlsx(**cells)
    assert [(problem.row, problem.column, problem.found) for problem in result.problems] == [
        (2, column, found)
    ]
    assert result.answers.empty


@pytest.mark.parametrize("text", ["=1+2", '=cmd|"/C calc"!A1', "@SUM(1)", "a\x07b", "a\x1bb"])
def test_formulas_and_control_characters_of_a_csv_file_are_named(text: str) -> None:
    (problem,) = check_csv(evidence_note=text).problems
    assert (problem.row, problem.column) == (2, "evidence_note")


SOUND = {
    "a number": {"response": 3},
    "a number with a fraction of nothing": {"response": 3.0},
    "a number as text": {"response": "3.0", "wave": "2026.0"},
    "a wave that is a number": {"wave": 2026},
    "a day": {"collected_on": dt.date(2026, 3, 31)},
    "a moment": {"collected_on": dt.datetime(2026, 3, 31, 10, 15)},
    "spaces": {"response": " 3\N{NO-BREAK SPACE}", "borough_name": "\N{NO-BREAK SPACE}Camden "},
    "unseen marks": {"borough_name": "\ufeffCam\u200bden\u200f", "item_id": "gp\u2060_early_years"},
    "other capitals": {"item_id": "GP_Early_Years", "publish_level": "Named", "instrument": "INTERFACES"},
    "wide letters": {"borough_name": "Ｃａｍｄｅｎ"},
    "a note in other scripts": {"evidence_note": "👩🏽‍⚕️ שלום 早期 ‘ok’ – 50 %"},
    "a note that begins with a dash": {"evidence_note": "- agreed\n- in writing", "respondent_role": "+1"},
    "a true that is text": {"not_applicable": "FALSE"},
}


@pytest.mark.parametrize("cells", SOUND.values(), ids=list(SOUND))
def test_what_means_an_answer_is_taken_as_it(cells: dict[str, object]) -> None:
    texts = {name: str(cell)[:10] if isinstance(cell, dt.date) else str(cell) for name, cell in cells.items()}
    for result in (check_xlsx(**cells), check_csv(**texts)):
        assert result.problems == []
        (answer,) = result.answers.to_dict("records")
        assert (answer["area_code"], answer["wave"], answer["response"]) == ("E09000007", "2026", "3")
        assert answer["collected_on"] in (None, dt.date(2026, 3, 31))


def test_a_printed_apostrophe_is_that_of_a_typewriter() -> None:
    assert check_csv(response="Don’t know").answers["response"].item() == "dont_know"


def test_headers_are_read_whatever_their_capitals() -> None:
    header = [name.replace("_", " ").capitalize() for name in COLUMNS]
    assert check_file(as_csv([header, row()])).problems == []


@pytest.mark.parametrize(
    ("encoding", "delimiter", "ending"),
    [("utf-8", ",", "\n"), ("utf-8-sig", ";", "\r\n"), ("utf-16", "\t", "\r"), ("cp1252", ";", "\r")],
)
def test_any_ending_of_lines_goes_with_any_encoding(encoding: str, delimiter: str, ending: str) -> None:
    content = delimiter.join(COLUMNS) + ending + delimiter.join(row(evidence_note="naïve – “ok”")) + ending
    assert check_file(content.encode(encoding)).answers["evidence_note"].item() == "naïve – “ok”"


def test_mixed_endings_of_lines_are_read() -> None:
    found = read_upload(b"a,b\r\n1,2\r3,4\n\n5,6\r\n")
    assert found.rows == [["1", "2"], ["3", "4"], ["", ""], ["5", "6"]]


def test_commas_within_the_questions_of_a_form_are_no_delimiters() -> None:
    found = read_upload(as_csv([["One, two, three, four?", "Five, six?"], ["a", "b"]], delimiter=";"))
    assert found.header == ["One, two, three, four?", "Five, six?"]


def test_a_size_that_a_sheet_has_not_is_not_believed() -> None:
    sheet = parts_of(book())[SHEET].decode()
    for size in ("A1", "A1:XFD1048576", "B7:A1"):
        said = re.sub(r"<dimension[^>]*/>", f'<dimension ref="{size}"/>', sheet)
        assert read_upload(with_parts(book(), {SHEET: said.encode()})).rows == ROWS


def test_formatted_rows_and_columns_without_answers_are_nothing() -> None:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        for place in ((1, 300), (5_000, 1), (1_048_576, 1)):
            sheet.cell(*place).font = openpyxl.styles.Font(bold=True)

    assert read_upload(on_sheet(change)).rows == ROWS


def test_the_hidden_sheet_of_a_form_is_passed_over() -> None:
    def change(made: openpyxl.Workbook) -> None:
        made.create_sheet("_56F9DC9755BA473782653E2940F9").sheet_state = "veryHidden"

    assert read_upload(book(change)).rows == ROWS


def test_what_is_beside_the_sheet_of_answers_is_not_looked_at() -> None:
    def change(made: openpyxl.Workbook) -> None:
        made.active.title = "Answers"
        notes = made.create_sheet("Notes")
        notes.append(["=1+1"])
        notes.merge_cells("A1:C3")
        notes.row_dimensions[2].hidden = True

    assert read_upload(book(change)).rows == ROWS


def test_halves_of_letters_become_whole_ones() -> None:
    found = read_upload(with_sheet(CELL.format("note") + CELL.format("_xD83D__xDC4D_ _xDC4D_ a_x000D_")))
    assert found.rows == [["👍 \ufffd a"]]


def test_no_problem_can_be_taken_for_a_formula_or_breaks_a_line() -> None:
    def change(made: openpyxl.Workbook) -> None:
        made.active.title = "=1+1"

    content = book(change, rows=[list(COLUMNS), row(borough_name="-1+1\r\n=2+2", response="+1")])
    result = check_file(content)
    assert [problem.found for problem in result.problems] == ["-1+1\r\n=2+2", "+1"]
    assert {problem.sheet for problem in result.problems} == {"=1+1"}


HALLMARKS = INSTRUMENTS["hallmarks"]
FILLED = [
    blank | {"response": "Yes", "publish_level": "ics"}
    for blank in template.template_rows(HALLMARKS, {"Camden": "E09000007", "Barnet": "E09000003"}, "2026")
]
BOOK, TEXT = template.as_xlsx(HALLMARKS, FILLED), template.as_csv(FILLED)
PARTS = parts_of(BOOK)


def sound_or_said(content: bytes) -> None:
    """Only an UploadError, problems or answers of the scale may come out."""
    try:
        result = check_file(content)
    except UploadError:
        return
    assert bool(result.problems) == result.answers.empty
    assert set(result.answers["response"]) <= {*HALLMARKS.labels(), "not_applicable"}
    assert set(result.answers["area_code"]) <= set(CODES.values())


@pytest.mark.thorough
@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_flipped_bytes_of_a_workbook_give_answers_or_a_sentence(flips: list[tuple[int, int]]) -> None:
    content = bytearray(BOOK)
    for place, byte in flips:
        content[place] = byte
    sound_or_said(bytes(content))


NAMES_OF_PARTS = st.sampled_from(list(PARTS))


@settings(max_examples=200)
@given(
    gone=st.sets(NAMES_OF_PARTS, max_size=2),
    put=st.dictionaries(NAMES_OF_PARTS, NAMES_OF_PARTS, max_size=2),
    cut=st.dictionaries(NAMES_OF_PARTS, st.integers(0, 3_000), max_size=1),
)
def test_a_workbook_with_parts_gone_changed_or_cut_gives_answers_or_a_sentence(
    gone: set[str], put: dict[str, str], cut: dict[str, int]
) -> None:
    parts = {name: PARTS[put.get(name, name)][: cut.get(name)] for name in PARTS if name not in gone}
    sound_or_said(folded(parts))


@pytest.mark.thorough
@settings(max_examples=300)
@given(
    part=NAMES_OF_PARTS,
    place=st.floats(0, 1),
    gone=st.integers(0, 30),
    put=st.sampled_from(
        ["", "<", "/>", '"', "&", "&#0;", "&#x110000;", "<f>1</f>", ' t="s"', ' r="B2"', "x", "9" * 30]
    ),
)
def test_a_workbook_with_markup_changed_gives_answers_or_a_sentence(
    part: str, place: float, gone: int, put: str
) -> None:
    text = PARTS[part]
    start = int(place * len(text))
    sound_or_said(folded(PARTS | {part: text[:start] + put.encode() + text[start + gone :]}))


@settings(max_examples=300)
@given(
    place=st.integers(0, len(TEXT)),
    gone=st.integers(0, 30),
    put=st.binary(max_size=6)
    | st.sampled_from([b'"', b'""', b",", b"\r", b"\n", b"=1", b"\xef\xbb\xbf", b"\x00"]),
)
def test_a_changed_csv_file_gives_answers_or_a_sentence(place: int, gone: int, put: bytes) -> None:
    sound_or_said(TEXT[:place] + put + TEXT[place + gone :])
