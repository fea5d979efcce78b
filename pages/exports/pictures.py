"""The picture on the screen as a file: the same specification and rows, with words around it.

Vega draws both, in the browser and here (vl-convert), so that what is exported is what was seen.
"""

import textwrap
from functools import cache
from types import ModuleType

import pyarrow as pa

from pages.exports.paper import FONTS

# heights of what stands under a drawing, in pixels
NOTHING_BELOW, AXIS_BELOW, SLANTED_LABELS_BELOW, LEGEND_BELOW = 24, 60, 110, 94

TITLE_SIZE, SUBTITLE_SIZE, FOOTER_SIZE = 18, 13, 11
FOOTER_LINE = 15
LETTER = 0.5  # width of an average letter in font sizes


def framed(
    drawing: dict,
    data: dict[str, pa.Table],
    width: int,
    title: str,
    subtitle: str,
    footer: list[str],
    below: int,
) -> dict:
    """A specification of a fixed width (in pixels) with its rows, a title above and the sources below.

    `below` is the height of what stands under the drawing: an axis, slanted labels, a legend.
    """
    lines = [line for text in footer for line in _wrap(text, width, FOOTER_SIZE)]
    footnotes = {
        "data": {"name": "footer"},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "top",
            "fontSize": FOOTER_SIZE,
            "color": "#4A4A4A",
        },
        "encoding": {
            "x": {"value": 0},
            "y": {"field": "at", "type": "quantitative", "scale": None, "axis": None},
            "text": {"field": "text", "type": "nominal"},
        },
        "transform": [{"calculate": f"height + {below} + datum.line * {FOOTER_LINE}", "as": "at"}],
    }
    config = drawing["config"] | {"background": "#FFFFFF", "padding": 20}
    if isinstance(drawing["height"], dict):
        # Vega-Lite forgets the height of a row when a layer without rows, the footer, is added
        config |= {"view": config["view"] | {"discreteHeight": drawing["height"]}}
    rows = {name: table.to_pylist() for name, table in data.items()}
    rows["turn"] = []
    rows["footer"] = [{"line": number, "text": line} for number, line in enumerate(lines)]
    return drawing | {
        "width": width,
        "title": {
            "text": _wrap(title, width, TITLE_SIZE),
            "subtitle": _wrap(subtitle, width, SUBTITLE_SIZE),
            "anchor": "start",
            "frame": "group",
            "fontSize": TITLE_SIZE,
            "subtitleFontSize": SUBTITLE_SIZE,
            "subtitlePadding": 6,
            "offset": 16,
        },
        "layer": [*drawing["layer"], footnotes],
        "config": config,
        "datasets": drawing.get("datasets", {}) | rows,
    }


def bare(drawing: dict, data: dict[str, pa.Table], width: int) -> dict:
    """A specification of a fixed width (in pixels) with its rows, for a document that has its own words."""
    rows = {name: table.to_pylist() for name, table in data.items()}
    return drawing | {"width": width, "datasets": drawing.get("datasets", {}) | rows}


def as_png(specification: dict) -> bytes:
    """The picture as PNG, at twice the pixels of its width."""
    return _renderer().vegalite_to_png(specification, scale=2)


def as_svg(specification: dict) -> bytes:
    """The picture as SVG."""
    return _renderer().vegalite_to_svg(specification).encode()


@cache
def _renderer() -> ModuleType:
    """Vega with the bundled fonts, so that a picture looks the same whatever the machine has."""
    import vl_convert  # here, because the first visitor should not wait for it

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _wrap(text: str, width: int, size: int) -> list[str]:
    return textwrap.wrap(text, int(width / (size * LETTER)))
