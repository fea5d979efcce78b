"""What is said of change over time: by hand, and read back by what knows nothing of the builder."""

import dataclasses
import math
import re

import pandas as pd
import pytest

from geo.lottery.over_time import OverTime, Stretch, by_period, over_time
from geo.places.ics import overview
from geo.places.latest import latest
from geo.places.trend import trends
from geo.tables.london import London
from geo.tables.timeline import timeline
from pages.components.borough import all_figures, text as borough_text
from pages.components.frame import filters
from pages.components.ics import text as ics_text
from pages.components.lottery import text_over_time
from pages.components.text import dates, headlines, time_series
from tests.builders import with_dates

ASQ, FUNDED, CENTRES, SCHOOL = (
    "asq3_at_2_to_2_5_years",
    "funded_2yo_pct",
    "designated_centres",
    "gld_2013_2019",
)
# where the basis changes, written down apart from the table
FIRST_OF_A_BASIS = {
    **dict.fromkeys(("designated_centres", "centres_per_10k_0_4"), "2016-08-04"),
    **dict.fromkeys(("funded_2yo_pct", "funded_2yo_n", "funded_3_4yo_pct", "funded_3_4yo_n"), "2024/25"),
}
NUMBERS = {
    word: number
    for number, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)
}


def said(london: London, indicator_id: str, vintage: str = "2022", scope: str | None = None) -> list[str]:
    indicator = london.catalogue.indicators[indicator_id]
    found = over_time(london, indicator_id, vintage, scope)
    notes = time_series.basis_notes(london, indicator, found.timeline.breaks)
    return text_over_time.over_time(found, indicator, notes)


def made(
    london: London,
    gaps: tuple[float, float],
    cv: tuple[float, float] = (math.nan, math.nan),
    error: float = math.nan,
) -> list[str]:
    """What is said of two gaps of 32 boroughs."""
    rows = pd.DataFrame(
        {
            "period": ["2022", "2024"],
            "largest": gaps,
            "smallest": 0.0,
            "gap": gaps,
            "cv": cv,
            "gap_error": error,
        }
    )
    stretch = Stretch(rows, tuple(f"Borough {number}" for number in range(32)), ())
    found = OverTime(timeline(london, "gld_2022_on"), (stretch,), 24, 33, ())
    indicator = london.catalogue.indicators["gld_2022_on"]
    return text_over_time.over_time(found, indicator)


@pytest.mark.parametrize(
    ("gaps", "error", "sentence"),
    [
        (
            (28.7, 11.0),
            math.nan,
            "the gap has narrowed from 28.7 percentage points (summer 2022) to 11.0 percentage points "
            "(summer 2024).",
        ),
        ((10.0, 11.0), math.nan, "the gap has grown from 10.0 percentage points (summer 2022)"),
        ((10.0, 10.2), math.nan, "the gap has grown from 10.0 percentage points (summer 2022)"),
        (
            (10.0, 10.1),
            math.nan,
            "the gap is about the same: 10.0 percentage points (summer 2022) and 10.1 percentage points "
            "(summer 2024), no further apart than rounding may put them.",
        ),
        (
            (11.01, 11.0),
            math.nan,
            "the gap is what it was: 11.0 percentage points (summer 2022 and summer 2024).",
        ),
        # 1.96 x sqrt(2) x 1 is 2.8
        ((10.0, 12.7), 1.0, "the gap is about the same: 10.0 percentage points"),
        ((10.0, 12.8), 1.0, "the gap has grown from 10.0 percentage points"),
    ],
)
def test_the_gap_over_time_is_said_in_a_sentence(
    gaps: tuple[float, float], error: float, sentence: str, london: London
) -> None:
    first, *others = made(london, gaps, error=error)
    assert first.startswith(f"Between the same 32 boroughs {sentence}")
    assert others == []


@pytest.mark.parametrize(
    ("spread", "ending"),
    [
        ((0.051, 0.032), "and 3% (summer 2024)."),
        ((0.051, 0.044), "and about the same, 4% (summer 2024)."),
    ],
)
def test_the_typical_distance_over_time_is_said_too(
    spread: tuple[float, float], ending: str, london: London
) -> None:
    _, typical = made(london, (10.0, 12.0), cv=spread)
    assert typical == (
        "Their typical distance from the value of all of them together was 5% of it (summer 2022) " + ending
    )


def test_who_is_compared_and_who_is_not_is_said(london: London) -> None:
    assert said(london, ASQ) == [
        "Between the same 22 boroughs the gap has grown from 27.9 percentage points (2018/19, year ending "
        "March 2019) to 40.3 percentage points (2023/24, year ending March 2024).",
        "Ten lack a figure to compare in one of the two periods or both and are left out: Bromley, Enfield, "
        "Haringey, Havering, Hillingdon, Hounslow, Lambeth, Redbridge, Richmond upon Thames and Wandsworth.",
        "Fewer than 24 of the 33 boroughs have a figure to compare in 2015/16, 2016/17 and 2017/18, which "
        "are not compared.",
    ]


def test_nothing_is_compared_across_a_change_of_basis_and_why_is_said(london: London) -> None:
    first, *_, why = said(london, FUNDED)
    assert first == (
        "Between the same 32 boroughs the gap has narrowed from 64.0 percentage points (school year 2017/18) "
        "to 41.2 percentage points (school year 2023/24)."
    )
    assert why == (
        "From 2024/25 on the figures are affected by the expanded entitlements for working parents, so they "
        "are not compared with the years before."
    )
    # no 2010 in the picture, no word of it
    assert not any("2010" in text for text in said(london, "centres_per_10k_0_4"))


def test_how_far_apart_totals_are_is_no_comparison_at_any_time(london: London) -> None:
    for total in (CENTRES, "change_designated_since_2010"):
        assert said(london, total) == [headlines.why_nothing_to_compare(london.catalogue.indicators[total])]


def test_each_basis_with_one_period_is_not_compared(london: London) -> None:
    table = london.observations
    kept = (table["indicator_id"] != FUNDED) | table["period"].isin(["2023/24", "2024/25"])
    two = dataclasses.replace(
        london, observations=table[kept], periods=london.periods | {FUNDED: ["2024/25", "2023/24"]}
    )
    first, why = said(two, FUNDED)
    assert (
        first == "How far apart the boroughs are is not compared over time: each basis has one period only."
    )
    assert why.startswith("From 2024/25 on the figures are affected")


def test_a_change_across_two_counts_says_so_with_its_value(london: London) -> None:
    change = london.catalogue.indicators["change_designated_since_2010"]
    assert time_series.across(london, change) == [
        "Worked out here from two different counts: Hansard's for 2010 and the register's since, so a part "
        "of a change may be the counting."
    ]
    assert time_series.across(london, london.catalogue.indicators[CENTRES]) == []


def test_the_period_before_is_not_said_across_a_change_of_basis(london: London) -> None:
    lines = {line.indicator.indicator_id: line for line in latest(london, "2022")}
    cell = borough_text.over_time(lines[FUNDED], "E09000025", trends(london, FUNDED))
    assert cell == "not compared: new entitlements from here"
    (why,) = all_figures.divided([lines[FUNDED]])
    assert why.startswith("From 2024/25 on the figures are affected by the expanded entitlements")


def test_the_measures_of_each_period_are_a_table_with_the_latest_first(london: London) -> None:
    periods = by_period(london, SCHOOL, "2022", None)
    table = text_over_time.by_period(periods, london.catalogue.indicators[SCHOOL]).texts()
    assert list(table["Period"])[::6] == ["summer 2019", "summer 2013"]
    newest = table.set_index("Period").loc["summer 2019"]
    assert (newest["Lowest"], newest["Highest"], newest["Gap"], newest["Boroughs"]) == (
        "69.6%",
        "80.6%",
        "11.0 percentage points",
        "32",
    )
    assert (newest["Coefficient of variation"], newest["Gini coefficient"]) == ("4%", "0.02")
    assert newest["More than chance (I²)"] == "92%"
    # without counts there is no such column, and with the same boroughs each time no second gap
    assert "Gap between the boroughs that are compared" not in table
    plain = by_period(london, "gld_2022_on", "2022", None)
    bare = text_over_time.by_period(plain, london.catalogue.indicators["gld_2022_on"]).texts()
    assert "Coefficient of variation" not in bare
    assert "Gini coefficient" in bare


def test_the_table_tells_boroughs_and_bases_apart(london: London) -> None:
    periods = by_period(london, ASQ, "2022", None)
    table = text_over_time.by_period(periods, london.catalogue.indicators[ASQ]).texts()
    found = table.set_index("Period")[["Boroughs", "Gap", "Gap between the boroughs that are compared"]]
    assert list(found.loc["2018/19, year ending March 2019"]) == [
        "26",
        "31.6 percentage points",
        "27.9 percentage points",
    ]
    assert list(found.loc["2016/17, year ending March 2017"]) == ["19", "79.9 percentage points", "not given"]
    funded = text_over_time.by_period(
        by_period(london, FUNDED, "2022", None), london.catalogue.indicators[FUNDED]
    ).texts()
    assert list(funded["Period"])[:2] == [
        "school year 2024/25 (new entitlements from here)",
        "school year 2023/24",
    ]


SENTENCE = re.compile(
    r"Between the same (?P<count>\w+) boroughs the gap (?:"
    r"has (?P<way>grown|narrowed) from (?P<then>.+?) \((?P<since>.+?)\) to (?P<now>.+?) \((?P<until>.+?)\)\.|"
    r"is about the same: (?P<then2>.+?) \((?P<since2>.+?)\) and (?P<now2>.+?) \((?P<until2>.+?)\), .+\.|"
    r"is what it was: (?P<both>.+?) \((?P<since3>.+?) and (?P<until3>.+?)\)\.)"
)
LEFT_OUT = re.compile(
    r"(\w+) lacks? a figure to compare in one of the two periods or both and (?:is|are) left out: (.+)\."
)


def number(text: str) -> float:
    """The number in a gap: "27.9 percentage points", "£1,234"."""
    return float(re.sub(r"[^\d.]", "", text.split(" ")[0]))


def count_of(text: str) -> int:
    text = text.lower()
    return NUMBERS[text] if text in NUMBERS else {"one": 1, "no": 0}.get(text) or int(text)


def kind(period: str) -> str:
    return re.sub(r"\d", "9", period)


def same_side(indicator_id: str, one: str, other: str) -> bool:
    first = FIRST_OF_A_BASIS.get(indicator_id, "0")
    return (one >= first) == (other >= first) and kind(one) == kind(other)


def scopes(london: London) -> list[tuple[str, str | None]]:
    return [(vintage, scope) for vintage, names in london.ics_names.items() for scope in (None, *names)]


@pytest.mark.thorough
def test_no_sentence_compares_unlike_boroughs_or_bases(london: London) -> None:
    """Of every indicator, ICS and set of boundaries: the figures are looked up anew in the table."""
    compared = 0
    for indicator in london.catalogue.indicators.values():
        table = london.observations[london.observations["indicator_id"] == indicator.indicator_id]
        if indicator.categories or table.empty:
            continue
        periods = {dates.say_period(period, indicator): period for period in table["period"].unique()}
        boroughs = table[(table["area_type"] == "borough") & ~table["small"]]
        values = boroughs.pivot(index="period", columns="area_name", values="value")
        for vintage, scope in scopes(london):
            first, *others = said(london, indicator.indicator_id, vintage, scope)
            match = SENTENCE.match(first)
            if match is None:
                assert indicator.can_be_compared == ("is not compared over time" in first), first
                continue
            compared += 1
            parts = match.groupdict()
            since, until = (
                periods[next(parts[name] for name in (key, f"{key}2", f"{key}3") if parts[name])]
                for key in ("since", "until")
            )
            assert same_side(indicator.indicator_id, since, until), first
            members = london.footprints[london.footprints["vintage"] == vintage]
            inside = members if scope is None else members[members["ics_code"] == scope]
            names = london.areas.set_index("area_code").loc[inside["area_code"], "area_name"]
            own = values[[name for name in names if name in values]]
            assert 33 * own.loc[[since, until]].notna().sum(axis=1).min() >= 24 * len(inside)
            alike = own.loc[[since, until]].dropna(axis="columns")
            assert count_of(parts["count"]) == alike.shape[1], first
            missing = set(own) - set(alike)
            left_out = next((found for text in others if (found := LEFT_OUT.match(text))), None)
            listed = (
                set(re.split(r"; |, | and (?!Dagenham|Fulham|Chelsea)", left_out[2])) if left_out else set()
            )
            assert listed == missing, others
            assert left_out is None or count_of(left_out[1]) == len(missing)
            gaps = alike.max(axis=1).round(indicator.decimals) - alike.min(axis=1).round(indicator.decimals)
            then = parts["then"] or parts["then2"] or parts["both"]
            now = parts["now"] or parts["now2"] or parts["both"]
            assert number(then) == pytest.approx(gaps[since], abs=1e-6), first
            assert number(now) == pytest.approx(gaps[until], abs=1e-6), first
            if parts["way"]:
                assert parts["way"] == ("grown" if gaps[until] > gaps[since] else "narrowed"), first
    assert compared > 80


def test_no_borough_is_compared_with_itself_on_another_basis(london: London) -> None:
    for vintage, names in london.ics_names.items():
        for line in latest(london, vintage):
            name = line.indicator.indicator_id
            if line.period_before:
                assert same_side(name, line.period_before, line.period), name
            tested = trends(london, name)
            assert all(same_side(name, row["since"], row["until"]) for _, row in tested.iterrows())
        for scope in names:
            lines = overview(london, vintage, scope)
            changes = ics_text.changes(lines)
            labels = {line.indicator.short_label: line.indicator for line in lines}
            for text in changes:
                found = re.match(r"\*\*(.+)\*\*: .+ went from .+ \((.+)\) to .+ \((.+)\)\.", text)
                assert found, text
                indicator = labels[found[1]]
                ends = [
                    next(
                        period
                        for period in london.periods[indicator.indicator_id]
                        if end in (period, dates.say_period(period, indicator))
                    )
                    for end in found.groups()[1:]
                ]
                assert same_side(indicator.indicator_id, *ends), text


def test_183_dates_are_chosen_by_their_year_and_each_can_be_reached(london: London) -> None:
    many = with_dates(london, CENTRES, 183).periods[CENTRES]
    years = filters.by_year(many)
    assert list(years) == [
        "2026",
        "2025",
        "2024",
        "2023",
        "2022",
        "2021",
        "2020",
        "2019",
        "2018",
        "2017",
        "2016",
        "2010",
    ]
    assert [period for own in years.values() for period in own] == many
    assert all(own == sorted(own, reverse=True) and len(own) <= 24 for own in years.values())
