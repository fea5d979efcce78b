"""What it would take to close a gap: a scale of the difference, not a target."""

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from geo.lottery.compared import has_counts
from geo.tables.shown import as_shown

TOP_QUARTER = 0.75


def can_be_closed(rows: pd.DataFrame, indicator: Indicator) -> bool:
    """Whether more of something countable raises the value: a ratio with counts, the higher the better.

    Parameters
    ----------
    rows : DataFrame
        Boroughs of a place table (geo.tables.london.place_table).
    indicator : Indicator
        What the values are of.

    Returns
    -------
    bool
    """
    is_ratio = indicator.aggregation == "ratio" and indicator.direction > 0
    return is_ratio and bool(indicator.one_more) and not rows.empty and has_counts(rows)


def top_quarter(rows: pd.DataFrame) -> float:
    """The value that a quarter of the boroughs reach or exceed.

    Parameters
    ----------
    rows : DataFrame
        At least one borough, with its `value`.

    Returns
    -------
    float
        The value of one of them, in the unit of the indicator.
    """
    return float(rows["value"].quantile(TOP_QUARTER, interpolation="higher"))


def needed(rows: pd.DataFrame, target: float, indicator: Indicator) -> pd.DataFrame:
    """How many more each borough needs for the target: those that need any, the most first.

    Value and target are held against each other as they are shown: a borough that is shown at the target
    needs none, and one that is shown below it needs at least one.

    Parameters
    ----------
    rows : DataFrame
        Boroughs of a place table, with their `numerator` and `denominator`.
    target : float
        What all are to reach, in the unit of the value.
    indicator : Indicator
        What the values are of.

    Returns
    -------
    DataFrame
        Columns: `area_code`, `area_name`, `ics_name`, `value`, `status`, `note`, `denominator`, and `more`,
        a whole number of what the numerator counts.

    Notes
    -----
    target / multiplier × denominator - numerator, rounded up: a part of a centre or of a child reaches
    nothing.
    """
    shown = round(target, indicator.decimals)
    below = rows[as_shown(rows["value"], indicator.decimals) < shown]
    wanted = shown / indicator.multiplier * below["denominator"]
    # floating-point error must not be rounded up to one more
    more = np.ceil(wanted - below["numerator"] - 1e-9).clip(lower=1).astype(int)
    columns = ["area_code", "area_name", "ics_name", "value", "status", "note", "denominator"]
    found = below[columns].assign(more=more)
    return found.sort_values(["more", "area_name"], ascending=[False, True], ignore_index=True)


def by_ics(found: pd.DataFrame) -> pd.DataFrame:
    """The sum of what the boroughs of each ICS need, the most first.

    Parameters
    ----------
    found : DataFrame
        What needed() gives.

    Returns
    -------
    DataFrame
        A row for each ICS with a borough that needs any. Columns: `ics_name`, `boroughs`, how many of them
        need any, and `more`, the sum of what they need.
    """
    groups = found.groupby("ics_name").agg(boroughs=("area_name", "size"), more=("more", "sum"))
    return groups.reset_index().sort_values(["more", "ics_name"], ascending=[False, True], ignore_index=True)
