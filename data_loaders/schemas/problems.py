"""Hold tables against what is declared of them: each slip by file, row, column and what is allowed."""

import csv
import functools
import io
from collections.abc import Iterator, Sequence

import pandas as pd
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from data_loaders import store
from data_loaders.schemas.rules import RULES, observed
from data_loaders.schemas.slips import FIRST_ROW, Frames, Problem, quoted
from data_loaders.schemas.tables import NOT_EMBEDDED, TABLES, Row, Schema, schema_of

MOST_ALLOWED = 12


def find_problems(entries: dict[str, store.Entry]) -> list[Problem]:
    """Every slip in the tables of these entries. Never raises for what a table holds.

    Raises store.SnapshotError for a table that is not the one that its manifest describes.
    """
    declared = _declared(entries)
    large = {table: schema for table, schema in TABLES.items() if schema.large}
    named = {*large, *(other for schema in large.values() for other, _ in schema.refers.values())}
    kept = tuple(entry for entry in declared if entry.table in named)
    return sorted([*_judged(declared), *_judged_large(kept)])


def _declared(entries: dict[str, store.Entry]) -> tuple[store.Entry, ...]:
    """The entries of what is declared, each of which is what its manifest describes."""
    declared = {name: entry for name, entry in entries.items() if name.endswith(".csv")}
    for table in declared:
        store.read_bytes(table, entries)
    return tuple(declared.values())


@functools.lru_cache(maxsize=4)
def _judged_large(entries: tuple[store.Entry, ...]) -> tuple[Problem, ...]:
    """The slips in the large tables among these; the others are those that they refer to.

    They take seconds, and are embedded as they were checked.
    """
    by_table = {entry.table: entry for entry in entries}
    read = {table: _read(table, store.read_bytes(table, by_table), TABLES[table]) for table in by_table}
    frames = {table: frame for table, (_, frame) in read.items() if frame is not None}
    problems: list[Problem] = []
    for table in (table for table in by_table if TABLES[table].large):
        problems += read[table][0]
        problems += _unknown(table, frames[table], TABLES[table], frames) if table in frames else []
    return tuple(problems)


# kept, because the tables that a refresh has judged and brought into use are loaded, and judged, right after
@functools.lru_cache(maxsize=4)
def _judged(entries: tuple[store.Entry, ...]) -> tuple[Problem, ...]:
    """The slips in tables that are what their entries describe, and so hold the same as long as these do."""
    by_table = {entry.table: entry for entry in entries}
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for table in by_table:
        schema = schema_of(table)
        if schema is None:
            problems.append(
                Problem(table, 0, "", "no table of this name is declared in data_loaders/schemas")
            )
            continue
        if schema.large:
            continue
        found, frame = _read_once(table, store.read_bytes(table, by_table), schema)
        problems += found
        if frame is not None:
            frames[table] = frame
    for table in TABLES.keys() - by_table.keys() - NOT_EMBEDDED:
        problems.append(Problem(table, 0, "", "the table is missing"))
    for table in frames:
        schema = schema_of(table)
        if schema is not None:
            problems += _unknown(table, frames[table], schema, frames)
    if not problems:
        seen = observed(frames)
        problems = [problem for rule in RULES for problem in rule(frames, seen)]
    return tuple(sorted(problems))


def enforce(entries: dict[str, store.Entry]) -> None:
    """Raise store.SnapshotError when a table is not as it is declared; the message names the first slips.

    Of large tables only the bytes are held against the manifest.
    """
    problems = _judged(_declared(entries))
    if problems:
        more = f" And {len(problems) - 3} more: `python -m data_loaders check` lists them."
        raise store.SnapshotError(" ".join(map(str, problems[:3])) + (more if len(problems) > 3 else ""))


def _read(table: str, content: bytes, schema: Schema) -> tuple[list[Problem], pd.DataFrame | None]:
    """The slips of a table by itself, and its cells as text where it could be read at all."""
    try:
        headings, *rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        return [Problem(table, 0, "", f"it cannot be read as CSV in UTF-8 ({error})")], None
    wrong = [(name, "the column is missing") for name in schema.required if name not in headings]
    wrong += [(name, "there is no such column") for name in headings if name not in schema.columns]
    wrong += [(name, "the column is there twice") for name in set(headings) if headings.count(name) > 1]
    if wrong:
        allowed = f"its columns must be {', '.join(schema.columns)}"
        return [Problem(table, 1, name, f"{what}; {allowed}") for name, what in wrong], None
    uneven = [
        Problem(table, place, "", f"it has {len(row)} cells where the line of headings has {len(headings)}")
        for place, row in enumerate(rows, FIRST_ROW)
        if len(row) != len(headings)
    ]
    if uneven:
        return uneven, None
    frame = pd.DataFrame(rows, columns=headings, dtype=str)
    return [*_cells(table, frame, schema.row), *_twice(table, frame, schema)], frame


# kept, because of many tables a refresh changes only a few
_read_once = functools.lru_cache(maxsize=64)(_read)


@functools.cache
def _rows_of(row: type[Row]) -> TypeAdapter:
    return TypeAdapter(Sequence[row])  # type: ignore[valid-type]


def _cells(table: str, frame: pd.DataFrame, row: type[Row]) -> Iterator[Problem]:
    try:
        _rows_of(row).validate_python(frame.to_dict("records"))
    except ValidationError as error:
        seen = set()
        for wrong in error.errors(include_url=False):
            place, column = wrong["loc"][0], wrong["loc"][1] if len(wrong["loc"]) > 1 else ""
            assert isinstance(place, int)
            # a cell that may be of two kinds gives an error for each, and is reported once
            if (place, column) not in seen:
                seen.add((place, column))
                cell = frame.iloc[place][str(column)] if column else ""
                yield Problem(
                    table, place + FIRST_ROW, str(column), f"{quoted(cell)}; {_allowed(wrong, row)}"
                )


def _allowed(wrong: ErrorDetails, row: type[Row]) -> str:
    """What a cell may be, in words."""
    if wrong["type"] == "cell":
        return f"allowed is {wrong['msg']}"
    if wrong["type"] == "literal_error":
        column = str(wrong["loc"][1])
        return f"allowed are {', '.join(filter(None, _words(row, column)))}"
    if wrong["type"] in ("string_too_short", "missing"):
        return "it must not be empty"
    said = {"string_pattern_mismatch": "pattern"}.get(wrong["type"])
    return f"allowed is the form {wrong['ctx'][said]}" if said else str(wrong["msg"])


def _words(row: type[Row], column: str) -> list[str]:
    """The words that a column may hold."""
    schema = row.model_json_schema()["properties"][column]
    options = [schema, *schema.get("anyOf", [])]
    return [word for option in options for word in option.get("enum", [option.get("const", "")])]


def _twice(table: str, frame: pd.DataFrame, schema: Schema) -> Iterator[Problem]:
    keys = frame[list(schema.key)]
    for place in keys.index[keys.duplicated()]:
        said = quoted(" ".join(keys.loc[place]))
        yield Problem(table, place + FIRST_ROW, " ".join(schema.key), f"{said} stands there a second time")


def _unknown(table: str, frame: pd.DataFrame, schema: Schema, frames: Frames) -> Iterator[Problem]:
    """Cells that refer to something that is not there."""
    for column, (other, key) in schema.refers.items():
        if other not in frames:
            continue
        known = set(frames[other][key])
        for cell in frame[column].unique():
            for part in cell.replace("+", "; ").split("; "):
                if part and part not in known:
                    allowed = _some(sorted(known))
                    said = f"{quoted(part)} is not in {other}; allowed are {allowed}"
                    places = frame.index[frame[column] == cell]
                    yield from (Problem(table, int(place) + FIRST_ROW, column, said) for place in places)


def _some(words: list[str]) -> str:
    more = len(words) - MOST_ALLOWED
    return ", ".join(words[:MOST_ALLOWED]) + (f" and {more} more" if more > 0 else "")
