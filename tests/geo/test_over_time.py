"""How far apart the same boroughs have been: worked by hand from the publisher's values."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

from data_loaders import store
from geo.lottery.one_period import lottery
from geo.lottery.over_time import CHANCE, ROUNDING, Stretch, by_period, over_time
from geo.tables.london import London, place_table
from tests.builders import indicator, read_csv

ASQ, SCHOOL = "asq3_at_2_to_2_5_years", "gld_2013_2019"


def published() -> dict[str, dict[str, float]]:
    """ASQ-3 as it was compiled, without the City of London: values by financial year and borough."""
    found: dict[str, dict[str, float]] = {}
    for row in read_csv(store.SNAPSHOT / "observations" / "ohid_asq3.csv"):
        is_borough = row["area_code"].startswith("E09") and row["area_code"] != "E09000001"
        if is_borough and row["value"]:
            found.setdefault(row["period"], {})[row["area_code"]] = float(row["value"])
    return found


def gap(values: dict[str, float], boroughs: set[str]) -> float:
    inside = [values[code] for code in boroughs if code in values]
    return max(inside) - min(inside)


def test_the_gap_that_seemed_to_narrow_was_one_of_other_boroughs() -> None:
    values = published()
    then, now = values["2016/17"], values["2023/24"]
    both = set(then) & set(now)
    assert (len(then), len(now), len(both)) == (19, 26, 15)
    assert (round(gap(then, set(then)), 1), round(gap(now, set(now)), 1)) == (79.9, 40.3)
    assert (round(gap(then, both), 1), round(gap(now, both), 1)) == (79.9, 19.3)


def test_the_gap_is_that_of_the_boroughs_with_a_figure_at_both_ends(london: London) -> None:
    found = over_time(london, ASQ, "2022", None)
    (stretch,) = found.stretches
    values = published()
    enough = [year for year, known in sorted(values.items()) if len(known) >= 24]
    both = set(values[enough[0]]) & set(values[enough[-1]])
    assert (
        (stretch.first["period"], stretch.last["period"]) == (enough[0], enough[-1]) == ("2018/19", "2023/24")
    )
    assert list(stretch.rows["period"]) == enough
    assert (len(stretch.boroughs), len(stretch.missing)) == (len(both), 32 - len(both)) == (22, 10)
    assert [round(size, 6) for size in stretch.rows["gap"]] == [
        round(gap(values[year], both), 6) for year in enough
    ]
    assert (round(stretch.first["gap"], 1), round(stretch.last["gap"], 1)) == (27.9, 40.3)
    assert list(stretch.rows["places"]) == [len(both & set(values[year])) for year in enough]
    assert found.too_few == ("2015/16", "2016/17", "2017/18")


def test_an_ics_needs_the_same_share_of_its_boroughs(london: London) -> None:
    # 24 of 33: 6 of the 8 of North East London, 5 of the 6 of South East London
    needed = {scope: over_time(london, ASQ, "2022", scope).needed for scope in ("NEL", "SEL", None)}
    assert needed == {"NEL": 6, "SEL": 5, None: 24}
    assert over_time(london, ASQ, "2022", "NEL").authorities == 8


def test_what_came_before_a_change_of_basis_and_after_it_are_apart(london: London) -> None:
    found = over_time(london, "funded_2yo_pct", "2022", None)
    first, second = found.stretches
    assert (first.first["period"], first.last["period"], len(first.rows)) == ("2017/18", "2023/24", 7)
    assert list(second.rows["period"]) == ["2024/25"]
    assert found.told is first


def test_how_far_apart_totals_are_is_not_worked_out(london: London) -> None:
    assert over_time(london, "designated_centres", "2022", None).stretches == ()


def test_all_periods_are_compared_the_earliest_first(london: London) -> None:
    periods = over_time(london, SCHOOL, "2022", None).rows.set_index("period")
    assert list(periods.index) == ["2013", "2014", "2015", "2016", "2017", "2018", "2019"]
    assert tuple(periods.loc["2013", ["smallest", "largest"]]) == (40.3, 69.0)
    assert (np.diff(periods["cv"].astype(float)) < 0).all()


def test_a_period_has_the_measures_that_its_figures_carry(london: London) -> None:
    newest = over_time(london, SCHOOL, "2022", None).rows.iloc[-1]
    found = lottery(london, SCHOOL, "2019", "2022", None)
    assert found is not None
    assert found.excess is not None
    measures = (found.ratio, found.ratio_missed, found.cv, found.excess.share, found.gini)
    assert tuple(newest[["ratio", "ratio_missed", "cv", "beyond", "gini"]]) == measures
    # six boroughs are too few for a measure of their spread, however they are counted
    few = over_time(london, SCHOOL, "2022", "SEL").rows
    assert few[["cv", "beyond", "gini"]].isna().all(axis=None)
    assert few["ratio"].notna().all()


def test_each_period_is_there_with_all_its_boroughs_and_beside_it_the_same_ones(london: London) -> None:
    periods = by_period(london, ASQ, "2022", None).set_index("period")
    values = published()
    assert list(periods["places"]) == [len(values[year]) for year in periods.index]
    assert round(periods.at["2016/17", "gap"], 1) == 79.9
    assert math.isnan(periods.at["2016/17", "same_gap"])
    assert round(periods.at["2018/19", "gap"], 1) == 31.6
    assert round(periods.at["2018/19", "same_gap"], 1) == 27.9
    starts = by_period(london, "funded_2yo_pct", "2022", None).set_index("period")["starts"]
    assert starts[starts != ""].to_dict() == {"2024/25": "new entitlements from here"}


def test_the_error_of_a_gap_is_that_of_its_two_ends(london: London) -> None:
    row = over_time(london, SCHOOL, "2022", None).rows.iloc[-1]
    table = place_table(london, SCHOOL, "2019", "2022")
    table = table[(table["area_type"] == "borough") & ~table["small"]].sort_values("value")
    # Wald's variance is near enough with thousands of children
    parts = [
        (end["value"] / 100) * (1 - end["value"] / 100) / end["denominator"]
        for _, end in table.iloc[[0, -1]].iterrows()
    ]
    assert row["gap_error"] == pytest.approx(100 * math.sqrt(sum(parts)), rel=0.01)


@pytest.mark.parametrize(
    ("unit", "decimals", "errors", "doubt"),
    [
        ("percent", "1", (math.nan, math.nan), (0.2, ROUNDING)),
        ("pounds_per_child", "0", (math.nan, math.nan), (2.0, ROUNDING)),
        # whole numbers are what they are
        ("count", "0", (math.nan, math.nan), (0.0, ROUNDING)),
        ("percent", "1", (0.3, 0.4), (0.979982, CHANCE)),
        ("percent", "1", (0.03, 0.04), (0.2, ROUNDING)),
    ],
)
def test_what_rounding_and_chance_may_make_of_a_gap(
    unit: str, decimals: str, errors: tuple[float, float], doubt: tuple[float, str]
) -> None:
    stretch = Stretch(pd.DataFrame({"gap_error": errors}), ("Elm", "Ash"), ())
    size, why = stretch.doubt(indicator(unit=unit, decimals=decimals))
    assert (pytest.approx(size), why) == doubt


def test_where_no_two_periods_have_enough_nothing_is_compared(london: London) -> None:
    table = london.observations
    early = (table["indicator_id"] == ASQ) & (table["period"] > "2018/19")
    found = over_time(
        dataclasses.replace(
            london,
            observations=table[~early],
            periods=london.periods | {ASQ: [period for period in london.periods[ASQ] if period <= "2018/19"]},
        ),
        ASQ,
        "2022",
        None,
    )
    assert found.told is None
    assert list(found.rows["period"]) == ["2018/19"]
