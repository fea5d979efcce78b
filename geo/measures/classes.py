"""Classes for a choropleth map."""

from collections.abc import Callable

import jenkspy
import numpy as np
import pandas as pd

MOST_CLASSES = 5
# below zero, and as many above it
MOST_EACH_WAY = 3


def quantile_breaks(values: np.ndarray, k: int) -> np.ndarray:
    """Upper bounds of k classes with about equally many values.

    Parameters
    ----------
    values : ndarray of shape (places,)
        At least one value, without NaN.
    k : int
        How many classes, at least 1.

    Returns
    -------
    ndarray of shape (k,)
        In the unit of the values, ascending; the last is the largest value. Bounds can be equal.
    """
    return np.quantile(values, np.arange(1, k + 1) / k, method="inverted_cdf")


def equal_breaks(values: np.ndarray, k: int) -> np.ndarray:
    """Upper bounds of k classes of equal width.

    Parameters
    ----------
    values : ndarray of shape (places,)
        At least one value, without NaN.
    k : int
        How many classes, at least 1.

    Returns
    -------
    ndarray of shape (k,)
        In the unit of the values, ascending; the last is the largest value.
    """
    return np.linspace(values.min(), values.max(), k + 1)[1:]


def natural_breaks(values: np.ndarray, k: int) -> np.ndarray:
    """Upper bounds of k classes that vary least within themselves (Fisher-Jenks).

    Parameters
    ----------
    values : ndarray of shape (places,)
        Without NaN, and with at least k different values.
    k : int
        How many classes, at least 1.

    Returns
    -------
    ndarray of shape (k,)
        In the unit of the values, ascending; the last is the largest value.
    """
    return np.array(jenkspy.jenks_breaks(values, n_classes=k)[1:])


METHODS: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "quantile": quantile_breaks,
    "equal": equal_breaks,
    "natural": natural_breaks,
}


def classify(values: pd.Series, method: str, small: pd.Series, most: int = MOST_CLASSES) -> pd.Series:
    """Class of each value, 0 for the lowest.

    Bounds are set by the areas that are not small: one authority with 239 children must not use up the scale
    of the others. A small area beyond the bounds falls in the end class. Classes into which nothing falls are
    closed up, so that the numbers run without gaps.

    Parameters
    ----------
    values : Series of float, shape (places,)
        A figure of each place, in any unit; NaN where there is none.
    method : str
        A key of METHODS: `quantile`, `equal` or `natural`.
    small : Series of bool, shape (places,)
        Whether an area has very few people; of the index of `values`.
    most : int
        How many classes there are at most.

    Returns
    -------
    Series of Int64, shape (places,)
        0 to at most `most` - 1, of the index of `values`; NA where there is no value.
    """
    setting = values[~small].dropna().to_numpy(dtype=float)
    if not len(setting):
        setting = values.dropna().to_numpy(dtype=float)
    classes = pd.Series(pd.NA, index=values.index, dtype="Int64")
    if not len(setting):
        return classes
    k = min(most, len(np.unique(setting)))
    upper_bounds = METHODS[method](setting, k) if k > 1 else setting[:1]
    known = values.notna()
    places = np.searchsorted(np.unique(upper_bounds)[:-1], values[known], side="left")
    classes[known] = np.unique(places, return_inverse=True)[1]
    return classes


def classify_about_zero(values: pd.Series, method: str, small: pd.Series) -> pd.Series:
    """Class of each value by how far it lies from zero, and on which side.

    The bounds are the same on both sides, so that a fall and a rise of one size are classed alike. What is
    exactly zero has a class of its own. See classify() for small areas.

    Parameters
    ----------
    values : Series of float, shape (places,)
        A figure of each place, in any unit; NaN where there is none.
    method : str
        A key of METHODS: `quantile`, `equal` or `natural`.
    small : Series of bool, shape (places,)
        Whether an area has very few people; of the index of `values`.

    Returns
    -------
    Series of Int64, shape (places,)
        0 at zero, 1 to at most MOST_EACH_WAY above it, -1 to at most -MOST_EACH_WAY below it, of the index of
        `values`; NA where there is no value.
    """
    sizes = classify(values.abs().where(values != 0), method, small, MOST_EACH_WAY) + 1
    return (sizes.where(values != 0, 0) * np.sign(values)).astype("Int64")
