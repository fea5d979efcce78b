"""One borough in words: its standing, its course, its neighbours, and whom to learn from."""

from collections.abc import Sequence

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.latest import Latest
from pages.components import words
from pages.components.borders_words import families, gap_title, same, say_p, short_gaps
from pages.components.difference_words import say_difference

NOT_TESTED = "not tested"


def standing(lines: Sequence[Latest], behind: Sequence[Latest], name: str, catalogue: Catalogue) -> list[str]:
    """Where the borough is first or last in London, clearly better than it, and behind."""
    said = []
    better = []
    for line in lines:
        here = line.rows[name]
        if line.indicator.polarity == "neither" or line.is_doubtful:
            continue
        better += [line] if here["comparison"] == "better" else []
        for is_end, end in (
            (here["rank_london"] == 1, "highest"),
            (here["rank_london"] == here["of_london"], "lowest"),
        ):
            if is_end:
                has = "shares" if here["tied_london"] else "has"
                value = words.format_value(here["value"], line.indicator, catalogue)
                said.append(f"{name} {has} London's {end} figure for {_figure(line)}: {value}.")
    if better:
        said.append(f"It is clearly better than London in {words.join_all([_figure(i) for i in better])}.")
    if behind:
        said.append(
            "It is behind (clearly worse than London, or in the worst quarter) in "
            f"{words.join_all([_figure(i) for i in behind])}."
        )
    return said


def over_time(line: Latest, code: str, trend: pd.DataFrame, catalogue: Catalogue) -> str:
    """The value of the period before, and what the five-point test (geo.trend.trends) says."""
    before = line.before.get(code, float("nan"))
    value = words.format_value(before, line.indicator, catalogue)
    parts = [f"{value} ({words.short_period(line.period_before)})"] if value else []
    if code in trend.index:
        parts.append(say_trend(trend.loc[code], line.indicator))
    return "; ".join(parts)


def say_trend(trend: pd.Series, indicator: Indicator) -> str:
    """What the five-point test finds: "getting better since 2015", "no clear change since 2015"."""
    if trend["direction"] == 0:
        return f"no clear change since {trend['since']}"
    way = "rising" if trend["direction"] > 0 else "falling"
    good = {"higher_is_better": 1, "lower_is_better": -1, "neither": 0}[indicator.polarity]
    verdict = {1: ", getting better,", -1: ", getting worse,", 0: ""}[int(trend["direction"]) * good]
    return f"{way}{verdict} since {trend['since']}"


def neighbours(pairs: pd.DataFrame, name: str, indicator: Indicator, catalogue: Catalogue) -> str:
    """The largest difference to a neighbour, in a sentence: rows of geo.borders of this borough."""
    first = pairs.iloc[0]
    if same(first, indicator, catalogue):
        return f"{name} and its neighbours do not differ."
    gap = say_difference(first["value_higher"], first["value_lower"], indicator, catalogue)
    who = families(first, name, indicator, catalogue)
    return f"{who} face the largest difference that {name} has to a neighbour: {gap}."


def neighbour_table(
    pairs: pd.DataFrame, name: str, indicator: Indicator, catalogue: Catalogue
) -> pd.DataFrame:
    """The neighbours, those with the largest difference first, as a table for the page."""
    is_higher = pairs["higher"] == name
    other = pairs["lower"].where(is_higher, pairs["higher"])
    value = pairs["value_lower"].where(is_higher, pairs["value_higher"])
    gaps = short_gaps(pairs, indicator, catalogue)
    table = pd.DataFrame(
        {
            "Neighbour": other,
            "Value": [words.format_value(v, indicator, catalogue) for v in value],
            gap_title(indicator, catalogue): [
                f"{gap} {'lower' if higher else 'higher'}" if amount else "none"
                for gap, higher, amount in zip(gaps, is_higher, pairs["gap"], strict=True)
            ],
        }
    )
    if pairs["p"].notna().any():
        table["More than chance (adjusted p)"] = [say_p(p) for p in pairs["p"]]
    table["ICS"] = pairs["crosses_ics"].map({True: "another", False: "the same"})
    if (pairs["how"] != "").any():
        table["Over the river by"] = pairs["how"]
    return table


def learning(found: pd.DataFrame) -> pd.DataFrame:
    """geo.profile.by_enabler as a table for the page, a row an enabler."""
    said = found.assign(
        case=[
            f"{box}. {title} ({words.join_names(boroughs)})"
            for box, title, boroughs in zip(found["box"], found["title"], found["boroughs"], strict=True)
        ]
    )
    table = said.groupby("enabler", sort=False)["case"].agg("; ".join).reset_index()
    return table.set_axis(["What helps (enabler)", "Case studies to read"], axis="columns")


def doing_better(better: dict[str, list[str]]) -> list[str]:
    """Which case-study boroughs do better in what (geo.profile.doing_better), a line for each figure."""
    return [f"**{label}**: {words.list_names(names)}" for label, names in better.items()]


def _figure(line: Latest) -> str:
    return f"{line.indicator.short_label} ({words.short_period(line.period)})"
