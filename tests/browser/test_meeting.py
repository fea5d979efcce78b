"""The screen of a meeting: large, without a mouse, and steady when the connection is not."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data_loaders.settings import ADDRESS
from tests.codes import read_codes

from .conftest import free_port, serve
from .meeting import (
    MEETING,
    PARTS,
    ROOM,
    expect_boroughs_marked,
    london,
    open_meeting,
    ranking,
    said,
    subtitle,
)
from .screen import (
    expect_link,
    expect_texts,
    follow,
    idle,
    link,
    open_menu,
    open_view,
    settle,
)


@pytest.fixture
def page(reader: Page) -> Page:
    """One meeting after another; of each, nothing is left on a page outside of meetings."""
    follow(reader, "/about")
    return reader


def expect_code_beside_all_else(page: Page) -> None:
    """A code for cameras stands at the right of the sentence, above the picture, below the buttons."""
    code = page.get_by_role("img", name="Code for cameras")
    found = code.bounding_box()
    assert found
    # as a camera sees it, on the screen and in its surroundings
    (said,) = read_codes(page.screenshot())
    assert said.startswith("https://example.org/?indicator=")
    assert "ics=NEL" in said
    assert found["width"] == found["height"] >= 180
    parts = page.evaluate(PARTS)
    assert parts["words"]["right"] <= found["x"]
    below = page.locator("[class*=st-key-meeting_pictures_]:visible").bounding_box()
    above = page.get_by_role("toolbar", name="Meeting mode").bounding_box()
    assert below
    assert above
    assert above["y"] + above["height"] <= found["y"]
    assert max(found["y"] + found["height"], parts["words"]["bottom"]) <= below["y"]


def foot(page: Page) -> Locator:
    return page.locator("[class*=st-key-meeting_foot_]:visible")


def marked(page: Page) -> Locator:
    """The copies of shapes that mark boroughs: three lines each."""
    return page.locator("svg.spotlight path")


def blank(page: Page) -> Locator:
    return page.get_by_role("img", name="The screen is blank")


def test_left_and_right_go_round_the_icss_and_all_london(page: Page) -> None:
    open_meeting(page)
    for code, name in (("NCL", "North Central London"), ("NEL", "North East London")):
        page.keyboard.press("ArrowRight")
        expect(subtitle(page)).to_contain_text(name)
        expect_link(page, {"ics": code, "meeting": "1"})
    for name in ("North Central London", "All London", "South West London"):
        page.keyboard.press("ArrowLeft")
        expect(subtitle(page)).to_contain_text(name)
    page.keyboard.press("ArrowRight")
    expect(subtitle(page)).to_contain_text("All London")
    expect_link(page, {"ics": None})


def test_up_and_down_change_the_indicator(page: Page) -> None:
    open_meeting(page, MEETING + "&ics=NEL")
    before = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    expect(subtitle(page)).to_contain_text("North East London")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_of_many_quick_presses_the_last_wins(page: Page) -> None:
    open_meeting(page)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect_link(page, {"ics": "SEL", "meeting": "ranking"})
    expect(subtitle(page)).to_contain_text("South East London")
    expect(ranking(page)).to_be_visible()


def test_the_space_bar_goes_through_the_screens_of_the_page_and_round(page: Page) -> None:
    open_meeting(page)
    expect(ranking(page)).to_be_hidden()
    page.keyboard.press("Space")
    expect(ranking(page)).to_be_visible()
    expect(london(page)).to_be_hidden()
    expect_link(page, {"meeting": "ranking"})
    # eleven boroughs and London
    expect(ranking(page).locator("path[aria-roledescription=bar]")).to_have_count(12)
    expect_texts(ranking(page), "Lambeth")
    page.reload()
    expect(ranking(page)).to_be_visible()
    page.keyboard.press("Space")
    expect(ranking(page, 2)).to_be_visible()
    page.keyboard.press("Space")
    expect_texts(ranking(page, 3), "Harrow")
    page.keyboard.press("Space")
    expect(london(page)).to_be_visible()
    expect_link(page, {"meeting": "1"})


def test_a_screen_that_the_page_does_not_have_is_its_first(page: Page) -> None:
    open_meeting(page, "/lottery?meeting=ranking")
    expect(page.get_by_role("heading", level=1)).to_have_text("From 1.2 in Harrow to 15.8 in Lambeth.")


def test_the_publishers_stand_in_one_line_and_a_key_shows_the_sources_in_full(page: Page) -> None:
    open_meeting(page)
    expect(foot(page)).to_contain_text("Sources: Department for Education; Office for National Statistics.")
    expect(foot(page)).to_contain_text("Boundaries: Greater London Authority.")
    expect(foot(page)).not_to_contain_text("Crown copyright")
    sources = page.get_by_role("dialog", name="Sources and notes")
    page.keyboard.press("/")
    expect(sources.get_by_role("listitem")).to_have_count(4)
    expect(sources).to_contain_text(
        "City of London (41.8) has very few children: it is shown, but not ranked."
    )
    expect(sources).to_contain_text("Population estimates, mid-2024, figures to 30 June 2024")
    expect(sources).to_contain_text("Contains OS data © Crown copyright and database right 2026.")
    page.keyboard.press("/")
    expect(sources).to_be_hidden()
    page.get_by_role("button", name="Sources").click()
    expect(sources).to_be_visible()
    page.keyboard.press("Escape")
    expect(sources).to_be_hidden()


def test_what_has_no_other_screen_says_so(page: Page) -> None:
    open_meeting(page, "/?meeting=1&indicator=family_hubs_programme")
    page.keyboard.press("Space")
    expect(said(page)).to_have_text("This page has one screen.")
    expect(london(page)).to_be_visible()


def test_keys_that_change_nothing_on_a_page_say_so(page: Page) -> None:
    open_meeting(page, "/survey?meeting=1")
    before = page.get_by_role("heading", level=1).inner_text()
    for key in ("ArrowRight", "ArrowDown", "["):
        page.keyboard.press(key)
        expect(said(page)).to_have_text("Nothing on this page changes with that.")
    for name in ("Next ICS", "Next indicator", "Earlier period"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_a_borough_that_is_typed_says_its_answer_where_answers_are_shown(page: Page) -> None:
    open_meeting(page, "/maturity?meeting=1&demo=yes&vintage=2026")
    page.keyboard.type("enf")
    expect(said(page)).to_have_text("Enfield: Substantial progress")
    expect_boroughs_marked(page, "Enfield")
    page.keyboard.press("Escape")
    page.keyboard.type("barn")
    expect(said(page)).to_have_text("Barnet: Replied, not shown by borough")


def test_zooming_the_browser_enlarges_the_picture_which_the_keys_move(visit: Callable[..., Page]) -> None:
    page = visit()
    page.set_viewport_size(ROOM)
    open_meeting(page, "/?meeting=ranking&vintage=2026")
    stage = page.locator(".st-key-meeting_stage")

    def zoom(times: float) -> None:
        """As Ctrl and + do: as many pixels of the screen are fewer of the page."""
        browser = page.context.new_cdp_session(page)
        size = {"width": int(ROOM["width"] / times), "height": int(ROOM["height"] / times)}
        browser.send(
            "Emulation.setDeviceMetricsOverride", {**size, "deviceScaleFactor": times, "mobile": False}
        )

    before = stage.bounding_box()
    assert before
    zoom(2)
    # the page is half as many pixels wide, and the stage as many as before: twice as large on the screen
    expect(page.locator("html")).to_have_attribute("data-meeting-zoomed", "yes")
    after = stage.bounding_box()
    assert after
    assert after["width"] == pytest.approx(before["width"], rel=0.02)
    assert (after["x"], after["y"]) == (0, 0)
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollLeft > 100")
    page.keyboard.press("Shift+ArrowDown")
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop > 100")
    assert "ics" not in link(page)
    page.keyboard.type("lam")
    expect_boroughs_marked(page, "Lambeth")
    zoom(1)
    expect(page.locator("html")).not_to_have_attribute("data-meeting-zoomed", "yes")


def test_b_alone_and_a_full_stop_blank_the_screen_and_any_key_brings_it_back(page: Page) -> None:
    open_meeting(page)
    for blanking, back in (("b", "b"), (".", "ArrowRight"), ("B", "Escape")):
        page.keyboard.press(blanking)
        expect(blank(page)).to_be_visible()
        page.keyboard.press(back)
        expect(blank(page)).to_be_hidden()
    assert "ics" not in link(page)
    expect(marked(page)).to_have_count(0)


def test_the_first_letters_of_a_borough_mark_it_on_map_and_ranking(page: Page) -> None:
    open_meeting(page)
    page.keyboard.type("hac")
    expect(said(page)).to_have_text("Hackney: 6.7, 12th of 32")
    expect_boroughs_marked(page, "Hackney")
    # it is on the second screen of the ranking
    page.keyboard.press("Space")
    expect(marked(page)).to_have_count(0)
    page.keyboard.press("Space")
    expect_boroughs_marked(page, "Hackney")
    page.keyboard.press("Backspace")
    # Hackney, Hammersmith and Fulham, Haringey, Harrow, Havering
    expect(said(page)).to_have_text("5 boroughs begin with “ha”")
    page.keyboard.press("Escape")
    expect(marked(page)).to_have_count(0)
    expect(said(page)).to_have_text("")


def test_a_borough_that_was_marked_stays_so_in_the_next_view_with_its_value_there(page: Page) -> None:
    open_meeting(page)
    page.keyboard.type("hac")
    expect(said(page)).to_have_text("Hackney: 6.7, 12th of 32")
    before = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    expect(said(page)).to_contain_text("Hackney: ")
    expect(said(page)).not_to_contain_text("6.7")
    expect_boroughs_marked(page, "Hackney")
    page.keyboard.press("Escape")
    expect(marked(page)).to_have_count(0)


def test_brackets_go_through_the_periods_and_end_with_them(page: Page) -> None:
    open_meeting(page, "/?meeting=1&indicator=gld_2013_2019")
    expect(subtitle(page)).to_contain_text("summer 2019")
    page.keyboard.press("[")
    expect(subtitle(page)).to_contain_text("summer 2018")
    expect_link(page, {"period": "2018", "meeting": "1"})
    page.keyboard.press("]")
    expect(subtitle(page)).to_contain_text("summer 2019")
    page.keyboard.press("]")
    expect(said(page)).to_have_text("This is the newest period.")
    page.get_by_role("button", name="Earlier period").click()
    expect(subtitle(page)).to_contain_text("summer 2018")


def test_letters_and_signs_can_be_turned_off_and_stay_so(visit: Callable[..., Page]) -> None:
    page = visit()
    open_meeting(page)
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Letters and signs are keys").uncheck()
    page.get_by_role("button", name="Close").click()
    for _ in range(2):
        page.keyboard.type("hac?")
        expect(said(page)).to_have_text("")
        expect(marked(page)).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
        # all other keys go on
        page.keyboard.press("Space")
        expect(ranking(page)).to_be_visible()
        page.reload()
        open_meeting(page)


def test_b_and_another_letter_mark_boroughs_instead_of_blanking(page: Page) -> None:
    open_meeting(page)
    page.keyboard.type("bark")
    expect_boroughs_marked(page, "Barking and Dagenham")
    expect(blank(page)).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.type("bar")
    expect_boroughs_marked(page, "Barking and Dagenham", "Barnet")


def test_a_second_word_is_found_and_a_wrong_letter_begins_anew(page: Page) -> None:
    open_meeting(page)
    page.keyboard.type("chel")
    expect_boroughs_marked(page, "Kensington and Chelsea")
    page.keyboard.type("new")
    expect_boroughs_marked(page, "Newham")
    page.keyboard.press("Escape")
    page.keyboard.type("x")
    expect(said(page)).to_have_text("No borough begins with “x”")


def test_a_question_mark_lists_all_keys_and_the_focus_comes_back(page: Page) -> None:
    open_meeting(page)
    button = page.get_by_role("button", name="Next ICS")
    button.focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys in meeting mode")
    expect(keys).to_be_visible()
    for key in ("← →", "↑ ↓", "Space", "Page Up, Page Down", "A to Z", "B alone", "Escape", "?"):
        expect(keys.get_by_role("rowheader", name=key).first).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(button).to_be_focused()
    assert "ics" not in link(page)
    page.keyboard.press("?")
    page.keyboard.press("?")
    expect(keys).to_be_hidden()


def test_everything_can_be_done_with_the_mouse_and_left_again(page: Page) -> None:
    open_view(page)
    open_menu(page, "Meeting")
    page.get_by_role("button", name="Meeting mode").click()
    page.get_by_role("button", name="Next ICS").click()
    expect(subtitle(page)).to_contain_text("North East London")
    # the space bar does not press the button again
    page.keyboard.press("Space")
    expect_link(page, {"meeting": "ranking", "ics": "NEL"})
    # of an ICS there is one screen of the ranking
    page.get_by_role("button", name="Map", exact=True).click()
    expect(london(page)).to_be_visible()
    page.get_by_role("button", name="Leave meeting mode").click()
    expect(page.get_by_test_id("stHeader")).to_be_visible()
    expect_link(page, {"meeting": None, "ics": "NEL"})
    expect(page.locator(".st-key-meeting_stage")).to_have_count(0)


def test_a_meeting_of_a_page_is_opened_gone_through_and_left_by_keys(page: Page) -> None:
    follow(page, "/lottery?vintage=2026")
    settle(page)
    page.get_by_role("button", name="Meeting", exact=True).focus()
    page.keyboard.press("Enter")
    start = page.get_by_role("button", name="Meeting mode")
    expect(start).to_be_visible()
    idle(page)
    # Streamlit leaves the focus on the button, and draws what it opens after all else
    start.focus()
    page.keyboard.press("Enter")
    page.get_by_role("toolbar", name="Meeting mode").wait_for()
    idle(page)
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_text("From 1.2 in Harrow to 15.8 in Lambeth.")
    page.keyboard.press("Space")
    expect(headline).to_contain_text("Between the same")
    page.get_by_role("button", name="Leave meeting mode").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="How big is the lottery?")).to_be_visible()
    expect_link(page, {"meeting": None})


def test_a_lost_connection_leaves_the_picture_and_what_was_pressed_comes_later(browser: Browser) -> None:
    port = free_port()
    context = browser.new_context(viewport=ROOM, base_url=f"http://localhost:{port}")
    page = context.new_page()
    with serve({ADDRESS: "https://example.org"}, port=port):
        open_meeting(page, MEETING + "&ics=NEL")
        expect_code_beside_all_else(page)
    expect(page.get_by_role("alert")).to_contain_text("The connection is lost. The picture stays as it is")
    expect(page.get_by_test_id("stDialog")).to_be_hidden()
    page.keyboard.press("Space")
    expect(ranking(page)).to_be_visible()
    page.keyboard.type("tow")
    expect_boroughs_marked(page, "Tower Hamlets")
    page.keyboard.press("ArrowRight")
    with serve(port=port):
        expect_link(page, {"ics": "NWL", "meeting": "ranking"})
        expect(subtitle(page)).to_contain_text("North West London")
        expect(page.get_by_role("alert")).to_be_hidden()
        context.close()
