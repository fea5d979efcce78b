"""The table of one indicator over its periods, as programs read it."""

import pandas as pd
import pytest

from data_loaders.library import open_library
from geo.tables.feed import COLUMNS, feed
from geo.tables.london import London
from geo.tables.tidy import dictionary


def row_of(table: pd.DataFrame, period: str, area_code: str) -> pd.Series:
    found = table[(table["period"] == period) & (table["area_code"] == area_code)]
    assert len(found) == 1
    return found.iloc[0]


def test_every_period_has_the_boroughs_the_icss_london_and_england(london: London) -> None:
    periods = london.periods["designated_centres"]
    table = feed(london, "designated_centres", "2022", periods)
    assert list(table.columns) == COLUMNS
    assert len(table) == len(periods) * (33 + 5 + 2)
    assert not table.duplicated(["period", "area_code"]).any()
    # printed in Hansard; and the eight boroughs of North East London in the register of December 2019
    assert row_of(table, "2010-02-28", "E12000007")["value"] == 546
    north_east = row_of(table, "2019-12-06", "E54000029")
    assert (north_east["ics_code"], north_east["icb_ods"], north_east["value"]) == ("NEL", "QMF", 74)
    assert north_east["period_start"] == north_east["period_end"] == pd.Timestamp("2019-12-06")


def test_one_ics_comes_with_london_and_england(london: London) -> None:
    table = feed(london, "asq3_at_2_to_2_5_years", "2022", ["2023/24", "2022/23"], "NEL")
    assert list(table["period"].unique()) == ["2023/24", "2022/23"]
    assert table.groupby("period")["area_type"].value_counts().to_dict() == {
        (period, area): count
        for period in ("2023/24", "2022/23")
        for area, count in (("borough", 8), ("ics", 1), ("region", 1), ("country", 1))
    }
    newham = row_of(table, "2023/24", "E09000025")
    assert (round(newham["value"], 1), newham["unit"], newham["status"]) == (58.9, "Per cent", "published")
    assert (newham["period_start"], newham["period_end"]) == (
        pd.Timestamp("2023-04-01"),
        pd.Timestamp("2024-03-31"),
    )


def test_a_category_has_its_word_and_a_number_has_none(london: London) -> None:
    hubs = feed(london, "family_hubs_programme", "2022", ["2022"]).set_index("area_name")
    assert (hubs.at["Tower Hamlets", "value"], hubs.at["Tower Hamlets", "category"]) == (
        1,
        "In the programme",
    )
    assert pd.isna(hubs.at["Tower Hamlets", "period_start"])
    children = feed(london, "population_0_4", "2022", ["mid-2024"])
    assert set(children["category"]) == {""}


@pytest.mark.parametrize("vintage", ["2022", "2026"])
def test_nothing_but_published_figures_and_what_follows_from_them_is_in_it(
    vintage: str, london: London
) -> None:
    for indicator, periods in london.periods.items():
        table = feed(london, indicator, vintage, periods)
        known = table[table["value"].notna()]
        assert set(known["status"]) <= {"published", "derived"}, indicator
        assert (known["source"] != "").all(), indicator
        assert (known["licence"] != "").all(), indicator


def test_the_dictionary_explains_every_column(london: London) -> None:
    meanings = dictionary(open_library().entries, "one_indicator")
    assert list(meanings["column"]) == COLUMNS
