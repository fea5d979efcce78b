"""Figures of access for another distance, or of designated centres alone: the same on all pages and dates."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from data_loaders.library import Library
from data_loaders.sites import load_embedded_sites, open_on
from data_loaders.within import ALL_SITES, DESIGNATED, USUAL, Within
from geo.access.distance import Crossings
from geo.access.homes import at_centres, load_crossings, load_small_areas
from geo.access.indicators import ALL, FOR_EACH_CENTRE, WITHOUT_DISTANCE, Ways, load_ways
from geo.access.reach import of_london, shares, with_distances
from geo.access.sharing import for_each_centre, shared
from geo.tables.london import LONDON, London, ics_table, place_table
from geo.tables.within import days_of, london_within

DAY, FIRST = "2026-08-19", "2019-12-06"
DISTANCES = (800, 1_200, 3_000)


@pytest.fixture(scope="module")
def ways(library: Library, london: London) -> dict[str, Ways]:
    return {kind: load_ways(library.entries, days_of(london), kind) for kind in (ALL_SITES, DESIGNATED)}


@pytest.fixture(scope="module")
def settings(library: Library, london: London, ways: dict[str, Ways]) -> dict[Within, London]:
    """The figures in several settings."""
    asked = [Within(metres, kind) for metres in DISTANCES for kind in ways]
    return {each: london_within(london, ways[each.sites], each, library.entries) for each in asked}


def values(london: London, indicator: str) -> pd.Series:
    """The values of an indicator by period and area."""
    return london.figures_of(indicator).set_index(["period", "area_code"])["value"].dropna()


def test_the_usual_setting_gives_the_embedded_figures_and_words(
    settings: dict[Within, London], london: London
) -> None:
    found = settings[USUAL]
    pd.testing.assert_frame_equal(found.observations, london.observations)
    assert found.catalogue == london.catalogue


@pytest.mark.parametrize("day", [FIRST, DAY])
def test_what_is_within_reach_is_what_distances_say(
    settings: dict[Within, London], library: Library, day: str
) -> None:
    """Worked out straight from the sites of the day, without what is kept of distances."""
    crossings = Crossings.of(load_crossings(library.entries))
    homes, sites = at_centres(load_small_areas(library.entries)), load_embedded_sites(library.entries)
    designated = open_on(sites[sites["type"] == DESIGNATED], day)
    reached = with_distances(homes, designated, crossings)
    by_authority, whole = shares(reached, reached["area_code"], 800), of_london(reached, 800)
    found = settings[Within(800, DESIGNATED)]
    table = place_table(found, "access_any_centre", day, "2026").set_index("area_code")
    assert (table["numerator"][by_authority.index] == by_authority["within_any"]).all()
    assert table.loc[LONDON, "numerator"] == whole["within_any"]
    assert table.loc[LONDON, "value"] == pytest.approx(100 * whole["within_any"] / whole["children"])
    own = place_table(found, "access_own_centre", day, "2026").set_index("area_code")
    assert own.loc[LONDON, "numerator"] == whole["within_own"]
    a_centre = for_each_centre(shared(homes, designated, crossings, 800), homes["area_code"])
    each = place_table(found, FOR_EACH_CENTRE, day, "2026").set_index("area_code")
    assert np.allclose(each["value"][a_centre.index], a_centre["a_centre"], atol=1e-3, equal_nan=True)


def test_known_figures_of_london(settings: dict[Within, London], library: Library) -> None:
    """Those with the river regarded as the catalogue has them, and straight lines as they were told first."""
    shown = {
        setting: round(float(values(found, "access_any_centre")[DAY, LONDON]), 1)
        for setting, found in settings.items()
    }
    assert shown[USUAL] == 83.6
    assert shown[Within(1_200, DESIGNATED)] == 73.1
    assert shown[Within(800)] == 63.1
    homes, sites = at_centres(load_small_areas(library.entries)), load_embedded_sites(library.entries)
    straight = with_distances(homes, open_on(sites, DAY), None)
    within = [of_london(straight, metres)["within_any"] for metres in (800, 1_200, 1_600)]
    assert [round(100 * number / 528_970, 1) for number in within] == [63.2, 83.8, 93.3]


def test_more_is_within_reach_the_further_somebody_walks_and_the_more_sites_count(
    settings: dict[Within, London],
) -> None:
    for indicator in ("access_any_centre", "access_own_centre"):
        for kind in (ALL_SITES, DESIGNATED):
            found = [values(settings[Within(metres, kind)], indicator) for metres in DISTANCES]
            assert all((more >= less).all() for less, more in pairwise(found))
            assert (found[-1] > found[0]).all()
        for metres in DISTANCES:
            fewer, more = (
                values(settings[Within(metres, kind)], indicator) for kind in (DESIGNATED, ALL_SITES)
            )
            assert (more >= fewer).all()


def test_own_and_only_across_make_up_any_in_every_setting(settings: dict[Within, London]) -> None:
    names = ("access_any_centre", "access_own_centre", "access_only_across_border")
    for found in settings.values():
        any_centre, own, only = (values(found, name) for name in names)
        assert (any_centre >= own).all()
        assert np.allclose(any_centre - own, only, atol=2e-4)


def test_where_the_nearest_stands_follows_from_the_kind_of_site_alone(settings: dict[Within, London]) -> None:
    for kind in (ALL_SITES, DESIGNATED):
        found = [values(settings[Within(metres, kind)], WITHOUT_DISTANCE) for metres in DISTANCES]
        assert all(each.equals(found[0]) for each in found)
    across = [
        values(settings[Within(800, kind)], WITHOUT_DISTANCE)[DAY, LONDON] for kind in (ALL_SITES, DESIGNATED)
    ]
    assert across[0] < across[1]


def test_all_register_dates_are_there_and_icss_follow(settings: dict[Within, London], london: London) -> None:
    found = settings[Within(800, DESIGNATED)]
    assert found.periods == london.periods
    assert values(found, "access_any_centre").index.get_level_values("period").nunique() == 8
    table = ics_table(found, "access_any_centre", DAY, "2026").set_index("ics_code")
    boroughs = place_table(found, "access_any_centre", DAY, "2026")
    of_nel = boroughs[boroughs["ics_code"] == "NEL"]
    assert table.loc["NEL", "value"] == pytest.approx(
        100 * of_nel["numerator"].sum() / of_nel["denominator"].sum()
    )


def test_only_access_differs_and_all_else_is_shared(settings: dict[Within, London], london: London) -> None:
    found = settings[Within(800, DESIGNATED)]
    for indicator in london.catalogue.indicators.values():
        other = found.catalogue.indicators[indicator.indicator_id]
        assert (other is indicator) == (indicator.indicator_id not in ALL)
    others = [table[~table["indicator_id"].isin(ALL)] for table in (found.observations, london.observations)]
    pd.testing.assert_frame_equal(*others)
    name = "designated_centres"
    shown = [place_table(each, name, london.newest(name), "2026") for each in (found, london)]
    assert shown[0] is shown[1]


def test_each_setting_says_its_distance_and_kind_and_no_other(settings: dict[Within, London]) -> None:
    for setting, found in settings.items():
        for name in ALL:
            each = found.catalogue.indicators[name]
            names = f"{each.label} {each.short_label} {each.sentence}"
            whole = f"{names} {each.definition} {each.caveats} {each.complement} {each.one_more}"
            assert not {"{", "}"} & set(whole.replace("{place}", "").replace("{value}", ""))
            others = {Within(metres).said for metres in DISTANCES if metres != setting.metres}
            assert not [other for other in others if other in whole]
            assert (setting.said in each.label) == (name != WITHOUT_DISTANCE)
            assert ("linked site" in names) == (not setting.is_designated)
            assert ("designated" in each.short_label) == setting.is_designated
            assert ("linked sites, which offer" in each.definition) == setting.is_designated
            # what was worked out for the usual setting alone is said of no other
            is_said = "spread over postcodes instead" in each.caveats
            if name != FOR_EACH_CENTRE:
                assert is_said == (
                    setting == USUAL or (name == WITHOUT_DISTANCE and not setting.is_designated)
                )


def test_a_note_on_those_who_are_left_out_says_of_what(settings: dict[Within, London]) -> None:
    rows = settings[Within(800, DESIGNATED)].figures_of(FOR_EACH_CENTRE)
    notes = [note for note in rows.loc[rows["period"] == DAY, "note"] if note]
    assert notes
    assert all("no designated centre of London within 800 m" in note for note in notes)
