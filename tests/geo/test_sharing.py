"""Children for each centre within reach: by hand in a toy world, by what must hold of any, and in London."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from data_loaders.sites import open_on
from geo.access.indicators import FOR_EACH_CENTRE, observations
from geo.access.sharing import for_each_centre, shared
from geo.tables.london import LONDON, London, place_table

from .conftest import Ground
from .test_access import BRIDGE
from .test_scenario import REACH, home, site

# a at 0 is near the homes at 0 and 1000, b at 2000 near those at 1000 and 2500; nobody lives near c
SITES = pd.DataFrame([site("a", 0, "A"), site("b", 2000, "B"), site("c", 30_000, "B")])
HOMES = pd.DataFrame([home(0, "A", 10), home(1000, "A", 30), home(2500, "B", 60), home(9000, "B", 7)])


def test_each_centre_is_shared_by_the_children_around_it() -> None:
    found = shared(HOMES, SITES, BRIDGE, REACH)
    assert found["centres"].tolist() == [1, 2, 1, 0]
    # a by 10 + 30 children, b by 30 + 60. PyPI access 1.1.10 gives 1/40, 1/40 + 1/90, 1/90 and no row
    of_a_child = [1 / 40, 1 / 40 + 1 / 90, 1 / 90]
    assert found["a_centre"].tolist()[:3] == pytest.approx([1 / part for part in of_a_child])
    assert np.isnan(found["a_centre"][3])
    assert found["share"].tolist() == pytest.approx([10 / 40, 30 / 40 + 30 / 90, 60 / 90, 0])


def test_a_group_has_the_children_and_the_centres_of_all_its_homes() -> None:
    table = shared(HOMES, SITES, BRIDGE, REACH)
    found = for_each_centre(table, HOMES["area_code"])
    assert found["children"].tolist() == [40, 67]
    # the 7 who have no centre within reach are not among those who share one
    assert found["within"].tolist() == [40, 60]
    assert found["a_centre"].tolist() == pytest.approx([40 / (1 + 1 / 3), 60 / (2 / 3)])
    nobody = for_each_centre(shared(HOMES.tail(1), SITES, BRIDGE, REACH), HOMES["area_code"].tail(1))
    assert nobody["within"].tolist() == [0]
    assert nobody["a_centre"].isna().all()


def test_centres_outside_london_are_left_out() -> None:
    around = pd.concat([SITES, pd.DataFrame([site("d", 9000, "") | {"stands_in": "X"}])], ignore_index=True)
    pd.testing.assert_frame_equal(shared(HOMES, around, BRIDGE, REACH), shared(HOMES, SITES, BRIDGE, REACH))
    assert shared(HOMES, SITES.head(0), BRIDGE, REACH)["a_centre"].isna().all()


eastings = st.integers(-3000, 3000)


@given(
    where=st.lists(st.tuples(eastings, st.sampled_from("AB"), st.integers(0, 90)), min_size=1, max_size=10),
    doors=st.lists(st.tuples(eastings, st.sampled_from("AB")), min_size=1, max_size=6),
    reach=st.integers(100, 3000),
)
def test_no_part_of_a_centre_is_lost_and_one_less_is_never_fewer_children_for_each(
    where: list[tuple[int, str, int]], doors: list[tuple[int, str]], reach: int
) -> None:
    homes = pd.DataFrame([home(x, area, children) for x, area, children in where])
    sites = pd.DataFrame([site(str(row), x, area) for row, (x, area) in enumerate(doors)])
    found = shared(homes, sites, BRIDGE, reach)
    # a slow truth: each centre gives each child within reach of it the same part
    near = abs(homes["easting"].to_numpy()[:, None] - sites["easting"].to_numpy()) <= reach
    sharing = (near * homes["children"].to_numpy()[:, None]).sum(axis=0)
    parts = [sum(1 / by for by, is_near in zip(sharing, row, strict=True) if is_near and by) for row in near]
    assert np.nan_to_num(1 / found["a_centre"]).tolist() == pytest.approx(parts)
    assert found["share"].sum() == pytest.approx((sharing > 0).sum())
    assert (found["centres"] == near.sum(axis=1)).all()
    by_area = for_each_centre(found, homes["area_code"])
    assert by_area["share"].sum() == pytest.approx(found["share"].sum())
    assert (by_area["within"] <= by_area["children"]).all()
    fewer = shared(homes, sites.iloc[1:], BRIDGE, reach)["a_centre"].fillna(np.inf)
    assert (fewer >= found["a_centre"].fillna(np.inf) * (1 - 1e-9)).all()


def test_london_has_as_many_centres_to_share_as_it_lists(london: London, ground: Ground) -> None:
    name = "access_children_per_centre"
    sites = open_on(ground.sites, "2026-08-19")
    found = shared(ground.homes, sites, ground.crossings)
    assert found["share"].sum() == pytest.approx((sites["area_code"] != "").sum()) == pytest.approx(454)
    known = place_table(london, name, "2026-08-19", "2026").set_index("area_code")
    assert known.loc[LONDON, "value"] == pytest.approx(found["children"][found["centres"] > 0].sum() / 454)
    by_area = for_each_centre(found, ground.homes["area_code"])["a_centre"]
    assert known["value"][by_area.index].to_numpy() == pytest.approx(by_area.to_numpy(), abs=1e-3)
    # who is left out is said where they are many, and nowhere else
    bromley, hackney = known.loc["E09000006"], known.loc["E09000012"]
    assert bromley["note"].startswith(
        "12,434 of 19,497 children there have no centre of London within 1.2 km"
    )
    assert hackney["note"] == ""


def test_a_borough_where_nobody_has_a_centre_within_reach_has_no_value_and_a_reason(ground: Ground) -> None:
    day = "2026-08-19"
    hackney = ground.sites[ground.sites["area_code"] == "E09000012"]
    rows = observations(ground.areas, hackney, ground.crossings, [day])
    found = rows[rows["indicator_id"] == FOR_EACH_CENTRE].set_index("area_code")
    assert len(found) == 33
    assert found.loc["E09000012", "value"] > 0
    harrow = found.loc["E09000015"]
    assert np.isnan(harrow["value"])
    assert harrow["status"] == "not_applicable"
    assert harrow["note"].startswith("15,706 of 15,706 children")
