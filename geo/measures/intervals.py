"""Confidence intervals, and the comparison with a benchmark that follows from them."""

from statistics import NormalDist

import numpy as np
import pandas as pd

Z_95 = NormalDist().inv_cdf(0.975)


def wilson_95(numerator: pd.Series, denominator: pd.Series) -> pd.DataFrame:
    """Wilson score interval of a proportion: columns `lower` and `upper`, as fractions of one.

    Wilson EB (1927), Journal of the American Statistical Association 22, 209-212. NaN where a count is
    missing or nobody is eligible.
    """
    x, n = numerator.astype(float), denominator.where(denominator > 0).astype(float)
    p = x / n
    centre = (p + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
    half = Z_95 / (1 + Z_95**2 / n) * np.sqrt(p * (1 - p) / n + Z_95**2 / (4 * n**2))
    return pd.DataFrame({"lower": (centre - half).clip(lower=0), "upper": (centre + half).clip(upper=1)})


def compare(lower: pd.Series, upper: pd.Series, benchmark: pd.Series, polarity: pd.Series) -> pd.Series:
    """`better`, `similar` or `worse` than the benchmark, or `not_compared`; all four of the same index.

    A difference is called one only when the 95 % interval leaves the benchmark out, and better or worse only
    when the indicator has a direction; without an interval or a benchmark nothing is compared.
    """
    above, below = lower > benchmark, upper < benchmark
    higher, lower_is_better = polarity == "higher_is_better", polarity == "lower_is_better"
    known = lower.notna() & upper.notna() & benchmark.notna() & (higher | lower_is_better)
    good = (above & higher) | (below & lower_is_better)
    verdict = np.select([~known, good, above | below], ["not_compared", "better", "worse"], default="similar")
    return pd.Series(verdict, index=lower.index)
