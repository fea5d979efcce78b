"""How the map is drawn: the layers of its Vega-Lite specification, from the fills up to the legend.

Every layer names its data set, and the shapes are TopoJSON data sets of one object each. It is written as
plain dictionaries, because building it through Altair would cost the first visitor a second; the tests hold
it against Vega-Lite's schema.
"""

import functools

from geo.boundaries.layouts import Layout
from pages.components.charts import circles, map_labels, palette
from pages.components.charts.map_labels import LEGEND_ROWS, SIZES

SELECTION = "borough"
WIDE = 720  # from this width on, in pixels, the legend stands beside the map
TOOLTIP = [
    {"field": "area_name", "type": "nominal", "title": "Authority"},
    {"field": "value_text", "type": "nominal", "title": "Value"},
    {"field": "rank_text", "type": "nominal", "title": "Rank, 1st is highest"},
    {"field": "ics_name", "type": "nominal", "title": "ICS"},
]


@functools.lru_cache(maxsize=32)
def drawing(
    layout: Layout,
    vintage: str,
    theme: str,
    size: str = "page",
    legend_rows: int = LEGEND_ROWS,
    in_circles: bool = False,
) -> dict:
    """The specification before anybody has said where to zoom to, with room for so many rows of a legend.

    `in_circles` is for totals, whose areas are plain. It is shared: nobody may change it.
    """
    sized = SIZES[size]
    key_width = sized.key_width[layout.projection]
    colours = palette.THEMES[theme]
    footprints = f"ics_{vintage}"
    placed = circles.placing(layout.projection, alone=key_width == 0) if in_circles else []
    left = f"width - {key_width} - map_width + (map_width - k * span_x) / 2 - k * west"
    sizes = {
        "beside": f"width >= {WIDE}",
        "map_width": f"beside ? width - {sized.legend_width + key_width} : width",
        "map_height": f"beside ? height - 16 : height - {sized.legend_row * legend_rows}",
        "k": "min(map_width / span_x, map_height / span_y)",
        "font": sized.fonts[layout.projection],
        "legend_top": f"beside ? height - {sized.legend_row * legend_rows} : k * span_y + 34",
        "circle": circles.radius(layout, size),
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": sized.height,
        "config": palette.config(theme, size),
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
            *([circles.layer(placed, TOOLTIP, turn())] if in_circles else []),
            *(map_labels.labels(lines, key_width == 0, placed) for lines in (1, 2, 3, 4)),
            *(
                map_labels.ics_names(align, colours["text"], palette.TEXT[size])
                for align in ("left", "right")
            ),
            *map_labels.legend(theme, size),
            *(circles.legend(theme, size) if in_circles else []),
            *(map_labels.key(theme, key_width, placed) if key_width else []),
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


def _hatching() -> dict:
    ends = ("longitude", "x"), ("latitude", "y"), ("longitude2", "x2"), ("latitude2", "y2")
    return {
        "data": {"name": "hatch"},
        "mark": {"type": "rule", "clip": True, "color": palette.HATCH, "aria": False},
        "encoding": map_labels.DASHES
        | {
            channel: {"field": field} | ({} if channel.endswith("2") else {"type": "quantitative"})
            for channel, field in ends
        },
    }
