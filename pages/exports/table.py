"""The table behind an exhibit: raw values with what they are, put into words only where they are shown.

The same table is read on the page, on slides and on paper (texts), and reckoned with in files (values).
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from geo.tables.listing import DIGITS, harmless

# behind a value of which there is something to know
MARK = "\N{DAGGER}"
# where a table is read: there is no value
NONE = "\N{EN DASH}"


class Kind(StrEnum):
    """What the cells of a column are.

    Notes and identifiers are for files: who reads a table has them below it, or has no use for them.
    """

    IDENTIFIER = "identifier"
    NAME = "name"
    PERIOD = "period"
    NUMBER = "number"
    CATEGORY = "category"
    STATUS = "status"
    TEXT = "text"
    NOTE = "note"


FOR_FILES = {Kind.IDENTIFIER, Kind.NOTE}


@dataclass(frozen=True)
class Measure:
    """How numbers are written: their unit in words, before and behind them (and behind 1); a plus for a rise.

    What is not 0 and less than the last decimal is said to be `under` that, as a probability is, or, where it
    is `never_zero`, has up to three further decimals. An ordinal is a rank: 3rd.
    """

    unit: str = ""
    decimals: int = 0
    prefix: str = ""
    suffix: str = ""
    suffix_of_one: str = ""
    signed: bool = False
    under: bool = False
    never_zero: bool = False
    ordinal: bool = False

    def text(self, value: float) -> str:
        """A number as it is read, "£1,234", "88.1%", "−5"; empty when there is none."""
        if not math.isfinite(value):
            return ""
        if self.ordinal:
            return ordinal(int(value))
        least = 10.0**-self.decimals
        if self.under and 0 < value < least:
            return f"under {least:.{self.decimals}f}"
        further = range(self.decimals, self.decimals + (3 if self.never_zero else 0))
        decimals = next((n for n in further if round(value, n) != 0), further.stop)
        size = f"{abs(value):,.{decimals}f}"
        shown = float(size.replace(",", ""))
        sign = "" if shown == 0 else "\N{MINUS SIGN}" if value < 0 else "+" if self.signed else ""
        suffix = self.suffix_of_one if shown == 1 and self.suffix_of_one else self.suffix
        return f"{sign}{self.prefix}{size}{suffix}"


COUNT, RANK = Measure(), Measure(ordinal=True)


@dataclass(frozen=True)
class Column:
    """A column of a table: the name of its values among the rows, what people call it, and what it holds.

    Numbers are written by `measure`, and where that is None by the measure of their row. A value bears a MARK
    where the column `noted` of the rows says why. `absent` stands for a value that there is not where the
    table is read: a word, or the name of the column of the rows that has one for each. Columns with one
    `span`, which is what they are called together, are read as one cell, in which `before` and `after` stand
    around what this one holds.
    """

    key: str
    name: str
    kind: Kind = Kind.TEXT
    measure: Measure | None = COUNT
    noted: str = ""
    absent: str = NONE
    span: str = ""
    before: str = ""
    after: str = ""

    @property
    def heading(self) -> str:
        """What the column is called in a file, with the unit of its numbers if the name does not say it."""
        unit = self.measure.unit if self.kind is Kind.NUMBER and self.measure else ""
        return self.name if unit.lower() in self.name.lower() else f"{self.name} ({unit})"


@dataclass(frozen=True, eq=False)
class Table:
    """`rows` with raw values (numbers as numbers, NaN where there is none), and what each column is.

    Rows may have further columns, for the columns that refer to them. `measures` has one for each row where
    rows are of unlike figures. Raises ValueError when a column of numbers is none, or two have one heading.
    """

    rows: pd.DataFrame
    columns: tuple[Column, ...]
    measures: tuple[Measure, ...] = ()

    def __post_init__(self) -> None:
        headings = [column.heading for column in self.columns]
        if len(set(headings)) < len(headings):
            raise ValueError(f"Two columns have one heading: {headings}.")
        for column in self.columns:
            is_number = pd.api.types.is_numeric_dtype(self.rows[column.key])
            if len(self.rows) and is_number != (column.kind is Kind.NUMBER):
                raise ValueError(f"The column {column.key} does not hold what it says: {column.kind}.")

    def of(self, keys: Iterable[str]) -> "Table":
        """The table with only these of its columns."""
        kept = set(keys)
        return replace(self, columns=tuple(column for column in self.columns if column.key in kept))

    def without(self, *keys: str) -> "Table":
        """The table without these columns."""
        return self.of({column.key for column in self.columns} - set(keys))

    def with_same(self, cells: Mapping[Column, str]) -> "Table":
        """The table with further columns that have the same text in each row."""
        keys = {column.key for column in cells}
        kept = tuple(column for column in self.columns if column.key not in keys)
        rows = self.rows.assign(**{column.key: text for column, text in cells.items()})
        return replace(self, rows=rows, columns=(*kept, *cells))

    def head(self, count: int) -> "Table":
        """The first rows."""
        return replace(self, rows=self.rows.head(count), measures=self.measures[:count])

    def to_read(self) -> "Table":
        """The table without the columns that are for files."""
        return self.of(column.key for column in self.columns if column.kind not in FOR_FILES)

    def measures_of(self, column: Column) -> Sequence[Measure]:
        """The measure of each row of a column of numbers."""
        return [column.measure] * len(self.rows) if column.measure else self.measures

    def values(self) -> pd.DataFrame:
        """The raw values under their headings: numbers without noise, None or NaN where there is none."""
        cells = {column.heading: self._values(column) for column in self.columns}
        return pd.DataFrame(cells, columns=list(cells))

    def plain(self) -> list[list[str]]:
        """The headings and rows as text that a spreadsheet reads as what it is; numbers by their decimals."""
        columns = []
        for column, (heading, cells) in zip(self.columns, self.values().items(), strict=True):
            if column.kind is Kind.NUMBER:
                measured = zip(cells, self.measures_of(column), strict=True)
                said = ["" if v != v else f"{v:.{measure.decimals}f}" for v, measure in measured]
            else:
                said = ["" if cell is None else harmless(str(cell)) for cell in cells]
            columns.append([harmless(str(heading)), *said])
        return [list(row) for row in zip(*columns, strict=True)]

    def texts(self) -> pd.DataFrame:
        """The table as it is read: a row a row, all cells as text."""
        spans: dict[str, list[Column]] = {}
        for column in self.to_read().columns:
            spans.setdefault(column.span or column.name, []).append(column)
        cells = {name: self._together(columns) for name, columns in spans.items()}
        return pd.DataFrame(cells, columns=list(cells), dtype=object)

    def as_json(self, about: dict[str, object]) -> str:
        """Columns with what they are, and rows by the keys of columns, below what there is to say of all."""
        columns = [
            {"key": column.key, "name": column.name, "kind": column.kind.value}
            | ({"unit": column.measure.unit} if column.kind is Kind.NUMBER and column.measure else {})
            for column in self.columns
        ]
        keyed = self.values().set_axis([column.key for column in self.columns], axis="columns")
        rows = keyed.astype(object).where(keyed.notna(), None).to_dict("records")
        return json.dumps(about | {"columns": columns, "rows": rows}, indent=2, ensure_ascii=False) + "\n"

    def _values(self, column: Column) -> pd.Series:
        cells = self.rows[column.key].reset_index(drop=True)
        if column.kind is Kind.NUMBER:
            return cells.astype(float).map(lambda value: float(f"{value:.{DIGITS}g}"))
        return cells.astype(object).where(cells.notna() & (cells != ""), None)

    def _together(self, columns: Sequence[Column]) -> list[str]:
        """The cells of columns that are read as one, or what stands for them where they are empty."""
        absent = columns[0].absent
        instead = self.rows[absent] if absent in self.rows else [absent] * len(self.rows)
        parts = zip(*map(self._texts, columns), strict=True)
        return ["".join(cells) or word for cells, word in zip(parts, instead, strict=True)]

    def _texts(self, column: Column) -> list[str]:
        """The cells of one column in words, empty where there is none."""
        said = self._said(column)
        marked = self.rows[column.noted] != "" if column.noted else [False] * len(said)
        return [
            f"{column.before}{text}{MARK if mark else ''}{column.after}" if text else ""
            for text, mark in zip(said, marked, strict=True)
        ]

    def _said(self, column: Column) -> list[str]:
        cells = self.rows[column.key]
        if column.kind is not Kind.NUMBER:
            return ["" if pd.isna(cell) else str(cell) for cell in cells]
        measured = zip(cells, self.measures_of(column), strict=True)
        return [measure.text(float(value)) for value, measure in measured]


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if 10 <= number % 100 <= 20 else endings.get(number % 10, "th")
    return f"{number}{ending}"
