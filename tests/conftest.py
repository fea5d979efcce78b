"""What all tests share: a closed network, and the figures and shapes of the embedded snapshot."""

import ipaddress
import os
import shutil
import socket
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytest_httpserver import HTTPServer

from data_loaders import store
from data_loaders.library import Library, open_library
from data_loaders.postcodes import Postcodes, load_postcodes
from data_loaders.settings import DATABASE, DATABASE_FILE, EDITORS, ENDPOINTS, LIVE, SURVEY, UNVERIFIED
from geo.boundaries.layouts import Layout, load_layouts
from geo.tables.london import London, load_london
from tests import databases
from tests.builders import EVERYTHING
from tests.served import Publishers

# a busy machine is no finding, a failing example is printed rather than kept, and each run tries others
settings.register_profile(
    "suite",
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=60 if EVERYTHING else 30,
)
settings.load_profile("suite")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are cores: tests in a browser wait for it most of the time."""
    return (os.cpu_count() or 1) + 2


class NetworkClosedError(Exception):
    """A test has tried to leave the machine."""


def stays_here(host: object) -> bool:
    """Whether a host of a socket address is this machine."""
    if isinstance(host, bytes):
        host = host.decode()
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def closed_network() -> Iterator[None]:
    """Refuse connections and look-ups beyond this machine; loopback and Unix sockets stay open."""

    def guarded(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not stays_here(address[0]):
                raise NetworkClosedError(f"Tests must not connect to {address}.")
            return method(self, *args)

        return call

    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *args: Any, **options: Any) -> Any:
        if not stays_here(host):
            raise NetworkClosedError(f"Tests must not look up {host!r}.")
        return look_up(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_downloaded_or_saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Look away from what this machine may have downloaded or saved: the tests see the embedded figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LIVE, str(tmp_path_factory.mktemp("live")))
        patch.setenv(SURVEY, str(tmp_path_factory.mktemp("survey") / "survey.sqlite"))
        for name in (DATABASE, DATABASE_FILE, EDITORS, UNVERIFIED):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def london() -> London:
    """All figures and places of the embedded snapshot."""
    return load_london()


@pytest.fixture(scope="session")
def library() -> Library:
    """The tables of the embedded snapshot."""
    return open_library()


@pytest.fixture(scope="session")
def postcodes(library: Library) -> Postcodes:
    """The postcodes of the embedded snapshot."""
    return load_postcodes(library.entries)


@pytest.fixture(scope="session")
def layouts() -> dict[str, Layout]:
    """The shapes of the map and of the tile grid."""
    return load_layouts()


@pytest.fixture
def publishers(httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publishers:
    """Publishers on this machine, and nothing downloaded from them yet; nothing is served until asked for."""
    served = Publishers(httpserver, tmp_path)
    monkeypatch.setenv(ENDPOINTS, str(served.endpoints))
    monkeypatch.setenv(LIVE, str(served.live))
    return served


@pytest.fixture
def snapshot_copy(tmp_path: Path) -> Path:
    """A copy of the embedded snapshot that a test may spoil."""
    return Path(shutil.copytree(store.SNAPSHOT, tmp_path / "snapshot"))


@pytest.fixture(scope="session")
def postgresql_port() -> Iterator[int]:
    """The port of a PostgreSQL server of these tests."""
    databases.postgresql_or_skip()
    with databases.postgresql() as port:
        yield port


@pytest.fixture(params=["file", "postgresql"])
def saved_place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty place to save answers in, once a file and once a database; what it is called."""
    if request.param == "file":
        monkeypatch.setenv(SURVEY, str(tmp_path / "kept" / "survey.sqlite"))
    else:
        port = request.getfixturevalue("postgresql_port")
        name = f"survey_{uuid.uuid4().hex}"
        databases.execute(port, f"CREATE DATABASE {name}")
        monkeypatch.setenv(DATABASE, f"postgres://tests@localhost:{port}/{name}")
    return str(request.param)
