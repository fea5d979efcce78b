"""One slip in a table, and how it is said."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

# a spreadsheet program counts the line of headings as the first
FIRST_ROW = 2
Frames = Mapping[str, pd.DataFrame]


class Problem(NamedTuple):
    """One slip: table, row (as a spreadsheet program counts, 0 for the whole table), column, and in words."""

    table: str
    row: int
    column: str
    said: str

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.table}{row}{column}: {self.said}."


def quoted(cell: object) -> str:
    """A cell as it is said: in quotation marks, cut where it is long."""
    text = str(cell)
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”" if text else "nothing"
