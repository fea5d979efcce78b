"""The data page: how fresh and sound the figures are, and a button that brings newer ones."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from data_loaders import settings, versions
from data_loaders.library import open_library
from data_loaders.publisher import Download
from data_loaders.refresh import refresh, take_files
from tests.builders import at_length
from tests.served import (
    BARNET,
    CAMDEN,
    Publishers,
    as_csv,
    population_rows,
    register_rows,
    review_rows,
)

from .conftest import serve
from .screen import choose, control, download, open_view, settle, unfold

SOURCES = [
    "Register of children's centres",
    "Health visitor reviews",
    "Population aged 0 to 4",
    "Children of small areas",
    "Boundaries and ICS footprints",
]
BUTTON = "Fetch the newest figures"


@pytest.fixture
def app(publishers: Publishers, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of its own with the button, which finds the publishers of this test and nothing downloaded."""
    monkeypatch.setenv(settings.REFRESH_BUTTON, "on")
    with serve() as address:
        yield address


def open_data(page: Page, app: str) -> None:
    page.goto(f"{app}/sources")
    expect(page.get_by_role("heading", level=1)).to_have_text("Data and sources")
    settle(page)


def status_line(page: Page) -> str:
    return page.get_by_text("Figures as of").inner_text()


def show_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def test_looking_asks_nobody_for_anything(app: str, publishers: Publishers, page: Page) -> None:
    open_view(page, f"{app}/")
    open_data(page, app)
    for tab in page.get_by_role("tab").all():
        tab.click()
    settle(page)
    assert publishers.server.log == []
    assert status_line(page).endswith("; part of health visiting not loaded by borough.")


def test_the_button_brings_all_figures_and_the_map_shows_them(
    app: str, publishers: Publishers, visit: Callable[..., Page]
) -> None:
    publishers.serve_all()
    page, other = visit(), visit()
    open_data(page, app)
    # a double click is one refresh
    page.get_by_role("button", name=BUTTON).dblclick()
    for source in SOURCES:
        # while the next answer comes, what was said before may still stand beside it
        taken = page.get_by_test_id("stAlert").filter(has_text=source).first
        # boundaries are drawn anew, which takes a while beside other work
        expect(taken).to_contain_text("Taken in: figures to", timeout=60_000)
    expect(page.get_by_role("button", name=BUTTON)).to_be_enabled()
    assert [request.path for request, _ in publishers.server.log].count("/fingertips/metadata") == 1
    expect(page.get_by_text("Figures as of")).to_contain_text("6 sources live")

    show_tab(page, "What changed")
    page.get_by_text("Health visitor service delivery metrics, Fingertips").last.click()
    expect(page.get_by_text("Figures that are other than they were")).to_be_visible()
    expect(page.get_by_role("cell", name="85.2%").first).to_be_visible()  # England in 2024/25, as it was

    # somebody else sees the same, without asking
    open_view(other, f"{app}/?indicator=new_birth_visit_14_days&period=2024/25&ics=NCL&vintage=2022")
    expect(other.get_by_test_id("stMetric").filter(has_text="North Central London")).to_contain_text("81.0%")
    barnet = other.get_by_role("row").filter(has=other.get_by_role("button", name="Barnet", exact=True))
    expect(barnet).to_contain_text("published; the publisher's note: Concern about data quality")


@at_length
def test_what_cannot_be_fetched_is_said_and_nothing_is_lost(
    app: str, publishers: Publishers, visit: Callable[..., Page]
) -> None:
    page = visit()
    publishers.serve_population(as_csv(population_rows()))
    open_data(page, app)
    page.get_by_role("button", name=BUTTON).click()
    reviews = page.get_by_test_id("stAlert").filter(has_text="Health visitor reviews.")
    expect(reviews).to_contain_text(
        "expected the list of the profile's indicators as CSV, but the answer was 404"
    )
    taken = page.get_by_test_id("stAlert").filter(has_text="Population aged 0 to 4.")
    expect(taken).to_contain_text("Taken in: figures to 30 June 2025. Figures: 99 new.")
    expect(page.get_by_text("Figures as of")).to_contain_text("one source live")
    # it is said once, and still after a restart
    expect(page.get_by_test_id("stAlert").filter(has_text="Last try")).to_have_count(0)
    with serve() as restarted:
        open_data(later := visit(), restarted)
        expect(later.get_by_test_id("stAlert").filter(has_text="Last try")).to_have_count(5)
        later.close()
    open_view(page, f"{app}/")
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        "In Lambeth there are 15.8 designated centres"
    )


@at_length
def test_what_is_held_back_can_be_looked_at_before_it_is_accepted(
    app: str, publishers: Publishers, page: Page
) -> None:
    publishers.serve_all()
    refresh("ohid_fingertips", publishers.order(), publishers.session())
    publishers.server.clear()
    without_camden = [row for row in review_rows() if row["Area Code"] != CAMDEN]
    publishers.serve_reviews(as_csv(without_camden))
    open_data(page, app)
    page.get_by_role("button", name=BUTTON).click()
    held = page.get_by_test_id("stAlert").filter(has_text="Held back")
    expect(held).to_contain_text("Camden is not in the file. If it is right, the command line takes it in")
    unfold(page, "Health visitor reviews: what it would change")
    gone = page.get_by_role("row").filter(has_text="6 to 8 week review").filter(has_text="2024/25").first
    expect(gone).to_contain_text("Camden80.6%none")


def test_a_damaged_download_is_named_on_every_page(publishers: Publishers, page: Page) -> None:
    for camden in ("1", "2"):
        rows = [*population_rows()]
        rows[-1] = rows[-1] | {"OBS_VALUE": camden}
        take_files("ons_population", [Download(as_csv(rows), "p.csv")], publishers.order())
    newest = open_library().entries["observations/live/ons_population.csv"].path
    newest.write_text("half", encoding="utf-8")
    with serve() as app:
        open_data(page, app)
        note = page.get_by_test_id("stAlert").filter(
            has_text="Population estimates by single year of age, Nomis: the newest download is damaged"
        )
        expect(note).to_contain_text("In its place the copy retrieved on")
        open_view(page, f"{app}/")
        assert "Nomis: the newest download is damaged" in status_line(page)
        page.close()


def test_visitors_read_on_every_page_when_there_may_be_newer_figures(
    publishers: Publishers, page: Page
) -> None:
    publishers.serve_all()
    with serve() as app:
        take_files("ons_population", [Download(as_csv([*population_rows()]), "p.csv")], publishers.order())
        open_view(page, f"{app}/")
        expect(page.get_by_text("There may be newer figures")).to_have_count(0)
        noted = publishers.live / "ons_population" / versions.LAST_TRY
        noted.write_text(
            json.dumps(
                {"at": "2026-11-20T03:00:00+00:00", "outcome": "failed", "message": "No answer."}
                | {"answered": "2026-01-05T03:00:00+00:00"}
            ),
            encoding="utf-8",
        )
        for path in ("borders", "about"):
            page.goto(f"{app}/{path}")
            expect(page.get_by_text("There may be newer figures")).to_have_text(
                re.compile(
                    "the last usable answer of a publisher came on 5 January 2026 "
                    r"\(Office for National Statistics\)"
                )
            )
        page.close()


def test_figures_that_come_in_meanwhile_are_shown_at_the_next_choice(
    app: str, publishers: Publishers, page: Page
) -> None:
    open_view(page, f"{app}/?indicator=designated_centres")
    expect(control(page, "Period")).to_have_value("19 August 2026")
    register = Download(as_csv(register_rows()), "edubaseallchildrencentre20261101.csv")
    take_files("dfe_register", [register], publishers.order())
    choose(page, "Borough", "Camden")
    expect(page.get_by_text("Figures as of")).to_contain_text("one source live")
    choose(page, "Period", "1 November 2026")
    expect(page.get_by_text("1 November 2026 · All London").first).to_be_visible()
    # and when they are taken back, the page says so and goes on
    versions.rollback("dfe_register", publishers.live)
    choose(page, "Borough", "Barnet")
    expect(page.get_by_test_id("stAlert")).to_contain_text(
        "There is no figure of this indicator for “2026-11-01”"
    )
    expect(control(page, "Period")).to_have_value("19 August 2026")


@at_length
def test_where_nobody_answers_two_sentences_say_so_and_nobody_else_is_bothered(
    app: str, publishers: Publishers, visit: Callable[..., Page]
) -> None:
    page, other = visit(), visit()
    open_data(page, app)
    open_data(other, app)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_test_id("stAlert").filter(has_text="No publisher gave figures")).to_have_text(
        re.compile("No publisher gave figures that could be used. What was in use stays in use.")
    )
    open_view(other, f"{app}/?indicator=linked_sites&vintage=2026")
    open_data(other, app)
    expect(other.get_by_test_id("stAlert").filter(has_text="No publisher gave figures")).to_have_count(0)


@at_length
def test_a_server_that_is_set_up_for_it_refreshes_by_itself(
    publishers: Publishers, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishers.serve_all()
    monkeypatch.setenv(settings.REFRESH_HOURS, "24")
    with serve() as app:
        # a page that is open stays as it is: who comes later sees what has come
        while len(open_library().versions) < 6:
            page.wait_for_timeout(200)
        open_data(page, app)
        expect(page.get_by_text("Figures as of")).to_contain_text("6 sources live")
        expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
        page.close()


def test_a_setting_without_a_meaning_is_said(
    publishers: Publishers, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.REFRESH_HOURS, "soon")
    with serve() as app:
        page.goto(app)
        expect(page.get_by_test_id("stAlert")).to_contain_text(
            "must be a number of hours above 0, not 'soon'"
        )
        assert page.request.get(f"{app}/readyz").status == 503
        page.close()


def test_all_figures_can_be_taken_away_with_their_dictionary(page: Page, tmp_path: Path) -> None:
    page.goto("/sources")
    show_tab(page, "All figures")
    files = {
        name: download(page, name).path().read_bytes()
        for name in ("All figures as CSV", "All figures as Parquet", "Data dictionary as CSV")
    }
    rows = list(csv.DictReader(io.StringIO(files["All figures as CSV"].decode("utf-8-sig"))))
    table = pq.read_table(io.BytesIO(files["All figures as Parquet"]))
    explained = list(csv.DictReader(io.StringIO(files["Data dictionary as CSV"].decode("utf-8-sig"))))
    assert len(rows) == table.num_rows > 5_000
    assert list(rows[0]) == table.column_names
    assert {row["column"] for row in explained} >= {"value", "status", "note", "licence"}
    found = [row for row in rows if (row["area_code"], row["indicator_id"]) == (BARNET, "population_0_4")]
    assert [row["value"] for row in found] == ["24287"]


def test_every_check_is_listed_and_holds_and_visitors_have_no_button_unless_it_is_asked_for(
    page: Page, server: str
) -> None:
    open_data(page, server)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    show_tab(page, "Checks")
    expect(page.get_by_text("All 14 checks hold.")).to_be_visible()
    expect(page.get_by_role("cell", name="values agree with their counts")).to_be_visible()


def test_the_coverage_says_who_is_missing_and_why(page: Page) -> None:
    page.goto("/sources")
    show_tab(page, "Coverage")
    row = page.get_by_role("row").filter(has_text="Children offered ASQ-3")
    expect(row).to_contain_text("2015/16 to 2023/24 (9)")
    expect(row).to_contain_text("26 of 33")
    expect(row).to_contain_text("Redbridge (not published)")
    expect(page.get_by_role("row").filter(has_text="6 to 8 week reviews (England only)")).to_have_count(1)
    reviews = page.get_by_role("row").filter(has_text="12-month review by 15 months")
    expect(reviews).to_contain_text("82.6% (April to June 2017)")
    expect(page.get_by_text("python -m data_loaders refresh ohid_fingertips")).to_be_visible()
