"""The page on neighbours, as a visitor finds it."""

import pytest
from playwright.sync_api import Page, expect

from .screen import (
    choose,
    control,
    expect_link,
    follow,
    open_menu,
    settle,
)


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_borders(page: Page, query: str = "") -> None:
    follow(page, f"/borders{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Across the border")
    expect(page.get_by_test_id("stVegaLiteChart").locator("path[aria-label]").first).to_be_visible()
    settle(page)


def lines(page: Page) -> dict[str, float]:
    """What each border says, with the width of its line."""
    pairs = (
        page.get_by_test_id("stVegaLiteChart")
        .locator("path[aria-label]")
        .evaluate_all(
            "lines => lines.map(line => [line.ariaLabel, Number(line.getAttribute('stroke-width'))])"
        )
    )
    return dict(pairs)


def test_borders_are_drawn_the_thicker_the_larger_the_difference(page: Page) -> None:
    open_borders(page, "?indicator=gld_2013_2019")
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "In summer 2019, two borders shared the largest difference between neighbours, 6.8 percentage "
        "points: Waltham Forest (76.4%) with Hackney (69.6%); Richmond upon Thames (80.6%) "
        "with Hounslow (73.8%)."
    )
    widths = lines(page)
    assert len(widths) == 63  # of 68 borders on land, five are those of the City of London
    widest = max(widths.values())
    assert {said for said, width in widths.items() if width == widest} == {
        "Waltham Forest: 76.4%; Hackney: 69.6%; difference 6.8 percentage points",
        "Richmond upon Thames: 80.6%; Hounslow: 73.8%; difference 6.8 percentage points",
    }
    by_gap = sorted(widths, key=lambda said: float(said.split("difference ")[1].split()[0]))
    assert [round(widths[said], 3) for said in by_gap] == sorted(round(width, 3) for width in widths.values())


def test_bridges_and_tunnels_are_added_when_asked_for(page: Page) -> None:
    open_borders(page)
    expect(page.get_by_text("of all 63 borders")).to_be_visible()
    page.get_by_text("Also across the Thames").click()
    expect(page.get_by_text("of all 71 borders")).to_be_visible()
    expect(page.get_by_role("cell", name="Westminster Bridge")).to_be_visible()
    expect_link(page, {"crossings": "yes"})
    page.reload()
    expect(page.get_by_text("of all 71 borders")).to_be_visible()


def test_an_ics_keeps_its_own_borders_and_the_link(page: Page) -> None:
    open_borders(page, "?indicator=gld_2013_2019")
    choose(page, "Integrated care system (ICS)", "North East London")
    expect(page.get_by_text("of all 15 borders")).to_be_visible()
    expect_link(page, {"indicator": "gld_2013_2019", "ics": "NEL"})
    open_menu(page, "Display")
    expect(control(page, "Draw as")).to_have_count(0)


def test_a_narrow_page_does_not_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_borders(page)
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
    # a borough and both menus in one line, and more than a word of what a row is of in one
    line = page.locator(".st-key-control_borough, .st-key-display, .st-key-meetings")
    assert len(set(line.evaluate_all("parts => parts.map(each => each.getBoundingClientRect().bottom)"))) == 1
    assert (
        page.get_by_test_id("stTable").first.locator("td").first.evaluate("cell => cell.clientWidth") >= 128
    )


def test_on_a_phone_the_whole_map_is_there_with_its_legend(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_borders(page, "?indicator=gld_2022_on")
    cut_off = page.get_by_test_id("stVegaLiteChart").evaluate(
        """chart => {
            const end = element => element.getBoundingClientRect().bottom
            const frame = end(chart.closest('[class*="st-key-frame_"]'))
            return Math.max(...[...chart.querySelectorAll('svg text, svg path[aria-label]')].map(end)) - frame
        }"""
    )
    assert cut_off <= 0
