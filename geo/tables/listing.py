"""The joined table as it leaves the app: for the command line and for downloads."""

import json

import pandas as pd

from geo.tables import marks
from geo.tables.london import London, ics_table, place_table
from geo.tables.origins import as_text

ICB = ["icb_code", "icb_ods", "icb_name"]
AREA = ["area_code", "area_name", "area_type", "ics_code", "ics_name", *ICB]
FIGURE = ["value", "category", "numerator", "denominator", "lower_95", "upper_95", "status", "note", "mark"]
FIGURE += ["source_id", "source", "licence", "retrieved"]
COLUMNS = [*AREA, "period", *FIGURE]
# digits that a value can have; what reckoning leaves behind them is noise (47.900000000000006)
DIGITS = 13
# a spreadsheet would take a text that begins with one of these for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def places(
    london: London, indicator_id: str, period: str, vintage: str, scope: str | None = None
) -> pd.DataFrame:
    """The authorities of one ICS (`scope`) or all of them, that ICS or all ICSs, London and England.

    Columns: those of a place table (geo.tables.london.place_table), period, and icb_code, icb_ods and
    icb_name of the integrated care board. The area_type of an ICS is `ics`, its area_code that of its board;
    its note says without whom its value is.
    """
    key = (indicator_id, period, vintage)
    table, systems = place_table(london, *key), ics_table(london, *key)
    systems = systems.assign(
        area_name=systems["ics_name"],
        area_type="ics",
        comparison="not_compared",
        small=False,
        # where there is no value, boroughs are not without a figure: theirs come without counts
        note=[
            f"without {'; '.join(names)}" if names and known else ""
            for names, known in zip(systems["left_out"], systems["value"].notna(), strict=True)
        ],
    )
    is_borough = table["area_type"] == "borough"
    parts = [table[is_borough], systems.drop(columns="left_out"), table[~is_borough]]
    rows = pd.concat(parts, ignore_index=True).join(boards(london, vintage), on="ics_code")
    rows = rows.fillna(dict.fromkeys(ICB, ""))
    rows["area_code"] = rows["area_code"].fillna(rows["icb_code"])
    if scope:
        rows = rows[rows["ics_code"].isin([scope, ""])].reset_index(drop=True)
    return rows.assign(period=period)


def boards(london: London, vintage: str) -> pd.DataFrame:
    """The integrated care board of each ICS, by ics_code: its code, that of the NHS, and its name (ICB)."""
    return london.members(vintage).drop_duplicates("ics_code").set_index("ics_code")[ICB]


def listing(
    london: London, indicator_id: str, period: str, vintage: str, scope: str | None = None
) -> pd.DataFrame:
    """COLUMNS for one indicator and period, of all places(); a category has its word beside its code."""
    table = places(london, indicator_id, period, vintage, scope)
    indicator = london.catalogue.indicators[indicator_id]
    said = as_text(table["origins"], london.catalogue)
    category = table["value"].map(indicator.categories).astype(object).fillna("")
    return table.assign(category=category, mark=marks.reasons(table, indicator)).join(said)[COLUMNS]


def as_csv(frame: pd.DataFrame) -> str:
    """Comma-separated text in which no text cell can be taken for a formula, and no number has noise."""
    return without_formulas(frame).to_csv(index=False, lineterminator="\n", float_format=f"%.{DIGITS}g")


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
    return json.dumps(records(frame), indent=2, ensure_ascii=False) + "\n"


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows for JSON: numbers without noise, days as ISO texts, None for what is missing."""
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in frame.select_dtypes(include="datetime")}
    text = frame.assign(**days).to_json(orient="records", double_precision=12)
    found: list[dict[str, object]] = json.loads(text)
    return found
