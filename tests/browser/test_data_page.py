"""The data page: how fresh and sound the figures are, and a button that brings newer ones."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from data_loaders import settings
from tests.served import (
    BARNET,
    Publishers,
)

from .conftest import serve
from .screen import download, open_view, settle

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


def show_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


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
