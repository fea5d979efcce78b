"""What the map of small areas costs: bytes and milliseconds of a choice, and the server's memory.

Run `python -m benchmarks.small_areas`; it needs the extra `dev` and Debian's chromium, and prints a table in
Markdown. The first choice fetches the outlines; the second visit is of the same browser.
"""

import statistics

from playwright.sync_api import BrowserContext, Page

from benchmarks.change_to_map import (
    MAP,
    WATCH as WATCH_BOROUGHS,
    Traffic,
    browser,
    settle,
    streamlit,
    watching,
)
from benchmarks.people import listener, resident_mb

ADDRESS = "?indicator=access_any_centre&vintage=2026"
CENTRES, NEED = "Access to children's centres", "Need and context"
INDICATORS = (
    f"Within 1.2 km of their authority's centre · {CENTRES}",
    f"Only another's centre in reach · {CENTRES}",
    f"Nearest centre across a border · {CENTRES}",
    f"Children aged 0 to 4 · {NEED}",
    f"Most deprived areas for children 2025 (IDACI) · {NEED}",
    f"Within 1.2 km of any centre · {CENTRES}",
)
ROUNDS = 3
# what the map has been painted for
WATCH = watching("""() => {
  const find = (root) => {
    const found = root.querySelector('.map')
    if (found) return found
    for (const host of root.querySelectorAll('*')) {
      const inside = host.shadowRoot && find(host.shadowRoot)
      if (inside) return inside
    }
  }
  return find(document)?.dataset.drawn
}""")
FETCHED = """() => performance.getEntriesByType('resource')
  .filter((entry) => entry.name.includes('/shapes/'))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""


def first_choice(page: Page) -> tuple[float, float]:
    """From the map of boroughs to that of small areas: milliseconds, and kB of the outlines."""
    settle(page)
    page.evaluate(WATCH)
    page.get_by_role("button", name="See it by small area").click()
    taken: float = page.evaluate("window.changed")
    settle(page)
    return taken, page.evaluate(FETCHED) / 1000


def later_choices(page: Page, traffic: Traffic, watch: str) -> tuple[list[float], list[float]]:
    """Milliseconds to the picture and kB over the websocket of each change of the indicator.

    `watch` is a script that promises `window.changed`.
    """
    taken, sizes = [], []
    for _ in range(ROUNDS):
        for indicator in INDICATORS:
            # the list holds only what is in sight: what is typed brings an indicator there
            page.get_by_role("combobox", name="Indicator", exact=True).fill(indicator)
            page.get_by_role("option", name=indicator, exact=True).wait_for()
            page.evaluate(watch)
            traffic.received = 0
            page.get_by_role("option", name=indicator, exact=True).click()
            taken.append(page.evaluate("window.changed"))
            settle(page)
            sizes.append(traffic.received / 1000)
    return taken, sizes


def measure(context: BrowserContext, address: str) -> dict[str, float]:
    """The figures of two visitors with one browser."""
    page, traffic, pid = context.new_page(), Traffic(), listener(int(address.rpartition(":")[2]))
    traffic.watch(page)
    page.goto(f"{address}/{ADDRESS}")
    page.wait_for_selector(MAP)
    settle(page)
    boroughs, _ = later_choices(page, traffic, WATCH_BOROUGHS)
    before = resident_mb(pid)
    first, outlines = first_choice(page)
    taken, sizes = later_choices(page, traffic, WATCH)
    after = resident_mb(pid)
    other = context.new_page()
    other.goto(f"{address}/{ADDRESS}")
    other.wait_for_selector(MAP)
    second, again = first_choice(other)
    return {
        "a choice on the map of boroughs, beside it, ms (median)": round(statistics.median(boroughs)),
        "the first choice of small areas, ms": round(first),
        "its outlines, over HTTP, kB": round(outlines),
        "a later choice, ms (median)": round(statistics.median(taken)),
        "a later choice, ms (slowest)": round(max(taken)),
        "a later choice, over the websocket, kB (median)": round(statistics.median(sizes)),
        "a later choice, over the websocket, kB (largest)": round(max(sizes)),
        "the first choice of another visit, ms": round(second),
        "its outlines, over HTTP, kB (0: kept by the browser)": round(again),
        "memory of the server before, MB": round(before),
        "memory of the server after all of it, MB": round(after),
    }


def main() -> None:
    """Measure and print the table."""
    with browser() as opened, streamlit("app.py") as address:
        context = opened.new_context(viewport={"width": 1280, "height": 900})
        print("| | |\n|---|---:|")
        for name, figure in measure(context, address).items():
            print(f"| {name} | {figure} |")


if __name__ == "__main__":
    main()
