"""The small areas as shapes to draw, of which a map shows those around a place.

The shapes are simplified and for drawing only: nothing is worked out from them.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from data_loaders import store

TABLE = "small_areas.topojson"
Ring = list[list[float]]
# five decimals of a degree are about a metre
DECIMALS = 5


class Shapes(Mapping[str, list[list[Ring]]]):
    """The polygons of each small area by its code: outline and holes, in longitude and latitude.

    What is kept are the lines that neighbours share, a small part of what all polygons would take as lists;
    each polygon is put together when it is asked for.
    """

    def __init__(self, topology: dict) -> None:
        scale, origin = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
        self._arcs = [
            (np.cumsum(np.array(arc), axis=0) * scale + origin).round(DECIMALS) for arc in topology["arcs"]
        ]
        self._arcs_of = {
            drawn["id"]: drawn["arcs"] if drawn["type"] == "MultiPolygon" else [drawn["arcs"]]
            for drawn in topology["objects"]["small_areas"]["geometries"]
        }

    def __getitem__(self, code: str) -> list[list[Ring]]:
        return [[self._ring(places) for places in polygon] for polygon in self._arcs_of[code]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arcs_of)

    def __len__(self) -> int:
        return len(self._arcs_of)

    def _ring(self, places: list[int]) -> Ring:
        parts = [self._arcs[place] if place >= 0 else self._arcs[~place][::-1] for place in places]
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])]).tolist()


def load_shapes(entries: dict[str, store.Entry]) -> Shapes:
    """The shapes of London's small areas."""
    return Shapes(store.read_shapes(TABLE, entries))


def circle(easting: float, northing: float, metres: float, corners: int = 72) -> np.ndarray:
    """The corners of a circle in metres, closed, for drawing how far a walk goes."""
    turns = np.linspace(0, 2 * np.pi, corners + 1)
    return np.column_stack([easting + metres * np.cos(turns), northing + metres * np.sin(turns)])
