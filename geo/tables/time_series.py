"""How places have done over time, period by period."""

import functools
from collections.abc import Sequence

import pandas as pd

from geo.tables import marks
from geo.tables.london import LONDON, London, left_out_of_london
from geo.tables.timeline import timeline


def course(
    london: London, indicator_id: str, names: Sequence[str], period: str = "", thinned: bool = False
) -> pd.DataFrame:
    """The values of these areas (boroughs, London or England), one row a period and one column an area.

    Periods are those of geo.tables.timeline.timeline, the earliest first. NaN where there is no value; an
    area without any is left out. London's value is left out of periods in which it covers other authorities
    than in the newest: it would seem to change because its boroughs do.
    """
    periods = timeline(london, indicator_id, period, thinned).periods
    table = london.figures_of(indicator_id)
    rows = table[table["period"].isin(periods)]
    values = rows[rows["area_name"].isin(names)].pivot(index="period", columns="area_name", values="value")
    values = values.reindex(periods)
    if "London" in values:
        values.loc[unlike_in_london(london, indicator_id, periods), "London"] = float("nan")
    known = values.dropna(axis="columns", how="all")
    return known[[name for name in names if name in known]]


def course_reasons(london: London, indicator_id: str, values: pd.DataFrame) -> pd.DataFrame:
    """Why the values of course() bear a mark (geo.tables.marks.reasons), in the same rows and columns.

    Empty where one bears none.
    """
    table = london.figures_of(indicator_id)
    rows = table[table["period"].isin(values.index)]
    rows = rows[rows["area_name"].isin(values.columns)]
    known = rows.assign(reason=marks.reasons(rows, london.catalogue.indicators[indicator_id]))
    reasons = known.pivot(index="period", columns="area_name", values="reason")
    return reasons.reindex(index=values.index, columns=values.columns).where(values.notna(), "")


def unlike_in_london(london: London, indicator_id: str, periods: Sequence[str]) -> list[str]:
    """Those of these periods in which London's value is of other authorities than in the last that has one.

    In their order.
    """
    return list(_unlike_in_london(london, indicator_id, tuple(periods)))


# kept, because a picture over time, its notes and its table all ask
@functools.lru_cache(maxsize=32)
def _unlike_in_london(london: London, indicator_id: str, periods: tuple[str, ...]) -> tuple[str, ...]:
    indicator = london.catalogue.indicators[indicator_id]
    table = london.figures_of(indicator_id)
    rows = table[table["period"].isin(periods)]
    left_out = {
        str(label): left_out_of_london(part, indicator)
        for label, part in rows.groupby("period")
        if part.loc[part["area_code"] == LONDON, "value"].notna().all()
    }
    known = [label for label in periods if label in left_out]
    return tuple(label for label in known if left_out[label] != left_out[known[-1]])
