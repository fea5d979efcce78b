"""An ICS's own value period by period, beside London's: of the same boroughs in every period."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo.places.ics import Line
from geo.places.latest import ENOUGH
from geo.tables import marks
from geo.tables.london import London, ics_table, place_table
from geo.tables.time_series import course, course_reasons
from geo.tables.timeline import timeline


class OwnValues(NamedTuple):
    """An ICS's own value in some periods, wherever that is of the same boroughs as in the last that has one.

    `rows` is by period, in the order of the periods: value, origins, and reason, why it bears a mark
    (geo.tables.marks.reasons), empty where it bears none. `left_out` are the boroughs that the ICS does
    without in all of them, and `unlike` the periods in which it does without others.
    """

    rows: pd.DataFrame
    left_out: tuple[str, ...]
    unlike: tuple[str, ...]


class IcsCourse(NamedTuple):
    """One figure of an ICS over time.

    `rows` has a row a period in which the ICS has a value, the earliest first: period, period_end, the
    columns of `own`, london (NaN where London covers other authorities than in the newest period) and
    london_reason, why that bears a mark.
    """

    line: Line
    own: OwnValues
    rows: pd.DataFrame


def ics_courses(london: London, lines: Sequence[Line], vintage: str) -> list[IcsCourse]:
    """The figures that have a better end and at least two periods that can be compared.

    The ICS has its boundaries of `vintage` throughout. Periods are those on the newest basis, without those
    in which any figure is odd, or in which the ICS is worked out from other boroughs than in its newest.
    """
    judged = [line for line in lines if line.indicator.direction and not line.latest.is_doubtful]
    return [found for line in judged if (found := _course(london, line, vintage)) and len(found.rows) > 1]


def _course(london: London, line: Line, vintage: str) -> IcsCourse | None:
    name = line.indicator.indicator_id
    times = timeline(london, name, thinned=True).rows
    newest = times[times["basis"] == times["basis"].iloc[-1]]
    own = own_values(london, name, list(newest["period"]), vintage, line.scope)
    if own is None:
        return None
    wholes = course(london, name, ["London"], thinned=True).reindex(columns=["London"])
    reasons = course_reasons(london, name, wholes)
    beside = pd.DataFrame({"london": wholes["London"], "london_reason": reasons["London"].fillna("")})
    rows = newest[["period", "period_end"]].merge(own.rows, left_on="period", right_index=True)
    return IcsCourse(line, own, rows.join(beside, on="period").reset_index(drop=True))


def own_values(
    london: London, indicator_id: str, periods: Sequence[str], vintage: str, scope: str
) -> OwnValues | None:
    """The value of an ICS with its boundaries of `vintage` in these periods; None where it never has one.

    Without periods in which any figure is odd, or too many of its boroughs are missing.
    """
    indicator = london.catalogue.indicators[indicator_id]
    if indicator.aggregation != "ratio":
        return None
    found = [_of_ics(london, indicator_id, period, vintage, scope) for period in periods]
    rows = pd.DataFrame(found, index=pd.Index(periods, name="period"))
    known = rows[rows["value"].notna()]
    if known.empty:
        return None
    left_out = known["left_out"].iloc[-1]
    is_alike = pd.Series([cell == left_out for cell in known["left_out"]], known.index)
    alike = known[is_alike]
    alike = alike.assign(reason=marks.reasons(alike, indicator))
    return OwnValues(alike[["value", "origins", "reason"]], left_out, tuple(known.index[~is_alike]))


def _of_ics(london: London, indicator_id: str, period: str, vintage: str, scope: str) -> dict:
    """The row of an ICS in a period; without a value where it is from too few of its boroughs, or odd."""
    systems = ics_table(london, indicator_id, period, vintage)
    found: dict = systems[systems["ics_code"] == scope].iloc[0].to_dict()
    places = place_table(london, indicator_id, period, vintage)
    members = int((places["ics_code"] == scope).sum())
    is_enough = 1 - len(found["left_out"]) / members >= ENOUGH
    return found if is_enough and not marks.is_odd(places).any() else found | {"value": np.nan}
