"""The figures of access that are in the catalogue: a row an authority, register date and indicator."""

import pandas as pd

from data_loaders import store
from data_loaders.children import CENSUS_SOURCE, SOURCE, TABLE
from data_loaders.observations import COLUMNS
from data_loaders.sites import load_embedded_sites, open_on
from geo.access.distance import Crossings
from geo.access.homes import at_centres, load_crossings, load_small_areas
from geo.access.reach import shares, with_distances

# a column of geo.access.reach.shares by the indicator that it is the numerator of
INDICATORS = {
    "access_any_centre": "within_any",
    "access_own_centre": "within_own",
    "access_only_across_border": "only_across",
    "access_nearest_across_border": "nearest_across",
}
SOURCES = f"dfe_register_sites+{CENSUS_SOURCE}+ons_postcodes+tfl_crossings"
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
        reached = with_distances(homes, open_on(sites, day), crossings)
        found = shares(reached, reached["area_code"])
        rows += [
            pd.DataFrame(
                {
                    "area_code": found.index,
                    "indicator_id": indicator,
                    "period": day,
                    "period_end": day,
                    "value": (100 * found[column] / found["children"]).round(4),
                    "numerator": found[column],
                    "denominator": found["children"],
                }
            )
            for indicator, column in INDICATORS.items()
        ]
    together = pd.concat(rows, ignore_index=True)
    return together.assign(status="derived", source_id=SOURCES, note="").reindex(columns=COLUMNS)


def of_children_in_use(stored: pd.DataFrame, entries: dict[str, store.Entry]) -> pd.DataFrame:
    """Stored observations in which access is that of the children in use (data_loaders.children).

    Where newer estimates were downloaded, all dates are worked out anew from them, so that no two dates ever
    stand on different children; what was worked out from the census is then not among the rows.
    """
    if TABLE not in entries:
        return stored
    is_access = stored["indicator_id"].isin(INDICATORS)
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
