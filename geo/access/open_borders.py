"""If borders were no barrier: how many children have a centre within reach by another rule of whose count.

A rule puts authorities together into territories (geo.access.reach.with_distances): their families may use
the centres of all of them. It counts distance. Who may use a centre, its authority decides, and no source
says.
"""

from collections.abc import Collection

import pandas as pd

from geo.access.distance import Crossings, Points, nearest
from geo.access.reach import LONDON


def one_opened(codes: Collection[str], one: str, other: str) -> dict[str, str]:
    """The territories when one border is open: two authorities are together, each other is by itself."""
    return {code: one if code == other else code for code in codes}


def gained(table: pd.DataFrame, reach: float) -> pd.DataFrame:
    """What the rule by which `table` has its distances gives the children of each authority, and of London.

    `table` is with_distances(). A row an authority by its code, London the last: children, within_own (with a
    site of their own authority no further than `reach` metres), within_rule (with one that counts by the
    rule), gains (the difference) and gains_deprived (those of them in the most deprived fifth).
    """
    children, own, counts = table["children"], table["metres_own"] <= reach, table["metres"] <= reach
    counted = {
        "children": children,
        "within_own": children.where(own, 0),
        "within_rule": children.where(counts, 0),
        "gains": children.where(counts & ~own, 0),
        "gains_deprived": children.where(counts & ~own & table["is_deprived"], 0),
    }
    found = pd.DataFrame(counted).groupby(table["area_code"]).sum()
    return pd.concat([found, found.sum().rename(LONDON).to_frame().T])


def by_border(
    table: pd.DataFrame, sites: pd.DataFrame, crossings: Crossings | None, pairs: pd.DataFrame, reach: float
) -> pd.DataFrame:
    """How many children each border would give a site within reach, if it alone were open, most first.

    `table` is with_distances() of these sites, `pairs` has left and right, the codes of two authorities.
    Columns: one, other, from_one (children of `one` without a site of their own within `reach` metres, and
    with one of `other`), from_other (the other way round), both. Only borders with some of them.
    """
    without = table[table["metres_own"] > reach]
    homes = {str(code): rows for code, rows in without.groupby("area_code")}
    doors = {str(code): Points.of(rows) for code, rows in sites.groupby("area_code")}

    def over(home: str, away: str) -> float:
        if home not in homes or away not in doors:
            return 0.0
        found = nearest(Points.of(homes[home]), doors[away], crossings)
        return float(homes[home]["children"].to_numpy()[found.metres <= reach].sum())

    rows = [
        (one, other, over(one, other), over(other, one))
        for one, other in zip(pairs["left"], pairs["right"], strict=True)
    ]
    found = pd.DataFrame(rows, columns=["one", "other", "from_one", "from_other"])
    found = found.assign(both=found["from_one"] + found["from_other"])
    found = found[found["both"] > 0]
    return found.sort_values(["both", "one", "other"], ascending=[False, True, True], ignore_index=True)
