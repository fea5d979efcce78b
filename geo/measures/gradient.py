"""How an indicator changes from the least to the most deprived places."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

DRAWS = 20_000
SEED = 20_220_702


class Estimate(NamedTuple):
    """A figure with its 95 % interval.

    Attributes
    ----------
    value : float
        The figure.
    lower, upper : float
        The ends of the interval, in the unit of the figure; NaN where chance has no part in it.
    """

    value: float
    lower: float
    upper: float


class Gradient(NamedTuple):
    """The two usual figures of inequality between the least and the most deprived.

    Attributes
    ----------
    slope : Estimate
        The slope index of inequality, in the unit of the values: most less least deprived.
    relative : Estimate or None
        The relative index of inequality, a ratio: most over least deprived. None where the value at the least
        deprived end may well be nothing, so that a ratio to it says nothing.
    """

    slope: Estimate
    relative: Estimate | None


def gradient(values: ArrayLike, weights: ArrayLike, deprivation: ArrayLike) -> Gradient:
    """The slope and the relative index of inequality, from the least to the most deprived.

    Parameters
    ----------
    values : array_like of shape (places,)
        A figure of each place, in any unit; at least three places.
    weights : array_like of shape (places,)
        The people of each place.
    deprivation : array_like of shape (places,)
        A score of each place, higher where people are more deprived; only its order counts.

    Returns
    -------
    Gradient
        The slope index in the unit of the values, and the relative index, a ratio.

    Notes
    -----
    Places are put in order of deprivation; each stands at the middle of its share of people (its ridit, 0
    the least and 1 the most deprived). A line is fitted by least squares, weighted by people. The slope
    index is the difference of its ends, the relative index their ratio. Intervals: Student's t for the
    slope; for the ratio the 2.5th and 97.5th percentiles of DRAWS lines drawn from the estimates' joint
    normal distribution, the same at every call. There is no ratio where the 2.5th percentile of the line's
    beginning is not above 0.

    References
    ----------
    Mackenbach and Kunst, Social Science & Medicine 1997, 44:757
    """
    y, w, d = (np.asarray(given, dtype=float) for given in (values, weights, deprivation))
    order = np.lexsort((y, w, d))
    y, w, d = y[order], w[order], d[order]
    design = np.column_stack([np.ones(len(y)), _ridits(w, d)])
    inverse = np.linalg.inv(design.T @ (design * w[:, None]))
    line = inverse @ (design.T @ (w * y))
    degrees = len(y) - 2
    covariance = inverse * float((w * (y - design @ line) ** 2).sum() / degrees)
    half = float(special.stdtrit(degrees, 0.975) * np.sqrt(covariance[1, 1]))
    drawn = np.random.default_rng(SEED).multivariate_normal(line, covariance, DRAWS, method="cholesky")
    slope = Estimate(float(line[1]), float(line[1]) - half, float(line[1]) + half)
    if np.percentile(drawn[:, 0], 2.5) <= 0:
        return Gradient(slope, None)
    lower, upper = np.percentile((drawn[:, 0] + drawn[:, 1]) / drawn[:, 0], [2.5, 97.5])
    return Gradient(slope, Estimate(float(line.sum() / line[0]), float(lower), float(upper)))


def _ridits(weights: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    """The middle of each place's share of people, in order; places that are equal share one middle."""
    share = weights / weights.sum()
    _, place = np.unique(ordered, return_inverse=True)
    of_value = np.bincount(place, share)
    return np.asarray((np.cumsum(of_value) - of_value / 2)[place])
