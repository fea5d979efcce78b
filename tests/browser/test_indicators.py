"""Indicators of every kind, as pictures and in words."""

import re

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from data_loaders.catalogue import load_catalogue
from data_loaders.store import read_manifest

from .conftest import ROOT
from .screen import (
    AREAS,
    area,
    choose_display,
    control,
    expect_chosen,
    expect_texts,
    fills,
    headers,
    london_map,
    open_menu,
    open_view,
    ranking,
    texts,
)

SHOWN = [i.indicator_id for i in load_catalogue(read_manifest()).indicators.values() if i.shown]


@pytest.fixture
def page(reader: Page) -> Page:
    """Whatever is chosen here stands in the link, and the next link takes its place."""
    return reader


def test_tiles_of_equal_size_name_every_borough_with_its_value(page: Page) -> None:
    open_view(page)
    choose_display(page, "Draw as", "Tiles of equal size")
    expect_texts(
        london_map(page), "Camden 5.2", "City of London 41.8", "Kensington & Chelsea 14.1", "Bromley 3.2"
    )
    # the longest names have no room in large letters: they are in the key
    expect_texts(london_map(page), "We 3.3", "We", "Westminster 3.3")
    expect(london_map(page).locator(AREAS)).to_have_count(33)
    sizes = (
        london_map(page)
        .locator(AREAS)
        .evaluate_all("tiles => tiles.map(tile => tile.getBBox()).map(({width}) => Math.round(width))")
    )
    assert len(set(sizes)) == 1


def test_a_click_on_a_tile_marks_the_borough(page: Page) -> None:
    open_view(page, "/?layout=tiles")
    area(london_map(page), "City of London").click()
    expect_chosen(page, "City of London")


def test_a_category_is_written_on_the_areas_as_a_letter_and_is_not_ranked(page: Page) -> None:
    open_view(page, "/?indicator=family_hubs_programme")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    expect(headers(page)).to_have_text(["Borough", "Value", "ICS"])
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    open_menu(page, "Display")
    expect(control(page, "Colour by")).to_have_count(0)
    expect(page.get_by_role("button", name="Ranking: take away")).to_have_count(0)
    said = texts(london_map(page))
    legend = [text for text in said if re.search(r"\(\d+\)$", text)]
    counts = sorted(int(text.rsplit("(")[1].strip(")")) for text in legend)
    assert counts == [16, 17]
    assert [text[:2] for text in legend] == ["A ", "B "]
    letters = [text.split()[-1] for text in said if text not in legend]
    assert {"A", "B"} <= set(letters)
    assert len(set(fills(london_map(page)).values())) == 2


def test_the_letters_of_a_category_are_on_every_tile(page: Page) -> None:
    open_view(page, "/?indicator=family_hubs_programme&layout=tiles")
    expect_texts(london_map(page), "Camden A")
    on_areas = [text for text in texts(london_map(page)) if re.search(r"\S [AB]$", text)]
    assert len(on_areas) == 33
    assert len([text for text in on_areas if text.endswith(" A")]) in {16, 17}


def test_boroughs_are_compared_with_london_in_words_and_colours(page: Page) -> None:
    open_view(page, "/?indicator=gld_2013_2019&classes=london")
    open_menu(page, "Display")
    expect(control(page, "Colour by")).to_have_value("Compared with London")
    for said in ("Better than London (", "Worse than London ("):
        expect(london_map(page).locator("text").filter(has_text=said)).to_have_count(1)
    expect(headers(page).filter(has_text="Compared with London")).to_have_count(1)


def test_the_city_stands_apart_below_the_ranking_with_its_value_and_the_reason(page: Page) -> None:
    open_view(page)
    expect(page.get_by_text("City of London (41.8) has very few children")).to_be_visible()
    why = ranking(page).get_by_text("41.8, not ranked: very few children").first
    expect(why).to_be_visible()
    last = area(ranking(page), "Harrow").bounding_box()
    city = why.bounding_box()
    assert last is not None
    assert city is not None
    assert city["y"] + city["height"] / 2 > last["y"] + last["height"]
    # on the map its code stands on it, and the key has its value and says so
    expect_texts(london_map(page), "CL")
    expect(london_map(page).get_by_text("City of London 41.8, not ranked")).to_be_visible()


def test_the_tooltip_names_the_borough_its_value_rank_and_ics(page: Page) -> None:
    open_view(page)
    area(london_map(page), "Bromley").hover()
    tooltip = page.locator("#vg-tooltip-element")
    for words in ("Bromley", "3.2", "26th of 32", "South East London"):
        expect(tooltip).to_contain_text(words)


@pytest.mark.parametrize("indicator", SHOWN)
def test_every_indicator_runs_without_an_exception(indicator: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params.update({"indicator": indicator, "borough": "Camden"})
    app.run()
    assert not app.exception
    assert not app.error
    assert not app.warning
    assert app.title[0].value
    assert app.header[0].value.endswith(".")
