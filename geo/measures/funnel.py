"""Control limits: which places differ from London by more than chance, and by more than places usually do."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

# chances below the lower and above the upper limit: 95 % and 99.8 % of places lie between by chance
LIMITS = {"95": 0.025, "998": 0.001}
WINSORISED = 0.1


def limits(eligible: ArrayLike, overall: float) -> pd.DataFrame:
    """Exact binomial limits of a proportion, for each number of those eligible.

    Parameters
    ----------
    eligible : array_like of shape (places,)
        How many people are eligible in each place, above 0.
    overall : float
        The proportion of all places together, 0 to 1.

    Returns
    -------
    DataFrame
        A row for each number, in its order. Columns, proportions between 0 and 1: `lower_95`, `upper_95`,
        `lower_998`, `upper_998`, between which 95 % and 99.8 % of places lie by chance.

    Notes
    -----
    Quantiles of the binomial distribution, interpolated between whole counts, over n. Where even nobody is
    likelier than the chance that is left below, the lower limit is 0.

    References
    ----------
    Spiegelhalter, Statistics in Medicine 2005, 24:1185
    """
    n = np.asarray(eligible, dtype=float)
    columns = {}
    for name, tail in LIMITS.items():
        for side, chance in (("lower", tail), ("upper", 1 - tail)):
            count = special.bdtrik(chance, n, overall)
            columns[f"{side}_{name}"] = np.clip(np.nan_to_num(count, nan=0.0) / n, 0, 1)
    return pd.DataFrame(columns)


def wider_limits(eligible: ArrayLike, overall: float, factor: float) -> pd.DataFrame:
    """Limits that allow for the usual spread between places as well as for chance.

    Parameters
    ----------
    eligible : array_like of shape (places,)
        How many people are eligible in each place, above 0.
    overall : float
        The proportion of all places together, 0 to 1.
    factor : float
        By how much the places vary more than by chance, from 1: overdispersion().

    Returns
    -------
    DataFrame
        A row for each number, in its order. Columns, proportions between 0 and 1: `lower_95`, `upper_95`,
        `lower_998`, `upper_998`, as limits() gives them.

    Notes
    -----
    P ± z sqrt(factor P (1 - P) / n), with the overall proportion P and the normal quantile z.
    """
    n = np.asarray(eligible, dtype=float)
    error = np.sqrt(factor * overall * (1 - overall) / n)
    columns = {}
    for name, tail in LIMITS.items():
        reach = -special.ndtri(tail) * error
        columns[f"lower_{name}"] = np.clip(overall - reach, 0, 1)
        columns[f"upper_{name}"] = np.clip(overall + reach, 0, 1)
    return pd.DataFrame(columns)


def spread(rows: pd.DataFrame) -> tuple[float, float]:
    """The overall proportion of boroughs, and how much more they vary than by chance.

    Parameters
    ----------
    rows : DataFrame
        A row a borough, with the counts `numerator` and `denominator`, both known.

    Returns
    -------
    overall : float
        The sum of the numerators over that of the denominators, 0 to 1.
    factor : float
        Their overdispersion(), at least 1.
    """
    x, n = rows["numerator"], rows["denominator"]
    return float(x.sum() / n.sum()), overdispersion(x, n)


def outside(rows: pd.DataFrame, everywhere: pd.DataFrame) -> pd.DataFrame:
    """Which boroughs lie outside the 99.8 % limits of all.

    Parameters
    ----------
    rows : DataFrame
        The boroughs that are asked about, with the counts `numerator` and `denominator`, both known.
    everywhere : DataFrame
        The boroughs that set the limits, with the same columns.

    Returns
    -------
    DataFrame
        Of the index of `rows`. Columns, bool: `chance` is outside the exact limits(), `usual` outside
        wider_limits().
    """
    overall, factor = spread(everywhere)
    n = rows["denominator"]
    share = (rows["numerator"] / n).to_numpy()
    found = {}
    for name, drawn in (("chance", limits(n, overall)), ("usual", wider_limits(n, overall, factor))):
        found[name] = (share < drawn["lower_998"].to_numpy()) | (share > drawn["upper_998"].to_numpy())
    return pd.DataFrame(found, index=rows.index)


def overdispersion(counts: ArrayLike, eligible: ArrayLike) -> float:
    """How much more the proportions of places vary than by chance.

    Parameters
    ----------
    counts : array_like of shape (places,)
        How many people of each place are counted.
    eligible : array_like of shape (places,)
        Out of how many, above 0.

    Returns
    -------
    float
        The variance of the places over that of chance, never below 1; without a unit.

    Notes
    -----
    The mean square of z = (p - P) / sqrt(P (1 - P) / n), winsorised at its 10th and 90th percentiles, so
    that a few places far off do not widen the limits for themselves.

    References
    ----------
    Spiegelhalter 2005
    """
    x, n = np.asarray(counts, dtype=float), np.asarray(eligible, dtype=float)
    overall = x.sum() / n.sum()
    z = (x / n - overall) / np.sqrt(overall * (1 - overall) / n)
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    return float(max(1.0, (np.clip(z, low, high) ** 2).mean()))
