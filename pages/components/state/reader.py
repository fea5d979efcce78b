"""The parts of a link against what there is: what each means, and in sentences what could not be followed."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress

from data_loaders.catalogue import nearest
from pages.components.text import grammar

# finds a known value by another name
Find = Callable[[str], str | None]
# the boroughs of the largest ICS
MOST_COMPARED = 13
# of a part of a link: the names of so many boroughs, and more
LONGEST_PART = 300


class Reader:
    """Reads the parts of a link, and keeps what to tell the user.

    By the name of a part, `nouns` has what it is, `called` what its values are called on a page, where that
    is another word, and `unchosen` what is shown where nothing is chosen, where that is no value.
    """

    def __init__(
        self,
        params: Mapping[str, str],
        nouns: Mapping[str, str],
        called: Mapping[str, Mapping[str, str]],
        unchosen: Mapping[str, str],
    ) -> None:
        self.nouns, self.called, self.unchosen = nouns, dict(called), unchosen
        self.params = {name: value[:LONGEST_PART] for name, value in params.items()}
        self.notes: list[str] = []

    def pick(self, name: str, known: list[str], default: str, also: Find | None = None) -> str:
        """The known value that is given, or the default and a note."""
        given = self.params.get(name, default)
        found = _match(given, known, also)
        return self._refuse(name, given, default, known) if found is None else found

    def pick_several(self, name: str, known: list[str], also: Find) -> list[str]:
        """The known values among those given with commas between them, each once; a note for the others."""
        given = [part.strip() for part in self.params.get(name, "").split(",") if part.strip()]
        matched = {part: _match(part, known, also) for part in given}
        found = list(dict.fromkeys(filter(None, matched.values())))
        unknown = ", ".join(part for part, value in matched.items() if value is None)
        said = [f"There is no {self.nouns[name]} {grammar.quoted(unknown)} to compare."] if unknown else []
        if len(found) > MOST_COMPARED:
            said.append(f"Only {MOST_COMPARED} boroughs are compared: the first {MOST_COMPARED} are shown.")
        self.notes += [" ".join(said)] if said else []
        return found[:MOST_COMPARED]

    def pick_number(self, name: str, known: list[str], default: str, largest: float) -> str:
        """A known value, or a number from 0 to the largest, as short as it can be written."""
        given = self.params.get(name, default)
        found = _match(given, known)
        if found is not None:
            return found
        with suppress(ValueError):
            if 0 <= float(given) <= largest:
                return f"{float(given):g}"
        return self._refuse(name, given, default, known)

    def pick_text(self, name: str, pattern: re.Pattern[str], default: str) -> str:
        """A text that is like the pattern: what exists of it, only the page knows that shows it."""
        given = self.params.get(name, default)
        if given == default or pattern.fullmatch(given):
            return given
        return self._refuse(name, given, default, [])

    def _refuse(self, name: str, given: str, default: str, known: list[str]) -> str:
        guess = nearest(given, filter(None, known))
        hint = f" Did you mean “{guess}”?" if guess else ""
        label = self.called.get(name, {}).get(default, default)
        shown = self.unchosen.get(name) or (f"“{label}”" if label else "none")
        self.notes.append(
            f"There is no {self.nouns[name]} {grammar.quoted(given)}: this shows {shown}.{hint}"
        )
        return default


def _match(given: str, known: list[str], also: Find | None = None) -> str | None:
    """The known value, whatever the case of its letters; `also` finds one by another name."""
    by_lower_case = {value.lower(): value for value in known}
    found = by_lower_case.get(given.lower())
    return also(given) if found is None and also else found
