"""London's boroughs as a quiet ground for what a picture is of: plain areas, and their names."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.access.shapes import Ring
from geo.boundaries.layouts import Layout
from pages.components.charts import palette, parts
from pages.components.charts.label_places import CODE, SIZE, TIGHT, Frame
from pages.components.charts.map_labels import away
from pages.exports.exhibit import Height, Keyed

# of maps, in pixels, for which it is worked out what has room
WIDTHS = range(240, 2000, 8)
# around what Vega draws, in pixels, together and on each side: unasked Streamlit leaves 20 below
MARGINS = 8
_PADDING = dict.fromkeys(("top", "right", "bottom", "left"), MARGINS // 2)
# by which half a name may be wider than so many average letters: Newham's are the widest
WIDER = 5
_PLACES, _NEAREST = ("x", "y", "reach", "half", "high", "east", "down"), ("gap", "away_x", "away_y")
# decimals of these: a tenth of a pixel of the largest map
EXACT = 6
# half the width and the height of a name, by columns of its row, and of a code
_HALF_OF = tuple(zip(("half", "high"), CODE, strict=True))


def boroughs(layout: Layout, chosen: str, theme: str) -> dict:
    """The areas, with the chosen one (a code, or empty) darker."""
    colours = palette.THEMES[theme]
    is_chosen = {"test": f"datum.properties.area_code === '{chosen}'", "value": colours["outside_edge"]}
    mark = parts.unspoken("geoshape", stroke=colours["outside_edge"], strokeWidth=0.7, clip=True)
    shapes = {"type": "topojson", "feature": "boroughs"}
    fill = {"condition": is_chosen, "value": colours["outside"]}
    return {"data": {"values": layout.shapes["boroughs"], "format": shapes}} | parts.layer(mark, fill=fill)


def mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Where Mercator's projection of scale 1 has a place, in radians, northwards."""
    return math.radians(longitude), math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def frame_of(layout: Layout, codes: Sequence[str] | None = None, margin: float = 0) -> Frame:
    """These authorities as a whole (all of them, where none are given) with a margin in projected units."""
    bounds = layout.labels if codes is None else layout.labels.loc[list(codes)]
    west, south = bounds["west"].min() - margin, bounds["south"].min() - margin
    east, north = bounds["east"].max() + margin, bounds["north"].max() + margin
    return Frame(float(west), float(north), float(east - west), float(north - south))


def common_to(one: Frame, other: Frame) -> Frame:
    """What two frames both show, which is something."""
    west, north = max(one.west, other.west), min(one.north, other.north)
    east = min(one.west + one.across, other.west + other.across)
    south = max(one.north - one.down, other.north - other.down)
    return Frame(west, north, east - west, north - south)


def placed(layout: Layout, shown: Frame) -> dict:
    """The projection that shows a frame as large as the drawing holds it, from its upper edge down.

    `k` is its scale, of which `names` make use.
    """
    middle = shown.west + shown.across / 2
    return {
        "padding": _PADDING,
        "params": [{"name": "k", "expr": f"min(width / {shown.across}, height / {shown.down})"}],
        "projection": {
            "type": layout.projection,
            "scale": {"expr": "k"},
            "translate": {"expr": f"[width / 2 - k * {middle}, k * {shown.north}]"},
        },
    }


def names(labels: pd.DataFrame, theme: str) -> list[dict]:
    """The names of boroughs (label_places), each on a casing; the code where there is no room for the name.

    Whether there is follows from `k`, the scale of the map. No name is drawn that the edge of the map would
    cut, and no code beyond the frame; a code at the edge stands as far inside as it is whole.
    """
    rows = [
        {"name": row["tile_label"].split("|"), "code": row["code"] if row["is_framed"] else ""}
        | {name: round(row[name], EXACT) for name in (*_PLACES, *_NEAREST)}
        for row in labels.to_dict("records")
    ]
    fits = [
        f"datum.reach * k * {TIGHT} > max(datum.half, datum.high)",
        f"abs(k * datum.east) < width / 2 - datum.half - {WIDER}",
        "k * datum.down > datum.high && k * datum.down < height - datum.high",
    ]
    steps: list[dict] = [
        {"calculate": f"{' && '.join(fits)} ? datum.name : datum.code", "as": "shown"},
        {"filter": "datum.shown != ''"},
    ]
    across, down = away()
    half, top = (f"(isArray(datum.shown) ? datum.{side} : {of_code})" for side, of_code in _HALF_OF)
    edge = f"({half} + (isArray(datum.shown) ? {WIDER} : 0))"
    inside = f"clamp(k * datum.east + {across}, {edge} - width / 2, width / 2 - {edge}) - k * datum.east"
    below = f"max(k * datum.down + {down}, {top}) - k * datum.down"
    block = f"(isArray(datum.shown) ? (length(datum.shown) - 1) * {SIZE / 2} : 0)"
    mark = parts.unspoken("text", fontSize=SIZE, lineHeight=SIZE, baseline="middle", clip=True)
    mark |= {"dx": {"expr": inside}, "dy": {"expr": f"{below} - {block}"}}
    return written({"data": {"values": rows}, "transform": steps}, "shown", mark, theme)


def written(source: dict, field: str, mark: dict, theme: str, casing: float = 3) -> list[dict]:
    """The text in a field of each row of a source, at its columns x and y, on a casing of so many pixels."""
    return [
        source | parts.layer(style, **parts.on_map("x", "y"), text=parts.nominal(field))
        for style in parts.cased(mark, theme, ground="outside", width=casing)
    ]


def lines(of: list[Ring], colour: str, width: float) -> dict:
    """Lines in longitude and latitude."""
    mark = parts.unspoken("geoshape", filled=False, stroke=colour, strokeWidth=width, clip=True)
    return {"data": {"values": [feature("MultiLineString", of)]}} | parts.layer(mark)


def feature(kind: str, coordinates: list, **properties: str) -> dict:
    """A shape of a kind of GeoJSON, with what is known of it."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def measured(labels: pd.DataFrame, shown: Frame, height: float, legend: float) -> dict[str, Any]:
    """What an exhibit must know of a map of a frame, with a legend above it, both so many pixels high.

    That is its `height`, and as `keyed` the boroughs that stand by their codes, with the width from which on
    each has its name. Of a page the legend takes a part of the map's height, in files it has its own.
    """
    inside = height - legend
    return {
        "height": Height(shown.down / shown.across, most=height, most_above=inside, around=legend),
        "keyed": _keyed(labels, shown, inside - MARGINS),
    }


def _keyed(labels: pd.DataFrame, shown: Frame, height: float) -> tuple[Keyed, ...]:
    rows = labels[labels["is_framed"]].sort_values("tile_label")
    widths = np.array(WIDTHS)[:, None]
    widths = widths - MARGINS
    k = np.minimum(widths / shown.across, height / shown.down)
    half, high, down = (rows[name].to_numpy() for name in ("half", "high", "down"))
    has_room = rows["reach"].to_numpy() * k * TIGHT > np.maximum(half, high)
    is_whole = np.abs(k * rows["east"].to_numpy()) < widths / 2 - half - WIDER
    is_inside = (k * down > high) & (k * down < height - high)
    lacks = ~(has_room & is_whole & is_inside)
    # from the first width on after the last at which it has no room
    after = np.where(lacks.any(axis=0), len(WIDTHS) - lacks[::-1].argmax(axis=0), 0)
    until = [*WIDTHS, math.inf]
    return tuple(
        Keyed(code, name.replace("|", " "), until[place])
        for code, name, place in zip(rows["code"], rows["tile_label"], after, strict=True)
    )


def signs(labels: pd.DataFrame, shown: Mapping[str, str], size: float, theme: str) -> list[dict]:
    """A sign on some boroughs, by their codes, each on a casing; `size` is that of its type in pixels.

    They stand where labels (label_places) do.
    """
    of_signs = labels.loc[list(shown)]
    rows = [{"x": row["x"], "y": row["y"], "sign": shown[code]} for code, row in of_signs.iterrows()]
    mark = parts.unspoken("text", baseline="middle", fontWeight=700, fontSize=size)
    return written({"data": {"values": rows}}, "sign", mark, theme, casing=8)
