"""The self-evaluation in a meeting: answered, left, come back to, taken away, carried on from its file."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from .screen import (
    choose,
    control,
    download,
    expect_link,
    follow,
    go_to,
    settle,
    unfold,
)
from .test_accessibility import COLOURS, violations

FIRST = "1. Sustained, long-term senior leadership commitment"
SECOND = "2. A common agenda, collective analysis and shared approach"
NOTE = "=Joint plan of 2025, “agreed” *by all*"


@pytest.fixture
def page(reader: Page) -> Page:
    """A visit whose answers stay while the tests go on: each begins with a borough that has none yet."""
    return reader


@pytest.fixture
def answered(page: Page) -> Page:
    """The page of Hackney, of which two enablers are answered."""
    open_page(page)
    if summary(page).inner_text() == "None of 12 answered yet.":
        answer_two(page)
    expect_two_answers(page)
    return page


def open_page(page: Page, query: str = "?borough=Hackney") -> None:
    follow(page, f"/self_evaluation{query}")
    settle(page)


def level(page: Page, enabler: str, name: str) -> Locator:
    # where answers are taken up, the controls from before stand below the new ones for a moment
    return page.get_by_role("radiogroup", name=enabler).first.get_by_role("radio", name=name)


def summary(page: Page) -> Locator:
    return page.locator(".st-key-profile_in_sight").get_by_role("heading", level=2)


def note(page: Page) -> Locator:
    """The note on the first enabler."""
    return page.get_by_label("Evidence for “Sustained").first


def answer_two(page: Page) -> None:
    """The first enabler is mature, with a note; the second is basic."""
    level(page, FIRST, "Mature").click()
    expect(summary(page)).to_have_text("1 of 12 answered; most often: mature (1).")
    level(page, SECOND, "Basic").click()
    expect(summary(page)).to_have_text("2 of 12 answered; most often: basic and mature (1 each).")
    note(page).fill(NOTE)
    note(page).press("Control+Enter")
    expect(page.get_by_text("Evidence noted for 1 of 12.")).to_be_visible()


def expect_two_answers(page: Page) -> None:
    expect(summary(page)).to_contain_text("2 of 12 answered")
    expect(level(page, FIRST, "Mature")).to_be_checked()
    expect(level(page, SECOND, "Basic")).to_be_checked()
    expect(note(page)).to_have_value(NOTE)


def marks(page: Page) -> list[str]:
    """What the profile shows, as it is spoken."""
    found = page.locator('[data-testid="stVegaLiteChart"] path[aria-roledescription="point"]')
    return [str(label) for label in found.evaluate_all("marks => marks.map(mark => mark.ariaLabel)")]


def test_the_profile_grows_and_what_is_weak_leads_to_case_studies(page: Page) -> None:
    open_page(page, "?borough=Camden")
    expect(page.get_by_text("Only you see this. Your answers stay on this device:")).to_be_visible()
    expect(summary(page)).to_have_text("None of 12 answered yet.")
    expect(page.get_by_role("button", name="Paper as PDF")).to_have_count(0)
    assert marks(page) == []
    answer_two(page)
    expect(page.get_by_text("Purpose and priorities (2 of 4)")).to_be_visible()
    expect(
        page.get_by_role("cell", name="A common agenda, collective analysis and shared approach (basic)")
    ).to_be_visible()
    assert marks(page) == [f"{FIRST[3:]}, Mature", f"{SECOND[3:]}, Basic"]
    # pressing an answer once more takes it back
    level(page, SECOND, "Basic").click()
    expect(summary(page)).to_have_text("1 of 12 answered; most often: mature (1).")


def test_answers_outlive_other_pages_and_boroughs_and_are_not_in_the_link(answered: Page) -> None:
    page = answered
    go_to(page, "My borough")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hackney")
    go_to(page, "Self-evaluation")
    expect_two_answers(page)
    choose(page, "Borough", "Barnet")
    # while the page is drawn anew, both boroughs' answers are there
    settle(page)
    expect(summary(page)).to_have_text("None of 12 answered yet.")
    # typed, because the list is long and has only its beginning on the page
    control(page, "Borough").fill("Hackney")
    page.get_by_role("option", name="Hackney", exact=True).click()
    expect_two_answers(page)
    assert "mature" not in page.url
    assert "plan" not in page.url


def carry_on(page: Page, path: Path) -> None:
    unfold(page, "Carry on from a file")
    page.get_by_test_id("stMain").locator('input[type="file"]').set_input_files(path)


def test_a_file_that_was_taken_away_is_carried_on_from_by_another(
    answered: Page, visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = answered
    page.get_by_text("shown only within the figures of its ICS").click()
    expect(page.get_by_role("radio", name="shown only within the figures of its ICS")).to_be_checked()
    # a file belongs to the run of the page that offers it
    settle(page)
    # as CSV another page takes it, below
    coming = download(page, "Answers as XLSX")
    name = f"self_evaluation_hackney_{dt.date.today().isoformat()}.xlsx"
    assert coming.suggested_filename == name
    coming.save_as(tmp_path / name)

    other = visit()
    open_page(other, "")
    carry_on(other, tmp_path / name)
    expect(other.get_by_text("Hackney: 2 answers and one note.")).to_be_visible()
    other.get_by_role("button", name="Carry on with these").click()
    expect_link(other, {"borough": "Hackney"})
    expect_two_answers(other)
    expect(other.get_by_role("radio", name="shown only within the figures of its ICS")).to_be_checked()


def test_the_page_of_answers_takes_the_file_as_well(answered: Page, tmp_path: Path) -> None:
    page = answered
    download(page, "Answers as CSV").save_as(tmp_path / "answers.csv")
    go_to(page, "Maturity")
    page.get_by_role("heading", name="Add answers").wait_for()
    page.get_by_test_id("stMain").locator('input[type="file"]').set_input_files(tmp_path / "answers.csv")
    expect(
        page.get_by_text("2 answers of 1 borough to “Self-evaluation of the twelve enablers”")
    ).to_be_visible()


def test_the_paper_has_two_pages_with_answers_and_note(answered: Page, tmp_path: Path) -> None:
    coming = download(answered, "Paper as PDF")
    assert coming.suggested_filename == f"self_evaluation_hackney_{dt.date.today().isoformat()}.pdf"
    coming.save_as(tmp_path / "paper.pdf")
    reader = PdfReader(tmp_path / "paper.pdf")
    first, second = (" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    assert "2 of 12 answered; most often: basic and mature (1 each)." in first
    assert NOTE in second


def test_an_enabler_is_answered_and_noted_by_keyboard_alone(page: Page) -> None:
    open_page(page, "?borough=Islington")
    level(page, FIRST, "Basic").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(level(page, FIRST, "Early progress")).to_be_checked()
    expect(level(page, FIRST, "Early progress")).to_be_focused()
    expect(summary(page)).to_have_text("1 of 12 answered; most often: early progress (1).")
    page.keyboard.press("Tab")
    expect(page.locator("summary").filter(has_text="What the levels look like: Sustained")).to_be_focused()
    page.keyboard.press("Tab")
    expect(note(page)).to_be_focused()


def test_the_profile_stays_in_sight_while_the_room_goes_on(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_page(page)
    page.get_by_text("12. Do, review, reform").scroll_into_view_if_needed()
    expect(summary(page)).to_be_in_viewport()


@pytest.mark.parametrize("query", ["", "?borough=Hackney"])
def test_the_page_has_no_barrier(answered: Page, query: str) -> None:
    page = answered
    open_page(page, query)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    settle(page)
    assert violations(page, COLOURS) == []


def test_a_narrow_page_does_not_scroll_sideways(answered: Page) -> None:
    page = answered
    page.set_viewport_size({"width": 320, "height": 640})
    settle(page)
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
