"""What one visitor's browser sends is not felt by the others."""

import base64
import resource
import socket
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Literal
from urllib.parse import urlparse

import pytest
import requests
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection, connect

from data_loaders import settings
from data_loaders.settings import METRICS
from pages.components.frame import pace
from tests.served import Publishers

from .conftest import serve
from .screen import idle, settle

SEND_FILES = """async ([address, times, size]) => {
    const token = document.cookie.match(/_streamlit_xsrf=([^;]*)/)[1]
    const statuses = []
    for (let sent = 0; sent < times; sent += 1) {
        const body = new FormData()
        body.append("file", new Blob([new Uint8Array(size)]), "nobody_asked.csv")
        const answer = await fetch(address.replace(/[^/]*$/, `made-up-${sent}`), {
            method: "PUT", body, headers: { "X-Xsrftoken": token },
        })
        statuses.push(answer.status)
    }
    return statuses
}"""


def kept_bytes(page: Page) -> int:
    """What the server says that it keeps of files."""
    said = page.request.get("/metrics").text()
    (line,) = (line for line in said.splitlines() if line.startswith("beyond_boundaries_added_bytes"))
    return int(line.split()[-1])


@pytest.fixture
def telling(visit: Callable[..., Page]) -> Iterator[Page]:
    """The page of a server that tells what it keeps."""
    with serve({METRICS: "on"}) as address:
        page = visit(base_url=address)
        yield page
        page.close()


def test_files_that_no_page_asked_for_are_not_kept(telling: Page) -> None:
    page = telling
    page.goto("/maturity?instrument=hallmarks")
    settle(page)
    with page.expect_request("**/_stcore/upload_file/**") as asked:
        page.get_by_test_id("stMain").locator("input[type=file]").set_input_files(
            {"name": "mine.csv", "mimeType": "", "buffer": b"a"}
        )
    expect(page.get_by_text("was not read").or_(page.get_by_text("Nothing was added"))).to_be_visible()
    before = kept_bytes(page)
    statuses = page.evaluate(SEND_FILES, [asked.value.url, 20, 1_900_000])
    assert statuses == [204] * 20
    assert kept_bytes(page) - before < 6 * 2_000_000
    # who was asked for a file can still add one
    page.get_by_test_id("stMain").locator("input[type=file]").set_input_files(
        {"name": "again.csv", "mimeType": "", "buffer": b"%PDF"}
    )
    expect(page.get_by_text("“again.csv” was not read. The file is a PDF")).to_be_visible()


def test_what_is_wrong_with_a_link_or_a_file_is_said_of_its_beginning_only(page: Page) -> None:
    lines = "\n".join("?borough=" + "x" * 20 for _ in range(2_000))
    packed = base64.urlsafe_b64encode(zlib.compress(lines.encode(), 9)).decode().rstrip("=")
    page.goto(f"/?tour={packed}")
    settle(page)
    assert page.get_by_test_id("stAlert").count() < 12
    page.goto("/pack")
    settle(page)
    page.get_by_test_id("stMain").locator("input[type=file]").set_input_files(
        {
            "name": "pack.txt",
            "mimeType": "",
            "buffer": b"Beyond Boundaries London: a pack\n" + b"piece:\n" * 8_000 + b"x\n" * 8_000,
        }
    )
    expect(page.get_by_text("Line 2: there is no piece")).to_be_visible()
    idle(page)
    assert page.get_by_test_id("stAlert").count() < 12


def talk(server: str) -> ClientConnection:
    """A conversation as a browser has it, by a program that can press without pause."""
    return connect(f"{server.replace('http', 'ws')}/_stcore/stream", max_size=None)


def asked_for(
    visitor: ClientConnection, query: str, kind: Literal["alert", "markdown"] = "alert"
) -> list[str]:
    """Ask for a page; the warnings that stand on it, or its sentences."""
    said = []
    visitor.send(BackMsg(rerun_script=ClientState(query_string=query)).SerializeToString())
    while True:
        answer = ForwardMsg.FromString(bytes(visitor.recv(timeout=60, decode=False)))
        if answer.delta.new_element.WhichOneof("type") == kind:
            said.append(getattr(answer.delta.new_element, kind).body)
        if answer.WhichOneof("type") == "script_finished":
            return said


def test_a_server_set_up_for_it_brings_new_figures_by_itself_once_and_nobody_can_make_it_forget(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishers.serve_all()
    monkeypatch.setenv(settings.REFRESH_HOURS, "24")
    clear = BackMsg(clear_cache=True).SerializeToString()
    foot = ""
    with serve() as app:
        # a page that is open stays as it is: who comes later sees what has come
        for _ in range(1_000):
            with talk(app) as visitor:
                for _ in range(20):
                    visitor.send(clear)
                (foot,) = (text for text in asked_for(visitor, "", "markdown") if "Figures as of" in text)
            if "6 sources live" in foot:
                break
    assert "6 sources live" in foot
    asked = [request.path for request, _ in publishers.server.log]
    assert asked.count("/fingertips/metadata") == 1


def test_whoever_presses_without_pause_is_told_so_and_waits_alone(server: str) -> None:
    with talk(server) as hasty, talk(server) as other:
        presses = [asked_for(hasty, "?borough=Camden") for _ in range(pace.MOST + 1)]
        assert not any(presses[: pace.MOST])
        assert presses[-1] == [pace.HURRIED]
        assert asked_for(other, "?borough=Camden") == []


def test_a_message_larger_than_any_that_a_page_sends_ends_the_conversation(server: str) -> None:
    with talk(server) as visitor:
        visitor.send(bytes(9_000_000))
        with pytest.raises(ConnectionClosedError, match="1009"):
            visitor.recv(timeout=60)
    with talk(server) as visitor:
        assert asked_for(visitor, "") == []


@contextmanager
def few_files(most: int) -> Iterator[None]:
    """Whatever is started meanwhile may open so many files, unless it asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def upgraded(port: int) -> socket.socket:
    """A connection whose WebSocket the server has opened."""
    found = asking(port)
    assert found.recv(1_000).startswith(b"HTTP/1.1 101 ")
    return found


def asking(port: int, **headers: str) -> socket.socket:
    """A connection that has asked to become a conversation."""
    more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    found = socket.create_connection(("localhost", port), timeout=20)
    found.sendall(
        f"GET /_stcore/stream HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: Upgrade\r\n{more}"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: streamlit\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(bytes(16)).decode()}\r\n\r\n".encode()
    )
    return found


def test_a_page_of_another_host_can_neither_talk_to_the_server_nor_add_a_file(server: str) -> None:
    port = urlparse(server).port or 0
    for origin, status in ((server, 101), ("https://example.org", 403)):
        with asking(port, Origin=origin) as found:
            assert found.recv(1_000).startswith(f"HTTP/1.1 {status} ".encode())
    added = requests.put(f"{server}/_stcore/upload_file/a/b", files={"file": b"x"})
    assert added.status_code == 403
    # nor steer it from around a frame
    assert requests.get(f"{server}/_stcore/host-config").json()["allowedOrigins"] == []


def test_more_people_come_than_a_process_may_open_files_by_default() -> None:
    with ExitStack() as stack:
        with few_files(256):
            app = stack.enter_context(serve())
        for _ in range(300):
            stack.callback(upgraded(urlparse(app).port or 0).close)
        with urllib.request.urlopen(f"{app}/readyz", timeout=20) as answer:
            assert answer.read() == b"ok"
