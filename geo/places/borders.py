"""What changes where one borough ends and its neighbour begins."""

import numpy as np
import pandas as pd
from scipy import special

from geo.lottery.compared import compared, has_counts
from geo.tables import marks
from geo.tables.london import London, place_table
from geo.tables.shown import as_shown

# the probability that chance alone makes any of all the borders look like a difference
ALPHA = 0.05


def across_borders(
    london: London, indicator_id: str, period: str, vintage: str, scope: str | None, crossings: bool
) -> pd.DataFrame:
    """Pairs of neighbours that both have a value, the largest difference first.

    There are no pairs for categories, which do not differ by an amount, or for totals and changes of counts,
    which differ because boroughs are of different sizes. Areas with very few people are left out.

    Parameters
    ----------
    london : London
        All figures and places.
    indicator_id : str
        Which indicator of the catalogue.
    period : str
        The label of one of its periods.
    vintage : str
        Which set of ICS boundaries.
    scope : str or None
        The code of an ICS of that set, to which one of the two belongs; None for all of London.
    crossings : bool
        Whether pairs on the two banks of the Thames are there as well.

    Returns
    -------
    DataFrame
        A row a pair. Columns: `left`, `right`, `higher_code`, `lower_code` (area codes); `higher`, `lower`
        (names); `value_higher`, `value_lower` in the unit of the indicator; `note_higher`, `note_lower`,
        why these values bear a mark (geo.tables.marks.reasons); `gap`, between the two as they are shown,
        in the same unit; `interval_from`, `interval_to` and `p` of verdicts(), NaN for anything but a
        proportion with counts in which chance has a part; `crosses_ics`; `how`, the bridge or tunnel, empty
        on land.

    Notes
    -----
    Neither `scope` nor `crossings` changes the verdict on a border, which always takes into account how many
    borders there are in all of London.
    """
    indicator = london.catalogue.indicators[indicator_id]
    table = place_table(london, indicator_id, period, vintage)
    known = compared(table, None)
    if not indicator.can_be_compared:
        known = known[:0]
    columns = ["area_name", "ics_code", "value", "numerator", "denominator"]
    sides = known.set_index("area_code")[columns].assign(
        shown=as_shown(known["value"], indicator.decimals).to_numpy(),
        note=marks.reasons(known, indicator).to_numpy(),
    )
    both = london.neighbours.join(sides, on="left", how="inner").join(
        sides.add_suffix("_right"), on="right", how="inner"
    )
    left_is_higher = both["value"] >= both["value_right"]
    counted = indicator.has_chance and indicator.is_proportion and has_counts(known)
    found = pd.DataFrame(
        {
            "left": both["left"],
            "right": both["right"],
            "higher_code": both["left"].where(left_is_higher, both["right"]),
            "lower_code": both["right"].where(left_is_higher, both["left"]),
            "higher": both["area_name"].where(left_is_higher, both["area_name_right"]),
            "lower": both["area_name_right"].where(left_is_higher, both["area_name"]),
            "value_higher": both[["value", "value_right"]].max(axis=1),
            "value_lower": both[["value", "value_right"]].min(axis=1),
            "note_higher": both["note"].where(left_is_higher, both["note_right"]),
            "note_lower": both["note_right"].where(left_is_higher, both["note"]),
            # without the stray digits that subtracting floating-point numbers leaves
            "gap": (both["shown"] - both["shown_right"]).abs().round(indicator.decimals),
            "crosses_ics": both["ics_code"] != both["ics_code_right"],
            "how": both["how"],
        }
    )
    sides_of = (both[name] for name in ("numerator", "denominator", "numerator_right", "denominator_right"))
    found = found.join(verdicts(*sides_of) if counted else _NO_VERDICTS.reindex(both.index))
    inside = both["ics_code"].eq(scope) | both["ics_code_right"].eq(scope) | (scope is None)
    found = found[inside & (crossings | (both["how"] == ""))]
    return found.sort_values(["gap", "left", "right"], ascending=[False, True, True], ignore_index=True)


_NO_VERDICTS = pd.DataFrame(columns=["interval_from", "interval_to", "p"], dtype=float)


def verdicts(x1: pd.Series, n1: pd.Series, x2: pd.Series, n2: pd.Series) -> pd.DataFrame:
    """Whether two proportions of each row differ by more than chance, among all rows.

    Parameters
    ----------
    x1 : Series of shape (rows,)
        How many people are counted on one side.
    n1 : Series of shape (rows,)
        Out of how many there, of the same index.
    x2 : Series of shape (rows,)
        How many are counted on the other side, of the same index.
    n2 : Series of shape (rows,)
        Out of how many there, of the same index.

    Returns
    -------
    DataFrame
        Of the same index. Columns: `interval_from` and `interval_to`, the interval of the difference (of
        the larger less the smaller) in percentage points; `p`, adjusted after Holm, 0 to 1.

    Notes
    -----
    z = |p1 - p2| / sqrt(p1 q1 / n1 + p2 q2 / n2). The interval is at the level at which Holm's procedure
    tests the row: of m rows the i-th least likely at 1 - ALPHA / (m - i + 1), and from the first difference
    on that chance may explain, all at that one's level. So an interval leaves out 0 exactly where p is
    below ALPHA."""
    p1, p2 = x1 / n1, x2 / n2
    difference = (p1 - p2).abs()
    error = np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    z = np.divide(difference, error, out=np.where(difference > 0, np.inf, 0.0), where=error > 0)
    chance = pd.Series(2 * special.ndtr(-np.asarray(z)), difference.index)
    half = -special.ndtri(levels(chance) / 2) * error
    return pd.DataFrame(
        {
            "interval_from": (difference - half) * 100,
            "interval_to": (difference + half) * 100,
            "p": holm(chance),
        }
    )


def holm(p: pd.Series) -> pd.Series:
    """P-values adjusted for their number.

    Parameters
    ----------
    p : Series of float, shape (rows,)
        P-values, 0 to 1.

    Returns
    -------
    Series of float, shape (rows,)
        The adjusted p-values, of the same index, 0 to 1.

    Notes
    -----
    Of m values in order, the i-th smallest times m - i + 1, but no less than the one before it and at most 1.

    References
    ----------
    Holm (Scandinavian Journal of Statistics 1979, 6:65)
    """
    ordered = p.sort_values(kind="stable")
    factors = np.arange(len(p), 0, -1)
    adjusted = pd.Series(np.maximum.accumulate(np.minimum(ordered.to_numpy() * factors, 1)), ordered.index)
    return adjusted.reindex(p.index)


def levels(p: pd.Series) -> pd.Series:
    """The level at which Holm's procedure tests each p-value.

    Parameters
    ----------
    p : Series of float, shape (rows,)
        P-values, 0 to 1.

    Returns
    -------
    Series of float, shape (rows,)
        The levels, of the same index, above 0 and at most ALPHA.

    Notes
    -----
    ALPHA / (m - i + 1) for the i-th smallest of m. The procedure ends at the first difference that chance may
    explain; all that are less certain have the level of that one.
    """
    ordered = p.sort_values(kind="stable")
    factors = np.arange(len(p), 0, -1)
    told = int((holm(p) < ALPHA).sum())
    factors[told:] = len(p) - told
    return pd.Series(ALPHA / factors, ordered.index).reindex(p.index)
