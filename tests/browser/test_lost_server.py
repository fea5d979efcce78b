"""What was entered, and files whose addresses the page has, when it has lost its server meanwhile."""

import io
from collections.abc import Callable, Iterator
from urllib.parse import urlparse

import pytest
from PIL import Image
from playwright.sync_api import Browser, Download, Page, Route, expect

from data_loaders.settings import DATA_ADDRESSES
from tests.databases import Line

from .conftest import LAPTOP, free_port, serve
from .screen import close_menu, download, file_link, idle, open_menu, open_view, take
from .test_nothing_lost import BROUGHT_BACK
from .test_self_evaluation_page import FIRST, answer_two, expect_two_answers, level, open_page, summary

NAME = "centres_per_10k_0_4_london_2026-08-19_map_ics2026.png"


def expect_map(coming: Download) -> None:
    assert coming.suggested_filename == NAME
    with Image.open(io.BytesIO(coming.path().read_bytes())) as picture:
        assert picture.width == 1880


def press_for(page: Page, name: str) -> Download:
    with page.expect_download() as waiting:
        file_link(page, name).press("Enter")
    return waiting.value


def refusing(kind: str, body: str) -> Callable[[Route], None]:
    """An answer in place of a file."""
    return lambda route: route.fulfill(status=503, content_type=kind, body=body)


@pytest.fixture
def line(server: str) -> Iterator[Line]:
    """A way to the app that can be cut, and can hang."""
    made = Line(urlparse(server).port or 0)
    yield made
    made.close()


def test_files_and_answers_outlive_the_server(browser: Browser) -> None:
    port = free_port()
    context = browser.new_context(**LAPTOP, base_url=f"http://localhost:{port}")  # type: ignore[arg-type]
    page = context.new_page()
    with serve(port=port):
        open_view(page)
        idle(page)
        entered = context.new_page()
        open_page(entered)
        answer_two(entered)
        idle(entered)
    # while there is none, what can be taken away opens all the same, and a press is answered
    page.get_by_role("button", name="Map: take away", exact=True).click()
    file_link(page, "Map as PNG").press("Enter")
    expect(page.get_by_text("The server does not answer just now.")).to_be_visible()
    expect(file_link(page, "Map as PNG")).to_be_focused()
    with serve(port=port):
        expect_map(press_for(page, "Map as PNG"))
        numbers = press_for(page, "CSV: Map")
        assert b"Lambeth" in numbers.path().read_bytes()
        # nobody has touched the page with answers: it finds the new server by itself
        expect(entered.get_by_text(BROUGHT_BACK)).to_be_visible(timeout=60_000)
        expect_two_answers(entered)
        idle(entered)
        level(entered, FIRST, "Basic").click()
        expect(summary(entered)).to_have_text("2 of 12 answered; most often: basic (2).")
    context.close()


def test_a_file_comes_by_a_connection_that_was_cut_and_says_when_it_takes_long(
    browser: Browser, line: Line
) -> None:
    context = browser.new_context(**LAPTOP, base_url=f"http://localhost:{line.port}")  # type: ignore[arg-type]
    page = context.new_page()
    open_view(page)
    open_menu(page, "Map: take away")
    line.cut()
    expect_map(press_for(page, "Map as PNG"))
    # as after a laptop has slept: nothing comes, and nothing is refused
    line.hang()
    link = file_link(page, "SVG: Map, a slide (16:9)")
    link.press("Enter")
    status = page.locator(".files [role=status]:visible")
    expect(status).to_have_text("SVG: Map, a slide (16:9): being made.")
    expect(link).to_have_attribute("aria-busy", "true")
    expect(link).to_be_focused()
    with page.expect_download() as waiting:
        # a second press takes the place of the first
        link.press("Enter")
        line.go_on()
    assert b"<svg" in waiting.value.path().read_bytes()[:100]
    expect(status).to_have_text("SVG: Map, a slide (16:9): ready, with your downloads.")
    expect(link).not_to_have_attribute("aria-busy", "true")
    context.close()


def test_why_there_is_no_file_is_said_in_the_words_of_the_app_and_of_no_proxy(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(**LAPTOP, base_url=server)  # type: ignore[arg-type]
    page = context.new_page()
    open_view(page)
    open_menu(page, "Map: take away")
    answers = {
        "text/plain; charset=utf-8": ("You have asked very often.", "You have asked very often."),
        "application/json": (
            '{"error": "Many files are being made.", "known": []}',
            "Many files are being made.",
        ),
        "text/html": ("<h1>502 Bad Gateway</h1>", "The server does not answer just now."),
    }
    status = page.locator(".files [role=status]:visible")
    for kind, (body, said) in answers.items():
        page.route("**/picture/**", refusing(kind, body))
        file_link(page, "Map as PNG").press("Enter")
        expect(status).to_contain_text(said)
        page.unroute("**/picture/**")
    expect_map(press_for(page, "Map as PNG"))
    context.close()


def test_where_addresses_are_off_buttons_give_the_same_files(browser: Browser) -> None:
    with serve({DATA_ADDRESSES: "off"}) as address:
        context = browser.new_context(**LAPTOP, base_url=address)  # type: ignore[arg-type]
        page = context.new_page()
        open_view(page)
        open_menu(page, "Map: take away")
        expect(page.locator(".files a")).to_have_count(0)
        close_menu(page)
        expect_map(download(page, "Map as PNG"))
        slide = take(page, "Map", "SVG", "A slide (16:9)")
        assert slide.suggested_filename == NAME.replace(".png", "_slide.svg")
        assert download(page, "Numbers as CSV").suggested_filename.endswith("_2026-08-19_ics2026.csv")
        context.close()
