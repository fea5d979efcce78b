"""The page on maturity, as a visitor finds it: nothing made up unless asked for, and then marked."""

import pytest
from playwright.sync_api import Locator, Page, expect

from .screen import (
    HATCHING,
    area,
    control,
    expect_link,
    expect_texts,
    follow,
    settle,
    texts,
)

CHARTS = "stVegaLiteChart"
BANNER = "ILLUSTRATIVE: the answers on this page are made up."
DEMO = "?demo=yes&instrument=enablers"


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_maturity(page: Page, query: str = "") -> None:
    follow(page, f"/maturity{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Maturity of partnerships")
    settle(page)


def maturity_map(page: Page) -> Locator:
    return page.get_by_test_id(CHARTS).first


def test_the_demonstration_is_a_switch_and_stands_in_the_link(page: Page) -> None:
    open_maturity(page)
    # the switch itself is drawn over its checkbox
    page.get_by_text("Show a demonstration with made-up answers").click()
    expect(page.get_by_text(BANNER)).to_be_visible()
    expect_link(page, {"demo": "yes"})
    page.reload()
    expect(page.get_by_text(BANNER)).to_be_visible()
    page.get_by_role("button", name="Turn the demonstration off").click()
    expect(page.get_by_text("There are no answers to look at")).to_be_visible()
    expect_link(page, {"demo": None})
    expect(page.get_by_text(BANNER)).to_have_count(0)


def test_every_picture_of_made_up_answers_says_so(page: Page) -> None:
    open_maturity(page, f"{DEMO}&borough=Merton")
    for chart in page.get_by_test_id(CHARTS).all():
        said = texts(chart)
        assert "ILLUSTRATIVE: made-up answers" in said
        assert "ILLUSTRATIVE" in said
        assert "ILLUSTRATIVE" in (chart.get_attribute("aria-label") or "")


def test_the_map_has_letters_counts_and_two_kinds_of_hatching(page: Page) -> None:
    open_maturity(page, DEMO)
    drawn = maturity_map(page)
    expect_texts(drawn, "No reply (7)", "M Mature (7)", "– Replied, not shown by")
    dashes = drawn.locator(HATCHING).evaluate_all(
        "lines => [...new Set(lines.map(line => line.getAttribute('stroke-dasharray')))]"
    )
    assert len(dashes) == 2
    expect(area(drawn, "Camden")).to_have_attribute("aria-label", "Camden, No reply")
    expect(area(drawn, "Barnet")).to_have_attribute("aria-label", "Barnet, Replied, not shown by borough")


def test_a_click_on_the_map_shows_the_borough_beside_london(page: Page) -> None:
    open_maturity(page, DEMO)
    expect(page.get_by_text("to see its answers here")).to_be_visible()
    area(maturity_map(page), "Merton").click()
    expect(page.get_by_role("heading", name="Merton beside London")).to_be_visible()
    expect_link(page, {"borough": "Merton", "demo": "yes"})
    expect(page.get_by_role("heading", name="Whom to learn from")).to_be_visible()
    expect(control(page, "Borough")).to_have_value("Merton")


@pytest.mark.parametrize("query", ["", f"{DEMO}&borough=Merton", "?demo=yes&instrument=hallmarks"])
def test_a_narrow_page_does_not_scroll_sideways(page: Page, query: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_maturity(page, query)
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")


def test_no_line_of_a_legend_is_cut_on_a_narrow_page(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_maturity(page, DEMO)
    of_boroughs = page.get_by_test_id("stVegaLiteChart").filter(has_text="Replied, not shown").last
    legend = of_boroughs.locator("text").filter(has_text="Replied, not shown")
    expect(legend).to_have_count(1)
    words, chart = legend.bounding_box(), of_boroughs.locator("svg").bounding_box()
    assert words
    assert chart
    assert words["x"] + words["width"] <= chart["x"] + chart["width"]
