"""An end to conversations that last too long, however slowly their bytes come."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection


class Deadline:
    """Ends the conversations of a session when their time is over.

    The time-outs of sockets only count how long nothing comes: a byte every half second would be read for
    ever. What waits for the next byte ends when somebody else shuts the connection down.
    """

    def __init__(self) -> None:
        self._open: dict[HTTPConnection, socket.socket] = {}
        self.is_over = False

    def mount_on(self, session: requests.Session) -> None:
        """Know of all connections that the session makes from here on."""
        for scheme in ("https://", "http://"):
            session.mount(scheme, _WatchedAdapter(self))

    def watch(self, owner: HTTPConnection, connection: socket.socket) -> None:
        """Keep a second handle on a connection: encryption takes the first one away."""
        self._let_go(lambda other: other is owner)
        self._open[owner] = connection.dup()
        if self.is_over:
            self._end()

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Shut all connections down unless what is done within this context ends in time."""
        self.is_over = False
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._let_go(lambda owner: owner.sock is None)

    def _end(self) -> None:
        self.is_over = True
        for connection in list(self._open.values()):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of all connections."""
        self._let_go(lambda _: True)

    def _let_go(self, is_done: Callable[[HTTPConnection], bool]) -> None:
        for owner in [owner for owner in self._open if is_done(owner)]:
            self._open.pop(owner).close()


class _WatchedAdapter(HTTPAdapter):
    """Connections of which a deadline knows, by way of a proxy as well."""

    def __init__(self, deadline: Deadline) -> None:
        pools = {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}
        self._pools = {scheme: _watched(pool, deadline) for scheme, pool in pools.items()}
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _watched(pool: type[HTTPConnectionPool], deadline: Deadline) -> type[HTTPConnectionPool]:
    class Connection(pool.ConnectionCls):  # type: ignore[name-defined]
        def _new_conn(self) -> socket.socket:
            connection: socket.socket = super()._new_conn()
            deadline.watch(self, connection)
            return connection

    return type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": Connection})
