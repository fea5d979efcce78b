"""How long a meeting waits: from the start of the server to a map, and from a choice to the changed map.

Run `python -m benchmarks.change_to_map`; it needs the extra `dev` and Debian's chromium, and prints the table
of docs in Markdown. The page and a bare one-map page are measured in turn, in the same run.
"""

import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, WebSocket, sync_playwright

CHANGES = 20
PAGES = {"the map page": "app.py", "a bare one-map page": "benchmarks/bare_map.py"}
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

# Notes the moment of the choice and of the first frame after the map's first shape has another description.
WATCH = """() => {
  const spoken = () => document.querySelector('[data-testid="stVegaLiteChart"] path[aria-label]')?.ariaLabel
  const before = spoken()
  window.changed = new Promise((resolve) => {
    let chosen
    document.addEventListener('click', () => { chosen = performance.now() }, { capture: true, once: true })
    const look = () => {
      const now = spoken()
      if (chosen !== undefined && now && now !== before) {
        requestAnimationFrame(() => resolve(performance.now() - chosen))
      } else requestAnimationFrame(look)
    }
    look()
  })
}"""


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
def serve(script: str, port: int) -> Iterator[float]:
    """Start Streamlit, yield the moment of the start, and stop it again."""
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_answers(f"http://localhost:{port}/_stcore/health")
            yield started
        finally:
            server.terminate()


@contextmanager
def serve_on_free_port(script: str) -> Iterator[tuple[str, float]]:
    """A server's address and the moment of its start."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    with serve(script, port) as started:
        yield f"http://localhost:{port}", started


def wait_until_answers(address: str) -> None:
    """Ask until the server answers, for half a minute. Raises TimeoutError."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise TimeoutError(f"no answer from {address}")


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
    with serve_on_free_port(script) as (address, started):
        page.goto(address)
        page.wait_for_selector('[data-testid="stVegaLiteChart"] path[aria-label]')
        yield time.perf_counter() - started


def settle(page: Page) -> None:
    """Wait until the page has nothing left to run."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(400)


def main() -> None:
    """Measure each page and print the table."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        figures = {}
        for name, script in PAGES.items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            figures[name] = measure(page, script)
            page.close()
    names = list(PAGES)
    print("| | " + " | ".join(names) + " |\n|---" * 1 + "|---:" * len(names) + "|")
    for row in figures[names[0]]:
        print(f"| {row} | " + " | ".join(str(figures[name][row]) for name in names) + " |")


if __name__ == "__main__":
    main()
