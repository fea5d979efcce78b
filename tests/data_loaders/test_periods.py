import pytest

from data_loaders.periods import kind_of, main_kind, of_kind


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
