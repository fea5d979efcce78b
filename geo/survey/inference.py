"""What can be worked out from figures that several people know, by those whose answers they count as well."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Member = TypeVar("Member", bound=Hashable)


def differ(responses: Sequence[str]) -> bool:
    """Whether responses are still not all the same when any one of them is taken away."""
    return len(responses) - max(Counter(responses).values(), default=0) >= 2


def worked_out(figures: Sequence[Mapping[Member, str]]) -> set[Member]:
    """The members whose response may be certain to whoever has all these figures.

    A published figure shows how often each response was given; here it is passed with the members whose
    responses it counts. Members that are in the very same figures cannot be told apart: when two of them swap
    all they answered, each figure stays as it is. So a response can only be certain where all of such a class
    gave the same, or all but the one who looks and takes its own away. This errs on the safe side: a member
    may be named whose response is not quite certain, but none is missed.
    """
    classes: dict[frozenset[int], set[Member]] = defaultdict(set)
    for member in set().union(*figures):
        classes[frozenset(n for n, figure in enumerate(figures) if member in figure)].add(member)
    return {
        member
        for places, members in classes.items()
        for place in places
        for member in _told({member: figures[place][member] for member in members})
    }


def _told(responses: Mapping[Member, str]) -> set[Member]:
    """Those whose response is certain to somebody else who knows how often each was given."""
    if differ(list(responses.values())):
        return set()
    members = set(responses)
    seen = [members, *(members - {own} for own in members)]
    return {member for rest in seen if len({responses[one] for one in rest}) == 1 for member in rest}
