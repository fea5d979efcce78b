"""The map of a place as a picture and a table to take away, for whoever has ticked that they may show it.

It is no exhibit of a view: the place is in no link, and nothing of it is kept for another visitor. The
postcode is in none of its words; where the place is, the picture shows.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import shape

from data_loaders import store
from data_loaders.postcodes import Place
from geo.access.borders import BOROUGHS, onto_map
from geo.access.shapes import Ring, circle
from pages.components.charts import outlines, palette, parts, sites_map
from pages.components.data import access, figures
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.near_me import charts, text
from pages.components.near_me.named import IN_FILES, LINE, SIZE, boroughs_around
from pages.components.state.view import View
from pages.components.text import citations, columns, dates, grammar
from pages.exports.exhibit import Exhibit, Height
from pages.exports.table import Column, Kind, Measure, Table

# sites that are numbered and listed, on the page as well
NEAREST, NEAREST_HUBS = 10, 3
HEIGHT = 640
# and as much of it as a wide slide shows, of which long notes leave a strip
WIDEST = 6
SHADES = (
    "Small areas are shaded by children aged 0 to 4 {when}: the darker, the more (under 75, 75 to 99, 100 "
    "to 129, 130 and more). The ring shows how far one walks, the dot in its middle is the place."
)
SIDES = {False: "on this side of the border", True: "across a border"}
SHAPES = {"designated_centres": "circle", "linked_sites": "square", text.HUB: sites_map.HOUSE}
# by whether it is across a border
FILLS = {False: palette.LINES["light"][0], True: palette.LINES["light"][3]}
INKS = {False: palette.LIGHT_INK, True: palette.DARK_INK}
COLUMNS = (
    Column("number", "Number on the map", Kind.NUMBER),
    Column("name", "Centre", Kind.NAME),
    Column("kind", "Type", Kind.CATEGORY),
    Column("stands", "Stands in", Kind.CATEGORY),
    Column("across", "Across a border", Kind.CATEGORY),
    Column("metres", "Distance", Kind.NUMBER, Measure("metres")),
    Column("over", "Over the Thames by", Kind.TEXT),
)
_CASED = {"stroke": palette.CASING, "strokeWidth": 1.5, "opacity": 1, "filled": True, "clip": True}


def exhibit(place: Place, reach: int, sites: pd.DataFrame, hubs: pd.DataFrame, view: View) -> Exhibit:
    """The map of a place, as it goes into files: light, whatever the page is; `sites` the nearest first.

    `hubs` are the family hubs that are drawn as well.
    """
    day, names = access.register_day(), access.names()
    listed = pd.concat([sites.head(NEAREST), hubs], ignore_index=True)
    list_of_hubs = access.hubs()
    of_hubs = text.HUBS.format(day=dates.say_day(list_of_hubs.day)) if list_of_hubs and len(hubs) else ""
    tables = access.with_hubs(access.SHOWN_NEAR) if of_hubs else access.SHOWN_NEAR
    return MAP.exhibit(
        view,
        title=text.headline(sites, place, reach, "this side"),
        subtitle=(
            f"Around a place in {grammar.inside(names[place.area_code])}, and {text.say_metres(reach)} to "
            f"walk. Centres as registered on {dates.say_day(day)}"
        ),
        chart=specification(
            place,
            reach,
            listed,
            access.ground().areas,
            access.shapes(),
            store.read_shapes(BOROUGHS, figures.library().entries),
        ),
        remarks=[
            SHADES.format(when=access.children().when),
            text.REGISTER.format(day=dates.say_day(day)),
            of_hubs,
            text.METHOD,
        ],
        sources=access.sources(tables),
        said_sources=[citations.boundary_line(figures.boundary_source())],
        also=(*tables, BOROUGHS),
        stem=f"near_me_{reach}_m",
        is_private=True,
        # as high as what is around the circle is wide; on a slide, where it cannot be, its ground goes on
        height=Height(1, most=HEIGHT),
        least_width=WIDEST * HEIGHT,
        numbers=lambda: numbers(listed, place, names).with_same(
            {columns.REGISTER_DAY: day, columns.STATUS: "worked out here"}
        ),
    )


def numbers(listed: pd.DataFrame, place: Place, names: Mapping[str, str]) -> Table:
    """The nearest sites (pages.components.data.access.sites_from), numbered as on the map."""
    across = [text.is_across(site, place) for _, site in listed.iterrows()]
    rows = listed.assign(
        number=np.arange(1, len(listed) + 1),
        kind=listed["type"].map(text.KINDS),
        stands=listed["stands_in"].map(names),
        across=np.where(across, "yes", "no"),
        metres=listed["metres"].round(),
    )
    return Table(rows, COLUMNS)


def specification(
    place: Place,
    reach: int,
    listed: pd.DataFrame,
    areas: pd.DataFrame,
    shapes: Mapping[str, list[list[Ring]]],
    boroughs: dict,
) -> parts.Chart:
    """Small areas by their children, borders, the circle, the place, and the sites numbered as listed.

    `boroughs` are the detailed boundaries as GeoJSON.
    """
    away = np.hypot(areas["easting"] - place.easting, areas["northing"] - place.northing)
    near = areas[away <= reach + 2 * charts.MARGIN_M]
    ring = np.column_stack(onto_map().transform(*circle(place.easting, place.northing, reach).T))
    land = np.array([shape(feature["geometry"]) for feature in boroughs["features"]])
    layers = [
        _ground(_near(land, place, reach)),
        _areas(near, shapes),
        *_borders(_near(shapely.boundary(land), place, reach)),
        outlines.lines([ring.round(6).tolist()], charts.HERE, 3),
        *_names(),
        parts.layer(parts.unspoken("point", size=110, color=charts.HERE) | _CASED, "here", **sites_map.WHERE),
        *_signs(listed, place),
    ]
    drawing = parts.whole(layers, palette.config("light"), HEIGHT) | _around(place, reach)
    lon, lat = onto_map().transform(place.easting, place.northing)
    here = pd.DataFrame({"lon": [lon], "lat": [lat]})
    rows = {
        "sites": _rows(listed, place),
        "here": here,
        "names": boroughs_around(boroughs, place, charts.pixels_a_metre(reach), (IN_FILES,)),
    }
    return drawing, {name: parts.table(each) for name, each in rows.items()}


def _names() -> list[dict]:
    """The names of the boroughs, below all signs."""
    mark = parts.unspoken("text", fontSize=SIZE, fontWeight=700, lineBreak="\n", lineHeight=LINE, clip=True)
    return [
        parts.layer(style, "names", **sites_map.WHERE, text=parts.nominal("name"))
        for style in parts.cased(mark, "light", width=4)
    ]


def _box(place: Place, metres: float) -> list[tuple[float, float]]:
    """The corners of a square around a place, south-west and north-east, in longitude and latitude."""
    corners = metres * np.array([[-1, -1], [1, 1]]) + [place.easting, place.northing]
    return [onto_map().transform(*corner) for corner in corners.tolist()]


def _around(place: Place, reach: int) -> dict:
    """The projection that fits the circle and what is around it into the picture."""
    (west, south), (east, north) = (
        outlines.mercator(*corner) for corner in _box(place, charts.MARGIN * reach)
    )
    x, y = (west + east) / 2, (south + north) / 2
    return {
        "params": [{"name": "k", "expr": f"min(width / {east - west}, height / {north - south})"}],
        "projection": {
            "type": "mercator",
            "scale": {"expr": "k"},
            "translate": {"expr": f"[width / 2 - k * {x}, height / 2 + k * {y}]"},
        },
    }


def _rows(listed: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The sites with what the picture draws of them."""
    lon, lat = onto_map().transform(listed["easting"].to_numpy(float), listed["northing"].to_numpy(float))
    across = [text.is_across(site, place) for _, site in listed.iterrows()]
    kind = [_kind(name, side) for name, side in zip(listed["type"], across, strict=True)]
    rows = pd.DataFrame({"lon": lon, "lat": lat, "kind": kind, "across": across})
    rows["number"] = [str(number) for number in range(1, len(rows) + 1)]
    told = rows["number"] + ". " + listed["name"].to_numpy() + ": " + rows["kind"]
    return rows.assign(told=told, is_hub=(listed["type"] == text.HUB).to_numpy())


def _kind(site: str, is_across: bool) -> str:
    return f"{text.KINDS[site]} {SIDES[is_across]}"


def _signs(listed: pd.DataFrame, place: Place) -> list[dict]:
    """A sign for each site, told apart by shape as well as colour, and its number on it.

    A hub may be at the door of a centre: it is the larger sign below, and its number stands above it.
    """
    present = set(_rows(listed, place)["kind"])
    looks = {
        _kind(site, side): (shape, FILLS[side])
        for side in SIDES
        for site, shape in SHAPES.items()
        if _kind(site, side) in present
    }
    # in a column of a page two beside each other would run beyond its edge
    beside = {"expr": "width < 500 ? 1 : 2"}
    legend = {"title": None, "orient": "bottom", "columns": beside, "labelLimit": 400}
    shapes, fills = (dict(zip(looks, look, strict=True)) for look in zip(*looks.values(), strict=True))
    signs = [
        parts.layer(
            {"type": "point", "size": size} | _CASED,
            "sites",
            which,
            **sites_map.WHERE,
            shape=parts.in_order("kind", shapes, legend=legend),
            fill=parts.in_order("kind", fills, legend=legend),
            description=parts.nominal("told"),
        )
        for which, size in (("datum.is_hub", 900), ("!datum.is_hub", 330))
    ]
    number = parts.unspoken("text", fontSize=11, fontWeight=700, clip=True)
    on_them = [
        parts.layer(
            number | {"color": ink},
            "sites",
            f"!datum.is_hub && {'' if side else '!'}datum.across",
            **sites_map.WHERE,
            text=parts.nominal("number"),
        )
        for side, ink in INKS.items()
    ]
    above = [
        parts.layer(style, "sites", "datum.is_hub", **sites_map.WHERE, text=parts.nominal("number"))
        for style in parts.cased(number | {"dy": -22}, "light")
    ]
    return [*signs, *on_them, *above]


def _areas(near: pd.DataFrame, shapes: Mapping[str, list[list[Ring]]]) -> dict:
    features = [
        outlines.feature(
            "MultiPolygon", [_wound(rings) for rings in shapes[code]], fill=charts.fill_of(children)
        )
        for code, children in zip(near["small_area"], near["children_0_4"], strict=True)
    ]
    mark = parts.unspoken("geoshape", stroke=palette.CASING, strokeWidth=0.5, clip=True)
    return {"data": {"values": features}} | parts.layer(mark, fill=parts.as_it_is("properties.fill"))


def _wound(rings: list[Ring]) -> list[Ring]:
    """An outline clockwise and its holes against it, as d3 wants them: else they fill the world."""
    found = []
    for place, ring in enumerate(rings):
        x, y = np.array(ring).T
        is_clockwise = float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) < 0
        found.append(ring if is_clockwise == (place == 0) else ring[::-1])
    return found


def _near(shapes: np.ndarray, place: Place, reach: int) -> np.ndarray:
    """The parts of shapes that any picture shows: what lies far outside takes long to draw."""
    (west, south), (east, north) = _box(place, WIDEST * reach)
    parts_of = shapely.get_parts(shapely.clip_by_rect(shapes, west, south, east, north))
    return parts_of[~shapely.is_empty(parts_of)]


def _ground(land: np.ndarray) -> dict:
    features = [
        outlines.feature("Polygon", _wound([*map(_points, (each.exterior, *each.interiors))]))
        for each in land
        if isinstance(each, shapely.Polygon)
    ]
    mark = parts.unspoken("geoshape", fill=palette.THEMES["light"]["outside"], clip=True)
    return {"data": {"values": features}} | parts.layer(mark)


def _borders(drawn: np.ndarray) -> list[dict]:
    """The borders themselves: those of the ground end where it does as well."""
    of = [*map(_points, drawn)]
    return [outlines.lines(of, palette.CASING, 5), outlines.lines(of, palette.DARK_INK, 2)]


def _points(line: shapely.Geometry) -> Ring:
    points: Ring = shapely.get_coordinates(line).tolist()
    return points


MAP = ExhibitKind(
    "near_me_map",
    "near_me",
    "Map of this place",
    # a place that somebody has typed is in no view
    lambda view, theme: None,
    "A place that somebody has typed is in no link.",
    "Map of the places around a postcode: small areas, borough borders, the nearest centres and a circle.",
    is_shared=False,
    told_apart_by=(),
)
