"""The page on what the survey of 2022 found, as a visitor finds it, against the report's own figures."""

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.builders import FIGURES, read_csv

from .screen import download, settle, take

CHARTS = "stVegaLiteChart"


def open_survey(page: Page, query: str = "") -> None:
    page.goto(f"/survey{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("The survey of 2022")
    settle(page)


def cells(page: Page, place: int) -> list[list[str]]:
    """The rows of one of the page's tables."""
    rows = page.get_by_role("table").nth(place).locator("tbody tr").all()
    return [[text.strip() for text in row.locator("th, td").all_inner_texts()] for row in rows]


def test_the_base_is_said_before_any_figure(page: Page) -> None:
    open_survey(page)
    said = page.get_by_text("26 of London's 33 local authorities replied, in March 2022.")
    expect(said).to_contain_text("25 or 26 answered; the report does not say which")
    expect(said).to_contain_text("no authority's answer is public")


def test_every_figure_is_the_reports_and_what_it_does_not_print_is_said(page: Page) -> None:
    open_survey(page)
    interfaces = read_csv(FIGURES / "survey_published_interfaces.csv")
    assert cells(page, 0) == [
        [row["rank"], row["interface"], f"{float(row['mean_score_1_to_5']):.2f}"] for row in interfaces
    ]
    answers = ("yes_pct", "yes_not_embedded_pct", "starting_pct", "no_pct")
    hallmarks = read_csv(FIGURES / "survey_published_hallmarks.csv")
    assert cells(page, 1) == [
        [row["hallmark"], *(f"{row[name]}%" if row[name] else "not printed" for name in answers), row["note"]]
        for row in hallmarks
    ]
    challenges = read_csv(FIGURES / "survey_published_challenges.csv")
    assert [row[1] for row in cells(page, 2)] == [row["respondents_of_26"] for row in challenges]


def test_each_picture_has_its_parts_in_words(page: Page) -> None:
    open_survey(page)
    expect(page.get_by_test_id(CHARTS)).to_have_count(3)
    hallmarks = page.get_by_test_id(CHARTS).nth(1)
    expect(hallmarks.locator('path[aria-label="Local multi-agency working, No: 15%"]')).to_be_visible()
    rest = "Other answers, which the report does not print: not printed"
    expect(hallmarks.locator(f'path[aria-label="Clear shared vision, {rest}"]')).to_have_count(1)
    interfaces = page.get_by_test_id(CHARTS).first
    expect(interfaces.locator('path[aria-label="GPs and early years, 2.19"]')).to_be_visible()


def test_the_results_can_be_taken_away_with_base_and_source(page: Page) -> None:
    open_survey(page)
    text = download(page, "Published results as CSV").path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 15 + 12 + 4
    assert {row["Unit"] for row in rows} == {"per cent", "mean, 1 to 5", "authorities, of 26"}
    assert all("March 2022" in row["Base"] and "Isos Partnership" in row["Source"] for row in rows)
    picture = take(page, "Working together", "SVG").path().read_text(encoding="utf-8")
    assert "25 or 26" in picture
    assert "Figures quoted" in picture


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_page_does_not_scroll_sideways(visit: Callable[..., Page], scheme: str) -> None:
    page = visit(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    open_survey(page)
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
