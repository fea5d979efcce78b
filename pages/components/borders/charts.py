"""The map of borders, as a Vega-Lite specification: the thicker a line, the larger the difference."""

import pandas as pd

from geo.boundaries.layouts import Layout
from pages.components.charts import palette
from pages.components.text import words

KINDS = {False: "Within one ICS", True: "Between two ICSs"}
COLOURS = {"light": ("#12436D", "#F46A25"), "dark": ("#6BACE6", "#F46A25")}
HEIGHT = 560
# of London over its width
STEEPNESS = 0.8
# on a phone lines are thinner, and there is no room for names
THICKEST = "min(14, width / 55)"
KIND_LEGEND = {
    "title": None,
    "orient": "bottom",
    "columns": 1,
    "symbolType": "stroke",
    "symbolStrokeWidth": 6,
}
NAMED_FROM = 520
NAMED = f"min(width, height / {STEEPNESS}) < {NAMED_FROM} ? 0 : 1"
# a name that has less room than this, in projected units, is left out
NARROW = 0.00035


def specification(
    pairs: pd.DataFrame, layout: Layout, lines: dict, title: str, chosen: str, theme: str
) -> dict:
    """The boroughs in grey, their names, and the borders of `pairs` (geo.places.borders), with a legend.

    `pairs` has `told` as well, what is said of each in a tooltip. `lines` is GeoJSON of borders with left and
    right; a crossing of the river has no line and is in the list. `title` is what differences are called,
    `chosen` the code of a borough to mark, or empty.
    """
    colours = palette.THEMES[theme]
    by_pair = {(row["left"], row["right"]): row for row in pairs.to_dict("records")}
    drawn = [
        {
            "type": "Feature",
            "geometry": line["geometry"],
            "properties": _about(by_pair[key]),
        }
        for line in lines["features"]
        if (key := (line["properties"]["left"], line["properties"]["right"])) in by_pair
    ]
    names = [
        {"x": row["x"], "y": row["y"], "name": row["tile_label"].split("|")}
        for row in layout.labels.reset_index().to_dict("records")
        if row["reach"] > NARROW
    ]
    borders = {"data": {"values": drawn}}
    line = {"type": "geoshape", "filled": False, "strokeCap": "round", "strokeJoin": "round"}
    layers = [
        {
            "data": {
                "values": layout.shapes["boroughs"],
                "format": {"type": "topojson", "feature": "boroughs"},
            },
            "mark": {
                "type": "geoshape",
                "stroke": colours["outside_edge"],
                "strokeWidth": 0.7,
                "aria": False,
            },
            "encoding": {
                "fill": {
                    "condition": {
                        "test": f"datum.properties.area_code === '{chosen}'",
                        "value": colours["outside_edge"],
                    },
                    "value": colours["outside"],
                }
            },
        },
        borders
        | {
            "mark": line,
            "encoding": {
                "strokeWidth": {
                    "field": "properties.gap",
                    "type": "quantitative",
                    "scale": {
                        "domain": [0, float(pairs["gap"].max()) or 1],
                        "range": [0.4, {"expr": THICKEST}],
                    },
                    "legend": {
                        "title": title,
                        "orient": "bottom",
                        "tickCount": 3,
                        "symbolType": "stroke",
                    },
                },
                "stroke": {
                    "field": "properties.kind",
                    "type": "nominal",
                    "scale": {"domain": list(KINDS.values()), "range": list(COLOURS[theme])},
                    "legend": KIND_LEGEND,
                },
                "description": {"field": "properties.spoken", "type": "nominal"},
                "tooltip": [{"field": "properties.told", "type": "nominal", "title": "Border"}],
            },
        },
        # told apart without colour, too
        borders
        | {
            "transform": [{"filter": f"datum.properties.kind == '{KINDS[True]}'"}],
            "mark": line | {"stroke": palette.DARK_INK, "strokeWidth": 1.2, "aria": False},
        },
        *(
            {
                "data": {"values": names},
                "mark": {
                    "type": "text",
                    "fontSize": 11,
                    "aria": False,
                    "lineHeight": 11,
                    "opacity": {"expr": NAMED},
                }
                | style,
                "encoding": {
                    "longitude": {"field": "x", "type": "quantitative"},
                    "latitude": {"field": "y", "type": "quantitative"},
                    "text": {"field": "name", "type": "nominal"},
                },
            }
            for style in (
                {"stroke": colours["outside"], "strokeWidth": 3, "color": colours["outside"]},
                {"color": colours["text"]},
            )
        ),
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": HEIGHT,
        "projection": {"type": layout.projection},
        "config": palette.config(theme),
        "layer": layers,
    }


def height(width: float) -> float:
    """The height that London fills at a width, both in pixels."""
    return min(STEEPNESS * width, HEIGHT)


def _about(pair: dict) -> dict:
    return {
        "gap": pair["gap"],
        "kind": KINDS[bool(pair["crosses_ics"])],
        "told": pair["told"],
        "spoken": words.aloud(pair["told"]),
    }
