"""Indicators that are worked out from published ones, by the rules of the table derivations.csv.

Three operations are enough: `sum` of two indicators at the same period, `ratio` of one to another, and
`change` since a baseline period. They work on authorities only; London and the ICSs follow by aggregation.
"""

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.tables.origins import together

MONTHS = {"financial_year": 12, "academic_year": 12}
# population estimates appear a year late, so three years cover a register of today
STALE_MONTHS = 36
_KEYS = ["area_code", "period", "period_end"]


def derive(observations: pd.DataFrame, rules: pd.DataFrame, indicators: dict[str, Indicator]) -> pd.DataFrame:
    """Observations, with the column `origins` (geo.tables.origins), and the derived ones added below.

    `rules` has indicator_id, operation, left, right, match, baseline. A rule may use what an earlier rule
    gave. A value is missing, with the status of the operand that is missing, unless both operands are there.
    """
    for rule in rules.to_dict("records"):
        left = _operand(observations, rule["left"])
        if rule["operation"] == "sum":
            rows = _sum(left, _operand(observations, rule["right"]))
        elif rule["operation"] == "ratio":
            indicator = indicators[rule["indicator_id"]]
            right = _operand(observations, rule["right"])
            pairs = _pairs(left, right, rule["match"], indicator.period_type)
            rows = _ratio(left, right, pairs, indicator.multiplier)
        else:
            rows = _change(left, rule["baseline"])
        observations = pd.concat(
            [observations, rows.assign(indicator_id=rule["indicator_id"])], ignore_index=True
        )
    return observations


def _operand(observations: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    boroughs = observations["area_code"].str.startswith("E09")
    return observations[boroughs & (observations["indicator_id"] == indicator_id)]


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
    """Rows with the value, its status and the origins of both sides; of a gap those of the side without."""
    missing = both["status"].where(both["value"].isna(), both["status_right"])
    # both are there, but nothing can be divided by nobody
    missing = missing.mask(both["value"].notna() & both["value_right"].notna(), "not_applicable")
    origins = together(both["origins"], both["origins_right"])
    origins = origins.mask(both["value_right"].isna(), both["origins_right"])
    origins = origins.mask(both["value"].isna(), both["origins"])
    return both[_KEYS].assign(value=value, status=missing.where(value.isna(), "derived"), origins=origins)
