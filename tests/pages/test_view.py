"""A link brings back what was looked at, and says what of it could not be followed."""

import datetime as dt
import string
from dataclasses import fields, replace
from itertools import pairwise
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, strategies as st

from geo.tables.london import London
from pages.components.state.reader import MOST_COMPARED
from pages.components.state.view import (
    ALL_LONDON,
    LAYOUTS,
    SITES,
    TARGETS,
    YES_OR_NO,
    View,
    as_reported,
    class_methods,
)
from pages.components.text import vintages

# of a sentence on a link without what it quotes of it
LONGEST_SENTENCE = 140
DEFAULT = View(indicator="centres_per_10k_0_4", period="2026-08-19", vintage="2026")
# what a link that names no boundaries means: all such links were made for the first set
OLD = replace(DEFAULT, vintage="2022")


def draw_view(data: st.DataObject, london: London) -> View:
    """Any view that the controls can lead to."""
    shown = [name for name, entry in london.catalogue.indicators.items() if entry.shown]
    indicator = data.draw(st.sampled_from(shown))
    vintage = data.draw(st.sampled_from(list(london.vintages)))
    instrument = data.draw(st.sampled_from(list(london.instruments.values())))
    view = View(
        indicator=indicator,
        period=data.draw(st.sampled_from(london.periods[indicator])),
        ics=data.draw(st.sampled_from([ALL_LONDON, *london.ics_names[vintage]])),
        vintage=vintage,
        layout=data.draw(st.sampled_from(list(LAYOUTS))),
        borough=data.draw(st.sampled_from(["", *london.borough_codes])),
        compare=",".join(
            data.draw(
                st.lists(st.sampled_from(list(london.borough_codes)), unique=True, max_size=MOST_COMPARED)
            )
        ),
        crossings=data.draw(st.sampled_from(YES_OR_NO)),
        instrument=instrument.instrument,
        item=data.draw(st.sampled_from(["", *(item.item_id for item in instrument.items)])),
        wave=data.draw(st.sampled_from(["", "2026", "2031"])),
        demo=data.draw(st.sampled_from(YES_OR_NO)),
        against=data.draw(st.sampled_from([i.indicator_id for i in london.by_borough])),
        day=data.draw(st.sampled_from(["", "2016-12-15", "2026-08-19"])),
        since=data.draw(st.sampled_from(["", "2016-08-04", "2016-12-15"])),
        sites=data.draw(st.sampled_from(SITES)),
        target=data.draw(st.sampled_from(TARGETS) | st.integers(0, 500).map(lambda n: f"{n / 100:g}")),
    )
    methods = list(class_methods(view, london))
    return View(**{**vars(view), "classes": data.draw(st.sampled_from(methods))})


@given(data=st.data())
def test_a_link_brings_back_its_view(london: London, data: st.DataObject) -> None:
    view = draw_view(data, london)
    assert View.from_params(view.to_params(), london) == (view, [])
    assert View.from_params(dict(parse_qsl(view.query().removeprefix("?"))), london) == (view, [])


@given(data=st.data())
def test_capitals_in_a_link_do_not_matter(london: London, data: st.DataObject) -> None:
    view = draw_view(data, london)
    swapped = {name: value.swapcase() for name, value in view.to_params().items()}
    assert View.from_params(swapped, london) == (view, [])


@given(data=st.data())
def test_period_and_boundaries_are_always_in_the_link(london: London, data: st.DataObject) -> None:
    view = draw_view(data, london)
    assert view.to_params()["period"] == view.period
    assert view.to_params()["indicator"] == view.indicator
    assert view.to_params()["vintage"] == view.vintage


def test_an_empty_link_shows_the_home_view(london: London) -> None:
    assert View.from_params({}, london) == (DEFAULT, [])


def test_an_old_link_still_gives_exactly_its_view(london: London) -> None:
    link = "indicator=asq3_at_2_to_2_5_years&period=2023/24&ics=NEL&borough=Newham"
    view, notes = View.from_params(dict(parse_qsl(link)), london)
    assert notes == []
    assert view == View(
        indicator="asq3_at_2_to_2_5_years",
        period="2023/24",
        ics="NEL",
        vintage="2022",
        classes="quantile",
        layout="map",
        borough="Newham",
    )


def test_a_borough_is_found_by_its_code(london: London) -> None:
    for name, code in london.borough_codes.items():
        assert View.from_params({"borough": code.lower()}, london)[0].borough == name


@pytest.mark.parametrize(
    ("params", "note"),
    [
        (
            {"indicator": "linked_site"},
            "There is no indicator “linked_site”: this shows “Centres per 10,000 children”. "
            "Did you mean “linked_sites”?",
        ),
        (
            {"wave": "next year"},
            "There is no wave of answers called “next year”: this shows none.",
        ),
        (
            {"borough": "Camdn"},
            "There is no London borough “Camdn”: this shows none. Did you mean “Camden”?",
        ),
        (
            {"period": "1066"},
            "There is no figure of this indicator for “1066”: this shows “19 August 2026”.",
        ),
        (
            {"vintage": "2026", "ics": "NXL"},
            "There is no ICS within these boundaries called “NXL”: this shows all London.",
        ),
    ],
)
def test_what_cannot_be_followed_is_said(params: dict[str, str], note: str, london: London) -> None:
    view, notes = View.from_params(params, london)
    assert [text.partition(" Did you")[0] for text in notes] == [note.partition(" Did you")[0]]
    assert notes[0].startswith(note)
    assert view == replace(OLD, vintage=params.get("vintage", "2022"))


FOURTEEN = [
    *("Barnet", "Bexley", "Brent", "Bromley", "Camden", "Croydon", "Ealing", "Enfield", "Greenwich"),
    *("Hackney", "Haringey", "Harrow", "Havering", "Hillingdon"),
]


@pytest.mark.parametrize(
    ("given", "compared", "notes"),
    [
        ("camden,E09000012, Camden", ["Camden", "Hackney"], []),
        ("Camdn,Hackney,Bexly", ["Hackney"], ["There is no London borough “Camdn, Bexly” to compare."]),
        (
            ",".join([*FOURTEEN, "Hounslow"]),
            FOURTEEN[:13],
            ["Only 13 boroughs are compared: the first 13 are shown."],
        ),
        ("", [], []),
    ],
)
def test_up_to_thirteen_boroughs_are_compared(
    given: str, compared: list[str], notes: list[str], london: London
) -> None:
    view, said = View.from_params({"compare": given}, london)
    assert (view.compared, said) == (compared, notes)


@pytest.mark.parametrize(
    ("given", "target"),
    [("TOP", "top"), ("95.50", "95.5"), ("0", "0"), ("101", None), ("-1", None), ("nan", None)],
)
def test_a_target_is_a_name_or_a_number_that_can_be_reached(
    given: str, target: str | None, london: London
) -> None:
    params = {"indicator": "gld_2013_2019", "target": given}
    view, said = View.from_params(params, london)
    assert view.target == (target or "london")
    assert len(said) == (target is None)


def test_comparison_with_london_needs_intervals(london: London) -> None:
    view, notes = View.from_params({"indicator": "linked_sites", "classes": "london"}, london)
    assert view.classes == "quantile"
    assert notes == ["This indicator has no intervals to compare with London: equal numbers are shown."]
    compared, none = View.from_params({"indicator": "gld_2013_2019", "classes": "london"}, london)
    assert (compared.classes, none) == ("london", [])


# all that a keyboard has, markup included
STRANGE = st.text(st.sampled_from(string.printable + "“”é£"), min_size=1, max_size=90)


@given(data=st.data())
def test_whatever_a_stranger_writes_gives_a_view_and_harmless_words(
    london: London, data: st.DataObject
) -> None:
    names = [f.name for f in fields(View)]
    params = data.draw(st.dictionaries(st.sampled_from(names), STRANGE))
    view, notes = View.from_params(params, london)
    assert View.from_params(view.to_params(), london) == (view, [])
    assert len(notes) <= len(params)
    for note in notes:
        assert len(note) <= 60 + LONGEST_SENTENCE
        assert "\n" not in note


def test_parameters_of_others_are_passed_over(london: London) -> None:
    assert View.from_params({"utm_source": "newsletter", "embed": "true"}, london) == (DEFAULT, [])


@pytest.mark.parametrize(
    ("given", "vintage", "ics", "said"),
    [
        ("NCL", "2026", "WNL", "North Central London became part of West and North London in April 2026."),
        ("nwl", "2026", "WNL", "North West London became part of West and North London in April 2026."),
        (
            "WNL",
            "2022",
            "all",
            "West and North London was formed in April 2026 from North Central London and North West London: "
            "this shows all London.",
        ),
        ("NEL", "2026", "NEL", None),
        ("SWL", "2022", "SWL", None),
    ],
)
def test_an_ics_is_followed_into_the_other_set_of_boundaries_and_its_fate_is_said(
    given: str, vintage: str, ics: str, said: str | None, london: London
) -> None:
    params = {"ics": given, "vintage": vintage}
    view, wrong = View.from_params(params, london)
    assert (view.ics, wrong) == (ics, [])
    assert vintages.remarks(params, view.vintage, london) == ([said] if said else [])


def test_a_link_without_boundaries_says_which_it_means(london: London) -> None:
    view, _ = View.from_params({"indicator": "linked_sites"}, london)
    assert view.vintage == "2022"
    (said,) = vintages.remarks({"indicator": "linked_sites"}, view.vintage, london)
    assert "five ICSs, July 2022 to March 2026, as in the 2022 report" in said
    assert vintages.remarks({}, "2026", london) == []


@pytest.mark.parametrize(
    ("day", "vintage"),
    [("2010-01-01", "2022"), ("2022-07-01", "2022"), ("2026-03-31", "2022"), ("2026-04-01", "2026")],
)
def test_the_set_in_force_on_a_day_is_that_of_the_table(day: str, vintage: str, london: London) -> None:
    assert london.vintage_on(dt.date.fromisoformat(day)) == vintage


def test_each_set_ends_on_the_day_before_the_next_and_the_last_is_open(london: London) -> None:
    every = list(london.vintages.values())
    for before, after in pairwise(every):
        ends = dt.date.fromisoformat(before.last_day) + dt.timedelta(days=1)
        assert ends == dt.date.fromisoformat(after.first_day)
    assert every[-1].last_day == ""


def test_the_survey_of_the_report_is_shown_within_the_icss_that_it_knew(london: London) -> None:
    chosen = View("hallmark_shared_vision", "March 2022", "2026", ics="WNL")
    shown = as_reported(chosen, london)
    assert (shown.vintage, shown.ics) == ("2022", ALL_LONDON)
    other = View("linked_sites", "2026-08-19", "2026", ics="WNL")
    assert as_reported(other, london) == other


@pytest.mark.parametrize(
    ("written", "borough"),
    [
        ("RBKC", "Kensington and Chelsea"),
        ("H&F", "Hammersmith and Fulham"),
        ("LB Hackney", "Hackney"),
        ("London Borough of Barnet", "Barnet"),
        ("richmond-upon-thames", "Richmond upon Thames"),
        ("E09000007", "Camden"),
    ],
)
def test_usual_spellings_of_a_borough_are_understood(written: str, borough: str, london: London) -> None:
    view, wrong = View.from_params({"borough": written, "compare": written}, london)
    assert (view.borough, view.compared, wrong) == (borough, [borough], [])
