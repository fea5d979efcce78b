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
    choose_display,
    control,
    expect_chosen,
    expect_link,
    expect_texts,
    go_to,
    link,
    london_map,
    open_menu,
    open_view,
    ranking,
    remarks,
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


def test_a_borough_without_a_figure_is_hatched_and_said_in_words(page: Page) -> None:
    open_view(page, NEWHAM)
    drawing = london_map(page)
    expect_texts(drawing, "Redbridge not published", "Not published (2)")
    expect(page.get_by_text("No figure for City of London and Redbridge")).to_be_visible()
    expect(area(drawing, "Redbridge")).to_have_attribute("aria-label", "Redbridge, not published, not ranked")
    expect(rows(page).filter(has_text="Redbridge")).to_contain_text("not published")
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


def test_each_part_of_a_link_that_is_unknown_is_said_in_a_sentence_until_the_next_choice(page: Page) -> None:
    open_view(
        page,
        "/?indicator=linked_site&period=1999&ics=XX&classes=x&layout=globe&vintage=1965&borough=Camdn",
    )
    expect(warnings(page)).to_have_count(7)
    for sentence in (
        "There is no indicator “linked_site”",
        "Did you mean “linked_sites”?",
        "There is no figure of this indicator for “1999”: this shows “2026-08-19”.",
        "There is no ICS within these boundaries called “XX”: this shows all London.",
        "There is no way to colour called “x”",
        "There is no way to draw called “globe”",
        "There is no set of ICS boundaries “1965”",
        "There is no London borough “Camdn”: this shows none. Did you mean “Camden”?",
    ):
        expect(warnings(page).filter(has_text=sentence)).to_have_count(1)
    choose_display(page, "Draw as", "Tiles of equal size")
    expect(warnings(page)).to_have_count(0)


def test_markup_in_a_link_is_never_rendered(page: Page) -> None:
    markup = "<img src=x onerror=alert(1)> **b** [a](http://example.org) :red[c] `d` $e$"
    parts = ("indicator", "period", "ics", "vintage", "classes", "layout", "borough")
    open_view(page, "/?" + "&".join(f"{part}={markup}" for part in parts))
    expect(warnings(page)).to_have_count(7)
    expect(warnings(page).last).to_contain_text(
        "There is no London borough “<img src=x onerror=alert(1)> **b** [a]"
    )
    expect(warnings(page).locator("img, a, strong, em, code, .katex, .stMarkdownColoredText")).to_have_count(
        0
    )


def test_a_link_may_name_a_borough_by_its_code_and_in_any_case(page: Page) -> None:
    open_view(page, "/?borough=e09000025")
    expect_chosen(page, "Newham")
    open_view(page, "/?borough=cAMDEN")
    expect_chosen(page, "Camden")


def test_an_ics_that_ended_is_followed_to_its_successor_in_words(page: Page) -> None:
    open_view(page, "/?vintage=2026&ics=NCL")
    expect(remarks(page)).to_contain_text(
        "North Central London became part of West and North London in April 2026."
    )
    expect(warnings(page)).to_have_count(0)
    expect(control(page, "Integrated care system (ICS)")).to_have_value("West and North London")
    open_menu(page, "Display")
    expect(control(page, "ICS boundaries")).to_have_value("Four ICSs, since April 2026")
    expect(rows(page)).to_have_count(13)


def test_an_old_link_shows_what_it_always_showed_and_says_which_boundaries_that_means(page: Page) -> None:
    open_view(page, "/?indicator=linked_sites&ics=NWL")
    expect(remarks(page)).to_contain_text(
        "It shows what it always showed: five ICSs, July 2022 to March 2026"
    )
    expect(control(page, "Integrated care system (ICS)")).to_have_value("North West London")
    expect_link(page, {"vintage": "2022", "ics": "NWL"})


def test_a_borough_may_be_chosen_by_a_short_form(page: Page) -> None:
    open_view(page)
    control(page, "Borough").fill("RBKC")
    control(page, "Borough").press("Enter")
    expect_chosen(page, "Kensington and Chelsea")
