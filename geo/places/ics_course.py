"""An ICS's own value period by period, beside London's: of the same boroughs in every period."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo.places.ics import Line
from geo.places.latest import ENOUGH
from geo.tables import marks
from geo.tables.london import London, ics_table, place_table
from geo.tables.odd import is_odd
from geo.tables.time_series import course, course_reasons
from geo.tables.timeline import timeline


class IcsCourse(NamedTuple):
    """One figure of an ICS over time.

    `rows` has a row a period in which the ICS has a value, the earliest first: period, period_end, value and
    its origins, london (NaN where London covers other authorities than in the newest period), and why either
    value bears a mark (geo.tables.marks.reasons): reason and london_reason, empty where it bears none.
    `left_out` are the boroughs that the ICS does without, in every period the same.
    """

    line: Line
    rows: pd.DataFrame
    left_out: tuple[str, ...]


def ics_courses(london: London, lines: Sequence[Line], vintage: str) -> list[IcsCourse]:
    """The figures that have a better end and at least two periods that can be compared.

    The ICS has its boundaries of `vintage` throughout. Periods are those on the newest basis, without those
    in which any figure is odd, or in which the ICS is worked out from other boroughs than in its newest.
    """
    judged = [line for line in lines if line.indicator.direction and not line.latest.is_doubtful]
    return [found for line in judged if (found := _course(london, line, vintage)) and len(found.rows) > 1]


def _course(london: London, line: Line, vintage: str) -> IcsCourse | None:
    name = line.indicator.indicator_id
    if line.indicator.aggregation != "ratio":
        return None
    times = timeline(london, name, thinned=True).rows
    newest = times[times["basis"] == times["basis"].iloc[-1]]
    own = pd.DataFrame([_of_ics(london, name, period, vintage, line.scope) for period in newest["period"]])
    rows = newest[["period", "period_end"]].reset_index(drop=True)
    rows = rows.join(own[["value", "left_out", "origins"]])
    rows["reason"] = marks.reasons(own.assign(note=""), line.indicator)
    known = rows[rows["value"].notna()]
    if known.empty:
        return None
    left_out = known["left_out"].iloc[-1]
    alike = known[[cell == left_out for cell in known["left_out"]]].drop(columns="left_out")
    wholes = course(london, name, ["London"], thinned=True).reindex(columns=["London"])
    reasons = course_reasons(london, name, wholes)
    beside = pd.DataFrame({"london": wholes["London"], "london_reason": reasons["London"].fillna("")})
    return IcsCourse(line, alike.join(beside, on="period").reset_index(drop=True), left_out)


def _of_ics(london: London, indicator_id: str, period: str, vintage: str, scope: str) -> dict:
    """The row of an ICS in a period; without a value where it is from too few of its boroughs, or odd."""
    systems = ics_table(london, indicator_id, period, vintage)
    found: dict = systems[systems["ics_code"] == scope].iloc[0].to_dict()
    places = place_table(london, indicator_id, period, vintage)
    members = int((places["ics_code"] == scope).sum())
    is_enough = 1 - len(found["left_out"]) / members >= ENOUGH
    return found if is_enough and not is_odd(places).any() else found | {"value": np.nan}
