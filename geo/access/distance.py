"""Distance to the nearest door, with the river: straight lines, across the Thames only over a crossing.

All in metres of the British National Grid (EPSG:27700). A straight line is never longer than the way on foot.
Whether a line crosses the river is told from the banks of its ends, so one between two places of the same
bank may cut off a bend; and creeks and the Lea are not regarded. Both leave it a lower bound.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Points:
    """Places: `xy` has a row of easting and northing for each, `is_south` tells the bank of the Thames."""

    xy: np.ndarray
    is_south: np.ndarray

    @classmethod
    def of(cls, table: pd.DataFrame) -> Self:
        """From the columns easting, northing and is_south."""
        return cls(table[["easting", "northing"]].to_numpy(float), table["is_south"].to_numpy(bool))

    def __len__(self) -> int:
        return len(self.xy)

    def __getitem__(self, rows: np.ndarray) -> "Points":
        return Points(self.xy[rows], self.is_south[rows])


@dataclass(frozen=True, eq=False)
class Crossings:
    """Ways over the Thames: for each its northern and its southern end as easting and northing."""

    north: np.ndarray
    south: np.ndarray

    @classmethod
    def of(cls, table: pd.DataFrame) -> Self:
        """From the columns north_easting, north_northing, south_easting and south_northing."""
        ends = {bank: table[[f"{bank}_easting", f"{bank}_northing"]] for bank in ("north", "south")}
        return cls(ends["north"].to_numpy(float), ends["south"].to_numpy(float))

    def __len__(self) -> int:
        return len(self.north)

    def from_bank(self, is_south: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The ends on this bank, those on the other, and how far apart they are."""
        here, there = (self.south, self.north) if is_south else (self.north, self.south)
        return here, there, _apart(here, there)


@dataclass(frozen=True, eq=False)
class Nearest:
    """For each point how far its nearest door is, infinite where there is none, and which door that is.

    `door` is the door's place among the doors, NOWHERE where there is none.
    """

    metres: np.ndarray
    door: np.ndarray


def nearest(points: Points, doors: Points, crossings: Crossings | None) -> Nearest:
    """The nearest door of every point; with None in place of crossings as if there were no river."""
    if crossings is None:
        return Nearest(*_straight(points.xy, doors.xy))
    metres, door = np.full(len(points), np.inf), np.full(len(points), NOWHERE)
    for is_south in (False, True):
        here = np.flatnonzero(points.is_south == is_south)
        own, far = (np.flatnonzero(doors.is_south == bank) for bank in (is_south, not is_south))
        xy = points.xy[here]
        best, place = _straight(xy, doors.xy[own])
        best_door = np.append(own, NOWHERE)[place]
        near_ends, far_ends, lengths = crossings.from_bank(is_south)
        beyond, place = _straight(far_ends, doors.xy[far])
        rests, far_door = lengths + beyond, np.append(far, NOWHERE)[place]
        # the river matters to those only who are nearer to a crossing than to a door of their own bank
        near = np.flatnonzero(_straight(xy, near_ends)[0] + rests.min(initial=np.inf) < best)
        over = _apart(xy[near, None], near_ends) + rests
        shortest = over.argmin(axis=1) if len(crossings) else near
        over = over[np.arange(len(near)), shortest]
        is_shorter = over < best[near]
        best[near[is_shorter]] = over[is_shorter]
        best_door[near[is_shorter]] = far_door[shortest[is_shorter]]
        metres[here], door[here] = best, best_door
    return Nearest(metres, door)


def nearest_of_own(
    points: Points, owners: np.ndarray, doors: Points, door_owners: np.ndarray, crossings: Crossings | None
) -> Nearest:
    """The nearest door of its own owner to each point; infinite and NOWHERE where the owner has none."""
    metres, door = np.full(len(points), np.inf), np.full(len(points), NOWHERE)
    for owner, rows in pd.Series(owners).groupby(owners).indices.items():
        own = np.flatnonzero(door_owners == owner)
        found = nearest(points[rows], doors[own], crossings)
        metres[rows], door[rows] = found.metres, np.append(own, NOWHERE)[found.door]
    return Nearest(metres, door)


def distances(place: Points, doors: Points, crossings: Crossings) -> tuple[np.ndarray, np.ndarray]:
    """From one place to every door: metres, and the place of the crossing on the way (NOWHERE for none)."""
    is_south = bool(place.is_south[0])
    near_ends, far_ends, lengths = crossings.from_bank(is_south)
    to_far_end = _apart(near_ends, place.xy[0]) + lengths
    over = to_far_end[:, None] + _apart(far_ends[:, None], doors.xy[None])
    is_across = doors.is_south != is_south
    metres = np.where(is_across, over.min(axis=0), _apart(doors.xy, place.xy[0]))
    return metres, np.where(is_across, over.argmin(axis=0), NOWHERE)


def are_within(doors: Points, points: Points, crossings: Crossings, metres: float) -> np.ndarray:
    """Whether each point is within so many metres of each door: a row a door, a column a point."""
    found = np.zeros((len(doors), len(points)), bool)
    for is_south in (False, True):
        here = np.flatnonzero(doors.is_south == is_south)
        own, far = (np.flatnonzero(points.is_south == bank) for bank in (is_south, not is_south))
        for door, near in zip(here, _within(doors.xy[here], points.xy[own], metres), strict=True):
            found[door, own[near]] = True
        near_ends, far_ends, lengths = crossings.from_bank(is_south)
        to_end, beyond = _apart(doors.xy[here, None], near_ends), _apart(points.xy[far, None], far_ends)
        over = np.zeros((len(here), len(far)), bool)
        for crossing, length in enumerate(lengths):
            at_this_end = np.flatnonzero(to_end[:, crossing] + length <= metres)
            way = to_end[at_this_end, None, crossing] + length + beyond[None, :, crossing]
            over[at_this_end] |= way <= metres
        found[np.ix_(here, far)] = over
    return found


def _straight(points: np.ndarray, doors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distance to the nearest door, and its place; infinite and NOWHERE without doors."""
    if len(doors) == 0:
        return np.full(len(points), np.inf), np.full(len(points), NOWHERE)
    from scipy.spatial import cKDTree  # here, because only those who ask for distances should wait for it

    return cKDTree(doors).query(points)


def _within(doors: np.ndarray, points: np.ndarray, metres: float) -> list[list[int]]:
    """The places of the points that are within so many metres of each door, in a straight line."""
    if len(doors) == 0 or len(points) == 0:
        return [[] for _ in doors]
    from scipy.spatial import cKDTree  # here, because only those who ask for distances should wait for it

    return list(cKDTree(points).query_ball_point(doors, metres))


def _apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far apart places are, of which the last axis is easting and northing."""
    difference = one - other
    return np.hypot(difference[..., 0], difference[..., 1])
