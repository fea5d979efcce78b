"""The periods of one line: of one kind, divided where the basis changes, thinned for display only."""

import dataclasses

import pandas as pd
import pytest

from data_loaders.periods import first_of_quarters
from geo.places.latest import latest
from geo.places.trend import trends
from geo.tables.london import London
from geo.tables.time_series import course, unlike_in_london
from geo.tables.timeline import same_basis, timeline
from tests.builders import with_dates, with_periods

CENTRES = "designated_centres"


def test_a_line_ends_where_the_basis_changes(london: London) -> None:
    times = timeline(london, CENTRES)
    assert times.rows["basis"].tolist() == [0] + [1] * 11
    assert times.starts == {"2016-08-04": "register from here"}
    assert timeline(london, "gld_2013_2019").breaks == ()
    # no 2010 in the picture, no break in it
    assert timeline(london, "centres_per_10k_0_4").breaks == ()
    assert same_basis(london, CENTRES, "2026-08-19", ["2010-02-28", "2019-12-06"]) == ["2019-12-06"]


def test_quarters_and_years_are_never_on_one_line(london: London) -> None:
    mixed = with_periods(
        london, "asq3_at_2_to_2_5_years", {"2023/24 Q1": "2023-06-30", "2023/24 Q2": "2023-09-30"}
    )
    years = timeline(mixed, "asq3_at_2_to_2_5_years").periods
    assert years[-1] == "2023/24"
    assert not any("Q" in period for period in years)
    assert timeline(mixed, "asq3_at_2_to_2_5_years", "2023/24 Q1").periods == ["2023/24 Q1", "2023/24 Q2"]
    assert list(course(mixed, "asq3_at_2_to_2_5_years", ["Camden"], "2023/24 Q1").index) == [
        "2023/24 Q1",
        "2023/24 Q2",
    ]


def test_of_many_dates_the_first_of_each_quarter_is_shown_and_all_are_kept(london: London) -> None:
    many = with_dates(london, CENTRES, 183)
    chosen = many.periods[CENTRES][100]
    whole, shown = timeline(many, CENTRES, chosen), timeline(many, CENTRES, chosen, thinned=True)
    assert len(whole.periods) == 184
    assert len(shown.periods) <= 45
    assert shown.periods == sorted(shown.periods)
    assert {chosen, many.periods[CENTRES][0], "2010-02-28", "2016-08-04"} <= set(shown.periods)
    # each quarter that has a date is there
    quarters = {(period[:4], (int(period[5:7]) - 1) // 3) for period in whole.periods}
    assert {(period[:4], (int(period[5:7]) - 1) // 3) for period in shown.periods} == quarters


@pytest.mark.parametrize(
    ("periods", "kept"),
    [
        (["2016-08-04", "2016-09-30", "2016-10-01"], ["2016-08-04", "2016-10-01"]),
        (["2017-01-31", "2016-12-31", "2016-10-01"], ["2017-01-31", "2016-10-01"]),
        (["2022/23", "2023/24"], ["2022/23", "2023/24"]),
    ],
)
def test_the_first_date_of_a_quarter_stands_for_it(periods: list[str], kept: list[str]) -> None:
    assert first_of_quarters(periods) == kept
    assert first_of_quarters(periods, always=periods) == periods


def test_the_period_before_is_on_the_same_basis_or_there_is_none(london: London) -> None:
    lines = {line.indicator.indicator_id: line for line in latest(london, "2022")}
    funded = lines["funded_2yo_pct"]
    assert (funded.period, funded.period_before, len(funded.before)) == ("2024/25", "", 0)
    assert funded.divided is not None
    assert funded.divided.word == "new entitlements from here"
    assert (lines[CENTRES].period_before, lines[CENTRES].divided) == ("2025-12-31", None)


def test_no_trend_is_tested_across_a_change_of_basis(london: London) -> None:
    assert not trends(london, "gld_2013_2019").empty
    (plain,) = london.breaks["funded_2yo_n"]
    own = dataclasses.replace(plain, indicator_id="gld_2013_2019", first_period="2017")
    divided = dataclasses.replace(london, breaks=london.breaks | {"gld_2013_2019": (own,)})
    assert trends(divided, "gld_2013_2019").empty


def test_london_is_not_compared_with_a_london_of_other_boroughs(london: London) -> None:
    school = "gld_2013_2019"
    table = london.observations.copy()
    hackney = (
        (table["indicator_id"] == school) & (table["area_name"] == "Hackney") & (table["period"] == "2016")
    )
    table.loc[hackney, ["value", "numerator", "denominator"]] = float("nan")
    without = dataclasses.replace(london, observations=table)
    assert unlike_in_london(london, school, london.periods[school][::-1]) == []
    assert unlike_in_london(without, school, london.periods[school][::-1]) == ["2016"]
    values = course(without, school, ["Camden", "London"])["London"]
    assert list(values.index[values.isna()]) == ["2016"]
    assert "E12000007" in trends(london, school).index
    assert "E12000007" not in trends(without, school).index
    assert isinstance(values, pd.Series)
