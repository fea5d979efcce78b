"""Slips of somebody who adds an indicator: each is named, and none brings `check` down."""

import csv
import datetime as dt
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from data_loaders import checks, store
from data_loaders.library import open_library
from data_loaders.schemas.problems import find_problems
from data_loaders.schemas.tables import schema_of
from geo.tables.london import load_london

TABLES = [name for name in store.tables_on_disk() if name.endswith(".csv")]
REGISTER = "observations/dfe_register.csv"


def write(folder: Path, table: str, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (folder / table).write_text(text.getvalue(), encoding="utf-8")


def read(folder: Path, table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((folder / table).read_text(encoding="utf-8"))))


def change(folder: Path, table: str, key: str, column: str, cell: str) -> int:
    """Write another cell into the first row that begins with this key; the row as a spreadsheet counts it."""
    rows = read(folder, table)
    place = next(n for n, row in enumerate(rows) if ",".join(row).startswith(key))
    rows[place][rows[0].index(column)] = cell
    write(folder, table, rows)
    return place + 1


def answer(folder: Path) -> str:
    """What is said of the tables after they were recorded; empty when each is as it is declared."""
    store.seal(dt.date(2031, 5, 4), folder)
    return "\n".join(map(str, find_problems(store.read_manifest(folder))))


IN = "indicators.csv"
DERIVED, OF_CAMDEN = "derivations.csv", "E09000007,designated_centres"
SLIPS = {
    "unit=pct": (IN, "asq3", "unit", "pct", "units.csv; allowed are category, change, children_per_"),
    "stray brace": (
        IN,
        "asq3",
        "sentence",
        "In {place}, {value} of children}",
        "{place} and {value} once each",
    ),
    "unknown placeholder": (IN, "asq3", "sentence", "In {borough}, {value}", "{place} and {value} once each"),
    "placeholder forgotten": (IN, "asq3", "sentence", "In {place}", "{place} and {value} once each"),
    "placeholder twice": (IN, "asq3", "sentence", "{place} {value} {value}", "{place} and {value} once each"),
    "full stop": (IN, "asq3", "sentence", "In {place}, {value}.", "without its full stop"),
    "one form": (
        IN,
        "linked_sites",
        "sentence",
        "In {place} {value} [site]",
        "brackets as in [child|children]",
    ),
    "no sentence": (IN, "asq3", "sentence", "", "a sentence, unless it is a category"),
    "wrong period type": (IN, "asq3", "period_type", "year", "allowed are date, financial_year"),
    "another period type": (IN, "asq3", "period_type", "date", ""),
    "shown=Yes": (IN, "asq3", "shown", "Yes", "allowed are yes, no"),
    "shown empty": (IN, "asq3", "shown", "", "allowed are yes, no"),
    "polarity": (IN, "asq3", "polarity", "higher", "higher_is_better, lower_is_better, neither"),
    "decimals": (IN, "asq3", "decimals", "one", "[0-4]"),
    "aggregation": (IN, "asq3", "aggregation", "mean", "sum, ratio, none"),
    "multiplier in words": (IN, "asq3", "multiplier", "100%", "a number such as 1234.5"),
    "multiplier nothing": (IN, "asq3", "multiplier", "0", "a number above 0"),
    "interval": (IN, "funded_2yo_pct", "interval", "wilson", "for a ratio only"),
    "no source": (IN, "asq3", "source_ids", "", "identifiers divided by"),
    "sources with commas": (IN, "asq3", "source_ids", "ohid_asq3, dfe_s251", "identifiers divided by"),
    "unknown source": (IN, "asq3", "source_ids", "ohid", "is not in sources.csv"),
    "status": (IN, "asq3", "when_absent", "missing", "not_published, suppressed"),
    "kind": (IN, "asq3", "kind", "rate", "coverage, outcome"),
    "short label taken": (IN, "asq3", "short_label", "Linked sites", "already the name of another indicator"),
    "space at the end": (IN, "asq3", "label", "ASQ-3 ", "text without spaces at its ends"),
    "no such distance": (IN, "access_any_centre", "short_label", "Within {far}", "but for {reach}"),
    "brace in a definition": (IN, "asq3", "definition", "Children {of all}.", "without the signs"),
    "categories of a number": (IN, "asq3", "categories", "1=In; 0=Out", "if the unit is category"),
    "categories with commas": (IN, "family", "categories", "1:In, 0:Out", "1=In the programme"),
    "the same as nothing": (IN, "asq3", "same_as", "imd_2024", "is not in indicators.csv"),
    "capital in an id": (IN, "asq3", "indicator_id", "ASQ3", "small letters, digits and _"),
    "operation": (DERIVED, "centres_per_10k", "operation", "share", "sum, ratio, change"),
    "left unknown": (DERIVED, "centres_per_10k", "left", "designated_centre", "is not in indicators.csv"),
    "no right": (DERIVED, "centres_per_10k", "right", "", "a ratio needs an indicator"),
    "match": (DERIVED, "centres_per_10k", "match", "asof", "same_period, as_of, within"),
    "no match": (DERIVED, "centres_per_10k", "match", "", "a ratio needs as_of or within"),
    "within a date": (DERIVED, "centres_per_10k", "match", "within", "a ratio needs as_of"),
    "baseline": (DERIVED, "change_designated", "baseline", "2010", "a period of designated_centres"),
    "rule for stored": (DERIVED, "centres_and", "indicator_id", "linked_sites", "no figures of its own"),
    "order of rules": (DERIVED, "centres_per", "left", "change_designated_since_2010", "a rule above"),
    "licence address": ("sources.csv", "dfe_register", "licence_url", "www.gov.uk", "begins with https://"),
    "source's date": (
        "sources.csv",
        "dfe_register",
        "figures_date",
        "19/08/2026",
        "a date such as 2026-08-19",
    ),
    "largest": ("units.csv", "percent", "largest", "100%", "a number such as 1234.5"),
    "status unknown": (REGISTER, OF_CAMDEN, "status", "Published", "published, derived"),
    "comma in a number": (REGISTER, OF_CAMDEN, "value", "1,234", "without commas"),
    "word for a number": (REGISTER, OF_CAMDEN, "value", "nan", "without commas"),
    "area": (REGISTER, OF_CAMDEN, "area_code", "E09000077", "is not in areas.csv"),
    "indicator": (REGISTER, OF_CAMDEN, "indicator_id", "centres", "is not in indicators.csv"),
    "observed source": (REGISTER, OF_CAMDEN, "source_id", "gias", "is not in sources.csv"),
    "period": (REGISTER, OF_CAMDEN, "period", "August 2016", "no period of the type date"),
    "end of period": (REGISTER, OF_CAMDEN, "period_end", "2016-08-31", "the last day of"),
    "fact of nothing": (
        "published_facts.csv",
        "review_6",
        "indicator_id",
        "review_6",
        "not in indicators.csv",
    ),
    "placeholder": (
        "endpoints.csv",
        "ohid_data",
        "address",
        "https://a.example/{id}",
        "the placeholders ids",
    ),
    "area twice": ("tiles.csv", "E09000002", "area_code", "E09000003", "a second time"),
}


@pytest.mark.thorough
@pytest.mark.parametrize(("table", "key", "column", "cell", "allowed"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_is_named_with_its_file_row_and_column_and_what_is_allowed(
    table: str, key: str, column: str, cell: str, allowed: str, snapshot_copy: Path
) -> None:
    row = change(snapshot_copy, table, key, column, cell)
    said = answer(snapshot_copy)
    assert allowed in said
    if column != "period_type" or cell != "date":
        assert re.search(rf"{re.escape(table)}, row \d+, column {column}:", said)
        assert f"{table}, row {row}, column {column}:" in said or "second time" in said
    _, declared = checks.check_all(snapshot_copy, live=snapshot_copy / "none")
    assert not declared.passed
    assert declared.message.replace("\n     ", "\n") == said
    with pytest.raises(store.SnapshotError, match=r"row \d+"):
        load_london(open_library(snapshot_copy, snapshot_copy / "none"))


def drop_column(rows: list[list[str]]) -> list[list[str]]:
    return [row[:-1] for row in rows]


def add_column(rows: list[list[str]]) -> list[list[str]]:
    return [[*row, "further"] for row in rows]


def shift_a_row(rows: list[list[str]]) -> list[list[str]]:
    return [rows[0], ["", *rows[1]], *rows[2:]]


def repeat_a_row(rows: list[list[str]]) -> list[list[str]]:
    return [*rows, rows[1]]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (drop_column, "the column is missing; its columns must be"),
        (add_column, "there is no such column; its columns must be"),
        (shift_a_row, "row 2: it has"),
        (repeat_a_row, "a second time"),
    ],
)
def test_each_table_of_another_shape_is_named(
    spoil: Callable[[list[list[str]]], list[list[str]]], said: str, snapshot_copy: Path
) -> None:
    # recording the tables reads that of the sources, and says so itself: see the next test
    spoiled = [name for name in TABLES if name != "sources.csv"]
    for table in spoiled:
        write(snapshot_copy, table, spoil(read(snapshot_copy, table)))
    named = {line.partition(",")[0] for line in answer(snapshot_copy).splitlines() if said in line}
    assert named >= set(spoiled)


@pytest.mark.parametrize("content", [b"", b"source_id\n\xff\n", b"source_id,title\nx,y\n", b'a\n"b'])
def test_a_table_of_sources_that_cannot_be_read_is_said_when_tables_are_recorded(
    content: bytes, snapshot_copy: Path
) -> None:
    (snapshot_copy / "sources.csv").write_bytes(content)
    with pytest.raises(store.SnapshotError, match=r"sources\.csv"):
        store.seal(dt.date(2031, 5, 4), snapshot_copy)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b'indicator_id,"label\n', b"\n\n"])
@pytest.mark.parametrize("table", [IN, REGISTER, "units.csv"])
def test_bytes_that_are_no_table_are_named(content: bytes, table: str, snapshot_copy: Path) -> None:
    (snapshot_copy / table).write_bytes(content)
    assert table in answer(snapshot_copy)


def test_every_embedded_table_is_declared_and_as_it_is_declared() -> None:
    assert [table for table in TABLES if schema_of(table) is None] == []
    assert find_problems(store.read_manifest()) == []


def test_a_table_that_nobody_declared_is_refused(snapshot_copy: Path) -> None:
    (snapshot_copy / "notes.csv").write_text("note\nSomething\n", encoding="utf-8")
    assert "notes.csv: no table of this name is declared" in answer(snapshot_copy)


@pytest.mark.thorough
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_cell_check_gives_an_answer_and_no_traceback(
    data: st.DataObject, snapshot_copy: Path
) -> None:
    table = data.draw(st.sampled_from([name for name in TABLES if name != "sources.csv"]))
    rows = read(store.SNAPSHOT, table)
    place = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    rows[place][column] = data.draw(st.text(max_size=12) | st.sampled_from([row[column] for row in rows]))
    shutil.copytree(store.SNAPSHOT, snapshot_copy, dirs_exist_ok=True)
    write(snapshot_copy, table, rows)
    store.seal(dt.date(2031, 5, 4), snapshot_copy)
    assert checks.check_all(snapshot_copy, live=snapshot_copy / "none")
