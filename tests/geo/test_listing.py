"""The table as it leaves the app."""

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from geo.tables.listing import as_csv, as_json, listing
from geo.tables.london import London

COLUMNS = [
    "area_code",
    "area_name",
    "area_type",
    "ics_code",
    "ics_name",
    "icb_code",
    "icb_ods",
    "icb_name",
    "period",
    "value",
    "category",
    "numerator",
    "denominator",
    "lower_95",
    "upper_95",
    "status",
    "note",
    "mark",
    "source_id",
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
    assert list(table["area_type"].unique()) == ["borough", "ics", "region", "country"]
    assert len(table) == 33 + 5 + 2


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
def test_the_listing_of_an_ics_has_its_boroughs_itself_london_and_england(
    vintage: str, scope: str, boroughs: int, london: London
) -> None:
    table = listing(london, "population_0_4", "mid-2024", vintage, scope)
    assert set(table["ics_code"].iloc[: boroughs + 1]) == {scope}
    ics, region, country = table.iloc[boroughs:].to_dict("records")
    assert ics["value"] == table["value"].iloc[:boroughs].sum()
    assert (region["area_code"], country["area_code"]) == ("E12000007", "E92000001")


def test_a_board_has_its_code_that_of_the_nhs_and_its_name(london: London) -> None:
    table = listing(london, "gld_2013_2019", "2019", "2022").set_index("area_name")
    found = [
        tuple(table.loc[name, ["icb_code", "icb_ods", "icb_name"]])
        for name in ("Hackney", "North East London")
    ]
    assert found == [("E54000029", "QMF", "NHS North East London Integrated Care Board")] * 2
    assert table.at["North East London", "area_code"] == "E54000029"
    # 18,728 of 25,516 children
    assert table.at["North East London", "value"] == pytest.approx(73.397, abs=0.001)


def test_a_category_has_its_word_beside_its_code(london: London) -> None:
    table = listing(london, "family_hubs_programme", "2022", "2022").set_index("area_name")
    assert tuple(table.loc["Tower Hamlets", ["value", "category"]]) == (1, "In the programme")
    assert table.at["London", "category"] == ""


def test_what_reckoning_leaves_behind_is_not_written() -> None:
    frame = pd.DataFrame({"value": [47.900000000000006, 0.1 + 0.2, 12.0]})
    assert as_csv(frame).split() == ["value", "47.9", "0.3", "12"]
    assert [row["value"] for row in json.loads(as_json(frame))] == [47.9, 0.3, 12]


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
