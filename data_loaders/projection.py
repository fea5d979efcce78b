"""Positions of a declared reference system in longitude and latitude."""

import json
import re
from typing import Any

import shapely
from pyproj import Transformer
from pyproj.exceptions import CRSError
from shapely.geometry import shape

LONGITUDE_LATITUDE = "EPSG:4326"


def declared(collection: dict[str, Any]) -> str:
    """The reference system that a GeoJSON or Esri JSON collection declares ("EPSG:27700"); empty if none.

    GeoJSON of before 2016 names it under `crs`, Esri JSON numbers it under `spatialReference`.
    """
    named, numbered = collection.get("crs"), collection.get("spatialReference")
    if isinstance(named, dict) and isinstance(named.get("properties"), dict):
        found = re.search(r"EPSG:.*?(\d{4,6})$", str(named["properties"].get("name")), re.IGNORECASE)
        return f"EPSG:{found[1]}" if found else ""
    if isinstance(numbered, dict) and (code := numbered.get("latestWkid") or numbered.get("wkid")):
        return f"EPSG:{code}"
    return ""


def in_longitude_latitude(geometry: dict[str, Any], system: str) -> dict[str, Any]:
    """A GeoJSON geometry of a reference system in longitude and latitude.

    From eastings and northings it is right to within about 4 m, because the grid of the Ordnance Survey's
    exact transformation is not part of pyproj: a fifth of what the boundaries are generalised to. Raises
    ValueError when the system is unknown or the geometry is none.
    """
    try:
        onto = Transformer.from_crs(system, LONGITUDE_LATITUDE, always_xy=True)
        area = shape(geometry)
    except (CRSError, shapely.errors.ShapelyError, ValueError, TypeError, KeyError, IndexError) as error:
        raise ValueError(f"no area of {system} in it") from error
    moved: dict[str, Any] = json.loads(
        shapely.to_geojson(shapely.transform(area, onto.transform, interleaved=False))
    )
    return moved
