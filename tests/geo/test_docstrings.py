"""The docstrings of the measures: what goes in, what comes out, and whether that is so."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from docstring_parser import Docstring, DocstringStyle, parse

import geo.lottery
import geo.measures
from geo.lottery.compared import compared, with_rank_bounds
from geo.lottery.gap_to_target import by_ics, needed
from geo.lottery.over_time import Stretch, by_period, over_time
from geo.measures.funnel import limits, outside, wider_limits
from geo.measures.intervals import wilson_95
from geo.measures.ranks import rank, rank_interval
from geo.places.borders import across_borders, verdicts
from geo.places.trend import five_point, trends
from geo.tables.aggregate import aggregate
from geo.tables.derive import derive
from geo.tables.london import London, place_table

ARRAYS = ("ArrayLike", "ndarray", "NDArray", "Series")


def modules() -> Iterator[ModuleType]:
    for room in (geo.measures, geo.lottery):
        for found in pkgutil.iter_modules(room.__path__):
            yield importlib.import_module(f"{room.__name__}.{found.name}")
    for name in ("tables.aggregate", "tables.derive", "places.borders", "places.trend"):
        yield importlib.import_module(f"geo.{name}")


def is_function(found: Any) -> bool:
    """Also one whose answers are kept (functools.lru_cache)."""
    return inspect.isfunction(inspect.unwrap(found))


MODULES = list(modules())
CLASSES = [
    found
    for module in MODULES
    for name, found in inspect.getmembers(module, inspect.isclass)
    if found.__module__ == module.__name__ and not name.startswith("_")
]
FUNCTIONS = [
    found
    for where, module in [(module, module.__name__) for module in MODULES]
    + [(kind, kind.__module__) for kind in CLASSES]
    for name, found in inspect.getmembers(where, is_function)
    if found.__module__ == module and not name.startswith("_")
]


def named(something: Callable) -> str:
    return f"{something.__module__}.{something.__qualname__}"


def read(something: object) -> Docstring:
    return parse(inspect.getdoc(something) or "", DocstringStyle.NUMPYDOC)


def described(entries: list) -> dict[str, str]:
    """What is said of each name, where several names can share an entry."""
    return {name.strip(): entry.description or "" for entry in entries for name in entry.arg_name.split(",")}


@pytest.mark.parametrize("function", FUNCTIONS, ids=named)
def test_what_goes_in_and_comes_out_is_said(function: Callable) -> None:
    found = read(function)
    parameters = [p for p in inspect.signature(function).parameters.values() if p.name != "self"]
    entries = {entry.arg_name: entry for entry in found.params}
    assert list(entries) == [parameter.name for parameter in parameters]
    for parameter in parameters:
        entry = entries[parameter.name]
        assert entry.type_name, parameter
        assert entry.description, parameter
        kind = str(parameter.annotation)
        if any(array in kind for array in ARRAYS):
            assert "shape" in entry.type_name, parameter
    assert found.many_returns
    assert all(each.type_name for each in found.many_returns)
    raised = set(re.findall(r"^\s+raise (?:\w+\.)?(\w+)", inspect.getsource(function), re.MULTILINE))
    assert {(each.type_name or "").split(".")[-1] for each in found.raises} == raised


@pytest.mark.parametrize("kind", CLASSES, ids=named)
def test_each_field_of_a_result_is_explained(kind: type) -> None:
    fields = list(kind.__dataclass_fields__) if is_dataclass(kind) else list(kind._fields)  # type: ignore[attr-defined]
    entries = [entry for entry in read(kind).params if entry.args[0] == "attribute"]
    assert list(described(entries)) == fields
    assert all(described(entries).values())


def derived(london: London) -> pd.DataFrame:
    """What the rules make of the figures, and whatever they do not find."""
    rules = pd.DataFrame(
        [
            {
                "indicator_id": "centres_per_10k_0_4",
                "operation": "ratio",
                "left": "designated_centres",
                "right": "population_0_4",
                "match": "as_of",
                "baseline": "",
            }
        ]
    )
    columns = ["indicator_id", "area_code", "period", "period_end", "value", "status", "origins"]
    stored = london.observations[columns]
    own = stored[stored["indicator_id"].isin(["designated_centres", "population_0_4"])]
    return derive(own, rules, london.catalogue.indicators)


def rates(london: London) -> pd.DataFrame:
    """Boroughs with the children who reached a good level of development."""
    indicator = "gld_2013_2019"
    return compared(place_table(london, indicator, london.newest(indicator), "2022"), None)


def groups(london: London) -> pd.DataFrame:
    indicators = ["designated_centres", "gld_2013_2019"]
    table = london.observations
    rows = table[table["indicator_id"].isin(indicators) & (table["area_type"] == "borough")]
    by = ["indicator_id", "period"]
    return aggregate(rows, london.catalogue.indicators, by).drop(columns=by)


def gaps(london: London) -> pd.DataFrame:
    rows = rates(london)
    return needed(rows, float(rows["value"].max()), london.catalogue.indicators["gld_2013_2019"])


def ranked(london: London, indicator: str) -> pd.DataFrame:
    rows = place_table(london, indicator, london.newest(indicator), "2022")
    return with_rank_bounds(rows, london.catalogue.indicators[indicator], "ics")[["best_ics", "worst_ics"]]


def borders(london: London, indicator: str) -> pd.DataFrame:
    return across_borders(london, indicator, london.newest(indicator), "2022", None, crossings=True)


GAP = pd.Series([1.0, np.nan, 3.0, 0.0])
FRAMES: dict[str, tuple[object, Callable[[London], pd.DataFrame]]] = {
    "wilson_95": (wilson_95, lambda london: wilson_95(GAP, pd.Series([2.0, 4.0, np.nan, 0.0]))),
    "limits": (limits, lambda london: limits([1, 10, 1_000], 0.01)),
    "wider_limits": (wider_limits, lambda london: wider_limits([1, 10, 1_000], 0.01, 2.0)),
    "outside": (outside, lambda london: outside(rates(london), rates(london))),
    "rank": (rank, lambda london: rank(GAP, [pd.Series(["a", "a", "b", "b"])])),
    "rank_interval": (rank_interval, lambda london: rank_interval([1, 2, 3], [4, 4, 4])),
    "needed": (needed, gaps),
    "by_ics": (by_ics, lambda london: by_ics(gaps(london))),
    "with_rank_bounds": (with_rank_bounds, lambda london: ranked(london, "gld_2013_2019")),
    "with_rank_bounds of what has no chance": (
        with_rank_bounds,
        lambda london: ranked(london, "centres_per_10k_0_4"),
    ),
    "Stretch": (Stretch, lambda london: over_time(london, "gld_2013_2019", "2022", None).rows),
    "by_period": (by_period, lambda london: by_period(london, "gld_2013_2019", "2022", None)),
    "across_borders": (across_borders, lambda london: borders(london, "gld_2013_2019")),
    "across_borders of what has no chance": (
        across_borders,
        lambda london: borders(london, "centres_per_10k_0_4"),
    ),
    "verdicts": (verdicts, lambda london: verdicts(*(pd.Series([n, n]) for n in (1, 4, 2, 4)))),
    "five_point": (five_point, lambda london: five_point([[1.0] * 5, [np.nan] * 5], [[4] * 5] * 2, range(5))),
    "trends": (trends, lambda london: trends(london, "gld_2013_2019")),
    "aggregate": (aggregate, groups),
    "derive": (derive, derived),
}


@pytest.mark.parametrize("case", FRAMES)
def test_every_column_that_comes_out_is_said_and_whether_it_has_gaps(case: str, london: London) -> None:
    function, call = FRAMES[case]
    frame = call(london)
    assert not frame.empty
    found = read(function)
    said = " ".join(each.description or "" for each in found.many_returns)
    if function in (Stretch, by_period):
        said += described(read(Stretch).params)["rows"]
    for column in frame:
        assert f"`{column}`" in said, column
    numbers = frame.select_dtypes("number")
    if numbers.isna().any(axis=None):
        assert "NaN" in said, list(numbers.columns[numbers.isna().any()])
