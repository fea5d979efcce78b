"""What pages say of a link, of gaps and of made-up answers: sentences and tables, run in this process."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.frame.navigation import PAGES, Page
from tests.builders import FIGURES, read_csv
from tests.whole_app import button, charts, control, follow, navigated, notices, said, visit

DEMO = "/maturity?demo=yes&instrument=enablers"
ICS = "Integrated care system (ICS)"
# pages that follow a link to a view, and show no made-up answers
SHOW_NONE = [page for page in PAGES if page.shows != "pack" and not page.may_be_made_up]


@pytest.fixture(autouse=True)
def begun() -> Iterator[None]:
    """A server that somebody has come to before."""
    with navigated():
        yield


def row(visitor: AppTest, *parts: str) -> list[str]:
    """The one row of all tables with these parts."""
    lines = [line for line in said(visitor).splitlines() if all(part in line for part in parts)]
    (found,) = (line for line in lines if "|" in line)
    return found.split("|")


def heads(visitor: AppTest, first: str) -> list[str]:
    """The columns of the one table that begins with a column of this name."""
    (found,) = (list(table.value) for table in visitor.table if table.value.columns[0] == first)
    return found


FILTERS = {"indicator": "Indicator", "ics": ICS, "borough": "Borough"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.script)
def test_a_page_has_the_search_box_and_filters_for_what_it_follows(page: Page) -> None:
    visitor = visit(f"/{page.address}")
    assert [part.proto.component_name for part in visitor.get("bidi_component")].count("search") == 1
    line = visitor.get_by_key("filters")
    labels = [each.label for each in line.selectbox]
    assert [name for name, label in FILTERS.items() if label in labels] == [
        name for name in FILTERS if name in page.asks
    ]
    behind = [opened.proto.popover.label for opened in line.get("popover")]
    assert ("Display" in behind) is ("boundaries" in page.asks)


def test_each_part_of_a_link_that_is_unknown_is_said_in_a_sentence_until_the_next_choice() -> None:
    visitor = visit(
        "/?indicator=linked_site&period=1999&ics=XX&classes=x&layout=globe&vintage=1965&borough=Camdn"
    )
    warned = notices(visitor, "warning")
    assert len(warned) == 7
    for sentence in (
        "There is no indicator “linked_site”",
        "Did you mean “linked_sites”?",
        "There is no figure of this indicator for “1999”: this shows “19 August 2026”.",
        "There is no ICS within these boundaries called “XX”: this shows all London.",
        "There is no way to colour called “x”",
        "There is no way to draw called “globe”",
        "There is no set of ICS boundaries “1965”",
        "There is no London borough “Camdn”: this shows none. Did you mean “Camden”?",
    ):
        assert len([each for each in warned if sentence in each]) == 1
    control(visitor, "Draw as").set_value("tiles").run()
    assert notices(visitor, "warning") == []


@pytest.mark.parametrize(("written", "meant"), [("e09000025", "Newham"), ("cAMDEN", "Camden")])
def test_a_link_may_name_a_borough_by_its_code_and_in_any_case(written: str, meant: str) -> None:
    visitor = visit(f"/?borough={written}")
    assert control(visitor, "Borough").value == meant
    assert visitor.query_params["borough"] == meant


def test_an_ics_that_ended_is_followed_to_its_successor_in_words() -> None:
    visitor = visit("/?vintage=2026&ics=NCL")
    (remark,) = notices(visitor, "info")
    assert "North Central London became part of West and North London in April 2026." in remark
    assert notices(visitor, "warning") == []
    assert (control(visitor, ICS).value, control(visitor, "ICS boundaries").value) == ("WNL", "2026")


def test_an_old_link_shows_what_it_always_showed_and_says_which_boundaries_that_means() -> None:
    visitor = visit("/?indicator=linked_sites&ics=NWL")
    (remark,) = notices(visitor, "info")
    assert "It shows what it always showed: five ICSs, July 2022 to March 2026" in remark
    assert (visitor.query_params["vintage"], visitor.query_params["ics"]) == ("2022", "NWL")


@pytest.mark.parametrize("address", ["/borders", "/lottery"])
def test_boroughs_without_a_figure_are_named_with_the_reason(address: str) -> None:
    text = said(visit(f"{address}?indicator=asq3_at_2_to_2_5_years&period=2023/24"))
    (line,) = (
        line for line in text.splitlines() if "No figure for the City of London, Enfield, Haringey" in line
    )
    assert "Redbridge: the publisher gives no figure." in line


@pytest.mark.parametrize("address", ["/borders", "/lottery"])
def test_without_figures_by_borough_the_page_says_so(address: str) -> None:
    visitor = visit(f"{address}?indicator=new_birth_visit_14_days")
    assert "There are no figures by borough to compare." in said(visitor)
    assert "What this figure is" in said(visitor)
    follow(visitor, f"{address}?indicator=family_hubs_programme")
    assert "This figure is a category, which has no size to compare" in said(visitor)


@pytest.mark.parametrize("address", ["/borders", "/lottery"])
def test_a_total_is_no_difference_between_neighbours_and_its_rate_is_offered(address: str) -> None:
    visitor = visit(f"{address}?indicator=designated_centres")
    title = visitor.title[0].value
    assert "This figure is a total: where more children live, more can be expected." in said(visitor)
    assert charts(visitor) == 0
    button(visitor, "Look at designated centres per 10,000 children instead").click().run()
    assert visitor.query_params["indicator"] == "centres_per_10k_0_4"
    assert visitor.title[0].value == title
    assert charts(visitor) > 0


def test_a_border_is_told_from_chance_alike_in_london_and_in_an_ics() -> None:
    found = {
        tuple(row(visit(f"/borders?indicator=gld_2013_2019{query}"), "Newham: 75.9%", "Hackney: 69.6%")[2:5])
        for query in ("", "&ics=NEL", "&crossings=yes")
    }
    assert found == {("6.3", "2.7 to 9.8", "yes (under 0.001)")}


def test_whatever_the_figure_is_set_against_is_a_source_as_well() -> None:
    text = said(visit("/lottery?indicator=gld_2013_2019&against=idaci_2019"))
    sources = {line for line in text.splitlines() if line.startswith("**Source:**")}
    assert len(sources) == 3
    for title in ("Early years foundation stage profile", "deprivation 2025", "deprivation 2019"):
        assert len([line for line in sources if title in line]) == 1


def test_of_an_ics_the_city_comes_last_in_a_comparison() -> None:
    visitor = visit("/compare?indicator=gld_2013_2019&ics=NEL&vintage=2026")
    assert heads(visitor, "Figure")[1] == "Barking and Dagenham"
    assert heads(visitor, "Figure")[-3:] == ["Waltham Forest", "City of London", "London"]


def test_what_is_no_borough_and_who_is_the_fourteenth_are_said() -> None:
    given = "Barnet,Bexley,Brent,Bromley,Camden,Croydon,Ealing,Enfield,Greenwich,Hackney,Haringey,Harrow"
    visitor = visit(f"/compare?compare=Camdn,{given},Havering,Hillingdon")
    (warned,) = notices(visitor, "warning")
    assert warned == (
        "There is no London borough “Camdn” to compare. "
        "Only 13 boroughs are compared: the first 13 are shown."
    )
    assert len(heads(visitor, "Figure")) == 15


def test_a_figure_of_one_period_has_no_course() -> None:
    visitor = visit("/compare?indicator=imd_2025&compare=Camden,Hackney")
    assert "There are no two periods of this figure to compare" in said(visitor)
    assert charts(visitor) == 0


def test_the_neighbours_over_the_river_come_along_when_the_link_asks_for_them() -> None:
    assert "Woolwich foot tunnel" not in said(visit("/borough?borough=Newham"))
    assert "Woolwich foot tunnel" in said(visit("/borough?borough=Newham&crossings=yes"))


def test_the_base_of_the_survey_of_2022_is_said_before_any_figure() -> None:
    text = said(visit("/survey"))
    (base,) = (line for line in text.splitlines() if "26 of London's 33 local authorities replied" in line)
    assert "in March 2022." in base
    assert "25 or 26 answered; the report does not say which" in base
    assert "no authority's answer is public" in base


def test_every_figure_of_the_survey_is_the_reports_and_what_it_does_not_print_is_said() -> None:
    interfaces, hallmarks, challenges = (
        table.value.astype(str).values.tolist() for table in visit("/survey").table
    )
    published = {
        name: read_csv(FIGURES / f"survey_published_{name}.csv")
        for name in ("interfaces", "hallmarks", "challenges")
    }
    assert interfaces == [
        [row["rank"], row["interface"], f"{float(row['mean_score_1_to_5']):.2f}"]
        for row in published["interfaces"]
    ]
    answers = ("yes_pct", "yes_not_embedded_pct", "starting_pct", "no_pct")
    assert hallmarks == [
        [row["hallmark"], *(f"{row[name]}%" if row[name] else "not printed" for name in answers), row["note"]]
        for row in published["hallmarks"]
    ]
    assert [row[1] for row in challenges] == [row["respondents_of_26"] for row in published["challenges"]]


def test_nothing_is_shown_that_nobody_answered() -> None:
    visitor = visit("/maturity")
    assert "There are no answers to look at" in said(visitor)
    assert charts(visitor) == 0
    assert "ILLUSTRATIVE" not in said(visitor)


@pytest.mark.parametrize("page", SHOW_NONE, ids=lambda page: page.script)
def test_every_page_says_that_the_demonstration_is_on_and_turns_it_off(page: Page) -> None:
    visitor = visit(f"/{page.address}?demo=yes")
    assert "ILLUSTRATIVE: the page Maturity shows made-up answers." in said(visitor)
    assert "This page shows none of them." in said(visitor)
    button(visitor, "Turn the demonstration off").click().run()
    assert "demo" not in visitor.query_params
    assert "ILLUSTRATIVE" not in said(visitor)


@pytest.mark.parametrize("instrument", ["hallmarks", "interfaces", "enablers", "challenges"])
def test_the_page_has_the_same_parts_for_each_set_of_questions_and_no_picture_of_them_is_unmarked(
    instrument: str,
) -> None:
    visitor = visit(f"/maturity?demo=yes&instrument={instrument}&borough=Merton")
    parts = [
        "Within London and its ICSs",
        "Provision, reach and maturity together",
        "All questions by borough",
    ]
    assert [header.value for header in visitor.header if header.value in parts] == parts
    specifications = [chart.proto.spec for chart in visitor.get("vega_lite_chart")]
    assert len(specifications) >= 6
    for drawn in specifications:
        assert {'"ILLUSTRATIVE: made-up answers"', '"ILLUSTRATIVE"'} <= set(
            re.findall(r'"ILLUS[^"]*"', drawn)
        )


def test_question_set_and_wave_stand_in_the_link() -> None:
    visitor = visit(DEMO)
    assert "From 2026 to 2027" in said(visitor)
    control(visitor, "Wave").set_value("2026").run()
    # the first wave has none before it
    assert "From 2026 to 2027" not in said(visitor)
    control(visitor, "Set of questions").set_value("interfaces").run()
    control(visitor, "Question").set_value("gp_early_years").run()
    link = {name: visitor.query_params[name] for name in ("instrument", "wave", "item")}
    assert link == {"instrument": "interfaces", "wave": "2026", "item": "gp_early_years"}
    assert any("Mean" in table.value.columns for table in visitor.table)
    other = visit("/maturity?demo=yes&" + "&".join(f"{name}={value}" for name, value in link.items()))
    assert (control(other, "Wave").value, control(other, "Question").value) == ("2026", "gp_early_years")


def test_a_wave_that_is_not_there_is_said() -> None:
    assert "There is no wave 2031 here: this shows 2027." in said(visit(f"{DEMO}&wave=2031"))


def test_services_stand_beside_answers_as_an_association() -> None:
    visitor = visit(DEMO)
    assert "Association, not cause." in said(visitor)
    assert "2 to 2½ year reviews by borough are not loaded" in said(visitor)
    # Enfield's ASQ-3 was not published either
    assert "not published" in row(visitor, "Enfield|", "not loaded")


def test_a_mean_is_given_for_no_set_of_questions_but_interfaces() -> None:
    columns = [column for table in visit(DEMO).table for column in table.value.columns]
    assert "Median" in columns
    assert not [column for column in columns if "Mean" in column]


def metrics(visitor: AppTest) -> dict[str, str]:
    return {each.label: each.value for each in visitor.metric}


def test_where_no_borough_has_a_figure_the_page_opens_on_what_there_is() -> None:
    visitor = visit("/?indicator=review_6_8_weeks&vintage=2022")
    assert visitor.header[0].value == (
        "In April to June 2017, in England, 81.5% of babies had their 6 to 8 week review in time."
    )
    assert metrics(visitor) == {"England": "81.5%"}
    (gap,) = (line for line in said(visitor).splitlines() if line.startswith("No figure for any borough: "))
    assert "not yet downloaded" in gap
    assert "Whoever runs this app can load the figures" in said(visitor)
    assert "children in London were among the least likely" in said(visitor)
    # no map of 33 hatched areas, and nothing to choose about it
    assert charts(visitor) == 0
    assert "Draw as" not in [each.label for each in visitor.selectbox]


def test_a_survey_score_of_london_alone_is_said_and_no_borough_is_coloured() -> None:
    visitor = visit("/?indicator=interface_gp_early_years&vintage=2022")
    assert metrics(visitor)["London"] == "2.19 of 5"
    assert visitor.header[0].value == (
        "In March 2022, across London, local authorities rated how well these services work together at "
        "2.19 of 5 on average."
    )
    assert charts(visitor) == 0


def test_an_indicator_without_intervals_says_that_it_cannot_be_compared() -> None:
    visitor = visit("/?indicator=low_income_under_16_pct&classes=london")
    (warned,) = notices(visitor, "warning")
    assert "no intervals to compare with London" in warned
    assert control(visitor, "Colour by").value == "quantile"


def test_the_whole_of_an_ics_stands_beside_london_and_england() -> None:
    found = metrics(visit("/?ics=NEL"))
    assert list(found) == ["North East London", "London", "England"]
    assert found["North East London"] == "5.4"


def test_a_change_of_boundaries_keeps_the_ics_or_follows_it() -> None:
    visitor = visit("/?ics=NCL&vintage=2022")
    control(visitor, "ICS boundaries").set_value("2026").run()
    (remark,) = notices(visitor, "info")
    assert "North Central London became part of West and North London" in remark
    assert control(visitor, ICS).value == "WNL"
    control(visitor, ICS).set_value("SEL").run()
    control(visitor, "ICS boundaries").set_value("2022").run()
    assert control(visitor, ICS).value == "SEL"
    assert notices(visitor, "info") == []


def test_of_a_figure_without_boroughs_the_page_of_an_ics_says_why_and_draws_no_map() -> None:
    visitor = visit("/ics?ics=NEL&indicator=review_6_8_weeks&vintage=2026")
    assert "6 to 8 week reviews ·" in said(visitor)
    assert "No figure for any borough: published, but not yet downloaded" in said(visitor)
    assert "a value of an ICS" not in said(visitor)
    # where it stands in other figures, now and over time
    assert charts(visitor) == 2


def test_answers_of_a_self_evaluation_are_seen_by_nobody_else_and_go_after_asking_once_more() -> None:
    visitor = visit("/self_evaluation?borough=Hackney")
    first = visitor.button_group[0]
    first.set_value("Mature").run()
    assert "1 of 12 answered; most often: mature (1)." in said(visitor)
    assert "None of 12 answered yet." in said(visit("/self_evaluation?borough=Hackney"))
    assert "mature" not in str(visitor.query_params).casefold()
    button(visitor, "Yes, remove them").click().run()
    assert "None of 12 answered yet." in said(visitor)
    assert visitor.button_group[0].value is None


def test_a_file_of_something_else_is_no_self_evaluation_and_refused_in_words() -> None:
    visitor = visit("/self_evaluation?borough=Hackney")
    visitor.file_uploader[-1].set_value(("notes.csv", b"a,b\n1,2\n", "text/csv"))
    visitor.run()
    assert "Nothing was added." in said(visitor)
    assert "Carry on with these" not in [each.label for each in visitor.button]


def test_the_largest_difference_of_all_is_not_said_again_of_its_borough() -> None:
    around = "/borders?indicator=centres_per_10k_0_4&vintage=2026&ics=NEL"
    own = "the largest difference that"
    assert own not in said(visit(f"{around}&borough=Hackney"))
    assert f"{own} Newham has to a neighbour" in said(visit(f"{around}&borough=Newham"))


def test_who_compares_nothing_yet_is_offered_the_boroughs_of_each_ics() -> None:
    visitor = visit("/compare?vintage=2026&compare=Camden")
    button(visitor, "North East London").click().run()
    assert not visitor.exception
    assert visitor.multiselect[0].value[0] == "Barking and Dagenham"
