"""One way to the publishers: patient with a passing failure, strict about size, time and where it ends up.

Proxies and certificates are those of the environment, as `requests` reads them: HTTPS_PROXY, NO_PROXY and
REQUESTS_CA_BUNDLE.
"""

import contextlib
import logging
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Retry
from urllib3.connection import HTTPConnection
from urllib3.exceptions import InvalidHeader

from data_loaders.publisher import Download, PublisherError

_LOG = logging.getLogger(__name__)

USER_AGENT = "beyond-boundaries-london (dashboard of early years services; python-requests)"
PASSING = {429, 500, 502, 503, 504}
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """How long to wait, in seconds, how often to try, and how many bytes to take.

    `longest_wait` is the longest pause that a publisher's Retry-After is granted; `whole` the longest that
    one try may take from its first byte to the last, however slowly they come.
    """

    connect: float = 10
    read: float = 30
    whole: float = 300
    tries: int = 4
    first_wait: float = 1
    longest_wait: float = 60
    size: int = 60_000_000


class _PassingError(Exception):
    """A failure that may pass; `wait` is what the publisher asked for, in seconds."""

    def __init__(self, came: str, wait: float | None = None) -> None:
        super().__init__(came)
        self.came, self.wait = came, wait


class _LeavesError(requests.RequestException):
    """A redirect that is not followed."""


class _SameHostSession(requests.Session):
    """Follows a redirect only within the host that was asked, and never from https to http."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        asked = urlsplit(resp.url)
        try:
            target = super().get_redirect_target(resp)
            to = urlsplit(target or "", scheme=asked.scheme)
        except ValueError as error:
            resp.close()
            raise _LeavesError("it sends on to an address that cannot be read") from error
        if to.netloc and to.netloc != asked.netloc:
            resp.close()
            raise _LeavesError(f"it sends on to another host, {to.netloc}")
        if asked.scheme == "https" and to.scheme != "https":
            resp.close()
            raise _LeavesError("it sends on to an address without encryption")
        return target


class _Deadline:
    """Ends the conversations of a session when their time is over.

    The time-outs of sockets only count how long nothing comes: a byte every half second would be read for
    ever. What waits for the next byte ends when somebody else shuts the connection down.
    """

    def __init__(self) -> None:
        self._open: dict[HTTPConnection, socket.socket] = {}
        self.is_over = False

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

    def __init__(self, deadline: _Deadline) -> None:
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


def _watched(pool: type[HTTPConnectionPool], deadline: _Deadline) -> type[HTTPConnectionPool]:
    class Connection(pool.ConnectionCls):  # type: ignore[name-defined]
        def _new_conn(self) -> socket.socket:
            connection: socket.socket = super()._new_conn()
            deadline.watch(self, connection)
            return connection

    return type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": Connection})


class HttpSession:
    """A session with the publishers, to be closed when all of a source is fetched.

    `on_bytes(done, total)` is told of each piece, `total` if known.
    """

    def __init__(
        self, limits: Limits | None = None, on_bytes: Callable[[int, int | None], None] | None = None
    ) -> None:
        self._limits = limits or Limits()
        self._on_bytes = on_bytes or (lambda done, total: None)
        self._deadline = _Deadline()
        self._session = _SameHostSession()
        self._session.headers["User-Agent"] = USER_AGENT
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, _WatchedAdapter(self._deadline))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()
        self._deadline.close()

    def get(
        self, publisher: str, address: str, expected: str, missing_is_none: bool = False
    ) -> Download | None:
        """The bytes at an address; None for a 404, if `missing_is_none`.

        Tries again, with growing pauses or after as long as the publisher asks for, when the connection
        breaks or the answer is 429 or 5xx. Raises PublisherError with what was expected and what came.
        """
        limits = self._limits
        # not mounted on the session: there, Retry ends where the body begins, and most breaks come after that
        tries = Retry(limits.tries, backoff_factor=limits.first_wait, backoff_max=limits.longest_wait)
        while True:
            try:
                with self._deadline.within(limits.whole):
                    return self._once(address, missing_is_none)
            except _PassingError as error:
                tries = tries.increment("GET", address, error=error)
                if self._deadline.is_over or tries.total == 0:
                    raise PublisherError(publisher, address, expected, self._said(error)) from error
                time.sleep(tries.get_backoff_time() if error.wait is None else error.wait)
            except _FinalError as error:
                raise PublisherError(publisher, address, expected, self._said(error)) from error

    def _said(self, error: "_PassingError | _FinalError") -> str:
        """What came; when the deadline has ended it, that alone is the reason."""
        return self._too_late() if self._deadline.is_over else error.came

    def _refuse_late(self) -> None:
        if self._deadline.is_over:
            raise _FinalError(self._too_late())

    def _too_late(self) -> str:
        return f"the answer had not ended after {self._limits.whole:g} seconds"

    def _once(self, address: str, missing_is_none: bool) -> Download | None:
        timeouts = (self._limits.connect, self._limits.read)
        try:
            with self._session.get(address, timeout=timeouts, stream=True) as response:
                if response.status_code == 404 and missing_is_none:
                    return None
                self._refuse_failure(response)
                return Download(self._read(response), address, response.headers.get("ETag", ""))
        except _LeavesError as error:
            raise _FinalError(str(error)) from error
        except requests.exceptions.SSLError as error:
            raise _FinalError(
                "its certificate could not be verified (behind a company's proxy, set REQUESTS_CA_BUNDLE)"
            ) from error
        except requests.exceptions.ConnectTimeout as error:
            raise _PassingError(f"no connection within {self._limits.connect:g} seconds") from error
        except (requests.exceptions.Timeout, TimeoutError) as error:
            raise _PassingError(f"nothing more came within {self._limits.read:g} seconds") from error
        except requests.exceptions.ContentDecodingError as error:
            raise _PassingError("its compressed answer cannot be unpacked") from error
        except requests.exceptions.ChunkedEncodingError as error:
            raise _PassingError("the answer broke off before its end") from error
        except requests.exceptions.ConnectionError as error:
            raise _PassingError(_say_connection(error)) from error
        except requests.RequestException as error:
            if error.response is not None:
                error.response.close()
            raise _FinalError(f"the request failed ({error})") from error
        except OSError as error:
            # its words name the file
            _LOG.warning("%s", error)
            said = "the file of certificates that is set for the app (REQUESTS_CA_BUNDLE) cannot be read"
            raise _FinalError(said) from error

    def _refuse_failure(self, response: requests.Response) -> None:
        if response.ok:
            return
        came = f"the answer was {response.status_code} {response.reason}".rstrip()
        if response.status_code not in PASSING:
            raise _FinalError(came)
        wait = _retry_after(response.headers.get("Retry-After"))
        if wait is not None and wait > self._limits.longest_wait:
            raise _FinalError(f"{came}, with the request to wait for {wait:,.0f} seconds")
        raise _PassingError(came, wait)

    def _read(self, response: requests.Response) -> bytes:
        length = response.headers.get("Content-Length", "")
        packed = "Content-Encoding" in response.headers
        total = int(length) if _is_number(length) and not packed else None
        content = bytearray()
        for piece in response.iter_content(CHUNK):
            content += piece
            if len(content) > self._limits.size:
                raise _FinalError(f"the answer is larger than {self._limits.size / 1e6:,.0f} MB")
            self._refuse_late()
            self._on_bytes(len(content), total)
        # an answer without a length that was ended here looks whole
        self._refuse_late()
        return bytes(content)


class _FinalError(Exception):
    """A failure that no second try will mend."""

    def __init__(self, came: str) -> None:
        super().__init__(came)
        self.came = came


def _is_number(header: str) -> bool:
    # headers come as Latin-1, in which "²" is a digit, too, to Python
    return header.isascii() and header.isdigit()


def _retry_after(header: str | None) -> float | None:
    """Seconds to wait, from a number or a date; None when the header has neither."""
    try:
        return Retry(retry_after_max=sys.maxsize).parse_retry_after(header or "")
    except InvalidHeader:
        return None


def _say_connection(error: requests.exceptions.ConnectionError) -> str:
    text = str(error)
    if "Read timed out" in text:
        return "nothing more came in time"
    reasons = {
        "Name or service not known": "its name cannot be found: is there a network?",
        "NameResolution": "its name cannot be found: is there a network?",
        "Proxy": "the proxy did not let the request through",
        "refused": "the connection was refused",
    }
    return next((said for sign, said in reasons.items() if sign in text), "the connection broke")
