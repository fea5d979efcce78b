"""The table as it leaves the app."""

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.tables.listing import as_csv, as_json, listing
from geo.tables.london import London

COLUMNS = [
    "area_code",
    "area_name",
    "ics_code",
    "ics_name",
    "period",
    "value",
    "numerator",
    "denominator",
    "lower_95",
    "upper_95",
    "status",
    "note",
    "mark",
    "source",
    "licence",
    "retrieved",
]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_the_ones_that_are_documented(london: London) -> None:
    table = listing(london, "centres_per_10k_0_4", "2026-08-19", "2022")
    assert list(table.columns) == COLUMNS
    assert as_csv(table).splitlines()[0] == ",".join(COLUMNS)
    assert len(table) == 35


def test_a_value_above_100_has_its_reason_beside_it_and_no_other_has_one(london: London) -> None:
    table = listing(london, "funded_3_4yo_pct", "2024/25", "2026").set_index("area_name")
    assert table.at["Richmond upon Thames", "value"] == 106.4
    assert table.at["Richmond upon Thames", "mark"].startswith(
        "above 100% (children are counted where they attend"
    )
    assert list(table.index[table["mark"] != ""]) == list(table.index[table["value"].round(1) > 100])


def test_a_row_says_the_same_as_the_publications(london: London) -> None:
    table = listing(london, "centres_per_10k_0_4", "2026-08-19", "2022").set_index("area_name")
    camden = table.loc["Camden"]
    assert (camden["area_code"], camden["ics_code"], camden["ics_name"]) == (
        "E09000007",
        "NCL",
        "North Central London",
    )
    assert (camden["numerator"], camden["denominator"]) == (5, 9642)
    assert camden["value"] == pytest.approx(5.1856, abs=0.0001)
    assert camden["status"] == "derived"
    assert camden["source"] == (
        "Register of children's centres, Get Information about Schools (formerly EduBase), open entries; "
        "Population estimates, mid-2024"
    )


@pytest.mark.parametrize(("vintage", "scope", "boroughs"), [("2022", "NCL", 5), ("2026", "WNL", 13)])
def test_the_listing_of_an_ics_has_its_boroughs_only(
    vintage: str, scope: str, boroughs: int, london: London
) -> None:
    table = listing(london, "population_0_4", "mid-2024", vintage, scope)
    assert len(table) == boroughs
    assert set(table["ics_code"]) == {scope}


def test_a_missing_value_is_an_empty_cell_and_null(london: London) -> None:
    table = listing(london, "asq3_at_2_to_2_5_years", "2023/24", "2022")
    (cells,) = (row for row in read_back(as_csv(table)) if row["area_name"] == "City of London")
    assert (cells["value"], cells["status"]) == ("", "not_published")
    (record,) = (row for row in json.loads(as_json(table)) if row["area_name"] == "City of London")
    assert record["value"] is None
    assert list(record) == COLUMNS


def test_a_fall_stays_a_number(london: London) -> None:
    table = listing(london, "change_designated_since_2010", "2019-12-06", "2022")
    (cells,) = (row for row in read_back(as_csv(table)) if row["area_name"] == "Camden")
    assert float(cells["value"]) == -12


def test_figures_are_written_in_full(london: London) -> None:
    table = listing(london, "centres_per_10k_0_4", "2026-08-19", "2022")
    for rows in (read_back(as_csv(table)), json.loads(as_json(table))):
        values = [float(row["value"]) for row in rows if row["value"] not in ("", None)]
        assert values == pytest.approx(table["value"].dropna().tolist(), rel=1e-12)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
RISKY = st.builds(str.__add__, st.sampled_from(FORMULA_STARTS), TEXTS)
NUMBERS = st.one_of(st.none(), st.integers(-1000, 1000).map(float))


@given(st.lists(st.tuples(st.one_of(TEXTS, RISKY), NUMBERS), min_size=1, max_size=8))
def test_no_text_can_be_taken_for_a_formula_and_numbers_stay_numbers(
    rows: list[tuple[str, float | None]],
) -> None:
    frame = pd.DataFrame({"area_name": [text for text, _ in rows], "value": [number for _, number in rows]})
    frame["value"] = frame["value"].astype(float)
    cells = read_back(as_csv(frame))
    assert len(cells) == len(rows)
    for cell, (text, number) in zip(cells, rows, strict=True):
        assert not cell["area_name"].startswith(FORMULA_STARTS)
        assert cell["area_name"].removeprefix("'") == text.replace("\r", " ").removeprefix("'")
        assert cell["value"] == "" if number is None else float(cell["value"]) == number


@given(st.lists(st.tuples(TEXTS, NUMBERS), min_size=1, max_size=8))
def test_json_gives_back_what_went_in(rows: list[tuple[str, float | None]]) -> None:
    frame = pd.DataFrame({"area_name": [text for text, _ in rows], "value": [number for _, number in rows]})
    frame["value"] = frame["value"].astype(float)
    assert json.loads(as_json(frame)) == [{"area_name": text, "value": number} for text, number in rows]
