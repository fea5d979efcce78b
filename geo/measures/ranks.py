"""Places in an order, and how sure that order is."""

import functools

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

DRAWS = 10_000
SEED = 20_220_703


def rank(values: pd.Series, by: list[pd.Series]) -> pd.DataFrame:
    """Rank of each value within its group.

    The highest value has rank 1, and ties share the better place. Missing values have no rank, and are not
    counted among those that have.

    Parameters
    ----------
    values : Series of float, shape (rows,)
        What is ranked, in any unit; NaN where there is nothing.
    by : list of Series, each of shape (rows,)
        The labels that make up the group of each row, of the index of `values`.

    Returns
    -------
    DataFrame
        Of the index of `values`. Columns: `rank`, from 1, NaN where there is no value; `tied`, whether
        another of the group has the same rank; `of`, how many of the group have one.
    """
    grouped = values.groupby(by)
    places = grouped.rank(method="min", ascending=False)
    sharing = places.groupby([*by, places]).transform("size")
    return pd.DataFrame({"rank": places, "tied": sharing > 1, "of": grouped.transform("count")})


def rank_interval(counts: ArrayLike, eligible: ArrayLike) -> pd.DataFrame:
    """Between which ranks each place's proportion lies, at 95 %.

    Parameters
    ----------
    counts : array_like of shape (places,)
        How many people of each place are counted.
    eligible : array_like of shape (places,)
        Out of how many.

    Returns
    -------
    DataFrame
        A row a place, in its order. Columns, whole numbers: `best` and `worst`, 1 for the highest proportion.

    Notes
    -----
    Each proportion is drawn DRAWS times from what its counts leave open (Jeffreys: Beta(x + 1/2,
    n - x + 1/2)), the places are ranked in each draw, and the 2.5th and 97.5th percentiles of each place's
    ranks are taken. The draws are the same at every call.

    References
    ----------
    Goldstein and Spiegelhalter, JRSS A 1996, 159:385
    """
    x, n = (tuple(np.asarray(each, dtype=float).tolist()) for each in (counts, eligible))
    return pd.DataFrame(_bounds(x, n), columns=["best", "worst"])


# kept, because many views show the same places, and the draws take a hundred times as long as all else
@functools.lru_cache(maxsize=2048)
def _bounds(counts: tuple[float, ...], eligible: tuple[float, ...]) -> np.ndarray:
    """The best and the worst rank of each place, shape (places, 2)."""
    x, n = np.array(counts), np.array(eligible)
    chance = np.random.default_rng(SEED)
    # draws are made in the order of the counts, so that the order of the rows changes nothing
    order = np.lexsort((n, x))
    x, n = x[order], n[order]
    drawn = chance.beta(x + 0.5, n - x + 0.5, (DRAWS, len(x)))
    ranks = np.empty(drawn.shape, dtype=int)
    np.put_along_axis(ranks, drawn.argsort(axis=1), np.arange(len(x), 0, -1)[None], axis=1)
    bounds = np.percentile(ranks, [2.5, 97.5], axis=0, method="nearest")
    found = np.empty((len(x), 2), dtype=int)
    found[order] = bounds.T
    return found
