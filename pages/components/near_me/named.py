"""Which boroughs are seen around a place, and where their names stand."""

from collections.abc import Sequence

import pandas as pd
import shapely
from shapely.geometry import shape

from data_loaders.postcodes import Place
from geo.access.borders import onto_map

# half of the square that is seen around a place, in the radius of the circle: by all, and on a wide page
NARROW, WIDE = 1.1, 1.9
# of the radius: a part of a borough that holds no larger circle than this has no room for a name
LEAST = 0.18


def boroughs_around(boroughs: dict, place: Place, reach: float, seen: Sequence[float]) -> pd.DataFrame:
    """Columns name, lon and lat: the middle of the largest circle in what is seen of each borough.

    `boroughs` are the detailed boundaries as GeoJSON, `reach` the radius of the circle in metres. A borough
    is named in the first of the squares `seen` that has room for it.
    """
    found: dict[str, tuple[float, float]] = {}
    for half in seen:
        found = _named_in(boroughs, place, half * reach, LEAST * reach) | found
    rows = [(name, *at) for name, at in found.items()]
    return pd.DataFrame(rows, columns=["name", "lon", "lat"])


def _named_in(boroughs: dict, place: Place, half: float, least: float) -> dict[str, tuple[float, float]]:
    """By its name, the longitude and latitude of the middle of each borough in a square; all in metres."""
    onto = onto_map()
    west, south = onto.transform(place.easting - half, place.northing - half)
    east, north = onto.transform(place.easting + half, place.northing + half)
    # a degree to the north is longer than one to the east
    longer = (east - west) / (north - south)
    found = {}
    for feature in boroughs["features"]:
        seen = shapely.clip_by_rect(shape(feature["geometry"]), west, south, east, north)
        stretched = shapely.transform(seen, lambda points: points * [1, longer])
        largest = max(shapely.get_parts(stretched), key=shapely.area, default=None)
        if largest is None or largest.area == 0:
            continue
        radius = shapely.maximum_inscribed_circle(largest)
        if radius.length > least / (2 * half) * (east - west):
            x, y = radius.coords[0]
            found[feature["properties"]["area_name"]] = (round(x, 5), round(y / longer, 5))
    return found
