"""What the register of children's centres listed on a day, and what changed in it between two days."""

import numpy as np
import pandas as pd

from data_loaders.sites import CHANGING, Register, open_on

# in the order in which they are told
GONE, NEW, RETYPED, MOVED = "gone", "new", "retyped", "moved"
TYPES = ["designated_centres", "linked_sites"]
_WAS = ["type", "postcode", "easting", "northing"]


def listed_on(register: Register, day: str) -> pd.DataFrame:
    """London's sites that the register listed on one of its days, as it had them then.

    Columns of data_loaders.sites, an entry a row, by authority and name. Names are those of today, and a
    postcode is that of the next register in which postcodes are held.
    """
    listed = open_on(register.sites[register.sites["area_code"] != ""], day)
    later = register.before[register.before["until"] >= day].sort_values("until")
    then = later.drop_duplicates("urn").set_index("urn").reindex(listed["urn"]).reset_index(drop=True)
    was_other = then["type"].notna()
    for column in CHANGING:
        listed.loc[was_other, column] = then.loc[was_other, column]
    return listed[listed["area_code"] != ""].sort_values(["authority", "name", "urn"], ignore_index=True)


def changes(register: Register, since: str, day: str, then: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """What changed from one day of the register to a later one, a row an entry and kind of change.

    `then` and `now` are listed_on() of the two days. Columns of data_loaders.sites, as of the later day or,
    for what is gone, the earlier one; change (GONE, NEW, RETYPED or MOVED); until and by, the last day on
    which the entry is known to have been as before and the first on which it is known not to have been, empty
    where no such day is held; from_type and from_postcode, what the entry was before, empty where it is the
    same; metres in a straight line from where its postcode was (NaN but for MOVED). Told are changes that lie
    between the two days for certain.
    """
    gone = then[~then["urn"].isin(now["urn"])]
    new = now[~now["urn"].isin(then["urn"])]
    parts = [
        gone.assign(change=GONE, until=gone["last_seen"], by=""),
        new.assign(change=NEW, until="", by=new["first_seen"]),
        *_became_others(register, now[now["urn"].isin(then["urn"])], since, day),
    ]
    whole = pd.concat(parts, ignore_index=True)
    return whole.fillna({"from_type": "", "from_postcode": ""}).assign(metres=whole["metres"].astype(float))


def _became_others(register: Register, now: pd.DataFrame, since: str, day: str) -> list[pd.DataFrame]:
    """The entries that are of another type, and those at another postcode; what they were first is told."""
    before = register.before
    inside = before[(before["until"] >= since) & (before["by"] <= day)].sort_values("until")
    first, last = inside.drop_duplicates("urn"), inside.drop_duplicates("urn", keep="last")
    was = first.assign(by=first["urn"].map(last.set_index("urn")["by"]))
    both = now.merge(was[["urn", "until", "by", *_WAS]], on="urn", suffixes=("", "_was"))
    retyped = both[both["type"] != both["type_was"]]
    moved = both[both["postcode"] != both["postcode_was"]]
    way = np.hypot(moved["easting"] - moved["easting_was"], moved["northing"] - moved["northing_was"])
    found = (
        retyped.assign(change=RETYPED, from_type=retyped["type_was"], from_postcode="", metres=np.nan),
        moved.assign(change=MOVED, from_type="", from_postcode=moved["postcode_was"], metres=way),
    )
    return [rows.drop(columns=[f"{column}_was" for column in _WAS]) for rows in found]


def counts(sites: pd.DataFrame) -> pd.DataFrame:
    """How many of these sites each authority lists, by type: a row an area_code, a column of TYPES each."""
    counted = sites.groupby(["area_code", "type"]).size().unstack(fill_value=0)
    return counted.reindex(columns=TYPES, fill_value=0)
