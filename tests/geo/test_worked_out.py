"""What several figures tell together: worked by hand, and by trying all possible answers."""

from collections import Counter
from itertools import product

import pandas as pd
from hypothesis import given, settings, strategies as st

from data_loaders.survey.answers import ANSWER_COLUMNS
from geo.survey.inference import worked_out
from geo.survey.maturity import WHOLE, beside, publish, show
from geo.tables.london import London

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


EAST = ["E09000002", "E09000012", "E09000016", "E09000025"]
NORTH_CENTRAL = ["E09000003", "E09000007", "E09000010", "E09000014", "E09000019"]


def wave(*given: tuple[str, str, str]) -> pd.DataFrame:
    rows = [
        {"area_code": code, "response": response, "publish_level": level, "item_id": "shared_vision"}
        for code, response, level in given
    ]
    return pd.DataFrame(rows).assign(instrument="hallmarks", wave="2026").reindex(columns=ANSWER_COLUMNS)


def told(london: London, *versions: pd.DataFrame) -> set[str]:
    """Whose answers the figures of the last version would give away, beside those before it."""
    found = beside(versions[:-1], versions[-1], london.instruments["hallmarks"], london)
    by_figures = found.withheld.get("shared_vision", {}).values()
    return set().union(*by_figures) | {code for code, _ in found.exposed}


def has_london(london: London, *versions: pd.DataFrame) -> list[bool]:
    """For each version, whether London's figure is shown."""
    found = publish(versions, london.instruments["hallmarks"], london)
    return [WHOLE in shown["shared_vision"].groups for shown in found]


def four() -> pd.DataFrame:
    """Four of North Central London's five authorities."""
    responses = ["yes", "yes", "no", "no"]
    return wave(*((code, given, "ics") for code, given in zip(NORTH_CENTRAL, responses, strict=False)))


def london_only(*responses: str) -> pd.DataFrame:
    """Answers of authorities elsewhere, which count in London's figure alone."""
    return wave(*((code, given, "london") for code, given in zip(EAST, responses, strict=True)))


LATE = NORTH_CENTRAL[4]


def test_an_answer_that_comes_later_by_itself_is_not_given_away(london: London) -> None:
    first = four()
    second = pd.concat([first, wave((LATE, "starting", "ics"))])
    assert has_london(london, first) == has_london(london, second) == [True]
    assert told(london, first) == told(london, second) == set()
    assert told(london, first, second) == {LATE}
    assert has_london(london, first, second) == [True, False]
    # with its name it is no secret, nor is it when it was named before
    named = pd.concat([first, wave((LATE, "starting", "named"))])
    assert told(london, first, named) == set()
    assert has_london(london, first, named, second) == [True, True, True]
    # and who has corrected an answer is not seen
    assert told(london, first, first.assign(response=["yes", "no", "no", "no"])) == set()


def test_a_wave_of_almost_the_same_authorities_gives_nobody_away(london: London) -> None:
    first = four()
    next_wave = pd.concat([first, wave((LATE, "starting", "ics"))]).assign(wave="2027")
    assert told(london, first, next_wave) == {LATE}
    assert has_london(london, first, next_wave) == [True, False]
    # whichever of them comes first, and whatever was saved between them
    assert has_london(london, next_wave, first) == [True, False]
    others = wave(*((code, "yes", "named") for code in NORTH_CENTRAL)).assign(wave="2025")
    apart = london_only("yes", "yes", "no", "no")
    assert has_london(london, first, apart, next_wave) == [True, True, False]
    # the very same authorities may answer otherwise
    otherwise = first.assign(wave="2027", response=["no", "no", "yes", "yes"])
    assert has_london(london, first, otherwise) == [True, True]
    # two who were named with this answer before hide the other two no longer
    assert has_london(london, others, first) == [True, False]


def test_what_was_withheld_is_shown_once_there_are_enough(london: London) -> None:
    first = four()
    one_more = pd.concat([first, wave((EAST[0], "no", "london"))])
    many_more = pd.concat([first, london_only("no", "yes", "no", "yes")])
    assert has_london(london, first, one_more, many_more) == [True, False, True]


def test_an_older_version_counts_though_nobody_is_shown_it_any_more(london: London) -> None:
    first = four()
    second = first.iloc[:0]
    third = pd.concat([first, wave((LATE, "no", "ics"))])
    assert told(london, first, second, third) == {LATE}


def test_a_name_that_is_shown_later_does_not_uncover_the_others_of_a_figure(london: London) -> None:
    first = four()
    later = first.assign(wave="2027", publish_level=["named", "named", "named", "ics"])
    found = beside([first], later, london.instruments["hallmarks"], london)
    assert found.exposed == {(NORTH_CENTRAL[3], "shared_vision")}


def test_an_answer_that_is_taken_out_is_not_given_away_either(london: London) -> None:
    responses = ["yes", "yes", "no", "no", "starting"]
    first = wave(*((code, response, "ics") for code, response in zip(NORTH_CENTRAL, responses, strict=True)))
    assert told(london, first, first.iloc[:4]) == {LATE}
    assert has_london(london, first, first.iloc[:4]) == [True, False]


def test_two_that_come_later_are_not_given_away_to_each_other(london: London) -> None:
    first = four()
    second = pd.concat([first, wave((EAST[0], "yes", "ics"), (LATE, "no", "ics"))])
    assert has_london(london, second) == [True]
    assert told(london, first, second) == {EAST[0], LATE}


def drawn(london: London, data: st.DataObject, codes: list[str]) -> pd.DataFrame:
    """A version with answers of some of these authorities."""
    replied = data.draw(st.lists(st.sampled_from(codes), unique=True))
    responses = st.sampled_from(["yes", "no"])
    levels = st.sampled_from(["named", "ics", "ics", "london"])
    return wave(*((code, data.draw(responses), data.draw(levels)) for code in replied))


@settings(max_examples=60)
@given(data=st.data())
def test_one_version_by_itself_shows_all_that_its_own_rule_allows(
    london: London, data: st.DataObject
) -> None:
    instrument = london.instruments["hallmarks"]
    version = drawn(london, data, sorted(london.borough_codes.values()))
    alone = show(version, instrument, london)
    (published,) = publish([version], instrument, london)
    for item_id, found in published.items():
        assert (found.groups, found.boroughs) == (alone[item_id].groups, alone[item_id].boroughs)


FEW = ["E09000003", "E09000007", "E09000010", "E09000014", "E09000019", "E09000001"]


@settings(max_examples=40)
@given(data=st.data())
def test_who_keeps_every_figure_that_was_ever_published_is_certain_of_no_hidden_answer(
    london: London, data: st.DataObject
) -> None:
    """Tried with all possible answers, the same in each wave, by an outsider and by each authority."""
    instrument = london.instruments["hallmarks"]
    given_once = {code: data.draw(st.sampled_from(["yes", "no"])) for code in FEW}
    level = {code: data.draw(st.sampled_from(["named", "ics", "london", "london"])) for code in FEW}
    versions = [
        wave(*((code, given_once[code], level[code]) for code in replied))
        for replied in data.draw(st.lists(st.sets(st.sampled_from(FEW)), min_size=1, max_size=4))
    ]
    figures: list[Answers] = []
    systems = london.footprints.groupby(["vintage", "ics_code"])["area_code"].agg(set).to_dict()
    for version, shown in zip(versions, publish(versions, instrument, london), strict=True):
        for key in shown["shared_vision"].groups:
            counted = version[(version["publish_level"] != "london") | (key == WHOLE)]
            members = set(counted["area_code"]) & systems.get(key, set(FEW))
            figures.append({code: given_once[code] for code in members})
    public = {code for code in FEW if level[code] == "named"}
    names = [{code: given_once[code]} for version in versions for code in public & set(version["area_code"])]
    if not figures:
        return
    assert certain([*figures, *names]) <= public
    assert all(certain([*figures, *names], code) <= public for code in FEW)
