"""Who is compared with whom, which of them stand at the ends, and how sure ranks are."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from geo.measures.ranks import rank_interval
from geo.tables import marks
from geo.tables.london import in_scope
from geo.tables.shown import as_shown


class Extremes(NamedTuple):
    """The boroughs with the largest and the smallest value, and how far apart they are.

    Attributes
    ----------
    highest, lowest : tuple of str
        The names of all boroughs that are shown with the largest and the smallest value.
    largest, smallest : float
        These values, in the unit of the indicator.
    gap : float
        Their difference, in the same unit.
    largest_note, smallest_note : str
        Why these values bear a mark, with the names (geo.tables.marks.named); empty where they bear none.
    """

    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    largest: float
    smallest: float
    gap: float
    largest_note: str = ""
    smallest_note: str = ""


def compared(table: pd.DataFrame, scope: str | None) -> pd.DataFrame:
    """The rows of a place table that are compared: boroughs in scope with a value.

    Without small areas, and without figures too odd to judge a place by (geo.tables.marks.is_odd).

    Parameters
    ----------
    table : DataFrame
        A place table (geo.tables.london.place_table), or several below each other.
    scope : str or None
        The code of an ICS; None for all of London.

    Returns
    -------
    DataFrame
        Rows and columns of `table`.
    """
    inside = in_scope(table, scope)
    return inside[~inside["small"] & inside["value"].notna() & ~marks.is_odd(inside)]


def extremes(rows: pd.DataFrame, indicator: Indicator) -> Extremes:
    """The boroughs with the largest and the smallest value.

    Named are all whose value reads the same as the largest or smallest, whatever its further digits.

    Parameters
    ----------
    rows : DataFrame
        Boroughs of a place table that all have a value; at least one.
    indicator : Indicator
        What the values are of.

    Returns
    -------
    Extremes
        Values and gap in the unit of the indicator.
    """
    value = rows["value"]
    largest, smallest = float(value.max()), float(value.min())
    shown = as_shown(value, indicator.decimals)
    highest, lowest = rows[shown == shown.max()], rows[shown == shown.min()]
    return Extremes(
        highest=tuple(highest["area_name"]),
        lowest=tuple(lowest["area_name"]),
        largest=largest,
        smallest=smallest,
        gap=largest - smallest,
        largest_note=marks.named(highest, indicator),
        smallest_note=marks.named(lowest, indicator),
    )


def with_rank_bounds(rows: pd.DataFrame, indicator: Indicator, scope: str) -> pd.DataFrame:
    """Rows of a place table with the ranks between which each place lies, at 95 %.

    Parameters
    ----------
    rows : DataFrame
        A place table (geo.tables.london.place_table).
    indicator : Indicator
        What the values are of.
    scope : str
        `london` or `ics`, within which those that have a rank are compared.

    Returns
    -------
    DataFrame
        The rows, and the columns `best_london` and `worst_london`, or `best_ics` and `worst_ics`: ranks
        from 1, the highest value. NaN for anything but a proportion with counts: how many centres there are
        is decided, not drawn by chance.
    """
    ranked = rows[rows[f"rank_{scope}"].notna()]
    names = [f"best_{scope}", f"worst_{scope}"]
    has_chance = indicator.has_chance and indicator.is_proportion
    if not has_chance or ranked.empty or not has_counts(ranked):
        return rows.assign(**dict.fromkeys(names, np.nan))
    groups = ranked.groupby("ics_code") if scope == "ics" else [("", ranked)]
    bounds = [
        rank_interval(members["numerator"], members["denominator"]).set_axis(members.index)
        for _, members in groups
    ]
    return rows.join(pd.concat(bounds).set_axis(names, axis="columns"))


def has_counts(rows: pd.DataFrame) -> bool:
    """Whether every row has a numerator and a denominator.

    Parameters
    ----------
    rows : DataFrame
        With the columns `numerator` and `denominator`.

    Returns
    -------
    bool
    """
    return bool((rows["numerator"].notna() & (rows["denominator"] > 0)).all())


def weights(rows: pd.DataFrame) -> np.ndarray:
    """Those eligible in each borough; without counts, each borough counts the same.

    Parameters
    ----------
    rows : DataFrame
        Boroughs with the columns `numerator` and `denominator`.

    Returns
    -------
    ndarray of shape (boroughs,)
        People, or ones where a borough has no counts.
    """
    return rows["denominator"].to_numpy() if has_counts(rows) else np.ones(len(rows))
