"""The figures and shapes, read once for all visitors, and the picture of one view."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from data_loaders import store
from data_loaders.catalogue import Indicator, Source
from geo.join import London, ics_table, load_london, place_table
from geo.shapes import Layout, load_layouts
from pages.components import charts, maps, words
from pages.components.view import View


@st.cache_resource(show_spinner=False)
def london() -> London:
    """All figures and places. Raises data_loaders.store.SnapshotError when the snapshot is damaged."""
    return load_london()


@st.cache_resource(show_spinner=False)
def layouts() -> dict[str, Layout]:
    """The shapes of the map and of the tile grid."""
    return load_layouts()


@st.cache_resource(show_spinner=False)
def manifest() -> dict[str, store.Entry]:
    """Where each table comes from, and when it was written."""
    return store.read_manifest()


@dataclass(frozen=True, eq=False)
class Picture:
    """All that is shown of one view.

    `table` is a place table (geo.join), `rows` its authorities as painted (maps.paint), `wholes` the chosen
    ICS, London and England (words.whole_places); `map_data` and `chart_data` are data sets by name.
    """

    indicator: Indicator
    table: pd.DataFrame
    rows: pd.DataFrame
    wholes: pd.DataFrame
    sources: list[Source]
    map_data: dict[str, pd.DataFrame]
    chart_data: dict[str, pd.DataFrame]
    headline: str
    remarks: list[str]
    subtitle: str

    @property
    def is_ranked(self) -> bool:
        """Whether there is an order to draw: a number for at least one authority."""
        return not self.indicator.categories and bool(self.rows["value"].notna().any())


@st.cache_resource(show_spinner=False, max_entries=500)
def picture(view: View) -> Picture:
    """The picture of a view. It is shared by all visitors: nobody may change it."""
    figures, layout = london(), layouts()[view.layout]
    catalogue = figures.catalogue
    indicator = catalogue.indicators[view.indicator]
    table = place_table(figures, view.indicator, view.period, view.vintage)
    of_ics = ics_table(figures, view.indicator, view.period, view.vintage)
    rows = maps.paint(table, figures, view, layout)
    source_ids = dict.fromkeys(part for ids in table["source_id"] for part in ids.split("+"))
    ics_names = figures.ics_names(view.vintage)
    scope_name = ics_names[view.scope] if view.scope else "All London"
    return Picture(
        indicator=indicator,
        table=table,
        rows=rows,
        wholes=words.whole_places(table, of_ics, indicator, catalogue, view.scope),
        sources=[catalogue.sources[source_id] for source_id in source_ids],
        map_data=maps.datasets(rows, figures, view, layout),
        chart_data=charts.datasets(rows, table, indicator, catalogue),
        headline=words.headline(table, indicator, catalogue, view.scope),
        remarks=words.remarks(table, indicator, catalogue, view.scope),
        subtitle=" · ".join(
            [
                words.say_period(view.period, indicator),
                scope_name,
                f"{words.say_number(len(ics_names))} ICSs as of {words.VINTAGE_DATES[view.vintage]}",
            ]
        ),
    )
