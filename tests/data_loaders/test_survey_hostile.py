"""Files that are made to be slow: what they cost grows no faster than they do, and nobody else pays it."""

import os
import re
import time

import pytest

from data_loaders.survey import apart, wide
from data_loaders.survey.answers import COLUMNS, check
from data_loaders.survey.reading import LARGEST, read_upload
from data_loaders.survey.sheets import Sheet, UploadError
from data_loaders.survey.workbook import UNFOLDED
from tests.data_loaders.test_survey_nasties import PROBLEMS, REFUSED, TODAY, row
from tests.survey import INSTRUMENTS, SPELLINGS
from tests.workbooks import HEADER, ROWS, SHEET, as_csv, book, parts_of, with_parts, with_sheet

pytestmark = [pytest.mark.thorough, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]
MUCH = UNFOLDED - 100_000
# of computing; the worst of these takes a quarter, and what is not linear takes minutes or hours
SECONDS = 8
TEXT = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'
FORMATS = "<numFmts><numFmt numFmtId='200' formatCode='{}'/></numFmts><fonts"


def styled(code: str) -> bytes:
    """A workbook with 14,000 styles of cells whose numbers have this format."""
    styles = parts_of(book())["xl/styles.xml"].decode()
    cells = '<xf numFmtId="200" fontId="0" fillId="0" borderId="0" xfId="0"/>' * 14_000
    styles = re.sub(r"<cellXfs.*?</cellXfs>", f"<cellXfs>{cells}</cellXfs>", styles, flags=re.S)
    return with_parts(
        book(), {"xl/styles.xml": re.sub("<fonts", FORMATS.format(code), styles, count=1).encode()}
    )


def with_many_sheets() -> bytes:
    """A workbook whose one part is 29,000 sheets."""
    whole = parts_of(book())["xl/workbook.xml"].decode()
    sheet = re.search(r"<sheet .*?/>", whole)
    assert sheet
    return with_parts(book(), {"xl/workbook.xml": whole.replace(sheet[0], sheet[0] * 29_000).encode()})


SLOW = {
    "cells that never end, in what is no markup": with_parts(
        book(), {SHEET: b"x<worksheet>" + b"<sheetData>" * (MUCH // 11)}
    ),
    "cells that never end, within a comment": with_sheet("<!--" + "<sheetData>" * (MUCH // 11)),
    "cells again and again": with_sheet("</sheetData><sheetData>" * 10_000),
    "one long comment": with_sheet(f"<!--{'x' * MUCH}-->"),
    "many comments": with_sheet("<!---->" * (MUCH // 7)),
    "space in a tag": with_sheet(f"<row{' ' * MUCH}/>"),
    "space at the end of a tag": with_sheet(f"<row></row{' ' * MUCH}>"),
    "places of cells in a tag": with_sheet(("<c " + ' r="A1"' * 2_000 + ">" + " " * 15_000) * 200),
    "nothing but ends of lines": with_sheet("\n" * MUCH),
    "signs that are written as numbers": with_sheet(TEXT.format("&#65;" * (MUCH // 5))),
    "one text in 58,000 cells": with_parts(
        book(),
        {
            "[Content_Types].xml": parts_of(book())["[Content_Types].xml"].replace(
                b"</Types>",
                b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
                b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
            ),
            "xl/sharedStrings.xml": (
                '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                f"<si><t>{'👍' * 3_900}</t></si></sst>"
            ).encode(),
            SHEET: parts_of(
                with_sheet(("<row>" + '<c t="s"><v>0</v></c>' * 199 + "</row>") * 290),
            )[SHEET],
        },
    ),
    "the format of a number": styled("[" * 15_000),
    "the longest format of a number": styled("[" * 255),
    "a part that is many sheets": with_many_sheets(),
    "rows at the end of the sheet": with_sheet("".join(f'<row r="{1_048_576 - n}"/>' for n in range(100))),
}


def outcome(content: bytes) -> str:
    """The sentence that refuses a file, or nothing for one whose rows are read."""
    try:
        assert read_upload(content).rows == ROWS
    except UploadError as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize("content", SLOW.values(), ids=list(SLOW))
def test_a_file_that_is_made_to_be_slow_is_read_or_refused_in_time(content: bytes) -> None:
    assert len(content) < LARGEST
    start = time.process_time()
    assert re.fullmatch(r"[A-Z].*\.|", outcome(content))
    assert time.process_time() - start < SECONDS


def test_the_columns_of_a_form_are_guessed_in_time_however_long_their_titles_are() -> None:
    for instrument in INSTRUMENTS.values():
        start = time.process_time()
        wide.guess_columns(Sheet("CSV", [f"{n} " + "so alike " * 440 for n in range(200)], []), instrument)
        assert time.process_time() - start < SECONDS


def test_answers_are_lengthened_and_checked_in_time_however_they_are_written() -> None:
    start = time.process_time()
    enablers = INSTRUMENTS["enablers"]
    form = Sheet("CSV", ["Borough", "Vision"], [["Camden", "4" + " " * 3_990 + "9"]] * 250)
    wide.lengthen(form, ["borough_name", enablers.items[0].item_id], enablers, "2026", "named")
    rows = [row(borough_name=f"{n} " + "Camdem and Hackny " * 200) for n in range(3_000)]
    assert len(check(Sheet("CSV", list(COLUMNS), rows), INSTRUMENTS, SPELLINGS, TODAY).problems) == 3_000
    assert time.process_time() - start < SECONDS


def test_a_process_of_its_own_reads_what_this_one_would() -> None:
    for content in (
        book(),
        as_csv([HEADER, *ROWS]),
        book(rows=[list(COLUMNS), row(**PROBLEMS["an emoji"][0])]),
    ):
        assert apart.read_apart(content) == read_upload(content)
    content, sentence = REFUSED["macros"]
    with pytest.raises(UploadError, match=sentence):
        apart.read_apart(content)


def test_what_takes_too_much_memory_ends_its_own_process_with_a_sentence() -> None:
    # 29,000 names, each with its 15,000 letters
    names = "".join(f"<q{n}/>" for n in range(29_000))
    content = with_sheet(f'<row xmlns="{"x" * 15_000}">{names}</row>')
    with pytest.raises(UploadError, match="far more time or memory"):
        apart.read_apart(content)


def test_what_takes_too_long_is_ended_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE_S", 0.01)
    with pytest.raises(UploadError, match="far more time or memory"):
        apart.read_apart(book())
    monkeypatch.undo()
    assert apart.read_apart(book()).rows == ROWS


def test_no_more_files_are_read_at_once_than_the_machine_can_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE_S", 0.01)
    with apart._AT_ONCE, apart._AT_ONCE, pytest.raises(UploadError, match="again in a minute"):
        apart.read_apart(book())


def test_the_process_that_reads_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:secret@host/answers")
    assert "DATABASE_URL" in os.environ
    assert not any("secret" in text for text in apart._environment().values())
