"""The addresses of figures and pictures, as the app shows them to people who copy them elsewhere."""

import csv
import gzip
import io
import urllib.request
from xml.etree import ElementTree

from playwright.sync_api import Browser, expect

from .conftest import LAPTOP, serve
from .screen import open_menu, open_view, settle, unfold

VIEW = "?indicator=designated_centres&period=2019-12-06&vintage=2022&ics=NEL"


def fetched(address: str) -> bytes:
    """What a program gets that fetches an address, as Power Query does: compressed."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        content = answer.read()
        return gzip.decompress(content) if answer.headers["Content-Encoding"] == "gzip" else bytes(content)


def test_the_addresses_that_pages_show_give_the_view_below_a_base_path_too(browser: Browser) -> None:
    with serve(base="early") as app:
        of_view = f"{app}/data/designated_centres.csv?period=2019-12-06&vintage=2022&ics=NEL"
        rows = list(csv.DictReader(io.StringIO(fetched(of_view).decode(), newline="")))
        # the eight boroughs of North East London, and what they have together
        assert [row["area_type"] for row in rows] == ["borough"] * 8 + ["ics", "region", "country"]
        assert [row["value"] for row in rows if row["area_code"] == "E54000029"] == ["74"]
        svg = ElementTree.fromstring(fetched(f"{app}/picture/map.svg{VIEW}"))

        context = browser.new_context(**LAPTOP)  # type: ignore[arg-type]
        page = context.new_page()
        open_view(page, f"{app}/{VIEW}")
        headline = page.get_by_role("heading", level=2).first.inner_text()
        assert headline in " ".join(" ".join(svg.itertext()).split())
        open_menu(page, "Map: take away")
        link = page.get_by_role("link", name="Map as PNG")
        expect(link).to_have_attribute("href", f"{app}/picture/map.png{VIEW}&size=screen")
        in_print = page.get_by_role("link", name="PNG, 300 dpi: Map, a slide (16:9)")
        with page.expect_download() as waiting:
            in_print.click()
        assert (
            waiting.value.suggested_filename
            == "designated_centres_nel_2019-12-06_map_ics2022_slide_300dpi.png"
        )
        with page.expect_download() as waiting:
            page.get_by_role("link", name="CSV: Map").click()
        assert b"Tower Hamlets" in waiting.value.path().read_bytes()
        unfold(page, "For analysts: how to reproduce it")
        expect(page.get_by_text(f"{app}/picture/map.png{VIEW}&size=screen")).to_be_visible()
        expect(page.get_by_text(of_view)).to_be_visible()

        page.goto(f"{app}/sources{VIEW}")
        # the page runs all checks for its first visitor
        page.get_by_text("Figures as of").wait_for(timeout=120_000)
        settle(page)
        page.get_by_role("tab", name="All figures").click()
        shown = page.get_by_test_id("stCode")
        expect(shown).to_have_text([f"{app}/data/designated_centres.csv", of_view])
        expect(page.get_by_role("link", name="all there are")).to_have_attribute("href", f"{app}/data/")
        # the list is no page of the app, and says nothing of a connection
        listed = page.request.get(f"{app}/data/", headers={"Accept": "text/html"})
        assert listed.headers["content-type"] == "text/html; charset=utf-8"
        assert "etag" in listed.headers
        assert "<script" not in listed.text()
        # what is counted is told to nobody below a base path either
        assert page.request.get(f"{app}/_stcore/metrics").status == 404
        context.close()
