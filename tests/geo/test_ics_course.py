"""An ICS's own value over time: of the same boroughs in every period, and on one basis."""

from dataclasses import replace

import pytest

from data_loaders.breaks import Break
from data_loaders.observations import ODD
from geo.places.ics import overview
from geo.places.ics_course import IcsCourse, ics_courses
from geo.tables.london import London, place_table

SCHOOL = "gld_2013_2019"
YEARS = ["2013", "2014", "2015", "2016", "2017", "2018", "2019"]


def courses(london: London, scope: str = "NEL", vintage: str = "2026") -> dict[str, IcsCourse]:
    found = ics_courses(london, overview(london, vintage, scope), vintage)
    return {course.line.indicator.indicator_id: course for course in found}


def periods_of(london: London) -> list[str]:
    return list(courses(london)[SCHOOL].rows["period"])


def changed(london: London, period: str, **cells: object) -> London:
    """The figures with other cells in Hackney's row of one period."""
    table = london.observations.copy()
    at = (table["indicator_id"] == SCHOOL) & (table["period"] == period) & (table["area_name"] == "Hackney")
    assert at.sum() == 1
    table.loc[at, list(cells)] = list(cells.values())
    return replace(london, observations=table)


def test_an_ics_stands_beside_london_in_every_year(london: London) -> None:
    rows = courses(london)[SCHOOL].rows
    assert list(rows["period"]) == YEARS
    assert rows["value"].round(1).iloc[[0, -1]].tolist() == [54.1, 73.4]
    assert rows["london"].round(1).iloc[[0, -1]].tolist() == [52.8, 74.1]
    assert rows["period_end"].is_monotonic_increasing


@pytest.mark.parametrize("vintage", ["2022", "2026"])
def test_each_value_is_the_sum_of_its_boroughs_children(vintage: str, london: London) -> None:
    seen = 0
    for scope in london.ics_names[vintage]:
        for name, course in courses(london, scope, vintage).items():
            indicator = course.line.indicator
            assert indicator.direction != 0
            for row in course.rows.to_dict("records"):
                table = place_table(london, name, row["period"], vintage)
                own = table[(table["ics_code"] == scope) & ~table["area_name"].isin(course.own.left_out)]
                sums = own[["numerator", "denominator"]].sum()
                assert row["value"] == pytest.approx(
                    sums["numerator"] / sums["denominator"] * indicator.multiplier
                )
                seen += 1
    assert seen > 50


def test_the_newest_value_is_the_one_that_the_page_says(london: London) -> None:
    for course in courses(london).values():
        assert course.rows["value"].iloc[-1] == course.line.value
        assert course.rows["period"].iloc[-1] == course.line.latest.period


def test_a_year_of_other_boroughs_is_left_out(london: London) -> None:
    without = changed(london, "2016", numerator=float("nan"))
    assert periods_of(without) == [year for year in YEARS if year != "2016"]
    assert courses(without)[SCHOOL].own.unlike == ("2016",)
    # where the newest is without Hackney, only years that are so as well could be compared with it
    assert SCHOOL not in courses(changed(london, "2019", numerator=float("nan")))


def test_a_year_with_an_odd_figure_is_left_out(london: London) -> None:
    odd = changed(london, "2015", note=f"{ODD}a slip of the pen")
    assert periods_of(odd) == [year for year in YEARS if year != "2015"]


def test_nothing_is_compared_across_a_change_of_basis(london: London) -> None:
    own = Break(SCHOOL, "2017", "a new framework from here", "The framework is new.")
    divided = replace(london, breaks=london.breaks | {SCHOOL: (own,)})
    assert periods_of(divided) == ["2017", "2018", "2019"]


def test_need_and_totals_and_figures_without_counts_have_no_course(london: London) -> None:
    found = courses(london)
    assert SCHOOL in found
    assert not {"low_income_under_16_pct", "early_years_spend_per_child_0_4", "designated_centres"} & set(
        found
    )
    assert not {"gld_2022_on", "asq3_at_2_to_2_5_years"} & set(found)
