"""A server and a browser for the session, and a page for each test that must load without a complaint."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlparse

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize

    Scheme = Literal["light", "dark"]

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # pages of one visitor share what they have compiled of the app's scripts
    "--process-per-site",
    # else letters of printed words stand apart
    "--font-render-hinting=none",
]

LAPTOP = {"viewport": {"width": 1280, "height": 900}}


def what_is_missing() -> str:
    """Why there can be no browser here; empty when there can."""
    for module in ("playwright", "axe_playwright_python"):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed (extra dev)"
    return "" if chromium() else "chromium is not on the path"


def chromium() -> str | None:
    """The browser's program: the one without windows if it is there, which starts and draws a page sooner."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


class WithoutBrowser(pytest.Module):
    """A file of browser tests where there is no browser: skipped, unless REQUIRE_BROWSER is set."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(what_is_missing(), pytrace=False)
        pytest.skip(what_is_missing())


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    if what_is_missing() and module_path.is_relative_to(Path(__file__).parent):
        module: pytest.Module = WithoutBrowser.from_parent(parent, path=module_path)
        return module
    return None


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return int(free.getsockname()[1])


@contextmanager
def serve(environment: dict[str, str] | None = None, port: int = 0, base: str = "") -> Iterator[str]:
    """Start the app, on a free port unless one is given, yield its address with its base, and stop it."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.baseUrlPath", base] if base else []
    # what is made for nobody would take the processor from the next test
    settings = os.environ | {"BEYOND_BOUNDARIES_BEFOREHAND": "off"} | (environment or {})
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=subprocess.STDOUT) as server,
    ):
        try:
            address = f"http://localhost:{port}{f'/{base}' if base else ''}"
            wait_until_up(f"{address}/_stcore/health", server)
            yield address
        finally:
            ended = server.poll()
            server.terminate()
            server.wait()
        log.seek(0)
        said = log.read()
        assert ended is None, f"the server has ended by itself with {ended}: {said}"
        assert "Traceback" not in said


def wait_until_up(probe: str, server: subprocess.Popen[bytes]) -> None:
    """Ask until the server answers, for a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server has stopped"
        try:
            urllib.request.urlopen(probe).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise TimeoutError(probe)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running app."""
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=15_000)  # a busy machine is no finding
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What pages of a test complain of; at its end none may have asked another host or have complained."""
    found: list[str] = []
    yield found
    assert not found


def listened_to(page: Page, complaints: list[str]) -> Page:
    """The page, whose complaints are taken down."""
    page.on("request", lambda request: complaints.extend(foreign(request)))
    page.on("pageerror", lambda error: complaints.append(f"error on the page: {error}"))
    page.on("console", lambda message: complaints.extend(error_in(message)))
    return page


@pytest.fixture(scope="session")
def laptops(browser: Browser, server: str) -> Iterator[list[BrowserContext]]:
    """Browsers that nobody uses, and that keep what they have compiled of the app's scripts."""
    free: list[BrowserContext] = []
    yield free
    for context in free:
        context.close()


def free_laptop(laptops: list[BrowserContext], browser: Browser, server: str) -> BrowserContext:
    """A browser that nobody uses."""
    if laptops:
        return laptops.pop()
    context = browser.new_context(**LAPTOP, base_url=server)  # type: ignore[arg-type]
    # a page that stays, so that what draws pages does too
    context.new_page().goto("/_stcore/health")
    return context


@pytest.fixture
def visit(
    browser: Browser, server: str, laptops: list[BrowserContext], complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """A visitor with nothing remembered; keywords are those of a Playwright context.

    A window or a scheme can be had in a browser that others have used before.
    """
    own, used = [], []

    def new_visitor(
        viewport: ViewportSize | None = None, color_scheme: Scheme | None = None, **options: Any
    ) -> Page:
        if options:
            looks = {"viewport": viewport or LAPTOP["viewport"], "color_scheme": color_scheme}
            own.append(browser.new_context(**{"base_url": server, **looks, **options}))
            return listened_to(own[-1].new_page(), complaints)
        used.append(free_laptop(laptops, browser, server))
        page = used[-1].new_page()
        if viewport:
            page.set_viewport_size(viewport)
        if color_scheme:
            page.emulate_media(color_scheme=color_scheme)
        return listened_to(page, complaints)

    yield new_visitor
    for context in own:
        context.close()
    for context in used:
        forget(context)
        laptops.append(context)


@pytest.fixture(scope="module")
def opened(browser: Browser, server: str, laptops: list[BrowserContext]) -> Iterator[tuple[Page, list[str]]]:
    """A page that stays open while the tests of a file look at it, and what it complains of."""
    complaints: list[str] = []
    context = free_laptop(laptops, browser, server)
    yield listened_to(context.new_page(), complaints), complaints
    forget(context)
    laptops.append(context)


@pytest.fixture
def reader(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page of somebody at a laptop who goes from view to view (screen.follow) and enters nothing.

    To load the app for each view would cost four times as much as to draw the view.
    """
    page, complaints = opened
    page.set_viewport_size(LAPTOP["viewport"])  # type: ignore[arg-type]
    page.emulate_media(media="null", color_scheme="light", forced_colors="none")
    yield page
    found = list(complaints)
    complaints.clear()
    assert not found


def forget(context: BrowserContext) -> None:
    """Leave nothing of a visitor in a browser but the app's scripts."""
    for page in context.pages[1:]:
        if page.url.startswith("http"):
            # what still comes from the server must not be kept for whoever comes next
            page.evaluate("() => { Storage.prototype.setItem = () => {}; localStorage.clear() }")
        page.close()
    context.clear_cookies()


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """The page of a visitor at a laptop."""
    return visit()


def foreign(request: Request) -> list[str]:
    """A request that leaves this machine, in words."""
    address = urlparse(request.url)
    leaves = address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "localhost"
    return [f"asked {request.url}"] if leaves else []


def error_in(message: ConsoleMessage) -> list[str]:
    """An error in the console, in words, but for Streamlit's search for its own server.

    On a link to a page below the root, Streamlit first looks for its server below that page.
    """
    place = urlparse(message.location["url"]).path
    if message.type != "error" or ("404" in message.text and re.match(r"/\w+/_stcore/", place)):
        return []
    return [f"error in the console: {message.text} {place}"]
