"""One ICS at a glance: every indicator at its latest period, for the ICS, its boroughs and London."""

from dataclasses import dataclass

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.join import LONDON, London, ics_table, place_table, value_of


@dataclass(frozen=True, eq=False)
class Line:
    """One indicator of an ICS.

    `boroughs` are the rows of the place table that belong to the ICS, in order of their names. `value` is
    that of the ICS, NaN where it cannot be given, and `left_out` names the boroughs that it does without.
    `place` is its rank among the `of` ICSs that have a value, 1 the highest; 0 where fewer than two have one.
    """

    indicator: Indicator
    period: str
    boroughs: pd.DataFrame
    value: float
    left_out: tuple[str, ...]
    london: float
    place: int
    of: int


def overview(london: London, vintage: str, scope: str) -> list[Line]:
    """A line for each shown indicator that has a number for at least one borough of the ICS."""
    lines = []
    for indicator in london.catalogue.indicators.values():
        if not indicator.shown or indicator.categories:
            continue
        period = london.periods[indicator.indicator_id][0]
        table = place_table(london, indicator.indicator_id, period, vintage)
        boroughs = table[table["ics_code"] == scope].sort_values("area_name", ignore_index=True)
        if boroughs["value"].isna().all():
            continue
        systems = ics_table(london, indicator.indicator_id, period, vintage).set_index("ics_code")
        values = systems["value"].dropna()
        # a total of a larger ICS is no more than a larger total
        ranked = len(values) > 1 and scope in values.index and indicator.aggregation == "ratio"
        lines.append(
            Line(
                indicator=indicator,
                period=period,
                boroughs=boroughs,
                value=float(systems.at[scope, "value"]),
                left_out=systems.at[scope, "left_out"],
                london=value_of(table, LONDON),
                place=int(values.rank(ascending=False, method="min")[scope]) if ranked else 0,
                of=len(values) if ranked else 0,
            )
        )
    return lines


def first_or_last(line: Line) -> tuple[list[str], list[str]]:
    """The boroughs of the ICS that have the highest, and those that have the lowest value of all London."""
    rows = line.boroughs
    ends = (rows["rank_london"] == 1, rows["rank_london"] == rows["of_london"])
    highest, lowest = (list(rows.loc[is_end, "area_name"]) for is_end in ends)
    return highest, lowest


def stands_out(lines: list[Line]) -> list[Line]:
    """The lines in which the ICS has the highest or the lowest value of all, and a direction is better."""
    extremes = [line for line in lines if line.of > 1 and line.place in (1, line.of)]
    return [line for line in extremes if line.indicator.polarity != "neither"]
