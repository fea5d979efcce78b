"""The small areas as outlines that share their edges: packed for browsers, and the borders among them."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from data_loaders import store
from geo.access.shapes import TABLE

# beyond an edge that only one authority has, there is no small area
OUTSIDE = -1


class Edges(NamedTuple):
    """The arcs of the topology that have two authorities at their sides, or one and what is outside London.

    A row an edge: `arc` is its place among the arcs; `one` and `other` are the codes of the authorities, of
    which `other` is empty at the edge of London and at the banks of the Thames.
    """

    arc: list[int]
    one: list[str]
    other: list[str]


def load_topology(entries: dict[str, store.Entry]) -> dict:
    """The small areas as quantised TopoJSON, in longitude and latitude."""
    return store.read_shapes(TABLE, entries)


def borders(topology: dict, authorities: dict[str, str]) -> Edges:
    """The arcs at which one authority ends; `authorities` names that of each small area, by their codes.

    A small area that is not among them counts as outside London.
    """
    beside: dict[int, list[str]] = {}
    for area in _areas(topology):
        authority = authorities.get(area["id"], "")
        for arc in {_place(arc) for ring in _rings(area) for arc in ring}:
            beside.setdefault(arc, []).append(authority)
    found = {
        arc: sorted(set(sides), reverse=True)
        for arc, sides in sorted(beside.items())
        if any(sides) and (len(sides) == 1 or len(set(sides)) > 1)
    }
    return Edges(list(found), [sides[0] for sides in found.values()], [_second(s) for s in found.values()])


def packed(topology: dict, areas: pd.DataFrame, names: dict[str, str]) -> dict:
    """What a browser draws small areas from, in as few letters as JSON takes.

    `areas` has small_area, name and area_code; `names` names the authorities. `arcs` are runs of numbers: the
    first longitude and latitude and the steps from there on, in the units of `scale` from `translate`.
    `shapes` has the rings of each area, in the order of `areas`, as places of arcs, ~ where they are walked
    backwards; an area without a shape has none. `edges` are those of borders(), as places of authorities,
    which `authorities` names.
    """
    codes = sorted(areas["area_code"].unique())
    place = {code: number for number, code in enumerate(codes)}
    rings = {area["id"]: _rings(area) for area in _areas(topology)}
    edges = borders(topology, dict(zip(areas["small_area"], areas["area_code"], strict=True)))
    return {
        **topology["transform"],
        "arcs": [np.array(arc).ravel().tolist() for arc in topology["arcs"]],
        "shapes": [rings.get(code, []) for code in areas["small_area"]],
        "names": areas["name"].tolist(),
        "authorities": [names[code] for code in codes],
        "authority": [place[code] for code in areas["area_code"]],
        "edges": [
            [arc, place[one], place.get(other, OUTSIDE)] for arc, one, other in zip(*edges, strict=True)
        ],
    }


def thinned(topology: dict, codes: set[str], factor: int) -> dict:
    """The small areas of these codes alone, on a grid whose step is `factor` times as wide.

    Shared edges stay shared, and arcs keep their places; those of no such area are empty. Outlines run
    clockwise and holes against it, as d3 wants them: else they fill the world. What has shrunk to nothing
    is left out.
    """
    areas = [area for area in _areas(topology) if area["id"] in codes]
    used = {_place(arc) for area in areas for ring in _rings(area) for arc in ring}
    arcs = [_thinned(arc, factor) if place in used else [] for place, arc in enumerate(topology["arcs"])]
    points = [np.cumsum(np.array(arc), axis=0) if arc else None for arc in arcs]
    scale = [step * factor for step in topology["transform"]["scale"]]
    geometries = [
        {"type": "MultiPolygon", "id": area["id"], "arcs": list(_wound(area, points))} for area in areas
    ]
    return topology | {
        "transform": topology["transform"] | {"scale": scale},
        "objects": {"small_areas": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


def _wound(area: dict, points: list[np.ndarray | None]) -> Iterator[list[list[int]]]:
    """The polygons of an area that have a size, their outlines clockwise and their holes against it."""
    for rings in _polygons(area):
        sizes = [_size(ring, points) for ring in rings]
        if sizes[0]:
            yield [
                ring if (size < 0) == (place == 0) else [~arc for arc in reversed(ring)]
                for place, (ring, size) in enumerate(zip(rings, sizes, strict=True))
                if size
            ]


def _size(ring: list[int], points: list[np.ndarray | None]) -> int:
    """Twice the area within a ring, in units of its grid; less than 0 where it runs clockwise."""
    found = [points[_place(arc)] for arc in ring]
    runs = [run if arc >= 0 else run[::-1] for arc, run in zip(ring, found, strict=True) if run is not None]
    x, y = np.vstack(runs).T
    return int(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))


def _thinned(arc: list, factor: int) -> list:
    points = np.round(np.cumsum(np.array(arc), axis=0) / factor).astype(int)
    is_new = np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]
    # an edge that has shrunk to a point keeps both of its ends
    points = points[is_new] if is_new.sum() > 1 else points[[0, -1]]
    return np.diff(points, axis=0, prepend=[[0, 0]]).tolist()


def lines(topology: dict, arcs: list[int]) -> list[list[list[float]]]:
    """These arcs as lines in longitude and latitude."""
    scale, origin = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    return [(np.cumsum(np.array(topology["arcs"][arc]), axis=0) * scale + origin).tolist() for arc in arcs]


def _areas(topology: dict) -> list[dict]:
    return topology["objects"]["small_areas"]["geometries"]


def _rings(area: dict) -> list[list[int]]:
    """The rings of all polygons of an area; inside and outside are told by how many of them lie around."""
    return [ring for polygon in _polygons(area) for ring in polygon]


def _polygons(area: dict) -> list[list[list[int]]]:
    polygons: list[list[list[int]]] = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
    return polygons


def _place(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _second(sides: list[str]) -> str:
    return sides[1] if len(sides) > 1 else ""
