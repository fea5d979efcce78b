"""Pictures in the sizes offered: no word on another, none cut, and names leave room for the chart."""

import io
import re
import zipfile
from xml.sax.saxutils import unescape

import pytest
from pypdf import PdfReader

from pages.components.packs import contents as packs_contents, registry
from pages.exports import pictures
from pages.exports.document import as_docx
from pages.exports.exhibit import KEY, Exhibit
from pages.exports.handout import as_handout
from tests.builders import PLAIN
from tests.drawn import Box, on_another, texts

PLACES = "compare=Camden,Barking and Dagenham,Kensington and Chelsea,Hammersmith and Fulham"
OVER_TIME = f"indicator=gld_2013_2019&period=2019&vintage=2022&{PLACES}"
PICTURES = {
    "long names behind lines": ("courses", OVER_TIME, "column"),
    "names of measures": ("lottery_spread", OVER_TIME, "column"),
    "thirteen lines": ("courses", "indicator=funded_2yo_n&vintage=2026&ics=WNL", "column"),
    "dates of a register": ("course", "indicator=centres_per_10k_0_4&vintage=2026&borough=Newham", "column"),
    "periods that are not as far apart": (
        "course",
        "indicator=change_designated_since_2010&vintage=2026&borough=Bromley",
        "screen",
    ),
    "a map with a key beside it": ("map", "indicator=gld_2022_on&vintage=2026&ics=NEL", "square"),
    "circles": ("map", "indicator=designated_centres&vintage=2026", "column"),
    "an ICS": ("map", "indicator=gld_2022_on&vintage=2026&ics=NEL", "column"),
    "sites": ("centres_map", "vintage=2026&ics=NEL&borough=Barking and Dagenham", "square"),
    "one row": ("lottery_by_ics", "indicator=gld_2022_on&vintage=2026&ics=NEL", "square"),
    "long questions": ("maturity_profile", "demo=yes&borough=Waltham Forest", "column"),
}
# the least and the most pixels between a legend and what is said below it
NEAR = (12, 40)


def exhibit_of(key: str, link: str) -> Exhibit:
    view, notes = registry.view_of(f"/?{link}")
    assert notes == []
    found = registry.exhibit_of(view, key)
    assert found
    return found


def words_of(svg: str) -> list[tuple[str, Box]]:
    """The texts of a picture but for the one across it; one drawn twice, for a casing, counts once."""
    found = {(text, tuple(round(side, 1) for side in box)) for text, box in texts(svg)}
    return [(text, box) for text, box in found if text.strip() and text != "ILLUSTRATIVE"]  # type: ignore[misc]


@pytest.mark.parametrize(("key", "link", "size"), PICTURES.values(), ids=PICTURES)
def test_no_word_of_a_picture_lies_on_another_or_beyond_its_edge(key: str, link: str, size: str) -> None:
    exhibit = exhibit_of(key, link)
    svg = pictures.as_svg(exhibit, size).decode()
    words = words_of(svg)
    width, height = map(float, re.findall(r'width="([\d.]+)" height="([\d.]+)"', svg)[0])
    assert not on_another(words)
    assert not [text for text, (left, top, right, low) in words if min(left, top) < 0]
    assert not [text for text, (left, top, right, low) in words if right > width or low > height]
    # nobody can point at a file to read what is left out
    assert not [text for text, _ in words if "…" in text]
    # level words are read without turning one's head
    assert "rotate(-40" not in svg
    # below a map stands what its codes mean, if they have no key beside it, and nothing of names
    said = {text for text, _ in words}
    on_map = {text.split(" ")[0] for text in said if not text.startswith(KEY)}
    below = unescape(" ".join(re.findall(r'<text x="20"[^>]*>([^<]*)</text>', svg)))
    for area in exhibit.keyed:
        is_unexplained = area.code in on_map and area.meaning not in said
        assert is_unexplained == (f"{area.code} {area.meaning}" in below), area


@pytest.mark.parametrize("key", ["courses", "lottery_spread"])
def test_names_behind_lines_take_at_most_a_third_of_a_column(key: str) -> None:
    exhibit = exhibit_of(key, OVER_TIME)
    svg = pictures.as_svg(exhibit, "column").decode()
    names = {"courses": ("Camden", "Barking & Dagenham", "London"), "lottery_spread": ("Gini coefficient",)}
    (*left,) = (box[0] for text, box in words_of(svg) if text in names[key])
    assert len(left) >= len(names[key])
    assert min(left) > 2 / 3 * pictures.SIZES["column"].layout


@pytest.mark.parametrize("which", ["circles", "an ICS"])
def test_a_key_stands_near_the_legend_above_it(which: str) -> None:
    key, link, size = PICTURES[which]
    exhibit = exhibit_of(key, link)
    words = words_of(pictures.as_svg(exhibit, size).decode())
    (top,) = (box[1] for text, box in words if text.startswith(KEY))
    last = max(box[3] for _, box in words if box[3] < top)
    assert NEAR[0] < top - last < NEAR[1]


@pytest.mark.parametrize("which", ["one row", "sites"])
def test_what_does_not_fill_a_square_stands_in_its_middle(which: str) -> None:
    key, link, size = PICTURES[which]
    exhibit = exhibit_of(key, link)
    svg = pictures.as_svg(exhibit, size).decode()
    heading = max(float(y) for y in re.findall(r'<text x="20" y="([\d.]+)"[^>]*font-size="(?:18|13)"', svg))
    foot = min(float(y) for y in re.findall(r'<text x="20" y="([\d.]+)"[^>]*font-size="11"', svg))
    drawn = [box for _, box in words_of(svg) if heading < box[1] and box[3] < foot - 11]
    above, below = min(box[1] for box in drawn) - heading, foot - max(box[3] for box in drawn)
    assert below < 2 * above


def test_on_paper_the_codes_of_a_map_are_explained_below_it() -> None:
    exhibit = exhibit_of("borders_map", "indicator=gld_2022_on&vintage=2026&ics=SWL")
    pack = packs_contents.of_exhibits([(exhibit, "")], "For the board", "/pack")
    with zipfile.ZipFile(io.BytesIO(as_docx(pack, PLAIN))) as parts:
        in_word = unescape(parts.read("word/document.xml").decode())
    pages = PdfReader(io.BytesIO(as_handout(pack))).pages
    for said in (in_word, " ".join(" ".join(page.extract_text() for page in pages).split())):
        # whichever others there is no room for at the height that a page has left
        assert re.search(rf"{KEY} [^.]*HF Hammersmith & Fulham; KC Kensington & Chelsea[;.]", said)
