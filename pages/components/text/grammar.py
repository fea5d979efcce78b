"""Names, lists and numbers as a sentence has them."""

import re
from collections.abc import Sequence

MOST_NAMES = 3
# as much of what a stranger wrote as a sentence can hold
LONGEST_QUOTE = 60
# the one authority whose name has an article in a sentence
_CITY = "City of London"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def say_number(number: int) -> str:
    """A small number as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def upper_first(text: str) -> str:
    """A text that has its first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A text that has its first letter as it is inside a sentence."""
    return text[:1].lower() + text[1:]


def inside(name: str) -> str:
    """A name as it stands inside a sentence: "the City of London"."""
    return f"the {name}" if name == _CITY else name


def beginning(name: str) -> str:
    """A name as a sentence begins with it: "The City of London"."""
    return f"The {name}" if name == _CITY else name


def join_names(names: Sequence[str]) -> str:
    """Names as a list in words; long lists become a number."""
    return f"{len(names)} boroughs" if len(names) > MOST_NAMES else list_names(names)


def list_names(names: Sequence[str]) -> str:
    """All the names, however many, so that "Barking and Dagenham" stays one."""
    names = [inside(name) for name in names]
    if len(names) == 2 and _have_and(names):
        return f"{names[0]} as well as {names[1]}"
    return join_all(names)


def join_all(parts: Sequence[str]) -> str:
    """All the parts as a list in words, with a comma before the last "and" where some part has one inside."""
    last = ", and " if _have_and(parts) else " and "
    return last.join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _have_and(parts: Sequence[str]) -> bool:
    return any(" and " in part for part in parts)


def fill_forms(text: str, number: float) -> str:
    """A text in which `[child|children]` stands in the form for this number."""
    form = 1 if number == 1 else 2
    return re.sub(r"\[([^|\]]*)\|([^\]]*)\]", lambda match: match[form], text)


def quoted(given: str) -> str:
    """What a stranger wrote, on one line and no longer than a sentence can hold."""
    return f"“{' '.join(given.split())[:LONGEST_QUOTE]}”"
