"""Where a place stands in figures of unlike units: all on one scale, with London in the middle.

On it the middle is 0, the better end is positive, and the borough furthest from the middle is at 1 or -1;
what lies beyond (an area with very few people) is held at the end. So a stretch is as long as it is large
beside how far apart boroughs are, whether it lies between boroughs or between ICSs.

Need and spend have no better end: they come behind all others (`judges` is False), and the higher end is
positive.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo.places.ics import Line
from geo.places.latest import Latest

# neither better nor worse, and yet what a place is seen by
BACKGROUND = ("need", "spend")
QUARTERS = [0.0, 0.25, 0.5, 0.75, 1.0]
RANGE = ["least", "lower_quarter", "upper_quarter", "most"]
_OF_ICS = [
    *("place", "judges", "ics_code", "ics_name", "is_own"),
    *("value", "lower_95", "upper_95", "comparison", "left_out"),
    *("middle", "middle_note", "is_median", "at", "at_lower", "at_upper"),
    *("lowest", "highest", "own_lowest", "own_highest", "own_least", "own_most"),
]


class _Scale(NamedTuple):
    """The middle is London's value, or the middle borough's where London has none: then `is_median`.

    `sign` turns the better end, or else the higher one, to the positive side.
    """

    middle: float
    middle_note: str
    is_median: bool
    sign: int
    reach: float

    def at(self, value: float) -> float:
        """Where a value stands; NaN where there is none."""
        return float(np.clip(self.sign * (value - self.middle) / self.reach, -1, 1))


def _scale(line: Latest) -> _Scale | None:
    """None for what is neither judged nor background, and where a borough's figure is too odd for either."""
    indicator = line.indicator
    if not (indicator.direction or indicator.kind in BACKGROUND) or line.is_doubtful:
        return None
    everywhere = line.compared["value"]
    is_median = bool(np.isnan(line.london))
    middle = float(everywhere.median()) if is_median else line.london
    return _Scale(
        middle=middle,
        middle_note="" if is_median else line.london_note,
        is_median=is_median,
        sign=indicator.direction or 1,
        reach=float((everywhere - middle).abs().max()) or 1.0,
    )


def of_borough(lines: Sequence[Latest], name: str) -> pd.DataFrame:
    """Where a borough stands in each indicator that is judged, then in those that are background: a row each.

    Columns: place (of `lines`), judges, value, note, middle, middle_note, is_median (_Scale), comparison, at
    (where the borough stands), and the range of all boroughs that are compared: lowest, quarter,
    three_quarters, highest. These five are on the scale of the module. RANGE is the same range in the unit of
    each.
    Indicators of which the borough has no value, or any borough an odd one, are left out.
    """
    rows = []
    for place, line in enumerate(lines):
        here, scale = line.rows[name], _scale(line)
        if scale is None or np.isnan(here["value"]):
            continue
        found = np.quantile(line.compared["value"], QUARTERS)
        ends = sorted(map(scale.at, found))
        rows.append(
            {
                "place": place,
                "judges": bool(line.indicator.direction),
                "value": here["value"],
                "note": here["note"],
                "middle": scale.middle,
                "middle_note": scale.middle_note,
                "is_median": scale.is_median,
                "comparison": here["comparison"],
                "at": scale.at(here["value"]),
                "lowest": ends[0],
                "quarter": ends[1],
                "three_quarters": ends[3],
                "highest": ends[4],
            }
            | dict(zip(RANGE, np.delete(found, 2), strict=True))
        )
    columns = ["place", "judges", "value", "note", "middle", "middle_note", "is_median", "comparison", "at"]
    columns += ["lowest", "quarter", "three_quarters", "highest", *RANGE]
    return _judged_first(pd.DataFrame(rows, columns=columns))


def of_ics(lines: Sequence[Line]) -> pd.DataFrame:
    """Where an ICS and its boroughs stand in each indicator that is judged, then in the background.

    A row for the ICS in each of these indicators, and one for each other ICS that has a value. Columns: place
    (of `lines`), judges, ics_code, ics_name, is_own, value (NaN where the ICS has none, or one from too few
    of its boroughs), lower_95, upper_95, comparison, left_out, middle, middle_note, is_median (_Scale), at,
    at_lower, at_upper, and the range of all boroughs that are compared and of those of the ICS: lowest,
    highest, own_lowest, own_highest (on the scale of the module), own_least and own_most (in the unit of
    each). Indicators of which no borough of the ICS can be compared, or any borough's figure is odd, are left
    out.
    """
    rows = []
    for place, line in enumerate(lines):
        newest, scale = line.latest, _scale(line.latest)
        own = newest.compared.loc[newest.compared["ics_code"] == line.scope, "value"]
        if scale is None or own.empty:
            continue
        ends = sorted(map(scale.at, (newest.compared["value"].min(), newest.compared["value"].max())))
        own_ends = sorted(map(scale.at, (own.min(), own.max())))
        common = {
            "place": place,
            "judges": bool(line.indicator.direction),
            "middle": scale.middle,
            "middle_note": scale.middle_note,
            "is_median": scale.is_median,
            "lowest": ends[0],
            "highest": ends[1],
            "own_lowest": own_ends[0],
            "own_highest": own_ends[1],
            "own_least": own.min(),
            "own_most": own.max(),
        }
        for system in newest.systems.to_dict("records"):
            is_own = system["ics_code"] == line.scope
            if not is_own and not system["leads"]:
                continue
            value = system["value"] if system["leads"] else np.nan
            rows.append(
                common
                | {key: system[key] for key in ("ics_code", "ics_name", "lower_95", "upper_95", "comparison")}
                | {"is_own": is_own, "value": value, "left_out": system["left_out"], "at": scale.at(value)}
                | {"at_lower": scale.at(system["lower_95"]), "at_upper": scale.at(system["upper_95"])}
            )
    return _judged_first(pd.DataFrame(rows, columns=_OF_ICS))


def _judged_first(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values("judges", ascending=False, kind="stable", ignore_index=True)
