"""What a person has entered outlives a reload, a closed tab and the server, and stays in their browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import listened_to
from .screen import (
    add_to_pack,
    follow,
    idle,
    open_menu,
    open_view,
    settle,
)
from .test_self_evaluation_page import (
    FIRST,
    SECOND,
    answer_two,
    expect_two_answers,
    level,
    note,
    open_page,
    summary,
)

BROUGHT_BACK = "Brought back from this device: the answers of Hackney, last changed on"


# a tab that is away hears nothing of the others, and finds nothing new, until somebody presses something
HEARS_NOTHING = """() => {
    window.addEventListener('storage', event => event.stopImmediatePropagation(), true)
    const length = Object.getOwnPropertyDescriptor(Storage.prototype, 'length')
    Object.defineProperty(Storage.prototype, 'length', { get: () => 0, configurable: true })
    const wake = () => Object.defineProperty(Storage.prototype, 'length', length)
    window.addEventListener('pointerdown', wake, { capture: true, once: true })
}"""


@pytest.fixture
def page(reader: Page) -> Page:
    """A browser that keeps what was entered: each test enters something for a borough of its own."""
    return reader


def kept(page: Page, text: str) -> None:
    """Wait until the browser has kept something with this text."""
    page.wait_for_function("text => JSON.stringify(Object.values(localStorage)).includes(text)", arg=text)


def test_answers_outlive_a_reload_and_a_closed_tab(page: Page) -> None:
    open_page(page)
    answer_two(page)
    idle(page)
    page.reload()
    expect_two_answers(page)
    expect(page.get_by_text(BROUGHT_BACK)).to_be_visible()
    # the sentence has been read once something else is answered
    level(page, SECOND, "Mature").click()
    expect(summary(page)).to_have_text("2 of 12 answered; most often: mature (2).")
    expect(page.get_by_text(BROUGHT_BACK)).to_have_count(0)
    idle(page)
    page.goto("about:blank")
    open_page(page)
    expect(summary(page)).to_have_text("2 of 12 answered; most often: mature (2).")
    expect(note(page)).not_to_have_value("")


def test_what_was_removed_stays_away_and_nobody_else_sees_anything(visit: Callable[..., Page]) -> None:
    page = visit()
    open_page(page)
    answer_two(page)
    idle(page)
    other = visit()
    open_page(other)
    expect(summary(other)).to_have_text("None of 12 answered yet.")
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("button", name="Yes, remove them").click()
    expect(summary(page)).to_have_text("None of 12 answered yet.")
    idle(page)
    assert "agreed" not in page.evaluate("JSON.stringify(localStorage)")
    page.reload()
    settle(page)
    expect(summary(page)).to_have_text("None of 12 answered yet.")


def test_what_is_being_typed_is_kept_although_its_box_was_not_left(page: Page) -> None:
    open_page(page, "?borough=Camden")
    note(page).press_sequentially("Agreed in ")
    kept(page, "Agreed in")
    idle(page)
    # the box is as the person left it, to the space at its end
    expect(note(page)).to_be_focused()
    note(page).press_sequentially("June")
    kept(page, "Agreed in June")
    page.reload()
    expect(note(page)).to_have_value("Agreed in June")


def test_a_heading_that_is_being_typed_is_kept_as_well(page: Page) -> None:
    follow(page, "/pack?show=map~indicator~gld_2022_on~period~2024~vintage~2026")
    settle(page)
    heading = page.get_by_role("textbox", name="Heading of piece 1")
    heading.fill("Who stands where")
    kept(page, "Who stands where")
    page.reload()
    expect(heading).to_have_value("Who stands where")


Tabs = Callable[[str], tuple[Page, Page]]


@pytest.fixture(scope="module")
def second_tab(opened: tuple[Page, list[str]]) -> Page:
    """A second tab of the browser whose first is `page`."""
    first, complaints = opened
    return listened_to(first.context.new_page(), complaints)


@pytest.fixture
def tabs(page: Page, second_tab: Page) -> Tabs:
    """Two tabs of one browser with the answers of a borough."""

    def both(borough: str) -> tuple[Page, Page]:
        for tab in (page, second_tab):
            open_page(tab, f"?borough={borough}")
            expect(summary(tab)).to_have_text("None of 12 answered yet.")
        return page, second_tab

    return both


def test_a_tab_follows_the_other_where_it_has_changed_nothing_since(tabs: Tabs) -> None:
    one, other = tabs("Merton")
    answer_two(one)
    expect_two_answers(other)
    level(other, SECOND, "Mature").click()
    expect(summary(one)).to_have_text("2 of 12 answered; most often: mature (2).")
    expect(
        one.get_by_text("Changed in another tab, and followed here: the answers of Merton")
    ).to_be_visible()


@pytest.mark.parametrize(
    ("borough", "button", "left"),
    [("Bexley", "Keep those on this page", 1), ("Sutton", "Take the others", 2)],
)
def test_where_both_have_changed_something_the_person_chooses(
    tabs: Tabs, borough: str, button: str, left: int
) -> None:
    one, other = tabs(borough)
    differ = f"has changed the answers of {borough} otherwise"
    one.evaluate(HEARS_NOTHING)
    answer_two(other)
    idle(other)
    level(one, FIRST, "Basic").click()
    expect(one.get_by_text(differ)).to_be_visible()
    # until then neither is lost
    expect(summary(one)).to_have_text("1 of 12 answered; most often: basic (1).")
    kept(one, "agreed")
    idle(one)
    one.get_by_role("button", name=button).click()
    expect(one.get_by_text(differ)).to_have_count(0)
    expect(summary(one)).to_contain_text(f"{left} of 12 answered")
    idle(one)
    one.reload()
    expect(summary(one)).to_contain_text(f"{left} of 12 answered")


def test_a_pack_outlives_a_reload_of_any_page(visit: Callable[..., Page]) -> None:
    page = visit()
    open_view(page)
    add_to_pack(page, "Map")
    idle(page)
    page.reload()
    open_menu(page, "Map: take away")
    expect(page.get_by_role("button", name="Map: take out of my pack")).to_be_visible()
    page.goto("/pack")
    expect(page.get_by_text("Brought back from this device: your pack")).to_be_visible()
    expect(page.get_by_role("heading", name="1. Map")).to_be_visible()


def test_what_is_no_draft_of_this_app_is_passed_over(visit: Callable[..., Page]) -> None:
    page = visit()
    open_page(page)
    for name, text in (("self_evaluation/Hackney", '{"borough": 1}'), ("pack/", "x"), ("other", "<b>")):
        page.evaluate(
            """([name, text]) => localStorage.setItem(`beyond-boundaries:draft:${name}`,
                JSON.stringify({ text, mark: "a:1", after: "" }))""",
            [name, text],
        )
    page.evaluate("localStorage.setItem('beyond-boundaries:draft:broken', '{')")
    page.reload()
    settle(page)
    expect(summary(page)).to_have_text("None of 12 answered yet.")
    expect(page.get_by_text("Brought back")).to_have_count(0)


def test_a_browser_that_keeps_nothing_says_so(visit: Callable[..., Page]) -> None:
    page = visit()
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    open_page(page)
    level(page, FIRST, "Mature").click()
    expect(page.get_by_text("This browser keeps nothing for this page")).to_be_visible()
    expect(summary(page)).to_contain_text("1 of 12 answered")
