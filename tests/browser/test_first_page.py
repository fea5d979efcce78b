"""The first page, before the server can say anything on it, and where it never can."""

import gzip
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from pages.components.frame.first_page import DRAWS_CHARTS
from tests.databases import Line

from .conftest import LAPTOP
from .screen import open_view, settle


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


def got(address: str, **headers: str) -> tuple[Message, bytes]:
    asked = urllib.request.Request(
        address, headers={name.replace("_", "-"): v for name, v in headers.items()}
    )
    with urllib.request.urlopen(asked) as answer:
        return answer.headers, answer.read()


def test_scripts_come_compressed_to_whoever_takes_them_so_and_are_the_same(server: str) -> None:
    _, first = got(server, Accept="text/html")
    names = re.findall(r'src="\./(static/js/index[^"]+\.js)"', first.decode())
    assert len(names) == 1
    address = f"{server}/{names[0]}"
    as_it_is, whole = got(address, Accept_Encoding="identity")
    for _ in range(2):
        said, small = got(address, Accept_Encoding="br, gzip")
        assert len(small) < len(whole) / 3
        assert gzip.decompress(small) == whole
        assert (said["Content-Encoding"], said["Content-Length"]) == ("gzip", str(len(small)))
        assert "Accept-Encoding" in said["Vary"]
        assert said["Cache-Control"] == as_it_is["Cache-Control"]
    assert as_it_is["Content-Encoding"] is None
    # who has it already is not sent it again, and a part is a part of the file itself
    with pytest.raises(urllib.error.HTTPError, match="304"):
        got(address, Accept_Encoding="gzip", If_None_Match=said["ETag"])
    part, some = got(address, Accept_Encoding="gzip", Range="bytes=10-19")
    assert (part["Content-Encoding"], some) == (None, whole[10:20])


def test_what_draws_charts_is_asked_for_before_there_is_one(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlparse(request.url).path))
    page.on("websocket", lambda _: asked.append("conversation"))
    open_view(page)
    scripts = [path.rpartition("/")[2].partition(".")[0] for path in asked]
    for name in DRAWS_CHARTS:
        assert scripts.count(name) == 1
        assert scripts.index(name) < scripts.index("conversation")


def test_only_letters_and_signs_that_pages_have_are_loaded(page: Page) -> None:
    fonts: dict[str, int] = {}
    page.on("requestfinished", lambda request: fonts.update(_size_of_font(request)))
    open_view(page, "/?indicator=family_hubs_programme")
    assert len(fonts) == 2
    assert sum(fonts.values()) < 100_000
    # who writes in other letters has the whole font for them
    with page.expect_request("**/static/media/SourceSans*?whole"):
        page.get_by_placeholder("Find").fill("Лондон")


def _size_of_font(request: Request) -> dict[str, int]:
    is_font = request.resource_type == "font"
    return {request.url: request.sizes()["responseBodySize"]} if is_font else {}


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
    draws_chart = re.compile("/static/js/ArrowVegaLiteChart")
    page.route(draws_chart, lambda route: held.append(route))
    with page.expect_request(draws_chart):
        page.goto("/")
    box = page.get_by_test_id("stSkeleton").first
    box.wait_for()
    assert box.evaluate("box => box.getAnimations().length") == 0
    held[0].continue_()
    settle(page)
