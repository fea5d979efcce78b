"""One borough in words: its standing, its course, and whom to learn from."""

from collections.abc import Sequence

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.places.borough import Claim, claims
from geo.places.latest import Latest
from pages.components.text import cells, dates, grammar, units, wholes

SIDES = {"ahead": "Ahead", "behind": "Behind"}
NEUTRAL = ("high", "low")
# a place ahead has the high end where higher is better, and the low one where lower is
_UPWARDS = {"ahead": 1, "behind": -1, "high": 1, "low": -1}


def standing(lines: Sequence[Latest], name: str) -> list[str]:
    """What stands out of a borough, upwards and downwards by the same rule: a sentence a figure.

    Each has the value, the numbers behind it where they are published, and which rule it stands out by.
    """
    return [_say_claim(claim, name) for claim in claims(lines, name)]


def why_nothing(lines: Sequence[Latest], name: str) -> str:
    """Why nothing stands out of a borough of which that is so, in a sentence."""
    # a total compares everybody, and is never what stands out
    is_compared = any(
        name in set(line.compared["area_name"]) for line in lines if not line.indicator.is_total
    )
    if is_compared:
        return "It stands out in no figure."
    return "It has very few children, so that none of its figures counts as standing out."


def _say_claim(claim: Claim, name: str) -> str:
    line = claim.latest
    here = line.rows[name]
    value = units.say_value(here["value"], here["note"], line.indicator)
    counted = _say_counts(here, line.indicator)
    end = claim.extreme
    if claim.sharing:
        end = f"London's {end} together with {grammar.list_names(claim.sharing)}"
    elif end:
        end = f"London's {end}"
    figure = cells.heading(line)
    figure = f"**{figure}**" if claim.side in NEUTRAL else f"**{SIDES[claim.side]}** · {figure}"
    parts = [f"{figure}: {value}{counted}", end, _say_rule(claim, name)]
    return ", ".join(filter(None, parts)) + "."


def _say_counts(here: dict, indicator: Indicator) -> str:
    """The numbers behind a value: " (1,240 of 1,900 children)"; empty where they are not published."""
    counted, of = here["numerator"], here["denominator"]
    if pd.isna(counted) or pd.isna(of) or not indicator.unit.counted:
        return ""
    if indicator.unit.counted == "children":
        return f" ({counted:,.0f} of {of:,.0f} children)"
    return f" ({counted:,.0f} {grammar.fill_forms(indicator.one_more, counted)} for {of:,.0f} children)"


def _say_rule(claim: Claim, name: str) -> str:
    line = claim.latest
    if claim.by_interval:
        londons = units.say_value(line.london, line.london_note, line.indicator)
        interval = units.say_interval(
            line.rows[name]["lower_95"], line.rows[name]["upper_95"], line.indicator
        )
        way = "better" if claim.side == "ahead" else "worse"
        london = wholes.name_of_london(line.table, line.indicator)
        is_whole = london.endswith(" as a whole")
        than = f"London's {londons}" if is_whole else f"the {londons} of {london}"
        return f"clearly {way} than {than} (95% interval {interval})"
    upwards = _UPWARDS[claim.side] * (1 if claim.side in NEUTRAL else line.indicator.direction)
    quarter = "highest" if upwards > 0 else "lowest"
    neutral = "; that speaks neither for nor against the borough" if claim.side in NEUTRAL else ""
    return f"in the {quarter} quarter of {claim.of} boroughs{neutral}"


def over_time(line: Latest, code: str, trend: pd.DataFrame) -> str:
    """The value of the period before, or why it is not compared, and what geo.places.trend.trends says."""
    known = line.before[line.before.index == code]
    parts = [
        f"{value} ({dates.short_period(line.period_before)})"
        for value in units.say_values(known["value"], known["note"], line.indicator)
        if value
    ]
    if line.divided:
        parts.append(f"not compared: {line.divided.word}")
    if code in trend.index:
        parts.append(say_trend(trend.loc[code], line.indicator))
    return "; ".join(parts)


def say_trend(trend: pd.Series, indicator: Indicator) -> str:
    """What the five-point test finds: "getting better since 2015", "no clear change since 2015"."""
    if trend["direction"] == 0:
        return f"no clear change since {trend['since']}"
    way = "rising" if trend["direction"] > 0 else "falling"
    good = int(trend["direction"]) * indicator.direction
    verdict = {1: ", getting better,", -1: ", getting worse,", 0: ""}[good]
    return f"{way}{verdict} since {trend['since']}"


def learning(found: pd.DataFrame) -> pd.DataFrame:
    """geo.places.borough.by_enabler as a table for the page, a row an enabler."""
    said = found.assign(
        case=[
            f"{box}. {title} ({grammar.join_names(boroughs)})"
            for box, title, boroughs in zip(found["box"], found["title"], found["boroughs"], strict=True)
        ]
    )
    table = said.groupby("enabler", sort=False)["case"].agg("; ".join).reset_index()
    return table.set_axis(["What helps (enabler)", "Case studies to read"], axis="columns")


def doing_better(better: dict[str, list[str]]) -> list[str]:
    """Which case-study boroughs do better in what (borough.doing_better), a line for each figure."""
    return [f"**{label}**: {grammar.list_names(names)}" for label, names in better.items()]
