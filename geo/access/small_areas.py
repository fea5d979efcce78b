"""What is known of each small area by itself: its children, its deprivation, and how far its centres are.

Every figure puts the small areas into groups, whose bounds never change: a colour means the same in every ICS
and on every day.
"""

from enum import StrEnum

import numpy as np
import pandas as pd

from geo.access.reach import REACH_M


class Figure(StrEnum):
    """What can be drawn of small areas."""

    CHILDREN = "children"
    DEPRIVATION = "deprivation"
    NEAREST = "nearest"
    NEAREST_OWN = "nearest_own"
    IN_REACH = "in_reach"
    ACROSS = "across"
    SHARED = "shared"


# the figures that are worked out from the open sites of a day
OF_A_DAY = {Figure.NEAREST, Figure.NEAREST_OWN, Figure.IN_REACH, Figure.ACROSS, Figure.SHARED}
# each number begins a group: London's middle half of small areas has between 77 and 126 children
CHILDREN_FROM = (75, 100, 130)
# each number begins a group of children for each centre: London's middle half has between 730 and 1,560
A_CENTRE_FROM = (750, 1_000, 1_500)
# each number ends a group, in metres; one of them is how far a pram is pushed (metres_to)
METRES_TO = (400, 800, REACH_M, 1_600)
# groups of two tenths each of England's small areas
DECILES_A_GROUP = 2
FIFTHS = 5
OWN, ANOTHERS, NONE = 0, 1, 2
HERE, ELSEWHERE = 0, 1
UNKNOWN = -1


def metres_to(reach: int) -> tuple[int, ...]:
    """The metres that end a group: what is within reach is one of them, in place of the one nearest to it."""
    if reach in METRES_TO:
        return METRES_TO
    replaced = min(reversed(METRES_TO), key=lambda end: abs(end - reach))
    return tuple(sorted({*METRES_TO, reach} - {replaced}))


def of_figure(
    figure: Figure, areas: pd.DataFrame, reached: pd.DataFrame | None = None, reach: int = REACH_M
) -> pd.DataFrame:
    """A row a small area, in the order of `areas` (geo.access.homes.load_small_areas).

    `reached` has their distances (geo.access.reach.with_distances, a row a small area in the same order), for
    the figures OF_A_DAY; for Figure.SHARED it has what they share (geo.access.sharing.shared). Columns:
    small_area, name, area_code, children (aged 0 to 4), value (children; the tenth of England's small areas
    by income deprivation affecting children, 1 the most deprived; children for each centre within reach;
    metres to the nearest site of anybody; NaN where there is none), for what is shared centres (how many are
    within reach), for distances metres_own (metres to the nearest that its own authority lists), site and
    stands_in (the nearest one's place among the sites, and its authority), and group, UNKNOWN where there is
    no value. Groups count from 0: from the fewest children (for a centre, too), the least deprived and the
    shortest way; by whose centre is within `reach` metres (OWN, ANOTHERS, NONE); by where the nearest stands
    (HERE in the own authority, ELSEWHERE).
    """
    rows = areas[["small_area", "name", "area_code"]].assign(children=areas["children_0_4"])
    if figure in OF_A_DAY:
        assert reached is not None, f"{figure} needs distances"
        if figure is Figure.SHARED:
            return _shared(rows, reached)
        near = reached[["metres", "metres_own", "site", "stands_in"]].replace(np.inf, np.nan)
        rows = rows.join(near.set_axis(rows.index).rename(columns={"metres": "value"}))
        return rows.assign(group=_group_of_a_day(figure, rows, reach))
    if figure is Figure.CHILDREN:
        return rows.assign(
            value=rows["children"].astype(float),
            group=np.searchsorted(CHILDREN_FROM, rows["children"], side="right"),
        )
    tenth = areas["idaci_decile"]
    fifth = FIFTHS - np.ceil(tenth / DECILES_A_GROUP)
    return rows.assign(value=tenth, group=fifth.fillna(UNKNOWN).astype(int))


def _shared(rows: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    value = shared["a_centre"].to_numpy()
    # grouped as it is written, in whole children: 749.6 is 750
    group = np.searchsorted(A_CENTRE_FROM, np.round(value), side="right")
    group = np.where(np.isnan(value), UNKNOWN, group)
    return rows.assign(value=value, centres=shared["centres"].to_numpy(), group=group)


def _group_of_a_day(figure: Figure, rows: pd.DataFrame, reach: int) -> np.ndarray:
    nearest, own = rows["value"], rows["metres_own"]
    if figure is Figure.IN_REACH:
        return np.where(own <= reach, OWN, np.where(nearest <= reach, ANOTHERS, NONE))
    if figure is Figure.ACROSS:
        is_elsewhere = rows["area_code"] != rows["stands_in"]
        return np.where(nearest.isna(), UNKNOWN, np.where(is_elsewhere, ELSEWHERE, HERE))
    metres = own if figure is Figure.NEAREST_OWN else nearest
    return np.where(metres.isna(), UNKNOWN, np.searchsorted(metres_to(reach), metres, side="left"))


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """How many small areas and children (areas, children) are in each group of of_figure()."""
    grouped = rows.groupby("group")["children"]
    return pd.DataFrame({"areas": grouped.size(), "children": grouped.sum()})
