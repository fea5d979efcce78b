"""The measures of the lottery on the embedded figures: what is given, what is not and why."""

import numpy as np
import pytest

from data_loaders.store import SNAPSHOT
from geo.lottery.compared import extremes
from geo.lottery.one_period import Lottery, lottery
from geo.lottery.over_time import over_time
from geo.tables.london import London
from tests.builders import place_rows, read_csv

CENTRES, SCHOOL, CHANGE = "centres_per_10k_0_4", "gld_2013_2019", "change_designated_since_2010"


def find(london: London, indicator: str, period: str | None = None, scope: str | None = None) -> Lottery:
    found = lottery(london, indicator, period or london.periods[indicator][0], "2022", scope)
    assert found is not None
    return found


def test_the_gap_is_between_the_highest_and_the_lowest_borough(london: London) -> None:
    found = find(london, CENTRES)
    assert (found.highest, found.lowest) == (("Lambeth",), ("Harrow",))
    # 23 centres for 14,555 children, 2 for 16,419
    assert found.gap == pytest.approx((23 / 14_555 - 2 / 16_419) * 10_000)
    # of the values as they are shown: whoever divides 15.8 by 1.2 finds the same
    assert found.ratio == pytest.approx(15.8 / 1.2)
    assert found.places == 32  # without the City of London
    assert found.missing == {}


def test_boroughs_that_are_shown_with_one_value_are_all_named(london: London) -> None:
    # 1.04 and 0.96 are both 1.0 to whoever reads them
    rows = place_rows({"Ash": 1.04, "Birch": 0.96, "Elm": 3.149, "Fir": 3.051}).head(4)
    found = extremes(rows, london.catalogue.indicators[CENTRES])
    assert (found.lowest, found.highest) == (("Ash", "Birch"), ("Elm", "Fir"))
    whole = extremes(rows, london.catalogue.indicators["early_years_spend_per_child_0_4"])
    assert (whole.lowest, whole.highest) == (("Ash", "Birch"), ("Elm", "Fir"))


TOTALS = [row["indicator_id"] for row in read_csv(SNAPSHOT / "indicators.csv") if row["kind"] == "total"]


@pytest.mark.parametrize("indicator", TOTALS)
@pytest.mark.parametrize("scope", [None, "NEL"])
def test_a_total_is_no_lottery(indicator: str, scope: str | None, london: London) -> None:
    for period in london.periods[indicator]:
        assert lottery(london, indicator, period, "2022", scope) is None
    assert over_time(london, indicator, "2022", scope).stretches == ()


def test_a_change_of_a_count_has_its_ends_and_no_measures(london: London) -> None:
    found = find(london, CHANGE)
    assert (found.lowest, found.smallest) == (("Croydon",), -18)
    measures = ("ratio", "ratio_missed", "cv", "excess", "systematic", "gini", "theil", "chance", "gradient")
    assert [name for name in measures if getattr(found, name) is not None] == []
    assert over_time(london, CHANGE, "2022", None).stretches == ()


# what is decided, what a place is like, what people think
WITHOUT_CHANCE = [
    row["indicator_id"]
    for row in read_csv(SNAPSHOT / "indicators.csv")
    if row["kind"] not in {"coverage", "outcome", "way_of_working"}
]


@pytest.mark.parametrize("indicator", WITHOUT_CHANCE)
def test_chance_is_not_spoken_of_where_nothing_is_left_to_it(indicator: str, london: London) -> None:
    for period in london.periods[indicator]:
        found = lottery(london, indicator, period, "2022", None)
        if found is None:
            continue
        assert (found.excess, found.systematic, found.chance) == (None, None, None)
        assert not {"excess", "systematic", "chance"} & set(found.missing)
        if found.gradient:
            ends = [*found.gradient.slope[1:], *(found.gradient.relative or (0, np.nan, np.nan))[1:]]
            assert np.isnan(ends).all()


def test_a_gradient_with_what_measures_the_same_is_not_given(london: London) -> None:
    for indicator in ("low_income_under_16_pct", "idaci_2019"):
        found = find(london, indicator)
        assert found.gradient is None
        assert found.missing["gradient"].startswith("it is made of much the same as the index")


def test_those_who_are_missed_are_compared_where_most_are_reached(london: London) -> None:
    found = find(london, "asq3_at_2_to_2_5_years", "2023/24")
    # 41.1 of a hundred in Newham and 0.8 in Tower Hamlets, as they are shown
    assert found.ratio_missed == pytest.approx(41.1 / 0.8)
    assert found.ratio is not None
    assert found.ratio < 2 < 50 < (found.ratio_missed or 0)


def test_poverty_has_no_missed(london: London) -> None:
    assert find(london, "low_income_under_16_pct").ratio_missed is None


REASONS = [
    ("gld_2022_on", None, {"cv", "excess"}, "without the counts"),
    (CENTRES, "NEL", {"cv", "gini", "gradient"}, "fewer than 10 boroughs"),
    (SCHOOL, "NEL", {"cv", "excess", "gini", "gradient"}, "fewer than 10 boroughs"),
    ("imd_2025", None, {"gradient"}, "the index itself"),
    ("low_income_under_16_pct", None, {"gradient"}, "much the same as the index"),
]


@pytest.mark.parametrize(("indicator", "scope", "measures", "reason"), REASONS)
def test_what_the_figures_do_not_carry_is_not_given(
    indicator: str, scope: str | None, measures: set[str], reason: str, london: London
) -> None:
    found = find(london, indicator, scope=scope)
    assert {name for name, said in found.missing.items() if reason in said} == measures
    assert all(getattr(found, name) is None for name in found.missing)


def test_within_one_ics_nothing_lies_between_icss(london: London) -> None:
    assert find(london, CENTRES, scope="NEL").missing["theil"] == "only one ICS is looked at"


@pytest.mark.parametrize("indicator", ["family_hubs_programme", "new_birth_visit_14_days"])
def test_without_figures_by_borough_there_is_no_lottery(indicator: str, london: London) -> None:
    assert lottery(london, indicator, london.periods[indicator][0], "2022", None) is None


@pytest.mark.parametrize("indicator", [CENTRES, SCHOOL, "funded_2yo_pct", "asq3_at_2_to_2_5_years"])
def test_the_measures_agree_with_each_other(indicator: str, london: London) -> None:
    found = find(london, indicator)
    assert found.gap == found.largest - found.smallest > 0
    assert found.theil is not None
    assert found.gradient is not None
    assert 0 <= found.theil.between <= 1
    if indicator == CENTRES:
        assert found.chance is None
        return
    assert found.chance is not None
    assert 0 <= found.chance.eta_squared <= 1
    assert 0 < found.chance.p <= 1
    assert found.gradient.slope.lower < found.gradient.slope.value < found.gradient.slope.upper
