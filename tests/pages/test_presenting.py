"""What a presenter is told beside the screen of a meeting: that which slides of the same view say."""

from dataclasses import replace

from geo.tables.london import London
from pages.components.meeting import pages as meeting_pages, presenting
from tests.pages.test_pictures import view_of


def told(london: London, page: str, **parts: str) -> dict[str, list[str]]:
    view = replace(view_of(london, "gld_2022_on", vintage="2026", meeting="1"), **parts)
    return presenting.told(view, meeting_pages.shown(page, view))


def test_a_figure_has_the_findings_of_its_slides_and_what_their_notes_say(london: London) -> None:
    found = told(london, "lottery", ics="NEL")
    assert "The value of Waltham Forest is 1.1 times that of Tower Hamlets." in found["findings"]
    assert found["explained"][1].startswith("Before you quote it: The framework changed in 2021/22")


def test_a_page_that_shows_no_figure_has_no_findings_of_one(london: London) -> None:
    for page in ("survey", "maturity"):
        found = told(london, page, demo="yes")
        assert (found["findings"], found["explained"]) == ([], [])
