"""Derived indicators, worked by hand on three boroughs."""

from collections.abc import Sequence

import pandas as pd
import pytest

from data_loaders.catalogue import Indicator
from geo.tables.derive import derive
from geo.tables.origins import Origin, Origins
from tests.builders import indicator

CITY, CAMDEN, NEWHAM, LONDON = "E09000001", "E09000007", "E09000025", "E12000007"
ENDS = {
    "2010-02-28": "2010-02-28",
    "2019-12-06": "2019-12-06",
    "2023-12-28": "2023-12-28",
    "2027-07-01": "2027-07-01",
    "2026-08-19": "2026-08-19",
    "mid-2023": "2023-06-30",
    "mid-2024": "2024-06-30",
    "2023/24": "2024-03-31",
    "2024/25": "2025-03-31",
    "2025/26": "2026-03-31",
}
GAP = float("nan")

Stored = Sequence[tuple[str, str, str, float]]


def origins(name: str, period: str) -> Origins:
    """Of a source named after the indicator."""
    return (Origin(f"source_of_{name}", ENDS[period], ""),)


def stored(rows: Stored, missing: str = "not_published") -> pd.DataFrame:
    """Observations from (indicator, period, area, value), of a source named after the indicator."""
    return pd.DataFrame(
        [
            {
                "area_code": area,
                "indicator_id": name,
                "period": period,
                "period_end": pd.Timestamp(ENDS[period]),
                "value": value,
                "numerator": GAP,
                "denominator": GAP,
                "lower_95": GAP,
                "upper_95": GAP,
                "status": missing if value != value else "published",
                "origins": origins(name, period),
            }
            for name, period, area, value in rows
        ]
    )


def derived(
    rows: Stored,
    operation: str,
    left: str,
    right: str = "",
    match: str = "",
    baseline: str = "",
    entry: Indicator | None = None,
    missing: str = "not_published",
) -> pd.DataFrame:
    """The rows of the one derived indicator `new`, by area and period."""
    rule = {
        "indicator_id": "new",
        "operation": operation,
        "left": left,
        "right": right,
        "match": match,
        "baseline": baseline,
    }
    entry = entry or indicator(indicator_id="new")
    table = derive(stored(rows, missing), pd.DataFrame([rule]), {"new": entry})
    return table[table["indicator_id"] == "new"].set_index(["area_code", "period"])


def test_a_sum_adds_two_indicators_of_the_same_day() -> None:
    found = derived(
        [
            ("centres", "2026-08-19", CAMDEN, 5),
            ("sites", "2026-08-19", CAMDEN, 2),
            ("centres", "2019-12-06", CAMDEN, 5),
            ("sites", "2019-12-06", CAMDEN, 0),
            ("centres", "2010-02-28", CAMDEN, 17),
        ],
        "sum",
        "centres",
        "sites",
        "same_period",
    )
    assert found["value"].to_dict() == {(CAMDEN, "2026-08-19"): 7, (CAMDEN, "2019-12-06"): 5}
    assert set(found["status"]) == {"derived"}
    for period in ("2026-08-19", "2019-12-06"):
        assert found.at[(CAMDEN, period), "origins"] == origins("centres", period) + origins("sites", period)


@pytest.mark.parametrize(("centres", "sites"), [(GAP, 2), (5, GAP), (GAP, GAP)])
def test_a_sum_with_an_operand_missing_is_missing_for_the_same_reason(centres: float, sites: float) -> None:
    rows = [("centres", "2026-08-19", CAMDEN, centres), ("sites", "2026-08-19", CAMDEN, sites)]
    row = derived(rows, "sum", "centres", "sites", "same_period", missing="suppressed").iloc[0]
    assert pd.isna(row["value"])
    assert row["status"] == "suppressed"
    # whose the gap is: that of the first to lack a figure
    assert row["origins"] == origins("centres" if pd.isna(centres) else "sites", "2026-08-19")


def test_a_change_is_the_later_number_minus_the_baseline() -> None:
    found = derived(
        [
            ("centres", "2010-02-28", CAMDEN, 17),
            ("centres", "2019-12-06", CAMDEN, 5),
            ("centres", "2026-08-19", CAMDEN, 5),
            ("centres", "2010-02-28", NEWHAM, 11),
            ("centres", "2019-12-06", NEWHAM, 15),
        ],
        "change",
        "centres",
        baseline="2010-02-28",
    )
    assert found["value"].to_dict() == {
        (CAMDEN, "2019-12-06"): -12,
        (CAMDEN, "2026-08-19"): -12,
        (NEWHAM, "2019-12-06"): 4,
    }
    both = found.at[(NEWHAM, "2019-12-06"), "origins"]
    assert both == origins("centres", "2019-12-06") + origins("centres", "2010-02-28")


def test_a_change_from_an_unknown_baseline_is_missing() -> None:
    rows = [("centres", "2010-02-28", CITY, GAP), ("centres", "2019-12-06", CITY, 1)]
    row = derived(rows, "change", "centres", baseline="2010-02-28").iloc[0]
    assert pd.isna(row["value"])
    assert row["status"] == "not_published"


def test_a_date_is_paired_with_the_last_count_of_children_before_it() -> None:
    found = derived(
        [
            ("centres", "2010-02-28", CAMDEN, 11),
            ("centres", "2023-12-28", CAMDEN, 7),
            ("centres", "2027-07-01", CAMDEN, 4),
            ("centres", "2026-08-19", CAMDEN, 5),
            ("children", "mid-2023", CAMDEN, 20_000),
            ("children", "mid-2024", CAMDEN, 8_000),
        ],
        "ratio",
        "centres",
        "children",
        "as_of",
        entry=indicator(indicator_id="new", multiplier="10000"),
    )
    # nobody was counted before 2010, and in July 2027 the count of mid-2024 is more than three years old
    assert found["value"].to_dict() == {(CAMDEN, "2023-12-28"): 3.5, (CAMDEN, "2026-08-19"): 6.25}
    assert found["numerator"].tolist() == [7, 5]
    assert found["denominator"].tolist() == [20_000, 8_000]


def test_money_of_a_year_is_shared_among_the_children_counted_within_it() -> None:
    found = derived(
        [
            ("spend", "2023/24", CAMDEN, 3_000_000),
            ("spend", "2024/25", CAMDEN, 4_000_000),
            ("spend", "2025/26", CAMDEN, 5_000_000),
            ("children", "mid-2024", CAMDEN, 8_000),
        ],
        "ratio",
        "spend",
        "children",
        "within",
        entry=indicator(indicator_id="new", period_type="financial_year"),
    )
    # mid-2024 lies between April 2024 and March 2025; the years before and after hold no count
    assert found["value"].to_dict() == {(CAMDEN, "2024/25"): 500}


@pytest.mark.parametrize(("spend", "children"), [(GAP, 8_000), (4_000_000, GAP)])
def test_a_ratio_with_an_operand_missing_is_missing(spend: float, children: float) -> None:
    rows = [("spend", "2024/25", CAMDEN, spend), ("children", "mid-2024", CAMDEN, children)]
    row = derived(rows, "ratio", "spend", "children", "as_of", missing="suppressed").iloc[0]
    assert pd.isna(row["value"])
    assert row["status"] == "suppressed"


@pytest.mark.parametrize("centres", [0, 3])
def test_a_ratio_over_nobody_has_no_value(centres: int) -> None:
    rows = [("centres", "2026-08-19", CITY, centres), ("children", "mid-2024", CITY, 0)]
    row = derived(rows, "ratio", "centres", "children", "as_of").iloc[0]
    assert pd.isna(row["value"])


def test_only_authorities_are_worked_out_here() -> None:
    rows = [
        (name, period, area, 4)
        for name, period in (("centres", "2026-08-19"), ("children", "mid-2024"))
        for area in (CAMDEN, LONDON)
    ]
    found = derived(rows, "ratio", "centres", "children", "as_of")
    assert [area for area, _ in found.index] == [CAMDEN]


def test_a_rule_may_use_what_an_earlier_rule_gave() -> None:
    rules = pd.DataFrame(
        [
            ("both", "sum", "centres", "sites", "same_period", ""),
            ("rate", "ratio", "both", "children", "as_of", ""),
        ],
        columns=["indicator_id", "operation", "left", "right", "match", "baseline"],
    )
    rows = [
        ("centres", "2026-08-19", CAMDEN, 5),
        ("sites", "2026-08-19", CAMDEN, 3),
        ("children", "mid-2024", CAMDEN, 4_000),
    ]
    table = derive(stored(rows), rules, {"rate": indicator(indicator_id="rate", multiplier="10000")})
    rate = table[table["indicator_id"] == "rate"].iloc[0]
    assert rate["value"] == 20
    assert [origin.source_id for origin in rate["origins"]] == [
        "source_of_centres",
        "source_of_sites",
        "source_of_children",
    ]


def test_what_was_published_stays_as_it_was() -> None:
    before = stored([("centres", "2026-08-19", CAMDEN, 5), ("sites", "2026-08-19", CAMDEN, 3)])
    rule = {
        "indicator_id": "new",
        "operation": "sum",
        "left": "centres",
        "right": "sites",
        "match": "same_period",
        "baseline": "",
    }
    after = derive(before, pd.DataFrame([rule]), {"new": indicator(indicator_id="new")})
    pd.testing.assert_frame_equal(after.iloc[:2], before)
