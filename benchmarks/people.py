"""How long many people wait who choose something every few seconds, and whether memory stays flat.

They speak the app's own websocket, without a browser, and follow links: each choice is a run of the map page,
with --all-pages of any page, with any ICS and borough. Run `python -m benchmarks.people --people 50 --minutes
1`; it needs the extra `dev` and a Linux machine, and prints a table in Markdown. With --stay, each person
leaves after so many seconds and another one comes; with --afterwards it also says how much memory the server
has so many minutes after everybody has left.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.change_to_map import streamlit
from geo.tables.london import load_london

BETWEEN_CHOICES_S = 5
BETWEEN_READINGS_S = 5
LARGEST_MESSAGE = 64 * 1024 * 1024


def links(places: bool) -> list[str]:
    """The queries of views that people choose among, with `places` of each ICS and borough."""
    london = load_london()
    vintage = list(london.vintages)[-1]
    chosen: list[dict[str, str]] = [{}]
    if places:
        members = london.members(vintage)
        pairs = zip(members["ics_code"], members["area_code"].map(london.borough_names), strict=True)
        chosen = [{"ics": ics, "borough": borough} for ics, borough in pairs]
    return [
        urlencode({"indicator": i.indicator_id, "period": period, "vintage": vintage} | place)
        for i in london.by_borough
        for period in london.periods[i.indicator_id][:3]
        for place in chosen
    ]


class Answer(NamedTuple):
    """A run: how many seconds it took, the pages that the menu has, and what need not be sent again."""

    seconds: float
    pages: dict[str, str]
    known: set[str]


async def choose(server: ClientConnection, query: str, page: str = "", known: Collection[str] = ()) -> Answer:
    """Follow a link and read until the run has finished.

    Like a browser, it has kept the large messages that it was sent before, by their hashes (`known`).
    """
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_script_hash = page
    asked.rerun_script.cached_message_hashes.extend(known)
    pages: dict[str, str] = {}
    kept: set[str] = set()
    started = time.perf_counter()
    await server.send(asked.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(bytes(await server.recv(decode=False)))
        if answer.metadata.cacheable or answer.ref_hash:
            kept.add(answer.ref_hash or answer.hash)
        if answer.WhichOneof("type") == "navigation":
            pages = {each.url_pathname: each.page_script_hash for each in answer.navigation.app_pages}
        if answer.WhichOneof("type") == "script_finished":
            return Answer(time.perf_counter() - started, pages, kept)


async def person(
    address: str, until: float, stay: float, queries: list[str], all_pages: bool, waits: list[float]
) -> None:
    """One place at the table: somebody who chooses until they leave, and then the next one."""
    while time.monotonic() < until:
        leaves = time.monotonic() + stay
        async with connect(address, max_size=LARGEST_MESSAGE) as server:
            _, pages, known = await choose(server, random.choice(queries))
            while time.monotonic() < min(until, leaves):
                await asyncio.sleep(random.uniform(0.5, 1.5) * BETWEEN_CHOICES_S)
                page = random.choice(list(pages.values())) if all_pages else ""
                answer = await choose(server, random.choice(queries), page, known)
                waits.append(answer.seconds)
                known = answer.known


async def watch(pid: int, until: float, sizes: list[float]) -> None:
    """Note the memory of the server and of what it has started, in MB, every few seconds."""
    while time.monotonic() < until:
        await asyncio.sleep(BETWEEN_READINGS_S)
        sizes.append(resident_mb(pid))


def resident_mb(pid: int) -> float:
    """The memory that a process and those that it has started hold, in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        started = [
            int(child)
            for listed in Path(f"/proc/{pid}/task").glob("*/children")
            for child in listed.read_text(encoding="utf-8").split()
        ]
    except OSError:
        # it has ended meanwhile
        return 0
    own = next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0)
    return own + sum(map(resident_mb, started))


def listener(port: int) -> int:
    """The process that listens on a port."""
    listening = {
        line.split()[9]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text(encoding="utf-8").splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    }
    sockets = {f"socket:[{inode}]" for inode in listening}
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(link.readlink()) in sockets:
                return int(link.parts[2])
        except OSError:
            continue
    raise LookupError(f"nobody listens on port {port}")


async def crowd(
    port: int, people: int, seconds: float, stay: float, all_pages: bool
) -> tuple[list[float], list[float]]:
    """Waits in seconds, and readings of the memory in MB."""
    queries = links(places=all_pages)
    waits: list[float] = []
    sizes: list[float] = []
    until = time.monotonic() + seconds
    pid = listener(port)
    address = f"ws://localhost:{port}/_stcore/stream"
    everybody = (person(address, until, stay, queries, all_pages, waits) for _ in range(people))
    await asyncio.gather(watch(pid, until, sizes), *everybody)
    return waits, sizes


def main() -> None:
    """Serve the app, let people choose, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--stay", type=float, default=float("inf"), help="seconds; for ever by default")
    parser.add_argument("--afterwards", type=float, default=0, help="minutes without anybody at the end")
    parser.add_argument("--all-pages", action="store_true", help="any page, ICS and borough")
    options = parser.parse_args()
    with streamlit("app.py") as address:
        port = int(address.rpartition(":")[2])
        seconds = 60 * options.minutes
        waits, sizes = asyncio.run(crowd(port, options.people, seconds, options.stay, options.all_pages))
        time.sleep(60 * options.afterwards)
        left = resident_mb(listener(port))
    twentieths = statistics.quantiles(waits, n=20)
    print("| people | choices | wait, s (median) | wait, s (95 of 100) | memory, MB, every quarter | left |")
    print("|---:|---:|---:|---:|---|---:|")
    quarter = max(1, len(sizes) // 4)
    quarters = [f"{max(sizes[start : start + quarter]):.0f}" for start in range(0, len(sizes), quarter)]
    shown = f"{statistics.median(waits):.2f} | {twentieths[-1]:.2f} | {', '.join(quarters)}"
    print(f"| {options.people} | {len(waits)} | {shown} | {left:.0f} |")


if __name__ == "__main__":
    main()
