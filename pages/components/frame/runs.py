"""Each run of a page has a number in the log, and is counted: how long it took, and whether it failed."""

import bisect
import itertools
import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import NamedTuple

import streamlit as st

from pages.components.state import keys

_LOG = logging.getLogger(__name__)
# a run is one of these classes, in seconds: what nobody notices, what is felt, what is too long
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# of the run that goes on in this thread; empty outside one
NUMBER: ContextVar[str] = ContextVar("run", default="")


class Tally(NamedTuple):
    """The runs of a page so far: how many took no longer than each of BOUNDS, how many in all, in seconds."""

    within: tuple[int, ...]
    runs: int
    seconds: float


class Counted:
    """The runs of this process, by page."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._classes: Counter[tuple[str, int]] = Counter()
        self._seconds: dict[str, float] = {}
        self._failures = 0

    def add(self, page: str, seconds: float, has_failed: bool) -> None:
        """A run has ended."""
        with self._lock:
            self._classes[page, bisect.bisect_left(BOUNDS, seconds)] += 1
            self._seconds[page] = self._seconds.get(page, 0.0) + seconds
            self._failures += has_failed

    @property
    def failures(self) -> int:
        """How many runs ended with an exception."""
        return self._failures

    def tallies(self) -> dict[str, Tally]:
        """All runs so far, by page."""
        with self._lock:
            seconds, classes = dict(self._seconds), Counter(self._classes)
        found = {}
        for page in sorted(seconds):
            *within, runs = itertools.accumulate(classes[page, at] for at in range(len(BOUNDS) + 1))
            found[page] = Tally(tuple(within), runs, seconds[page])
        return found


COUNTED = Counted()


class _Watch:
    """The time of one run, until it ends in whatever way."""

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        # Streamlit ends a run that is superseded by what is no Exception
        has_failed = kind is not None and issubclass(kind, Exception)
        page, seconds = st.session_state.get(keys.PAGE) or "map", time.perf_counter() - self._began
        COUNTED.add(page, seconds, has_failed)
        if has_failed:
            # Streamlit logs the exception itself, after the run
            _LOG.error("Page %s failed after %.3f s.", page, seconds)
        else:
            _LOG.debug("Page %s took %.3f s.", page, seconds)


@contextmanager
def counted() -> Iterator[None]:
    """One run, from when it was asked for to its end."""
    before = NUMBER.set(secrets.token_hex(4))
    try:
        with _Watch():
            yield
    finally:
        NUMBER.reset(before)
