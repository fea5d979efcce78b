"""The small areas as shapes to draw: unpacked once, of which a map shows those around a place.

The shapes are simplified and for drawing only: nothing is worked out from them.
"""

import numpy as np

from data_loaders import store

TABLE = "small_areas.topojson"
Ring = list[list[float]]
# five decimals of a degree are about a metre
DECIMALS = 5


def load_shapes(entries: dict[str, store.Entry]) -> dict[str, list[list[Ring]]]:
    """The polygons of each small area by its code: outline and holes, in longitude and latitude."""
    topology = store.read_shapes(TABLE, entries)
    scale, origin = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in topology["arcs"]]

    def ring(places: list[int]) -> Ring:
        parts = [arcs[place] if place >= 0 else arcs[~place][::-1] for place in places]
        joined = np.vstack([parts[0], *(part[1:] for part in parts[1:])])
        return joined.round(DECIMALS).tolist()

    shapes = {}
    for drawn in topology["objects"]["small_areas"]["geometries"]:
        polygons = drawn["arcs"] if drawn["type"] == "MultiPolygon" else [drawn["arcs"]]
        shapes[drawn["id"]] = [[ring(places) for places in polygon] for polygon in polygons]
    return shapes


def circle(easting: float, northing: float, metres: float, corners: int = 72) -> np.ndarray:
    """The corners of a circle in metres, closed, for drawing how far a walk goes."""
    turns = np.linspace(0, 2 * np.pi, corners + 1)
    return np.column_stack([easting + metres * np.cos(turns), northing + metres * np.sin(turns)])
