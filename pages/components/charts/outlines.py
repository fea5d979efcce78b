"""London's boroughs as a quiet ground for what a picture is of: plain areas, and their names."""

import math
from collections.abc import Mapping

from geo.boundaries.layouts import Layout
from pages.components.charts import palette, parts


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


def names(layout: Layout, theme: str, opacity: str, least_room: float = 0) -> list[dict]:
    """The names of the boroughs that have more than the least room (projected units), each on a casing.

    `opacity` is a Vega expression, in which `datum.reach` is a name's own room, and `datum.east` and
    `datum.north` are its place; all three in projected units of the map (Mercator).
    """
    rows = [
        {"x": row["x"], "y": row["y"], "reach": row["reach"], "name": row["tile_label"].split("|")}
        | dict(zip(("east", "north"), mercator(row["x"], row["y"]), strict=True))
        for row in layout.labels.reset_index().to_dict("records")
        if row["reach"] > least_room
    ]
    mark = parts.unspoken("text", fontSize=11, lineHeight=11, opacity={"expr": opacity}, clip=True)
    where: dict = {"longitude": parts.quantity("x"), "latitude": parts.quantity("y")}
    return [
        {"data": {"values": rows}} | parts.layer(style, **where, text=parts.nominal("name"))
        for style in parts.cased(mark, theme, ground="outside")
    ]


def signs(layout: Layout, shown: Mapping[str, str], size: float, theme: str) -> list[dict]:
    """A sign on some boroughs, by their codes, each on a casing; `size` is that of its type in pixels."""
    labels = layout.labels.loc[list(shown)]
    rows = [{"x": row["x"], "y": row["y"], "sign": shown[code]} for code, row in labels.iterrows()]
    mark = parts.unspoken("text", baseline="middle", fontWeight=700, fontSize=size)
    where: dict = {"longitude": parts.quantity("x"), "latitude": parts.quantity("y")}
    return [
        {"data": {"values": rows}} | parts.layer(style, **where, text=parts.nominal("sign"))
        for style in parts.cased(mark, theme, ground="outside", width=8)
    ]
