"""How the map is drawn: the layers of its Vega-Lite specification, from the fills up to the legend.

Every layer names its data set, and the shapes are TopoJSON of one object each, written into the first layer
that names it. It is all plain dictionaries, because building it through Altair would cost the first visitor a
second; the tests hold it against Vega-Lite's schema.
"""

import functools

from geo.boundaries.layouts import Layout
from pages.components.charts import circles, map_labels, palette, parts
from pages.components.charts.map_labels import KEY_HEIGHT, LEGEND_ROWS, SIZES, Size

SELECTION = "borough"
WIDE = 680  # from this width on, in pixels, the legend stands beside the map
# pixels between a map and the legend below it, and above and below a map with its legend beside it
ABOVE_LEGEND, MARGINS = 34, 16
# that a page leaves around what Vega draws, both sides together, in pixels
AROUND = 8
TOOLTIP = parts.tooltip(
    {"area_name": "Authority", "value_text": "Value", "rank_text": "Rank, 1st is highest", "ics_name": "ICS"}
)


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
    footprints = f"ics_{vintage}"
    placed = circles.placing(layout.projection, SIZES[size].is_named) if in_circles else []
    in_room = size == "meeting"
    layers = [
        _fills(theme),
        # a dark line in a white casing stands out from every fill, and from both page backgrounds
        {"data": _shapes("boroughs"), "mark": _line(palette.DARK_INK, 0.4)},
        _hatching(),
        *({"data": _shapes(footprints), "mark": _line(*look)} for look in palette.FOOTPRINT),
        *(_highlight(*look) for look in palette.HIGHLIGHT),
        *([circles.layer(placed, TOOLTIP, turn(), theme)] if in_circles else []),
        *(map_labels.signs(placed, theme) if in_room else _names(placed, theme)),
        *map_labels.legend(theme, size),
        *(circles.legend(theme, size) if in_circles else []),
        *([] if in_room else map_labels.key(theme, placed)),
    ]
    for name in ("boroughs", footprints):
        # the other layers mean the same shapes by their name
        first = next(layer for layer in layers if layer["data"]["name"] == name)
        first["data"]["values"] = layout.shapes[name]
    placed_by = _placed(layout, SIZES[size], legend_rows, circles.radius(layout, size))
    return {
        **parts.whole(layers, palette.config(theme, size), SIZES[size].height),
        **placed_by,
        "params": placed_by["params"] + palette.params(theme),
    }


def _names(placed: list[dict], theme: str) -> list[dict]:
    """Names and values on the areas, and the names of the ICSs."""
    return [
        *([] if placed else [map_labels.discs(theme)]),
        *(map_labels.labels(lines, theme, placed) for lines in (1, 2, 3, 4)),
        *(map_labels.ics_names(align, theme) for align in ("left", "right")),
    ]


def _placed(layout: Layout, size: Size, legend_rows: int, circle: str) -> dict:
    """Where the map, its legend and its key stand, as expressions of the width that the picture is given."""
    legend = size.legend_row * legend_rows
    # the key stands above the legend
    key = max(min(KEY_HEIGHT, size.height - legend), 0) if size.is_named else 0
    left = "width - map_width + (map_width - k * span_x) / 2 - k * west"
    sizes = {
        "beside": f"width >= {WIDE}",
        "map_width": f"beside ? width - {size.legend_width} : width",
        "map_height": f"beside ? height - {MARGINS} : height - {legend}",
        "k": "min(map_width / span_x, map_height / span_y)",
        "font": size.fonts[layout.projection],
        # beside the map it ends where the map does, or further down where the key needs it
        "legend_top": f"beside ? max({key}, k * span_y + {MARGINS} - {legend}) : k * span_y + {ABOVE_LEGEND}",
        "circle": circle,
    }
    return {
        "params": [{"name": name, "expr": expression} for name, expression in sizes.items()],
        "projection": {
            "type": layout.projection,
            "scale": {"expr": "k"},
            "translate": {"expr": f"[{left}, 8 + k * north]"},
            "reflectY": layout.projection == "identity",
        },
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
    boroughs = _boroughs()
    boroughs["transform"] += [{"calculate": palette.paint(theme), "as": "paint"}, *turn()]
    outside = {"test": "datum.outside", "value": palette.THEMES[theme]["outside_edge"]}
    drawn = parts.layer(
        {"type": "geoshape", "clip": True, "cursor": "pointer", "strokeWidth": 1.4},
        fill=parts.as_it_is("paint"),
        stroke={"condition": outside, "value": palette.CASING},
        description=parts.nominal("spoken"),
        tooltip=TOOLTIP,
    )
    return boroughs | {"params": [clickable()]} | drawn


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
    look = {"filled": False, "fill": None, "stroke": colour, "strokeWidth": width, "clip": True}
    return parts.unspoken("geoshape", **look)


def _hatching() -> dict:
    ends = parts.on_map("x", "y") | {"longitude2": {"field": "x2"}, "latitude2": {"field": "y2"}}
    rule = parts.unspoken("rule", clip=True, color=palette.HATCH)
    return parts.layer(rule, "hatch", **map_labels.DASHES, **ends)
