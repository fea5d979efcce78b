"""What a first look costs with more authorities than London has, in processor time.

    python -m benchmarks.more_places

London's 33 authorities are taken several times over, under other codes and names, up to the 153 of all
England. Made are the joined table, and for each of some views of *Map* and *How big is the
lottery?* the table of places, the lottery, and all that is drawn and said of the view.
"""

import argparse
import dataclasses
import statistics
import time
from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd

from geo.boundaries.layouts import Layout, load_layouts
from geo.lottery.one_period import lottery
from geo.tables.london import London, ics_table, load_london, place_table
from pages.components.data.indicator_view import IndicatorView
from pages.components.state.view import View

PLACES = (33, 66, 99, 132, 153)


def more(table: pd.DataFrame, codes: Iterable[str], number: int) -> pd.DataFrame:
    """The rows of a table, and again those of these authorities until there are `number` of them."""
    own = sorted(codes)
    parts = [table]
    for turn in range(1, -(-number // len(own))):
        again = own[: number - turn * len(own)]
        rows = table[table["area_code"].isin(again)]
        named = {name: rows[name] + f" {turn}" for name in ("area_name",) if name in rows}
        parts.append(rows.assign(area_code=rows["area_code"] + f"-{turn}", **named))
    return pd.concat(parts, ignore_index=True)


def grown(london: London, layout: Layout, number: int) -> tuple[London, Layout]:
    """London and what it is drawn from with so many authorities: the copies lie upon one another."""
    codes = london.borough_codes.values()
    tables = {
        name: more(getattr(london, name), codes, number) for name in ("observations", "areas", "footprints")
    }
    labels = more(layout.labels.reset_index(), codes, number).set_index("area_code")
    hatch = more(layout.hatch, codes, number)
    return dataclasses.replace(london, **tables), dataclasses.replace(layout, labels=labels, hatch=hatch)


def milliseconds(work: Callable[[], object]) -> float:
    """The processor time of a piece of work."""
    before = time.process_time()
    work()
    return 1000 * (time.process_time() - before)


def look(london: London, layout: Layout, view: View) -> tuple[float, float]:
    """The lottery of a view, and what is drawn and said of it, in milliseconds."""
    picture = IndicatorView(view, london, layout)
    parts = ("map_data", "chart_data", "headline", "remarks", "contents")
    return (
        milliseconds(lambda: lottery(london, view.indicator, view.period, view.vintage, None)),
        milliseconds(lambda: [getattr(picture, part) for part in parts]),
    )


def main() -> None:
    """Grow London, look at some views, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--views", type=int, default=12)
    views = parser.parse_args().views
    london, layout = load_london(), load_layouts()["map"]
    vintage = list(london.vintages)[-1]
    seen = [View(i.indicator_id, london.newest(i.indicator_id), vintage) for i in london.by_borough][:views]
    print(
        "| authorities | joining all figures, ms | a lottery, ms | a map, its ranking, table and words, ms |"
    )
    print("|---:|---:|---:|---:|")
    for number in PLACES:
        now, drawn = grown(london, layout, number)
        first = seen[0].indicator, seen[0].period, vintage
        joined = milliseconds(partial(place_table, now, *first)) + milliseconds(
            partial(ics_table, now, *first)
        )
        lotteries, pictures = zip(*(look(now, drawn, view) for view in seen), strict=True)
        found, drawn_and_said = statistics.median(lotteries), statistics.median(pictures)
        print(f"| {number} | {joined:.0f} | {found:.1f} | {drawn_and_said:.1f} |")


if __name__ == "__main__":
    main()
