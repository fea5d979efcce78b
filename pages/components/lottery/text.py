"""How big the lottery is, in sentences: one for each measure, or the reason why there is none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.lottery.one_period import Lottery
from geo.measures.gradient import Gradient
from pages.components.text import columns, grammar, units
from pages.components.text.differences import (
    SHARE,
    TIMES,
    difference,
    gap_measure,
    say_chance,
    say_gap,
    say_times,
)
from pages.exports.table import Column, Kind, Measure, Table

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


NO_LOTTERY = (
    "This is how a number has changed, not how far apart boroughs are: where there was more, more could be "
    "lost."
)


# the value of a measure, how it is written, and what it says
Said = tuple[float, Measure, str]


class Line(NamedTuple):
    """A measure: its field of one_period.Lottery, its name and value, how that is written, what it says."""

    field: str
    measure: str
    amount: float
    form: Measure
    sentence: str

    @property
    def value(self) -> str:
        """The value in a few letters."""
        return self.form.text(self.amount)


def headline(found: Lottery, indicator: Indicator) -> str:
    """From the lowest to the highest borough, in one sentence."""
    low, high = (
        units.say_value(value, note, indicator)
        for value, note in ((found.smallest, found.smallest_note), (found.largest, found.largest_note))
    )
    if low == high:
        return f"All {found.places} boroughs have {high}."
    if indicator.kind == "change":
        ends = (_end_of_change(found.smallest, "smallest rise", "largest fall"), low, found.lowest)
        other = (_end_of_change(found.largest, "largest rise", "smallest fall"), high, found.highest)
        said = [f"{end}: {value} in {grammar.join_names(names)}" for end, value, names in (ends, other)]
        return f"{said[0]}; {grammar.lower_first(said[1])}."
    return (
        f"From {low} in {grammar.join_names(found.lowest)} to {high} in {grammar.join_names(found.highest)}."
    )


def lines(found: Lottery, indicator: Indicator) -> list[Line]:
    """Every measure that is given: its value and what it says. None for a change."""
    if not indicator.can_be_compared:
        return []
    gap = difference(found.largest, found.smallest, indicator)
    said = [Line("gap", "Gap", gap, gap_measure(indicator), headline(found, indicator))]
    for name, (measure, say) in _MEASURES.items():
        if getattr(found, name) is not None:
            said.append(Line(name, _named(measure, indicator), *say(found, indicator)))
    return said


def table(lines: Sequence[Line]) -> Table:
    """The measures, each with its unit and what it says."""
    rows = pd.DataFrame(lines).assign(unit=[line.form.unit for line in lines])
    measures = (
        Column("measure", "Measure", Kind.NAME),
        Column("amount", "Value", Kind.NUMBER, None),
        columns.UNIT,
        Column("sentence", "What it says"),
    )
    return Table(rows, measures, tuple(line.form for line in lines))


def not_given(found: Lottery, indicator: Indicator) -> str:
    """Which measures are not given, and why; empty when all are."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in found.missing.items():
        measure = _named(_MEASURES[name][0], indicator)
        by_reason.setdefault(reason, []).append(grammar.lower_first(measure))
    parts = [f"{grammar.join_all(measures)} ({reason})" for reason, measures in by_reason.items()]
    return f"Not given: {'; '.join(parts)}." if parts else ""


def mean_change(table: pd.DataFrame, indicator: Indicator) -> str:
    """The mean change over all authorities of a place table, those with few people included."""
    values = table.loc[table["area_type"] == "borough", "value"].dropna()
    mean = f"{values.mean():+.1f}".replace("-", "\N{MINUS SIGN}")
    return f"On average it is {mean} in each of the {len(values)} authorities."


def facts(indicator: Indicator, published: pd.DataFrame) -> list[str]:
    """What publications say of an indicator, each with its source (London.facts)."""
    rows = published[published["indicator_id"] == indicator.indicator_id]
    return [f"{row['said_by']} says: {row['fact']}." for row in rows.to_dict("records")]


def funnel(rows: pd.DataFrame, outside: pd.DataFrame) -> str:
    """What the funnel shows: boroughs (area_name) and which of them lie outside (funnel.outside)."""
    count, usual = int(outside["chance"].sum()), list(rows.loc[outside["usual"], "area_name"])
    lie = {0: "none lies", 1: "one lies", len(rows): "all lie"}.get(count, f"{grammar.say_number(count)} lie")
    why = ": with thousands of children even a small difference is more than chance" if count else ""
    stand = "None lies outside those"
    if usual:
        stand = f"{grammar.join_names(usual)} {'lies' if len(usual) == 1 else 'lie'} outside even those"
    return (
        "Between the solid lines lie 99.8% of boroughs that differ from London by chance alone. "
        f"Of {len(rows)} boroughs {lie} outside them{why}. "
        f"The dashed lines allow for the usual spread of boroughs as well. {stand}."
    )


def within(found: Lottery) -> str:
    """How much of the difference is between boroughs of the same ICS; empty where that is not known."""
    if found.theil is None:
        return ""
    share = _TENTHS[round(10 * (1 - found.theil.between))]
    said = f"{share} of the difference is between boroughs of the same ICS."
    if found.chance is None:
        return said
    return f"{said} Boroughs grouped at random differ as much between groups {say_chance(found.chance.p)}."


def methods(found: Lottery, indicator: Indicator, has_funnel: bool) -> list[str]:
    """How each measure that is given is worked out, and the funnel where there is one."""
    said = [_METHODS["gap"]]
    said += [_METHODS[name] for name in _MEASURES if getattr(found, name) is not None]
    said += [_METHODS["chance"]] if found.chance else []
    said += [_METHODS["interval"]] if found.gradient and indicator.has_chance else []
    said += [_METHODS["funnel"]] if has_funnel else []
    return [text.format(complement=indicator.complement) for text in said]


def _named(measure: str, indicator: Indicator) -> str:
    """The name of a measure, with the indicator's own word for those whom it leaves out."""
    return measure.format(complement=indicator.complement)


def _end_of_change(value: float, above: str, below: str) -> str:
    """What an end of the changes is: a rise, a fall, or neither."""
    end = "no change" if value == 0 else above if value > 0 else below
    return grammar.upper_first(end)


def _ratio(found: Lottery, indicator: Indicator) -> Said:
    ratio = found.ratio or 0
    high, low = grammar.join_names(found.highest), grammar.join_names(found.lowest)
    return ratio, TIMES, f"The value of {high} is {say_times(ratio)} that of {low}."


def _ratio_missed(found: Lottery, indicator: Indicator) -> Said:
    ratio = found.ratio_missed or 0
    ends = ((found.lowest, found.smallest), (found.highest, found.largest))
    low, high = (
        f"{grammar.join_names(names)} ({100 - round(value, indicator.decimals):.{indicator.decimals}f})"
        for names, value in ends
    )
    number = f"the number {indicator.complement}"
    said = f"Of every hundred children, {number} is {say_times(ratio)} as high in {low} as in {high}."
    return ratio, TIMES, said


def _cv(found: Lottery, indicator: Indicator) -> Said:
    share = 100 * (found.cv or 0)
    return (
        share,
        SHARE,
        f"Boroughs typically lie {SHARE.text(share)} above or below the value of all together, larger ones "
        "counting for more.",
    )


def _excess(found: Lottery, indicator: Indicator) -> Said:
    assert found.excess is not None
    share = 100 * found.excess.share
    if found.excess.p >= 0.05:
        said = f"Chance alone gives so much spread {say_chance(found.excess.p)}: it may be no lottery at all."
    else:
        alone = say_chance(found.excess.p)
        more = f"{SHARE.text(share)} of the spread is more than chance gives"
        said = f"{more}; chance alone gives so much {alone}."
    return share, SHARE, said


def _systematic(found: Lottery, indicator: Indicator) -> Said:
    size = found.systematic or 0
    return (
        size,
        Measure(decimals=1),
        "The spread without that which counts of this size have by chance; 0 if nothing is left.",
    )


def _gini(found: Lottery, indicator: Indicator) -> Said:
    return (
        found.gini or 0,
        Measure(decimals=2),
        "0 if every borough had the same, near 1 if one borough had everything.",
    )


def _theil(found: Lottery, indicator: Indicator) -> Said:
    assert found.theil is not None
    variance = f" By variance (η²) it is {100 * found.chance.eta_squared:.0f}%." if found.chance else ""
    return 100 * found.theil.between, SHARE, f"{within(found)}{variance}"


def _gradient(found: Lottery, indicator: Indicator) -> Said:
    assert found.gradient is not None
    slope, relative = found.gradient
    if not indicator.has_chance:
        return _line_alone(found.gradient, indicator)
    signed = _signed(indicator)
    ends = f"95% interval {signed.text(slope.lower)} to {signed.text(slope.upper)}"
    if slope.lower <= 0 <= slope.upper:
        return slope.value, signed, f"No clear gradient from the least to the most deprived ({ends})."
    value = say_gap(slope.value, indicator)
    way = "higher" if slope.value > 0 else "lower"
    said = f"At the most deprived end the value is {value} {way} than at the least ({ends})"
    if relative is None:
        return slope.value, signed, f"{said}."
    times = f"{relative.value:.2f} times as much (95% interval {relative.lower:.2f} to {relative.upper:.2f})"
    return slope.value, signed, f"{said}, or {times}."


def _line_alone(gradient: Gradient, indicator: Indicator) -> Said:
    """A gradient without intervals: where the best straight line ends, and no more."""
    slope, relative = gradient
    signed, value = _signed(indicator), say_gap(slope.value, indicator)
    way = "higher" if slope.value > 0 else "lower"
    times = f", or {relative.value:.2f} times as much" if relative else ""
    line = "The best straight line through the boroughs, from the least to the most deprived, ends"
    return slope.value, signed, f"{line} {value} {way} than it begins{times}."


def _signed(indicator: Indicator) -> Measure:
    """How a difference is written with its sign, in the shortest form: "−4.9", "+£396"."""
    gap = gap_measure(indicator)
    decimals = max(gap.decimals, 1) if gap.suffix else gap.decimals
    return replace(gap, decimals=decimals, suffix="", suffix_of_one="", signed=True)


_MEASURES = {
    "ratio": ("How many times as much", _ratio),
    "ratio_missed": ("How many times as many {complement}", _ratio_missed),
    "cv": ("Typical distance (coefficient of variation)", _cv),
    "excess": ("More than chance (I²)", _excess),
    "systematic": ("Systematic variation (SCV)", _systematic),
    "gini": ("Inequality (Gini coefficient)", _gini),
    "theil": ("Between ICSs (Theil's T)", _theil),
    "gradient": ("Gradient with deprivation (slope and relative index of inequality)", _gradient),
}

_METHODS = {
    "gap": "**Gap**: the largest value minus the smallest, of the boroughs that have one. Areas with very "
    "few children are left out of everything on this page.",
    "ratio": "**How many times**: the largest over the smallest, as both are shown.",
    "ratio_missed": "**How many times as many {complement}**: of every hundred, as the values are shown. "
    "Where nearly all children are in a figure, a ratio of its values hides what matters.",
    "cv": "**Typical distance**: the weighted coefficient of variation, each borough weighted by those "
    "eligible.",
    "excess": "**More than chance**: I² = (Q − df) / Q with Cochran's Q against London's rate (Higgins and "
    "Thompson, 2002).",
    "systematic": "**Systematic variation**: for rates that can exceed one a person, the systematic "
    "component of variation (McPherson and others, 1982): the spread without that which counts of this size "
    "have by chance.",
    "gini": "**Gini coefficient**: half the mean difference between any two people, over the mean.",
    "theil": "**Between ICSs**: Theil's T, weighted by those eligible, split between and within ICSs.",
    "gradient": "**Gradient with deprivation**: the slope index of inequality over the Index of Multiple "
    "Deprivation 2025: a weighted line over the boroughs in order of deprivation, and the difference of its "
    "ends. The relative index is their ratio (Mackenbach and Kunst, 1997).",
    "chance": "**Between ICSs, and chance**: η² against 9,999 random regroupings of the boroughs.",
    "interval": "**Intervals of the gradient**: Student's t for the slope; for the ratio, lines drawn from "
    "the estimates' joint distribution.",
    "funnel": "**Funnel**: exact binomial limits, and limits widened by the boroughs' own spread "
    "(Spiegelhalter, 2005).",
}
