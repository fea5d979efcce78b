"""Adding a file of answers: all its problems or a preview, and nothing of the file drawn as markup."""

import csv
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from data_loaders.survey.answers import COLUMNS
from tests.workbooks import SHEET, as_csv, book, with_parts

from .screen import (
    download,
    follow,
    go_to,
    idle,
    settle,
)

GOOD = {
    "borough_name": "LB Hackney",
    "wave": "2026",
    "instrument": "hallmarks",
    "item_id": "shared_vision",
    "response": "Yes",
    "publish_level": "named",
}
MARKUP = [
    "![x](https://example.org/x.png)",
    "[a](https://example.org)",
    "$x^2$",
    "www.example.org",
    "<b>b</b>",
]
# the link at the foot of each page is its own
DRAWN = "[data-testid=stMain] :is(a:not([href$=about]), .katex, b, img[src*=example])"


def rows(**cells: str) -> list[list[str]]:
    return [list(COLUMNS), [(GOOD | cells).get(name, "") for name in COLUMNS]]


@pytest.fixture
def page(reader: Page) -> Page:
    """A page whose place for a file is empty, because another page was seen meanwhile."""
    follow(reader, "/about")
    return reader


def open_upload(page: Page) -> None:
    follow(page, "/maturity?instrument=hallmarks")
    settle(page)


def upload(page: Page, content: bytes, name: str) -> None:
    page.get_by_test_id("stMain").locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "", "buffer": content}
    )


def alert(page: Page, text: str) -> None:
    expect(page.get_by_test_id("stAlert").filter(has_text=text)).to_be_visible()


def test_problems_are_listed_as_the_file_has_them_and_can_be_taken_away(page: Page) -> None:
    open_upload(page)
    bad = [rows()[0], *(rows(response=text)[1] for text in [*MARKUP, "-1"])]
    upload(page, as_csv(bad), "![x](y) *b*.csv")
    alert(page, "Nothing was added. The file has 6 problems")
    expect(page.get_by_role("cell", name="<b>b</b>")).to_be_visible()
    # a sign without width keeps an address from becoming a link
    cells = [text.replace("\N{WORD JOINER}", "") for text in page.get_by_role("cell").all_inner_texts()]
    assert set(MARKUP) <= set(cells)
    assert page.locator(DRAWN).count() == 0
    saved = download(page, "All problems as CSV").path()
    with saved.open(encoding="utf-8-sig", newline="") as lines:
        found = [row["Found"] for row in csv.DictReader(lines)]
    assert found == [*MARKUP, "'-1"]


def test_a_file_that_cannot_be_read_is_named_in_a_sentence_and_another_replaces_it(page: Page) -> None:
    open_upload(page)
    upload(page, b"PK\x03\x04", "![x](y) :red[b].xlsx")
    alert(
        page, "“![x](y) :\N{WORD JOINER}red[b].xlsx” was not read. The file looks like an Excel file, but is"
    )
    upload(page, b"a" * 1_500_000, "large.csv")
    alert(page, "“large.csv” was not read. The file has 1.50 MB; at most 1 MB is taken.")
    upload(page, book(rows=rows()), "good.xlsx")
    alert(page, "1 answer of 1 borough to “Hallmarks of integration”, wave 2026")
    expect(page.get_by_text("“LB Hackney” was read as Hackney.")).to_be_visible()
    expect(page.get_by_text("was not read")).to_have_count(0)


def test_nobody_waits_for_a_file_that_is_made_to_be_slow(page: Page, visit: Callable[..., Page]) -> None:
    hostile, other = page, visit()
    open_upload(hostile)
    open_upload(other)
    endless = b"x<worksheet>" + b"<sheetData>" * 700_000
    upload(hostile, with_parts(book(), {SHEET: endless}), "seven_kilobytes.xlsx")
    start = time.monotonic()
    go_to(other, "Compare boroughs")
    expect(other.get_by_role("heading", level=1)).to_contain_text("Compare")
    assert time.monotonic() - start < 10
    alert(hostile, "“seven_kilobytes.xlsx” was not read. The file looks like an Excel file, but is damaged.")


def test_two_people_who_add_files_see_their_own(page: Page, visit: Callable[..., Page]) -> None:
    one, other = page, visit()
    for each in (one, other):
        open_upload(each)
    upload(one, as_csv(rows(wave="2025")), "one.csv")
    upload(other, as_csv(rows(wave="2026")), "other.csv")
    alert(one, "wave 2025")
    alert(other, "wave 2026")


def test_the_columns_of_a_form_are_guessed_and_can_be_corrected(page: Page) -> None:
    open_upload(page)
    header = ["Timestamp", "Borough", "Clear shared vision", "**Second** one"]
    upload(page, as_csv([header, ["2026/03/31 10:15", "K&C", "Yes", "No"]]), "form.csv")
    alert(page, "1 answer of 1 borough")
    expect(page.get_by_role("radio", name="london: shown only within London's figures")).to_be_checked()
    # a long list shows only its beginning
    idle(page)
    meaning = page.get_by_role("combobox", name="Second")
    meaning.click()
    meaning.fill("Common training")
    page.get_by_role("option", name="Common training and processes").click()
    alert(page, "2 answers of 1 borough")
    assert page.locator(f"{DRAWN}, [data-testid=stWidgetLabel] strong").count() == 0
