"""How far apart places are: worked by hand, against a slow oracle, and by what must always hold."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from geo.measures.between_within import regrouped, theil
from geo.measures.funnel import limits, outside, overdispersion, wider_limits
from geo.measures.gradient import gradient
from geo.measures.ranks import rank_interval
from geo.measures.variation import beyond_chance, gini, systematic_variation, weighted_cv

# two places: 10 of 20 and 90 of 100; together 100 of 120
X, N = [10, 90], [20, 100]

PLACES = st.lists(st.tuples(st.integers(1, 400), st.integers(401, 5_000)), min_size=3, max_size=12)
GROUPED = st.lists(
    st.tuples(st.floats(0.01, 100), st.integers(1, 5_000), st.sampled_from("abc")), min_size=4, max_size=12
)


def test_the_weighted_coefficient_of_variation() -> None:
    # P = 5/6; squares (1/3)^2 and (1/15)^2 with weights 1/6 and 5/6: variance 1/54 + 1/270 = 1/45
    assert weighted_cv(X, N) == pytest.approx(math.sqrt(1 / 45) / (5 / 6))


def test_spread_beyond_chance_of_a_proportion() -> None:
    # E = 16.667 and 83.333, V = E / 6: Q = 44.444 / 2.7778 + 44.444 / 13.889 = 16 + 3.2
    found = beyond_chance(X, N, proportion=True)
    assert found.q == pytest.approx(19.2)
    assert found.degrees == 1
    assert found.share == pytest.approx(18.2 / 19.2)
    assert found.p == pytest.approx(math.erfc(math.sqrt(19.2 / 2)))  # chi-square with one degree of freedom


def test_spread_beyond_chance_of_a_rate() -> None:
    # Q = 44.444 / 16.667 + 44.444 / 83.333 = 2.6667 + 0.5333
    assert beyond_chance(X, N, proportion=False).q == pytest.approx(3.2)


def test_the_systematic_component_of_variation() -> None:
    # ((10 - 16.667) / 16.667)^2 - 1 / 16.667 = 0.16 - 0.06; (0.08)^2 - 0.012 = -0.0056: mean 0.0472
    assert systematic_variation(X, N) == pytest.approx(4.72)


def test_places_of_one_rate_do_not_differ() -> None:
    found = beyond_chance([1, 2, 3], [10, 20, 30], proportion=True)
    assert (found.q, found.share) == (0, 0)
    assert found.p == 1
    assert weighted_cv([1, 2, 3], [10, 20, 30]) == 0
    assert systematic_variation([1, 2, 3], [10, 20, 30]) == 0
    assert gini([5, 5], [1, 9]) == pytest.approx(0)


def test_the_gini_coefficient_of_four_people() -> None:
    # one has all there is: 3/4
    assert gini([0, 0, 0, 8], [1, 1, 1, 1]) == pytest.approx(0.75)
    assert gini([0, 8], [3, 1]) == pytest.approx(0.75)


@given(PLACES)
def test_the_gini_coefficient_agrees_with_all_pairs(places: list[tuple[int, int]]) -> None:
    values, weights = zip(*places, strict=True)
    people = sum(weights)
    mean = sum(v * w for v, w in places) / people
    pairs = sum(v * w * abs(a - b) for (a, v), (b, w) in itertools.product(places, places)) / people**2
    assert gini(values, weights) == pytest.approx(pairs / 2 / mean)


@given(PLACES, st.randoms(use_true_random=False), st.floats(0.1, 10))
def test_order_and_unit_do_not_matter(places: list[tuple[int, int]], random: object, unit: float) -> None:
    mixed = random.sample(places, len(places))  # type: ignore[attr-defined]
    for measure in (weighted_cv, gini, systematic_variation, overdispersion):
        assert measure(*zip(*mixed, strict=True)) == pytest.approx(
            measure(*zip(*places, strict=True)), abs=1e-9
        )
    values, weights = zip(*places, strict=True)
    assert gini(np.multiply(values, unit), weights) == pytest.approx(gini(values, weights))
    assert gini(values, np.multiply(weights, unit)) == pytest.approx(gini(values, weights))


def test_theil_s_measure_is_split_by_hand() -> None:
    # two groups of two, means 2 and 6, mean of all 4; y / m = 0.25, 0.75, 1.25, 1.75
    found = theil([1, 3, 5, 7], [1, 1, 1, 1], ["a", "a", "b", "b"])
    whole = sum(r * math.log(r) for r in (0.25, 0.75, 1.25, 1.75)) / 4
    between = (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2
    assert found.total == pytest.approx(whole)
    assert found.between == pytest.approx(between / whole)


@given(GROUPED)
def test_between_plus_within_is_the_whole(places: list[tuple[float, int, str]]) -> None:
    values, weights, groups = zip(*places, strict=True)
    found = theil(values, weights, groups)
    mean = np.average(values, weights=weights)
    within = 0.0
    for group in set(groups):
        members = [(v, w) for v, w, g in places if g == group]
        of_group = np.average([v for v, _ in members], weights=[w for _, w in members])
        share = sum(w for _, w in members) / sum(weights) * of_group / mean
        of_values, of_weights = zip(*members, strict=True)
        within += share * theil(of_values, of_weights, ["x"] * len(members)).total
    assert found.total * (1 - found.between) == pytest.approx(within, abs=1e-9)


def test_a_value_of_nothing_adds_nothing() -> None:
    assert theil([0, 4], [1, 1], ["a", "b"]).total == pytest.approx(math.log(2))
    assert theil([4, 4], [1, 1], ["a", "b"]) == (0, 0)


def test_groups_that_explain_everything_are_rarely_drawn() -> None:
    # 2 x 4! x 4! of the 8! orders keep the groups apart: 1 in 35
    found = regrouped([1, 1, 1, 1, 9, 9, 9, 9], [1] * 8, list("aaaabbbb"))
    assert found.eta_squared == 1
    assert found.p == pytest.approx(1 / 35, abs=0.005)


def test_groups_that_explain_nothing_are_what_chance_gives() -> None:
    found = regrouped([1, 9, 1, 9], [1] * 4, list("aabb"))
    assert found.eta_squared == pytest.approx(0)
    assert found.p == 1


@given(GROUPED, st.randoms(use_true_random=False))
def test_the_order_of_places_does_not_matter_for_chance(
    places: list[tuple[float, int, str]], random: object
) -> None:
    mixed = random.sample(places, len(places))  # type: ignore[attr-defined]
    first, second = (regrouped(*zip(*each, strict=True)) for each in (places, mixed))
    assert first.eta_squared == pytest.approx(second.eta_squared)
    assert first.p == pytest.approx(second.p, abs=0.02)


def test_a_gradient_is_a_line_over_ridits() -> None:
    # three places of equal size: ridits 1/6, 1/2, 5/6; values on the line 10 + 12 r
    found = gradient([12, 16, 20.0001], [5, 5, 5], [1, 2, 3])
    assert found.slope.value == pytest.approx(12, abs=0.001)
    assert found.relative is not None
    assert found.relative.value == pytest.approx(22 / 10, abs=0.001)
    assert found.slope.lower < 12 < found.slope.upper


def test_without_a_gradient_the_interval_holds_nothing_and_one() -> None:
    found = gradient([5, 6, 5, 6, 5], [1, 1, 1, 1, 1], [1, 2, 3, 4, 5])
    assert found.slope.value == pytest.approx(0)
    assert found.slope.lower < 0 < found.slope.upper
    assert found.relative is not None
    assert found.relative.lower < 1 < found.relative.upper


def test_a_line_that_may_begin_at_nothing_has_no_ratio_of_its_ends() -> None:
    assert gradient([0, 3, 1, 9], [1, 1, 1, 1], [1, 2, 3, 4]).relative is None


def test_places_of_one_deprivation_share_a_place_on_the_line() -> None:
    first = gradient([1, 5, 9, 9], [1, 1, 1, 1], [1, 2, 2, 3])
    second = gradient([1, 5, 9, 9], [1, 1, 1, 1], [10, 20, 20, 21])
    assert first.slope.value == pytest.approx(second.slope.value)


def test_places_far_apart_have_sure_ranks_and_places_alike_have_not() -> None:
    found = rank_interval([900, 500, 510, 100], [1000] * 4)
    assert list(found["best"]) == [1, 2, 2, 4]
    assert list(found["worst"]) == [1, 3, 3, 4]


@given(PLACES)
def test_every_rank_is_possible_and_holds_the_likely_one(places: list[tuple[int, int]]) -> None:
    counts, eligible = zip(*places, strict=True)
    found = rank_interval(counts, eligible)
    assert (found["best"] >= 1).all()
    assert (found["worst"] <= len(places)).all()
    assert (found["best"] <= found["worst"]).all()


def test_limits_hold_95_and_99_8_per_cent() -> None:
    # of 100 at one half, 40 to 60 come up in 96.5 % of draws, 41 to 59 in 94.3 %
    found = limits([100], 0.5).iloc[0]
    assert 0.39 < found["lower_95"] < 0.41
    assert 0.59 < found["upper_95"] < 0.61
    assert found["lower_998"] < found["lower_95"] < found["upper_95"] < found["upper_998"]


def test_wider_limits_grow_with_the_root_of_the_factor() -> None:
    plain, wide = (wider_limits([400], 0.5, factor).iloc[0] for factor in (1, 4))
    assert plain["upper_95"] - 0.5 == pytest.approx(1.96 * 0.025, abs=1e-4)
    assert wide["upper_95"] - 0.5 == pytest.approx(2 * 1.96 * 0.025, abs=1e-4)


def test_who_lies_outside_the_limits_of_all_is_found_whoever_is_shown() -> None:
    # nine boroughs at 49 to 51 per cent of 1,000, and one at 60: limits 0.5 ± 3.09 sqrt(0.25 / 1000) = 0.049
    seen = [490, 495, 500, 505, 510, 490, 500, 505, 510, 600]
    everywhere = pd.DataFrame({"numerator": seen, "denominator": 1000})
    found = outside(everywhere.iloc[-2:], everywhere)
    assert list(found["chance"]) == [False, True]
    assert list(found["usual"]) == [False, True]
    # among places that all differ widely, the usual spread holds what chance does not
    wide = pd.DataFrame({"numerator": [400, 600] * 6, "denominator": 1000})
    assert outside(wide, wide)["chance"].all()
    assert not outside(wide, wide)["usual"].any()


def test_chance_alone_is_not_overdispersed() -> None:
    draws = np.random.default_rng(1).binomial(1000, 0.8, 400)
    assert overdispersion(draws, [1000] * 400) == 1.0
    assert overdispersion([500, 900, 700, 800, 600, 750], [1000] * 6) > 50
