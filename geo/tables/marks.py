"""Which figures bear a mark, wherever they are written, and why: a note on the figure, or more than 100 %.

Some notes say that a figure is odd: it is shown as published, but no place is judged by it.
"""

import pandas as pd

from data_loaders.catalogue import Indicator
from data_loaders.observations import ODD
from geo.tables.shown import as_shown


def is_marked(value: float, note: str, indicator: Indicator) -> bool:
    """Whether a figure bears a mark. What has no value bears none: a word stands in its place."""
    return value == value and bool(note or _is_above_100(value, indicator))


def above_100(rows: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """Whether each value, as it is shown, is a percentage above 100 for which the catalogue has a reason."""
    return (as_shown(rows["value"], indicator.decimals) > 100) & bool(indicator.above_100)


def are_the_publishers(rows: pd.DataFrame) -> pd.Series:
    """Whether the note on each figure, if there is one, is its publisher's own and not one made here."""
    return (rows["status"] != "derived") & ~is_odd(rows)


def reasons(rows: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """Why each figure bears a mark, and whose note it is; empty where it bears none.

    `rows` has value, note and status, as a place table has.
    """
    if not any_is_marked(rows, indicator):
        # a quick answer, because this is asked of every table and most have no mark
        return pd.Series("", index=rows.index, dtype=str)
    theirs = are_the_publishers(rows) & (rows["note"] != "")
    notes = rows["note"].mask(theirs, "the publisher's note: " + rows["note"])
    why = f"above 100% ({indicator.above_100[:1].lower()}{indicator.above_100[1:]})"
    above = above_100(rows, indicator).map({True: why, False: ""})
    both = (notes != "") & (above != "")
    return (notes + both.map({True: "; ", False: ""}) + above).where(rows["value"].notna(), "").astype(str)


def any_is_marked(rows: pd.DataFrame, indicator: Indicator) -> bool:
    """Whether there is a note, of which there may be something to say, or a percentage above 100."""
    has_note = any(note != "" for note in rows["note"].array)
    return has_note or (bool(indicator.above_100) and bool(above_100(rows, indicator).any()))


def named(rows: pd.DataFrame, indicator: Indicator) -> str:
    """The reasons of these rows with the names of their areas: "Newham, Brent: above 100% (...)"."""
    known = reasons(rows, indicator)
    if not known.any():
        return ""
    groups = rows.loc[known != "", "area_name"].groupby(known, sort=False)
    return "; ".join(f"{', '.join(names)}: {reason}" for reason, names in groups)


def _is_above_100(value: float, indicator: Indicator) -> bool:
    return bool(indicator.above_100) and round(value, indicator.decimals) > 100


def is_odd(rows: pd.DataFrame) -> pd.Series:
    """Whether the note on each figure says that it is odd (data_loaders.observations.ODD)."""
    return rows["note"].str.startswith(ODD)


def what_is_odd(note: str) -> str:
    """What is odd about a figure, from its note."""
    return note.removeprefix(ODD)
