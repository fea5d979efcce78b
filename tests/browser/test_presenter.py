"""The presenter's view of a meeting: a second window that knows what the first shows, and moves it."""

import base64
import zlib
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from .conftest import listened_to
from .meeting import open_meeting
from .screen import idle
from .test_accessibility import COLOURS, RULES, violations

VIEWS = "?vintage=2026\nlottery?vintage=2026&indicator=gld_2022_on\nsurvey?vintage=2026"
TOUR = base64.urlsafe_b64encode(zlib.compress(VIEWS.encode())).decode().rstrip("=")
LOOKS: list[tuple[int, Literal["light", "dark"], dict]] = [
    (1280, "light", RULES),
    (1280, "dark", COLOURS),
    (390, "light", RULES),
]


@pytest.fixture
def page(reader: Page) -> Page:
    """The meeting's screen; nothing is entered on it."""
    open_meeting(reader, f"/?meeting=1&vintage=2026&tour={TOUR}")
    return reader


@pytest.fixture
def presenter(page: Page, complaints: list[str]) -> Iterator[Page]:
    """The window that its button opens."""
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Presenter’s view").click()
    window = listened_to(opened.value, complaints)
    expect(window.get_by_role("heading", level=2, name="To say")).to_be_visible()
    yield window
    window.close()


def headline(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_the_presenter_reads_what_to_say_and_moves_the_screen_of_the_meeting(
    page: Page, presenter: Page
) -> None:
    expect(presenter).to_have_title("Presenter’s view – Beyond Boundaries London")
    assert headline(presenter) == headline(page)
    notes = presenter.get_by_role("region", name="Notes")
    expect(notes).to_contain_text("The value of Lambeth is 13.2 times that of Harrow.")
    expect(notes).to_contain_text("Before you quote it: The register counts what authorities list as open")
    expect(notes).to_contain_text("The City of London (41.8) has very few children")
    expect(notes).to_contain_text("Source: Department for Education")
    beside = presenter.get_by_role("complementary", name="What is next")
    expect(beside).to_contain_text("Ranking 1 of 3")
    expect(beside).to_contain_text("View 1 of 3")
    expect(beside.get_by_role("listitem").last).to_have_text("Survey 2022 · All London")

    # keys and buttons do what they do on the screen
    presenter.keyboard.press("PageDown")
    expect(presenter.get_by_role("heading", level=1)).to_have_text(
        "From 65.7% in Tower Hamlets to 77.0% in Richmond upon Thames."
    )
    expect(beside.get_by_role("listitem").nth(1)).to_have_attribute("aria-current", "step")
    assert headline(page) == headline(presenter)
    presenter.keyboard.type("hac")
    expect(presenter.get_by_role("status")).to_have_text("Hackney: 68.1%, 27th of 32")
    presenter.keyboard.press("Escape")
    presenter.get_by_role("button", name="Blank").click()
    expect(page.get_by_role("img", name="The screen is blank")).to_be_visible()
    expect(presenter.get_by_role("status")).to_have_text("The screen is blank.")
    presenter.get_by_role("button", name="Blank").click()
    expect(page.get_by_role("img", name="The screen is blank")).to_be_hidden()
    # a page that shows no figure has no findings of one
    presenter.get_by_role("button", name="Next ▶").click()
    expect(presenter.get_by_role("heading", level=1)).to_contain_text("In March 2022, on a scale from")
    expect(presenter.get_by_role("heading", name="To say")).to_have_count(0)
    expect(presenter.get_by_role("heading", name="Sources")).to_be_visible()


def test_the_window_says_that_its_meeting_was_left_and_goes_on_with_that_and_no_other(
    page: Page, presenter: Page
) -> None:
    page.get_by_role("button", name="Leave meeting mode").click()
    expect(presenter.get_by_role("alert")).to_contain_text("The meeting’s screen was closed")
    # it keeps what it had
    expect(presenter.get_by_role("heading", level=2, name="To say")).to_be_visible()
    idle(page)
    open_meeting(page, "/?meeting=1&vintage=2026&ics=NEL")
    expect(presenter.get_by_role("alert")).to_have_count(0)
    expect(presenter.get_by_role("heading", level=1)).to_contain_text("in North East London 5.4")
    expect(presenter.get_by_text("None is prepared")).to_be_visible()
    presenter.reload()
    expect(presenter.get_by_role("heading", level=1)).to_contain_text("in North East London 5.4")
    presenter.goto("about:blank")
    presenter.goto("/presenter#another")
    expect(presenter.get_by_role("alert")).to_contain_text("The meeting’s screen was closed")
    expect(presenter.get_by_role("main")).to_have_count(0)


def test_a_browser_that_opens_no_window_is_said(page: Page) -> None:
    page.evaluate("() => { window.opens = window.open; window.open = () => null }")
    page.get_by_role("button", name="Presenter’s view").click()
    expect(page.locator(".said")).to_have_text(
        "The browser opened no window. Allow pop-ups for this page, and press again."
    )
    page.evaluate("() => { window.open = window.opens }")


def test_letters_that_are_turned_off_in_the_window_are_no_keys_on_the_screen_either(
    page: Page, presenter: Page
) -> None:
    letters = presenter.get_by_role("checkbox", name="Letters and signs are keys")
    letters.uncheck()
    for window in (presenter, page):
        window.keyboard.type("hac.")
    # a space is the browser's own on what it has an answer for
    presenter.keyboard.press("Space")
    expect(letters).to_be_checked()
    expect(page.get_by_role("img", name="The screen is blank")).to_be_hidden()
    expect(page.locator(".said")).to_have_text("")
    assert headline(presenter) == headline(page)


def test_the_window_has_no_barrier_and_all_of_it_is_seen(presenter: Page) -> None:
    for width, scheme, rules in LOOKS:
        presenter.set_viewport_size({"width": width, "height": 800})
        presenter.emulate_media(color_scheme=scheme)
        assert violations(presenter, rules) == [], (width, scheme)
        assert presenter.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
