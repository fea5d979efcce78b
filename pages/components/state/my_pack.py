"""What somebody has picked out for a pack: exhibits in an order, as a link and as a small file to keep."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from pages.exports.pictures import UNPRINTABLE

MOST, LONGEST = 20, 300
# sentences on what cannot be followed
MOST_PROBLEMS = 8
USUAL_TITLE = "My pack"
FIRST_LINE = "Beyond Boundaries London: a pack"
# the parts of a link
TITLE, SHOW = "title", "show"
# neither is escaped in an address, so that a link can be read
BETWEEN, BEFORE_HEADING = "~", "~~"
FULL = f"A pack holds {MOST} pieces at most: remove one first."
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# what of a piece says what was seen of its figures
SEEN, _SEEN = "seen", re.compile(r"(newest|earlier)-[0-9a-f]{8}")


class Item(NamedTuple):
    """An exhibit by its key and the parts of the link of its view; `heading` takes the place of its title.

    `seen` says whether it showed the newest figures when it was picked out, and which (exhibits.stamps); it
    is empty in packs from before this was noted.
    """

    key: str
    params: tuple[tuple[str, str], ...]
    heading: str = ""
    seen: str = ""

    def unheaded(self) -> "Item":
        """The same with its exhibit's own title."""
        return self._replace(heading="")

    def write(self) -> str:
        """key~name~value~name~value~~heading."""
        seen = ((SEEN, self.seen),) if self.seen else ()
        parts = BETWEEN.join([self.key, *(part for pair in (*self.params, *seen) for part in pair)])
        return f"{parts}{BEFORE_HEADING}{self.heading}" if self.heading else parts

    @classmethod
    def read(cls, text: str, kinds: Mapping[str, object]) -> Self:
        """The item that was written so. Raises ValueError with a sentence when it is none of these kinds."""
        place, _, heading = text.strip().partition(BEFORE_HEADING)
        key, *parts = place.split(BETWEEN)
        if not _KEY.fullmatch(key) or key not in kinds:
            raise ValueError(f"there is no piece “{key[:40]}”.")
        if len(parts) % 2 or not all(parts):
            raise ValueError("its view is not complete: a name or a value is missing.")
        pairs = list(zip(parts[::2], parts[1::2], strict=True))
        seen = dict(pairs).get(SEEN, "")
        params = tuple(pair for pair in pairs if pair[0] != SEEN)
        return cls(key, params, tidy(heading), seen if _SEEN.fullmatch(seen) else "")


@dataclass(frozen=True)
class MyPack:
    """A pack in the making."""

    title: str = USUAL_TITLE
    items: tuple[Item, ...] = ()

    def holds(self, item: Item) -> bool:
        """Whether this exhibit of this view is in it, whatever its heading."""
        return any(own[:2] == item[:2] for own in self.items)

    def toggled(self, item: Item) -> "MyPack":
        """With the exhibit at the end, or without it where it was in."""
        if self.holds(item):
            return replace(self, items=tuple(own for own in self.items if own[:2] != item[:2]))
        return replace(self, items=(*self.items, item)[:MOST])

    def moved(self, place: int, by: int) -> "MyPack":
        """With the exhibit at a place moved up (-1) or down (1); the same at either end."""
        other = place + by
        if not 0 <= other < len(self.items):
            return self
        items = list(self.items)
        items[place], items[other] = items[other], items[place]
        return replace(self, items=tuple(items))

    def without(self, place: int) -> "MyPack":
        """Without the exhibit at a place."""
        return replace(self, items=self.items[:place] + self.items[place + 1 :])

    def headed(self, place: int, heading: str) -> "MyPack":
        """With another heading for the exhibit at a place; empty for its own title."""
        items = list(self.items)
        items[place] = items[place]._replace(heading=tidy(heading))
        return replace(self, items=tuple(items))

    def titled(self, title: str) -> "MyPack":
        """With another title; the usual one in place of none."""
        return replace(self, title=tidy(title) or USUAL_TITLE)

    def to_params(self) -> dict[str, str | list[str]]:
        """The query of the link: nothing for an empty pack."""
        if not self.items:
            return {}
        return {TITLE: self.title, SHOW: [item.write() for item in self.items]}

    def to_text(self) -> str:
        """A line for the title and one for each exhibit, to keep and to open again."""
        lines = [FIRST_LINE, f"title: {self.title}", *(f"piece: {item.write()}" for item in self.items)]
        return "\n".join(lines) + "\n"


def from_params(title: str, exhibits: Sequence[str], kinds: Mapping[str, object]) -> tuple[MyPack, list[str]]:
    """What a link has picked out, and a sentence for each exhibit that cannot be followed."""
    numbered = [(f"Piece {number}", text) for number, text in enumerate(exhibits, start=1)]
    pack, problems = _read(title, numbered, kinds)
    return pack, _first(problems)


def from_text(text: str, kinds: Mapping[str, object]) -> tuple[MyPack, list[str]]:
    """What a file has picked out, and a sentence for each line that cannot be followed.

    Raises ValueError with a sentence when it is no such file at all.
    """
    first, *lines = text.removeprefix("\ufeff").splitlines() or [""]
    if first.strip() != FIRST_LINE:
        raise ValueError(f"This is no saved pack: its first line should be “{FIRST_LINE}”.")
    title, exhibits, problems = "", [], []
    for number, line in enumerate(lines, start=2):
        name, _, value = line.partition(":")
        if name.strip() == "piece":
            exhibits.append((f"Line {number}", value))
        elif name.strip() == "title":
            title = value
        elif line.strip():
            problems.append(f"Line {number} begins with neither “title:” nor “piece:”.")
    pack, others = _read(title, exhibits, kinds)
    return pack, _first(others + problems)


def _first(problems: list[str]) -> list[str]:
    """The first problems, and that there may be more."""
    more = ["The rest may have more such problems: it was not looked at."]
    return problems if len(problems) < MOST_PROBLEMS else problems[:MOST_PROBLEMS] + more


def _read(
    title: str, numbered: Sequence[tuple[str, str]], kinds: Mapping[str, object]
) -> tuple[MyPack, list[str]]:
    pack = MyPack().titled(title)
    problems: list[str] = []
    for name, text in numbered:
        if len(problems) == MOST_PROBLEMS:
            break
        try:
            item = Item.read(text, kinds)
        except ValueError as problem:
            problems.append(f"{name}: {problem}")
            continue
        if len(pack.items) == MOST:
            problems.append(f"{name} and those after it are left out: a pack holds {MOST} pieces at most.")
            break
        if not pack.holds(item):
            pack = pack.toggled(item)
    return pack, problems


def tidy(text: str) -> str:
    """A title or a heading on one line, no longer than can be set."""
    return " ".join(UNPRINTABLE.sub("", text).split())[:LONGEST]
