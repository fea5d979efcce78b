"""Draw a picture on the page, and turn clicks on it into the view."""

import streamlit as st

from pages.components import charts, figures, maps, sidebar
from pages.components.view import View

MAP_KEY, CHART_KEY = "map", "ranking"


def theme() -> str:
    """`light` or `dark`, as the visitor has it; light until the browser has said so."""
    return st.context.theme.type or "light"


def show_map(picture: figures.Picture, view: View) -> None:
    """The map, or the tile grid, with its legend."""
    drawing = map_drawing(picture, view, theme())
    _show(drawing, picture.map_data, "areas", MAP_KEY, f"Map. {picture.headline}")


def show_ranking(picture: figures.Picture) -> None:
    """The authorities from the highest to the lowest."""
    drawing = chart_drawing(picture, theme())
    _show(drawing, picture.chart_data, "bars", CHART_KEY, f"Ranking. {picture.headline}")


def map_drawing(picture: figures.Picture, view: View, theme: str) -> dict:
    """The specification of the map, without rows."""
    return maps.specification(figures.layouts()[view.layout], picture.rows, view.vintage, theme)


def chart_drawing(picture: figures.Picture, theme: str) -> dict:
    """The specification of the ranking, without rows."""
    return charts.specification(figures.london().catalogue.units[picture.indicator.unit].axis, theme)


def show_wholes(picture: figures.Picture) -> None:
    """The values of the chosen ICS, London and England, side by side."""
    if picture.wholes.empty:
        return
    for column, whole in zip(
        st.columns(max(3, len(picture.wholes))), picture.wholes.itertuples(index=False), strict=False
    ):
        column.metric(
            whole.name, whole.value_text, help=f"{whole.status_text[0].upper()}{whole.status_text[1:]}."
        )


def _show(drawing: dict, data: dict, clickable: str, key: str, alt: str) -> None:
    # a click counts as new whenever the view has changed since: Vega keeps quiet about the same click twice
    turn = st.session_state.setdefault("turn", 0)
    data = data | {clickable: data[clickable].assign(turn=turn)}
    st.vega_lite_chart(
        spec=drawing | {"datasets": drawing.get("datasets", {}) | data},
        theme=None,
        key=key,
        on_select=lambda: _clicked(key),
        alt=alt,
    )


def _clicked(key: str) -> None:
    st.session_state["turn"] += 1
    points = st.session_state[key]["selection"].get(maps.SELECTION) or [{}]
    names = {code: name for name, code in figures.london().borough_codes.items()}
    sidebar.ask(borough=names.get(points[0].get("area_code"), ""))
