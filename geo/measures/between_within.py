"""How much of the difference between boroughs lies between ICSs, and how much within them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

PERMUTATIONS = 9_999
SEED = 20_220_701


class Split(NamedTuple):
    """A measure of difference as a whole, and the share of it that lies between groups.

    Attributes
    ----------
    total : float
        The measure over all places, 0 where all are alike; without a unit.
    between : float
        The share of `total` that lies between the groups, 0 to 1.
    """

    total: float
    between: float


class Chance(NamedTuple):
    """How much groups differ, and how often groups drawn at random differ at least as much.

    Attributes
    ----------
    eta_squared : float
        The share of the weighted variance that lies between the groups (η²), 0 to 1.
    p : float
        The share of random regroupings that give at least as much, above 0 and at most 1.
    """

    eta_squared: float
    p: float


def theil(values: ArrayLike, weights: ArrayLike, groups: ArrayLike) -> Split:
    """Theil's T, weighted by people, split between and within groups without remainder.

    Parameters
    ----------
    values : array_like of shape (places,)
        A figure of each place, in any unit: only the ratio to the mean counts. Not negative, and not all 0;
        a single 0 adds nothing.
    weights : array_like of shape (places,)
        The people of each place.
    groups : array_like of shape (places,)
        The label of each place's group.

    Returns
    -------
    Split
        T, and the share of it between the groups; where T is 0 there is nothing to share, and that is 0.

    Notes
    -----
    T = sum(w (y / m) ln(y / m)) with weights w that add up to one and the weighted mean m; the part between
    is the same sum over the groups' weights and means.

    References
    ----------
    Theil 1967; Cowell, Measuring Inequality
    """
    y, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    share = w / w.sum()
    mean = (share * y).sum()
    _, place = np.unique(np.asarray(groups), return_inverse=True)
    people = np.bincount(place, share)
    of_group = np.bincount(place, share * y) / people
    total, between = _theil(share, y / mean), _theil(people, of_group / mean)
    return Split(total, between / total if total > 0 else 0.0)


def regrouped(values: ArrayLike, weights: ArrayLike, groups: ArrayLike) -> Chance:
    """Whether groups differ by more than groups of the same sizes drawn at random.

    Parameters
    ----------
    values : array_like of shape (places,)
        A figure of each place, in any unit.
    weights : array_like of shape (places,)
        The people of each place.
    groups : array_like of shape (places,)
        The label of each place's group.

    Returns
    -------
    Chance
        η² of the groups, and its p among PERMUTATIONS random regroupings.

    Notes
    -----
    η² is the weighted sum of squares between groups over the whole; p is (1 + those at least as large) /
    (1 + PERMUTATIONS). A regrouping moves a place with its value and its weight. The regroupings are the same
    at every call, and the places are put in order first, so that the order of the rows does not matter.
    """
    y, w, labels = np.asarray(values, dtype=float), np.asarray(weights, dtype=float), np.asarray(groups)
    order = np.lexsort((w, y, labels))
    y, w = y[order], w[order]
    _, place = np.unique(labels[order], return_inverse=True)
    chance = np.random.default_rng(SEED)
    shuffled = chance.permuted(np.tile(np.arange(len(y)), (PERMUTATIONS, 1)), axis=1)
    drawn = np.vstack([np.arange(len(y)), shuffled])
    found = _eta_squared(y[drawn], w[drawn], np.eye(place.max() + 1)[place])
    at_least = (found[1:] >= found[0] - 1e-12).sum()
    return Chance(float(found[0]), float((1 + at_least) / (1 + PERMUTATIONS)))


def _theil(share: np.ndarray, ratio: np.ndarray) -> float:
    positive = ratio > 0
    return float((share[positive] * ratio[positive] * np.log(ratio[positive])).sum())


def _eta_squared(y: np.ndarray, w: np.ndarray, member: np.ndarray) -> np.ndarray:
    """η² of each row of y and w (draws by places), for a membership matrix (places by groups)."""
    mean = (w * y).sum(axis=1, keepdims=True) / w.sum(axis=1, keepdims=True)
    people = w @ member
    between = (people * ((w * y) @ member / people - mean) ** 2).sum(axis=1)
    whole = (w * (y - mean) ** 2).sum(axis=1)
    return np.divide(between, whole, out=np.zeros_like(whole), where=whole > 0)
