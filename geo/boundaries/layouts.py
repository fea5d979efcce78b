"""Shapes to draw: the map of London and the tile grid, with where their labels and hatching go."""

import json
import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import shape

from data_loaders import store
from data_loaders.library import Library, open_library

EARTH_RADIUS_M = 6_371_000
WIDER = 1.55  # how much wider than high a wide tile is


@dataclass(frozen=True, eq=False)
class Layout:
    """One way of drawing London.

    `projection` is the Vega projection; "projected units" are what it multiplies by its scale, y upwards.
    `shapes` has TopoJSON by name: boroughs, and ics_2022 and so on for each vintage. It is text, which nobody
    on its way to the browser takes apart and puts together again. `labels` has, by area_code, x, y
    (coordinates), reach (radius of the free circle around the label, projected), tile_label, code (two
    letters, for where the label does not fit), the area's bounds west, south, east, north (projected), and
    of the nearest other label how far it is (gap, projected) and the way from it (away_x, away_y; length 1).
    `areas` has the areas themselves by area_code, projected.
    `hatch` has one line a row: area_code, x, y, x2, y2 (coordinates). `ics_labels` has vintage,
    ics_code, x, y, align.
    """

    projection: str
    shapes: dict[str, str]
    labels: pd.DataFrame
    areas: dict[str, shapely.Geometry]
    hatch: pd.DataFrame
    ics_labels: pd.DataFrame


@dataclass(frozen=True)
class _Files:
    """Where a layout's parts are in the snapshot."""

    projection: str
    boroughs: str
    footprints: str
    hatch: str


_LAYOUTS = {
    "map": _Files("mercator", "boroughs_screen", "ics_{}_screen", "boroughs_hatch"),
    "tiles": _Files("identity", "tiles", "tiles_ics_{}", "tiles_hatch"),
}


def load_layouts(library: Library | None = None) -> dict[str, Layout]:
    """The layouts `map`, `tiles` and `wide_tiles`. Raises store.SnapshotError for a damaged table."""
    entries = (library or open_library()).entries

    def table(name: str) -> pd.DataFrame:
        return store.read_text_table(f"{name}.csv", entries)

    def features(name: str) -> dict:
        return store.read_shapes(f"{name}.geojson", entries)

    def shapes(name: str) -> str:
        return store.read_bytes(f"{name}.topojson", entries).decode()

    circles = _numbers(table("label_points"), ["lon", "lat", "radius_m"])
    middles = _numbers(table("tiles_label_points"), ["x", "y"])
    free_circles = {
        "map": pd.DataFrame(
            {
                "area_code": circles["area_code"],
                "x": circles["lon"],
                "y": circles["lat"],
                # Mercator's unit is the radian, and it stretches lengths by 1 / cos(latitude)
                "reach": circles["radius_m"] / EARTH_RADIUS_M / np.cos(np.radians(circles["lat"])),
            }
        ),
        "tiles": middles.assign(reach=0.5),
    }
    short_names = table("tiles")[["area_code", "label", "code"]].rename(columns={"label": "tile_label"})
    ics_labels = _numbers(table("ics_labels"), ["x", "y"])
    vintages = table("vintages")["vintage"]
    layouts = {}
    for name, files in _LAYOUTS.items():
        areas = _areas(features(files.boroughs), files.projection)
        layouts[name] = Layout(
            projection=files.projection,
            shapes={"boroughs": shapes(files.boroughs)}
            | {f"ics_{v}": shapes(files.footprints.format(v)) for v in vintages},
            labels=free_circles[name]
            .merge(short_names, on="area_code")
            .set_index("area_code")
            .join(_boxes(areas), how="inner")
            .pipe(with_nearest, files.projection),
            areas=areas,
            hatch=_segments(features(files.hatch)),
            ics_labels=ics_labels[ics_labels["layout"] == name].drop(columns="layout"),
        )
    layouts["wide_tiles"] = _widened(layouts["tiles"])
    return layouts


def _widened(layout: Layout) -> Layout:
    """Tiles that are wider than high, for a wide screen and long names."""
    across = dict.fromkeys(("x", "x2", "west", "east", "reach"), WIDER)

    def widen(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(**{name: table[name] * by for name, by in across.items() if name in table})

    return replace(
        layout,
        shapes={name: _stretched(topology) for name, topology in layout.shapes.items()},
        labels=widen(layout.labels),
        areas={code: _stretched_area(area) for code, area in layout.areas.items()},
        hatch=widen(layout.hatch),
        ics_labels=widen(layout.ics_labels),
    )


def _stretched_area(area: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(area, lambda points: points * [WIDER, 1])


def _stretched(text: str) -> str:
    """A quantised TopoJSON, wider."""
    topology = json.loads(text)
    (scale_x, scale_y), (x, y) = topology["transform"]["scale"], topology["transform"]["translate"]
    wider = {"scale": [scale_x * WIDER, scale_y], "translate": [x * WIDER, y]}
    return json.dumps(topology | {"transform": wider})


def with_nearest(labels: pd.DataFrame, projection: str) -> pd.DataFrame:
    """With the distance to the nearest other label, and the way from there."""
    places = project(projection, labels[["x", "y"]].to_numpy())
    ways = places[:, None] - places[None, :]
    far = np.hypot(*ways.transpose(2, 0, 1)) + np.diag(np.full(len(places), np.inf))
    nearest = far.argmin(axis=1)
    gap = far.min(axis=1)
    away = ways[np.arange(len(places)), nearest] / gap[:, None]
    return labels.assign(gap=gap, away_x=away[:, 0], away_y=away[:, 1])


def project(projection: str, points: np.ndarray) -> np.ndarray:
    """Coordinates (n by 2) in projected units."""
    if projection == "identity":
        return points
    lon, lat = np.radians(points).T
    return np.column_stack([lon, np.log(np.tan(math.pi / 4 + lat / 2))])


def _areas(features: dict, projection: str) -> dict[str, shapely.Geometry]:
    """Each feature by its area_code, in projected units."""
    return {
        feature["properties"]["area_code"]: shapely.transform(
            shape(feature["geometry"]), lambda points: project(projection, points)
        )
        for feature in features["features"]
    }


def _boxes(areas: dict[str, shapely.Geometry]) -> pd.DataFrame:
    """Columns west, south, east, north of each area, by area_code."""
    bounds = shapely.bounds(np.array(list(areas.values())))
    index = pd.Index(areas, name="area_code")
    return pd.DataFrame(bounds, columns=["west", "south", "east", "north"], index=index)


def _segments(features: dict) -> pd.DataFrame:
    """The lines of a hatching, one a row."""
    rows = [
        (feature["properties"]["area_code"], *start, *end)
        for feature in features["features"]
        for start, end in feature["geometry"]["coordinates"]
    ]
    ends = ["x", "y", "x2", "y2"]
    # single precision is a metre in London, and half the size on the way to the browser
    return pd.DataFrame(rows, columns=["area_code", *ends]).astype(dict.fromkeys(ends, "float32"))


def _numbers(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(columns, float))
