"""Diagonal lines to draw over an area without data."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.boundaries.shapes import LONGITUDE_LATITUDE, METRIC, drawable

HATCH_SPACING = 700  # metres
HATCH_SPACING_SMALL = 350
# Shorter pieces are specks on a map of London a few hundred pixels wide.
HATCH_SHORTEST = 200
HATCH_DECIMALS = 4


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
