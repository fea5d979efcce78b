"""The page of one ICS, as its children's lead finds it."""

import pytest
from playwright.sync_api import Page, expect

from .screen import (
    choose,
    choose_display,
    expect_link,
    expect_texts,
    follow,
    settle,
    table,
    take,
)


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_ics(page: Page, query: str, title: str) -> None:
    follow(page, f"/ics{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    settle(page)


def test_without_an_ics_one_is_chosen_by_a_button(page: Page) -> None:
    open_ics(page, "", "My ICS")
    page.get_by_role("button", name="North East London").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("North East London")
    expect_link(page, {"ics": "NEL"})


def test_all_figures_of_an_ics_are_on_one_page(page: Page) -> None:
    open_ics(page, "?ics=NEL", "North East London")
    expect(page.get_by_text("8 local authorities")).to_be_visible()
    for folded in ("Firsts and lasts", "All figures in tables"):
        page.get_by_text(folded, exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="ASQ-3").filter(has_text="highest")).to_contain_text(
        "Tower Hamlets has London's highest, 99.2%; Newham has London's lowest, 58.9%."
    )
    centres = (
        page.get_by_role("table")
        .filter(has_text="Centres per 10,000 children (")
        .filter(has=page.get_by_role("columnheader", name="Place", exact=True))
    )
    expect(centres.get_by_role("columnheader").nth(1)).to_have_text(
        "Centres per 10,000 children (19 August 2026)"
    )
    ends = centres.get_by_role("row").filter(has_text="London").filter(has_not_text="City")
    expect(ends.nth(0).get_by_role("cell").nth(1)).to_have_text("5.4")
    expect(ends.nth(1).get_by_role("cell").nth(1)).to_have_text("6.0")
    # Hackney in 2019, clearly below London
    expect(page.get_by_role("cell", name="69.6%\N{NO-BREAK SPACE}▼", exact=True)).to_be_visible()
    choose_display(page, "ICS boundaries", "Four ICSs, since April 2026")
    expect(page.get_by_text("as of April 2026")).to_be_visible()


def test_an_ics_lead_reads_where_it_stands_and_what_it_would_take(page: Page) -> None:
    open_ics(page, "?ics=NEL&vintage=2026", "North East London")
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(4)
    standing = charts.nth(1)
    expect_texts(standing, "Worse than London", "5.4 · London 6.0", "boroughs 53.4% to 85.2% · London 61.1%")
    # all columns of the table of boroughs are seen
    assert table(page).evaluate("table => table.scrollWidth <= table.clientWidth")
    # beside the map, on the first screen
    box, of_map = standing.bounding_box(), charts.nth(0).bounding_box()
    assert box
    assert of_map
    assert box["x"] > of_map["x"] + of_map["width"] - 1
    # over time, with the first and the last value of the ICS and of London
    expect_texts(charts.nth(3), "Good level of development 2013-19 (2013 to 2019)", "54.1%", "73.4%", "74.1%")
    behind = page.get_by_role("listitem").filter(has_text="9 more designated centres")
    expect(behind).to_contain_text(
        "5.4; London 6.0. Reaching London's value would take 9 more designated centres."
    )
    expect(page.get_by_text("This is a scale of the gap, not a target")).to_be_visible()
    expect(page.get_by_role("heading", name="Who is next door?")).to_be_visible()
    expect(page.get_by_text("Islington (15.1) with Hackney (6.7) has the largest difference")).to_be_visible()


def test_the_boroughs_of_an_ics_are_sorted_by_a_figure_and_opened_by_their_name(page: Page) -> None:
    open_ics(page, "?ics=NEL&vintage=2026", "North East London")
    table = page.get_by_role("region", name="Table of boroughs").get_by_role("table")
    table.get_by_role("button", name="Good level of development 2013-19").click()
    names = table.locator("tbody th")
    # in 2019 76.4% in Waltham Forest and 69.6% in Hackney
    expect(names.first).to_have_text("Waltham Forest")
    hackney = table.get_by_role("row").filter(has_text="Hackney")
    expect(hackney.get_by_role("cell", name="▼ 69.6%", exact=True)).to_have_class("number worse")
    hackney.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hackney")
    expect_link(page, {"ics": "NEL", "borough": "Hackney"})
    # from far down a page another begins at its top
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_the_boroughs_of_an_ics_are_compared_over_time_by_one_button(page: Page) -> None:
    open_ics(page, "?ics=SEL&vintage=2026&indicator=gld_2013_2019&compare=Camden,Barnet", "South East London")
    page.get_by_role("button", name="Compare our boroughs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare boroughs")
    settle(page)
    expect_texts(page.get_by_test_id("stVegaLiteChart").first, "Bexley", "Southwark")
    expect(page.get_by_role("columnheader", name="Camden")).to_have_count(0)


def test_without_an_ics_all_stand_side_by_side(page: Page) -> None:
    open_ics(page, "?vintage=2026", "My ICS")
    expect_texts(page.get_by_test_id("stVegaLiteChart").first, "South East London", "6.8", "London")


def test_the_icss_stand_side_by_side_with_their_intervals(page: Page) -> None:
    open_ics(page, "?ics=NEL&indicator=gld_2013_2019", "North East London")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("in Hackney 69.6%")
    page.get_by_text("All figures in tables", exact=True).click()
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(4)
    map_of_ics, _standing, systems, _over_time = charts.all()
    expect_texts(map_of_ics, "Hackney 69.6%", "Outside this ICS")
    dots = systems.locator("path[aria-label]")
    expect(dots).to_have_count(5)
    expect(page.get_by_role("cell", name="73.4% (72.9% to 73.9%)")).to_contain_text("▼")
    expect(page.get_by_text("Newham went from 88.2% (2022/23) to 58.9% (2023/24).")).to_be_visible()
    expect(page.get_by_role("cell", name="40.3 percentage points")).to_be_visible()
    svg = take(page, "ICSs side by side", "SVG").path().read_text(encoding="utf-8")
    assert "North East London" in svg
    choose(page, "Indicator", "Good level of development 2022 on · Outcomes")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("in North East London 70.2%†")
    choose(page, "Indicator", "Funded 2-year-olds, % · Funded early education")
    expect(page.get_by_text("a value of an ICS cannot be given: it needs counts")).to_be_visible()


def test_a_narrow_page_does_not_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_ics(page, "?ics=NWL", "North West London")
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
