"""From a choice to the changed map: this app beside the same job done in the ways that others would.

Run `python -m benchmarks.side_by_side`; it needs the extras `dev` and `benchmarks` and Debian's chromium,
and prints a table in Markdown. Every way is watched from outside, by pictures taken of its map one after the
other: whatever draws, the map has changed when its pixels have. A picture takes some 40 ms (80 by WebGL), by
which any figure may be late. Ways take turns, each with a server and a browser of its own, so that
other work on the machine troubles them alike.
"""

import io
import shutil
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import FloatRect, Page, Playwright, sync_playwright

from benchmarks.change_to_map import serving
from benchmarks.other_ways import CHOICES, LABEL

TURNS, CHANGES = 3, 6
# so many choices take turns, each first to make what a running server has ready
DIFFERENT = 3
WIDTH, HEIGHT = 1280, 900
# seconds for which a map has not changed when it is called still, and those in which it has to change
STILL, LATEST = 0.6, 15.0
# how much a pixel's grey, of 255, differs on average where another map is drawn
CHANGED = 2.0
CHROMIUM = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
# Without a graphics card, what draws by WebGL does so on the processor, and would be quicker with one. For
# others that costs half a second a picture of a long page, and nothing on a screen: they do without.
WITH_WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WITHOUT_WEBGL = ["--disable-gpu"]

# notes the moment of the next choice, in milliseconds since 1970
NOTE_CHOICE = """() => {
  for (const kind of ['click', 'input']) {
    document.addEventListener(kind, () => { window.chosen = Date.now() }, { capture: true, once: true })
  }
}"""


def open_in_streamlit(page: Page, number: int) -> None:
    """Open the list, until the choice is there."""
    page.get_by_label(LABEL, exact=True).first.click()
    page.get_by_role("option").nth(number).wait_for()


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
    """A page with one map: what starts it, what chooses, where its map is, and what opens the choice.

    `browser` are the arguments of Chromium by which it can draw the map.
    """

    name: str
    command: tuple[str, ...]
    press: Callable[[Page, int], None]
    map: str
    opens: Callable[[Page, int], None] = nothing
    browser: tuple[str, ...] = (*CHROMIUM, *WITHOUT_WEBGL)


def in_streamlit(name: str, script: str, map: str) -> Way:
    """A page of Streamlit."""
    command = ("-m", "streamlit", "run", script, "--server.headless", "true", "--server.port")
    return Way(name, command, press_in_streamlit, map, open_in_streamlit)


def by_webgl(way: Way) -> Way:
    """A way that draws by WebGL."""
    return replace(way, browser=(*CHROMIUM, *WITH_WEBGL))


OTHERS = "benchmarks/other_ways"
VEGA = '[data-testid="stVegaLiteChart"]'
DECK, PLOTLY = '[data-testid="stDeckGlJsonChart"]', '[data-testid="stPlotlyChart"]'
WAYS = (
    in_streamlit("this app's map page", "app.py", VEGA),
    in_streamlit("Streamlit, Vega-Lite", f"{OTHERS}/streamlit_vega.py", VEGA),
    by_webgl(in_streamlit("Streamlit, pydeck", f"{OTHERS}/streamlit_pydeck.py", DECK)),
    by_webgl(in_streamlit("Streamlit, Plotly", f"{OTHERS}/streamlit_plotly.py", PLOTLY)),
    by_webgl(Way("Dash, Plotly", ("-m", "benchmarks.other_ways.dash_plotly"), press_in_dash, "#map")),
    Way("Panel, Vega-Lite", ("-m", "benchmarks.other_ways.panel_vega"), choose_in_a_list, ".vega-embed"),
    Way("a static page, Vega-Lite", ("-m", "benchmarks.other_ways.static_vega"), choose_in_a_list, "#map"),
)


def part_of_map(page: Page, way: Way) -> FloatRect:
    """The middle of the map's right half, where no list of choices lies above it."""
    found = page.locator(way.map).first.bounding_box()
    assert found
    height = min(found["height"], HEIGHT - found["y"])
    return {
        "x": found["x"] + found["width"] * 0.55,
        "y": found["y"] + height * 0.2,
        "width": found["width"] * 0.35,
        "height": height * 0.6,
    }


def picture(page: Page, part: FloatRect) -> Image.Image:
    """What this part of the page looks like now, in greys."""
    taken = page.screenshot(clip=part, type="jpeg", quality=60, animations="allow", caret="initial")
    return Image.open(io.BytesIO(taken)).convert("L")


def differ(one: Image.Image, other: Image.Image) -> bool:
    """Whether another map is drawn."""
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0] > CHANGED


def still(page: Page, part: FloatRect) -> Image.Image:
    """The picture of the map once it has not changed for a while."""
    last, since = picture(page, part), time.monotonic()
    while time.monotonic() - since < STILL:
        now = picture(page, part)
        if differ(last, now):
            last, since = now, time.monotonic()
    return last


def change(page: Page, way: Way, number: int) -> float:
    """Make one choice: the seconds until the map has changed. Raises TimeoutError."""
    part = part_of_map(page, way)
    way.opens(page, number)
    before = still(page, part)
    page.evaluate(NOTE_CHOICE)
    way.press(page, number)
    chosen = page.evaluate("window.chosen") / 1000
    while time.time() - chosen < LATEST:
        now = picture(page, part)
        if differ(before, now):
            took = time.time() - chosen
            still(page, part)
            return took
    raise TimeoutError(f"the map did not change: {way.name}, choice {number}")


def turn(playwright: Playwright, way: Way) -> list[float]:
    """The seconds of the changes of one turn, with a server and a browser of its own."""
    with serving(*way.command) as address:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(way.browser))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(address)
        page.locator(way.map).first.wait_for()
        still(page, part_of_map(page, way))
        took = [change(page, way, 1 + number % DIFFERENT) for number in range(DIFFERENT + CHANGES)]
        browser.close()
    return took[DIFFERENT:]


def main() -> None:
    """Let the ways take turns, and print how long each took."""
    took: dict[str, list[float]] = {way.name: [] for way in WAYS}
    with sync_playwright() as playwright:
        for _ in range(TURNS):
            for way in WAYS:
                took[way.name] += turn(playwright, way)
    own = statistics.median(took[WAYS[0].name])
    print("| | choice to the changed map, ms (median) | slowest | beside this app |\n|---|---:|---:|---:|")
    for name, seconds in took.items():
        median = statistics.median(seconds)
        print(f"| {name} | {1000 * median:.0f} | {1000 * max(seconds):.0f} | {median / own:.1f} |")


if __name__ == "__main__":
    main()
