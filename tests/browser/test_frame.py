"""What stands around every page: the first screen, the menu, the filters, the panel for who comes new."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from geo.boundaries.layouts import load_layouts
from pages.components.charts import palette
from pages.components.frame.navigation import PAGES

from .screen import (
    AREAS,
    BARS,
    area,
    control,
    download,
    expect_link,
    file_link,
    follow,
    go_to,
    idle,
    london_map,
    open_menu,
    open_view,
    ranking,
    settle,
)

# every text of a chart with its size of type, lines of one text with blanks between them
SIZES = """chart => [...chart.querySelectorAll('text')].map(text => [
    text.children.length ? [...text.children].map(line => line.textContent).join(' ') : text.textContent,
    parseFloat(getComputedStyle(text).fontSize),
]).filter(([said]) => said)"""
NAMES = [label.replace("|", " ") for label in load_layouts()["map"].labels["tile_label"]]
LAPTOPS: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 1366, "height": 768}]
PHONE = {"width": 390, "height": 844}


def edges(found: Locator) -> tuple[float, float]:
    """The top and the bottom of what is drawn, in pixels of the window."""
    boxes = found.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({top, bottom}) => [top, bottom])"
    )
    assert boxes
    return min(top for top, _ in boxes), max(bottom for _, bottom in boxes)


@pytest.mark.parametrize("window", LAPTOPS)
@pytest.mark.parametrize("layout", ["map", "tiles"])
def test_the_first_screen_of_a_laptop_has_all_that_matters(
    reader: Page, window: ViewportSize, layout: str
) -> None:
    page = reader
    page.set_viewport_size(window)
    open_view(page, f"/?vintage=2026&layout={layout}")
    height = window["height"]
    top, bottom = edges(london_map(page).locator(AREAS))
    assert top <= 300
    assert bottom <= height
    legend = london_map(page).locator("text").filter(has_text="(")
    assert edges(legend)[1] <= 760
    # every borough is named where it lies or in the key, with its value, and nothing is in small letters
    said_in = london_map(page).evaluate(SIZES)
    for name in NAMES:
        assert [text for text, _ in said_in if re.match(rf"{name} \d", text)], name
    assert min(size for _, size in said_in) >= 12
    # the ranking from its first to its last
    bars = edges(ranking(page).locator(BARS))
    assert bars[0] > 0
    assert bars[1] <= height
    said = [page.get_by_role("heading", level=2).first, page.get_by_text("Early years by borough")]
    # what the app is stands in one line of the menu
    assert edges(said[1])[1] - edges(said[1])[0] < 24
    filters = ["Indicator", "Period", "Integrated care system (ICS)", "Borough"]
    for shown in (*said, *(control(page, name) for name in filters)):
        assert edges(shown)[1] < top


@pytest.mark.parametrize("address", ["/borders", "/about"])
def test_the_search_box_is_in_sight_with_filters_and_without(reader: Page, address: str) -> None:
    follow(reader, address)
    settle(reader)
    expect(reader.get_by_role("combobox", name="Find a figure, place or postcode")).to_be_in_viewport()


def test_who_mistypes_a_page_is_told_so_and_has_the_whole_map(page: Page, complaints: list[str]) -> None:
    page.goto("/what-if?vintage=2026")
    expect(page.get_by_role("dialog")).to_contain_text("does not seem to exist")
    expect(london_map(page).locator("path[aria-label]")).to_have_count(33, timeout=30_000)
    # Streamlit says it in the console, too, and looks for its server there before
    assert [text for text in complaints if not re.search("does not seem to exist|/_stcore/", text)] == []
    complaints.clear()


CUT = """inputs => inputs.filter(input => input.scrollWidth > input.clientWidth).map(input => input.value)"""
LONG = "/?vintage=2026&ics=WNL&indicator=asq3_at_2_to_2_5_years&period=2023/24&borough=Hammersmith and Fulham"


@pytest.mark.parametrize("width", [320, 390, 640, 900, 1280])
def test_what_is_chosen_can_be_read(reader: Page, width: int) -> None:
    page = reader
    page.set_viewport_size({"width": width, "height": 800})
    open_view(page, LONG)
    filters = page.locator('.st-key-filters > :not([class*="st-key-control_indicator"]) input')
    expect(filters).to_have_count(3)
    assert filters.evaluate_all(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_menu_has_every_page_and_marks_the_group_of_this_one(reader: Page) -> None:
    page = reader
    open_view(page)
    for group in dict.fromkeys(each.group for each in PAGES[1:]):
        pages = [each for each in PAGES if each.group == group]
        sections = page.get_by_test_id("stTopNavSection")
        sections.filter(has_text=group).click()
        expect(page.get_by_role("menuitem")).to_have_count(len(pages))
        in_menu = [page.get_by_role("menuitem", name=each.title, exact=True) for each in pages]
        for item in in_menu:
            expect(item).to_be_visible()
        in_menu[-1].click()
        page.wait_for_url(f"**/{pages[-1].address}*")
        idle(page)
        weights = sections.evaluate_all(
            "all => all.map(one => [one.innerText.trim(), getComputedStyle(one).fontWeight])"
        )
        assert [name for name, weight in weights if weight == "600"] == [group]


COUNT = """() => {
    window.presses = 0
    document.addEventListener("pointerdown", () => { window.presses += 1 }, { capture: true })
}"""


def find_health_visiting(page: Page) -> None:
    page.get_by_placeholder("Find").click()
    page.keyboard.type("health visiting")
    page.locator(".st-key-search").get_by_role("option").first.click()


def mark_hackney(page: Page) -> None:
    area(london_map(page), "Hackney").click()


def look_for_the_picture(page: Page) -> None:
    """The next click brings it: that it comes is tested elsewhere, and drawing it takes its time."""
    open_menu(page, "Map: take away")
    expect(file_link(page, "Map as PNG")).to_be_visible()
    page.keyboard.press("Escape")


def take_the_numbers(page: Page) -> None:
    assert download(page, "Numbers as CSV").suggested_filename.startswith("asq3_at_2_to_2_5_years")


def press(page: Page, name: str) -> None:
    idle(page)
    page.get_by_role("button", name=name, exact=True).click()


def ask_what_a_word_means(page: Page) -> None:
    page.get_by_role("link", name="What the words mean").click()


def start_the_meeting(page: Page) -> None:
    open_menu(page, "Meeting")
    press(page, "Meeting mode")


# one after the other: who, what they come for, how they get there, in how many clicks at most, what they see
LEADER, LEAD, OFFICER = "a leader", "who leads an ICS", "a policy officer"
FOUR = "Where do we stand?|Where are we behind or ahead, and|Which of our boroughs?|Is it getting better?"
OVER_TIME = "ASQ-3 at the 2 to 2½ year review over time"
TASKS: list[tuple[str, str, Callable[[Page], None], int, str]] = [
    (LEADER, "best and worst", find_health_visiting, 2, "In Tower Hamlets, 99.2% of"),
    (LEADER, "where their borough stands", mark_hackney, 1, "Hackney (95.5%) is 9th of 26"),
    (OFFICER, "a picture", look_for_the_picture, 1, ""),
    (OFFICER, "the numbers", take_the_numbers, 2, ""),
    (OFFICER, "a borough beside its ICS over time", partial(go_to, title="My borough"), 3, OVER_TIME),
    (LEADER, "their borders", partial(go_to, title="Across the border"), 2, "difference that Hackney has to"),
    (LEADER, "is it growing", partial(go_to, title="How big is the lottery?"), 2, "Is the lottery growing?"),
    (OFFICER, "what a word means", ask_what_a_word_means, 1, "Confidence interval (95%)"),
    (LEAD, "all ICSs side by side", partial(go_to, title="My ICS"), 2, "The ICSs side by side"),
    (LEAD, "their four questions", partial(press, name="North East London"), 1, FOUR),
    (LEAD, "all boroughs over time", partial(press, name="Compare our boroughs"), 1, OVER_TIME),
    (LEADER, "that on the wall", start_the_meeting, 2, "Leave"),
]


def test_few_clicks_lead_to_what_people_come_for(reader: Page) -> None:
    page = reader
    open_view(page, "/?vintage=2026")
    page.evaluate(COUNT)
    for who, what, get_there, most, seen in TASKS:
        page.evaluate("window.presses = 0")
        get_there(page)
        for text in filter(None, seen.split("|")):
            expect(page.get_by_text(text).first, f"{who}: {what}").to_be_visible(timeout=20_000)
        assert 0 < page.evaluate("window.presses") <= most, (who, what)


def test_the_menu_of_a_phone_takes_the_focus_and_gives_it_back(visit: Callable[..., Page]) -> None:
    page = visit(viewport=PHONE)
    open_view(page)
    menu, opens = page.get_by_test_id("stSidebar"), page.get_by_test_id("stExpandSidebarButton")
    # while it is closed, no key leads into it
    for _ in range(6):
        page.keyboard.press("Tab")
        assert not menu.evaluate("menu => menu.contains(document.activeElement)")
    opens.click()
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_be_in_viewport()
    expect(opens).to_be_focused()
    opens.press("Enter")
    menu.get_by_role("link", name="Across the border").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Across the border")
    expect(menu).not_to_be_in_viewport()


def test_what_changed_is_said_aloud_and_the_first_view_is_not(page: Page) -> None:
    open_view(page)
    said = page.locator(".st-key-aids").get_by_role("status")
    expect(said).to_have_text("")
    go_to(page, "My ICS")
    expect(said).to_contain_text("My ICS")


def test_pictures_turn_dark_and_light_with_the_browser(reader: Page) -> None:
    page = reader
    follow(page, "/?meeting=1")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        colour = palette.THEMES[scheme]["text"]
        expect(page.locator(f'[data-testid=stVegaLiteChart] text[fill="{colour}"]')).not_to_have_count(0)
        expect(page.locator("html")).to_have_css("--page", palette.THEMES[scheme]["page"])


def test_who_comes_new_is_shown_findings_and_follows_one_to_its_map(page: Page) -> None:
    open_view(page)
    open_menu(page, "Start here")
    panel = page.get_by_test_id("stPopoverBody")
    expect(panel).to_contain_text("In Lambeth there are 15.8 designated centres for every 10,000 children")
    expect(panel).to_contain_text("Children aged 0 to 4 (Census 2021) whose nearest children's centre")
    panel.get_by_role("button", name="Show it on the map").nth(1).click()
    expect_link(page, {"indicator": "access_nearest_across_border"})
    expect(page.get_by_role("heading", level=2).first).to_contain_text("In Lewisham 36.8% of children")
    page.keyboard.press("Escape")
    open_menu(page, "Start here")
    page.get_by_test_id("stPopoverBody").get_by_role("link", name="I lead an ICS").click()
    expect(page).to_have_title("My ICS – Beyond Boundaries London")
    settle(page)
