"""The page on neighbours, as a visitor finds it."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from .screen import (
    choose,
    control,
    download,
    expect_link,
    open_menu,
    settle,
    take,
)


def open_borders(page: Page, query: str = "") -> None:
    page.goto(f"/borders{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Across the border")
    expect(page.get_by_test_id("stVegaLiteChart").locator("path[aria-label]").first).to_be_visible()
    settle(page)


def lines(page: Page) -> dict[str, float]:
    """What each border says, with the width of its line."""
    pairs = (
        page.get_by_test_id("stVegaLiteChart")
        .locator("path[aria-label]")
        .evaluate_all(
            "lines => lines.map(line => [line.ariaLabel, Number(line.getAttribute('stroke-width'))])"
        )
    )
    return dict(pairs)


def test_borders_are_drawn_the_thicker_the_larger_the_difference(page: Page) -> None:
    open_borders(page, "?indicator=gld_2013_2019")
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "In summer 2019, two borders shared the largest difference between neighbours, 6.8 percentage "
        "points: Waltham Forest (76.4%) with Hackney (69.6%); Richmond upon Thames (80.6%) "
        "with Hounslow (73.8%)."
    )
    widths = lines(page)
    assert len(widths) == 63  # of 68 borders on land, five are those of the City of London
    widest = max(widths.values())
    assert {said for said, width in widths.items() if width == widest} == {
        "Waltham Forest: 76.4%; Hackney: 69.6%; difference 6.8 percentage points",
        "Richmond upon Thames: 80.6%; Hounslow: 73.8%; difference 6.8 percentage points",
    }
    by_gap = sorted(widths, key=lambda said: float(said.split("difference ")[1].split()[0]))
    assert [round(widths[said], 3) for said in by_gap] == sorted(round(width, 3) for width in widths.values())


def test_bridges_and_tunnels_are_added_when_asked_for(page: Page) -> None:
    open_borders(page)
    expect(page.get_by_text("of all 63 borders")).to_be_visible()
    page.get_by_text("Also across the Thames").click()
    expect(page.get_by_text("of all 71 borders")).to_be_visible()
    expect(page.get_by_role("cell", name="Westminster Bridge")).to_be_visible()
    expect_link(page, {"crossings": "yes"})
    page.reload()
    expect(page.get_by_text("of all 71 borders")).to_be_visible()


def test_an_ics_keeps_its_own_borders_and_the_link(page: Page) -> None:
    open_borders(page, "?indicator=gld_2013_2019")
    choose(page, "Integrated care system (ICS)", "North East London")
    expect(page.get_by_text("of all 15 borders")).to_be_visible()
    expect_link(page, {"indicator": "gld_2013_2019", "ics": "NEL"})
    open_menu(page, "Display")
    expect(control(page, "Draw as")).to_have_count(0)


def test_boroughs_without_a_figure_are_named_with_the_reason(page: Page) -> None:
    for address in ("borders", "lottery"):
        page.goto(f"/{address}?indicator=asq3_at_2_to_2_5_years&period=2023/24")
        expect(page.get_by_text("No figure for City of London, Enfield, Haringey")).to_contain_text(
            "Redbridge: the publisher gives no figure."
        )


def test_without_figures_the_page_says_so(page: Page) -> None:
    page.goto("/borders?indicator=new_birth_visit_14_days")
    expect(page.get_by_text("There are no figures by borough to compare.")).to_be_visible()
    page.goto("/borders?indicator=family_hubs_programme")
    expect(page.get_by_text("This figure is a category, which has no size to compare")).to_be_visible()


def test_a_border_is_told_from_chance_alike_in_london_and_in_an_ics(page: Page) -> None:
    said = set()
    for query in ("", "&ics=NEL", "&crossings=yes"):
        open_borders(page, f"?indicator=gld_2013_2019{query}")
        row = page.get_by_role("row").filter(has_text="Newham: 75.9%").filter(has_text="Hackney: 69.6%")
        said.add(tuple(row.get_by_role("cell").all_inner_texts()[2:5]))
    assert said == {("6.3", "2.7 to 9.8", "yes (under 0.001)")}


def test_a_total_is_no_difference_between_neighbours_and_its_rate_is_offered(page: Page) -> None:
    for address, title in (("borders", "Across the border"), ("lottery", "How big is the lottery?")):
        page.goto(f"/{address}?indicator=designated_centres")
        expect(
            page.get_by_text("This figure is a total, and a larger borough has more of it")
        ).to_be_visible()
        expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(0)
        page.get_by_role("button", name="Look at designated centres per 10,000 children instead").click()
        expect_link(page, {"indicator": "centres_per_10k_0_4"})
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()


def test_the_map_and_the_list_can_be_taken_away(page: Page, tmp_path: Path) -> None:
    open_borders(page, "?indicator=gld_2013_2019")
    rows = list(
        csv.DictReader(io.StringIO(download(page, "Borders as CSV").path().read_bytes().decode("utf-8-sig")))
    )
    assert len(rows) == 63
    assert (rows[0]["Higher"], rows[0]["Lower"], rows[0]["Border"]) == (
        "Waltham Forest",
        "Hackney",
        "within one ICS",
    )
    path = tmp_path / "map.png"
    download(page, "Map as PNG").save_as(path)
    with Image.open(path) as picture:
        assert picture.width >= 1200
    svg = take(page, "Map", "SVG").path().read_text(encoding="utf-8")
    assert "Waltham Forest (76.4%) with Hackney" in svg
    assert "Between two ICSs" in svg
    assert "Boundaries: Greater London Authority" in svg


def test_a_narrow_page_does_not_scroll_sideways(visit: Callable[..., Page]) -> None:
    page = visit(viewport={"width": 320, "height": 640})
    open_borders(page)
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")


def test_on_a_phone_the_whole_map_is_there_with_its_legend(visit: Callable[..., Page]) -> None:
    page = visit(viewport={"width": 320, "height": 640})
    open_borders(page, "?indicator=gld_2022_on")
    cut_off = page.get_by_test_id("stVegaLiteChart").evaluate(
        """chart => {
            const end = element => element.getBoundingClientRect().bottom
            const frame = end(chart.closest('[class*="st-key-frame_"]'))
            return Math.max(...[...chart.querySelectorAll('svg text, svg path[aria-label]')].map(end)) - frame
        }"""
    )
    assert cut_off <= 0
