"""What a run of each page costs in processor time: at the first look at a view, and again.

Run `python -m benchmarks.processor`; it needs the extra `dev` and a Linux machine, and prints a table in
Markdown. One person follows links over the app's own websocket. Counted is all that the server's process does
for a run, by the clock of the process, which stands while others have the processor. With `--made` the server
is first left alone until it has made what people look at first (pages.components.frame.warming).
"""

import argparse
import asyncio
import random
import statistics
import sys
import time

from websockets.asyncio.client import connect

from benchmarks.change_to_map import streamlit
from benchmarks.people import LARGEST_MESSAGE, choose, links, listener, resident_mb
from pages.components.frame import warming
from pages.components.frame.navigation import PAGES

# what links to a page need beside an indicator, an ICS and a borough
ALSO = {"compare": "&compare=Camden,Hackney,Newham,Barnet,Bexley,Brent"}
ADDRESSES = [page.address for page in PAGES]
# runs until the modules that a page needs are loaded
WARMING_UP = 2
# seconds until what follows a run in the server's process is over
SETTLED = 0.02
# so many seconds without work, and nothing is left to make
IDLE = 5.0


def clock_of(pid: int) -> int:
    """The clock of the processor time of a process, all of its threads together (clock_getcpuclockid)."""
    return (~pid << 3) | 2


async def costs(port: int, page: str, queries: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of processor time for each link, the first time and again."""
    clock = clock_of(listener(port))
    async with connect(f"ws://localhost:{port}/_stcore/stream", max_size=LARGEST_MESSAGE) as server:
        _, pages, known = await choose(server, "")
        times: list[float] = []
        for query in queries * 2:
            before = time.clock_gettime(clock)
            _, _, known = await choose(server, query, pages[page], known)
            await asyncio.sleep(SETTLED)
            times.append(1000 * (time.clock_gettime(clock) - before))
    return times[WARMING_UP : len(queries)], times[len(queries) :]


def leave_alone(port: int) -> float:
    """Wait until the server has nothing left to make; how many megabytes it has then."""
    pid = listener(port)
    time.sleep(2 * warming.QUIET)
    while True:
        before = time.clock_gettime(clock_of(pid))
        time.sleep(IDLE)
        if time.clock_gettime(clock_of(pid)) - before < IDLE / 50:
            return resident_mb(pid)


def cells(times: list[float]) -> str:
    """The median and the 95th of 100, as cells of a table."""
    return f"{statistics.median(times):.0f} | {statistics.quantiles(times, n=20)[-1]:.0f}"


def main() -> None:
    """Serve the app, follow links to each page, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--views", type=int, default=60)
    parser.add_argument("--pages", nargs="*", choices=ADDRESSES, default=ADDRESSES, help='"" is the map')
    parser.add_argument(
        "--made", action="store_true", help="first let the server make what it makes when idle"
    )
    options = parser.parse_args()
    queries = random.Random(1).sample(links(places=True), options.views)
    print("| | first look, ms (median) | 95 of 100 | again, ms (median) | 95 of 100 |")
    print("|---|---:|---:|---:|---:|")
    for page in options.pages:
        # a server of its own, in which nobody has looked at anything
        with streamlit("app.py") as address:
            port = int(address.rpartition(":")[2])
            if options.made:
                print(f"{leave_alone(port):.0f} MB", file=sys.stderr, flush=True)
            first, again = asyncio.run(costs(port, page, [query + ALSO.get(page, "") for query in queries]))
        print(f"| {page or 'map'} | {cells(first)} | {cells(again)} |", flush=True)


if __name__ == "__main__":
    main()
