"""Which few reach most: against every choice tried one by one, and as the scenario of it counts it."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.sparse import csr_array

from data_loaders.postcodes import Postcodes
from geo.access.covering import most_covering, one_by_one
from geo.access.scenario import candidates, change, changed, reached

from .conftest import Ground
from .test_scenario import REACH


def weight(covers: np.ndarray, weights: np.ndarray, chosen: tuple[int, ...]) -> float:
    return float(weights[covers[list(chosen)].any(axis=0)].sum())


@given(
    rows=st.integers(1, 7),
    columns=st.integers(0, 12),
    number=st.integers(1, 5),
    data=st.data(),
)
def test_no_other_choice_covers_more(rows: int, columns: int, number: int, data: st.DataObject) -> None:
    bits = data.draw(st.lists(st.booleans(), min_size=rows * columns, max_size=rows * columns))
    covers = np.array(bits, dtype=bool).reshape(rows, columns)
    counted = st.lists(st.integers(0, 400), min_size=columns, max_size=columns)
    weights = np.array(data.draw(counted), dtype=float)
    found = most_covering(csr_array(covers), weights, number)
    assert len(set(found.chosen)) == len(found.chosen) <= number
    assert weight(covers, weights, found.chosen) == found.covered == found.bound
    every = (weight(covers, weights, each) for each in combinations(range(rows), min(number, rows)))
    assert found.covered == max(every)


def test_one_after_the_other_can_be_worse_and_is_improved() -> None:
    # the best single row has the four in the middle; the best two share everything without it
    covers = csr_array(np.array([[0, 1, 1, 1, 1, 0], [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], dtype=bool))
    weights = np.array([15, 10, 10, 10, 10, 15], dtype=float)
    assert one_by_one(covers, weights, 2) == [(0, 40), (1, 15)]
    found = most_covering(covers, weights, 2)
    assert (set(found.chosen), found.covered, found.bound) == ({1, 2}, 70, 70)


def test_without_time_it_says_what_it_has_and_that_more_may_be_possible(
    ground: Ground, postcodes: Postcodes
) -> None:
    homes = ground.with_sites(ground.sites)
    without = homes[homes["metres"] > REACH]
    covers = reached(candidates(ground.areas, postcodes), without, ground.crossings, REACH)
    children = without["children"].to_numpy()
    hurried = most_covering(covers, children, 5, seconds=0)
    settled = most_covering(covers, children, 5)
    assert hurried.covered == sum(gained for _, gained in one_by_one(covers, children, 5))
    assert hurried.covered < settled.covered == settled.bound <= hurried.bound


@pytest.mark.parametrize("by_own", [False, True])
def test_what_is_promised_of_several_is_what_their_scenario_gives(
    ground: Ground, postcodes: Postcodes, by_own: bool
) -> None:
    own = {code: code for code in ground.homes["area_code"].unique()} if by_own else None
    before = ground.with_sites(ground.sites, own)
    doors, without = candidates(ground.areas, postcodes), before[before["metres"] > REACH]
    covers = reached(doors, without, ground.crossings, REACH, own)
    found = most_covering(covers, without["children"].to_numpy(), 4)
    places = [postcodes.place(row) for row in doors["postcode_row"].iloc[list(found.chosen)]]
    after = ground.with_sites(changed(ground.sites, [], places), own)
    assert change(before, after, REACH)["gains"].sum() == found.covered == found.bound


def test_what_is_promised_of_those_that_stay_is_what_their_scenario_gives(ground: Ground) -> None:
    before = ground.with_sites(ground.sites)
    closed = ground.sites[ground.sites["area_code"] == "E09000006"].reset_index(drop=True)

    def losing(urns: set[str]) -> float:
        return float(change(before, ground.with_sites(changed(ground.sites, urns, [])), REACH)["loses"].sum())

    urns = closed["urn"].tolist()
    lost = change(before, ground.with_sites(changed(ground.sites, urns, [])), REACH)
    homes = ground.homes[lost["loses"] > 0]
    covers = reached(closed, homes, ground.crossings, REACH)
    for number in (1, 2, 3):
        found = most_covering(covers, homes["children"].to_numpy(), number)
        staying = {urns[row] for row in found.chosen}
        assert losing(set(urns)) - losing(set(urns) - staying) == found.covered
        # no other of as many would leave fewer without one
        others = list(combinations(urns, number))[:: 1 + len(urns) * number // 8]
        assert min(losing(set(urns).difference(each)) for each in others) >= losing(set(urns) - staying)
