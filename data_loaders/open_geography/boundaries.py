"""The areas of the 33 authorities, from which the maps are drawn."""

import json
from typing import Any

from data_loaders import projection
from data_loaders.open_geography import files
from data_loaders.publisher import BOROUGH, Download, Known

# London with a margin: west, south, east, north
BOX = (-0.6, 51.2, 0.4, 51.8)
IN_METRES = (
    "its positions are eastings and northings, and it does not say of which reference system: download the "
    "boundaries as GeoJSON, which the portal gives in longitude and latitude (EPSG:4326)"
)
AREA_KINDS = ("Polygon", "MultiPolygon")


def areas(download: Download, records: files.Attributes, known: Known) -> bytes:
    """GeoJSON of the 33 authorities in order of their codes, each with area_code alone."""
    code = files.field(records, r"LAD\d\dCD")
    inside = [record for record in records if str(record.get(code, "")).startswith(BOROUGH)]
    codes = [str(record[code]) for record in inside]
    files.refuse_codes(download, codes, known)
    for record in inside:
        shape = record["geometry"]
        if not shape:
            raise files.refusal(download, f"{record[code]} has no boundary")
        if not isinstance(shape, dict) or shape.get("type") not in AREA_KINDS:
            raise files.refusal(download, f"{record[code]} has something else than an area in GeoJSON")
        if _is_in_metres(shape.get("coordinates")):
            shape = record["geometry"] = _from_metres(download, record)
        if not _in_box(shape.get("coordinates")):
            raise files.refusal(
                download, f"{record[code]} lies outside London (is it in longitude and latitude?)"
            )
    features = [
        {"type": "Feature", "properties": {"area_code": record[code]}, "geometry": record["geometry"]}
        for record in sorted(inside, key=lambda record: str(record[code]))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _is_in_metres(coordinates: Any) -> bool:
    """Whether the first position is one of the British National Grid: no longitude is as large."""
    while isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    first = coordinates[0] if isinstance(coordinates, list) and coordinates else None
    return isinstance(first, int | float) and abs(first) > 360


def _from_metres(download: Download, record: dict[str, Any]) -> dict[str, Any]:
    """The area of a record in longitude and latitude, by the reference system that its file declares."""
    if not record[files.SYSTEM]:
        raise files.refusal(download, IN_METRES)
    try:
        return projection.in_longitude_latitude(record["geometry"], record[files.SYSTEM])
    except ValueError as error:
        raise files.refusal(
            download, f"its reference system {record[files.SYSTEM]} cannot be read"
        ) from error


def _in_box(coordinates: Any, depth: int = 3) -> bool:
    """Whether every position of coordinates, nested at most `depth` deep, is in London."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if isinstance(coordinates[0], list):
        return depth > 0 and all(_in_box(part, depth - 1) for part in coordinates)
    west, south, east, north = BOX
    numbers = all(isinstance(number, int | float) for number in coordinates[:2]) and len(coordinates) >= 2
    return numbers and west <= coordinates[0] <= east and south <= coordinates[1] <= north
