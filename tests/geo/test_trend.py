"""The five-point test: worked by hand, against an oracle of single children, and on the embedded figures."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from scipy.stats import chi2

from geo.places.trend import CRITICAL, five_point, trends
from geo.tables.london import London

YEARS = [2015, 2016, 2017, 2018, 2019]


def test_the_limit_is_what_chance_exceeds_in_two_of_a_thousand_cases() -> None:
    assert pytest.approx(chi2.isf(0.002, 1), abs=5e-5) == CRITICAL


@pytest.mark.parametrize(
    ("counts", "square", "direction"),
    [
        # P = 0.3, sum t (x - n P) = 100, P (1 - P) sum n t^2 = 210
        ([10, 20, 30, 40, 50], 100**2 / 210, 1),
        ([50, 40, 30, 20, 10], 100**2 / 210, -1),
        ([30, 30, 30, 30, 30], 0, 0),
        # sum t x = -60 - 31 + 29 + 62
        ([30, 31, 30, 29, 31], 0, 0),
        # P = 0.354, sum t x = -60 - 32 + 38 + 84: a rise that chance may well give
        ([30, 32, 35, 38, 42], 30**2 / (0.354 * 0.646 * 1000), 0),
    ],
)
def test_trends_worked_by_hand(counts: list[int], square: float, direction: int) -> None:
    found = five_point([counts], [[100] * 5], YEARS)
    assert found["chi_square"].item() == pytest.approx(square)
    assert found["direction"].item() == direction


def test_a_trend_that_hangs_on_one_year_is_none() -> None:
    found = five_point([[10, 10, 10, 10, 60]], [[100] * 5], YEARS)
    assert found["chi_square"].item() > CRITICAL
    assert found["direction"].item() == 0


PLACES = st.lists(
    st.integers(5, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=5, max_size=5
)


@given(PLACES)
def test_chi_square_is_that_of_the_correlation_of_single_children(place: list[tuple[int, int]]) -> None:
    x, n = zip(*place, strict=True)
    seen = np.concatenate([[1] * a + [0] * (b - a) for a, b in place])
    year = np.repeat(YEARS, n)
    (square,) = five_point([x], [n], YEARS)["chi_square"]
    if seen.std() == 0:
        assert square == 0
    else:
        assert square == pytest.approx(len(seen) * np.corrcoef(seen, year)[0, 1] ** 2, abs=1e-9)


@given(PLACES, st.integers(1, 9), st.integers(-9, 9))
def test_the_unit_and_the_beginning_of_time_do_not_matter(
    place: list[tuple[int, int]], unit: int, beginning: int
) -> None:
    x, n = ([given] for given in zip(*place, strict=True))
    there = five_point(x, n, YEARS)
    shifted = five_point(x, n, [unit * year + beginning for year in YEARS])
    assert there["chi_square"].item() == pytest.approx(shifted["chi_square"].item(), abs=1e-9)


@given(PLACES)
def test_those_who_are_missed_go_the_other_way(place: list[tuple[int, int]]) -> None:
    x, n = (np.array([given]) for given in zip(*place, strict=True))
    seen, missed = (five_point(counts, n, YEARS).iloc[0] for counts in (x, n - x))
    assert seen["chi_square"] == pytest.approx(missed["chi_square"], abs=1e-9)
    assert seen["direction"] == -missed["direction"]


def test_school_readiness_rose_to_2019_in_london_and_fell_nowhere(london: London) -> None:
    found = trends(london, "gld_2013_2019")
    assert set(found["since"]) == {"2015"}
    assert set(found["until"]) == {"2019"}
    assert found.at["E12000007", "direction"] == 1
    # Hackney: 67.6, 68.9, 71.2, 70.1, 69.6 per cent
    assert found.at["E09000012", "direction"] == 0
    boroughs = found[found.index.str.startswith("E09")]
    assert len(boroughs) == 33


@pytest.mark.parametrize("indicator", ["asq3_at_2_to_2_5_years", "designated_centres", "gld_2022_on"])
def test_without_a_proportion_with_counts_nothing_is_tested(indicator: str, london: London) -> None:
    assert trends(london, indicator).empty


def test_a_missing_count_leaves_a_place_out() -> None:
    found = five_point(pd.DataFrame([[1, 2, 3, 4, math.nan]]), [[9] * 5], YEARS)
    assert found.isna().all(axis=None)
