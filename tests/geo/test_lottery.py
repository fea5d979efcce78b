"""The measures of the lottery on the embedded figures: what is given, what is not and why."""

import pytest

from geo.join import London
from geo.lottery import Lottery, lottery

CENTRES, SCHOOL = "centres_per_10k_0_4", "gld_2013_2019"


def find(london: London, indicator: str, period: str | None = None, scope: str | None = None) -> Lottery:
    found = lottery(london, indicator, period or london.periods[indicator][0], "2022", scope)
    assert found is not None
    return found


def test_the_gap_is_between_the_highest_and_the_lowest_borough(london: London) -> None:
    found = find(london, CENTRES)
    assert (found.highest, found.lowest) == (("Lambeth",), ("Harrow",))
    # 23 centres for 14,555 children, 2 for 16,419
    assert found.gap == pytest.approx((23 / 14_555 - 2 / 16_419) * 10_000)
    assert found.ratio == pytest.approx(23 / 14_555 / (2 / 16_419))
    assert found.places == 32  # without the City of London
    assert found.missing == {}


def test_boroughs_of_one_value_are_all_named(london: London) -> None:
    assert find(london, "designated_centres").lowest == ("Harrow", "Merton")


def test_those_who_are_missed_are_compared_where_most_are_reached(london: London) -> None:
    found = find(london, "asq3_at_2_to_2_5_years", "2023/24")
    assert found.ratio_missed == pytest.approx((100 - 58.90196) / (100 - 99.21671))
    assert found.ratio is not None
    assert found.ratio < 2 < 50 < (found.ratio_missed or 0)


def test_poverty_has_no_missed(london: London) -> None:
    assert find(london, "low_income_under_16_pct").ratio_missed is None


REASONS = [
    ("designated_centres", None, {"ratio", "cv", "excess", "gini", "theil", "gradient"}, "larger boroughs"),
    (
        "change_designated_since_2010",
        None,
        {"ratio", "cv", "excess", "gini", "theil", "gradient"},
        "above and below",
    ),
    ("gld_2022_on", None, {"cv", "excess"}, "without the counts"),
    ("early_years_spend_per_child_0_4", None, {"excess"}, "money is not counted"),
    (CENTRES, "NEL", {"cv", "excess", "gini", "gradient"}, "fewer than 10 boroughs"),
    ("imd_2025", None, {"gradient"}, "the index itself"),
    ("low_income_under_16_pct", None, {"ratio_missed"}, "the fewer the better"),
    ("funded_2yo_pct", None, {"ratio_missed"}, "can be above 100"),
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
    assert found.chance is not None
    assert found.gradient is not None
    assert 0 <= found.theil.between <= 1
    assert 0 <= found.chance.eta_squared <= 1
    assert 0 < found.chance.p <= 1
    assert found.gradient.slope.lower < found.gradient.slope.value < found.gradient.slope.upper
