"""Kinds of periods: a quarter is no year, and a school year is no date, so they never share a line."""

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


def first_of_quarters(periods: Sequence[str], always: Collection[str] = ()) -> list[str]:
    """Of dates, the first in each quarter of a year, and those that are `always` kept; of others, all.

    In their order, which may be either. More points than that in a line can be told apart by nobody.
    """
    first: dict[str, str] = {}
    for period in sorted(periods):
        quarter = f"{period[:4]} {(int(period[5:7]) + 2) // 3}" if kind_of(period) == DATE else period
        first.setdefault(quarter, period)
    kept = {*first.values(), *always}
    return [period for period in periods if period in kept]
