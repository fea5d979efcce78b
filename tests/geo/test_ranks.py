"""Places in an order, against counting by hand."""

import math

import pandas as pd
from hypothesis import given, strategies as st

from geo.measures.ranks import rank, rank_interval

GAP = float("nan")


def test_ties_share_the_better_place_and_the_next_place_is_skipped() -> None:
    found = rank(pd.Series([9.0, 5.0, 7.0, 7.0, GAP]), [pd.Series(["all"] * 5)])
    assert found["rank"].tolist()[:4] == [1, 4, 2, 2]
    assert found["tied"].tolist() == [False, False, True, True, False]


def test_a_missing_value_has_no_place_and_is_not_counted() -> None:
    found = rank(pd.Series([9.0, GAP, 7.0]), [pd.Series(["all"] * 3)])
    assert math.isnan(found.loc[1, "rank"])
    assert found["of"].tolist() == [2, 2, 2]


def test_each_group_has_its_own_order() -> None:
    found = rank(pd.Series([9.0, 5.0, 7.0, 8.0]), [pd.Series(["NEL", "NEL", "SEL", "SEL"])])
    assert found["rank"].tolist() == [1, 2, 2, 1]
    assert found["of"].tolist() == [2, 2, 2, 2]


VALUE = st.one_of(st.just(GAP), st.integers(-5, 5).map(float))


def test_ranks_that_chance_exchanges_in_3_to_5_of_100_cases_are_within_each_others_95_per_cent() -> None:
    # 50 beats 63 of 100 in 3.2 of 100 cases: more often than 2.5, less often than 5
    assert rank_interval([63, 50], [100, 100]).to_numpy().tolist() == [[1, 2], [1, 2]]
    # and 50 beats 66 in 1.1 of 100 cases
    assert rank_interval([66, 50], [100, 100]).to_numpy().tolist() == [[1, 1], [2, 2]]


@given(st.lists(st.tuples(VALUE, st.sampled_from(["NEL", "SEL", ""])), max_size=33))
def test_a_place_is_one_more_than_the_number_of_higher_values(rows: list[tuple[float, str]]) -> None:
    values, groups = ([row[part] for row in rows] for part in (0, 1))
    found = rank(pd.Series(values, dtype=float), [pd.Series(groups, dtype=str)])
    for (value, group), row in zip(rows, found.to_dict("records"), strict=True):
        others = [v for v, g in rows if g == group and not math.isnan(v)]
        assert row["of"] == len(others)
        if math.isnan(value):
            assert math.isnan(row["rank"])
            assert not row["tied"]
        else:
            assert row["rank"] == 1 + sum(other > value for other in others)
            assert row["tied"] == (others.count(value) > 1)
