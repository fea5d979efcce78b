"""Draw a picture on the page, and turn clicks on it into the view."""

import pyarrow as pa
import streamlit as st

from pages.components import charts, figures, map_layers, maps, sidebar
from pages.components.view import View

MAP_KEY, CHART_KEY = "map", "ranking"
HALF_KEYS = ("ranking_first_half", "ranking_second_half")
MEETING_WIDTH = 1860


def theme() -> str:
    """`light` or `dark`, as the visitor has it; light until the browser has said so."""
    return st.context.theme.type or "light"


def show_map(picture: figures.Picture, view: View) -> None:
    """The map, or the tile grid, with its legend."""
    drawn = map_drawing(picture, view, theme())
    if view.meeting:
        drawn = _fixed(drawn, MEETING_WIDTH)
    _show(drawn, picture.map_data, MAP_KEY, "Map of London by borough.")


def show_ranking(picture: figures.Picture) -> None:
    """The authorities from the highest to the lowest."""
    _show(charts.specification(theme()), picture.chart_data, CHART_KEY, "Ranking of boroughs.")


def show_ranking_in_halves(picture: figures.Picture) -> None:
    """The authorities from the highest to the lowest, in two charts, so that a whole room can read them."""
    drawn = _fixed(charts.specification(theme(), "meeting"), MEETING_WIDTH // 2 - 30)
    halves = charts.halves(picture.chart_data)
    for column, key, half in zip(st.columns(2), HALF_KEYS, halves, strict=True):
        with column:
            _show(drawn, half, key, "Ranking of boroughs.")


def _fixed(drawn: dict, width: int) -> dict:
    """A drawing of so many pixels: the screen of a meeting is scaled as a whole, so no width is asked for."""
    return drawn | {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}


def map_drawing(picture: figures.Picture, view: View, theme: str) -> dict:
    """The specification of the map, without rows."""
    size = "meeting" if view.meeting else "page"
    return maps.specification(figures.layout_of(view), picture.rows, view.vintage, theme, size)


def show_wholes(picture: figures.Picture) -> None:
    """The values of the chosen ICS, London and England, side by side."""
    for column, whole in zip(st.columns(3), picture.wholes, strict=False):
        column.metric(
            whole.name, whole.value_text, help=f"{whole.status_text[0].upper()}{whole.status_text[1:]}."
        )


def _show(drawing: dict, data: dict[str, pa.Table], key: str, name: str) -> None:
    """Hand a specification and its rows to the browser.

    While the specification stays the same, the browser only swaps the rows; Streamlit makes the alternative
    text a part of it, so the headline, which says more, stands above as text.
    """
    turn = pa.table({"any": [0], "turn": [st.session_state.setdefault("turn", 0)]})
    st.vega_lite_chart(
        spec=drawing | {"datasets": drawing.get("datasets", {}) | data | {"turn": turn}},
        theme=None,
        key=key,
        width="stretch" if drawing["width"] == "container" else "content",
        on_select=lambda: _clicked(key),
        alt=f"{name} The heading above says what it shows; the table below has every value.",
    )


def _clicked(key: str) -> None:
    st.session_state["turn"] += 1
    points = st.session_state[key]["selection"].get(map_layers.SELECTION) or [{}]
    names = {code: name for name, code in figures.london().borough_codes.items()}
    sidebar.ask(borough=names.get(points[0].get("area_code"), ""))
