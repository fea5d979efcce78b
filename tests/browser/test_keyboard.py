"""The page without a mouse."""

import pytest
from playwright.sync_api import Locator, Page, expect

from .screen import button_of, expect_chosen, follow, headers, open_view, rows

ENOUGH = 90


@pytest.fixture
def page(reader: Page) -> Page:
    """Nothing has the focus on a page that has just been come to, and no table is sorted yet."""
    follow(reader, "/about")
    return reader


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        if target.evaluate("element => element.getRootNode().activeElement === element"):
            return
    raise AssertionError(f"{ENOUGH} times Tab do not reach {target}")


def test_tab_reaches_a_header_and_enter_sorts_by_it(page: Page) -> None:
    open_view(page)
    by_name = headers(page).get_by_role("button", name="Borough")
    tab_to(page, by_name)
    page.keyboard.press("Enter")
    expect(headers(page).first).to_have_attribute("aria-sort", "ascending")
    expect(rows(page).first).to_contain_text("Barking and Dagenham")
    expect(rows(page).last).to_contain_text("Westminster")
    expect(by_name).to_be_focused()
    page.keyboard.press("Enter")
    expect(headers(page).first).to_have_attribute("aria-sort", "descending")
    expect(rows(page).first).to_contain_text("Westminster")
    expect(by_name).to_be_focused()


def test_numbers_sort_as_numbers_and_missing_values_stay_last(page: Page) -> None:
    open_view(page, "/?indicator=asq3_at_2_to_2_5_years&period=2023/24")
    by_value = headers(page).get_by_role("button", name="Value")
    by_value.focus()
    for order, first in (("descending", "Tower Hamlets"), ("ascending", "Newham")):
        page.keyboard.press("Enter")
        expect(headers(page).nth(1)).to_have_attribute("aria-sort", order)
        expect(rows(page).first).to_contain_text(first)
        expect(rows(page).last).to_contain_text("not published")
    expect(headers(page).first).to_have_attribute("aria-sort", "none")


def test_the_order_stays_when_a_borough_is_chosen(page: Page) -> None:
    open_view(page)
    headers(page).get_by_role("button", name="Borough").click()
    expect(rows(page).first).to_contain_text("Barking and Dagenham")
    button_of(page, "Bexley").click()
    expect_chosen(page, "Bexley")
    expect(headers(page).first).to_have_attribute("aria-sort", "ascending")
    expect(rows(page).first).to_contain_text("Barking and Dagenham")


def test_enter_on_a_borough_chooses_it_and_the_focus_stays_there(page: Page) -> None:
    open_view(page)
    tab_to(page, button_of(page, "Lambeth"))
    page.keyboard.press("Enter")
    expect_chosen(page, "Lambeth")
    expect(button_of(page, "Lambeth")).to_be_focused()


def test_space_on_a_borough_chooses_it(page: Page) -> None:
    open_view(page)
    button_of(page, "Islington").focus()
    page.keyboard.press("Space")
    expect_chosen(page, "Islington")


def test_the_focus_in_the_table_can_be_seen(page: Page) -> None:
    open_view(page)
    tab_to(page, headers(page).get_by_role("button", name="Borough"))
    outline = (
        headers(page)
        .get_by_role("button", name="Borough")
        .evaluate("button => getComputedStyle(button).outline")
    )
    assert "solid 3px" in outline


@pytest.mark.parametrize(
    ("button", "first", "after"),
    [
        ("Display", "Draw as", "Meeting"),
        ("Meeting", "Meeting mode", "Map: take away"),
    ],
)
def test_a_panel_takes_the_focus_and_gives_it_back(page: Page, button: str, first: str, after: str) -> None:
    open_view(page)
    opener = page.locator("[data-testid=stPopoverButton]").filter(has_text=button)
    panel = page.get_by_test_id("stPopoverBody")
    inside = panel.locator(":focus")
    opener.focus()
    for key, back in (("Escape", opener), ("Shift+Tab", opener)):
        page.keyboard.press("Enter")
        expect(inside).to_have_count(1)
        said = inside.evaluate("stop => stop.ariaLabel || stop.textContent")
        assert first in said
        page.keyboard.press(key)
        expect(panel).to_have_count(0)
        expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(inside).to_have_count(1)
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        if not panel.count() or not panel.evaluate("panel => panel.contains(document.activeElement)"):
            break
    # past its last stop comes what stands behind its button on the page
    expect(panel).to_have_count(0)
    expect(page.locator("[data-testid=stPopoverButton]:focus")).to_contain_text(after)


def test_a_panel_that_is_opened_before_the_page_is_whole_takes_the_focus(page: Page) -> None:
    page.goto("/borough?borough=Newham")
    page.locator("[data-testid=stPopoverButton]").filter(has_text="Standing: take away").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Standing as PNG")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stPopoverButton]:focus")).to_contain_text("Standing: take away")


def test_the_first_escape_closes_a_list_and_the_second_the_panel(page: Page) -> None:
    open_view(page)
    page.locator("[data-testid=stPopoverButton]").filter(has_text="Display").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_test_id("stPopoverBody")
    expect(panel.get_by_role("combobox").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
