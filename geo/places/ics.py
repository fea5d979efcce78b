"""One ICS at a glance: every indicator at its latest period, for the ICS, its boroughs and London."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from geo.lottery.compared import Extremes, compared, extremes
from geo.lottery.gap_to_target import can_be_closed, needed
from geo.places.latest import Latest, latest
from geo.tables.london import London
from geo.tables.shown import as_shown


@dataclass(frozen=True, eq=False)
class Line:
    """One indicator of an ICS.

    `boroughs` are the rows of the place table that belong to the ICS, in order of their names. `value` is
    that of the ICS, NaN where it cannot be given, and `left_out` names the boroughs that it does without.
    `place` is its rank among the `of` ICSs that have a value from enough of their boroughs
    (geo.places.latest.ENOUGH), 1 the highest; 0 where it has none or fewer than two have.
    `sharing` are those that are shown with the same value, itself among them.
    """

    latest: Latest
    scope: str
    boroughs: pd.DataFrame
    value: float
    left_out: tuple[str, ...]
    place: int
    of: int
    sharing: tuple[str, ...] = ()

    @property
    def indicator(self) -> Indicator:
        """What the line is about."""
        return self.latest.indicator

    @property
    def note(self) -> str:
        """Why the value of the ICS bears a mark (geo.tables.marks.reasons); empty where it bears none."""
        return self.latest.reasons_of_ics.get(self.scope, "")

    @cached_property
    def extremes(self) -> Extremes | None:
        """How far apart the ICS's own boroughs are, without areas with very few people.

        None with fewer than two boroughs, and for totals and changes, which do not compare places.
        """
        rows = compared(self.latest.table, self.scope)
        can_be_compared = self.indicator.can_be_compared and len(rows) > 1
        return extremes(rows, self.indicator) if can_be_compared else None


class Change(NamedTuple):
    """A borough's value before and now, with the notes on both.

    `size` is the change in standard deviations of London's boroughs.
    """

    latest: Latest
    area_name: str
    before: float
    now: float
    size: float
    note_before: str = ""
    note_now: str = ""


class Distance(NamedTuple):
    """A borough's value beside the middle, London's or the middle borough's (then `is_median`).

    `note` is the note on the borough's value. `size` is how many standard deviations of London's boroughs lie
    between them.
    """

    latest: Latest
    area_name: str
    value: float
    middle: float
    is_median: bool
    size: float
    note: str = ""


class Standing(NamedTuple):
    """An ICS's own value beside London's, in a figure that has a better end.

    `side` is `ahead`, `behind` or `level`: by the 95 % interval where there is one (`by_interval`), else as
    the values are shown. `more` is how many more of what is counted London's value would take
    (geo.lottery.gap_to_target.needed); 0 where the ICS is not behind, or nothing can be counted.
    """

    line: Line
    side: str
    by_interval: bool
    lower: float
    upper: float
    more: int


class OwnBoroughs(NamedTuple):
    """How many boroughs of an ICS have a better and a worse value than London, where it has none of its own.

    `of` are those that are compared. `by_interval`: only those count whose 95 % interval leaves London's
    value out; else values are held against each other as they are shown.
    """

    line: Line
    better: int
    worse: int
    of: int
    by_interval: bool


def overview(london: London, vintage: str, scope: str) -> list[Line]:
    """A line for each indicator that has a value for at least one borough of the ICS."""
    lines = []
    for newest in latest(london, vintage):
        boroughs = newest.table[newest.table["ics_code"] == scope].sort_values("area_name", ignore_index=True)
        if boroughs["value"].isna().all():
            continue
        systems = newest.systems.set_index("ics_code")
        values = as_shown(systems.loc[systems["leads"], "value"], newest.indicator.decimals)
        # ranks are of ratios only: by totals, the largest ICS would always come first
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
                sharing=tuple(systems.loc[values.index[values == values[scope]], "ics_name"])
                if ranked
                else (),
            )
        )
    return lines


def standings(lines: Sequence[Line]) -> list[Standing]:
    """Where the ICS has a value of its own, from enough of its boroughs, to hold against London's.

    Need and spend, which speak neither for nor against a place, are left out, and figures of which any is
    odd.
    """
    found = []
    for line in lines:
        newest, indicator = line.latest, line.indicator
        (system,) = newest.systems[newest.systems["ics_code"] == line.scope].to_dict("records")
        if not _has_sides(line) or not system["leads"]:
            continue
        by_interval = system["comparison"] != "not_compared"
        if by_interval:
            side = {"better": "ahead", "worse": "behind"}.get(system["comparison"], "level")
        else:
            side = _side(system["value"], newest.london, indicator)
        more = 0
        row = pd.DataFrame([system | {"area_code": line.scope, "area_name": system["ics_name"]}])
        if side == "behind" and can_be_closed(row, indicator):
            # an interval can tell values apart that are shown alike: then nothing is said to be missing
            more = int(needed(row, newest.london, indicator)["more"].sum())
        found.append(Standing(line, side, by_interval, system["lower_95"], system["upper_95"], more))
    return found


def of_own_boroughs(lines: Sequence[Line]) -> list[OwnBoroughs]:
    """Where only boroughs can be held against London, because the ICS has no value of its own."""
    own = {standing.line.indicator.indicator_id for standing in standings(lines)}
    found = []
    for line in lines:
        rows = compared(line.latest.table, line.scope)
        if not _has_sides(line) or line.indicator.indicator_id in own or rows.empty:
            continue
        by_interval = bool((rows["comparison"] != "not_compared").any())
        if by_interval:
            sides = rows["comparison"].map({"better": "ahead", "worse": "behind"}).fillna("level")
        else:
            sides = rows["value"].map(
                lambda value, line=line: _side(value, line.latest.london, line.indicator)
            )
        better, worse = (int((sides == side).sum()) for side in ("ahead", "behind"))
        found.append(OwnBoroughs(line, better, worse, len(rows), by_interval))
    return found


def _has_sides(line: Line) -> bool:
    """Whether a value can be ahead of London's or behind it."""
    speaks = bool(line.indicator.direction)
    return speaks and not line.latest.is_doubtful and not np.isnan(line.latest.london)


def _side(value: float, london: float, indicator: Indicator) -> str:
    """Ahead of London, behind or level with it, as the two values are shown."""
    here, there = (round(number, indicator.decimals) for number in (value, london))
    if here == there:
        return "level"
    return "ahead" if (here > there) == (indicator.direction > 0) else "behind"


def first_or_last(line: Line) -> tuple[list[str], list[str]]:
    """The boroughs of the ICS whose value, as it is shown, is the highest, and the lowest, of all London.

    No names where any borough's figure is odd: that borough might in truth be the highest or the lowest.
    """
    everywhere = as_shown(line.latest.compared.set_index("area_name")["value"], line.indicator.decimals)
    own = everywhere[everywhere.index.isin(line.boroughs["area_name"])]
    if everywhere.nunique() < 2 or line.latest.is_doubtful:
        return [], []
    highest, lowest = (list(own.index[own == end]) for end in (everywhere.max(), everywhere.min()))
    return highest, lowest


def sharing(line: Line, name: str) -> list[str]:
    """The boroughs beyond the ICS whose value reads as that of this borough of it."""
    everywhere = as_shown(line.latest.compared.set_index("area_name")["value"], line.indicator.decimals)
    same = everywhere.index[everywhere == everywhere[name]]
    return [other for other in same if other not in set(line.boroughs["area_name"])]


def stands_out(lines: Sequence[Line]) -> list[Line]:
    """The lines in which the ICS has the highest or the lowest value of all, the newest figures first.

    A figure without a better end (spend) is among them, to be said neutrally; totals have no rank.
    """
    extremes = [line for line in lines if line.of > 1 and line.place in (1, line.of)]
    return sorted(extremes, key=lambda line: line.latest.ends, reverse=True)


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
        size, note = float(sizes.max()), row["note"]
        found.append(Distance(line.latest, row["area_name"], row["value"], middle, is_median, size, note))
    return sorted(found, key=lambda gap: (-gap.size, gap.area_name))[:most]


def most_changed(lines: Sequence[Line], most: int = 3) -> list[Change]:
    """The largest changes of boroughs since the period before, where one could be called better.

    Changes of unlike indicators are compared by how many standard deviations of London's boroughs (those that
    are compared, geo.lottery.compared.compared) they are.
    """
    found = []
    for line in lines:
        spread = line.latest.compared["value"].std()
        if not line.indicator.direction or not spread > 0 or line.latest.is_doubtful:
            continue
        rows = line.boroughs[~line.boroughs["small"]]
        earlier = line.latest.before[["value", "note"]].add_suffix("_before")
        both = rows.join(earlier, on="area_code")
        for row in both.to_dict("records"):
            then, now = row["value_before"], row["value"]
            if pd.notna(then) and pd.notna(now) and then != now:
                size, notes = abs(now - then) / spread, (row["note_before"], row["note"])
                found.append(Change(line.latest, row["area_name"], then, now, size, *notes))
    return sorted(found, key=lambda change: (-change.size, change.area_name))[:most]
