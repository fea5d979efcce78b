"""The places that answers are saved in: a file, and a PostgreSQL server that the tests start themselves."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pg8000.dbapi
import pytest

# where Debian puts the programs of a server, which are not on the path
PROGRAMS = os.pathsep.join([os.environ["PATH"], *sorted(glob.glob("/usr/lib/postgresql/*/bin"))])
# the server refuses to run as root
UNPRIVILEGED = "nobody" if os.name == "posix" and os.getuid() == 0 else None


def postgresql_or_skip() -> None:
    """Skip the test where there is no server to start, unless REQUIRE_POSTGRES is set."""
    if shutil.which("initdb", path=PROGRAMS) is None:
        reason = "PostgreSQL's initdb is not here (Debian: apt-get install postgresql)"
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@contextmanager
def postgresql() -> Iterator[int]:
    """A server of its own on a free port of this machine, which is yielded; gone afterwards."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        if UNPRIVILEGED:
            shutil.chown(folder, UNPRIVILEGED)
        data = folder / "data"
        _run("initdb", "-D", str(data), "-U", "tests", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = f"-p {port} -k {folder} -c listen_addresses=localhost -c fsync=off"
        _run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield port
        finally:
            _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program, path=PROGRAMS)
    assert found
    # the server keeps the pipes of whoever starts it: it is given none
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([found, *arguments], check=True, user=UNPRIVILEGED, cwd="/", **quiet)  # type: ignore[call-overload]


def execute(port: int, statement: str) -> None:
    """Run a statement that no transaction may hold, such as CREATE DATABASE."""
    with closing(
        pg8000.dbapi.connect(user="tests", host="localhost", port=port, database="postgres")
    ) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


class Line:
    """A way to a server on this machine that can be made to hang: nothing passes, and nothing is closed."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._passes = threading.Event()
        self._passes.set()
        self._listener = socket.create_server(("localhost", 0))
        self._open = ExitStack()
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    @property
    def port(self) -> int:
        """Where to connect instead of the server."""
        return int(self._listener.getsockname()[1])

    def hang(self) -> None:
        """Let nothing pass from now on."""
        self._passes.clear()

    def go_on(self) -> None:
        """Let everything pass, what came in the meantime, too."""
        self._passes.set()

    def cut(self) -> None:
        """Close the connections that there are; new ones pass."""
        self._open.close()

    def close(self) -> None:
        """Close all connections, those that were still waiting to be let through too."""
        self.go_on()
        _close(self._listener)
        # until it has ended it may open one more
        self._acceptor.join()
        self._open.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                one, _ = self._listener.accept()
                self._open.callback(_close, one)
                self._passes.wait()
                other = socket.create_connection(("localhost", self._to))
                self._open.callback(_close, other)
                for source, target in ((one, other), (other, one)):
                    threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65_536):
                self._passes.wait()
                target.sendall(self.passed(piece))
            target.shutdown(socket.SHUT_WR)

    def passed(self, piece: bytes) -> bytes:
        """What the other side gets of what one side has sent."""
        return piece


def _close(connection: socket.socket) -> None:
    """Close it, and wake whoever waits on it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
