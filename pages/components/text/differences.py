"""How far apart two values are, how many times one is the other, and how often chance does that, in words."""

from dataclasses import replace

from data_loaders.catalogue import Indicator
from pages.components.text import units
from pages.exports.table import Measure

# beside how many more would make up a difference
A_SCALE = "This is a scale of the gap, not a target: it says nothing of what children there need."
TIMES, SHARE = Measure(decimals=1, suffix=" times"), Measure("per cent", suffix="%")


def gap_measure(indicator: Indicator) -> Measure:
    """How a difference of two values is written: percentages differ in percentage points."""
    measure = replace(units.measure(indicator), signed=False)
    if measure.suffix != "%":
        return measure
    point = " percentage point"
    return replace(measure, unit="percentage points", suffix=f"{point}s", suffix_of_one=point)


def difference(one: float, other: float, indicator: Indicator) -> float:
    """How far one value lies above another as both are shown: what a reader works out must come out."""
    return round(one, indicator.decimals) - round(other, indicator.decimals)


def say_difference(one: float, other: float, indicator: Indicator) -> str:
    """How far apart two values are, as they are shown."""
    return say_gap(difference(one, other, indicator), indicator)


def say_gap(gap: float, indicator: Indicator) -> str:
    """A difference of two values: percentages differ in percentage points."""
    return gap_measure(indicator).text(abs(gap))


def say_chance(p: float) -> str:
    """A probability in cases: "in 5 of 100 cases"."""
    if p < 0.001:
        return "in fewer than 1 of 1,000 cases"
    if p < 0.01:
        return f"in {round(1000 * p)} of 1,000 cases"
    return f"in {min(round(100 * p), 99) if p < 1 else 100} of 100 cases"


def say_times(ratio: float) -> str:
    """A ratio: "1.2 times"."""
    return f"{ratio:.1f} times" if ratio < 100 else f"{ratio:,.0f} times"
