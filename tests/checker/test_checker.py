"""The checker objects: to what is true it says nothing, and to every planted fault something."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.checker import english, places, sentences
from tests.checker.sentences import Case, objections

SCHOOL = Case("gld_2013_2019", "2019", "2022", today=dt.date(2026, 11, 25))
CENTRES = Case("centres_per_10k_0_4", "2026-08-19", "2022", today=dt.date(2026, 11, 25))
SITES = Case("linked_sites", "2026-08-19", "2022", "SEL", today=dt.date(2026, 11, 25))
ASQ = Case("asq3_at_2_to_2_5_years", "2023/24", "2022")
CHANGE = Case("change_designated_since_2010", "2026-08-19", "2022")
SPEND = Case("early_years_spend_per_child_0_4", "2024/25", "2022")

HEADLINES = {
    CENTRES: "In Lambeth there are 15.8 designated centres for every 10,000 children aged 0 to 4; "
    "in Harrow 1.2; in London as a whole 6.0.",
    SITES: "In both Bexley and Greenwich there are 10 linked sites; in Bromley, Lewisham and Southwark 0; "
    "in South East London 22; in London as a whole 139.",
    SCHOOL: "In summer 2019, in Richmond upon Thames, 80.6% of children had a good level of development "
    "at the end of reception; in Hackney 69.6%; in London as a whole 74.1%.",
}
PLANTED_HEADLINES = {
    "another name": (CENTRES, "Lambeth", "Southwark"),
    "ends swapped": (CENTRES, "Lambeth there are 15.8", "Harrow there are 1.2"),
    "another value": (CENTRES, "15.8", "15.9"),
    "one of a tie left out": (SITES, "both Bexley and Greenwich", "Bexley"),
    "one too many": (SITES, "Bromley, Lewisham and Southwark", "Bromley, Lambeth, Lewisham and Southwark"),
    "a number of boroughs": (SITES, "Bromley, Lewisham and Southwark", "4 boroughs"),
    "a value of another period": (SCHOOL, "80.6%", "79.9%"),
    "another period": (SCHOOL, "summer 2019", "summer 2018"),
    "no date": (SCHOOL, "In summer 2019, in", "In"),
    "a present that is past": (SITES, "there are", "there were"),
    "London's value": (SCHOOL, "74.1%", "71.8%"),
    "the ICS left out": (SITES, "in South East London 22; ", ""),
    "another ICS": (SITES, "South East London", "North East London"),
    "the value of the ICS": (SITES, "South East London 22", "South East London 139"),
    "London left out": (SCHOOL, "; in London as a whole 74.1%", ""),
    "another unit": (SCHOOL, "69.6%", "69.6"),
    "another sentence": (CENTRES, "for every 10,000 children", "for every 1,000 children"),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_a_true_headline_passes(case: Case) -> None:
    assert sentences.headline(HEADLINES[case], case) == []


@pytest.mark.parametrize("fault", PLANTED_HEADLINES)
def test_a_false_headline_does_not(fault: str) -> None:
    case, right, wrong = PLANTED_HEADLINES[fault]
    assert right in HEADLINES[case]
    assert sentences.headline(HEADLINES[case].replace(right, wrong), case)


TRUE = [
    (CENTRES, "From 1.2 in Harrow to 15.8 in Lambeth."),
    (CENTRES, "The value of Lambeth is 13.2 times that of Harrow."),
    (
        CENTRES,
        "Boroughs typically lie 56% above or below the value of all together, larger ones counting for more.",
    ),
    (CHANGE, "Largest fall: −18 in Croydon; largest rise: +4 in Hillingdon."),
    (
        ASQ,
        "Of every hundred children, the number reviewed without the questionnaire is 51.4 times as high in "
        "Newham (41.1) as in Tower Hamlets (0.8).",
    ),
    (
        SCHOOL,
        "92% of the spread is more than chance gives; chance alone gives so much in fewer than 1 of 1,000 "
        "cases.",
    ),
    (
        ASQ,
        "Nine tenths of the difference is between boroughs of the same ICS. Boroughs grouped at random "
        "differ as much between groups in 88 of 100 cases.",
    ),
    (
        ASQ,
        "Families who live along the border of Tower Hamlets (99.2%) with Newham (58.9%) face the largest "
        "difference between neighbours: 40.3 percentage points.",
    ),
    (CENTRES, "Of the ten largest differences, four lie between two ICSs; of all 71 borders, 21."),
    (
        ASQ,
        "Between the same 22 boroughs the gap has grown from 27.9 percentage points (2018/19, year ending "
        "March 2019) to 40.3 percentage points (2023/24, year ending March 2024).",
    ),
    (
        ASQ,
        "No figure for the City of London, Enfield, Haringey, Hillingdon, Hounslow, Lambeth and Redbridge: "
        "the publisher gives no figure.",
    ),
    (CENTRES, "The City of London (41.8) has very few children: it is shown, but not ranked."),
    (
        SCHOOL,
        "At the most deprived end the value is 4.9 percentage points lower than at the least (95% "
        "interval −7.8 to −2.0), or 0.94 times as much (95% interval 0.90 to 0.97).",
    ),
    (
        replace(SCHOOL, borough="Newham"),
        "Newham (75.9%) is joint 8th of 32 from the highest, and with 95% probability between 4th and 14th.",
    ),
]
# a part of the true sentence of this number, and what is put in its place
PLANTED = [
    (0, "1.2 in Harrow", "1.2 in Havering"),
    (0, "From 1.2 in Harrow to 15.8 in Lambeth", "From 15.8 in Lambeth to 1.2 in Harrow"),
    (1, "13.2", "12.3"),
    (1, "Lambeth is 13.2 times that of Harrow", "Harrow is 13.2 times that of Lambeth"),
    (2, "56%", "54%"),
    (3, "largest rise", "smallest fall"),
    (3, "−18", "18"),
    (4, "reviewed without the questionnaire", "missed"),
    (4, "(41.1)", "(58.9)"),
    (4, "Newham (41.1) as in Tower Hamlets (0.8)", "Tower Hamlets (0.8) as in Newham (41.1)"),
    (5, "92%", "29%"),
    (5, "1 of 1,000", "1 of 100"),
    (6, "Nine tenths", "One tenth"),
    (6, "88 of", "8 of"),
    (7, "Newham", "Hackney"),
    (7, "40.3", "40.4"),
    (7, "percentage points", "per cent"),
    (8, "four lie", "six lie"),
    (8, "two ICSs; of all 71 borders, 21", "two ICSs; of all 71 borders, 50"),
    (9, "grown", "narrowed"),
    (9, "22 boroughs", "26 boroughs"),
    (9, "2018/19, year ending March 2019", "2019/20, year ending March 2020"),
    (9, "March 2024", "March 2023"),
    (10, "Enfield, ", ""),
    (10, "the publisher gives no figure", "withheld by the publisher because numbers are small"),
    (11, "41.8", "18.4"),
    (11, "City of London", "Kensington and Chelsea"),
    (12, "lower", "higher"),
    (12, "95% interval −7.8 to −2.0", "90% interval −7.8 to −2.0"),
    (12, "95% interval −7.8 to −2.0", "95% interval −6.4 to −3.4"),
    (13, "75.9%", "79.5%"),
    (13, "8th of", "9th of"),
    (13, "joint ", ""),
    (13, "of 32", "of 33"),
    (13, "highest", "largest"),
    (13, "between 4th", "between 9th"),
    (13, "Newham", "Hackney"),
]


@pytest.mark.parametrize(("case", "text"), TRUE)
def test_a_true_sentence_passes(case: Case, text: str) -> None:
    assert objections(text, case) == []


@pytest.mark.parametrize(("number", "right", "wrong"), PLANTED)
def test_a_planted_fault_does_not(number: int, right: str, wrong: str) -> None:
    case, text = TRUE[number]
    assert right in text
    assert objections(text.replace(right, wrong), case)


@pytest.mark.parametrize(
    "text",
    [
        "In  Camden.",
        "There are {value} centres.",
        "There [is|are] 1 centre.",
        "It is nan.",
        "It is None of these.",
        "E09000007 has 5.",
        "qmj has 5.",
        "gld_2022_on is higher.",
        "Of 1 boroughs none lies outside.",
        "It is so..",
        "It is so,.",
        "Camden (5 (6)).",
        "Camden (5.",
        "<b>Camden</b> has 5.",
        "**Camden has 5.",
        "the the value",
        "both Barking and Dagenham as well as Redbridge",
        "It fell by -5.",
        " Camden has 5.",
    ],
)
def test_no_sentence_may_look_like_that(text: str) -> None:
    assert english.faults(text)


@pytest.mark.parametrize(
    ("case", "text"),
    [
        (Case("linked_sites", "2026-08-19", "2022"), "From 0 in Havering to 20 in Ealing: it is better."),
        (CENTRES, "Chance alone gives so much spread in 5 of 100 cases: it may be no lottery at all."),
        (SCHOOL, "The number missed is 1.5 times as high in Hackney."),
    ],
)
def test_what_a_figure_does_not_carry_may_not_be_said(case: Case, text: str) -> None:
    assert objections(text, case)


@pytest.mark.parametrize("text", ["Camden has 5.", "It was 5 of 33 boroughs.", "", "In Camden, more."])
def test_what_the_checker_cannot_read_is_a_fault(text: str) -> None:
    assert objections(text, CENTRES)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Ahead", "Behind"),
        ("better", "worse"),
        ("3,585", "3,586"),
        ("74.6%", "75.0%"),
        ("75.9%", "74.1%"),
        ("2019", "2018"),
    ],
)
def test_a_false_claim_of_a_borough_is_found(right: str, wrong: str) -> None:
    text = (
        "**Ahead** · Good level of development 2013-19 (2019): 75.9% (3,585 of 4,725 children), clearly "
        "better than London's 74.1% (95% interval 74.6% to 77.1%)."
    )

    def found(said: str) -> list[str]:
        # what else stands out is not said here, so that much is found of any text
        objected = places.standing_of_borough([said], "Newham", "2022")
        return [fault for fault in objected if not fault.startswith("Newham: stands out should be")]

    assert found(text) == []
    assert found(text.replace(right, wrong, 1))


@pytest.mark.parametrize(
    ("side", "text", "right", "wrong"),
    [
        (
            "behind",
            "**Centres per 10,000 children (19 August 2026)**: 5.4; London 6.0. Reaching London's value "
            "would take 9 more designated centres.",
            right,
            wrong,
        )
        for right, wrong in [("5.4", "5.5"), ("6.0", "6.1"), ("9 more", "8 more"), ("centres.", "centre.")]
    ]
    + [
        (
            "behind",
            "**Good level of development 2013-19 (2019)**: 73.4% (95% interval 72.9% to 73.9%); London "
            "74.1%. Reaching London's value would have taken 180 more children with a good level of "
            "development.",
            right,
            wrong,
        )
        for right, wrong in [
            ("(2019)", "(2018)"),
            ("72.9%", "72.8%"),
            ("180 more", "179 more"),
            ("74.1%", "75%"),
        ]
    ]
    + [
        (
            "boroughs",
            "**Funded 2-year-olds, % (2024/25)**: of its seven boroughs that are compared, four have a "
            "better value than London (61.1%), three a worse one.",
            right,
            wrong,
        )
        for right, wrong in [
            ("seven", "eight"),
            ("four", "five"),
            ("three", "four"),
            ("better", "clearly better"),
        ]
    ],
)
def test_a_false_standing_of_an_ics_is_found(side: str, text: str, right: str, wrong: str) -> None:
    def found(said: str, where: str = side) -> list[str]:
        # of what else there is nothing is said here
        objected = places.beside_london_of_ics({where: [said]}, "2026", "NEL")
        return [fault for fault in objected if not fault.startswith("nothing is said of")]

    assert found(text) == []
    assert found(text, "ahead")
    assert right in text
    assert found(text.replace(right, wrong, 1))


def test_what_is_left_out_of_what_stands_out_is_found() -> None:
    assert places.beside_london_of_ics({}, "2022", "NCL")
    assert places.standing_of_borough([], "Newham", "2022")
    assert places.standing_of_ics([], "2022", "NCL")
    assert places.gaps_of_ics([], "2022", "NCL")
    assert places.changes_of_ics([], "2022", "NCL")
