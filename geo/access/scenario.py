"""What if: who would gain or lose a centre within reach if some closed or others opened.

A scenario changes the list of sites and nothing else. Nothing of what people would then do is estimated.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data_loaders.postcodes import Place, Postcodes
from geo.access.covering import one_by_one
from geo.access.distance import Crossings, Points, are_within

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# columns of a change that are numbers of children
COUNTED = ("loses", "gains", "loses_own", "gains_own", "further", "nearer")


def changed(
    sites: pd.DataFrame,
    closed: Collection[str],
    opened: Collection[Place],
    moved: Mapping[str, Place] | None = None,
) -> pd.DataFrame:
    """The sites (data_loaders.sites) without those of some URNs, and with one at each of these places.

    A new site is listed by the authority in which it stands, where that is in London. Its columns are those
    that distances need; it has no URN. A site that is `moved`, by its URN, stands at its new place and stays
    its authority's; one that closes as well is closed.
    """
    new = pd.DataFrame(
        [
            {
                "urn": "",
                "name": place.postcode,
                "type": "designated_centres",
                "area_code": place.area_code if place.is_in_london else "",
                "stands_in": place.area_code,
                "easting": place.easting,
                "northing": place.northing,
                "is_south": place.bank == "south",
            }
            for place in opened
        ]
    )
    kept = sites[~sites["urn"].isin(closed)].reset_index(drop=True)
    for urn, place in (moved or {}).items():
        is_it = kept["urn"] == urn
        kept.loc[is_it, ["easting", "northing"]] = place.easting, place.northing
        kept.loc[is_it, "is_south"] = place.bank == "south"
        kept.loc[is_it, "stands_in"] = place.area_code
    return pd.concat([kept, new], ignore_index=True) if len(new) else kept


def change(before: pd.DataFrame, after: pd.DataFrame, reach: float) -> pd.DataFrame:
    """What becomes of the children of each home (geo.access.reach.with_distances, before and after).

    Both tables have their distances by the same rule of whose sites count.
    Added to the homes are numbers of children: loses, gains (a site that counts within `reach` metres),
    loses_own, gains_own (one of the own authority's), further, nearer (whose nearest site is); and `metres`,
    how much further the nearest is: 0 where nothing changes, infinite where none is left.
    """
    children, metres = before["children"], (after["metres"] - before["metres"]).fillna(0)

    def where(mask: pd.Series) -> pd.Series:
        return children.where(mask, 0)

    near, then_near = before["metres"] <= reach, after["metres"] <= reach
    own, then_own = before["metres_own"] <= reach, after["metres_own"] <= reach
    homes = before[["area_code", "small_area", "easting", "northing", "is_deprived", "children"]]
    return homes.assign(
        loses=where(near & ~then_near),
        gains=where(then_near & ~near),
        loses_own=where(own & ~then_own),
        gains_own=where(then_own & ~own),
        further=where(metres > 0),
        nearer=where(metres < 0),
        metres=metres,
    )


def by_authority(found: pd.DataFrame) -> pd.DataFrame:
    """The children of a change() by area_code: children and COUNTED; only authorities with some of them."""
    table = found.groupby("area_code")[["children", *COUNTED]].sum()
    return table[(table[list(COUNTED)] > 0).any(axis="columns")]


def mean_way(found: pd.DataFrame) -> tuple[float, float]:
    """By how many metres the nearest site is further for those for whom it is, and nearer for the others.

    Means over children who have a site before and after; nan where there are none.
    """
    known, ways = found[np.isfinite(found["metres"])], []
    for counted, sign in (("further", 1), ("nearer", -1)):
        children = known[counted]
        ways.append(sign * float((children * known["metres"]).sum()) / float(children.sum() or np.nan))
    return ways[0], ways[1]


def candidates(areas: pd.DataFrame, postcodes: Postcodes) -> pd.DataFrame:
    """Where a centre might stand: of each small area the postcode nearest to its centre, each once.

    Columns: postcode_row (in `postcodes`), area_code, easting, northing, is_south.
    """
    from scipy.spatial import cKDTree  # here, because only those who ask should wait for it

    rows = postcodes.in_london()
    places = np.column_stack([postcodes.easting[rows], postcodes.northing[rows]])
    _, nearest = cKDTree(places).query(areas[["easting", "northing"]].to_numpy(float))
    found = rows[np.unique(nearest)]
    return pd.DataFrame(
        {
            "postcode_row": found,
            "area_code": np.array(postcodes.areas, object)[postcodes.area[found]],
            "easting": postcodes.easting[found].astype(int),
            "northing": postcodes.northing[found].astype(int),
            "is_south": postcodes.is_south[found],
        }
    )


def reached(
    doors: pd.DataFrame,
    homes: pd.DataFrame,
    crossings: Crossings,
    reach: float,
    territory: Mapping[str, str] | None = None,
) -> "csr_array":
    """Whether each door is within so many metres of each home and counts there: a row a door.

    Both have area_code, easting, northing and is_south; for `territory` see geo.access.reach.with_distances.
    """
    from scipy.sparse import csr_array  # here, because only those who ask should wait for it

    found = are_within(Points.of(doors), Points.of(homes), crossings, reach)
    if territory is not None:
        whose, _ = pd.factorize(pd.concat([doors["area_code"], homes["area_code"]]).map(territory))
        found &= whose[: len(doors), None] == whose[len(doors) :]
    return csr_array(found)


def best_places(
    homes: pd.DataFrame,
    doors: pd.DataFrame,
    crossings: Crossings,
    reach: float,
    most: int,
    territory: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """One more centre where it reaches most children who have none within reach, and so on, one by one.

    `homes` is geo.access.reach.with_distances() by this territory, `doors` are candidates(). A row a centre,
    the best first: its row of `doors` with gains, the children whom it would reach and none before it does.
    The first is the best of all candidates; that the first few together are the best few is not said.
    """
    without = homes[homes["metres"] > reach]
    covers = reached(doors, without, crossings, reach, territory)
    found = one_by_one(covers, without["children"].to_numpy(float), most)
    gains = [gained for _, gained in found]
    return doors.iloc[[row for row, _ in found]].assign(gains=gains).reset_index(drop=True)
