"""What changes where one borough ends and its neighbour begins."""

import numpy as np
import pandas as pd
from scipy import special

from geo.join import London, place_table
from geo.lottery import compared, has_counts, is_proportion

Z_95 = special.ndtri(0.975)


def across_borders(
    london: London, indicator_id: str, period: str, vintage: str, scope: str | None, crossings: bool
) -> pd.DataFrame:
    """One row a pair of neighbours that both have a value, the largest difference first.

    Columns: left, right (area codes), higher, lower (names), value_higher, value_lower, gap (in the unit of
    the value), lower_95, upper_95 and p (of the difference, p adjusted after Holm; NaN for anything but a
    proportion with counts), crosses_ics, how (the bridge or tunnel; empty on land). Pairs on the two banks
    of the Thames are there only if `crossings`. With a scope, one of the two belongs to that ICS. Areas with
    very few people are left out, and categories do not differ by an amount.
    """
    indicator = london.catalogue.indicators[indicator_id]
    pairs = london.neighbours[crossings | (london.neighbours["how"] == "")]
    table = place_table(london, indicator_id, period, vintage)
    known = compared(table, None)
    if indicator.categories:
        known = known[:0]
    columns = ["area_name", "ics_code", "value", "numerator", "denominator"]
    sides = known.set_index("area_code")[columns]
    both = pairs.join(sides, on="left", how="inner").join(sides.add_suffix("_right"), on="right", how="inner")
    if scope:
        both = both[(both["ics_code"] == scope) | (both["ics_code_right"] == scope)]
    left_is_higher = both["value"] >= both["value_right"]
    counted = is_proportion(indicator, london.catalogue) and has_counts(known)
    found = pd.DataFrame(
        {
            "left": both["left"],
            "right": both["right"],
            "higher": both["area_name"].where(left_is_higher, both["area_name_right"]),
            "lower": both["area_name_right"].where(left_is_higher, both["area_name"]),
            "value_higher": both[["value", "value_right"]].max(axis=1),
            "value_lower": both[["value", "value_right"]].min(axis=1),
            "gap": (both["value"] - both["value_right"]).abs(),
            "crosses_ics": both["ics_code"] != both["ics_code_right"],
            "how": both["how"],
        }
    )
    found = found.join(_difference(both) if counted else _NO_DIFFERENCE.reindex(both.index))
    return found.sort_values(["gap", "left", "right"], ascending=[False, True, True], ignore_index=True)


_NO_DIFFERENCE = pd.DataFrame(columns=["lower_95", "upper_95", "p"], dtype=float)


def _difference(both: pd.DataFrame) -> pd.DataFrame:
    """Interval and adjusted p of the difference of two proportions, in percentage points.

    The interval is p1 - p2 ± 1.96 sqrt(p1 q1 / n1 + p2 q2 / n2); p is that of the two-proportion z-test with
    the pooled proportion, adjusted for the number of pairs after Holm (1979).
    """
    x1, n1, x2, n2 = (
        both[name] for name in ("numerator", "denominator", "numerator_right", "denominator_right")
    )
    p1, p2, pooled = x1 / n1, x2 / n2, (x1 + x2) / (n1 + n2)
    difference = (p1 - p2).abs()
    half = Z_95 * np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    z = np.divide(difference, error, out=np.zeros(len(both)), where=error > 0)
    chance = pd.Series(2 * special.ndtr(-np.asarray(z)), both.index)
    return pd.DataFrame(
        {"lower_95": (difference - half) * 100, "upper_95": (difference + half) * 100, "p": holm(chance)}
    )


def holm(p: pd.Series) -> pd.Series:
    """P-values adjusted for their number after Holm (Scandinavian Journal of Statistics 1979, 6:65)."""
    ordered = p.sort_values()
    factors = np.arange(len(p), 0, -1)
    adjusted = pd.Series(np.maximum.accumulate(np.minimum(ordered.to_numpy() * factors, 1)), ordered.index)
    return adjusted.reindex(p.index)
