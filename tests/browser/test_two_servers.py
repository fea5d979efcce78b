"""Two processes of the app behind nginx, as deploy/ sets them up: a visit stays with one, and outlives it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from data_loaders.settings import LIVE
from tests.served import as_csv, register_rows

from .conftest import LAPTOP, ROOT, free_port, wait_until_up
from .screen import choose, expect_link, idle, open_view
from .test_nothing_lost import BROUGHT_BACK
from .test_self_evaluation_page import answer_two, expect_two_answers, open_page

NGINX = shutil.which("nginx", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin"]))
PLACE = "beyond_place"
# what surrounds a file of conf.d, with all that nginx writes in the folder of the test
AROUND = """
{user}
daemon off;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 1024; }}
http {{
    log_format place '$cookie_beyond_place $status $upstream_addr';
    access_log access.log place;
    client_body_temp_path body; proxy_temp_path proxy;
    fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    {inside}
}}
"""


class Nginx:
    """nginx as deploy/ sets it up, before two processes at these ports, on a free port of this machine."""

    def __init__(self, folder: Path, ports: list[int], stack: ExitStack) -> None:
        self.folder = folder
        own = free_port()
        conf = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        moved = [(f"127.0.0.1:{8501 + at}", f"127.0.0.1:{port}") for at, port in enumerate(ports)]
        for there, here in (("listen 8080", f"listen 127.0.0.1:{own}"), *moved):
            assert conf.count(there) == 1
            conf = conf.replace(there, here)
        around = AROUND.format(inside=conf, user="user root;" if os.getuid() == 0 else "")
        (folder / "nginx.conf").write_text(around, encoding="utf-8")
        log = ["-e", str(folder / "start.log")]
        command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), *log]
        nginx = stack.enter_context(subprocess.Popen(command))
        stack.callback(nginx.terminate)
        self.address = f"http://localhost:{own}"
        wait_until_up(f"{self.address}/healthz", nginx)


class Topology:
    """Two processes of the app and nginx before them, on free ports of this machine."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.live, self._stack = folder, folder / "live", stack
        self.ports = [free_port(), free_port()]
        self.processes = [self._start(port) for port in self.ports]
        self.address = Nginx(folder, self.ports, stack).address

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {LIVE: str(self.live)}, **quiet)  # type: ignore[call-overload]
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        wait_until_up(f"http://localhost:{port}/readyz", process)
        return process

    def kill(self, at: int) -> None:
        """As a machine that goes without a word."""
        self.processes[at].send_signal(signal.SIGKILL)
        self.processes[at].wait()

    def start(self, at: int) -> None:
        """Start it again, and wait until figures can be shown."""
        self.processes[at] = self._start(self.ports[at])

    def upstream(self, place: str) -> set[int]:
        """Which processes have answered a visitor, by the cookie of its place: 0, 1."""
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        tried = " ".join(line for line in lines if line.startswith(f"{place} "))
        return {at for at, port in enumerate(self.ports) if f":{port}" in tried}


def nginx_or_skip() -> None:
    """Skip the test where there is no nginx, unless REQUIRE_NGINX is set."""
    if NGINX is None:
        reason = "nginx is not here (Debian: apt-get install nginx-light)"
        if os.environ.get("REQUIRE_NGINX"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def topology(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Topology]:
    nginx_or_skip()
    with ExitStack() as stack:
        yield Topology(tmp_path_factory.mktemp("topology"), stack)


@pytest.fixture
def visitor(browser: Browser, topology: Topology) -> Iterator[Page]:
    """A new visitor's page."""
    context = browser.new_context(**LAPTOP, base_url=topology.address)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def place_of(page: Page) -> str:
    """What the cookie of a visit says."""
    return next(str(cookie.get("value")) for cookie in page.context.cookies() if cookie.get("name") == PLACE)


def process_of(page: Page, topology: Topology) -> int:
    """The one process that a visitor's page lives in."""
    (at,) = topology.upstream(place_of(page))
    return at


def test_a_visit_stays_with_one_process_and_visits_are_spread_over_both(topology: Topology) -> None:
    places = []
    for _ in range(30):
        visit = requests.Session()
        for path in ("/", "/readyz", "/data/", "/readyz"):
            assert visit.get(topology.address + path).status_code == 200
        places.append(str(visit.cookies[PLACE]))
    assert len(set(places)) == 30
    served = [topology.upstream(place) for place in places]
    assert all(len(processes) == 1 for processes in served)
    assert set.union(*served) == {0, 1}


def test_what_was_entered_outlives_the_process_that_its_page_lives_in(
    visitor: Page, topology: Topology
) -> None:
    open_page(visitor)
    answer_two(visitor)
    idle(visitor)
    gone = process_of(visitor, topology)
    topology.kill(gone)
    # nobody touches the page: it finds the other process by itself
    expect(visitor.get_by_text(BROUGHT_BACK)).to_be_visible(timeout=60_000)
    expect_two_answers(visitor)
    assert topology.upstream(place_of(visitor)) == {0, 1}
    topology.start(gone)
    visitor.reload()
    expect_two_answers(visitor)


# counts how often a page has lost its server
WATCH = """() => {
    const app = document.querySelector('[data-testid="stApp"]')
    let was = true
    window.lost = 0
    new MutationObserver(() => {
        const isConnected = app.dataset.testConnectionState === 'CONNECTED'
        if (was && !isConnected) window.lost += 1
        was = isConnected
    }).observe(app, { attributes: true, attributeFilter: ['data-test-connection-state'] })
}"""
FOUND = """times => window.lost >= times
    && document.querySelector('[data-testid="stApp"]').dataset.testConnectionState === 'CONNECTED'"""


def test_a_restart_of_one_process_after_the_other_loses_nobodys_choice(
    visitor: Page, topology: Topology
) -> None:
    open_view(visitor)
    visitor.evaluate(WATCH)
    first = process_of(visitor, topology)
    choices = {"North East London": "NEL", "South East London": "SEL"}
    for times, (at, (ics, code)) in enumerate(zip((first, 1 - first), choices.items(), strict=True), start=1):
        topology.processes[at].terminate()
        topology.processes[at].wait()
        visitor.wait_for_function(FOUND, arg=times)
        idle(visitor)
        choose(visitor, "Integrated care system (ICS)", ics)
        expect_link(visitor, {"ics": code})
        topology.start(at)
    visitor.reload()
    expect_link(visitor, {"ics": "SEL"})


def test_what_a_refresh_brings_is_shown_by_both_processes_without_a_restart(
    topology: Topology, tmp_path: Path
) -> None:
    file = tmp_path / "edubaseallchildrencentre20261101.csv"
    file.write_bytes(as_csv(register_rows()))
    feeds = [f"http://localhost:{port}/data/designated_centres.csv" for port in topology.ports]
    assert not [feed for feed in feeds if "2026-11-01" in requests.get(feed).text]
    command = [sys.executable, "-m", "data_loaders", "import", "dfe_register", str(file)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {LIVE: str(topology.live)}, check=True)
    assert [feed for feed in feeds if "2026-11-01" in requests.get(feed).text] == feeds


def test_the_proxy_compresses_refuses_what_is_too_large_and_closes_what_is_for_operators(
    topology: Topology,
) -> None:
    answer = requests.get(f"{topology.address}/data/designated_centres.csv")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "nginx/" not in answer.headers["Server"]
    for path in ("metrics", "_stcore/metrics", "early-years/_stcore/metrics"):
        answer = requests.get(f"{topology.address}/{path}")
        assert (answer.status_code, "nginx" in answer.text) == (404, True), path
    assert (
        requests.post(f"{topology.address}/_stcore/upload_file/a/b", data=b"x" * 7_700_000).status_code == 413
    )


def test_the_cookie_of_a_visit_goes_to_encrypted_addresses_only_where_people_come_by_one(
    topology: Topology,
) -> None:
    for scheme, is_secure in (("https", True), ("http", False)):
        answer = requests.get(f"{topology.address}/healthz", headers={"X-Forwarded-Proto": scheme})
        assert ("; Secure" in answer.headers["Set-Cookie"]) is is_secure


class Busy(BaseHTTPRequestHandler):
    """A process that has many files to make, and tells people to come back."""

    def do_GET(self) -> None:
        self.send_response(503 if self.path.startswith("/picture/") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: each is expected."""


def test_who_is_told_to_come_back_takes_no_process_from_the_others(tmp_path: Path) -> None:
    nginx_or_skip()
    with ExitStack() as stack:
        servers = [stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Busy)) for _ in range(2)]
        for server in servers:
            threading.Thread(target=server.serve_forever).start()
            stack.callback(server.shutdown)
        address = Nginx(tmp_path, [server.server_port for server in servers], stack).address
        for asked in ("picture/map.png", ""):
            found = {requests.get(f"{address}/{asked}").status_code for _ in range(20)}
            assert found == ({503} if asked else {200})
