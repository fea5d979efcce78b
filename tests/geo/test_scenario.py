"""Scenarios: by hand in a toy world, by what must hold in any, and against a slow truth in London."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from data_loaders.postcodes import Place, Postcodes
from geo.access.distance import Crossings, are_within, nearest
from geo.access.reach import with_distances
from geo.access.scenario import best_places, by_authority, candidates, change, changed, mean_way

from .conftest import Ground
from .test_access import BRIDGE, bridges, coordinates, points

REACH = 1_200


def site(urn: str, easting: float, area: str) -> dict:
    """A centre of the toy world, on its northern bank."""
    where = {"easting": easting, "northing": 100, "is_south": False}
    return {
        "urn": urn,
        "name": urn,
        "type": "designated_centres",
        "area_code": area,
        "stands_in": area,
    } | where


def home(easting: float, area: str, children: int, is_deprived: bool = False) -> dict:
    where = {"easting": easting, "northing": 100, "is_south": False}
    return {
        "area_code": area,
        "small_area": 0,
        "children": float(children),
        "is_deprived": is_deprived,
    } | where


# A has a centre at 0, B one at 2000; homes in A at 0 and at 1500, in B at 2500
SITES = pd.DataFrame([site("a", 0, "A"), site("b", 2000, "B")])
HOMES = pd.DataFrame([home(0, "A", 10), home(1500, "A", 20, is_deprived=True), home(2500, "B", 40)])


def changes(sites: pd.DataFrame) -> pd.DataFrame:
    return change(with_distances(HOMES, SITES, BRIDGE), with_distances(HOMES, sites, BRIDGE), REACH)


def test_who_loses_a_centre_within_reach_and_how_much_further_the_next_is() -> None:
    found = changes(changed(SITES, {"b"}, []))
    # the home at 1500 was 500 m from b, in B; its own, a, is 1500 m away and was out of reach before
    assert found["loses"].tolist() == [0, 20, 40]
    assert found["loses_own"].tolist() == [0, 0, 40]
    assert found["metres"].tolist() == [0, 1000, 2000]
    assert mean_way(found)[0] == pytest.approx((20 * 1000 + 40 * 2000) / 60)
    assert math.isnan(mean_way(found)[1])
    table = by_authority(found)
    assert table.loc["A", ["children", "loses", "further"]].tolist() == [30, 20, 20]
    assert table.loc["B", ["children", "loses", "loses_own", "further"]].tolist() == [40, 40, 40, 40]


def test_who_gains_a_centre_of_their_own_authority() -> None:
    place = Place("E1 1AA", 1400, 100, "E09000001", "north", None)
    assert changed(SITES, [], [place]).iloc[-1][["area_code", "stands_in"]].tolist() == ["E09000001"] * 2
    outside = Place("DA1 1AA", 1400, 100, "E07000107", "north", None)
    assert changed(SITES, [], [outside]).iloc[-1][["area_code", "stands_in"]].tolist() == ["", "E07000107"]
    of_a = pd.concat([SITES, pd.DataFrame([site("new", 1400, "A")])], ignore_index=True)
    found = changes(of_a)
    assert found["gains"].tolist() == [0, 0, 0]
    assert found["gains_own"].tolist() == [0, 20, 0]
    assert found["nearer"].tolist() == [0, 20, 0]


def test_a_centre_that_moves_stays_its_authoritys_and_moved_back_nothing_has_changed() -> None:
    place = Place("E1 1AA", 1400, 100, "E09000001", "north", None)
    moved = changed(SITES, [], [], {"a": place})
    assert moved.loc[0, ["urn", "area_code", "stands_in"]].tolist() == ["a", "A", "E09000001"]
    assert len(moved) == len(SITES)
    found = changes(moved)
    # those at 0 had it at their door; those at 1500 have one of their own authority now
    assert found["loses"].tolist() == [10, 0, 0]
    assert found["gains_own"].tolist() == [0, 20, 0]
    back = Place("E1 1AB", 0, 100, "A", "north", None)
    assert len(by_authority(changes(changed(moved, [], [], {"a": back})))) == 0
    # one that closes as well is closed
    assert changed(SITES, ["a"], [], {"a": place})["urn"].tolist() == ["b"]


@given(points_=st.lists(coordinates, max_size=6), doors=st.lists(coordinates, max_size=5), at=bridges)
def test_what_is_within_reach_is_what_the_shortest_way_says(
    points_: list[tuple[int, int]], doors: list[tuple[int, int]], at: list[int]
) -> None:
    ends = [np.array([[x, y] for x in at], float).reshape(-1, 2) for y in (40, -40)]
    crossings, there = Crossings(*ends), points(*points_)
    found = are_within(points(*doors), there, crossings, REACH)
    for row, door in enumerate(doors):
        assert found[row].tolist() == (nearest(there, points(door), crossings).metres <= REACH).tolist()


def test_closing_never_brings_a_centre_nearer_and_undone_nothing_changes(ground: Ground) -> None:
    before = ground.with_sites(ground.sites)
    closed = set(ground.sites.loc[ground.sites["area_code"] == "E09000012", "urn"])
    assert len(closed) > 5
    found = change(before, ground.with_sites(changed(ground.sites, closed, [])), REACH)
    assert found[["gains", "gains_own", "nearer"]].to_numpy().sum() == 0
    assert found["loses"].sum() > 0
    undone = change(before, ground.with_sites(changed(ground.sites, [], [])), REACH)
    assert len(by_authority(undone)) == 0
    assert by_authority(found)["loses"].sum() == found["loses"].sum()


def test_to_move_a_centre_is_to_close_it_and_open_one_there(ground: Ground, postcodes: Postcodes) -> None:
    place = postcodes.find("SE12 8LT").place
    assert place is not None
    before = ground.with_sites(ground.sites)
    for urn in ground.sites.loc[ground.sites["area_code"] != "", "urn"].iloc[::60]:
        moved = change(before, ground.with_sites(changed(ground.sites, [], [], {urn: place})), REACH)
        both = change(before, ground.with_sites(changed(ground.sites, [urn], [place])), REACH)
        columns = ["loses", "gains", "further", "nearer", "metres"]
        pd.testing.assert_frame_equal(moved[columns], both[columns])


def test_the_place_that_is_suggested_gives_a_centre_to_as_many_children_as_it_says_and_most(
    ground: Ground, postcodes: Postcodes
) -> None:
    before = ground.with_sites(ground.sites)
    doors = candidates(ground.areas, postcodes)
    found = best_places(before, doors, ground.crossings, REACH, 3)
    opened = [postcodes.place(row) for row in found["postcode_row"]]
    for number in (1, 2, 3):
        after = ground.with_sites(changed(ground.sites, [], opened[:number]))
        assert change(before, after, REACH)["gains"].sum() == found["gains"].head(number).sum()
    # no other place reaches more, by the plain distance of one bank
    without = before[before["metres"] > REACH]
    for row in doors.sample(200, random_state=1).itertuples():
        same_bank = without[without["is_south"] == row.is_south]
        near = np.hypot(same_bank["easting"] - row.easting, same_bank["northing"] - row.northing) <= REACH
        assert same_bank.loc[near, "children"].sum() <= found["gains"].iloc[0]


def test_where_everybody_has_a_centre_nothing_is_suggested() -> None:
    near = with_distances(HOMES, pd.DataFrame([site("c", 1200, "A")]), BRIDGE)
    doors = pd.DataFrame([{"easting": 0, "northing": 100, "is_south": False, "area_code": "A"}])
    assert len(best_places(near[near["metres"] <= REACH], doors, BRIDGE, REACH, 3)) == 0
