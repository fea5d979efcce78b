"""The page on how big the lottery is, as a visitor finds it."""

import csv
import io
import itertools
import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from .screen import (
    choose,
    control,
    download,
    expect_link,
    follow,
    go_to,
    idle,
    open_menu,
    settle,
    unfold,
)

CHARTS = "stVegaLiteChart"


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_lottery(page: Page, query: str = "") -> None:
    follow(page, f"/lottery{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("How big is the lottery?")
    settle(page)


def open_analysts(page: Page) -> None:
    """Unfold what a leader need not read."""
    unfold(page, "For analysts: every measure")
    expect(page.get_by_role("heading", name="How these are worked out")).to_be_visible()


def test_a_leader_is_answered_on_the_first_screen_and_the_measures_are_folded(page: Page) -> None:
    open_lottery(page, "?indicator=gld_2013_2019&borough=Camden&vintage=2026")
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "In summer 2019, from 69.6% in Hackney to 80.6% in Richmond upon Thames."
    )
    answers = (
        "Between the same 32 boroughs the gap has narrowed from 28.7 percentage points (summer 2013) to 11.0",
        "Seven tenths of the difference is between boroughs of the same ICS.",
        "To reach 74.1%, 15 boroughs would have needed 1,137 more children",
    )
    for answer in answers:
        expect(page.get_by_text(answer).first).to_be_visible()
    charts = [page.get_by_test_id(CHARTS).nth(place) for place in (0, 1)]
    for chart in charts:
        expect(chart).to_be_in_viewport()
    # side by side
    left, right = (chart.bounding_box() for chart in charts)
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    for folded in ("Gini coefficient", "Against"):
        expect(page.get_by_text(folded, exact=False).last).to_be_hidden()
    open_analysts(page)
    expect(page.get_by_role("cell", name="11.0 percentage points").first).to_be_visible()
    expect(page.get_by_test_id(CHARTS)).to_have_count(5)
    expect(page.get_by_text("Of 32 boroughs 12 lie outside them")).to_contain_text("None lies outside those.")
    for chart in page.get_by_test_id(CHARTS).all():
        expect(chart.locator("svg path").first).to_be_visible()
    dots = page.get_by_test_id(CHARTS).nth(1).locator('path[aria-label^="Camden, "]')
    expect(dots.first).to_be_visible()
    # no controls of the map where there is none
    open_menu(page, "Display")
    expect(control(page, "Draw as")).to_have_count(0)


def test_time_is_a_scale_on_the_page_too(page: Page) -> None:
    follow(page, "/borough?indicator=designated_centres&borough=Hackney&vintage=2026")
    settle(page)
    chart = page.locator(".st-key-frame_course")
    expect(chart.get_by_text("register from here")).to_be_visible()
    # in two lines
    expect(chart.get_by_text(re.compile("^28 February ?2010$"))).to_be_visible()
    marks = chart.locator('path[aria-label^="Hackney, "]')
    expect(marks.first).to_be_visible()
    places = marks.evaluate_all(
        """marks => marks.map(mark => [mark.getAttribute('aria-label').split(', ')[1],
            mark.transform.baseVal[0].matrix.e])"""
    )
    at = {day: float(x) for day, x in places}
    first, second, last = (at[day] for day in ("28 February 2010", "4 August 2016", "19 August 2026"))
    # 2,349 of 6,016 days
    assert (second - first) / (last - first) == pytest.approx(2349 / 6016, abs=0.005)


def test_the_view_comes_along_from_the_map_and_back(page: Page) -> None:
    follow(page, "/?indicator=gld_2022_on&ics=SEL")
    settle(page)
    go_to(page, "How big is the lottery?")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("in ")
    expect_link(page, {"indicator": "gld_2022_on", "ics": "SEL"})
    open_analysts(page)
    expect(page.get_by_text("only one ICS is looked at")).to_be_visible()
    choose(page, "Integrated care system (ICS)", "All London")
    expect(page.get_by_text("of the difference is between boroughs of the same ICS").first).to_be_visible()


def test_no_line_is_drawn_through_the_few_boroughs_of_an_ics(page: Page) -> None:
    open_lottery(page, "?indicator=asq3_at_2_to_2_5_years&period=2023/24&ics=NCL")
    open_analysts(page)
    expect(page.get_by_text("Association between 3 areas, not cause.")).to_contain_text(
        "With fewer than ten, no line is drawn through them."
    )
    settle(page)
    expect(page.get_by_test_id(CHARTS).last.locator("g.mark-line path")).to_have_count(0)
    choose(page, "Integrated care system (ICS)", "All London")
    expect(page.get_by_text("The line is the best straight fit.")).to_be_visible()
    expect(page.get_by_test_id(CHARTS).last.locator("g.mark-line path")).to_have_count(1)


def test_no_name_of_a_line_covers_another_where_london_is_outside_the_ics(page: Page) -> None:
    open_lottery(page, "?indicator=asq3_at_2_to_2_5_years&period=2023/24&ics=NCL")
    settle(page)
    chart = page.get_by_test_id(CHARTS).first
    boxes = [chart.get_by_text(name, exact=True).bounding_box() for name in ("Highest", "Lowest", "London")]
    tops = sorted(box["y"] for box in boxes if box)
    assert len(tops) == 3
    assert min(lower - upper for upper, lower in itertools.pairwise(tops)) >= 12


def test_another_figure_can_be_set_against_it(page: Page) -> None:
    open_lottery(page, "?indicator=gld_2022_on")
    open_analysts(page)
    expect(page.get_by_text("Association between 32 areas, not cause.")).to_be_visible()
    settle(page)
    expect(page.get_by_test_id(CHARTS).last.locator("svg path").first).to_be_visible()
    control(page, "Against").click()
    control(page, "Against").press_sequentially("Income deprivation")
    expect(page.get_by_role("option")).to_have_count(1)
    control(page, "Against").press("ArrowDown")
    control(page, "Against").press("Enter")
    expect(control(page, "Against")).to_have_value("Income deprivation 2019 (IDACI)")
    expect_link(page, {"against": "idaci_2019"})
    chart = page.get_by_test_id(CHARTS).last
    expect(chart.get_by_text("Income deprivation 2019 (IDACI)")).to_be_visible()


def test_what_it_would_take_is_said_for_a_target_of_choice(page: Page) -> None:
    open_lottery(page)
    expect(
        page.get_by_text(
            "To reach 6.0, 16 boroughs would need 76 more designated centres, added up over them"
        )
    ).to_be_visible()
    page.get_by_role("radio", name="The top quarter").click()
    expect(
        page.get_by_text(
            "To reach 7.8, 24 boroughs would need 144 more designated centres, added up over them"
        )
    ).to_be_visible()
    page.get_by_role("radio", name="A target of my own").click()
    page.get_by_role("spinbutton", name="Target").wait_for()
    idle(page)
    page.get_by_role("spinbutton", name="Target").fill("1.3")
    page.get_by_role("spinbutton", name="Target").press("Enter")
    expect(page.get_by_text("To reach 1.3, Harrow would need 1 more designated centre.")).to_be_visible()
    expect_link(page, {"target": "1.3"})
    page.reload()
    expect(page.get_by_text("To reach 1.3, Harrow would need 1 more designated centre.")).to_be_visible()
    needed = download(page, "What it would take as CSV").path().read_bytes().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(needed))
    target = "Target (number per 10,000 children aged 0 to 4)"
    assert (row["Borough"], row["More designated centres needed"], row[target]) == ("Harrow", "1", "1.3")
    assert row["Before you quote it"].startswith("This is a scale of the gap, not a target")
    # a target of one indicator is none of another
    choose(page, "Indicator", "Centres and sites per 10,000 children · Children's centres")
    expect_link(page, {"target": None})


@pytest.mark.parametrize("window", [{"width": 320, "height": 640}, {"width": 640, "height": 450}])
def test_a_narrow_page_does_not_scroll_sideways(page: Page, window: ViewportSize) -> None:
    page.set_viewport_size(window)
    open_lottery(page)
    expect(page.get_by_test_id(CHARTS).first).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
