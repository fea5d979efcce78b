"""Small and large windows, light and dark: nothing is cut off, covered or sideways."""

import itertools
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from .screen import AREAS, expect_texts, follow, london_map, open_view, ranking, settle

LIGHT_TEXT, DARK_TEXT = "#F5F5F5", "#1D1D1D"
SCOPES = ["all", "NCL", "NEL", "NWL", "SEL", "SWL"]
Box = dict[str, Any]
# a phone, and a laptop whose page is enlarged to twice its size
NARROW: list[ViewportSize] = [{"width": 320, "height": 640}, {"width": 640, "height": 450}]

# The lines of every text of a chart, each with the box of its letters: without the room above and below
# that a line box has. `whole` numbers the texts, because the lines of one text may touch.
LINES = """chart => [...chart.querySelectorAll('text')].flatMap((text, whole) => {
    const lines = text.children.length ? [...text.children] : [text]
    return lines.filter(line => line.textContent.trim()).map(line => {
        const box = line.getBoundingClientRect()
        return {
            said: line.textContent, whole, left: box.left, right: box.right,
            top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2,
        }
    })
})"""


def lines_of(chart: Locator) -> list[Box]:
    """The lines of text of a chart with their boxes."""
    found: list[Box] = chart.evaluate(LINES)
    assert len(found) > 8
    return found


def overlap(one: Box, other: Box) -> bool:
    """Whether two lines of different texts cover each other, by more than a pixel."""
    return (
        one["whole"] != other["whole"]
        and min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    )


def cut_off(chart: Locator) -> list[str]:
    """The texts of a chart that run out of its drawing by more than two pixels."""
    frame = chart.locator("svg").bounding_box()
    assert frame is not None
    right, bottom = frame["x"] + frame["width"], frame["y"] + frame["height"]
    return [
        line["said"]
        for line in lines_of(chart)
        if line["left"] < frame["x"] - 2
        or line["right"] > right + 2
        or line["top"] < frame["y"] - 2
        or line["bottom"] > bottom + 2
    ]


@pytest.fixture
def page(reader: Page) -> Page:
    """Nothing is entered here: one view is looked at after another."""
    return reader


@pytest.mark.parametrize("layout", ["map", "tiles"])
def test_no_text_of_the_map_covers_another_or_is_cut_off(page: Page, layout: str) -> None:
    covered, cut = [], []
    width, other_width = 1280, 1920
    # tiles are drawn alike whichever ICS is chosen
    for scope in SCOPES if layout == "map" else SCOPES[:2]:
        page.set_viewport_size({"width": width, "height": 1080})
        open_view(page, f"/?ics={scope}&layout={layout}")
        for window in (width, other_width):
            page.set_viewport_size({"width": window, "height": 1080})
            expect_as_wide_as_its_place(london_map(page))
            covered += [
                (scope, window, one["said"], other["said"])
                for one, other in itertools.combinations(lines_of(london_map(page)), 2)
                if overlap(one, other)
            ]
            cut += [(scope, window, text) for text in cut_off(london_map(page))]
        # each is opened in turn, and drawn anew in the other
        width, other_width = other_width, width
    assert (covered, cut) == ([], [])


def expect_as_wide_as_its_place(chart: Locator) -> None:
    """Wait until a chart is drawn for the window that it is in."""
    settle(chart.page)
    chart.page.wait_for_function(
        "chart => Math.abs(chart.clientWidth - chart.querySelector('svg').getBoundingClientRect().width) < 1",
        arg=chart.element_handle(),
    )


@pytest.mark.parametrize(
    "address",
    ["/", "/?ics=SWL", "/?ics=NEL&layout=tiles", "/maturity?demo=yes&instrument=hallmarks&ics=SEL"],
)
def test_on_a_phone_the_page_goes_on_soon_below_the_whole_legend_of_a_map(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    follow(page, address)
    london_map(page).locator("path[aria-label]").first.wait_for()
    settle(page)
    frame = page.locator('[class*="st-key-frame_"]').first
    drawn, key = frame.bounding_box(), frame.locator(".map_key:visible")
    assert drawn is not None
    # what the codes on a map mean stands next, where names have no room
    end = drawn["y"] + drawn["height"]
    if key.count() and (said := key.bounding_box()):
        end = said["y"]
    assert 0 <= end - max(line["bottom"] for line in lines_of(london_map(page))) < 130


@pytest.mark.parametrize("width", [320, 640, 1280, 1920])
def test_no_text_of_the_ranking_is_cut_off(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, "/?indicator=asq3_at_2_to_2_5_years")
    ranking(page).scroll_into_view_if_needed()
    assert cut_off(ranking(page)) == []
    open_view(page)
    assert cut_off(ranking(page)) == []


@pytest.mark.parametrize("window", NARROW)
@pytest.mark.parametrize("address", ["/", "/?ics=NEL&indicator=asq3_at_2_to_2_5_years", "/sources"])
def test_a_phone_and_a_page_at_200_per_cent_do_not_scroll_sideways(
    page: Page, window: ViewportSize, address: str
) -> None:
    page.set_viewport_size(window)
    if address == "/sources":
        follow(page, address)
        expect(page.get_by_role("tab", name="Sources")).to_be_visible()
    else:
        open_view(page, address)
    too_wide = page.evaluate(
        """() => ['html', '[data-testid="stMain"]', '[data-testid="stMainBlockContainer"]']
            .filter(name => document.querySelector(name).scrollWidth > innerWidth)"""
    )
    assert too_wide == []


@pytest.mark.parametrize("window", NARROW)
def test_on_a_narrow_page_the_legend_stands_below_the_map(page: Page, window: ViewportSize) -> None:
    page.set_viewport_size(window)
    open_view(page)
    lowest = max(
        london_map(page)
        .locator(AREAS)
        .evaluate_all("areas => areas.map(area => area.getBoundingClientRect().bottom)")
    )
    legend = london_map(page).get_by_text("Number per 10,000").bounding_box()
    assert legend is not None
    assert legend["y"] > lowest


def test_on_a_wide_page_the_legend_stands_beside_the_map(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_view(page)
    legend = london_map(page).get_by_text("10.1 or more (7)").bounding_box()
    hillingdon = london_map(page).locator('path[aria-label^="Hillingdon,"]').bounding_box()
    assert legend is not None
    assert hillingdon is not None
    assert legend["x"] + legend["width"] < hillingdon["x"]


@pytest.mark.parametrize(("scheme", "ink"), [("light", DARK_TEXT), ("dark", LIGHT_TEXT)])
def test_the_charts_are_drawn_in_the_ink_of_the_theme(
    page: Page, scheme: Literal["light", "dark"], ink: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    open_view(page, "/?ics=NEL")
    expect(london_map(page).get_by_text("Outside this ICS")).to_have_attribute("fill", ink)
    expect(london_map(page).locator(AREAS)).to_have_count(33)
    expect(ranking(page).get_by_text("Number per 10,000 children aged 0 to 4")).to_have_attribute("fill", ink)


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_names_of_the_icss_stand_around_the_map(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1080})
    open_view(page)
    for part in ("West and North", "North East", "South East", "South West"):
        expect_texts(london_map(page), f"{part} London")
