"""No shown figures determine a withheld answer: worked by hand, and by trying all possible answers."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.protect import (
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
    return shown_groups(found, SYSTEMS, LONDON)


def test_an_ics_needs_three_replies_and_three_fifths_of_its_boroughs() -> None:
    assert shown(replies(a="yes n", b="no n")) == set()
    assert shown(replies(a="yes n", b="no n", c="no n")) == keys("north", "London")
    large = Group(("", "large"), frozenset("abcdef"))
    three = replies(a="yes n", b="no n", c="no n")
    assert shown_groups(three, [large], LONDON) == keys("London")
    assert shown_groups(three | replies(d="no n"), [large], LONDON) == keys("large", "London")


def test_an_answer_for_london_only_does_not_count_in_its_ics() -> None:
    assert ("", "north") not in shown(replies(a="yes n", b="no n", c="no l"))


def test_one_answer_without_a_name_would_be_what_the_names_leave() -> None:
    assert shown(replies(a="yes n", b="no n", c="no n", d="yes i")) == set()


def test_two_answers_without_names_that_are_the_same_would_be_known() -> None:
    assert shown(replies(a="yes n", b="no n", c="yes i", d="yes i")) == set()
    assert shown(replies(a="yes n", b="no n", c="yes i", d="no i")) == keys("north", "London")


def test_what_the_figure_of_an_ics_leaves_of_londons_is_not_given_away() -> None:
    found = replies(a="yes n", b="no n", c="yes i", d="no i", e="yes l")
    # London less the north would be the answer of e: the north's own figure is withheld
    assert shown(found) == keys("London")


def test_an_ics_of_later_boundaries_does_not_give_away_what_is_within_it() -> None:
    merged = Group(("", "merged"), frozenset("abcdefgh"))
    found = replies(a="yes i", b="no i", c="no i", e="yes n", f="no n", g="no i")
    # merged less the north would be the answer of g
    assert shown_groups(found, [NORTH, SOUTH, merged], LONDON) == keys("merged", "London")


def test_the_distribution_counts_only_what_may_be_counted() -> None:
    found = replies(a="yes n", b="no i", c="no l", e="yes n")
    assert distribution(found, NORTH.boroughs, counted_levels(NORTH.key, LONDON)) == {"no": 1, "yes": 1}
    assert distribution(found, LONDON.boroughs, counted_levels(LONDON.key, LONDON)) == {"no": 2, "yes": 2}


BOROUGHS = "abcdefg"
WORLD = [
    Group(("", "first"), frozenset("abc")),
    Group(("", "second"), frozenset("defg")),
    Group(("", "later"), frozenset("abcd")),
    Group(("", "merged"), frozenset("abcdefg")),
]
EVERYWHERE = Group(("", "London"), frozenset(BOROUGHS))
PATTERNS = st.dictionaries(
    st.sampled_from(BOROUGHS),
    st.builds(Reply, st.sampled_from(["yes", "no", "some"]), st.sampled_from([NAMED, OF_ICS, OF_LONDON])),
)


@settings(max_examples=300)
@given(PATTERNS)
def test_whoever_subtracts_everything_from_everything_learns_nothing(found: dict[str, Reply]) -> None:
    allowed = shown_groups(found, WORLD, EVERYWHERE)
    groups = [group for group in [*WORLD, EVERYWHERE] if group.key in allowed]

    def figures(answers: dict[str, Reply]) -> list[dict[str, int]]:
        return [
            distribution(answers, group.boroughs, counted_levels(group.key, EVERYWHERE)) for group in groups
        ]

    hidden = [name for name, reply in found.items() if reply.level != NAMED]
    possible: dict[str, set[str]] = {name: set() for name in hidden}
    for responses in product(["yes", "no", "some"], repeat=len(hidden)):
        guess = found | {
            name: Reply(response, found[name].level) for name, response in zip(hidden, responses, strict=True)
        }
        if figures(guess) == figures(found):
            for name in hidden:
                possible[name].add(guess[name].response)
    assert all(len(responses) > 1 for responses in possible.values())


@given(PATTERNS)
def test_each_shown_figure_has_enough_replies(found: dict[str, Reply]) -> None:
    allowed = shown_groups(found, WORLD, EVERYWHERE)
    for group in WORLD:
        if group.key in allowed:
            counts = distribution(found, group.boroughs, counted_levels(group.key, EVERYWHERE))
            assert sum(counts.values()) >= max(FEWEST, 0.6 * len(group.boroughs))


@pytest.mark.parametrize("level", [NAMED, OF_ICS, OF_LONDON])
def test_when_all_answer_alike_only_names_can_be_shown(level: str) -> None:
    found = {name: Reply("yes", level) for name in "abcdefgh"}
    assert shown(found) == (keys("north", "south", "London") if level == NAMED else set())
