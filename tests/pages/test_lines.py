"""Words on pictures: they fill their width and stay within it, and no line is broken in an odd place."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, strategies as st
from PIL import Image, ImageChops

from pages.components.packs import registry
from pages.exports import lines, pictures
from pages.exports.exhibit import Exhibit
from tests.builders import exhibit

DOT = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "width": 200,
    "height": 20,
    "config": {"font": "Source Sans Pro"},
    "data": {"values": [{}]},
    "mark": "point",
}
SENTENCE = "Contains public sector information licensed under the Open Government Licence v3.0. "
ADDRESS = (
    "https://example.org/compare?indicator=gld_2022_on&period=2025&vintage=2026&ics=SWL&borough=Kingston"
)
TITLE = "Designated children's centres per 10,000 children aged 0 to 4, by ICS"


def inked(png: bytes) -> tuple[int, int, int]:
    """The first and the last column that is not white, and the width."""
    drawn = Image.open(io.BytesIO(png)).convert("L")
    box = ImageChops.invert(drawn).getbbox()
    assert box
    return box[0], box[2], drawn.width


@pytest.mark.parametrize("size", ["column", "a4"])
def test_sentences_are_as_wide_as_the_picture_and_no_wider(size: str) -> None:
    shown = exhibit(drawing=DOT, title=TITLE, remarks=(SENTENCE * 9,), sources=(ADDRESS,))
    left, right, width = inked(pictures.as_png(shown, size))
    margin = pictures.MARGIN * width / pictures.SIZES[size].layout
    assert left >= 0.95 * margin
    assert 0.97 * (width - margin) < right <= width - margin + 1


def test_no_word_of_a_title_stands_alone() -> None:
    def width(text: str) -> float:
        return lines.in_our_font(text, True)

    room = 28
    assert lines.wrapped(TITLE, room, width)[-1] == "ICS"
    said = lines.even(TITLE, room, width)
    assert " ".join(said) == TITLE
    assert len(said) == len(lines.wrapped(TITLE, room, width))
    assert width(said[-1]) > width(said[0]) / 2


def test_an_address_is_broken_where_its_parts_meet() -> None:
    said = lines.wrapped(f"Made with: {ADDRESS}", 20, lines.text_width)
    assert "".join(said[1:]) == ADDRESS
    assert len(said) > 3
    assert all(line.endswith(("/", "?", "&", "=", "_")) for line in said[1:-1])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200), st.floats(2, 60))
def test_no_letter_is_lost_and_no_line_is_too_long(text: str, room: float) -> None:
    for wrap in (lines.wrapped, lines.even):
        said = wrap(text, room, lines.text_width)
        assert "".join("".join(said).split()) == "".join(text.split())
        assert all(lines.text_width(line) <= room or len(line) == 1 for line in said)


@pytest.mark.parametrize("link", ["", "?indicator=family_hubs_programme"])
@pytest.mark.parametrize("size", ["column", "a4"])
def test_what_stands_below_a_map_is_near_it(link: str, size: str) -> None:
    drawn = Image.open(io.BytesIO(pictures.as_png(of(link, "map"), size))).convert("L")
    is_inked = np.asarray(drawn).min(axis=1) < 250
    apart = np.diff(np.flatnonzero(is_inked)).max() * pictures.SIZES[size].layout / drawn.width
    assert apart < 60


def test_the_sizes_in_a_legend_of_borders_stand_on_one_line() -> None:
    at = {
        said: y
        for said, _, _, y in texts(of("?indicator=gld_2022_on&period=2025", "borders_map"), 720)
        if re.fullmatch(r"[\d.]+", said)
    }
    assert len(at) > 3
    assert max(at.values()) - min(at.values()) < 0.1


REACH = "?indicator=access_any_centre&reach=800&sites=designated_centres&vintage=2026"
NARROW = 320


@pytest.mark.parametrize(
    ("link", "key", "width"),
    [
        (REACH, "small_areas", NARROW),
        (f"{REACH}&ics=NEL", "ics_over_time", NARROW),
        (f"{REACH}&ics=NEL", "ics_standing", NARROW),
        (f"{REACH}&borough=Hammersmith and Fulham", "spine", NARROW),
        ("?indicator=gld_2022_on&period=2025", "lottery_by_ics", NARROW),
        ("?indicator=early_years_spend_per_child_0_4", "ranking", NARROW),
        ("?indicator=change_designated_since_2010", "ranking", 720),
    ],
)
def test_no_words_of_a_chart_are_cut(link: str, key: str, width: int) -> None:
    found = list(texts(of(link, key), width))
    assert len(found) > 5
    assert not [said for said, *_ in found if "…" in said]
    assert not [said for said, left, right, _ in found if left < -2 or right > width + 2]


def test_no_number_of_an_axis_runs_into_the_next() -> None:
    numbers = {
        said: (left, right)
        for said, left, right, _ in texts(of("?indicator=early_years_spend_per_child_0_4", "ranking"), NARROW)
        if re.fullmatch(r"[\d,]+", said)
    }
    ends = sorted(numbers.values())
    assert len(ends) > 2
    assert all(after[0] - before[1] > 4 for before, after in pairwise(ends))


def test_no_axis_offers_a_percentage_that_nobody_can_have() -> None:
    said = {text for text, *_ in texts(of(REACH, "ranking"), NARROW)}
    assert "100" in said
    assert "120" not in said


def test_the_name_of_an_end_is_not_written_over_the_axis() -> None:
    shown = of("?indicator=gld_2022_on&period=2025&vintage=2026", "lottery_by_ics")
    left = {said: left for said, left, *_ in texts(shown, 720)}
    assert left["Tower Hamlets"] > max(left[said] for said in left if said.endswith("East London"))


def test_long_notes_leave_a_picture_on_a_slide_its_room() -> None:
    drawn = Image.open(io.BytesIO(pictures.as_png(of("", "what_if_open_borders_map"), "slide"))).convert(
        "RGB"
    )
    is_coloured = np.ptp(np.asarray(drawn).astype(int), axis=2).max(axis=1) > 40
    rows = np.flatnonzero(is_coloured)
    assert (rows[-1] - rows[0]) / drawn.height > 0.45


def of(link: str, key: str) -> Exhibit:
    shown = registry.exhibit_of(registry.view_of(link)[0], key)
    assert shown is not None
    return shown


def texts(shown: Exhibit, width: int) -> Iterator[tuple[str, float, float, float]]:
    """Each line of text of a chart of this width, from where to where it reaches, and its height above 0."""
    svg = pictures.chart(shown, width, 560).svg
    return _texts(ElementTree.fromstring(svg), 0, 0)


def _texts(part: ElementTree.Element, x: float, y: float) -> Iterator[tuple[str, float, float, float]]:
    if moved := re.match(r"translate\(([-\d.e]+),([-\d.e]+)\)", part.get("transform", "")):
        x, y = x + float(moved[1]), y + float(moved[2])
    if part.tag.endswith("}text") and part.get("opacity") != "0":
        size = float(part.get("font-size", "0").removesuffix("px"))
        shift = {"middle": 0.5, "end": 1.0}.get(part.get("text-anchor", ""), 0.0)
        for line in part.iter() if len(part) else [part]:
            said = line.text or ""
            wide = 0 if "rotate" in part.get("transform", "") else lines.in_our_font(said, False) * size
            yield said, x - shift * wide, x + (1 - shift) * wide, y
    for inner in part:
        yield from _texts(inner, x, y)


def test_no_line_is_broken_within_a_range_or_before_a_dot_or_a_unit() -> None:
    said = "Children aged 0 to 4 within 800 m of a centre · All London · four ICSs"
    for room in range(12, 40):
        for wrap in (lines.wrapped, lines.even):
            broken = wrap(said, room, lambda text: float(len(text)))
            assert " ".join(broken) == said
            assert not [line for line in broken if line.startswith(("·", "m ", "to", "4"))], room
