"""Build every boundary file in ``cache/snapshot``. Run by hand when a boundary or one of the tables changes.

    python -m geo.build_boundaries [--deb FILE]

Source: the object ``lnd`` in Debian's package r-cran-spdata. It is the Greater London Authority's statistical
boundary set: 33 authorities with GSS codes, clipped to mean high water, in longitude and latitude
(EPSG:4326). Open Government Licence; contains National Statistics and OS data, Crown copyright and database
right.

Read, and open to correction by hand:

- ``areas.csv``: names, land hectares, which area is small;
- ``footprints.csv``: which Integrated Care System (ICS) each authority belongs to, in each vintage;
- ``tiles.csv``: the cell and the short name of each authority on the equal-area grid.

Written, each from the one before, so that borders coincide to the last decimal:

- ``boroughs_screen``, ``boroughs_detailed``: the authorities, for a first picture, and for zooming and print;
- ``ics_<vintage>_screen``, ``ics_<vintage>_detailed``: the footprints, dissolved from the authorities;
- ``boroughs_hatch``: diagonal lines to draw over an authority without data;
- ``label_points``: the largest circle inside each authority, to tell where its label fits;
- ``tiles``, ``tiles_ics_<vintage>``, ``tiles_hatch``, ``tiles_label_points``: the same for the grid of
  squares. The grid is **not geographic**: its unit is a square, x runs right and y up, and the first row
  hangs from y = 0;
- TopoJSON copies of what the app draws (``boroughs_screen``, ``ics_<vintage>_screen`` and the tiles), half
  the size, because they travel to the browser with every picture.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import warnings
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import rdata
import shapely
import topojson

from data_loaders.store import SNAPSHOT
from geo.join import VINTAGES

METRIC = "EPSG:27700"
LONGITUDE_LATITUDE = "EPSG:4326"

PACKAGE = "r-cran-spdata"
# Below the root of a machine that has the package, and below the folder that it is unpacked to.
PACKAGE_DATA = Path("usr/lib/R/site-library/spData/data")


class Resolution(NamedTuple):
    """How much detail a file keeps: ``tolerance`` in metres, ``decimals`` of a degree."""

    name: str
    tolerance: float
    decimals: int


SCREEN = Resolution("screen", tolerance=125, decimals=5)
DETAILED = Resolution("detailed", tolerance=27, decimals=6)

# The source has a crumb of 2 square metres at the mouth of the Roding, counted as Newham.
SMALLEST_PART = 1_000  # square metres

HATCH_SPACING = 700  # metres
HATCH_SPACING_SMALL = 350
# Shorter pieces are specks on a map of London a few hundred pixels wide.
HATCH_SHORTEST = 200
HATCH_DECIMALS = 4
LABEL_DECIMALS = 5

# Lines one third of a square apart along its edge: six diagonals a square, which run on into the next one.
TILE_HATCH_SPACING = 1 / 3 / np.sqrt(2)

# Steps across London when coordinates are packed: 3 m, a fifth of a pixel when one ICS fills a wide screen.
PACKED_STEPS = 20_000


# From the package to 33 areas


def read_source(deb: Path | None) -> gpd.GeoDataFrame:
    """Read the authorities from the package file, else from an installed package, else from a download."""
    installed = Path("/") / PACKAGE_DATA
    if deb is None and installed.is_dir():
        return read_authorities(installed)
    with tempfile.TemporaryDirectory() as folder:
        package = deb or download_package(Path(folder))
        subprocess.run(["dpkg-deb", "-x", str(package), folder], check=True)
        return read_authorities(Path(folder) / PACKAGE_DATA)


def download_package(folder: Path) -> Path:
    """Download the Debian package into ``folder`` with apt and return the path of the file."""
    subprocess.run(["apt-get", "download", PACKAGE], cwd=folder, check=True)
    return next(folder.glob(f"{PACKAGE}_*.deb"))


def read_authorities(folder: Path) -> gpd.GeoDataFrame:
    """Read the object ``lnd`` from the package's data folder. Columns: area_code, geometry (EPSG:4326)."""
    index, store = (folder / "Rdata.rdx").read_bytes(), (folder / "Rdata.rdb").read_bytes()
    return authorities(stored_object(index, store, "lnd"))


def stored_object(index: bytes, store: bytes, name: str) -> Any:
    """Decode one object of an R package: the index gives its offset and length in the store.

    An entry is its unpacked length in four bytes, then the object packed with zlib.
    """
    offset, length = (int(number) for number in decode(index)["variables"][name])
    return decode(zlib.decompress(store[offset + 4 : offset + length]))


def decode(serialised: bytes) -> Any:
    """Turn R's serialised bytes into Python objects, without R."""
    with warnings.catch_warnings():
        # rdata warns that it has no class for sf objects and hands over plain lists: just what is wanted.
        warnings.filterwarnings("ignore", message="Missing constructor for R class")
        return rdata.conversion.convert(rdata.parser.parse_data(serialised, extension=".rds"))


def authorities(lnd: pd.DataFrame) -> gpd.GeoDataFrame:
    """Turn the decoded table into areas. Columns: area_code, geometry (multipolygons, EPSG:4326).

    A cell of ``lnd["geometry"]`` is a list of parts, a part a list of rings: the outline, then its holes.
    """
    shapes = [shapely.MultiPolygon([(ring, holes) for ring, *holes in parts]) for parts in lnd["geometry"]]
    codes = lnd["GSS_CODE"].astype(str).to_numpy()
    return gpd.GeoDataFrame({"area_code": codes}, geometry=shapes, crs=LONGITUDE_LATITUDE)


# Simpler shapes with shared borders


def simplify(source: gpd.GeoDataFrame, resolution: Resolution) -> gpd.GeoDataFrame:
    """Simplify all areas together, in metres, and return them in rounded longitude and latitude.

    Raises ValueError when rounding made an area invalid or let neighbours overlap.
    """
    metric = without_crumbs(source.to_crs(METRIC))
    # Not topojson: it simplifies one border without looking at the next, and from 50 m on they cross.
    # coverage_simplify looks, and at 8,900 vertices it also misplaces less land (115 against 141 hectares).
    simpler = metric.set_geometry(shapely.coverage_simplify(metric.geometry.values, resolution.tolerance))
    areas = drawable(simpler.to_crs(LONGITUDE_LATITUDE), resolution.decimals)
    if not (areas.is_valid.all() and shapely.coverage_is_valid(areas.geometry.values)):
        raise ValueError(f"Rounding broke a border of the {resolution.name} areas: keep more decimals.")
    return areas


def without_crumbs(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Drop the parts of an area that are too small to matter. Expects a projection in metres."""
    parts = areas.explode()
    return parts[parts.area >= SMALLEST_PART].dissolve("area_code", method="coverage", as_index=False)


def drawable(frame: gpd.GeoDataFrame, decimals: int) -> gpd.GeoDataFrame:
    """Round the coordinates and turn the rings as d3 wants them: outlines clockwise, holes the other way.

    RFC 7946 asks for the opposite, but to d3 such an outline encloses the rest of the globe.
    """
    rounded = shapely.transform(frame.geometry.values, lambda points: np.round(points, decimals))
    # Normalising gives each ring one place to start, and so the same bytes on every run.
    return frame.set_geometry(shapely.orient_polygons(shapely.normalize(rounded), exterior_cw=True))


def dissolve(
    areas: gpd.GeoDataFrame, footprints: pd.DataFrame, vintage: str, decimals: int
) -> gpd.GeoDataFrame:
    """Join authorities to the ICS footprints of one vintage. Columns: ics_code (sorted), ics_name, geometry.

    A footprint keeps every vertex of its outer border, so it lies exactly on its authorities.
    """
    belongs = footprints[footprints["vintage"] == vintage]
    members = areas[["area_code", "geometry"]].merge(belongs, on="area_code")
    joined = members.dissolve(["ics_code", "ics_name"], method="coverage", as_index=False)
    return drawable(joined[["ics_code", "ics_name", "geometry"]], decimals)


def land_deviation(areas: gpd.GeoDataFrame, hectares: pd.Series) -> pd.Series:
    """Return by how many per cent each area exceeds its official land; ``hectares`` by area_code."""
    drawn: pd.Series = areas.set_index("area_code").to_crs(METRIC).area / 10_000
    return (drawn / hectares.reindex(drawn.index) - 1) * 100


# What is drawn on the areas


def label_points(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the largest circle inside each area. Columns: area_code, lon, lat (its centre), radius_m."""
    radii = shapely.maximum_inscribed_circle(areas.to_crs(METRIC).geometry.values, tolerance=1)
    centres = gpd.GeoSeries(shapely.get_point(radii, 0), crs=METRIC).to_crs(LONGITUDE_LATITUDE)
    return pd.DataFrame(
        {
            "area_code": areas["area_code"],
            "lon": centres.x.round(LABEL_DECIMALS),
            "lat": centres.y.round(LABEL_DECIMALS),
            "radius_m": shapely.length(radii).round().astype(int),
        }
    )


def hatch(shape: shapely.Geometry, spacing: float, shortest: float) -> shapely.MultiLineString:
    """Fill a shape with lines at 45 degrees, ``spacing`` apart, leaving out pieces shorter than ``shortest``.

    All shapes share one set of lines, x - y = (n + 1/2) * spacing * sqrt(2), so they run on over a border.
    """
    west, south, east, north = shape.bounds
    step = spacing * np.sqrt(2)
    offsets = (np.arange(np.floor((west - north) / step), np.ceil((east - south) / step)) + 0.5) * step
    lines = shapely.linestrings([[(south + x, south), (north + x, north)] for x in offsets])
    pieces = shapely.get_parts(shapely.intersection(lines, shape))
    return shapely.MultiLineString(list(pieces[shapely.length(pieces) >= shortest]))


def borough_hatch(areas: gpd.GeoDataFrame, is_small: pd.Series) -> gpd.GeoDataFrame:
    """Hatch each authority, closer where ``is_small`` (by area_code). Columns: area_code, geometry."""
    metric = areas.to_crs(METRIC)
    spacings = np.where(areas["area_code"].map(is_small), HATCH_SPACING_SMALL, HATCH_SPACING)
    lines = [hatch(shape, gap, HATCH_SHORTEST) for shape, gap in zip(metric.geometry, spacings, strict=True)]
    hatched = gpd.GeoDataFrame({"area_code": areas["area_code"]}, geometry=lines, crs=METRIC)
    return drawable(hatched.to_crs(LONGITUDE_LATITUDE), HATCH_DECIMALS)


# The grid of equal squares


def tile_squares(tiles: pd.DataFrame, names: pd.Series) -> gpd.GeoDataFrame:
    """Turn cells (area_code, column, row) into unit squares. Columns: area_code, area_name, geometry."""
    ordered = tiles.sort_values("area_code", ignore_index=True)
    left, top = ordered["column"], -ordered["row"]
    squares = gpd.GeoDataFrame(
        {"area_code": ordered["area_code"], "area_name": ordered["area_code"].map(names)},
        geometry=shapely.box(left, top - 1, left + 1, top),
    )
    return drawable(squares, decimals=0)


def tile_hatch(squares: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw six diagonals in each square. Columns: area_code, geometry."""
    lines = [hatch(square, TILE_HATCH_SPACING, shortest=0.1) for square in squares.geometry]
    return drawable(gpd.GeoDataFrame({"area_code": squares["area_code"]}, geometry=lines), decimals=3)


def tile_label_points(squares: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the middle of each square. Columns: area_code, x, y."""
    middles = squares.centroid
    return pd.DataFrame({"area_code": squares["area_code"], "x": middles.x, "y": middles.y})


# To files


def geojson(frame: gpd.GeoDataFrame) -> str:
    """Write a frame as compact GeoJSON; every column but the geometry becomes a property."""
    properties = frame.drop(columns="geometry").to_dict("records")
    features = [
        {"type": "Feature", "properties": about, "geometry": shapely.geometry.mapping(shape)}
        for about, shape in zip(properties, frame.geometry, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, separators=(",", ":"), ensure_ascii=False) + "\n"


def packed(collection: str, name: str) -> str:
    """Pack GeoJSON as TopoJSON with one object, ``name``: a shared border is written once."""
    features = json.loads(collection)
    topology = topojson.Topology(features, object_name=name, prequantize=False).topoquantize(PACKED_STEPS)
    return json.dumps(topology.to_dict(), separators=(",", ":")) + "\n"


def table(frame: pd.DataFrame) -> str:
    """Write a frame as CSV with Unix line ends."""
    return frame.to_csv(index=False, lineterminator="\n")


def derived_files(
    screen: gpd.GeoDataFrame,
    detailed: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    footprints: pd.DataFrame,
    tiles: pd.DataFrame,
) -> dict[str, str]:
    """Return every file that follows from the two sets of authorities and the tables: name to content."""
    by_code = areas.set_index("area_code")
    squares = tile_squares(tiles, by_code["area_name"])
    files = {
        "boroughs_hatch.geojson": geojson(borough_hatch(screen, by_code["small"])),
        "label_points.csv": table(label_points(detailed)),
        "tiles.geojson": geojson(squares),
        "tiles_hatch.geojson": geojson(tile_hatch(squares)),
        "tiles_label_points.csv": table(tile_label_points(squares)),
    }
    for vintage in VINTAGES:
        for resolution, shapes in ((SCREEN, screen), (DETAILED, detailed)):
            footprint = dissolve(shapes, footprints, vintage, resolution.decimals)
            files[f"ics_{vintage}_{resolution.name}.geojson"] = geojson(footprint)
        files[f"tiles_ics_{vintage}.geojson"] = geojson(dissolve(squares, footprints, vintage, decimals=0))
    return files


def packed_files(files: dict[str, str]) -> dict[str, str]:
    """Return the TopoJSON copy of each file that the app draws."""
    drawn = {"boroughs_screen": "boroughs", "tiles": "boroughs"}
    for vintage in VINTAGES:
        drawn |= {f"ics_{vintage}_screen": f"ics_{vintage}", f"tiles_ics_{vintage}": f"ics_{vintage}"}
    return {f"{stem}.topojson": packed(files[f"{stem}.geojson"], name) for stem, name in drawn.items()}


def read_tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Read areas.csv, footprints.csv and tiles.csv."""
    return (
        pd.read_csv(folder / "areas.csv"),
        pd.read_csv(folder / "footprints.csv", dtype={"vintage": str}),
        pd.read_csv(folder / "tiles.csv"),
    )


def main() -> None:
    """Read the source and the tables, write the files, and say how large and how true they are."""
    parser = argparse.ArgumentParser(description="Build the boundary files in cache/snapshot.")
    parser.add_argument("--deb", type=Path, help=f"the Debian package {PACKAGE}, if already downloaded")
    source = read_source(parser.parse_args().deb)
    areas, footprints, tiles = read_tables(SNAPSHOT)

    names = areas[["area_code", "area_name"]]
    screen, detailed = (
        names.merge(simplify(source, resolution), on="area_code").pipe(gpd.GeoDataFrame)
        for resolution in (SCREEN, DETAILED)
    )
    files = {"boroughs_detailed.geojson": geojson(detailed), "boroughs_screen.geojson": geojson(screen)}
    files |= derived_files(screen, detailed, areas, footprints, tiles)
    files |= packed_files(files)

    for name, content in sorted(files.items()):
        (SNAPSHOT / name).write_text(content, encoding="utf-8", newline="\n")
        print(f"{name:<28}{len(content.encode()) / 1000:>8.1f} kB")
    hectares = areas.set_index("area_code")["land_hectares"]
    for label, shapes in (("source", source), ("screen", screen), ("detailed", detailed)):
        deviation = land_deviation(shapes, hectares)
        vertices = shapely.get_num_coordinates(shapes.geometry.values).sum()
        print(f"{label}: {vertices:,} vertices; largest area deviation {deviation.abs().max():.2f} %")


if __name__ == "__main__":
    main()
