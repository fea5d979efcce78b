"""Places in an order, and how sure that order is."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

DRAWS = 10_000
SEED = 20_220_703


def rank(values: pd.Series, by: list[pd.Series]) -> pd.DataFrame:
    """Rank within the groups of `by`: columns `rank`, `tied` and `of`.

    The highest value has rank 1, and ties share the better place. Missing values have no rank, and are not
    counted in `of`.
    """
    grouped = values.groupby(by)
    places = grouped.rank(method="min", ascending=False)
    sharing = places.groupby([*by, places]).transform("size")
    return pd.DataFrame({"rank": places, "tied": sharing > 1, "of": grouped.transform("count")})


def rank_interval(counts: ArrayLike, eligible: ArrayLike) -> pd.DataFrame:
    """Between which ranks each place's proportion lies: `best` and `worst`, 1 the highest.

    Each proportion is drawn DRAWS times from what its counts leave open (Jeffreys: Beta(x + 1/2,
    n - x + 1/2)), the places are ranked in each draw, and the 2.5th and 97.5th percentiles of each place's
    ranks are taken (Goldstein and Spiegelhalter, JRSS A 1996, 159:385).
    """
    x, n = np.asarray(counts, dtype=float), np.asarray(eligible, dtype=float)
    chance = np.random.default_rng(SEED)
    # the same place gets the same draws wherever it stands
    order = np.lexsort((n, x))
    x, n = x[order], n[order]
    drawn = chance.beta(x + 0.5, n - x + 0.5, (DRAWS, len(x)))
    ranks = len(x) - drawn.argsort(axis=1).argsort(axis=1)
    bounds = np.percentile(ranks, [2.5, 97.5], axis=0, method="nearest")
    found = np.empty((len(x), 2), dtype=int)
    found[order] = bounds.T
    return pd.DataFrame(found, columns=["best", "worst"])
