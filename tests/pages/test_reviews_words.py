"""What pages say of the five reviews: England's values with their dates, the report's words, how to load."""

from geo.places.reviews import known_of_reviews
from geo.tables.coverage import coverage
from geo.tables.london import London, place_table
from pages.components.notes import reviews_text
from pages.components.sources.sections import coverage_table
from pages.components.text import caveats, headlines

CAMDEN = {"E09000007": "Camden"}


def test_each_review_is_a_row_with_englands_value_and_its_date(london: London) -> None:
    table = reviews_text.table(known_of_reviews(london, list(CAMDEN)), CAMDEN, london.catalogue)
    assert list(table) == ["Review", "When", "What is counted", "By borough", "London", "England"]
    assert list(table["Review"].drop_duplicates()) == [review.name for review in london.reviews]
    assert list(table["England"]) == [
        "not loaded",
        "85.2% (year ending March 2025)",
        "81.5% (April to June 2017)",
        "74.6% (April to June 2017)",
        "82.6% (April to June 2017)",
        "75.7% (April to June 2017)",
    ]
    assert set(table["By borough"]) == {"not loaded"}


def test_the_report_is_quoted_once_for_each_review(london: London) -> None:
    said = reviews_text.remarks(known_of_reviews(london), london.catalogue)
    twelve = [text for text in said if "just under half of London's children did not receive" in text]
    assert len(twelve) == 1
    assert twelve[0].startswith("**12-month review.** The report Beyond Boundaries")
    assert sum("among the least likely to have their 6 to 8 week review" in text for text in said) == 1


def test_outcomes_are_named_as_such_beside_the_last_review(london: London) -> None:
    said = reviews_text.remarks(known_of_reviews(london), london.catalogue)
    (about,) = [text for text in said if text.startswith("**2 to 2½ year review.**")]
    assert "Good level of development at 2 to 2½" in about
    assert about.endswith("They say nothing of how many had it.")


def test_one_learns_how_to_load_what_is_not_loaded(london: London) -> None:
    (load,) = reviews_text.how_to_load(known_of_reviews(london))
    assert load == (
        "Published by borough, but not loaded into this app: Antenatal contact, New birth visit, 6 to 8 week "
        "review, 12-month review and 2 to 2½ year review. Whoever runs this app can load the figures: the "
        "page Data and sources says how."
    )


def test_sources_are_those_of_the_values_shown(london: London) -> None:
    found = reviews_text.sources(known_of_reviews(london, list(CAMDEN)), list(CAMDEN), london.catalogue)
    assert [source.source_id for source in found] == ["ohid_reviews_2024_25", "ohid_reviews_2017_q1"]


def test_the_coverage_table_marks_what_no_borough_has(london: London) -> None:
    table = coverage_table(coverage(london)).set_index("Indicator")
    row = table.loc["6 to 8 week reviews (England only)"]
    assert (row["Periods"], row["Authorities at the last"]) == ("April to June 2017 (1)", "0 of 33")
    assert table.loc["Antenatal contacts from 28 weeks of pregnancy (no figures yet)", "Periods"] == "none"
    main = table.loc["Good level of development at 2 to 2½ years"]
    assert main["Periods"] == "2021/22 to 2024/25 (2, and four quarters)"


def test_an_odd_figure_makes_no_headline_and_is_named_below(london: London) -> None:
    table = place_table(london, "child_development_good_level", "2021/22", "2022")
    indicator = london.catalogue.indicators["child_development_good_level"]
    said = headlines.headline(table, indicator, None)
    # Greenwich (93.1%) and Tower Hamlets (91.8%) are higher, Havering (32.1%) is lower
    assert said.startswith("In Hackney, 89.9% of the children reviewed")
    assert "in Barking and Dagenham 56.0%" in said
    (below,) = caveats.say_odd(table, indicator, None)
    assert below.startswith(
        "† Shown as published, but left out of comparisons because they are odd: Greenwich ("
    )
    assert "Greenwich (93.1%†) and Tower Hamlets (91.8%†): more children at the level in all five" in below
    assert "Havering (32.1%†): 2.7% in the first quarter of the year and 58.8% in the last" in below
    assert "Lewisham (85.1%†): it counts about 1.8 times as many children as live there at that age" in below
    assert caveats.say_odd(table, indicator, "NCL") == []
