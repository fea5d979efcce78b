"""One way to the publishers: patient with a passing failure, strict about size, time and where it ends up.

Proxies and certificates are those of the environment, as `requests` reads them: HTTPS_PROXY, NO_PROXY and
REQUESTS_CA_BUNDLE.
"""

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import requests
from urllib3 import Retry
from urllib3.exceptions import InvalidHeader

from data_loaders.deadline import Deadline
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


class _FailedError(Exception):
    """What came in place of an answer.

    It `passes` where a second try may mend it; `wait` is what the publisher asked for, in seconds.
    """

    def __init__(self, came: str, passes: bool = False, wait: float | None = None) -> None:
        super().__init__(came)
        self.came, self.passes, self.wait = came, passes, wait


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


_BROKEN, _UNKNOWN = requests.ConnectionError, "its name cannot be found: is there a network?"
# the first that fits holds: the kind of a failure, what its text has in it, whether it passes, what is said
_REASONS: tuple[tuple[type[Exception], str, bool, str], ...] = (
    (_LeavesError, "", False, "{error}"),
    (
        requests.exceptions.SSLError,
        "",
        False,
        "its certificate could not be verified (behind a company's proxy, set REQUESTS_CA_BUNDLE)",
    ),
    (requests.ConnectTimeout, "", True, "no connection within {limits.connect:g} seconds"),
    (requests.Timeout, "", True, "nothing more came within {limits.read:g} seconds"),
    (TimeoutError, "", True, "nothing more came within {limits.read:g} seconds"),
    (requests.exceptions.ContentDecodingError, "", True, "its compressed answer cannot be unpacked"),
    (requests.exceptions.ChunkedEncodingError, "", True, "the answer broke off before its end"),
    (_BROKEN, "Read timed out", True, "nothing more came in time"),
    (_BROKEN, "Name or service not known", True, _UNKNOWN),
    (_BROKEN, "NameResolution", True, _UNKNOWN),
    (_BROKEN, "Proxy", True, "the proxy did not let the request through"),
    (_BROKEN, "refused", True, "the connection was refused"),
    (_BROKEN, "", True, "the connection broke"),
    (requests.RequestException, "", False, "the request failed ({error})"),
)


class HttpSession:
    """A session with the publishers, to be closed when all of a source is fetched.

    `on_bytes(done, total)` is told of each piece, `total` if known.
    """

    def __init__(
        self, limits: Limits | None = None, on_bytes: Callable[[int, int | None], None] | None = None
    ) -> None:
        self._limits = limits or Limits()
        self._on_bytes = on_bytes or (lambda done, total: None)
        self._deadline = Deadline()
        self._session = _SameHostSession()
        self._session.headers["User-Agent"] = USER_AGENT
        self._deadline.mount_on(self._session)

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
            except _FailedError as error:
                tries = tries.increment("GET", address, error=error)
                if not error.passes or self._deadline.is_over or tries.total == 0:
                    came = self._too_late() if self._deadline.is_over else error.came
                    raise PublisherError(publisher, address, expected, came) from error
                time.sleep(tries.get_backoff_time() if error.wait is None else error.wait)

    def _refuse_late(self) -> None:
        if self._deadline.is_over:
            raise _FailedError(self._too_late())

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
        except (requests.RequestException, TimeoutError) as error:
            if isinstance(error, requests.RequestException) and error.response is not None:
                error.response.close()
            text = str(error)
            passes, said = next(
                (passes, said)
                for kind, sign, passes, said in _REASONS
                if isinstance(error, kind) and sign in text
            )
            raise _FailedError(said.format(error=error, limits=self._limits), passes) from error
        except OSError as error:
            # its words name the file
            _LOG.warning("%s", error)
            said = "the file of certificates that is set for the app (REQUESTS_CA_BUNDLE) cannot be read"
            raise _FailedError(said) from error

    def _refuse_failure(self, response: requests.Response) -> None:
        if response.ok:
            return
        came = f"the answer was {response.status_code} {response.reason}".rstrip()
        if response.status_code not in PASSING:
            raise _FailedError(came)
        wait = _retry_after(response.headers.get("Retry-After"))
        if wait is not None and wait > self._limits.longest_wait:
            raise _FailedError(f"{came}, with the request to wait for {wait:,.0f} seconds")
        raise _FailedError(came, True, wait)

    def _read(self, response: requests.Response) -> bytes:
        length = response.headers.get("Content-Length", "")
        packed = "Content-Encoding" in response.headers
        total = int(length) if _is_number(length) and not packed else None
        content = bytearray()
        for piece in response.iter_content(CHUNK):
            content += piece
            if len(content) > self._limits.size:
                raise _FailedError(f"the answer is larger than {self._limits.size / 1e6:,.0f} MB")
            self._refuse_late()
            self._on_bytes(len(content), total)
        # an answer without a length that was ended here looks whole
        self._refuse_late()
        return bytes(content)


def _is_number(header: str) -> bool:
    # headers come as Latin-1, in which "²" is a digit, too, to Python
    return header.isascii() and header.isdigit()


def _retry_after(header: str | None) -> float | None:
    """Seconds to wait, from a number or a date; None when the header has neither."""
    try:
        return Retry(retry_after_max=sys.maxsize).parse_retry_after(header or "")
    except InvalidHeader:
        return None
