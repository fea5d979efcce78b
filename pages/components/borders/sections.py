"""The parts of the page on borders: findings, the map, the list, files."""

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Source
from pages.components.borders import charts, tables, text
from pages.components.charts import plain_table
from pages.components.charts.label_places import Frame
from pages.components.data import figures
from pages.components.data.edition import once_for
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import drawing
from pages.components.exhibits.kinds import FIGURE, ExhibitKind
from pages.components.notes import sources as notes_sources
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import caveats, citations, columns
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table

# rows of the list on the page; the file has them all
MOST_ROWS = 25


def show_findings(pairs: pd.DataFrame, view: View, picture: IndicatorView) -> None:
    """Where the largest difference is, that of the chosen borough, and how many lie between ICSs."""
    headline, *findings = _findings(view)
    st.header(headline, anchor=False)
    for finding in findings:
        st.markdown(finding)
    st.markdown(
        "This compares whole boroughs: what families right at the border get may differ less, or more. It is "
        "an association of places, and says nothing of why they differ."
    )
    notes_sources.show_small(picture)
    if (pairs["how"] != "").any():
        st.markdown("Crossings of the Thames are in the list; the map draws borders on land.")


@once_for("indicator", "period", "ics", "crossings", "borough")
def _findings(view: View) -> list[str]:
    """The headline, what the chosen borough has across its borders, and how many lie between ICSs."""
    pairs, picture = figures.border_pairs(view), figures.picture(view)
    own = pairs[(pairs["higher"] == view.borough) | (pairs["lower"] == view.borough)]
    # the headline may be of its border already
    is_said = not own.empty and text.largest(own).index.equals(text.largest(pairs).index)
    return [
        picture.dated(text.headline(pairs, picture.indicator, picture.around)),
        *([] if own.empty or is_said else [text.neighbours(own, view.borough, picture.indicator)]),
        text.between_ics(pairs),
    ]


@once_for("indicator", "period", "ics", "crossings")
def beside(view: View) -> list[str]:
    """Who in scope has no figure, and what marks mean; of neighbours outside the ICS as well."""
    pairs = figures.border_pairs(view)
    picture, catalogue = figures.picture(view), figures.london().catalogue
    missing = caveats.say_missing(picture.place_table, catalogue, view.scope)
    return [*missing, *picture.explained({*pairs["left"], *pairs["right"]})]


def shown_of(view: View) -> Frame:
    """The part of London that the map is of: with an ICS chosen, that and a strip of its neighbours."""
    members = figures.london().members(view.vintage, view.scope)["area_code"] if view.scope else None
    return charts.shown_of(figures.map_layout(), members)


def show_map(view: View) -> None:
    """Borders drawn the thicker, the larger the difference across them."""
    drawing.show_if_any(MAP, view)


@part
def show_list(pairs: pd.DataFrame, view: View) -> None:
    """The pairs, the largest difference first."""
    table = _listed(view)
    if len(pairs) > MOST_ROWS:
        st.markdown(f"The {MOST_ROWS} largest differences of {len(pairs)}; the file has all of them.")
    plain_table.show(table, "borders")
    if tables.VERDICT in table:
        st.markdown(f":small[{tables.ONE_TEST}]")


@once_for("indicator", "period", "ics", "crossings")
def _listed(view: View) -> pd.DataFrame:
    """The rows of the list as they are read."""
    pairs, indicator = figures.border_pairs(view), figures.picture(view).indicator
    return tables.of_pairs(pairs.head(MOST_ROWS), indicator).texts()


def rows(pairs: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a place table of the boroughs on both sides of these borders."""
    return table[table["area_code"].isin([*pairs["left"], *pairs["right"]])]


@once_for("indicator", "period", "ics", "crossings")
def page_sources(view: View) -> list[Source]:
    """The sources of all values on the page."""
    picture = figures.picture(view)
    return figures.sources(rows(figures.border_pairs(view), picture.place_table), picture.gaps)


def _map(view: View, theme: str) -> Exhibit | None:
    pairs, picture = figures.border_pairs(view), figures.picture(view)
    if pairs.empty:
        return None
    layout, shown, lines = figures.map_layout(), shown_of(view), figures.border_lines()
    labels = charts.names_clear_of(pairs, lines, layout, shown)
    spec = charts.specification(
        pairs.assign(told=tables.told(pairs, picture.indicator)),
        layout,
        shown,
        lines,
        labels,
        tables.gap_title(picture.indicator),
        figures.london().borough_codes.get(view.borough, ""),
        theme,
    )
    return MAP.exhibit(
        view,
        title=picture.dated(text.headline(pairs, picture.indicator, picture.around)),
        subtitle=picture.labelled,
        chart=(spec, {}),
        **charts.measured(labels, shown),
        remarks=[text.between_ics(pairs), *beside(view)],
        sources=figures.sources(rows(pairs, picture.place_table), picture.gaps),
        said_sources=[citations.boundary_line(figures.boundary_source())],
        also=[figures.BOUNDARIES, "borders.geojson", "neighbours.csv"],
        numbers=lambda: _table(pairs, view),
    )


def _list(view: View, theme: str) -> Exhibit | None:
    pairs, picture = figures.border_pairs(view), figures.picture(view)
    if pairs.empty:
        return None
    return LIST.exhibit(
        view,
        title=picture.dated(text.headline(pairs, picture.indicator, picture.around)),
        subtitle=picture.labelled,
        remarks=[text.between_ics(pairs), *beside(view)],
        sources=figures.sources(rows(pairs, picture.place_table), picture.gaps),
        numbers=lambda: _table(pairs, view),
    )


def _table(pairs: pd.DataFrame, view: View) -> Table:
    """The pairs, with the figure and period that they are of and whose it is."""
    picture, london = figures.picture(view), figures.london()
    said = figures.provenance(rows(pairs, picture.place_table))
    return tables.of_pairs(pairs, picture.indicator).with_same(
        columns.of_all(said, picture.indicator, view.period, london.vintages[view.vintage].since)
    )


NONE = "No two neighbours have a figure that can be compared; totals and their changes cannot."
MAP = ExhibitKind(
    "borders_map",
    "borders",
    "Map",
    _map,
    NONE,
    "Map of borders by difference.",
    "The list below has every value.",
    parts=(*FIGURE, "ics", "borough", "crossings"),
    told_apart_by=("vintage", "borough", "crossings"),
)
LIST = ExhibitKind(
    "borders",
    "borders",
    "Borders",
    _list,
    NONE,
    parts=(*FIGURE, "ics", "crossings"),
    told_apart_by=("vintage", "crossings"),
)
KINDS = (MAP, LIST)
