"""How the map is drawn: the layers of its Vega-Lite specification, from the fills up to the legend.

Every layer names its data set, and the shapes are TopoJSON data sets of one object each. It is written as
plain dictionaries, because building it through Altair would cost the first visitor a second; the tests hold
it against Vega-Lite's schema.
"""

import functools

from geo.shapes import Layout
from pages.components import palette

SELECTION = "borough"
HEIGHT = 600
WIDE = 720  # from this width on, in pixels, the legend stands beside the map
NARROW = 400  # of London in pixels: below it there is no room for the names of the ICSs
LEGEND_WIDTH = 170
LEGEND_ROW = 21
LEGEND_ROWS = 8
HALF_LETTER = 0.27  # half the width of an average letter, in font sizes
LINE_HEIGHT = 1.15  # in font sizes
FONT_SIZE = {
    "mercator": "map_width > 600 ? 12 : 11",
    "identity": "clamp(k * 0.14, 6, 13)",  # of the width of a tile, so that eleven letters fit
}

TOOLTIP = [
    {"field": "area_name", "type": "nominal", "title": "Authority"},
    {"field": "value_text", "type": "nominal", "title": "Value"},
    {"field": "rank_text", "type": "nominal", "title": "Rank, 1st is highest"},
    {"field": "ics_name", "type": "nominal", "title": "ICS"},
]


@functools.lru_cache(maxsize=16)
def drawing(layout: Layout, vintage: str, theme: str, legend_rows: int = LEGEND_ROWS) -> dict:
    """The specification before anybody has said where to zoom to, with room for so many rows of a legend.

    It is shared: nobody may change it.
    """
    colours = palette.THEMES[theme]
    footprints = f"ics_{vintage}"
    left = "width - map_width + (map_width - k * span_x) / 2 - k * west"
    sizes = {
        "beside": f"width >= {WIDE}",
        "map_width": f"beside ? width - {LEGEND_WIDTH} : width",
        "map_height": f"beside ? height - 16 : height - {LEGEND_ROW * legend_rows}",
        "k": "min(map_width / span_x, map_height / span_y)",
        "font": FONT_SIZE[layout.projection],
        "legend_top": f"beside ? height - {LEGEND_ROW * legend_rows} : k * span_y + 34",
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": HEIGHT,
        "config": palette.config(theme),
        "params": [{"name": name, "expr": expression} for name, expression in sizes.items()],
        "projection": {
            "type": layout.projection,
            "scale": {"expr": "k"},
            "translate": {"expr": f"[{left}, 8 + k * north]"},
            "reflectY": layout.projection == "identity",
        },
        "layer": [
            _fills(theme),
            # a dark line in a white casing stands out from every fill, and from both page backgrounds
            {"data": _shapes("boroughs"), "mark": _line(palette.DARK_INK, 0.4)},
            _hatching(),
            *(
                {"data": _shapes(footprints), "mark": _line(colour, width)}
                for colour, width in palette.FOOTPRINT
            ),
            *(_highlight(colour, width) for colour, width in palette.HIGHLIGHT),
            *(_labels(lines) for lines in (1, 2, 3, 4)),
            *(_ics_names(align, colours["text"]) for align in ("left", "right")),
            *_legend_layers(theme),
        ],
        "datasets": {name: layout.shapes[name] for name in ("boroughs", footprints)},
    }


def _shapes(name: str) -> dict:
    return {"name": name, "format": {"type": "topojson", "feature": name}}


def _boroughs() -> dict:
    """The authorities' shapes, with the row of each."""
    fields = ["area_name", "ics_name", "fill", "outside", "selected", "value_text", "rank_text", "spoken"]
    return {
        "data": _shapes("boroughs"),
        "transform": [
            {"calculate": "datum.properties.area_code", "as": "area_code"},
            {
                "lookup": "area_code",
                "from": {"data": {"name": "areas"}, "key": "area_code", "fields": fields},
            },
        ],
    }


def _fills(theme: str) -> dict:
    layer = _boroughs()
    layer["transform"] += [{"calculate": palette.paint(theme), "as": "paint"}, *turn()]
    return layer | {
        "params": [clickable()],
        "mark": {"type": "geoshape", "clip": True, "cursor": "pointer", "strokeWidth": 1.4},
        "encoding": {
            "fill": {"field": "paint", "type": "nominal", "scale": None},
            "stroke": {
                "condition": {"test": "datum.outside", "value": palette.THEMES[theme]["outside_edge"]},
                "value": palette.CASING,
            },
            "description": {"field": "spoken", "type": "nominal"},
            "tooltip": TOOLTIP,
        },
    }


def clickable() -> dict:
    """A click on an authority; the turn makes the same click a new one when the view has changed since."""
    select = {"type": "point", "fields": ["area_code", "turn"], "toggle": False, "clear": False}
    return {"name": SELECTION, "select": select}


def turn() -> list[dict]:
    """Transforms that bring the turn of the data set `turn` to every row."""
    source = {"data": {"name": "turn"}, "key": "any", "fields": ["turn"]}
    return [{"calculate": "0", "as": "any"}, {"lookup": "any", "from": source}]


def _highlight(colour: str, width: float) -> dict:
    layer = _boroughs()
    layer["transform"] += [{"filter": "datum.selected"}]
    return layer | {"mark": _line(colour, width)}


def _line(colour: str, width: float) -> dict:
    return {
        "type": "geoshape",
        "filled": False,
        "fill": None,
        "stroke": colour,
        "strokeWidth": width,
        "clip": True,
        "aria": False,
    }


# two kinds of hatching: lines where there is no value, dots where there is one that may not be shown
_DASHES = {
    "strokeDash": {"condition": {"test": "datum.dotted", "value": [2.5, 5]}, "value": [1, 0]},
    "strokeWidth": {"condition": {"test": "datum.dotted", "value": 2.5}, "value": 1},
}


def _hatching() -> dict:
    ends = ("longitude", "x"), ("latitude", "y"), ("longitude2", "x2"), ("latitude2", "y2")
    return {
        "data": {"name": "hatch"},
        "mark": {"type": "rule", "clip": True, "color": palette.HATCH, "aria": False},
        "encoding": _DASHES
        | {
            channel: {"field": field} | ({} if channel.endswith("2") else {"type": "quantitative"})
            for channel, field in ends
        },
    }


_WHERE = {
    "longitude": {"field": "x", "type": "quantitative"},
    "latitude": {"field": "y", "type": "quantitative"},
    "text": {"field": "text", "type": "nominal"},
}


def _labels(lines: int) -> dict:
    """Labels that have so many lines: name and value where the free circle holds them, else the value."""

    def fits(text: str, letters: str) -> str:
        half_width = f"datum.{letters} * font * {HALF_LETTER}"
        half_height = f"length(split(datum.{text}, '|')) * font * {LINE_HEIGHT / 2}"
        return f"datum.reach * k > max({half_width}, {half_height})"

    chosen = f"{fits('full', 'letters')} ? datum.full : {fits('label', 'label_letters')} ? datum.label : ''"
    return {
        "data": {"name": "areas"},
        "transform": [
            {"calculate": chosen, "as": "text"},
            {"filter": f"!datum.outside && length(split(datum.text, '|')) == {lines}"},
        ],
        "mark": _block(lines) | {"fontSize": {"expr": "font"}, "fontWeight": 600, "cursor": "pointer"},
        "encoding": _WHERE | {"color": {"field": "ink", "type": "nominal", "scale": None}},
    }


def _ics_names(align: str, colour: str) -> dict:
    return {
        "data": {"name": "ics_names"},
        "transform": [{"filter": f"datum.align == '{align}' && k * span_x > {NARROW}"}],
        "mark": _block(2) | {"align": align, "fontSize": 12, "fontWeight": 700, "color": colour},
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


def _legend_layers(theme: str) -> list[dict]:
    """The legend is drawn by hand, because Vega has no hatched swatch and no counts.

    It stands on a panel of the page's colour: zoomed to one ICS, its neighbours would run on below it.
    """
    colours = palette.THEMES[theme]
    legend = {
        "data": {"name": "legend"},
        "transform": [
            {"calculate": f"legend_top + datum.row * {LEGEND_ROW}", "as": "at"},
            {"calculate": "datum.at - 7", "as": "above"},
            {"calculate": "datum.at + 7", "as": "below"},
            {"calculate": "datum.indented ? 24 : 2", "as": "left"},
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
            "x2": {"value": {"expr": f"beside ? {LEGEND_WIDTH} : width + 5"}},
            "y": {"value": {"expr": "beside ? -5 : legend_top - 18"}},
            "y2": {"value": {"expr": "height + 5"}},
        },
    }
    swatches = where("datum.fill != ''") | {
        "mark": {
            "type": "point",
            "shape": "square",
            "size": 210,
            "opacity": 1,
            "strokeWidth": 1,
            "aria": False,
        },
        "encoding": {
            "x": {"value": 9},
            "y": pixels("at"),
            "fill": {"field": "paint", "type": "nominal", "scale": None},
            "stroke": {"value": palette.HATCH},
        },
    }
    hatching = [
        where("datum.hatched")
        | {
            "mark": {"type": "rule", "color": palette.HATCH, "aria": False},
            "encoding": _DASHES
            | {
                "x": {"value": x},
                "x2": {"value": x2},
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
            "fontSize": 12,
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
