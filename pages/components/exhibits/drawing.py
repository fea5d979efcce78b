"""Draw an exhibit on the page, with what it takes to take it away, and turn clicks on it into the view."""

import math
from functools import lru_cache, partial
from html import escape

import pyarrow as pa
import streamlit as st

from pages.components.charts import map_layers
from pages.components.charts.alongside import alongside
from pages.components.data import figures
from pages.components.exhibits import of_view, take_away
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.exhibits.lean import lean
from pages.components.state import addresses, keys, session
from pages.components.state.view import View
from pages.exports.exhibit import ILLUSTRATIVE, KEY, Exhibit

# pixels for the margins of a drawing, and for a line above it that says what is made up
MARGINS, ABOVE = 12, 28


def show(kind: ExhibitKind, exhibit: Exhibit, view: View, clickable: bool = False) -> None:
    """The picture of an exhibit that of_view.find() has given, and below it how to take it away."""
    draw(kind, exhibit, clickable)
    take_away.offer(exhibit, partial(of_view.in_file, kind, view))


def show_if_any(kind: ExhibitKind, view: View, clickable: bool = False) -> None:
    """The exhibit of a view as show() has it; nothing where there is none."""
    if exhibit := of_view.find(kind, view):
        show(kind, exhibit, view, clickable)


def draw(kind: ExhibitKind, exhibit: Exhibit, clickable: bool = False) -> None:
    """The picture of an exhibit; a click on a clickable one marks a borough, the next lets go."""
    assert exhibit.drawing is not None, f"{kind.key} is a table"
    alt = " ".join([f"{ILLUSTRATIVE}."] * exhibit.is_illustrative + [kind.alt, kind.elsewhere])
    with st.container(key=f"frame_{kind.key}"):
        _fit(exhibit)
        put(exhibit.drawing, exhibit.rows, kind.key, alt, clickable)
        _explain_codes(exhibit)


def _fit(exhibit: Exhibit) -> None:
    """Tell the frame where an exhibit ends, for style.css: its drawing has one height for all screens."""
    if height := exhibit.height:
        around = height.around + MARGINS + (ABOVE if exhibit.is_illustrative else 0)
        sizes = {
            "most": min(height.most, height.most_above),
            "below": height.below - height.spare + around,
            "beside": height.margin - height.slope * height.aside + around,
            "least": height.least - height.spare + around,
        }
        said = "".join(f"--{name}: {size:.0f}px; " for name, size in sizes.items())
        st.html(f"<style>.st-key-frame_{exhibit.key} {{ --slope: {height.slope:.3f}; {said}}}</style>")


def _explain_codes(exhibit: Exhibit) -> None:
    """Below a map, what the codes on it mean: of each area as long as the frame has no room for its name."""
    if not exhibit.keyed:
        return
    areas = [
        f'<span class="of_{area.code}"><b>{escape(area.code)}</b> {escape(area.meaning)}</span>'
        for area in exhibit.keyed
    ]
    frame = f".st-key-frame_{exhibit.key}"
    gone = [
        f"@container (min-width: {area.until:.0f}px) {{ {frame} .of_{area.code} {{ display: none; }} }}"
        for area in exhibit.keyed
        if math.isfinite(area.until)
    ]
    last = max(area.until for area in exhibit.keyed)
    if math.isfinite(last):
        gone.append(f"@container (min-width: {last:.0f}px) {{ {frame} .map_key {{ display: none; }} }}")
    st.html(f"<style>{' '.join(gone)}</style>")
    st.html(f'<p class="map_key">{KEY} {" ".join(areas)}</p>')


def put(drawing: dict, rows: dict[str, pa.Table], key: str, alt: str, clickable: bool = False) -> None:
    """Hand a specification and its rows to the browser.

    While the specification stays the same, the browser only swaps the rows; Streamlit makes the alternative
    text a part of it, so what the picture shows stands above as text. The turn of clicks changes only where
    there is something to click: Vega complains of rows that a drawing does not know.
    """
    drawing = lean(drawing, _addresses())
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


def _addresses() -> dict[str, str]:
    """Where a browser fetches outlines, which it keeps, by the TopoJSON that drawings have of them."""
    return {text: addresses.of_shapes(packed.name) for text, packed in figures.outlines().items()}


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
    clicked = figures.london().borough_names.get(points[0].get("area_code"), "")
    session.ask(borough="" if clicked == session.current_view().borough else clicked)
