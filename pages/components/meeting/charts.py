"""The pictures of a meeting: those of the page Map, as wide as the screen and with large type."""

import streamlit as st

from pages.components.charts import choropleth
from pages.components.charts import ranking as charts_ranking
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import drawing
from pages.components.map import exhibits as map_exhibits
from pages.components.state.view import View

HALF_KEYS = ("ranking_first_half", "ranking_second_half")
WIDTH = 1860


def show_map(picture: IndicatorView, view: View) -> None:
    """The map, or the tile grid, with its legend."""
    layout, theme = figures.layout_of(view), drawing.theme()
    drawn = choropleth.specification(layout, picture.rows, view.vintage, theme, "meeting")
    kind = map_exhibits.MAP
    drawing.put(_fixed(drawn, WIDTH), picture.map_data, kind.key, kind.alt, clickable=True)


def show_ranking_in_halves(picture: IndicatorView) -> None:
    """The authorities from the highest to the lowest, in two charts, so that a whole room can read them."""
    drawn = _fixed(charts_ranking.specification(drawing.theme(), "meeting"), WIDTH // 2 - 30)
    halves = charts_ranking.halves(picture.chart_data)
    for column, key, half in zip(st.columns(2), HALF_KEYS, halves, strict=True):
        with column:
            drawing.put(drawn, half, key, map_exhibits.RANKING.alt, clickable=True)


def _fixed(drawing: dict, width: int) -> dict:
    """A drawing of so many pixels: the screen of a meeting is scaled as a whole, so no width is asked for."""
    return drawing | {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
