"""How big the lottery is, in sentences: one for each measure, or the reason why there is none."""

from typing import NamedTuple

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.lottery import Lottery
from pages.components import words
from pages.components.difference_words import say_chance, say_difference, say_gap, say_times

_TENTHS = (
    "Next to nothing",
    "One tenth",
    "Two tenths",
    "Three tenths",
    "Four tenths",
    "Half",
    "Six tenths",
    "Seven tenths",
    "Eight tenths",
    "Nine tenths",
    "Nearly all",
)


class Line(NamedTuple):
    """A measure: its field of geo.lottery.Lottery, its name, its value in a few letters, and what it says."""

    field: str
    measure: str
    value: str
    sentence: str


def headline(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> str:
    """From the lowest to the highest borough, in one sentence."""
    low, high = (words.format_value(value, indicator, catalogue) for value in (found.smallest, found.largest))
    if low == high:
        return f"All {found.places} boroughs have {high}."
    return f"From {low} in {words.join_names(found.lowest)} to {high} in {words.join_names(found.highest)}."


def lines(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> list[Line]:
    """Every measure that is given: its value and what it says."""
    gap = say_difference(found.largest, found.smallest, indicator, catalogue)
    said = [Line("gap", "Gap", gap, headline(found, indicator, catalogue))]
    for name, (measure, say) in _MEASURES.items():
        if getattr(found, name) is not None:
            said.append(Line(name, measure, *say(found, indicator, catalogue)))
    return said


def not_given(found: Lottery) -> str:
    """Which measures are not given, and why; empty when all are."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in found.missing.items():
        measure = _MEASURES[name][0]
        by_reason.setdefault(reason, []).append(measure[0].lower() + measure[1:])
    parts = [f"{words.join_all(measures)} ({reason})" for reason, measures in by_reason.items()]
    return f"Not given: {'; '.join(parts)}." if parts else ""


def mean_change(table: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> str:
    """The mean change over all authorities of a place table, those with few people included."""
    values = table.loc[table["area_type"] == "borough", "value"].dropna()
    mean = f"{values.mean():+.1f}".replace("-", "\N{MINUS SIGN}")
    return f"On average it is {mean} in each of the {len(values)} authorities."


def facts(indicator: Indicator, published: pd.DataFrame) -> list[str]:
    """What publications say of an indicator, each with its source (London.facts)."""
    rows = published[published["indicator_id"] == indicator.indicator_id]
    return [f"{row['said_by']} says: {row['fact']}." for row in rows.to_dict("records")]


def funnel(rows: pd.DataFrame, outside: pd.DataFrame) -> str:
    """What the funnel shows: boroughs (area_name) and which of them lie outside (geo.funnel.outside)."""
    count, usual = int(outside["chance"].sum()), list(rows.loc[outside["usual"], "area_name"])
    lie = {0: "none lies", 1: "one lies"}.get(count, f"{words.say_number(count)} lie")
    stand = "None lies outside those"
    if usual:
        stand = f"{words.join_names(usual)} {'lies' if len(usual) == 1 else 'lie'} outside even those"
    return (
        "Between the solid lines lie 99.8% of boroughs that differ from London by chance alone. "
        f"Of {len(rows)} boroughs {lie} outside them: with thousands of children even a small difference is "
        f"more than chance. The dashed lines allow for the usual spread of boroughs as well. {stand}."
    )


def within(found: Lottery) -> str:
    """How much of the difference is between boroughs of the same ICS; empty where that is not known."""
    if found.theil is None or found.chance is None:
        return ""
    share = _TENTHS[round(10 * (1 - found.theil.between))]
    return (
        f"{share} of the difference is between boroughs of the same ICS. "
        f"Boroughs grouped at random differ as much between groups {say_chance(found.chance.p)}."
    )


def _ratio(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    times = say_times(found.ratio or 0)
    high, low = words.join_names(found.highest), words.join_names(found.lowest)
    return times, f"The value of {high} is {times} that of {low}."


def _ratio_missed(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    times = say_times(found.ratio_missed or 0)
    high, low = words.join_names(found.highest), words.join_names(found.lowest)
    return times, f"Of every hundred, {times} as many are missed in {low} as in {high}."


def _cv(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    share = f"{100 * (found.cv or 0):.0f}%"
    return (
        share,
        f"Boroughs typically lie {share} above or below the value of all together, larger ones counting for "
        "more.",
    )


def _excess(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    assert found.excess is not None
    share = f"{100 * found.excess.share:.0f}%"
    if found.excess.p >= 0.05:
        said = f"Chance alone gives so much spread {say_chance(found.excess.p)}: it may be no lottery at all."
    else:
        alone = say_chance(found.excess.p)
        said = f"{share} of the spread is more than chance gives; chance alone gives so much {alone}."
    return share, said


def _systematic(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    size = f"{found.systematic:.1f}"
    return size, "The spread without that which counts of this size have by chance; 0 if nothing is left."


def _gini(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    return f"{found.gini:.2f}", "0 if every borough had the same, near 1 if one borough had everything."


def _theil(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    assert found.theil is not None
    assert found.chance is not None
    variance = f"By variance (η²) it is {100 * found.chance.eta_squared:.0f}%."
    return f"{100 * found.theil.between:.0f}%", f"{within(found)} {variance}"


def _gradient(found: Lottery, indicator: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    assert found.gradient is not None
    slope, relative = found.gradient
    ends = " to ".join(_signed(end, indicator, catalogue) for end in (slope.lower, slope.upper))
    signed = _signed(slope.value, indicator, catalogue)
    if slope.lower <= 0 <= slope.upper:
        return signed, f"No clear gradient from the least to the most deprived (95% interval {ends})."
    value = say_gap(slope.value, indicator, catalogue)
    way = "higher" if slope.value > 0 else "lower"
    said = f"At the most deprived end the value is {value} {way} than at the least (95% interval {ends})"
    if relative is None:
        return signed, f"{said}."
    times = f"{relative.value:.2f} times as much (95% interval {relative.lower:.2f} to {relative.upper:.2f})"
    return signed, f"{said}, or {times}."


def _signed(value: float, indicator: Indicator, catalogue: Catalogue) -> str:
    """A difference with its sign, in the shortest form: "−4.9", "+£396"."""
    unit = catalogue.units[indicator.unit]
    size = f"{abs(value):,.{max(indicator.decimals, 1 if unit.suffix == '%' else indicator.decimals)}f}"
    return f"{'−' if value < 0 else '+'}{unit.prefix}{size}"


_MEASURES = {
    "ratio": ("How many times as much", _ratio),
    "ratio_missed": ("How many times as many missed", _ratio_missed),
    "cv": ("Typical distance (coefficient of variation)", _cv),
    "excess": ("More than chance (I²)", _excess),
    "systematic": ("Systematic variation (SCV)", _systematic),
    "gini": ("Inequality (Gini coefficient)", _gini),
    "theil": ("Between ICSs (Theil's T)", _theil),
    "gradient": ("Gradient with deprivation (slope and relative index of inequality)", _gradient),
}
