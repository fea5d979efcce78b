"""Differences across borders, in words."""

import pandas as pd

from data_loaders.catalogue import Indicator
from pages.components.text import grammar, units
from pages.components.text.differences import say_gap

TOP = 10


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
    many = len(said) > grammar.MOST_NAMES
    named = f"among them {said[0]}" if many else "; ".join(said)
    count = grammar.say_number(len(said)).capitalize()
    return f"{count} borders share the largest difference between neighbours{among}, {gap}: {named}."


def across_ics(pairs: pd.DataFrame, indicator: Indicator) -> str:
    """How many borders with other ICSs there are, and the largest difference across one of them."""
    found = largest(pairs).to_dict("records")
    gap = say_gap(found[0]["gap"], indicator)
    if len(pairs) == 1:
        gap = gap if found[0]["gap"] else "no difference"
        return f"One border with another ICS can be compared, {_with(found[0], indicator)}: {gap}."
    many = f"Of the {grammar.say_number(len(pairs))} borders with other ICSs"
    if found[0]["gap"] == 0:
        return f"{many}, none has a difference."
    if len(found) > grammar.MOST_NAMES:
        return f"{many}, {grammar.say_number(len(found))} share the largest difference, {gap}."
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
        f"{pair[end]} ({units.say_value(pair[f'value_{end}'], pair[f'note_{end}'], indicator)})"
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
    lie = {0: "none lies", 1: "one lies"}.get(crossing, f"{grammar.say_number(crossing)} lie")
    if len(top) == len(pairs):
        many = grammar.say_number(len(pairs))
        every = f"All {many} borders lie" if crossing == len(pairs) else f"Of the {many} borders, {lie}"
        return f"{every} between two ICSs."
    largest = f"Of the {grammar.say_number(len(top))} largest differences"
    every = grammar.say_number(all_crossing) if all_crossing else "none"
    return f"{largest}, {lie} between two ICSs; of all {len(pairs)} borders, {every}."


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
        f"{grammar.say_number(len(far))}: {grammar.list_names(far)}."
    )
