"""Files for analysts, as their own tools open them."""

import io
import json

import geopandas
import pandas as pd
import pyarrow.parquet as pq
import pytest

from data_loaders import store
from data_loaders.library import open_library
from geo.tables.feed import feed
from geo.tables.listing import listing
from geo.tables.london import London
from geo.tables.machine_readable import as_geojson
from geo.tables.tidy import as_parquet, dictionary, explained_as

ABOUT = {"source": "The register", "licence": "Open Government Licence v3.0"}


@pytest.fixture(scope="module")
def shapes() -> dict:
    return store.read_shapes("boroughs_detailed.geojson", open_library().entries)


def test_the_boroughs_of_an_ics_come_with_their_shapes_and_counts(london: London, shapes: dict) -> None:
    table = listing(london, "designated_centres", "2019-12-06", "2022", "NEL")
    content = as_geojson(table, shapes, ABOUT)
    frame = geopandas.read_file(io.BytesIO(content), engine="pyogrio").set_index("area_name")
    assert len(frame) == 8
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.is_valid.all()
    # Waltham Forest covers 3,882 hectares
    hectares = frame.geometry.to_crs(27700).area / 10_000
    assert hectares["Waltham Forest"] == pytest.approx(3_882, rel=0.01)
    assert frame["value"].sum() == table.loc[table["area_type"] == "borough", "value"].sum() == 74
    assert set(frame["icb_code"]) == {"E54000029"}
    assert all(
        polygon.exterior.is_ccw for shape in frame.geometry for polygon in getattr(shape, "geoms", [shape])
    )
    collection = json.loads(content)
    assert collection["licence"] == ABOUT["licence"]


def test_a_missing_value_is_null_with_its_reason(london: London, shapes: dict) -> None:
    table = listing(london, "asq3_at_2_to_2_5_years", "2023/24", "2022")
    features = json.loads(as_geojson(table, shapes, ABOUT))["features"]
    assert len(features) == 33
    city = next(f["properties"] for f in features if f["properties"]["area_name"] == "City of London")
    assert (city["value"], city["status"]) == (None, "not_published")


def test_parquet_keeps_numbers_and_says_whose_they_are(london: London) -> None:
    table = feed(london, "designated_centres", "2022", ["2019-12-06"])
    meanings = dictionary(open_library().entries, "one_indicator")
    content = as_parquet(table, meanings, ABOUT)
    again = pd.read_parquet(io.BytesIO(content))
    days = {name: pd.to_datetime(again[name]) for name in ("period_start", "period_end")}
    pd.testing.assert_frame_equal(again.assign(**days), table, check_dtype=False)
    schema = pq.read_schema(io.BytesIO(content))
    assert schema.metadata[b"source"] == b"The register"
    assert str(schema.field("period_end").type) == "date32[day]"
    assert {explained_as(name) for name in schema.names} == set(meanings["column"])
