"""The whole table to take away, its dictionary, and what the figures cover."""

import io

import pandas as pd
import pyarrow.parquet as pq
import pytest

from data_loaders.library import open_library
from geo.tables.coverage import coverage
from geo.tables.listing import as_csv
from geo.tables.london import London
from geo.tables.tidy import as_parquet, dictionary, explained_as, tidy_table


@pytest.fixture(scope="module")
def meanings() -> pd.DataFrame:
    return dictionary(open_library().entries)


@pytest.fixture(scope="module")
def table(london: London, meanings: pd.DataFrame) -> pd.DataFrame:
    return tidy_table(london, meanings)


def test_every_figure_is_in_the_table_once(table: pd.DataFrame, london: London) -> None:
    assert len(table) == len(london.observations)
    assert not table.duplicated(["indicator_id", "period", "area_code"]).any()
    row = table[
        (table["indicator_id"] == "designated_centres")
        & (table["period"] == "2019-12-06")
        & (table["area_name"] == "Camden")
    ].iloc[0]
    assert (row["value"], row["ics_2022"], row["ics_2026"], row["status"]) == (5, "NCL", "WNL", "published")
    assert (row["icb_2022"], row["icb_2026"]) == ("E54000028", "E54000071")
    assert (row["icb_ods_2022"], row["icb_ods_2026"]) == ("QMJ", "Z9B2Z")
    assert row["source"].startswith("Register of children's centres")
    assert row["licence"] == "Open Government Licence v3.0"


def test_every_column_is_in_the_dictionary(table: pd.DataFrame, meanings: pd.DataFrame) -> None:
    named = map(explained_as, table.columns)
    assert list(dict.fromkeys(named)) == list(meanings["column"])
    assert (meanings["meaning"].str.len() > 10).all()


def test_every_status_that_occurs_is_in_the_dictionary(table: pd.DataFrame, meanings: pd.DataFrame) -> None:
    explained = meanings.set_index("column").at["status", "meaning"]
    assert [status for status in table["status"].unique() if status not in explained] == []


def test_the_dictionary_says_what_the_codes_of_categories_mean(
    table: pd.DataFrame, meanings: pd.DataFrame
) -> None:
    explained = meanings.set_index("column").at["value", "meaning"]
    assert "family_hubs_programme: 1 In the programme, 0 Not in the programme" in explained
    hubs = table[(table["indicator_id"] == "family_hubs_programme") & (table["area_name"] == "Tower Hamlets")]
    assert list(hubs["value"]) == [1]


def test_every_value_above_100_per_cent_has_its_reason_beside_it(table: pd.DataFrame) -> None:
    funded = table["indicator_id"].isin(["funded_2yo_pct", "funded_3_4yo_pct"])
    above = table[funded & (table["value"].round(1) > 100)]
    assert not above.empty
    assert above["mark"].str.contains("above 100% (children are counted where they attend", regex=False).all()
    unmarked = table[(table["note"] == "") & ~table.index.isin(above.index)]
    assert (unmarked["mark"] == "").all()


def test_the_csv_is_read_back_as_it_was(table: pd.DataFrame) -> None:
    again = pd.read_csv(io.StringIO(as_csv(table)), parse_dates=["period_end"])
    assert list(again.columns) == list(table.columns)
    pd.testing.assert_series_equal(again["value"], table["value"])
    pd.testing.assert_series_equal(again["period_end"], table["period_end"], check_dtype=False)


def test_the_parquet_file_explains_its_columns(table: pd.DataFrame, meanings: pd.DataFrame) -> None:
    file = pq.ParquetFile(io.BytesIO(as_parquet(table, meanings)))
    schema = file.schema_arrow
    assert schema.names == list(table.columns)
    assert schema.field("value").metadata[b"meaning"].startswith(b"The figure; empty when there is none")
    assert str(schema.field("period_end").type) == "date32[day]"
    assert file.read().num_rows == len(table)


def test_the_coverage_counts_authorities_and_names_the_others(london: London) -> None:
    found = coverage(london).set_index("label")
    centres = found.loc["Designated children's centres"]
    assert (centres["periods"], centres["first"], centres["last"]) == (12, "2010-02-28", "2026-08-19")
    assert (centres["authorities"], centres["missing"]) == (33, "")
    asq3 = found.loc["Children offered ASQ-3 at the 2 to 2½ year review"]
    assert asq3["authorities"] == 26
    assert asq3["missing"] == (
        "City of London, Enfield, Haringey, Hillingdon, Hounslow, Lambeth, Redbridge (not published)"
    )
    assert found.loc["6 to 8 week reviews", "missing"] == "all 33 (not loaded)"
    shown = [i for i in london.catalogue.indicators.values() if i.shown]
    assert len(found) == len(shown)
