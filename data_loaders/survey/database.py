"""The database behind the archive of answers: one file of SQLite, or PostgreSQL by its address.

All that can go wrong with it leaves this module as an ArchiveError, whose message is a sentence.
"""

import contextlib
import os
import sqlite3
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from data_loaders import settings
from data_loaders.survey.saved import ArchiveError
from data_loaders.survey.tables import HEAD

MIGRATIONS = Path(__file__).parent / "migrations"
# saving takes a fraction of a second; whoever waits longer has met a writer that hangs
WAIT_S = 30
CONNECT_S = 10
# what all writers to a PostgreSQL database ask for first
_LOCK = 2_022_0707


def open_engine(make: bool) -> sa.Engine:
    """The database with its tables up to date; `make` the file where there is none.

    Raises ArchiveError when it cannot be used, data_loaders.settings.SettingError when its address is none.
    """
    address = settings.database_address()
    engine = _postgresql(address) if address else _sqlite(settings.survey_file(), make)
    try:
        _bring_up_to_date(engine)
    except ArchiveError:
        engine.dispose()
        raise
    return engine


@contextlib.contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to read with."""
    with _in_words(), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The only writer, in one transaction: all that is done is kept at its end, or nothing."""
    with (
        _in_words(),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error).splitlines()[0].rstrip(".")
        raise ArchiveError(f"The saved answers cannot be used: {said}. Nothing was changed.") from error


def _sqlite(file: Path, make: bool) -> sa.Engine:
    """One file that is whole whenever nobody is writing, and is opened anew each time.

    Answers must not be shown to whoever has an account on the machine: the file is its owner's.
    """
    if make:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise ArchiveError(f"The file {file} cannot be written: {error.strerror}.") from error

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


def _postgresql(address: str) -> sa.Engine:
    """A PostgreSQL database; `sslmode` and `sslrootcert` of the address mean what they mean to PostgreSQL."""
    try:
        url = sa.make_url(address)
    except SQLAlchemyError as error:
        raise settings.SettingError(f"{settings.DATABASE} is not the address of a database.") from error
    if url.get_backend_name() not in ("postgres", "postgresql"):
        raise settings.SettingError(
            f"{settings.DATABASE} must begin with postgresql://, not {url.drivername}://. Without it, "
            "answers are kept in a file."
        )
    options: dict[str, Any] = {"timeout": CONNECT_S}
    certificates = url.query.get("sslrootcert")
    match url.query.get("sslmode"):
        case "disable":
            options["ssl_context"] = False
        case "require":
            options["ssl_context"] = True
        case "verify-ca" | "verify-full":
            options["ssl_context"] = ssl.create_default_context(
                cafile=str(certificates) if certificates else None
            )
    url = url.difference_update_query(["sslmode", "sslrootcert"]).set(drivername="postgresql+pg8000")
    return sa.create_engine(url, connect_args=options, pool_pre_ping=True)


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
