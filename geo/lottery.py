"""How big the postcode lottery is: the measures of one indicator and period, where the figures carry them.

A measure that the figures do not carry is None, and `missing` says why in words, by the name of the measure.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo import split, variation
from geo.gradient import Gradient, gradient
from geo.join import LONDON, London, place_table, value_of
from geo.odd import is_odd
from geo.ranks import rank_interval

# with fewer places a measure of spread says more about which they are than about the spread
FEWEST = 10
# where nearly everybody is seen, a ratio of those seen says nothing, and one of those missed says it all
CEILING = 0.95
DEPRIVATION = "imd_2025"

NO_COUNTS = "the figures come without the counts that it needs"
TOO_FEW = f"fewer than {FEWEST} boroughs have a figure"
NOT_COMPARABLE = "larger boroughs have more of it: look at the figure per child"
NO_DIRECTION = "a change can be above and below nothing"
ONE_ICS = "only one ICS is looked at"
NOT_COUNTED = "money is not counted as children and centres are"
ITSELF = "this is the index itself"
NOTHING = "one of the values is nothing"
CEILING_REACHED = "nearly everybody is reached: compare those who are missed"
NOBODY_MISSED = "a borough reaches everybody"
FEWER_IS_BETTER = "the fewer the better, so nobody is missed"
ABOVE_ALL = "the percentage can be above 100"


class Extremes(NamedTuple):
    """The boroughs with the largest and the smallest value, by name, and how far apart they are."""

    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    largest: float
    smallest: float
    gap: float


@dataclass(frozen=True)
class Lottery:
    """The measures of one indicator, period and scope.

    `highest` and `lowest` are the names of the boroughs with the largest and smallest value; `gap` is in the
    unit of the indicator. `ratio` is largest over smallest, `ratio_missed` the same for those not reached.
    `cv` and `gini` are 0 to 1, `systematic` (of rates that are no proportions) is in per cent; the rest
    are the named results of geo.variation, geo.split and geo.gradient.
    """

    places: int
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    largest: float
    smallest: float
    gap: float
    ratio: float | None = None
    ratio_missed: float | None = None
    cv: float | None = None
    excess: variation.Excess | None = None
    systematic: float | None = None
    gini: float | None = None
    theil: split.Split | None = None
    chance: split.Chance | None = None
    gradient: Gradient | None = None
    missing: dict[str, str] = field(default_factory=dict)


def lottery(
    london: London, indicator_id: str, period: str, vintage: str, scope: str | None
) -> Lottery | None:
    """The measures of the boroughs in scope that have a value; None when fewer than two have one.

    Areas with very few people are left out, as they are unranked. Categories have no lottery.
    """
    indicator = london.catalogue.indicators[indicator_id]
    rows = compared(place_table(london, indicator_id, period, vintage), scope)
    if indicator.categories or len(rows) < 2:
        return None
    measures, missing = _measures(rows, indicator, london, scope)
    ends = extremes(rows)._asdict()
    return Lottery(places=len(rows), missing=missing, **ends, **measures)


def extremes(rows: pd.DataFrame) -> Extremes:
    """The extremes of boroughs that all have a value; there is at least one."""
    value = rows["value"]
    largest, smallest = float(value.max()), float(value.min())
    return Extremes(
        highest=tuple(rows.loc[value == largest, "area_name"]),
        lowest=tuple(rows.loc[value == smallest, "area_name"]),
        largest=largest,
        smallest=smallest,
        gap=largest - smallest,
    )


def compared(table: pd.DataFrame, scope: str | None) -> pd.DataFrame:
    """The rows of a place table that are compared: boroughs in scope with a value.

    Without small areas, and without figures too odd to judge a place by (geo.odd.is_odd).
    """
    inside = (table["area_type"] == "borough") if scope is None else (table["ics_code"] == scope)
    return table[inside & ~table["small"] & table["value"].notna() & ~is_odd(table)]


def over_time(london: London, indicator_id: str, vintage: str, scope: str | None) -> pd.DataFrame:
    """The lottery of each period with at least two boroughs, the earliest period first.

    Columns: period, smallest, largest, gap, london (its value, NaN for a total), places, and the measures
    ratio, ratio_missed, cv, beyond (I², 0 to 1) and gini, NaN where the figures of the period do not carry
    them, as in lottery().
    """
    indicator = london.catalogue.indicators[indicator_id]
    rows = []
    for period in reversed(london.periods[indicator_id]):
        table = place_table(london, indicator_id, period, vintage)
        inside = compared(table, scope)
        if len(inside) < 2:
            continue
        ends = extremes(inside)
        measures, _ = _spread(inside, indicator, london)
        excess = measures.get("excess")
        rows.append(
            {
                "period": period,
                "smallest": ends.smallest,
                "largest": ends.largest,
                "gap": ends.gap,
                "london": np.nan if indicator.aggregation == "sum" else value_of(table, LONDON),
                "places": len(inside),
                **{name: measures.get(name, np.nan) for name in ("ratio", "ratio_missed", "cv", "gini")},
                "beyond": excess.share if excess else np.nan,
            }
        )
    return pd.DataFrame(rows)


def with_rank_bounds(
    rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, scope: str
) -> pd.DataFrame:
    """Rows of a place table with best_ and worst_`scope`: between which ranks each lies (95 %).

    `scope` is `london` or `ics`, within which those that have a rank are compared. NaN for anything but a
    proportion with counts: how many centres there are is decided, not drawn by chance.
    """
    ranked = rows[rows[f"rank_{scope}"].notna()]
    names = [f"best_{scope}", f"worst_{scope}"]
    if not is_proportion(indicator, catalogue) or ranked.empty or not has_counts(ranked):
        return rows.assign(**dict.fromkeys(names, np.nan))
    groups = ranked.groupby("ics_code") if scope == "ics" else [("", ranked)]
    bounds = [
        rank_interval(members["numerator"], members["denominator"]).set_axis(members.index)
        for _, members in groups
    ]
    return rows.join(pd.concat(bounds).set_axis(names, axis="columns"))


def is_proportion(indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether the value is a share of people, none of whom counts twice."""
    return catalogue.units[indicator.unit].largest == "100"


def has_counts(rows: pd.DataFrame) -> bool:
    """Whether every row has a numerator and a denominator."""
    return bool((rows["numerator"].notna() & (rows["denominator"] > 0)).all())


def weights(rows: pd.DataFrame) -> np.ndarray:
    """Those eligible in each borough; without counts, each borough counts the same."""
    return rows["denominator"].to_numpy() if has_counts(rows) else np.ones(len(rows))


def _spread(
    rows: pd.DataFrame, indicator: Indicator, london: London
) -> tuple[dict[str, Any], dict[str, str]]:
    """The measures of how far apart boroughs are, and why there is none of the others."""
    proportion = is_proportion(indicator, london.catalogue)
    unfair = _unfair(indicator)
    few = TOO_FEW if len(rows) < FEWEST else ""
    uncounted = "" if has_counts(rows) else NO_COUNTS
    is_counted = bool(london.catalogue.units[indicator.unit].counted)
    x, n, value = (rows[name].to_numpy() for name in ("numerator", "denominator", "value"))
    people = weights(rows)
    near_ceiling = proportion and np.average(value, weights=people) > 100 * CEILING
    missing = {
        "ratio": unfair or ("" if value.min() > 0 else NOTHING) or (CEILING_REACHED if near_ceiling else ""),
        "cv": unfair or uncounted or few,
        "excess": unfair or uncounted or few or ("" if is_counted else NOT_COUNTED),
        "gini": unfair or few,
    }
    if london.catalogue.units[indicator.unit].suffix == "%":
        missing["ratio_missed"] = _nobody_missed(value, indicator, proportion)
    measures: dict[str, Any] = {}
    if not missing["ratio"]:
        measures["ratio"] = float(value.max() / value.min())
    if missing.get("ratio_missed") == "":
        measures["ratio_missed"] = float((100 - value.min()) / (100 - value.max()))
    if not missing["cv"]:
        measures["cv"] = variation.weighted_cv(x, n)
    if not missing["excess"]:
        measures["excess"] = variation.beyond_chance(x, n, proportion)
        measures["systematic"] = None if proportion else variation.systematic_variation(x, n)
    if not missing["gini"]:
        measures["gini"] = variation.gini(value, people)
    return measures, {name: reason for name, reason in missing.items() if reason}


def _measures(
    rows: pd.DataFrame, indicator: Indicator, london: London, scope: str | None
) -> tuple[dict[str, Any], dict[str, str]]:
    measures, missing = _spread(rows, indicator, london)
    few = _unfair(indicator) or (TOO_FEW if len(rows) < FEWEST else "")
    value, people = rows["value"].to_numpy(), weights(rows)
    further = {
        "theil": _unfair(indicator) or (ONE_ICS if scope else "") or few,
        "gradient": few or (ITSELF if indicator.indicator_id == DEPRIVATION else ""),
    }
    if not further["theil"]:
        measures["theil"] = split.theil(value, people, rows["ics_code"])
        measures["chance"] = split.regrouped(value, people, rows["ics_code"])
    if not further["gradient"]:
        measures["gradient"] = gradient(value, people, deprivation(rows, london))
    return measures, missing | {name: reason for name, reason in further.items() if reason}


def _unfair(indicator: Indicator) -> str:
    """Why values of this kind cannot be set in relation to each other; empty when they can."""
    if indicator.unit == "change":
        return NO_DIRECTION
    return NOT_COMPARABLE if indicator.aggregation == "sum" else ""


def _nobody_missed(value: np.ndarray, indicator: Indicator, proportion: bool) -> str:
    """Why those who are missed cannot be compared; empty when they can."""
    if not proportion:
        return ABOVE_ALL
    if indicator.polarity != "higher_is_better":
        return FEWER_IS_BETTER
    return "" if value.max() < 100 else NOBODY_MISSED


def deprivation(rows: pd.DataFrame, london: London) -> np.ndarray:
    """The deprivation score of each row's borough."""
    table = london.observations
    newest = london.newest(DEPRIVATION)
    index = table[(table["indicator_id"] == DEPRIVATION) & (table["period"] == newest)]
    return rows["area_code"].map(index.set_index("area_code")["value"]).to_numpy()
