"""Values of groups: totals need every member, ratios say whom they leave out."""

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from geo.tables.aggregate import aggregate
from geo.tables.origins import Origin
from tests.builders import indicator

GAP = float("nan")
COUNTS = {"sites": indicator()}
RATES = {"rate": indicator(indicator_id="rate", aggregation="ratio", multiplier="100")}
SCORES = {"score": indicator(indicator_id="score", aggregation="none")}


def members(name: str, rows: list[tuple[str, float, float, float]]) -> pd.DataFrame:
    """Rows from (borough, value, numerator, denominator), all of the ICS NEL."""
    table = pd.DataFrame(rows, columns=["area_name", "value", "numerator", "denominator"])
    origins = [(Origin(f"source_of_{area}", "2026-08-19", ""),) for area in table["area_name"]]
    return table.assign(indicator_id=name, ics_code="NEL", status="published", origins=origins)


def group(indicators: dict, rows: list[tuple[str, float, float, float]]) -> pd.Series:
    (name,) = indicators
    table = aggregate(members(name, rows), indicators, ["indicator_id", "ics_code"])
    assert len(table) == 1
    return table.iloc[0]


def test_a_total_adds_every_borough() -> None:
    found = group(COUNTS, [("Camden", 5, GAP, GAP), ("Newham", 12, GAP, GAP)])
    assert (found["value"], found["status"], found["left_out"]) == (17, "derived", ())


def sources(found: pd.Series) -> list[str]:
    return [origin.source_id for origin in found["origins"]]


def test_a_group_has_the_sources_of_those_it_is_worked_out_from() -> None:
    of_both = group(COUNTS, [("Camden", 5, GAP, GAP), ("Newham", 12, GAP, GAP)])
    assert sources(of_both) == ["source_of_Camden", "source_of_Newham"]
    without_newham = group(RATES, [("Camden", 50, 10, 20), ("Newham", 90, GAP, GAP)])
    assert sources(without_newham) == ["source_of_Camden"]
    assert sources(group(COUNTS, [("Camden", 5, GAP, GAP), ("Newham", GAP, GAP, GAP)])) == []


def test_a_total_that_leaves_a_borough_out_is_not_given() -> None:
    found = group(COUNTS, [("Camden", 5, GAP, GAP), ("Newham", GAP, GAP, GAP), ("Hackney", GAP, GAP, GAP)])
    assert pd.isna(found["value"])
    assert found["status"] == "not_published"
    assert found["left_out"] == ("Newham", "Hackney")


def test_a_total_of_nothing_is_nothing_and_not_a_gap() -> None:
    assert group(COUNTS, [("Camden", 0, GAP, GAP), ("Newham", 0, GAP, GAP)])["value"] == 0


def test_a_rate_is_a_ratio_of_sums_and_not_a_mean_of_rates() -> None:
    found = group(RATES, [("Camden", 50, 10, 20), ("Newham", 90, 72, 80)])
    assert found["value"] == 82  # 82 of 100; the mean of the two rates would be 70
    assert (found["numerator"], found["denominator"]) == (82, 100)
    assert found["left_out"] == ()


@pytest.mark.parametrize(("numerator", "denominator"), [(GAP, 900), (700, GAP), (GAP, GAP)])
def test_a_rate_leaves_a_borough_out_of_both_counts_and_names_it(
    numerator: float, denominator: float
) -> None:
    found = group(RATES, [("Camden", 50, 10, 20), ("Newham", 90, numerator, denominator)])
    assert found["value"] == 50
    assert (found["numerator"], found["denominator"]) == (10, 20)
    assert found["left_out"] == ("Newham",)


def test_a_rate_that_nobody_has_counts_for_is_not_given() -> None:
    found = group(RATES, [("Camden", 50, GAP, GAP), ("Newham", 90, GAP, GAP)])
    assert pd.isna(found["value"])
    assert found["status"] == "not_published"


def test_a_percentage_without_counts_has_no_value_for_a_group() -> None:
    found = group(SCORES, [("Camden", 50, 10, 20), ("Newham", 90, 72, 80)])
    assert pd.isna(found["value"])
    assert found["status"] == "not_published"
    assert found["left_out"] == ()


def test_groups_and_indicators_do_not_run_into_each_other() -> None:
    rows = pd.concat(
        [
            members("sites", [("Camden", 5, GAP, GAP)]).assign(ics_code="NCL"),
            members("sites", [("Newham", 12, GAP, GAP)]),
            members("rate", [("Newham", 90, 72, 80)]),
        ]
    )
    table = aggregate(rows, COUNTS | RATES, ["indicator_id", "ics_code"])
    found = table.set_index(["indicator_id", "ics_code"])["value"].to_dict()
    assert found == {("sites", "NCL"): 5, ("sites", "NEL"): 12, ("rate", "NEL"): 90}


COUNT = st.one_of(st.none(), st.integers(1, 1000))


@given(st.lists(st.tuples(COUNT, COUNT), min_size=1, max_size=8))
def test_a_rate_agrees_with_adding_up_borough_by_borough(counts: list[tuple[int | None, int | None]]) -> None:
    rows = [
        (f"Borough {place}", GAP, GAP if x is None else float(x), GAP if n is None else float(n))
        for place, (x, n) in enumerate(counts)
    ]
    found = group(RATES, rows)
    both = [(x, n) for x, n in counts if x is not None and n is not None]
    assert len(found["left_out"]) == len(counts) - len(both)
    if both:
        assert found["value"] == pytest.approx(100 * sum(x for x, _ in both) / sum(n for _, n in both))
    else:
        assert pd.isna(found["value"])
