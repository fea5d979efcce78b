"""The files that people take away."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .screen import download, fills, london_map, open_view, table, take

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = [
    "/",
    "/?indicator=asq3_at_2_to_2_5_years&period=2023/24&ics=NEL&borough=Newham",
    "/?indicator=family_hubs_programme&layout=tiles",
]


@pytest.fixture
def page(reader: Page) -> Page:
    """Nothing is entered here: files of one view are taken after those of another."""
    return reader


def saved(page: Page, button: str, folder: Path) -> Path:
    """The file behind a button, under the name that the visitor gets."""
    coming = download(page, button)
    path = folder / coming.suggested_filename
    coming.save_as(path)
    return path


def words_of(picture: ElementTree.Element) -> str:
    """All words of a picture, as they are read."""
    lines = [" ".join(text.itertext()) for text in picture.iter(f"{SVG}text")]
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("kind", ["Map", "Ranking"])
def test_a_picture_as_png_is_wide_enough_for_print(page: Page, tmp_path: Path, kind: str) -> None:
    open_view(page)
    path = saved(page, f"{kind} as PNG", tmp_path)
    assert path.name == f"centres_per_10k_0_4_london_2026-08-19_{kind.lower()}_ics2026.png"
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.width >= 1200
        assert len(picture.convert("RGB").getcolors(maxcolors=10**7) or []) > 10


@pytest.mark.parametrize("kind", ["Map", "Ranking"])
@pytest.mark.parametrize("address", VIEWS[:2])
def test_a_picture_as_svg_says_what_it_shows_and_whose_it_is(
    page: Page, tmp_path: Path, address: str, kind: str
) -> None:
    open_view(page, address)
    headline = page.get_by_role("heading", level=2).first.inner_text()
    path = tmp_path / "picture.svg"
    take(page, kind, "SVG").save_as(path)
    said = words_of(ElementTree.fromstring(path.read_bytes()))
    assert headline in said
    assert page.get_by_role("heading", level=1).inner_text() in said
    assert "Open Government Licence" in said
    # the address without a set of boundaries is an old link, which means the first
    ics = "four ICSs as of April 2026" if address == "/" else "five ICSs as of July 2022"
    assert ics in said


@pytest.mark.parametrize("address", VIEWS)
def test_the_map_as_svg_is_coloured_like_the_map_on_the_screen(
    page: Page, tmp_path: Path, address: str
) -> None:
    open_view(page, address)
    path = tmp_path / "map.svg"
    take(page, "Map", "SVG").save_as(path)
    exported = {
        shape.attrib["aria-label"]: shape.attrib["fill"].upper()
        for shape in ElementTree.fromstring(path.read_bytes()).iter(f"{SVG}path")
        if shape.get("aria-roledescription") == "geoshape"
    }
    on_screen = {label: fill.upper() for label, fill in fills(london_map(page)).items()}
    assert len(on_screen) == 33
    assert exported == on_screen


def test_the_numbers_of_london_come_with_codes_status_and_source(page: Page, tmp_path: Path) -> None:
    open_view(page)
    path = saved(page, "Numbers as CSV", tmp_path)
    assert path.name == "centres_per_10k_0_4_london_2026-08-19_ics2026.csv"
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    codes = [line["Area code"] for line in lines]
    assert codes[:33] == [f"E090000{number:02}" for number in range(1, 34)]
    assert codes[-2:] == ["E12000007", "E92000001"]
    assert len(codes) == 33 + 4 + 2
    value = "Value (number per 10,000 children aged 0 to 4)"
    by_name = {line["Area"]: line for line in lines}
    assert round(float(by_name["Lambeth"][value]), 1) == 15.8
    assert by_name["Lambeth"]["ICS"] == "South East London"
    assert (by_name["England"][value], by_name["England"]["Status"]) == ("", "not loaded")
    assert all(line["Status"] and line["Source"] for line in lines if line[value])
    assert by_name["North East London"]["Code of its board in the NHS (ODS)"] == "QMF"
    assert {line["Period"] for line in lines} == {"19 August 2026"}
    (about,) = {line["About"] for line in lines}
    assert "four ICSs as of April 2026" in about
    (sources,) = {line["Sources and licences"] for line in lines}
    assert "Open Government Licence v3.0" in sources
    (origin,) = {line["Made with"] for line in lines}
    assert "/?indicator=centres_per_10k_0_4&period=2026-08-19" in origin or "/?period=2026-08-19" in origin


def test_the_numbers_of_an_ics_are_those_of_its_boroughs(page: Page, tmp_path: Path) -> None:
    open_view(page, VIEWS[1])
    path = saved(page, "Numbers as CSV", tmp_path)
    assert path.name == "asq3_at_2_to_2_5_years_nel_2023-24_ics2022.csv"
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [line["Area"] for line in lines[-3:]] == ["North East London", "London", "England"]
    assert len(lines) == 8 + 3
    assert {line["ICS"] for line in lines[:-2]} == {"North East London"}
    redbridge = next(line for line in lines if line["Area"] == "Redbridge")
    assert (redbridge["Value (per cent)"], redbridge["Status"]) == ("", "not published")


def test_taking_a_file_away_leaves_the_page_as_it_was(page: Page, tmp_path: Path) -> None:
    open_view(page, VIEWS[1])
    before = page.url
    saved(page, "Map as PNG", tmp_path)
    assert page.url == before
    expect(table(page).locator("button[aria-pressed=true]")).to_have_text(["Newham"])
