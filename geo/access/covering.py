"""Which few of many places reach most children: the maximal covering location problem, solved or bounded.

R. Church and C. ReVelle (1974), The maximal covering location problem, Papers of the Regional Science
Association 32.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# so long at most, in seconds: a solution that is not proven by then is said with its gap
SECONDS = 8.0


@dataclass(frozen=True)
class Covering:
    """The rows that are chosen, what they cover together, and what no choice of as many covers more than."""

    chosen: tuple[int, ...]
    covered: float
    bound: float


def one_by_one(covers: "csr_array", weights: np.ndarray, number: int) -> list[tuple[int, float]]:
    """The row of `covers` whose columns weigh most, then that which adds most to it, and so on.

    `covers` is as for most_covering(). For each the row and what it adds; only rows that add something.
    """
    left, found = weights.astype(float), []
    for _ in range(number):
        added = covers @ left
        best = int(added.argmax()) if len(added) else 0
        if not len(added) or added[best] == 0:
            break
        found.append((best, float(added[best])))
        left[covers[[best]].indices] = 0
    return found


def most_covering(
    covers: "csr_array", weights: np.ndarray, number: int, seconds: float = SECONDS
) -> Covering:
    """So many rows of `covers` whose columns together weigh most, each column counted once.

    `covers` is a sparse matrix of truths, a row a place and a column what it may reach; `weights` are whole
    numbers, one a column. The choice of one after the other, each the best that is left, is improved by a
    solver of integer programmes (HiGHS) for at most so many seconds. Rows that add nothing are not chosen.
    """
    useful = _undominated(covers)
    matrix = covers[useful]
    found = one_by_one(matrix, weights, number)
    covered = sum(added for _, added in found)
    # one is the best of all, and fewer than asked for are enough for everything
    bound = covered
    if len(found) == number > 1:
        solved, bound = _solved(matrix, weights, number, seconds)
        better = one_by_one(matrix[solved], weights, number)
        if sum(added for _, added in better) > covered:
            found = [(solved[row], added) for row, added in better]
            covered = sum(added for _, added in found)
    return Covering(tuple(int(useful[row]) for row, _ in found), covered, bound)


def _undominated(covers: "csr_array") -> np.ndarray:
    """The rows without those that cover nothing that another row does not cover as well."""
    sizes = np.diff(covers.indptr)
    counts = covers.astype(np.int32)
    shared = (counts @ counts.T).tocoo()
    row, other = shared.coords
    is_inside = (shared.data == sizes[row]) & (row != other)
    # of several that cover the same, the first is kept
    is_more = (sizes[other] > sizes[row]) | (other < row)
    return np.setdiff1d(np.flatnonzero(sizes), row[is_inside & is_more])


def _solved(matrix: "csr_array", weights: np.ndarray, number: int, seconds: float) -> tuple[list[int], float]:
    """The rows that the solver chooses, none if it has found none in time, and its bound."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # only those who ask should wait for it
    from scipy.sparse import eye_array, hstack

    rows, columns = matrix.shape
    # a column counts only where one of the rows that cover it is chosen
    reached = hstack([-matrix.T.astype(float), eye_array(columns)], format="csr")
    of_rows = np.concatenate([np.ones(rows), np.zeros(columns)])
    found = milp(
        np.concatenate([np.zeros(rows), -weights.astype(float)]),
        integrality=of_rows,
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(reached, ub=0), LinearConstraint(of_rows, ub=number)],
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    chosen = [] if found.x is None else [int(row) for row in np.flatnonzero(found.x[:rows] > 0.5)]
    everything = float(weights.sum())
    bound = everything if found.mip_dual_bound is None else min(-found.mip_dual_bound, everything)
    # weights are whole: no choice is between two numbers
    return chosen, float(np.floor(bound + 1e-6))
