"""Choosing a borough, an indicator and an ICS, and finding the way back."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from .screen import (
    AREAS,
    BARS,
    area,
    button_of,
    choose,
    choose_display,
    click_option,
    control,
    expect_chosen,
    expect_link,
    expect_none_chosen,
    expect_texts,
    fills,
    go_to,
    headers,
    idle,
    london_map,
    open_view,
    ranking,
    row_of,
    rows,
    settle,
    table,
    texts,
)

ICS = "Integrated care system (ICS)"
OUTSIDE = "#E8E8E8"
SOUTH_WEST = ["Croydon", "Kingston upon Thames", "Merton", "Richmond upon Thames", "Sutton", "Wandsworth"]


class SlowLine:
    """The line to the server, on which what it says may be held until later."""

    def __init__(self, page: Page) -> None:
        self._said: list[tuple[WebSocketRoute, str | bytes]] = []
        self._is_held = False
        page.route_web_socket(re.compile("_stcore/stream"), self._open)

    def _open(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(server.send)
        server.on_message(
            lambda said: self._said.append((route, said)) if self._is_held else route.send(said)
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        self._is_held = True
        yield
        self._is_held = False
        for route, said in self._said:
            route.send(said)


@pytest.fixture
def page(reader: Page) -> Page:
    """A link brings all that is chosen, and takes all away that was chosen before."""
    return reader


def test_a_click_on_the_map_marks_the_borough_everywhere(page: Page) -> None:
    open_view(page)
    area(london_map(page), "Bromley").click()
    expect_chosen(page, "Bromley")
    area(london_map(page), "Havering").click()
    expect_chosen(page, "Havering")


def test_a_click_on_the_ranking_marks_the_borough_everywhere(page: Page) -> None:
    open_view(page)
    area(ranking(page), "Lambeth").click()
    expect_chosen(page, "Lambeth")


def test_a_click_in_the_table_marks_the_borough_and_a_second_lets_go(page: Page) -> None:
    open_view(page)
    button_of(page, "Merton").click()
    expect_chosen(page, "Merton")
    button_of(page, "Merton").click()
    expect_none_chosen(page)


def test_the_borough_can_be_chosen_above_the_page(page: Page) -> None:
    open_view(page)
    choose(page, "Borough", "Camden")
    expect_chosen(page, "Camden")
    choose(page, "Borough", "None")
    expect_none_chosen(page)


@pytest.mark.parametrize("chart", [london_map, ranking])
def test_a_double_click_keeps_the_borough(page: Page, chart: Callable[[Page], object]) -> None:
    open_view(page)
    where = london_map(page) if chart is london_map else ranking(page)
    area(where, "Sutton").dblclick()
    expect_chosen(page, "Sutton")
    # one more choice shows that no late answer to the second click lets go of the borough
    choose_display(page, "Draw as", "Tiles of equal size")
    expect_chosen(page, "Sutton")


def test_a_choice_right_after_a_click_on_the_map_keeps_the_click(visit: Callable[..., Page]) -> None:
    """On a slow line the browser has not drawn the click yet, and tells what its controls stood at."""
    page = visit()
    line = SlowLine(page)
    open_view(page)
    with line.held():
        area(london_map(page), "Hackney").click()
        click_option(page, ICS, "North East London")
    expect_link(page, {"borough": "Hackney", "ics": "NEL"})
    expect_chosen(page, "Hackney")
    expect(control(page, ICS)).to_have_value("North East London")


def test_a_view_that_was_seen_a_moment_ago_comes_back_on_a_slow_line(visit: Callable[..., Page]) -> None:
    """What the browser says that it has kept, and is sent no more, it must not let go of meanwhile."""
    page = visit()
    line = SlowLine(page)
    open_view(page, "/?indicator=gld_2022_on&period=2025&vintage=2026")
    choose(page, "Period", "summer 2024")
    idle(page)
    with line.held():
        click_option(page, "Period", "summer 2023")
        click_option(page, "Period", "summer 2025")
    expect_link(page, {"period": "2025"})
    expect(page.get_by_role("heading", level=2).first).to_contain_text("77.0%")


def test_the_same_click_that_marks_a_borough_lets_go_of_it(page: Page) -> None:
    open_view(page, "/?borough=Bromley")
    area(london_map(page), "Bromley").click()
    expect_none_chosen(page)
    area(ranking(page), "Bromley").click()
    expect_chosen(page, "Bromley")
    area(london_map(page), "Bromley").click()
    expect_none_chosen(page)


def test_a_borough_can_be_chosen_again_after_letting_go_of_it(page: Page) -> None:
    open_view(page)
    for _ in range(2):
        area(london_map(page), "Bromley").click()
        expect_chosen(page, "Bromley")
        choose(page, "Borough", "None")
        expect_none_chosen(page)


def test_the_back_button_brings_the_view_before(page: Page) -> None:
    open_view(page)
    first = page.get_by_role("heading", level=1)
    choose(page, "Indicator", "Linked sites · Children's centres")
    expect(first).to_have_text("Children's centre linked sites")
    choose(page, ICS, "South West London")
    expect_link(page, {"ics": "SWL"})
    page.go_back()
    # while the page is drawn anew, the control that was used may still stand beside the new one
    idle(page)
    expect(control(page, ICS)).to_have_value("All London")
    expect(first).to_have_text("Children's centre linked sites")
    page.go_back()
    expect(first).to_have_text("Designated children's centres per 10,000 children aged 0 to 4")
    expect(control(page, "Indicator")).to_have_value("Centres per 10,000 children · Children's centres")
    expect(area(london_map(page), "Bromley")).to_have_attribute(
        "aria-label", "Bromley, 3.2, joint 26th of 32"
    )
    page.go_forward()
    expect(first).to_have_text("Children's centre linked sites")


def test_a_walk_through_the_pages_keeps_the_view(page: Page) -> None:
    open_view(page, "/?indicator=linked_sites&ics=SEL&borough=Lewisham")
    go_to(page, "Data and sources")
    expect(page.get_by_role("heading", level=1)).to_have_text("Data and sources")
    expect_link(page, {"indicator": "linked_sites", "ics": "SEL", "borough": "Lewisham"})
    go_to(page, "Map")
    expect(page.get_by_role("heading", level=1)).to_have_text("Children's centre linked sites")
    expect_chosen(page, "Lewisham")
    expect_link(page, {"indicator": "linked_sites", "ics": "SEL"})


def test_two_visitors_do_not_disturb_each_other(page: Page, visit: Callable[..., Page]) -> None:
    one, other = page, visit()
    open_view(one)
    open_view(other)
    choose(one, ICS, "North East London")
    choose(other, ICS, "South West London")
    # a click on a map that is being drawn anew is lost
    settle(one)
    settle(other)
    area(london_map(one), "Havering").click()
    area(london_map(other), "Croydon").click()
    expect_chosen(one, "Havering")
    expect_chosen(other, "Croydon")
    expect_link(one, {"ics": "NEL"})
    expect_link(other, {"ics": "SWL"})
    expect(rows(one)).to_have_count(8)
    expect(rows(other)).to_have_count(6)


def test_an_ics_is_shown_with_its_boroughs_by_name_and_the_others_outside(page: Page) -> None:
    open_view(page)
    choose(page, ICS, "South West London")
    expect(rows(page)).to_have_count(6)
    expect(page.get_by_text("19 August 2026 · South West London · four ICSs").first).to_be_visible()
    expect(london_map(page).get_by_text("Outside this ICS")).to_be_visible()
    expect_texts(london_map(page), "Croydon 3.1", "Merton 1.6", "Sutton 11.9")
    said = texts(london_map(page))
    assert not [text for text in said if text.startswith(("Bromley", "Lambeth"))]
    for chart, shapes in ((london_map(page), AREAS), (ranking(page), BARS)):
        expect(chart.locator(shapes)).to_have_count(33)
        inside = sorted(
            label.split(",")[0] for label, fill in fills(chart).items() if fill.upper() != OUTSIDE
        )
        assert inside == SOUTH_WEST


def test_the_table_of_an_ics_ranks_in_the_ics_and_in_london(page: Page) -> None:
    open_view(page, "/?ics=SWL")
    expect(headers(page)).to_have_text(["Borough", "Value", "Rank in London, of 32", "Rank in its ICS, of 6"])
    expect(row_of(page, "Sutton").locator("td")).to_have_text(["11.9", "4th", "1st"])
    expect(table(page).locator("tfoot th")).to_have_text(["South West London", "London", "England"])


def test_the_boundaries_of_the_report_are_one_choice_away(page: Page) -> None:
    open_view(page)
    expect(row_of(page, "Camden")).to_contain_text("West and North London")
    choose_display(page, "ICS boundaries", "Five ICSs, July 2022 to March 2026, as in the 2022 report")
    expect(row_of(page, "Camden")).to_contain_text("North Central London")
    choose(page, ICS, "North Central London")
    expect(rows(page)).to_have_count(5)
    expect(page.get_by_text("five ICSs as of July 2022").first).to_be_visible()


def test_an_indicator_is_found_by_its_subject_whatever_is_looked_at(page: Page) -> None:
    open_view(page)
    control(page, "Indicator").fill("health")
    found = page.get_by_role("option")
    expect(found.first).to_contain_text("Health")
    visit = "New birth visit within 14 days (England only) · Health visiting"
    page.get_by_role("option", name=visit, exact=True).click()
    expect(control(page, "Indicator")).to_have_value(visit)


def test_an_earlier_period_changes_the_figures_and_the_address(page: Page) -> None:
    open_view(page, "/?indicator=gld_2013_2019&period=2019")
    before = texts(london_map(page))
    control(page, "Period").click()
    page.get_by_role("option").last.click()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    page.wait_for_url(lambda url: "period=2019" not in url)
    expect(control(page, "Period")).not_to_have_value("summer 2019")
    page.wait_for_function(
        """before => [...document.querySelectorAll('[data-testid=stVegaLiteChart] text')]
            .some(text => text.textContent && !before.includes(text.textContent))""",
        arg=before,
    )
