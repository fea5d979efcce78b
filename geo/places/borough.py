"""One borough at a glance: what stands out of it, and whom to learn from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.places.latest import Latest
from geo.tables.shown import as_shown

# where no interval can tell, a borough stands out if it is in this share of boroughs at either end
OUTER = 1 / 4


@dataclass(frozen=True)
class Claim:
    """One figure in which a borough stands out.

    `side` is `ahead` or `behind`, or, for figures that are neither good nor bad of a borough, `high` or
    `low`. It is `by_interval` where the 95 % interval leaves London's value out; else the borough is in the
    outer quarter of the `of` boroughs that are compared, as their values are shown. `extreme` is `highest` or
    `lowest` where no borough's shown value is beyond, and `sharing` names the others that have the same.
    """

    latest: Latest
    side: str
    by_interval: bool
    of: int
    extreme: str
    sharing: tuple[str, ...]


def claims(lines: Sequence[Latest], name: str) -> list[Claim]:
    """What stands out of a borough, good or bad by the same rule, the newest figures first.

    Totals never stand out (more can be expected where more children live), nor do categories, figures of
    which one is odd, or a borough with very few people.
    """
    found = [claim for line in lines if (claim := _claim(line, name))]
    return sorted(found, key=lambda claim: claim.latest.ends, reverse=True)


def behind(lines: Sequence[Latest], name: str) -> list[Latest]:
    """The services and outcomes in which a borough stands out as behind (claims)."""
    here = {claim.latest.indicator.indicator_id for claim in claims(lines, name) if claim.side == "behind"}
    return [line for line in lines if line.indicator.indicator_id in here]


def _claim(line: Latest, name: str) -> Claim | None:
    indicator, here = line.indicator, line.rows[name]
    if indicator.is_total or indicator.categories or line.is_doubtful:
        return None
    if name not in set(line.compared["area_name"]):
        return None
    decimals = indicator.decimals
    everywhere = as_shown(line.compared.set_index("area_name")["value"], decimals)
    own = everywhere[name]
    of = len(everywhere)
    above, below = int((everywhere > own).sum()), int((everywhere < own).sum())
    by_interval = here["comparison"] != "not_compared"
    is_neutral = not indicator.direction
    if by_interval and not is_neutral:
        side = {"better": "ahead", "worse": "behind"}.get(here["comparison"], "")
    else:
        by_interval = False
        is_high, is_low = above < OUTER * of, below < OUTER * of
        end = "" if is_high == is_low else "high" if is_high else "low"
        good = "low" if indicator.direction < 0 else "high"
        side = end if is_neutral or not end else "ahead" if end == good else "behind"
    if not side:
        return None
    extreme = "highest" if not above else "lowest" if not below else ""
    same = [other for other in everywhere.index[everywhere == own] if other != name]
    return Claim(line, side, by_interval, of, extreme, tuple(same) if extreme else ())


def doing_better(lines: Sequence[Latest], name: str, cases: pd.DataFrame) -> dict[str, list[str]]:
    """The boroughs of the report's case studies that do better than this one, by the figure's short label.

    A borough does better when its value is better than this one's and at least London's. `lines` are those
    in which this one is behind; a figure in which no such borough does better is left out.
    """
    others = sorted({part for cell in cases["boroughs"] for part in cell.split("; ")} - {name})
    found = {
        line.indicator.short_label: [other for other in others if _does_better(line, other, name)]
        for line in lines
    }
    return {label: names for label, names in found.items() if names}


def by_enabler(boroughs: Collection[str], cases: pd.DataFrame, enablers: pd.DataFrame) -> pd.DataFrame:
    """The case studies of these boroughs by what they show to help, in the order of the enablers.

    `cases` has box, title, boroughs and enabler_ids (each divided by "; "), `enablers` enabler_id and
    enabler. Columns: enabler, box, title and boroughs (a list: those that were asked for).
    """
    rows = [
        {
            "enabler": enabler["enabler"],
            "box": case["box"],
            "title": case["title"],
            "boroughs": [name for name in case["boroughs"].split("; ") if name in boroughs],
        }
        for enabler in enablers.to_dict("records")
        for case in cases.to_dict("records")
        if enabler["enabler_id"] in case["enabler_ids"].split("; ")
    ]
    found = pd.DataFrame(rows, columns=["enabler", "box", "title", "boroughs"])
    return found[found["boroughs"].str.len() > 0].reset_index(drop=True)


def cases_of(name: str, cases: pd.DataFrame) -> pd.DataFrame:
    """The case studies that come from a borough."""
    return cases[[name in cell.split("; ") for cell in cases["boroughs"]]].reset_index(drop=True)


def _does_better(line: Latest, other: str, name: str) -> bool:
    sign = line.indicator.direction
    there, here = (sign * line.rows[place]["value"] for place in (other, name))
    floor = here if np.isnan(line.london) else max(here, sign * line.london)
    return there > here and there >= floor
