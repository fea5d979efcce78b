"""The whole counts behind a published percentage and its 95 % limits, and what all places have together.

A publisher that prints a percentage with its Wilson limits to four decimals has printed its two counts: no
others give the same three numbers. They are worked with to say what several places have together, and never
shown as published counts.
"""

from collections.abc import Iterable
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

# the note on whatever is made of such counts
WORKED_OUT = "worked out here from the boroughs' published percentages and 95% limits"
Z_95 = NormalDist().inv_cdf(0.975)
MOST_CHILDREN = 50_000  # many times as many as any borough has of one year of age


class Published(NamedTuple):
    """A percentage with its lower and upper 95 % limit, as they are printed."""

    value: float
    lower: float
    upper: float


class Counts(NamedTuple):
    """So many children with an outcome, of so many."""

    with_it: int
    of: int

    def columns(self) -> dict[str, int]:
        """As a row of counts has them."""
        return {"numerator": self.with_it, "denominator": self.of}


def possible_counts(published: Published, decimals: int = 4) -> list[Counts]:
    """All whole counts whose percentage and Wilson limits are printed so, with as many decimals.

    Wilson EB (1927), Journal of the American Statistical Association 22, 209-212.
    """
    # half a step of the last decimal, and a little for floating-point error
    step = 0.5 * 10.0**-decimals + 1e-9
    of = np.arange(1, MOST_CHILDREN + 1)
    nearest = np.rint(published.value / 100 * of)
    reach = int(step / 100 * MOST_CHILDREN) + 1
    found = []
    for offset in range(-reach, reach + 1):
        with_it = nearest + offset
        fits = _prints(np.clip(with_it, 0, of), of, published, step) & (with_it >= 0) & (with_it <= of)
        found += [Counts(int(x), int(n)) for x, n in zip(with_it[fits], of[fits], strict=True)]
    return found


def _prints(with_it: np.ndarray, of: np.ndarray, published: Published, step: float) -> np.ndarray:
    """Whether these counts give the percentage and its limits to within half a step."""
    share = with_it / of
    middle = (share + Z_95**2 / (2 * of)) / (1 + Z_95**2 / of)
    half = Z_95 / (1 + Z_95**2 / of) * np.sqrt(share * (1 - share) / of + Z_95**2 / (4 * of**2))
    worked_out = zip((share, middle - half, middle + half), published, strict=True)
    return np.all([abs(100 * number - printed) <= step for number, printed in worked_out], axis=0)


def together(places: Iterable[Published], decimals: int = 4) -> float | None:
    """The percentage of all places together, in as many decimals as theirs.

    None when the percentages and limits do not tell it: a place has no counts that give them, or several that
    would make another percentage of the whole.
    """
    found = [possible_counts(place, decimals) for place in places]
    if not all(found):
        return None
    ends = {round(_extreme(found, sign), decimals) for sign in (-1, 1)}
    return ends.pop() if len(ends) == 1 else None


def _extreme(choices: list[list[Counts]], sign: int) -> float:
    """The smallest (-1) or largest (1) percentage of the whole that one choice in each place can give.

    A ratio of sums is at its extreme where no choice moves it further from itself (Dinkelbach, Management
    Science 1967, 13:492).
    """
    ratio = 0.5
    while True:
        chosen = [max(counts, key=lambda c: sign * (c.with_it - ratio * c.of)) for counts in choices]
        better = sum(c.with_it for c in chosen) / sum(c.of for c in chosen)
        if abs(better - ratio) < 1e-12:
            return 100 * better
        ratio = better
