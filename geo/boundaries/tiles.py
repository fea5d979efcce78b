"""The grid of equal squares, one an authority, in units of a square: it is not geographic."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.boundaries.hatch import hatch
from geo.boundaries.shapes import drawable

# Lines one third of a square apart along its edge: six diagonals a square, which run on into the next one.
TILE_HATCH_SPACING = 1 / 3 / np.sqrt(2)


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
