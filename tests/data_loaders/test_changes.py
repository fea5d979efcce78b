"""What a download changes, worked by hand on three boroughs."""

import pandas as pd
import pytest

from data_loaders.changes import compare, compare_sites, describe, fallen, lost, summarise, tally
from data_loaders.observations import COLUMNS, NUMBERS, as_table, parse

NAMES = {"E09000007": "Camden", "E09000025": "Newham", "E09000012": "Hackney", "E12000007": "London"}
CAMDEN, NEWHAM, HACKNEY, LONDON = NAMES
LABELS = {"visits": "Visits"}
GAP = float("nan")


def figures(period: str, values: dict[str, float]) -> pd.DataFrame:
    """Observations of one indicator; a period is a year."""
    return pd.DataFrame(
        {
            "indicator_id": "visits",
            "period": period,
            "period_end": pd.Timestamp(f"{period}-12-31"),
            "area_code": list(values),
            "value": list(values.values()),
        }
    )


def both(*tables: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


OLD = figures("2024", {CAMDEN: 5, NEWHAM: 12, HACKNEY: 8})


def test_figures_are_new_revised_gone_or_as_they_were() -> None:
    report = compare(OLD, figures("2024", {CAMDEN: 5, NEWHAM: 11, HACKNEY: GAP, LONDON: 16}))
    found = {
        (row["kind"], NAMES[row["area_code"]]): (row["before"], row["after"])
        for row in report.to_dict("records")
    }
    assert set(found) == {("revised", "Newham"), ("gone", "Hackney"), ("new", "London")}
    assert found["revised", "Newham"] == (12, 11)
    assert found["gone", "Hackney"][0] == 8
    assert found["new", "London"][1] == 16


def test_the_newest_period_is_set_beside_the_one_before() -> None:
    report = compare(OLD, both(OLD, figures("2025", {CAMDEN: 4, NEWHAM: 12, HACKNEY: GAP})))
    moved = report[report["kind"] == "moved"]
    # Newham is as it was
    assert [NAMES[code] for code in moved["area_code"]] == ["Camden", "Hackney"]
    assert tuple(moved.iloc[0][["period", "before", "after"]]) == ("2025", 5, 4)


def test_an_earlier_period_moves_nothing() -> None:
    report = compare(OLD, both(OLD, figures("2023", {CAMDEN: 9})))
    assert list(report["kind"]) == ["new"]


def test_a_quarter_is_not_set_beside_a_year() -> None:
    quarter = {CAMDEN: 4.0, NEWHAM: 11}
    before = both(figures("2024", {CAMDEN: 5, NEWHAM: 12}), quarterly("2024 Q3", quarter))
    after = both(before, quarterly("2025 Q1", {CAMDEN: 3, NEWHAM: 11}))
    moved = compare(before, after)[lambda report: report["kind"] == "moved"]
    assert moved[["period", "area_code", "before", "after", "period_before"]].to_numpy().tolist() == [
        ["2025 Q1", CAMDEN, 4, 3, "2024 Q3"]
    ]


def quarterly(period: str, values: dict[str, float]) -> pd.DataFrame:
    """Observations of a quarter of a year."""
    year, quarter = period.split(" Q")
    return figures(year, values).assign(
        period=period, period_end=pd.Timestamp(int(year), int(quarter) * 3, 28)
    )


def test_a_report_is_counted() -> None:
    report = compare(
        OLD, both(figures("2024", {CAMDEN: 6, NEWHAM: 12}), figures("2025", {CAMDEN: 4, NEWHAM: 9}))
    )
    assert tally(report) == "2 new, 1 revised, 1 gone"
    assert tally(compare(OLD, OLD)) == ""


def test_nothing_changed() -> None:
    report = compare(OLD, OLD)
    assert report.empty
    assert summarise(report) == ["No figure changed."]


def test_a_report_is_said_in_lines() -> None:
    report = compare(OLD, both(OLD, figures("2025", {CAMDEN: 1_004.5, NEWHAM: 11, HACKNEY: GAP})))
    assert describe(report, NAMES, most=2) == [
        "new: visits 2025, 2 figures",
        "moved: visits 2025, Camden: 5 (2024) to 1,004.5",
        "moved: visits 2025, Newham: 12 (2024) to 11",
        "and 1 more, on the data page",
    ]


@pytest.mark.parametrize(
    ("values", "gone"),
    [({CAMDEN: 5, NEWHAM: 12, HACKNEY: 8}, 0), ({CAMDEN: 5, NEWHAM: 12}, 1), ({CAMDEN: 5}, 2), ({}, 3)],
)
def test_more_than_a_quarter_of_the_figures_gone_is_a_collapse(values: dict[str, float], gone: int) -> None:
    said = [f"Visits: {gone} of 3 figures are gone."] if gone else []
    assert list(lost(OLD, figures("2024", values) if values else OLD.iloc[:0], LABELS).values()) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({CAMDEN: 5, NEWHAM: 12, HACKNEY: 8}, []),
        ({CAMDEN: 5, NEWHAM: 12}, ["Visits: 2 authorities have a figure; 3 had one."]),
        # the mean of 25 / 3 falls to 18.6 / 3, by 25.6 per cent; by 24.8 per cent it may
        ({CAMDEN: 3.6, NEWHAM: 10, HACKNEY: 5}, ["Visits: the mean is 6.2; it was 8.333."]),
        ({CAMDEN: 3.8, NEWHAM: 10, HACKNEY: 5}, []),
        ({CAMDEN: 50, NEWHAM: 120, HACKNEY: 80}, []),
    ],
)
def test_far_fewer_or_far_lower_figures_are_a_collapse(values: dict[str, float], said: list[str]) -> None:
    assert list(fallen(OLD, figures("2025", values), LABELS).values()) == said


def test_london_and_england_are_no_part_of_a_collapse() -> None:
    with_london = both(OLD, figures("2024", {LONDON: 25}))
    assert lost(with_london, OLD, LABELS) == {}


def test_entries_that_came_and_went_are_named() -> None:
    before = pd.DataFrame({"urn": ["1", "2"], "area_code": [CAMDEN, NEWHAM], "name": ["Agar", "Beckton"]})
    after = pd.DataFrame({"urn": ["2", "3"], "area_code": [NEWHAM, CAMDEN], "name": ["Beckton", "Hampden"]})
    before, after = before.assign(type="linked_sites"), after.assign(type="linked_sites")
    assert compare_sites(before, after, NAMES) == [
        "No longer listed: Agar (Camden).",
        "Newly listed: Hampden (Camden).",
    ]
    assert compare_sites(before, before, NAMES) == []


def test_a_file_that_comes_twice_revises_nothing() -> None:
    # a third is stored with ten digits, and comes with all that a computer has
    came = figures("2025", {CAMDEN: 100 / 3, NEWHAM: 2 / 7})
    lacking = {name: GAP if name in NUMBERS else "" for name in COLUMNS if name not in came}
    stored = parse(as_table(came.assign(**lacking)), "again")
    assert compare(stored, came).empty
