"""The screens of a meeting: the page's own figures, few and large, and answers only as they may be shown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from data_loaders.survey.demo import made_up
from geo.boundaries.layouts import Layout
from geo.survey.maturity import WITHHELD
from geo.tables.london import London
from pages.components.answers import waves as answers_waves
from pages.components.borough.over_time import say_course
from pages.components.charts import choropleth, large_rows
from pages.components.data import figures
from pages.components.data.figures import IndicatorView
from pages.components.frame.navigation import PAGES
from pages.components.maturity import question
from pages.components.meeting import pages as meeting_pages
from pages.components.meeting.screens import Screen
from pages.components.state.view import MEETING
from pages.exports.exhibit import ILLUSTRATIVE
from tests import vega_lite
from tests.pages.test_pictures import rows_of, view_of, with_rows

MEETS = [page.address for page in PAGES if page.has_meeting]
CENTRES, GLD, SITES = "centres_per_10k_0_4", "gld_2022_on", "linked_sites"


def sizes_in(drawing: Any) -> list[float]:
    """Every size of type that a specification names."""
    if isinstance(drawing, list):
        return [size for part in drawing for size in sizes_in(part)]
    if not isinstance(drawing, dict):
        return []
    own = [v for k, v in drawing.items() if k in {"fontSize", "labelFontSize", "titleFontSize"}]
    return [size for size in own if isinstance(size, int | float)] + sizes_in(list(drawing.values()))


def screens_of(london: London) -> Iterator[tuple[str, Screen]]:
    """Every screen of every page: of London and of an ICS, of a rate, of a share, of a total."""
    for indicator in (CENTRES, GLD, SITES, "family_hubs_programme"):
        for ics, borough in (("all", ""), ("WNL", "Camden"), ("NEL", "Hackney")):
            view = view_of(
                london, indicator, vintage="2026", ics=ics, borough=borough, demo="yes", meeting="1"
            )
            for page in MEETS:
                for screen in meeting_pages.shown(page, replace(view, compare="Camden,Barnet")).screens:
                    yield f"{page}/{screen.key} {indicator} {ics}", screen


def shown(page: str, london: London, indicator: str, **changes: str) -> tuple[Screen, ...]:
    view = view_of(london, indicator, vintage="2026", meeting="1", **changes)
    return meeting_pages.shown(page, view).screens


def rows_in(screen: Screen) -> list[dict]:
    """The rows of the last picture of a screen."""
    return rows_of(screen.pictures[-1].rows, "rows")


@pytest.mark.thorough
def test_every_screen_of_every_page_is_a_sentence_a_valid_picture_and_a_source(london: London) -> None:
    pages: dict[str, list[Screen]] = {}
    for where, screen in screens_of(london):
        pages.setdefault(where.split(" ")[0].partition("/")[0], []).append(screen)
        assert screen.key in MEETING[1:], where
        assert screen.headline, where
        assert screen.about, where
        for picture in screen.pictures:
            vega_lite.validate(with_rows(picture.drawing, picture.rows))
            assert screen.sources, where
        assert len({id(picture) for picture in screen.pictures}) == len(screen.pictures)
    assert set(pages) == set(MEETS)


def test_no_two_screens_of_a_page_have_one_key(london: London) -> None:
    for page in MEETS:
        for ics in ("all", "WNL"):
            keys = [screen.key for screen in shown(page, london, CENTRES, ics=ics, demo="yes")]
            assert len(set(keys)) == len(keys), page


@pytest.mark.parametrize("ics", ["all", "WNL", "NEL"])
def test_no_more_than_twelve_names_stand_on_a_screen_and_all_boroughs_are_on_one(
    ics: str, london: London
) -> None:
    first, *ranking = shown("", london, CENTRES, ics=ics)
    assert len(rows_in(first)) <= large_rows.MOST_ROWS
    named = [row["name"] for screen in ranking for row in rows_in(screen)]
    assert all(len(rows_in(screen)) <= large_rows.MOST_ROWS for screen in ranking)
    members = figures.picture(view_of(london, CENTRES, vintage="2026", ics=ics)).boroughs
    wholes = {"London", *london.ics_names["2026"].values()}
    boroughs = [name for name in named if name not in wholes]
    assert len(boroughs) == len(set(boroughs)) == len(members)
    # London, and the ICS that is looked at, stand on every screen
    for screen in ranking:
        beside = {"London"} if ics == "all" else {"London", london.ics_names["2026"][ics]}
        assert beside <= {row["name"] for row in rows_in(screen)}


def test_all_screens_of_a_ranking_are_measured_alike(london: London) -> None:
    _, *ranking = shown("", london, CENTRES)
    domains = {
        tuple(screen.pictures[0].drawing["layer"][0]["encoding"]["x"]["scale"]["domain"])
        for screen in ranking
    }
    assert len(domains) == 1


def test_the_numbers_on_the_map_are_those_of_the_list(london: London) -> None:
    (screen, *_) = shown("", london, CENTRES, ics="NEL")
    on_map = {row["area_name"]: row["label"] for row in rows_of(screen.pictures[0].rows, "areas")}
    listed = {row["name"]: row["number"] for row in rows_in(screen)}
    assert listed["Hackney"] == on_map["Hackney"] == "12"
    assert on_map["Camden"] == ""
    # the City is too small to be ranked: it has a value and no number
    assert listed["City of London"] == on_map["City of London"] == ""
    assert listed["London"] == listed["North East London"] == ""


def test_of_boroughs_that_read_the_same_all_are_named_beside_the_map_or_none(london: London) -> None:
    # thirteen boroughs have no linked site
    (screen, *_) = shown("", london, SITES)
    assert [row["text"] for row in rows_in(screen)].count("0") == 0
    assert rows_in(screen)[-1]["name"] == "28 others below"
    # four share the value of the 25th
    (screen, *_) = shown("", london, CENTRES)
    values = [row["text"] for row in rows_in(screen)]
    assert "3.2" not in values
    assert "3.1" in values


def test_the_map_of_borders_numbers_whom_its_list_names_and_speaks_of_every_borough(london: London) -> None:
    # the last is nowhere near the part of London that is shown: it is listed alone
    for ics, borough, has_number in (("all", "Ealing", True), ("NEL", "", True), ("SWL", "Hackney", False)):
        _, screen = shown("borders", london, CENTRES, ics=ics, borough=borough)
        on_map, listed = screen.pictures[0].drawing["layer"], rows_in(screen)
        named = {row["number"]: row["name"] for row in listed if row["number"]}
        assert 6 <= len(named) <= large_rows.MOST_ROWS
        assert [row["sign"] for row in on_map[-1]["data"]["values"]] == list(named)
        assert (borough in {"", *named.values()}) == has_number
        assert [row["name"] for row in listed[len(named) :]] == [
            *([] if has_number else [borough]),
            "Within one ICS",
            "Between two ICSs",
            "Thicker: larger gap",
        ]
        # who types the first letters of a name finds its area
        (spoken,) = [step["calculate"] for step in on_map[0]["transform"]]
        assert all(f': "{name}, ' in spoken for name in london.borough_codes)


@pytest.mark.parametrize("indicator", ["gld_2013_2019", "idaci_2019", "access_only_across_border"])
def test_of_borders_that_differ_alike_all_are_numbered_or_none(indicator: str, london: London) -> None:
    _, screen = shown("borders", london, indicator)
    names = {row["spoken"].split(",")[0] for row in rows_in(screen) if row["number"]}
    pairs = figures.border_pairs(view_of(london, indicator, vintage="2026"))
    on_land = pairs[pairs["how"] == ""]
    both = [
        {higher, lower} <= names for higher, lower in zip(on_land["higher"], on_land["lower"], strict=True)
    ]
    left_out = both.index(False)
    assert left_out >= 3
    assert set().union(*zip(on_land["higher"][:left_out], on_land["lower"][:left_out], strict=True)) == names
    assert on_land["gap"].iloc[left_out - 1] > on_land["gap"].iloc[left_out]


def test_the_borough_that_is_chosen_is_named_beside_the_map_wherever_it_stands(london: London) -> None:
    (screen, *_) = shown("", london, CENTRES, borough="Hackney")
    rows = rows_in(screen)
    assert len(rows) <= large_rows.MOST_ROWS
    assert [row["number"] for row in rows if row["name"] == "Hackney"] == ["12"]
    numbers = [int(row["number"]) for row in rows if row["number"]]
    assert numbers == sorted(numbers)


def test_the_ics_has_its_own_value_on_its_screen(london: London) -> None:
    systems, *_ = shown("ics", london, CENTRES, ics="NEL")
    values = {row["name"]: row["text"] for row in rows_in(systems)}
    assert values["North East London"] == "5.4"
    assert values["London"] == "6.0"
    assert "in North East London 5.4" in systems.headline


def test_a_borough_is_beside_its_neighbours_and_what_stands_out_of_it_is_counted_both_ways(
    london: London,
) -> None:
    neighbours, standing, *_ = shown("borough", london, CENTRES, borough="Hackney")
    assert neighbours.headline == "Hackney (6.7) is 12th of 32 from the highest."
    assert {"Hackney", "Islington", "Newham", "London", "North East London"} <= {
        row["name"] for row in rows_in(neighbours)
    }
    signs = [row["number"] for row in rows_in(standing)]
    assert [signs.count(sign) for sign in "▲▼+"] == [4, 2, 5]
    assert standing.headline == (
        "Hackney stands out in 11 figures: ahead in four, behind in two and high or low in five."
    )
    # which rule it is by stands beside it
    assert any("95% interval" in remark for remark in standing.remarks)


def test_the_course_of_a_borough_says_both_ends_and_judges_neither(london: London) -> None:
    *_, course = shown("borough", london, GLD, borough="Hackney")
    assert course.headline == "Hackney went from 68.5% (summer 2022) to 68.1% (summer 2025)."


@pytest.mark.parametrize("indicator", [CENTRES, "linked_sites", "asq3_at_2_to_2_5_years", "gld_2022_on"])
def test_no_borough_is_said_to_have_gone_from_a_value_to_the_same(indicator: str, london: London) -> None:
    said = [say_course(name, view_of(london, indicator, vintage="2026")) for name in london.borough_codes]
    ends = [re.fullmatch(r".+ went from (.+) \(.+?\) to (.+) \(.+?\)\.", text) for text in said if text]
    stayed = [text for text in said if " is where it was: " in text]
    assert len([end for end in ends if end]) + len(stayed) == len([text for text in said if text]) > 20
    assert all(end[1] != end[2] for end in ends if end)


def test_what_cannot_be_compared_is_said_to_be_so_and_not_drawn(london: London) -> None:
    for page in ("lottery", "borders"):
        (screen,) = shown(page, london, SITES)
        assert "where more children live, more can be expected" in screen.headline
        assert not screen.pictures


def test_only_made_up_answers_are_said_to_be_made_up(london: London) -> None:
    for page in MEETS:
        for screen in shown(page, london, CENTRES, borough="Hackney", demo="yes"):
            assert screen.is_made_up == (page == "maturity"), page
            assert screen.headline.startswith(ILLUSTRATIVE) == screen.is_made_up, page


def test_a_meeting_shows_of_answers_what_the_page_shows_and_no_more(london: London) -> None:
    view = view_of(london, CENTRES, vintage="2026", demo="yes", meeting="1")
    wave = answers_waves.waves(view)[0]
    told = wave.shown[question.item_of(view)]
    given = made_up(wave.instrument, list(london.borough_codes.values()), wave.name)
    of_item = given[given["item_id"] == question.item_of(view)].set_index("area_code")["response"]
    letters = {option.response: option.letter for option in wave.instrument.options}
    seen = meeting_pages.shown("maturity", view)
    on_map = {row["area_code"]: row["label"] for row in rows_of(seen.screens[0].pictures[0].rows, "areas")}
    typed = {named.name: named.said for named in seen.boroughs}
    names = {code: name for name, code in london.borough_codes.items()}
    hidden = [code for code, response in told.boroughs.items() if response == WITHHELD]
    assert hidden
    for code in hidden:
        assert on_map[code] == "–"
        label = wave.instrument.option(of_item[code]).label
        assert label not in typed[names[code]]
    named = [code for code, response in told.boroughs.items() if response in letters]
    assert all(on_map[code] == letters[told.boroughs[code]] for code in named)
    # groups that may not be shown have no bar
    groups = rows_of(seen.screens[1].pictures[0].rows, "rows")
    withheld = {row["group"] for row in groups if row.get("remark")}
    assert "South East London" in withheld
    assert not {row["group"] for row in groups if row.get("response")} & withheld


@pytest.mark.parametrize("vintage", ["2022", "2026"])
@pytest.mark.parametrize("layout", ["map", "wide_tiles"])
def test_the_map_of_a_meeting_is_valid_and_large(
    layout: str, vintage: str, london: London, layouts: dict[str, Layout]
) -> None:
    view = view_of(london, "asq3_at_2_to_2_5_years", vintage=vintage, meeting="1")
    drawn = IndicatorView(view, london, layouts[layout])
    drawing = choropleth.specification(layouts[layout], drawn.rows, vintage, "light", "meeting")
    data = choropleth.for_a_room(drawn.map_data)
    vega_lite.validate(with_rows(drawing, data) | {"width": 1100})
    assert min(sizes_in(drawing)) >= 30


def test_wide_tiles_are_the_tiles_only_wider(london: London, layouts: dict[str, Layout]) -> None:
    tiles, wide = layouts["tiles"].labels, layouts["wide_tiles"].labels
    assert list(tiles["tile_label"]) == list(wide["tile_label"])
    # Hillingdon stands at the left end of the third row, a tile each way
    hillingdon = wide.loc["E09000017"]
    assert (hillingdon["west"], hillingdon["east"]) == pytest.approx((0, 1.55), abs=0.01)
    assert (hillingdon["south"], hillingdon["north"]) == pytest.approx((-3, -2), abs=0.01)
    view = replace(view_of(london, "linked_sites"), layout="tiles")
    values = [
        IndicatorView(view, london, layouts[name]).rows["label"].tolist() for name in ("tiles", "wide_tiles")
    ]
    assert values[0] == values[1]
