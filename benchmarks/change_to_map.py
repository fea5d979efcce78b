"""How long a meeting waits: from the start of the server to a map, and from a choice to the changed map.

Run `python -m benchmarks.change_to_map`; it needs the extra `dev` and Debian's chromium, and prints the table
of docs in Markdown. The page and a bare one-map page are measured in turn, in the same run.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from tests.browser.conftest import CHROMIUM, chromium, free_port, wait_until_up

CHANGES = 20
PAGES = {"the map page": "app.py", "a bare one-map page": "benchmarks/bare_map.py"}
MAP = '[data-testid="stVegaLiteChart"] path[aria-label]'


def watching(drawn: str) -> str:
    """A script that promises as `window.changed` how long a change takes that begins with the next click.

    Milliseconds to the first frame after `drawn`, a function in JavaScript, gives something else.
    """
    return """() => {
  const drawn = DRAWN
  const before = drawn()
  window.changed = new Promise((resolve) => {
    let chosen
    document.addEventListener('click', () => { chosen = performance.now() }, { capture: true, once: true })
    const look = () => {
      const now = drawn()
      if (chosen !== undefined && now && now !== before) {
        requestAnimationFrame(() => resolve(performance.now() - chosen))
      } else requestAnimationFrame(look)
    }
    look()
  })
}""".replace("DRAWN", drawn)


# what is said of the map's first shape
WATCH = watching(f"() => document.querySelector('{MAP}')?.ariaLabel")


@dataclass
class Traffic:
    """What came over the websocket: bytes as the page reads them, and when the last of it came."""

    received: int = 0
    sent_at: float = 0.0
    last_at: float = 0.0

    def watch(self, page: Page) -> None:
        """Count from now on."""

        def sent(_: str | bytes) -> None:
            self.sent_at = time.perf_counter()

        def received(frame: str | bytes) -> None:
            self.received += len(frame)
            self.last_at = time.perf_counter()

        def watch(socket: WebSocket) -> None:
            socket.on("framesent", sent)
            socket.on("framereceived", received)

        page.on("websocket", watch)


@contextmanager
def serving(*command: str, probe: str = "") -> Iterator[str]:
    """The address of what a command of Python serves on the port behind it, until it is stopped."""
    port = free_port()
    with subprocess.Popen([sys.executable, *command, str(port)], stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_up(f"http://localhost:{port}/{probe}", server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


@contextmanager
def streamlit(script: str) -> Iterator[str]:
    """The address of a script of Streamlit."""
    with serving("-m", "streamlit", "run", script, "--server.port", probe="_stcore/health") as address:
        yield address


@contextmanager
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)


def measure(page: Page, script: str) -> dict[str, float]:
    """The figures of one page: milliseconds and kilobytes."""
    traffic = Traffic()
    traffic.watch(page)
    with started_map(page, script) as first_map:
        settle(page)
        changes, sizes, reruns = [], [], []
        for turn in range(CHANGES + 2):
            page.get_by_label("Indicator", exact=True).first.click()
            options = page.get_by_role("option")
            options.first.wait_for()
            page.evaluate(WATCH)
            traffic.received = 0
            # go up and down the list, so that most pictures are drawn for the first time
            options.nth((turn + 1) % options.count()).click()
            changes.append(page.evaluate("window.changed"))
            settle(page)
            sizes.append(traffic.received)
            reruns.append(traffic.last_at - traffic.sent_at)
    # the first two changes warm up what a running server has warm
    return {
        "start of the server to the first map, s": round(first_map, 1),
        "choice to the changed map, ms (median)": round(statistics.median(changes[2:])),
        "choice to the changed map, ms (slowest)": round(max(changes[2:])),
        "over the websocket a change, kB (largest)": round(max(sizes[2:]) / 1000),
        "server: request to last answer, ms (median)": round(statistics.median(reruns[2:]) * 1000),
    }


@contextmanager
def started_map(page: Page, script: str) -> Iterator[float]:
    """A server with its first map on the page, and the seconds from its start to that map."""
    started = time.perf_counter()
    with streamlit(script) as address:
        page.goto(address)
        page.wait_for_selector(MAP)
        yield time.perf_counter() - started


def settle(page: Page) -> None:
    """Wait until the page has nothing left to run."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(400)


def main() -> None:
    """Measure each page and print the table."""
    with browser() as opened:
        figures = {}
        for name, script in PAGES.items():
            page = opened.new_page(viewport={"width": 1280, "height": 900})
            figures[name] = measure(page, script)
            page.close()
    names = list(PAGES)
    print("| | " + " | ".join(names) + " |\n|---" * 1 + "|---:" * len(names) + "|")
    for row in figures[names[0]]:
        print(f"| {row} | " + " | ".join(str(figures[name][row]) for name in names) + " |")


if __name__ == "__main__":
    main()
