"""The map of a place, for pydeck: small areas by their children, borders, centres, and a circle to walk in.

It asks nobody for tiles. The list beside it has all that it shows.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from data_loaders.postcodes import Place
from geo.access.borders import onto_map
from geo.access.shapes import Ring, circle
from pages.components.charts import palette
from pages.components.near_me import text
from pages.components.near_me.named import NARROW, PADDING, SIZE, WIDE, boroughs_around
from pages.exports import colours

HEIGHT = 560
# so far around a circle small areas are drawn
MARGIN_M = 1_500
# metres that a pixel is at zoom 0, where the world is 512 pixels wide, at the latitude of London
METRES_A_PIXEL = 40_075_017 / 512 * 0.6225
# pixels of a narrow map that the circle and what is around it must fit into, which is so much of the circle
FITS, MARGIN = 330, 1.15
ICON_PX, HUB_PX = 26, 42
# the place, and how far one walks from it
HERE = colours.PLUM
# children aged 0 to 4 of a small area: London's middle half has between 77 and 130
CLASSES = (75, 100, 130)


def pixels_a_metre(reach: float) -> float:
    """The scale at which a circle of this radius in metres fits, with a margin."""
    return FITS / (2 * MARGIN * reach)


def zoom_for(reach: float) -> float:
    """The zoom of that scale."""
    return float(np.log2(METRES_A_PIXEL * pixels_a_metre(reach)))


def deck(
    place: Place,
    reach: int,
    sites: pd.DataFrame,
    areas: pd.DataFrame,
    when: str,
    shapes: Mapping[str, list[list[Ring]]],
    boroughs: dict,
    theme: str,
    turns: int = 0,
) -> Any:
    """The map as a pydeck.Deck: `sites` (family hubs too) numbered as they stand, `boroughs` as GeoJSON.

    `when` says of when the children of the areas are: "on Census day 2021".
    With other `turns` a browser goes back to the circle, wherever somebody has moved the map.
    """
    import pydeck  # here, because only this page needs it
    from pydeck.bindings.json_tools import default_serialize

    class Deck(pydeck.Deck):
        """A map without the line and the blanks that pydeck gives each number: two thirds of what is sent."""

        def to_json(self) -> str:
            return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))

    lon, lat = onto_map().transform(place.easting, place.northing)
    away = np.hypot(areas["easting"] - place.easting, areas["northing"] - place.northing)
    near = areas[away <= reach + MARGIN_M]
    land = _land(boroughs, set(near["area_code"]))
    outline = np.column_stack(onto_map().transform(*circle(place.easting, place.northing, reach).T))
    layers = [
        _filled("land", land, get_fill_color=rgb(palette.THEMES[theme]["outside"])),
        _filled("small_areas", _small_areas(near, when, shapes, theme), pickable=True)
        | {"stroked": True, "get_fill_color": "fill", "line_width_min_pixels": 0.5}
        | {"get_line_color": rgb(palette.CASING)},
        _line("casing", _paths(land), palette.CASING, 5),
        _line("borders", _paths(land), palette.DARK_INK, 2),
        _line("circle", [{"path": outline.round(6).tolist()}], HERE, 3),
        _names(boroughs_around(boroughs, place, pixels_a_metre(reach), (NARROW, WIDE)), pydeck.types.String),
        _here(lon, lat),
        *_signs(_marks(sites, place, reach), pydeck.types.String),
    ]
    # Streamlit goes to where a view begins if that is elsewhere than it was: a tenth of a millimetre will do
    nudge = turns % 2 * 1e-9
    begin = {"latitude": lat + nudge, "longitude": lon + nudge, "zoom": zoom_for(reach) + nudge}
    # nobody turns a map whose north is not drawn
    turned = {"dragRotate": False, "touchRotate": False}
    return Deck(
        layers=[pydeck.Layer(**layer) for layer in layers],
        views=[pydeck.View(type="MapView", controller=turned)],
        initial_view_state=pydeck.ViewState(**begin),
        map_provider=None,
        tooltip={"text": "{told}"},
    )


def _land(boroughs: dict, codes: set[str]) -> list[dict]:
    """The polygons of these authorities."""
    return [
        {"polygon": polygon}
        for feature in boroughs["features"]
        if feature["properties"]["area_code"] in codes
        for polygon in _polygons(feature["geometry"])
    ]


def _small_areas(
    near: pd.DataFrame, when: str, shapes: Mapping[str, list[list[Ring]]], theme: str
) -> list[dict]:
    """The polygons of small areas, shaded by their children, with what is told of each."""
    return [
        {
            "polygon": polygon,
            "fill": rgb(fill_of(area["children_0_4"], theme)),
            "told": f"{area['name']}: {area['children_0_4']} children aged 0 to 4 {when}",
        }
        for area in near.to_dict("records")
        for polygon in shapes[area["small_area"]]
    ]


def _filled(name: str, data: list[dict], **more: object) -> dict[str, Any]:
    plain = {"filled": True, "stroked": False, "get_polygon": "polygon"}
    return {"type": "PolygonLayer", "data": data, "id": name, **plain, **more}


def _line(name: str, data: list[dict], colour: str, width: int) -> dict[str, Any]:
    pixels = {"width_min_pixels": width, "width_max_pixels": width}
    drawn = {"get_path": "path", "get_color": rgb(colour), **pixels}
    return {"type": "PathLayer", "data": data, "id": name, **drawn}


def _names(around: pd.DataFrame, string: Callable[[str], object]) -> dict[str, Any]:
    """The names of the boroughs, below all signs."""
    return {
        "type": "TextLayer",
        "data": [{"name": row.name, "at": [row.lon, row.lat]} for row in around.itertuples(index=False)],
        "id": "names",
        "get_position": "at",
        "get_text": "name",
        "get_size": SIZE,
        "get_color": rgb(palette.DARK_INK),
        "font_weight": 700,
        "font_family": string("sans-serif"),
        "background": True,
        "get_background_color": [*rgb(palette.CASING), 200],
        "background_padding": PADDING,
    }


def _here(lon: float, lat: float) -> dict[str, Any]:
    return {
        "type": "ScatterplotLayer",
        "data": [{"at": [lon, lat]}],
        "id": "here",
        "get_position": "at",
        "radius_min_pixels": 7,
        "radius_max_pixels": 7,
        "stroked": True,
        "line_width_min_pixels": 3,
        "get_fill_color": rgb(palette.CASING),
        "get_line_color": rgb(HERE),
    }


def _signs(marks: list[dict], string: Callable[[str], object]) -> list[dict[str, Any]]:
    """The signs of hubs, and over them those of centres; `string` marks what is a word and no expression.

    A hub may be at the door of a centre: it is the larger sign, and its number stands above it.
    """
    hubs = [mark for mark in marks if mark["is_hub"]]
    above = {
        "get_pixel_offset": [0, -(HUB_PX // 2 + 9)],
        "background": True,
        "get_background_color": rgb(palette.CASING),
    }
    layers = [*_numbered("centres", [mark for mark in marks if not mark["is_hub"]], ICON_PX, string)]
    if hubs:
        signs, numbers = _numbered("hubs", hubs, HUB_PX, string)
        layers = [signs, *layers, numbers | above]
    return layers


def _numbered(
    name: str, marks: list[dict], size: int, string: Callable[[str], object]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The signs of sites, and their numbers."""
    signs = {
        "type": "IconLayer",
        "data": marks,
        "id": name,
        "get_icon": "icon",
        "get_position": "at",
        "get_size": size,
        "size_units": string("pixels"),
        "pickable": True,
    }
    numbers = {
        "type": "TextLayer",
        "data": marks,
        "id": "numbers" if name == "centres" else f"numbers_of_{name}",
        "get_position": "at",
        "get_text": "number",
        "get_size": 13,
        "get_color": "ink",
        "font_weight": 700,
        "font_family": string("sans-serif"),
    }
    return signs, numbers


def _marks(sites: pd.DataFrame, place: Place, reach: int) -> list[dict]:
    lon, lat = onto_map().transform(sites["easting"].to_numpy(), sites["northing"].to_numpy())
    return [
        {
            "at": [float(x), float(y)],
            "number": str(number),
            "ink": rgb(
                palette.DARK_INK
                if text.is_across(site, place) or site["type"] == text.HUB
                else palette.LIGHT_INK
            ),
            "is_hub": site["type"] == text.HUB,
            "icon": icon(site["type"], text.is_across(site, place)),
            "told": f"{number}. {site['name']}, {text.KINDS[site['type']].lower()}, "
            f"{text.say_away(site['metres'], reach)}"
            f"{', ' + text.ACROSS if text.is_across(site, place) else ''}",
        }
        for number, x, y, (_, site) in zip(range(1, len(sites) + 1), lon, lat, sites.iterrows(), strict=True)
    ]


def icon(kind: str, is_across: bool) -> dict:
    """The sign of a site: a circle for a centre, a square for a linked site, a house for a family hub.

    It is orange across the border.
    """
    fill = palette.LINES["light"][3 if is_across else 0]
    style = f'fill="{fill}" stroke="{palette.CASING}" stroke-width="4"'
    drawn = {
        "designated_centres": f'<circle cx="32" cy="32" r="29" {style}/>',
        "linked_sites": f'<rect x="5" y="5" width="54" height="54" {style}/>',
        text.HUB: f'<polygon points="32,3 61,24 61,61 3,61 3,24" {style}/>',
    }[kind]
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">{drawn}</svg>'
    address = "data:image/svg+xml;charset=utf-8," + svg.replace("#", "%23").replace('"', "'")
    return {"url": address, "width": 64, "height": 64, "anchorY": 32, "id": f"{kind}_{is_across}"}


def fill_of(children: int, theme: str = "light") -> str:
    """The colour of a small area with so many children."""
    # without the darkest, on which the signs of centres would be lost: on a light page that of the most
    shades = palette.SEQUENTIAL[5][1:] if theme == "dark" else palette.SEQUENTIAL[5][:-1]
    return palette.in_theme(shades[int(np.searchsorted(CLASSES, children, side="right"))], theme)


def rgb(colour: str) -> list[int]:
    """A colour of the palette as deck.gl takes it."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _polygons(geometry: dict) -> list:
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def _paths(land: list[dict]) -> list[dict]:
    return [{"path": ring} for each in land for ring in each["polygon"]]
