"""The page that sets boroughs side by side, as a visitor finds it."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from .screen import expect_link, expect_texts, follow, idle, settle, unfold
from .test_reading import lines_of, overlap


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def open_compare(page: Page, query: str = "") -> None:
    follow(page, f"/compare{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare boroughs")
    settle(page)


def chosen(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("combobox", name="Boroughs")


def columns(page: Page):  # type: ignore[no-untyped-def]
    figures = page.get_by_role("columnheader", name="Figure", exact=True)
    return page.get_by_role("table").filter(has=figures).get_by_role("columnheader")


def test_boroughs_are_chosen_one_after_the_other_and_stand_in_the_link(page: Page) -> None:
    open_compare(page)
    expect(
        page.get_by_text("Choose two to thirteen boroughs, or all of an ICS, to see them side by side.")
    ).to_be_visible()
    for name in ("Camden", "Hackney"):
        idle(page)
        chosen(page).click()
        chosen(page).press_sequentially(name)
        page.get_by_role("option", name=name).click()
        expect(page.get_by_test_id("stMultiSelect").get_by_text(name, exact=True)).to_be_visible()
    # while the list is open, the rest of the page is hidden from assistive technology
    page.keyboard.press("Escape")
    expect(columns(page)).to_have_text(["Figure", "Camden", "Hackney", "London"])
    expect_link(page, {"compare": "Camden,Hackney"})
    page.reload()
    expect(columns(page)).to_have_text(["Figure", "Camden", "Hackney", "London"])


def test_numbers_end_one_below_the_other_and_words_begin_so(page: Page) -> None:
    open_compare(page, "?compare=Camden,Hackney&vintage=2026")
    rows = page.get_by_role("table").filter(has_text="Centres per 10,000 children").last.locator("tbody tr")
    edges = """cells => cells.map(cell => {
        const text = document.createRange()
        text.selectNodeContents(cell)
        const [side, at] = [text.getBoundingClientRect(), cell.getBoundingClientRect()]
        return [Math.round(side.left - at.left), Math.round(at.right - side.right)]
    })"""
    figures = rows.locator("td:nth-child(1)").evaluate_all(edges)
    camden = rows.locator("td:nth-child(2)").evaluate_all(edges)
    assert len({left for left, _ in figures}) == 1 < len({right for _, right in figures})
    assert len({right for _, right in camden}) == 1 < len({left for left, _ in camden})


def test_a_borough_and_its_neighbours_are_one_click(page: Page) -> None:
    open_compare(page, "?borough=Havering&indicator=gld_2013_2019")
    page.get_by_role("button", name="Havering and its neighbours").click()
    expect(columns(page)).to_have_text(["Figure", "Havering", "Redbridge", "Barking and Dagenham", "London"])
    lines = page.get_by_test_id("stVegaLiteChart").locator(
        'path[aria-label^="Redbridge, summer 2019, 75.6%"]'
    )
    expect(lines).to_be_visible()
    unfold(page, "Every value")
    expect(page.get_by_role("cell", name="72.4%").first).to_be_visible()


def test_the_page_starts_with_the_boroughs_of_the_ics_each_with_a_line_and_a_name(page: Page) -> None:
    open_compare(page, "?indicator=gld_2013_2019&ics=WNL&vintage=2026")
    expect(columns(page)).to_have_count(15)
    expect(page.get_by_test_id("stMultiSelect").get_by_text("Westminster", exact=True)).to_be_visible()
    chart = page.locator(".st-key-frame_courses")
    # thirteen boroughs, their ICS and London
    expect(chart.locator('path[aria-label*="summer 2019"]')).to_have_count(15)
    expect_texts(chart, "Barnet", "Harrow", "Kensington & Chelsea", "Westminster", "London")
    expect_texts(chart, "West and North London")
    assert not [
        (one["said"], other["said"])
        for one, other in itertools.combinations(lines_of(chart), 2)
        if overlap(one, other)
    ]
    # colour and dashes together belong to one borough
    looks = chart.locator("g.mark-line path").evaluate_all(
        "all => all.map(line => line.getAttribute('stroke') + ' ' + line.getAttribute('stroke-dasharray'))"
    )
    assert len(looks) == len(set(looks)) == 15


def test_a_narrow_page_does_not_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_compare(page, "?indicator=gld_2013_2019&compare=Camden,Hackney,Barking and Dagenham")
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
