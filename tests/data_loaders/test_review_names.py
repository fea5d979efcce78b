"""Each indicator is known by its name in every usual wording, and no neighbour is taken for it."""

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from data_loaders.review_names import COUNTS, Rule, read_rules, reason_against, recognise
from data_loaders.store import SNAPSHOT
from data_loaders.wordings import groups
from tests.builders import read_csv
from tests.served import recorded

RULES = read_rules(pd.DataFrame(read_csv(SNAPSHOT / "review_names.csv")))
RULE = {rule.indicator_id: rule for rule in RULES}
CHILD = "child_development"

WEEKS = st.sampled_from(
    ["6 to 8 week", "6-8 week", "6–8-week", "6 to 8-week", "six to eight week", "six-to-eight-week", "6-8wk"]
)
HALF = st.sampled_from(
    ["2 to 2½ years", "2-2½yrs", "2 to 2.5 years", "2–2.5 years", "2 to 2 and a half years",
     "2 to 2 1/2 years", "two to two and a half years", "2 years to 2½ years", "24 to 30 months"]
)  # fmt: skip
TWELVE, FIFTEEN = (
    st.sampled_from(["12 months", "twelve months", "12-months"]),
    st.sampled_from(["15 months", "fifteen months", "15-months"]),
)
DAYS = st.sampled_from(["14 days", "fourteen days", "14-days"])
SHARE = st.sampled_from(["Proportion of ", "Percentage of ", "Per cent of ", "% of "])
BY = st.sampled_from(
    [
        "by {}",
        "by the age of {}",
        "by the time the child turned {}",
        "by the time they were {} old",
        "within {}",
    ]
)
WITHIN = st.sampled_from(["within {}", "by the time they were {} old", "within the first {}", "aged 0 to {}"])
SKILLS = {
    "communication": "communication skills",
    "gross_motor": "gross motor skills",
    "fine_motor": "fine motor skills",
    "problem_solving": "problem solving skills",
    "personal_social": "personal-social skills",
}


def known(name: str) -> str | None:
    return recognise([name], RULES).get(name)


@given(
    SHARE,
    st.sampled_from(["New Birth Visits (NBVs) completed", "births that receive a new birth visit"]),
    DAYS,
    WITHIN,
)
def test_new_birth_visits_are_known(share: str, visits: str, days: str, within: str) -> None:
    assert known(f"{share}{visits} {within.format(days)}") == "new_birth_visit_14_days"


@given(
    SHARE,
    WEEKS,
    st.sampled_from(
        ["infants receiving a {} review", "{} reviews completed", "babies with their {}\nreview"]
    ),
)
def test_6_to_8_week_reviews_are_known(share: str, weeks: str, infants: str) -> None:
    assert known(share + infants.format(weeks)) == "review_6_8_weeks"


@given(SHARE, TWELVE, BY, FIFTEEN)
def test_12_month_reviews_are_told_apart_by_the_age(share: str, twelve: str, by: str, fifteen: str) -> None:
    name = f"{share}children who received a 12-month review "
    assert known(name + by.format(twelve)) == "review_12_months_by_12"
    assert known(name + by.format(fifteen)) == "review_12_months_by_15"


@given(
    SHARE,
    HALF,
    st.sampled_from(["a {} review", "a review at {}", "a health visitor review by the age of {}"]),
)
def test_2_to_2_and_a_half_year_reviews_are_known(share: str, half: str, review: str) -> None:
    assert known(f"{share}children who received {review.format(half)}") == "review_2_to_2_5_years"


@given(SHARE, HALF, st.sampled_from(["ASQ-3", "ASQ3", "ASQ", "an Ages and Stages Questionnaire"]))
def test_asq_3_is_known(share: str, half: str, asq: str) -> None:
    name = f"{share}children aged {half} receiving {asq} as part of the HCP or integrated review"
    assert known(name) == "asq3_at_2_to_2_5_years"


@given(
    HALF,
    st.sampled_from(list(SKILLS)),
    st.sampled_from(["achieving the expected level", "at or above the expected level"]),
)
def test_outcomes_are_known_and_never_taken_for_coverage(half: str, skill: str, level: str) -> None:
    name = f"Child development: percentage of children {level} in {SKILLS[skill]} at {half}"
    assert known(name) == f"{CHILD}_{skill}"
    assert known(name + " (ASQ-3 review)") == f"{CHILD}_{skill}"


@given(
    HALF,
    st.sampled_from(["a good level of development", "the expected level in all five areas of development"]),
)
def test_a_good_level_of_development_is_known(half: str, level: str) -> None:
    assert known(f"Percentage of children achieving {level} at {half}") == f"{CHILD}_good_level"


def test_the_antenatal_contact_is_known_only_as_a_percentage() -> None:
    contact = "mothers with a first face to face antenatal contact with a health visitor at 28 weeks or above"
    assert known(f"Percentage of {contact}") == "antenatal_contact"
    assert known(f"Number of {contact}") is None
    said = reason_against(f"Number of {contact}", RULE["antenatal_contact"])
    assert said == "gives counts, which are not a percentage"
    said = reason_against(contact.capitalize(), RULE["antenatal_contact"])
    assert said == "does not say that it is a percentage"


# what comes near, the indicator that it comes near to, and why it is not taken for it
NEIGHBOURS = [
    ("Percentage of births that receive a NBV after 14 days", "new_birth_visit_14_days", "says “after”"),
    ("Percentage of New Birth Visits between 15 and 28 days", "new_birth_visit_14_days", "says “28 days”"),
    ("Proportion of New Birth Visits completed", "new_birth_visit_14_days", "does not say “within 14 days”"),
    ("Number of new birth visits within 14 days", "new_birth_visit_14_days", "gives counts"),
    ("New birth visits within 14 days per 1,000", "new_birth_visit_14_days", "say that it is a percentage"),
    ("Percentage of infants with feeding status at 6 to 8 weeks", "review_6_8_weeks", "says “feeding”"),
    ("Breastfeeding prevalence at 6-8 weeks: percentage", "review_6_8_weeks", "says “breastfeeding”"),
    ("% with a maternal mood review at 6 to 8 weeks", "review_6_8_weeks", "says “mood”"),
    ("Proportion of children with a 12-month review", "review_12_months_by_12", "by the age of 12 months"),
    ("Proportion of children with a 12-month review", "review_12_months_by_15", "by the age of 15 months"),
    ("% seen by a health visitor for a 12 month review", "review_12_months_by_12", "by the age of 12 months"),
    ("% with a 12-month review after 12 months", "review_12_months_by_12", "says “after”"),
    ("% of 2 to 2½ year reviews where ASQ-3 was not completed", "asq3_at_2_to_2_5_years", "says “not”"),
    ("% of 2 to 2½ year reviews where ASQ-3 was not completed", "review_2_to_2_5_years", "says “asq”"),
    ("% who did not receive a 2-2.5 year review", "review_2_to_2_5_years", "says “not”"),
    ("% below the expected level in fine motor skills at 2-2½ years", f"{CHILD}_fine_motor", "says “below”"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "indicator", "reason"), NEIGHBOURS)
def test_a_neighbour_is_passed_over_with_the_reason(name: str, indicator: str, reason: str) -> None:
    assert known(name) is None
    assert reason in (reason_against(name, RULE[indicator]) or "")


def test_a_name_on_something_else_is_no_neighbour() -> None:
    name = "Percentage of 6 to 8 week reviews after 14 days"
    assert reason_against(name, RULE["new_birth_visit_14_days"]) is None


EXAMPLES = {
    "new_birth_visit_14_days": "Percentage of new birth visits within 14 days",
    "review_6_8_weeks": "Percentage of 6 to 8 week reviews",
    "review_12_months_by_12": "Percentage of 12 month reviews by the age of 12 months",
    "review_12_months_by_15": "Percentage of 12 month reviews by the age of 15 months",
    "review_2_to_2_5_years": "Percentage of 2 to 2½ year reviews",
    "asq3_at_2_to_2_5_years": "Percentage of children with ASQ-3 at 2 to 2½ years",
    f"{CHILD}_good_level": "% with a good level of development at 2 to 2½ years",
    f"{CHILD}_communication": "% with the expected level in communication at 2 to 2½ years",
    f"{CHILD}_gross_motor": "% with the expected level in gross motor skills at 2 to 2½ years",
    f"{CHILD}_fine_motor": "% with the expected level in fine motor skills at 2 to 2½ years",
    f"{CHILD}_problem_solving": "% with the expected level in problem solving at 2 to 2½ years",
    f"{CHILD}_personal_social": "% at the expected level in personal social skills, 2 to 2½ years",
    "antenatal_contact": "% with an antenatal contact with a health visitor",
}


def test_there_is_an_example_of_each_rule() -> None:
    assert {id_: known(name) for id_, name in EXAMPLES.items()} == {id_: id_ for id_ in RULE}


def test_every_indicator_that_only_fingertips_has_has_one_rule() -> None:
    assert len(RULE) == len(RULES)
    catalogue = read_csv(SNAPSHOT / "indicators.csv")
    theirs = {row["indicator_id"] for row in catalogue if "ohid_fingertips" in row["source_ids"].split(";")}
    assert theirs - set(RULE) == set()


def test_every_note_means_a_status_that_there_is() -> None:
    statuses = {row["status"] for row in read_csv(SNAPSHOT / "statuses.csv")}
    assert {row["status"] for row in read_csv(SNAPSHOT / "value_notes.csv")} <= statuses


def forbidden(rule: Rule) -> list[str]:
    """Every word that keeps a name from being the indicator's, as somebody might write it."""
    return [
        word.written.replace("*", "").replace("…", "the age of")
        for group in groups(f"{rule.must_not}; {COUNTS}")
        for word in group
    ]


@given(st.sampled_from(RULES), st.data())
def test_every_word_that_a_name_must_not_have_refuses_it(rule: Rule, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(forbidden(rule)))
    name = data.draw(st.sampled_from(["{0} {1}", "{0} ({1})", "{1}: {0}"])).format(
        EXAMPLES[rule.indicator_id], word
    )
    assert known(name) != rule.indicator_id


@given(st.text(max_size=40))
def test_a_name_never_stands_for_an_indicator_by_chance(name: str) -> None:
    assert known(name) is None


def test_the_names_of_2024_are_known() -> None:
    rows = read_csv(recorded("fingertips/names_in_2024.csv"))
    # the age and the sex stand behind each name
    names = {
        row["variable"].removesuffix(" Persons").removesuffix(" <14 days").removesuffix(" 2-2.5 yrs")
        for row in rows
    }
    found = recognise(sorted(names), RULES)
    assert len(found) == len(names) == 4
    assert set(found.values()) == {
        "new_birth_visit_14_days",
        f"{CHILD}_good_level",
        f"{CHILD}_communication",
        f"{CHILD}_personal_social",
    }
