"""A table is read only when it is the one that the manifest describes."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.observations import load_observations
from geo.tables.london import load_london

TABLE = "observations/dfe_register.csv"
NEW_DAY = dt.date(2031, 5, 4)


def change_one_figure(folder: Path) -> None:
    table = (folder / TABLE).read_bytes()
    position = table.index(b",2026-08-19,") + len(b",2026-08-19,")
    position = table.index(b",", position) + 1
    other_digit = b"7" if table[position : position + 1] != b"7" else b"8"
    (folder / TABLE).write_bytes(table[:position] + other_digit + table[position + 1 :])


def lose_the_table(folder: Path) -> None:
    (folder / TABLE).unlink()


def forget_the_table(folder: Path) -> None:
    entries = store.read_manifest(folder)
    del entries[TABLE]
    store.write_manifest(entries, folder)


@pytest.mark.parametrize("table", store.tables_on_disk())
def test_the_embedded_table_is_the_one_in_the_manifest(table: str) -> None:
    entries = store.read_manifest()
    assert store.disagreement(table, entries) is None
    assert entries[table].rows == store.count_rows(table, entries[table].path.read_bytes())


def test_the_manifest_lists_the_tables_on_disk_and_no_other() -> None:
    assert sorted(store.read_manifest()) == store.tables_on_disk()


def test_the_manifest_names_a_source_and_a_licence_for_every_table() -> None:
    for entry in store.read_manifest().values():
        assert entry.source
        assert entry.licence
        assert dt.date.fromisoformat(entry.written)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (change_one_figure, "differs from the copy that the manifest describes"),
        (lose_the_table, "is in the manifest but not on disk"),
        (forget_the_table, "is not in the manifest"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused_by_name(
    spoil: Callable[[Path], None], reason: str, snapshot_copy: Path
) -> None:
    spoil(snapshot_copy)
    entries = store.read_manifest(snapshot_copy)
    with pytest.raises(store.SnapshotError) as refusal:
        store.read_bytes(TABLE, entries)
    assert str(refusal.value).startswith(f"{TABLE} {reason}. Nothing is drawn from it.")


@pytest.mark.parametrize("spoil", [change_one_figure, lose_the_table])
def test_no_figure_is_drawn_from_a_spoilt_snapshot(
    spoil: Callable[[Path], None], snapshot_copy: Path
) -> None:
    spoil(snapshot_copy)
    with pytest.raises(store.SnapshotError, match=TABLE):
        load_london(open_library(snapshot_copy))


def test_a_table_that_nobody_listed_adds_no_figures(snapshot_copy: Path) -> None:
    before = len(load_observations(store.read_manifest(snapshot_copy)))
    (snapshot_copy / "observations" / "stray.csv").write_bytes((snapshot_copy / TABLE).read_bytes())
    assert len(load_observations(store.read_manifest(snapshot_copy))) == before


@pytest.mark.parametrize("content", ["", "not json", "[]", "{}", '{"tables": [{"table": "a.csv"}]}'])
def test_a_manifest_that_is_none_is_refused_with_its_place(content: str, snapshot_copy: Path) -> None:
    (snapshot_copy / store.MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(
        store.SnapshotError, match=r"list of embedded tables .*manifest\.json.* cannot be read"
    ):
        store.read_manifest(snapshot_copy)


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(store.SnapshotError, match="cannot be read"):
        store.read_manifest(tmp_path)


def test_a_table_of_observations_without_its_columns_is_refused_by_name(snapshot_copy: Path) -> None:
    (snapshot_copy / TABLE).write_text("area_code,value\nE09000001,1\n", encoding="utf-8")
    store.seal(NEW_DAY, snapshot_copy)
    with pytest.raises(
        store.SnapshotError, match=f"{TABLE}, row 1, column indicator_id: the column is missing"
    ):
        load_london(open_library(snapshot_copy))


def test_a_cell_of_the_catalogue_that_is_no_number_is_refused(snapshot_copy: Path) -> None:
    table = snapshot_copy / "indicators.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",10000,", ",many,"), encoding="utf-8")
    store.seal(NEW_DAY, snapshot_copy)
    with pytest.raises(
        store.SnapshotError, match=r"indicators\.csv, row 2, column multiplier: “many”; allowed is a number"
    ):
        load_london(open_library(snapshot_copy))


def test_sealing_brings_agreement_and_dates_only_what_changed(snapshot_copy: Path) -> None:
    before = store.read_manifest(snapshot_copy)
    change_one_figure(snapshot_copy)
    assert store.seal(NEW_DAY, snapshot_copy) == [TABLE]
    after = store.read_manifest(snapshot_copy)
    assert store.disagreement(TABLE, after) is None
    assert after[TABLE].written == "2031-05-04"
    assert {name: entry for name, entry in after.items() if name != TABLE} == {
        name: entry for name, entry in before.items() if name != TABLE
    }


def test_sealing_an_unchanged_snapshot_changes_no_byte(snapshot_copy: Path) -> None:
    before = (snapshot_copy / store.MANIFEST).read_bytes()
    assert store.seal(NEW_DAY, snapshot_copy) == []
    assert (snapshot_copy / store.MANIFEST).read_bytes() == before


def test_sealing_tells_of_a_table_that_has_gone(snapshot_copy: Path) -> None:
    lose_the_table(snapshot_copy)
    assert store.seal(NEW_DAY, snapshot_copy) == [TABLE]
    assert TABLE not in store.read_manifest(snapshot_copy)


def test_sealing_names_a_new_table_after_its_source(snapshot_copy: Path) -> None:
    forget_the_table(snapshot_copy)
    assert store.seal(NEW_DAY, snapshot_copy) == [TABLE]
    entry = store.read_manifest(snapshot_copy)[TABLE]
    assert entry.source_id == "dfe_register"
    assert entry.source.startswith("Register of children's centres")


def test_a_new_table_of_an_unknown_source_is_not_sealed(snapshot_copy: Path) -> None:
    before = (snapshot_copy / store.MANIFEST).read_bytes()
    (snapshot_copy / "observations" / "rumour.csv").write_bytes((snapshot_copy / TABLE).read_bytes())
    with pytest.raises(store.SnapshotError, match=r"rumour\.csv names the source rumour"):
        store.seal(NEW_DAY, snapshot_copy)
    assert (snapshot_copy / store.MANIFEST).read_bytes() == before


def test_the_manifest_is_kept_in_order_of_names(snapshot_copy: Path) -> None:
    store.write_manifest(dict(reversed(store.read_manifest(snapshot_copy).items())), snapshot_copy)
    tables = json.loads((snapshot_copy / store.MANIFEST).read_text(encoding="utf-8"))["tables"]
    names = [entry["table"] for entry in tables]
    assert names == sorted(names)
