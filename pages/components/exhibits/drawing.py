"""Draw an exhibit on the page, with what it takes to take it away, and turn clicks on it into the view."""

import pyarrow as pa
import streamlit as st

from pages.components.charts import map_layers
from pages.components.data import figures
from pages.components.exhibits import take_away
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state import session
from pages.components.state.view import View
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit

# pixels for the margins of a drawing and a line above it
ABOVE = 40


def theme() -> str:
    """`light` or `dark`, as the visitor has it; light until the browser has said so."""
    return st.context.theme.type or "light"


def find(kind: ExhibitKind, view: View) -> Exhibit | None:
    """The exhibit of a view, in the visitor's theme."""
    return kind.build(view, theme())


def show(kind: ExhibitKind, exhibit: Exhibit, view: View, clickable: bool = False) -> None:
    """The picture of an exhibit that find() has given, and below it how to take it away."""
    draw(kind, exhibit, clickable)
    # files are light, for paper and slides
    in_file = exhibit if theme() == "light" else kind.build(view, "light")
    if in_file:
        take_away.offer(in_file)


def draw(kind: ExhibitKind, exhibit: Exhibit, clickable: bool = False) -> None:
    """The picture of an exhibit; a click on a clickable one chooses a borough."""
    assert exhibit.drawing is not None, f"{kind.key} is a table"
    alt = " ".join([f"{ILLUSTRATIVE}."] * exhibit.is_illustrative + [kind.alt, kind.elsewhere])
    with st.container(key=f"frame_{kind.key}"):
        _fit(exhibit)
        put(exhibit.drawing, exhibit.rows, kind.key, alt, clickable)


def _fit(exhibit: Exhibit) -> None:
    """Tell the frame where an exhibit ends whose legend stands below it, on narrow screens, for style.css.

    Its drawing has one height for all screens; below the width at which it is laid out another way, the
    height that it fills grows evenly with the width.
    """
    # a legend of Vega's own stands below the whole drawing, and nothing may be cut off above it
    if exhibit.height and exhibit.least_width and exhibit.height(0):
        base, slope = exhibit.height(0), exhibit.height(1) - exhibit.height(0)
        sizes = f"--base: {base + ABOVE:.0f}px; --slope: {slope:.3f};"
        st.html(f"<style>.st-key-frame_{exhibit.key} {{ {sizes} }}</style>")


def put(drawing: dict, rows: dict[str, pa.Table], key: str, alt: str, clickable: bool = False) -> None:
    """Hand a specification and its rows to the browser.

    While the specification stays the same, the browser only swaps the rows; Streamlit makes the alternative
    text a part of it, so what the picture shows stands above as text. The turn of clicks changes only where
    there is something to click: Vega complains of rows that a drawing does not know.
    """
    turn = pa.table({"any": [0], "turn": [st.session_state.setdefault("turn", 0) if clickable else 0]})
    st.vega_lite_chart(
        spec=drawing | {"datasets": drawing.get("datasets", {}) | rows | {"turn": turn}},
        theme=None,
        key=key,
        width="stretch" if drawing["width"] == "container" else "content",
        alt=alt,
        on_select=(lambda: _clicked(key)) if clickable else "ignore",
    )


def _clicked(key: str) -> None:
    st.session_state["turn"] += 1
    points = st.session_state[key]["selection"].get(map_layers.SELECTION) or [{}]
    names = {code: name for name, code in figures.london().borough_codes.items()}
    session.ask(borough=names.get(points[0].get("area_code"), ""))
