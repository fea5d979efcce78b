"""Pictures taken away: the same as on the screen, in every format, and onto the clipboard."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Download, Page, expect
from pypdf import PdfReader

from data_loaders.settings import ADDRESS, EMBED_HOSTS

from .conftest import serve
from .screen import (
    BARS,
    close_menu,
    fills,
    london_map,
    open_menu,
    open_more,
    open_view,
    ranking,
    settle,
    take,
)

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = ["/", "/?indicator=asq3_at_2_to_2_5_years&period=2023/24&ics=NEL&borough=Newham"]


def saved(coming: Download, folder: Path) -> Path:
    """The file under the name that the visitor gets."""
    path = folder / coming.suggested_filename
    coming.save_as(path)
    return path


def exported(path: Path, kind: str) -> dict[str, str]:
    """What each shape or bar of an SVG says, with the colour it is filled with."""
    shapes = ElementTree.fromstring(path.read_bytes()).iter(f"{SVG}path")
    return {
        shape.attrib["aria-label"]: shape.attrib["fill"].upper()
        for shape in shapes
        if shape.get("aria-roledescription") == kind
    }


def in_capitals(found: dict[str, str]) -> dict[str, str]:
    return {said: fill.upper() for said, fill in found.items()}


@pytest.mark.parametrize("address", VIEWS)
def test_map_and_ranking_are_as_on_the_screen(reader: Page, tmp_path: Path, address: str) -> None:
    open_view(reader, address)
    on_screen = in_capitals(fills(london_map(reader)))
    assert exported(saved(take(reader, "Map", "SVG", "A slide (16:9)"), tmp_path), "geoshape") == on_screen
    bars = (
        ranking(reader)
        .locator(BARS)
        .evaluate_all(
            "paths => Object.fromEntries(paths.map(path => [path.ariaLabel, path.getAttribute('fill')]))"
        )
    )
    path = saved(take(reader, "Ranking", "SVG", "A column of an A4 page (8 cm)"), tmp_path)
    assert exported(path, "bar") == in_capitals(bars)
    assert len(on_screen) == 33
    assert bars


def test_print_and_pdf_have_the_size_that_was_asked_for(reader: Page, tmp_path: Path) -> None:
    open_view(reader)
    path = saved(take(reader, "Map", "PNG, 300 dpi", "A column of an A4 page (8 cm)"), tmp_path)
    assert path.name == "centres_per_10k_0_4_london_2026-08-19_map_ics2026_column_300dpi.png"
    with Image.open(path) as picture:
        assert picture.width == 945
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    coming = take(reader, "Map", "PDF", "A column of an A4 page (8 cm)")
    (sheet,) = PdfReader(io.BytesIO(Path(coming.path()).read_bytes())).pages
    assert float(sheet.mediabox.width) == pytest.approx(8 / 2.54 * 72, abs=1)
    assert "Lambeth" in sheet.extract_text()


def test_picture_and_numbers_go_onto_the_clipboard(visit: Callable[..., Page]) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    open_view(page)
    open_more(page, "Map")
    page.get_by_role("button", name="Copy numbers").click()
    expect(page.get_by_text("The numbers are on the clipboard")).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0].split("\t")[:3] == ["Borough", "ICS", "Value (number per 10,000 children aged 0 to 4)"]
    assert lines[1].split("\t")[:3] == ["Lambeth", "South East London", "15.8"]
    page.get_by_role("button", name="Copy picture").click()
    expect(page.get_by_text("The picture is on the clipboard.")).to_be_visible()
    first = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read()
            const blob = await item.getType("image/png")
            return [...new Uint8Array(await blob.arrayBuffer())].slice(0, 4)
        }"""
    )
    assert bytes(first) == b"\x89PNG"


def test_where_the_browser_refuses_a_sentence_says_what_to_do(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_view(page)
    open_more(page, "Map")
    page.get_by_role("button", name="Copy picture").click()
    expect(page.get_by_text("download the file instead")).to_be_visible()


def test_two_downloads_at_once_give_two_right_files(reader: Page, tmp_path: Path) -> None:
    open_view(reader)
    coming: list[Download] = []
    reader.on("download", lambda file: coming.append(file))
    with reader.expect_event("download", lambda _: len(coming) == 2):
        for name in ("Map", "Ranking"):
            open_menu(reader, f"{name}: take away")
            reader.get_by_role("link", name=f"{name} as PNG").click()
            close_menu(reader)
    sizes = {}
    for file in coming:
        with Image.open(file.path()) as picture:
            picture.load()
            sizes[file.suggested_filename.split("_")[-2]] = picture.width
    assert sizes == {"map": 1880, "ranking": 1880}


@pytest.fixture(scope="module")
def embeddable() -> Iterator[str]:
    """An app at an address that people come to by https, whose charts one other origin may show."""
    with serve({EMBED_HOSTS: "https://example.org", ADDRESS: "https://example.org/early-years"}) as address:
        yield address


def test_a_chart_page_has_the_chart_and_its_source_and_no_frame(page: Page, embeddable: str) -> None:
    answer = page.goto(f"{embeddable}/?embed=chart&piece=map&indicator=gld_2013_2019&period=2019")
    assert answer is not None
    assert answer.headers["content-security-policy"].endswith("; frame-ancestors 'self' https://example.org")
    london_map(page).locator("path[aria-label]").first.wait_for()
    expect(page.get_by_text("Source: Department for Education")).to_be_visible()
    expect(page.get_by_test_id("stTopNav")).to_have_count(0)
    expect(page.get_by_role("button", name="take away")).to_have_count(0)


def test_only_chart_pages_may_be_framed(page: Page, embeddable: str) -> None:
    answer = page.goto(f"{embeddable}/?indicator=gld_2013_2019")
    assert answer is not None
    assert answer.headers["content-security-policy"].endswith("; frame-ancestors 'self'")
    settle(page)


def test_embedding_is_off_by_default(page: Page) -> None:
    answer = page.goto("/?embed=chart&piece=map")
    assert answer is not None
    assert answer.headers["content-security-policy"].endswith("; frame-ancestors 'self'")
    expect(page.get_by_text("cannot be shown on other pages")).to_be_visible()


def test_a_browser_is_told_how_to_treat_what_it_gets(page: Page, embeddable: str) -> None:
    for path in ("/", "/readyz", "/_stcore/health"):
        answer = page.request.get(f"{embeddable}{path}")
        assert answer.ok
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert "; Secure" in headers.get("set-cookie", "; Secure")


def test_hosts_that_mean_nothing_are_a_sentence_and_no_failure(page: Page) -> None:
    with serve({EMBED_HOSTS: "*"}) as address:
        page.goto(address)
        expect(page.get_by_test_id("stAlert")).to_contain_text(
            re.compile("must be origins such as https:.?//example.org")
        )
        page.close()


def test_a_chart_that_there_is_not_is_said(page: Page, embeddable: str) -> None:
    page.goto(f"{embeddable}/?embed=chart&piece=mapp")
    expect(page.get_by_text("There is no chart of this name.")).to_be_visible()
