"""Outlines of areas: simplified with shared borders, as they are drawn, joined to ICSs, measured."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

METRIC = "EPSG:27700"
LONGITUDE_LATITUDE = "EPSG:4326"
# The source has a crumb of 2 square metres at the mouth of the Roding, counted as Newham.
SMALLEST_PART = 1_000  # square metres


class Resolution(NamedTuple):
    """How much detail a file keeps: ``tolerance`` in metres, ``decimals`` of a degree."""

    name: str
    tolerance: float
    decimals: int


SCREEN = Resolution("screen", tolerance=125, decimals=5)
DETAILED = Resolution("detailed", tolerance=27, decimals=6)


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
