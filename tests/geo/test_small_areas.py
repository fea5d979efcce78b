"""What is known of each small area, that it adds up to what is known of boroughs, and the outlines."""

import numpy as np
import pandas as pd
import pytest
import shapely

from data_loaders.library import Library
from data_loaders.sites import load_sites, open_on
from geo.access import outlines
from geo.access.distance import Crossings
from geo.access.homes import at_centres, load_crossings, load_small_areas
from geo.access.reach import REACH_M, with_distances
from geo.access.shapes import load_shapes
from geo.access.sharing import shared
from geo.access.small_areas import (
    ANOTHERS,
    ELSEWHERE,
    METRES_TO,
    OF_A_DAY,
    UNKNOWN,
    Figure,
    counted,
    of_figure,
)
from geo.tables.london import London

DAY = "2026-08-19"
WITHIN = METRES_TO.index(REACH_M)


@pytest.fixture(scope="module")
def areas(library: Library) -> pd.DataFrame:
    return load_small_areas(library.entries)


@pytest.fixture(scope="module")
def reached(library: Library, areas: pd.DataFrame) -> pd.DataFrame:
    crossings = Crossings.of(load_crossings(library.entries))
    return with_distances(at_centres(areas), open_on(load_sites(library), DAY), crossings)


@pytest.fixture(scope="module")
def topology(library: Library) -> dict:
    return outlines.load_topology(library.entries)


def test_the_children_of_small_areas_are_those_of_the_census(areas: pd.DataFrame) -> None:
    rows = of_figure(Figure.CHILDREN, areas)
    assert len(rows) == 4_994
    assert rows["value"].sum() == rows["children"].sum() == counted(rows)["children"].sum() == 528_970
    assert counted(rows)["areas"].sum() == 4_994
    bounds = [(0, 74), (75, 99), (100, 129), (130, rows["children"].max())]
    for group, (least, most) in enumerate(bounds):
        assert rows.loc[rows["group"] == group, "children"].between(least, most).all()


@pytest.mark.parametrize(
    ("figure", "indicator", "groups"),
    [
        (Figure.NEAREST, "access_any_centre", range(WITHIN + 1)),
        (Figure.NEAREST_OWN, "access_own_centre", range(WITHIN + 1)),
        (Figure.IN_REACH, "access_only_across_border", [ANOTHERS]),
        (Figure.ACROSS, "access_nearest_across_border", [ELSEWHERE]),
    ],
)
def test_the_groups_of_small_areas_add_up_to_the_figures_of_boroughs(
    areas: pd.DataFrame, reached: pd.DataFrame, london: London, figure: Figure, indicator: str, groups: range
) -> None:
    rows = of_figure(figure, areas, reached)
    found = rows[rows["group"].isin(groups)].groupby("area_code")["children"].sum()
    known = london.figures_of(indicator)
    known = known[(known["period"] == DAY) & (known["area_type"] == "borough")].set_index("area_code")
    assert len(known) == 33
    assert (found.reindex(known.index, fill_value=0) == known["numerator"]).all()
    assert (rows.groupby("area_code")["children"].sum()[known.index] == known["denominator"]).all()


def test_those_who_share_a_centre_are_the_children_of_the_boroughs_figures(
    areas: pd.DataFrame, library: Library, london: London
) -> None:
    crossings = Crossings.of(load_crossings(library.entries))
    together = shared(at_centres(areas), open_on(load_sites(library), DAY), crossings)
    rows = of_figure(Figure.SHARED, areas, together)
    found = rows[rows["group"] != UNKNOWN].groupby("area_code")["children"].sum()
    known = london.figures_of("access_children_per_centre")
    known = known[(known["period"] == DAY) & (known["area_type"] == "borough")].set_index("area_code")
    assert (found.reindex(known.index) == known["numerator"]).all()
    assert len(known) == 33
    bounds = [(0, 750), (750, 1_000), (1_000, 1_500), (1_500, np.inf)]
    for group, (least, end) in enumerate(bounds):
        written = rows.loc[rows["group"] == group, "value"].round()
        assert written.between(least, end, inclusive="left").all()
    # no number, and no infinite one, where none is within reach
    assert (rows["centres"].eq(0) == rows["value"].isna()).all()


def test_the_most_deprived_fifth_is_that_of_the_indices(areas: pd.DataFrame) -> None:
    rows = of_figure(Figure.DEPRIVATION, areas)
    assert (rows["group"].eq(4) == areas["is_deprived"]).all()
    assert (areas["idaci_decile"][rows["group"] == 0] >= 9).all()


def test_what_is_not_known_is_no_group(areas: pd.DataFrame, reached: pd.DataFrame) -> None:
    some = areas.head(3).assign(idaci_decile=[1.0, np.nan, 10.0])
    assert list(of_figure(Figure.DEPRIVATION, some)["group"]) == [4, UNKNOWN, 0]
    # an authority that lists no site of its own, and a register without any
    near = reached.head(3).assign(metres_own=np.inf)
    assert set(of_figure(Figure.NEAREST_OWN, some, near)["group"]) == {UNKNOWN}
    assert UNKNOWN not in set(of_figure(Figure.NEAREST, some, near)["group"])
    nowhere = near.assign(metres=np.inf, site=-1, stands_in="")
    for figure in (Figure.NEAREST, Figure.ACROSS):
        rows = of_figure(figure, some, nowhere)
        assert set(rows["group"]) == {UNKNOWN}
        assert rows["value"].isna().all()


def test_a_way_of_just_the_distance_is_within_it(areas: pd.DataFrame, reached: pd.DataFrame) -> None:
    some, ways = areas.head(4), [0.0, 400.0, 400.1, 1_600.1]
    near = reached.head(4).assign(metres=ways, metres_own=ways)
    assert list(of_figure(Figure.NEAREST, some, near)["group"]) == [0, 0, 1, 4]
    assert list(of_figure(Figure.NEAREST_OWN, some, near)["group"]) == [0, 0, 1, 4]


def test_figures_of_a_day_need_distances(areas: pd.DataFrame) -> None:
    for figure in OF_A_DAY:
        with pytest.raises(AssertionError):
            of_figure(figure, areas)


def test_a_browser_gets_every_small_area_with_its_name_and_authority(
    topology: dict, areas: pd.DataFrame
) -> None:
    names = {code: f"Name of {code}" for code in areas["area_code"].unique()}
    packed = outlines.packed(topology, areas, names)
    assert packed["names"] == areas["name"].tolist()
    said = [packed["authorities"][place] for place in packed["authority"]]
    assert said == [names[code] for code in areas["area_code"]]
    assert all(packed["shapes"])
    # a quarter of a million numbers, and never one of the 332,000 postcodes
    assert sum(map(len, packed["arcs"])) < 150_000


def test_packed_outlines_are_those_of_the_table(
    topology: dict, areas: pd.DataFrame, library: Library
) -> None:
    names = dict.fromkeys(areas["area_code"], "")
    packed, shapes = outlines.packed(topology, areas, names), load_shapes(library.entries)
    scale, origin = np.array(packed["scale"]), np.array(packed["translate"])
    for place in (0, 1_234, 4_993):
        runs = [
            np.cumsum(np.array(packed["arcs"][arc if arc >= 0 else ~arc]).reshape(-1, 2), axis=0)
            for arc in packed["shapes"][place][0]
        ]
        drawn = np.vstack(runs) * scale + origin
        known = np.array(shapes[areas["small_area"][place]][0][0])
        assert np.allclose(drawn.min(axis=0), known.min(axis=0), atol=1e-5)
        assert np.allclose(drawn.max(axis=0), known.max(axis=0), atol=1e-5)


def test_missing_small_areas_leave_a_gap_and_no_error(topology: dict, areas: pd.DataFrame) -> None:
    names = dict.fromkeys(areas["area_code"], "")
    less = topology | {
        "objects": {"small_areas": {"geometries": topology["objects"]["small_areas"]["geometries"][5:]}}
    }
    gone = {each["id"] for each in topology["objects"]["small_areas"]["geometries"][:5]}
    packed = outlines.packed(less, areas, names)
    assert [bool(rings) for rings in packed["shapes"]] == [code not in gone for code in areas["small_area"]]
    # and a table that has fewer than the outlines
    assert len(outlines.packed(topology, areas.head(10), names)["shapes"]) == 10


def test_borders_lie_between_two_authorities_or_at_the_edge(topology: dict, areas: pd.DataFrame) -> None:
    authorities = dict(zip(areas["small_area"], areas["area_code"], strict=True))
    edges = outlines.borders(topology, authorities)
    pairs = {frozenset(pair) for pair in zip(edges.one, edges.other, strict=True)}
    camden, islington, bexley = "E09000007", "E09000019", "E09000004"
    assert frozenset({camden, islington}) in pairs
    assert frozenset({camden, bexley}) not in pairs
    assert frozenset({bexley, ""}) in pairs
    assert all(edges.one)
    (line,) = outlines.lines(topology, edges.arc[:1])
    assert all(-0.6 < x < 0.4 and 51.2 < y < 51.8 for x, y in line)


def test_thinned_outlines_keep_their_places_and_run_as_d3_wants_them(
    topology: dict, areas: pd.DataFrame, library: Library
) -> None:
    codes = set(areas.loc[areas["area_code"] == "E09000012", "small_area"])
    thin = outlines.thinned(topology, codes, 4)
    drawn = thin["objects"]["small_areas"]["geometries"]
    assert {each["id"] for each in drawn} == codes
    scale, origin = (np.array(thin["transform"][name]) for name in ("scale", "translate"))
    points = [np.cumsum(np.array(arc), axis=0) * scale + origin if arc else None for arc in thin["arcs"]]
    shapes = load_shapes(library.entries)
    for each in drawn:
        for polygon in each["arcs"]:
            for place, ring in enumerate(polygon):
                runs = [points[arc if arc >= 0 else ~arc][:: 1 if arc >= 0 else -1] for arc in ring]
                assert shapely.is_ccw(shapely.LinearRing(np.vstack(runs))) == (place > 0)
        first = np.vstack([points[arc if arc >= 0 else ~arc] for arc in each["arcs"][0][0]])
        known = np.array(shapes[each["id"]][0][0])
        # 20 m are 0.0003 of a degree of longitude here
        assert np.allclose(first.min(axis=0), known.min(axis=0), atol=3e-4)
