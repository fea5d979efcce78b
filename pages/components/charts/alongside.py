"""What follows from an object that is kept for all visitors: made once, and kept for as long as it is."""

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Kept = TypeVar("Kept")
Made = TypeVar("Made")


def alongside(work: Callable[[Kept], Made]) -> Callable[[Kept], Made]:
    """Work that follows from one object alone, done once for each: nobody may change the object after that.

    Objects are told apart by what they are, not by what they hold: two that are equal are worked on twice.
    """
    made: dict[int, tuple[weakref.ref[Kept], Made]] = {}

    @wraps(work)
    def found(kept: Kept) -> Made:
        place = id(kept)
        if known := made.get(place):
            return known[1]
        # its place goes with it: another object may have the same one later
        made[place] = weakref.ref(kept, lambda _: made.pop(place)), work(kept)
        return made[place][1]

    return found
