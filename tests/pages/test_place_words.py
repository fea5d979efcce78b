"""Boroughs and ICSs in sentences that can be read out."""

import math

import pandas as pd
import pytest

from geo.places.borders import across_borders
from geo.places.ics import overview
from geo.places.latest import Latest, latest
from geo.places.trend import trends
from geo.tables.london import London
from pages.components.borders import tables as borders_tables, text as borders_text
from pages.components.borough import text as borough_text
from pages.components.ics import text as ics_text
from pages.components.ics.sections import why_not_side_by_side
from pages.components.text import cells
from tests.builders import indicator


@pytest.fixture
def lines(london: London) -> dict[str, Latest]:
    return {line.indicator.indicator_id: line for line in latest(london, "2022")}


@pytest.mark.parametrize(
    ("direction", "polarity", "words"),
    [
        (1, "higher_is_better", "rising, getting better, since 2015"),
        (1, "lower_is_better", "rising, getting worse, since 2015"),
        (-1, "higher_is_better", "falling, getting worse, since 2015"),
        (-1, "lower_is_better", "falling, getting better, since 2015"),
        (1, "neither", "rising since 2015"),
        (0, "higher_is_better", "no clear change since 2015"),
    ],
)
def test_a_trend_is_said_with_its_direction(direction: int, polarity: str, words: str) -> None:
    trend = pd.Series({"direction": direction, "since": "2015"})
    assert borough_text.say_trend(trend, indicator(polarity=polarity)) == words
    # more or less need is no merit or fault of a place
    assert "getting" not in borough_text.say_trend(trend, indicator(polarity=polarity, kind="need"))


def test_the_period_before_and_the_trend_stand_in_one_cell(lines: dict[str, Latest], london: London) -> None:
    school = lines["gld_2013_2019"]
    trend = trends(london, "gld_2013_2019")
    say = borough_text.over_time
    assert say(school, "E09000025", trend) == "75.8% (2018); rising, getting better, since 2015"
    assert say(school, "E09000012", trend) == "70.1% (2018); no clear change since 2015"
    centres = lines["designated_centres"]
    assert say(centres, "E09000025", trends(london, "designated_centres")) == ("12 (31 December 2025)")
    assert say(lines["imd_2025"], "E09000025", trends(london, "imd_2025")) == ""


def test_what_stands_out_in_a_borough(london: London) -> None:
    said = borough_text.standing(latest(london, "2022"), "Newham")
    assert said[0] == (
        "**Behind** · Centres and sites per 10,000 children (19 August 2026): 5.1 (13 centres or linked "
        "sites for 25,605 children), in the lowest quarter of 32 boroughs."
    )
    assert (
        "**Deprivation 2025 (IMD)**: 31.6, in the highest quarter of 32 boroughs; that speaks neither for "
        "nor against the borough."
    ) in said
    assert (
        "**Behind** · ASQ-3 at the 2 to 2½ year review (2023/24): 58.9%, London's lowest, in the lowest "
        "quarter of 26 boroughs."
    ) in said
    assert said[-1] == (
        "**Ahead** · Good level of development 2013-19 (2019): 75.9% (3,585 of 4,725 children), clearly "
        "better than London's 74.1% (95% interval 74.6% to 77.1%)."
    )


def test_of_whom_nothing_stands_out_it_is_said_why(lines: dict[str, Latest]) -> None:
    every = tuple(lines.values())
    assert borough_text.standing(every, "City of London") == []
    few = "It has very few children, so that none of its figures counts as standing out."
    assert borough_text.why_nothing(every, "City of London") == few
    # with the figures of somebody who is compared it is by chance
    assert borough_text.why_nothing(every, "Brent") == "It stands out in no figure."


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "Hackney",
            "Families who live along the border of Hackney (69.6%) with Waltham Forest (76.4%) face the "
            "largest difference that Hackney has to a neighbour: 6.8 percentage points.",
        ),
        (
            "Tower Hamlets",
            "Families who live along the border of Tower Hamlets (69.9%) with Newham (75.9%) face the "
            "largest difference that Tower Hamlets has to a neighbour: 6.0 percentage points.",
        ),
    ],
)
def test_families_on_both_sides_of_a_border(name: str, sentence: str, london: London) -> None:
    pairs = across_borders(london, "gld_2013_2019", "2019", "2022", None, crossings=False)
    own = pairs[(pairs["higher"] == name) | (pairs["lower"] == name)]
    school = london.catalogue.indicators["gld_2013_2019"]
    assert borders_text.neighbours(own, name, school) == sentence
    listed = borders_tables.of_neighbours(own, name, school).texts()
    assert len(listed) == len(own)
    assert name not in set(listed["Neighbour"])
    assert "Over the river by" not in listed


def test_neighbours_that_do_not_differ(london: London) -> None:
    pair = pd.DataFrame(
        {"higher": ["Ash"], "lower": ["Elm"], "value_higher": [3.0], "value_lower": [3.0], "gap": [0.0]}
    )
    pair = pair.assign(note_higher="", note_lower="", p=math.nan, crosses_ics=True, how="Elm Bridge")
    assert borders_text.neighbours(pair, "Elm", indicator()) == "Elm and its neighbours do not differ."
    (row,) = borders_tables.of_neighbours(pair, "Elm", indicator()).texts().to_dict("records")
    assert row == {
        "Neighbour": "Ash",
        "Value": "3",
        "Difference": "none",
        "ICS": "another",
        "Over the river by": "Elm Bridge",
    }


def test_the_case_studies_of_an_enabler_stand_in_one_row() -> None:
    found = pd.DataFrame(
        {
            "enabler": ["Sharing", "Sharing", "Goals"],
            "box": ["A", "B", "A"],
            "title": ["First", "Second", "First"],
            "boroughs": [["Elm", "Ash"], ["Fir"], ["Elm"]],
        }
    )
    assert borough_text.learning(found).to_numpy().tolist() == [
        ["Sharing", "A. First (Elm and Ash); B. Second (Fir)"],
        ["Goals", "A. First (Elm)"],
    ]


def test_the_largest_changes_in_an_ics_are_said_with_both_periods(london: London) -> None:
    said = ics_text.changes(overview(london, "2022", "NEL"))
    assert (
        said[0]
        == "**ASQ-3 at the 2 to 2½ year review**: Newham went from 88.2% (2022/23) to 58.9% (2023/24)."
    )


def test_what_is_on_another_basis_than_before_is_not_among_the_changes(london: London) -> None:
    lines = overview(london, "2022", "SEL")
    assert not any("Funded" in text for text in ics_text.changes(lines))
    assert ics_text.not_compared(lines) == [
        "**Funded 2-year-olds, %** and **Funded 3- and 4-year-olds, %**: From 2024/25 on the figures are "
        "affected by the expanded entitlements for working parents, so they are not compared with the years "
        "before.",
        "**Good level of development at 2 to 2½**: The figures of 2024/25 come from another publication than "
        "those of 2021/22, some of which are odd, so they are not compared.",
    ]


def test_the_largest_gaps_of_an_ics_are_said_with_both_values(london: London) -> None:
    assert ics_text.gaps(overview(london, "2022", "SEL")) == [
        "**Within 1.2 km of any centre (19 August 2026)**: Bromley has 36.2%, 47.4 percentage points below "
        "London as a whole (83.6%).",
        "**Within 1.2 km of their authority's centre (19 August 2026)**: Bromley has 35.0%, 45.3 percentage "
        "points below London as a whole (80.3%).",
        "**Centres per 10,000 children (19 August 2026)**: Lambeth has 15.8, 9.8 above London as a whole "
        "(6.0).",
    ]


def test_an_ics_own_lottery_names_both_ends(london: London) -> None:
    table = ics_text.own_lottery(overview(london, "2022", "NEL"))
    asq = table.set_index("Figure").loc["ASQ-3 at the 2 to 2½ year review (2023/24)"]
    assert tuple(asq) == ("58.9% (Newham)", "99.2% (Tower Hamlets)", "40.3 percentage points")
    # totals of larger boroughs are larger: no lottery
    assert not table["Figure"].str.startswith("Designated centres").any()


def test_a_cell_says_the_value_and_how_it_compares(lines: dict[str, Latest], london: London) -> None:
    school = lines["gld_2013_2019"]
    said = {
        row["area_name"]: cells.said(row, school, london.catalogue)
        for row in school.boroughs(["Newham", "Hackney", "Camden"]).to_dict("records")
    }
    assert said == {
        "Newham": ":green-background[75.9%\N{NO-BREAK SPACE}▲]",
        "Hackney": ":orange-background[69.6%\N{NO-BREAK SPACE}▼]",
        "Camden": ":gray-background[72.8%\N{NO-BREAK SPACE}=]",
    }
    (enfield,) = lines["asq3_at_2_to_2_5_years"].boroughs(["Enfield"]).to_dict("records")
    assert cells.said(enfield, lines["asq3_at_2_to_2_5_years"], london.catalogue) == "not published"
    assert cells.bold(cells.of_ics("NEL", lines["asq3_at_2_to_2_5_years"])) == "**not given**"
    assert cells.bold(cells.of_ics("NEL", lines["family_hubs_programme"])) == ""
    assert cells.of_ics("NEL", lines["gld_2022_on"]) == "70.2%†"


def test_a_file_of_boroughs_has_a_row_for_each_figure_with_its_source(london: London) -> None:
    table = cells.table(latest(london, "2022"), ["Camden", "Wandsworth"], london, "2022", ["NCL"])
    rows = table.values()
    areas = ["Camden", "Wandsworth", "North Central London", "London", "England"]
    assert list(rows["Area"].unique()) == areas
    assert rows.groupby("Area").size().nunique() == 1
    assert rows.loc[rows["Value"].notna(), "Source"].notna().all()
    by_figure = rows.set_index(["Area", "Indicator id"])
    spend = by_figure.loc[("Wandsworth", "early_years_spend_gross")]
    assert (math.isnan(spend["Value"]), spend["Status"]) == (True, "not published")
    # unlike figures, each with its unit; what is no number has its word in a column of its own
    assert by_figure.loc[("Camden", "early_years_spend_gross"), "Unit"] == "£"
    assert by_figure.loc[("Camden", "gld_2013_2019"), "Unit"] == "per cent"
    hubs = by_figure.loc[("Camden", "family_hubs_programme")]
    assert (math.isnan(hubs["Value"]), hubs["Category"]) == (True, "In the programme")
    assert by_figure.loc[("North Central London", "gld_2013_2019"), "Area code"] == "E54000028"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("change_designated_since_2010", "a sum over an ICS depends on how many boroughs it has"),
        ("gld_2022_on", "a value of an ICS cannot be given: it needs counts"),
        ("family_hubs_programme", "a value of an ICS does not exist: it is a category"),
    ],
)
def test_why_the_icss_are_not_side_by_side_is_true_of_the_figure(name: str, why: str, london: London) -> None:
    assert why_not_side_by_side(london.catalogue.indicators[name]).startswith(why)
