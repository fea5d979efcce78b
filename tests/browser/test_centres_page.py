"""The page Centres over time, as somebody uses it who wants to know what has gone."""

import pytest
from playwright.sync_api import Page, expect

from .screen import choose, download, expect_link, follow, settle
from .test_accessibility import violations

WHOLE = "On 19 August 2026 the register lists 454 centres and linked sites in London; of the 470"


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_page(page: Page, query: str = "") -> None:
    follow(page, f"/centres{query}")
    settle(page)


def headline(page: Page, begins: str) -> None:
    expect(page.get_by_role("heading", name=begins)).to_be_visible()


def test_days_are_chosen_by_keyboard_and_the_link_keeps_them(page: Page) -> None:
    open_page(page, "?vintage=2026")
    headline(page, WHOLE)
    since, day = page.get_by_role("slider").all()
    day.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect_link(page, {"day": "2022-12-15", "since": "2016-08-04"})
    headline(page, "On 15 December 2022 the register lists 455 centres and linked sites in London")
    since.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect_link(page, {"day": "2022-12-15", "since": "2019-12-06"})
    said = "of the 464 of 6 December 2019, nine are no longer listed."
    headline(page, f"On 15 December 2022 the register lists 455 centres and linked sites in London; {said}")
    settle(page)
    assert violations(page) == []
    page.reload()
    headline(page, "On 15 December 2022 the register lists 455 centres")
    expect(page.get_by_role("slider").first).to_have_attribute("aria-valuetext", "6 Dec 2019")
    # a link with other days moves both ends
    follow(page, "/centres?vintage=2026&since=2016-12-15&day=2017-11-09")
    headline(page, "On 9 November 2017 the register lists 469 centres")
    expect(page.get_by_role("slider").last).to_have_attribute("aria-valuetext", "9 Nov 2017")


def test_type_ics_and_borough_narrow_all_that_is_shown(page: Page) -> None:
    open_page(page, "?vintage=2022")
    page.get_by_role("radio", name="Linked sites").click()
    expect_link(page, {"sites": "linked_sites"})
    headline(page, "On 19 August 2026 the register lists 139 linked sites in London")
    choose(page, "Integrated care system (ICS)", "North Central London")
    expect_link(page, {"sites": "linked_sites", "ics": "NCL"})
    headline(page, "linked sites in North Central London")
    page.get_by_role("radio", name="All sites").click()
    choose(page, "Borough", "Haringey")
    headline(page, "On 19 August 2026 the register lists 8 centres and linked sites in Haringey")
    changed = page.get_by_role("table").first
    expect(changed.get_by_role("row")).to_have_count(11)
    expect(changed.get_by_text("Last listed on 7 July 2022")).to_be_visible()
    expect(page.get_by_role("heading", name="Every site that Haringey lists")).to_be_visible()
    settle(page)
    assert violations(page) == []


def test_a_day_that_is_not_held_is_said_and_the_page_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    open_page(page, "?day=2018-07-01&vintage=2026")
    expect(page.get_by_text("The register of 2018-07-01 is not held")).to_be_visible()
    headline(page, "On 9 November 2017 the register lists 469 centres and linked sites in London")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_list_of_what_changed_is_taken_away(page: Page) -> None:
    open_page(page, "?vintage=2026")
    saved = download(page, "What changed as CSV")
    assert saved.suggested_filename == "centres_changes_london_2026-08-19_since_2016-08-04_ics2026.csv"
    text = saved.path().read_text(encoding="utf-8-sig")
    assert "Hilldene" in text
    assert "First listed on 9 November 2017; date opened 20 February 2017" in text
