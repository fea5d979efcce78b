"""Indicators that are worked out from published ones, by the rules of the table derivations.csv.

Three operations are enough: `sum` of two indicators at the same period, `ratio` of one to another, and
`change` since a baseline period. They work on authorities only; London and the ICSs follow by aggregation.
"""

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.tables.origins import together

MONTHS = {"financial_year": 12, "academic_year": 12}
# how old a denominator may be: the newest population estimate is often a year or two old
STALE_MONTHS = 36
_KEYS = ["area_code", "period", "period_end"]
_OPERAND = [*_KEYS, "value", "status", "origins"]


def derive(observations: pd.DataFrame, rules: pd.DataFrame, indicators: dict[str, Indicator]) -> pd.DataFrame:
    """Observations, with those of the derived indicators added below.

    A value is missing unless both operands are there: its status is then that of the operand that is missing.
    A ratio to 0 is `not_applicable`.

    Parameters
    ----------
    observations : DataFrame
        A row an area, indicator and period, as data_loaders.observations has them, with `origins`
        (geo.tables.origins) in place of the source.
    rules : DataFrame
        A row a derived indicator, with `indicator_id`, `operation` (`sum`, `ratio` or `change`), `left` and
        `right` (indicators), `match` of a ratio (`as_of` or `within`) and `baseline` of a change (a
        period). A rule may use what an earlier rule gave.
    indicators : dict of str to Indicator
        The catalogue's entries by indicator_id.

    Returns
    -------
    DataFrame
        The rows and columns of `observations`, and below them those of the derived indicators, with
        `indicator_id`, `area_code`, `period`, `period_end`, `value`, `status` and `origins`; the value of a
        ratio is multiplied into the indicator's unit. `numerator` and `denominator` are the operands of a
        ratio, else NaN.

    Notes
    -----
    `sum` is left + right of the same period; `ratio` is multiplier × left / right, where right is above 0;
    `change` is left less its own value in the baseline period.
    """
    boroughs = observations.loc[observations["area_code"].str.startswith("E09"), ["indicator_id", *_OPERAND]]
    nothing = boroughs[_OPERAND][:0]
    known = {str(name): rows[_OPERAND] for name, rows in boroughs.groupby("indicator_id")}
    added = []
    for rule in rules.to_dict("records"):
        left, right = (known.get(rule[side], nothing) for side in ("left", "right"))
        if rule["operation"] == "sum":
            rows = _sum(left, right)
        elif rule["operation"] == "ratio":
            indicator = indicators[rule["indicator_id"]]
            pairs = _pairs(left, right, rule["match"], indicator.period_type)
            rows = _ratio(left, right, pairs, indicator.multiplier)
        else:
            rows = _change(left, rule["baseline"])
        known[rule["indicator_id"]] = rows[_OPERAND]
        added.append(rows.assign(indicator_id=rule["indicator_id"]))
    return pd.concat([observations, *added], ignore_index=True)


def _sum(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    both = left.merge(right, on=_KEYS, suffixes=("", "_right"))
    return _result(both, both["value"] + both["value_right"])


def _change(left: pd.DataFrame, baseline: str) -> pd.DataFrame:
    base = left[left["period"] == baseline].drop(columns=["period", "period_end"])
    later = left[left["period"] != baseline]
    both = later.merge(base, on="area_code", suffixes=("", "_right"))
    return _result(both, both["value"] - both["value_right"])


def _pairs(left: pd.DataFrame, right: pd.DataFrame, match: str, period_type: str) -> pd.DataFrame:
    """Which period of the right goes under which of the left: columns period and period_right.

    `as_of` pairs a date with the denominator last before it, if that is no older than STALE_MONTHS. `within`
    pairs a period with the denominator whose date lies in it, so that money spent in a year is shared among
    the children of that year.
    """
    lefts = left[["period", "period_end"]].drop_duplicates()
    rights = right[["period", "period_end"]].drop_duplicates()
    pairs = lefts.merge(rights, how="cross", suffixes=("", "_right"))
    months = MONTHS[period_type] if match == "within" else STALE_MONTHS
    start = pairs["period_end"] - pd.DateOffset(months=months)
    inside = (pairs["period_end_right"] > start) & (pairs["period_end_right"] <= pairs["period_end"])
    pairs = pairs[inside].sort_values("period_end_right")
    if match == "as_of":
        pairs = pairs.drop_duplicates("period", keep="last")
    return pairs[["period", "period_right"]]


def _ratio(left: pd.DataFrame, right: pd.DataFrame, pairs: pd.DataFrame, multiplier: float) -> pd.DataFrame:
    under = right.rename(columns={"period": "period_right"}).drop(columns="period_end")
    both = left.merge(pairs, on="period").merge(
        under, on=["area_code", "period_right"], suffixes=("", "_right")
    )
    shared_by = both["value_right"].where(both["value_right"] > 0)
    rows = _result(both, both["value"] / shared_by * multiplier)
    return rows.assign(numerator=both["value"], denominator=both["value_right"])


def _result(both: pd.DataFrame, value: pd.Series) -> pd.DataFrame:
    """Rows with the value, its status and the origins of both sides; without a value, of the side without."""
    missing = both["status"].where(both["value"].isna(), both["status_right"])
    # both operands are there, but the one to divide by is 0
    missing = missing.mask(both["value"].notna() & both["value_right"].notna(), "not_applicable")
    origins = together(both["origins"], both["origins_right"])
    origins = origins.mask(both["value_right"].isna(), both["origins_right"])
    origins = origins.mask(both["value"].isna(), both["origins"])
    return both[_KEYS].assign(value=value, status=missing.where(value.isna(), "derived"), origins=origins)
