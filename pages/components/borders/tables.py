"""Differences across borders as tables."""

from dataclasses import replace

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.places.borders import ALPHA
from pages.components.text import columns, units
from pages.components.text.differences import gap_measure, say_gap
from pages.exports.table import NONE, Column, Kind, Measure, Table

INTERVAL, VERDICT = "Interval (adjusted)", "More than chance (adjusted p)"
ONE_TEST = (
    "The interval and the verdict beside it are one test. It is adjusted (after Holm) for all of London's "
    "borders and river crossings, whichever of them are shown: the interval leaves out 0 exactly where the "
    "difference is more than chance."
)


def of_pairs(pairs: pd.DataFrame, indicator: Indicator) -> Table:
    """The pairs, the largest difference first, each with whether it is more than chance."""
    rows = _judged(pairs).assign(
        border=pairs["crosses_ics"].map({True: "between two ICSs", False: "within one ICS"})
    )
    measure = units.measure(indicator)
    sides = []
    for end, called in (("higher", "Higher"), ("lower", "Lower")):
        value = Column(f"value_{end}", f"{called} value", Kind.NUMBER, measure, f"note_{end}")
        sides += [
            Column(f"{end}_code", f"{called}: area code", Kind.IDENTIFIER),
            Column(end, called, Kind.NAME, span=called),
            replace(value, span=called, before=": "),
        ]
    further = (
        Column("how", "Bridge or tunnel", span="Border", before=", "),
        Column("note_higher", "Note on the higher value", Kind.NOTE),
        Column("note_lower", "Note on the lower value", Kind.NOTE),
    )
    return Table(
        rows,
        (
            *sides,
            _gap(indicator),
            *columns.known(rows, *_CHANCE),
            Column("border", "Border", Kind.CATEGORY, span="Border"),
            *columns.known(rows, *further),
        ),
    )


_BOUND = Measure("percentage points", 1, never_zero=True)
_CHANCE = (
    *columns.interval(
        _BOUND, ("interval_from", "interval_to"), "Interval of the difference (adjusted)", INTERVAL
    ),
    Column("verdict", "More than chance", Kind.CATEGORY, span=VERDICT),
    Column(
        "p",
        "Adjusted p (Holm)",
        Kind.NUMBER,
        Measure(decimals=3, under=True),
        span=VERDICT,
        before=" (",
        after=")",
    ),
)


def _judged(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with the verdict of their adjusted p in words; empty where chance has no part."""
    verdict = (pairs["p"] < ALPHA).map({True: "yes", False: "not clear"})
    return pairs.assign(verdict=verdict.where(pairs["p"].notna(), ""))


def _gap(indicator: Indicator) -> Column:
    """The column of differences, whose unit is in the heading: in every line it would break it in two."""
    gap = replace(gap_measure(indicator), suffix="", suffix_of_one="")
    return Column("gap", "Difference", Kind.NUMBER, gap, span=gap_title(indicator))


def told(pairs: pd.DataFrame, indicator: Indicator) -> list[str]:
    """Each pair with both values and their difference, for a tooltip."""
    rows = of_pairs(pairs, indicator).texts()
    gaps = [say_gap(gap, indicator) for gap in pairs["gap"]]
    return [
        f"{high}; {low}; difference {gap}"
        for high, low, gap in zip(rows["Higher"], rows["Lower"], gaps, strict=True)
    ]


def gap_title(indicator: Indicator) -> str:
    """What a column or legend of differences is called, with the unit where the values have one."""
    in_points = indicator.unit.suffix == "%"
    return "Difference, percentage points" if in_points else "Difference"


def of_neighbours(pairs: pd.DataFrame, name: str, indicator: Indicator) -> Table:
    """The neighbours, those with the largest difference first."""
    is_higher, differs = pairs["higher"] == name, pairs["gap"] != 0
    other = {
        part: pairs[f"{part}lower"].where(is_higher, pairs[f"{part}higher"])
        for part in ("", "value_", "note_")
    }
    way = is_higher.map({True: "lower", False: "higher"})
    rows = _judged(pairs).assign(
        other=other[""],
        value=other["value_"],
        reason=other["note_"],
        gap=pairs["gap"].where(differs),
        way=way.where(differs, ""),
        ics=pairs["crosses_ics"].map({True: "another", False: "the same"}),
    )
    gap = _gap(indicator)
    _, _, *chance = _CHANCE
    return Table(
        rows,
        (
            Column("other", "Neighbour", Kind.NAME),
            replace(columns.value(indicator), absent=NONE),
            replace(gap, absent="none"),
            Column("way", "Which way", Kind.CATEGORY, span=gap.span, before=" "),
            *columns.known(rows, *chance),
            Column("ics", "ICS", Kind.CATEGORY),
            *columns.known(rows, Column("how", "Over the river by", absent="")),
        ),
    )
