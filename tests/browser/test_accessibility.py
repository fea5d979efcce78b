"""WCAG 2.2 AA, as far as a machine can tell."""

import itertools
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages.components.frame.navigation import PAGES

from .screen import london_map, open_view, settle

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
ICS_WITH_GAPS = "/?indicator=asq3_at_2_to_2_5_years&period=2023/24&ics=NEL&borough=Newham"


def grave_violations(page: Page) -> list[str]:
    """What axe calls serious or critical: the rule with the markup it found."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{violation['id']}: {node['html']} {node.get('failureSummary', '')}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("/", "light"),
        ("/", "dark"),
        (ICS_WITH_GAPS, "light"),
        (ICS_WITH_GAPS, "dark"),
        ("/?indicator=family_hubs_programme&layout=tiles", "light"),
        ("/?ics=XX", "light"),
    ],
)
def test_the_map_page_has_no_grave_barrier(visit: Callable[..., Page], address: str, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    open_view(page, address)
    assert grave_violations(page) == []


OTHER_PAGES = [
    "/lottery?indicator=gld_2013_2019",
    "/borders",
    "/ics?ics=NEL&indicator=gld_2013_2019",
    "/borough?borough=Newham&indicator=gld_2013_2019",
    "/compare?compare=Camden,Hackney&indicator=gld_2013_2019",
    "/survey",
    "/maturity",
    "/maturity?demo=yes&borough=Merton",
    "/maturity?demo=yes&instrument=hallmarks&ics=NEL&layout=tiles",
    "/self_evaluation?borough=Hackney",
    "/pack",
]


def test_every_page_of_the_menu_is_tried() -> None:
    tried = {urlsplit(address).path.strip("/") for address in OTHER_PAGES}
    assert tried | {"", "sources"} == {page.address for page in PAGES}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", OTHER_PAGES)
def test_the_other_pages_have_no_grave_barrier(visit: Callable[..., Page], address: str, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    page.goto(address)
    settle(page)
    assert grave_violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sources_page_has_no_grave_barrier(visit: Callable[..., Page], scheme: str) -> None:
    page = visit(color_scheme=scheme)
    page.goto("/sources")
    expect(page.get_by_role("tab")).to_have_count(6)
    settle(page)
    for tab in page.get_by_role("tab").all():
        tab.click()
        assert grave_violations(page) == []


def test_the_page_is_outlined_by_headings_without_a_gap(page: Page) -> None:
    open_view(page)
    levels = page.get_by_role("heading").evaluate_all("headings => headings.map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in itertools.pairwise(levels))


def test_the_page_says_its_language_and_its_title(page: Page) -> None:
    open_view(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Beyond Boundaries London")
    assert london_map(page).get_attribute("aria-label") == (
        "Map of London by borough. The heading above says what it shows; the table below has every value."
    )


def test_what_the_charts_say_to_a_screen_reader_is_words_and_not_coordinates(page: Page) -> None:
    open_view(page)
    said = page.locator('[data-testid="stVegaLiteChart"] [aria-label]').evaluate_all(
        "marks => marks.map(mark => mark.ariaLabel)"
    )
    assert [text for text in said if re.search(r"\b(left|at|place|line): \d", text)] == []
