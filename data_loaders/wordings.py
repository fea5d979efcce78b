"""Texts that mean the same, however a publisher words them, and tables of words by which they are told.

A cell of such a table holds groups divided by ";", and in a group wordings divided by "/". A text fits when
it has one wording of every group. A wording may end in "*", for any ending of its last word, and may have "…"
between its words, for up to eight small ones: "by … 12 months" finds "by the time the child turned 12
months".
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_UNITS = "week|month|year|day"
_NUMBER = r"\d+(?:\.\d+)?"
_ONES = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: value for value, word in enumerate(_ONES, 1)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_IN_WORDS = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{'|'.join(_ONES[:9])}))?"
    rf"|(?P<small>{'|'.join(_ONES)}))\b"
)
# in this order: each works on what the one before has made of the text
_STEPS = (
    # normalising writes ¼ with a slash of its own
    (re.compile(r"\u2044"), "/"),
    (re.compile(r"[\u2010-\u2015\u2212]"), "-"),
    (re.compile(r"(?<=\d)\u00b7(?=\d)"), "."),
    # "2 and a half", "2 1/2", "2-1/2"
    (re.compile(r"\b(\d+)[ -]*(?:and|&)[ -]*(?:(?:a|1)[ -]*)?half\b"), r"\1.5"),
    (re.compile(r"\b(\d+)[ -]*\b1/2(?!\d)"), r"\1.5"),
    # "2.5yrs", "asq3"
    (re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)"), " "),
    (re.compile(r"\b(\d+)\.0+\b"), r"\1"),
    (re.compile(r"\b(\d+\.\d*[1-9])0+\b"), r"\1"),
    (re.compile(r"\b(?:weeks?|wks?)\b"), "week"),
    (re.compile(r"\b(?:months?|mths?)\b"), "month"),
    (re.compile(r"\b(?:years?|yrs?)\b"), "year"),
    (re.compile(r"\bdays?\b"), "day"),
    (re.compile(r"\bper ?cent\b|%"), " % "),
    (re.compile(rf"\bbetween ({_NUMBER}) and (?={_NUMBER})"), r"\1 to "),
    # "6-8", "6 weeks to 8 weeks", "6/8"
    (re.compile(rf"\b({_NUMBER})(?:[ -]*(?:{_UNITS})\b)? *(?:-|/|\bto\b) *(?={_NUMBER}\b)"), r"\1 to "),
    # a line break, a bracket or a hyphen is a space; a point stays only within a number
    (re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.%]|_"), " "),
    (re.compile(r"\s+"), " "),
    (re.compile(r"\b24 to 30 month\b"), "2 to 2.5 year"),
)
_SMALL_WORDS = (
    "a|age|aged|all|are|at|babies|baby|been|child|children|day|first|had|has|have|he|her|his|in|infant|infants|is|"
    "of|old|point|reach|reached|she|that|the|their|they|time|turn|turned|was|were|when|who"
)
_GAP = rf"(?: (?:{_SMALL_WORDS})){{0,8}} "


@dataclass(frozen=True)
class Wording:
    """One wording of a table: as it was written there, and the pattern that finds it in a plain text."""

    written: str
    pattern: re.Pattern[str]


Group = tuple[Wording, ...]


def plain(text: str) -> str:
    """A text in small letters and digits, in which numbers, units, ranges and signs have one form each.

    "6–8-week", "six to eight weeks" and "6 weeks to 8 weeks" are "6 to 8 week"; "2½yrs", "2.5 years" and "two
    and a half years" are "2.5 year"; "per cent" is "%".
    """
    # first, because normalising makes 21/2 of 2½
    text = unicodedata.normalize("NFKC", text.replace("½", " 1/2")).casefold()
    text = _IN_WORDS.sub(_in_digits, re.sub(r"\s+", " ", text))
    for pattern, form in _STEPS:
        text = pattern.sub(form, text)
    return text.strip()


@lru_cache
def groups(cell: str) -> tuple[Group, ...]:
    """The groups of wordings of a cell; an empty cell has none."""
    return tuple(
        tuple(Wording(wording.strip(), _pattern(wording)) for wording in group.split("/"))
        for group in cell.split(";")
        if group.strip()
    )


def find(text: str, group: Group) -> str | None:
    """The first wording of a group that a plain text has, with its ending; None if there is none."""
    for wording in group:
        found = wording.pattern.search(text)
        if found:
            return found[0] if "*" in wording.written else wording.written
    return None


def has_all(text: str, cell: str) -> bool:
    """Whether a plain text has one wording of every group of a cell."""
    return all(find(text, group) for group in groups(cell))


def has_any(text: str, cell: str) -> str | None:
    """The first wording of any group of a cell that a plain text has; None if there is none."""
    return next((words for group in groups(cell) if (words := find(text, group))), None)


def _pattern(wording: str) -> re.Pattern[str]:
    parts = [part.strip() for part in wording.split("…")]
    written = (re.escape(plain(part)) + (r"\S*" if part.endswith("*") else "") for part in parts)
    return re.compile(rf"(?<!\S){_GAP.join(written)}(?!\S)")


def _in_digits(found: re.Match[str]) -> str:
    words = (found["tens"], found["ones"], found["small"])
    return str(sum(_VALUES[word] for word in words if word))
