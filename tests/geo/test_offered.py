"""Every list of indicators says which of them no borough has a figure of, and has these last."""

import re
from pathlib import Path

import pytest

from geo.tables.coverage import coverage
from geo.tables.london import London
from geo.tables.offered import catalogue_table, listed_name, offered, only_for

REVIEWS = {
    "New birth visit within 14 days (England only)",
    "6 to 8 week review (England only)",
    "12-month review by 12 months (England only)",
    "12-month review by 15 months (England only)",
    "2 to 2½ year review (England only)",
}


def test_health_visiting_begins_with_what_boroughs_have_and_ends_with_what_nobody_has(london: London) -> None:
    names = [listed_name(london, i) for i in offered(london) if i.domain == "Health visiting"]
    assert names[0] == "ASQ-3 at the 2 to 2½ year review"
    assert set(names[1:-1]) == REVIEWS
    assert names[-1] == "Antenatal contact (no figures yet)"


def test_the_surveys_figures_are_londons_only(london: London) -> None:
    for indicator in offered(london):
        if indicator.kind == "opinion":
            assert listed_name(london, indicator) == f"{indicator.short_label} (London only)"


def test_a_mark_stands_exactly_where_no_borough_has_a_value_in_any_period(london: London) -> None:
    table = london.observations
    for indicator in offered(london):
        own = table[(table["indicator_id"] == indicator.indicator_id) & (table["area_type"] == "borough")]
        assert (only_for(london, indicator.indicator_id) == "") == own["value"].notna().any()


def test_each_list_has_every_shown_indicator_once_in_the_same_order(london: London) -> None:
    order = [indicator.indicator_id for indicator in offered(london)]
    assert sorted(order) == sorted(i.indicator_id for i in london.catalogue.indicators.values() if i.shown)
    assert list(catalogue_table(london)["indicator_id"]) == order
    assert list(coverage(london)["label"]) == [indicator.label for indicator in offered(london)]


def test_the_command_line_says_whose_figures_there_are(london: London) -> None:
    figures = catalogue_table(london).set_index("indicator_id")["figures"]
    assert figures["review_6_8_weeks"] == "England only"
    assert figures["hallmark_shared_vision"] == "London only"
    assert figures["antenatal_contact"] == "no figures yet"
    assert figures["child_development_good_level"] == "by borough"


def test_coverage_counts_years_and_names_quarters_beside_them(london: London) -> None:
    rows = coverage(london).set_index("label")
    row = rows.loc["Good level of development at 2 to 2½ years"]
    assert (row["first"], row["last"], row["periods"], row["quarters"]) == ("2021/22", "2024/25", 2, 4)
    assert row["authorities"] == 27
    assert rows.loc["Antenatal contacts from 28 weeks of pregnancy", "periods"] == 0


@pytest.mark.parametrize("folder", ["pages", "geo"])
def test_no_list_is_made_by_hand(folder: str) -> None:
    allowed = {"offered.py", "london.py", "latest.py"}  # these two make no lists for people
    root = Path(__file__).resolve().parents[2] / folder
    by_hand = re.compile(r"\bi(ndicator)?\.shown\b")
    found = {path.name for path in root.rglob("*.py") if by_hand.search(path.read_text(encoding="utf-8"))}
    assert found <= allowed
