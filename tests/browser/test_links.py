"""What a link brings: nothing, a view, a page below the root, and what it gets wrong."""

import http.server
import threading
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .conftest import serve
from .screen import (
    AREAS,
    BARS,
    HATCHING,
    area,
    control,
    expect_chosen,
    expect_link,
    expect_texts,
    go_to,
    link,
    london_map,
    open_view,
    ranking,
    rows,
    settle,
    warnings,
    whole,
)

NEWHAM = "/?indicator=asq3_at_2_to_2_5_years&period=2023/24&ics=NEL&borough=Newham"


def test_a_bare_address_shows_all_of_london_on_map_ranking_and_table(page: Page) -> None:
    open_view(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Designated children's centres per 10,000 children aged 0 to 4"
    )
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        "In Lambeth there are 15.8 designated centres for every 10,000 children aged 0 to 4; in Harrow 1.2"
    )
    expect(london_map(page).locator(AREAS)).to_have_count(33)
    expect(ranking(page).locator(BARS)).to_have_count(33)
    expect(rows(page)).to_have_count(33)
    expect_texts(
        london_map(page), "Number per 10,000 children aged 0 to 4", "10.1 or more (7)", "1.2 to 3.2 (7)"
    )
    expect(warnings(page)).to_have_count(0)


def test_the_server_asks_nobody_for_anything() -> None:
    asked = []

    class Exchange(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(403)

        do_CONNECT = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("localhost", 0), Exchange) as exchange:
        threading.Thread(target=exchange.serve_forever, daemon=True).start()
        proxy = f"http://localhost:{exchange.server_port}"
        with serve({"http_proxy": proxy, "https_proxy": proxy, "no_proxy": "localhost"}):
            pass
        exchange.shutdown()
    assert asked == []


def test_a_cold_link_brings_its_indicator_period_ics_and_borough(page: Page) -> None:
    open_view(page, NEWHAM)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Children offered ASQ-3 at the 2 to 2½ year review"
    )
    expect(control(page, "Period")).to_have_value("2023/24, year ending March 2024")
    expect(control(page, "Integrated care system (ICS)")).to_have_value("North East London")
    expect_chosen(page, "Newham")
    expect(whole(page, "North East London")).to_have_text("cannot be given")
    expect(whole(page, "London").last).to_have_text("88.1%")
    expect(whole(page, "England")).to_have_text("93.3%")
    assert link(page) == {
        "indicator": "asq3_at_2_to_2_5_years",
        "period": "2023/24",
        "vintage": "2022",
        "ics": "NEL",
        "borough": "Newham",
    }


def test_a_borough_without_a_figure_is_hatched_and_said_in_words(reader: Page) -> None:
    open_view(reader, NEWHAM)
    drawing = london_map(reader)
    expect_texts(drawing, "Redbridge not published", "Not published (2)")
    expect(reader.get_by_text("No figure for the City of London and Redbridge")).to_be_visible()
    expect(area(drawing, "Redbridge")).to_have_attribute("aria-label", "Redbridge, not published, not ranked")
    expect(rows(reader).filter(has_text="Redbridge")).to_contain_text("not published")
    hatched = drawing.evaluate(
        """(chart, lines) => {
            const middles = [...chart.querySelectorAll(lines)].map(line => line.getBoundingClientRect())
                .map(box => new DOMPoint(box.x + box.width / 2, box.y + box.height / 2))
            return [...chart.querySelectorAll('path[aria-label][fill="#FFFFFF"]')].filter(path => {
                const toShape = path.getScreenCTM().inverse()
                return middles.some(middle => path.isPointInFill(middle.matrixTransform(toShape)))
            }).map(path => path.ariaLabel.split(',')[0])
        }""",
        HATCHING,
    )
    assert {"City of London", "Redbridge"} <= set(hatched)


def test_the_first_visitor_of_a_server_may_come_by_a_link_to_the_sources(visit: Callable[..., Page]) -> None:
    with serve() as fresh:
        page = visit(base_url=fresh)
        page.goto("/sources?indicator=linked_sites&ics=NEL")
        expect(page.get_by_role("heading", level=1)).to_have_text("Data and sources")
        go_to(page, "Map")
        expect(page.get_by_role("heading", level=1)).to_have_text("Children's centre linked sites")
        expect(control(page, "Integrated care system (ICS)")).to_have_value("North East London")
        expect_link(page, {"indicator": "linked_sites", "ics": "NEL"})
        settle(page)
        page.close()


def test_markup_in_a_link_is_never_rendered(reader: Page) -> None:
    markup = "<img src=x onerror=alert(1)> **b** [a](http://example.org) :red[c] `d` $e$"
    parts = ("indicator", "period", "ics", "vintage", "classes", "layout", "borough")
    open_view(reader, "/?" + "&".join(f"{part}={markup}" for part in parts))
    expect(warnings(reader)).to_have_count(7)
    expect(warnings(reader).last).to_contain_text(
        "There is no London borough “<img src=x onerror=alert(1)> **b** [a]"
    )
    expect(
        warnings(reader).locator("img, a, strong, em, code, .katex, .stMarkdownColoredText")
    ).to_have_count(0)


def test_a_borough_may_be_chosen_by_a_short_form(reader: Page) -> None:
    open_view(reader)
    control(reader, "Borough").fill("RBKC")
    control(reader, "Borough").press("Enter")
    expect_chosen(reader, "Kensington and Chelsea")
