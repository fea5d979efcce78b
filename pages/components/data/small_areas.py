"""The small areas of the map: which figure is drawn for a view, its values, and the outlines for browsers."""

import json

import pandas as pd

from data_loaders.children import SMALL_AREAS
from data_loaders.sites import TABLE as SITES, load_embedded_sites, open_on
from geo.access import outlines
from geo.access.distance import Crossings
from geo.access.homes import CROSSINGS, DEPRIVATION, at_centres
from geo.access.indicators import of_kind
from geo.access.reach import with_distances
from geo.access.shapes import TABLE as SHAPES
from geo.access.sharing import shared
from geo.access.small_areas import OF_A_DAY, Figure, of_figure
from pages.components.data import access, edition, figures
from pages.components.data.packed import Packed, pack
from pages.components.state.view import View

# what is known of small areas that an indicator says of boroughs
FIGURES = {
    "access_any_centre": Figure.NEAREST,
    "access_own_centre": Figure.NEAREST_OWN,
    "access_only_across_border": Figure.IN_REACH,
    "access_nearest_across_border": Figure.ACROSS,
    "access_children_per_centre": Figure.SHARED,
    "population_0_4": Figure.CHILDREN,
    "idaci_2025_most_deprived_fifth": Figure.DEPRIVATION,
}
# indicators that are much like one of FIGURES, but another index: their boroughs never stand beside its map
MUCH_LIKE = dict.fromkeys(("idaci_2019", "imd_2025"), "idaci_2025_most_deprived_fifth")
# the days whose distances are kept, of those that were looked at last
DAYS = 12
# the tables that a figure is from, beside the outlines
_ESTIMATED = (SITES, SMALL_AREAS, CROSSINGS)
_TABLES = {Figure.CHILDREN: (SMALL_AREAS,), Figure.DEPRIVATION: (DEPRIVATION, SMALL_AREAS)}


def figure_of(view: View) -> Figure | None:
    """The figure of small areas that a view's indicator has; None where nothing is known so near."""
    return FIGURES.get(view.indicator)


def are_drawn(view: View) -> bool:
    """Whether a view draws small areas: they are asked for, and its indicator has them."""
    return view.areas == "small" and figure_of(view) is not None


def tables(figure: Figure) -> tuple[str, ...]:
    """The names of the tables that a figure and its map are made from."""
    return (*_TABLES.get(figure, _ESTIMATED), SHAPES)


def rows(figure: Figure, period: str) -> pd.DataFrame:
    """The figure of every small area (geo.access.small_areas.of_figure); of a day at that of the period."""
    areas = access.ground().areas
    if figure not in OF_A_DAY:
        return of_figure(figure, areas)
    within = edition.setting()
    if figure is Figure.SHARED:
        worked_out = _shared(period, within.metres, within.sites)
    else:
        worked_out = _reached(period, within.sites)
    return of_figure(figure, areas, worked_out, within.metres)


def sites(period: str) -> pd.DataFrame:
    """The sites that count and were open on the day of a period, in the order that rows() counts them in."""
    return _sites(period, edition.setting().sites)


def _sites(period: str, kind: str) -> pd.DataFrame:
    return open_on(of_kind(load_embedded_sites(figures.library().entries), kind), period)


@edition.read_once()
def topology() -> dict:
    """The outlines of the small areas, as quantised TopoJSON."""
    return outlines.load_topology(figures.library().entries)


@edition.read_once()
def packed() -> Packed:
    """The outlines for a browser, which keeps them: they have another name when they change."""
    made = outlines.packed(topology(), access.ground().areas, access.names())
    return pack("small_areas", json.dumps(made, ensure_ascii=False, separators=(",", ":")))


@edition.read_once(DAYS)
def _reached(period: str, kind: str) -> pd.DataFrame:
    areas, _, crossings = access.ground()
    return with_distances(at_centres(areas), _sites(period, kind), Crossings.of(crossings))


@edition.read_once(DAYS)
def _shared(period: str, metres: int, kind: str) -> pd.DataFrame:
    areas, _, crossings = access.ground()
    return shared(at_centres(areas), _sites(period, kind), Crossings.of(crossings), metres)
