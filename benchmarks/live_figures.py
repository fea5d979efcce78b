"""What live figures cost: reading the national register, and a start with everything downloaded.

Run `python -m benchmarks.live_figures`; it needs the extra `dev` and Debian's chromium. The register is made
up, of the size of the real one, and so are the downloads: nothing is fetched.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.change_to_map import browser, started_map
from data_loaders import register
from data_loaders.library import open_library
from data_loaders.publisher import Download, load_known
from data_loaders.refresh import Order, take_files
from data_loaders.settings import LIVE
from geo.boundaries.draw import redraw
from geo.boundaries.layouts import load_layouts
from geo.tables.london import load_london
from tests.served import (
    REGISTER_DAY,
    TODAY,
    as_csv,
    boundary_features,
    lookup_features,
    population_rows,
    register_row,
    register_rows,
    review_rows,
)

ENTRIES = 2_846  # of the register of 19 August 2026
STARTS = 5
RUNS = 9


def national_register() -> Download:
    """A register with as many entries as the real one."""
    rows = register_rows()
    rows += [
        register_row(str(number), "873", "47", "East of England")
        for number in range(40_000, 40_000 + ENTRIES - len(rows))
    ]
    return Download(as_csv(rows), f"edubaseallchildrencentre{REGISTER_DAY:%Y%m%d}.csv")


def download_all(live: Path) -> None:
    """Take in every source."""
    geography = [json.dumps({"features": each}).encode() for each in (boundary_features(), lookup_features())]
    years = [f"{year}/{year % 100 + 1:02}" for year in range(2015, 2025)]
    files = {
        "dfe_register": [national_register()],
        "ohid_fingertips": [Download(as_csv(review_rows(years)), "reviews.csv")],
        "ons_population": [Download(as_csv(population_rows(range(2001, 2026))), "population.csv")],
        "ons_geography": [Download(content, "geography.json") for content in geography],
    }
    for source_id, downloads in files.items():
        outcome = take_files(source_id, downloads, Order(live, TODAY, redraw))
        assert outcome.kind == "replaced", outcome.message


def timed(work: Callable[[], object]) -> float:
    """The median time of some work, in milliseconds."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def load_all() -> None:
    """What a server does once, before its first page."""
    library = open_library()
    load_london(library)
    load_layouts(library)


def main() -> None:
    """Measure and print."""
    known = load_known(open_library().entries, TODAY)
    reading = timed(lambda: register.parse([national_register()], known))
    print(f"reading a register of {ENTRIES} entries: {reading:.0f} ms")
    with tempfile.TemporaryDirectory() as folder, browser() as opened:
        lives = {"embedded": Path(folder) / "none", "everything live": Path(folder) / "live"}
        download_all(lives["everything live"])
        starts: dict[str, list[float]] = {name: [] for name in lives}
        for _ in range(STARTS):
            for name, live in lives.items():
                os.environ[LIVE] = str(live)
                page = opened.new_page(viewport={"width": 1280, "height": 900})
                with started_map(page, "app.py") as seconds:
                    starts[name].append(seconds)
                page.close()
        for name, live in lives.items():
            os.environ[LIVE] = str(live)
            times = ", ".join(f"{seconds:.1f}" for seconds in sorted(starts[name]))
            print(f"{name}: start to first map {statistics.median(starts[name]):.2f} s ({times});", end=" ")
            print(f"loading all figures and shapes {timed(load_all):.0f} ms")


if __name__ == "__main__":
    main()
