"""A browser runs no script that the app did not bring, and sends nothing to another host."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page as BrowserPage

from pages.components.frame.navigation import PAGES, Page

from .conftest import LAPTOP
from .screen import open_view

# what a text that became markup, or a script that came with something else, would try: whether it could
TRIES = {
    "a script in the page": """() => {
        const script = document.createElement("script")
        script.textContent = "window.hasRun = true"
        document.body.append(script)
        return window.hasRun === true
    }""",
    "what an element does by itself": """async () => {
        const picture = document.createElement("div")
        picture.innerHTML = '<img src="data:," onerror="window.hasRun = true">'
        document.body.append(picture)
        await new Promise((done) => picture.firstChild.addEventListener("error", done))
        return window.hasRun === true
    }""",
    "a message to another host": """async () => {
        try { await fetch("http://127.0.0.1:9/told", { mode: "no-cors" }) } catch { return false }
        return true
    }""",
    "a page in a frame": """() => {
        const frame = document.createElement("iframe")
        frame.src = "/about"
        document.body.append(frame)
        return frame.contentDocument?.title === "About"
    }""",
}
LISTEN = """() => {
    window.refused = []
    document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.blockedURI))
}"""


@pytest.fixture
def unheard(browser: Browser, server: str) -> Iterator[BrowserPage]:
    """A page whose console may complain: it is made to."""
    context = browser.new_context(**LAPTOP, base_url=server)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("of_menu", PAGES, ids=lambda one: one.script)
def test_every_page_says_what_it_does_without(server: str, of_menu: Page) -> None:
    # that it does: a browser complains of what it refused, which every test of a page holds to be nothing
    with urllib.request.urlopen(f"{server}/{of_menu.address}") as answer:
        headers = answer.headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval' 'sha256-")
    assert " 'unsafe-eval'" not in policy
    host = urlsplit(server).netloc
    assert f"; connect-src 'self' data: ws://{host} wss://{host}; " in policy
    assert headers["permissions-policy"].startswith("camera=()")


@pytest.mark.parametrize("attempt", TRIES)
def test_what_the_app_did_not_bring_is_refused(unheard: BrowserPage, attempt: str) -> None:
    open_view(unheard)
    unheard.evaluate(LISTEN)
    assert unheard.evaluate(TRIES[attempt]) is False
    unheard.wait_for_function("() => window.refused.length > 0")
