"""What several figures tell together: worked by hand, and by trying all possible answers."""

from collections import Counter
from itertools import product

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data_loaders.survey.answers import ANSWER_COLUMNS
from geo.join import London
from geo.maturity import WHOLE, given_away, show
from geo.worked_out import worked_out

NAMES = "abcdef"


def figure(answers: dict[str, str], members: str) -> dict[str, str]:
    return {name: answers[name] for name in members}


def test_what_comes_alone_is_told_by_the_difference() -> None:
    answers = {"a": "yes", "b": "yes", "c": "no", "d": "no", "e": "no"}
    assert worked_out([figure(answers, "abcd")]) == set()
    assert worked_out([figure(answers, "abcd"), figure(answers, "abcde")]) == {"e"}


def test_of_two_that_come_together_each_learns_what_the_other_answered() -> None:
    answers = dict(zip("abcdef", ["yes", "yes", "no", "no", "yes", "no"], strict=True))
    assert worked_out([figure(answers, "abcd"), figure(answers, "abcdef")]) == {"e", "f"}


def test_who_differs_from_all_others_learns_what_they_answered_and_not_the_other_way_round() -> None:
    answers = dict(zip("abc", ["yes", "yes", "no"], strict=True))
    assert worked_out([answers]) == {"a", "b"}
    assert worked_out([answers | {"d": "starting"}]) == set()


def test_a_difference_of_differences_is_found() -> None:
    answers = dict(zip("abcdefghi", ["y", "y", "n", "n", "y", "y", "n", "n", "n"], strict=True))
    # all, less the first four, less the last four
    figures = [figure(answers, "abcdefghi"), figure(answers, "abcd"), figure(answers, "efgh")]
    assert worked_out(figures) == {"i"}


def test_corrections_that_leave_all_the_same_are_told() -> None:
    before = dict(zip("abcd", ["yes", "yes", "no", "no"], strict=True))
    assert worked_out([before, dict.fromkeys("abcd", "yes")]) == set("abcd")


Answers = dict[str, str]


def certain(figures: list[Answers], seen_by: str | None = None) -> set[str]:
    """Whoever, but for the one who looks, has the same answer wherever all figures are as they are."""
    members = sorted(set().union(*figures))
    own = {name: response for one in figures for name, response in one.items() if name == seen_by}
    possible = [
        given
        for each in product("ynm", repeat=len(members))
        if (given := dict(zip(members, each, strict=True))) | own == given
        and all(Counter(given[name] for name in one) == Counter(one.values()) for one in figures)
    ]
    return {name for name in members if name != seen_by and len({given[name] for given in possible}) == 1}


@settings(max_examples=100)
@given(
    answers=st.fixed_dictionaries({name: st.sampled_from("ynm") for name in NAMES}),
    members=st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=1, max_size=4),
)
def test_nothing_is_certain_to_anybody_but_what_it_finds(answers: Answers, members: list[set[str]]) -> None:
    figures = [figure(answers, "".join(sorted(each))) for each in members]
    found = worked_out(figures)
    assert certain(figures) <= found
    assert all(certain(figures, name) <= found for name in set().union(*members))


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


def test_two_that_come_later_are_given_away_to_each_other(london: London) -> None:
    instrument = london.instruments["hallmarks"]
    responses = ["yes", "yes", "no", "no"]
    first = wave(*((code, response, "ics") for code, response in zip(NORTH_CENTRAL, responses, strict=False)))
    late = ["E09000001", NORTH_CENTRAL[4]]
    second = pd.concat([first, wave((late[0], "yes", "ics"), (late[1], "no", "ics"))])
    assert WHOLE in show(second, instrument, london)["shared_vision"].groups
    assert given_away([first, second], instrument, london) == {(code, "shared_vision") for code in late}


@settings(max_examples=60)
@given(data=st.data())
def test_one_version_gives_nothing_away(london: London, data: st.DataObject) -> None:
    instrument = london.instruments["hallmarks"]
    codes = data.draw(st.lists(st.sampled_from(sorted(london.borough_codes.values())), unique=True))
    responses = st.sampled_from(["yes", "no"])
    levels = st.sampled_from(["named", "ics", "ics", "london"])
    version = wave(*((code, data.draw(responses), data.draw(levels)) for code in codes))
    assert given_away([version], instrument, london) == set()
