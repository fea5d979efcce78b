"""The title of a window says what is looked at: by it a view is found among tabs, and heard first."""

import pytest

from geo.tables.london import London
from pages.components.frame.navigation import PAGES, Page, title
from pages.components.packs.registry import view_of

LINK = "?indicator=gld_2022_on&period=2025&vintage=2026&ics=NEL&borough=Camden&compare=Camden,Hackney"


def titles(link: str, london: London) -> dict[str, str]:
    view, notes = view_of(link)
    assert notes == []
    return {page.script: title(page, view, london) for page in PAGES}


def test_each_page_names_what_it_is_about(london: London) -> None:
    said = titles(LINK, london)
    figure = said["map"]
    assert figure.endswith(", North East London, summer 2025")
    assert figure.startswith(london.catalogue.indicators["gld_2022_on"].label)
    assert (
        said.items()
        >= {
            "map": figure,
            "ics": "North East London – My ICS",
            "borough": "Camden – My borough",
            "compare": "Camden and Hackney – Compare boroughs",
            "lottery": f"{figure} – How big is the lottery?",
            "borders": f"{figure} – Across the border",
            "survey": "Survey 2022",
            "near_me": "Near me",
            "centres": "Centres over time",
            "what_if": "What if?",
            "maturity": "Maturity",
            "self_evaluation": "Self-evaluation",
            "pack": "My pack",
            "sources": "Data and sources",
        }.items()
    )


@pytest.mark.parametrize("page", [page for page in PAGES if page.about != "figure"], ids=lambda p: p.script)
def test_a_page_without_a_choice_has_its_own_title(page: Page, london: London) -> None:
    said = titles("?indicator=gld_2022_on&period=2025", london)
    assert said[page.script] == page.title


def test_all_of_london_is_said(london: London) -> None:
    assert titles("?indicator=gld_2022_on&period=2025", london)["map"].endswith(", London, summer 2025")
