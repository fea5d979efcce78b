"""How big the postcode lottery is: the measures of one indicator and period, where the figures carry them.

A measure that the figures do not carry is None, and `missing` says why in words, by the name of the measure.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from geo.lottery.compared import compared, extremes, has_counts, weights
from geo.measures import between_within, variation as measures_variation
from geo.measures.gradient import Estimate, Gradient, gradient
from geo.tables.london import London, place_table
from geo.tables.shown import as_shown

# with fewer places a measure of spread depends too much on which of them happen to have a figure
FEWEST = 10
# where nearly everybody is reached, boroughs differ in how many are missed: 98 % is hardly more than 96 %,
# but 4 % missed is twice 2 %
CEILING = 0.95
DEPRIVATION = "imd_2025"

NO_COUNTS = "the figures come without the counts that it needs"
TOO_FEW = f"fewer than {FEWEST} boroughs have a figure to compare"
ONE_ICS = "only one ICS is looked at"
ITSELF = "this is the index itself"
SAME = "it is made of much the same as the index, so a relation between the two says nothing"
NOTHING = "one of the values is nothing"
CEILING_REACHED = "nearly all children are in it: compare the number {complement}"
NOBODY_LEFT = "in at least one borough the number {complement} is nothing"
ABOVE_ALL = "the percentage can be above 100"


@dataclass(frozen=True)
class Lottery:
    """The measures of one indicator, period and scope.

    What speaks of chance (`excess`, `systematic`, `chance`, the intervals of `gradient`) is there only for
    what chance has a part in (Indicator.has_chance). A measure that the figures do not carry is None.

    Attributes
    ----------
    places : int
        How many boroughs are compared.
    highest, lowest, largest, smallest, gap, largest_note, smallest_note
        As in Extremes.
    ratio : float or None
        Largest over smallest, as both are shown.
    ratio_missed : float or None
        The same of the complements to 100: of those whom the values leave out.
    cv : float or None
        The weighted coefficient of variation, a share of the overall rate
        (geo.measures.variation.weighted_cv).
    excess : Excess or None
        The spread beyond chance (geo.measures.variation.beyond_chance).
    systematic : float or None
        The systematic component of variation in per cent, of rates that are no proportions.
    gini : float or None
        The Gini coefficient, 0 to 1.
    theil : Split or None
        Theil's T and the share of it between ICSs (geo.measures.between_within.theil).
    chance : Chance or None
        How far ICSs differ by more than groups drawn at random (geo.measures.between_within.regrouped).
    gradient : Gradient or None
        From the least to the most deprived boroughs; its intervals are NaN where chance has no part.
    missing : dict of str to str
        Why a measure is None, in words, by the name of the measure.
    """

    places: int
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    largest: float
    smallest: float
    gap: float
    largest_note: str = ""
    smallest_note: str = ""
    ratio: float | None = None
    ratio_missed: float | None = None
    cv: float | None = None
    excess: measures_variation.Excess | None = None
    systematic: float | None = None
    gini: float | None = None
    theil: between_within.Split | None = None
    chance: between_within.Chance | None = None
    gradient: Gradient | None = None
    missing: dict[str, str] = field(default_factory=dict)


def lottery(
    london: London, indicator_id: str, period: str, vintage: str, scope: str | None
) -> Lottery | None:
    """The measures of the boroughs in scope that have a value.

    Areas with very few people are left out, as they are unranked. Categories have no lottery, nor have
    totals, of which more can be expected where more children live. A change has its largest and smallest
    value, and no measures.

    Parameters
    ----------
    london : London
        All figures and places.
    indicator_id : str
        Which indicator of the catalogue.
    period : str
        The label of one of its periods.
    vintage : str
        Which set of ICS boundaries.
    scope : str or None
        The code of an ICS of that set; None for all of London.

    Returns
    -------
    Lottery or None
        None when fewer than two boroughs have a value.
    """
    indicator = london.catalogue.indicators[indicator_id]
    rows = compared(place_table(london, indicator_id, period, vintage), scope)
    if indicator.categories or indicator.is_total or len(rows) < 2:
        return None
    measures, missing = _measures(rows, indicator, london, scope) if indicator.can_be_compared else ({}, {})
    ends = extremes(rows, indicator)._asdict()
    return Lottery(places=len(rows), missing=missing, **ends, **measures)


def spread(rows: pd.DataFrame, indicator: Indicator) -> tuple[dict[str, Any], dict[str, str]]:
    """The measures of how far apart boroughs are, and why there is none of the others.

    Parameters
    ----------
    rows : DataFrame
        Boroughs of a place table that all have a value; at least one.
    indicator : Indicator
        What the values are of.

    Returns
    -------
    measures : dict of str to float, Excess or None
        Those that the figures carry, by the names and in the units of Lottery: `ratio`, `ratio_missed`, `cv`,
        `excess`, `systematic`, `gini`.
    missing : dict of str to str
        Why there is none of the others, in words.
    """
    proportion = indicator.is_proportion
    few = TOO_FEW if len(rows) < FEWEST else ""
    uncounted = "" if has_counts(rows) else NO_COUNTS
    is_counted = bool(indicator.unit.counted)
    x, n, value = (rows[name].to_numpy() for name in ("numerator", "denominator", "value"))
    # ratios are of the values as printed, so that a reader who divides them finds the same
    shown = as_shown(rows["value"], indicator.decimals)
    people = weights(rows)
    near_ceiling = proportion and np.average(value, weights=people) > 100 * CEILING
    ceiling = CEILING_REACHED if near_ceiling and indicator.complement else ""
    missing = {"ratio": "" if shown.min() > 0 else NOTHING, "cv": uncounted or few, "gini": few}
    missing["ratio"] = missing["ratio"] or ceiling.format(complement=indicator.complement)
    if indicator.has_chance:
        missing["excess"] = uncounted or few or ("" if is_counted else ABOVE_ALL)
    if indicator.complement:
        missing["ratio_missed"] = _nobody_left(shown, indicator, proportion)
    measures: dict[str, Any] = {}
    if not missing["ratio"]:
        measures["ratio"] = float(shown.max() / shown.min())
    if missing.get("ratio_missed") == "":
        measures["ratio_missed"] = float((100 - shown.min()) / (100 - shown.max()))
    if not missing["cv"]:
        measures["cv"] = measures_variation.weighted_cv(x, n)
    if missing.get("excess") == "":
        measures["excess"] = measures_variation.beyond_chance(x, n, proportion)
        measures["systematic"] = None if proportion else measures_variation.systematic_variation(x, n)
    if not missing["gini"]:
        measures["gini"] = measures_variation.gini(value, people)
    return measures, {name: reason for name, reason in missing.items() if reason}


def _measures(
    rows: pd.DataFrame, indicator: Indicator, london: London, scope: str | None
) -> tuple[dict[str, Any], dict[str, str]]:
    measures, missing = spread(rows, indicator)
    few = TOO_FEW if len(rows) < FEWEST else ""
    value, people = rows["value"].to_numpy(), weights(rows)
    further = {"theil": (ONE_ICS if scope else "") or few, "gradient": few or _circular(indicator, london)}
    if not further["theil"]:
        measures["theil"] = between_within.theil(value, people, rows["ics_code"])
        if indicator.has_chance:
            measures["chance"] = between_within.regrouped(value, people, rows["ics_code"])
    if not further["gradient"]:
        found = gradient(value, people, deprivation(rows, london))
        measures["gradient"] = found if indicator.has_chance else _without_intervals(found)
    return measures, missing | {name: reason for name, reason in further.items() if reason}


def _circular(indicator: Indicator, london: London) -> str:
    """Why a gradient with deprivation would say nothing; empty when it says something."""
    if indicator.indicator_id == DEPRIVATION:
        return ITSELF
    index = london.catalogue.indicators[DEPRIVATION]
    return SAME if indicator.measures_the_same_as(index) else ""


def _without_intervals(found: Gradient) -> Gradient:
    """The line itself, without what it would be had chance drawn the values."""
    relative = found.relative and Estimate(found.relative.value, np.nan, np.nan)
    return Gradient(Estimate(found.slope.value, np.nan, np.nan), relative)


def _nobody_left(shown: pd.Series, indicator: Indicator, proportion: bool) -> str:
    """Why those whom the values leave out cannot be compared; empty when they can."""
    if not proportion:
        return ABOVE_ALL
    return "" if shown.max() < 100 else NOBODY_LEFT.format(complement=indicator.complement)


def deprivation(rows: pd.DataFrame, london: London) -> np.ndarray:
    """The deprivation score of each row's borough.

    Parameters
    ----------
    rows : DataFrame
        With the column `area_code`.
    london : London
        All figures and places.

    Returns
    -------
    ndarray of shape (rows,)
        The score of the newest index, higher where people are more deprived; NaN where an area has none.
    """
    table = london.figures_of(DEPRIVATION)
    index = table[table["period"] == london.newest(DEPRIVATION)]
    return rows["area_code"].map(index.set_index("area_code")["value"]).to_numpy()
