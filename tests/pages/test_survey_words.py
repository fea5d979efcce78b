"""Answers to a survey in sentences."""

import pandas as pd
import pytest

from geo.survey.maturity import NO_REPLY, NOT_TICKED, WHOLE, WITHHELD, Shown, mean
from geo.tables.london import London
from pages.components.maturity import text as maturity_text


def shown(counts: dict[str, int] | None = None, **boroughs: str) -> Shown:
    groups = {WHOLE: counts} if counts else {}
    replies = sum(answer != NO_REPLY for answer in boroughs.values())
    return Shown("question", boroughs, groups, replies or sum((counts or {}).values()))


@pytest.mark.parametrize(
    ("name", "counts", "sentence"),
    [
        (
            "enablers",
            {"mature": 8, "substantial": 9, "early": 8, "basic": 1},
            "Eight authorities of 26 answered “Mature”; most often the answer was “Substantial progress”.",
        ),
        (
            "enablers",
            {"mature": 13, "basic": 12},
            "13 authorities of 25 answered “Mature”, more than gave any other answer.",
        ),
        (
            "hallmarks",
            {"starting": 4, "no": 4, "dont_know": 1},
            "No authority of 9 answered “Yes”; most often the answer was “Starting to put in place” and "
            "“No”.",
        ),
        ("challenges", {"ticked": 1, NOT_TICKED: 25}, "One authority of 26 named this."),
    ],
)
def test_the_headline_counts_the_best_answer_and_the_most_frequent(
    london: London, name: str, counts: dict[str, int], sentence: str
) -> None:
    assert maturity_text.headline(shown(counts), london.instruments[name]) == sentence


def test_a_withheld_figure_is_said_to_be(london: London) -> None:
    enablers = london.instruments["enablers"]
    assert maturity_text.headline(shown(a="mature", b=WITHHELD), enablers) == (
        "Two authorities answered. London's figure is withheld."
    )
    assert maturity_text.headline(shown(a=NO_REPLY), enablers) == "Nobody has answered this question."


def test_the_median_is_one_answer_or_between_two(london: London) -> None:
    enablers, hallmarks = london.instruments["enablers"], london.instruments["hallmarks"]
    assert maturity_text.middle_text({"mature": 2, "basic": 1}, enablers) == "Mature"
    assert (
        maturity_text.middle_text({"mature": 2, "early": 2}, enablers) == "between Early progress and Mature"
    )
    assert maturity_text.middle_text({"dont_know": 3}, hallmarks) == ""
    assert maturity_text.middle_text({"ticked": 3, NOT_TICKED: 1}, london.instruments["challenges"]) == ""


def test_a_mean_is_given_where_the_report_gives_one(london: London) -> None:
    assert mean({"5": 1, "4": 1, "3": 1, "1": 3}, london.instruments["interfaces"]) == 2.5
    assert mean({"mature": 3}, london.instruments["enablers"]) is None


def test_replies_are_counted_with_those_that_are_not_named() -> None:
    found = shown(a="mature", b=WITHHELD, c=WITHHELD, d=NO_REPLY)
    assert maturity_text.replies(found) == (
        "3 of 4 authorities replied (1 shown by name and 2 only within larger figures); 1 did not."
    )
    assert maturity_text.replies(shown(a="mature", b=NO_REPLY)) == (
        "1 of 2 authorities replied (1 shown by name); 1 did not."
    )


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (["mature", NO_REPLY], "Camden answered 1 of 2 questions."),
        ([NO_REPLY, NO_REPLY], "Camden did not reply."),
        ([WITHHELD, "basic"], "Camden answered 2 of 2 questions; 1 of its answers may be shown by name."),
        ([WITHHELD, NO_REPLY], "Camden answered 1 of 2 questions; none of its answers may be shown by name."),
    ],
)
def test_how_much_of_a_borough_may_be_shown(answers: list[str], sentence: str) -> None:
    found = {str(place): shown(camden=answer) for place, answer in enumerate(answers)}
    assert maturity_text.standing(found, "camden", "Camden") == sentence


def test_who_moved_is_said_by_name() -> None:
    rows = pd.DataFrame({"area_name": ["Brent", "Camden", "Ealing"], "moved": [1, -1, 1]})
    assert maturity_text.moved(rows) == (
        "of 3 boroughs that are shown by name in both waves, two went up (Brent and Ealing), one went down "
        "(Camden), and none stayed."
    )
    assert maturity_text.moved(rows[:0]) == "no borough is shown by name in both waves."


def test_ticks_are_counted() -> None:
    assert maturity_text.named_by({"ticked": 3, NOT_TICKED: 4}) == (3, 7)
    assert maturity_text.named_by({NOT_TICKED: 4}) == (0, 4)
