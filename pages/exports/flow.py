"""Which page of a paper things stand on, so that none ends half empty.

What is measured is in centimetres, and a little more than a program will make of it: what is thought to fit
does.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from pages.exports.lines import Measure, in_any_font, wrapped
from pages.exports.pictures import CM_PER_INCH

CM_PER_POINT = CM_PER_INCH / 72
# of a page: less may stay empty at its end, and more should never
SPARE, HALF = 0.2, 0.4

T = TypeVar("T")


class Letters(NamedTuple):
    """How a paragraph is set, in points: letters, lines, what is around it; its indent in cm."""

    size: float
    line: float
    around: float
    indent: float = 0
    is_bold: bool = False

    def lines(self, text: str, room: float, measure: Measure = in_any_font) -> int:
        """How many lines a text takes in a width in centimetres."""
        wide = (room - self.indent) / CM_PER_POINT / self.size
        return len(wrapped(text, wide, lambda words: measure(words, self.is_bold)))

    def high(self, text: str, room: float, measure: Measure = in_any_font) -> float:
        """How high a text is in a width, both in centimetres; 0 without one."""
        count = self.lines(text, room, measure)
        return (count * self.line + self.around) * CM_PER_POINT if count else 0.0


class Extent(NamedTuple):
    """How high something is: what of it stands on one page, and what may go on over the next ones.

    A picture in what stands together may be lower by `gives` and higher by `takes`.
    """

    together: float
    more: float = 0
    gives: float = 0
    takes: float = 0

    @property
    def whole(self) -> float:
        """All of it."""
        return self.together + self.more


@dataclass
class Turn(Generic[T]):
    """What comes next in a paper, and by how much its picture is higher than usual, or lower."""

    what: T
    change: float = 0


def in_turn(
    things: Sequence[T],
    extent_of: Callable[[T], Extent],
    may_come_first: Callable[[T], bool],
    left: float,
    page: float,
) -> list[Turn[T]]:
    """Things in their order on pages of a height, the first of which has so much `left`.

    One that finds no room is drawn lower as far as it gives, or leaves the room to the first behind it that
    may come first; else the last picture of the page takes what is left.
    """
    waiting = list(things)
    turns: list[Turn[T]] = []
    on_page: list[tuple[Turn[T], Extent]] = []
    while waiting:
        extent = extent_of(next_ := waiting[0])
        has_no_room = extent.together - extent.gives > left
        if has_no_room and left > SPARE * page and not may_come_first(next_):
            fillers = [each for each in waiting[1:] if may_come_first(each)]
            fillers = [each for each in fillers if extent_of(each).together <= left]
            # what is longer than a page parts much, and is better only than a page that is half empty
            longest = page if left < HALF * page else math.inf
            next_ = next((each for each in fillers if extent_of(each).whole <= longest), next_)
            extent = extent_of(next_)
        if extent.together - extent.gives > left:
            _grow(on_page, left)
            on_page, left = [], page
        waiting.remove(next_)
        turn = Turn(next_, max(min(left - extent.together, 0), -extent.gives))
        turns.append(turn)
        on_page.append((turn, extent))
        left -= extent.whole + turn.change
        while left < 0:
            # what went on over the edge of the page is all that stands on the next
            on_page, left = [], left + page
    return turns


def _grow(on_page: Sequence[tuple[Turn[T], Extent]], left: float) -> None:
    """Give what is left of a page to its pictures, the last first."""
    for turn, extent in reversed(on_page):
        more = min(left, extent.takes)
        turn.change += more
        left -= more
