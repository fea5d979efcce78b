"""The exhibits of the page Map: the map or the tiles, the ranking, and the numbers."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from data_loaders import settings, store
from geo.tables import tidy
from geo.tables.feed import feed
from pages import __version__
from pages.components.charts import choropleth, map_layers, parts, ranking as charts_ranking
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import drawing, of_view
from pages.components.exhibits.kinds import APP, FIGURE, ExhibitKind, file_name, source_lines
from pages.components.map import workbook
from pages.components.notes import sources as notes_sources
from pages.components.state.view import View
from pages.components.text import citations, markdown
from pages.exports.exhibit import Exhibit

DETAILED = "boroughs_detailed.geojson"
ELSEWHERE = "The heading above says what it shows; the table below has every value."


def show_map(view: View) -> None:
    """The map, or the tile grid, with its legend."""
    if exhibit := of_view.find(MAP, view):
        drawing.show(MAP, exhibit, view, clickable=True)


def show_ranking(view: View) -> None:
    """The authorities from the highest to the lowest; of a total, that is an order of size."""
    if exhibit := of_view.find(RANKING, view):
        if figures.picture(view).indicator.is_total:
            st.markdown("**In order of size, the largest first**")
        drawing.show(RANKING, exhibit, view, clickable=True)


def show_wholes(picture: IndicatorView) -> None:
    """The values of the chosen ICS, London and England, side by side; not where they stand above already."""
    if picture.has_boroughs:
        notes_sources.show_wholes(picture.wholes)


def _map(view: View, theme: str) -> Exhibit | None:
    """None where there is no figure of a borough: 33 areas without a value are no map."""
    picture = figures.picture(view)
    if not picture.has_boroughs:
        return None
    layout = figures.layouts()[view.layout]
    legend_rows = choropleth.legend_rows_of(picture.map_data)
    spec = choropleth.specification(layout, picture.rows, view.vintage, theme, legend_rows=legend_rows)
    on_land = view.layout == "map"
    return MAP.exhibit(
        view,
        title=picture.headline,
        subtitle=picture.labelled,
        chart=(spec, parts.with_chosen(picture.map_data, view.borough)),
        height=choropleth.height_of(spec, picture.map_data),
        least_width=map_layers.WIDE,
        keyed=choropleth.keyed(picture.rows, spec, picture.map_data),
        remarks=picture.remarks,
        sources=picture.sources,
        said_sources=[citations.boundary_line(figures.boundary_source())] if on_land else [],
        also=figures.shape_tables(view),
        numbers=lambda: picture.table,
    )


def _ranking(view: View, theme: str) -> Exhibit | None:
    picture = figures.picture(view)
    if not picture.is_ranked:
        return None
    by_size = ", largest first" if picture.indicator.is_total else ""
    return RANKING.exhibit(
        view,
        title=picture.headline,
        subtitle=f"{picture.indicator.label}{by_size}. {picture.subtitle}",
        chart=(charts_ranking.specification(theme), parts.with_chosen(picture.chart_data, view.borough)),
        remarks=picture.remarks,
        sources=picture.sources,
        numbers=lambda: picture.table,
    )


def _numbers(view: View, theme: str) -> Exhibit:
    picture, london, written = figures.picture(view), figures.london(), figures.embedded()
    about = [*map(markdown.unescaped, picture.remarks), f"{APP} {__version__}"]
    return NUMBERS.exhibit(
        view,
        title=picture.headline,
        subtitle=picture.labelled,
        remarks=picture.remarks,
        sources=picture.sources,
        numbers=lambda: workbook.numbers(view, london, [view.period]),
        stem=file_name(view),
        book=lambda: workbook.workbook(view, london, picture.headline, picture.subtitle, about, written),
        for_programs=_for_programs(view),
    )


def _for_programs(view: View) -> dict[str, Callable[[], bytes]]:
    """The numbers with identifiers in place of words."""
    london, entries, picture = figures.london(), figures.library().entries, figures.picture(view)

    def about(rows: pd.DataFrame) -> dict[str, str]:
        return {
            "sources": "\n".join(source_lines(figures.sources(rows))),
            "link": f"{settings.address()}/{view.query()}",
            "version": f"{APP} {__version__}",
        }

    def rows() -> pd.DataFrame:
        return feed(london, view.indicator, view.vintage, [view.period], view.scope)

    def parquet() -> bytes:
        shown = picture.boroughs if view.scope else picture.place_table
        return tidy.as_parquet(rows(), tidy.dictionary(entries, "one_indicator"), about(shown))

    def geojson() -> bytes:
        # here, because the first visitor should not wait for it
        from geo.tables import machine_readable

        shapes = store.read_shapes(DETAILED, entries)
        boundaries = citations.boundary_line(london.catalogue.sources[entries[DETAILED].source_id])
        said = about(picture.boroughs) | {"boundaries": boundaries}
        return machine_readable.as_geojson(rows(), shapes, said)

    return {"parquet": parquet, "geojson": geojson}


MAP = ExhibitKind(
    "map",
    "",
    "Map",
    _map,
    "There is no figure by borough to map.",
    "Map of London by borough.",
    ELSEWHERE,
    parts=(*FIGURE, "ics", "classes", "layout", "meeting", "borough"),
    told_apart_by=("vintage", "classes", "layout", "borough"),
)
RANKING = ExhibitKind(
    "ranking",
    "",
    "Ranking",
    _ranking,
    "There is no number by borough to rank.",
    "Ranking of boroughs.",
    ELSEWHERE,
    parts=(*FIGURE, "ics", "classes", "borough"),
    told_apart_by=("vintage", "classes", "borough"),
)
NUMBERS = ExhibitKind(
    "numbers", "", "Numbers", _numbers, "There are no numbers of this view.", parts=(*FIGURE, "ics")
)
KINDS = (MAP, RANKING, NUMBERS)
