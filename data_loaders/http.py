"""One way to the publishers: patient with a passing failure, strict about size, time and where it ends up.

Proxies and certificates are those of the environment, as `requests` reads them: HTTPS_PROXY, NO_PROXY and
REQUESTS_CA_BUNDLE.
"""

import datetime as dt
import email.utils
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from data_loaders.publisher import Download, PublisherError

USER_AGENT = "beyond-boundaries-london/0.1 (dashboard of early years services; python-requests)"
PASSING = {429, 500, 502, 503, 504}
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """How long to wait, in seconds, how often to try, and how many bytes to take.

    `longest_wait` is the longest pause that a publisher's Retry-After is granted; `whole` the longest that
    one try may take.
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


class HttpSession:
    """A session with the publishers; `on_bytes(done, total)` is told of each piece, `total` if known."""

    def __init__(
        self, limits: Limits | None = None, on_bytes: Callable[[int, int | None], None] | None = None
    ) -> None:
        self._limits = limits or Limits()
        self._on_bytes = on_bytes or (lambda done, total: None)
        self._session = _SameHostSession()
        self._session.headers["User-Agent"] = USER_AGENT

    def get(
        self, publisher: str, address: str, expected: str, missing_is_none: bool = False
    ) -> Download | None:
        """The bytes at an address; None for a 404, if `missing_is_none`.

        Tries again, with growing pauses or after as long as the publisher asks for, when the connection
        breaks or the answer is 429 or 5xx. Raises PublisherError with what was expected and what came.
        """
        attempts = Retrying(
            retry=retry_if_exception_type(_PassingError),
            stop=stop_after_attempt(self._limits.tries),
            wait=self._pause,
            reraise=True,
        )
        try:
            return attempts(self._once, address, missing_is_none)
        except (_PassingError, _FinalError) as error:
            raise PublisherError(publisher, address, expected, error.came) from error
        finally:
            self._session.close()

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _PassingError) and error.wait is not None:
            return error.wait
        grow: Any = wait_exponential(multiplier=self._limits.first_wait, max=self._limits.longest_wait)
        return float(grow(state))

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
            # so it is for a file of certificates that is not there
            raise _FinalError(f"the request could not be made ({error})") from error

    def _refuse_failure(self, response: requests.Response) -> None:
        if response.ok:
            return
        came = f"the answer was {response.status_code} {response.reason}".rstrip()
        if response.status_code not in PASSING:
            raise _FinalError(came)
        wait = _retry_after(response.headers.get("Retry-After", ""))
        if wait is not None and wait > self._limits.longest_wait:
            raise _FinalError(f"{came}, with the request to wait for {wait:,.0f} seconds")
        raise _PassingError(came, wait)

    def _read(self, response: requests.Response) -> bytes:
        length = response.headers.get("Content-Length", "")
        packed = "Content-Encoding" in response.headers
        total = int(length) if _is_number(length) and not packed else None
        started, content = time.monotonic(), bytearray()
        for piece in response.iter_content(CHUNK):
            content += piece
            if len(content) > self._limits.size:
                raise _FinalError(f"the answer is larger than {self._limits.size / 1e6:,.0f} MB")
            if time.monotonic() - started > self._limits.whole:
                raise _FinalError(f"the answer had not ended after {self._limits.whole:g} seconds")
            self._on_bytes(len(content), total)
        return bytes(content)


class _FinalError(Exception):
    """A failure that no second try will mend."""

    def __init__(self, came: str) -> None:
        super().__init__(came)
        self.came = came


def _is_number(header: str) -> bool:
    # headers come as Latin-1, in which "²" is a digit, too, to Python
    return header.isascii() and header.isdigit()


def _retry_after(header: str) -> float | None:
    """Seconds to wait, from a number or a date; None when the header has neither."""
    if _is_number(header.strip()):
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment - dt.datetime.now(moment.tzinfo)).total_seconds())


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
