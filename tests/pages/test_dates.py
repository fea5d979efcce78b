"""A date older than three years stands in the headline itself, in words."""

import datetime as dt
import functools
import re

import pytest

from data_loaders.library import open_library
from data_loaders.store import read_manifest
from geo.boundaries.layouts import Layout, load_layouts
from geo.tables.london import London
from geo.tables.offered import offered
from pages.components.data.indicator_view import IndicatorView
from pages.components.state.view import View
from pages.components.text import citations, dates, dates as text_dates
from tests.builders import EVERYTHING

TODAY = dt.date(2026, 11, 25)
OLD = re.compile(
    r"^(On \d{1,2} [A-Z][a-z]+ \d{4}|In (the (school )?year |summer |mid-|[A-Z][a-z]+ (to [A-Z][a-z]+ )?)?"
    r"(ending March )?\d{4}(/\d\d)?|By the index of \d{4}), "
)


@functools.cache
def layout() -> Layout:
    return load_layouts(open_library())["map"]


def picture(
    indicator: str, period: str, london: London, today: dt.date = TODAY, **view: str
) -> IndicatorView:
    return IndicatorView(
        View(indicator=indicator, period=period, vintage="2022", **view), london, layout(), today
    )


@pytest.mark.parametrize(
    ("end", "old"),
    [
        (dt.date(2023, 11, 24), True),
        (dt.date(2023, 11, 25), False),
        (dt.date(2025, 3, 31), False),
        (dt.date(2010, 2, 28), True),
    ],
)
def test_three_years_are_counted_to_the_day(end: dt.date, old: bool) -> None:
    assert text_dates.is_old(end, TODAY) is old


@pytest.mark.parametrize(
    ("indicator", "period", "begins"),
    [
        ("review_6_8_weeks", "2017/18 Q1", "In April to June 2017, in England, 81.5% of babies had"),
        ("new_birth_visit_14_days", "2024/25", "In the year ending March 2025, in England, 85.2% of babies"),
        ("hallmark_shared_vision", "March 2022", "In March 2022, across London, "),
        ("designated_centres", "2010-02-28", "On 28 February 2010, in "),
        ("gld_2013_2019", "2019", "In summer 2019, in Richmond upon Thames, 80.6% of children had"),
        ("family_hubs_programme", "2022", "In 2022, of 33 authorities, 16 were in the programme"),
        ("funded_2yo_pct", "2021/22", "In the school year 2021/22, in "),
        ("idaci_2019", "2019", "By the index of 2019, in "),
    ],
)
def test_the_headline_begins_with_the_date(indicator: str, period: str, begins: str, london: London) -> None:
    assert picture(indicator, period, london).headline.startswith(begins)


def test_what_was_is_told_in_the_past(london: London) -> None:
    said = picture("designated_centres", "2010-02-28", london).headline
    assert " there were " in said
    assert " are " not in said


def test_a_recent_figure_is_said_as_before(london: London) -> None:
    said = picture("gld_2022_on", "2025", london).headline
    assert said.startswith("In Richmond upon Thames, 77.0% of children had")
    later = picture("gld_2022_on", "2025", london, dt.date(2029, 1, 1)).headline
    assert later.startswith("In summer 2025, in Richmond upon Thames, 77.0% of children had")


def test_a_name_keeps_its_capital_letter_and_a_title_gets_its_date_at_the_end(london: London) -> None:
    old = picture("gld_2013_2019", "2019", london)
    assert old.dated("Camden and its neighbours do not differ.") == (
        "In summer 2019, Camden and its neighbours did not differ."
    )
    assert old.dated("Families who live there face a difference.") == (
        "In summer 2019, families who lived there faced a difference."
    )
    assert old.entitled("Good level, by ICS") == "Good level, by ICS, in summer 2019"


SCOPES = ["all", "NEL"]


def test_every_old_period_of_every_indicator_is_dated_and_no_other(london: London) -> None:
    ends = london.observations.drop_duplicates(["indicator_id", "period"])
    ends = ends.set_index(["indicator_id", "period"])["period_end"].dt.date
    for indicator in offered(london):
        for number, period in enumerate(london.periods[indicator.indicator_id]):
            for ics in SCOPES if EVERYTHING else [SCOPES[number % 2]]:
                seen = picture(indicator.indicator_id, period, london, ics=ics)
                is_old = ends[indicator.indicator_id, period] < dt.date(2023, 11, 25)
                is_alone = not seen.has_boroughs and seen.headline != "There is no figure to show."
                assert bool(OLD.match(seen.headline)) == (is_old or is_alone), seen.headline


def test_the_line_below_every_page_says_how_new_figures_are_and_when_they_came(london: London) -> None:
    said = citations.status_line(open_library(), london)
    # the register of children's centres, not the day on which it was put into the app
    assert said.startswith("Figures as of 19 August 2026 and before, embedded in the app on ")
    tables = read_manifest().items()
    written = max(entry.written for name, entry in tables if name.startswith("observations/"))
    assert f"on {dates.say_day(written)}; part of health visiting not loaded by borough." in said
