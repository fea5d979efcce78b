"""Which boroughs are seen around a place, and where their names stand."""

import textwrap
from collections.abc import Sequence

import pandas as pd
import shapely
from shapely.geometry import shape

from data_loaders.postcodes import Place
from geo.access.borders import onto_map

# of the type of names, in pixels: the width of a letter, the height of a line, and what is around it
SIZE, LETTER, LINE, PADDING = 14, 7.8, 17, (4, 2)
# letters of the longest word, by which no line is longer
LONGEST = 11
# a part of a map: west, south, east and north in pixels from the place
Part = tuple[float, float, float, float]
# what every map shows, and every picture in a file; and of wide maps what is beyond the edge of the largest
# phone, which would cut a name
NARROW: tuple[Part, ...] = ((-144, -280, 144, 280),)
IN_FILES: tuple[Part, ...] = ((-144, -160, 144, 160),)
WIDE: tuple[Part, ...] = ((-296, -280, -199, 280), (199, -280, 296, 280))
# pixels: a part of a borough that holds no larger circle than this has no room for a name
LEAST = 26
# half of the sign of the place, in pixels
DOT = 10


def boroughs_around(
    boroughs: dict, place: Place, scale: float, seen: Sequence[tuple[Part, ...]]
) -> pd.DataFrame:
    """Columns name, in lines, and lon and lat of its middle, from where it is whole in what is seen.

    `boroughs` are the detailed boundaries as GeoJSON, `scale` the pixels of a metre. A borough is named in
    the first of `seen` that has room for it; where a name would be cut, there is none.
    """
    lon, lat = onto_map().transform(place.easting, place.northing)
    east, north = onto_map().transform(place.easting + 1 / scale, place.northing + 1 / scale)
    pixel = east - lon, north - lat
    areas = {
        feature["properties"]["area_name"]: shapely.transform(
            shape(feature["geometry"]), lambda points: (points - [lon, lat]) / pixel
        )
        for feature in boroughs["features"]
    }
    found = {
        name: at
        for name, area in areas.items()
        if (at := next(filter(None, (_place_in(area, parts, _half_of(name)) for parts in seen)), None))
    }
    rows = [
        ("\n".join(_lines(name)), round(lon + x * pixel[0], 5), round(lat + y * pixel[1], 5))
        for name, (x, y) in found.items()
    ]
    return pd.DataFrame(rows, columns=["name", "lon", "lat"])


def _lines(name: str) -> list[str]:
    return textwrap.wrap(name, LONGEST, break_long_words=False)


def _half_of(name: str) -> tuple[float, float]:
    """Half the width and half the height of a name, in pixels."""
    lines = _lines(name)
    return max(map(len, lines)) * LETTER / 2 + PADDING[0], len(lines) * LINE / 2 + PADDING[1]


def _place_in(
    area: shapely.Geometry, parts: tuple[Part, ...], half: tuple[float, float]
) -> tuple[float, float] | None:
    """The middle of the largest circle in an area where a name of half this size is whole in a part; pixels.

    None where there is none, or the area has no room.
    """
    across, up = half
    circles = []
    for west, south, east, north in parts:
        seen = _largest(shapely.clip_by_rect(area, west, south, east, north))
        if seen.is_empty or shapely.maximum_inscribed_circle(seen).length <= LEAST:
            continue
        whole = shapely.clip_by_rect(seen, west + across, south + up, east - across, north - up)
        # nor does it lie on the place itself
        on_it = shapely.box(-across - DOT, -up - DOT, across + DOT, up + DOT)
        clear = _largest(shapely.difference(whole, on_it))
        if not clear.is_empty:
            circles.append(shapely.maximum_inscribed_circle(clear))
    largest = max(circles, key=shapely.length, default=None)
    return largest.coords[0] if largest is not None else None


def _largest(area: shapely.Geometry) -> shapely.Geometry:
    """The largest piece of an area; an empty one where there is none."""
    return max(shapely.get_parts(area), key=shapely.area, default=shapely.Polygon())
