"""The places that answers are saved in: a file, and a PostgreSQL server that the tests start themselves."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
