"""The children of small areas in use: those of Census day, or of the middle of a newer year once downloaded.

All that is worked out from where children live stands on one of the two, never on both, and says which.
"""

import datetime as dt
from typing import NamedTuple

import pandas as pd

from data_loaders import store

SMALL_AREAS = "small_areas.csv"
# the newer estimates, which are there only once they were downloaded
TABLE, SOURCE = "small_areas_children.csv", "ons_small_area_population"
CENSUS_SOURCE = "ons_census_2021_children"
# what of the census stays in use beside newer children
PLACES_OF_CENSUS = "Census 2021: population-weighted centroids of small areas"
CENSUS_DAY = dt.date(2021, 3, 21)


class Children(NamedTuple):
    """Of when the children in use are, in the words that pages and files say it in.

    `day` is ISO. `named` stands in brackets or after "of", `noun` and `dated` after "of" or after `at`;
    `counted` is how one knows of them ("were counted"), `limits` what that is worth, in whole sentences.
    """

    day: str
    named: str
    noun: str
    dated: str
    at: str
    counted: str
    limits: str

    @property
    def when(self) -> str:
        """Such as "on Census day 2021"."""
        return f"{self.at} {self.noun}"

    @property
    def on_day(self) -> str:
        """Such as "on Census day, 21 March 2021"."""
        return f"{self.at} {self.dated}"

    @property
    def is_census(self) -> bool:
        """Whether they are those that are embedded."""
        return self.day == CENSUS_DAY.isoformat()

    def fill(self, cell: str) -> str:
        """A cell of the catalogue with its placeholders filled in (data_loaders.schemas.cells.OfChildren)."""
        said = {"children": self.named, "children_day": self.dated, "children_limits": self.limits}
        for name, words in said.items():
            cell = cell.replace(f"{{{name}}}", words)
        return cell


_CENSUS = Children(
    day=CENSUS_DAY.isoformat(),
    named="Census 2021",
    noun="Census day 2021",
    dated="Census day, 21 March 2021",
    at="on",
    counted="were counted",
    limits="The census was taken in lockdown and is never brought up to a later year; authorities have moved "
    "by −10% to +7% since.",
)


def load_children(entries: dict[str, store.Entry]) -> Children:
    """Of when the children are that are in use."""
    return of_mid_year(int(entries[TABLE].figures_date[:4])) if TABLE in entries else _CENSUS


def of_mid_year(year: int) -> Children:
    """The words for estimates of the middle of a year."""
    return Children(
        day=f"{year}-06-30",
        named=f"mid-{year}",
        noun=f"mid-{year}",
        dated=f"mid-{year} (30 June {year})",
        at="in",
        counted="are estimated to have lived",
        limits="The Office for National Statistics calls its estimates for small areas by year of age "
        "supporting information: they are less certain than those for authorities. They are never brought "
        "up to a later year.",
    )


def load_counts(entries: dict[str, store.Entry]) -> pd.Series:
    """How many children aged 0 to 4 live in each small area of London: a number by code, in their order.

    Raises store.SnapshotError where a download has not all of them.
    """
    counted = store.read_text_table(SMALL_AREAS, entries).set_index("small_area")["children_0_4"].astype(int)
    if TABLE not in entries:
        return counted
    newer = store.read_text_table(TABLE, entries).set_index("small_area")["children_0_4"]
    lacking = counted.index.difference(newer.index)
    if len(lacking):
        raise store.SnapshotError(f"{TABLE} lacks {len(lacking)} of London's small areas.")
    return newer.reindex(counted.index).astype(int)
