"""The page What if, as somebody uses it who may have to close a centre."""

import pytest
from playwright.sync_api import Page, expect

from .screen import expect_link, follow, idle, settle
from .test_accessibility import violations


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_page(page: Page, query: str = "") -> None:
    follow(page, f"/what_if{query}")
    settle(page)


def choose(page: Page, label: str, typed: str, one: bool = False) -> None:
    """Choose by keyboard alone; from a list of which one is taken, or several."""
    # a page that is still being drawn closes a list again
    idle(page)
    box = page.get_by_role("combobox", name=label)
    box.focus()
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    if one:
        return
    # more could be chosen: the list stays open, and nothing else can be reached
    page.keyboard.press("Escape")


def test_a_centre_is_closed_by_its_name_and_the_link_keeps_it(page: Page) -> None:
    open_page(page)
    # three centres have these letters, and one of them is closed, not all that are offered
    choose(page, "Close", "Abbey ")
    expect_link(page, {"closed": "20019"})
    expect(
        page.get_by_role("heading", name="Without Abbey Children's Centre, as many children")
    ).to_be_visible()
    expect(page.get_by_text("A scenario, not a plan.").first).to_be_visible()
    page.reload()
    expect(
        page.get_by_role("heading", name="Without Abbey Children's Centre, as many children")
    ).to_be_visible()


def test_a_centre_is_opened_at_a_postcode_in_any_spelling_and_nonsense_is_told(page: Page) -> None:
    open_page(page)
    choose(page, "Open one at", "se128lt")
    expect_link(page, {"opened": "SE12 8LT"})
    expect(page.get_by_role("heading", name="With a new centre at SE12 8LT, 2,545 children")).to_be_visible()
    settle(page)
    assert violations(page) == []
    choose(page, "Open one at", "<b>nowhere")
    expect(page.get_by_text("That is not a postcode.")).to_be_visible()
    expect_link(page, {"opened": "SE12 8LT"})


def test_borders_are_opened_by_rule_and_one_alone_and_the_link_keeps_it(page: Page) -> None:
    open_page(page, "?vintage=2026")
    expect(
        page.get_by_role("heading", name="If borders were no barrier, 17,319 more children")
    ).to_be_visible()
    page.get_by_text("Those of the boroughs of a family's ICS", exact=True).click()
    expect_link(page, {"whose": "ics"})
    expect(page.get_by_role("heading", name="If the borders within each ICS were no barrier")).to_be_visible()
    page.get_by_role("button", name="Open the border between Lewisham and Southwark").click()
    expect_link(page, {"whose": "Lewisham,Southwark"})
    expect(page.get_by_role("heading", name="If the border between Lewisham and Southwark")).to_be_visible()
    expect(page.get_by_role("radio", name="and across one border")).to_be_checked()
    expect(page.get_by_text("A scenario of borders, not a finding about any council.")).to_be_visible()
    settle(page)
    assert violations(page) == []
    # another one, of the list of borders
    choose(page, "Border that is open", "Haringey and Isl", one=True)
    expect_link(page, {"whose": "Haringey,Islington"})
    page.reload()
    expect(page.get_by_role("heading", name="If the border between Haringey and Islington")).to_be_visible()


def test_the_best_two_places_are_found_and_tried(page: Page) -> None:
    open_page(page, "?vintage=2026&borough=Kingston upon Thames")
    page.get_by_role("button", name="Find the best places").click()
    said = page.get_by_text("that is proven.")
    expect(said).to_be_visible()
    number = said.inner_text().removeprefix("Together: ").partition(" ")[0]
    settle(page)
    assert violations(page) == []
    page.get_by_role("button", name="Try these").click()
    expect(
        page.get_by_role("heading", name=f", {number} children aged 0 to 4 would have a centre")
    ).to_be_visible()
    # what was found for the centres of before is not said of those of now
    expect(said).to_have_count(0)


def test_of_two_centres_at_risk_the_one_is_kept_that_matters_most(page: Page) -> None:
    open_page(page, "?vintage=2026&closed=20019,20026")
    expect(page.get_by_text("With Aberfeldy Children's Centre kept, 85 of the 85 children")).to_be_visible()
    page.get_by_role("button", name="Keep it in this scenario").click()
    expect_link(page, {"closed": "20019"})
    expect(page.get_by_role("heading", name="as many children as today would have a centre")).to_be_visible()


def test_a_centre_is_moved_and_put_back(page: Page) -> None:
    open_page(page, "?vintage=2026")
    page.get_by_text("Move a centre", exact=True).click()
    choose(page, "Which", "Abbey ", one=True)
    page.get_by_label("To the postcode").fill("nowhere")
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_text("That is not a postcode.")).to_be_visible()
    # what was typed is still there to be mended
    page.get_by_label("To the postcode").fill("se128lt")
    page.get_by_role("button", name="Move it").click()
    expect_link(page, {"moved": "20019 SE12 8LT"})
    expect(
        page.get_by_role("heading", name="With Abbey Children's Centre moved to SE12 8LT, 2,545")
    ).to_be_visible()
    page.reload()
    expect(
        page.get_by_text("To SE12 8LT: Barking and Dagenham: Abbey Children's Centre, IG11 8JA")
    ).to_be_visible()
    settle(page)
    assert violations(page) == []
    page.get_by_role("button", name="Remove").first.click()
    expect(page.get_by_role("heading", name="moved to SE12 8LT")).to_have_count(0)
    expect(page.get_by_role("heading", name="If borders were no barrier, 17,319")).to_be_visible()


def test_the_best_place_is_tried_with_one_press(page: Page) -> None:
    open_page(page, "?vintage=2026&borough=Kingston upon Thames")
    expect(
        page.get_by_role("heading", name="in Kingston upon Thames would reach the most children")
    ).to_be_visible()
    best = page.get_by_role("table").last.get_by_role("row").nth(1).get_by_role("cell")
    postcode, number = best.nth(0).inner_text(), best.nth(2).inner_text()
    page.get_by_role("button", name=f"Try one at {postcode}").click()
    headline = f"With a new centre at {postcode}, {number} children aged 0 to 4 would have a centre"
    expect(page.get_by_role("heading", name=headline)).to_be_visible()
