"""How far apart places are, and how much of that is more than chance.

All functions are pure, take arrays of one element a place, and do not depend on their order. A rate is a
count over those eligible: a proportion when nobody can be counted twice, else a rate per child.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special


class Excess(NamedTuple):
    """Spread beyond chance.

    Attributes
    ----------
    q : float
        Cochran's Q, without a unit.
    degrees : int
        Its degrees of freedom: the places less one.
    share : float
        The share of the spread that chance does not account for (I²), 0 to 1.
    p : float
        The probability of a Q at least as large by chance alone, 0 to 1.
    """

    q: float
    degrees: int
    share: float
    p: float


def weighted_cv(counts: ArrayLike, eligible: ArrayLike) -> float:
    """The coefficient of variation of rates, each place weighted by those eligible there.

    A place with many children counts for more, so that a handful of them does not make the lottery look
    large.

    Parameters
    ----------
    counts : array_like of shape (places,)
        How many are counted in each place, not all 0.
    eligible : array_like of shape (places,)
        Out of how many, above 0.

    Returns
    -------
    float
        A share of the overall rate, from 0; not in per cent.

    Notes
    -----
    The root of sum(w (p - P)^2) over P, with w = n / sum(n), p = x / n and P = sum(x) / sum(n).
    """
    x, n = _arrays(counts, eligible)
    overall = x.sum() / n.sum()
    return float(np.sqrt(np.average((x / n - overall) ** 2, weights=n)) / overall)


def beyond_chance(counts: ArrayLike, eligible: ArrayLike, proportion: bool) -> Excess:
    """How much of the spread is more than chance would give if every place had the same rate.

    Parameters
    ----------
    counts : array_like of shape (places,)
        How many are counted in each place, not all 0.
    eligible : array_like of shape (places,)
        Out of how many, above 0.
    proportion : bool
        Whether nobody can be counted twice, so that a rate is a proportion.

    Returns
    -------
    Excess
        Q, its degrees of freedom, I² and the probability of a Q at least as large.

    Notes
    -----
    Q = sum((O - E)^2 / V) with E = n P and the variance V = E (1 - P) of a proportion or V = E of a count;
    I^2 = (Q - df) / Q, never below 0. The probability is from the chi-square distribution.

    References
    ----------
    Higgins and Thompson, Statistics in Medicine 2002, 21:1539
    """
    x, n = _arrays(counts, eligible)
    overall = x.sum() / n.sum()
    expected = n * overall
    variance = expected * (1 - overall) if proportion else expected
    q = float(((x - expected) ** 2 / variance).sum())
    degrees = len(x) - 1
    return Excess(
        q, degrees, max(0.0, (q - degrees) / q) if q > 0 else 0.0, float(special.chdtrc(degrees, q))
    )


def systematic_variation(counts: ArrayLike, eligible: ArrayLike) -> float:
    """The systematic component of variation of a rate.

    It is what is left of the spread after that which counts of this size have by chance.

    Parameters
    ----------
    counts : array_like of shape (places,)
        How many are counted in each place, not all 0.
    eligible : array_like of shape (places,)
        Out of how many, above 0.

    Returns
    -------
    float
        In per cent, never below 0.

    Notes
    -----
    100 (sum((O - E)^2 / E^2) - sum(1 / E)) / k, of k places with the counts O and E = n P expected of them.

    References
    ----------
    McPherson and others, New England Journal of Medicine 1982, 307:1310
    """
    x, n = _arrays(counts, eligible)
    expected = n * x.sum() / n.sum()
    return float(max(0.0, 100 * (((x - expected) / expected) ** 2 - 1 / expected).mean()))


def gini(values: ArrayLike, weights: ArrayLike) -> float:
    """The Gini coefficient: half the mean difference of two people drawn at random, over the mean.

    Parameters
    ----------
    values : array_like of shape (places,)
        A figure of each place, in any unit; not negative, and not all 0.
    weights : array_like of shape (places,)
        The people of each place.

    Returns
    -------
    float
        0, where all have the same, to 1.

    Notes
    -----
    Sum over all pairs of w_i w_j |y_i - y_j| / (2 mean), with weights that add up to one; worked out from the
    Lorenz curve, in order of the values.
    """
    y, w = _arrays(values, weights)
    order = np.argsort(y, kind="stable")
    y, share = y[order], w[order] / w.sum()
    middle = np.cumsum(share) - share / 2
    return float(2 * (share * y * middle).sum() / (share * y).sum() - 1)


def _arrays(*given: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    return tuple(np.asarray(values, dtype=float) for values in given)
