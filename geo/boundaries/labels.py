"""Where names fit: inside each authority, and beside each ICS."""

import json

import geopandas as gpd
import pandas as pd
import shapely

from geo.boundaries.shapes import LONGITUDE_LATITUDE, METRIC

LABEL_DECIMALS = 5


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


def with_new_labels(labels: pd.DataFrame, files: dict[str, str], footprints: pd.DataFrame) -> pd.DataFrame:
    """Where the names of ICSs stand, with a place for each that has none yet.

    Columns: vintage, ics_code, layout, x, y, align. A vintage whose names all have one keeps its rows.
    """
    rows = []
    for vintage, members in footprints.groupby("vintage"):
        own = labels[labels["vintage"] == vintage]
        if set(own["ics_code"]) == set(members["ics_code"]):
            rows.append(own)
            continue
        # _label_places keeps the last place of an ICS: that of this vintage, if it has one
        known = pd.concat([labels[labels["vintage"] != vintage], own])
        for layout, stem in (("map", f"ics_{vintage}_screen"), ("tiles", f"tiles_ics_{vintage}")):
            shapes = gpd.GeoDataFrame.from_features(json.loads(files[f"{stem}.geojson"]))
            rows.append(_label_places(known[known["layout"] == layout], shapes).assign(vintage=vintage))
    return pd.concat(rows, ignore_index=True)


def _label_places(known: pd.DataFrame, shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Rows of labels for the footprints of one layout.

    An ICS keeps the place that it had in an earlier vintage. Another takes the nearest of the known places
    that is free, which anybody may correct in the table.
    """
    kept = known[known["ics_code"].isin(shapes["ics_code"])].drop_duplicates("ics_code", keep="last")
    places = known.drop_duplicates(["x", "y"])
    taken = pd.MultiIndex.from_frame(places[["x", "y"]]).isin(pd.MultiIndex.from_frame(kept[["x", "y"]]))
    free = places[~taken] if not taken.all() else places
    points = gpd.GeoSeries.from_xy(free["x"].astype(float), free["y"].astype(float), index=free.index)
    rows = [kept]
    for code, shape in shapes.set_index("ics_code").geometry.items():
        if code not in set(kept["ics_code"]):
            nearest = points.distance(shape).idxmin()
            rows.append(free.loc[[nearest]].assign(ics_code=code))
            points = points.drop(nearest) if len(points) > 1 else points
    return pd.concat(rows, ignore_index=True)
