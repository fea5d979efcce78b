"""What the words on the pages mean."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Term:
    """A word, what it is also called (empty for nothing), and what it means in whole sentences."""

    word: str
    meaning: str
    short: str = ""


@functools.cache
def terms() -> tuple[Term, ...]:
    """All words that are explained, in the order of the alphabet."""
    return tuple(Term(**entry) for entry in tomllib.loads(_FILE.read_text(encoding="utf-8"))["term"])
