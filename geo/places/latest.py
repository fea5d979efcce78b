"""Every indicator at its latest period: what the pages on places begin with."""

import functools
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_loaders.breaks import Break
from data_loaders.catalogue import Indicator
from data_loaders.periods import main_kind
from geo.lottery.compared import Extremes, compared, extremes, with_rank_bounds
from geo.measures.intervals import compare, wilson_95
from geo.tables import marks
from geo.tables.listing import places
from geo.tables.london import LONDON, London, ics_table, place_table, value_of
from geo.tables.timeline import breaks_within, same_basis

# an ICS has a rank, and can lead a list, only with figures from at least this share of its boroughs
ENOUGH = 3 / 5


@dataclass(frozen=True, eq=False)
class Latest:
    """One indicator at its latest period, with the one before it of the same kind and on the same basis.

    `table` is the place table with the bounds of ranks in London (geo.lottery.compared.with_rank_bounds),
    `systems` are the ICSs (of_systems), and `before` are the rows of the period before, by area_code,
    without odd ones (geo.tables.marks.is_odd). Where there is none both are empty; `divided` is why, when it
    is a change of basis, one of the `breaks` of the indicator.
    """

    indicator: Indicator
    period: str
    table: pd.DataFrame
    systems: pd.DataFrame
    period_before: str
    before: pd.DataFrame
    divided: Break | None = None
    breaks: tuple[Break, ...] = ()

    @functools.cached_property
    def london(self) -> float:
        """London's value, NaN where there is none."""
        return value_of(self.table, LONDON)

    @functools.cached_property
    def london_note(self) -> str:
        """The note on London's value; empty where there is none."""
        return str(self.table.loc[self.table["area_code"] == LONDON, "note"].iloc[0])

    @functools.cached_property
    def reasons(self) -> dict[str, str]:
        """Why figures bear a mark (geo.tables.marks.reasons), by area_name, of those that do."""
        return _reasons(self.table, self.table["area_name"], self.indicator)

    @functools.cached_property
    def reasons_before(self) -> dict[str, str]:
        """The same of the period before."""
        return _reasons(self.before, self.before["area_name"], self.indicator)

    @functools.cached_property
    def reasons_of_ics(self) -> dict[str, str]:
        """The same of the ICSs by their codes."""
        return _reasons(self.systems, self.systems["ics_code"], self.indicator)

    @functools.cached_property
    def ends(self) -> pd.Timestamp:
        """The last day of the period."""
        return self.table["period_end"].iloc[0]

    @functools.cached_property
    def is_doubtful(self) -> bool:
        """Whether any figure is too odd to judge a place by: London's and an ICS's values include it."""
        return bool(marks.is_odd(self.table).any())

    def odd_of(self, ics_code: str) -> list[str]:
        """The boroughs of an ICS whose figures are odd."""
        table = self.table
        return list(table.loc[marks.is_odd(table) & (table["ics_code"] == ics_code), "area_name"])

    @functools.cached_property
    def rows(self) -> dict[str, dict]:
        """The rows of the table as plain values, by area_name: many are asked for one by one."""
        return {row["area_name"]: row for row in self.table.to_dict("records")}

    @functools.cached_property
    def of_ics(self) -> dict[str, float]:
        """The values of the ICSs by their codes."""
        return dict(zip(self.systems["ics_code"], self.systems["value"], strict=True))

    @functools.cached_property
    def compared(self) -> pd.DataFrame:
        """The boroughs that are compared (geo.lottery.compared.compared)."""
        return compared(self.table, None)

    @functools.cached_property
    def extremes(self) -> Extremes:
        """The boroughs with the largest and the smallest value (geo.lottery.compared.extremes)."""
        return extremes(self.compared, self.indicator)

    def boroughs(self, names: list[str]) -> pd.DataFrame:
        """The rows of these boroughs, in this order."""
        return self.table.set_index("area_name", drop=False).loc[names].reset_index(drop=True)


def _reasons(rows: pd.DataFrame, keys: pd.Series, indicator: Indicator) -> dict[str, str]:
    reasons = marks.reasons(rows, indicator)
    return {str(key): reason for key, reason in zip(keys, reasons, strict=True) if reason}


@functools.lru_cache(maxsize=8)
def latest(london: London, vintage: str) -> tuple[Latest, ...]:
    """The shown indicators that have a value for at least one borough, in the order of the catalogue."""
    found = []
    for indicator in london.catalogue.indicators.values():
        if not indicator.shown:
            continue
        period, *earlier = main_kind(london.periods[indicator.indicator_id])
        table = place_table(london, indicator.indicator_id, period, vintage)
        if table.loc[table["area_type"] == "borough", "value"].isna().all():
            continue
        comparable = same_basis(london, indicator.indicator_id, period, earlier[:1])
        breaks = london.breaks.get(indicator.indicator_id, ())
        divided = breaks_within([*earlier[:1], period], breaks)
        period_before = comparable[0] if comparable else ""
        before = (
            place_table(london, indicator.indicator_id, period_before, vintage) if comparable else table[:0]
        )
        found.append(
            Latest(
                indicator=indicator,
                period=period,
                table=with_rank_bounds(table, indicator, "london"),
                systems=of_systems(london, indicator, period, vintage),
                period_before=period_before,
                before=before[~marks.is_odd(before)].set_index("area_code"),
                divided=divided[-1] if divided else None,
                breaks=breaks,
            )
        )
    return tuple(found)


def all_places(
    london: London, indicator: Indicator, period: str, vintage: str, scope: str | None = None
) -> pd.DataFrame:
    """geo.tables.listing.places with the intervals of ICSs, and how they compare with London (of_systems)."""
    rows = _everywhere(london, indicator.indicator_id, period, vintage)
    return rows[rows["ics_code"].isin([scope, ""])].reset_index(drop=True) if scope else rows


# kept, because all London and each ICS show the same places
@functools.lru_cache(maxsize=256)
def _everywhere(london: London, indicator_id: str, period: str, vintage: str) -> pd.DataFrame:
    indicator = london.catalogue.indicators[indicator_id]
    rows = places(london, indicator_id, period, vintage)
    verdicts = of_systems(london, indicator, period, vintage).set_index("ics_code")
    verdicts = verdicts[["lower_95", "upper_95", "comparison"]]
    is_ics = rows["area_type"] == "ics"
    rows.loc[is_ics, list(verdicts)] = verdicts.loc[rows.loc[is_ics, "ics_code"]].to_numpy()
    return rows


def of_systems(london: London, indicator: Indicator, period: str, vintage: str) -> pd.DataFrame:
    """One row an ICS: the columns of london.ics_table with lower_95, upper_95 and comparison with London.

    Intervals (Wilson) are for proportions with counts: how many centres there are is decided, not drawn by
    chance. Without an interval, or where a borough's figure is odd, an ICS is `not_compared`. `members` is
    how many boroughs an ICS has, and `leads` whether enough of them are in its value for a rank (ENOUGH).
    """
    systems = ics_table(london, indicator.indicator_id, period, vintage)
    boroughs = place_table(london, indicator.indicator_id, period, vintage)
    members = systems["ics_code"].map(boroughs.groupby("ics_code").size())
    known = 1 - systems["left_out"].str.len() / members
    systems = systems.assign(members=members, leads=systems["value"].notna() & (known >= ENOUGH))
    has_chance = indicator.has_chance and indicator.is_proportion
    counted = systems["numerator"] if has_chance else np.nan
    bounds = wilson_95(pd.Series(counted, systems.index), systems["denominator"]) * indicator.multiplier
    places = place_table(london, indicator.indicator_id, period, vintage)
    benchmark = float("nan") if marks.is_odd(places).any() else value_of(places, LONDON)
    verdict = compare(
        bounds["lower"],
        bounds["upper"],
        pd.Series(benchmark, systems.index),
        pd.Series(indicator.direction, systems.index),
    )
    return systems.assign(lower_95=bounds["lower"], upper_95=bounds["upper"], comparison=verdict)
