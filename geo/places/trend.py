"""Whether a place's figures go up or down by more than chance over the last five periods."""

import functools

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from data_loaders.periods import main_kind
from geo.tables.london import LONDON, London
from geo.tables.time_series import unlike_in_london
from geo.tables.timeline import same_basis

POINTS = 5
# chi-square with one degree of freedom is larger than this by chance in 2 of 1,000 cases
CRITICAL = 9.5495


def five_point(counts: ArrayLike, eligible: ArrayLike, times: ArrayLike) -> pd.DataFrame:
    """The chi-square test for a linear trend in the proportions of places.

    Parameters
    ----------
    counts : array_like of shape (places, periods)
        How many people are counted in each place and period; NaN where that is not known.
    eligible : array_like of shape (places, periods)
        Out of how many.
    times : array_like of shape (periods,)
        When the periods are, in any unit.

    Returns
    -------
    DataFrame
        A row a place, of the index of `counts` if that is a DataFrame. Columns: `chi_square`, without a
        unit, and `direction`, 1 upwards, -1 downwards, 0 without a trend. NaN where a count is missing.

    Notes
    -----
    With the overall proportion P of a place, and times t about their mean, chi-square = (sum t (x - n P))^2
    / (P (1 - P) (sum n t^2 - (sum n t)^2 / sum n)). There is a direction when chi-square exceeds CRITICAL
    and the sign stays the same whichever period is left out, as OHID's recent trends ask.

    References
    ----------
    Armitage, Biometrics 1955, 11:375
    """
    x, n = np.asarray(counts, dtype=float), np.asarray(eligible, dtype=float)
    t = np.asarray(times, dtype=float)
    t = t - t.mean()
    rate = x.sum(axis=1) / n.sum(axis=1)
    variance = rate * (1 - rate) * ((n * t**2).sum(axis=1) - (n * t).sum(axis=1) ** 2 / n.sum(axis=1))
    score = _score(x, n, t)
    square = np.divide(score**2, variance, out=np.where(np.isnan(score), np.nan, 0.0), where=variance > 0)
    without = [_score(*(np.delete(given, point, axis=-1) for given in (x, n, t))) for point in range(len(t))]
    stable = np.all([np.sign(score) == np.sign(part) for part in without], axis=0)
    direction = np.where((square > CRITICAL) & stable, np.sign(score), 0.0)
    return pd.DataFrame(
        {"chi_square": square, "direction": np.where(np.isnan(square), np.nan, direction)},
        index=counts.index if isinstance(counts, pd.DataFrame) else None,
    )


@functools.lru_cache(maxsize=500)
def trends(london: London, indicator_id: str) -> pd.DataFrame:
    """The five-point test of each area that has counts in each of the last five periods.

    Periods are of one kind and on one basis, and London is in it only where its value is of the same
    authorities each time.

    Parameters
    ----------
    london : London
        All figures and places.
    indicator_id : str
        Which indicator of the catalogue.

    Returns
    -------
    DataFrame
        A row an area, by area_code. Columns: `chi_square` and `direction` (five_point), `since` and
        `until`, the labels of the first and the last period. Empty for anything but a proportion (how many
        centres there are, or how much is spent, is decided, not drawn by chance), and where there are fewer
        periods.
    """
    indicator = london.catalogue.indicators[indicator_id]
    newest, *earlier = main_kind(london.periods[indicator_id])
    periods = same_basis(london, indicator_id, newest, [newest, *earlier])[:POINTS][::-1]
    has_chance = indicator.has_chance and indicator.is_proportion
    if len(periods) < POINTS or not has_chance:
        return pd.DataFrame(columns=["chi_square", "direction", "since", "until"])
    table = london.figures_of(indicator_id)
    rows = table[table["period"].isin(periods)]
    counted = rows[rows["numerator"].notna() & (rows["denominator"] > 0)]
    x, n = (
        counted.pivot(index="area_code", columns="period", values=name).reindex(columns=periods).dropna()
        for name in ("numerator", "denominator")
    )
    if unlike_in_london(london, indicator_id, periods):
        x, n = (counts.drop(index=LONDON, errors="ignore") for counts in (x, n))
    ends = rows.drop_duplicates("period").set_index("period").loc[periods, "period_end"]
    found = five_point(x, n, (ends - ends.iloc[0]).dt.days / 365.25)
    return found.assign(since=periods[0], until=periods[-1])


def _score(x: np.ndarray, n: np.ndarray, t: np.ndarray) -> np.ndarray:
    rate = x.sum(axis=1, keepdims=True) / n.sum(axis=1, keepdims=True)
    parts = (x - n * rate) * t
    score, size = parts.sum(axis=1), np.abs(parts).sum(axis=1)
    # a score of nothing but floating-point error has no direction
    return np.where(np.abs(score) < 1e-9 * size, 0.0, score)
