"""Totals as circles: the area of each is proportional to the value, and a legend says what sizes mean.

A filled area would say that a borough does well or badly, where it is only large. The circles are drawn over
plain areas, in pixels: however far the map is zoomed in, one size means one value all over London.
"""

import math

import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Indicator
from geo.boundaries.layouts import Layout
from pages.components.charts import palette, parts
from pages.components.charts.map_labels import HALF_LETTER, LINE_HEIGHT, SIZES
from pages.components.text import units
from pages.exports import colours

# a circle, its edge (at least 3 to 1 against both), and the areas below: text can be read on all of them
FILL, EDGE, GROUND = colours.PALE_BLUE, colours.BLUE, colours.WATER
BY_AREA = "by area of circle"
# what the legend of sizes takes of the legend's rows, below its heading
ROWS = 4
# the radius of the largest circle in pixels, by projection; k is the width of a tile
_RADIUS = {"mercator": "min(map_width, map_height) * 0.052", "identity": "k * 0.46"}
_SMALLEST = 12
# the sizes in the legend are round numbers, each at most this share of the largest of them
_SHARES = (1.0, 0.45, 0.1)
_ROUND = (5, 2, 1)
_COLUMNS = ["area_code", "area_name", "ics_name", "value_text", "rank_text", "x", "y", "share"]
_COLUMNS += ["label", "full", "coded", "code", "letters", "label_letters", "reach"]
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


def datasets(rows: pd.DataFrame, indicator: Indicator) -> dict[str, pa.Table]:
    """The data sets `circles`, the largest first: it hides no smaller one, and `sizes` of the legend."""
    inside = rows[~rows["outside"] & (rows["share"] > 0)].sort_values("share", ascending=False)
    return {
        "circles": pa.table({column: inside[column].to_numpy() for column in _COLUMNS}),
        "sizes": pa.Table.from_pylist(sizes(rows["value"].max(), indicator), _SIZES),
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


def sizes(largest: float, indicator: Indicator) -> list[dict]:
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
            "text": units.format_value(value, indicator),
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


def placing(projection: str, is_named: bool) -> list[dict]:
    """Transforms that place circles and texts so that the edge of one does not run through the other.

    Where nothing `is_named`, circles stand in the middle of their areas, `circle_y`. Else:
    Where the name and the value fit into the circle, they stand there. Where circle and text fit into the
    free circle of the area one above the other, the text stands below. Where the circle is high enough for
    the text and only too narrow, the text reaches beyond both sides. Else the same is tried with the code in
    place of the name, and then with the code alone, which stands below its circle in any case. Adds `text`,
    how it stands (`way`: "full_inside" and so on), and the latitudes `circle_y` and `text_y`.
    """
    sized = {"calculate": "isValid(datum.share) ? circle * sqrt(datum.share) : 0", "as": "radius"}
    if not is_named:
        return [sized, {"calculate": "datum.y", "as": "circle_y"}]

    def half_width(letters: str) -> str:
        return f"datum.{letters} * font * {HALF_LETTER}"

    def half_height(text: str) -> str:
        return f"length(split(datum.{text}, '|')) * font * {LINE_HEIGHT / 2}"

    ways = {}
    for text, letters in (("full", "letters"), ("coded", "label_letters")):
        wide, high = half_width(letters), half_height(text)
        ways[f"{text}_inside"] = f"sqrt(pow({wide}, 2) + pow({high}, 2)) < datum.radius + 2"
        room = f"{wide} < datum.reach * k && {high} < {_ROOM_UP[projection]}"
        ways[f"{text}_below"] = f"{room} && {high} + datum.radius < {_ROOM_UP[projection]}"
        ways[f"{text}_over"] = room if projection == "identity" else f"{room} && {high} < datum.radius"
    in_circle = f"datum.radius + 2 > {LINE_HEIGHT / 2 * math.sqrt(2)} * font"
    way = f"{in_circle} ? 'code_inside' : 'code_below'"
    for name, fits in reversed(ways.items()):
        way = f"{fits} ? '{name}' : {way}"
    upwards = f"* {_UPWARDS[projection]} / k"
    below = "indexof(datum.way, 'below') > 0"
    starts = {"full_": "datum.full", "coded_": "datum.coded", "code_": "datum.code"}
    chosen = " : ".join(f"indexof(datum.way, '{start}') == 0 ? {text}" for start, text in starts.items())
    return [
        sized,
        {"calculate": way, "as": "way"},
        {"calculate": f"{chosen} : ''", "as": "text"},
        {"calculate": f"{below} && datum.radius > 0 ? {half_height('text')} : 0", "as": "up"},
        {"calculate": f"datum.y + datum.up {upwards}", "as": "circle_y"},
        {"calculate": f"{below} ? datum.y - datum.radius {upwards} : datum.y", "as": "text_y"},
    ]


def layer(placed: list[dict], tooltip: list[dict], turn: list[dict], theme: str) -> dict:
    """The circles on the map; `turn` are the transforms that let a click on one choose a borough."""
    drawn = parts.layer(
        _mark(theme) | {"cursor": "pointer"},
        "circles",
        longitude=parts.quantity("x"),
        latitude=parts.quantity("circle_y"),
        size=_SIZE,
        tooltip=tooltip,
    )
    sized = {"calculate": "4 * pow(datum.radius, 2)", "as": "size"}
    return drawn | {"transform": [*placed, sized, *turn]}


def _mark(theme: str) -> dict:
    return {
        "type": "point",
        "shape": "circle",
        "fill": palette.in_theme(FILL, theme),
        "stroke": palette.in_theme(EDGE, theme),
        "strokeWidth": 1.2,
        # outlines of ICSs below can be followed
        "fillOpacity": 0.75,
        "opacity": 1,
        "aria": False,
    }


_SIZE = parts.quantity("size", scale=None, legend=None)


def legend(theme: str, size: str) -> list[dict]:
    """The circles of round values standing in each other, with lines to what they mean."""
    text, colours = palette.TEXT[size], palette.THEMES[theme]
    rows = {"data": {"name": "sizes"}, "transform": _nested(SIZES[size].legend_row, text)}
    middle = parts.worked_out("circle + 3")
    behind = parts.worked_out(f"2 * circle + {12 * text / palette.TEXT['page']}")
    rule = parts.unspoken("rule", color=colours["muted"], strokeWidth=1)
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 4, "fontSize": text}
    said: dict = {"text": parts.nominal("text"), "description": parts.nominal("text")}
    layers = [
        # opaque: below it is no map, but a page that may be dark
        parts.layer(_mark(theme) | {"fillOpacity": 1}, x=middle, y=parts.at_pixel("middle"), size=_SIZE),
        parts.layer(rule, x=middle, x2=behind, y=parts.at_pixel("top"), y2={"field": "said"}),
        parts.layer(mark | {"color": colours["text"]}, x=behind, y=parts.at_pixel("said"), **said),
    ]
    return [rows | layer for layer in layers]


def _nested(row: int, text: int) -> list[dict]:
    """Transforms for circles that stand on one point, each with its text, `said`, at its top or below others.

    A `row` of the legend and a letter of its `text` are so many pixels high.
    """
    base = f"legend_top + {row * 0.7} + 2 * circle * datum.first"
    apart = text * LINE_HEIGHT

    def top(root: str) -> str:
        return f"{base} - 2 * circle * datum.{root}"

    others = f"datum.order == 1 ? datum.after_first : max(datum.top, datum.after_first + {apart})"
    places = {
        "size": "4 * circle * circle * datum.root * datum.root",
        "middle": f"{base} - circle * datum.root",
        "top": top("root"),
        "after_first": f"max({top('second')}, {top('first')} + {apart})",
        "said": f"datum.order == 0 ? datum.top : {others}",
    }
    return [{"calculate": expression, "as": field} for field, expression in places.items()]


def _round_below(value: float) -> float:
    """The largest of 1, 2, 5, 10, 20 and so on that is not above a value."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(digit * power for digit in _ROUND if digit * power <= value * (1 + 1e-9))
