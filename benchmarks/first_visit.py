"""What somebody waits for who comes for the first time over a slow line, and how much it is.

Run `python -m benchmarks.first_visit`; it needs the extra `dev` and Debian's chromium, and prints a table in
Markdown. The page and a bare one-map page are measured in turn, in the same run, by a browser that has
nothing of either.
"""

import statistics
import time
from typing import Any

from playwright.sync_api import Browser

from benchmarks.change_to_map import MAP, PAGES, browser, streamlit

VISITS = 3
# an office's worse line, in bits a second, and how long an answer takes to begin, in milliseconds
SLOW = 1_600_000
DELAY = 100


def visit(opened: Browser, address: str) -> tuple[float, int]:
    """Seconds to the first map, and the bytes of all answers until then."""
    context = opened.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"downloadThroughput": SLOW / 8, "uploadThroughput": SLOW / 8}
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": DELAY, **speed})
    sizes: list[int] = []

    def count(ended: dict[str, Any]) -> None:
        sizes.append(int(ended["encodedDataLength"]))

    line.on("Network.loadingFinished", count)
    begun = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(MAP, timeout=120_000)
    waited = time.perf_counter() - begun
    context.close()
    return waited, sum(sizes)


def main() -> None:
    """Measure each page in turn and print a row for each."""
    with browser() as opened:
        print("| | first map, s (median) | loaded until then, MB |\n|---|---:|---:|")
        for name, script in PAGES.items():
            with streamlit(script) as address:
                visits = [visit(opened, address) for _ in range(VISITS)]
            waited = statistics.median(seconds for seconds, _ in visits)
            print(f"| {name} | {waited:.1f} | {max(size for _, size in visits) / 1e6:.1f} |")


if __name__ == "__main__":
    main()
