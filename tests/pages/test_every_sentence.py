"""Every sentence of every figure, period, ICS and set of boundaries, held against the figures.

The checker (tests.checker) reads the tables anew and takes the finished sentence apart; it shares nothing
with what builds it.
Subtitles are checked over the whole product. The rest is checked over the newest period in London and every
ICS (once where two sets of boundaries agree on it), and in each older period for one of them, another one
each time; headlines of London in every period as well; what is dearest for London and one ICS. With
EVERYTHING=1 in the environment nothing is left out.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from geo.boundaries.layouts import Layout
from geo.lottery import gap_to_target
from geo.lottery.compared import compared, has_counts
from geo.lottery.one_period import lottery
from geo.lottery.over_time import by_period, over_time
from geo.measures.funnel import outside
from geo.places.borders import across_borders
from geo.places.ics import overview
from geo.places.latest import latest
from geo.places.reviews import known_of_reviews
from geo.tables.london import LONDON, London, place_table, value_of
from pages.components.borders import text as borders_text
from pages.components.borough import text as borough_text
from pages.components.data.indicator_view import IndicatorView
from pages.components.ics import text as ics_text
from pages.components.lottery import (
    gap_to_target as lottery_gap_to_target,
    text as lottery_text,
    text_over_time,
)
from pages.components.notes import reviews_text
from pages.components.packs import registry
from pages.components.state.view import ALL_LONDON, View
from pages.components.text import ranks, time_series
from tests.builders import EVERYTHING, INDICATOR_IDS
from tests.checker import places, sentences, statistics
from tests.checker.figures import EVENTS, figures
from tests.checker.sentences import Case, objections

pytestmark = pytest.mark.thorough

TODAY = dt.date(2026, 11, 25)
SCOPES = [(vintage, ics) for vintage, names in figures().ics.items() for ics in (None, *names)]
KNOWN = [name for name in INDICATOR_IDS if figures().periods(name)]
COMPARED = [
    name
    for name in KNOWN
    if figures().catalogue[name]["kind"] not in ("total", "change")
    and not figures().catalogue[name]["categories"]
    and any(figures().compared(name, period, figures().boroughs) for period in figures().periods(name))
]


FUNNELS = [
    name
    for name in COMPARED
    if figures().catalogue[name]["kind"] in EVENTS and figures().catalogue[name]["unit"] == "percent"
]
FIRST_OF_ITS_BOROUGHS = {tuple(figures().scope(*place)): place for place in reversed(SCOPES)}.values()


def every_case(name: str) -> Iterator[Case]:
    for period in figures().periods(name):
        for vintage, ics in SCOPES:
            yield Case(name, period, vintage, ics, today=TODAY)


def some_cases(name: str) -> Iterator[Case]:
    """The newest period in each group of boroughs, and each older one in one of them."""
    for number, case in enumerate(every_case(name)):
        age, place = divmod(number, len(SCOPES))
        is_first = SCOPES[place] in FIRST_OF_ITS_BOROUGHS
        if EVERYTHING or (age == 0 and is_first) or place == (age + len(name)) % len(SCOPES):
            yield case


def few_cases(name: str) -> list[Case]:
    """The newest year and the newest quarter, each in London and in one ICS."""
    newest = {figures().periods(name)[0], places.newest(name)}
    cases = [case for case in every_case(name) if case.period in newest]
    if EVERYTHING:
        return cases
    number = KNOWN.index(name)
    vintage = list(figures().vintages)[number % len(figures().vintages)]
    codes = list(figures().ics[vintage])
    return [
        case
        for case in cases
        if (case.vintage, case.ics) in (SCOPES[0], (vintage, codes[number % len(codes)]))
    ]


def picture(case: Case, london: London, layouts: dict[str, Layout]) -> IndicatorView:
    view = View(case.indicator, case.period, case.vintage, ics=case.ics or ALL_LONDON)
    return IndicatorView(view, london, layouts["map"], TODAY)


@pytest.mark.parametrize("name", KNOWN)
def test_what_stands_above_and_beside_a_picture(
    name: str, london: London, layouts: dict[str, Layout]
) -> None:
    found, told = [], set(some_cases(name))
    for case in every_case(name):
        drawn = picture(case, london, layouts)
        found += sentences.subtitle(drawn.subtitle, case)
        if case in told or case.ics is None:
            found += sentences.headline(drawn.headline, case)
        if case in told:
            found += sentences.remarks(drawn.remarks, case)
            found += [f"not remarked: {text}" for text in drawn.beside if text not in drawn.remarks]
        if case in told and case.ics is None:
            for _, row in drawn.rows.iterrows():
                said = ranks.rank_sentence(row, drawn.indicator)
                marked = replace(case, borough=row["area_name"])
                found += objections(said, marked) if said else []
    assert found == []


@pytest.mark.parametrize("name", KNOWN)
def test_how_big_the_lottery_is(name: str, london: London) -> None:
    indicator, found = london.catalogue.indicators[name], []
    for case in some_cases(name):
        measured = lottery(london, name, case.period, case.vintage, case.ics)
        is_lottery = indicator.kind != "total" and not indicator.categories and len(case.compared) > 1
        assert (measured is not None) == is_lottery, case
        if measured is None:
            continue
        found += objections(lottery_text.headline(measured, indicator), case)
        lines = lottery_text.lines(measured, indicator)
        for line in lines:
            found += objections(line.sentence, case)
            if line.field == "gini" and line.value != f"{statistics.gini(list(case.compared.values())):.2f}":
                found.append(f"{case}: Gini {line.value}")
        missing = lottery_text.not_given(measured, indicator)
        found += objections(missing, case) if missing else []
        given = {line.field for line in lines} | set(measured.missing)
        if indicator.can_be_compared and not given >= {"gap", "ratio", "cv", "gini", "theil", "gradient"}:
            found.append(f"{case}: neither given nor said to be missing: {given}")
    assert found == []


@pytest.mark.parametrize("name", FUNNELS)
def test_what_lies_outside_the_funnel(name: str, london: London) -> None:
    found = []
    for case in some_cases(name):
        table = place_table(london, name, case.period, case.vintage)
        everywhere, rows = compared(table, None), compared(table, case.ics)
        if not rows.empty and has_counts(everywhere):
            found += objections(lottery_text.funnel(rows, outside(rows, everywhere)), case)
    assert found == []


@pytest.mark.parametrize("name", COMPARED)
def test_how_the_lottery_has_changed(name: str, london: London) -> None:
    indicator, found = london.catalogue.indicators[name], []
    for case in few_cases(name):
        if len(by_period(london, name, case.vintage, case.ics, case.period)) < 2:
            continue
        told = over_time(london, name, case.vintage, case.ics, case.period)
        notes = [
            *time_series.basis_notes(london, indicator, told.timeline.breaks),
            *time_series.london_note(london, indicator, told.shown.periods),
        ]
        for text in text_over_time.over_time(told, indicator, notes):
            found += objections(text, case)
    assert found == []


@pytest.mark.parametrize("name", COMPARED)
def test_what_changes_at_borders(name: str, london: London) -> None:
    indicator, found = london.catalogue.indicators[name], []
    for case in some_cases(name):
        pairs = across_borders(london, name, case.period, case.vintage, case.ics, crossings=True)
        if pairs.empty:
            continue
        around = figures().ics[case.vintage][case.ics] if case.ics else ""
        found += objections(borders_text.headline(pairs, indicator, around), case)
        found += objections(borders_text.between_ics(pairs), case)
        outer = pairs[pairs["crosses_ics"]]
        if case.ics and len(outer):
            found += objections(borders_text.across_ics(outer, indicator), case)
    assert found == []


@pytest.mark.parametrize("name", COMPARED)
def test_how_a_borough_differs_from_its_neighbours(name: str, london: London) -> None:
    indicator, found = london.catalogue.indicators[name], []
    period = places.newest(name)
    pairs = across_borders(london, name, period, "2022", None, crossings=True)
    for borough in figures().boroughs:
        own = pairs[(pairs["higher"] == borough) | (pairs["lower"] == borough)]
        if not own.empty:
            text = borders_text.neighbours(own, borough, indicator)
            found += objections(text, Case(name, period, "2022", borough=borough))
    assert found == []


@pytest.mark.parametrize(("vintage", "ics"), [(vintage, ics) for vintage, ics in SCOPES if ics])
def test_what_stands_out_of_an_ics(vintage: str, ics: str, london: London) -> None:
    lines = overview(london, vintage, ics)
    name = figures().ics[vintage][ics]
    standing = [*ics_text.standing_of_ics(lines, name), *ics_text.standing_of_boroughs(lines)]
    found = places.standing_of_ics(standing, vintage, ics)
    found += places.beside_london_of_ics(ics_text.beside_london(lines), vintage, ics)
    found += places.gaps_of_ics(ics_text.gaps(lines), vintage, ics)
    found += places.changes_of_ics(ics_text.changes(lines), vintage, ics)
    assert found == []


@pytest.mark.parametrize("vintage", figures().vintages)
def test_what_stands_out_of_a_borough(vintage: str, london: London) -> None:
    lines, found = latest(london, vintage), []
    for borough in figures().boroughs:
        said = borough_text.standing(lines, borough)
        found += places.standing_of_borough(said, borough, vintage)
    assert found == []


@pytest.mark.parametrize("name", COMPARED)
def test_what_it_would_take(name: str, london: London) -> None:
    indicator, found = london.catalogue.indicators[name], []
    for case in some_cases(name):
        table = place_table(london, name, case.period, case.vintage)
        if not gap_to_target.can_be_closed(compared(table, None), indicator):
            continue
        for target in (value_of(table, LONDON), gap_to_target.top_quarter(compared(table, None))):
            rows = gap_to_target.needed(compared(table, case.ics), target, indicator)
            found += places.needed(lottery_gap_to_target.sentence(rows, target, indicator), case, target)
    assert found == []


def test_what_is_known_of_the_five_reviews(london: London) -> None:
    codes = {code: name for name, code in london.borough_codes.items()}
    known = known_of_reviews(london, list(codes))
    rows = reviews_text.table(known, codes, london.catalogue).to_dict("records")
    found = []
    for each, row in zip(known, rows, strict=True):
        name = each.indicator.indicator_id
        for area in {*figures().boroughs, "London", "England"} & set(row):
            found += places.review_cell(row[area], name, area)
        if "By borough" in row:
            assert not any(
                figures().cell(name, period, area).is_known
                for period in figures().periods(name)
                for area in figures().boroughs
            )
            assert row["By borough"] == figures().statuses[figures().catalogue[name]["when_absent"]]["word"]
    assert found == []
    assert [row["Review"] for row in rows] == [each.review.name for each in known]


@pytest.mark.parametrize("name", KNOWN if EVERYTHING else KNOWN[::5])
def test_what_a_screen_reader_says_of_a_picture(name: str) -> None:
    """The text instead of a picture is the kind of picture, its finding, and of what it is."""
    found = []
    for case in few_cases(name)[::2]:
        case = replace(case, today=dt.date.today(), crossings=False)
        view = View(name, case.period, case.vintage, ics=case.ics or ALL_LONDON, borough="Bexley")
        for key in ("map", "ranking", "lottery_by_ics", "lottery_over_time", "borders_map"):
            kind = registry.EXHIBITS[key]
            exhibit = kind.build(view, "light")
            if exhibit is None:
                continue
            whole = f"{kind.alt} {exhibit.title} {exhibit.subtitle}."
            is_whole = exhibit.alt == whole if len(whole) <= 300 else whole.startswith(exhibit.alt[:-1])
            if not is_whole or len(exhibit.alt) > 300:
                found.append(f"{exhibit.key}: {exhibit.alt}")
            check = sentences.headline if key in ("map", "ranking") else objections
            found += check(exhibit.title, case)
    assert found == []
