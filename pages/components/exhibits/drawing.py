"""Draw an exhibit on the page, with what it takes to take it away, and turn clicks on it into the view."""

from functools import lru_cache, partial

import pyarrow as pa
import streamlit as st

from pages.components.charts import map_layers
from pages.components.charts.alongside import alongside
from pages.components.data import figures
from pages.components.exhibits import of_view, take_away
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state import keys, session
from pages.components.state.view import View
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit

# pixels for the margins of a drawing and a line above it
ABOVE = 40


def show(kind: ExhibitKind, exhibit: Exhibit, view: View, clickable: bool = False) -> None:
    """The picture of an exhibit that of_view.find() has given, and below it how to take it away."""
    draw(kind, exhibit, clickable)
    take_away.offer(exhibit, partial(of_view.in_file, kind, view))


def draw(kind: ExhibitKind, exhibit: Exhibit, clickable: bool = False) -> None:
    """The picture of an exhibit; a click on a clickable one marks a borough, the next lets go."""
    assert exhibit.drawing is not None, f"{kind.key} is a table"
    alt = " ".join([f"{ILLUSTRATIVE}."] * exhibit.is_illustrative + [kind.alt, kind.elsewhere])
    with st.container(key=f"frame_{kind.key}"):
        _fit(exhibit)
        put(exhibit.drawing, exhibit.rows, kind.key, alt, clickable)


def _fit(exhibit: Exhibit) -> None:
    """Tell the frame where an exhibit ends, for style.css.

    Its drawing has one height for all screens; the height that it fills grows evenly with the width, below
    the width at which its legend moves beside it, and again from there until the drawing is full.
    """
    # a legend of Vega's own stands below the whole drawing, and nothing may be cut off above it
    if exhibit.height and exhibit.least_width and exhibit.height(0):
        base, slope = exhibit.height(0), exhibit.height(1) - exhibit.height(0)
        beside = exhibit.height(exhibit.least_width) - slope * exhibit.least_width
        sizes = f"--slope: {slope:.3f}; --base: {base + ABOVE:.0f}px; --beside: {beside + ABOVE:.0f}px;"
        st.html(f"<style>.st-key-frame_{exhibit.key} {{ {sizes} }}</style>")


def put(drawing: dict, rows: dict[str, pa.Table], key: str, alt: str, clickable: bool = False) -> None:
    """Hand a specification and its rows to the browser.

    While the specification stays the same, the browser only swaps the rows; Streamlit makes the alternative
    text a part of it, so what the picture shows stands above as text. The turn of clicks changes only where
    there is something to click: Vega complains of rows that a drawing does not know.
    """
    turn = _turn(st.session_state.setdefault(keys.TURN, 0) if clickable else 0)
    sent = {name: _as_sent(data) for name, data in rows.items()}
    st.vega_lite_chart(
        spec=drawing | {"datasets": sent | {"turn": turn}},
        theme=None,
        key=key,
        width="stretch" if drawing["width"] == "container" else "content",
        alt=alt,
        on_select=(lambda: _clicked(key)) if clickable else "ignore",
    )


@lru_cache(maxsize=100)
def _turn(number: int) -> bytes:
    return _as_sent(pa.table({"any": [0], "turn": [number]}))


@alongside
def _as_sent(rows: pa.Table) -> bytes:
    """Rows as they travel to the browser: a stream of Arrow."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return bytes(sink.getvalue())


def _clicked(key: str) -> None:
    st.session_state[keys.TURN] += 1
    points = st.session_state[key]["selection"].get(map_layers.SELECTION) or [{}]
    names = {code: name for name, code in figures.london().borough_codes.items()}
    clicked = names.get(points[0].get("area_code"), "")
    session.ask(borough="" if clicked == session.current_view().borough else clicked)
