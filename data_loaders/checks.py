"""The data contracts: each check is one function, and all give the same kind of answer.

The same list serves the command line, the data page, the tests, and each download before it is taken in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from data_loaders import catalogue, store
from data_loaders.breaks import Break, load_breaks
from data_loaders.library import Library, open_library
from data_loaders.observations import load_observations
from data_loaders.periods import of_kind
from data_loaders.rates import Rate, load_rates
from data_loaders.schemas.problems import find_problems
from data_loaders.sites import Register, load_register, open_now

AUTHORITIES = 33
KEYS = ["area_code", "indicator_id", "period"]
# a published total is the sum of rounded parts: three pounds or three children do not matter
ROUNDING = 3
# a percentage printed with one decimal is at most this far from its counts
HALF_A_STEP = 0.0501
# of the sites that are listed, so many may be without a place: new postcodes are not in the directory yet
MOST_LOST = 0.05


@dataclass(frozen=True)
class Result:
    """The answer of one check: what was looked at, whether it holds, and a sentence."""

    name: str
    passed: bool
    message: str


@dataclass(frozen=True, eq=False)
class Tables:
    """What the checks look at, read once; of files of shapes, how many features each has."""

    catalogue: catalogue.Catalogue
    observations: pd.DataFrame
    areas: pd.DataFrame
    footprints: pd.DataFrame
    vintages: pd.DataFrame
    breaks: dict[str, tuple[Break, ...]]
    rates: dict[str, Rate]
    register: Register
    features: dict[str, int]


def check_all(snapshot: Path = store.SNAPSHOT, live: Path | None = None) -> list[Result]:
    """All checks of the tables in use. When they cannot be trusted or read, that is the only answer."""
    try:
        library = open_library(snapshot, live)
    except store.SnapshotError as error:
        return [Result("tables can be read", False, str(error))]
    return run_checks(library, also=store.tables_on_disk(snapshot))


def run_checks(library: Library, also: Iterable[str] = ()) -> list[Result]:
    """All checks of a library, and of the tables `also` on disk. Never raises for what a table holds.

    Tables that are not what the manifest says, or not as they are declared, are the only answer.
    """
    integrity = _tables_match_manifest(library.entries, also)
    if not integrity.passed:
        return [integrity]
    declared = _tables_are_as_declared(library)
    if not declared.passed:
        return [integrity, declared]
    try:
        tables = Tables(
            catalogue=library.load_catalogue(),
            observations=load_observations(library.entries),
            areas=store.read_text_table("areas.csv", library.entries),
            footprints=store.read_text_table("footprints.csv", library.entries),
            vintages=store.read_text_table("vintages.csv", library.entries),
            breaks=load_breaks(library.entries),
            rates=load_rates(library.entries),
            register=load_register(library),
            features={
                name: store.count_rows(name, store.read_bytes(name, library.entries))
                for name in library.entries
                if name.endswith(".geojson")
            },
        )
    except store.SnapshotError as error:
        return [Result("tables can be read", False, str(error))]
    return [integrity, declared, *(Result(name, *check(tables)) for name, check in CHECKS.items())]


def _tables_match_manifest(entries: dict[str, store.Entry], also: Iterable[str]) -> Result:
    names = sorted({*entries, *also})
    problems = [problem for name in names if (problem := store.disagreement(name, entries))]
    return Result("tables match the manifest", not problems, " ".join(problems) or f"{len(names)} tables")


def _tables_are_as_declared(library: Library) -> Result:
    """Every cell is of its kind, and refers to what is there (data_loaders.schemas); all slips are named."""
    problems = find_problems(library.entries)
    count = sum(name.endswith(".csv") for name in library.entries)
    said = "\n     ".join(map(str, problems)) or f"{count} tables, each as it is declared"
    return Result("tables are as declared", not problems, said)


def _answer(problems: pd.DataFrame | list[str], fine: str) -> tuple[bool, str]:
    """Passed when there is nothing to complain of; else the first few complaints."""
    if isinstance(problems, pd.DataFrame):
        problems = [" ".join(map(str, row)) for row in problems[KEYS].itertuples(index=False)]
    return (not problems, _few(problems) if problems else fine)


def _few(said: list[str]) -> str:
    """The first few, and how many more there are."""
    return "; ".join(said[:5]) + (f"; and {len(said) - 5} more" if len(said) > 5 else "") if said else "none"


Entry = catalogue.Indicator
# what the entries of the catalogue are held to: what is wrong with those that are not so
_OF_ENTRIES: dict[str, Callable[[Entry], bool]] = {
    "it is added up, so its kind is total or change, not {kind}": lambda entry: (
        entry.aggregation == "sum" and entry.kind not in {"total", "change"}
    ),
    "a {kind} is better neither high nor low, so its polarity is neither": lambda entry: (
        entry.kind in {"total", "change"} and entry.polarity != "neither"
    ),
    "an interval is for what chance has a part in, and {kind} is not of these kinds": lambda entry: (
        entry.interval != "none" and not entry.has_chance
    ),
}


def _totals_are_told_apart(tables: Tables) -> tuple[bool, str]:
    """A total has no better end, what is offered in its place can be compared, only events have chance."""
    known = tables.catalogue.indicators
    totals = {name for name, entry in known.items() if entry.is_total}
    comparable = {name for name, entry in known.items() if entry.can_be_compared}
    problems = [
        f"{name}: {wrong.format(kind=entry.kind)}"
        for wrong, is_wrong in _OF_ENTRIES.items()
        for name, entry in known.items()
        if is_wrong(entry)
    ]
    for total, rate in tables.rates.items():
        said = {
            f"{total} is no total of the catalogue": total in totals,
            f"{rate.indicator_id} cannot be compared in place of {total}": rate.indicator_id in comparable,
        }
        problems += [f"rates_of_totals.csv: {wrong}" for wrong, is_fine in said.items() if not is_fine]
    return _answer(problems, f"{len(tables.rates)} totals with a rate in their place")


def _every_authority_is_accounted_for(tables: Tables) -> tuple[bool, str]:
    """Where there is a row for one authority, there is one for each: a value, or the reason for none."""
    keys = ["indicator_id", "period"]
    rows = tables.observations
    counts = rows[rows["area_code"].str.startswith("E09")].groupby(keys)["area_code"].nunique()
    wrong = [
        f"{name} {period}: {n} of {AUTHORITIES}" for (name, period), n in counts.items() if n != AUTHORITIES
    ]
    return _answer(wrong, f"{AUTHORITIES} rows in each of {len(counts)} series and periods")


def _one_row_a_place(tables: Tables) -> tuple[bool, str]:
    rows = tables.observations
    return _answer(rows[rows.duplicated(KEYS)], f"{len(rows)} rows, no area twice")


def _status_fits_value(tables: Tables) -> tuple[bool, str]:
    rows = tables.observations
    fits = rows["value"].notna() == rows["status"].isin(catalogue.VALUE_STATUSES)
    made_up = rows["status"] == "illustrative"
    return _answer(rows[~fits | made_up], "a value where there is one, a reason where there is none")


def _beyond_its_unit(rows: pd.DataFrame, known: dict[str, Entry]) -> pd.Series:
    largest = rows["indicator_id"].map({name: float(i.unit.largest or "inf") for name, i in known.items()})
    return (rows["value"] > largest) | (np.isfinite(largest) & (rows["value"] < 0))


def _part_above_its_whole(rows: pd.DataFrame, known: dict[str, Entry]) -> pd.Series:
    # what is not multiplied is how many there are for each, such as children for each centre
    shares = [name for name, entry in known.items() if entry.multiplier != 1]
    return rows["indicator_id"].isin(shares) & (rows["numerator"] > rows["denominator"])


def _outside_its_interval(rows: pd.DataFrame, known: dict[str, Entry]) -> pd.Series:
    return (rows["lower_95"] > rows["value"]) | (rows["upper_95"] < rows["value"])


_IMPOSSIBLE = (_beyond_its_unit, _part_above_its_whole, _outside_its_interval)


def _values_are_possible(tables: Tables) -> tuple[bool, str]:
    """No value beyond its unit, and none outside its interval; of a share, no part above its whole."""
    rows, known = tables.observations, tables.catalogue.indicators
    wrong = np.logical_or.reduce([is_wrong(rows, known) for is_wrong in _IMPOSSIBLE])
    return _answer(rows[wrong], "limits of units, counts and intervals")


def _values_agree_with_counts(tables: Tables) -> tuple[bool, str]:
    """A published percentage is its numerator over its denominator, within the rounding to one decimal."""
    rows = tables.observations
    multiplier = rows["indicator_id"].map(
        {i.indicator_id: i.multiplier for i in tables.catalogue.indicators.values()}
    )
    worked_out = rows["numerator"] / rows["denominator"].where(rows["denominator"] > 0) * multiplier
    wrong = (worked_out - rows["value"]).abs() > HALF_A_STEP
    return _answer(rows[wrong], f"{worked_out.notna().sum()} rows with both counts")


def _periods_are_past(tables: Tables) -> tuple[bool, str]:
    rows = tables.observations
    return _answer(
        rows[~(rows["period_end"] <= pd.Timestamp.today())], f"to {rows['period_end'].max():%d %B %Y}"
    )


def _totals_are_the_sum(tables: Tables) -> tuple[bool, str]:
    """A published London total is the sum of the authorities that it could include."""
    indicators = tables.catalogue.indicators.values()
    rows = tables.observations
    rows = rows[rows["indicator_id"].isin([i.indicator_id for i in indicators if i.aggregation == "sum"])]
    keys = ["indicator_id", "period"]
    boroughs = rows[rows["area_code"].str.startswith("E09")].groupby(keys)["value"].sum()
    london = rows[rows["area_code"] == "E12000007"].set_index(keys)["value"]
    differences = (london - boroughs.reindex(london.index)).abs()
    wrong = [f"{name} {period}" for name, period in differences[differences > ROUNDING].index]
    return _answer(wrong, f"{len(london)} published totals of London")


def _footprints_are_complete(tables: Tables) -> tuple[bool, str]:
    """Every set of ICS boundaries has each authority once, and as many ICSs as its row says."""
    counts = _ics_counts(tables)
    problems = [f"{name}: not in both tables" for name in set(counts) ^ set(tables.footprints["vintage"])]
    for vintage, members in tables.footprints.groupby("vintage"):
        if members["area_code"].nunique() != AUTHORITIES or len(members) != AUTHORITIES:
            problems.append(f"{vintage}: {len(members)} rows for {AUTHORITIES} authorities")
        if members["ics_code"].nunique() != counts.get(str(vintage)):
            problems.append(f"{vintage}: {members['ics_code'].nunique()} ICSs")
    said = ", ".join(f"{count} ICSs of {vintage}" for vintage, count in counts.items())
    return _answer(problems, f"{AUTHORITIES} authorities in {said}")


def _shapes_are_complete(tables: Tables) -> tuple[bool, str]:
    """Every set of ICS boundaries is drawn, and every file has all its areas."""
    areas = [
        name for name in tables.features if name.startswith(("boroughs", "tiles")) and "ics_" not in name
    ]
    expected = dict.fromkeys(areas, AUTHORITIES)
    for vintage, count in _ics_counts(tables).items():
        names = (f"ics_{vintage}_screen", f"ics_{vintage}_detailed", f"tiles_ics_{vintage}")
        expected |= {f"{name}.geojson": count for name in names}
    found = {name: tables.features.get(name, 0) for name in expected}
    problems = [
        f"{name}: {found[name]} features, not {count}"
        for name, count in expected.items()
        if found[name] != count
    ]
    return _answer(problems, f"{len(expected)} files of shapes")


def _breaks_are_known(tables: Tables) -> tuple[bool, str]:
    """The first period of each break is written like periods that its indicator has."""
    rows = tables.observations
    problems = []
    for name, breaks in tables.breaks.items():
        own = rows.loc[rows["indicator_id"] == name, "period"].unique()
        problems += [
            f"{name}: no period is like {each.first_period}"
            for each in breaks
            if len(own) and not of_kind(each.first_period, list(own))
        ]
    return _answer(problems, f"{len(tables.breaks)} indicators with a change of basis")


def _sites_have_a_place(tables: Tables) -> tuple[bool, str]:
    """The listed sites of which something is odd, which is theirs and no fault of a table.

    It holds unless so many have no place that the maps would show a London without them.
    """
    sites, before = tables.register.sites, tables.register.before
    listed = open_now(sites[sites["area_code"] != ""])
    names = dict(zip(tables.areas["area_code"], tables.areas["area_name"], strict=True))
    stands_in = listed["stands_in"].map(lambda code: names.get(code, code))
    whose = listed["name"] + " (" + listed["authority"]
    lost = listed["easting"].isna()
    away = ~lost & (listed["stands_in"] != listed["area_code"])
    earlier = listed["urn"].map(before.drop_duplicates("urn").set_index("urn")["postcode"])
    moved = ~lost & earlier.notna() & (earlier != listed["postcode"])
    odd = {
        "outside the authority that lists them": (whose + ", stands in " + stands_in + ")")[away],
        "without a known postcode": (whose + ", " + listed["postcode"].replace("", "none") + ")")[lost],
        "moved": (whose + ", " + earlier + " to " + listed["postcode"] + ")")[moved],
    }
    said = [f"{what}: {_few(list(told))}" for what, told in odd.items()]
    return bool(lost.mean() <= MOST_LOST), "; ".join([f"{len(listed)} listed sites", *said])


def _ics_counts(tables: Tables) -> dict[str, int]:
    return dict(zip(tables.vintages["vintage"], tables.vintages["ics_count"].astype(int), strict=True))


CHECKS: dict[str, Callable[[Tables], tuple[bool, str]]] = {
    "totals are told apart": _totals_are_told_apart,
    "one row for each area, indicator and period": _one_row_a_place,
    "every authority is accounted for": _every_authority_is_accounted_for,
    "status fits value": _status_fits_value,
    "values are possible": _values_are_possible,
    "values agree with their counts": _values_agree_with_counts,
    "periods are past": _periods_are_past,
    "totals are the sum of their parts": _totals_are_the_sum,
    "changes of basis are known": _breaks_are_known,
    "footprints are complete": _footprints_are_complete,
    "shapes are complete": _shapes_are_complete,
    "sites have a place": _sites_have_a_place,
}
