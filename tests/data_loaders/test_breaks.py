"""Changes of basis: which there are, that what is worked out has them too, and faults of the table."""

from pathlib import Path

import pytest

from data_loaders import store
from data_loaders.breaks import TABLE, basis, load_breaks
from data_loaders.checks import check_all
from data_loaders.store import SnapshotError
from tests.builders import read_csv


def test_hansard_and_the_register_and_the_new_entitlements_are_told_apart() -> None:
    breaks = load_breaks(store.read_manifest())
    (register,) = breaks["designated_centres"]
    assert register.word == "register from here"
    assert [basis(day, [register]) for day in ("2010-02-28", "2016-08-04", "2026-08-19")] == [0, 1, 1]
    (funded,) = breaks["funded_3_4yo_n"]
    assert [basis(year, [funded]) for year in ("2017/18", "2023/24", "2024/25", "2025/26")] == [0, 0, 1, 1]
    assert "expanded entitlements for working parents" in funded.sentence


def test_what_is_worked_out_of_a_figure_has_its_breaks() -> None:
    firsts = {row["indicator_id"]: row["first_period"] for row in read_csv(store.SNAPSHOT / TABLE)}
    for rule in read_csv(store.SNAPSHOT / "derivations.csv"):
        for operand in filter(None, (rule["left"], rule["right"])):
            assert firsts.get(operand) in (None, firsts.get(rule["indicator_id"])), rule


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("first_period,word", "first_period,words", "must have the columns indicator_id, first_period, word"),
        ("register from here", "", "no cell empty"),
    ],
)
def test_a_table_that_lacks_something_is_refused(old: str, new: str, named: str, snapshot_copy: Path) -> None:
    path = snapshot_copy / TABLE
    path.write_text(path.read_text().replace(old, new))
    store.seal(store.dt.date(2026, 11, 25), snapshot_copy)
    with pytest.raises(SnapshotError, match=named):
        load_breaks(store.read_manifest(snapshot_copy))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("funded_2yo_n,2024/25", "funded_2yo_n,2024", "funded_2yo_n: no period is like 2024"),
    ],
)
def test_a_break_that_can_divide_nothing_is_named(
    old: str, new: str, named: str, snapshot_copy: Path
) -> None:
    path = snapshot_copy / TABLE
    path.write_text(path.read_text().replace(old, new))
    store.seal(store.dt.date(2026, 11, 25), snapshot_copy)
    (answer,) = (one for one in check_all(snapshot_copy) if one.name == "changes of basis are known")
    assert (answer.passed, answer.message) == (False, named)
