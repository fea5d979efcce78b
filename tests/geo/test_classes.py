"""Classes of the map: what each method does, and what all of them hold."""

import itertools
import math

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from geo.measures.classes import METHODS, MOST_CLASSES, MOST_EACH_WAY, classify, classify_about_zero

GAP = float("nan")


def classes(values: list[float], method: str, small: list[int] | None = None) -> list[int | None]:
    """The class of each value, None for a gap; `small` has the positions of small areas."""
    is_small = pd.Series([place in (small or []) for place in range(len(values))], dtype=bool)
    found = classify(pd.Series(values, dtype=float), method, is_small)
    return [None if pd.isna(number) else int(number) for number in found]


def test_ten_values_make_five_classes_of_two() -> None:
    values = [30.0, 10, 20, 60, 50, 40, 90, 80, 70, 100]
    assert classes(values, "quantile") == [1, 0, 0, 2, 2, 1, 4, 3, 3, 4]


def test_boroughs_with_the_same_value_have_the_same_colour() -> None:
    # four different values make four classes of two and a half; none may cut through the seven zeros
    assert classes([0.0] * 7 + [1, 2, 3], "quantile") == [0] * 7 + [1, 2, 2]


def test_equal_steps_are_equally_wide() -> None:
    # 0 to 100 in steps of 20; an upper bound belongs to its class
    assert classes([0.0, 20, 21, 60, 61, 81, 100], "equal") == [0, 0, 1, 2, 3, 4, 4]


def test_classes_into_which_nothing_falls_are_closed_up() -> None:
    assert classes([0.0, 1, 2, 3, 100], "equal") == [0, 0, 0, 0, 1]


def test_natural_breaks_find_the_clumps() -> None:
    values = [1.0, 2, 11, 12, 21, 22, 31, 32, 41, 42]
    assert classes(values, "natural") == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.parametrize("method", METHODS)
def test_a_small_area_does_not_set_the_bounds(method: str) -> None:
    values = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    with_city = classes([*values, 4000.0], method, small=[10])
    assert with_city[:-1] == classes(values, method)
    assert with_city[-1] == max(number for number in with_city if number is not None)
    assert classes([*values, -4000.0], method, small=[10])[-1] == 0


@pytest.mark.parametrize("method", METHODS)
def test_a_missing_value_has_no_class(method: str) -> None:
    assert classes([1.0, GAP, 2], method) == [0, None, 1]
    assert classes([GAP, GAP], method) == [None, None]
    assert classes([], method) == []


@pytest.mark.parametrize("method", METHODS)
def test_one_value_for_all_makes_one_class(method: str) -> None:
    assert classes([7.0] * 33, method) == [0] * 33


@pytest.mark.parametrize("method", METHODS)
def test_when_only_the_small_area_is_known_it_still_has_a_class(method: str) -> None:
    assert classes([GAP, 7.0], method, small=[1]) == [None, 0]


TENTHS = st.integers(-10_000, 10_000).map(lambda tenths: tenths / 10)
AREAS = st.lists(st.tuples(st.one_of(st.just(GAP), TENTHS), st.booleans()), max_size=33)


@pytest.mark.parametrize("method", METHODS)
@given(areas=AREAS)
def test_classes_rise_with_the_value_and_run_without_gaps(
    method: str, areas: list[tuple[float, bool]]
) -> None:
    values = [value for value, _ in areas]
    found = classes(values, method, [place for place, (_, small) in enumerate(areas) if small])
    known = [(value, number) for value, number in zip(values, found, strict=True) if not math.isnan(value)]
    assert [number is None for number in found] == [math.isnan(value) for value in values]
    numbers = {number for _, number in known if number is not None}
    assert numbers == set(range(len(numbers)))
    assert len(numbers) <= MOST_CLASSES
    for (low, first), (high, second) in itertools.combinations(known, 2):
        assert first is not None
        assert second is not None
        if low == high:
            assert first == second
        else:
            assert (first <= second) == (low < high) or first == second


def about_zero(values: list[float], method: str, small: list[int] | None = None) -> list[int | None]:
    """The same by the side of zero on which each value lies."""
    is_small = pd.Series([place in (small or []) for place in range(len(values))], dtype=bool)
    found = classify_about_zero(pd.Series(values, dtype=float), method, is_small)
    return [None if pd.isna(number) else int(number) for number in found]


def test_a_fall_and_a_rise_of_one_size_are_classed_alike_and_zero_by_itself() -> None:
    assert about_zero([-9.0, -6, -3, 0, 3, 6, 9, GAP], "quantile") == [-3, -2, -1, 0, 1, 2, 3, None]
    # thirds of the sizes 1, 2, 8, 9, 10, 18, whichever side most of them are on
    assert about_zero([-18.0, -10, -9, -8, 2, 1], "quantile") == [-3, -3, -2, -2, 1, 1]
    assert about_zero([-90.0, -31, 0, 30], "equal") == [-2, -1, 0, 1]


def test_a_small_area_sets_no_bounds_about_zero() -> None:
    assert about_zero([-3.0, -2, -1, 0, -500], "quantile", small=[4]) == [-3, -2, -1, 0, -3]


@given(st.lists(st.integers(-30, 30), min_size=1), st.sampled_from(sorted(METHODS)))
def test_the_side_and_the_order_of_values_are_those_of_their_classes(values: list[int], method: str) -> None:
    found = about_zero([float(value) for value in values], method)
    known = [number for number in found if number is not None]
    for value, number in zip(values, known, strict=True):
        assert abs(number) <= MOST_EACH_WAY
        assert ((number > 0) - (number < 0)) == ((value > 0) - (value < 0))
    in_order = [number for _, number in sorted(zip(values, known, strict=True))]
    assert in_order == sorted(in_order)
