"""How long a meeting waits for a key: from the press to the changed picture.

Run `python -m benchmarks.meeting_keys`; it needs the extra `dev` and Debian's chromium, and prints a table in
Markdown.
"""

import statistics

from playwright.sync_api import Page

from benchmarks.change_to_map import MAP, browser, settle, streamlit

PRESSES = 16
WARMING_UP = 2
KEYS = {"the next ICS": "ArrowRight", "the next indicator": "ArrowDown"}

# Presses a key and waits for the first frame after the words and the shapes of the map have both changed. The
# key is pressed here, because the page keeps it from everybody else.
PRESS = """(key) => new Promise((resolve) => {
  const words = () => document.querySelector('[class*=st-key-meeting_words_]').textContent
  const shapes = () => [...document.querySelectorAll('.st-key-meeting_picture_0_0 path[aria-label]')]
    .map(path => path.ariaLabel + path.getAttribute('d').length).join()
  const before = [words(), shapes()]
  const pressed = performance.now()
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  const look = () => {
    if (words() !== before[0] && shapes() !== before[1]) {
      requestAnimationFrame(() => resolve(performance.now() - pressed))
    } else requestAnimationFrame(look)
  }
  look()
})"""


def waits(page: Page, key: str) -> list[float]:
    """Milliseconds from each press of a key to the changed map and its words."""
    times = []
    for _ in range(PRESSES + WARMING_UP):
        times.append(page.evaluate(PRESS, key))
        settle(page)
    return times[WARMING_UP:]


def main() -> None:
    """Measure both keys on a screen of 1920 by 1080 and print the table."""
    print("| | median, ms | slowest, ms |\n|---|---:|---:|")
    with browser() as opened, streamlit("app.py") as address:
        page = opened.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{address}/?meeting=1")
        page.wait_for_selector(MAP)
        settle(page)
        for name, key in KEYS.items():
            times = waits(page, key)
            print(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} |")


if __name__ == "__main__":
    main()
