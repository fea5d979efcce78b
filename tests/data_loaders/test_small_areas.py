"""Newer children of small areas: all of London's and nothing else, from Nomis or from the ONS's workbook.

The numbers are made up for these tests (tests/served.py); names of sheets and columns are the publisher's.
Most of them take the first 40 small areas for all of London's, to be quick.
"""

import dataclasses
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from data_loaders import checks
from data_loaders.children import TABLE, load_children, load_counts
from data_loaders.library import open_library
from data_loaders.publisher import Download, Known, Parsed, PublisherError, load_known
from data_loaders.refresh import refresh, take_files
from data_loaders.small_areas import fetch, parse
from tests.served import (
    SMALL_AREAS,
    TODAY,
    Change,
    Publishers,
    Rows,
    as_csv,
    small_area_children,
    small_area_rows,
)
from tests.workbooks import folded, parts_of

ALL: Known = load_known(open_library(live=Path("nowhere")).entries, TODAY)
FEW = 40
KNOWN = dataclasses.replace(ALL, small_areas=ALL.small_areas.head(FEW))
FIRST, SECOND = (area["small_area"] for area in SMALL_AREAS[:2])
SOURCE = "ons_small_area_population"
HEADER = ["LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", "Total"]
Sheets = dict[str, list[list]]


def read(content: bytes, known: Known = KNOWN) -> Parsed:
    return parse([Download(content, "estimates")], known)


def few_rows(year: int = 2024) -> Rows:
    return small_area_rows(year, FEW)


def few_children() -> dict[str, int]:
    return dict(list(small_area_children().items())[:FEW])


def children(parsed: Parsed) -> dict[str, int]:
    table = pd.read_csv(io.BytesIO(parsed.tables[TABLE]))
    assert list(table) == ["small_area", "children_0_4"]
    return dict(zip(table["small_area"], table["children_0_4"], strict=True))


def sheet(year: int = 2024, areas: int = FEW) -> list[list]:
    """A sheet as the ONS lays it out, of eight ages: a title, the header in row 4, and as many areas."""
    ages = [f"{sex}{age}" for sex in "FM" for age in range(8)]
    rows: list[list] = [[f"Mid-{year} population estimates"], [], [], [*HEADER, *ages]]
    for area in SMALL_AREAS[:areas]:
        count = small_area_children()[area["small_area"]] + (year - 2024)
        girls = [count // 10] * 5 + [99] * 3
        boys = [count // 10] * 4 + [count - 9 * (count // 10)] + [99] * 3
        rows.append([area["area_code"], "", area["small_area"], area["name"], 1_700, *girls, *boys])
    rows.append(["W06000001", "Isle of Anglesey", "W01000001", "Anglesey 001A", 1_700, *[5] * 16])
    return rows


def book(sheets: Sheets) -> bytes:
    made = openpyxl.Workbook(write_only=True)
    for name, rows in {"Contents": [["About"]], **sheets}.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """Of all of London."""
    return book({"Mid-2023 LSOA 2021": sheet(2023), "Mid-2024 LSOA 2021": sheet(areas=len(SMALL_AREAS))})


def test_the_five_ages_of_every_small_area_are_added() -> None:
    parsed = read(as_csv(small_area_rows()), ALL)
    assert children(parsed) == small_area_children()
    assert parsed.published.isoformat() == "2024-06-30"
    assert parsed.observations is None


def test_the_workbook_gives_the_same_of_its_newest_year(workbook: bytes) -> None:
    parsed = read(workbook, ALL)
    assert children(parsed) == small_area_children()
    assert parsed.published.isoformat() == "2024-06-30"


def change_first(**cells: str) -> Change:
    return lambda rows: [rows[0] | cells, *rows[1:]]


HARMLESS: dict[str, Change] = {
    "columns in another order": lambda rows: [dict(reversed(row.items())) for row in rows],
    "a column more": lambda rows: [row | {"MEASURES": "20100"} for row in rows],
    "rows twice": lambda rows: rows + rows[:7],
    "areas elsewhere": lambda rows: [*rows, rows[0] | {"GEOGRAPHY_CODE": "E01033768", "OBS_VALUE": "c"}],
    "authorities": lambda rows: [*rows, rows[0] | {"GEOGRAPHY_CODE": "E09000001"}],
    "years before": lambda rows: [*rows, *few_rows(2022)],
    "ages in other words": lambda rows: [
        row | {"C_AGE_NAME": row["C_AGE_NAME"].replace("Age", "Aged")} for row in rows
    ],
    "numbers as a spreadsheet program writes them": lambda rows: [
        row | {"OBS_VALUE": f"{row['OBS_VALUE']}.0"} for row in rows
    ],
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_does_not_matter_changes_nothing(change: Change) -> None:
    assert children(read(as_csv(change(few_rows())))) == few_children()


REFUSED: dict[str, tuple[Change, str]] = {
    "half a file": (
        lambda rows: rows[: len(rows) // 2],
        "20 of London's 40 small areas are not in it for mid-2024, the first of them E010000",
    ),
    "areas of 2011": (
        lambda rows: [row for row in rows if row["GEOGRAPHY_CODE"] not in (FIRST, SECOND)],
        f"2 of London's 40 small areas are not in it for mid-2024, the first of them {FIRST} (City of London "
        "001A)",
    ),
    "an age missing": (lambda rows: rows[1:], "1 of London's 40 small areas is not in it for mid-2024"),
    "half of the newest year": (
        lambda rows: [*rows, *few_rows(2025)[:50]],
        "30 of London's 40 small areas are not in it for mid-2025",
    ),
    "areas elsewhere alone": (
        lambda rows: [row | {"GEOGRAPHY_CODE": "E01033768"} for row in rows],
        "none of London's small areas is in it",
    ),
    "suppressed": (change_first(OBS_VALUE="c"), f"“c” came for age 0 of {FIRST}, which is not a number of"),
    "empty": (change_first(OBS_VALUE=""), f"“” came for age 0 of {FIRST}"),
    "a decimal": (change_first(OBS_VALUE="11.5"), f"“11.5” came for age 0 of {FIRST}"),
    "a decimal comma": (change_first(OBS_VALUE="11,5"), f"“11,5” came for age 0 of {FIRST}"),
    "thousands": (change_first(OBS_VALUE="1,011"), f"“1,011” came for age 0 of {FIRST}"),
    "fewer than none": (change_first(OBS_VALUE="-3"), f"“-3” came for age 0 of {FIRST}"),
    "two figures": (
        lambda rows: [*rows, rows[0] | {"OBS_VALUE": "1"}],
        f"{FIRST} came with two figures for one age of mid-2024",
    ),
    "both sexes": (
        lambda rows: [*rows, *(row | {"OBS_VALUE": str(int(row["OBS_VALUE"]) + 1)} for row in rows)],
        "came with two figures for one age",
    ),
    "a band of ages": (change_first(C_AGE_NAME="Aged 0 to 15"), "“Aged 0 to 15” came, which is not a single"),
    "a renamed column": (
        lambda rows: [{name.replace("C_AGE", "AGE"): cell for name, cell in row.items()} for row in rows],
        "there is no column “C_AGE_NAME”",
    ),
    "no year": (change_first(DATE_NAME="latest"), "“latest” came, which is not a year"),
    "a year to come": (
        lambda rows: few_rows(2027),
        "the year 2027 came, whose middle is in the future",
    ),
    "a year before the census": (
        lambda rows: few_rows(2020),
        "mid-2020 is the newest year in it, which is before the census in use",
    ),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_all_of_londons_small_areas_is_refused(change: Change, said: str) -> None:
    with pytest.raises(PublisherError) as failed:
        read(as_csv(change(few_rows())))
    assert said in str(failed.value)
    assert "Office for National Statistics (estimates): expected children by single year" in str(failed.value)


def cell(row: int, column: str, value: object) -> Callable[[list[list]], None]:
    """A change of one cell; rows of areas count from 0."""

    def change(rows: list[list]) -> None:
        rows[4 + row][rows[3].index(column)] = value

    return change


def renamed(column: str, name: str) -> Callable[[list[list]], None]:
    return lambda rows: rows[3].__setitem__(rows[3].index(column), name)


def broad(rows: list[list]) -> None:
    rows[3][5:] = ["F0-15", "F16-29", *["M0-15"] * 14]


WORKBOOKS: dict[str, tuple[Callable[[list[list]], object], str]] = {
    "half a file": (lambda rows: rows.__delitem__(slice(24, None)), "20 of London's 40 small areas are not"),
    "twice": (lambda rows: rows.append(rows[4]), f"{FIRST} came twice"),
    "broad ages": (broad, "its ages are broad groups, the youngest 0 to 15, which do not tell children aged"),
    "an age renamed": (renamed("M3", "Males 3"), "there is no column “M3” beside “LSOA 2021 Code”"),
    "areas of 2011": (renamed("LSOA 2021 Code", "LSOA 2011 Code"), "there is no column “LSOA 2021 Code”"),
    "suppressed": (cell(1, "F0", "[c]"), f"“[c]” came for F0 of {SECOND}, which is not a number of children"),
    "empty": (cell(1, "M4", None), f"“” came for M4 of {SECOND}"),
    "a decimal": (cell(0, "M0", 7.5), f"“7.5” came for M0 of {FIRST}"),
    "thousands": (cell(0, "M0", "1,007"), f"“1,007” came for M0 of {FIRST}"),
}


@pytest.mark.parametrize(("change", "said"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_that_lacks_something_is_refused(
    change: Callable[[list[list]], object], said: str
) -> None:
    rows = sheet()
    change(rows)
    with pytest.raises(PublisherError) as failed:
        read(book({"Mid-2024 LSOA 2021": rows}))
    assert said in str(failed.value)


def test_a_workbook_of_other_sheets_is_refused_and_they_are_named() -> None:
    with pytest.raises(PublisherError, match=r"none of its sheets .*“Contents”, “Mid-2020 Persons”"):
        read(book({"Mid-2020 Persons": [["LSOA Code"]]}))


def test_a_damaged_workbook_is_refused(workbook: bytes) -> None:
    parts = parts_of(workbook)
    newest = max(name for name in parts if name.startswith("xl/worksheets/"))
    breaks_off = folded(parts | {newest: parts[newest][:200_000]})
    for content in (workbook[:-2_000], folded({"a.txt": b"a"}), breaks_off):
        with pytest.raises(PublisherError, match="a damaged workbook came"):
            read(content)


def test_a_workbook_that_unfolds_without_end_is_not_unfolded(workbook: bytes) -> None:
    file = io.BytesIO(workbook)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(60_000_000))
    with pytest.raises(PublisherError, match="unfolds to far more than these estimates do"):
        read(file.getvalue())


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><html>Sorry", b"", b'{"error": "busy"}', b"%PDF-1.7"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(PublisherError):
        read(content)


@given(st.binary(max_size=200), st.booleans())
def test_whatever_comes_is_refused_in_a_sentence(content: bytes, is_zip: bool) -> None:
    with pytest.raises(PublisherError):
        read(b"PK\x03\x04" * is_zip + content)


@given(st.randoms(use_true_random=False))
def test_order_never_matters(random: Random) -> None:
    assert children(read(as_csv(random.sample(few_rows(), FEW * 5)))) == few_children()


def test_it_is_asked_for_londons_small_areas_and_five_ages_in_one_request(publishers: Publishers) -> None:
    asked = ALL.endpoints["nomis_small_areas"]
    # London's small areas of 2021, the newest year, everybody, ages 0 to 4
    for part in ("NM_2014_1", "2013265927TYPE151", "date=latest&", "gender=0&", "c_age=101...105&"):
        assert part in asked
    assert len(SMALL_AREAS) * 5 <= 25_000
    publishers.serve_small_areas()
    known = load_known(open_library().entries, TODAY)
    with publishers.session() as session:
        assert children(parse(fetch(session, known), known)) == small_area_children()


def test_estimates_take_the_place_of_the_census_and_can_be_taken_back(
    publishers: Publishers, workbook: bytes
) -> None:
    census = load_counts(open_library().entries)
    assert load_children(open_library().entries).named == "Census 2021"
    outcome = take_files(SOURCE, [Download(workbook, "sape.xlsx")], publishers.order())
    assert outcome.message == "Taken in: the estimates of 30 June 2024."
    library = open_library()
    assert load_counts(library.entries).to_dict() == small_area_children()
    assert list(load_counts(library.entries).index) == list(census.index)
    used = load_children(library.entries)
    assert (used.named, used.when, used.day) == ("mid-2024", "in mid-2024", "2024-06-30")
    assert [result for result in checks.run_checks(library) if not result.passed] == []
    told, sums = outcome.remarks
    assert told.startswith("London has 5")
    assert "528,970 on Census day 2021. By authority that is from −" in told
    assert sums.startswith(
        "From the 32 authorities' own estimates of mid-2024, the sums of their small areas"
    )


def test_a_file_that_looks_wrong_is_held_back(publishers: Publishers) -> None:
    publishers.serve_small_areas()
    assert refresh(SOURCE, publishers.order(), publishers.session()).kind == "replaced"

    def take(rows: Rows) -> str:
        outcome = take_files(SOURCE, [Download(as_csv(rows), "more.csv")], publishers.order())
        assert outcome.kind == "held"
        return outcome.message

    assert "These estimates are of mid-2023; those in use are of mid-2024." in take(small_area_rows(2023))
    barnet = {area["small_area"] for area in SMALL_AREAS if area["area_code"] == "E09000003"}
    few = [
        row | {"OBS_VALUE": str(int(row["OBS_VALUE"]) // 2)} if row["GEOGRAPHY_CODE"] in barnet else row
        for row in small_area_rows()
    ]
    said = take(few)
    assert "Barnet has 11," in said
    assert "the sums of their small areas differ by −5" in said
