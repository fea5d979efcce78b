"""A tour: views of several pages, kept in a link and in a file, gone through in a meeting."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from .meeting import expect_boroughs_marked, london, ranking, said, subtitle
from .screen import choose, download, expect_link, open_menu, open_view, settle


def step_of_tour(page: Page, number: int) -> Locator:
    """A view in the list of the tour."""
    return page.get_by_test_id("stPopoverBody").locator("p").filter(has_text=re.compile(rf"^{number}\. "))


def prepare(page: Page, address: str) -> None:
    """Put a view into the tour."""
    open_view(page, address)
    open_menu(page, "Meeting")
    page.get_by_role("button", name="Add this view").click()
    expect(step_of_tour(page, 1)).to_be_visible()


def test_a_tour_is_saved_as_a_file_of_links_and_opened_again(page: Page, tmp_path: Path) -> None:
    prepare(page, "/?ics=NEL")
    text = download(page, "Save the tour").path().read_text(encoding="utf-8")
    assert text.splitlines()[-1].endswith(
        "/?indicator=centres_per_10k_0_4&period=2026-08-19&vintage=2022&ics=NEL"
    )
    file = tmp_path / "tour.txt"
    file.write_text(text + "?indicator=linked_sites&meeting=ranking\n?borough=Camdn\n", encoding="utf-8")
    page.get_by_test_id("stPopoverBody").locator('input[type="file"]').set_input_files(file)
    expect(step_of_tour(page, 2)).to_contain_text("ranking")
    expect(page.get_by_text("Line 5 is left out. There is no London borough “Camdn”")).to_be_visible()
    page.get_by_role("button", name="Start the tour").click()
    page.get_by_role("toolbar", name="Meeting mode").wait_for()
    expect(subtitle(page)).to_contain_text("North East London")
    page.keyboard.press("PageDown")
    expect(subtitle(page)).to_contain_text("Children's centre linked sites")
    expect(ranking(page)).to_be_visible()
    expect(page.get_by_text("Tour: 2 of 2")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(said(page)).to_have_text("This is the last view of the tour.")
    page.reload()
    expect(page.get_by_text("Tour: 2 of 2")).to_be_visible()
    page.keyboard.press("PageUp")
    expect(subtitle(page)).to_contain_text("North East London")
    expect(london(page)).to_be_visible()


def test_a_tour_goes_from_page_to_page_and_a_borough_that_is_marked_stays_so(
    page: Page, tmp_path: Path
) -> None:
    page.goto("/lottery?vintage=2026")
    settle(page)
    open_menu(page, "Meeting")
    page.get_by_role("button", name="Add this view").click()
    expect(step_of_tour(page, 1)).to_contain_text("How big is the lottery? · Centres per 10,000 children")
    text = download(page, "Save the tour").path().read_text(encoding="utf-8")
    assert "/lottery?indicator=centres_per_10k_0_4" in text.splitlines()[-1]
    file = tmp_path / "tour.txt"
    file.write_text(f"{text}/borders?vintage=2026\n/survey?vintage=2026\n/?vintage=2026\n", encoding="utf-8")
    page.get_by_test_id("stPopoverBody").locator('input[type="file"]').set_input_files(file)
    expect(step_of_tour(page, 4)).to_be_visible()
    page.get_by_role("button", name="Start the tour").click()
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_text("From 1.2 in Harrow to 15.8 in Lambeth.")
    page.keyboard.type("bex")
    expect_boroughs_marked(page, "Bexley")
    for number, path, words in (
        (2, "/borders", "face the largest difference between neighbours"),
        (3, "/survey", "In March 2022, on a scale from"),
        (4, "/", "In Lambeth there are 15.8"),
    ):
        page.keyboard.press("PageDown")
        expect(headline).to_contain_text(words)
        expect(page.get_by_text(f"Tour: {number} of 4")).to_be_visible()
        expect(page).to_have_url(re.compile(rf"{path}\?.*meeting=1"))
    expect_boroughs_marked(page, "Bexley")
    page.keyboard.press("PageUp")
    expect(headline).to_contain_text("In March 2022")
    page.get_by_role("button", name="Leave meeting mode").click()
    expect(page.get_by_role("heading", level=1, name="The survey of 2022")).to_be_visible()


def test_the_views_of_a_tour_change_places_and_leave(page: Page) -> None:
    prepare(page, "/?ics=NEL")
    choose(page, "Integrated care system (ICS)", "South East London")
    expect_link(page, {"ics": "SEL"})
    open_menu(page, "Meeting")
    page.get_by_role("button", name="Add this view").click()
    expect(step_of_tour(page, 2)).to_contain_text("South East London")
    settle(page)
    page.get_by_role("button", name="Earlier", exact=True).nth(1).click()
    expect(step_of_tour(page, 1)).to_contain_text("South East London")
    settle(page)
    page.get_by_role("button", name="Remove", exact=True).nth(0).click()
    expect(step_of_tour(page, 1)).to_contain_text("North East London")
    expect(step_of_tour(page, 2)).to_have_count(0)
    settle(page)
    page.get_by_role("button", name="Show", exact=True).nth(0).click()
    expect_link(page, {"ics": "NEL"})


def test_what_is_no_text_leaves_the_tour_as_it_was(page: Page, tmp_path: Path) -> None:
    prepare(page, "/?ics=NEL")
    file = tmp_path / "picture.txt"
    file.write_bytes(b"\x89PNG\xff")
    page.get_by_test_id("stPopoverBody").locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text("“picture.txt” is not a text file: the tour is as it was.")).to_be_visible()
    expect(step_of_tour(page, 1)).to_contain_text("North East London")


def test_a_damaged_tour_in_a_link_is_said(page: Page) -> None:
    open_view(page, "/?tour=damaged")
    open_menu(page, "Meeting")
    expect(page.get_by_text("The tour of this link cannot be read.")).to_be_visible()
