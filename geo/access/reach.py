"""Who reaches which door: by borough, ICS and London, of any centre and of one of the own authority."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data_loaders.within import USUAL
from geo.access.distance import NOWHERE, Crossings, Points, nearest, nearest_of_own

# about 15 minutes with a pram
REACH_M = USUAL.metres
# How much longer than a straight line a way by streets may be: what the open transport model MATSim takes by
# default for ways that it does not follow street by street (beelineDistanceFactor in its RoutingConfigGroup).
# It is an assumption, measured neither in London nor with a pram; only those who ask for it are shown it.
DETOUR = 1.3
LONDON = "London"


def with_distances(
    homes: pd.DataFrame,
    sites: pd.DataFrame,
    crossings: Crossings | None,
    territory: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Homes (geo.access.homes) with what is near each of them; sites as data_loaders.sites gives them.

    Added: metres (to the nearest site), metres_own (to the nearest that the own authority lists), site (the
    place of the nearest among the sites, NOWHERE without any), stands_in (its authority, empty without any).
    With a `territory`, which names one for every authority of London, only sites of the authorities of the
    own territory count as the nearest; without, all do, those around London as well.
    """
    points, doors = Points.of(homes), Points.of(sites)
    home, listed_by = homes["area_code"], sites["area_code"]
    own = nearest_of_own(points, home.to_numpy(), doors, listed_by.to_numpy(), crossings)
    if territory is None:
        found = nearest(points, doors, crossings)
    else:
        owners, door_owners = (codes.map(territory).to_numpy(object) for codes in (home, listed_by))
        found = nearest_of_own(points, owners, doors, door_owners, crossings)
    authorities = np.append(sites["stands_in"].to_numpy(object), "")
    return homes.assign(
        metres=found.metres,
        metres_own=own.metres,
        site=found.door,
        stands_in=authorities[np.where(found.door == NOWHERE, len(sites), found.door)],
    )


def compact(table: pd.DataFrame) -> pd.DataFrame:
    """A table of with_distances() with no more than shares() needs, in a sixth of the memory.

    Authorities are categories: of those of homes and of sites together, so that they can be compared.
    """
    authorities = pd.CategoricalDtype(sorted({*table["area_code"], *table["stands_in"]}))
    needed = table[["area_code", "children", "metres", "metres_own", "site", "stands_in"]]
    return needed.astype({"area_code": authorities, "stands_in": authorities, "site": "int16"})


def shares(
    table: pd.DataFrame, by: pd.Series, reach: float = REACH_M, territory: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """What the children of each group reach, a row a group: `table` is with_distances(), `by` names groups.

    Columns: children; within_any and within_own (children with a site, with one of their own authority, no
    further than `reach`); only_across (within_any without within_own); nearest_across (children whose nearest
    site stands in another authority, or in another `territory` where authorities are put together); metres
    and p90 (the mean distance to the nearest site, and that of the child with the longest way but for a
    tenth). Numbers of children are whole where homes are.
    """
    counted = numbers(table, by, reach, territory)
    walked = (table["children"] * table["metres"]).groupby(by, sort=True).sum()
    p90 = pd.Series({name: _p90(table.loc[rows]) for name, rows in by.groupby(by).groups.items()})
    return counted.assign(metres=walked / counted["children"], p90=p90)


def numbers(
    table: pd.DataFrame, by: pd.Series, reach: float = REACH_M, territory: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The numbers of children among shares(), which take a small part of its time."""
    children = table["children"]
    within_any, within_own = table["metres"] <= reach, table["metres_own"] <= reach
    home, away = table["area_code"], table["stands_in"]
    if territory is not None:
        home, away = home.map(territory), away.map(territory).fillna("")
    return (
        pd.DataFrame(
            {
                "children": children,
                "within_any": children.where(within_any, 0),
                "within_own": children.where(within_own, 0),
                "only_across": children.where(within_any & ~within_own, 0),
                "nearest_across": children.where((home != away) & (table["site"] != NOWHERE), 0),
            }
        )
        .groupby(by, sort=True)
        .sum()
    )


def of_london(
    table: pd.DataFrame, reach: float = REACH_M, territory: Mapping[str, str] | None = None
) -> pd.Series:
    """shares() of all children together."""
    return shares(table, pd.Series(LONDON, table.index), reach, territory).loc[LONDON]


def borders_between(table: pd.DataFrame) -> pd.DataFrame:
    """How many children have their nearest site across which border: a row two authorities, most first.

    `table` is with_distances(). Columns: one, other (codes), from_one (children of `one` whose nearest site
    stands in `other`), from_other (the other way round), both. `one` is the one with more of them.
    """
    across = table[(table["area_code"] != table["stands_in"]) & (table["site"] != NOWHERE)]
    counted = across.groupby(["area_code", "stands_in"])["children"].sum()
    back = counted.swaplevel().reindex(counted.index, fill_value=0).to_numpy()
    found = counted.rename("from_one").reset_index().assign(from_other=back)
    found = found.set_axis(["one", "other", "from_one", "from_other"], axis="columns")
    is_first = (found["from_one"] > found["from_other"]) | (
        (found["from_one"] == found["from_other"]) & (found["one"] < found["other"])
    )
    found = found[is_first].assign(both=found["from_one"] + found["from_other"])
    return found.sort_values(["both", "one"], ascending=[False, True], ignore_index=True)


def _p90(table: pd.DataFrame) -> float:
    """The distance within which nine of ten children are."""
    ordered = table.sort_values("metres")
    walked = ordered["children"].cumsum()
    if ordered.empty or walked.iloc[-1] == 0:
        return float("nan")
    return float(ordered["metres"].iloc[int(np.searchsorted(walked, 0.9 * walked.iloc[-1]))])
