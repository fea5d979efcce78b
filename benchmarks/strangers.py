"""How long many people wait, and how much memory the server holds, while a stranger does their worst.

    python -m benchmarks.strangers --people 20 --seconds 60

The people are those of benchmarks.people. Meanwhile, in turn: nobody disturbs them; eight others press for
slides without an end; ten do while a national register is taken in beside them (it is made up, and after it
all is drawn from other figures); two upload workbooks that were made to be slow; links ask for tours of ten
thousand lines; messages ask the server to forget what it has read.
"""

import argparse
import asyncio
import base64
import os
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.change_to_map import streamlit
from benchmarks.live_figures import national_register
from benchmarks.people import LARGEST_MESSAGE, crowd
from data_loaders.settings import LIVE
from tests.workbooks import SHEET, book, with_parts

SLIDES = "Slides (PPTX)"


async def answers(server: ClientConnection, last: str) -> AsyncIterator[ForwardMsg]:
    """What the server answers, to the first message of the kind `last`."""
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(bytes(await server.recv(decode=False)))
        yield answer
        if answer.WhichOneof("type") == last:
            return


async def run(server: ClientConnection, asked: BackMsg) -> list[ForwardMsg]:
    """Ask for a run, and read until it has finished."""
    await server.send(asked.SerializeToString())
    return [answer async for answer in answers(server, "script_finished")]


def link(**query: str) -> BackMsg:
    """The message of whoever follows a link."""
    asked = BackMsg()
    asked.rerun_script.query_string = urlencode(query)
    return asked


async def make_slides(server: ClientConnection) -> None:
    """Press for slides, again and again."""
    came = [answer.delta.new_element.button for answer in await run(server, link())]
    buttons = {button.label: button.id for button in came if button.id}
    asked = link()
    asked.rerun_script.widget_states.widgets.append(WidgetState(id=buttons[SLIDES], trigger_value=True))
    while True:
        await run(server, asked)


async def take_in_a_register(_: ClientConnection) -> None:
    """Import a register of the real size, once, as whoever runs the server does, and stay. Raises OSError."""
    register = national_register()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / register.address
        file.write_bytes(register.content)
        command = (sys.executable, "-m", "data_loaders", "import", "dfe_register", str(file))
        importing = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        if await importing.wait():
            raise OSError("the register was not taken in")
    await asyncio.Event().wait()


async def upload_slow_workbooks(server: ClientConnection) -> None:
    """Upload a workbook of a few kilobytes with hundreds of thousands of elements, again and again."""
    content = with_parts(book(), {SHEET: b"x<worksheet>" + b"<sheetData>" * 700_000})
    site = f"http://localhost:{server.remote_address[1]}"
    asked = link()
    asked.rerun_script.page_name = "maturity"
    await server.send(asked.SerializeToString())
    session = uploader = ""
    # the first run of a page below the root ends at once for another one
    while not uploader:
        async for answer in answers(server, "script_finished"):
            session = answer.new_session.initialize.session_id or session
            uploader = answer.delta.new_element.file_uploader.id or uploader
    http = requests.Session()
    http.get(f"{site}/_stcore/health")
    http.headers["X-Xsrftoken"] = str(http.cookies["_streamlit_xsrf"])
    number = 0
    while True:
        number += 1
        wanted = BackMsg()
        wanted.file_urls_request.session_id = session
        wanted.file_urls_request.request_id = str(number)
        wanted.file_urls_request.file_names.append("slow.xlsx")
        await server.send(wanted.SerializeToString())
        *_, answer = [answer async for answer in answers(server, "file_urls_response")]
        (urls,) = answer.file_urls_response.file_urls
        files = {"file": ("slow.xlsx", content)}
        put = await asyncio.to_thread(http.put, f"{site}{urls.upload_url}", files=files)
        put.raise_for_status()
        state = WidgetState(id=uploader)
        state.file_uploader_state_value.uploaded_file_info.add(
            file_id=urls.file_id, name="slow.xlsx", size=len(content), file_urls=urls
        )
        del asked.rerun_script.widget_states.widgets[:]
        asked.rerun_script.widget_states.widgets.append(state)
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
STRANGERS: dict[str, list[Stranger]] = {
    "nobody": [],
    "eight who make slides": [make_slides] * 8,
    "ten who make slides, and a register is taken in": [*[make_slides] * 10, take_in_a_register],
    "two who upload slow workbooks": [upload_slow_workbooks] * 2,
    "links with tours of 10,000 lines": [follow_long_tours],
    "messages to forget all": [make_forget],
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
    port: int, people: int, seconds: float, strangers: list[Stranger]
) -> tuple[list[float], list[float]]:
    """Waits of the people in seconds, and readings of the memory in MB."""
    until = time.monotonic() + seconds
    address = f"ws://localhost:{port}/_stcore/stream"
    disturbing = asyncio.gather(*(disturb(address, stranger, until) for stranger in strangers))
    found = await crowd(port, people, seconds, float("inf"), all_pages=False)
    await disturbing
    return found


def main() -> None:
    """Serve the app for each kind of stranger, let people choose meanwhile, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--only", nargs="*", choices=STRANGERS, default=list(STRANGERS), metavar="WHO")
    options = parser.parse_args()
    print("| meanwhile | choices | wait, s (median) | wait, s (95 of 100) | memory, MB (most) |", flush=True)
    print("|---|---:|---:|---:|---:|", flush=True)
    for name in options.only:
        # figures of its own, which the server and whoever takes others in look for there
        with tempfile.TemporaryDirectory() as live:
            os.environ[LIVE] = live
            with streamlit("app.py") as address:
                port = int(address.rpartition(":")[2])
                measuring = measure(port, options.people, options.seconds, STRANGERS[name])
                waits, sizes = asyncio.run(measuring)
        slowest = statistics.quantiles(waits, n=20)[-1]
        shown = f"{statistics.median(waits):.2f} | {slowest:.2f} | {max(sizes):.0f}"
        print(f"| {name} | {len(waits)} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
