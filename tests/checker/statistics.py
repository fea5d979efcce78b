"""The measures of the lottery, worked out a second time by their definitions."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from tests.checker.figures import Cell


def _counts(cells: Sequence[Cell]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([c.numerator for c in cells]), np.array([c.denominator for c in cells])


def _weights(cells: Sequence[Cell]) -> np.ndarray:
    return np.array([c.denominator if all(o.is_counted for o in cells) else 1.0 for c in cells])


def _values(cells: Sequence[Cell]) -> np.ndarray:
    return np.array([cell.value for cell in cells])


def mean(cells: Sequence[Cell]) -> float:
    """The mean value, weighted by children where they are counted."""
    return float(np.average(_values(cells), weights=_weights(cells)))


def variation(cells: Sequence[Cell]) -> float:
    """The coefficient of variation of rates, weighted by those eligible."""
    x, n = _counts(cells)
    overall = x.sum() / n.sum()
    return math.sqrt(sum(w * (p - overall) ** 2 for w, p in zip(n / n.sum(), x / n, strict=True))) / overall


def beyond_chance(cells: Sequence[Cell]) -> tuple[float, float]:
    """I² and its p, from the chi-square of the table of those seen and those not."""
    x, n = _counts(cells)
    found = stats.chi2_contingency(np.array([x, n - x]), correction=False)
    return max(0.0, 1 - (len(cells) - 1) / found.statistic), float(found.pvalue)


def gini(cells: Sequence[Cell]) -> float:
    """Half the mean difference of two people, over the mean."""
    y, w = _values(cells), _weights(cells) / _weights(cells).sum()
    return float((np.abs(y[:, None] - y) * w[:, None] * w).sum() / (2 * (w * y).sum()))


def theil_between(cells: Sequence[Cell], groups: Sequence[str]) -> float:
    """The share of Theil's T that lies between groups."""
    y, w, labels = _values(cells), _weights(cells), np.array(groups)
    w = w / w.sum()
    middle = (w * y).sum()

    def part(weight: float, value: float) -> float:
        return weight * value / middle * math.log(value / middle) if value > 0 else 0.0

    total = sum(part(*each) for each in zip(w, y, strict=True))
    inside = [labels == group for group in set(groups)]
    between = sum(part(w[own].sum(), float(np.average(y[own], weights=w[own]))) for own in inside)
    return between / total if total > 0 else 0.0


def regrouped(cells: Sequence[Cell], groups: Sequence[str], draws: int = 4_000) -> tuple[float, float]:
    """η², and how often groups drawn at random have at least as much."""
    y, w, labels = _values(cells), _weights(cells), np.array(groups)
    middle = np.average(y, weights=w)
    member = np.array([labels == group for group in sorted(set(groups))])

    chance = np.random.default_rng(1)
    order = chance.permuted(np.tile(np.arange(len(y)), (draws, 1)), axis=1)
    order = np.vstack([np.arange(len(y)), order])
    people = w[order] @ member.T
    between = (people * ((w * y)[order] @ member.T / people - middle) ** 2).sum(axis=1)
    as_large = int((between[1:] >= between[0] - 1e-9).sum())
    return float(between[0] / (w * (y - middle) ** 2).sum()), (1 + as_large) / (1 + draws)


class Line(NamedTuple):
    """A straight line over the order of deprivation: its rise with its interval, and its ends' ratio."""

    slope: float
    lower: float
    upper: float
    ratio: float
    least: float
    most: float


def gradient(cells: Sequence[Cell], deprivation: Sequence[float]) -> Line:
    """The weighted straight line through the values, from the least to the most deprived."""
    y, w = _values(cells), _weights(cells)
    below = [sum(v for v, other in zip(w, deprivation, strict=True) if other < own) for own in deprivation]
    equal = [sum(v for v, other in zip(w, deprivation, strict=True) if other == own) for own in deprivation]
    at = (np.array(below) + np.array(equal) / 2) / w.sum()
    (slope, start), covariance = np.polyfit(at, y, 1, w=np.sqrt(w), cov=True)
    half = stats.t.ppf(0.975, len(y) - 2) * math.sqrt(covariance[0, 0])
    drawn = np.random.default_rng(2).multivariate_normal([slope, start], covariance, 20_000)
    least, most = np.percentile(drawn.sum(axis=1) / drawn[:, 1], [2.5, 97.5])
    return Line(slope, slope - half, slope + half, (start + slope) / start, least, most)


def outside(cells: Mapping[str, Cell], everywhere: Mapping[str, Cell]) -> tuple[set[str], set[str]]:
    """Who lies outside the 99.8 % limits of chance, and who outside those for the usual spread as well."""
    x, n = _counts(list(everywhere.values()))
    overall = x.sum() / n.sum()
    z = (x / n - overall) / np.sqrt(overall * (1 - overall) / n)
    factor = max(1.0, float((np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2).mean()))
    by_chance, usual = set(), set()
    for area, cell in cells.items():
        tail = 0.001
        # as limits between whole counts are set (Spiegelhalter, 2005)
        at_most = stats.binom.cdf(cell.numerator, cell.denominator, overall)
        if not tail < at_most <= 1 - tail:
            by_chance.add(area)
        error = math.sqrt(factor * overall * (1 - overall) / cell.denominator)
        if abs(cell.numerator / cell.denominator - overall) > -stats.norm.ppf(tail) * error:
            usual.add(area)
    return by_chance, usual
