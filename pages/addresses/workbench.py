"""Files are made a few at a time, in a thread, and those asked for last are kept."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable

from starlette.concurrency import run_in_threadpool

from pages.addresses.reply import RefusalError, Reply

FULL = "Many files are being made just now: please ask again in a minute."


class Shelf:
    """Replies by what they follow from, as many of those asked for last as fit into so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._bytes = most_bytes, 0
        self._kept: OrderedDict[Hashable, Reply] = OrderedDict()

    def get(self, key: Hashable) -> Reply | None:
        """What is kept under a key, which was asked for just now."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: Hashable, reply: Reply) -> None:
        """Keep a reply, and let go of those that nobody has asked for the longest."""
        self._kept[key] = reply
        self._bytes += len(reply.content)
        while self._bytes > self._most:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.content)


class Workbench:
    """So many places to make files at, and a queue before them that does not grow beyond its length."""

    def __init__(self, places: int, queue: int, most_bytes: int) -> None:
        self._places, self._longest, self._asked = asyncio.Semaphore(places), places + queue, 0
        self._at_once, self._shelf = places, Shelf(most_bytes)

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return max(0, self._asked - self._at_once)

    async def take(self, key: Hashable, make: Callable[[], Reply]) -> Reply:
        """What is kept under a key, else what is made now, once for all who ask for it meanwhile.

        Raises RefusalError when the queue is full, and what `make` raises.
        """
        if found := self._shelf.get(key):
            return found
        if self._asked >= self._longest:
            raise RefusalError(503, FULL)
        self._asked += 1
        try:
            async with self._places:
                found = self._shelf.get(key)
                if found is None:
                    found = await run_in_threadpool(make)
                    self._shelf.put(key, found)
                return found
        finally:
            self._asked -= 1
