"""The first page, before the server can say anything on it, and where it never can."""

import re
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.databases import Line

from .conftest import LAPTOP
from .screen import settle


class Proxy(Line):
    """Passes requests on as a proxy that was not told of WebSockets does: without the wish for one."""

    passes_upgrades = False

    def passed(self, piece: bytes) -> bytes:
        return piece if self.passes_upgrades else piece.replace(b"Upgrade: websocket", b"X-Wish: none")


@pytest.fixture
def proxy(server: str) -> Iterator[Proxy]:
    made = Proxy(urlparse(server).port or 0)
    yield made
    made.close()


def test_a_page_without_a_connection_says_so_and_comes_once_there_is_one(
    browser: Browser, proxy: Proxy
) -> None:
    context = browser.new_context(**LAPTOP, base_url=f"http://localhost:{proxy.port}")  # type: ignore[arg-type]
    page = context.new_page()
    page.clock.install()
    page.goto("/lottery?borough=Hackney")
    said = page.get_by_role("heading", name="This page cannot be shown here just now")
    page.get_by_test_id("stApp").wait_for()
    expect(said).to_have_count(0)
    page.clock.run_for(13_000)
    expect(said).to_be_in_viewport()
    expect(page.get_by_text("show this sentence to whoever looks after your network")).to_be_in_viewport()
    proxy.passes_upgrades = True
    # it tries more and more seldom
    page.clock.run_for(60_000)
    page.clock.resume()
    settle(page)
    expect(said).to_have_count(0)
    # sentence and style come with every answer, also to a browser that has kept those of another version
    kept = {"If-None-Match": "*", "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    first = page.request.get("/", headers={"Accept": "text/html", "Accept-Encoding": "gzip"} | kept)
    assert first.status == 200
    assert {"etag", "last-modified"}.isdisjoint(first.headers)
    assert "This page cannot be shown here just now" in first.text()
    assert '[data-testid="stSkeleton"]' in first.text()
    context.close()


def test_what_is_on_its_way_stands_still(page: Page) -> None:
    held: list[Route] = []
    page.route(re.compile("/static/js/ArrowVegaLiteChart"), lambda route: held.append(route))
    page.goto("/")
    box = page.get_by_test_id("stSkeleton").first
    box.wait_for()
    assert box.evaluate("box => box.getAnimations().length") == 0
    held[0].continue_()
    settle(page)
