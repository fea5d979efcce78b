"""A council's or an ICS's own template: taken within bounds, read by its placeholders, its contrast said."""

import contextlib
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER

from pages.components.packs import contents as packs_contents, registry
from pages.components.packs.template import Shelf
from pages.exports import house_template
from pages.exports.house_template import read_template
from pages.exports.pack import Bars, Chapter, Lines, Moment, Pack
from pages.exports.slide_contrast import contrast
from pages.exports.slide_scenes import Kind, TemplateError, scenes_of
from pages.exports.slides import as_pptx
from tests.builders import PLAIN
from tests.pages.test_slide_template import expect_sound

# what PowerPoint's own template has, in 4:3, with the names of its layouts in English
USUAL = (Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes()
BACKGROUND = (
    '<p:bg xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:bgPr>{}<a:effectLst/></p:bgPr></p:bg>'
)


def changed(change: Callable[[Any], object], of: bytes = USUAL) -> bytes:
    """A template after a change of it in PowerPoint."""
    deck = pptx.Presentation(io.BytesIO(of))
    change(deck)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def with_parts(parts: dict[str, bytes], of: bytes = USUAL) -> bytes:
    """The file with parts added or in place of its own."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(of)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        kept = {name: old.read(name) for name in old.namelist()}
        for name, part in (kept | parts).items():
            new.writestr(name, part)
    return file.getvalue()


def part(name: str, of: bytes = USUAL) -> bytes:
    with zipfile.ZipFile(io.BytesIO(of)) as parts:
        return parts.read(name)


def as_template(of: bytes = USUAL) -> bytes:
    """The same as POTX."""
    types = part("[Content_Types].xml", of).replace(b"presentation.main+xml", b"template.main+xml")
    return with_parts({"[Content_Types].xml": types}, of)


def paint(deck: Any, fill: str) -> None:
    master = deck.slide_masters[0].element
    (old,) = master.xpath("./p:cSld/p:bg")
    old.getparent().replace(old, etree.fromstring(BACKGROUND.format(fill)))


def rename(deck: Any) -> None:
    for number, layout in enumerate(deck.slide_layouts):
        layout.name = f"Disposition {number}"


def show_slides(deck: Any) -> None:
    for layout in list(deck.slide_layouts)[:3]:
        deck.slides.add_slide(layout).shapes.title.text = "A sample of ours"


def drop_content(deck: Any) -> None:
    """Leave the cover and the layout that has a title alone."""
    for layout in list(deck.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            deck.slide_layouts.remove(layout)


def overload(deck: Any) -> None:
    for number in range(70):
        deck.slide_layouts[1].shapes._spTree.add_textbox(number, "x", 0, 0, 9, 9)


NUMBERS = tuple(float(number) for number in range(34))
PACK = Pack(
    title="For the board",
    subtitle="Summer 2019",
    chapters=(
        Chapter("What stands out", points=("One thing.", "Another thing."), source="Source: the council."),
        Chapter(
            "How far apart",
            native=Bars(tuple(f"Borough {n:.0f}" for n in NUMBERS), NUMBERS, "Per cent", 1),
            subtitle="One sentence. " * 20,
        ),
        Chapter(
            "Over time",
            native=Lines(
                (Moment("2024", house_day := dt.date(2024, 1, 1)),),
                (("London", (1.0,)),),
                "Per cent",
                1,
                True,
            ),
        ),
    ),
    sources=("Source: the council.",),
    link="https://app.example.org/pack",
    version="Beyond Boundaries London",
    day=house_day,
    stem="pack",
)


@pytest.mark.parametrize("content", [USUAL, as_template(), changed(rename), changed(show_slides)])
def test_slides_are_made_in_a_template_whatever_its_layouts_are_called(content: bytes) -> None:
    made = as_pptx(PACK, PLAIN, template=read_template(content).content)
    expect_sound(made)
    deck = pptx.Presentation(io.BytesIO(made))
    assert (deck.slide_width, len(deck.slide_layouts)) == (9_144_000, 11)
    slides = list(deck.slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[:2] == ["For the board", "What stands out"]
    assert "A sample of ours" not in titles
    assert deck.slide_height is not None
    for slide in slides:
        for shape in slide.shapes:
            # free are only the lines at the foot and the code of the address, for which it has no place
            is_code = "Code that leads to" in "".join(shape._element.xpath(".//p:cNvPr/@descr"))
            assert shape.is_placeholder or is_code or shape.top > deck.slide_height / 2
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
    charts = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert sum(len(list(each.chart.plots[0].categories)) for each in charts[:-1]) == 34
    assert all(each.is_placeholder for each in charts)


def test_layouts_are_found_by_what_their_placeholders_take() -> None:
    scenes = scenes_of(pptx.Presentation(io.BytesIO(changed(rename))))
    found = {kind: [scene.layout.name for scene in scenes[kind]] for kind in Kind}
    # title; title and content; two contents. A picture with its caption above the title is none of them
    assert found == {
        Kind.COVER: ["Disposition 0"],
        Kind.POINTS: ["Disposition 1"],
        Kind.SOURCES: [],
        Kind.CHART: ["Disposition 1"],
        Kind.CHARTS: ["Disposition 3"],
        Kind.PICTURE: ["Disposition 1"],
        Kind.TABLE: ["Disposition 1"],
    }


def test_contents_and_foot_do_not_lie_on_each_other() -> None:
    view, _ = registry.view_of("?indicator=gld_2013_2019&period=2019")
    found = registry.exhibit_of(view, "map")
    assert found is not None
    pack = packs_contents.of_exhibits([(found, "")], "For the board", "/pack")
    made = as_pptx(pack, PLAIN, template=read_template(USUAL).content)
    slide = list(pptx.Presentation(io.BytesIO(made)).slides)[1]
    (picture,) = (
        shape for shape in slide.placeholders if shape.placeholder_format.type is PP_PLACEHOLDER.OBJECT
    )
    (foot,) = (shape for shape in slide.shapes if not shape.is_placeholder)
    assert picture.top + picture.height <= foot.top + 20_000
    # whole, and not out of shape
    wide, high = picture.image.size
    assert picture.crop_left <= 0 >= picture.crop_top
    shown = picture.width / (1 - 2 * picture.crop_left), picture.height / (1 - 2 * picture.crop_top)
    assert shown[0] / shown[1] == pytest.approx(wide / high, rel=0.01)


def bomb() -> bytes:
    return with_parts({"ppt/media/image1.png": b"\0" * (house_template.UNFOLDED + 1)})


REFUSED = {
    "a text": (b"Dear all", "no PowerPoint file"),
    "nothing": (b"", "no PowerPoint file"),
    "an old file, or one with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    "half a file": (USUAL[: len(USUAL) // 2], "no PowerPoint file"),
    "a folder of files": (with_parts({"[Content_Types].xml": b"<Types/>"}), "no PowerPoint file"),
    "macros": (with_parts({"ppt/vbaProject.bin": b"x"}), "macros"),
    "too many parts": (with_parts({f"ppt/media/{n}.png": b"" for n in range(900)}), "far more"),
    "what unfolds to much": (bomb(), "far more"),
    "much markup": (with_parts({"ppt/x.xml": b"<a>" + b" " * house_template.MARKUP + b"</a>"}), "far more"),
    "an entity": (
        with_parts({"ppt/presProps.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "damaged",
    ),
    "markup that is none": (with_parts({"ppt/slideMasters/slideMaster1.xml": b"<p:sldMaster"}), "damaged"),
    "a master without its theme": (
        with_parts({"ppt/slideMasters/_rels/slideMaster1.xml.rels": b"<Relationships/>"}),
        "damaged",
    ),
    "a link to another file": (
        with_parts(
            {
                "ppt/slideMasters/_rels/slideMaster1.xml.rels": part(
                    "ppt/slideMasters/_rels/slideMaster1.xml.rels"
                ).replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                    b'relationships/image" Target="file://server/logo.png" TargetMode="External"/>'
                    b"</Relationships>",
                )
            }
        ),
        "links to other files",
    ),
    "more than 5 MB": (USUAL + bytes(house_template.LONGEST), "larger than 5 MB"),
    "no layout to use": (changed(drop_content), "no layout with a title"),
    "a layout with more than anybody draws": (changed(overload), "far more"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_with_what_to_do(name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(TemplateError, match=said) as refusal:
        read_template(content)
    assert str(refusal.value).endswith(".")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(USUAL) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused_but_breaks_nothing(at: int, noise: bytes) -> None:
    with contextlib.suppress(TemplateError):
        assert read_template(USUAL[:at] + noise + USUAL[at + len(noise) :]).content


SOLID = '<a:solidFill><a:srgbClr val="{}"/></a:solidFill>'


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        # black on white, blue links, white on the blue of its tables
        (SOLID.format("FFFFFF"), "the contrast of heads of tables with what is behind is 4.0 to 1"),
        # black on grey, by the guidelines' formula: 0.0648 above black
        (SOLID.format("444444"), "the contrast of points with what is behind is 2.2 to 1"),
        (
            '<a:gradFill rotWithShape="1"><a:gsLst/></a:gradFill>',
            "Behind titles, points, links of",
        ),
    ],
)
def test_contrast_is_worked_out_and_said(fill: str, said: str) -> None:
    assert said in " ".join(read_template(changed(lambda deck: paint(deck, fill))).remarks)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == 21
    assert contrast((1, 1, 1), (0, 0, 0)) == 21
    grey = (119 / 255,) * 3
    assert contrast(grey, (1, 1, 1)) == pytest.approx(4.48, abs=0.01)
    assert contrast(None, (1, 1, 1)) is None


def test_our_own_template_has_contrast_enough() -> None:
    made = as_pptx(PACK, PLAIN)
    (said,) = read_template(made).remarks
    assert said.startswith("The contrast of its letters with what is behind them is at least")


def test_a_template_that_was_asked_for_longest_ago_is_forgotten() -> None:
    shelf = Shelf(10)
    first, second = shelf.put(b"first"), shelf.put(b"again")
    assert shelf.take(first) == b"first"
    third = shelf.put(b"third")
    assert [shelf.take(each) for each in (first, second, third)] == [b"first", b"", b"third"]
