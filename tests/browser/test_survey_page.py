"""The page on what the survey of 2022 found, as a visitor finds it, against the report's own figures."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from .screen import follow, settle

CHARTS = "stVegaLiteChart"


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_survey(page: Page, query: str = "") -> None:
    follow(page, f"/survey{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("The survey of 2022")
    settle(page)


def test_each_picture_has_its_parts_in_words(page: Page) -> None:
    open_survey(page)
    expect(page.get_by_test_id(CHARTS)).to_have_count(3)
    hallmarks = page.get_by_test_id(CHARTS).nth(1)
    expect(hallmarks.locator('path[aria-label="Local multi-agency working, No: 15%"]')).to_be_visible()
    rest = "Other answers, which the report does not print: not printed"
    expect(hallmarks.locator(f'path[aria-label="Clear shared vision, {rest}"]')).to_have_count(1)
    interfaces = page.get_by_test_id(CHARTS).first
    expect(interfaces.locator('path[aria-label="GPs and early years, 2.19"]')).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_page_does_not_scroll_sideways(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)
    open_survey(page)
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
