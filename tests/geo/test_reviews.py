"""The five mandated reviews: what is known of each, and nothing that is not."""

import pytest

from geo.places.latest import latest
from geo.places.reviews import known_of_reviews
from geo.tables.london import ENGLAND, LONDON, London, ics_table, left_out_of_london, place_table, value_of

CAMDEN = "E09000007"


def test_there_are_five_reviews_in_the_order_of_a_childs_life(london: London) -> None:
    assert [review.name for review in london.reviews] == [
        "Antenatal contact",
        "New birth visit",
        "6 to 8 week review",
        "12-month review",
        "2 to 2½ year review",
    ]


def test_of_each_review_englands_newest_value_is_known_with_its_period(london: London) -> None:
    england = {k.indicator.indicator_id: k.figures[ENGLAND] for k in known_of_reviews(london, [CAMDEN])}
    assert {name: (figure.value, figure.period) for name, figure in england.items() if figure.period} == {
        "new_birth_visit_14_days": (85.2, "2024/25"),
        "review_6_8_weeks": (81.5, "2017/18 Q1"),
        "review_12_months_by_12": (74.6, "2017/18 Q1"),
        "review_12_months_by_15": (82.6, "2017/18 Q1"),
        "review_2_to_2_5_years": (75.7, "2017/18 Q1"),
    }
    assert england["antenatal_contact"].status == "not_loaded"


def test_of_boroughs_and_london_nothing_is_invented(london: London) -> None:
    for known in known_of_reviews(london, [CAMDEN]):
        assert not known.is_loaded
        for place in (CAMDEN, LONDON):
            assert known.figures[place].period == ""
            assert known.figures[place].status == "not_loaded"


def test_outcomes_of_children_reviewed_are_no_coverage(london: London) -> None:
    names = [name for name in london.catalogue.indicators if name.startswith("child_development_")]
    assert len(names) == 6
    for name in names:
        indicator = london.catalogue.indicators[name]
        assert indicator.kind == "outcome"
        assert "outcome of the children who were reviewed" in indicator.definition
        assert "never the coverage of reviews" in indicator.caveats
        assert name not in {each for review in london.reviews for each in review.indicator_ids}


def test_ics_values_come_from_counts_only(london: London) -> None:
    name = "child_development_good_level"
    # published without counts, which percentages and limits tell of all that have a figure
    newest = ics_table(london, name, "2024/25", "2022")
    places = place_table(london, name, "2024/25", "2022")
    without = places[(places["area_type"] == "borough") & places["value"].isna()]
    assert {borough for names in newest["left_out"] for borough in names} == set(without["area_name"])
    assert newest["note"].str.startswith("worked out here from the boroughs' published").all()
    assert (ics_table(london, name, "2021/22", "2022")["note"] == "").all()
    of_2022 = ics_table(london, name, "2021/22", "2022").set_index("ics_code")
    members = place_table(london, name, "2021/22", "2022")
    own = members[(members["ics_code"] == "SWL") & members["value"].notna()]
    assert set(own["area_name"]) == {
        "Croydon",
        "Kingston upon Thames",
        "Richmond upon Thames",
        "Sutton",
        "Wandsworth",
    }
    assert of_2022.at["SWL", "value"] == pytest.approx(
        100 * own["numerator"].sum() / own["denominator"].sum()
    )
    assert of_2022.at["SWL", "left_out"] == ("Merton",)


def test_london_is_said_to_be_without_those_that_have_no_figure(london: London) -> None:
    name = "child_development_good_level"
    indicator = london.catalogue.indicators[name]
    newest = place_table(london, name, "2024/25", "2022")
    assert left_out_of_london(newest, indicator) == (
        "City of London",
        "Barnet",
        "Bexley",
        "Enfield",
        "Hillingdon",
        "Southwark",
    )
    before = place_table(london, name, "2021/22", "2022")
    assert "City of London" not in left_out_of_london(before, indicator)  # it is in Hackney's
    assert set(before.loc[before["area_name"] == "City of London", "status"]) == {"combined"}


def test_a_year_is_opened_and_no_quarter(london: London) -> None:
    assert london.newest("child_development_good_level") == "2024/25"
    assert london.newest("child_development_communication") == "2021/22"


def test_better_and_worse_are_of_the_newest_outcome(london: London) -> None:
    table = place_table(london, "gld_2022_on", "2025", "2022").set_index("area_name")
    assert value_of(table.reset_index(), LONDON) == pytest.approx(70.6568)
    said = table["comparison"]
    # worked by hand: 75.2 to 78.7, 64.0 to 67.3, and 67.6910 to 70.6720 around 70.6568
    assert (said["Richmond upon Thames"], said["Tower Hamlets"], said["Enfield"]) == (
        "better",
        "worse",
        "similar",
    )


def test_an_odd_figure_judges_nobody(london: London) -> None:
    name = "child_development_good_level"
    table = place_table(london, name, "2021/22", "2022").set_index("area_name")
    assert table.loc["Havering", "rank_london"] != table.loc["Havering", "rank_london"]
    assert table["of_london"].max() == 22
    assert set(table["comparison"]) == {"not_compared"}
    newest = {line.indicator.indicator_id: line for line in latest(london, "2022")}
    assert "E09000016" not in newest[name].before.dropna()
    assert newest["child_development_communication"].is_doubtful
    assert set(newest["child_development_communication"].systems["comparison"]) == {"not_compared"}
