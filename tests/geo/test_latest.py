"""Every indicator at its latest period, on the embedded figures."""

import math

import pytest

from geo.places.latest import Latest, latest
from geo.tables.london import London, place_table
from geo.tables.time_series import course


def by_id(london: London, vintage: str = "2022") -> dict[str, Latest]:
    return {line.indicator.indicator_id: line for line in latest(london, vintage)}


def test_each_indicator_with_a_figure_by_borough_is_there_at_its_latest_period(london: London) -> None:
    found = by_id(london)
    assert {i.indicator_id for i in london.by_borough} | {"family_hubs_programme"} == set(found)
    assert all(line.period == london.newest(name) for name, line in found.items())
    assert {len(line.table) for line in found.values()} == {35}


def test_the_period_before_comes_along(london: London) -> None:
    asq = by_id(london)["asq3_at_2_to_2_5_years"]
    assert (asq.period, asq.period_before) == ("2023/24", "2022/23")
    # Newham, by the publisher
    assert asq.before.at["E09000025", "value"] == pytest.approx(88.2, abs=0.05)
    assert asq.boroughs(["Newham"])["value"].item() == pytest.approx(58.9, abs=0.05)
    assert by_id(london)["imd_2025"].period_before == ""
    assert by_id(london)["imd_2025"].before.empty


def test_boroughs_come_in_the_order_that_is_asked_for(london: London) -> None:
    names = ["Newham", "Barnet", "City of London"]
    assert list(by_id(london)["imd_2025"].boroughs(names)["area_name"]) == names


def test_an_ics_has_the_ratio_of_sums_with_a_wilson_interval(london: London) -> None:
    line = by_id(london)["gld_2013_2019"]
    boroughs = place_table(london, "gld_2013_2019", "2019", "2022")
    of_nel = boroughs[boroughs["ics_code"] == "NEL"]
    x, n = of_nel["numerator"].sum(), of_nel["denominator"].sum()
    here = line.systems.set_index("ics_code").loc["NEL"]
    assert here["value"] == pytest.approx(100 * x / n)
    # Wilson's interval solves (p - b)^2 = z^2 b (1 - b) / n for its bounds b
    for bound in here[["lower_95", "upper_95"]] / 100:
        assert (x / n - bound) ** 2 == pytest.approx(1.959964**2 * bound * (1 - bound) / n, rel=1e-4)
    assert here["comparison"] == ("worse" if here["upper_95"] < line.london else "similar")


def test_how_many_centres_there_are_has_no_interval_and_is_not_compared(london: London) -> None:
    systems = by_id(london)["centres_per_10k_0_4"].systems
    assert systems["value"].notna().all()
    assert systems["lower_95"].isna().all()
    assert set(systems["comparison"]) == {"not_compared"}


def test_a_course_begins_with_the_earliest_period_and_leaves_out_who_has_no_value(london: London) -> None:
    values = course(london, "gld_2013_2019", ["Camden", "London", "England"])
    assert list(values.index) == [str(year) for year in range(2013, 2020)]
    assert list(values) == ["Camden", "London"]
    asq = course(london, "asq3_at_2_to_2_5_years", ["Newham"])["Newham"]
    assert asq["2022/23"] == pytest.approx(88.2, abs=0.05)
    assert math.isnan(asq["2015/16"])
