"""Few files are made at a time, whoever asks for them, in the order in which they were asked for."""

import contextlib
import threading
from collections.abc import Callable, Iterator

# how often somebody who waits is told that they do; a visitor who has left is found out so
TELL_EVERY_S = 0.5
FULL = "Many files are being made just now. Please press the button again in a minute."


class FullError(Exception):
    """So many are waiting already that this one would wait for too long."""


class Workshop:
    """So many places to work at, and a queue of people before them that does not grow beyond its length."""

    def __init__(self, places: int, queue: int) -> None:
        self._free, self._longest = places, queue
        self._waiting: list[object] = []
        self._changed = threading.Condition()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._waiting)

    @contextlib.contextmanager
    def place(self, on_wait: Callable[[], None]) -> Iterator[None]:
        """A place to work at, as soon as it is one's turn; `on_wait` is called now and then until it is.

        Whatever `on_wait` raises ends the waiting. Raises FullError when the queue is full.
        """
        mine = object()
        with self._changed:
            if len(self._waiting) >= self._longest:
                raise FullError
            self._waiting.append(mine)
        try:
            self._wait(mine, on_wait)
        finally:
            with self._changed:
                self._waiting.remove(mine)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _wait(self, mine: object, on_wait: Callable[[], None]) -> None:
        while True:
            with self._changed:
                if self._changed.wait_for(
                    lambda: self._free > 0 and self._waiting[0] is mine, timeout=TELL_EVERY_S
                ):
                    self._free -= 1
                    return
            on_wait()
