"""Boundaries as a publisher gave them: taken in, or refused with a sentence."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data_loaders import store
from data_loaders.publisher import PublisherError
from geo.boundaries.borders import neighbours
from geo.boundaries.shapes import LONGITUDE_LATITUDE, METRIC, land_deviation

# About a centimetre: two authorities may give the same point with different last decimals.
SOURCE_DECIMALS = 7
# Official land and drawn land may differ by so much, in per cent: shorelines are drawn in more ways than one.
LARGEST_DEVIATION = 5
LARGEST_DEVIATION_SMALL = 15
# A border at least so long must be shared over at least such a part of what is embedded, or there is a gap.
# Lines that are super generalised keep 72 % of each; shorter borders may come and go with the detail.
SURE_BORDER = 1_000  # metres
LEAST_SHARED = 0.5


def take_in(content: bytes, areas: pd.DataFrame) -> gpd.GeoDataFrame:
    """The authorities as they came. Columns: area_code, geometry (EPSG:4326).

    `areas` has area_code, area_name, small (boolean), land_hectares. Raises PublisherError when boundaries
    are broken, come apart, or are not London's.
    """
    source = _read_source(content)
    _refuse_other_land(source, areas)
    _refuse_gaps(source, areas)
    return source


def _read_source(content: bytes) -> gpd.GeoDataFrame:
    features = json.loads(content)["features"]
    codes = [feature["properties"]["area_code"] for feature in features]
    try:
        shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    except shapely.errors.GEOSException as error:
        raise refusal("one of them is not a closed outline") from error
    rounded = shapely.transform(shapes, lambda points: np.round(points, SOURCE_DECIMALS))
    return gpd.GeoDataFrame({"area_code": codes}, geometry=rounded, crs=LONGITUDE_LATITUDE)


def _refuse_gaps(source: gpd.GeoDataFrame, areas: pd.DataFrame) -> None:
    """Refuse boundaries in which neighbours have come apart.

    A narrow gap changes no area by much and overlaps nothing. Creeks are gaps too, so what counts is how much
    of each embedded border is still shared. The borders in use are no measure: after super generalised lines,
    which close creeks, true creeks would look like gaps.
    """
    collection = store.read_shapes("boroughs_detailed.geojson", store.read_manifest())
    drawn = gpd.GeoDataFrame.from_features(collection, crs=LONGITUDE_LATITUDE)
    pair = ["left", "right"]
    before = neighbours(drawn).set_index(pair)["metres"]
    before = before[before >= SURE_BORDER]
    shared = neighbours(source).set_index(pair)["metres"].reindex(before.index, fill_value=0) / before
    names = areas.set_index("area_code")["area_name"]
    for left, right in shared.index[shared < LEAST_SHARED]:
        raise refusal(f"there is a gap between {names[left]} and {names[right]}")


def _refuse_other_land(source: gpd.GeoDataFrame, areas: pd.DataFrame) -> None:
    """Refuse boundaries that are broken, overlap, or enclose another area than the official one."""
    metric = source.to_crs(METRIC)
    if not (metric.is_valid.all() and shapely.coverage_is_valid(metric.geometry.values)):
        raise refusal("some of them are broken, overlap or leave gaps")
    known = areas.set_index("area_code")
    deviation = land_deviation(source, known["land_hectares"]).abs()
    allowed = (
        known["small"].reindex(deviation.index).map({True: LARGEST_DEVIATION_SMALL, False: LARGEST_DEVIATION})
    )
    for code in deviation.index[deviation > allowed]:
        name = known.at[code, "area_name"]
        raise refusal(f"{name} has {deviation[code]:.0f} % more or less land than it officially has")


def refusal(came: str) -> PublisherError:
    """The error that says what was wrong with what came."""
    return PublisherError(
        "Office for National Statistics, Open Geography", "boundaries", "33 areas to draw", came
    )
