"""Classes for a choropleth map."""

from collections.abc import Callable

import jenkspy
import numpy as np
import pandas as pd

MOST_CLASSES = 5


def quantile_breaks(values: np.ndarray, k: int) -> np.ndarray:
    """Upper bounds of k classes with about equally many values."""
    return np.quantile(values, np.arange(1, k + 1) / k, method="inverted_cdf")


def equal_breaks(values: np.ndarray, k: int) -> np.ndarray:
    """Upper bounds of k classes of equal width."""
    return np.linspace(values.min(), values.max(), k + 1)[1:]


def natural_breaks(values: np.ndarray, k: int) -> np.ndarray:
    """Upper bounds of k classes that vary least within themselves (Fisher-Jenks)."""
    return np.array(jenkspy.jenks_breaks(values, n_classes=k)[1:])


METHODS: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "quantile": quantile_breaks,
    "equal": equal_breaks,
    "natural": natural_breaks,
}


def classify(values: pd.Series, method: str, small: pd.Series) -> pd.Series:
    """Class of each value, 0 for the lowest, as nullable integers; missing values stay missing.

    Bounds are set by the areas that are not `small` (boolean): one authority with 239 children must not use
    up the scale of the others. A small area beyond the bounds falls in the end class. Classes into which
    nothing falls are closed up, so that the numbers run without gaps.
    """
    setting = values[~small].dropna().to_numpy(dtype=float)
    if not len(setting):
        setting = values.dropna().to_numpy(dtype=float)
    classes = pd.Series(pd.NA, index=values.index, dtype="Int64")
    if not len(setting):
        return classes
    k = min(MOST_CLASSES, len(np.unique(setting)))
    upper_bounds = METHODS[method](setting, k) if k > 1 else setting[:1]
    known = values.notna()
    places = np.searchsorted(np.unique(upper_bounds)[:-1], values[known], side="left")
    classes[known] = np.unique(places, return_inverse=True)[1]
    return classes
