"""Names of boroughs as people write them."""

import re
import unicodedata
from collections.abc import Mapping

from data_loaders.catalogue import nearest

_TITLES = re.compile(
    r"\b(the|london borough of|royal borough of|royal london borough of|lb of|rb of|lb|rb|council|"
    r"borough council|city council)\b"
)
# letters of a name that are looked at to guess what it means
LONGEST = 100


class Spellings:
    """Finds a borough's code by any usual spelling of its name.

    `names` are the codes by the full names, `others` by further spellings; both can be read.
    """

    def __init__(self, names: Mapping[str, str], others: Mapping[str, str]) -> None:
        self.names, self.others = dict(names), dict(others)
        self._codes = {_plain(spelling): code for spelling, code in {**others, **names}.items()}

    def find(self, written: str) -> str | None:
        """The code of a name, or None when it is not known for certain."""
        return self._codes.get(_plain(written)) or self._codes.get(_without_titles(written))

    def guess(self, written: str) -> str | None:
        """The full name that an unknown one is most like, to be asked about and never to be taken."""
        return nearest(_without_titles(written[:LONGEST]), self.names, likeness=0.7)


def _without_titles(written: str) -> str:
    return " ".join(_TITLES.sub(" ", _plain(written)).split())


def _plain(written: str) -> str:
    """Words in small letters, without "and" and the signs for it.

    Digits and letters of other alphabets stay: what has them is no borough's name, however alike it looks.
    """
    text = unicodedata.normalize("NFKC", written).casefold()
    return " ".join(word for word in re.sub(r"[\W_]+", " ", text).split() if word != "and")
