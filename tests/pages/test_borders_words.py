"""Differences across borders, in sentences."""

import pandas as pd
import pytest

from geo.places.borders import across_borders
from geo.tables.london import London
from pages.components.borders import tables as borders_tables, text as borders_text


def pairs(*rows: dict[str, object]) -> pd.DataFrame:
    plain = {
        "higher": "Camden",
        "lower": "Brent",
        "value_higher": 80.0,
        "value_lower": 60.0,
        "note_higher": "",
        "note_lower": "",
        "gap": 20.0,
        "higher_code": "E09000007",
        "lower_code": "E09000005",
        "interval_from": 15.0,
        "interval_to": 25.0,
        "p": 0.01,
        "crosses_ics": True,
        "how": "",
    }
    return pd.DataFrame([plain | row for row in rows])


def headline(london: London, **row: object) -> str:
    indicator = london.catalogue.indicators["gld_2022_on"]
    return borders_text.headline(pairs(row), indicator)


def test_the_largest_difference_is_said_with_both_values(london: London) -> None:
    assert headline(london) == (
        "Families who live along the border of Camden (80.0%) with Brent (60.0%) face the largest "
        "difference between neighbours: 20.0 percentage points."
    )
    assert headline(london, how="Tower Bridge").startswith(
        "Families who live on the two banks at Tower Bridge, in Camden (80.0%) and in Brent (60.0%), face"
    )
    assert headline(london, value_lower=80.0, gap=0.0) == "Neighbours do not differ."


@pytest.mark.parametrize(
    ("crossing", "sentence"),
    [
        (
            [False] * 12,
            "Of the ten largest differences, none lies between two ICSs; of all 12 borders, none.",
        ),
        (
            [True, *[False] * 11],
            "Of the ten largest differences, one lies between two ICSs; of all 12 borders, one.",
        ),
        ([True] * 3, "All three borders lie between two ICSs."),
        ([True, False], "Of the two borders, one lies between two ICSs."),
        ([False] * 10, "Of the ten borders, none lies between two ICSs."),
        ([True], "The one border lies between two ICSs."),
    ],
)
def test_borders_between_icss_are_counted(crossing: list[bool], sentence: str) -> None:
    rows: list[dict[str, object]] = [
        {"crosses_ics": each, "gap": 50.0 - place} for place, each in enumerate(crossing)
    ]
    assert borders_text.between_ics(pairs(*rows)) == sentence


def test_borders_that_share_a_difference_are_counted_together() -> None:
    rows: list[dict[str, object]] = [{"gap": max(10.0 - place, 2.0)} for place in range(14)]
    rows.append({"gap": 1.0, "crosses_ics": False})
    # the ninth largest difference is 2, as are those of five more
    assert borders_text.between_ics(pairs(*rows)) == (
        "Of the 14 largest differences, 14 lie between two ICSs; of all 15 borders, 14."
    )


def test_borders_that_share_the_largest_difference_are_all_named(london: London) -> None:
    indicator = london.catalogue.indicators["gld_2022_on"]
    other = {"higher": "Barnet", "lower": "Harrow", "value_higher": 70.0, "value_lower": 50.0}
    two = pairs({}, other | {"how": "Kew Bridge"}, {"gap": 19.9})
    assert borders_text.headline(two, indicator) == (
        "Two borders share the largest difference between neighbours, 20.0 percentage points: Camden (80.0%) "
        "with Brent (60.0%); Barnet (70.0%) with Harrow (50.0%), at Kew Bridge."
    )
    many = borders_text.headline(pairs(*[{}] * 4, {"gap": 1.0}), indicator)
    assert many == (
        "Four borders share the largest difference between neighbours, 20.0 percentage points: among them "
        "Camden (80.0%) with Brent (60.0%)."
    )


def test_neighbours_that_are_equally_far_are_all_named(london: London) -> None:
    indicator = london.catalogue.indicators["gld_2022_on"]
    above = {"higher": "Barnet", "lower": "Camden", "value_higher": 100.0, "value_lower": 80.0}
    said = borders_text.neighbours(pairs({}, above, {"gap": 3.0}), "Camden", indicator)
    assert said == (
        "The largest difference that Camden (80.0%) has to a neighbour is 20.0 percentage points, to each of "
        "two: Brent (60.0%) and Barnet (100.0%)."
    )
    one = borders_text.neighbours(pairs({}, above | {"gap": 3.0}), "Camden", indicator)
    assert one == (
        "Families who live along the border of Camden (80.0%) with Brent (60.0%) face the largest difference "
        "that Camden has to a neighbour: 20.0 percentage points."
    )


def test_two_borders_share_the_largest_difference_of_2019(london: London) -> None:
    indicator = london.catalogue.indicators["gld_2013_2019"]
    found = across_borders(london, "gld_2013_2019", "2019", "2022", None, crossings=False)
    assert borders_text.headline(found, indicator) == (
        "Two borders share the largest difference between neighbours, 6.8 percentage points: Waltham Forest "
        "(76.4%) with Hackney (69.6%); Richmond upon Thames (80.6%) with Hounslow (73.8%)."
    )


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [(3.09, 10.6, "3.1 to 10.6"), (0.04, 2.0, "0.04 to 2.0"), (-0.003, 4.0, "−0.003 to 4.0")],
)
def test_an_interval_never_looks_as_if_it_ended_at_nothing(
    lower: float, upper: float, said: str, london: London
) -> None:
    indicator = london.catalogue.indicators["gld_2013_2019"]
    rows = pairs({"interval_from": lower, "interval_to": upper})
    assert borders_tables.of_pairs(rows, indicator).texts()["Interval (adjusted)"][0] == said


def test_the_list_says_how_sure_a_difference_is(london: London) -> None:
    indicator = london.catalogue.indicators["gld_2013_2019"]
    found = across_borders(london, "gld_2013_2019", "2019", "2022", None, crossings=False)
    first = borders_tables.of_pairs(found, indicator).texts().iloc[0]
    assert (first["Higher"], first["Lower"]) == ("Waltham Forest: 76.4%", "Hackney: 69.6%")
    assert first["Difference, percentage points"] == "6.8"
    assert first["Interval (adjusted)"] == "3.1 to 10.6"
    assert first["More than chance (adjusted p)"] == "yes (under 0.001)"
    assert first["Border"] == "within one ICS"


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0004, "yes (under 0.001)"),
        (0.0123, "yes (0.012)"),
        (0.0499, "yes (0.050)"),
        (0.0501, "not clear (0.050)"),
        (0.214, "not clear (0.214)"),
        (1.0, "not clear (1.000)"),
    ],
)
def test_a_difference_is_more_than_chance_or_not_clear(p: float, said: str, london: London) -> None:
    indicator = london.catalogue.indicators["gld_2013_2019"]
    (row,) = borders_tables.of_pairs(pairs({"p": p}), indicator).texts().to_dict("records")
    assert row["More than chance (adjusted p)"] == said


def test_without_counts_the_list_has_no_intervals(london: London) -> None:
    indicator = london.catalogue.indicators["centres_per_10k_0_4"]
    found = across_borders(london, "centres_per_10k_0_4", "2026-08-19", "2022", None, crossings=True)
    table = borders_tables.of_pairs(found, indicator).texts()
    assert list(table.columns) == ["Higher", "Lower", "Difference", "Border"]
    assert table["Border"].str.contains("between two ICSs, Tower Bridge").any()
