"""What is made of an object that is kept for all visitors is made once, and goes with it."""

import gc

import pandas as pd

from pages.components.charts.alongside import alongside


def test_it_is_made_once_for_each_object_and_goes_with_it() -> None:
    made: list[int] = []

    @alongside
    def sum_of(frame: pd.DataFrame) -> int:
        made.append(int(frame["number"].sum()))
        return made[-1]

    one, other = pd.DataFrame({"number": [1, 2]}), pd.DataFrame({"number": [4]})
    assert [sum_of(one), sum_of(other), sum_of(one), sum_of(other)] == [3, 4, 3, 4]
    assert made == [3, 4]
    # another object may be put where one was that is gone
    for number in range(50):
        assert sum_of(pd.DataFrame({"number": [number]})) == number
        # of what is young alone: all that other tests hold is much
        gc.collect(1)
    assert sum_of(one.copy()) == 3
    assert made[-1] == 3
