"""How far apart two values are, how many times one is the other, and how often chance does that, in words."""

from data_loaders.catalogue import Catalogue, Indicator
from pages.components.text import words


def difference(one: float, other: float, indicator: Indicator) -> float:
    """How far one value lies above another as both are shown: what a reader works out must come out."""
    return round(one, indicator.decimals) - round(other, indicator.decimals)


def say_difference(one: float, other: float, indicator: Indicator, catalogue: Catalogue) -> str:
    """How far apart two values are, as they are shown."""
    return say_gap(difference(one, other, indicator), indicator, catalogue)


def say_gap(gap: float, indicator: Indicator, catalogue: Catalogue) -> str:
    """A difference of two values: percentages differ in percentage points."""
    unit = catalogue.units[indicator.unit]
    if unit.suffix == "%":
        points = f"{abs(gap):.{indicator.decimals}f}"
        return f"{points} percentage {'point' if float(points) == 1 else 'points'}"
    return words.format_value(abs(gap), indicator, catalogue).removeprefix("+")


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
