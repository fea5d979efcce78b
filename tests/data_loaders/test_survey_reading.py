"""Files as programs write them are read alike; whatever is done to them gives a sheet or a sentence."""

import datetime as dt
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from data_loaders import store
from data_loaders.survey import template
from data_loaders.survey.answers import COLUMNS
from data_loaders.survey.instruments import load_instruments
from data_loaders.survey.reading import read_upload
from data_loaders.survey.sheets import MOST_ROWS, Sheet, UploadError
from tests.workbooks import HEADER, ROWS, SHEET, as_csv, book, parts_of, with_parts

HALLMARKS = load_instruments(store.read_manifest())["hallmarks"]


@pytest.mark.parametrize(
    "content",
    [
        as_csv([HEADER, *ROWS]),
        as_csv([HEADER, *ROWS], "utf-8-sig"),
        as_csv([HEADER, *ROWS], "utf-16"),
        as_csv([HEADER, *ROWS], delimiter=";"),
        as_csv([HEADER, *ROWS], delimiter="\t"),
        as_csv([HEADER, *ROWS, ["", ""], [" "]]),
        as_csv([[*HEADER, "", ""], *ROWS]),
        book(),
    ],
)
def test_the_same_answers_come_out_of_every_kind_of_file(content: bytes) -> None:
    found = read_upload(content)
    assert (found.header, found.rows) == (HEADER, ROWS)
    assert list(found.row_numbers()) == [2, 3]


def test_windows_letters_emoji_and_other_scripts_are_read() -> None:
    assert read_upload(as_csv([["note"], ["café – “ok”"]], "cp1252")).rows == [["café – “ok”"]]
    said = ["👶🏽 ok", "שלום", "早期教育"]
    assert read_upload(as_csv([["note"], *([text] for text in said)])).rows == [[text] for text in said]


def test_dates_and_numbers_of_a_workbook_become_plain_text() -> None:
    def add(made: openpyxl.Workbook) -> None:
        made.active["A2"] = dt.datetime(2026, 3, 31, 10, 15)
        made.active["B2"] = 4.0
        made.active["A3"] = dt.date(2026, 4, 1)
        made.active["B3"] = 4.5

    assert read_upload(book(add)).rows == [["2026-03-31", "4"], ["2026-04-01", "4.5"]]


def sheet_or_sentence(content: bytes) -> None:
    with suppress(UploadError):
        found = read_upload(content)
        assert isinstance(found, Sheet)
        assert all(len(row) == len(found.header) for row in found.rows)
        assert len(found.rows) <= MOST_ROWS


@settings(max_examples=300)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_sheet_or_a_sentence(content: bytes) -> None:
    sheet_or_sentence(content)
    sheet_or_sentence(b"PK\x03\x04" + content)


SOUND = template.as_xlsx(HALLMARKS, template.template_rows(HALLMARKS, {"Camden": "E09000007"}, "2026"))


@settings(max_examples=300)
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=12), st.integers(0, len(SOUND)))
def test_a_workbook_with_bytes_changed_or_cut_off_gives_a_sheet_or_a_sentence(
    place: int, bytes_: bytes, end: int
) -> None:
    sheet_or_sentence(SOUND[:place] + bytes_ + SOUND[place + len(bytes_) :])
    sheet_or_sentence(SOUND[:end])


SHEET_PART = parts_of(SOUND)[SHEET]


@settings(max_examples=200)
@given(st.integers(0, len(SHEET_PART) - 1), st.integers(0, 40), st.binary(max_size=12))
def test_a_workbook_with_a_broken_part_gives_a_sheet_or_a_sentence(place: int, gone: int, put: bytes) -> None:
    broken = SHEET_PART[:place] + put + SHEET_PART[place + gone :]
    sheet_or_sentence(with_parts(SOUND, {SHEET: broken}))


def test_the_sound_workbook_is_read_as_it_was_written() -> None:
    found = read_upload(SOUND)
    assert found.header == list(COLUMNS)
    assert len(found.rows) == len(HALLMARKS.items)
