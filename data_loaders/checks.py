"""The data contracts: each check is one function, and all give the same kind of answer.

The same list serves the command line, the tests and, one day, the page that shows the state of the data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from data_loaders import catalogue, store
from data_loaders.observations import load_observations

AUTHORITIES = 33
ICS_COUNTS = {"2022": 5, "2026": 4}
KEYS = ["area_code", "indicator_id", "period"]
# a published total is the sum of rounded parts: three pounds or three children do not matter
ROUNDING = 3


@dataclass(frozen=True)
class Result:
    """The answer of one check: what was looked at, whether it holds, and a sentence."""

    name: str
    passed: bool
    message: str


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What the checks look at, read once."""

    catalogue: catalogue.Catalogue
    observations: pd.DataFrame
    areas: pd.DataFrame
    footprints: pd.DataFrame
    shapes: dict[str, dict]


def run_checks(folder: Path = store.SNAPSHOT) -> list[Result]:
    """All checks in order. When the tables cannot be trusted or read, that is the only answer."""
    try:
        entries = store.read_manifest(folder)
        integrity = _tables_match_manifest(entries, folder)
        if not integrity.passed:
            return [integrity]
        snapshot = Snapshot(
            catalogue=catalogue.load_catalogue(entries, folder),
            observations=load_observations(entries, folder),
            areas=store.read_text_table("areas.csv", entries, folder),
            footprints=store.read_text_table("footprints.csv", entries, folder),
            shapes={
                name: store.read_shapes(name, entries, folder)
                for name in entries
                if name.endswith(".geojson")
            },
        )
    except store.SnapshotError as error:
        return [Result("tables can be read", False, str(error))]
    return [integrity, *(Result(name, *check(snapshot)) for name, check in CHECKS.items())]


def _tables_match_manifest(entries: dict[str, store.Entry], folder: Path) -> Result:
    names = sorted(set(entries) | set(store.tables_on_disk(folder)))
    problems = [problem for name in names if (problem := store.disagreement(name, entries, folder))]
    return Result("tables match the manifest", not problems, " ".join(problems) or f"{len(names)} tables")


def _answer(problems: pd.DataFrame | list[str], fine: str) -> tuple[bool, str]:
    """Passed when there is nothing to complain of; else the first few complaints."""
    if isinstance(problems, pd.DataFrame):
        problems = [" ".join(map(str, row)) for row in problems[KEYS].itertuples(index=False)]
    shown = "; ".join(problems[:5]) + (f"; and {len(problems) - 5} more" if len(problems) > 5 else "")
    return (not problems, shown or fine)


def _catalogue_is_consistent(snapshot: Snapshot) -> tuple[bool, str]:
    known = snapshot.catalogue
    problems = []
    for indicator in known.indicators.values():
        allowed = {
            indicator.unit: known.units,
            indicator.polarity: catalogue.POLARITIES,
            indicator.aggregation: catalogue.AGGREGATIONS,
            indicator.interval: catalogue.INTERVALS,
            indicator.when_absent: catalogue.MISSING_STATUSES,
        }
        allowed |= dict.fromkeys(indicator.source_ids, known.sources)
        problems += [
            f"{indicator.indicator_id}: {word}" for word, words in allowed.items() if word not in words
        ]
        problems += [f"{indicator.indicator_id} has no source"] * (not indicator.source_ids)
    return _answer(problems, f"{len(known.indicators)} indicators, {len(known.sources)} sources")


def _one_row_a_place(snapshot: Snapshot) -> tuple[bool, str]:
    rows = snapshot.observations
    return _answer(rows[rows.duplicated(KEYS)], f"{len(rows)} rows, no area twice")


def _names_are_known(snapshot: Snapshot) -> tuple[bool, str]:
    rows = snapshot.observations
    known = (
        rows["area_code"].isin(snapshot.areas["area_code"])
        & rows["indicator_id"].isin(list(snapshot.catalogue.indicators))
        & rows["source_id"].isin(list(snapshot.catalogue.sources))
        & rows["status"].isin(list(snapshot.catalogue.statuses))
    )
    return _answer(rows[~known], "areas, indicators, sources and statuses")


def _status_fits_value(snapshot: Snapshot) -> tuple[bool, str]:
    rows = snapshot.observations
    fits = rows["value"].notna() == rows["status"].isin(catalogue.VALUE_STATUSES)
    made_up = rows["status"] == "illustrative"
    return _answer(rows[~fits | made_up], "a value where there is one, a reason where there is none")


def _values_are_possible(snapshot: Snapshot) -> tuple[bool, str]:
    rows = snapshot.observations
    units = snapshot.catalogue.units
    largest = rows["indicator_id"].map(
        {
            i.indicator_id: float(units[i.unit].largest or "inf")
            for i in snapshot.catalogue.indicators.values()
        }
    )
    wrong = (rows["value"] > largest) | (np.isfinite(largest) & (rows["value"] < 0))
    wrong |= rows["numerator"] > rows["denominator"]
    wrong |= (rows["lower_95"] > rows["value"]) | (rows["upper_95"] < rows["value"])
    return _answer(rows[wrong], "limits of units, counts and intervals")


def _periods_are_past(snapshot: Snapshot) -> tuple[bool, str]:
    rows = snapshot.observations
    return _answer(
        rows[~(rows["period_end"] <= pd.Timestamp.today())], f"to {rows['period_end'].max():%d %B %Y}"
    )


def _totals_are_the_sum(snapshot: Snapshot) -> tuple[bool, str]:
    """A published London total is the sum of the authorities that it could include."""
    indicators = snapshot.catalogue.indicators.values()
    rows = snapshot.observations
    rows = rows[rows["indicator_id"].isin([i.indicator_id for i in indicators if i.aggregation == "sum"])]
    keys = ["indicator_id", "period"]
    boroughs = rows[rows["area_code"].str.startswith("E09")].groupby(keys)["value"].sum()
    london = rows[rows["area_code"] == "E12000007"].set_index(keys)["value"]
    differences = (london - boroughs.reindex(london.index)).abs()
    wrong = [f"{name} {period}" for name, period in differences[differences > ROUNDING].index]
    return _answer(wrong, f"{len(london)} published totals of London")


def _footprints_are_complete(snapshot: Snapshot) -> tuple[bool, str]:
    problems = []
    for vintage, members in snapshot.footprints.groupby("vintage"):
        if members["area_code"].nunique() != AUTHORITIES or len(members) != AUTHORITIES:
            problems.append(f"{vintage}: {len(members)} rows for {AUTHORITIES} authorities")
        if members["ics_code"].nunique() != ICS_COUNTS.get(str(vintage)):
            problems.append(f"{vintage}: {members['ics_code'].nunique()} ICSs")
    return _answer(problems, "33 authorities in five ICSs (2022) and in four (2026)")


def _shapes_are_complete(snapshot: Snapshot) -> tuple[bool, str]:
    expected = {name: AUTHORITIES for name in snapshot.shapes if "ics_" not in name}
    expected |= {
        name: ICS_COUNTS[vintage] for name in snapshot.shapes for vintage in ICS_COUNTS if vintage in name
    }
    problems = [
        f"{name}: {len(snapshot.shapes[name]['features'])} features, not {count}"
        for name, count in expected.items()
        if len(snapshot.shapes[name]["features"]) != count
    ]
    return _answer(problems, f"{len(expected)} files of shapes")


CHECKS: dict[str, Callable[[Snapshot], tuple[bool, str]]] = {
    "catalogue is consistent": _catalogue_is_consistent,
    "one row for each area, indicator and period": _one_row_a_place,
    "names are known": _names_are_known,
    "status fits value": _status_fits_value,
    "values are possible": _values_are_possible,
    "periods are past": _periods_are_past,
    "totals are the sum of their parts": _totals_are_the_sum,
    "footprints are complete": _footprints_are_complete,
    "shapes are complete": _shapes_are_complete,
}
