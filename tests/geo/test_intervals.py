"""Intervals against published and hand-worked numbers."""

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from geo.measures.intervals import compare, wilson_95


def interval(numerator: float, denominator: float) -> tuple[float, float]:
    bounds = wilson_95(pd.Series([numerator]), pd.Series([denominator]))
    return float(bounds["lower"].iloc[0]), float(bounds["upper"].iloc[0])


@pytest.mark.parametrize(
    ("numerator", "denominator", "lower", "upper"),
    [
        # Newcombe RG (1998), Statistics in Medicine 17, 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # the mirror image of 0 of 20
        (20, 20, 0.8389, 1.0000),
    ],
)
def test_a_wilson_interval_is_the_published_one(
    numerator: int, denominator: int, lower: float, upper: float
) -> None:
    assert interval(numerator, denominator) == pytest.approx((lower, upper), abs=0.00005)


def test_there_is_no_interval_when_nobody_is_eligible_or_a_count_is_missing() -> None:
    bounds = wilson_95(pd.Series([0, float("nan"), 3]), pd.Series([0, 20, float("nan")]))
    assert bounds.isna().all(axis=None)


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_proportion_and_its_mirror_image(counts: tuple[int, int]) -> None:
    seen, eligible = counts
    lower, upper = interval(seen, eligible)
    assert 0 <= lower <= seen / eligible + 1e-12
    assert seen / eligible - 1e-12 <= upper <= 1
    assert interval(eligible - seen, eligible) == pytest.approx((1 - upper, 1 - lower), abs=1e-9)


@pytest.mark.parametrize(
    ("lower", "upper", "more_is_better", "less_is_better"),
    [
        (51, 60, "better", "worse"),
        (40, 49, "worse", "better"),
        (45, 55, "similar", "similar"),
        # an interval that ends on the benchmark does not leave it out
        (50, 60, "similar", "similar"),
        (40, 50, "similar", "similar"),
    ],
)
def test_better_or_worse_follows_from_the_interval_and_the_direction(
    lower: float, upper: float, more_is_better: str, less_is_better: str
) -> None:
    direction = pd.Series([1, -1, 0])
    bounds = pd.DataFrame({"lower": [lower] * 3, "upper": [upper] * 3, "benchmark": [50] * 3})
    verdicts = compare(bounds["lower"], bounds["upper"], bounds["benchmark"], direction)
    assert list(verdicts) == [more_is_better, less_is_better, "not_compared"]


def test_nothing_is_compared_without_an_interval_or_a_benchmark() -> None:
    gap = float("nan")
    verdicts = compare(
        pd.Series([gap, 40.0, 60.0]),
        pd.Series([45.0, gap, 70.0]),
        pd.Series([50.0, 50.0, gap]),
        pd.Series([1] * 3),
    )
    assert list(verdicts) == ["not_compared"] * 3
