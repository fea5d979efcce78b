"""The page of one borough, on the screen and on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from .screen import choose, expect_link, follow, settle

CHARTS = "stVegaLiteChart"


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_borough(page: Page, query: str, title: str) -> None:
    follow(page, f"/borough{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    settle(page)


def test_without_a_borough_one_is_chosen_by_a_button(page: Page) -> None:
    open_borough(page, "", "My borough")
    page.get_by_role("button", name="Hammersmith and Fulham").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hammersmith and Fulham")
    expect_link(page, {"borough": "Hammersmith and Fulham"})
    choose(page, "Borough", "Camden")
    expect(page.get_by_role("heading", level=1)).to_have_text("Camden")


def test_all_figures_of_a_borough_are_on_one_page(page: Page) -> None:
    open_borough(page, "?indicator=gld_2013_2019&borough=Newham", "Newham")
    expect(page.get_by_text("North East London · ICS boundaries as of July 2022")).to_be_visible()
    everything = page.get_by_role("table").filter(has_text="Rank in London")
    school = everything.get_by_role("row").filter(has_text="Good level of development 2013-19")
    expect(school.get_by_role("cell")).to_have_text(
        [
            "Good level of development 2013-19 (2019)",
            re.compile("^75.9%\\s▲$"),
            re.compile("74.6%.to.77.1%"),
            "joint 8th of 32 (4th to 14th)",
            "73.4%",
            "74.1%",
            "75.8% (2018); rising, getting better, since 2015",
        ]
    )
    spine = page.get_by_test_id(CHARTS).first
    expect(
        spine.locator('path[aria-label^="ASQ-3 at the 2 to 2½ year review (2023/24), 58.9%, London"]')
    ).to_be_visible()
    expect(page.get_by_text("From Newham: D. Bringing health services in-house")).to_be_visible()
    expect(page.get_by_text("Bromley, Ealing, Greenwich, Islington, Lewisham and Sutton")).to_be_visible()
    expect(
        page.get_by_text("Families who live along the border of Newham (75.9%) with Hackney (69.6%)")
    ).to_be_visible()


@pytest.mark.parametrize("borough", ["Tower Hamlets", "City of London", "Kensington and Chelsea"])
def test_a_borough_fits_on_three_pages_of_paper_at_most(borough: str, page: Page) -> None:
    open_borough(page, f"?indicator=gld_2013_2019&borough={borough}", borough)
    page.emulate_media(media="print")
    # of the five reviews, and of all other figures
    sources = page.get_by_text("Sources under Open Government Licence v3.0")
    expect(sources).to_have_count(2)
    expect(sources.last).to_be_visible()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.get_by_role("button", name="All figures: take away")).to_be_hidden()
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) in (2, 3)


def test_a_narrow_page_does_not_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_borough(page, "?borough=Barking and Dagenham", "Barking and Dagenham")
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
