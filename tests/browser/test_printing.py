"""Every page on paper: A4, without what can be pressed, with its sources, and readable from the dark, too."""

import io
import unicodedata

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.builders import EVERYTHING

from .screen import follow, settle

# each page with what it needs in its link, what it says on paper, and the most sheets that it takes
PAGES = {
    "/?indicator=asq3_at_2_to_2_5_years&period=2023/24": ("Office for Health Improvement", 4),
    "/ics?ics=NEL&indicator=gld_2022_on": ("Department for Education", 8),
    "/borough?borough=Newham&indicator=gld_2013_2019": ("Department for Education", 3),
    "/compare?compare=Camden,Hackney,Newham&indicator=gld_2022_on": ("Department for Education", 6),
    "/lottery?indicator=gld_2022_on": ("Department for Education", 6),
    "/borders?indicator=gld_2022_on": ("Department for Education", 6),
    "/survey": ("Isos Partnership", 8),
    "/maturity?demo=yes": ("made-up answers", 6),
    "/sources": ("Office for National Statistics", 6),
}
# what these say in light is on paper from the dark as well, in which more can go wrong
DARK_ALONE = {each for each in PAGES if not each.startswith(("/?", "/ics", "/maturity"))}
CONTROLS = ("take away", "Meeting", "Display", "Skip to main content", "Working together")


@pytest.fixture
def page(reader: Page) -> Page:
    """Nothing is entered here: one view is looked at after another."""
    return reader


@pytest.mark.parametrize("address", PAGES)
def test_a_page_prints_with_its_sources_and_without_controls(address: str, page: Page) -> None:
    follow(page, address)
    settle(page)
    if EVERYTHING or address not in DARK_ALONE:
        expect_print(page, address)
    page.emulate_media(media="null", color_scheme="dark")
    settle(page)
    expect_print(page, address)
    # it turns light before it is on paper, where nothing turns any more
    page.emulate_media(media="null", color_scheme="light")
    settle(page)
    page.emulate_media(media="print")
    expect_no_chart_to_be_cut(page)


def expect_print(page: Page, address: str) -> None:
    """A page says on paper what it must, on as few sheets as it should, and in no ink of the dark."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    # letters that are printed as one, such as ffi, are read as three
    said = unicodedata.normalize("NFKC", " ".join(sheet.extract_text() for sheet in sheets))
    text = " ".join(said.split())
    publisher, most = PAGES[address]
    assert publisher in text
    assert "licence" in text.lower() or "survey" in address or "maturity" in address
    assert "Figures as of" in text
    assert [control for control in CONTROLS if control in text] == []
    assert len(sheets) <= most
    page.emulate_media(media="print")
    clips = page.locator("clipPath rect").evaluate_all(
        "all => all.map(rect => getComputedStyle(rect).height)"
    )
    assert "auto" not in clips, "a map is clipped away"
    pale = page.locator("h1, h2, p, td, th, svg text:not([opacity='0'])").evaluate_all(
        """texts => texts.filter(text => text.checkVisibility() && text.textContent
            && ['#F5F5F5', 'rgb(245, 245, 245)'].includes(
                text.ownerSVGElement ? getComputedStyle(text).fill : getComputedStyle(text).color))
            .map(text => text.textContent)"""
    )
    assert pale == []


def expect_no_chart_to_be_cut(page: Page) -> None:
    """On a sheet no chart of a page is higher than it, and none is parted."""
    page.set_viewport_size({"width": 703, "height": 1055})  # A4 without its margins, at 96 pixels an inch
    settle(page)
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg")
    assert [
        box for box in (chart.bounding_box() for chart in charts.all()) if box and box["height"] > 1055
    ] == []
    assert charts.evaluate_all("all => all.every(svg => getComputedStyle(svg).breakInside === 'avoid')")
