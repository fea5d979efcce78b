"""How far apart boroughs have been over time: the same ones, on one basis, in periods of one kind."""

import functools
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from geo.lottery.compared import compared, extremes, has_counts
from geo.lottery.one_period import spread
from geo.tables import marks
from geo.tables.london import LONDON, London, left_out_of_london, place_tables, value_of
from geo.tables.timeline import Timeline, timeline

# the share of the authorities in scope that must have a figure: fewer say little of how far apart all are
ENOUGH = Fraction(24, 33)
# 95 % of a normal distribution lies within this many standard errors
Z = 1.959964
MEASURES = ("ratio", "ratio_missed", "cv", "gini")
ROUNDING, CHANCE = "rounding", "chance"


@dataclass(frozen=True, eq=False)
class Stretch:
    """Periods of one basis that are compared, from the first to the last with figures of enough boroughs.

    Attributes
    ----------
    rows : DataFrame
        A row for each period with figures of enough boroughs, the earliest first, and of `boroughs` only.
        Columns: `period`, `period_end`, `basis`; `places`, how many of the boroughs have a figure then;
        `smallest`, `largest` and `gap` in the unit of the indicator; `note_smallest`, `note_largest`,
        `note_london`, why these values bear a mark, with the names (geo.tables.marks.named); `gap_error`,
        the standard error of the gap in the same unit, NaN without counts; `london`, its value, NaN for a
        total, and where it is without other authorities than in the last period; `ratio`, `ratio_missed`,
        `cv`, `gini` as in geo.lottery.one_period.Lottery, and `beyond`, the share of the spread beyond
        chance (I², 0 to 1), all NaN where the figures do not carry them.
    boroughs : tuple of str
        The names of those with a figure in the first and in the last period.
    missing : tuple of str
        The names of those that lack one of them. Areas with very few people are in neither.
    """

    rows: pd.DataFrame
    boroughs: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def first(self) -> pd.Series:
        """The earliest row."""
        return self.rows.iloc[0]

    @property
    def last(self) -> pd.Series:
        """The newest row."""
        return self.rows.iloc[-1]

    def doubt(self, indicator: Indicator) -> tuple[float, str]:
        """By how much the first and the last gap may differ without any change, and why.

        Parameters
        ----------
        indicator : Indicator
            What the values are of.

        Returns
        -------
        size : float
            In the unit of the indicator.
        reason : str
            ROUNDING or CHANCE.

        Notes
        -----
        Each of the four values of two gaps is off by up to half of its last decimal; whole numbers are not.
        Where there are counts, Z sqrt(first gap_error² + last gap_error²), within which 95 % of chance
        lies, if it is more.
        """
        rounding = 0.0 if indicator.unit.unit_id in ("count", "change") else 2 * 10.0**-indicator.decimals
        chance = Z * math.hypot(self.first["gap_error"], self.last["gap_error"])
        return (chance, CHANCE) if chance > rounding else (rounding, ROUNDING)


@dataclass(frozen=True, eq=False)
class OverTime:
    """The stretches of an indicator, one for each basis that has a period with figures of enough boroughs.

    Attributes
    ----------
    timeline : Timeline
        The periods looked at, and the changes of basis between them.
    stretches : tuple of Stretch
        The earliest first; none for what cannot be compared.
    needed : int
        How many authorities with a figure are enough.
    authorities : int
        How many are in scope.
    too_few : tuple of str
        The periods in which some authorities have a figure, but fewer than `needed`.
    """

    timeline: Timeline
    stretches: tuple[Stretch, ...]
    needed: int
    authorities: int
    too_few: tuple[str, ...]

    @property
    def rows(self) -> pd.DataFrame:
        """The rows of all stretches, the earliest first; empty where there are none."""
        return (
            pd.concat([each.rows for each in self.stretches], ignore_index=True)
            if self.stretches
            else pd.DataFrame()
        )

    @property
    def places(self) -> dict[str, int]:
        """How many boroughs have a figure in each period that is shown; empty where it is the same number."""
        counts = {
            str(row["period"]): int(row["places"])
            for each in self.stretches
            for _, row in each.rows.iterrows()
        }
        return counts if len(set(counts.values())) > 1 else {}

    @property
    def shown(self) -> Timeline:
        """The periods of the rows, and the changes of basis between those."""
        return self.timeline.part([label for each in self.stretches for label in each.rows["period"]])

    @property
    def told(self) -> Stretch | None:
        """The newest stretch of more than one period, because a change needs two; None without one."""
        return next((each for each in reversed(self.stretches) if len(each.rows) > 1), None)


# kept, because by_period() stands beside it and begins with it
@functools.lru_cache(maxsize=32)
def over_time(
    london: London,
    indicator_id: str,
    vintage: str,
    scope: str | None,
    period: str = "",
    thinned: bool = False,
) -> OverTime:
    """How far apart the boroughs in scope were, in the periods of one kind.

    Parameters
    ----------
    london : London
        All figures and places.
    indicator_id : str
        Which indicator of the catalogue.
    vintage : str
        Which set of ICS boundaries.
    scope : str or None
        The code of an ICS of that set; None for all of London.
    period : str
        The label of a period of the kind that is looked at; empty for the kind that the indicator opens with.
    thinned : bool
        Whether many dates are thinned for display (geo.tables.timeline.timeline).

    Returns
    -------
    OverTime
        Without any stretch for what cannot be compared (totals and changes). Shared, so do not change it.
    """
    indicator = london.catalogue.indicators[indicator_id]
    times = timeline(london, indicator_id, period, thinned)
    tables, inside = _tables(london, indicator_id, times.periods, vintage, scope)
    authorities = _authorities(london, vintage, scope)
    needed = math.ceil(len(authorities) * ENOUGH)
    if not indicator.can_be_compared:
        return OverTime(times, (), needed, len(authorities), ())
    stretches = []
    for _, part in times.rows.groupby("basis"):
        shown = part[[len(inside[label]) >= needed for label in part["period"]]]
        if not shown.empty:
            stretches.append(_stretch(london, indicator, shown, tables, inside, authorities))
    too_few = [label for label, rows in inside.items() if 0 < len(rows) < needed]
    return OverTime(times, tuple(stretches), needed, len(authorities), tuple(too_few))


def by_period(
    london: London,
    indicator_id: str,
    vintage: str,
    scope: str | None,
    period: str = "",
    thinned: bool = False,
) -> pd.DataFrame:
    """The measures of each period, of all boroughs that have a figure then.

    Parameters
    ----------
    london : London
        All figures and places.
    indicator_id : str
        Which indicator of the catalogue.
    vintage : str
        Which set of ICS boundaries.
    scope : str or None
        The code of an ICS of that set; None for all of London.
    period : str
        The label of a period of the kind that is looked at; empty for the kind that the indicator opens with.
    thinned : bool
        Whether many dates are thinned for display (geo.tables.timeline.timeline).

    Returns
    -------
    DataFrame
        A row for each period with at least two boroughs that have a figure, the earliest first; empty for
        what cannot be compared. Columns: those of Stretch.rows, and `same_gap`, the gap of the boroughs of
        the stretch in the unit of the indicator, NaN where the period is in none; `starts`, the word of the
        change of basis that the period begins, else empty.
    """
    indicator = london.catalogue.indicators[indicator_id]
    if not indicator.can_be_compared:
        return pd.DataFrame()
    found = over_time(london, indicator_id, vintage, scope, period, thinned)
    tables, inside = _tables(london, indicator_id, found.timeline.periods, vintage, scope)
    alike = {row["period"]: row for each in found.stretches for row in each.rows.to_dict("records")}
    rows = []
    for time in found.timeline.rows.to_dict("records"):
        table, here = tables[time["period"]], inside[time["period"]]
        if len(here) < 2:
            continue
        # often all that have a figure are the boroughs of the stretch, which are measured already
        row = alike.get(time["period"])
        if row is None or row["places"] != len(here):
            row = time | _measures(indicator, table, here)
        rows.append(row | {"london": _value_of_london(table, indicator)})
    known = pd.DataFrame(rows)
    if known.empty:
        return known
    starts = found.timeline.part(list(known["period"])).starts
    return known.assign(
        same_gap=[alike[label]["gap"] if label in alike else np.nan for label in known["period"]],
        starts=[starts.get(label, "") for label in known["period"]],
    )


def _tables(
    london: London, indicator_id: str, periods: list[str], vintage: str, scope: str | None
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """The place table of each period, and the rows of it that are compared."""
    rows = place_tables(london, indicator_id, periods, vintage)
    shown = compared(rows, scope)
    inside = dict.fromkeys(periods, shown[:0]) | {str(label): part for label, part in shown.groupby("period")}
    return {str(label): part for label, part in rows.groupby("period")}, inside


def _authorities(london: London, vintage: str, scope: str | None) -> tuple[str, ...]:
    """The codes of the authorities in scope."""
    return tuple(london.members(vintage, scope)["area_code"])


def _stretch(
    london: London,
    indicator: Indicator,
    shown: pd.DataFrame,
    tables: dict[str, pd.DataFrame],
    inside: dict[str, pd.DataFrame],
    authorities: tuple[str, ...],
) -> Stretch:
    first, last = shown["period"].iloc[0], shown["period"].iloc[-1]
    in_first = inside[first]
    boroughs = set(in_first.loc[in_first["area_code"].isin(inside[last]["area_code"]), "area_code"])
    # London's total would dwarf those of the boroughs, and is not drawn beside them
    has_london = indicator.aggregation != "sum"
    without = left_out_of_london(tables[last], indicator)
    rows = []
    for time in shown.to_dict("records"):
        table, here = tables[time["period"]], inside[time["period"]]
        row = time | _measures(indicator, table, here[here["area_code"].isin(boroughs)])
        if has_london and left_out_of_london(table, indicator) != without:
            row["london"] = np.nan
        rows.append(row)
    areas = london.areas[london.areas["area_code"].isin(authorities) & ~london.areas["small"]]
    has_both = areas["area_code"].isin(boroughs)
    return Stretch(
        pd.DataFrame(rows), tuple(areas.loc[has_both, "area_name"]), tuple(areas.loc[~has_both, "area_name"])
    )


def _measures(indicator: Indicator, table: pd.DataFrame, rows: pd.DataFrame) -> dict[str, float | str]:
    """The measures of these boroughs, as Stretch.rows has them, and London's value of the place table."""
    ends = extremes(rows, indicator)
    found, _ = spread(rows, indicator)
    excess = found.get("excess")
    return {
        "smallest": ends.smallest,
        "largest": ends.largest,
        "note_smallest": ends.smallest_note,
        "note_largest": ends.largest_note,
        "note_london": marks.named(table[table["area_code"] == LONDON], indicator),
        "gap": ends.gap,
        "gap_error": _gap_error(rows, indicator),
        "london": _value_of_london(table, indicator),
        "places": len(rows),
        **{name: found.get(name, np.nan) for name in MEASURES},
        "beyond": excess.share if excess else np.nan,
    }


def _value_of_london(table: pd.DataFrame, indicator: Indicator) -> float:
    """London's value of a place table; NaN for a sum, which would dwarf those of the boroughs."""
    return np.nan if indicator.aggregation == "sum" else value_of(table, LONDON)


def _gap_error(rows: pd.DataFrame, indicator: Indicator) -> float:
    """The standard error of the highest less the lowest proportion; NaN without counts of people.

    Half a child is added to those counted and to those not, so that a share of 0 or 100 % has an error too.
    """
    if not indicator.is_proportion or not has_counts(rows):
        return math.nan
    ends = rows.loc[[rows["value"].idxmin(), rows["value"].idxmax()]]
    n = ends["denominator"] + 1
    share = (ends["numerator"] + 0.5) / n
    return indicator.multiplier * math.sqrt((share * (1 - share) / n).sum())
