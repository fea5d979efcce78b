"""What it would take to close a gap: a scale of the difference, not a target."""

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from geo.lottery.one_period import has_counts
from geo.tables.shown import as_shown

TOP_QUARTER = 0.75


def can_be_closed(rows: pd.DataFrame, indicator: Indicator) -> bool:
    """Whether more of something countable raises the value: a ratio with counts, the higher the better."""
    is_ratio = indicator.aggregation == "ratio" and indicator.polarity == "higher_is_better"
    return is_ratio and bool(indicator.one_more) and not rows.empty and has_counts(rows)


def top_quarter(rows: pd.DataFrame) -> float:
    """The value that a quarter of the boroughs reach or exceed."""
    return float(rows["value"].quantile(TOP_QUARTER, interpolation="higher"))


def needed(rows: pd.DataFrame, target: float, indicator: Indicator) -> pd.DataFrame:
    """How many more each borough needs for the target: those that need any, the most first.

    `rows` are boroughs with numerator and denominator, `target` is in the unit of the value. Value and target
    are held against each other as they are shown: a borough that is shown at the target needs none, and one
    that is shown below it needs at least one. Columns: area_code, area_name, ics_name, value, note,
    denominator, more (a whole number, rounded up: a part of a centre or of a child reaches nothing).
    """
    shown = round(target, indicator.decimals)
    below = rows[as_shown(rows["value"], indicator.decimals) < shown]
    wanted = shown / indicator.multiplier * below["denominator"]
    # what is missing but for the last digit is not missing
    more = np.ceil(wanted - below["numerator"] - 1e-9).clip(lower=1).astype(int)
    columns = ["area_code", "area_name", "ics_name", "value", "note", "denominator"]
    found = below[columns].assign(more=more)
    return found.sort_values(["more", "area_name"], ascending=[False, True], ignore_index=True)


def by_ics(found: pd.DataFrame) -> pd.DataFrame:
    """The sum of what the boroughs of each ICS need: ics_name, boroughs, more; the most first."""
    groups = found.groupby("ics_name").agg(boroughs=("area_name", "size"), more=("more", "sum"))
    return groups.reset_index().sort_values(["more", "ics_name"], ascending=[False, True], ignore_index=True)
