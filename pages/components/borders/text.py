"""Differences across borders, in words."""

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.places.borders import ALPHA
from pages.components.text import words
from pages.components.text.differences import say_gap

TOP = 10
INTERVAL, VERDICT = "Interval (adjusted)", "More than chance (adjusted p)"
ONE_TEST = (
    "The interval and the verdict beside it are one test. It is adjusted (after Holm) for all of London's "
    "borders and river crossings, whichever of them are shown: the interval leaves out 0 exactly where the "
    "difference is more than chance."
)


def headline(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> str:
    """The largest difference between neighbours, in one sentence; all borders are named that share it."""
    first, *others = largest(pairs).to_dict("records")
    if first["gap"] == 0:
        return "Neighbours do not differ."
    gap = say_gap(first["gap"], indicator, catalogue)
    if not others:
        who = families(first, first["higher"], indicator, catalogue)
        return f"{who} face the largest difference between neighbours: {gap}."
    said = [_with(pair, indicator, catalogue) for pair in (first, *others)]
    many = len(said) > words.MOST_NAMES
    named = f"among them {said[0]}" if many else "; ".join(said)
    count = words.say_number(len(said)).capitalize()
    return f"{count} borders share the largest difference between neighbours, {gap}: {named}."


def largest(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs, of which there is one at least, that share the largest difference as it is shown."""
    return pairs[pairs["gap"] == pairs["gap"].max()]


def _with(pair: dict, indicator: Indicator, catalogue: Catalogue) -> str:
    """Both sides of a border with their values, and the bridge or tunnel between them."""
    higher, lower = _sides(pair, indicator, catalogue)
    return f"{higher} with {lower}{', at ' + pair['how'] if pair['how'] else ''}"


def _sides(pair: dict, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    return [
        f"{pair[end]} ({words.say_value(pair[f'value_{end}'], pair[f'note_{end}'], indicator, catalogue)})"
        for end in ("higher", "lower")
    ]


def families(pair: dict, name: str, indicator: Indicator, catalogue: Catalogue) -> str:
    """Those who live on both sides of a border, with both values; the borough `name` comes first."""
    sides = _sides(pair, indicator, catalogue)
    here, there = sides if pair["higher"] == name else sides[::-1]
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
    return f"{largest}, {lie} between two ICSs; of all {len(pairs)} borders, {all_crossing}."


def listed(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """The pairs as a table for the page."""

    def say(end: str) -> list[str]:
        return words.say_values(pairs[f"value_{end}"], pairs[f"note_{end}"], indicator, catalogue)

    table = pd.DataFrame(
        {
            "Higher": pairs["higher"] + ": " + say("higher"),
            "Lower": pairs["lower"] + ": " + say("lower"),
            gap_title(indicator, catalogue): short_gaps(pairs, indicator, catalogue),
        }
    )
    if pairs["p"].notna().any():
        bounds = zip(pairs["interval_from"], pairs["interval_to"], strict=True)
        table[INTERVAL] = [f"{_bound(lower)} to {_bound(upper)}" for lower, upper in bounds]
        table[VERDICT] = [say_p(p) for p in pairs["p"]]
    ics = pairs["crosses_ics"].map({True: "between two ICSs", False: "within one ICS"})
    return table.assign(Border=ics.where(pairs["how"] == "", ics + ", " + pairs["how"]))


def told(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """Each pair with both values and their difference, for a tooltip."""
    rows = listed(pairs, indicator, catalogue)
    gaps = _gaps(pairs, indicator, catalogue)
    return [
        f"{high}; {low}; difference {gap}"
        for high, low, gap in zip(rows["Higher"], rows["Lower"], gaps, strict=True)
    ]


def gap_title(indicator: Indicator, catalogue: Catalogue) -> str:
    """What a column or legend of differences is called, with the unit where the values have one."""
    in_points = catalogue.units[indicator.unit].suffix == "%"
    return "Difference, percentage points" if in_points else "Difference"


def short_gaps(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """Differences under gap_title(), which has their unit: in every line it would break it in two."""
    return [gap.split(" percentage")[0] for gap in _gaps(pairs, indicator, catalogue)]


def say_p(p: float) -> str:
    """Whether a difference is more than chance, with its adjusted p: "yes (0.004)", "not clear (0.21)"."""
    verdict = "yes" if p < ALPHA else "not clear"
    if p < 0.001:
        return f"{verdict} (under 0.001)"
    return f"{verdict} ({p:.3f})" if p < 0.1 else f"{verdict} ({p:.2f})"


def _bound(bound: float) -> str:
    """An end of an interval in points, with further decimals where one would make it look like 0."""
    decimals = next((n for n in (1, 2, 3) if round(bound, n) != 0), 4)
    return f"{bound:.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def _gaps(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    return [say_gap(gap, indicator, catalogue) for gap in pairs["gap"]]


def neighbours(pairs: pd.DataFrame, name: str, indicator: Indicator, catalogue: Catalogue) -> str:
    """The largest difference to a neighbour, in a sentence: rows of geo.places.borders of this borough.

    All neighbours are named that share it.
    """
    first, *others = largest(pairs).to_dict("records")
    if first["gap"] == 0:
        return f"{name} and its neighbours do not differ."
    gap = say_gap(first["gap"], indicator, catalogue)
    if not others:
        who = families(first, name, indicator, catalogue)
        return f"{who} face the largest difference that {name} has to a neighbour: {gap}."
    far = [
        f"{pair[end]} ({words.say_value(pair[f'value_{end}'], pair[f'note_{end}'], indicator, catalogue)})"
        for pair in (first, *others)
        for end in ("higher", "lower")
        if pair[end] != name
    ]
    end = "higher" if first["higher"] == name else "lower"
    own = words.say_value(first[f"value_{end}"], first[f"note_{end}"], indicator, catalogue)
    return (
        f"The largest difference that {name} ({own}) has to a neighbour is {gap}, to each of "
        f"{words.say_number(len(far))}: {words.list_names(far)}."
    )


def neighbour_table(
    pairs: pd.DataFrame, name: str, indicator: Indicator, catalogue: Catalogue
) -> pd.DataFrame:
    """The neighbours, those with the largest difference first, as a table for the page."""
    is_higher = pairs["higher"] == name
    other = pairs["lower"].where(is_higher, pairs["higher"])
    value, note = (
        pairs[f"{part}_lower"].where(is_higher, pairs[f"{part}_higher"]) for part in ("value", "note")
    )
    gaps = short_gaps(pairs, indicator, catalogue)
    table = pd.DataFrame(
        {
            "Neighbour": other,
            "Value": words.say_values(value, note, indicator, catalogue),
            gap_title(indicator, catalogue): [
                f"{gap} {'lower' if higher else 'higher'}" if amount else "none"
                for gap, higher, amount in zip(gaps, is_higher, pairs["gap"], strict=True)
            ],
        }
    )
    if pairs["p"].notna().any():
        table[VERDICT] = [say_p(p) for p in pairs["p"]]
    table["ICS"] = pairs["crosses_ics"].map({True: "another", False: "the same"})
    if (pairs["how"] != "").any():
        table["Over the river by"] = pairs["how"]
    return table
