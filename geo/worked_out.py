"""What can be worked out from several figures together: answers that no figure shows by itself."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np

Member = TypeVar("Member", bound=Hashable)


class Figure(NamedTuple, Generic[Member]):
    """A distribution that somebody has seen: whose answers it counts, and how often each response."""

    members: frozenset[Member]
    counts: Mapping[str, int]


def worked_out(figures: Sequence[Figure[Member]]) -> set[Member]:
    """The members whose response is certain to whoever has all these figures.

    Members that are in the very same figures cannot be told apart: they are certain together, when all of
    them must have one response. Each response is looked at by itself, as given or not given, which finds what
    follows from the counts of that response.
    """
    # a third of a second to import, which only those who save should wait for
    from scipy.optimize import linprog

    classes: dict[frozenset[int], set[Member]] = defaultdict(set)
    for member in frozenset().union(*(figure.members for figure in figures)):
        classes[frozenset(n for n, figure in enumerate(figures) if member in figure.members)].add(member)
    places = list(classes)
    sizes = [len(classes[place]) for place in places]
    within = np.array([[number in place for place in places] for number in range(len(figures))], dtype=float)
    certain: set[Member] = set()
    for response in {name for figure in figures for name in figure.counts}:
        totals = [figure.counts.get(response, 0) for figure in figures]
        for number, place in enumerate(places):
            if min(totals[figure] for figure in place) < sizes[number]:
                continue
            fewest = linprog(
                np.eye(len(places))[number],
                A_eq=within,
                b_eq=totals,
                bounds=[(0, size) for size in sizes],
                integrality=1,
            )
            if fewest.fun > sizes[number] - 0.5:
                certain |= classes[place]
    return certain
