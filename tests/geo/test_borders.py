"""Neighbours and the differences between them."""

from collections import Counter
from itertools import combinations, pairwise

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon

from data_loaders import store
from geo.borders import across_borders, holm
from geo.join import London
from tests.builders import read_csv

SCHOOL = ("gld_2013_2019", "2019", "2022")


def sides(geometry: Polygon | MultiPolygon) -> set[frozenset[tuple[float, float]]]:
    """The sides of all rings of an area, without direction."""
    found: set[frozenset[tuple[float, float]]] = set()
    parts = geometry.geoms if hasattr(geometry, "geoms") else [geometry]
    for part in parts:
        for ring in (part.exterior, *part.interiors):
            found |= {frozenset(side) for side in pairwise(ring.coords)}
    return found


def test_neighbours_are_those_whose_detailed_boundaries_share_more_than_ten_metres() -> None:
    areas = gpd.read_file(store.SNAPSHOT / "boroughs_detailed.geojson")
    of_area = {code: sides(shape) for code, shape in zip(areas["area_code"], areas.geometry, strict=True)}
    expected = set()
    for left, right in combinations(sorted(of_area), 2):
        shared = [LineString(tuple(side)) for side in of_area[left] & of_area[right]]
        if gpd.GeoSeries(shared, crs=4326).to_crs(27700).length.sum() > 10:
            expected.add((left, right))
    found = {(row["left"], row["right"]) for row in read_csv(store.SNAPSHOT / "neighbours.csv")}
    assert found == expected
    assert len(found) == 68


def test_every_authority_has_neighbours_and_every_crossing_joins_two_that_have_none_on_land(
    london: London,
) -> None:
    pairs = london.neighbours
    assert set(pairs["left"]) | set(pairs["right"]) == set(london.borough_codes.values())
    assert (pairs["left"] < pairs["right"]).all()
    assert not pairs.duplicated(["left", "right"]).any()
    assert Counter(pairs["how"] != "") == {False: 68, True: 9}


def test_categories_do_not_differ_by_an_amount(london: London) -> None:
    assert across_borders(london, "family_hubs_programme", "2022", "2022", None, crossings=True).empty


def test_the_largest_difference_comes_first_worked_by_hand(london: London) -> None:
    first = across_borders(london, *SCHOOL, None, crossings=False).iloc[0]
    assert (first["higher"], first["lower"]) == ("Waltham Forest", "Hackney")
    assert (first["value_higher"], first["value_lower"]) == (76.4, 69.6)
    assert first["gap"] == pytest.approx(6.8)
    counts = {
        row["area_code"]: (int(row["numerator"]), int(row["denominator"]))
        for row in read_csv(store.SNAPSHOT / "observations" / "dfe_eyfsp.csv")
        if row["period"] == "2019" and row["numerator"]
    }
    (x1, n1), (x2, n2) = counts["E09000031"], counts["E09000012"]
    p1, p2 = x1 / n1, x2 / n2
    half = 1.959964 * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) ** 0.5
    assert first["lower_95"] == pytest.approx(100 * (p1 - p2 - half))
    assert first["upper_95"] == pytest.approx(100 * (p1 - p2 + half))
    assert 0 < first["p"] < 0.001


def test_a_border_between_icss_depends_on_the_boundaries_of_the_time(london: London) -> None:
    def crossing(vintage: str) -> set[tuple[str, str]]:
        pairs = across_borders(london, "gld_2013_2019", "2019", vintage, None, crossings=False)
        return set(pairs.loc[pairs["crosses_ics"], ["left", "right"]].itertuples(index=False, name=None))

    barnet_and_brent = ("E09000003", "E09000005")
    assert barnet_and_brent in crossing("2022")
    assert barnet_and_brent not in crossing("2026")
    assert crossing("2026") < crossing("2022")


def test_the_river_parts_neighbours_unless_a_bridge_is_asked_for(london: London) -> None:
    on_land = across_borders(london, *SCHOOL, None, crossings=False)
    with_bridges = across_borders(london, *SCHOOL, None, crossings=True)
    assert set(on_land["how"]) == {""}
    extra = with_bridges[with_bridges["how"] != ""]
    # the City of London has too few children to be compared
    assert len(extra) == 8
    assert "Tower Bridge" in set(extra["how"])


def test_an_ics_is_looked_at_with_its_neighbours_outside(london: London) -> None:
    pairs = across_borders(london, *SCHOOL, "NEL", crossings=False)
    inside = set(london.footprints.query("vintage == '2022' and ics_code == 'NEL'")["area_code"])
    assert all(row.left in inside or row.right in inside for row in pairs.itertuples())
    assert pairs["crosses_ics"].any()


def test_without_counts_there_is_no_interval(london: London) -> None:
    pairs = across_borders(london, "gld_2022_on", "2024", "2022", None, crossings=False)
    assert pairs[["lower_95", "upper_95", "p"]].isna().all(axis=None)
    assert (pairs["gap"].diff().dropna() <= 0).all()


def test_without_figures_there_are_no_pairs(london: London) -> None:
    assert across_borders(london, "new_birth_visit_14_days", "2024/25", "2022", None, crossings=True).empty


def test_p_values_are_adjusted_for_their_number() -> None:
    # 0.01 x 4, 0.02 x 3, 0.03 x 2, and the last is no smaller than the one before
    assert list(holm(pd.Series([0.03, 0.01, 0.04, 0.02]))) == pytest.approx([0.06, 0.04, 0.06, 0.06])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_adjusting_keeps_the_order_and_makes_nothing_surer(values: list[float], random: object) -> None:
    p = pd.Series(values)
    adjusted = holm(p)
    assert (adjusted >= p - 1e-15).all()
    assert (adjusted <= 1).all()
    assert adjusted[p.sort_values(kind="stable").index].is_monotonic_increasing
    mixed = p.sample(frac=1, random_state=random.randint(0, 2**31))  # type: ignore[attr-defined]
    pd.testing.assert_series_equal(holm(mixed).sort_index(), adjusted.sort_index(), check_exact=False)
