"""Percentages with their limits tell the counts behind them, and London's value, or nothing is said."""

import pytest
from hypothesis import given, strategies as st

from data_loaders.counts import Counts, Published, possible_counts, together
from geo.tables.london import LONDON, London, place_table
from tests.builders import FIGURES, read_csv

Z = 1.959963984540054


def printed(with_it: int, of: int, decimals: int) -> Published:
    """A percentage and its Wilson limits, in the plainest way."""
    share = with_it / of
    root = (share * (1 - share) / of + Z * Z / (4 * of * of)) ** 0.5
    low, high = ((share + Z * Z / (2 * of) + sign * Z * root) / (1 + Z * Z / of) for sign in (-1, 1))
    return Published(*(round(100 * part, decimals) for part in (share, low, high)))


@given(st.data())
def test_the_counts_that_were_printed_are_always_among_the_possible(data: st.DataObject) -> None:
    of = data.draw(st.integers(1, 6000))
    with_it = data.draw(st.integers(0, of))
    decimals = data.draw(st.integers(2, 4))
    assert Counts(with_it, of) in possible_counts(printed(with_it, of, decimals), decimals)


def test_few_decimals_leave_several_counts_and_then_nothing_is_said_of_the_whole() -> None:
    places = [printed(600, 1000, 1), printed(30, 100, 1)]
    assert len(possible_counts(places[0], 1)) > 10
    assert together(places, 1) is None
    assert together([printed(600, 1000, 4), printed(30, 100, 4)]) == round(100 * 630 / 1100, 4)


def test_limits_that_no_counts_give_tell_nothing() -> None:
    assert possible_counts(Published(60.0, 10.0, 90.0)) == []
    assert together([printed(600, 1000, 4), Published(60.0, 10.0, 90.0)]) is None


@pytest.mark.parametrize(
    ("table", "measure", "indicator", "period", "boroughs", "shown"),
    [
        ("gld_2025_limits", "gld_2022_on", "gld_2022_on", "2025", 33, 70.7),
        (
            "child_development_at_2_to_2_5_years",
            "good_level_of_development_at_2_to_2_5",
            "child_development_good_level",
            "2024/25",
            27,
            79.2,
        ),
    ],
)
def test_londons_value_follows_from_its_boroughs_whichever_counts_are_taken(
    table: str, measure: str, indicator: str, period: str, boroughs: int, shown: float, london: London
) -> None:
    rows = [
        row
        for row in read_csv(FIGURES / f"{table}.csv")
        if (row["measure"], row["period"]) == (measure, "2024/25") and row["value"]
    ]
    found = [
        possible_counts(Published(*(float(row[name]) for name in ("value", "lower_95", "upper_95"))))
        for row in rows
    ]
    # no other whole counts give these three numbers
    assert [len(counts) for counts in found] == [1] * boroughs
    whole = 100 * sum(c[0].with_it for c in found) / sum(c[0].of for c in found)
    places = place_table(london, indicator, period, "2022").set_index("area_code")
    assert places.at[LONDON, "value"] == pytest.approx(whole, abs=0.00005)
    assert round(places.at[LONDON, "value"], 1) == shown
    assert places.at[LONDON, "status"] == "derived"
    assert "worked out here from the boroughs' published percentages" in places.at[LONDON, "note"]
    # what was worked with is not given out as published
    assert places[["numerator", "denominator"]].isna().all(axis=None)
