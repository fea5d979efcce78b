"""One run of a page after the other, in the order of a queue that nobody notices.

Python runs one thread at a time. Twenty runs at once hand it to one another at every message that they send,
each time after a wait of milliseconds: together they take ten times as long as one after the other, while
the processor idles (benchmarks/README.md). So a run waits for its turn, and has Python to itself.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# so long at most, in seconds: whoever holds the turn for longer waits for something, and holds up nobody
PATIENCE = 1.0
_TURN = threading.Lock()
_HAS = threading.local()
_RUNS = {"latest": time.monotonic()}


def quiet_for() -> float:
    """The seconds since a run of a page last began or ended."""
    return time.monotonic() - _RUNS["latest"]


@contextmanager
def taken() -> Iterator[None]:
    """The turn of this run, or its patience is at an end."""
    _RUNS["latest"] = time.monotonic()
    _HAS.turn = _TURN.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        _give_back()
        _RUNS["latest"] = time.monotonic()


@contextmanager
def between() -> Iterator[None]:
    """A turn for what is nobody's run: it waits for as long as it must, and no run is thought to go on."""
    with _TURN:
        yield


@contextmanager
def given_up() -> Iterator[None]:
    """While this run waits for another process, others go on. Outside a run nothing happens."""
    had = getattr(_HAS, "turn", False)
    _give_back()
    try:
        yield
    finally:
        if had:
            _HAS.turn = _TURN.acquire(timeout=PATIENCE)


def _give_back() -> None:
    if getattr(_HAS, "turn", False):
        _HAS.turn = False
        _TURN.release()
