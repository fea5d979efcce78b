"""What several figures tell together: worked by hand, and by trying all possible answers."""

from collections import Counter
from itertools import product

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data_loaders.survey.answers import ANSWER_COLUMNS
from geo.join import London
from geo.maturity import WHOLE, given_away, show
from geo.worked_out import Figure, worked_out

NAMES = "abcdef"


def figure(answers: dict[str, str], members: str) -> Figure[str]:
    return Figure(frozenset(members), Counter(answers[name] for name in members))


def test_what_comes_alone_is_told_by_the_difference() -> None:
    answers = {"a": "yes", "b": "no", "c": "no"}
    assert worked_out([figure(answers, "ab")]) == set()
    assert worked_out([figure(answers, "ab"), figure(answers, "abc")]) == {"c"}


def test_two_that_come_together_are_told_only_when_they_are_the_same() -> None:
    answers = {"a": "yes", "b": "no", "c": "no", "d": "yes", "e": "no"}
    assert worked_out([figure(answers, "ab"), figure(answers, "abcd")]) == set()
    assert worked_out([figure(answers, "ab"), figure(answers, "abce")]) == {"c", "e"}


def test_a_difference_of_differences_is_found() -> None:
    answers = {"a": "yes", "b": "no", "c": "no", "d": "yes", "e": "no"}
    # all, less the first two, less the last two
    assert worked_out([figure(answers, "abcde"), figure(answers, "ab"), figure(answers, "de")]) == {"c"}


def certain(figures: list[Figure[str]], answers: dict[str, str], responses: str) -> set[str]:
    """Whoever has the same answer in all assignments of answers that give these figures."""
    members = sorted(set().union(*(one.members for one in figures)))
    possible = [
        given
        for each in product(responses, repeat=len(members))
        if (given := dict(zip(members, each, strict=True)))
        and all(Counter(given[name] for name in one.members) == one.counts for one in figures)
    ]
    return {name for name in members if len({given[name] for given in possible}) == 1}


@settings(max_examples=150)
@given(
    answers=st.fixed_dictionaries({name: st.sampled_from("yn") for name in NAMES}),
    members=st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=1, max_size=4),
)
def test_with_two_responses_it_is_what_trying_all_answers_finds(
    answers: dict[str, str], members: list[set[str]]
) -> None:
    figures = [figure(answers, "".join(sorted(each))) for each in members]
    found = worked_out(figures)
    assert found == certain(figures, answers, "yn")


NORTH_CENTRAL = ["E09000003", "E09000007", "E09000010", "E09000014", "E09000019"]


def wave(*given: tuple[str, str, str]) -> pd.DataFrame:
    rows = [
        {"area_code": code, "response": response, "publish_level": level, "item_id": "shared_vision"}
        for code, response, level in given
    ]
    return pd.DataFrame(rows).assign(instrument="hallmarks", wave="2026").reindex(columns=ANSWER_COLUMNS)


def test_an_answer_that_comes_later_by_itself_is_given_away(london: London) -> None:
    instrument = london.instruments["hallmarks"]
    responses = ["yes", "yes", "no", "no"]
    first = wave(*((code, response, "ics") for code, response in zip(NORTH_CENTRAL, responses, strict=False)))
    late = NORTH_CENTRAL[4]
    second = pd.concat([first, wave((late, "starting", "ics"))])
    for version in (first, second):
        assert WHOLE in show(version, instrument, london)["shared_vision"].groups
        assert given_away([version], instrument, london) == set()
    assert given_away([first, second], instrument, london) == {(late, "shared_vision")}
    # with its name it is no secret, nor is it when it was named before
    named = pd.concat([first, wave((late, "starting", "named"))])
    assert given_away([first, named], instrument, london) == set()
    assert given_away([first, named, second], instrument, london) == set()
    # and who has corrected an answer is not seen
    corrected = first.assign(response=["yes", "no", "no", "no"])
    assert given_away([first, corrected], instrument, london) == set()


def test_an_answer_that_is_taken_out_is_given_away_as_well(london: London) -> None:
    instrument = london.instruments["hallmarks"]
    responses = ["yes", "yes", "no", "no", "starting"]
    first = wave(*((code, response, "ics") for code, response in zip(NORTH_CENTRAL, responses, strict=True)))
    second = first.iloc[:4]
    assert given_away([first, second], instrument, london) == {(NORTH_CENTRAL[4], "shared_vision")}
