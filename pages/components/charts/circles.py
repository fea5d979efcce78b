"""Totals as circles: the area of each is proportional to the value, and a legend says what sizes mean.

A filled area would say that a borough does well or badly, where it is only large. The circles are drawn over
plain areas, in pixels: however far the map is zoomed in, one size means one value all over London.
"""

import math

import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Catalogue, Indicator
from geo.boundaries.layouts import Layout
from pages.components.charts import palette
from pages.components.charts.map_labels import HALF_LETTER, LINE_HEIGHT, SIZES
from pages.components.text import words

# a circle, its edge (at least 3 to 1 against both), and the areas below: dark text can be read on all of them
FILL, EDGE, GROUND = "#A9CDEE", "#2073BC", "#F4F4F4"
BY_AREA = "by area of circle"
# what the legend of sizes takes of the legend's rows, below its heading
ROWS = 4
# the radius of the largest circle in pixels, by projection; k is the width of a tile
_RADIUS = {"mercator": "min(map_width, map_height) * 0.052", "identity": "k * 0.46"}
_SMALLEST = 14
# the sizes in the legend are round numbers, each at most this share of the largest of them
_SHARES = (1.0, 0.45, 0.1)
_ROUND = (5, 2, 1)
_COLUMNS = ["area_code", "area_name", "ics_name", "value_text", "rank_text", "x", "y", "share"]
_COLUMNS += ["label", "full", "letters", "label_letters", "reach"]
# how many units of a coordinate go up when a projected unit does
# a tile is as wide as its free circle is, and may be less high
_ROOM_UP = {"mercator": "datum.reach * k", "identity": "0.5 * k"}
_UPWARDS = {"mercator": "180 / PI * cos(datum.y * PI / 180)", "identity": "1"}


def shares(rows: pd.DataFrame) -> pd.Series:
    """Each value as a share of the largest of London, 0 to 1; NaN where there is none."""
    largest = rows["value"].max()
    return rows["value"] / largest if largest > 0 else rows["value"]


def are_drawn(rows: pd.DataFrame) -> bool:
    """Whether painted rows (maps.paint) are drawn as circles."""
    return "share" in rows and bool(rows["share"].notna().any())


def datasets(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> dict[str, pa.Table]:
    """The data sets `circles`, the largest first: it hides no smaller one, and `sizes` of the legend."""
    inside = rows[~rows["outside"] & (rows["share"] > 0)].sort_values("share", ascending=False)
    return {
        "circles": pa.table({column: inside[column].to_numpy() for column in _COLUMNS}),
        "sizes": pa.Table.from_pylist(sizes(rows["value"].max(), indicator, catalogue), _SIZES),
    }


_SIZES = pa.schema(
    {
        "order": pa.int64(),
        "text": pa.string(),
        "root": pa.float64(),
        "first": pa.float64(),
        "second": pa.float64(),
    }
)


def sizes(largest: float, indicator: Indicator, catalogue: Catalogue) -> list[dict]:
    """The circles of the legend, up to three round values from the largest down, each with its text.

    `root` is the radius as a share of the largest circle on the map; `first` and `second` are those of the
    first two circles of the legend, below which the others' texts must stand.
    """
    if not largest > 0:
        return []
    top = _round_below(largest)
    least = 10.0**-indicator.decimals
    values = [value for share in _SHARES if (value := _round_below(top * share)) >= least]
    values = list(dict.fromkeys(values)) or [largest]
    roots = [math.sqrt(value / largest) for value in values]
    return [
        {
            "order": order,
            "text": words.format_value(value, indicator, catalogue),
            "root": root,
            "first": roots[0],
            "second": roots[min(1, len(roots) - 1)],
        }
        for order, (value, root) in enumerate(zip(values, roots, strict=True))
    ]


def radius(layout: Layout, size: str) -> str:
    """A Vega expression for the radius of the largest circle, in pixels: it fits into the legend as well."""
    most = SIZES[size].legend_row * ROWS / 2 - 3
    return f"clamp({_RADIUS[layout.projection]}, {_SMALLEST}, {most})"


def placing(projection: str, alone: bool) -> list[dict]:
    """Transforms that place circles and texts so that the edge of one does not run through the other.

    Where the name and the value, or else the value `alone`, fit into the circle, they stand there. Where
    circle and text fit into the free circle of the area one above the other, the text stands below. Where the
    circle is high enough for the text and only too narrow, the text reaches beyond both sides; so it does on
    any tile, whose name must be there. Else there is none. Adds `text`, and the latitudes `circle_y` and
    `text_y`.
    """

    def half_width(letters: str) -> str:
        return f"datum.{letters} * font * {HALF_LETTER}"

    def half_height(text: str) -> str:
        return f"length(split(datum.{text}, '|')) * font * {LINE_HEIGHT / 2}"

    ways = {}
    for text, letters in (
        (("full", "letters"), ("label", "label_letters")) if alone else (("full", "letters"),)
    ):
        wide, high = half_width(letters), half_height(text)
        ways[f"{text}_inside"] = f"sqrt(pow({wide}, 2) + pow({high}, 2)) < datum.radius + 2"
        room = f"{wide} < datum.reach * k && {high} < {_ROOM_UP[projection]}"
        ways[f"{text}_below"] = f"{room} && {high} + datum.radius < {_ROOM_UP[projection]}"
        ways[f"{text}_over"] = room if projection == "identity" else f"{room} && {high} < datum.radius"
    way = "''"
    for name, fits in reversed(ways.items()):
        way = f"{fits} ? '{name}' : {way}"
    upwards = f"* {_UPWARDS[projection]} / k"
    below = "indexof(datum.way, 'below') > 0"
    return [
        {"calculate": "isValid(datum.share) ? circle * sqrt(datum.share) : 0", "as": "radius"},
        {"calculate": way, "as": "way"},
        {
            "calculate": "datum.way == '' ? '' : indexof(datum.way, 'full') == 0 ? datum.full : datum.label",
            "as": "text",
        },
        {"calculate": f"{below} && datum.radius > 0 ? {half_height('text')} : 0", "as": "up"},
        {"calculate": f"datum.y + datum.up {upwards}", "as": "circle_y"},
        {"calculate": f"{below} ? datum.y - datum.radius {upwards} : datum.y", "as": "text_y"},
    ]


def layer(placed: list[dict], tooltip: list[dict], turn: list[dict]) -> dict:
    """The circles on the map; `turn` are the transforms that let a click on one choose a borough."""
    return {
        "data": {"name": "circles"},
        "transform": [*placed, {"calculate": "4 * pow(datum.radius, 2)", "as": "size"}, *turn],
        "mark": _MARK | {"cursor": "pointer"},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "circle_y", "type": "quantitative"},
            "size": _SIZE,
            "tooltip": tooltip,
        },
    }


_MARK = {
    "type": "point",
    "shape": "circle",
    "fill": FILL,
    "stroke": EDGE,
    "strokeWidth": 1.2,
    # outlines of ICSs below can be followed
    "fillOpacity": 0.75,
    "opacity": 1,
    "aria": False,
}
_SIZE = {"field": "size", "type": "quantitative", "scale": None, "legend": None}


def legend(theme: str, size: str) -> list[dict]:
    """The circles of round values standing in each other, with lines to what they mean."""
    text, colours = palette.TEXT[size], palette.THEMES[theme]
    scale = text / palette.TEXT["page"]
    apart = text * 1.15
    base = f"legend_top + {SIZES[size].legend_row * 0.7} + 2 * circle * datum.first"

    def top(root: str) -> str:
        return f"{base} - 2 * circle * datum.{root}"

    data = {
        "data": {"name": "sizes"},
        "transform": [
            {"calculate": "4 * circle * circle * datum.root * datum.root", "as": "size"},
            {"calculate": f"{base} - circle * datum.root", "as": "middle"},
            {"calculate": top("root"), "as": "top"},
            {"calculate": f"max({top('second')}, {top('first')} + {apart})", "as": "after_first"},
            {
                "calculate": "datum.order == 0 ? datum.top : datum.order == 1 ? datum.after_first : "
                f"max(datum.top, datum.after_first + {apart})",
                "as": "said",
            },
        ],
    }

    def across(expression: str) -> dict:
        return {"value": {"expr": expression}}

    def down(field: str) -> dict:
        return {"field": field, "type": "quantitative", "scale": None, "axis": None}

    where = f"2 * circle + {12 * scale}"
    return [
        # opaque: below it is no map, but a page that may be dark
        data
        | {
            "mark": _MARK | {"fillOpacity": 1},
            "encoding": {"x": across("circle + 3"), "y": down("middle"), "size": _SIZE},
        },
        data
        | {
            "mark": {"type": "rule", "color": colours["muted"], "strokeWidth": 1, "aria": False},
            "encoding": {
                "x": across("circle + 3"),
                "x2": across(where),
                "y": down("top"),
                "y2": {"field": "said"},
            },
        },
        data
        | {
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 4,
                "fontSize": text,
                "color": colours["text"],
            },
            "encoding": {
                "x": across(where),
                "y": down("said"),
                "text": {"field": "text", "type": "nominal"},
                "description": {"field": "text", "type": "nominal"},
            },
        },
    ]


def _round_below(value: float) -> float:
    """The largest of 1, 2, 5, 10, 20 and so on that is not above a value."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(digit * power for digit in _ROUND if digit * power <= value * (1 + 1e-9))
