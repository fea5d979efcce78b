"""How many more it would take, worked by hand."""

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from geo.lottery import gap_to_target
from geo.lottery.compared import compared
from geo.tables.london import LONDON, London, place_table, value_of
from pages.components.lottery.gap_to_target import sentence
from tests.builders import indicator


def boroughs(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    """Rows from (name, ICS, numerator, denominator), in per cent."""
    table = pd.DataFrame(rows, columns=["area_name", "ics_name", "numerator", "denominator"])
    value = table["numerator"] / table["denominator"] * 100
    return table.assign(area_code=table["area_name"], value=value, status="published", note="")


SHARE = indicator(multiplier="100", decimals="2", aggregation="ratio")
THREE = boroughs(("Camden", "NCL", 70, 100), ("Barnet", "NCL", 159, 200), ("Bexley", "SEL", 90, 100))


def test_more_is_what_is_missing_to_the_target_rounded_up() -> None:
    # 80 of 100 and 160 of 200
    found = gap_to_target.needed(THREE, 80, SHARE)
    assert list(found["area_name"]) == ["Camden", "Barnet"]
    assert list(found["more"]) == [10, 1]
    # 80.1 of 100 and 160.2 of 200 cannot be had: 81 and 161
    assert list(gap_to_target.needed(THREE, 80.1, SHARE)["more"]) == [11, 2]


def test_who_stands_at_the_target_needs_nothing() -> None:
    assert "Barnet" not in set(gap_to_target.needed(THREE, 79.5, SHARE)["area_name"])
    thirds = boroughs(("Camden", "NCL", 1, 3))
    assert gap_to_target.needed(thirds, 100 / 3, SHARE).empty


def test_what_an_ics_needs_is_the_sum_of_its_boroughs() -> None:
    found = gap_to_target.by_ics(gap_to_target.needed(THREE, 95, SHARE))
    assert found.to_dict("records") == [
        {"ics_name": "NCL", "boroughs": 2, "more": 25 + 31},
        {"ics_name": "SEL", "boroughs": 1, "more": 5},
    ]


def test_the_top_quarter_is_a_value_that_somebody_has() -> None:
    values = pd.DataFrame({"value": [1.0, 2, 3, 4, 5, 6, 7, 8]})
    assert gap_to_target.top_quarter(values) == 7


@given(
    # as finely as a target can be chosen
    st.integers(0, 10_000).map(lambda hundredths: hundredths / 100),
    st.lists(st.tuples(st.integers(0, 500), st.integers(500, 900)), min_size=1, max_size=9),
)
def test_with_what_is_needed_the_target_is_reached_and_with_one_less_it_is_not(
    target: float, counts: list[tuple[int, int]]
) -> None:
    rows = boroughs(*((f"B{place}", "NCL", x, n) for place, (x, n) in enumerate(counts)))
    found = gap_to_target.needed(rows, target, SHARE).merge(rows[["area_code", "numerator"]], on="area_code")
    reached = (found["numerator"] + found["more"]) / found["denominator"] * 100
    short = (found["numerator"] + found["more"] - 1) / found["denominator"] * 100
    assert (reached >= target - 1e-6).all()
    # whoever is shown below the target needs one at least, even where the last digit hides that it is reached
    assert ((short < target) | (found["more"] == 1)).all()
    at_it = rows.loc[rows["value"].round(2) >= target, "area_code"]
    assert set(rows["area_code"]) - set(found["area_code"]) == set(at_it)


def test_who_is_shown_at_the_target_needs_none_and_who_is_shown_below_needs_some() -> None:
    whole = indicator(multiplier="100", decimals="0", aggregation="ratio")
    # 79.5 of 100 is shown as 80, 79.4 as 79
    rows = boroughs(("Camden", "NCL", 159, 200), ("Barnet", "NCL", 397, 500))
    assert list(gap_to_target.needed(rows, 80.2, whole)["area_name"]) == ["Barnet"]


@pytest.mark.parametrize(
    ("indicator_id", "can"),
    [
        ("centres_per_10k_0_4", True),
        ("gld_2013_2019", True),
        ("gld_2022_on", False),  # without counts
        ("designated_centres", False),  # a count of its own
        ("early_years_spend_per_child_0_4", False),  # money
        ("low_income_under_16_pct", False),  # the lower the better
    ],
)
def test_only_what_can_be_counted_and_raised_has_a_need(indicator_id: str, can: bool, london: London) -> None:
    rows = compared(place_table(london, indicator_id, london.periods[indicator_id][0], "2022"), None)
    assert gap_to_target.can_be_closed(rows, london.catalogue.indicators[indicator_id]) is can


def test_the_need_for_centres_is_said_in_a_sentence(london: London) -> None:
    per_10k = london.catalogue.indicators["centres_per_10k_0_4"]
    table = place_table(london, "centres_per_10k_0_4", "2026-08-19", "2022")
    found = gap_to_target.needed(compared(table, None), value_of(table, LONDON), per_10k)
    # Harrow: 16,419 children at 6.0 for every 10,000 are 9.9 centres; it has 2
    assert dict(zip(found["area_name"], found["more"], strict=True))["Harrow"] == 8
    total = int(found["more"].sum())
    assert sentence(found, 5.97, per_10k) == (
        f"To reach 6.0, {len(found)} boroughs would need {total} more designated centres, added up over "
        "them: Croydon and Harrow the most (8 each)."
    )
    one = found[found["area_name"] == "Harrow"].assign(more=1)
    assert sentence(one, 6, per_10k) == ("To reach 6.0, Harrow would need 1 more designated centre.")
    assert sentence(found.iloc[:0], 1.0, per_10k) == "Every borough that is compared has 1.0 or more."


def test_what_more_children_would_be_is_said(london: London) -> None:
    gld = london.catalogue.indicators["gld_2013_2019"]
    table = place_table(london, "gld_2013_2019", "2019", "2022")
    found = gap_to_target.needed(compared(table, None), 76, gld)
    said = sentence(found, 76, gld)
    assert f"{found['more'].sum():,} more children with a good level of development" in said
