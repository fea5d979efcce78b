"""Children's centres and linked sites with their places: the embedded ones, and over them a newer register.

The register has no coordinates and no closing dates: a site lies where its postcode does, and `last_seen`
before the newest register means that it left the register after that day. Entries go stale.
"""

import numpy as np
import pandas as pd

from data_loaders import store
from data_loaders.library import Library
from data_loaders.postcodes import Postcodes, as_entered, load_postcodes

TABLE = "childrens_centre_sites.csv"


def load_sites(library: Library) -> pd.DataFrame:
    """Every site that the register has listed as open since August 2016, in London and 5 km around.

    Columns: urn, name, type (designated_centres, linked_sites), authority (its name), area_code (of the
    London authority that lists it, else empty), stands_in (the authority in which it stands), postcode,
    easting, northing (numbers), is_south, open_date, first_seen, last_seen (ISO). Where a register was
    downloaded, its London sites are brought up to its day; those without a known postcode are left out.
    """
    # here, because it brings in all that asks publishers
    from data_loaders.register import SITES, SOURCE_ID

    sites = store.read_text_table(TABLE, library.entries)
    sites = sites.assign(
        easting=sites["easting"].astype(int),
        northing=sites["northing"].astype(int),
        is_south=sites.pop("bank") == "south",
    )
    if SITES not in library.entries:
        return sites
    listed = store.read_text_table(SITES, library.entries)
    names = sites.drop_duplicates("area_code").set_index("area_code")["authority"]
    return brought_up_to(
        sites,
        listed.assign(authority=listed["area_code"].map(names)),
        library.versions[SOURCE_ID].published,
        load_postcodes(library.entries),
    )


def brought_up_to(sites: pd.DataFrame, listed: pd.DataFrame, day: str, postcodes: Postcodes) -> pd.DataFrame:
    """The sites after a register of this day, which lists London's open entries (data_loaders.register).

    `listed` has urn, name, type, area_code, authority, open_date and postcode.
    """
    rows, is_known = postcodes.known_rows_of(listed["postcode"].map(as_entered))
    listed = listed[is_known]
    first_seen = listed["urn"].map(sites.set_index("urn")["first_seen"]).fillna(day)
    placed = listed.assign(
        stands_in=np.array(postcodes.areas)[postcodes.area[rows]],
        easting=postcodes.easting[rows].astype(int),
        northing=postcodes.northing[rows].astype(int),
        is_south=postcodes.is_south[rows],
        first_seen=first_seen.where(first_seen < day, day),
        last_seen=day,
    )
    others = sites[~sites["urn"].isin(placed["urn"])]
    return pd.concat([others, placed[list(sites.columns)]], ignore_index=True)


def open_now(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites that the newest register lists: of London and of its surroundings each has its own day."""
    is_london = sites["area_code"] != ""
    newest = sites.groupby(is_london)["last_seen"].transform("max")
    return sites[sites["last_seen"] == newest].reset_index(drop=True)


def open_on(sites: pd.DataFrame, day: str) -> pd.DataFrame:
    """The sites that the register listed on a day, as far as its extracts before and after tell."""
    return sites[(sites["first_seen"] <= day) & (sites["last_seen"] >= day)].reset_index(drop=True)
