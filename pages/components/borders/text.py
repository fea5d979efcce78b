"""Differences across borders, in words."""

from dataclasses import replace

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.places.borders import ALPHA
from pages.components.text import columns, words
from pages.components.text.differences import gap_measure, say_gap
from pages.exports.table import NONE, Column, Kind, Measure, Table

TOP = 10
INTERVAL, VERDICT = "Interval (adjusted)", "More than chance (adjusted p)"
ONE_TEST = (
    "The interval and the verdict beside it are one test. It is adjusted (after Holm) for all of London's "
    "borders and river crossings, whichever of them are shown: the interval leaves out 0 exactly where the "
    "difference is more than chance."
)


def headline(pairs: pd.DataFrame, indicator: Indicator, around: str = "") -> str:
    """The largest difference between neighbours, in one sentence; all borders are named that share it.

    `around` is the ICS whose borders alone are looked at, empty for all of London's.
    """
    among = f" in and around {around}" if around else ""
    first, *others = largest(pairs).to_dict("records")
    if first["gap"] == 0:
        return f"Neighbours{among} do not differ."
    gap = say_gap(first["gap"], indicator)
    if not others:
        who = families(first, first["higher"], indicator)
        return f"{who} face the largest difference between neighbours{among}: {gap}."
    said = [_with(pair, indicator) for pair in (first, *others)]
    many = len(said) > words.MOST_NAMES
    named = f"among them {said[0]}" if many else "; ".join(said)
    count = words.say_number(len(said)).capitalize()
    return f"{count} borders share the largest difference between neighbours{among}, {gap}: {named}."


def across_ics(pairs: pd.DataFrame, indicator: Indicator) -> str:
    """How many borders with other ICSs there are, and the largest difference across one of them."""
    found = largest(pairs).to_dict("records")
    gap = say_gap(found[0]["gap"], indicator)
    if len(pairs) == 1:
        gap = gap if found[0]["gap"] else "no difference"
        return f"One border with another ICS can be compared, {_with(found[0], indicator)}: {gap}."
    many = f"Of the {words.say_number(len(pairs))} borders with other ICSs"
    if found[0]["gap"] == 0:
        return f"{many}, none has a difference."
    if len(found) > words.MOST_NAMES:
        return f"{many}, {words.say_number(len(found))} share the largest difference, {gap}."
    named = "; ".join(_with(pair, indicator) for pair in found)
    share = "has" if len(found) == 1 else "share"
    comma = "," if found[-1]["how"] else ""
    return f"{many}, {named}{comma} {share} the largest difference: {gap}."


def largest(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs, of which there is one at least, that share the largest difference as it is shown."""
    return pairs[pairs["gap"] == pairs["gap"].max()]


def _with(pair: dict, indicator: Indicator) -> str:
    """Both sides of a border with their values, and the bridge or tunnel between them."""
    higher, lower = _sides(pair, indicator)
    return f"{higher} with {lower}{', at ' + pair['how'] if pair['how'] else ''}"


def _sides(pair: dict, indicator: Indicator) -> list[str]:
    return [
        f"{pair[end]} ({words.say_value(pair[f'value_{end}'], pair[f'note_{end}'], indicator)})"
        for end in ("higher", "lower")
    ]


def _sides_from(name: str, pair: dict, indicator: Indicator) -> list[str]:
    """Both sides of a border, that of the borough `name` first."""
    sides = _sides(pair, indicator)
    return sides if pair["higher"] == name else sides[::-1]


def families(pair: dict, name: str, indicator: Indicator) -> str:
    """Those who live on both sides of a border, with both values; the borough `name` comes first."""
    here, there = _sides_from(name, pair, indicator)
    if pair["how"]:
        return f"Families who live on the two banks at {pair['how']}, in {here} and in {there},"
    return f"Families who live along the border of {here} with {there}"


def between_ics(pairs: pd.DataFrame) -> str:
    """How many of the largest differences lie between two ICSs, beside how many of all borders do.

    They are TOP or more: those that share a difference are in together. Where there are no others, all
    borders are said.
    """
    top = pairs[pairs["gap"] >= pairs["gap"].nlargest(TOP).min()]
    crossing, all_crossing = int(top["crosses_ics"].sum()), int(pairs["crosses_ics"].sum())
    if len(pairs) == 1:
        return f"The one border lies {'between two ICSs' if crossing else 'within one ICS'}."
    lie = {0: "none lies", 1: "one lies"}.get(crossing, f"{words.say_number(crossing)} lie")
    if len(top) == len(pairs):
        many = words.say_number(len(pairs))
        every = f"All {many} borders lie" if crossing == len(pairs) else f"Of the {many} borders, {lie}"
        return f"{every} between two ICSs."
    largest = f"Of the {words.say_number(len(top))} largest differences"
    every = words.say_number(all_crossing) if all_crossing else "none"
    return f"{largest}, {lie} between two ICSs; of all {len(pairs)} borders, {every}."


def table(pairs: pd.DataFrame, indicator: Indicator) -> Table:
    """The pairs, the largest difference first, each with whether it is more than chance."""
    rows = _judged(pairs).assign(
        border=pairs["crosses_ics"].map({True: "between two ICSs", False: "within one ICS"})
    )
    measure = words.measure(indicator)
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
    rows = table(pairs, indicator).texts()
    gaps = [say_gap(gap, indicator) for gap in pairs["gap"]]
    return [
        f"{high}; {low}; difference {gap}"
        for high, low, gap in zip(rows["Higher"], rows["Lower"], gaps, strict=True)
    ]


def gap_title(indicator: Indicator) -> str:
    """What a column or legend of differences is called, with the unit where the values have one."""
    in_points = indicator.unit.suffix == "%"
    return "Difference, percentage points" if in_points else "Difference"


def neighbours(pairs: pd.DataFrame, name: str, indicator: Indicator) -> str:
    """The largest difference to a neighbour, in a sentence: rows of geo.places.borders of this borough.

    All neighbours are named that share it.
    """
    first, *others = largest(pairs).to_dict("records")
    if first["gap"] == 0:
        return f"{name} and its neighbours do not differ."
    gap = say_gap(first["gap"], indicator)
    if not others:
        who = families(first, name, indicator)
        return f"{who} face the largest difference that {name} has to a neighbour: {gap}."
    sides = [_sides_from(name, pair, indicator) for pair in (first, *others)]
    own, far = sides[0][0], [there for _, there in sides]
    return (
        f"The largest difference that {own} has to a neighbour is {gap}, to each of "
        f"{words.say_number(len(far))}: {words.list_names(far)}."
    )


def neighbour_table(pairs: pd.DataFrame, name: str, indicator: Indicator) -> Table:
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
