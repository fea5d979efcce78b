"""Kinds of periods: dates, quarters and years are never drawn in one line, because they do not compare."""

import calendar
import datetime as dt
import re
from collections.abc import Collection, Sequence

DATE, QUARTER, YEAR_ACROSS, YEAR, OTHER = "date", "quarter", "year_across", "year", "other"
_PATTERNS = {
    DATE: re.compile(r"\d{4}-\d\d-\d\d"),
    QUARTER: re.compile(r"\d{4}/\d\d Q[1-4]"),
    YEAR_ACROSS: re.compile(r"\d{4}/\d\d"),
    YEAR: re.compile(r"\d{4}"),
}


def kind_of(period: str) -> str:
    """The kind of a period's label: DATE, QUARTER ("2024/25 Q1"), YEAR_ACROSS ("2024/25"), YEAR or OTHER."""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(period)), OTHER)


def main_kind(periods: Sequence[str]) -> list[str]:
    """Those of these periods that a series is shown by, in their order: years where there are any.

    A quarter stands for a year only in a measure that has nothing but quarters. Of other kinds, those of the
    kind of the first.
    """
    kinds = [kind_of(period) for period in periods]
    main = next((kind for kind in kinds if kind != QUARTER), QUARTER)
    return [period for period, kind in zip(periods, kinds, strict=True) if kind == main]


def of_kind(period: str, periods: Sequence[str]) -> list[str]:
    """Those of these periods that are of the same kind as `period`, in their order."""
    return [other for other in periods if kind_of(other) == kind_of(period)]


def end_of(period: str, period_type: str) -> dt.date | None:
    """The last day of a period as an indicator of this type writes it; None when it is written otherwise.

    Types are those of the catalogue: a `financial_year` "2024/25" ends in March, an `academic_year` in
    August; of both kinds of financial year quarters may come. A `review_period` may be a calendar year.
    """
    if period_type == "date":
        return _iso(period) if kind_of(period) == DATE else None
    if period_type == "survey_month":
        return _end_of_month(period)
    if period_type == "mid_year":
        return dt.date(int(period[4:]), 6, 30) if re.fullmatch(r"mid-\d{4}", period) else None
    kind = kind_of(period)
    if kind == YEAR:
        within = {"summer": (6, 30), "index_year": (12, 31), "programme": (12, 31), "review_period": (12, 31)}
        return dt.date(int(period), *within[period_type]) if period_type in within else None
    if kind not in (YEAR_ACROSS, QUARTER) or (int(period[:4]) + 1) % 100 != int(period[5:7]):
        return None
    if kind == QUARTER:
        later, month, day = _QUARTER_ENDS[period[-1]]
        return dt.date(int(period[:4]) + later, month, day) if period_type in QUARTERLY else None
    across = {"financial_year": (3, 31), "review_period": (3, 31), "academic_year": (8, 31)}
    return dt.date(int(period[:4]) + 1, *across[period_type]) if period_type in across else None


def start_of(period: str, period_type: str) -> dt.date | None:
    """The first day of a period as an indicator of this type writes it; None where it is not known.

    A day, and the middle of a year, for which people are counted, is its own first day. Of a summer, an index
    and a programme only the year is known.
    """
    end = end_of(period, period_type)
    if end is None or period_type in ("date", "mid_year"):
        return end
    months = 3 if kind_of(period) == QUARTER else _MONTHS.get(period_type)
    if months is None:
        return None
    year, month = divmod(end.year * 12 + end.month - months, 12)
    return dt.date(year, month + 1, 1)


_MONTHS = {"financial_year": 12, "academic_year": 12, "review_period": 12, "survey_month": 1}
# types of period of which a publisher may give quarters as well
QUARTERLY = ("review_period", "financial_year")
# how many years after the first of a financial year each of its quarters ends, its last month and day
_QUARTER_ENDS = {"1": (0, 6, 30), "2": (0, 9, 30), "3": (0, 12, 31), "4": (1, 3, 31)}


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _end_of_month(text: str) -> dt.date | None:
    """The last day of "March 2022"."""
    name, _, year = text.partition(" ")
    months = list(calendar.month_name)
    if not name or name not in months or not re.fullmatch(r"\d{4}", year):
        return None
    month = months.index(name)
    return dt.date(int(year), month, calendar.monthrange(int(year), month)[1])


def first_of_quarters(periods: Sequence[str], always: Collection[str] = ()) -> list[str]:
    """Of dates, the first in each quarter of a year, and those that are `always` kept; of others, all.

    In the order in which they came, up or down. A line with more points than that could not be read.
    """
    first: dict[str, str] = {}
    for period in sorted(periods):
        quarter = f"{period[:4]} {(int(period[5:7]) + 2) // 3}" if kind_of(period) == DATE else period
        first.setdefault(quarter, period)
    kept = {*first.values(), *always}
    return [period for period in periods if period in kept]
