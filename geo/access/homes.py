"""Where children live, as far as is known: at the centre of their small area, or spread over its postcodes.

The children are those of Census day 2021, or of the estimates that were downloaded in their place
(data_loaders.children), never scaled to a later year. Both are estimates: nobody publishes where in a small
area its children live.
"""

import pandas as pd

from data_loaders import store
from data_loaders.children import SMALL_AREAS, load_counts
from data_loaders.postcodes import Postcodes

DEPRIVATION, CROSSINGS = "small_areas_deprivation.csv", "thames_crossings.csv"
# of England's small areas, the most deprived fifth of those by income deprivation affecting children
MOST_DEPRIVED_DECILES = (1, 2)


def load_small_areas(entries: dict[str, store.Entry]) -> pd.DataFrame:
    """London's 4,994 small areas in the order of their table.

    Columns: small_area (code), name, area_code (its authority), easting, northing (its population-weighted
    centre), is_south, children_0_4 (those in use), residents (of the census), idaci_rank, idaci_decile,
    is_deprived (in the most deprived fifth of England's).
    """
    areas = store.read_text_table(SMALL_AREAS, entries)
    areas = areas.merge(store.read_text_table(DEPRIVATION, entries), on="small_area", how="left")
    measured = ["easting", "northing", "idaci_rank", "idaci_decile"]
    areas = areas.astype({"residents": int} | dict.fromkeys(measured, float))
    areas["children_0_4"] = areas["small_area"].map(load_counts(entries))
    is_deprived = areas["idaci_decile"].isin(MOST_DEPRIVED_DECILES)
    kept = areas.drop(columns=["bank", "deprived_children", "children_0_15"])
    return kept.assign(is_south=areas["bank"] == "south", is_deprived=is_deprived)


def load_crossings(entries: dict[str, store.Entry]) -> pd.DataFrame:
    """Crossings of the Thames: crossing (its name), placed_by, and its ends (geo.access.distance)."""
    table = store.read_text_table(CROSSINGS, entries)
    ends = [name for name in table if name.endswith(("easting", "northing"))]
    return table.astype(dict.fromkeys(ends, int))


def at_centres(areas: pd.DataFrame) -> pd.DataFrame:
    """All children of a small area at its population-weighted centre: a row a small area.

    Columns: area_code, small_area (place in `areas`), easting, northing, is_south, is_deprived, children.
    """
    columns = ["area_code", "easting", "northing", "is_south", "is_deprived"]
    return areas[columns].assign(small_area=range(len(areas)), children=areas["children_0_4"].astype(float))


def over_postcodes(areas: pd.DataFrame, postcodes: Postcodes) -> pd.DataFrame:
    """The children of a small area in equal parts at its postcodes, live or terminated: a row a postcode.

    Columns as at_centres(). A small area without a postcode keeps its children at its centre.
    """
    rows = postcodes.in_london()
    place = postcodes.small_area[rows].astype(int)
    spread = pd.DataFrame(
        {
            "easting": postcodes.easting[rows],
            "northing": postcodes.northing[rows],
            "is_south": postcodes.is_south[rows],
            "small_area": place,
        }
    )
    shared_by = spread.groupby("small_area")["small_area"].transform("size")
    of_area = areas[["area_code", "is_deprived", "children_0_4"]].take(place).reset_index(drop=True)
    spread = spread.assign(
        area_code=of_area["area_code"],
        is_deprived=of_area["is_deprived"],
        children=of_area["children_0_4"] / shared_by,
    )
    empty = at_centres(areas)
    empty = empty[~empty["small_area"].isin(place)]
    return pd.concat([spread, empty[list(spread.columns)]], ignore_index=True)
