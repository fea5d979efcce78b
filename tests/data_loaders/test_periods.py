import pytest

from data_loaders.periods import end_of, kind_of, main_kind, of_kind, start_of


@pytest.mark.parametrize(
    ("period", "kind"),
    [
        ("2026-08-19", "date"),
        ("2024/25", "year_across"),
        ("2024/25 Q1", "quarter"),
        ("2024", "year"),
        ("March 2022", "other"),
    ],
)
def test_a_period_is_of_one_kind(period: str, kind: str) -> None:
    assert kind_of(period) == kind


@pytest.mark.parametrize(
    ("periods", "kept"),
    [
        (["2025/26 Q1", "2024/25", "2024/25 Q4", "2023/24"], ["2024/25", "2023/24"]),
        (["2025/26 Q2", "2025/26 Q1"], ["2025/26 Q2", "2025/26 Q1"]),
        (["2026-08-19", "2025-12-31"], ["2026-08-19", "2025-12-31"]),
        ([], []),
    ],
)
def test_a_series_is_of_years_where_there_are_any(periods: list[str], kept: list[str]) -> None:
    assert main_kind(periods) == kept


def test_a_quarter_is_set_beside_quarters_only() -> None:
    periods = ["2025/26 Q1", "2024/25", "2024/25 Q4"]
    assert of_kind("2025/26 Q1", periods) == ["2025/26 Q1", "2024/25 Q4"]
    assert of_kind("2024/25", periods) == ["2024/25"]


@pytest.mark.parametrize(
    ("period", "period_type", "first", "last"),
    [
        ("2019-12-06", "date", "2019-12-06", "2019-12-06"),
        ("mid-2024", "mid_year", "2024-06-30", "2024-06-30"),
        ("2024/25", "financial_year", "2024-04-01", "2025-03-31"),
        ("2024/25", "academic_year", "2024-09-01", "2025-08-31"),
        ("2013", "review_period", "2013-01-01", "2013-12-31"),
        ("2024/25 Q1", "review_period", "2024-04-01", "2024-06-30"),
        ("2024/25 Q4", "review_period", "2025-01-01", "2025-03-31"),
        ("March 2022", "survey_month", "2022-03-01", "2022-03-31"),
        ("2025", "summer", None, "2025-06-30"),
        ("2019", "index_year", None, "2019-12-31"),
        ("2024/26", "financial_year", None, None),
    ],
)
def test_a_period_has_a_first_and_a_last_day(
    period: str, period_type: str, first: str | None, last: str | None
) -> None:
    days = [day and day.isoformat() for day in (start_of(period, period_type), end_of(period, period_type))]
    assert days == [first, last]
