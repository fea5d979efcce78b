"""The joined table of one view with boundaries, for people with tools of their own: GeoJSON."""

import json
from collections.abc import Mapping

import pandas as pd
import shapely
from shapely.geometry import mapping, shape

from geo.tables.listing import records


def as_geojson(table: pd.DataFrame, shapes: dict, about: Mapping[str, str]) -> bytes:
    """The authorities of a listing (geo.tables.listing) with their boundaries, in longitude and latitude.

    `shapes` are features with area_code; those that the table has not are left out, and so are London and
    England, which have no shape here. `about` becomes members of the collection. A value that is missing is
    null. Exterior rings run against the clock. https://datatracker.ietf.org/doc/html/rfc7946
    """
    rows = {row["area_code"]: row for row in records(table)}
    features = [
        {
            "type": "Feature",
            "properties": rows[feature["properties"]["area_code"]],
            "geometry": mapping(shapely.orient_polygons(shape(feature["geometry"]))),
        }
        for feature in shapes["features"]
        if feature["properties"]["area_code"] in rows
    ]
    collection = {"type": "FeatureCollection", **about, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
