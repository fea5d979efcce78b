"""How often a self-evaluation of twelve answers and notes is whole after a gap, a reload, a killed server.

    python -m benchmarks.nothing_lost --people 20 --gap 160

Several people at once answer six enablers, are interrupted in one of three ways, find what they had, and
answer the other six. Printed is for how many nothing was missing at the end, and how many were told: after a
short gap the session is still there, and there is nothing to tell.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, LAPTOP, ROOT, chromium, free_port, wait_until_up
from tests.browser.screen import idle

BROUGHT_BACK = re.compile("Brought back from this device|Changed in another tab")


class Network:
    """The way from the browsers to the server: it can be cut for a while, without anybody being told."""

    def __init__(self, to: int) -> None:
        self.to, self.port = to, free_port()
        self._open: list[socket.socket] = []
        self._passes = threading.Event()
        self._passes.set()
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self, seconds: float) -> None:
        """Nothing passes for so long; then every connection is gone."""
        self._passes.clear()
        time.sleep(seconds)
        gone, self._open = self._open, []
        for each in gone:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._passes.set()

    def _serve(self) -> None:
        with socket.create_server(("localhost", self.port), backlog=256) as listener:
            while True:
                one, _ = listener.accept()
                threading.Thread(target=self._connect, args=(one,), daemon=True).start()

    def _connect(self, one: socket.socket) -> None:
        self._passes.wait()
        try:
            other = socket.create_connection(("localhost", self.to))
        except OSError:
            one.close()
            return
        self._open += [one, other]
        for source, target in ((one, other), (other, one)):
            threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65_536):
                self._passes.wait()
                target.sendall(piece)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class Server:
    """The app on a port, which can be killed and started again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until_up(f"http://localhost:{self.port}/_stcore/health", self.process)

    def kill(self) -> None:
        """As a machine without memory does."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


def answer(page: Page, first: int, last: int) -> None:
    """Answer the enablers from one to another, each with a note."""
    for number in range(first, last + 1):
        # a page that is still being drawn may lose a click, which is seen at once
        idle(page)
        group = page.get_by_role("radiogroup", name=re.compile(rf"^{number}\. "))
        group.get_by_role("radio").nth(number % 4).click()
        expect(page.get_by_text(re.compile(rf"{number} of 12 answered"))).to_be_visible(timeout=60_000)
        note = page.locator("textarea").nth(number - 1)
        note.fill(f"Note {number}")
        note.press("Control+Enter")
        expect(page.get_by_text(f"Evidence noted for {number} of 12.")).to_be_visible(timeout=60_000)


def is_whole(page: Page, number: int) -> bool:
    """Whether so many answers and notes are there as they were given."""
    expect(page.get_by_text(re.compile(r"\d+ of 12 answered|None of 12"))).to_be_visible(timeout=120_000)
    with suppress(AssertionError):
        expect(page.get_by_text(re.compile(rf"{number} of 12 answered"))).to_be_visible(timeout=60_000)
        expect(page.get_by_text(f"Evidence noted for {number} of 12.")).to_be_visible(timeout=60_000)
        idle(page)
        notes = [note.input_value() for note in page.locator("textarea").all()[:number]]
        return notes == [f"Note {each}" for each in range(1, number + 1)]
    return False


@contextmanager
def people(browser: Browser, port: int, number: int) -> Iterator[list[Page]]:
    """So many browsers with the self-evaluation of Hackney."""
    base = f"http://localhost:{port}"
    contexts = [browser.new_context(viewport=LAPTOP["viewport"], base_url=base) for _ in range(number)]  # type: ignore[arg-type]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(120_000)
        page.goto("/self_evaluation?borough=Hackney")
        # so many browsers at once take their time
        expect(page.get_by_text("None of 12 answered yet.")).to_be_visible()
        idle(page)
    yield pages
    for context in contexts:
        context.close()


def count(browser: Browser, network: Network, number: int, interrupt: Callable[[list[Page]], None]) -> str:
    """Of how many nothing was lost in the middle and at the end, and how many were told."""
    with people(browser, network.port, number) as pages:
        for page in pages:
            answer(page, 1, 6)
            # the browser has an answer a moment after the page shows it
            idle(page)
        interrupt(pages)
        in_the_middle = [is_whole(page, 6) for page in pages]
        told = [page.get_by_text(BROUGHT_BACK).count() > 0 for page in pages]
        for page, whole in zip(pages, in_the_middle, strict=True):
            if whole:
                answer(page, 7, 12)
        at_the_end = sum(is_whole(page, 12) for page in pages)
    return f"{sum(in_the_middle)} | {at_the_end} | {sum(told)}"


def main() -> None:
    """Interrupt people in three ways, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--gap", type=float, default=160, help="seconds without a network")
    options = parser.parse_args()
    expect.set_options(timeout=120_000)
    server = Server()
    network = Network(server.port)

    def reload(pages: list[Page]) -> None:
        for page in pages:
            page.reload()

    def killed(pages: list[Page]) -> None:
        server.kill()
        server.start()
        # until then a page still shows what it had, and after it for a moment nothing
        for page in pages:
            with suppress(AssertionError):
                expect(page.get_by_text(BROUGHT_BACK)).to_be_visible()

    def gap(pages: list[Page]) -> None:
        network.cut(options.gap)
        for page in pages:
            expect(page.locator('[data-test-connection-state="CONNECTED"]')).to_be_visible()
            idle(page)

    ways = {"reload": reload, "server killed": killed, f"no network for {options.gap:g} s": gap}
    print("| interrupted by | people | whole after it | whole at the end | told |", flush=True)
    print("|---|---:|---:|---:|---:|", flush=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        for name, interrupt in ways.items():
            shown = count(browser, network, options.people, interrupt)
            print(f"| {name} | {options.people} | {shown} |", flush=True)
        browser.close()
    server.kill()


if __name__ == "__main__":
    main()
