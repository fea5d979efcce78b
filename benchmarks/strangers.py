"""How long many people wait, and how much memory the server holds, while a stranger does their worst.

    python -m benchmarks.strangers --people 20 --seconds 60

The people are those of benchmarks.people. Meanwhile, in turn: nobody disturbs them; eight others press for
slides without an end; links ask for tours of ten thousand lines; messages ask the server to forget what it
has read.
"""

import argparse
import asyncio
import base64
import statistics
import time
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.change_to_map import serve_on_free_port
from benchmarks.people import LARGEST_MESSAGE, crowd

PACK_MAKERS = 8
SLIDES = "Slides (PPTX)"


async def run(server: ClientConnection, asked: BackMsg) -> dict[str, str]:
    """Ask for a run and read until it has finished: the buttons that came, their ids by what they say."""
    buttons = {}
    await server.send(asked.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(bytes(await server.recv(decode=False)))
        button = answer.delta.new_element.button
        if button.id:
            buttons[button.label] = button.id
        if answer.WhichOneof("type") == "script_finished":
            return buttons


def link(**query: str) -> BackMsg:
    """The message of whoever follows a link."""
    asked = BackMsg()
    asked.rerun_script.query_string = urlencode(query)
    return asked


async def make_slides(server: ClientConnection) -> None:
    """Press for slides, again and again."""
    buttons = await run(server, link())
    asked = link()
    asked.rerun_script.widget_states.widgets.append(WidgetState(id=buttons[SLIDES], trigger_value=True))
    while True:
        await run(server, asked)


async def follow_long_tours(server: ClientConnection) -> None:
    """Follow links of a few hundred characters with ten thousand lines in them."""
    number = 0
    while True:
        number += 1
        lines = f"?borough={number}\n" * 10_000
        packed = base64.urlsafe_b64encode(zlib.compress(lines.encode(), 9)).decode().rstrip("=")
        await run(server, link(tour=packed))


async def make_forget(server: ClientConnection) -> None:
    """Send the message by which developers clear all caches."""
    clears = BackMsg(clear_cache=True).SerializeToString()
    while True:
        for _ in range(100):
            await server.send(clears)
        await run(server, link())


Stranger = Callable[[ClientConnection], Awaitable[None]]
STRANGERS: dict[str, tuple[Stranger | None, int]] = {
    "nobody": (None, 0),
    "eight who make slides": (make_slides, PACK_MAKERS),
    "links with tours of 10,000 lines": (follow_long_tours, 1),
    "messages to forget all": (make_forget, 1),
}


async def disturb(address: str, stranger: Stranger, until: float) -> None:
    """Let one stranger do it for so long, with a new connection when theirs is closed."""
    with suppress(TimeoutError):
        async with asyncio.timeout(until - time.monotonic()):
            while True:
                with suppress(ConnectionClosed):
                    async with connect(address, max_size=LARGEST_MESSAGE) as server:
                        await stranger(server)


async def measure(
    port: int, people: int, seconds: float, stranger: Stranger | None, strangers: int
) -> tuple[list[float], list[float]]:
    """Waits of the people in seconds, and readings of the memory in MB."""
    until = time.monotonic() + seconds
    address = f"ws://localhost:{port}/_stcore/stream"
    others = [disturb(address, stranger, until) for _ in range(strangers) if stranger]
    disturbing = asyncio.gather(*others)
    found = await crowd(port, people, seconds, float("inf"))
    await disturbing
    return found


def main() -> None:
    """Serve the app for each kind of stranger, let people choose meanwhile, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    print("| meanwhile | choices | wait, s (median) | wait, s (95 of 100) | memory, MB (most) |", flush=True)
    print("|---|---:|---:|---:|---:|", flush=True)
    for name, (stranger, strangers) in STRANGERS.items():
        with serve_on_free_port("app.py") as (address, _):
            port = int(address.rpartition(":")[2])
            waits, sizes = asyncio.run(measure(port, options.people, options.seconds, stranger, strangers))
        slowest = statistics.quantiles(waits, n=20)[-1]
        shown = f"{statistics.median(waits):.2f} | {slowest:.2f} | {max(sizes):.0f}"
        print(f"| {name} | {len(waits)} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
