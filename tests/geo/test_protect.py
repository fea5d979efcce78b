"""No shown figures determine a withheld answer: worked by hand, and by trying all possible answers.

Whoever tries them knows the named answers, who replied at which level, and the rule by which figures are
withheld; and may be one of the boroughs, which knows its own answer, too.
"""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import assume, given, settings, strategies as st

from geo.survey.disclosure_control import (
    FEWEST,
    NAMED,
    OF_ICS,
    OF_LONDON,
    Group,
    Key,
    Reply,
    counted_levels,
    distribution,
    shown_groups,
)

NORTH, SOUTH = Group(("", "north"), frozenset("abcd")), Group(("", "south"), frozenset("efgh"))
LONDON = Group(("", "London"), frozenset("abcdefgh"))
SYSTEMS = [NORTH, SOUTH]


def replies(**given: str) -> dict[str, Reply]:
    """Replies of boroughs, each as a response with the first letter of its level: a="yes n"."""
    levels = {"n": NAMED, "i": OF_ICS, "l": OF_LONDON}
    parts = {name: text.split() for name, text in given.items()}
    return {name: Reply(response, levels[level]) for name, (response, level) in parts.items()}


def keys(*names: str) -> set[Key]:
    return {("", name) for name in names}


def shown(found: dict[str, Reply]) -> set[Key]:
    return shown_groups([found], SYSTEMS, LONDON)


def test_an_ics_needs_three_replies_and_three_fifths_of_its_boroughs() -> None:
    assert shown(replies(a="yes n", b="no n")) == set()
    assert shown(replies(a="yes n", b="no n", c="no n")) == keys("north", "London")
    large = Group(("", "large"), frozenset("abcdef"))
    three = replies(a="yes n", b="no n", c="no n")
    assert shown_groups([three], [large], LONDON) == keys("London")
    assert shown_groups([three | replies(d="no n")], [large], LONDON) == keys("large", "London")


def test_an_answer_for_london_only_does_not_count_in_its_ics() -> None:
    assert ("", "north") not in shown(replies(a="yes n", b="no n", c="no l"))


def test_one_answer_without_a_name_would_be_what_the_names_leave() -> None:
    assert shown(replies(a="yes n", b="no n", c="no n", d="yes i")) == set()


def test_answers_without_names_that_are_the_same_would_be_known() -> None:
    assert shown(replies(a="yes n", b="yes i", c="yes i", d="yes i")) == set()


def test_whoever_gave_one_of_two_would_know_the_other() -> None:
    assert shown(replies(a="yes n", b="no n", c="yes i", d="no i")) == set()


def test_whoever_gave_the_odd_one_of_three_would_know_the_others() -> None:
    assert shown(replies(a="yes n", b="yes i", c="yes i", d="no i")) == set()
    assert shown(replies(a="yes n", b="yes i", c="some i", d="no i")) == keys("north", "London")
    assert shown(replies(a="yes i", b="yes i", c="no i", d="no i")) == keys("north", "London")


def test_what_the_figure_of_an_ics_leaves_of_londons_is_not_given_away() -> None:
    found = replies(a="yes i", b="yes i", c="no i", d="no i", e="yes l")
    # London less the north would be the answer of e: the north's own figure is withheld
    assert shown(found) == keys("London")


def test_an_ics_of_later_boundaries_does_not_give_away_what_is_within_it() -> None:
    merged = Group(("", "merged"), frozenset("abcdefgh"))
    found = replies(a="yes i", b="no i", c="no i", d="yes i", e="yes n", g="no i")
    # merged less the north would be the answer of g
    assert shown_groups([found], [NORTH, SOUTH, merged], LONDON) == keys("merged", "London")


def test_answers_that_are_tied_are_shown_together_or_not_at_all() -> None:
    differing = replies(a="yes i", b="yes i", c="no i", d="no i")
    alike = replies(a="no i", b="no i", c="no i", d="no i")
    assert shown_groups([differing, differing], SYSTEMS, LONDON) == keys("north", "London")
    assert shown_groups([differing, alike], SYSTEMS, LONDON) == set()


def test_the_distribution_counts_only_what_may_be_counted() -> None:
    found = replies(a="yes n", b="no i", c="no l", e="yes n")
    assert distribution(found, NORTH.boroughs, counted_levels(NORTH.key, LONDON)) == {"no": 1, "yes": 1}
    assert distribution(found, LONDON.boroughs, counted_levels(LONDON.key, LONDON)) == {"no": 2, "yes": 2}


BOROUGHS = "abcdefgh"
MOST_HIDDEN = 5  # all their answers are tried
RESPONSES = ("yes", "no", "some")
WORLD = [
    Group(("", "first"), frozenset("abc")),
    Group(("", "second"), frozenset("defg")),
    Group(("", "across"), frozenset("abcd")),
    Group(("", "merged"), frozenset("abcdefg")),
]
EVERYWHERE = Group(("", "London"), frozenset(BOROUGHS))
PATTERNS = st.dictionaries(
    st.sampled_from(BOROUGHS),
    st.builds(Reply, st.sampled_from(RESPONSES), st.sampled_from([NAMED, OF_ICS, OF_ICS, OF_LONDON])),
    min_size=4,
)


def seen(found: dict[str, Reply]) -> tuple[list[tuple[str, int]] | None, ...]:
    """All that is shown: each figure, and by their absence those that are withheld."""
    allowed = shown_groups([found], WORLD, EVERYWHERE)
    return tuple(
        sorted(distribution(found, group.boroughs, counted_levels(group.key, EVERYWHERE)).items())
        if group.key in allowed
        else None
        for group in [*WORLD, EVERYWHERE]
    )


@settings(max_examples=60, deadline=None)
@given(PATTERNS)
def test_no_borough_can_work_out_the_answer_of_another(found: dict[str, Reply]) -> None:
    hidden = [name for name, reply in found.items() if reply.level != NAMED]
    assume(len(hidden) <= MOST_HIDDEN)
    possible = []
    for responses in product(RESPONSES, repeat=len(hidden)):
        guess = found | {
            name: Reply(response, found[name].level) for name, response in zip(hidden, responses, strict=True)
        }
        if seen(guess) == seen(found):
            possible.append(responses)
    for reader, target in product(range(len(hidden)), repeat=2):
        left = defaultdict(set)
        for responses in possible:
            # a reader who is the target stands for whoever did not reply at all
            left["" if reader == target else responses[reader]].add(responses[target])
        assert all(len(answers) > 1 for answers in left.values()), (hidden[reader], hidden[target])


def test_the_attack_would_find_a_figure_that_gives_away_too_much() -> None:
    found = replies(a="yes n", b="no n", c="yes i")
    north = distribution(found, NORTH.boroughs, counted_levels(NORTH.key, LONDON))
    others = [{**found, "c": Reply(response, OF_ICS)} for response in ("no", "some")]
    assert all(
        distribution(other, NORTH.boroughs, counted_levels(NORTH.key, LONDON)) != north for other in others
    )
    assert shown(found) == set()


@given(PATTERNS)
def test_each_shown_figure_has_enough_replies(found: dict[str, Reply]) -> None:
    allowed = shown_groups([found], WORLD, EVERYWHERE)
    for group in WORLD:
        if group.key in allowed:
            counts = distribution(found, group.boroughs, counted_levels(group.key, EVERYWHERE))
            assert sum(counts.values()) >= max(FEWEST, 0.6 * len(group.boroughs))


@pytest.mark.parametrize("level", [NAMED, OF_ICS, OF_LONDON])
def test_when_all_answer_alike_only_names_can_be_shown(level: str) -> None:
    found = {name: Reply("yes", level) for name in "abcdefgh"}
    assert shown(found) == (keys("north", "south", "London") if level == NAMED else set())
