"""PostgreSQL, by its address, where the archive of answers is kept there."""

import contextlib
import os
import socket
import ssl
from typing import Any

import pg8000.dbapi
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from data_loaders import settings

# a server gives up a statement by itself, a little sooner than it is given up
STATEMENT_S = 4
# connections that are kept, and how long to wait for one that others use
CONNECTIONS, IN_USE_S = 5, 2


class _Connection(pg8000.dbapi.Connection):
    """A connection that leaves nothing open when it does not come about, as the driver's own does."""

    def __init__(self, host: str = "localhost", port: int = 5432, timeout: float = 5, **options: Any) -> None:
        plain = socket.create_connection((host, port), timeout)
        with contextlib.ExitStack() as failed:
            failed.callback(self._let_go, plain)
            super().__init__(host=host, port=port, timeout=timeout, sock=plain, **options)
            failed.pop_all()

    def _let_go(self, plain: socket.socket) -> None:
        # with TLS the descriptor has moved to the socket that was made of the plain one
        descriptor = getattr(self, "_usock", plain).detach()
        if descriptor != -1:
            os.close(descriptor)


def engine_of(address: str, answer_s: float) -> sa.Engine:
    """A PostgreSQL database; `sslmode` and `sslrootcert` of the address mean what they mean to PostgreSQL.

    No connection and no answer is waited for longer than `answer_s`. Raises
    data_loaders.settings.SettingError when the address is none.
    """
    try:
        url = sa.make_url(address)
    except (SQLAlchemyError, ValueError) as error:
        raise settings.SettingError(f"{settings.DATABASE} is not the address of a database.") from error
    if url.get_backend_name() not in ("postgres", "postgresql"):
        raise settings.SettingError(
            f"{settings.DATABASE} must begin with postgresql://, not {url.drivername}://. Without it, "
            "answers are kept in a file."
        )
    options: dict[str, Any] = {"timeout": answer_s}
    certificates = url.query.get("sslrootcert")
    match url.query.get("sslmode"):
        case "disable":
            options["ssl_context"] = False
        case "require":
            options["ssl_context"] = True
        case "verify-ca" | "verify-full":
            options["ssl_context"] = _certificates(str(certificates) if certificates else None)
    url = url.difference_update_query(["sslmode", "sslrootcert"]).set(drivername="postgresql+pg8000")
    engine = sa.create_engine(
        url,
        connect_args=options,
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=IN_USE_S,
    )

    @sa.event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, _args: object, options: dict[str, Any]) -> _Connection:
        return _Connection(**options)

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET statement_timeout = '{STATEMENT_S}s'")
        connection.commit()

    return engine


def _certificates(file: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=file)
    except OSError as error:
        said = f"The certificates that {settings.DATABASE} names cannot be read."
        raise settings.SettingError(said) from error
