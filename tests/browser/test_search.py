"""The search box of every page: what it finds, and where that leads."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st
from playwright.sync_api import Browser, Locator, Page, Request, expect

from geo.tables.london import London, load_london
from pages.components.frame import search
from tests.builders import ROOT

from .screen import (
    MARKED,
    area,
    choose,
    control,
    expect_link,
    follow,
    go_to,
    idle,
    london_map,
    open_view,
    settle,
)
from .test_accessibility import COLOURS, SCHEMES, violations

NAME = "Find a figure, place or postcode"
LONDON = load_london()
SCRIPT = (ROOT / "pages/components/frame/search.js").read_text(encoding="utf-8")
Search = Callable[[str], list[str]]


@pytest.fixture
def page(reader: Page) -> Page:
    """What is found is followed within the app, and so are the links that a test begins with."""
    return reader


@pytest.fixture(scope="module")
def script(browser: Browser) -> Any:
    """An empty page with the functions of the box, and all that it can find."""
    page = browser.new_page()
    page.evaluate(
        """async ([script, entries]) => {
            const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }))
            Object.assign(window, await import(address), { entries })
        }""",
        [SCRIPT, json.loads(json.dumps(search.entries()))],
    )
    yield page
    page.close()


def found(script: Page, typed: str) -> list[str]:
    """The ids of what is found, the best first."""
    return script.evaluate("typed => matches(entries, typed).map(([, id]) => id)", typed)


def as_postcode(script: Page, typed: str) -> str:
    return str(script.evaluate("typed => asPostcode(typed)", typed))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("health", "asq3_at_2_to_2_5_years"),
        ("health visitor", "asq3_at_2_to_2_5_years"),
        ("new birth visit", "new_birth_visit_14_days"),
        ("2 to 2 1/2 year review", "review_2_to_2_5_years"),
        ("nursrey", "funded_2yo_pct"),
        ("poverty", "low_income_under_16_pct"),
        ("poor", "low_income_under_16_pct"),
        ("deprivation", "imd_2025"),
        ("Sure Start", "centres_per_10k_0_4"),
        ("NEL", "NEL"),
        ("North East London", "NEL"),
        ("NHS North East London", "NEL"),
        ("qmf", "NEL"),
        ("E54000029", "NEL"),
        ("north central", "NCL"),
        ("E54000028", "WNL"),
        ("Barking", "Barking and Dagenham"),
        ("Barking & Dagenham", "Barking and Dagenham"),
        ("Kingston", "Kingston upon Thames"),
        ("Royal Borough of Greenwich", "Greenwich"),
        ("London borough of Camden", "Camden"),
        ("camden council", "Camden"),
        ("Westminister", "Westminster"),
        ("haringay", "Haringey"),
        ("RBKC", "Kensington and Chelsea"),
        ("map", "map"),
        ("my borough", "borough"),
        ("borough", "borough"),
        ("ICS", "ics"),
        ("slides", "pack"),
        ("postcode", "near_me"),
        ("polarity", "Polarity"),
        ("LSOA", "Small area"),
    ],
)
def test_what_people_type_finds_what_they_mean_first(typed: str, first: str, script: Page) -> None:
    assert found(script, typed)[0] == first


def test_health_finds_all_of_health_visiting_before_the_survey(script: Page) -> None:
    visiting = [entry[1] for entry in search.entries() if entry[3] == "Health visiting"]
    assert found(script, "health")[: len(visiting)] == visiting


@pytest.mark.parametrize("entry", search.entries(), ids=lambda entry: entry[1])
def test_everything_is_found_by_its_name_among_the_first(entry: search.Entry, script: Page) -> None:
    assert entry[1] in found(script, entry[2])[:5]


def spellings(london: London) -> list[tuple[str, str]]:
    names = {code: name for name, code in london.borough_codes.items()}
    return [(spelling, names[code]) for spelling, code in london.spellings.others.items()]


@pytest.mark.parametrize(("spelling", "borough"), spellings(LONDON))
def test_a_borough_is_found_by_each_of_its_spellings(spelling: str, borough: str, script: Page) -> None:
    assert found(script, spelling)[0] == borough


@given(st.text(max_size=100))
def test_whatever_is_typed_has_an_answer_and_nothing_is_offered_twice(script: Page, typed: str) -> None:
    offered = script.evaluate("typed => matches(entries, typed).map(entry => entry.join())", typed)
    assert len(offered) == len(set(offered))
    assert re.fullmatch(r"([A-Z]{1,2}[\dOIL][A-Z\d]? [\dOILS][A-Z]{2})?", as_postcode(script, typed))


@given(st.sampled_from(search.entries()), st.randoms())
def test_the_order_of_words_capitals_and_spaces_do_not_matter(
    script: Page, entry: search.Entry, chance: Any
) -> None:
    words = entry[2].split()
    mixed = [chance.choice([str.upper, str.lower])(word) for word in chance.sample(words, len(words))]
    assert set(found(script, f"  {'   '.join(mixed)} ")) == set(found(script, entry[2]))


LONG_NAMES = [name for name in LONDON.borough_codes if re.fullmatch(r"\w{6,}", name)]


@given(st.sampled_from(LONG_NAMES), st.data())
def test_a_slip_in_a_name_still_finds_it(script: Page, name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 2))
    slip = data.draw(st.sampled_from(["left out", "doubled", "exchanged"]))
    rest = {"left out": name[at + 1 :], "doubled": name[at] * 2 + name[at + 1 :]}
    typed = name[:at] + rest.get(slip, name[at + 1] + name[at] + name[at + 2 :])
    assert name in found(script, typed)


@pytest.mark.parametrize("typed", ["E8 3SB", "e83sb", " e8  3sb ", "ec1a 1bb", "W1A1AA", "e8-3sb", "E8 3S8"])
def test_a_postcode_is_known_by_how_it_is_written(typed: str, script: Page) -> None:
    assert bool(as_postcode(script, typed)) is (typed != "E8 3S8")


def test_no_name_or_code_of_ours_is_taken_for_a_postcode(script: Page) -> None:
    texts = {text for entry in search.entries() for text in (*entry[1:4], *entry[5].split("; "))}
    assert [text for text in texts if as_postcode(script, text)] == []


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name=NAME)


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="What was found").get_by_role("option")


def jump(page: Page, typed: str) -> None:
    """Type and press Enter at once."""
    box(page).focus()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def expect_heading(page: Page, said: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(said)


def test_enter_at_once_leads_to_the_first_and_the_box_is_empty(page: Page) -> None:
    open_view(page, "/?vintage=2026&ics=NEL&borough=Camden")
    jump(page, "linked sites")
    expect_heading(page, "Children's centre linked sites")
    expect_link(page, {"indicator": "linked_sites", "ics": "NEL", "borough": "Camden"})
    expect(box(page)).to_have_value("")
    expect(options(page)).to_have_count(0)
    jump(page, "barnet")
    expect_heading(page, "Barnet")
    expect_link(page, {"indicator": "linked_sites", "ics": "NEL", "borough": "Barnet"})
    jump(page, "good level")
    expect_link(page, {"indicator": "gld_2022_on", "borough": "Barnet"})
    expect_heading(page, "Barnet")
    jump(page, "nhs south east")
    expect_heading(page, "South East London")
    expect_link(page, {"ics": "SEL", "vintage": "2026"})
    expect(box(page)).to_have_value("")
    page.reload()
    settle(page)
    expect_heading(page, "South East London")
    expect(box(page)).to_have_value("")


def test_the_way_back_leads_where_one_was(page: Page) -> None:
    follow(page, "/lottery?indicator=gld_2022_on&vintage=2026")
    settle(page)
    expect_heading(page, "How big is the lottery?")
    jump(page, "my pack")
    expect_heading(page, "My pack")
    settle(page)
    jump(page, "across")
    expect_heading(page, "Across the border")
    settle(page)
    page.go_back()
    page.go_back()
    expect_heading(page, "My pack")


def test_a_word_is_explained_above_all_others_until_one_leaves(page: Page) -> None:
    open_view(page)
    jump(page, "polarity")
    expect_heading(page, "About")
    explained = page.get_by_test_id("stAlert")
    expect(explained).to_contain_text("Whether more of an indicator is better, less is better, or neither.")
    settle(page)
    go_to(page, "Across the border")
    expect_heading(page, "Across the border")
    settle(page)
    go_to(page, "About")
    expect_heading(page, "About")
    settle(page)
    expect(explained).to_have_count(0)


def test_a_postcode_leads_near_it_and_stays_out_of_link_and_title(page: Page) -> None:
    asked: list[str] = []

    def listen(request: Request) -> None:
        asked.append(request.url)

    open_view(page)
    page.on("request", listen)
    jump(page, "e8 3sb")
    expect_heading(page, "Near me")
    expect(page.get_by_text("It lies in Hackney")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("textbox", name="Postcode")).to_have_value("E8 3SB")
    expect(box(page)).to_have_value("")
    settle(page)
    page.remove_listener("request", listen)
    assert not [
        text for text in (page.url, page.title(), *asked) if re.search("e8.?3sb", text, re.IGNORECASE)
    ]


def test_arrows_choose_among_what_is_found_and_escape_lets_go(page: Page) -> None:
    open_view(page)
    box(page).focus()
    page.keyboard.type("borough")
    expect(options(page)).to_have_count(20)
    expect(page.locator(".st-key-search").get_by_role("status")).to_contain_text("more: type on")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_attribute("aria-activedescendant", "option-1")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("borough")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")


def test_what_is_not_there_is_answered_with_what_can_be_found(page: Page) -> None:
    open_view(page)
    jump(page, "zzgl")
    says = page.locator(".st-key-search").get_by_role("status")
    expect(says).to_contain_text("indicators, boroughs, ICSs, pages, words of the glossary and postcodes")
    expect(box(page)).to_have_value("zzgl")
    box(page).fill("SE12")
    expect(says).to_contain_text("type all of it, such as E8 1EA")


def test_a_double_click_chooses_once_and_nothing_below(page: Page) -> None:
    open_view(page, "/?vintage=2026")
    box(page).fill("linked")
    # over the list, so that the map stands below it
    page.set_viewport_size({"width": 760, "height": 900})
    options(page).filter(has_text="Linked sites").first.dblclick()
    expect_heading(page, "Children's centre linked sites")
    expect(control(page, "Borough")).to_have_value("None")
    idle(page)
    expect(london_map(page).locator(MARKED)).to_have_count(0)
    # and the next click is one
    area(london_map(page), "Bromley").click()
    expect_link(page, {"borough": "Bromley"})


def test_the_names_are_sent_once(visit: Callable[..., Page]) -> None:
    page = visit()
    frames: list[int] = []
    name = b"Index of Multiple Deprivation 2025, average score; "

    def listen(socket: Any) -> None:
        socket.on("framereceived", lambda frame: frames.append(len(frame)) if name in frame else None)

    page.on("websocket", listen)
    open_view(page)
    assert len(frames) == 1
    choose(page, "Borough", "Camden")
    expect_link(page, {"borough": "Camden"})
    idle(page)
    jump(page, "about")
    expect_heading(page, "About")
    settle(page)
    assert len(frames) == 1


def stops_to(page: Page, target: Locator) -> int:
    for stops in range(1, 30):
        page.keyboard.press("Tab")
        if target.evaluate("box => box === box.getRootNode().activeElement"):
            return stops
    raise AssertionError(f"30 times Tab do not reach {target}")


def test_the_box_is_the_first_control_and_the_filters_follow(page: Page) -> None:
    # on a page that has just been come to, nothing has the focus
    follow(page, "/about")
    open_view(page)
    assert stops_to(page, box(page)) <= 8
    assert stops_to(page, control(page, "Indicator")) <= 2
    assert stops_to(page, control(page, "Borough")) <= 3


def test_the_box_does_not_cover_the_menu_of_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    menu = page.get_by_test_id("stSidebar")
    expect(menu.get_by_role("link").first).to_be_focused()
    menu.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click(timeout=5_000)
    expect(menu).not_to_be_in_viewport()
    box(page).click(timeout=5_000)
    expect(box(page)).to_be_focused()


def test_what_was_found_stays_on_the_screen(page: Page) -> None:
    open_view(page)
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        box(page).fill("health")
        expect(options(page).first).to_be_visible()
        edges = page.locator(".st-key-search .below").evaluate(
            "list => [list.getBoundingClientRect().left, list.getBoundingClientRect().right]"
        )
        assert edges[0] >= 0
        assert edges[1] <= width
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(("typed", "found"), [("borough", 20), ("zzgl", 0)])
def test_neither_what_was_found_nor_that_nothing_was_has_a_barrier(
    page: Page, typed: str, found: int
) -> None:
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, forced_colors="none")
        open_view(page)
        # a phone's list has what is not on a laptop below it
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
            box(page).fill(typed)
            expect(options(page)).to_have_count(found)
            within = "html" if scheme == "light" else ".st-key-search"
            assert violations(page, rules, within) == [], (scheme, width)
    page.emulate_media(forced_colors="active")
    assert violations(page, COLOURS) == []
