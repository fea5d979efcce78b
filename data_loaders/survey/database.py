"""The database behind the archive of answers: one file of SQLite, or PostgreSQL by its address.

All that can go wrong with it leaves this module as an ArchiveError, whose message is a sentence.
"""

import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from data_loaders import settings
from data_loaders.survey.saved import ArchiveError
from data_loaders.survey.tables import HEAD

MIGRATIONS = Path(__file__).parent / "migrations"
# saving takes a fraction of a second; whoever waits longer has met a writer that hangs
WAIT_S = 30
# for a connection, and for each answer, of a server
ANSWER_S = 5
# a server that did not answer is not asked by people for so long, but by a thread of its own
SLOW_S, REST_S = 1, 10
NO_ANSWER = (
    "The saved answers cannot be used just now: the database does not answer. Nothing was changed; please "
    "try again in a minute."
)
UNUSABLE = (
    "The saved answers cannot be used: their database is damaged, or not as it should be. Nothing was "
    "changed."
)
# what all writers to a PostgreSQL database ask for first
_LOCK = 2_022_0707


def open_engine(make: bool) -> sa.Engine:
    """The database with its tables up to date; `make` the file where there is none.

    Raises ArchiveError when it cannot be used, data_loaders.settings.SettingError when its address is none.
    """
    address = settings.database_address()
    if address:
        # imported only where it is used: most keep one file
        from data_loaders.survey import postgresql

        engine = postgresql.engine_of(address, ANSWER_S)
    else:
        engine = _sqlite(settings.survey_file(), make)
    try:
        _bring_up_to_date(engine)
    except ArchiveError:
        engine.dispose()
        raise
    return engine


class _Breaker:
    """Spares people the wait for a server that does not answer: only the first of them waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rests_until: float | None = None

    def pass_by(self, engine: sa.Engine) -> None:
        """Raises ArchiveError at once while the server rests; asks it beside everybody when that is over."""
        with self._lock:
            until = self._rests_until
            if until is None:
                return
            if time.monotonic() > until:
                self.rest()
                threading.Thread(target=self._ask, args=(engine,), daemon=True).start()
        raise ArchiveError(NO_ANSWER)

    def rest(self) -> None:
        """The server has not answered."""
        self._rests_until = time.monotonic() + REST_S

    def _ask(self, engine: sa.Engine) -> None:
        try:
            engine.dispose()
            with engine.connect() as connection:
                # not kept: whoever opened the database may be done with it
                connection.detach()
        except (SQLAlchemyError, OSError):
            self.rest()
        else:
            self._rests_until = None


# by the address of the server: whoever opens it anew need not find out anew
_BREAKERS: dict[str, _Breaker] = {}


@contextlib.contextmanager
def _connected(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection; whatever goes wrong with it is a sentence, and in the log as it came."""
    breaker = _BREAKERS.setdefault(str(engine.url), _Breaker())
    breaker.pass_by(engine)
    began = time.monotonic()
    try:
        with engine.connect() as connection:
            try:
                yield connection
            except OSError:
                # else it would be asked to roll back, and not answer that either
                connection.invalidate()
                raise
    except (OSError, sa.exc.OperationalError, sa.exc.InterfaceError) as error:
        _log(error)
        # a refusal that comes at once keeps nobody waiting
        if engine.dialect.name == "postgresql" and time.monotonic() - began > SLOW_S:
            breaker.rest()
        raise ArchiveError(NO_ANSWER) from error
    except SQLAlchemyError as error:
        _log(error)
        raise ArchiveError(UNUSABLE) from error


def _log(error: Exception) -> None:
    logging.getLogger(__name__).error("The database of saved answers: %s", _said(error))


def _said(error: Exception) -> str:
    """What a driver says of a failure, without the row that it was about, which PostgreSQL tells as well."""
    cause = getattr(error, "orig", None) or error
    told = next(iter(cause.args), None)
    if isinstance(told, dict):
        return f"{told.get('C')} {told.get('M')}"
    return next(iter(str(cause).splitlines()), type(cause).__name__)


@contextlib.contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to read with."""
    with _connected(engine) as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The only writer, in one transaction: all that is done is kept at its end, or nothing."""
    with _connected(engine) as connection, connection.execution_options(writes=True).begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


def _sqlite(file: Path, make: bool) -> sa.Engine:
    """One file that is whole whenever nobody is writing, and is opened anew each time.

    Answers must not be shown to whoever has an account on the machine: the file is its owner's.
    """
    if make:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            _log(error)
            raise ArchiveError(f"The saved answers cannot be written: {error.strerror}.") from error

    def connect() -> sqlite3.Connection:
        # rw: reading must not make a file
        return sqlite3.connect(
            f"file:{quote(str(file))}?mode=rw",
            uri=True,
            timeout=WAIT_S,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        # kept when the machine loses its power, too
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # a writer takes its lock at once: it must not read what another is about to change
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _bring_up_to_date(engine: sa.Engine) -> None:
    """Run the migrations that are missing, unless another process is doing so: then wait for it."""
    with reading(engine) as connection:
        if _revision(connection) == HEAD:
            return
    # imported only where it is used: it takes as long as the database itself
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise ArchiveError(
                "The saved answers were written by a later version of this app, and are left alone."
            ) from error


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
