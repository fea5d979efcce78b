"""Where families live and where the doors are, read once for all visitors when somebody first asks."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from data_loaders import store
from data_loaders.catalogue import Source
from data_loaders.children import SMALL_AREAS, TABLE as NEWER_CHILDREN, Children, load_children
from data_loaders.postcodes import TABLE as POSTCODES, Place, Postcodes, load_postcodes
from data_loaders.sites import (
    HUBS,
    LISTED,
    TABLE as SITES,
    Hubs,
    has_newer_register,
    load_hubs,
    load_sites,
    open_now,
    placed,
)
from data_loaders.within import ALL_SITES
from geo.access import homes as geo_homes
from geo.access.distance import NOWHERE, Crossings, Points, distances
from geo.access.homes import CROSSINGS, DEPRIVATION
from geo.access.indicators import of_kind
from geo.access.reach import LONDON, borders_between, compact, of_london, shares, with_distances
from geo.access.shapes import TABLE as SHAPES, Shapes, load_shapes
from geo.access.sharing import for_each_centre, shared
from pages.components.data import edition, figures

if TYPE_CHECKING:
    from geo.access.borders import Border, Boroughs

# what distances are worked out from, and what the page Near me shows besides
ESTIMATES = (SITES, SMALL_AREAS, POSTCODES, CROSSINGS)
SHOWN_NEAR = (*ESTIMATES, DEPRIVATION, SHAPES)
METHODS = {"centres": "At the middle of each small area", "spread": "Spread over its postcodes"}


class Ground(NamedTuple):
    """Small areas (geo.access.homes), open sites (data_loaders.sites) and crossings of the Thames."""

    areas: pd.DataFrame
    sites: pd.DataFrame
    crossings: pd.DataFrame


@edition.read_once()
def postcodes() -> Postcodes:
    """All postcodes of London and 5 km around."""
    return load_postcodes(_entries())


@edition.read_once()
def ground() -> Ground:
    """What distances are worked out from."""
    entries = _entries()
    return Ground(
        geo_homes.load_small_areas(entries),
        open_now(load_sites(figures.library())),
        geo_homes.load_crossings(entries),
    )


@edition.read_once()
def boroughs() -> "Boroughs":
    """The authorities as shapes in metres."""
    from geo.access.borders import load_boroughs  # here, because the first visitor should not wait for it

    return load_boroughs(_entries())


@edition.read_once()
def shapes() -> Shapes:
    """The small areas as shapes to draw."""
    return load_shapes(_entries())


@edition.once
def names() -> dict[str, str]:
    """The names of the authorities in London and of the districts around it, by their codes."""
    districts = _districts()
    boroughs = {code: name for name, code in figures.london().borough_codes.items()}
    return boroughs | dict(zip(districts["area_code"], districts["area_name"], strict=True))


def councils() -> dict[str, str]:
    """The council in charge of early years services in each of the districts around London."""
    districts = _districts()
    return dict(zip(districts["area_code"], districts["early_years_authority"], strict=True))


def _districts() -> pd.DataFrame:
    return store.read_text_table("nearby_authorities.csv", figures.library().entries)


def border_of(place: Place) -> "Border":
    """The border nearest to a place."""
    return boroughs().nearest_border(place, postcodes())


def sites_from(place: Place) -> pd.DataFrame:
    """The open sites, the nearest first: columns of data_loaders.sites, metres, and over.

    `over` is the crossing of the Thames on the way, empty where none is. Nothing of a place is kept.
    """
    return _away(place, ground().sites)


@edition.read_once()
def hubs() -> Hubs | None:
    """The list of family hubs; None where none was downloaded."""
    return load_hubs(figures.library())


def hubs_from(place: Place) -> pd.DataFrame:
    """The family hubs whose place is known, the nearest first, with the columns of sites_from().

    Their type is `family_hubs`, their authority the one that the list names. Without a list there is none.
    """
    found = hubs()
    if found is None:
        return ground().sites.head(0).assign(metres=0.0, over="")
    sites = placed(found.sites)
    listed = sites.assign(type="family_hubs", authority=sites["area_code"].map(names()))
    return _away(place, listed)


def with_hubs(tables: tuple[str, ...]) -> tuple[str, ...]:
    """These tables, and that of the family hubs where it is there."""
    return (*tables, HUBS) if HUBS in figures.library().entries else tables


def _away(place: Place, sites: pd.DataFrame) -> pd.DataFrame:
    """Sites with their metres from a place and the crossing on the way, the nearest first."""
    crossings = ground().crossings
    here = Points(np.array([[place.easting, place.northing]], dtype=float), np.array([place.bank == "south"]))
    metres, crossing = distances(here, Points.of(sites), Crossings.of(crossings))
    names = np.append(crossings["crossing"].to_numpy(object), "")
    over = names[np.where(crossing == NOWHERE, len(crossings), crossing)]
    return sites.assign(metres=metres, over=over).sort_values("metres", kind="stable", ignore_index=True)


@edition.once
def london_sites() -> pd.DataFrame:
    """London's open sites, by authority and name."""
    sites = ground().sites
    return sites[sites["area_code"] != ""].sort_values(["authority", "name"], ignore_index=True)


@edition.once
def reach_by_borough(method: str, reach: float) -> pd.DataFrame:
    """geo.access.reach.shares by area_code, London in a row of its own ("London"); `method` is of METHODS."""
    table = _with_distances(method)
    found = shares(table, table["area_code"], reach)
    return pd.concat([found, of_london(table, reach).to_frame().T])


@edition.once
def reach_by_deprivation(reach: float) -> pd.DataFrame:
    """geo.access.reach.shares of the most deprived fifth (True) and of the rest (False), at centres."""
    table = _with_distances("centres")
    return shares(table, table["is_deprived"], reach)


@edition.once
def children_for_each_centre(reach: float) -> pd.DataFrame:
    """Children for each centre within reach (geo.access.sharing) by area_code, London in a row of its own.

    Columns: any (of centres and linked sites), designated (of designated centres alone); NaN for none.
    """
    areas, sites, crossings = ground()
    homes, ways = geo_homes.at_centres(areas), Crossings.of(crossings)
    whole = pd.Series(LONDON, homes.index)
    found = {}
    for name, counted in {"any": sites, "designated": sites[sites["type"] == "designated_centres"]}.items():
        table = shared(homes, counted, ways, reach)
        parts = [for_each_centre(table, by)["a_centre"] for by in (homes["area_code"], whole)]
        found[name] = pd.concat(parts)
    return pd.DataFrame(found)


@edition.once
def across_wider_borders(vintage: str) -> dict[str, float]:
    """How many children have their nearest site across a border of an ICS, and across that of London."""
    table, london = _with_distances("centres"), figures.london()
    members = london.footprints[london.footprints["vintage"] == vintage]
    by_ics = dict(zip(members["area_code"], members["ics_code"], strict=True))
    whole = dict.fromkeys(by_ics, "London")
    return {
        name: of_london(table, territory=territory)["nearest_across"]
        for name, territory in (("ics", by_ics), ("london", whole))
    }


@edition.once
def children_across() -> pd.DataFrame:
    """Whose nearest site is across which border (geo.access.reach.borders_between), at today's register.

    Sites are those that count in the setting that is looked at.
    """
    return borders_between(_with_distances("centres", edition.setting().sites))


@edition.once
def register_day() -> str:
    """The day of the register that lists London's open sites, ISO."""
    sites = ground().sites
    return str(sites.loc[sites["area_code"] != "", "last_seen"].max())


@edition.once
def children() -> Children:
    """Of when the children of small areas are that all of this is worked out from."""
    return load_children(_entries())


def sources(tables: tuple[str, ...]) -> list[Source]:
    """The publications that these tables are from; one that was downloaded with the day of its figures.

    Where a newer register was downloaded, sites are from it as well, and so are children where newer
    estimates were.
    """
    library, known = figures.library(), figures.london().catalogue.sources
    of_sites = [LISTED] if SITES in tables and has_newer_register(library) else []
    of_children = [NEWER_CHILDREN] if SMALL_AREAS in tables and NEWER_CHILDREN in library.entries else []
    names = [*of_sites, *of_children, *tables]
    source_ids = dict.fromkeys(library.entries[name].source_id for name in names)
    return [
        replace(
            known[source_id], figures_date=version.published, retrieved=(version.retrieved_on.isoformat(),)
        )
        if (version := library.versions.get(source_id))
        else known[source_id]
        for source_id in source_ids
    ]


def _entries() -> dict[str, store.Entry]:
    return figures.library().entries


@edition.read_once(most=len(METHODS) + 1)
def _with_distances(method: str, kind: str = ALL_SITES) -> pd.DataFrame:
    areas, sites, crossings = ground()
    doors, ways = of_kind(sites, kind), Crossings.of(crossings)
    if method == "spread":
        # a row a postcode
        return compact(with_distances(geo_homes.over_postcodes(areas, postcodes()), doors, ways))
    return with_distances(geo_homes.at_centres(areas), doors, ways)
