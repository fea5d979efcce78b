"""Figures in words, as a reader sees them."""

import dataclasses
import re
import string

import pandas as pd
import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from data_loaders import store
from geo.lottery.compared import with_rank_bounds
from geo.tables.london import London, ics_table, place_table
from geo.tables.vintages import Vintage
from pages.components.text import caveats, dates, grammar, headlines, markdown, ranks, units, vintages, wholes
from pages.exports.table import ordinal
from tests.builders import INDICATOR_IDS, place_rows, read_csv
from tests.data_loaders.test_catalogue import DEMANDED

GAP = float("nan")


def headline(
    figures: London,
    values: dict[str, float],
    name: str = "linked_sites",
    london: float = GAP,
    england: float = GAP,
) -> str:
    table = place_rows(values, london=london, england=england)
    return headlines.headline(table, figures.catalogue.indicators[name], None)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("early_years_spend_per_child_0_4", 1234.4, "£1,234"),
        ("early_years_spend_gross", 140_650_680, "£140,650,680"),
        ("asq3_at_2_to_2_5_years", 88.06, "88.1%"),
        ("hallmark_shared_vision", 27, "27%"),
        ("change_designated_since_2010", -5, "−5"),
        ("change_designated_since_2010", 4, "+4"),
        ("change_designated_since_2010", 0, "0"),
        ("change_designated_since_2010", -0.0, "0"),
        ("change_designated_since_2010", -1234, "−1,234"),
        ("asq3_at_2_to_2_5_years", -0.04, "0.0%"),
        ("population_0_4", 527_257, "527,257"),
        ("idaci_2019", 0.0704, "0.070"),
        ("interface_gp_early_years", 2.19, "2.19 of 5"),
        ("centres_per_10k_0_4", 5.1856, "5.2"),
        ("family_hubs_programme", 1, "In the programme"),
        ("family_hubs_programme", 0, "Not in the programme"),
        ("linked_sites", GAP, ""),
        ("family_hubs_programme", GAP, ""),
    ],
)
def test_a_value_is_written_in_its_unit(name: str, value: float, text: str, london: London) -> None:
    assert units.format_value(value, london.catalogue.indicators[name]) == text


NUMERIC = sorted(DEMANDED - {"family_hubs_programme"})


@given(
    name=st.sampled_from(NUMERIC),
    value=st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000),
)
def test_a_value_can_be_read_back_from_its_words(london: London, name: str, value: float) -> None:
    indicator = london.catalogue.indicators[name]
    text = units.format_value(value, indicator)
    number = float(re.sub("[£%,+]", "", text).replace("−", "-"))
    assert number == pytest.approx(value, abs=0.5 * 10**-indicator.decimals + 1e-6)
    assert "-" not in text
    if number == 0:
        assert not re.search("[−+]", text)


@pytest.mark.parametrize(
    ("name", "period", "text"),
    [
        ("linked_sites", "2019-12-06", "6 December 2019"),
        ("asq3_at_2_to_2_5_years", "2023/24", "2023/24, year ending March 2024"),
        ("early_years_spend_per_child_0_4", "2024/25", "2024/25, year ending March 2025"),
        ("new_birth_visit_14_days", "2024/25", "2024/25, year ending March 2025"),
        ("new_birth_visit_14_days", "2017/18 Q1", "April to June 2017 (quarter 1 of 2017/18)"),
        ("funded_2yo_pct", "2024/25", "school year 2024/25"),
        ("gld_2013_2019", "2019", "summer 2019"),
        ("interface_gp_early_years", "March 2022", "March 2022"),
        ("population_0_4", "mid-2024", "mid-2024"),
        ("idaci_2019", "2019", "2019"),
    ],
)
def test_a_period_says_what_it_means(name: str, period: str, text: str, london: London) -> None:
    assert dates.say_period(period, london.catalogue.indicators[name]) == text


def test_places_in_an_order_have_their_endings() -> None:
    firsts = ["1st", "2nd", "3rd", *(f"{n}th" for n in range(4, 21))]
    assert [ordinal(n) for n in range(1, 21)] == firsts
    assert [ordinal(n) for n in (21, 22, 23, 24, 30, 31, 32, 33)] == [
        "21st",
        "22nd",
        "23rd",
        "24th",
        "30th",
        "31st",
        "32nd",
        "33rd",
    ]
    # after a hundred the endings are those of the first twenty, "111th" among them
    assert [ordinal(n)[-2:] for n in range(101, 122)] == [*(text[-2:] for text in firsts), "st"]


def ranked(indicator: str, period: str, london: London) -> pd.DataFrame:
    """A place table by name, with how sure the ranks are."""
    table = place_table(london, indicator, period, "2022")
    for scope in ("london", "ics"):
        entry = london.catalogue.indicators[indicator]
        table = with_rank_bounds(table, entry, scope)
    return table.set_index("area_name")


def test_a_rank_of_a_proportion_says_how_sure_it_is(london: London) -> None:
    rows = ranked("gld_2013_2019", "2019", london).loc[["Richmond upon Thames", "Hackney", "Camden"]]
    richmond, hackney, camden = ranks.rank_texts(rows, "london")
    assert richmond == "1st of 32"
    assert re.fullmatch(r"32nd of 32 \(2\dth to 32nd\)", hackney)
    # Camden, 72.8 % of 1,573, is one of many in the middle
    assert re.fullmatch(r"\d+\w\w of 32 \(1\d\w\w to 2\d\w\w\)", camden)
    assert ranks.rank_texts(rows, "ics")[2] == "3rd of 5 (1st to 4th)"


def test_a_rank_says_ties_and_among_how_many(london: London) -> None:
    table = ranked("designated_centres", "2026-08-19", london)
    rows = table.loc[["Lambeth", "Harrow", "Merton", "City of London"]]
    assert ranks.rank_texts(rows, "london") == [
        "1st of 32",
        "joint 31st of 32",
        "joint 31st of 32",
        "not ranked",
    ]
    assert ranks.rank_texts(rows, "ics") == ["1st of 6", "8th of 8", "6th of 6", "not ranked"]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Camden"], "Camden"),
        (["Camden", "Newham"], "Camden and Newham"),
        (["Camden", "Newham", "Hackney"], "Camden, Newham and Hackney"),
        (["Camden", "Newham", "Hackney", "Brent"], "4 boroughs"),
        (["Barking and Dagenham", "Newham"], "Barking and Dagenham as well as Newham"),
    ],
)
def test_names_are_joined_as_one_would_say_them(names: list[str], text: str) -> None:
    assert grammar.join_names(names) == text


@pytest.mark.parametrize(
    ("indicator", "period", "borough", "sentence"),
    [
        (
            "gld_2013_2019",
            "2019",
            "Newham",
            "Newham (75.9%) is joint 8th of 32 from the highest, and with 95% probability between 4th and "
            "14th.",
        ),
        (
            "gld_2013_2019",
            "2019",
            "Richmond upon Thames",
            "Richmond upon Thames (80.6%) is 1st of 32 from the highest, with at least 95% probability.",
        ),
        ("centres_per_10k_0_4", "2026-08-19", "Harrow", "Harrow (1.2) is 32nd of 32 from the highest."),
        ("centres_per_10k_0_4", "2026-08-19", "City of London", ""),
    ],
)
def test_where_a_borough_stands_is_said_with_how_sure_it_is(
    indicator: str, period: str, borough: str, sentence: str, london: London
) -> None:
    table = place_table(london, indicator, period, "2022")
    rows = with_rank_bounds(table, london.catalogue.indicators[indicator], "london")
    (row,) = [row for _, row in rows.iterrows() if row["area_name"] == borough]
    assert ranks.rank_sentence(row, london.catalogue.indicators[indicator]) == sentence


def test_all_names_are_listed_so_that_each_stays_one() -> None:
    assert grammar.list_names(["Camden", "Newham", "Brent", "Bexley"]) == "Camden, Newham, Brent and Bexley"
    assert grammar.list_names(["Barking and Dagenham", "Brent", "Bexley"]) == (
        "Barking and Dagenham, Brent, and Bexley"
    )
    assert grammar.list_names(["Brent", "Barking and Dagenham"]) == "Brent as well as Barking and Dagenham"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["5 live in Brent"], "5 live in Brent"),
        (["5 live in Brent", "3 elsewhere"], "5 live in Brent and 3 elsewhere"),
        (
            ["5 live in Hammersmith and Fulham", "3 elsewhere"],
            "5 live in Hammersmith and Fulham, and 3 elsewhere",
        ),
        (["a", "b and c", "d"], "a, b and c, and d"),
    ],
)
def test_parts_with_an_and_of_their_own_stay_whole(parts: list[str], said: str) -> None:
    assert grammar.join_all(parts) == said


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"Camden": 5, "Brent": 3, "Bexley": 0}, "In Camden there are 5 linked sites; in Bexley 0."),
        ({"Camden": 1, "Brent": 0}, "In Camden there is 1 linked site; in Brent 0."),
        (
            {"Camden": 5, "Brent": 5, "Bexley": 0},
            "In both Camden and Brent there are 5 linked sites; in Bexley 0.",
        ),
        (
            {"Camden": 5, "Brent": 0, "Bexley": 0},
            "In Camden there are 5 linked sites; in both Brent and Bexley 0.",
        ),
        (
            {"Camden": 5, "Brent": 5, "Bexley": 5, "Barnet": 0},
            "In Camden, Brent and Bexley there are 5 linked sites; in Barnet 0.",
        ),
        (
            {"Camden": 5, "Brent": 0, "Bexley": 0, "Barnet": 0, "Ealing": 0},
            "In Camden there are 5 linked sites; in 4 boroughs 0.",
        ),
        ({"Camden": 2, "Brent": 2, "Bexley": 2}, "In all 3 boroughs there are 2 linked sites."),
        ({"Camden": 4, "Brent": GAP, "Bexley": GAP}, "In Camden there are 4 linked sites."),
        ({"Camden": GAP, "Brent": GAP}, "There is no figure to show."),
    ],
)
def test_a_headline_says_the_highest_and_the_lowest(
    values: dict[str, float], text: str, london: London
) -> None:
    assert headline(london, values) == text


def test_a_headline_ends_with_london_and_england(london: London) -> None:
    assert headline(london, {"Camden": 5, "Brent": 3}, london=139, england=900) == (
        "In Camden there are 5 linked sites; in Brent 3; in London as a whole 139; in England 900."
    )


def test_values_that_read_the_same_are_a_tie(london: London) -> None:
    assert headline(london, {"Camden": 88.04, "Brent": 88.01, "Bexley": 60}, "asq3_at_2_to_2_5_years") == (
        "In both Camden and Brent, 88.0% of children reviewed at 2 to 2½ years were assessed with the ASQ-3 "
        "questionnaire; in Bexley 60.0%."
    )


def test_a_handful_of_children_does_not_make_the_headline(london: London) -> None:
    values = {"City of London": 400.0, "Camden": 5, "Brent": 3}
    table = place_rows(values, small="City of London")
    entry = london.catalogue.indicators["linked_sites"]
    assert headlines.headline(table, entry, None) == ("In Camden there are 5 linked sites; in Brent 3.")
    (remark,) = caveats.remarks(table, [], entry, london.catalogue, None)
    assert remark.startswith("The City of London (400) has very few children: it is shown, but not ranked.")


def test_a_figure_for_london_only_is_said_as_such(london: London) -> None:
    values = {"Camden": GAP, "Brent": GAP}
    assert headline(london, values, "interface_gp_early_years", london=2.19) == (
        "Across London, local authorities rated how well these services work together at 2.19 of 5 on "
        "average."
    )
    assert headline(london, values, "new_birth_visit_14_days", england=85.2) == (
        "In England, 85.2% of babies had a new birth visit from a health visitor within 14 days."
    )


def test_categories_are_counted(london: London) -> None:
    values = {"Camden": 1.0, "Brent": 1, "Bexley": 0, "Barnet": 0}
    assert headline(london, values, "family_hubs_programme") == (
        "Of 4 authorities, 2 are in the programme and 2 are not in the programme."
    )


def test_one_of_a_category_is_one(london: London) -> None:
    values = {"Camden": 1.0, "Brent": 1, "Bexley": 0}
    assert headline(london, values, "family_hubs_programme") == (
        "Of 3 authorities, 2 are in the programme and 1 is not in the programme."
    )


def test_what_is_missing_is_said_by_name_and_reason(london: London) -> None:
    values = {"Camden": GAP, "Brent": 4, "Bexley": GAP}
    entry = london.catalogue.indicators["linked_sites"]
    assert caveats.remarks(place_rows(values), [], entry, london.catalogue, None) == [
        "No figure for Camden and Bexley: the publisher gives no figure."
    ]
    assert caveats.remarks(place_rows(values, missing="suppressed"), [], entry, london.catalogue, None) == [
        "No figure for Camden and Bexley: withheld by the publisher because numbers are small."
    ]
    nobody = place_rows({"Camden": GAP, "Brent": GAP}, missing="not_loaded")
    assert caveats.remarks(nobody, [], entry, london.catalogue, None) == [
        "No figure for any borough: published, but not yet downloaded into this app."
    ]


def test_a_complete_picture_needs_no_remark(london: London) -> None:
    entry = london.catalogue.indicators["linked_sites"]
    assert caveats.remarks(place_rows({"Camden": 1, "Brent": 4}), [], entry, london.catalogue, None) == []


def picture_words(london: London, name: str, period: str, vintage: str, scope: str | None) -> list[str]:
    """Headline, remarks and whole places of a view."""
    entry, catalogue = london.catalogue.indicators[name], london.catalogue
    table = place_table(london, name, period, vintage)
    of_ics = ics_table(london, name, period, vintage)
    said_wholes = wholes.whole_places(table, of_ics, entry, catalogue, scope)
    said = [
        headlines.headline(table, entry, scope),
        *caveats.remarks(table, said_wholes, entry, catalogue, scope),
    ]
    return said + [f"{whole.name}: {whole.value_text}, {whole.status_text}." for whole in said_wholes]


def test_spending_without_wandsworth_is_said_in_words(london: London) -> None:
    said = picture_words(london, "early_years_spend_per_child_0_4", "2024/25", "2022", "SWL")
    assert "No figure for Wandsworth: the publisher gives no figure." in said
    assert "The value of South West London is worked out without Wandsworth." in said
    assert "The value of London is worked out without Wandsworth." in said
    total = picture_words(london, "early_years_spend_gross", "2024/25", "2022", "SWL")
    assert (
        "South West London: cannot be given, "
        "a total needs every borough, and there is no figure for Wandsworth."
    ) in total


def test_a_published_total_that_leaves_a_borough_out_says_so(london: London) -> None:
    # the published £140,650,680 is the sum of the other 32
    table = place_table(london, "early_years_spend_gross", "2024/25", "2022").set_index("area_name")["value"]
    assert table["London"] == table.drop(["London", "England"]).sum() == 140_650_680
    said = picture_words(london, "early_years_spend_gross", "2024/25", "2022", None)
    left_out = "has nothing in it for Wandsworth: it is the sum of the other boroughs."
    assert f"The publisher's total for London {left_out}" in said
    assert not any("worked out without" in text for text in said)


SLIPS = re.compile(
    r"\bnan\b|\bNone\b|\binf\b|  |[{}\[\]|]|\ba increase|\b1 boroughs|\b1 are\b"
    r"|\bis 1 [\w' -]*(centres|sites)|-\d|-0|−0\b|\+0\b|\.\.|no figure for \.|;\.|, \."
)
FOOTPRINTS = {(row["vintage"], row["ics_code"]) for row in read_csv(store.SNAPSHOT / "footprints.csv")}
SCOPES = [("2022", None), ("2026", None), *sorted(FOOTPRINTS)]


@pytest.mark.parametrize("name", INDICATOR_IDS)
def test_what_is_said_of_every_ics_reads_as_english(name: str, london: London) -> None:
    for vintage, scope in SCOPES:
        said = picture_words(london, name, london.periods[name][0], vintage, scope)
        plain = [text.replace("ASQ-3", "ASQ") for text in said]
        slips = [text for text in plain if SLIPS.search(text) or not text.endswith(".")]
        assert not slips, (vintage, scope)


def test_what_became_of_the_ics_follows_from_the_footprints(london: London) -> None:
    first = "In April 2026, North Central London and North West London became West and North London."
    assert vintages.say_ics_changes(london) == first

    south = london.footprints[london.footprints["vintage"] == "2026"].assign(vintage="2027")
    south["ics_name"] = south["ics_name"].replace(["South East London", "South West London"], "South London")
    later = dataclasses.replace(
        london,
        footprints=pd.concat([london.footprints, south]),
        vintages=london.vintages
        | {"2027": Vintage("2027", "2027-04-01", "", "Three ICSs, since April 2027", "3")},
    )
    second = "In April 2027, South East London and South West London became South London."
    assert vintages.say_ics_changes(later) == f"{first} {second}"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("LB Hackney", "LB Hackney"),
        ("![x](y) *b* `c` $d$", r"\!\[x\]\(y\) \*b\* \`c\` \$d\$"),
        ("a\n# b", r"a \# b"),
        ("https://x.org", "https\\:\N{WORD JOINER}\\/\\/x\\.org"),
        (":smile: ->", "\\:\N{WORD JOINER}smile\\: \\-\N{WORD JOINER}\\>"),
    ],
)
def test_a_text_of_a_file_is_escaped_for_markdown(text: str, escaped: str) -> None:
    assert markdown.verbatim(text) == escaped


# what Markdown is made of comes often
MARKUP = st.text(st.sampled_from(string.printable) | st.characters(exclude_categories=["Cs", "Cc"]))


@given(text=MARKUP)
def test_whatever_a_file_has_markdown_reads_it_as_one_text(text: str) -> None:
    read = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown.verbatim(text))
    parts = [part for token in read if token.type == "inline" for part in token.children or []]
    assert {token.type for token in read} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {part.type for part in parts} <= {"text", "text_special"}
    shown = "".join(part.content for part in parts).replace("\N{WORD JOINER}", "")
    assert shown == " ".join(text.replace("\N{WORD JOINER}", "").split())


def test_a_percentage_above_100_bears_its_reason(london: London) -> None:
    entry = london.catalogue.indicators["funded_3_4yo_pct"]
    for period in london.periods[entry.indicator_id]:
        table = place_table(london, entry.indicator_id, period, "2026")
        boroughs = table[table["area_type"] == "borough"]
        above = [
            name for name, value in zip(boroughs["area_name"], boroughs["value"], strict=True) if value > 100
        ]
        said = [
            text for text in caveats.remarks(table, [], entry, london.catalogue, None) if "Above 100%" in text
        ]
        assert len(said) == bool(above)
        assert all(name in said[0] and "so it can exceed 100%" in said[0] for name in above)


def test_a_note_on_a_figure_is_said_beside_the_picture_with_whose_it_is(london: London) -> None:
    entry = london.catalogue.indicators["linked_sites"]
    table = place_table(london, "linked_sites", "2026-08-19", "2026")
    noted = table["area_name"].isin(["Barnet", "Camden"])
    table = table.assign(note=table["note"].mask(noted, "Concern about data quality"))
    said = caveats.remarks(table, [], entry, london.catalogue, None)
    assert "† The publisher's note on Barnet and Camden: Concern about data quality." in said
    # and only where one of them is looked at
    assert not any("note on" in text for text in caveats.remarks(table, [], entry, london.catalogue, "SEL"))


@pytest.mark.parametrize(
    ("notes", "last"),
    [(7, "One more note is in the table."), (8, "Two more notes are in the table.")],
)
def test_notes_that_have_no_room_are_counted(notes: int, last: str, london: London) -> None:
    entry = london.catalogue.indicators["linked_sites"]
    table = place_table(london, "linked_sites", "2026-08-19", "2026")
    many = table.assign(note=[f"Note {n}" if n < notes else "" for n in range(len(table))])
    said = [text for text in caveats.remarks(many, [], entry, london.catalogue, None) if "ote" in text]
    assert len(said) == caveats.MOST_NOTES + 1
    assert said[-1] == last


def test_a_note_on_a_value_is_said_before_one_on_a_missing_value(london: London) -> None:
    entry = london.catalogue.indicators["linked_sites"]
    rows = place_rows({"Barnet": GAP, "Camden": 5.0})
    table = rows.assign(note=["Under audit", "Provisional", "Summed here", ""])
    table["status"] = table["status"].mask(table["area_name"] == "London", "derived")
    table["value"] = table["value"].mask(table["area_name"] == "London", 5.0)
    assert caveats.say_marks(table, entry, None) == [
        "† The publisher's note on Camden: Provisional.",
        # what was worked out here is no publisher's
        "† London: Summed here.",
        # a word stands in place of the value, and bears no mark
        "The publisher's note on Barnet: Under audit.",
    ]


def test_a_value_above_100_is_one_that_is_shown_so(london: London) -> None:
    entry = london.catalogue.indicators["funded_3_4yo_pct"]
    rows = place_rows({"Barnet": 100.04, "Brent": 100.06, "Camden": 104.0, "Ealing": 101.0, "Harrow": 103.0})
    assert units.value_texts(rows, entry, london.catalogue)[:3] == ["100.0%", "100.1%†", "104.0%†"]
    # all of them are named, however many
    (said,) = caveats.say_above_100(rows, entry, None)
    assert said.startswith("† Above 100%: Brent, Camden, Ealing and Harrow. Children are counted")


def test_the_name_of_a_figure_says_its_year_once(london: London) -> None:
    assert dates.with_period("Deprivation 2025 (IMD)", "2025") == "Deprivation 2025 (IMD)"
    assert dates.with_period("Deprivation 2025 (IMD)", "2019") == "Deprivation 2025 (IMD) (2019)"
    for name in (
        "Good level of development 2013-19",
        "Good level 2013 to 2019",
        "Level 2019 on",
        "Change since 2019",
    ):
        for year in ("2013", "2019"):
            assert dates.with_period(name, year, "{}, {}") == f"{name}, {year}"
    found = []
    for indicator_id, periods in london.periods.items():
        indicator = london.catalogue.indicators[indicator_id]
        for name in (indicator.short_label, indicator.label):
            for period in map(dates.short_period, periods):
                said = dates.with_period(name, period)
                assert said in (name, f"{name} ({period})")
                if said == name:
                    found.append(indicator_id)
                    assert name.count(period) == 1
    assert {"imd_2025", "idaci_2019"} <= set(found)
