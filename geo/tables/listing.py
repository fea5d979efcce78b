"""The joined table as it leaves the app: for the command line and for downloads."""

import json

import pandas as pd

from geo.tables import marks
from geo.tables.london import London, place_table
from geo.tables.origins import as_text

COLUMNS = [
    "area_code",
    "area_name",
    "ics_code",
    "ics_name",
    "period",
    "value",
    "numerator",
    "denominator",
    "lower_95",
    "upper_95",
    "status",
    "note",
    "mark",
    "source",
    "licence",
    "retrieved",
]
# a spreadsheet would take a text that begins with one of these for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def listing(
    london: London, indicator_id: str, period: str, vintage: str, scope: str | None = None
) -> pd.DataFrame:
    """COLUMNS for one indicator and period: the authorities, London and England, or those of one ICS."""
    table = place_table(london, indicator_id, period, vintage)
    if scope:
        table = table[table["ics_code"] == scope]
    said = as_text(table["origins"], london.catalogue)
    mark = marks.reasons(table, london.catalogue.indicators[indicator_id])
    return table.assign(period=period, mark=mark).join(said)[COLUMNS].reset_index(drop=True)


def as_csv(frame: pd.DataFrame) -> str:
    """Comma-separated text in which no text cell can be taken for a formula."""
    return without_formulas(frame).to_csv(index=False, lineterminator="\n")


def without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text that a spreadsheet would take for a formula."""
    safe = frame.copy()
    for column in frame.select_dtypes(exclude="number"):
        # numbers among texts stay numbers; a bare carriage return would end the line of a CSV
        safe[column] = [harmless(cell) if isinstance(cell, str) else cell for cell in frame[column]]
    return safe


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    flat = text.replace("\r", " ")
    return f"'{flat}" if flat.startswith(FORMULA_STARTS) else flat


def as_json(frame: pd.DataFrame) -> str:
    """A list of records, with null for what is missing."""
    records = json.loads(frame.to_json(orient="records", double_precision=15))
    return json.dumps(records, indent=2, ensure_ascii=False) + "\n"
