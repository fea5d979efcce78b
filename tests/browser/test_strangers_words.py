"""Whatever somebody writes into a file, its name or a link stays a text on every page."""

import base64
import re
import zlib
from dataclasses import fields
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from data_loaders.store import SNAPSHOT
from data_loaders.survey.answers import COLUMNS
from pages.components.frame.navigation import PAGES, is_shown
from pages.components.state.view import View
from tests.builders import read_csv
from tests.workbooks import as_csv

from .screen import (
    follow,
    idle,
    open_menu,
    settle,
    unfold,
)
from .test_links import warnings

MARKUP = (
    "![x](https://example.org/x.png) [Sign in again](https://example.org) <img src=//example.org/y> "
    "$x^2$ :material/home: :red[r] **b** `c` www.example.org https://example.org a@example.org"
)
# what Markdown would make of it
MADE_OF_IT = (
    "[href*='example.org'], [src*='example.org'], .katex, .stMarkdownColoredText, [aria-label='home icon'], "
    "strong:text-is('b'), code:text-is('c')"
)
ENABLERS = {"borough_name": "Hackney", "wave": "2026", "instrument": "enablers", "publish_level": "london"}
NAMED = ENABLERS | {"item_id": "leadership", "response": "Basic"}


def answers(*given: dict[str, str], header: tuple[str, ...] = COLUMNS) -> bytes:
    return as_csv([list(header), *([row.get(name, "") for name in COLUMNS] for row in given)])


def add(
    page: Page, content: bytes, name: str = f"{MARKUP.replace('/', ':')}.csv", of: str = "stMain"
) -> None:
    page.get_by_test_id(of).locator("input[type=file]").last.set_input_files(
        {"name": name, "mimeType": "", "buffer": content}
    )


def expect_text(page: Page, before: str = "") -> None:
    """Wait for a message with the markup in it, as it was written, of which nothing was made."""
    # a word joiner may stand between any two of its letters, so that nobody's program makes a link of them
    written = "\N{WORD JOINER}?".join(map(re.escape, f"{before}![x](https:"))
    expect(page.locator("body")).to_contain_text(re.compile(written))
    idle(page)
    assert page.locator(MADE_OF_IT).evaluate_all("made => made.map(one => one.outerHTML)") == []


@pytest.fixture
def page(reader: Page) -> Page:
    """One page after another of one visit; what a test has left there is of its own view."""
    return reader


def open_page(page: Page, address: str) -> None:
    follow(page, address)
    settle(page)


def test_the_name_of_a_file_of_answers_and_of_its_item(page: Page) -> None:
    open_page(page, "/self_evaluation?borough=Hackney")
    unfold(page, "Carry on from a file")
    add(page, answers(ENABLERS | {"item_id": MARKUP, "response": "Basic"}))
    expect_text(page)
    # a note without an answer is on a question that need not exist
    add(
        page, answers(NAMED | {"item_id": first_item()}, ENABLERS | {"item_id": MARKUP, "evidence_note": "n"})
    )
    expect_text(page, "The file has a note on ")
    add(page, b"%PDF")
    expect(page.get_by_text("was not read. The file is a PDF")).to_be_visible()
    expect_text(page, "“")


def first_item() -> str:
    rows = read_csv(SNAPSHOT / "survey_items.csv")
    return next(row["item_id"] for row in rows if row["instrument"] == "enablers")


def test_every_cell_of_a_file_of_answers(page: Page) -> None:
    open_page(page, "/maturity?instrument=enablers")
    add(page, answers(*(NAMED | {name: MARKUP} for name in COLUMNS if "note" not in name)))
    expect(page.get_by_role("cell", name="![x]").first).to_be_visible()
    expect_text(page)
    add(page, answers(NAMED, header=(*COLUMNS[:-1], MARKUP)))
    expect(page.get_by_text("an unknown column")).to_be_visible()
    expect_text(page)
    add(page, as_csv([["Timestamp", "Borough", MARKUP], ["2026-03-31", "Hackney", MARKUP]]))
    expect(page.get_by_text("looks like the export of a form")).to_be_visible()
    expect_text(page)


def test_a_tour_and_its_file(page: Page) -> None:
    packed = base64.urlsafe_b64encode(zlib.compress(f"?borough={quote(MARKUP)}".encode())).decode()
    open_page(page, f"/?tour={packed.rstrip('=')}")
    open_menu(page, "Meeting")
    expect_text(page, "There is no London borough “")
    lines = "\n".join(f"http://localhost/?{name}={quote(MARKUP)}" for name in ("period", "wave"))
    add(page, lines.encode(), "tour.txt", of="stPopoverBody")
    expect_text(page, "There is no wave of answers called “")
    add(page, b"\xff", f"{MARKUP.replace('/', ':')}.txt", of="stPopoverBody")
    expect(page.get_by_text("is not a text file")).to_be_visible()
    expect_text(page, "“")


def test_a_pack_its_file_and_its_titles(page: Page) -> None:
    piece = f"map~borough~{MARKUP.replace('~', '')}~~{MARKUP}"
    open_page(page, f"/pack?title={quote(MARKUP)}&show={quote(piece)}&show={quote(MARKUP)}")
    expect_text(page, "there is no piece “")
    expect_text(page, "There is no London borough “")
    text = f"Beyond Boundaries London: a pack\ntitle: {MARKUP}\npiece: {MARKUP}\npiece: {piece}\n"
    add(page, text.encode(), f"{MARKUP.replace('/', ':')}.txt")
    expect(page.get_by_text("Line 3: there is no piece")).to_be_visible()
    expect_text(page)


def test_every_part_of_a_link(page: Page) -> None:
    left = {field.name for field in fields(View)}
    query = "&".join(f"{part}={quote(MARKUP)}" for part in left)
    # a page speaks of what it shows: few pages speak of all
    for address in ("", "borough", "centres", "what_if", "lottery", "maturity"):
        (asked,) = (each for each in PAGES if each.address == address)
        shown = {field.name for field in fields(View) if is_shown(field.name, asked)}
        open_page(page, f"/{address}?{query}")
        expect(warnings(page)).to_have_count(len(shown))
        if not address:
            expect_text(page, "There is no indicator “")
        left -= shown
    assert not left


@pytest.mark.parametrize("name", ["self_evaluation/", "pack/", ""])
def test_what_the_browser_is_told_to_keep(page: Page, name: str) -> None:
    open_page(page, "/self_evaluation?borough=Camden")
    kept = {"text": MARKUP, "mark": MARKUP, "after": MARKUP, "at": MARKUP}
    page.evaluate(
        "([name, kept]) => localStorage.setItem(`beyond-boundaries:draft:${name}`, JSON.stringify(kept))",
        [name + MARKUP, kept],
    )
    page.reload()
    settle(page)
    for address in ("/self_evaluation?borough=Hackney", "/pack"):
        open_page(page, address)
        assert page.locator(MADE_OF_IT).count() == 0


def test_the_notes_of_a_self_evaluation(page: Page) -> None:
    open_page(page, "/self_evaluation?borough=Hackney")
    page.get_by_label("Evidence for").first.fill(MARKUP)
    page.get_by_label("Evidence for").first.press("Control+Enter")
    expect(page.get_by_text("Evidence noted for 1 of 12.")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_label("Evidence for").first).to_have_value(MARKUP)
    assert page.locator(MADE_OF_IT).count() == 0
