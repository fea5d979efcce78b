"""The tables that access stands on are the compiled ones, and building them again gives the same bytes."""

import json

import geopandas as gpd
import pandas as pd
import shapely

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.observations import as_table
from data_loaders.postcodes import load_postcodes
from geo.access import build
from geo.access.homes import load_small_areas
from geo.tables.london import LONDON, London, place_table
from tests.builders import FIGURES, read_csv


def test_building_again_gives_the_same_bytes() -> None:
    library = open_library()
    postcodes = load_postcodes(library.entries)
    tables = {
        "childrens_centre_sites.csv": build.sites(FIGURES, postcodes),
        "small_areas.csv": build.small_areas(FIGURES),
        "small_areas_deprivation.csv": build.deprivation(FIGURES),
        "thames_crossings.csv": build.crossings(FIGURES, postcodes),
    }
    for name, table in tables.items():
        text = table.to_csv(index=False, lineterminator="\n")
        assert text == (store.SNAPSHOT / name).read_text(encoding="utf-8"), name
    worked_out = as_table(build.access_observations(library))
    assert worked_out == (store.SNAPSHOT / build.OBSERVATIONS).read_bytes()


def test_crossings_are_placed_by_bus_stops_or_by_postcodes() -> None:
    """Those with steps only are not there, nor those that neither places."""
    compiled = {row["crossing"]: row for row in read_csv(FIGURES / "thames_crossings.csv")}
    embedded = {row["crossing"]: row for row in read_csv(store.SNAPSHOT / "thames_crossings.csv")}
    assert len(embedded) == 23
    by_stops = {name for name, row in embedded.items() if row["placed_by"] == "bus stops"}
    assert by_stops == {name.replace("Ferry", "Foot Tunnel") for name in compiled}
    for name, row in compiled.items():
        ends = embedded[name.replace("Ferry", "Foot Tunnel")]
        assert [ends[column] for column in build.ENDS] == [row[column] for column in build.ENDS]
    assert embedded["Kingston Bridge"] == {
        "crossing": "Kingston Bridge",
        "north_easting": "517553",
        "north_northing": "169484",
        "south_easting": "517782",
        "south_northing": "169328",
        "placed_by": "postcodes KT1 4DA and KT1 1QN",
    }


def test_the_drawn_areas_are_where_their_children_are() -> None:
    drawn = gpd.read_file(store.SNAPSHOT / "small_areas.topojson").set_crs("EPSG:4326").to_crs("EPSG:27700")
    areas = load_small_areas(open_library().entries).set_index("small_area").loc[drawn["id"]]
    points = shapely.points(areas["easting"], areas["northing"])
    assert len(drawn) == 4_994
    away = shapely.distance(shapely.make_valid(drawn.geometry.values), points)
    assert (away == 0).mean() > 0.98
    assert away.max() < 60


def test_a_coarser_grid_keeps_shared_edges_shared_and_every_area() -> None:
    whole = json.loads((FIGURES / "london_lsoa21.topojson").read_bytes())
    made = build.coarser(whole, build.COARSER)
    assert len(made["arcs"]) == len(whole["arcs"])
    (drawn,) = whole["objects"].values()
    ids = [each["properties"]["lsoa21_code"] for each in drawn["geometries"]]
    assert [each["id"] for each in made["objects"]["small_areas"]["geometries"]] == ids
    east, north = whole["arcs"][0][0]
    step = build.COARSER / 2
    assert abs(made["arcs"][0][0][0] * build.COARSER - east) <= step
    assert abs(made["arcs"][0][0][1] * build.COARSER - north) <= step


def test_the_catalogue_has_what_children_reach_in_london_and_by_borough(london: London) -> None:
    said = {
        name: place_table(london, name, "2026-08-19", "2026").set_index("area_code")
        for name in (
            "access_any_centre",
            "access_own_centre",
            "access_only_across_border",
            "access_nearest_across_border",
        )
    }
    whole = {name: round(table.loc[LONDON, "value"], 1) for name, table in said.items()}
    assert list(whole.values()) == [83.6, 80.3, 3.3, 9.8]
    reached, own, only = (said[name]["numerator"].drop(["E92000001"]) for name in list(said)[:3])
    pd.testing.assert_series_equal(reached - own, only, check_names=False)
    bromley = said["access_any_centre"].loc["E09000006"]
    assert bromley["denominator"] - bromley["numerator"] == 12_434
    assert set(said["access_any_centre"]["status"]) == {"derived", "not_applicable"}
