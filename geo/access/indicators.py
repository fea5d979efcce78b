"""The figures of access that are in the catalogue: a row an authority, register date and indicator."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from data_loaders import store
from data_loaders.children import CENSUS_SOURCE, SOURCE, TABLE
from data_loaders.observations import COLUMNS
from data_loaders.sites import load_embedded_sites, open_on
from data_loaders.within import ALL_SITES, USUAL, Within
from geo.access.distance import Crossings
from geo.access.homes import at_centres, load_crossings, load_small_areas
from geo.access.reach import numbers, with_distances
from geo.access.scenario import reached
from geo.access.sharing import for_each_centre, of_london, shared_of

# a column of geo.access.reach.shares by the indicator that it is the numerator of
INDICATORS = {
    "access_any_centre": "within_any",
    "access_own_centre": "within_own",
    "access_only_across_border": "only_across",
    "access_nearest_across_border": "nearest_across",
}
# the one of them that is the same whatever distance counts as within reach
WITHOUT_DISTANCE = "access_nearest_across_border"
FOR_EACH_CENTRE = "access_children_per_centre"
ALL = (*INDICATORS, FOR_EACH_CENTRE)
# what no other figure is worked out from
SITES_SOURCE = "dfe_register_sites"
SOURCES = f"{SITES_SOURCE}+{CENSUS_SOURCE}+ons_postcodes+tfl_crossings"
# what a value leaves out is said beside it from this share of the children on
MANY = 0.25
# before, some sites were counted as another type than the one they have in the table of sites
FIRST_DAY = "2019-12-06"


class Ways(NamedTuple):
    """How far it is to the nearest sites of one kind on each day, whatever counts as within reach.

    `homes` is geo.access.homes, `sites` are those of that kind (data_loaders.sites) that were open on any of
    the days, and `by_day` has the homes with their distances (geo.access.reach) by days (ISO).
    """

    homes: pd.DataFrame
    sites: pd.DataFrame
    crossings: Crossings
    by_day: dict[str, pd.DataFrame]


def ways(
    areas: pd.DataFrame, sites: pd.DataFrame, crossings: Crossings, days: list[str], kind: str = ALL_SITES
) -> Ways:
    """How far it is on each of these days (ISO) to sites of a kind (data_loaders.within).

    `areas` and `sites` are those of geo.access.homes and data_loaders.sites; the children of every day are
    the same, each at the population-weighted centre of its small area.
    """
    homes, counted = at_centres(areas), of_kind(sites, kind)
    by_day = {day: with_distances(homes, open_on(counted, day), crossings) for day in days}
    return Ways(homes, counted, crossings, by_day)


def of_kind(sites: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The sites (data_loaders.sites) that count in a setting: all, or those of one type."""
    return sites if kind == ALL_SITES else sites[sites["type"] == kind].reset_index(drop=True)


def observations(
    areas: pd.DataFrame, sites: pd.DataFrame, crossings: Crossings, days: list[str], within: Within = USUAL
) -> pd.DataFrame:
    """What the children of each authority reach on each of these days, with COLUMNS of observations."""
    return within_reach(ways(areas, sites, crossings, days, within.sites), within)


def within_reach(of: Ways, within: Within) -> pd.DataFrame:
    """observations(), of distances to the kind of sites that counts."""
    homes, rows = of.homes, []
    # which sites are near which homes is the same on every day on which they are open
    doors = of_london(of.sites)
    covers = reached(doors, homes, of.crossings, within.metres)
    places = doors[["first_seen", "last_seen"]].assign(place=range(len(doors)))
    for day, table in of.by_day.items():
        found = numbers(table, table["area_code"], within.metres)
        rows += [
            _of_day(
                day,
                indicator,
                value=100 * found[column] / found["children"],
                numerator=found[column],
                denominator=found["children"],
            )
            for indicator, column in INDICATORS.items()
        ]
        together = shared_of(homes, covers[open_on(places, day)["place"].to_numpy()])
        rows.append(_for_each_centre(day, for_each_centre(together, homes["area_code"]), within))
    return pd.concat(rows, ignore_index=True).reindex(columns=COLUMNS)


def _of_day(day: str, indicator: str, notes: Sequence[str] = (), **figures: pd.Series) -> pd.DataFrame:
    """A row an authority, by which the figures are indexed: value, numerator and denominator."""
    table = pd.DataFrame(figures).rename_axis("area_code").reset_index()
    return table.assign(
        indicator_id=indicator,
        period=day,
        period_end=day,
        value=table["value"].round(4),
        status=np.where(table["value"].notna(), "derived", "not_applicable"),
        source_id=SOURCES,
        note=notes or "",
    )


def _for_each_centre(day: str, found: pd.DataFrame, within: Within) -> pd.DataFrame:
    """Children for each centre (geo.access.sharing), with a note where many have none within reach."""
    without = found["children"] - found["within"]
    left_out = f"children there have no {within.centre} of London within {within.said} and are left out"
    notes = [
        f"{none:,.0f} of {children:,.0f} {left_out}" if none >= MANY * children else ""
        for none, children in zip(without, found["children"], strict=True)
    ]
    return _of_day(
        day,
        FOR_EACH_CENTRE,
        notes,
        value=found["a_centre"],
        numerator=found["within"],
        # a part of a centre is a small number
        denominator=found["share"].round(6),
    )


def of_children_in_use(stored: pd.DataFrame, entries: dict[str, store.Entry]) -> pd.DataFrame:
    """Stored observations in which access is that of the children in use (data_loaders.children).

    Where newer estimates were downloaded, all dates are worked out anew from them, so that no two dates ever
    stand on different children; what was worked out from the census is then not among the rows.
    """
    if TABLE not in entries:
        return stored
    is_access = stored["indicator_id"].isin(ALL)
    days = sorted(stored.loc[is_access, "period"].unique())
    newer = in_use(load_ways(entries, days, ALL_SITES), USUAL, entries)
    return pd.concat([stored[~is_access], newer], ignore_index=True)


def load_ways(entries: dict[str, store.Entry], days: list[str], kind: str) -> Ways:
    """How far it is for the children in use on each of these days (ISO) to embedded sites of a kind."""
    crossings = Crossings.of(load_crossings(entries))
    return ways(load_small_areas(entries), load_embedded_sites(entries), crossings, days, kind)


def in_use(of: Ways, within: Within, entries: dict[str, store.Entry]) -> pd.DataFrame:
    """Observations of a setting as load_observations() of data_loaders gives those that are stored."""
    rows = within_reach(of, within)
    sources = SOURCES.replace(CENSUS_SOURCE, f"{SOURCE}+{CENSUS_SOURCE}") if TABLE in entries else SOURCES
    return rows.assign(period_end=pd.to_datetime(rows["period_end"]), source_id=sources, retrieved="")
