"""Where newer children are in use, every page and file that counts children says so, and none the census."""

import csv
import io

import pytest

from data_loaders.children import SOURCE
from data_loaders.refresh import refresh
from pages.components.data import access
from pages.components.exhibits.kinds import Exhibit
from pages.components.packs import registry
from pages.components.small_areas import text as small_areas_text
from tests.served import Publishers, small_area_children

PAGES = {
    "small_areas": "/?indicator=access_any_centre&areas=small&vintage=2026",
    "borders_children": "/borders?vintage=2026",
    "what_if": "/what_if?vintage=2026&closed=22366",
    "what_if_open_borders": "/what_if?vintage=2026&whose=ics",
}


@pytest.fixture
def newer(publishers: Publishers) -> None:
    """Children of mid-2024, made up."""
    publishers.serve_small_areas()
    assert refresh(SOURCE, publishers.order(), publishers.session()).kind == "replaced"


def exhibit(key: str) -> Exhibit:
    view, problems = registry.view_of(PAGES[key])
    assert problems == []
    found = registry.exhibit_of(view, key)
    assert found is not None
    return found


def said(found: Exhibit) -> str:
    return " ".join([found.title, found.subtitle, *found.remarks])


@pytest.mark.usefixtures("newer")
def test_pages_and_files_say_of_when_the_children_are() -> None:
    for key in PAGES:
        found = exhibit(key)
        assert "in mid-2024" in said(found), key
        for gone in ("Census day", "Census 2021", "lockdown", "{"):
            assert gone not in said(found), key
        assert any("Population estimates for small areas" in line for line in found.sources), key
        assert not any("Census 2021: children" in line for line in found.sources), key
    for key in ("borders_children", "what_if"):
        assert set(exhibit(key).numbers().values()["Day of the children"]) == {"2024-06-30"}, key


@pytest.mark.usefixtures("newer")
def test_the_map_of_children_is_of_those_in_use() -> None:
    found = exhibit("small_areas")
    rows = csv.DictReader(io.StringIO(found.numbers().texts().to_csv()))
    counted = sum(int(row["Children aged 0 to 4 (mid-2024)"].replace(",", "")) for row in rows)
    assert counted == sum(small_area_children().values())
    beside = small_areas_text.beside("population_0_4", access.children())
    assert beside.endswith("those of small areas are of mid-2024, whichever that is.")


def test_without_a_download_it_is_the_census_that_is_named() -> None:
    for key in PAGES:
        found = exhibit(key)
        assert "on Census day" in said(found), key
        assert not any("Population estimates for small areas" in line for line in found.sources), key
