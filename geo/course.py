"""How places have done over time, period by period."""

from collections.abc import Sequence

import pandas as pd

from geo.join import London


def course(london: London, indicator_id: str, names: Sequence[str]) -> pd.DataFrame:
    """The values of these areas (boroughs, London or England), one row a period and one column an area.

    The earliest period comes first. NaN where there is none; an area without any value is left out.
    """
    table = london.observations
    rows = table[(table["indicator_id"] == indicator_id) & table["area_name"].isin(names)]
    values = rows.pivot(index="period", columns="area_name", values="value")
    known = values.reindex(london.periods[indicator_id][::-1]).dropna(axis="columns", how="all")
    return known[[name for name in names if name in known]]
