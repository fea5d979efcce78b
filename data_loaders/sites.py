"""Children's centres and linked sites with their places: the embedded ones, and over them a newer register.

The register has no coordinates and no closing dates: a site lies where its postcode does, and `last_seen`
before the newest register means that it left the register after that day. Entries go stale.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from data_loaders import store
from data_loaders.library import Library
from data_loaders.postcodes import Postcodes, as_entered, load_postcodes, written

TABLE = "childrens_centre_sites.csv"
# what entries had been before they became what they are in TABLE
BEFORE = "childrens_centre_sites_before.csv"
# the embedded counts, whose days are those for which sites are held as well
COUNTS = "observations/dfe_register.csv"
# London's open entries of the newest register that was downloaded
LISTED, REGISTER_SOURCE = "sites.csv", "dfe_register"
# the list of family hubs, which is there only once it was downloaded
HUBS, HUBS_SOURCE = "family_hubs.csv", "dfe_family_hubs"
# what of an entry may change while it stays the same entry
CHANGING = ["type", "area_code", "authority", "postcode", "stands_in", "easting", "northing"]


class Register(NamedTuple):
    """What is held of the register since August 2016.

    `sites` are those of load_sites(), and London's whose postcode nobody knows, with NaN for easting and
    northing and an empty stands_in. `before` has urn, until, by (ISO) and CHANGING: what an entry was, the
    last day on which it is known to have been so, and the first on which it is known to be another. `days`
    are the days held, ISO, the oldest first.
    """

    sites: pd.DataFrame
    before: pd.DataFrame
    days: tuple[str, ...]


def load_sites(library: Library) -> pd.DataFrame:
    """Every site that the register has listed as open since August 2016, in London and 5 km around.

    Columns: urn, name, type (designated_centres, linked_sites), authority (its name), area_code (of the
    London authority that lists it, else empty), stands_in (the authority in which it stands), postcode,
    easting, northing (numbers), is_south, open_date, first_seen, last_seen (ISO). Where a register was
    downloaded, its London sites are brought up to its day; those without a known postcode are left out.
    """
    return placed(load_register(library).sites)


def placed(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites whose place is known, with whole metres."""
    return sites[sites["easting"].notna()].astype({"easting": int, "northing": int}).reset_index(drop=True)


def load_embedded_sites(entries: dict[str, store.Entry]) -> pd.DataFrame:
    """load_sites() without what was downloaded."""
    return placed(_embedded(entries).sites)


def load_register(library: Library) -> Register:
    """The embedded register, brought up to the day of the newest download, where that is a later one.

    Of downloads before the newest only counts are kept, so their days are not among those held.
    """
    embedded = _embedded(library.entries)
    if not has_newer_register(library):
        return embedded
    listed = store.read_text_table(LISTED, library.entries)
    names = embedded.sites.drop_duplicates("area_code").set_index("area_code")["authority"]
    return brought_up_to(
        embedded,
        listed.assign(authority=listed["area_code"].map(names)),
        library.versions[REGISTER_SOURCE].published,
        load_postcodes(library.entries),
    )


def has_newer_register(library: Library) -> bool:
    """Whether sites are those of a register that was downloaded: an older one only adds to the counts."""
    version = library.versions.get(REGISTER_SOURCE)
    return version is not None and version.published > _days(library.entries)[-1]


def _days(entries: dict[str, store.Entry]) -> list[str]:
    """The days of the embedded register, the oldest first."""
    return sorted(store.read_text_table(COUNTS, entries)["period"].unique())


def _embedded(entries: dict[str, store.Entry]) -> Register:
    sites, before = (store.read_text_table(name, entries) for name in (TABLE, BEFORE))
    sites = sites.assign(is_south=sites.pop("bank") == "south")
    # no entry that is embedded has gone to another authority
    before = before.merge(sites[["urn", "area_code", "authority"]], on="urn")
    numbers = {"easting": float, "northing": float}
    return Register(sites.astype(numbers), before.astype(numbers), tuple(_days(entries)))


def brought_up_to(register: Register, listed: pd.DataFrame, day: str, postcodes: Postcodes) -> Register:
    """The register after a newer one of this day, which lists London's open entries (data_loaders.register).

    `listed` has urn, name, type, area_code, authority, open_date and postcode.
    """
    sites = register.sites
    # one that had left and is listed again has a row for either time: it was not there in between
    was_listed = sites["last_seen"] == register.days[-1]
    staying = sites[was_listed]
    first_seen = listed["urn"].map(staying.set_index("urn")["first_seen"]).fillna(day)
    newer = _at(listed, postcodes).assign(first_seen=first_seen.where(first_seen < day, day), last_seen=day)
    others = sites[~(was_listed & sites["urn"].isin(newer["urn"]))]
    return Register(
        pd.concat([others, newer[list(sites.columns)]], ignore_index=True),
        pd.concat([register.before, _changed(staying, newer, day)], ignore_index=True),
        (*register.days, day),
    )


def _changed(sites: pd.DataFrame, newer: pd.DataFrame, day: str) -> pd.DataFrame:
    """What those entries were that have another type, place or authority in a newer register of this day."""
    told = ["type", "area_code", "postcode"]
    now = newer.set_index("urn")[told]
    both = sites[sites["urn"].isin(now.index)]
    is_other = (both[told].to_numpy() != now.loc[both["urn"]].to_numpy()).any(axis=1)
    changed = both[is_other]
    return changed.assign(until=changed["last_seen"], by=day)[["urn", "until", "by", *CHANGING]]


class Hubs(NamedTuple):
    """The list of family hubs: its day (ISO), and a row a hub.

    `sites` has area_code (of the authority that the list names), name, postcode, stands_in, easting, northing
    and is_south; NaN, and an empty stands_in, where nobody knows the postcode.
    """

    day: str
    sites: pd.DataFrame


def load_hubs(library: Library) -> Hubs | None:
    """London's family hubs of the newest list that was downloaded; None where none was."""
    if HUBS not in library.entries:
        return None
    listed = store.read_text_table(HUBS, library.entries)
    return Hubs(library.versions[HUBS_SOURCE].published, _at(listed, load_postcodes(library.entries)))


def _at(listed: pd.DataFrame, postcodes: Postcodes) -> pd.DataFrame:
    """Rows with where their postcodes lie, and the postcodes as they are usually written."""
    entered = listed["postcode"].map(as_entered)
    rows, is_known = postcodes.known_rows_of(entered)
    placed = listed.assign(
        postcode=entered.map(written).where(is_known, listed["postcode"]),
        stands_in="",
        easting=np.nan,
        northing=np.nan,
        is_south=False,
    )
    placed.loc[is_known, "stands_in"] = np.array(postcodes.areas)[postcodes.area[rows]]
    placed.loc[is_known, "easting"] = postcodes.easting[rows].astype(float)
    placed.loc[is_known, "northing"] = postcodes.northing[rows].astype(float)
    placed.loc[is_known, "is_south"] = postcodes.is_south[rows]
    return placed


def open_now(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites that the newest register lists: of London and of its surroundings each has its own day."""
    is_london = sites["area_code"] != ""
    newest = sites.groupby(is_london)["last_seen"].transform("max")
    return sites[sites["last_seen"] == newest].reset_index(drop=True)


def open_on(sites: pd.DataFrame, day: str) -> pd.DataFrame:
    """The sites that the register listed on a day, as far as its extracts before and after tell."""
    return sites[(sites["first_seen"] <= day) & (sites["last_seen"] >= day)].reset_index(drop=True)
