"""The map of borders, as a Vega-Lite specification: the thicker a line, the larger the difference."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import shapely
from shapely.geometry import shape

from geo.boundaries.layouts import Layout
from pages.components.charts import label_places, outlines, palette, parts
from pages.components.charts.label_places import Frame
from pages.components.text import units
from pages.exports import colours

KINDS = {False: "Within one ICS", True: "Between two ICSs"}
COLOURS = {"light": (colours.DARK_BLUE, colours.ORANGE), "dark": (colours.LIGHT_BLUE, colours.ORANGE)}
HEIGHT = 560
# of the legend above the map, in pixels
LEGEND = 56
# of the longer side of what is in scope, around it: with so much, each borough across a border can be named
AROUND = 0.1
# of the map on a laptop, in pixels
WIDTH = 700
# on a phone lines are thinner; what is thinner than this may run below the edge of a name
NARROWEST, THIN = 55, 3
THICKEST = f"min(14, width / {NARROWEST})"
KIND_LEGEND = {
    "title": None,
    "orient": "top",
    "columns": 1,
    "symbolType": "stroke",
    "symbolStrokeWidth": 6,
}
# Vega would set each number as far down as its line is thick
_ON_ONE_LINE = {part: {"y": {"value": 7}} for part in ("symbols", "labels")}
_LINE = {"type": "geoshape", "filled": False, "strokeCap": "round", "strokeJoin": "round"}
# for the end of a room: the thickest line, and the type of what stands on the map, in pixels of its screen
THICKEST_IN_A_ROOM, SIGN = 32, 56


def shown_of(layout: Layout, members: Sequence[str] | None = None) -> Frame:
    """The part of London that a map of the borders of these authorities (all, where none are given) is of."""
    own = outlines.frame_of(layout, members)
    strip = AROUND * max(own.across, own.down)
    # beyond London there is nothing to see
    return outlines.common_to(outlines.frame_of(layout), outlines.frame_of(layout, members, strip))


def specification(
    pairs: pd.DataFrame,
    layout: Layout,
    shown: Frame,
    lines: dict,
    labels: pd.DataFrame,
    title: str,
    chosen: str,
    theme: str,
) -> dict:
    """The boroughs in grey, their names, and the borders of `pairs` (geo.places.borders), with a legend.

    `pairs` has `told` as well, what is said of each in a tooltip. `shown` is the part of London that is
    drawn. `lines` is GeoJSON of borders with left and right; a crossing of the river has no line and is in
    the list. `labels` are names_clear_of() these lines, `title` is what differences are called, and `chosen`
    the code of a borough to mark, or empty.
    """
    borders = {"data": {"values": _drawn(pairs, lines)}}
    widest = float(pairs["gap"].max()) or 1
    layers = [
        outlines.boroughs(layout, chosen, theme),
        borders | _lines(title, widest, theme, {"expr": THICKEST}),
        borders | _between_icss(),
        *outlines.names(labels, theme),
    ]
    return parts.whole(layers, palette.config(theme), HEIGHT) | outlines.placed(layout, shown)


def for_a_room(
    pairs: pd.DataFrame,
    layout: Layout,
    shown: Frame,
    lines: dict,
    signs: Mapping[str, str],
    spoken: Mapping[str, str],
    chosen: str,
    theme: str,
    size: tuple[int, int],
) -> dict:
    """The same in a place of this width and height, with signs on some boroughs (by code) and no legend.

    `spoken` has what is said of each borough, by code, by which whoever types its name finds it.
    """
    width, height = size
    areas = outlines.boroughs(layout, chosen, theme)
    areas["mark"] = {name: value for name, value in areas["mark"].items() if name != "aria"}
    areas["transform"] = [
        {"calculate": f"{json.dumps(dict(spoken))}[datum.properties.area_code]", "as": "spoken"}
    ]
    areas["encoding"] |= {"description": parts.nominal("spoken")}
    borders = {"data": {"values": _drawn(pairs, lines)}}
    widest = float(pairs["gap"].max()) or 1
    layers = [
        areas,
        borders | _lines("", widest, theme, THICKEST_IN_A_ROOM, has_legend=False),
        borders | _between_icss(width=3),
        *outlines.signs(label_places.labels_in(layout, shown), signs, SIGN, theme),
    ]
    drawing = parts.whole(layers, palette.config(theme, "meeting"), height) | {"width": width}
    return drawing | outlines.placed(layout, shown) | {"autosize": "none", "padding": 0}


def _drawn(pairs: pd.DataFrame, lines: dict) -> list[dict]:
    """The lines of those pairs that have one, with what is known of them."""
    about = {(pair["left"], pair["right"]): _about(pair) for pair in pairs.to_dict("records")}
    return [
        {"type": "Feature", "geometry": line["geometry"], "properties": about[key]}
        for line in lines["features"]
        if (key := (line["properties"]["left"], line["properties"]["right"])) in about
    ]


def _about(pair: dict) -> dict:
    return {
        "gap": pair["gap"],
        "kind": KINDS[bool(pair["crosses_ics"])],
        "told": pair["told"],
        "spoken": units.aloud(pair["told"]),
    }


def _lines(title: str, widest: float, theme: str, thickest: object, has_legend: bool = True) -> dict:
    """The borders, which are spoken: wide by the difference, coloured by kind."""
    scale = {"domain": [0, widest], "range": [0.4, thickest]}
    # in as many lines as it has parts, with short numbers: a phone has little room beside the kinds
    legend: dict = {"title": title.replace(", ", ",\n").split("\n"), "orient": "top"}
    legend |= {"values": _steps(widest), "symbolType": "stroke"}
    # as an expression: by a format alone Vega would round them to what it takes for their steps
    legend |= {"labelExpr": "format(datum.value, ',~r')"}
    legend |= {"encoding": _ON_ONE_LINE, "gridAlign": "none"}
    kinds = dict(zip(KINDS.values(), COLOURS[theme], strict=True))
    return parts.layer(
        _LINE,
        strokeWidth=parts.quantity("properties.gap", scale=scale, legend=legend if has_legend else None),
        stroke=parts.in_order("properties.kind", kinds, legend=KIND_LEGEND if has_legend else None),
        description=parts.nominal("properties.spoken"),
        tooltip=parts.tooltip({"properties.told": "Border"}),
    )


def _steps(widest: float) -> list[float]:
    """Round differences from none to the largest, four at most: more have no room on a phone."""
    power = 10.0 ** math.floor(math.log10(widest / 3))
    step = next(times * power for times in (1, 2, 3, 5, 10) if widest < 4 * times * power)
    return [round(step * number, 6) for number in range(int(widest / step) + 1)]


def _between_icss(width: float = 1.2) -> dict:
    """A dark line in the middle of those between two ICSs: they are told apart without colour, too."""
    mark = _LINE | {"stroke": palette.DARK_INK, "strokeWidth": width, "aria": False}
    return {"transform": [{"filter": f"datum.properties.kind == '{KINDS[True]}'"}], "mark": mark}


def names_clear_of(pairs: pd.DataFrame, lines: dict, layout: Layout, shown: Frame) -> pd.DataFrame:
    """Where names stand on a map of these borders (specification): beside the lines, not across them."""
    k = min(WIDTH / shown.across, (HEIGHT - LEGEND) / shown.down)
    widest = float(pairs["gap"].max()) or 1
    across = {
        (left, right): gap / widest * WIDTH / NARROWEST
        for left, right, gap in zip(pairs["left"], pairs["right"], pairs["gap"], strict=True)
    }
    found = []
    for line in lines["features"]:
        width = across.get((line["properties"]["left"], line["properties"]["right"]), 0.0)
        if width < THIN:
            continue
        dense = shapely.segmentize(shape(line["geometry"]), math.degrees(THIN / k))
        lon, lat = shapely.get_coordinates(dense).T
        found.append(pd.DataFrame({"lon": lon, "lat": lat, "size": width**2}))
    labels = label_places.labels_in(layout, shown)
    return label_places.clear_of(pd.concat(found), labels, layout, shown, k) if found else labels


def measured(labels: pd.DataFrame, shown: Frame) -> dict[str, Any]:
    """What an exhibit must know of the map of this part of London with these labels (outlines.measured)."""
    return outlines.measured(labels, shown, HEIGHT, LEGEND)
