"""What the search box offers, and where that leads."""

import json
import tomllib
from dataclasses import replace

import pytest

from geo.tables.london import London
from geo.tables.offered import offered
from pages.components.about.glossary import terms
from pages.components.frame import search
from pages.components.frame.navigation import PAGES, Page
from pages.components.packs.registry import view_of
from tests.builders import ROOT

VIEW, _ = view_of("?indicator=gld_2022_on&period=2025&vintage=2026&ics=NEL&borough=Camden")
OTHERS = tomllib.loads((ROOT / "pages/components/frame/search.toml").read_text(encoding="utf-8"))


def page(script: str) -> Page:
    return next(page for page in PAGES if page.script == script)


def offered_of(kind: str) -> list[str]:
    return [found for own, found, *_ in search.entries() if own == kind]


def test_all_that_the_app_has_is_offered_once(london: London) -> None:
    assert offered_of("page") == [page.script for page in PAGES]
    assert offered_of("borough") == list(london.borough_codes)
    assert sorted(offered_of("indicator")) == sorted(indicator.indicator_id for indicator in offered(london))
    assert offered_of("word") == [term.word for term in terms()]
    assert sorted(offered_of("ics")) == sorted({code for own in london.ics_names.values() for code in own})


def test_what_boroughs_have_figures_of_is_offered_before_what_they_have_none_of() -> None:
    marks = [mark for kind, _, _, _, mark, _ in search.entries() if kind == "indicator"]
    assert any(marks)
    assert marks == sorted(marks, key=bool)


def test_an_ics_that_has_ended_says_so_and_is_a_name_of_what_followed() -> None:
    systems = {found: (mark, also) for kind, found, _, _, mark, also in search.entries() if kind == "ics"}
    assert {code for code, (mark, _) in systems.items() if mark} == {"NCL", "NWL"}
    assert systems["NCL"][0] == "until March 2026"
    assert {"NCL", "North Central London", "QMJ"} <= set(systems["WNL"][1].split("; "))
    assert "NCL" not in systems["NEL"][1]


def test_other_names_are_of_things_that_there_are(london: London) -> None:
    indicators = london.catalogue.indicators.values()
    assert set(OTHERS["subjects"]) <= {indicator.domain for indicator in indicators}
    assert set(OTHERS["indicators"]) <= {indicator.indicator_id for indicator in indicators}


@pytest.mark.parametrize(
    ("kind", "found", "on", "to", "changes"),
    [
        ("borough", "Barnet", "lottery", "borough", {"borough": "Barnet"}),
        ("ics", "SEL", "map", "ics", {"ics": "SEL", "vintage": "2026"}),
        ("ics", "NCL", "map", "ics", {"ics": "NCL", "vintage": "2022"}),
        ("page", "what_if", "map", "what_if", {}),
        ("word", "Polarity", "map", "about", {}),
        ("indicator", "linked_sites", "lottery", "lottery", {"indicator": "linked_sites"}),
        ("indicator", "linked_sites", "borough", "borough", {"indicator": "linked_sites"}),
        ("indicator", "linked_sites", "near_me", "map", {"indicator": "linked_sites"}),
        ("indicator", "linked_sites", "pack", "map", {"indicator": "linked_sites"}),
    ],
)
def test_what_is_found_leads_to_its_page(
    kind: str, found: str, on: str, to: str, changes: dict[str, str], london: London
) -> None:
    assert search.leads_to(kind, found, page(on), VIEW, london) == (to, changes)


def test_an_ics_is_shown_within_the_boundaries_that_were_chosen(london: London) -> None:
    then = replace(VIEW, vintage="2022")
    assert search.leads_to("ics", "NEL", page("map"), then, london)[1]["vintage"] == "2022"
    assert search.leads_to("ics", "WNL", page("map"), then, london)[1]["vintage"] == "2026"


@pytest.mark.parametrize(("script", "lacks"), [("ics", {"ics": "all"}), ("borough", {"borough": ""})])
def test_an_indicator_is_not_shown_where_a_place_is_still_to_be_chosen(
    script: str, lacks: dict[str, str], london: London
) -> None:
    view = replace(VIEW, **lacks)
    assert search.leads_to("indicator", "linked_sites", page(script), view, london)[0] == "map"


def test_the_browser_has_names_and_no_figures() -> None:
    sent = json.loads(search._as_sent())
    assert [tuple(entry) for entry in sent] == search.entries()
    assert len(search._as_sent()) < 25_000
