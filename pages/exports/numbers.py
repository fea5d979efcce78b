"""The numbers of an exhibit as a file: CSV, or a workbook for Excel or LibreOffice, headed in words."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from geo.tables.listing import as_csv
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit
from pages.exports.spreadsheets import NOT_AVAILABLE, ODS, SHORTHAND, XLSX, Book, Sheet, as_ods, as_xlsx

CSV = "text/csv"
STATUS = "Status"
# what capitals and spaces alone do not make readable
_HEADINGS = {
    "lower_95": "95% confidence interval, lower end",
    "upper_95": "95% confidence interval, upper end",
    "rank_london": "Rank in London",
    "best_london": "Best rank in London (95%)",
    "worst_london": "Worst rank in London (95%)",
    "of_london": "Boroughs ranked",
    "comparison": "Compared with London",
    "value": "Value",
    "london": "London",
    "more": "More needed",
    "crosses_ics": "Between two ICSs",
    "how": "Bridge or tunnel",
    "gap": "Difference",
    "interval_from": "Interval of the difference (adjusted), lower end",
    "interval_to": "Interval of the difference (adjusted), upper end",
    "p": "Adjusted p (Holm)",
    "places": "Boroughs",
    "ratio": "Largest over smallest",
    "ratio_missed": "Largest over smallest, of those left out",
    "cv": "Coefficient of variation",
    "beyond": "Share more than chance (I²)",
    "gini": "Gini coefficient",
}
# columns whose cells are identifiers
_CODES = {"comparison", "status"}
_IDENTIFIER = re.compile(r"[a-z]+(_[a-z0-9]+)*")
_NUMBER = re.compile(r"([-−+]?)(£?)(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?(%?)")
_UNITS = {"£": " (£)", "%": " (per cent)", "": ""}


class TableFormat(NamedTuple):
    """A kind of file: what people call it, the end of its name, its media type, and how to make it."""

    name: str
    suffix: str
    mime: str
    build: Callable[[Exhibit], bytes]


def in_words(exhibit: Exhibit) -> pd.DataFrame:
    """The table behind an exhibit with headings in words; made-up answers say so in each row."""
    rows = exhibit.numbers()
    for name in _CODES.intersection(rows):
        rows = rows.assign(**{name: rows[name].str.replace("_", " ")})
    rows = rows.rename(columns=_heading)
    return rows.assign(**{STATUS: ILLUSTRATIVE}) if exhibit.is_illustrative else rows


def csv_of(exhibit: Exhibit) -> bytes:
    """The numbers as CSV, marked as UTF-8 for spreadsheets; each row says what it is of, and whose."""
    sources = " ".join(exhibit.sources)
    whole = {"About": exhibit.subtitle, "Sources and licences": sources, "Made with": exhibit.origin}
    return as_csv(in_words(exhibit).assign(**whole)).encode("utf-8-sig")


def book_of(exhibit: Exhibit) -> Book:
    """The numbers as a workbook: that of the exhibit itself, or its table with a cover and notes."""
    if exhibit.book:
        return exhibit.book()
    rows, decimals = with_numbers(in_words(exhibit))
    return Book(
        title=exhibit.title,
        about=tuple(filter(None, [exhibit.subtitle, *exhibit.remarks, exhibit.origin])),
        sources=exhibit.sources,
        notes=tuple(SHORTHAND.items()),
        sheets=(Sheet(exhibit.key, exhibit.title, tuple(filter(None, [exhibit.subtitle])), rows, decimals),),
    )


FORMATS = {
    "csv": TableFormat("CSV", ".csv", CSV, csv_of),
    "xlsx": TableFormat("XLSX, for Excel", ".xlsx", XLSX, lambda exhibit: as_xlsx(book_of(exhibit))),
    "ods": TableFormat("ODS, for LibreOffice", ".ods", ODS, lambda exhibit: as_ods(book_of(exhibit))),
}


def _heading(name: object) -> str:
    text = str(name)
    if not _IDENTIFIER.fullmatch(text):
        return text
    said = text.replace("_", " ").replace("ics", "ICS")
    return _HEADINGS.get(text, said[0].upper() + said[1:])


def with_numbers(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Numbers that are written as text become numbers, so that they can be reckoned with; nothing is empty.

    A column whose numbers all have one unit has it in its heading. Also given: decimals to show by column.
    """
    made: dict[str, list[object]] = {}
    decimals: dict[str, int] = {}
    for name, column in rows.items():
        cells = [NOT_AVAILABLE if cell != cell or cell in ("", None) else cell for cell in column]
        texts = [cell for cell in cells if isinstance(cell, str)]
        found = {text: match for text in texts if (match := _NUMBER.fullmatch(text))}
        units = {match[2] or match[5] for match in found.values()}
        # beside words, such as "not published", they are numbers; ranks such as "joint 5th" are none
        if len(units) == 1 and not any(re.search(r"\d", text) for text in texts if text not in found):
            heading = f"{name}{_UNITS[units.pop()]}"
            made[heading] = [_number(cell) if cell in found else cell for cell in cells]
            decimals[heading] = max(len(match[4] or ".") - 1 for match in found.values())
        else:
            whole = [float(cell) if type(cell) is int else cell for cell in cells]
            made[str(name)], decimals[str(name)] = whole, _decimals(whole)
    return pd.DataFrame(made, columns=list(made)), decimals


def _number(text: str) -> float:
    return float(re.sub("[£,%]", "", text).replace("−", "-"))


def _decimals(cells: list[object]) -> int:
    """None for whole numbers, else enough to tell values apart."""
    return 0 if all(cell == int(cell) for cell in cells if isinstance(cell, float)) else 2
