"""Neighbours and the differences between them."""

from collections import Counter
from itertools import combinations, pairwise
from statistics import NormalDist

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from shapely import LineString, MultiPolygon, Polygon

from data_loaders import store
from geo.places.borders import across_borders, holm, verdicts
from geo.tables.london import London
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

    def z_of(left: str, right: str) -> tuple[float, float]:
        (x1, n1), (x2, n2) = counts[left], counts[right]
        p1, p2 = x1 / n1, x2 / n2
        error = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) ** 0.5
        return abs(p1 - p2) / error, error

    tables = ("neighbours.csv", "river_crossings.csv")
    all_pairs = {(row["left"], row["right"]) for name in tables for row in read_csv(store.SNAPSHOT / name)}
    all_z = [z_of(*pair)[0] for pair in all_pairs if "E09000001" not in pair]
    z, error = z_of("E09000012", "E09000031")
    surer = sum(other > z for other in all_z)
    # of 71 borders and crossings, those that are surer are tested before this one
    assert (len(all_z), surer) == (71, 4)
    half = NormalDist().inv_cdf(1 - 0.05 / (71 - surer) / 2) * error
    assert first["interval_from"] == pytest.approx(100 * (z * error - half))
    assert first["interval_to"] == pytest.approx(100 * (z * error + half))
    assert first["p"] == pytest.approx((71 - surer) * 2 * NormalDist().cdf(-z), rel=1e-6)


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


@pytest.mark.parametrize("vintage", ["2022", "2026"])
def test_a_border_has_one_verdict_whatever_else_is_looked_at(vintage: str, london: London) -> None:
    said = ["gap", "interval_from", "interval_to", "p"]
    for indicator, period in (("gld_2013_2019", "2019"), ("gld_2013_2019", "2013")):
        whole = across_borders(london, indicator, period, vintage, None, crossings=True)
        of_london = whole.set_index(["left", "right"])[said]
        for scope in (None, *london.ics_names[vintage]):
            for crossings in (True, False):
                pairs = across_borders(london, indicator, period, vintage, scope, crossings)
                shown = pairs.set_index(["left", "right"])[said]
                assert 0 < len(shown) <= len(whole)
                pd.testing.assert_frame_equal(shown, of_london.loc[shown.index])


counted = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(st.tuples(counted, counted), min_size=1, max_size=75))
def test_an_interval_leaves_out_nothing_exactly_where_the_verdict_is_a_difference(
    borders: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    columns = zip(*((*left, *right) for left, right in borders), strict=True)
    found = verdicts(*(pd.Series(column, dtype=float) for column in columns))
    assert ((found["p"] < 0.05) == (found["interval_from"] > 0)).all()
    assert (found["interval_from"] <= found["interval_to"]).all()
    # no row is surer than it would be alone
    for row, ((x1, n1), (x2, n2)) in zip(found.itertuples(), borders, strict=True):
        (alone,) = verdicts(*(pd.Series([float(v)]) for v in (x1, n1, x2, n2))).itertuples()
        assert row.p >= alone.p
        assert row.interval_from <= alone.interval_from + 1e-9


@pytest.mark.parametrize(
    "indicator", ["designated_centres", "population_0_4", "change_designated_since_2010"]
)
def test_totals_and_their_changes_are_no_difference_between_neighbours(
    indicator: str, london: London
) -> None:
    period = london.periods[indicator][0]
    assert across_borders(london, indicator, period, "2022", None, crossings=True).empty


def test_what_is_decided_has_no_interval_however_it_is_counted(london: London) -> None:
    pairs = across_borders(london, "centres_per_10k_0_4", "2026-08-19", "2022", None, crossings=True)
    assert len(pairs) == 71
    assert pairs[["interval_from", "interval_to", "p"]].isna().all(axis=None)


def test_differences_are_those_of_the_values_as_they_are_shown(london: London) -> None:
    for indicator, decimals in (("centres_per_10k_0_4", 1), ("early_years_spend_per_child_0_4", 0)):
        pairs = across_borders(london, indicator, london.periods[indicator][0], "2022", None, crossings=True)
        for row in pairs.itertuples():
            shown = round(row.value_higher, decimals) - round(row.value_lower, decimals)
            assert row.gap == pytest.approx(shown, abs=1e-9)
        assert pairs["gap"].is_monotonic_decreasing


def test_without_counts_there_is_no_interval(london: London) -> None:
    pairs = across_borders(london, "gld_2022_on", "2024", "2022", None, crossings=False)
    assert pairs[["interval_from", "interval_to", "p"]].isna().all(axis=None)
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
