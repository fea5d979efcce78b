"""Differences across borders, in words."""

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from pages.components import words
from pages.components.lottery_words import say_gap

TOP = 10


def headline(pairs: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> str:
    """The largest difference between neighbours, in one sentence."""
    first = pairs.iloc[0]
    high, low = (
        words.format_value(first[name], indicator, catalogue) for name in ("value_higher", "value_lower")
    )
    if high == low:
        return "Neighbours do not differ."
    where = f"Where {first['higher']} meets {first['lower']}"
    where = (
        f"From {first['higher']} over the river to {first['lower']} ({first['how']})"
        if first["how"]
        else where
    )
    gap = say_gap(first["gap"], indicator, catalogue)
    return f"{where}, {high} becomes {low}: the largest difference between neighbours, {gap}."


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
            "Difference": [say_gap(gap, indicator, catalogue) for gap in pairs["gap"]],
        }
    )
    if pairs["p"].notna().any():
        bounds = zip(pairs["lower_95"], pairs["upper_95"], strict=True)
        table["95% interval"] = [f"{lower:.1f} to {upper:.1f}" for lower, upper in bounds]
        table["More than chance"] = ["yes" if p < 0.05 else "not clear" for p in pairs["p"]]
    ics = pairs["crosses_ics"].map({True: "between two ICSs", False: "within one ICS"})
    return table.assign(Border=ics.where(pairs["how"] == "", ics + ", " + pairs["how"]))
