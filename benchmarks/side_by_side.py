"""From a choice to the changed map: this app beside the same job done in the ways that others would.

Run `python -m benchmarks.side_by_side`; it needs the extras `dev` and `benchmarks` and Debian's chromium,
and prints a table in Markdown. Every way is watched from outside, by the pictures that the browser draws:
whatever draws, the map has changed when its pixels have. All ways are measured in turns, so that other work
on the machine troubles them alike.
"""

import base64
import io
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import CDPSession, FloatRect, Page, sync_playwright

from benchmarks.change_to_map import wait_until_answers
from benchmarks.other_ways import CHOICES, LABEL

ROUNDS = 15
WIDTH, HEIGHT = 1280, 900
# seconds after which a map is called still, and those in which it has to change
STILL, LATEST = 0.6, 15.0
# how much a pixel's grey, of 255, differs on average where another map is drawn
CHANGED = 2.0
# without a graphics card: what draws by WebGL does so on the processor, and would be quicker with one
CHROMIUM = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]

# notes the moment of the next choice
NOTE_CHOICE = """() => {
  for (const kind of ['click', 'change']) {
    document.addEventListener(kind, () => { window.chosen = Date.now() }, { capture: true, once: true })
  }
}"""


def choose_in_streamlit(page: Page, number: int) -> None:
    """Open the list and press the choice."""
    page.get_by_label(LABEL, exact=True).first.click()
    page.get_by_role("option").nth(number).wait_for()
    page.wait_for_timeout(200)


def press_in_streamlit(page: Page, number: int) -> None:
    """The click that chooses."""
    page.get_by_role("option").nth(number).click()


def press_in_dash(page: Page, number: int) -> None:
    """The click that chooses."""
    page.get_by_label(CHOICES[number], exact=True).click()


def choose_in_a_list(page: Page, number: int) -> None:
    """The browser's own list of choices."""
    page.get_by_label(LABEL).select_option(CHOICES[number])


def nothing(page: Page, number: int) -> None:
    """What comes before a choice, where nothing has to be opened."""


@dataclass(frozen=True)
class Way:
    """A page with one map: what starts it, what opens its choice, what chooses, and where its map is."""

    name: str
    command: tuple[str, ...]
    press: Callable[[Page, int], None]
    map: str
    opens: Callable[[Page, int], None] = nothing


def in_streamlit(name: str, script: str, map: str) -> Way:
    """A page of Streamlit."""
    command = ("-m", "streamlit", "run", script, "--server.headless", "true", "--server.port")
    return Way(name, command, press_in_streamlit, map, choose_in_streamlit)


VEGA = '[data-testid="stVegaLiteChart"]'
WAYS = (
    in_streamlit("this app's map page", "app.py", VEGA),
    in_streamlit("Streamlit, Vega-Lite", "benchmarks/other_ways/streamlit_vega.py", VEGA),
    in_streamlit(
        "Streamlit, pydeck", "benchmarks/other_ways/streamlit_pydeck.py", '[data-testid="stDeckGlJsonChart"]'
    ),
    in_streamlit(
        "Streamlit, Plotly", "benchmarks/other_ways/streamlit_plotly.py", '[data-testid="stPlotlyChart"]'
    ),
    Way("Dash, Plotly", ("-m", "benchmarks.other_ways.dash_plotly"), press_in_dash, "#map"),
    Way("Panel, Vega-Lite", ("-m", "benchmarks.other_ways.panel_vega"), choose_in_a_list, ".vega-embed"),
    Way("a static page, Vega-Lite", ("-m", "benchmarks.other_ways.static_vega"), choose_in_a_list, "#map"),
)


@dataclass
class Frames:
    """The pictures that a page draws, with the moment of each, in seconds since 1970."""

    session: CDPSession
    seen: list[tuple[float, bytes]] = field(default_factory=list)

    def watch(self) -> None:
        """Keep every picture from now on."""

        def came(frame: dict) -> None:
            self.seen.append((frame["metadata"]["timestamp"], base64.b64decode(frame["data"])))
            self.session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

        self.session.on("Page.screencastFrame", came)
        size = {"maxWidth": WIDTH, "maxHeight": HEIGHT}
        self.session.send("Page.startScreencast", {"format": "jpeg", "quality": 60, **size})

    def stop(self) -> None:
        """Keep no more pictures, for the page is closed."""
        self.session.send("Page.stopScreencast")
        self.session.detach()

    def until_still(self, page: Page) -> None:
        """Wait until nothing has been drawn for a while."""
        last, since = len(self.seen), time.monotonic()
        while time.monotonic() - since < STILL:
            page.wait_for_timeout(50)
            if len(self.seen) > last:
                last, since = len(self.seen), time.monotonic()

    def first_changed(self, page: Page, before: Image.Image, box: tuple[int, int, int, int]) -> float:
        """The moment of the first picture in which this part of the page is another. Raises TimeoutError."""
        looked, deadline = 0, time.monotonic() + LATEST
        while time.monotonic() < deadline:
            page.wait_for_timeout(5)
            for moment, picture in self.seen[looked:]:
                looked += 1
                if _differ(before, _part(picture, box)):
                    return moment
        raise TimeoutError("the map did not change")


def _part(picture: bytes, box: tuple[int, int, int, int]) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("L").crop(box)


def _differ(one: Image.Image, other: Image.Image) -> bool:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0] > CHANGED


def part_of_map(found: FloatRect) -> tuple[int, int, int, int]:
    """The middle of the map's right half, where no list of choices lies above it."""
    left, top = found["x"] + found["width"] * 0.55, found["y"] + found["height"] * 0.2
    right, bottom = found["x"] + found["width"] * 0.9, min(found["y"] + found["height"] * 0.8, HEIGHT)
    return round(left), round(top), round(right), round(bottom)


@dataclass
class Opened:
    """A way with its page open."""

    way: Way
    page: Page
    frames: Frames
    took: list[float] = field(default_factory=list)

    def change(self, number: int) -> None:
        """Make one choice and note how long the map took to change, in seconds."""
        self.page.bring_to_front()
        found = self.page.locator(self.way.map).first.bounding_box()
        assert found
        box = part_of_map(found)
        self.way.opens(self.page, number)
        self.frames.until_still(self.page)
        before = _part(self.page.screenshot(type="jpeg", quality=60), box)
        self.frames.seen.clear()
        self.page.evaluate(NOTE_CHOICE)
        self.way.press(self.page, number)
        changed = self.frames.first_changed(self.page, before, box)
        self.took.append(changed - self.page.evaluate("window.chosen") / 1000)
        self.frames.until_still(self.page)


@contextmanager
def started(way: Way) -> Iterator[str]:
    """The address of the way's server while it runs."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, *way.command, str(port)], stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_answers(f"http://localhost:{port}/")
            yield f"http://localhost:{port}/"
        finally:
            server.terminate()


def main() -> None:
    """Open every way, let them take turns, and print how long each took."""
    with sync_playwright() as playwright, ExitStack() as servers:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        ways = []
        for way in WAYS:
            address = servers.enter_context(started(way))
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(address)
            page.locator(way.map).first.wait_for()
            frames = Frames(page.context.new_cdp_session(page))
            frames.watch()
            frames.until_still(page)
            ways.append(Opened(way, page, frames))
        for turn in range(ROUNDS + 2):
            for opened in ways:
                opened.change(1 + turn)
        print(
            "| | choice to the changed map, ms (median) | slowest | beside this app |\n|---|---:|---:|---:|"
        )
        # the first two changes warm up what a running server has warm
        medians = {opened.way.name: statistics.median(opened.took[2:]) for opened in ways}
        for opened in ways:
            own = medians[opened.way.name]
            beside = own / medians[WAYS[0].name]
            print(
                f"| {opened.way.name} | {1000 * own:.0f} | {1000 * max(opened.took[2:]):.0f} | {beside:.1f} |"
            )
        for opened in ways:
            opened.frames.stop()
        browser.close()


if __name__ == "__main__":
    main()
