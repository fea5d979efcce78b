"""One ICS at a glance: every indicator at its latest period, for the ICS, its boroughs and London."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from geo.join import London
from geo.latest import Latest, latest
from geo.lottery import Extremes, compared, extremes


@dataclass(frozen=True, eq=False)
class Line:
    """One indicator of an ICS.

    `boroughs` are the rows of the place table that belong to the ICS, in order of their names. `value` is
    that of the ICS, NaN where it cannot be given, and `left_out` names the boroughs that it does without.
    `place` is its rank among the `of` ICSs that have a value, 1 the highest; 0 where fewer than two have one.
    """

    latest: Latest
    scope: str
    boroughs: pd.DataFrame
    value: float
    left_out: tuple[str, ...]
    place: int
    of: int

    @property
    def indicator(self) -> Indicator:
        """What the line is about."""
        return self.latest.indicator

    @property
    def extremes(self) -> Extremes | None:
        """The ICS's own lottery: its extremes without small areas; None with fewer than two boroughs."""
        rows = compared(self.latest.table, self.scope)
        return extremes(rows) if len(rows) > 1 and not self.indicator.categories else None


class Change(NamedTuple):
    """A borough's value before and now; `size` is the change in standard deviations of London's boroughs."""

    latest: Latest
    area_name: str
    before: float
    now: float
    size: float


class Distance(NamedTuple):
    """A borough's value beside the middle, London's or the middle borough's (then `is_median`).

    `size` is how many standard deviations of London's boroughs lie between them.
    """

    latest: Latest
    area_name: str
    value: float
    middle: float
    is_median: bool
    size: float


def overview(london: London, vintage: str, scope: str) -> list[Line]:
    """A line for each indicator that has a value for at least one borough of the ICS."""
    lines = []
    for newest in latest(london, vintage):
        boroughs = newest.table[newest.table["ics_code"] == scope].sort_values("area_name", ignore_index=True)
        if boroughs["value"].isna().all():
            continue
        systems = newest.systems.set_index("ics_code")
        values = systems["value"].dropna()
        # a total of a larger ICS is no more than a larger total
        ranked = len(values) > 1 and scope in values.index and newest.indicator.aggregation == "ratio"
        ranked &= not newest.is_doubtful
        lines.append(
            Line(
                latest=newest,
                scope=scope,
                boroughs=boroughs,
                value=float(systems.at[scope, "value"]),
                left_out=systems.at[scope, "left_out"],
                place=int(values.rank(ascending=False, method="min")[scope]) if ranked else 0,
                of=len(values) if ranked else 0,
            )
        )
    return lines


def first_or_last(line: Line) -> tuple[list[str], list[str]]:
    """The boroughs of the ICS that have the highest, and those that have the lowest value of all London.

    None where a figure is odd: it may be the highest or the lowest.
    """
    if line.latest.is_doubtful:
        return [], []
    rows = line.boroughs
    ends = (rows["rank_london"] == 1, rows["rank_london"] == rows["of_london"])
    highest, lowest = (list(rows.loc[is_end, "area_name"]) for is_end in ends)
    return highest, lowest


def stands_out(lines: Sequence[Line]) -> list[Line]:
    """The lines in which the ICS has the highest or the lowest value of all, and a direction is better."""
    extremes = [line for line in lines if line.of > 1 and line.place in (1, line.of)]
    return [line for line in extremes if line.indicator.polarity != "neither"]


def furthest(lines: Sequence[Line], most: int = 3) -> list[Distance]:
    """The boroughs furthest from London, each in its own figure, where a direction is better.

    Where London has no value the middle borough stands for it. Small areas are left out.
    """
    found = []
    for line in lines:
        everywhere = line.latest.compared["value"]
        spread = everywhere.std()
        rows = line.boroughs[~line.boroughs["small"] & line.boroughs["value"].notna()]
        if line.indicator.polarity == "neither" or not spread > 0 or rows.empty or line.latest.is_doubtful:
            continue
        is_median = bool(np.isnan(line.latest.london))
        middle = float(everywhere.median()) if is_median else line.latest.london
        sizes = (rows["value"] - middle).abs() / spread
        row = rows.loc[sizes.idxmax()]
        found.append(
            Distance(line.latest, row["area_name"], row["value"], middle, is_median, float(sizes.max()))
        )
    return sorted(found, key=lambda gap: (-gap.size, gap.area_name))[:most]


def most_changed(lines: Sequence[Line], most: int = 3) -> list[Change]:
    """The largest changes of boroughs since the period before, where a direction is better.

    Changes of unlike indicators are compared by how many standard deviations of London's boroughs (those that
    are compared, geo.lottery.compared) they are.
    """
    found = []
    for line in lines:
        spread = line.latest.compared["value"].std()
        if line.indicator.polarity == "neither" or not spread > 0 or line.latest.is_doubtful:
            continue
        rows = line.boroughs[~line.boroughs["small"]]
        before = rows["area_code"].map(line.latest.before)
        for name, then, now in zip(rows["area_name"], before, rows["value"], strict=True):
            if pd.notna(then) and pd.notna(now) and then != now:
                found.append(Change(line.latest, name, then, now, abs(now - then) / spread))
    return sorted(found, key=lambda change: (-change.size, change.area_name))[:most]
