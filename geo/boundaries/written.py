"""How tables and shapes are written: GeoJSON, packed TopoJSON, CSV."""

import json

import geopandas as gpd
import pandas as pd
import topojson

# Steps across London when coordinates are packed: 3 m, a fifth of a pixel when one ICS fills a wide screen.
PACKED_STEPS = 20_000


def geojson(frame: gpd.GeoDataFrame) -> str:
    """Write a frame as compact GeoJSON; every column but the geometry becomes a property."""
    return frame.to_json(drop_id=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def packed(collection: str, name: str) -> str:
    """Pack GeoJSON as TopoJSON with one object, ``name``: a shared border is written once."""
    features = json.loads(collection)
    topology = topojson.Topology(features, object_name=name, prequantize=False).topoquantize(PACKED_STEPS)
    return json.dumps(topology.to_dict(), separators=(",", ":")) + "\n"


def table(frame: pd.DataFrame) -> str:
    """Write a frame as CSV with Unix line ends."""
    return frame.to_csv(index=False, lineterminator="\n")
