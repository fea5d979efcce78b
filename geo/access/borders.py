"""The border nearest to a place: how far it is, in which direction, and who lies beyond it."""

import functools
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import shape

from data_loaders import store
from data_loaders.postcodes import Place, Postcodes
from data_loaders.projection import LONGITUDE_LATITUDE

METRIC = "EPSG:27700"
BOROUGHS = "boroughs_detailed.geojson"
DIRECTIONS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
# the Thames is narrower than twice this everywhere in London, and no bay of London's edge is taken for it
HALF_THE_RIVER_M = 600
# so far beyond London's edge a postcode tells who lies there
BEYOND_M = 100

# What PROJ chooses between METRIC and LONGITUDE_LATITUDE where the grid of the Ordnance Survey is not there
# ("OSGB36 to WGS 84 (6)", EPSG:1314). It is written out because PROJ searches anew for each thread, for some
# 20 ms, and each run of a page has a thread of its own.
_ONTO_MAP = (
    "proj=pipeline step inv proj=tmerc lat_0=49 lon_0=-2 k=0.9996012717 x_0=400000 y_0=-100000 ellps=airy "
    "step proj=push v_3 step proj=cart ellps=airy "
    "step proj=helmert x=446.448 y=-125.157 z=542.06 rx=0.15 ry=0.247 rz=0.842 s=-20.489 "
    "convention=position_vector "
    "step inv proj=cart ellps=WGS84 step proj=pop v_3 step proj=unitconvert xy_in=rad xy_out=deg"
)


@dataclass(frozen=True)
class Border:
    """The border nearest to a place. `beyond` is the code of the authority there; `direction` is a word.

    With `over_the_river` the nearest part of it lies on the other bank of the Thames.
    """

    metres: float
    direction: str
    beyond: str
    over_the_river: bool


@dataclass(frozen=True, eq=False)
class Boroughs:
    """The authorities of London as shapes in metres, in the order of `codes`, and London as a whole."""

    codes: tuple[str, ...]
    shapes: np.ndarray
    edge: shapely.Geometry

    def nearest_border(self, place: Place, postcodes: Postcodes) -> Border:
        """Of a place in London the nearest border; of one outside it the border of London."""
        here = shapely.Point(place.easting, place.northing)
        is_other = np.array([code != place.area_code for code in self.codes])
        metres = np.where(is_other, shapely.distance(self.shapes, here), np.inf)
        nearest = int(metres.argmin())
        to_edge = shapely.distance(self.edge, here) if place.is_in_london else np.inf
        if to_edge < metres[nearest]:
            way = _way(here, self.edge)
            outside = shapely.transform(here, lambda xy: xy + _stretched(way, BEYOND_M))
            row = _nearest_postcode(outside, postcodes, is_london=False)
            return Border(float(to_edge), _direction(way), postcodes.areas[postcodes.area[row]], False)
        way = _way(here, self.shapes[nearest])
        there = shapely.transform(here, lambda xy: xy + _stretched(way, 0))
        row = _nearest_postcode(there, postcodes, area=self.codes[nearest])
        other_bank = bool(postcodes.is_south[row]) != (place.bank == "south")
        return Border(float(metres[nearest]), _direction(way), self.codes[nearest], other_bank)


def load_boroughs(entries: dict[str, store.Entry]) -> Boroughs:
    """The authorities from their detailed boundaries, clipped to mean high water."""
    features = store.read_shapes(BOROUGHS, entries)["features"]
    metric = Transformer.from_crs(LONGITUDE_LATITUDE, METRIC, always_xy=True)
    shapes = shapely.transform(
        np.array([shape(feature["geometry"]) for feature in features]), metric.transform, interleaved=False
    )
    land = shapely.union_all(shapes)
    filled = land.buffer(HALF_THE_RIVER_M, quad_segs=2).buffer(-HALF_THE_RIVER_M, quad_segs=2)
    river = max(shapely.get_parts(filled.difference(land)), key=shapely.area)
    # a metre closes the seams along the banks
    edge = shapely.union_all([land, river.buffer(1)]).buffer(0)
    outline = max(shapely.get_parts(edge), key=shapely.area).exterior
    return Boroughs(tuple(feature["properties"]["area_code"] for feature in features), shapes, outline)


@functools.lru_cache(maxsize=1)
def onto_map() -> Transformer:
    """From metres of the British National Grid to longitude and latitude, right to about 4 m."""
    return Transformer.from_pipeline(_ONTO_MAP)


def _way(here: shapely.Point, border: shapely.Geometry) -> np.ndarray:
    """Easting and northing from a place to the nearest point of a border."""
    start, end = shapely.get_coordinates(shapely.shortest_line(here, border))
    return end - start


def _stretched(way: np.ndarray, further: float) -> np.ndarray:
    length = float(np.hypot(*way)) or 1.0
    return way * (length + further) / length


def _direction(way: np.ndarray) -> str:
    turn = np.degrees(np.arctan2(way[0], way[1])) % 360
    return DIRECTIONS[round(turn / 45) % len(DIRECTIONS)]


def _nearest_postcode(
    there: shapely.Point, postcodes: Postcodes, *, is_london: bool = True, area: str = ""
) -> int:
    """The row of the nearest postcode: of an authority, or of all in London or outside."""
    of_area = np.array(
        [area in ("", code) and code.startswith("E09") == is_london for code in postcodes.areas]
    )
    rows = np.flatnonzero(of_area[postcodes.area])
    away = np.hypot(postcodes.easting[rows] - there.x, postcodes.northing[rows] - there.y)
    return int(rows[away.argmin()])
