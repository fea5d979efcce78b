"""The page Near me, as a visitor finds it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from .screen import (
    follow,
    go_to,
    settle,
)
from .test_accessibility import violations

TYPED = "e8 3sb"


@pytest.fixture
def page(reader: Page) -> Page:
    """One postcode after another is asked for: each takes the place of the one before."""
    return reader


def ask(page: Page, typed: str) -> None:
    follow(page, "/near_me")
    settle(page)
    box = page.get_by_role("textbox", name="Postcode")
    box.fill("")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def test_a_postcode_shows_what_is_near_and_goes_nowhere(page: Page) -> None:
    seen: list[str] = []

    def listen(request: Request) -> None:
        seen.append(request.url)

    page.on("request", listen)
    ask(page, TYPED)
    # where it stands on pages that have filters, too
    menu, whole = (
        page.locator(".st-key-meetings").bounding_box(),
        page.locator(".st-key-filters").bounding_box(),
    )
    assert menu
    assert whole
    assert menu["x"] + menu["width"] == whole["x"] + whole["width"]
    heading = page.get_by_role(
        "heading", name="Five centres or linked sites lie within 1.2 km, one of them across the border."
    )
    expect(heading).to_be_visible(timeout=30_000)
    expect(page.get_by_text("It lies in Hackney, in the ICS North East London")).to_be_visible()
    expect(page.get_by_role("table").first.get_by_role("row")).to_have_count(11)
    # what draws this map is the largest script of all, and comes when the first such map does
    expect(page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first).to_be_visible(timeout=60_000)
    settle(page)
    page.remove_listener("request", listen)
    there = [page.url, page.title(), *seen]
    assert not [text for text in there if re.search("e8.?3sb", text, re.IGNORECASE)]
    assert page.get_by_role("heading").get_by_text(re.compile("e8.?3sb", re.IGNORECASE)).count() == 0
    assert violations(page) == []
    zoom_by_button_and_key(page)


def zoom_by_button_and_key(page: Page) -> None:
    """Under one place of the map lies another area once it is zoomed or moved, and the first one again."""
    area = page.get_by_role("application", name="Map around the place. Arrow keys move it")
    told = page.locator(".deck-tooltip")

    def pointed_at() -> str:
        area.hover(position={"x": 10, "y": 10})
        area.hover(position={"x": 150, "y": 350})
        expect(told).to_contain_text("children aged 0 to 4 on Census day 2021")
        return told.inner_text()

    def comes(is_there: Callable[[str], bool]) -> str:
        # the map glides to where it goes
        return next(found for found in (pointed_at() for _ in range(30)) if is_there(found))

    begin = pointed_at()
    page.get_by_role("button", name="Zoom in").click()
    nearer = comes(lambda found: found != begin)
    area.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    comes(lambda found: found not in (begin, nearer))
    page.keyboard.press("0")
    comes(lambda found: found == begin)


def test_what_was_typed_is_still_there_after_another_page(page: Page) -> None:
    ask(page, TYPED)
    expect(page.get_by_text("It lies in Hackney")).to_be_visible(timeout=30_000)
    go_to(page, "Across the border")
    expect(page.get_by_role("heading", level=1)).to_have_text("Across the border")
    settle(page)
    go_to(page, "Near me")
    expect(page.get_by_text("It lies in Hackney")).to_be_visible(timeout=30_000)


def test_what_is_no_postcode_of_london_is_told_so(page: Page) -> None:
    ask(page, "M1 1AE")
    expect(page.get_by_text("neither in London nor within 5 km of it")).to_be_visible(timeout=30_000)
    assert violations(page) == []


def test_the_map_is_a_file_once_somebody_ticks_that_it_may_show_the_place(page: Page) -> None:
    ask(page, TYPED)
    expect(page.get_by_text("It lies in Hackney")).to_be_visible(timeout=30_000)
    settle(page)
    taking = page.get_by_role("button", name="Map of this place: take away")
    expect(taking).to_have_count(0)
    page.get_by_text("I want this map as a file").click()
    settle(page)
    taking.click()
    with page.expect_download(timeout=120_000) as coming:
        page.get_by_role("button", name="Map of this place as PNG").click()
    assert coming.value.suggested_filename == "near_me_1200_m.png"
    assert coming.value.path().read_bytes().startswith(b"\x89PNG")
    expect(page.get_by_role("button", name="add to my pack")).to_be_visible()
    page.get_by_role("button", name="add to my pack").click()
    expect(page.get_by_text("a pack is kept in its link, and that cannot go into one")).to_be_visible()
