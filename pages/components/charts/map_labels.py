"""The words on and beside the map: labels, a key for areas without room for theirs, and the legend."""

from collections.abc import Sequence
from typing import NamedTuple

from pages.components.charts import palette

NARROW = 400  # of London in pixels: below it there is no room for the names of the ICSs
LEGEND_ROWS = 8
HALF_LETTER = 0.27  # half the width of an average letter, in font sizes
LINE_HEIGHT = 1.15  # in font sizes


class Size(NamedTuple):
    """How large a map is, in pixels: all of it, its legend, and what stands beside it for areas without room.

    `fonts` has an expression for the labels by projection.
    """

    height: int
    legend_width: int
    legend_row: int
    key_width: dict[str, int]
    fonts: dict[str, str]


# by size of type (palette.TEXT); eleven letters fit into a tile
SIZES = {
    "page": Size(
        600,
        170,
        21,
        {"mercator": 0, "identity": 0},
        {"mercator": "map_width > 600 ? 12 : 11", "identity": "clamp(k * 0.14, 6, 13)"},
    ),
    "meeting": Size(796, 400, 40, {"mercator": 370, "identity": 0}, {"mercator": "24", "identity": "24"}),
}
KEY_ROW = 36  # or less, when there are many
KEY_RADIUS = 17

_WHERE = {
    "longitude": {"field": "x", "type": "quantitative"},
    "latitude": {"field": "y", "type": "quantitative"},
    "text": {"field": "text", "type": "nominal"},
}


# two kinds of hatching: lines where there is no value, dots where there is one that may not be shown
DASHES = {
    "strokeDash": {"condition": {"test": "datum.dotted", "value": [2.5, 5]}, "value": [1, 0]},
    "strokeWidth": {"condition": {"test": "datum.dotted", "value": 2.5}, "value": 1},
}


def _fits(text: str, letters: str) -> str:
    """Whether the free circle of an area holds a text."""
    half_width = f"datum.{letters} * font * {HALF_LETTER}"
    half_height = f"length(split(datum.{text}, '|')) * font * {LINE_HEIGHT / 2}"
    return f"datum.reach * k > max({half_width}, {half_height})"


def labels(lines: int, alone: bool, placed: Sequence[dict] = ()) -> dict:
    """Labels that have so many lines: name and value where the free circle holds them.

    Where it does not, the value stands `alone`, or there is a number, which the key explains. Beside circles
    they stand where they are `placed` (circles.placing).
    """
    value = f"{_fits('label', 'label_letters')} ? datum.label : ''" if alone else "''"
    chosen = f"{_fits('full', 'letters')} ? datum.full : {value}"
    return {
        "data": {"name": "areas"},
        "transform": [
            *(placed or [{"calculate": chosen, "as": "text"}]),
            {"filter": f"!datum.outside && length(split(datum.text, '|')) == {lines}"},
        ],
        "mark": _block(lines) | {"fontSize": {"expr": "font"}, "fontWeight": 600, "cursor": "pointer"},
        "encoding": _WHERE
        | ({"latitude": {"field": "text_y", "type": "quantitative"}} if placed else {})
        | {"color": {"field": "ink", "type": "nominal", "scale": None}},
    }


def key(theme: str, width: int, placed: Sequence[dict] = ()) -> list[dict]:
    """Numbers on the areas without room for their names, and beside the map what they stand for.

    They are numbered from the north to the south. They stand on discs, but not where circles mean something,
    and have their texts `placed` (circles.placing).
    """
    has_no_room = "datum.text == ''" if placed else f"!({_fits('full', 'letters')})"
    keyed: dict = {
        "data": {"name": "areas"},
        "transform": [
            *placed,
            {"filter": f"!datum.outside && {has_no_room}"},
            {
                "window": [{"op": "row_number", "as": "number"}],
                "sort": [{"field": "y", "order": "descending"}],
            },
            {"joinaggregate": [{"op": "count", "as": "count"}]},
            {"calculate": f"min({KEY_ROW}, height / datum.count) * (datum.number - 0.5)", "as": "at"},
            {"calculate": "replace(datum.full, /\\|/g, ' ')", "as": "entry"},
        ],
    }
    number = {"text": {"field": "number", "type": "nominal"}}
    entry = {"text": {"field": "entry", "type": "nominal"}}
    on_map = {channel: _WHERE[channel] for channel in ("longitude", "latitude")}
    beside = {
        "x": {"value": {"expr": f"width - {width - KEY_RADIUS}"}},
        "y": {"field": "at", "type": "quantitative", "scale": None, "axis": None},
    }
    ink = {"field": "ink", "type": "nominal", "scale": None}
    filled = {"fill": {"field": "fill", "type": "nominal", "scale": None}, "stroke": ink}
    page = palette.THEMES[theme]
    panel = {"type": "rect", "color": page["page"], "strokeOpacity": 0, "aria": False}
    disc = {"type": "point", "size": 4 * KEY_RADIUS**2, "opacity": 1, "strokeWidth": 2, "aria": False}
    text = {"type": "text", "baseline": "middle", "fontSize": palette.TEXT["meeting"], "aria": False}
    figure = text | {"fontWeight": 600}
    words = text | {"align": "left", "dx": KEY_RADIUS + 8, "color": page["text"]}
    column = {
        "x": {"value": {"expr": f"width - {width}"}},
        "x2": {"value": {"expr": "width + 5"}},
        "y": {"value": -5},
        "y2": {"value": {"expr": "height + 5"}},
    }
    only_once = keyed | {"transform": [*keyed["transform"], {"filter": "datum.number == 1"}]}
    return [
        *([] if placed else [keyed | {"mark": disc, "encoding": on_map | filled}]),
        keyed | {"mark": figure, "encoding": on_map | number | {"color": ink}},
        # its neighbours would run on below it when the map is zoomed to one ICS
        only_once | {"mark": panel, "encoding": column},
        keyed | {"mark": disc, "encoding": beside | filled},
        keyed | {"mark": figure, "encoding": beside | number | {"color": ink}},
        keyed | {"mark": words, "encoding": beside | entry},
    ]


def ics_names(align: str, colour: str, size: int) -> dict:
    """The names of the ICSs around the map, where there is room."""
    return {
        "data": {"name": "ics_names"},
        "transform": [{"filter": f"datum.align == '{align}' && k * span_x > {NARROW}"}],
        "mark": _block(2) | {"align": align, "fontSize": size, "fontWeight": 700, "color": colour},
        "encoding": _WHERE,
    }


def _block(lines: int) -> dict:
    """A text of several lines centred on its point; Vega would hang it from the first line."""
    return {
        "type": "text",
        "lineBreak": "|",
        "baseline": "middle",
        "lineHeight": {"expr": f"font * {LINE_HEIGHT}"},
        "dy": {"expr": f"-font * {(lines - 1) * LINE_HEIGHT / 2}"},
        "aria": False,
    }


def legend(theme: str, size: str) -> list[dict]:
    """The legend is drawn by hand, because Vega has no hatched swatch and no counts.

    It stands on a panel of the page's colour: zoomed to one ICS, its neighbours would run on below it.
    """
    colours = palette.THEMES[theme]
    sized, text = SIZES[size], palette.TEXT[size]
    scale = text / palette.TEXT["page"]
    legend = {
        "data": {"name": "legend"},
        "transform": [
            {"calculate": f"legend_top + datum.row * {sized.legend_row}", "as": "at"},
            {"calculate": f"datum.at - {7 * scale}", "as": "above"},
            {"calculate": f"datum.at + {7 * scale}", "as": "below"},
            {"calculate": f"datum.indented ? {24 * scale} : 2", "as": "left"},
            {"calculate": palette.paint(theme), "as": "paint"},
        ],
    }

    def pixels(field: str) -> dict:
        return {"field": field, "type": "quantitative", "scale": None, "axis": None}

    def where(test: str) -> dict:
        return legend | {"transform": [*legend["transform"], {"filter": test}]}

    panel = where("datum.row == 0") | {
        "mark": {"type": "rect", "color": colours["page"], "strokeOpacity": 0, "aria": False},
        "encoding": {
            "x": {"value": -5},
            "x2": {"value": {"expr": f"beside ? {sized.legend_width} : width + 5"}},
            "y": {"value": {"expr": "beside ? -5 : legend_top - 18"}},
            "y2": {"value": {"expr": "height + 5"}},
        },
    }
    swatches = where("datum.fill != ''") | {
        "mark": {
            "type": "point",
            "shape": "square",
            "size": 210 * scale**2,
            "opacity": 1,
            "strokeWidth": 1,
            "aria": False,
        },
        "encoding": {
            "x": {"value": 9 * scale},
            "y": pixels("at"),
            "fill": {"field": "paint", "type": "nominal", "scale": None},
            "stroke": {"value": palette.HATCH},
        },
    }
    hatching = [
        where("datum.hatched")
        | {
            "mark": {"type": "rule", "color": palette.HATCH, "aria": False},
            "encoding": DASHES
            | {
                "x": {"value": x * scale},
                "x2": {"value": x2 * scale},
                "y": pixels("below"),
                "y2": {"field": "above"},
            },
        }
        for x, x2 in ((2, 9), (5, 13), (9, 16))
    ]
    texts = legend | {
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontSize": text,
            "color": colours["text"],
        },
        "encoding": {
            "x": pixels("left"),
            "y": pixels("at"),
            "text": _WHERE["text"],
            "description": _WHERE["text"],
        },
    }
    return [panel, swatches, *hatching, texts]
