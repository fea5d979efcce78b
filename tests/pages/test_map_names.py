"""Every borough on every map: by its name, or by a code that a key explains, and no label on another."""

import math
import re

import pytest

from pages.components.data import figures
from pages.components.packs import registry
from pages.exports import pictures
from pages.exports.exhibit import Exhibit
from tests.builders import EVERYTHING
from tests.drawn import Box, on_another, texts

# of a map in its frame: on a screen of 320 pixels and on My ICS at 1280; with EVERYTHING between and beyond
WIDTHS = (288, 358, 480, 660, 704, 768, 872) if EVERYTHING else (288, 660)
# around what Vega draws on a page, in pixels
AROUND = 8
# short values, values of two lines, long ones, and circles
FIGURES = ("centres_per_10k_0_4", "asq3_at_2_to_2_5_years", "early_years_spend_per_child_0_4", "linked_sites")
OLD = [("2022", code) for code in ("all", "NCL", "NEL", "NWL", "SEL", "SWL")]
# of the ICSs of 2026, three are of the same boroughs as before
NEW = [("2026", code) for code in ("all", "WNL", "NEL", "SEL", "SWL")[: None if EVERYTHING else 2]]
PLACES = [f"vintage={vintage}&ics={ics}" for vintage, ics in OLD + NEW]
LAYOUTS = ("map", "tiles")
OTHERS = [
    ("borders_map", "indicator=gld_2022_on"),
    ("centres_map", ""),
    ("what_if_map", "closed=20019"),
    ("small_areas", "indicator=access_nearest_across_border"),
]


def drawn(exhibit: Exhibit, width: int) -> set[tuple[str, Box]]:
    """The texts of an exhibit in a frame of this width; one drawn twice, for a casing, counts once."""
    assert exhibit.drawing
    assert exhibit.height
    # without its shapes and their legend, which take longest, and which texts stand clear of
    layers = [layer for layer in exhibit.drawing["layer"] if layer["mark"]["type"] == "text"]
    height = exhibit.drawing["height"] - exhibit.height.around - AROUND
    spec = exhibit.drawing | {"layer": layers, "height": height}
    svg = pictures.drawn_svg(spec, exhibit.rows, width - AROUND).decode()
    found = ((text, box) for text, box in texts(svg) if text not in ("", "ILLUSTRATIVE"))
    return {(text, tuple(round(side, 1) for side in box)) for text, box in found}  # type: ignore[misc]


def cut(labels: set[tuple[str, Box]], width: int) -> list[str]:
    """The texts that the edges of a picture cut, by more than the smooth edge of a letter."""
    return [text for text, (left, top, right, _) in labels if min(left, top) < -0.5 or right > width + 0.5]


def check(kind: str, link: str) -> None:
    names = figures.map_layout().labels.set_index("code")["tile_label"].str.replace("|", " ")
    view, _ = registry.view_of(f"/?{link}")
    exhibit = registry.exhibit_of(view, kind)
    assert exhibit
    assert exhibit.keyed
    for width in WIDTHS:
        labels = drawn(exhibit, width)
        said = {text for text, _ in labels}
        below = {f"{area.code} {area.meaning}" for area in exhibit.keyed if width < area.until}
        # from here on a key beside the map has all that have no room
        is_beside = width - AROUND >= (exhibit.least_width or math.inf)
        for area in exhibit.keyed:
            has_name, has_code = (
                any(text == name or text.startswith(f"{name} ") for text in said)
                for name in (names[area.code], area.code)
            )
            assert has_name or has_code, (width, area)
            if has_code:
                is_said = area.meaning in said if is_beside else f"{area.code} {area.meaning}" in below
                assert is_said, (width, area)
        assert not on_another(labels), width
        assert not cut(labels, width), width


@pytest.mark.parametrize(("kind", "link"), OTHERS)
@pytest.mark.parametrize("place", PLACES)
def test_on_other_maps(place: str, kind: str, link: str) -> None:
    check(kind, f"{place}&{link}")


def test_around_a_borough_whose_neighbours_are_seen_in_part() -> None:
    check("centres_map", "vintage=2026&ics=NEL&borough=Hackney")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("place", PLACES)
def test_on_the_map_of_answers(place: str, layout: str) -> None:
    check("maturity_map", f"demo=yes&{place}&layout={layout}")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("place", PLACES)
def test_on_the_map(place: str, figure: str, layout: str) -> None:
    check("map", f"{place}&indicator={figure}&layout={layout}")


def covered(exhibit: Exhibit, width: int) -> int:
    """How many signs of a map lie below its names and codes."""
    assert exhibit.drawing
    layers = [layer for layer in exhibit.drawing["layer"] if layer["mark"]["type"] in ("point", "text")]
    svg = pictures.drawn_svg(exhibit.drawing | {"layer": layers}, exhibit.rows, width).decode()
    signs = re.findall(r'aria-roledescription="point"[^>]*translate\(([-\d.]+),([-\d.]+)\)', svg)
    assert len(signs) > 100
    names = {box for _, box in texts(svg) if box[1] > 0}
    return sum(
        left < float(x) < right and top < float(y) < bottom
        for x, y in signs
        for left, top, right, bottom in names
    )


def test_names_keep_off_the_signs_of_sites() -> None:
    view, _ = registry.view_of("/centres?vintage=2026")
    exhibit = registry.exhibit_of(view, "centres_map")
    assert exhibit
    # in the middle of London there is hardly a free place
    assert covered(exhibit, 700) <= 12


def test_what_is_seen_of_a_borough_has_its_name_though_its_middle_is_not() -> None:
    view, _ = registry.view_of("/centres?vintage=2026&ics=NEL&borough=Hackney")
    exhibit = registry.exhibit_of(view, "centres_map")
    assert exhibit
    # the middles of Haringey, Camden and Newham lie beyond the edge
    labels = {text for text, _ in drawn(exhibit, 704)}
    assert {"Haringey", "Camden", "Newham", "Islington", "Hackney"} <= labels


@pytest.mark.parametrize("figure", ["centres_per_10k_0_4", "gld_2022_on", "early_years_spend_per_child_0_4"])
def test_the_legend_of_borders_has_room_on_a_phone(figure: str) -> None:
    for ics in ("all", "NEL", "SWL"):
        view, _ = registry.view_of(f"/borders?vintage=2026&ics={ics}&indicator={figure}")
        exhibit = registry.exhibit_of(view, "borders_map")
        assert exhibit
        assert exhibit.drawing
        (width,) = (
            layer["encoding"]["strokeWidth"]
            for layer in exhibit.drawing["layer"]
            if "strokeWidth" in layer.get("encoding", {})
        )
        values, (least, most) = width["legend"]["values"], width["scale"]["domain"]
        assert 2 <= len(values) <= 4
        assert least == values[0] < values[-1] <= most
