"""The one tidy table, joined once with its places."""

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_loaders import store
from data_loaders.breaks import Break, load_breaks
from data_loaders.catalogue import Catalogue, Indicator, load_catalogue
from data_loaders.checks import ROUNDING
from data_loaders.children import TABLE as CHILDREN
from data_loaders.counts import WORKED_OUT
from data_loaders.library import Library, open_library
from data_loaders.mandated import Review, load_reviews
from data_loaders.observations import load_observations
from data_loaders.periods import main_kind
from data_loaders.rates import Rate, load_rates
from data_loaders.schemas.problems import enforce
from data_loaders.survey.instruments import Instrument, load_instruments
from data_loaders.survey.spellings import Spellings
from geo.access.indicators import of_children_in_use
from geo.measures import intervals as measures_intervals
from geo.measures.ranks import rank
from geo.tables.aggregate import aggregate
from geo.tables.derive import derive
from geo.tables.marks import is_odd
from geo.tables.origins import NOT_LOADED, Origin, with_origins, without_origins
from geo.tables.shown import as_shown
from geo.tables.vintages import Vintage, in_force

# of floating-point numbers, so that a value which is printed to a half step is not another one
ROUNDING_ERROR = 1e-9
LONDON = "E12000007"
ENGLAND = "E92000001"


@dataclass(frozen=True, eq=False)
class London:
    """All figures and places, ready to be looked at.

    `observations` is the tidy table before ICSs are known: for each indicator and period one row for every
    area of `areas` (33 authorities, London, England). `footprints` has vintage, area_code, ics_code, ics_name
    and the ICB's codes; `vintages` are the sets of ICS boundaries, the earliest first. `neighbours` has
    left and right (codes of two authorities) and how (the bridge or tunnel between them, empty on land).
    `facts` are what a publication says of an indicator (indicator_id, said_by, fact). `case_studies` (box,
    title, boroughs, enabler_ids) and `enablers` (enabler_id, enabler) are those of the 2022 report.
    `reviews` are the five mandated ones. `instruments` are the surveys' sets of questions. `rates` gives the
    figure that is offered in place of a total, by its identifier. `periods` lists each indicator's periods,
    latest first. `worked_out_counts` are those that a borough's published percentage and limits can alone
    come of (indicator_id, period, area_code, numerator, denominator). `spellings` finds a borough by any
    usual spelling of its name. `breaks` are the changes of basis of the indicators that have one.

    Where another distance or kind of site counts as within reach (geo.tables.within), `usual` are the figures
    that these differ from in nothing but the indicators `varied`; else it is None.
    """

    catalogue: Catalogue
    observations: pd.DataFrame
    areas: pd.DataFrame
    footprints: pd.DataFrame
    vintages: dict[str, Vintage]
    neighbours: pd.DataFrame
    facts: pd.DataFrame
    case_studies: pd.DataFrame
    enablers: pd.DataFrame
    reviews: tuple[Review, ...]
    instruments: dict[str, Instrument]
    rates: dict[str, Rate]
    periods: dict[str, list[str]]
    worked_out_counts: pd.DataFrame
    spellings: Spellings
    breaks: dict[str, tuple[Break, ...]]
    usual: "London | None" = None
    varied: frozenset[str] = frozenset()

    def holder_of(self, indicator_id: str) -> "London":
        """Who has the joined rows of an indicator: what is the same in every setting is joined once."""
        return self if self.usual is None or indicator_id in self.varied else self.usual

    def figures_of(self, indicator_id: str) -> pd.DataFrame:
        """The observations of one indicator, no rows for an unknown one; shared, so do not change them."""
        return self._by_indicator.get(indicator_id, self.observations[:0])

    @functools.cached_property
    def _by_indicator(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows for name, rows in self.observations.groupby("indicator_id", sort=False)}

    @functools.cached_property
    def period_ends(self) -> dict[str, dict[str, pd.Timestamp]]:
        """The last days of each indicator's periods, by their labels."""
        unique = self.observations.drop_duplicates(["indicator_id", "period"])
        return {
            str(name): dict(zip(rows["period"], rows["period_end"], strict=True))
            for name, rows in unique.groupby("indicator_id")
        }

    def vintage_on(self, day: dt.date) -> str:
        """The set of ICS boundaries in force on a day; that of today is shown by default, everywhere."""
        return in_force(self.vintages.values(), day).vintage

    @functools.cached_property
    def ics_names(self) -> dict[str, dict[str, str]]:
        """ICS names by vintage and code, in the order of their names."""
        ordered = self.footprints.sort_values("ics_name")
        return {
            str(vintage): dict(zip(members["ics_code"], members["ics_name"], strict=True))
            for vintage, members in ordered.groupby("vintage")
        }

    @functools.cached_property
    def by_borough(self) -> list[Indicator]:
        """The shown indicators that are numbers and have a figure for boroughs."""
        table = self.observations
        known = set(table.loc[(table["area_type"] == "borough") & table["value"].notna(), "indicator_id"])
        indicators = self.catalogue.indicators.values()
        return [i for i in indicators if i.shown and not i.categories and i.indicator_id in known]

    def newest(self, indicator_id: str) -> str:
        """The period that an indicator opens with: the newest year, or quarter where it has no year."""
        return main_kind(self.periods[indicator_id])[0]

    @functools.cached_property
    def borough_codes(self) -> dict[str, str]:
        """Codes of the 33 authorities by name."""
        boroughs = self.areas[self.areas["area_type"] == "borough"]
        return dict(zip(boroughs["area_name"], boroughs["area_code"], strict=True))

    @functools.cached_property
    def borough_names(self) -> dict[str, str]:
        """Names of the 33 authorities by code."""
        return {code: name for name, code in self.borough_codes.items()}

    def members(self, vintage: str, ics: str | None = None) -> pd.DataFrame:
        """The authorities of a set of ICS boundaries, of one ICS if it is given: rows of `footprints`."""
        own = self.footprints[self.footprints["vintage"] == vintage]
        return own if ics is None else own[own["ics_code"] == ics]


def load_london(library: Library | None = None) -> London:
    """Read the tables in use and join them. Raises store.SnapshotError when one cannot be trusted.

    Shared by all who read the same tables, so do not change what it holds.
    """
    entries = (library or open_library()).entries
    enforce(entries)
    return _london_of(tuple(entries.values()))


# kept, because it follows from tables that are what their entries describe, so that figures which come into
# use again, after a refresh that was withdrawn, are there at once
@functools.lru_cache(maxsize=2)
def _london_of(tables: tuple[store.Entry, ...]) -> London:
    entries = {entry.table: entry for entry in tables}
    catalogue = load_catalogue(entries)
    areas = store.read_text_table("areas.csv", entries)
    areas["small"] = areas["small"] == "true"
    footprints = store.read_text_table("footprints.csv", entries)
    vintages = [Vintage(**row) for row in store.read_text_table("vintages.csv", entries).to_dict("records")]
    rules = store.read_text_table("derivations.csv", entries)
    instruments = load_instruments(entries)
    stored = of_children_in_use(load_observations(entries), entries)
    stored = with_origins(stored, catalogue.sources, downloads(entries))
    observations = filled_in(derive(stored, rules, catalogue.indicators), areas, catalogue)
    return London(
        catalogue=catalogue,
        observations=observations,
        areas=areas,
        footprints=footprints,
        vintages={vintage.vintage: vintage for vintage in sorted(vintages, key=lambda v: v.vintage)},
        neighbours=_neighbours(entries),
        facts=store.read_text_table("published_facts.csv", entries),
        case_studies=store.read_text_table("case_studies.csv", entries),
        enablers=_enablers(instruments["enablers"]),
        reviews=load_reviews(entries),
        instruments=instruments,
        rates=load_rates(entries),
        periods=_periods(observations),
        worked_out_counts=store.read_text_table("worked_out_counts.csv", entries).astype(
            {"numerator": float, "denominator": float}
        ),
        spellings=_spellings(areas, store.read_text_table("borough_spellings.csv", entries)),
        breaks=load_breaks(entries),
    )


def downloads(entries: Mapping[str, store.Entry]) -> dict[str, Origin]:
    """The origins of what was downloaded and is in no observation as it came."""
    found = entries.get(CHILDREN)
    return {found.source_id: Origin(found.source_id, found.figures_date, found.written)} if found else {}


def _spellings(areas: pd.DataFrame, others: pd.DataFrame) -> Spellings:
    boroughs = areas[areas["area_type"] == "borough"]
    names = dict(zip(boroughs["area_name"], boroughs["area_code"], strict=True))
    return Spellings(names, dict(zip(others["spelling"], others["area_code"], strict=True)))


def _neighbours(entries: dict[str, store.Entry]) -> pd.DataFrame:
    on_land = store.read_text_table("neighbours.csv", entries)[["left", "right"]].assign(how="")
    over_water = store.read_text_table("river_crossings.csv", entries)
    pairs = pd.concat([on_land, over_water], ignore_index=True)
    return pairs.drop_duplicates(["left", "right"], ignore_index=True)


def _enablers(instrument: Instrument) -> pd.DataFrame:
    return pd.DataFrame(
        {"enabler_id": [item.item_id for item in instrument.items]}
        | {"enabler": [item.label for item in instrument.items]}
    )


def filled_in(observations: pd.DataFrame, areas: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Observations with a row for every area (complete), with London's values and with intervals."""
    return _with_intervals(_with_london(complete(observations, areas, catalogue), catalogue), catalogue)


def complete(observations: pd.DataFrame, areas: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """One row for every area at each indicator's periods, with a reason where the source has no row.

    Rows that are added have the status that the catalogue gives for absence, and the origins of the period's
    first area, unless they are not loaded: then nobody has said anything.
    """
    ordered = observations.sort_values("area_code", kind="stable")
    periods = ordered.groupby(["indicator_id", "period"], as_index=False).agg(
        period_end=("period_end", "first"), period_origins=("origins", "first")
    )
    grid = periods.merge(areas[["area_code", "area_name", "area_type", "small"]], how="cross")
    table = grid.merge(
        observations.drop(columns="period_end"), on=["area_code", "indicator_id", "period"], how="left"
    )
    absent = table["indicator_id"].map({i.indicator_id: i.when_absent for i in catalogue.indicators.values()})
    table["status"] = table["status"].fillna(absent)
    table["origins"] = table["origins"].fillna(table.pop("period_origins"))
    table["origins"] = table["origins"].mask(table["status"] == NOT_LOADED, without_origins(table.index))
    table["note"] = table["note"].fillna("")
    return table


def place_table(london: London, indicator_id: str, period: str, vintage: str) -> pd.DataFrame:
    """One row an area for one indicator and period, with its ICS of that vintage; 33 authorities first.

    Columns: those of data_loaders.observations without indicator_id and period, and with origins
    (geo.tables.origins) in place of source_id and retrieved; area_name, area_type, small;
    ics_code, ics_name (empty for London and England); rank_london, tied_london, of_london among the
    authorities and rank_ics, tied_ics, of_ics among those of the ICS, by values as they are shown, without
    small areas, odd figures and categories; comparison with London, where no figure is odd
    (geo.tables.marks.is_odd). Sorted by area_code. Shared, so do not change it.
    """
    return _place_table(london.holder_of(indicator_id), indicator_id, period, vintage)


# kept, because each part of a page begins with it; a part of the joined table takes no room of its own
@functools.lru_cache(maxsize=1024)
def _place_table(london: London, indicator_id: str, period: str, vintage: str) -> pd.DataFrame:
    return _joined(london, vintage).loc[(indicator_id, period)].reset_index(drop=True)


def place_tables(london: London, indicator_id: str, periods: Sequence[str], vintage: str) -> pd.DataFrame:
    """The place tables of these periods (place_table) below each other, with the column period.

    Much faster than one by one.
    """
    rows = _joined(london.holder_of(indicator_id), vintage).loc[indicator_id]
    return rows[rows.index.isin(periods)].reset_index()


def value_of(table: pd.DataFrame, area_code: str) -> float:
    """The value of one area of a place table; NaN when it has none."""
    return float(table.loc[table["area_code"] == area_code, "value"].iloc[0])


def in_scope(table: pd.DataFrame, scope: str | None) -> pd.DataFrame:
    """The authorities of an ICS, or all of them."""
    boroughs = table[table["area_type"] == "borough"]
    return boroughs if scope is None else boroughs[boroughs["ics_code"] == scope]


def ics_table(london: London, indicator_id: str, period: str, vintage: str) -> pd.DataFrame:
    """One row an ICS for one indicator and period: ics_code, ics_name, the columns of aggregate(), and note.

    `note` says of what counts a value is worked out, where they are not published; else it is empty. Shared,
    so do not change it.
    """
    return _ics_table(london.holder_of(indicator_id), indicator_id, period, vintage)


@functools.lru_cache(maxsize=1024)
def _ics_table(london: London, indicator_id: str, period: str, vintage: str) -> pd.DataFrame:
    return _of_ics(london, vintage).loc[(indicator_id, period)].reset_index(drop=True)


def left_out_of_london(table: pd.DataFrame, indicator: Indicator) -> tuple[str, ...]:
    """Authorities that London's value does without, because a figure of theirs is missing.

    A ratio that is worked out here is taken over the others: those with counts, or where no counts are known
    those with a value. A total that the publisher gives leaves them out if it equals the sum of the others.
    """
    # as arrays, for speed: this is asked of every date of a time series
    is_borough = table["area_type"].to_numpy() == "borough"
    at = int((table["area_code"].to_numpy() == LONDON).argmax())
    value, status = table["value"].to_numpy(), table["status"].to_numpy()
    if indicator.aggregation == "ratio" and status[at] == "derived":
        uncounted = np.isnan(table["numerator"].to_numpy()) | np.isnan(table["denominator"].to_numpy())
        lacking = np.isnan(value) if uncounted[is_borough].all() else uncounted
    elif indicator.aggregation == "sum" and abs(value[at] - np.nansum(value[is_borough])) <= ROUNDING:
        lacking = np.isnan(value)
    else:
        return ()
    return tuple(table["area_name"].to_numpy()[lacking & is_borough & (status != "combined")])


# of some editions, and of some settings of what is within reach in each
@functools.lru_cache(maxsize=16)
def _joined(london: London, vintage: str) -> pd.DataFrame:
    """The tidy table of one vintage, as place_table() describes it, by indicator_id and period.

    Of a setting that is not the usual one it has the indicators that differ.
    """
    keys = ["indicator_id", "period"]
    members = london.members(vintage)[["area_code", "ics_code", "ics_name"]]
    table = london.observations
    if london.usual is not None:
        table = table[table["indicator_id"].isin(london.varied)]
    table = table.merge(members, on="area_code", how="left")
    table = table.fillna({"ics_code": "", "ics_name": ""})
    table = table.sort_values([*keys, "area_code"], ignore_index=True)
    indicators = london.catalogue.indicators.values()
    boroughs = table["area_type"] == "borough"

    unordered = table["indicator_id"].isin([i.indicator_id for i in indicators if i.categories])
    odd = is_odd(table)
    shown = _shown(table, london.catalogue)
    comparable = shown.where(boroughs & ~table["small"] & ~odd & ~unordered)
    in_london = rank(comparable, [table[key] for key in keys]).add_suffix("_london")
    in_ics = rank(comparable, [table[key] for key in [*keys, "ics_code"]]).add_suffix("_ics")

    of_london = table[table["area_code"] == LONDON].set_index(keys)["value"]
    benchmark = pd.Series(of_london.reindex(pd.MultiIndex.from_frame(table[keys])).to_numpy(), table.index)
    # London's value includes the odd figure of a borough, so no borough is compared with it
    benchmark = benchmark.mask(odd.groupby([table[key] for key in keys]).transform("any"))
    direction = table["indicator_id"].map({i.indicator_id: i.direction for i in indicators})
    verdict = measures_intervals.compare(table["lower_95"], table["upper_95"], benchmark, direction)
    comparison = verdict.where(boroughs, "not_compared")
    joined = table.join(in_london).join(in_ics).assign(comparison=comparison).set_index(keys)
    # a copy lies in fewer pieces, from which rows are picked in half the time
    return joined.copy()


def _shown(table: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """The values of many indicators, each as it is shown."""
    groups = table.groupby("indicator_id", sort=False)["value"]
    parts = [as_shown(values, catalogue.indicators[str(name)].decimals) for name, values in groups]
    return pd.concat(parts).reindex(table.index)


def _with_london(table: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Fill in London, where nobody published it, from its 33 authorities."""
    keys = ["indicator_id", "period"]
    totals = aggregate(table[table["area_type"] == "borough"], catalogue.indicators, keys)
    found = totals.dropna(subset="value").set_index(keys)
    wanted = table[(table["area_code"] == LONDON) & table["value"].isna()]
    filled = found.reindex(pd.MultiIndex.from_frame(wanted[keys])).set_axis(wanted.index)
    filled = filled.dropna(subset="value")
    columns = ["value", "numerator", "denominator", "status", "origins"]
    table.loc[filled.index, columns] = filled[columns]
    return table


@functools.lru_cache(maxsize=16)
def _of_ics(london: London, vintage: str) -> pd.DataFrame:
    """The values of the ICSs of one vintage, by indicator_id and period."""
    table = _joined(london, vintage)
    boroughs = table[table["area_type"] == "borough"].reset_index()
    keys = ["indicator_id", "period"]
    by = [*keys, "ics_code", "ics_name"]
    counted = _with_worked_out_counts(boroughs, london)
    groups = aggregate(counted, london.catalogue.indicators, by).set_index(by)
    is_worked_out = counted["denominator"].notna() & boroughs["denominator"].isna()
    any_worked_out = is_worked_out.groupby([counted[key] for key in by]).any().reindex(groups.index)
    groups["note"] = (any_worked_out & groups["value"].notna()).map({True: WORKED_OUT, False: ""})
    return groups.reset_index(["ics_code", "ics_name"]).sort_index()


def _with_worked_out_counts(boroughs: pd.DataFrame, london: London) -> pd.DataFrame:
    """The boroughs with the counts behind percentages that are published without any.

    None for a value that is not the one that they were worked out from, as after a revision by its publisher.
    """
    keys = ["indicator_id", "period", "area_code"]
    names = ["numerator", "denominator"]
    behind = boroughs[keys].merge(london.worked_out_counts, on=keys, how="left").set_axis(boroughs.index)
    indicators = london.catalogue.indicators
    multiplier = boroughs["indicator_id"].map({name: i.multiplier for name, i in indicators.items()})
    decimals = boroughs["indicator_id"].map({name: i.decimals for name, i in indicators.items()})
    value = multiplier * behind["numerator"] / behind["denominator"]
    is_same = (value - boroughs["value"]).abs() <= 0.5 * 10.0**-decimals + ROUNDING_ERROR
    return boroughs.fillna(behind[names].where(is_same))


def _with_intervals(table: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Add Wilson intervals, in the unit of the value, where the catalogue asks for them."""
    asked = table["indicator_id"].isin(
        [i.indicator_id for i in catalogue.indicators.values() if i.interval == "wilson"]
    )
    rows = table[asked & table["lower_95"].isna()]
    scale = rows["indicator_id"].map({i.indicator_id: i.multiplier for i in catalogue.indicators.values()})
    bounds = measures_intervals.wilson_95(rows["numerator"], rows["denominator"])
    table.loc[rows.index, "lower_95"] = bounds["lower"] * scale
    table.loc[rows.index, "upper_95"] = bounds["upper"] * scale
    return table


def _periods(observations: pd.DataFrame) -> dict[str, list[str]]:
    unique = observations[["indicator_id", "period", "period_end"]].drop_duplicates()
    latest_first = unique.sort_values("period_end", ascending=False)
    return {str(name): list(rows["period"]) for name, rows in latest_first.groupby("indicator_id")}
