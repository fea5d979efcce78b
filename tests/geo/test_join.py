"""Published facts, as the app's own table says them."""

import math
import shutil
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings, strategies as st

from data_loaders import store
from data_loaders.library import open_library
from geo.tables.london import London, ics_table, left_out_of_london, load_london, place_table, value_of
from tests.builders import read_csv

LONDON, ENGLAND = "E12000007", "E92000001"
REVIEWS = [
    "new_birth_visit_14_days",
    "review_6_8_weeks",
    "review_12_months_by_12",
    "review_12_months_by_15",
    "review_2_to_2_5_years",
]
ICS_SIZES = {
    "2022": {"NCL": 5, "NEL": 8, "NWL": 8, "SEL": 6, "SWL": 6},
    "2026": {"NEL": 8, "SEL": 6, "SWL": 6, "WNL": 13},
}


def values(london: London, indicator: str, period: str) -> pd.Series:
    """Values by name of place."""
    return place_table(london, indicator, period, "2022").set_index("area_name")["value"]


def boroughs(london: London, indicator: str, period: str) -> pd.Series:
    return values(london, indicator, period).drop(["London", "England"])


def ics_values(london: London, indicator: str, period: str, vintage: str) -> dict[str, float]:
    return ics_table(london, indicator, period, vintage).set_index("ics_code")["value"].to_dict()


def views(london: London) -> list[tuple[str, str]]:
    return [(indicator, period) for indicator, periods in london.periods.items() for period in periods]


@pytest.mark.parametrize("vintage", ICS_SIZES)
def test_every_period_has_33_authorities_london_and_england(vintage: str, london: London) -> None:
    for indicator, period in views(london):
        table = place_table(london, indicator, period, vintage)
        assert list(table["area_code"]) == [
            *(f"E090000{number:02}" for number in range(1, 34)),
            LONDON,
            ENGLAND,
        ], (indicator, period)
        assert table["status"].notna().all()
        assert table["value"].notna().equals(table["status"].isin(["published", "derived"]))


@pytest.mark.parametrize("vintage", ICS_SIZES)
def test_each_authority_is_in_one_ics(vintage: str, london: London) -> None:
    table = place_table(london, "population_0_4", "mid-2024", vintage)
    assert table["ics_code"].value_counts().to_dict() == ICS_SIZES[vintage] | {"": 2}
    assert list(london.ics_names[vintage]) == list(ICS_SIZES[vintage])


def test_546_centres_were_designated_at_the_end_of_february_2010(london: London) -> None:
    assert boroughs(london, "designated_centres", "2010-02-28").sum() == 546
    assert values(london, "designated_centres", "2010-02-28")["London"] == 546
    assert "2010-02-28" not in london.periods["linked_sites"]


@pytest.mark.parametrize(
    ("day", "centres", "sites"),
    [("2019-12-06", 323, 141), ("2026-08-19", 315, 139), ("2016-08-04", 332, 138)],
)
def test_the_register_counts_centres_and_linked_sites(
    day: str, centres: int, sites: int, london: London
) -> None:
    assert values(london, "designated_centres", day)["London"] == centres
    assert values(london, "linked_sites", day)["London"] == sites
    assert values(london, "centres_and_linked_sites", day)["London"] == centres + sites


def test_in_2019_there_were_over_14_centres_and_sites_per_authority_and_5_in_camden(london: London) -> None:
    counts = boroughs(london, "centres_and_linked_sites", "2019-12-06")
    assert counts.mean() == pytest.approx(14.06, abs=0.005)
    assert counts.drop("City of London").idxmin() == "Camden"
    assert counts["Camden"] == 5


def test_london_lost_223_centres_between_2010_and_2019(london: London) -> None:
    changes = values(london, "change_designated_since_2010", "2019-12-06")
    assert changes.drop(["London", "England"]).sum() == -223
    assert changes["London"] == -223


def test_asq3_is_as_published(london: London) -> None:
    table = place_table(london, "asq3_at_2_to_2_5_years", "2023/24", "2022").set_index("area_name")
    said = table["value"].round(1).to_dict()
    published = {"London": 88.1, "England": 93.3, "Newham": 58.9, "Hackney": 95.5}
    assert {name: said[name] for name in published} == published
    city = table.loc["City of London"]
    assert math.isnan(city["value"])
    assert city["status"] == "not_published"


def test_527257_children_under_5_lived_in_london_in_mid_2024(london: London) -> None:
    assert values(london, "population_0_4", "mid-2024")["London"] == 527_257


def test_spending_per_child_leaves_wandsworth_out_above_and_below_the_line(london: London) -> None:
    table = place_table(london, "early_years_spend_per_child_0_4", "2024/25", "2022")
    row = table.set_index("area_code").loc[LONDON]
    assert row["numerator"] == 140_650_680
    assert row["denominator"] == 527_257 - 18_039
    assert row["value"] == pytest.approx(276.21, abs=0.005)
    indicator = london.catalogue.indicators["early_years_spend_per_child_0_4"]
    assert left_out_of_london(table, indicator) == ("Wandsworth",)
    wandsworth = table.set_index("area_name").loc["Wandsworth"]
    assert math.isnan(wandsworth["value"])
    assert wandsworth["status"] == "not_published"


def test_the_mandated_reviews_are_known_for_england_and_not_loaded_by_borough(london: London) -> None:
    for indicator in REVIEWS:
        for period in london.periods[indicator]:
            table = place_table(london, indicator, period, "2022")
            assert set(table.loc[table["area_type"] == "borough", "status"]) == {"not_loaded"}
            assert table.loc[table["area_type"] == "borough", "value"].isna().all()
            assert table.set_index("area_name").at["England", "status"] == "published"
    assert values(london, "new_birth_visit_14_days", "2024/25")["England"] == 85.2
    assert values(london, "review_12_months_by_15", "2017/18 Q1")["England"] == 82.6


def test_the_survey_of_2022_is_known_for_london_only(london: London) -> None:
    answers = [name for name in london.periods if name.startswith(("interface_", "hallmark_"))]
    assert len(answers) == 19
    for indicator in answers:
        known = values(london, indicator, "March 2022").dropna()
        assert list(known.index) == ["London"]
    assert values(london, "interface_gp_early_years", "March 2022")["London"] == 2.19
    assert values(london, "hallmark_shared_vision", "March 2022")["London"] == 27


def test_the_two_frameworks_of_development_never_share_a_year(london: London) -> None:
    earlier, later = london.periods["gld_2013_2019"], london.periods["gld_2022_on"]
    assert earlier == ["2019", "2018", "2017", "2016", "2015", "2014", "2013"]
    assert later == ["2025", "2024", "2023", "2022"]


def test_periods_run_from_the_latest(london: London) -> None:
    ends = london.observations.drop_duplicates(["indicator_id", "period"]).set_index(
        ["indicator_id", "period"]
    )
    for indicator, periods in london.periods.items():
        dates = [ends.at[(indicator, period), "period_end"] for period in periods]
        assert dates == sorted(dates, reverse=True)


def test_the_interval_of_camdens_development_is_worked_by_hand(london: London) -> None:
    # 1146 of 1574: p 0.72808, z 1.95996; (p + z2/2n) / (1 + z2/n) = 0.72752, half width 0.02197
    camden = place_table(london, "gld_2013_2019", "2019", "2022").set_index("area_name").loc["Camden"]
    assert (camden["numerator"], camden["denominator"]) == (1146, 1574)
    assert camden["lower_95"] == pytest.approx(70.56, abs=0.01)
    assert camden["upper_95"] == pytest.approx(74.95, abs=0.01)
    assert camden["comparison"] == "similar"  # London: 74.1%


def test_north_east_london_is_added_up_by_hand(london: London) -> None:
    # City 1, Barking 8, Hackney 11, Havering 7, Newham 12, Redbridge 17, Tower Hamlets 12, Waltham Forest 6
    centres = 1 + 8 + 11 + 7 + 12 + 17 + 12 + 6
    children = 239 + 18_053 + 16_303 + 17_246 + 25_605 + 21_896 + 18_892 + 18_782
    assert ics_values(london, "designated_centres", "2026-08-19", "2022")["NEL"] == centres == 74
    rate = ics_values(london, "centres_per_10k_0_4", "2026-08-19", "2022")["NEL"]
    assert rate == pytest.approx(10_000 * centres / children)
    assert rate == pytest.approx(5.401, abs=0.0005)


def test_the_ics_without_wandsworths_spending_says_so(london: London) -> None:
    spend = ics_table(london, "early_years_spend_gross", "2024/25", "2022").set_index("ics_code")
    assert math.isnan(spend.at["SWL", "value"])
    assert spend.at["SWL", "left_out"] == ("Wandsworth",)
    per_child = ics_table(london, "early_years_spend_per_child_0_4", "2024/25", "2022").set_index("ics_code")
    assert per_child.at["SWL", "value"] > 0
    assert per_child.at["SWL", "left_out"] == ("Wandsworth",)
    assert per_child.at["NEL", "left_out"] == ()


def test_a_percentage_without_counts_has_no_value_for_an_ics(london: London) -> None:
    assert np.isnan(list(ics_values(london, "asq3_at_2_to_2_5_years", "2023/24", "2022").values())).all()


@pytest.mark.parametrize(
    ("indicator", "period"),
    [
        ("designated_centres", "2026-08-19"),
        ("linked_sites", "2019-12-06"),
        ("population_0_4", "mid-2024"),
        ("change_designated_since_2010", "2019-12-06"),
    ],
)
def test_north_central_and_north_west_make_west_and_north(
    indicator: str, period: str, london: London
) -> None:
    five, four = (ics_values(london, indicator, period, vintage) for vintage in ("2022", "2026"))
    assert five["NCL"] + five["NWL"] == four["WNL"]
    assert {name: five[name] for name in ("NEL", "SEL", "SWL")} == {
        name: four[name] for name in ("NEL", "SEL", "SWL")
    }
    assert sum(five.values()) == sum(four.values()) == values(london, indicator, period)["London"]


@pytest.mark.parametrize("vintage", ICS_SIZES)
def test_every_ics_value_agrees_with_adding_up_its_boroughs(vintage: str, london: London) -> None:
    inferred = london.worked_out_counts.set_index(["indicator_id", "period", "area_code"]).to_dict("index")
    for indicator, period in views(london):
        entry = london.catalogue.indicators[indicator]
        rows = [
            row | inferred.get((indicator, period, row["area_code"]), {})
            for row in place_table(london, indicator, period, vintage).to_dict("records")
        ]
        for code, value in ics_values(london, indicator, period, vintage).items():
            members = [row for row in rows if row["ics_code"] == code]
            counted = [row for row in members if row["numerator"] >= 0 and row["denominator"] > 0]
            if entry.aggregation == "sum":
                expected = sum(row["value"] for row in members)
            elif entry.aggregation == "ratio" and counted:
                numerator, denominator = (
                    sum(row[count] for row in counted) for count in ("numerator", "denominator")
                )
                expected = numerator / denominator * entry.multiplier
            else:
                expected = math.nan
            assert value == pytest.approx(expected, nan_ok=True), (indicator, period, code)


def test_the_city_and_categories_are_not_ranked(london: London) -> None:
    table = place_table(london, "centres_per_10k_0_4", "2026-08-19", "2022").set_index("area_name")
    assert math.isnan(table.at["City of London", "rank_london"])
    assert math.isnan(table.at["City of London", "rank_ics"])
    # 23 centres for 14,555 children, and 2 for 16,419
    assert (table.at["Lambeth", "rank_london"], table.at["Lambeth", "of_london"]) == (1, 32)
    assert table.at["Harrow", "rank_london"] == 32
    assert (table.at["Redbridge", "rank_ics"], table.at["Redbridge", "of_ics"]) == (1, 7)
    hubs = place_table(london, "family_hubs_programme", "2022", "2022")
    assert hubs["rank_london"].isna().all()
    assert hubs["value"].sum() == 16


def test_london_and_england_are_neither_ranked_nor_compared(london: London) -> None:
    table = place_table(london, "gld_2013_2019", "2019", "2022")
    whole = table[table["area_type"] != "borough"]
    assert whole[["rank_london", "rank_ics"]].isna().all(axis=None)
    assert set(whole["comparison"]) == {"not_compared"}
    assert value_of(table, ENGLAND) != value_of(table, ENGLAND)


def test_comparison_with_london_follows_from_the_interval(london: London) -> None:
    table = place_table(london, "gld_2013_2019", "2019", "2022")
    benchmark = value_of(table, LONDON)
    for row in table[table["area_type"] == "borough"].to_dict("records"):
        if row["lower_95"] > benchmark:
            assert row["comparison"] == "better"
        elif row["upper_95"] < benchmark:
            assert row["comparison"] == "worse"
        else:
            assert row["comparison"] == "similar"
    assert set(table["comparison"]) == {"better", "similar", "worse", "not_compared"}


def test_boroughs_are_found_by_name(london: London) -> None:
    listed = read_csv(store.SNAPSHOT / "areas.csv")
    assert len(london.borough_codes) == 33
    assert london.borough_codes == {
        row["area_name"]: row["area_code"] for row in listed if row["area_type"] == "borough"
    }


def latest(london: London) -> pd.DataFrame:
    """What the app says of every place and ICS at the latest periods."""
    return pd.concat(
        [
            table(london, indicator, periods[0], vintage).assign(view=f"{indicator} {vintage}")
            for indicator, periods in london.periods.items()
            for vintage in ICS_SIZES
            for table in (place_table, ics_table)
        ],
        ignore_index=True,
    )


@settings(max_examples=2, phases=[Phase.generate])
@given(st.integers(0, 1000))
def test_the_order_of_rows_in_the_files_changes_nothing(london: London, seed: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(store.SNAPSHOT, Path(place) / "snapshot"))
        for number, path in enumerate(sorted((folder / "observations").glob("*.csv"))):
            header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            shuffled = np.random.default_rng(seed + number).permutation(np.array(lines, dtype=object))
            path.write_text("".join([header, *shuffled]), encoding="utf-8")
        assert store.seal(date(2031, 5, 4), folder)
        again = load_london(open_library(folder))
    assert again.periods == london.periods
    pd.testing.assert_frame_equal(latest(again), latest(london))
    keys = ["indicator_id", "period", "area_code"]
    tables = (figures.observations.sort_values(keys, ignore_index=True) for figures in (again, london))
    pd.testing.assert_frame_equal(*tables)
