"""Which authorities touch, and the line that each two share."""

import geopandas as gpd
import pandas as pd
import shapely

from geo.boundaries.shapes import METRIC

SHORTEST_BORDER = 10  # metres


def neighbours(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Which authorities share a border of more than SHORTEST_BORDER. Columns: left, right (codes), metres."""
    lines = borders(areas).to_crs(METRIC)
    found = pd.DataFrame(
        {"left": lines["left"], "right": lines["right"], "metres": lines.length.round().astype(int)}
    )
    return found[lines.length > SHORTEST_BORDER]


def borders(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The line that each two authorities share. Columns: left, right (codes, left before right), geometry."""
    codes = areas["area_code"].to_numpy()
    shapes = areas.geometry.to_numpy()
    rows = []
    for first, second in areas.sindex.query(areas.geometry, predicate="touches").T:
        if codes[first] < codes[second]:
            shared = shapely.line_merge(shapely.intersection(shapes[first], shapes[second]))
            lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
            if lines:
                rows.append((codes[first], codes[second], shapely.MultiLineString(lines)))
    found = gpd.GeoDataFrame(rows, columns=["left", "right", "geometry"], crs=areas.crs)
    return found.sort_values(["left", "right"], ignore_index=True)
