"""Postcodes as people write them, and where the directory says that they lie."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, strategies as st

from data_loaders import store
from data_loaders.postcodes import Postcodes, as_entered

ELMS = "E8 3SB"  # Hackney


def test_the_table_has_all_of_london_and_5_km_around(postcodes: Postcodes) -> None:
    assert len(postcodes.in_london()) == 331_981
    assert len(postcodes) == 331_981 + 49_141
    assert (store.SNAPSHOT / "postcodes.parquet").stat().st_size < 6_000_000


@pytest.mark.parametrize(
    "text",
    [
        "E8 3SB",
        "e83sb",
        " e8  3sb ",
        "E8-3SB.",
        "e8\t3sb\n",
        "Ｅ８ ３ＳＢ",
        "E8 35B",
        "“E8 3SB”",
        "e8 3sb 🙂",
    ],
)
def test_any_spelling_finds_the_postcode(postcodes: Postcodes, text: str) -> None:
    answer = postcodes.find(text)
    assert answer.outcome == "found"
    assert answer.place is not None
    assert answer.place.postcode == ELMS
    assert (answer.place.easting, answer.place.northing) == (534_721, 184_067)
    assert answer.place.area_code == "E09000012"


def test_letters_and_digits_that_look_alike_are_told_from_where_they_stand(postcodes: Postcodes) -> None:
    for text, meant in {
        "SWIA IAA": "SW1A 1AA",
        "NL 9GU": "N1 9GU",
        "SEIO 9HT": "SE10 9HT",
        "EC4V 3QQ": "EC4V 3QQ",
    }.items():
        place = postcodes.find(text).place
        assert place is not None, text
        assert place.postcode == meant


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("🙂", "no_postcode"),
        ("Hackney", "no_postcode"),
        ("'; DROP TABLE postcodes; --", "no_postcode"),
        ("A" * 500, "no_postcode"),
        ("E8 3SB" * 100, "no_postcode"),
        ("E8", "part"),
        ("e8 3", "part"),
        ("SW1A", "part"),
        ("E8 3S", "part"),
        ("E8 9ZZ", "unknown"),
        ("BT1 5GS", "northern_ireland"),
        ("bt7", "northern_ireland"),
        ("M1 1AE", "elsewhere"),
        ("M1", "elsewhere"),
        ("CM1 1AB", "elsewhere"),
    ],
)
def test_what_is_no_postcode_here_is_told_apart(postcodes: Postcodes, text: str, outcome: str) -> None:
    answer = postcodes.find(text)
    assert (answer.outcome, answer.place) == (outcome, None)


def test_a_postcode_outside_london_is_found_and_is_not_londons(postcodes: Postcodes) -> None:
    place = postcodes.find("dart 1").place
    assert place is None
    place = postcodes.find("DA1 1UP").place
    assert place is not None
    assert (place.area_code, place.is_in_london, place.small_area) == ("E07000107", False, None)
    assert place.bank == "south"


@given(st.text(max_size=40))
def test_no_text_brings_it_down(postcodes: Postcodes, text: str) -> None:
    answer = postcodes.find(text)
    assert (answer.outcome == "found") == (answer.place is not None)


@given(st.integers(0, 381_121), st.data())
def test_every_postcode_is_found_in_every_spelling(
    postcodes: Postcodes, row: int, data: st.DataObject
) -> None:
    code = postcodes.codes[row].decode()
    signs = [data.draw(st.sampled_from((sign, sign.lower()))) for sign in code]
    spaced = data.draw(st.sampled_from(("", " ", "  ", "-"))).join(signs)
    place = postcodes.find(spaced).place
    assert place is not None
    assert as_entered(place.postcode) == code
    assert (place.easting, place.northing) == (postcodes.easting[row], postcodes.northing[row])


def test_postcodes_lie_in_the_authority_that_the_directory_names(postcodes: Postcodes) -> None:
    rows = postcodes.in_london()[:: 331_981 // 20_000]
    assert len(rows) > 20_000
    boroughs = gpd.read_file(store.SNAPSHOT / "boroughs_detailed.geojson").to_crs("EPSG:27700")
    points = shapely.points(postcodes.easting[rows], postcodes.northing[rows])
    # nearest, because piers and houseboats lie outside the boundary, which ends at mean high water
    found = shapely.STRtree(boroughs.geometry.values).query_nearest(points, all_matches=False)[1]
    named = np.array(postcodes.areas)[postcodes.area[rows]]
    assert (boroughs["area_code"].to_numpy()[found] == named).mean() >= 0.999


def test_banks_are_those_of_the_river(postcodes: Postcodes) -> None:
    banks = {
        "SW1A 1AA": "north",  # Buckingham Palace
        "SE1 9TG": "south",  # Tate Modern
        "TW1 3AP": "north",  # Twickenham, in Richmond
        "TW9 1PG": "south",  # Richmond itself
        "SW13 9AE": "south",  # Barnes, in Richmond
        "TW12 1QU": "north",  # Hampton Hill, in Richmond
        "KT1 1QN": "south",  # Kingston's riverside
        "KT1 4DA": "north",  # Hampton Wick, over the bridge
        "TW18 3HD": "south",  # Egham Hythe
        "TW18 1NB": "north",  # Staines
    }
    for code, bank in banks.items():
        place = postcodes.find(code).place
        assert place is not None, code
        assert place.bank == bank, code
