"""Near me: what is said of a place and drawn around it, and that its postcode goes nowhere."""

import datetime as dt
import json
import re
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import pytest
import shapely

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.postcodes import Place, Postcodes
from data_loaders.refresh import refresh
from data_loaders.sites import load_sites, open_now
from geo.access.borders import BOROUGHS, Boroughs, load_boroughs
from geo.access.distance import NOWHERE, Crossings, Points, distances
from geo.access.homes import load_crossings, load_small_areas
from geo.access.shapes import load_shapes
from geo.places.latest import latest
from geo.tables.london import London
from pages.components.data import access
from pages.components.near_me import charts, picture, text
from pages.components.packs import registry
from pages.components.state.view import REACHES
from pages.exports import pictures
from pages.exports.exhibit import Exhibit
from tests.served import Publishers, as_csv, hub_rows

TODAY = dt.date(2026, 11, 26)
HACKNEY, ROTHERHITHE, WAPPING, KINGSTON, LAMBETH = "E8 3SB", "SE16 4JX", "E1W 3SS", "KT1 1QN", "SW9 0AA"


@pytest.fixture(scope="module")
def boroughs() -> Boroughs:
    return load_boroughs(open_library().entries)


@pytest.fixture(scope="module")
def names(london: London) -> dict[str, str]:
    districts = store.read_text_table("nearby_authorities.csv", open_library().entries)
    outside = dict(zip(districts["area_code"], districts["area_name"], strict=True))
    return {code: name for name, code in london.borough_codes.items()} | outside


def place_of(postcodes: Postcodes, code: str) -> Place:
    place = postcodes.find(code).place
    assert place is not None, code
    return place


def sites_from(place: Place) -> pd.DataFrame:
    library = open_library()
    sites, crossings = open_now(load_sites(library)), load_crossings(library.entries)
    here = pd.DataFrame(
        {"easting": [place.easting], "northing": [place.northing], "is_south": [place.bank == "south"]}
    )
    metres, way = distances(Points.of(here), Points.of(sites), Crossings.of(crossings))
    over = ["" if each == NOWHERE else str(crossings["crossing"][each]) for each in way]
    return sites.assign(metres=metres, over=over).sort_values("metres", ignore_index=True)


def test_every_district_around_has_a_name(postcodes: Postcodes, names: dict[str, str]) -> None:
    assert set(postcodes.areas) == set(names)


def test_what_is_no_place_is_said_in_a_sentence_that_helps(postcodes: Postcodes) -> None:
    said = {entered: text.why_not(postcodes.find(entered)) for entered in ("", HACKNEY, "E8", "BT1 5GS")}
    assert (said[""], said[HACKNEY]) == ("", "")
    assert said["E8"].startswith("That is the beginning of many postcodes.")
    assert said["BT1 5GS"].startswith("That is a postcode of Northern Ireland.")
    for entered in ("M1 1AE", "E8 9ZZ", "🙂", "'; DROP TABLE"):
        problem = text.why_not(postcodes.find(entered))
        assert problem.endswith(".")
        assert entered not in problem


def test_a_place_has_its_ics_of_today_and_of_2022(
    postcodes: Postcodes, names: dict[str, str], london: London
) -> None:
    here = text.where(place_of(postcodes, HACKNEY), names, "", london, TODAY)
    assert here == "It lies in **Hackney**, in the ICS North East London, today as in 2022."
    moved = text.where(place_of(postcodes, "NW1 8NH"), names, "", london, TODAY)
    assert moved == (
        "It lies in **Camden**, today in the ICS West and North London; in 2022 that was North Central "
        "London."
    )
    outside = text.where(place_of(postcodes, "DA1 1UP"), names, "Kent County Council", london, TODAY)
    assert outside == (
        "It lies outside London, in **Dartford**, where Kent County Council is in charge of early years "
        "services."
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (HACKNEY, "The nearest border is **500 m** to the south-west. Beyond it lies **Tower Hamlets**."),
        (
            ROTHERHITHE,
            "The nearest border is **300 m** to the north-west. Beyond it, on the other bank of the Thames, "
            "lies **Tower Hamlets**.",
        ),
        (
            "EN2 9DJ",
            "The nearest border is **870 m** to the north. It is the edge of London; beyond it lies "
            "**Broxbourne**.",
        ),
        ("EN9 1AA", "London begins **590 m** to the south, with **Enfield**."),
    ],
)
def test_the_nearest_border(
    code: str, said: str, postcodes: Postcodes, boroughs: Boroughs, names: dict[str, str]
) -> None:
    place = place_of(postcodes, code)
    assert text.nearest_border(boroughs.nearest_border(place, postcodes), place, names) == said


@pytest.mark.parametrize("code", [HACKNEY, ROTHERHITHE, WAPPING, KINGSTON, LAMBETH])
def test_beyond_the_border_the_nearest_border_leads_back(
    code: str, postcodes: Postcodes, boroughs: Boroughs
) -> None:
    """Of all postcodes beyond, none is nearer than the border is, and some lie in the direction said."""
    place = place_of(postcodes, code)
    border = boroughs.nearest_border(place, postcodes)
    beyond = np.flatnonzero(np.array(postcodes.areas)[postcodes.area] == border.beyond)
    east = postcodes.easting[beyond] - place.easting
    north = postcodes.northing[beyond] - place.northing
    away = np.hypot(east, north)
    # boundaries are drawn to 10 m and end at high water, and piers have postcodes
    assert border.metres - 50 <= away.min() <= border.metres + 400
    nearest = away.argmin()
    signs = {"north": north[nearest] > 0, "south": north[nearest] < 0, "east": east[nearest] > 0}
    signs["west"] = not signs["east"]
    assert any(signs[word] for word in border.direction.split("-"))


def test_the_list_says_what_is_across_and_who_lists_what_stands_elsewhere(
    postcodes: Postcodes, names: dict[str, str]
) -> None:
    place = place_of(postcodes, HACKNEY)
    table = text.listed(sites_from(place).head(10), place, names, 1200)
    assert list(table.columns) == ["No.", "Centre", "Where", "Distance"]
    assert table.iloc[0].tolist() == ["1", "Ann Tayler Children \\& Family Hub", "Hackney", "140 m, 2 min"]
    assert table.iloc[1]["Where"] == "Tower Hamlets, **across the border**"
    assert table["Where"].str.contains("across").sum() == 3
    in_lambeth = sites_from(place_of(postcodes, LAMBETH))
    carr = in_lambeth[in_lambeth["name"].str.startswith("Yvonne Carr")]
    said = text.listed(carr, place_of(postcodes, LAMBETH), names, 1200)["Where"].iloc[0]
    assert said == "Lambeth (listed by Wandsworth)"


def test_what_is_over_the_river_says_by_which_bridge(postcodes: Postcodes, names: dict[str, str]) -> None:
    place = place_of(postcodes, "TW9 1PG")
    table = text.listed(sites_from(place).head(20), place, names, 1200)
    assert table["Distance"].iloc[1] == "2.2 km, 28 min, by Richmond Bridge"
    assert table["Distance"].iloc[0] == "1.6 km, 21 min"


def test_ways_by_streets_stand_beside_straight_lines_for_whoever_asks(
    postcodes: Postcodes, names: dict[str, str]
) -> None:
    place = place_of(postcodes, "TW9 1PG")
    sites = sites_from(place).head(2)
    table = text.with_streets(text.listed(sites, place, names, 1200), sites)
    assert table["Distance"].tolist() == [
        "1.6 km, 21 min; by streets about 2.1 km, 27 min",
        "2.2 km, 28 min, by Richmond Bridge; by streets about 2.9 km, 36 min",
    ]
    assert "1.2 km are about 1.6 km, 20 minutes, and a walk of 1.2 km gets about 920 m far" in (
        text.how_far_to_walk(1200)
    )
    # where the factor comes from stands beside it
    assert "[MATSim](https://github.com/matsim-org/matsim-libs)" in text.BY_STREETS


def test_the_headline_counts_what_lies_within_the_circle(postcodes: Postcodes) -> None:
    place = place_of(postcodes, HACKNEY)
    sites = sites_from(place)
    assert (
        text.headline(sites, place, 1200)
        == "Five centres or linked sites lie within 1.2 km, one of them across the border."
    )
    assert text.headline(sites, place, 400) == "One centre lies within 400 m, on your side of the border."
    assert text.headline(sites[1:], place, 400) == (
        "No centre or linked site lies within 400 m; the nearest is 650 m away, across the border."
    )
    linked = sites[sites["type"] == "linked_sites"]
    assert text.headline(linked, place, 1000).startswith("One linked site lies within 1.0 km")
    across = sites[sites["stands_in"] == "E09000030"]
    assert text.headline(across, place, 800) == "One centre lies within 800 m, on the other side of a border."


def test_what_differs_is_recent_and_what_differs_most_comes_first(london: London) -> None:
    lines = text.differing(latest(london, "2026"), "Hackney", "Tower Hamlets", TODAY)
    said = text.differences(lines, "Hackney", "Tower Hamlets")
    assert len(said) == len(lines) > 5
    assert min(line.ends for line in lines) > pd.Timestamp("2021-11-26")
    assert "**ASQ-3 at the 2 to 2½ year review** (2023/24): 95.5% in Hackney, 99.2% in Tower Hamlets." in said
    reverse = text.differing(latest(london, "2026"), "Tower Hamlets", "Hackney", TODAY)
    assert [line.indicator for line in reverse] == [line.indicator for line in lines]
    # a handful of children live in the City
    assert text.differing(latest(london, "2026"), "City of London", "Islington", TODAY) == []


@pytest.mark.parametrize("reach", [int(reach) for reach in REACHES])
def test_the_nearest_out_of_reach_is_never_said_to_be_as_far_as_the_reach(
    reach: int, postcodes: Postcodes
) -> None:
    place = place_of(postcodes, HACKNEY)
    sites = pd.DataFrame({"metres": [reach + 0.4], "stands_in": [place.area_code], "type": ["linked_sites"]})
    circle = text.say_metres(reach)
    said = text.headline(sites, place, reach)
    assert said == f"No centre or linked site lies within {circle}; the nearest is just over {circle} away."


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "under 50 m"),
        (49.9, "under 50 m"),
        (244, "240 m"),
        (994, "990 m"),
        (996, "1.0 km"),
        (1249, "1.2 km"),
    ],
)
def test_distances_are_as_exact_as_they_are_known(metres: float, said: str) -> None:
    assert text.say_metres(metres) == said


@pytest.mark.parametrize(("metres", "said"), [(1200, "1.2 km"), (1201, "just over 1.2 km"), (1260, "1.3 km")])
def test_what_is_out_of_reach_does_not_read_as_within(metres: float, said: str) -> None:
    assert text.say_away(metres, 1200) == said


def test_what_borders_cost_is_said_with_numbers() -> None:
    london = pd.Series({"children": 2000.0, "only_across": 70.0})
    assert text.without_borders(london, 1200) == (
        "**If borders were no barrier, 70 more children of London (3.5%) would have a centre within 1.2 "
        "km:** they have one, but only across a border. How many of them may use it already, nobody "
        "publishes."
    )
    assert text.wider_borders({"ics": 12.0, "london": 3.0}, 51.0) == (
        "For 51 children the nearest centre, however far, is across a border; for 12 of them that is also "
        "the border of an ICS, and for 3 the edge of London."
    )
    found = pd.DataFrame(
        {"children": [400.0, 200.0], "within_any": [300.0, 180.0], "only_across": [16.0, 4.0]},
        index=[False, True],
    )
    said = text.by_deprivation(found, 800)
    assert "90.0% of London's children have a centre within 800 m, in its other small areas 75.0%." in said
    assert said.endswith("Only across a border have one 2.0% of the first and 4.0% of the others.")


def test_how_many_children_there_are_for_each_centre_at_any_distance() -> None:
    codes = {"Bromley": "E09000006", "London": "London"}
    near = text.for_each_centre(access.children_for_each_centre(1_200), codes, 1_200)
    assert "within 1.2 km of it shared it:** 1,177 in Bromley, 972 in London. Were designated" in near
    found = access.children_for_each_centre(400).assign(designated=np.nan)
    few = text.for_each_centre(found, {"London": "London"}, 400)
    assert "Were designated centres the only ones: nobody in London has one." in few


def test_the_table_of_reach_has_both_ways_to_place_children() -> None:
    row = {"children": 200.0, "within_any": 150.0, "within_own": 140.0, "only_across": 10.0}
    table = pd.DataFrame([row | {"nearest_across": 31.0, "metres": 764.0, "p90": 1427.0}], index=["X"])
    said = text.reach_table({"One way": table, "Another": table}, {"Aston": "X"}, 1200)
    assert said["Children placed"].tolist() == ["One way", "Another"]
    assert said.iloc[0].tolist()[2:] == [
        *("75.0% (150)", "70.0% (140)", "5.0% (10)", "15.5% (31)", "760 m", "1.4 km")
    ]


@pytest.fixture(scope="module", params=["light", "dark"])
def drawn(request: pytest.FixtureRequest, postcodes: Postcodes) -> dict:
    """The map around Hackney as the browser gets it."""
    entries = open_library().entries
    place = place_of(postcodes, HACKNEY)
    made = charts.deck(
        place,
        1200,
        sites_from(place).head(10),
        load_small_areas(entries),
        "on Census day 2021",
        load_shapes(entries),
        store.read_shapes(BOROUGHS, entries),
        request.param,
    )
    return json.loads(made.to_json())


def layer(drawn: dict, name: str) -> dict:
    return next(each for each in drawn["layers"] if each["id"] == name)


def test_the_map_asks_nobody_for_tiles_and_does_not_know_the_postcode(drawn: dict) -> None:
    whole = json.dumps(drawn)
    assert "mapProvider" not in drawn or drawn["mapProvider"] is None
    addresses = [part for part in whole.split('"') if part.startswith(("http:", "https:"))]
    assert addresses == []
    assert HACKNEY not in whole
    assert HACKNEY.replace(" ", "") not in whole
    assert len(whole) < 600_000


def test_asked_for_the_circle_again_the_map_begins_elsewhere_by_less_than_a_millimetre(
    postcodes: Postcodes,
) -> None:
    """Streamlit goes back to where a view begins only if that is another place than before."""
    entries, place = open_library().entries, place_of(postcodes, HACKNEY)
    sites, areas = sites_from(place).head(1), load_small_areas(entries).head(1)
    begins = [
        json.loads(
            charts.deck(place, 1200, sites, areas, "", {}, {"features": []}, "light", turns).to_json()
        )["initialViewState"]
        for turns in range(3)
    ]
    for part in ("latitude", "longitude", "zoom"):
        assert begins[0][part] == begins[2][part] != begins[1][part]
        assert abs(begins[0][part] - begins[1][part]) < 1e-8


def test_every_borough_that_is_seen_has_its_name_in_it(drawn: dict, postcodes: Postcodes) -> None:
    named = {each["name"].replace("\n", " "): each["at"] for each in layer(drawn, "names")["data"]}
    # the last lies beyond the circle
    assert {"Hackney", "Tower Hamlets", "Islington"} <= set(named)
    for feature in store.read_shapes(BOROUGHS, open_library().entries)["features"]:
        if feature["properties"]["area_name"] in named:
            place = shapely.Point(named[feature["properties"]["area_name"]])
            assert shapely.geometry.shape(feature["geometry"]).contains(place)
    # names are below the signs, on the page as in its file
    layers = [each["id"] for each in drawn["layers"]]
    assert layers.index("names") < layers.index("here") < layers.index("centres")
    svg = pictures.as_svg(taken_away(place_of(postcodes, HACKNEY))).decode()
    assert all(name in svg for name in (">Hackney</text>", ">Tower</tspan>", ">Hamlets</tspan>"))


@pytest.mark.parametrize("code", [HACKNEY, ROTHERHITHE, WAPPING, KINGSTON, LAMBETH])
@pytest.mark.parametrize("reach", [400, 1200, 3000])
def test_no_edge_of_a_phone_cuts_a_name(code: str, reach: int, postcodes: Postcodes) -> None:
    place = place_of(postcodes, code)
    boroughs = store.read_shapes(BOROUGHS, open_library().entries)
    sites, areas = sites_from(place).head(1), load_small_areas(open_library().entries).head(0)
    made = json.loads(charts.deck(place, reach, sites, areas, "", {}, boroughs, "light").to_json())
    begins, names = made["initialViewState"], layer(made, "names")["data"]
    degree = 512 * 2 ** begins["zoom"] / 360
    phones = [width / 2 for width in (288, 328, 358, 398)]
    for each in names:
        middle = abs(each["at"][0] - begins["longitude"]) * degree
        # bold letters of 14 pixels are wider than this
        half = 7 * max(map(len, each["name"].split("\n"))) / 2
        assert all(middle + half <= edge or middle - half >= edge for edge in phones), each
        # nor does it lie on the place, which is a dot; degrees to the north are longer on the map
        above = abs(each["at"][1] - begins["latitude"]) * degree / 0.62
        assert middle > half + 5 or above > 10, each
    assert names


def test_in_a_column_of_a_page_the_map_is_as_wide_as_that_and_no_higher(postcodes: Postcodes) -> None:
    svg = pictures.as_svg(taken_away(place_of(postcodes, HACKNEY)), "column").decode()
    # the first is the map's, further ones are those of its legend
    drawn = re.search(r'class="background"[^>]* d="M[\d.]+,[\d.]+h([\d.]+)v([\d.]+)', svg)
    assert drawn
    width, height = map(float, drawn.groups())
    assert width > 0.8 * pictures.SIZES["column"].layout
    assert height == pytest.approx(width, rel=0.1)


def test_nobody_turns_the_map_by_chance(drawn: dict) -> None:
    assert drawn["views"][0]["controller"] == {"dragRotate": False, "touchRotate": False}


def test_centres_are_told_apart_by_shape_and_sides_by_colour(drawn: dict) -> None:
    marks = layer(drawn, "centres")["data"]
    assert [mark["number"] for mark in marks] == [str(number) for number in range(1, 11)]
    for mark in marks:
        assert ("rect" in mark["icon"]["url"]) == ("linked site" in mark["told"])
        assert ("F46A25" in mark["icon"]["url"]) == ("across the border" in mark["told"])
    # the nearest stands 140 m away: 0.0013 degrees of latitude at the most
    assert marks[0]["at"] == pytest.approx(layer(drawn, "here")["data"][0]["at"], abs=0.0021)


def test_small_areas_around_say_their_children(drawn: dict) -> None:
    told = [each["told"] for each in layer(drawn, "small_areas")["data"]]
    assert 100 < len(told) < 400
    assert all(said.endswith("children aged 0 to 4 on Census day 2021") for said in told)


def test_the_circle_fits_on_a_phone() -> None:
    for reach in (400, 1200, 3000):
        pixels = 2 * reach / (charts.METRES_A_PIXEL / 2 ** charts.zoom_for(reach))
        assert 250 < pixels < 330


def taken_away(place: Place) -> Exhibit:
    view, _ = registry.view_of("/near_me?vintage=2026")
    return picture.exhibit(place, 1_200, sites_from(place), access.hubs_from(place), view)


@pytest.mark.thorough
def test_family_hubs_are_there_once_a_list_was_downloaded(
    postcodes: Postcodes, publishers: Publishers
) -> None:
    """In Tower Hamlets, whose hubs are in the part of the list that tests have."""
    place = place_of(postcodes, "E1 0ND")
    assert access.hubs_from(place).empty
    publishers.serve_hubs(as_csv(hub_rows()))
    assert refresh("dfe_family_hubs", publishers.order(), publishers.session()).kind == "replaced"
    hubs = access.hubs_from(place)
    assert hubs["name"].iloc[0] == "Ocean Children And Family Centre"
    assert hubs["metres"].iloc[0] == 0
    assert hubs["metres"].is_monotonic_increasing
    found = picture.exhibit(place, 1_200, sites_from(place), hubs.head(3), registry.view_of("/near_me")[0])
    rows = found.numbers().rows
    assert rows["kind"].tolist()[-3:] == ["Family hub"] * 3
    # numbered after the ten centres, as on the map
    assert rows["number"].tolist() == list(range(1, 14))
    assert any(said.startswith("Family hubs are those of the Department") for said in found.remarks)
    assert any("List of family hub sites" in source for source in found.sources)
    signs = charts._marks(pd.concat([sites_from(place).head(10), hubs.head(3)]), place, 1_200)
    assert len({mark["icon"]["id"] for mark in signs if "False" in mark["icon"]["id"]}) == 3
    listed = text.listed(hubs.head(3), place, access.names(), 1_200, 11, "Family hub")
    assert listed["No."].tolist() == ["11", "12", "13"]


def test_the_map_as_a_file_has_the_sites_of_the_list_and_no_postcode(postcodes: Postcodes) -> None:
    place = place_of(postcodes, HACKNEY)
    found, sites = taken_away(place), sites_from(place).head(picture.NEAREST)
    assert found.title == "Five centres or linked sites lie within 1.2 km, one of them across the border."
    assert found.subtitle.startswith("Around a place in Hackney")
    rows = found.numbers().values()
    assert rows["Centre"].tolist() == sites["name"].tolist()
    assert rows["Distance (metres)"].tolist() == sites["metres"].round().tolist()
    svg = pictures.as_svg(found).decode()
    for _, site in sites[sites["metres"] <= 1_200].iterrows():
        assert escape(site["name"], {'"': "&quot;"}) in svg
    said = [svg, found.caption, found.alt, found.stem, found.link, found.origin, rows.to_csv()]
    assert not [text for text in said if re.search("e8.?3sb", text, re.IGNORECASE)]
    # no link, pack or command brings it back, and nobody else gets it by an address
    assert found.is_private
    assert found.asked == ""
    assert found.link not in found.origin
    assert "near_me_map" not in registry.EXHIBITS


@pytest.mark.parametrize("code", [HACKNEY, ROTHERHITHE, KINGSTON])
def test_no_small_area_of_the_file_fills_the_world(postcodes: Postcodes, code: str) -> None:
    drawing = taken_away(place_of(postcodes, code)).drawing
    assert drawing is not None
    areas = [
        area
        for layer in drawing["layer"]
        for area in layer["data"].get("values", [])
        if isinstance(area, dict) and "fill" in area.get("properties", {})
    ]
    polygons = [polygon for area in areas for polygon in area["geometry"]["coordinates"]]
    assert len(polygons) > 50
    for outline, *holes in polygons:
        # clockwise, as d3 takes an outline for what is inside it
        assert not shapely.LinearRing(outline).is_ccw
        assert all(shapely.LinearRing(hole).is_ccw for hole in holes)
