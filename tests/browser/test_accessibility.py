"""WCAG 2.2 AA, as far as a machine can tell."""

import itertools
import re
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages.components.charts.palette import MORE
from pages.components.frame.navigation import PAGES
from tests.builders import EVERYTHING

from .screen import close_menu, follow, idle, london_map, open_menu, open_view, settle

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# to describe what is well takes axe twice as long as to find what is not
RULES = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
# what is not ours to mend, and stops nobody: the rule, a part of the markup, and why
EXCEPTIONS = [
    # Streamlit's place to drop a file on is no stop of the keyboard; its button, which is one, is named
    ("presentation-role-conflict", "stFileUploaderDropzone"),
    # Streamlit draws what a button opens after all else; it takes the focus, and gives it back
    ("region", "data-floating-ui-portal"),
]
COLOURS = {
    # all rules that a colour can break
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
AXE = Axe().axe_script
ICS_WITH_GAPS = "/?indicator=asq3_at_2_to_2_5_years&period=2023/24&ics=NEL&borough=Newham"
SMALL_AREAS = "/?indicator=access_any_centre&vintage=2026&ics=NEL&areas=small"
MAPS = ["/", ICS_WITH_GAPS, SMALL_AREAS]

# behind a page in the dark: backgroundColor of .streamlit/config.toml
DARK = "rgb(17, 21, 28)"
# a phone; a laptop at twice its type size, laid out as a phone is; and a laptop, where most is seen
PHONE, ENLARGED, LAPTOP = 320, 640, 1280
WIDTHS = [PHONE, ENLARGED, LAPTOP] if EVERYTHING else [PHONE, LAPTOP]


@pytest.fixture
def page(reader: Page) -> Page:
    """Nothing is entered here: one view is looked at after another."""
    return reader


def barriers_in_light_and_dark(page: Page, address: str) -> list[str]:
    """What axe finds on a page at every width in light, then in dark, and in forced colours.

    It turns dark while it is open, as it does when a computer does so in the evening. That it has the names,
    roles and states that it had in light is looked at first, at its full width: then what has nothing to do
    with colours is found once.
    """
    page.set_viewport_size({"width": PHONE, "height": 800})
    follow(page, address)
    found = violations_in_light(page, [PHONE, ENLARGED, LAPTOP] if address in MAPS else WIDTHS)
    light = snapshot_of_all(page, address)
    page.emulate_media(color_scheme="dark")
    assert snapshot_of_all(page, address) == light
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", DARK)
    found += [f"dark, {each}" for each in violations(page, COLOURS)]
    if EVERYTHING or address in MAPS:
        # what the signs of a map mean stands below it on a phone
        page.set_viewport_size({"width": PHONE, "height": 800})
        settle(page)
        found += [f"dark, on a phone: {each}" for each in violations(page, COLOURS)]
    page.emulate_media(forced_colors="active")
    return found + [f"forced colours: {each}" for each in violations(page, COLOURS)]


def snapshot_of_all(page: Page, address: str) -> list[list[str]]:
    """What a page says to a screen reader once all of it is there: the words of each line.

    A chart that was there for the view before has its names in the order in which they came to it.
    """
    settle(page)
    if address == SMALL_AREAS:
        page.locator(".map[data-drawn]").wait_for()
    # which way a map is shaded is said of the colours that it has
    said = page.locator("body").aria_snapshot().replace(MORE["dark"], MORE["light"])
    return [sorted(line.split()) for line in said.splitlines()]


def violations_in_light(page: Page, widths: list[int] = WIDTHS) -> list[str]:
    """What axe finds in windows of these widths, one after the other."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        found += [f"{width}: {each}" for each in violations(page)]
    return found


# signs are drawn by a font in place of their names; one that the font lacks would stand there as a word
SPELLED = """() => [...document.querySelectorAll('[data-testid="stApp"] span')]
  .filter(span => getComputedStyle(span).fontFamily.startsWith('"Material Symbols') && span.firstChild)
  .filter(span => {
    const text = document.createRange()
    text.selectNodeContents(span)
    return text.getBoundingClientRect().width > 1.5 * parseFloat(getComputedStyle(span).fontSize)
  })
  .map(span => `the sign ${span.textContent} is no picture`)"""


def violations(page: Page, rules: dict = RULES, within: str = "html") -> list[str]:
    """What axe finds, but for EXCEPTIONS: the rule with the markup it found; and signs without a picture.

    Where all else has been looked at before, axe need only look within what is new.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    spelled: list[str] = page.evaluate(SPELLED)
    return spelled + [
        f"{violation['id']}: {node['html']} {node.get('failureSummary', '')}"
        for violation in page.evaluate("asked => axe.run(...asked)", [within, rules])["violations"]
        for node in violation["nodes"]
        if not any(violation["id"] == rule and part in node["html"] for rule, part in EXCEPTIONS)
    ]


@pytest.mark.parametrize("address", MAPS)
def test_the_map_page_has_no_barrier(page: Page, address: str) -> None:
    assert barriers_in_light_and_dark(page, address) == []


@pytest.mark.parametrize("address", ["/?indicator=family_hubs_programme&layout=tiles", "/?ics=XX"])
def test_the_map_page_has_no_barrier_in_light(page: Page, address: str) -> None:
    open_view(page, address)
    assert violations_in_light(page) == []


# views in which a page has more to say than at its bare address
VIEWS = [
    "/lottery?indicator=gld_2013_2019",
    "/ics?ics=NEL&indicator=gld_2013_2019",
    "/borough?borough=Newham&indicator=gld_2013_2019",
    "/centres?since=2016-12-15&day=2022-12-15&ics=NCL&vintage=2022",
    "/what_if?closed=20019&opened=SE12 8LT&vintage=2026",
    "/compare?compare=Camden,Hackney&indicator=gld_2013_2019",
    "/maturity",
    "/maturity?demo=yes&borough=Merton",
    "/maturity?demo=yes&instrument=hallmarks&ics=NEL&layout=tiles",
    "/self_evaluation?borough=Hackney",
]
# the map and Data and sources have tests of their own
TRIED = {"", "sources", *(urlsplit(address).path.strip("/") for address in VIEWS)}
OTHER_PAGES = [*VIEWS, *(f"/{page.address}" for page in PAGES if page.address not in TRIED)]


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_the_other_pages_have_no_barrier(page: Page, address: str) -> None:
    assert barriers_in_light_and_dark(page, address) == []


# what opens from a button, and all buttons from which something does: all else is looked at with its page
OPENED = "[data-testid=stPopoverBody], [data-testid=stPopoverButton]"
SCHEMES: dict[Literal["light", "dark"], dict] = {"light": RULES, "dark": COLOURS}


def test_what_opens_from_a_button_has_no_barrier(page: Page) -> None:
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        open_view(page)
        for name in ("Start here", "Display", "Meeting", "Map: take away", "Numbers: take away"):
            open_menu(page, name)
            idle(page)
            assert violations(page, rules, OPENED) == [], (scheme, name)
            close_menu(page)
        page.get_by_test_id("stTopNavSection").first.click()
        page.get_by_role("menuitem").first.wait_for()
        assert violations(page, rules) == [], scheme


MEETINGS = [
    "/?meeting=1&borough=Hackney",
    "/lottery?meeting=1&indicator=gld_2022_on",
    "/borders?meeting=1",
    "/borough?meeting=1&borough=Newham&indicator=gld_2022_on",
    "/survey?meeting=1",
    "/maturity?meeting=1&demo=yes",
]


@pytest.mark.parametrize("address", MEETINGS)
def test_no_screen_of_a_meeting_has_a_barrier(page: Page, address: str) -> None:
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        follow(page, address)
        page.get_by_role("toolbar", name="Meeting mode").wait_for()
        idle(page)
        screens = page.locator("[class*=st-key-meeting_screen_]")
        for _ in range(screens.count()):
            assert violations(page, rules) == [], scheme
            page.keyboard.press("Space")
            idle(page)
        page.keyboard.press("?")
        assert violations(page, rules) == [], scheme
        page.keyboard.press("?")
    # which colours are forced does not depend on the scheme of the app
    page.emulate_media(forced_colors="active")
    assert violations(page, COLOURS) == []
    page.keyboard.press("?")
    assert violations(page, COLOURS) == []


def test_the_sources_page_has_no_barrier(page: Page) -> None:
    for scheme, rules in SCHEMES.items():
        # the colours around what a tab shows are those of every page
        within = "html" if rules is RULES else "[data-testid=stTabs]"
        page.emulate_media(color_scheme=scheme)
        follow(page, "/sources")
        expect(page.get_by_role("tab")).to_have_count(6)
        settle(page)
        for tab in page.get_by_role("tab").all():
            tab.click()
            assert violations(page, rules, within) == [], scheme


def test_the_page_says_its_language_its_title_its_outline_and_its_charts_in_words(page: Page) -> None:
    open_view(page)
    levels = page.get_by_role("heading").evaluate_all("headings => headings.map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in itertools.pairwise(levels))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title(re.compile(r".+, London, .*20\d\d.* – Beyond Boundaries London"))
    assert london_map(page).get_attribute("aria-label") == (
        "Map of London by borough. The heading above says what it shows; the table below has every value."
    )
    # and no mark of a chart says its coordinates
    said = page.locator('[data-testid="stVegaLiteChart"] [aria-label]').evaluate_all(
        "marks => marks.map(mark => mark.ariaLabel)"
    )
    assert said
    assert [text for text in said if re.search(r"\b(left|at|place|line): \d", text)] == []
