"""Distance with the river, reach of any centre and of one's own: by hand, by a slow truth, as published."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from pyproj import Transformer

from data_loaders.library import open_library
from data_loaders.postcodes import Postcodes, load_postcodes
from data_loaders.projection import LONGITUDE_LATITUDE
from data_loaders.sites import load_sites, open_now
from data_loaders.within import minutes
from geo.access.borders import METRIC, onto_map
from geo.access.distance import Crossings, Points, distances, nearest
from geo.access.homes import at_centres, load_crossings, load_small_areas, over_postcodes
from geo.access.reach import borders_between, compact, of_london, shares, with_distances

# a river along northing 0, and one bridge over it, 100 m long, at easting 1000
BRIDGE = Crossings(np.array([[1000.0, 50.0]]), np.array([[1000.0, -50.0]]))
NO_BRIDGE = Crossings(np.empty((0, 2)), np.empty((0, 2)))


def points(*places: tuple[float, float]) -> Points:
    """Places of the toy world, whose south bank is below 0."""
    xy = np.array(places, dtype=float).reshape(-1, 2)
    return Points(xy, xy[:, 1] < 0)


def test_a_line_crosses_the_river_only_over_the_bridge() -> None:
    # 200 m as the crow flies; by the bridge 1000 east, 50 off the bank, over, and back
    found = nearest(points((0, 100)), points((0, -100)), BRIDGE)
    assert found.metres[0] == pytest.approx(math.hypot(1000, 50) + 100 + math.hypot(1000, 50))
    assert nearest(points((0, 100)), points((0, -100)), None).metres[0] == 200


def test_the_nearest_door_is_the_one_with_the_shortest_way() -> None:
    doors = points((0, -100), (0, 1500))
    assert nearest(points((0, 100)), doors, None).door[0] == 0
    # 1400 m on the own bank are less than 2102 m over the bridge
    assert nearest(points((0, 100)), doors, BRIDGE).door[0] == 1
    # beside the bridge it is the other way round
    assert nearest(points((1000, 60)), points((1000, -60), (0, 60)), BRIDGE).door[0] == 0
    assert nearest(points((1000, 60)), points((1000, -60), (0, 60)), BRIDGE).metres[0] == 120


def test_without_a_bridge_the_other_bank_is_out_of_reach() -> None:
    found = nearest(points((0, 100)), points((0, -100)), NO_BRIDGE)
    assert (found.metres[0], found.door[0]) == (math.inf, -1)
    assert nearest(points((0, 100)), points(), BRIDGE).metres[0] == math.inf


coordinates = st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000).filter(bool))
bridges = st.lists(st.integers(-3000, 3000), max_size=4)


def slow(home: tuple[float, float], door: tuple[float, float], at: list[int]) -> float:
    """The shortest way, by trying every bridge, which go straight over from 40 to -40."""
    if (home[1] < 0) == (door[1] < 0):
        return math.dist(home, door)
    here, there = (-40, 40) if home[1] < 0 else (40, -40)
    ways = [math.dist(home, (x, here)) + 80 + math.dist((x, there), door) for x in at]
    return min(ways, default=math.inf)


@given(st.lists(coordinates, min_size=1, max_size=8), st.lists(coordinates, max_size=8), bridges)
def test_it_is_the_shortest_of_all_ways(
    homes: list[tuple[float, float]], doors: list[tuple[float, float]], at: list[int]
) -> None:
    crossings = Crossings(
        np.array([[x, 40.0] for x in at]).reshape(-1, 2), np.array([[x, -40.0] for x in at]).reshape(-1, 2)
    )
    found = nearest(points(*homes), points(*doors), crossings)
    for home, metres, door in zip(homes, found.metres, found.door, strict=True):
        ways = [slow(home, each, at) for each in doors]
        assert metres == pytest.approx(min(ways, default=math.inf))
        if door >= 0:
            assert ways[door] == pytest.approx(metres)
        if doors and at:
            assert distances(points(home), points(*doors), crossings)[0] == pytest.approx(np.array(ways))


@dataclass(frozen=True)
class World:
    """Embedded London: its homes both ways, the open sites, the ways over the river."""

    areas: pd.DataFrame
    sites: pd.DataFrame
    crossings: Crossings
    postcodes: Postcodes

    @property
    def designated(self) -> pd.DataFrame:
        return self.sites[self.sites["type"] == "designated_centres"].reset_index(drop=True)


@pytest.fixture(scope="module")
def world() -> World:
    library = open_library()
    return World(
        load_small_areas(library.entries),
        open_now(load_sites(library)),
        Crossings.of(load_crossings(library.entries)),
        load_postcodes(library.entries),
    )


def percent(found: pd.Series, column: str) -> float:
    return round(100 * found[column] / found["children"], 1)


def test_children_within_reach_are_as_published(world: World) -> None:
    homes = at_centres(world.areas)
    straight = with_distances(homes, world.sites, None)
    over_bridges = with_distances(homes, world.sites, world.crossings)
    assert of_london(straight)["children"] == 528_970
    reached = [percent(of_london(straight, reach), "within_any") for reach in (800, 1200, 1600)]
    assert reached == [63.2, 83.8, 93.3]
    reached = [percent(of_london(over_bridges, reach), "within_any") for reach in (800, 1200, 1600)]
    assert reached == [63.1, 83.6, 93.0]
    designated = with_distances(homes, world.designated, world.crossings)
    assert percent(of_london(designated), "within_any") == 73.1
    assert percent(of_london(over_bridges), "nearest_across") == 9.8
    left = shares(over_bridges, over_bridges["area_code"])
    most = (left["children"] - left["within_any"]).nlargest(3)
    assert most.to_dict() == {"E09000006": 12_434, "E09000003": 11_054, "E09000016": 7_899}


def test_the_nearest_site_is_across_a_border_for_51985_children(world: World) -> None:
    """With four more crossings, and seven placed from an encyclopaedia, it would be 51,900."""
    over_bridges = with_distances(at_centres(world.areas), world.sites, world.crossings)
    assert of_london(over_bridges)["nearest_across"] == 51_985


@pytest.mark.parametrize(
    ("is_designated", "within", "own", "across"), [(True, 68.3, 63.3, 21.2), (False, 83.0, 78.4, 14.1)]
)
def test_postcodes_within_reach_are_as_published(
    world: World, is_designated: bool, within: float, own: float, across: float
) -> None:
    """Straight lines, without the river, each postcode counted once; whose it is, not where it stands."""
    homes = over_postcodes(world.areas, world.postcodes).assign(children=1.0)
    sites = world.designated if is_designated else world.sites
    sites = sites.assign(stands_in=sites["area_code"])
    found = of_london(with_distances(homes, sites, None))
    assert found["children"] == 331_981
    assert [percent(found, name) for name in ("within_any", "within_own", "nearest_across")] == [
        pytest.approx(within, abs=0.06),
        pytest.approx(own, abs=0.06),
        pytest.approx(across, abs=0.06),
    ]


def test_the_spread_children_are_those_of_their_small_areas(world: World) -> None:
    spread = over_postcodes(world.areas, world.postcodes)
    by_area = spread.groupby("small_area")["children"].sum()
    assert by_area.to_numpy() == pytest.approx(world.areas["children_0_4"].to_numpy())
    found = with_distances(spread, world.sites, world.crossings)
    parts = shares(found, found["area_code"])
    whole = of_london(found)
    for column in ("children", "within_any", "within_own", "only_across", "nearest_across"):
        assert parts[column].sum() == pytest.approx(whole[column])
    assert percent(whole, "within_any") == 83.2
    assert percent(whole, "nearest_across") == 10.5


def test_the_border_costs_the_most_deprived_fifth_less(world: World) -> None:
    found = with_distances(at_centres(world.areas), world.sites, world.crossings)
    by = shares(found, found["is_deprived"])
    assert by["children"].to_dict() == {False: 362_053, True: 166_917}
    assert [percent(by.loc[group], "within_any") for group in (True, False)] == [94.0, 78.7]
    assert [percent(by.loc[group], "nearest_across") for group in (True, False)] == [6.0, 11.6]


def test_each_border_counts_the_children_of_both_of_its_sides_by_hand() -> None:
    homes = pd.DataFrame(
        [("A", "B", 10), ("A", "B", 5), ("B", "A", 4), ("A", "A", 99), ("C", "A", 7), ("C", "D", 15)],
        columns=["area_code", "stands_in", "children"],
    ).assign(site=0)
    assert borders_between(homes).to_dict("list") == {
        "one": ["A", "C", "C"],
        "other": ["B", "D", "A"],
        "from_one": [15, 15, 7],
        "from_other": [4, 0, 0],
        "both": [19, 15, 7],
    }


def test_borders_add_up_to_those_whose_nearest_is_across(world: World) -> None:
    found = with_distances(at_centres(world.areas), world.sites, world.crossings)
    between = borders_between(found)
    assert between["both"].sum() == of_london(found)["nearest_across"]
    assert (between["from_one"] >= between["from_other"]).all()
    across_london = of_london(found, territory=dict.fromkeys(found["area_code"].unique(), "London"))
    outside = between[~between["other"].str.startswith("E09")]["both"].sum()
    assert 0 < across_london["nearest_across"] == outside


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.floats(400, 3000))
def test_closing_never_helps_and_going_further_never_hurts(
    world: World, seed: int, closed: int, reach: float
) -> None:
    homes = at_centres(world.areas)[::7].reset_index(drop=True)
    chosen = np.random.default_rng(seed).choice(len(world.sites), closed, replace=False)
    fewer = world.sites.drop(index=chosen).reset_index(drop=True)
    before = of_london(with_distances(homes, world.sites, world.crossings), reach)
    after = of_london(with_distances(homes, fewer, world.crossings), reach)
    assert after["within_any"] <= before["within_any"]
    assert after["within_own"] <= before["within_own"]
    assert after["metres"] >= before["metres"]
    for found in (before, after):
        assert found["within_own"] <= found["within_any"] <= found["children"]
        assert found["within_any"] - found["within_own"] == pytest.approx(found["only_across"])
    further = of_london(with_distances(homes, world.sites, world.crossings), reach * 1.2)
    assert further["within_any"] >= before["within_any"]


def straight_in_numbers(world: World, code: str, is_south: bool) -> float:
    """The way to the nearest site, worked out in plain Python, one way after the other."""
    place = world.postcodes.find(code).place
    assert place is not None
    assert (place.bank == "south") == is_south
    here = (place.easting, place.northing)
    ends = list(zip(world.crossings.north.tolist(), world.crossings.south.tolist(), strict=True))
    ways = []
    for site in world.sites.to_dict("records"):
        door = (site["easting"], site["northing"])
        if site["is_south"] == is_south:
            ways.append(math.dist(here, door))
            continue
        for north, south in ends:
            near, far = (south, north) if is_south else (north, south)
            ways.append(math.dist(here, near) + math.dist(near, far) + math.dist(far, door))
    return min(ways)


# both sides of five borders, then both banks of the Thames
@pytest.mark.parametrize(
    "code",
    [
        *("N4 2HR", "N4 1AA", "E8 3SB", "E2 9DA", "NW6 2AA", "NW2 3AA", "SE15 3AA", "SE14 5AA"),
        *("E11 1AA", "E7 0AA", "E1W 3SS", "SE16 4JX", "SW3 5RQ", "SW11 4PL", "TW1 3AP", "TW9 1PG"),
    ],
)
def test_hand_checked_postcodes(world: World, code: str) -> None:
    place = world.postcodes.find(code).place
    if place is None:
        pytest.fail(f"{code} is not in the directory")
    is_south = place.bank == "south"
    here = Points(np.array([[place.easting, place.northing]], dtype=float), np.array([is_south]))
    found = nearest(here, Points.of(world.sites), world.crossings)
    assert found.metres[0] == pytest.approx(straight_in_numbers(world, code, is_south), abs=1)


def test_minutes_are_those_of_the_report() -> None:
    assert [minutes(metres) for metres in (1200, 800, 410, 20)] == [15, 10, 5, 1]


def test_places_lie_on_the_map_where_proj_puts_them_by_itself(world: World) -> None:
    """That its choice is written out moves nothing."""
    at = world.postcodes.easting, world.postcodes.northing
    expected = Transformer.from_crs(METRIC, LONGITUDE_LATITUDE, always_xy=True).transform(*at)
    np.testing.assert_allclose(onto_map().transform(*at), expected, atol=1e-9)


def test_what_is_kept_of_a_table_tells_the_same(world: World) -> None:
    spread = over_postcodes(world.areas, world.postcodes)
    whole = with_distances(spread, world.sites, world.crossings)
    kept = compact(whole)
    assert kept.memory_usage(deep=True).sum() < 0.3 * whole.memory_usage(deep=True).sum()
    expected = shares(whole, whole["area_code"], 800)
    found = shares(kept, kept["area_code"], 800)
    pd.testing.assert_frame_equal(found.set_index(found.index.astype(str)), expected, check_names=False)
