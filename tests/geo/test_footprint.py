"""One ICS at a glance, on the embedded figures."""

import math
from dataclasses import replace

import pytest

from data_loaders.catalogue import NEUTRAL_KINDS
from geo.lottery.compared import compared
from geo.places.ics import (
    Line,
    first_or_last,
    furthest,
    most_changed,
    of_own_boroughs,
    overview,
    standings,
    stands_out,
)
from geo.places.spine import of_ics
from geo.tables.london import London, ics_table

Lines = dict[str, Line]


def lines(london: London, scope: str, vintage: str = "2022") -> Lines:
    return {line.indicator.indicator_id: line for line in overview(london, vintage, scope)}


def test_every_indicator_with_a_figure_is_there_once_with_all_boroughs(london: London) -> None:
    found = lines(london, "NEL")
    assert {"centres_per_10k_0_4", "asq3_at_2_to_2_5_years", "gld_2022_on", "imd_2025"} <= set(found)
    assert "new_birth_visit_14_days" not in found
    assert {len(line.boroughs) for line in found.values()} == {8}
    assert all(line.latest.period == london.newest(name) for name, line in found.items())


def test_the_value_of_an_ics_is_a_ratio_of_sums_or_not_given(london: London) -> None:
    found = lines(london, "SWL")
    spend = found["early_years_spend_per_child_0_4"]
    assert spend.left_out == ("Wandsworth",)
    systems = ics_table(london, "centres_per_10k_0_4", "2026-08-19", "2022").set_index("ics_code")["value"]
    assert found["centres_per_10k_0_4"].value == systems["SWL"]
    assert math.isnan(found["asq3_at_2_to_2_5_years"].value)  # without counts


def test_percentages_with_limits_tell_the_value_of_an_ics_as_they_tell_londons(london: London) -> None:
    # 3,133 children of 4,453 in Croydon, and so on: no other counts print these percentages and limits
    own = lines(london, "SWL")["gld_2022_on"]
    assert round(own.value, 4) == round(100 * 10_835 / 15_072, 4)
    assert own.note == "worked out here from the boroughs' published percentages and 95% limits"
    # all ICSs together are London, whose value was worked out before by another way
    systems = ics_table(london, "gld_2022_on", "2025", "2026")
    whole = 100 * systems["numerator"].sum() / systems["denominator"].sum()
    assert round(whole, 4) == round(own.latest.london, 4)
    assert ics_table(london, "gld_2022_on", "2024", "2026")["value"].isna().all()


def test_counts_of_a_value_that_has_been_revised_are_not_used(london: London) -> None:
    rows = london.observations
    is_sutton = (rows["area_name"] == "Sutton") & (rows["indicator_id"] == "gld_2022_on")
    revised = rows.assign(value=rows["value"] + 0.2 * (is_sutton & (rows["period"] == "2025")))
    systems = ics_table(replace(london, observations=revised), "gld_2022_on", "2025", "2026")
    (swl,) = systems[systems["ics_code"] == "SWL"].to_dict("records")
    assert swl["left_out"] == ("Sutton",)
    assert swl["denominator"] < 15_072


def test_rates_are_ranked_among_icss_and_totals_are_not(london: London) -> None:
    places = {scope: lines(london, scope)["centres_per_10k_0_4"] for scope in london.ics_names["2022"]}
    assert sorted(line.place for line in places.values()) == [1, 2, 3, 4, 5]
    assert {line.of for line in places.values()} == {5}
    highest = max(places.values(), key=lambda line: line.value)
    assert highest.place == 1
    assert lines(london, "NEL")["designated_centres"].of == 0


@pytest.mark.parametrize("vintage", ["2022", "2026"])
def test_what_stands_out_is_first_or_last_and_no_total(vintage: str, london: London) -> None:
    said = 0
    for scope in london.ics_names[vintage]:
        for line in stands_out(overview(london, vintage, scope)):
            assert line.place in (1, line.of)
            assert not line.indicator.is_total
            assert line.latest.systems.set_index("ics_code").at[scope, "leads"]
            said += 1
    assert said > 0


def test_how_many_more_an_ics_would_need_for_londons_value(london: London) -> None:
    found = {one.line.indicator.indicator_id: one for one in standings(overview(london, "2026", "NEL"))}
    # 6.0 of 10,000 of 137,016 children are 82.2 centres, and there are 74
    assert (found["centres_per_10k_0_4"].side, found["centres_per_10k_0_4"].more) == ("behind", 9)
    # 74.1% of 25,516 are 18,907.4, and there are 18,728; the interval ends at 73.9%
    school = found["gld_2013_2019"]
    assert (school.side, school.by_interval, school.more) == ("behind", True, 180)
    assert (found["access_any_centre"].side, found["access_any_centre"].more) == ("ahead", 0)
    # nobody counted the children of what is published in per cent only, and spend is neither good nor bad
    assert not {"funded_2yo_pct", "early_years_spend_per_child_0_4", "imd_2025"} & set(found)


def test_where_an_ics_has_no_value_its_boroughs_are_held_against_london(london: London) -> None:
    found = {one.line.indicator.indicator_id: one for one in of_own_boroughs(overview(london, "2026", "NEL"))}
    # Newham 58.9 and Havering 85.8 lie below 88.1; of Redbridge nothing is published
    asked = found["asq3_at_2_to_2_5_years"]
    assert (asked.better, asked.worse, asked.of, asked.by_interval) == (4, 2, 6, False)
    assert not {"gld_2013_2019", "low_income_under_16_pct"} & set(found)


@pytest.mark.parametrize("vintage", ["2022", "2026"])
def test_an_ics_stands_among_its_boroughs_and_they_among_all(vintage: str, london: London) -> None:
    for scope in london.ics_names[vintage]:
        rows = of_ics(overview(london, vintage, scope))
        assert rows[["lowest", "highest", "own_lowest", "own_highest"]].abs().to_numpy().max() <= 1
        assert (rows["lowest"] <= rows["own_lowest"]).all()
        assert (rows["own_highest"] <= rows["highest"]).all()
        own = rows[rows["is_own"]]
        assert own["place"].is_unique
        assert set(own["place"]) == set(rows["place"])
        known = own[own["value"].notna()]
        # together, boroughs are not better than their best or worse than their worst one
        assert (known["at"].between(known["own_lowest"] - 1e-9, known["own_highest"] + 1e-9)).all()
        assert (known["at_lower"].isna() | known["at"].between(known["at_lower"], known["at_upper"])).all()


def test_the_spine_of_an_ics_is_measured_as_that_of_a_borough(london: London) -> None:
    rows = of_ics(overview(london, "2026", "NEL"))
    (centres,) = rows[rows["is_own"] & (rows["place"] == 0)].to_dict("records")
    # Lambeth's 15.75 is furthest from London's 5.97; 5.40 lies 0.57 below it, of 9.8
    assert centres["at"] == pytest.approx(-0.0586, abs=0.0005)
    assert set(rows.loc[rows["place"] == 0, "ics_code"]) == {"NEL", "SEL", "SWL", "WNL"}


def test_boroughs_that_are_first_or_last_in_london_are_named(london: London) -> None:
    assert first_or_last(lines(london, "NEL")["asq3_at_2_to_2_5_years"]) == (["Tower Hamlets"], ["Newham"])
    assert first_or_last(lines(london, "SEL")["centres_per_10k_0_4"]) == (["Lambeth"], [])
    assert first_or_last(lines(london, "NWL")["centres_per_10k_0_4"]) == ([], ["Harrow"])


def test_an_ics_has_a_lottery_of_its_own_without_small_areas(london: London) -> None:
    found = lines(london, "NEL")
    ends = found["asq3_at_2_to_2_5_years"].extremes
    assert ends is not None
    assert (ends.lowest, ends.highest) == (("Newham",), ("Tower Hamlets",))
    assert ends.gap == pytest.approx(99.2 - 58.9, abs=0.05)
    centres = found["centres_per_10k_0_4"].extremes
    assert centres is not None
    assert "City of London" not in centres.highest
    assert found["family_hubs_programme"].extremes is None


def test_the_largest_gaps_are_those_of_different_figures(london: London) -> None:
    found = furthest(overview(london, "2022", "NEL"))
    assert [(gap.latest.indicator.indicator_id, gap.area_name) for gap in found] == [
        ("asq3_at_2_to_2_5_years", "Newham"),
        ("idaci_2025_most_deprived_fifth", "Tower Hamlets"),
        ("funded_2yo_pct", "Barking and Dagenham"),
    ]
    everywhere = compared(found[0].latest.table, None)["value"]
    assert found[0].size == pytest.approx((88.1094 - 58.9020) / everywhere.std(), abs=1e-3)
    # London has no value of the index: the middle of 32 boroughs stands for it
    (index,) = [
        gap
        for gap in furthest(overview(london, "2022", "SEL"), 99)
        if "IMD" in gap.latest.indicator.short_label
    ]
    assert index.is_median
    assert index.middle == compared(index.latest.table, None)["value"].median()


def test_the_largest_change_is_measured_in_londons_spread(london: London) -> None:
    first, *others = most_changed(overview(london, "2022", "NEL"))
    assert first.latest.indicator.indicator_id == "asq3_at_2_to_2_5_years"
    assert first.area_name == "Newham"
    assert (first.before, first.now) == (pytest.approx(88.2, abs=0.05), pytest.approx(58.9, abs=0.05))
    everywhere = compared(first.latest.table, None)["value"]
    assert first.size == pytest.approx((first.before - first.now) / everywhere.std())
    assert [first.size, *(change.size for change in others)] == sorted(
        (change.size for change in [first, *others]), reverse=True
    )


@pytest.mark.parametrize("scope", ["NCL", "NEL", "NWL", "SEL", "SWL"])
def test_only_figures_with_a_direction_and_boroughs_with_many_children_are_said_to_change(
    scope: str, london: London
) -> None:
    changes = most_changed(overview(london, "2022", scope), most=1_000)
    assert {change.latest.indicator.kind for change in changes}.isdisjoint(NEUTRAL_KINDS)
    assert {change.latest.indicator.polarity for change in changes} <= {"higher_is_better", "lower_is_better"}
    assert "City of London" not in {change.area_name for change in changes}


def test_an_ics_from_too_few_of_its_boroughs_leads_no_list(london: London) -> None:
    # Wandsworth's figure was withdrawn; without three more, two of six are left
    table = london.observations
    gone = (table["indicator_id"] == "early_years_spend_per_child_0_4") & table["area_name"].isin(
        ["Merton", "Sutton", "Croydon"]
    )
    fewer = replace(london, observations=table.assign(numerator=table["numerator"].mask(gone)))
    (line,) = [
        line
        for line in overview(fewer, "2026", "SWL")
        if line.indicator.indicator_id == "early_years_spend_per_child_0_4"
    ]
    assert sorted(line.left_out) == ["Croydon", "Merton", "Sutton", "Wandsworth"]
    # a value is given, and no rank
    assert not math.isnan(line.value)
    assert line.place == 0
    assert line not in stands_out([line])


def test_all_boroughs_that_share_an_end_as_it_is_shown_are_named(london: London) -> None:
    for scope in london.ics_names["2026"]:
        for line in overview(london, "2026", scope):
            if line.indicator.categories or line.latest.is_doubtful:
                continue
            shown = line.latest.compared.set_index("area_name")["value"].round(line.indicator.decimals)
            for names, end in zip(first_or_last(line), (shown.max(), shown.min()), strict=True):
                inside = set(line.boroughs["area_name"]) & set(shown.index[shown == end])
                assert set(names) == (inside if shown.nunique() > 1 else set())
