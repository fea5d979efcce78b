"""Differences across borders, in words."""

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from pages.components import words
from pages.components.difference_words import say_difference

TOP = 10


def headline(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> str:
    """The largest difference between neighbours, in one sentence."""
    first = pairs.iloc[0]
    if same(first, indicator, catalogue):
        return "Neighbours do not differ."
    gap = say_difference(first["value_higher"], first["value_lower"], indicator, catalogue)
    who = families(first, first["higher"], indicator, catalogue)
    return f"{who} face the largest difference between neighbours: {gap}."


def families(pair: pd.Series, name: str, indicator: Indicator, catalogue: Catalogue) -> str:
    """Those who live on both sides of a border, with both values; the borough `name` comes first."""
    sides = [
        f"{pair[end]} ({words.format_value(pair[f'value_{end}'], indicator, catalogue)})"
        for end in ("higher", "lower")
    ]
    here, there = sides if pair["higher"] == name else sides[::-1]
    if pair["how"]:
        return f"Families who live on the two banks at {pair['how']}, in {here} and in {there},"
    return f"Families who live along the border of {here} with {there}"


def same(pair: pd.Series, indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether both sides read the same."""
    values = (pair["value_higher"], pair["value_lower"])
    return len({words.format_value(value, indicator, catalogue) for value in values}) == 1


def between_ics(pairs: pd.DataFrame) -> str:
    """How many of the largest differences lie between two ICSs, beside how many of all borders do."""
    top = pairs.head(TOP)
    crossing, all_crossing = int(top["crosses_ics"].sum()), int(pairs["crosses_ics"].sum())
    if len(pairs) == 1:
        return f"The one border lies {'between two ICSs' if crossing else 'within one ICS'}."
    lie = {0: "none lies", 1: "one lies"}.get(crossing, f"{words.say_number(crossing)} lie")
    largest = f"Of the {words.say_number(len(top))} largest differences"
    return f"{largest}, {lie} between two ICSs; of all {len(pairs)} borders, {all_crossing}."


def listed(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """The pairs as a table for the page."""

    def say(values: pd.Series) -> list[str]:
        return [words.format_value(value, indicator, catalogue) for value in values]

    table = pd.DataFrame(
        {
            "Higher": pairs["higher"] + ": " + say(pairs["value_higher"]),
            "Lower": pairs["lower"] + ": " + say(pairs["value_lower"]),
            gap_title(indicator, catalogue): short_gaps(pairs, indicator, catalogue),
        }
    )
    if pairs["p"].notna().any():
        bounds = zip(pairs["lower_95"], pairs["upper_95"], strict=True)
        table["95% interval"] = [f"{lower:.1f} to {upper:.1f}".replace("-", "−") for lower, upper in bounds]
        table["More than chance (adjusted p)"] = [say_p(p) for p in pairs["p"]]
    ics = pairs["crosses_ics"].map({True: "between two ICSs", False: "within one ICS"})
    return table.assign(Border=ics.where(pairs["how"] == "", ics + ", " + pairs["how"]))


def spoken(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """Each pair with both values and their difference, for a tooltip and a screen reader."""
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
    verdict = "yes" if p < 0.05 else "not clear"
    if p < 0.001:
        return f"{verdict} (under 0.001)"
    return f"{verdict} ({p:.3f})" if p < 0.1 else f"{verdict} ({p:.2f})"


def _gaps(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    sides = zip(pairs["value_higher"], pairs["value_lower"], strict=True)
    return [say_difference(high, low, indicator, catalogue) for high, low in sides]
