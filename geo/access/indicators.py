"""The figures of access that are in the catalogue: a row an authority, register date and indicator."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_loaders import store
from data_loaders.children import CENSUS_SOURCE, SOURCE, TABLE
from data_loaders.observations import COLUMNS
from data_loaders.sites import load_embedded_sites, open_on
from geo.access.distance import Crossings
from geo.access.homes import at_centres, load_crossings, load_small_areas
from geo.access.reach import shares, with_distances
from geo.access.sharing import for_each_centre, shared

# a column of geo.access.reach.shares by the indicator that it is the numerator of
INDICATORS = {
    "access_any_centre": "within_any",
    "access_own_centre": "within_own",
    "access_only_across_border": "only_across",
    "access_nearest_across_border": "nearest_across",
}
FOR_EACH_CENTRE = "access_children_per_centre"
SOURCES = f"dfe_register_sites+{CENSUS_SOURCE}+ons_postcodes+tfl_crossings"
# what a value leaves out is said beside it from this share of the children on
MANY = 0.25
# before, some sites were counted as another type than the one they have in the table of sites
FIRST_DAY = "2019-12-06"


def observations(
    areas: pd.DataFrame, sites: pd.DataFrame, crossings: Crossings, days: list[str]
) -> pd.DataFrame:
    """What the children of each authority reach on each of these days (ISO), with COLUMNS of observations.

    `areas` and `sites` are those of geo.access.homes and data_loaders.sites; the children of every day are
    the same, each at the population-weighted centre of its small area.
    """
    homes = at_centres(areas)
    rows = []
    for day in days:
        sites_then = open_on(sites, day)
        reached = with_distances(homes, sites_then, crossings)
        found = shares(reached, reached["area_code"])
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
        together = shared(homes, sites_then, crossings)
        rows.append(_for_each_centre(day, for_each_centre(together, homes["area_code"])))
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


def _for_each_centre(day: str, found: pd.DataFrame) -> pd.DataFrame:
    """Children for each centre (geo.access.sharing), with a note where many have none within reach."""
    without = found["children"] - found["within"]
    left_out = "children there have no centre of London within 1.2 km and are left out"
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
    is_access = stored["indicator_id"].isin([*INDICATORS, FOR_EACH_CENTRE])
    newer = observations(
        load_small_areas(entries),
        load_embedded_sites(entries),
        Crossings.of(load_crossings(entries)),
        sorted(stored.loc[is_access, "period"].unique()),
    )
    newer = newer.assign(
        period_end=pd.to_datetime(newer["period_end"]),
        source_id=SOURCES.replace(CENSUS_SOURCE, f"{SOURCE}+{CENSUS_SOURCE}"),
        retrieved="",
    )
    return pd.concat([stored[~is_access], newer], ignore_index=True)
