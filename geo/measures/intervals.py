"""Confidence intervals, and the comparison with a benchmark that follows from them."""

import numpy as np
import pandas as pd

from data_loaders.counts import Z_95


def wilson_95(numerator: pd.Series, denominator: pd.Series) -> pd.DataFrame:
    """Wilson score interval of a proportion, at 95 %.

    Parameters
    ----------
    numerator : Series of shape (places,)
        How many people are counted; NaN where that is not known.
    denominator : Series of shape (places,)
        Out of how many, of the index of `numerator`; NaN where that is not known.

    Returns
    -------
    DataFrame
        Of the same index. Columns, fractions of one: `lower` and `upper`; NaN where a count is missing or
        nobody is eligible.

    Notes
    -----
    (p + z² / 2n ± z sqrt(p (1 - p) / n + z² / 4n²)) / (1 + z² / n), with p = x / n and z = 1.96.

    References
    ----------
    Wilson EB (1927), Journal of the American Statistical Association 22, 209-212
    """
    x, n = numerator.astype(float), denominator.where(denominator > 0).astype(float)
    p = x / n
    centre = (p + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
    half = Z_95 / (1 + Z_95**2 / n) * np.sqrt(p * (1 - p) / n + Z_95**2 / (4 * n**2))
    return pd.DataFrame({"lower": (centre - half).clip(lower=0), "upper": (centre + half).clip(upper=1)})


def compare(lower: pd.Series, upper: pd.Series, benchmark: pd.Series, direction: pd.Series) -> pd.Series:
    """Whether figures are better or worse than a benchmark, or not to be told from it.

    A difference is called one only when the 95 % interval leaves the benchmark out, and better or worse only
    when the indicator has a direction; without an interval or a benchmark nothing is compared.

    Parameters
    ----------
    lower : Series of float, shape (places,)
        The lower end of each figure's interval, in the unit of the figure; NaN where there is none.
    upper : Series of float, shape (places,)
        The upper end, of the same index and unit.
    benchmark : Series of float, shape (places,)
        What each figure is held against, of the same index and unit; NaN where there is nothing.
    direction : Series of int, shape (places,)
        1 where more is better, -1 where less is, 0 where neither is, of the same index.

    Returns
    -------
    Series of str, shape (places,)
        `better`, `similar`, `worse` or `not_compared`, of the same index.
    """
    above, below = lower > benchmark, upper < benchmark
    known = lower.notna() & upper.notna() & benchmark.notna() & (direction != 0)
    good = (above & (direction > 0)) | (below & (direction < 0))
    verdict = np.select([~known, good, above | below], ["not_compared", "better", "worse"], default="similar")
    return pd.Series(verdict, index=lower.index)
