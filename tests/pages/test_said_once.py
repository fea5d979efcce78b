"""What a picture says of itself: no period twice, and no mark explained that is not in it."""

import pytest

from pages.components.packs import registry
from pages.components.text import spans
from pages.exports.exhibit import Exhibit
from pages.exports.table import MARK
from tests.builders import indicator

SCHOOL = "?indicator=gld_2022_on&period=2025&vintage=2026"
HUBS = "?indicator=family_hubs_programme"


def exhibit(key: str, link: str) -> Exhibit:
    view, problems = registry.view_of(link)
    found = registry.exhibit_of(view, key)
    assert found is not None
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("kind", "first", "last", "said"),
    [
        ("financial_year", "2021/22", "2024/25", "2021/22 to 2024/25, years ending March"),
        ("financial_year", "2024/25", "2024/25", "2024/25, year ending March 2025"),
        ("academic_year", "2019/20", "2024/25", "school years 2019/20 to 2024/25"),
        ("summer", "2022", "2025", "summers 2022 to 2025"),
        ("date", "2024-12-25", "2026-08-19", "25 December 2024 to 19 August 2026"),
        ("calendar_year", "2019", "2025", "2019 to 2025"),
    ],
)
def test_two_periods_share_what_they_have_in_common(kind: str, first: str, last: str, said: str) -> None:
    assert spans.said(first, last, indicator(period_type=kind)) == said


@pytest.mark.parametrize("key", ["map", "numbers"])
def test_a_figure_named_after_its_year_says_it_once(key: str) -> None:
    assert exhibit(key, HUBS).subtitle.startswith(
        "In the Family Hubs and Start for Life programme of 2022. All London"
    )
    # of one that lasts for several years the period is said
    assert ", from 2022. Summer 2025 ·" in exhibit(key, SCHOOL).subtitle


@pytest.mark.parametrize("key", ["lottery_by_ics", "lottery_against", "measures"])
def test_what_is_worked_out_here_is_said_without_a_mark_where_none_is_seen(key: str) -> None:
    remarks = exhibit(key, SCHOOL).remarks
    assert not [remark for remark in remarks if MARK in remark]
    assert any(remark.startswith("London: worked out here") for remark in remarks)


def test_a_mark_that_is_seen_is_explained_with_it() -> None:
    shown = exhibit("map", SCHOOL)
    assert f"%{MARK}" in shown.title
    assert any(remark.startswith(f"{MARK} London: worked out here") for remark in shown.remarks)


def test_a_bar_without_numbers_at_its_ends_explains_no_mark_at_them() -> None:
    remarks = " ".join(exhibit("spine", "?borough=Hackney").remarks)
    assert "Richmond upon Thames" not in remarks
    # whose own value it is has it explained
    assert "above 100%" in " ".join(exhibit("spine", "?borough=Richmond upon Thames").remarks)


@pytest.mark.parametrize(
    ("link", "dashed"),
    [
        ("?indicator=funded_3_4yo_pct&borough=Hackney", "London and England"),
        ("?indicator=centres_per_10k_0_4&borough=Hackney", "London"),
        ("?indicator=designated_centres&borough=Hackney", ""),
    ],
)
def test_a_line_is_told_only_of_whom_it_shows(link: str, dashed: str) -> None:
    course = exhibit("course", link)
    assert [part.partition(": ")[2] for part in course.subtitle.split(" · ") if "dashed" in part] == (
        [dashed] if dashed else []
    )
    shown = str(course.rows)
    assert ("England" in shown) is ("England" in dashed)
