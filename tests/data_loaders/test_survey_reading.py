"""Files as people send them, and as somebody might send them on purpose: a sentence each, never a trace."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_loaders import store
from data_loaders.survey import reading, template
from data_loaders.survey.answers import COLUMNS
from data_loaders.survey.instruments import load_instruments
from data_loaders.survey.reading import Sheet, UploadError, read_upload

HALLMARKS = load_instruments(store.read_manifest())["hallmarks"]
ROWS = [["Camden", "Yes"], ["Hackney", "No"]]
HEADER = ["borough_name", "response"]


def as_csv(rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def book(change: Callable[[openpyxl.Workbook], None] = lambda book: None) -> bytes:
    """A workbook with ROWS on its one sheet, after a change."""
    made = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        made.active.append(row)
    change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """A workbook with parts added or replaced; two underscores stand for a slash, one before the ending."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        names = {
            name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): part
            for name, part in parts.items()
        }
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, part in names.items():
            new.writestr(name, part)
    return file.getvalue()


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


def test_a_formula_stays_text() -> None:
    def add(made: openpyxl.Workbook) -> None:
        made.active["B2"] = '=HYPERLINK("http://example.org","x")'

    assert read_upload(book(add)).rows[0][1] == '=HYPERLINK("http://example.org","x")'


def two_sheets(made: openpyxl.Workbook) -> None:
    made.create_sheet("Other")


def hidden(made: openpyxl.Workbook) -> None:
    made.active.title = "Answers"
    made.active.sheet_state = "hidden"
    made.create_sheet("Look here")


def merged(made: openpyxl.Workbook) -> None:
    made.active.merge_cells("A2:B3")


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
    + b"]><worksheet>&i;</worksheet>"
)
NASTIES = {
    "empty": (b"", "is empty"),
    "too large": (b"a" * 1_000_001, "at most 1 MB"),
    "old Excel or a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    "two sheets": (book(two_sheets), "2 sheets and none is called Answers"),
    "a hidden sheet": (book(hidden), "is hidden"),
    "merged cells": (book(merged), "merged cells"),
    "macros": (with_parts(book(), xl__vbaProject_bin=b"x"), "has macros"),
    "links": (with_parts(book(), xl__externalLinks__externalLink1_xml=b"<x/>"), "links to other files"),
    "a bomb": (with_parts(book(), xl__media__x_bin=bytes(17_000_000)), "unfolds to far more"),
    "a bomb of words": (with_parts(book(), xl__worksheets__sheet1_xml=LAUGHS), "is damaged"),
    "no sheet": (with_parts(book(), xl__worksheets__sheet1_xml=b"<worksheet"), "is damaged"),
    "no book": (with_parts(book(), xl__workbook_xml=b""), "is damaged"),
    "cut off": (book()[:1500], "is damaged"),
    "some other zip": (with_parts(book(), **{"[Content_Types]_xml": b"<Types/>"}), "is damaged"),
    "NUL bytes": (b"borough_name,response\n\x00\x01,Yes\n", "bytes that are no text"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "bytes that are no text"),
    "half of UTF-16": (b"\xff\xfea\x00b", "no text that can be read"),
    "an open quotation mark": (b'borough_name,response\n"Camden,Yes\n', "not a sound CSV"),
    "10,000 columns": (as_csv([["c"] * 10_000]), "more than 200 columns"),
    "10,000 rows": (as_csv([["c"], *([["x"]] * 10_000)]), "more than 3,000 rows"),
    "no header": (as_csv([["", ""], ["Camden", "Yes"]]), "no names of columns"),
    "a row that is too long": (as_csv([HEADER, ["Camden", "Yes", "and"]]), "Row 2 has a cell to the right"),
    "a long cell": (as_csv([["note"], ["x" * 4_001]]), "more than 4,000 letters"),
}


@pytest.mark.parametrize(("content", "sentence"), NASTIES.values(), ids=list(NASTIES))
def test_what_cannot_be_read_is_said_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UploadError) as refused:
        read_upload(content)
    assert sentence in str(refused.value)
    assert re.fullmatch(r"[A-Z].*\.", str(refused.value))


def test_a_bomb_is_refused_before_it_is_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_parts(book(), xl__media__x_bin=bytes(17_000_000))

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("unfolded")

    monkeypatch.setattr(zipfile.ZipFile, "read", never)
    with pytest.raises(UploadError, match="unfolds to far more"):
        read_upload(bomb)


def sheet_or_sentence(content: bytes) -> None:
    with suppress(UploadError):
        found = read_upload(content)
        assert isinstance(found, Sheet)
        assert all(len(row) == len(found.header) for row in found.rows)
        assert len(found.rows) <= reading.MOST_ROWS


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


PART = "xl/worksheets/sheet1.xml"
INNER = zipfile.ZipFile(io.BytesIO(SOUND)).read(PART)


@settings(max_examples=200)
@given(st.integers(0, len(INNER) - 1), st.integers(0, 40), st.binary(max_size=12))
def test_a_workbook_with_a_broken_part_gives_a_sheet_or_a_sentence(place: int, gone: int, put: bytes) -> None:
    broken = INNER[:place] + put + INNER[place + gone :]
    sheet_or_sentence(with_parts(SOUND, xl__worksheets__sheet1_xml=broken))


def test_the_sound_workbook_is_read_as_it_was_written() -> None:
    found = read_upload(SOUND)
    assert found.header == list(COLUMNS)
    assert len(found.rows) == len(HALLMARKS.items)
