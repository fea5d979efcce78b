"""A finished sentence, taken apart: names, lists of names, numbers as words, and periods."""

import datetime as dt
import re
from collections.abc import Sequence

from tests.checker.figures import rows_of

NUMBERS = dict(
    zip(
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        range(11),
        strict=True,
    )
)
NAMES = sorted((row["area_name"] for row in rows_of("areas.csv")), key=len, reverse=True)
_NAME = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in NAMES))
CITY = "City of London"
_SEPARATOR = re.compile(r"(?:, and |, | and |; | as well as )")
_QUARTERS = {
    "April to June": ("Q1", 0),
    "July to September": ("Q2", 0),
    "October to December": ("Q3", 0),
    "January to March": ("Q4", 1),
}

# what no sentence may have, whatever it is of
FAULTS = {
    "two spaces": re.compile(r"  "),
    "a brace or an alternative that was not filled in": re.compile(r"[{}|]|\[[^\]]*\]"),
    "a word of the program": re.compile(
        r"\b(?:nan|None(?! lies)|NaN|NaT|inf|True|False|null|dtype|E09\d+|q[a-z]{2})\b"
    ),
    "an identifier": re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b"),
    "a singular with a plural": re.compile(
        r"(?<![\d.,])\b1 (?:boroughs|borders|places|authorities|children)\b"
    ),
    "a full stop too many": re.compile(r"\.\.|\. \.|[,;:]\."),
    "a space before a sign": re.compile(r" [,;.:)](?!\d)|\( "),
    "a bracket in a bracket": re.compile(r"\([^()]*\("),
    "markup of a page": re.compile(r"<[a-z/]|&[a-z]+;|`"),
    "the City of London without its article": re.compile(rf"(?<![Tt]he ){CITY}"),
    "a word twice": re.compile(r"\b([A-Za-z]+) \1\b"),
    "both, and more than two": re.compile(r"\bboth\b(?=[^;.]*\bas well as\b)"),
    "a hyphen for a minus": re.compile(r"(?<![\w\d])-\d"),
}


def faults(text: str) -> list[str]:
    """What is wrong with a sentence whatever it says."""
    plain = text.replace("**", "")
    found = [what for what, pattern in FAULTS.items() if pattern.search(plain)]
    if plain.count("(") != plain.count(")"):
        found.append("a bracket that is not closed")
    if text.count("**") % 2:
        found.append("bold that is not closed")
    if text != text.strip():
        found.append("a space at an end")
    return [f"{what}: {text}" for what in found]


def names(text: str) -> list[str]:
    """The names of places in a text, in their order."""
    return _NAME.findall(text)


def listed(text: str) -> list[str] | None:
    """A list that is nothing but names of places; None when it is anything else."""
    found = names(text)
    rest = _SEPARATOR.sub("", _NAME.sub("", text.removeprefix("both ").replace(f"the {CITY}", CITY)))
    return found if found and not rest and len(set(found)) == len(found) else None


def listing(parts: Sequence[str]) -> str:
    """Names of places as a list: a comma before the last "and" where a name has one inside."""
    *others, last = parts
    have_and = any(" and " in part for part in parts)
    before_last = " and " if not have_and else " as well as " if len(parts) == 2 else ", and "
    return f"{', '.join(others)}{before_last}{last}" if others else last


def count(text: str) -> int | None:
    """A number as a figure or as a word."""
    text = text.lower().replace(",", "")
    return NUMBERS.get(text, int(text) if text.isdigit() else None)


def number(text: str) -> float:
    """The number in a value: "£1,234", "−5", "40.3 percentage points"."""
    return float(re.sub(r"[^\d.−]", "", text.partition(" ")[0]).replace("−", "-"))


def day(iso: str) -> str:
    """An ISO date in words."""
    date = dt.date.fromisoformat(iso)
    return f"{date.day} {date.strftime('%B %Y')}"


def period_of(text: str, known: list[str], period_type: str) -> str | None:
    """Which of these periods a text means, however it writes it; None when it means none of them."""
    text = re.sub(r"^(?:In|On|in|on) (?:the )?", "", text)
    found = re.fullmatch(r"(.+ to \w+) (\d{4})(?: \(quarter (\d) of (\S+)\))?", text)
    if found and found[1] in _QUARTERS:
        quarter, later = _QUARTERS[found[1]]
        year = int(found[2]) - later
        label = f"{year}/{(year + 1) % 100:02} {quarter}"
        agrees = not found[3] or (f"Q{found[3]}" == quarter and label.startswith(found[4]))
        return label if label in known and agrees else None
    if found := re.fullmatch(r"(?:(\d{4}/\d\d), )?year ending March (\d{4})", text):
        label = f"{int(found[2]) - 1}/{int(found[2]) % 100:02}"
        return label if label in known and found[1] in (None, label) else None
    if period_type == "date":
        return next((iso for iso in known if text in (iso, day(iso))), None)
    plain = text.removeprefix("school year ").removeprefix("summer ").removeprefix("By the index of ")
    return plain if plain in known else None
