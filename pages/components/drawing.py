"""Draw a picture on the page, and turn clicks on it into the view."""

import pyarrow as pa
import streamlit as st

from pages.components import charts, figures, map_layers, maps, sidebar
from pages.components.view import View

MAP_KEY, CHART_KEY = "map", "ranking"


def theme() -> str:
    """`light` or `dark`, as the visitor has it; light until the browser has said so."""
    return st.context.theme.type or "light"


def show_map(picture: figures.Picture, view: View) -> None:
    """The map, or the tile grid, with its legend."""
    show(map_drawing(picture, view, theme()), picture.map_data, MAP_KEY, "Map of London by borough.")


def show_ranking(picture: figures.Picture) -> None:
    """The authorities from the highest to the lowest."""
    show(charts.specification(theme()), picture.chart_data, CHART_KEY, "Ranking of boroughs.")


def map_drawing(picture: figures.Picture, view: View, theme: str) -> dict:
    """The specification of the map, without rows."""
    return maps.specification(figures.layouts()[view.layout], picture.rows, view.vintage, theme)


def show_wholes(picture: figures.Picture) -> None:
    """The values of the chosen ICS, London and England, side by side."""
    for column, whole in zip(st.columns(3), picture.wholes, strict=False):
        column.metric(
            whole.name, whole.value_text, help=f"{whole.status_text[0].upper()}{whole.status_text[1:]}."
        )


def show(drawing: dict, data: dict[str, pa.Table], key: str, name: str) -> None:
    """Hand a specification and its rows to the browser.

    While the specification stays the same, the browser only swaps the rows; Streamlit makes the alternative
    text a part of it, so the headline, which says more, stands above as text.
    """
    turn = pa.table({"any": [0], "turn": [st.session_state.setdefault("turn", 0)]})
    st.vega_lite_chart(
        spec=drawing | {"datasets": drawing.get("datasets", {}) | data | {"turn": turn}},
        theme=None,
        key=key,
        on_select=lambda: _clicked(key),
        alt=f"{name} The heading above says what it shows; the table below has every value.",
    )


def _clicked(key: str) -> None:
    st.session_state["turn"] += 1
    points = st.session_state[key]["selection"].get(map_layers.SELECTION) or [{}]
    names = {code: name for name, code in figures.london().borough_codes.items()}
    sidebar.ask(borough=names.get(points[0].get("area_code"), ""))
