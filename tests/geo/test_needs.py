"""How many more it would take, worked by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import needs
from geo.join import LONDON, London, place_table, value_of
from geo.lottery import compared
from pages.components.needs_view import sentence


def boroughs(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    """Rows from (name, ICS, numerator, denominator), in per cent."""
    table = pd.DataFrame(rows, columns=["area_name", "ics_name", "numerator", "denominator"])
    return table.assign(area_code=table["area_name"], value=table["numerator"] / table["denominator"] * 100)


THREE = boroughs(("Camden", "NCL", 70, 100), ("Barnet", "NCL", 159, 200), ("Bexley", "SEL", 90, 100))


def test_more_is_what_is_missing_to_the_target_rounded_up() -> None:
    # 80 of 100 and 160 of 200
    found = needs.needed(THREE, 80, 100)
    assert list(found["area_name"]) == ["Camden", "Barnet"]
    assert list(found["more"]) == [10, 1]
    # 80.1 of 100 and 160.2 of 200 cannot be had: 81 and 161
    assert list(needs.needed(THREE, 80.1, 100)["more"]) == [11, 2]


def test_who_stands_at_the_target_needs_nothing() -> None:
    assert "Barnet" not in set(needs.needed(THREE, 79.5, 100)["area_name"])
    thirds = boroughs(("Camden", "NCL", 1, 3))
    assert needs.needed(thirds, 100 / 3, 100).empty


def test_what_an_ics_needs_is_the_sum_of_its_boroughs() -> None:
    found = needs.by_ics(needs.needed(THREE, 95, 100))
    assert found.to_dict("records") == [
        {"ics_name": "NCL", "boroughs": 2, "more": 25 + 31},
        {"ics_name": "SEL", "boroughs": 1, "more": 5},
    ]


def test_the_top_quarter_is_a_value_that_somebody_has() -> None:
    values = pd.DataFrame({"value": [1.0, 2, 3, 4, 5, 6, 7, 8]})
    assert needs.top_quarter(values) == 7


@given(
    # as finely as a target can be chosen
    st.integers(0, 10_000).map(lambda hundredths: hundredths / 100),
    st.lists(st.tuples(st.integers(0, 500), st.integers(500, 900)), min_size=1, max_size=9),
)
def test_with_what_is_needed_the_target_is_reached_and_with_one_less_it_is_not(
    target: float, counts: list[tuple[int, int]]
) -> None:
    rows = boroughs(*((f"B{place}", "NCL", x, n) for place, (x, n) in enumerate(counts)))
    found = needs.needed(rows, target, 100).merge(rows[["area_code", "numerator"]], on="area_code")
    reached = (found["numerator"] + found["more"]) / found["denominator"] * 100
    short = (found["numerator"] + found["more"] - 1) / found["denominator"] * 100
    assert (reached >= target - 1e-6).all()
    assert (short < target).all()
    assert set(rows["area_code"]) - set(found["area_code"]) == set(
        rows.loc[rows["value"] >= target - 1e-6, "area_code"]
    )


@pytest.mark.parametrize(
    ("indicator", "can"),
    [
        ("centres_per_10k_0_4", True),
        ("gld_2013_2019", True),
        ("gld_2022_on", False),  # without counts
        ("designated_centres", False),  # a count of its own
        ("early_years_spend_per_child_0_4", False),  # money
        ("low_income_under_16_pct", False),  # the lower the better
    ],
)
def test_only_what_can_be_counted_and_raised_has_a_need(indicator: str, can: bool, london: London) -> None:
    rows = compared(place_table(london, indicator, london.periods[indicator][0], "2022"), None)
    assert needs.can_be_closed(rows, london.catalogue.indicators[indicator], london.catalogue) is can


def test_the_need_for_centres_is_said_in_a_sentence(london: London) -> None:
    indicator = london.catalogue.indicators["centres_per_10k_0_4"]
    table = place_table(london, "centres_per_10k_0_4", "2026-08-19", "2022")
    target = value_of(table, LONDON)
    found = needs.needed(compared(table, None), target, indicator.multiplier)
    # Harrow: 16,419 children at 5.974 for every 10,000 are 9.8 centres; it has 2
    assert dict(zip(found["area_name"], found["more"], strict=True))["Harrow"] == 8
    assert sentence(found, target, indicator, london.catalogue) == (
        "To reach 6.0, 16 boroughs would need 76 more centres in all, Croydon and Harrow the most (8 each)."
    )
    one = found[found["area_name"] == "Harrow"].assign(more=1)
    assert (
        sentence(one, target, indicator, london.catalogue) == "To reach 6.0, Harrow would need 1 more centre."
    )
    assert sentence(found.iloc[:0], 1.0, indicator, london.catalogue) == "Every borough has 1.0 or more."
