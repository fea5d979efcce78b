"""Which figures of a survey may be shown, so that nobody's withheld answer can be worked out from them.

An answer is published at a level: `named` with its borough, `ics` only within the figures of its ICS and of
London, `london` only within London's. Whoever reads knows the named answers, how this module decides, and,
being a borough, its own answer; and may subtract any figure that is shown from any other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.survey.inference import differ

NAMED, OF_ICS, OF_LONDON = "named", "ics", "london"
FEWEST = 3
SHARE = 0.6
# a set of boundaries and an ICS
Key = tuple[str, str]


@dataclass(frozen=True)
class Reply:
    """A borough's answer to one question: the response, and the level at which it may be shown."""

    response: str
    level: str


@dataclass(frozen=True)
class Group:
    """An ICS of one set of boundaries, or London: its key and all its boroughs, those without a reply too."""

    key: Key
    boroughs: frozenset[str]


def shown_groups(
    questions: Sequence[Mapping[str, Reply]], systems: Sequence[Group], whole: Group
) -> set[Key]:
    """The keys of the groups whose distribution of responses may be shown.

    `questions` has the replies by borough of one question, or of several that are shown together or not at
    all, because their answers are tied to each other (ticks, of which each borough has three at most). Then
    the same boroughs answer all of them, each at one level.

    An ICS needs FEWEST replies that may be counted in it, from SHARE of its boroughs; London needs FEWEST.
    Groups that have them are then withheld, the smallest first, until nobody's answer can be found by
    subtraction. From the unnamed answers of a figure, those in figures shown within it can be taken away. Of
    what remains there must be nothing, or answers that differ even when a borough takes its own away too. A
    group that shares some but not all of its answers with a larger group is withheld as well.
    """
    replies = questions[0]
    shown = _large_enough(replies, systems, whole)
    while True:
        unsafe = [key for key in _from_inside(shown) if not _is_safe(key, shown, questions)]
        if not unsafe:
            return set(shown)
        # rather withhold a figure within it: its unnamed answers then join, and hide, those that remained
        within = [key for key in _from_inside(shown) if shown[key] < shown[unsafe[0]]]
        covering = [key for key in within if _hidden(shown[key], replies)]
        del shown[covering[0] if covering else unsafe[0]]


def enough(replies: Mapping[str, Reply], systems: Sequence[Group], whole: Group) -> set[Key]:
    """The keys of the groups that have replies enough, whatever the replies are."""
    return set(_large_enough(replies, systems, whole))


def distribution(replies: Mapping[str, Reply], boroughs: Iterable[str], levels: set[str]) -> dict[str, int]:
    """How many of these boroughs gave each response, among answers of these levels.

    In the order of the responses: in that of the boroughs, the first would be what the first borough said.
    """
    counted = _counted(replies, frozenset(boroughs), levels)
    return dict(sorted(Counter(replies[name].response for name in counted).items()))


def counted_levels(key: Key, whole: Group) -> set[str]:
    """The levels of the answers that count in a group."""
    return {NAMED, OF_ICS, OF_LONDON} if key == whole.key else {NAMED, OF_ICS}


def _large_enough(
    replies: Mapping[str, Reply], systems: Sequence[Group], whole: Group
) -> dict[Key, frozenset[str]]:
    counted = {group.key: _counted(replies, group.boroughs, {NAMED, OF_ICS}) for group in systems}
    counted[whole.key] = _counted(replies, whole.boroughs, {NAMED, OF_ICS, OF_LONDON})
    found = _apart_or_within(
        [
            (group.key, counted[group.key])
            for group in systems
            if len(counted[group.key]) >= max(FEWEST, SHARE * len(group.boroughs))
        ]
    )
    if len(counted[whole.key]) >= FEWEST:
        found[whole.key] = counted[whole.key]
    return found


def _counted(replies: Mapping[str, Reply], boroughs: frozenset[str], levels: set[str]) -> frozenset[str]:
    return frozenset(name for name in boroughs if name in replies and replies[name].level in levels)


def _hidden(boroughs: frozenset[str], replies: Mapping[str, Reply]) -> frozenset[str]:
    return frozenset(name for name in boroughs if replies[name].level != NAMED)


def _apart_or_within(groups: list[tuple[Key, frozenset[str]]]) -> dict[Key, frozenset[str]]:
    """The groups, from the largest, without those that cut across one before them."""
    kept: dict[Key, frozenset[str]] = {}
    for key, members in sorted(groups, key=lambda group: (-len(group[1]), str(group[0]))):
        if all(members <= other or members.isdisjoint(other) for other in kept.values()):
            kept[key] = members
    return kept


def _from_inside(shown: Mapping[Key, frozenset[str]]) -> list[Key]:
    return sorted(shown, key=lambda key: (len(shown[key]), str(key)))


def _is_safe(key: Key, shown: Mapping[Key, frozenset[str]], questions: Sequence[Mapping[str, Reply]]) -> bool:
    """Whether the answers without names that no figure within it covers are none, or differ enough."""
    own = shown[key]
    covered = frozenset().union(*(members for members in shown.values() if members < own))
    left = _hidden(own - covered, questions[0])
    return not left or all(differ([replies[name].response for name in left]) for replies in questions)
