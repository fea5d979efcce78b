"""Rows of a publisher's file, as it was served or as a spreadsheet program has saved it again."""

import codecs

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from data_loaders.delimited import read_numbers, read_rows
from data_loaders.publisher import Download, PublisherError
from tests.served import recorded

COLUMNS = ["Name", "Value"]
PLAIN = 'Code,Name,Value,Note\r\n1,Barnet,80.5,\r\n2,"Hackney, with\nthe City",81,est.\r\n'
ROWS = [["Barnet", "80.5"], ["Hackney, with\nthe City", "81"]]


def read(content: bytes | str, columns: list[str] = COLUMNS) -> pd.DataFrame:
    content = content.encode() if isinstance(content, str) else content
    return read_rows(Download(content, "mine.csv"), "Office", "a file", columns)


def refused(content: bytes | str) -> str:
    with pytest.raises(PublisherError) as failed:
        read(content)
    assert str(failed.value).startswith("Office (mine.csv): expected a file, but ")
    return failed.value.came


def with_separator(separator: str) -> str:
    quoted = PLAIN.replace(",", "\x00").replace("Hackney\x00", "Hackney,")
    return quoted.replace("\x00", separator)


SAVED: dict[str, bytes] = {
    "as it was served": PLAIN.encode(),
    "with the mark of UTF-8": codecs.BOM_UTF8 + PLAIN.encode(),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16, the other way round": codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
    "UTF-16 without a mark": PLAIN.encode("utf-16-le"),
    "UTF-16 the other way round, without a mark": PLAIN.encode("utf-16-be"),
    "tabs in UTF-16, as Excel's Unicode text": with_separator("\t").encode("utf-16"),
    "semicolons": with_separator(";").encode(),
    "bars": with_separator("|").encode(),
    "the separator in a line of its own": f"sep=;\r\n{with_separator(';')}".encode(),
    "blank rows": PLAIN.replace("\r\n2", "\r\n\r\n,,,\r\n2").encode(),
    "blank rows before the header": f"\r\n,,,\r\n{PLAIN}".encode(),
    "blank rows at the end": f"{PLAIN},,,\r\n,,,\r\n\r\n".encode(),
    "commas at the end of each row": PLAIN.replace("\r\n", ",,,\r\n").encode(),
    "empty cells left out at the end": PLAIN.replace("80.5,\r", "80.5\r").encode(),
    "spaces around cells": PLAIN.replace(",", " , ").replace("Hackney , ", "Hackney,").replace('" , ', '",')
    .replace(', "', ',"').encode(),
    "a line break in a name of a column": PLAIN.replace("Note", '"The\nnote"').encode(),
    "line feeds only": PLAIN.replace("\r\n", "\n").encode(),
    "no line feed at the end": PLAIN.removesuffix("\r\n").encode(),
}  # fmt: skip


@pytest.mark.parametrize("content", SAVED.values(), ids=SAVED)
def test_what_is_unmistakable_is_read(content: bytes) -> None:
    assert read(content).to_numpy().tolist() == ROWS


def test_cells_stay_text_and_rows_keep_their_numbers() -> None:
    found = read('Code,Name,Value\n\n1,007,01/02/2026\n,,\n"2\n3",x,1e3\n')
    # as a spreadsheet counts: the header is row 1, blank rows count, and so does a row of two lines once
    assert list(found.index) == [3, 5]
    assert found.to_numpy().tolist() == [["007", "01/02/2026"], ["x", "1e3"]]


def test_letters_of_old_encodings_are_read() -> None:
    assert read("Name,Value\nCafé – d’Enfants,1\n".encode("cp1252"))["Name"].tolist() == ["Café – d’Enfants"]


REFUSED: dict[str, tuple[bytes | str, str]] = {
    "nothing": (b"", "an empty file came"),
    "only a mark": (codecs.BOM_UTF8, "an empty file came"),
    "a web page": ("<html>", "a web page came"),
    "a message": ('{"error": "busy"}', "a message came"),
    "a workbook": (
        b"PK\x03\x04...",
        "an Excel workbook or a zip archive came: save its sheet as “CSV UTF-8”",
    ),
    "an old workbook": (b"\xd0\xcf\x11\xe0...", "an old Excel workbook came: save its sheet as"),
    "a PDF": (b"%PDF-1.7", "a PDF came: save its sheet as"),
    "no text": (b"Name,Value\n\x00\x01,2\n", "the file came in an unknown encoding: save it as “CSV UTF-8”"),
    "half of UTF-16": (codecs.BOM_UTF16_LE + b"N\x00a", "the file came in an unknown encoding"),
    "no such column": ("Name;Number\nBarnet;1\n", "there is no column “Value” among “Name”, “Number”"),
    "a column twice": ("Name,Value,Value\nBarnet,1,2\n", "the column “Value” came twice"),
    "no rows": ("Name,Value\n,\n", "a header without rows came"),
    "a cell too many": (
        "Name,Value\nBarnet,1\nKensington, Chelsea,2\n",
        "row 3 has “2” to the right of the last column: its cells have slipped",
    ),
    "a cell too many below an empty name": (
        "Name,Value,\nBarnet,1,\nKensington,Chelsea,2\n",
        "row 3 has “2” to the right of the last column: its cells have slipped",
    ),
    "a cell too few": (
        'Name,Value\n"Barnet\nEast",1\nBrent\nCamden,2\n',
        "row 3 ends before the column “Value”",
    ),
    "broken off": ("Name,Value,Note\nBarnet,1,x\nBrent,2", "the file breaks off in row 3"),
    "broken off in quotes": ('Name,Value\nBarnet,"1', "the file breaks off or is not CSV"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_words(content: bytes | str, said: str) -> None:
    assert refused(content).startswith(said)


CELLS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=8)


@given(
    st.lists(st.tuples(CELLS, CELLS.filter(bool)), min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_cells_come_back_whatever_they_were_saved_in(
    rows: list[tuple[str, str]], separator: str, encoding: str
) -> None:
    lines = [("Name", "Value"), *rows]
    quoted = "".join(
        separator.join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines
    )
    assert read(quoted.encode(encoding)).to_numpy().tolist() == [list(row) for row in rows]


def test_a_register_saved_by_a_spreadsheet_program_is_read_as_text() -> None:
    content = recorded("tried/register_saved_by_excel_20260819.csv").read_bytes()
    found = read(content, ["URN", "OpenDate", "Postcode", "GOR (name)"])
    assert found.iloc[0].tolist() == ["20007", "06/09/2007", "EC1R 4SR", "London"]
    assert len(found) == content.count(b"\n") - 1


NUMBERS = [
    (["80.5", "", "1e3", "-2"], [80.5, None, 1000, -2]),
    # a decimal comma, beside a number that alone could be thousands
    (["94,7261", "51,897", "12"], [94.7261, 51.897, 12]),
    # signs of thousands, since a point is there for the decimals
    (["51,897", "1,234,567.5", "94.7"], [51897, 1234567.5, 94.7]),
    # either
    (["51,897", "12"], [None, 12]),
    # neither
    (["1,23,4", "0,5"], [None, 0.5]),
    (["1,5", "2.5"], [None, 2.5]),
    (["*", "n/a", "nan", "inf", "80%"], [None] * 5),
]


@pytest.mark.parametrize(("cells", "numbers"), NUMBERS)
def test_numbers_are_read_only_where_they_are_plain(cells: list[str], numbers: list[float | None]) -> None:
    found = read_numbers(pd.DataFrame({"Value": cells}))["Value"]
    assert [None if pd.isna(number) else number for number in found] == numbers
