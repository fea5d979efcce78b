"""Values of groups of authorities: sums of counts and ratios of sums, never a mean of percentages."""

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from geo.tables.origins import of_groups, without_origins


def aggregate(rows: pd.DataFrame, indicators: dict[str, Indicator], by: list[str]) -> pd.DataFrame:
    """Values of groups of authorities.

    A total needs every member: one that leaves some out would be read as the whole. A ratio is taken over the
    members that have both counts, and names the others, to be said beside it. A member whose figures are
    `combined` with another's is in the group by way of that one.

    Parameters
    ----------
    rows : DataFrame
        A row an authority, with `indicator_id`, `area_name`, `value`, `numerator`, `denominator`, `status`,
        `origins` (geo.tables.origins) and the columns of `by`.
    indicators : dict of str to Indicator
        The catalogue's entries by indicator_id.
    by : list of str
        The columns that make up a group, `indicator_id` among them.

    Returns
    -------
    DataFrame
        A row a group. Columns: those of `by`; `value` in the unit of the indicator, NaN where there is
        none; `numerator` and `denominator`, the counts that a ratio is taken of, else NaN; `left_out`, a
        tuple of the names of members without figures; `origins` of the rows that the value is worked out
        from; `status`, `derived`, or `not_published` where there is no value, as for an indicator without
        counts.

    Notes
    -----
    A ratio is multiplier × sum(numerator) / sum(denominator).
    """
    kind = rows["indicator_id"].map({i.indicator_id: i.aggregation for i in indicators.values()})
    counted = rows["numerator"].notna() & rows["denominator"].notna()
    summable = rows.assign(
        value=rows["value"].where(kind == "sum"),
        numerator=rows["numerator"].where(counted & (kind == "ratio")),
        denominator=rows["denominator"].where(counted & (kind == "ratio")),
    )
    lacking = np.where(kind == "sum", rows["value"].isna(), ~counted) & (kind != "none")
    lacking &= rows["status"] != "combined"
    groups = summable.groupby(by)
    result = groups[["value", "numerator", "denominator"]].sum(min_count=1)
    left_out = summable[lacking].groupby(by)["area_name"].agg(tuple)
    result["left_out"] = left_out.reindex(result.index)
    result["left_out"] = [names if isinstance(names, tuple) else () for names in result["left_out"]]

    ids = result.index.get_level_values("indicator_id")
    multiplier = ids.map({i.indicator_id: i.multiplier for i in indicators.values()})
    ratio = result["numerator"] / result["denominator"] * np.asarray(multiplier)
    total = result["value"].where(result["left_out"].str.len() == 0)
    result["value"] = ratio.where(ratio.notna(), total)
    origins = without_origins(result.index)
    origins.update(of_groups(summable[~lacking & (summable["status"] != "combined")], by))
    result["origins"] = origins.where(result["value"].notna(), without_origins(result.index))
    result["status"] = result["value"].notna().map({True: "derived", False: "not_published"})
    return result.reset_index()
