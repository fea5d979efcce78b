"""What a change of the indicator costs on each page: the script, the time to the last answer, and the wire.

Run `python -m benchmarks.page_changes`; it needs the extra `dev` and Debian's chromium, and prints a table in
Markdown.
"""

import shutil
import statistics
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from streamlit.testing.v1 import AppTest

from benchmarks.change_to_map import CHROMIUM, Traffic, serve_on_free_port, settle
from geo.tables.london import load_london

ROOT = Path(__file__).resolve().parents[1]
CHANGES = 14
WARMING_UP = 2
# each page with what it needs in its link
PAGES = {
    "My ICS": ("ics", {"ics": "NEL"}),
    "My borough": ("borough", {"borough": "Newham"}),
    "Compare boroughs (six)": ("compare", {"compare": "Camden,Hackney,Newham,Barnet,Bexley,Brent"}),
    "How big is the lottery?": ("lottery", {}),
    "Across the border": ("borders", {}),
}


def script_times(script: str, link: dict[str, str]) -> tuple[list[float], list[float]]:
    """Seconds of the page's script for each change, without a browser: at the first look, and once warm."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(link)
    app.run()
    view = app.session_state["view"]
    page = AppTest.from_file(str(ROOT / "pages" / f"{script}.py"), default_timeout=60)
    page.session_state["app_started"] = True
    times: list[float] = []
    london = load_london()
    for indicator in london.by_borough[:CHANGES] * 2:
        name = indicator.indicator_id
        page.session_state["view"] = type(view)(
            **{**vars(view), "indicator": name, "period": london.periods[name][0]}
        )
        started = time.perf_counter()
        page.run()
        times.append(time.perf_counter() - started)
    return times[WARMING_UP:CHANGES], times[CHANGES:]


def browser_times(page: Page, address: str) -> tuple[list[float], int]:
    """Seconds from each request to the last answer that is read, and the most bytes of one change."""
    traffic = Traffic()
    traffic.watch(page)
    page.goto(address)
    page.get_by_text("Figures as of").wait_for()
    settle(page)
    page.get_by_label("Subject", exact=True).first.click()
    page.get_by_role("option", name="All subjects").click()
    settle(page)
    times, sizes = [], []
    for _ in range(CHANGES):
        traffic.received = 0
        choose_next(page)
        times.append(traffic.last_at - traffic.sent_at)
        sizes.append(traffic.received)
    return times[WARMING_UP:], max(sizes[WARMING_UP:])


def choose_next(page: Page) -> None:
    """Choose the next indicator of the list, and wait for the page."""
    control = page.get_by_label("Indicator", exact=True).first
    control.click()
    page.get_by_role("option").first.wait_for()
    control.press("ArrowDown")
    control.press("Enter")
    settle(page)


def main() -> None:
    """Measure each page and print the table."""
    print("| | first look, ms | again, ms | again, slowest, ms | last answer, ms | wire, kB (largest) |")
    print("|---|---:|---:|---:|---:|---:|")
    with sync_playwright() as playwright, serve_on_free_port("app.py") as (base, _):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        for name, (script, link) in PAGES.items():
            first, again = script_times(script, link)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            query = "&".join(f"{key}={value}" for key, value in link.items())
            answers, size = browser_times(page, f"{base}/{script}?{query}")
            page.close()
            medians = [statistics.median(times) for times in (first, again, answers)]
            cells = [*medians[:2], max(again), medians[2]]
            print("|", name, *(f"| {1000 * seconds:.0f}" for seconds in cells), f"| {size / 1000:.0f} |")


if __name__ == "__main__":
    main()
