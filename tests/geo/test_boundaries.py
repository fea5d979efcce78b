"""The boundary files in ``cache/snapshot``: true to the ground, to each other and to what d3 draws."""

# A test's name says what it holds.

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.boundaries.build import read_tables
from geo.boundaries.draw import derived_files
from geo.boundaries.hatch import hatch
from geo.boundaries.shapes import Resolution, drawable, simplify

SNAPSHOT = Path(__file__).resolve().parents[2] / "cache" / "snapshot"
METRIC = "EPSG:27700"
RESOLUTIONS = ("screen", "detailed")
VINTAGES = {"2022": ["NCL", "NEL", "NWL", "SEL", "SWL"], "2026": ["NEL", "SEL", "SWL", "WNL"]}
LINES = ("hatch", "borders")
AREA_FILES = sorted(
    path.name for path in SNAPSHOT.glob("*.geojson") if not any(word in path.name for word in LINES)
)
# small areas are drawn by another page: tests/geo/test_access_build.py
PACKED_FILES = sorted(path.stem for path in SNAPSHOT.glob("*.topojson") if path.stem != "small_areas")
FOOTPRINT_FILES = [name for name in AREA_FILES if "ics" in name]

# Creeks of the Thames that part two authorities of one bank; at mean high water they are not land.
CREEKS = {
    ("Barking and Dagenham", "Newham"),  # Barking Creek
    ("Barking and Dagenham", "Redbridge"),  # the Roding
    ("Greenwich", "Lewisham"),  # Deptford Creek
    ("Hammersmith and Fulham", "Kensington and Chelsea"),  # Chelsea Creek
    ("Newham", "Tower Hamlets"),  # Bow Creek
    ("Richmond upon Thames", "Wandsworth"),  # Beverley Brook
}
WIDEST_GAP = 30  # metres; less than any reach of the tidal Thames


def read(name: str) -> gpd.GeoDataFrame:
    """Read a GeoJSON file of the snapshot."""
    return gpd.read_file(SNAPSHOT / name)


def boroughs(resolution: str) -> gpd.GeoDataFrame:
    """Read the authorities in one resolution."""
    return read(f"boroughs_{resolution}.geojson")


def members(areas: gpd.GeoDataFrame, vintage: str) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Yield each ICS code of a vintage with the areas that belong to it."""
    _, footprints, _ = read_tables(SNAPSHOT)
    joined = areas.merge(footprints[footprints["vintage"] == vintage], on="area_code")
    return iter(joined.groupby("ics_code"))


def edges(shape: shapely.Geometry) -> Iterator[frozenset[tuple[float, float]]]:
    """Yield the sides of all rings, without direction."""
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            yield from (frozenset(side) for side in pairwise(ring.coords))


def unpack(name: str) -> gpd.GeoDataFrame:
    """Decode a TopoJSON file as its specification says: arcs of steps on a grid, reversed where negative."""
    topology = json.loads((SNAPSHOT / f"{name}.topojson").read_bytes())
    scale, origin = (np.array(topology["transform"][part]) for part in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> np.ndarray:
        lines = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])

    def shape(packed: dict) -> shapely.Geometry:
        parts = packed["arcs"] if packed["type"] == "MultiPolygon" else [packed["arcs"]]
        polygons = [shapely.Polygon(ring(outer), [ring(hole) for hole in holes]) for outer, *holes in parts]
        return polygons[0] if packed["type"] == "Polygon" else shapely.MultiPolygon(polygons)

    (packed,) = topology["objects"].values()
    rows = [geometry["properties"] for geometry in packed["geometries"]]
    return gpd.GeoDataFrame(rows, geometry=[shape(geometry) for geometry in packed["geometries"]])


def narrow_gaps(areas: gpd.GeoDataFrame) -> set[tuple[str, ...]]:
    """Return the names beside each gap narrower than WIDEST_GAP: what closing the outline fills."""
    metric = areas.to_crs(METRIC)
    land = metric.union_all()
    closed = land.buffer(WIDEST_GAP / 2, join_style="mitre").buffer(-WIDEST_GAP / 2, join_style="mitre")
    fills = [fill for fill in shapely.get_parts(closed - land) if fill.area > 100]
    sides = (tuple(sorted(metric["area_name"][metric.distance(fill) < 1])) for fill in fills)
    return {names for names in sides if len(names) > 1}


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_there_are_33_valid_authorities_in_order_of_code(resolution: str) -> None:
    areas, _, _ = read_tables(SNAPSHOT)
    shapes = boroughs(resolution)
    official = areas[areas["area_type"] == "borough"]
    assert list(shapes["area_code"]) == [f"E090000{number:02}" for number in range(1, 34)]
    assert list(shapes["area_name"]) == list(official["area_name"])
    assert shapes.is_valid.all()


def test_the_screen_geometry_is_light() -> None:
    assert 2_000 <= shapely.get_num_coordinates(boroughs("screen").geometry.values).sum() <= 3_000
    assert (SNAPSHOT / "boroughs_screen.geojson").stat().st_size < 60_000


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_neighbours_share_their_border_exactly(resolution: str) -> None:
    shapes = boroughs(resolution)
    assert shapely.coverage_is_valid(shapes.geometry.values)
    metric = shapes.to_crs(METRIC)
    first, second = metric.sindex.query(metric.geometry, predicate="intersects")
    shared = metric.geometry.iloc[first].intersection(metric.geometry.iloc[second], align=False)
    assert shared[first != second].area.max() < 0.01


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_the_only_gaps_are_water(resolution: str) -> None:
    shapes = boroughs(resolution)
    (land,) = shapely.get_parts(shapes.union_all())
    assert len(land.interiors) == 0
    assert narrow_gaps(shapes) <= CREEKS


def test_a_gap_between_neighbours_would_be_found() -> None:
    shapes = boroughs("screen")
    barnet = shapes["area_name"] == "Barnet"
    apart = shapes.to_crs(METRIC)
    apart.loc[barnet, "geometry"] = apart.loc[barnet, "geometry"].buffer(-10)
    assert any({"Barnet", "Harrow"} <= set(names) for names in narrow_gaps(apart))


def test_both_resolutions_have_the_same_neighbours() -> None:
    def neighbours(resolution: str) -> set[tuple[int, int]]:
        shapes = boroughs(resolution)
        first, second = shapes.sindex.query(shapes.geometry, predicate="touches")
        return set(zip(first.tolist(), second.tolist(), strict=True))

    assert neighbours("screen") == neighbours("detailed")


def test_detailed_areas_have_their_official_land() -> None:
    areas, _, _ = read_tables(SNAPSHOT)
    shapes = boroughs("detailed").to_crs(METRIC).merge(areas, on="area_code")
    assert (shapes.area / 10_000).tolist() == pytest.approx(shapes["land_hectares"].tolist(), rel=0.01)


@pytest.mark.parametrize("name", AREA_FILES)
def test_rings_turn_the_way_d3_fills(name: str) -> None:
    for part in read(name).explode().geometry:
        assert not part.exterior.is_ccw
        assert all(hole.is_ccw for hole in part.interiors)


def test_holes_turn_the_other_way() -> None:
    ring = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)])
    (drawn,) = drawable(ring, decimals=0).geometry
    assert not drawn.exterior.is_ccw
    assert drawn.interiors[0].is_ccw


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_a_footprint_is_the_outline_of_its_authorities(vintage: str, resolution: str) -> None:
    footprints = read(f"ics_{vintage}_{resolution}.geojson").set_index("ics_code").geometry
    assert list(footprints.index) == VINTAGES[vintage]
    for code, group in members(boroughs(resolution), vintage):
        uses = Counter(side for shape in group.geometry for side in edges(shape))
        assert set(edges(footprints[code])) == {side for side, count in uses.items() if count == 1}
        assert footprints[code].symmetric_difference(group.union_all()).area < 1e-12


def test_every_label_fits_inside_its_authority() -> None:
    labels = pd.read_csv(SNAPSHOT / "label_points.csv")
    shapes = boroughs("detailed").to_crs(METRIC)
    centres = gpd.GeoSeries.from_xy(labels["lon"], labels["lat"], crs="EPSG:4326").to_crs(METRIC)
    assert list(labels["area_code"]) == list(shapes["area_code"])
    assert shapes.contains(centres).all()
    # The centre is rounded to about a metre and the radius to a whole one.
    assert (centres.distance(shapes.boundary) - labels["radius_m"]).abs().max() < 3


def test_every_authority_can_be_hatched() -> None:
    lines = read("boroughs_hatch.geojson").set_index("area_code").geometry.to_crs(METRIC)
    shapes = boroughs("screen").set_index("area_code").geometry.to_crs(METRIC)
    assert list(lines.index) == list(shapes.index)
    assert set(lines.geom_type) == {"MultiLineString"}
    assert (shapely.get_num_geometries(lines.values) >= 2).all()
    # Rounding to 0.0001 of a degree moves the end of a line by less than ten metres.
    assert shapes.buffer(10).contains(lines).all()


def test_hatch_lines_are_diagonal_evenly_spaced_and_leave_out_specks() -> None:
    lines = hatch(shapely.box(0, 0, 10, 10), spacing=2**0.5, shortest=2)
    starts, ends = zip(*(line.coords for line in lines.geoms), strict=True)
    assert sorted(x - y for x, y in starts) == pytest.approx([-7, -5, -3, -1, 1, 3, 5, 7])
    assert [x - y for x, y in starts] == pytest.approx([x - y for x, y in ends])


def test_tiles_are_33_squares_side_by_side() -> None:
    _, _, tiles = read_tables(SNAPSHOT)
    squares = read("tiles.geojson")
    west, _, _, north = shapely.bounds(squares.geometry.values).T
    assert list(squares["area_code"]) == list(tiles["area_code"]) == list(boroughs("screen")["area_code"])
    assert len(set(zip(west, north, strict=True))) == 33
    assert west.tolist() == tiles["column"].tolist()
    assert (-north).tolist() == tiles["row"].tolist()
    assert set(shapely.area(squares.geometry.values)) == {1.0}
    assert shapely.coverage_is_valid(squares.geometry.values)


def test_tile_labels_are_short() -> None:
    _, _, tiles = read_tables(SNAPSHOT)
    labels = [label.split("|") for label in tiles["label"]]
    assert max(len(lines) for lines in labels) <= 2
    assert max(len(line) for lines in labels for line in lines) <= 11


def test_tile_labels_and_hatching_lie_in_their_square() -> None:
    squares = read("tiles.geojson").set_index("area_code").geometry.set_crs(None, allow_override=True)
    labels = pd.read_csv(SNAPSHOT / "tiles_label_points.csv", index_col="area_code")
    lines = read("tiles_hatch.geojson").set_index("area_code").geometry.set_crs(None, allow_override=True)
    assert squares.centroid.x.to_dict() == labels["x"].to_dict()
    assert squares.centroid.y.to_dict() == labels["y"].to_dict()
    assert (shapely.get_num_geometries(lines.values) == 6).all()
    assert squares.covers(lines).all()


@pytest.mark.parametrize("vintage", VINTAGES)
def test_each_ics_is_one_connected_block_of_tiles(vintage: str) -> None:
    footprints = read(f"tiles_ics_{vintage}.geojson").set_index("ics_code").geometry
    assert list(footprints.index) == VINTAGES[vintage]
    # Squares that meet at a corner only would make two parts.
    assert set(footprints.geom_type) == {"Polygon"}
    for code, group in members(read("tiles.geojson"), vintage):
        assert footprints[code].equals(group.union_all())


@pytest.mark.parametrize(
    ("layout", "outline", "footprint_file"),
    [("map", "boroughs_screen", "ics_{}_screen.geojson"), ("tiles", "tiles", "tiles_ics_{}.geojson")],
)
def test_ics_names_stand_free_beside_their_footprint(layout: str, outline: str, footprint_file: str) -> None:
    labels = pd.read_csv(SNAPSHOT / "ics_labels.csv", dtype={"vintage": str}).query("layout == @layout")
    land = read(f"{outline}.geojson").union_all()
    anchors = shapely.points(labels["x"], labels["y"])
    assert not shapely.intersects(land, anchors).any()
    assert shapely.covers(shapely.box(*land.bounds), anchors).all()
    for vintage, codes in VINTAGES.items():
        names = labels[labels["vintage"] == vintage]
        footprints = read(footprint_file.format(vintage)).geometry.values
        places = shapely.points(names["x"], names["y"])
        nearest = [codes[shapely.distance(footprints, place).argmin()] for place in places]
        assert list(names["ics_code"]) == nearest == codes


def test_building_again_gives_the_same_bytes() -> None:
    again = derived_files(boroughs("screen"), boroughs("detailed"), *read_tables(SNAPSHOT))
    assert set(again) >= set(FOOTPRINT_FILES)
    for name in FOOTPRINT_FILES:
        assert again[name] == (SNAPSHOT / name).read_text(encoding="utf-8"), name


def test_rounding_that_breaks_a_border_is_refused() -> None:
    with pytest.raises(ValueError, match="keep more decimals"):
        simplify(boroughs("screen")[["area_code", "geometry"]], Resolution("coarse", tolerance=1, decimals=2))


@pytest.mark.parametrize("name", PACKED_FILES)
def test_a_packed_copy_has_the_same_areas(name: str) -> None:
    packed, plain = unpack(name), read(f"{name}.geojson")
    names = [column for column in packed if column != "geometry"]
    assert packed[names].equals(plain[names])
    assert packed.is_valid.all()
    if name.startswith("tiles"):
        # the grid of the packing is finer than a thousandth of a tile
        distances = packed.hausdorff_distance(plain.set_crs(None, allow_override=True))
        assert distances.max() < 0.001
    else:
        packed, plain = packed.set_crs("EPSG:4326").to_crs(METRIC), plain.to_crs(METRIC)
        assert packed.hausdorff_distance(plain).max() < 4


@pytest.mark.parametrize("name", PACKED_FILES)
def test_rings_of_a_packed_copy_turn_the_way_d3_fills(name: str) -> None:
    for part in unpack(name).explode().geometry:
        assert not part.exterior.is_ccw
        assert all(hole.is_ccw for hole in part.interiors)


@pytest.mark.parametrize("name", PACKED_FILES)
def test_neighbours_of_a_packed_copy_share_their_border_exactly(name: str) -> None:
    assert shapely.coverage_is_valid(unpack(name).geometry.values)
