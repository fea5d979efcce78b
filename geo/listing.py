"""The joined table as it leaves the app: for the command line and for downloads."""

import json

import pandas as pd

from geo.join import London, place_table

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
    "source",
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
    titles = table["source_id"].map(lambda ids: source_titles(london, ids))
    return table.assign(period=period, source=titles)[COLUMNS].reset_index(drop=True)


def source_titles(london: London, source_id: str) -> str:
    """The titles of the sources behind a row; a derived value has more than one, divided by "+"."""
    return "; ".join(london.catalogue.sources[part].title for part in source_id.split("+"))


def as_csv(frame: pd.DataFrame) -> str:
    """Comma-separated text in which no text cell can be taken for a formula."""
    safe = frame.copy()
    for column in frame.select_dtypes(exclude="number"):
        # a bare carriage return would end the line, and what follows it would begin a cell
        texts = frame[column].astype(str).str.replace("\r", " ")
        safe[column] = texts.where(~texts.str.startswith(FORMULA_STARTS), "'" + texts)
    return safe.to_csv(index=False, lineterminator="\n")


def as_json(frame: pd.DataFrame) -> str:
    """A list of records, with null for what is missing."""
    records = json.loads(frame.to_json(orient="records", double_precision=15))
    return json.dumps(records, indent=2, ensure_ascii=False) + "\n"
