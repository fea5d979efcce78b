"""Charts that Word draws: read back from the file with their numbers, to edit, beside the same on slides."""

import io
import zipfile
from functools import cache

import docx
import openpyxl
import pptx
import pytest
from docx.document import Document as Opened
from lxml import etree

from pages.components.packs import contents as packs_contents, registry
from pages.exports import word_charts
from pages.exports.document import as_docx
from pages.exports.pack import Bars, Lines, Pack
from pages.exports.slides import as_pptx
from pages.exports.word import LONG, MARGIN
from tests.builders import OF_COUNCIL
from tests.word_schema import problems

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VIEW = "?indicator=gld_2013_2019&period=2019"


@cache
def pack() -> Pack:
    view, said = registry.view_of(VIEW)
    assert said == []
    return packs_contents.KINDS[""].build(view)


@cache
def content() -> bytes:
    return as_docx(pack(), OF_COUNCIL)


def opened() -> Opened:
    return docx.Document(io.BytesIO(content()))


def natives() -> list[Bars | Lines]:
    return [chapter.native for chapter in pack().chapters if chapter.native]


def chart_parts() -> list:
    parts = [part for part in opened().part.package.iter_parts() if "/charts/" in part.partname]
    return sorted(parts, key=lambda part: part.partname)


def plotted(root: etree._Element) -> list[list[str]]:
    """The texts and numbers of each series, and of what lies along the axis."""
    return [
        [value.text or "" for value in cached.iter(f"{CHART}v")]
        for cached in root.iter()
        if cached.tag in (f"{CHART}strCache", f"{CHART}numCache")
    ]


def test_word_has_the_charts_that_slides_have_with_the_same_numbers() -> None:
    kinds = [type(native) for native in natives()]
    assert kinds == [Bars, Lines]
    of_paper = [etree.fromstring(part.blob) for part in chart_parts()]
    assert len(of_paper) == len(kinds)
    deck = pptx.Presentation(io.BytesIO(as_pptx(pack(), OF_COUNCIL)))
    of_slides = [
        shape.chart._chartSpace
        for slide in deck.slides
        for shape in sorted(slide.shapes, key=lambda shape: shape.left)
        if shape.has_chart
    ]
    *bars, lines = map(plotted, of_slides)
    assert plotted(of_paper[1]) == lines
    # a slide has no room for all bars of a page
    assert plotted(of_paper[0])[1:] == [
        [value for part in parts for value in part]
        for parts in zip(*(each[1:] for each in bars), strict=True)
    ]
    assert len(plotted(of_paper[0])[1]) == 33


def test_the_file_is_sound_and_each_chart_says_what_it_shows() -> None:
    assert problems(content()) == []
    charts = [
        shape for shape in opened().inline_shapes if shape._inline.graphic.graphicData.uri == CHART[1:-1]
    ]
    exhibits = [chapter.exhibit for chapter in pack().chapters if chapter.native]
    assert [shape._inline.docPr.get("descr") for shape in charts] == [each.alt for each in exhibits if each]
    assert all(shape.height.cm < LONG - 2 * MARGIN for shape in charts)


def test_the_numbers_can_be_edited_in_a_workbook_within() -> None:
    bars = natives()[0]
    assert isinstance(bars, Bars)
    (related,) = chart_parts()[0].rels.values()
    assert related.rId == etree.fromstring(chart_parts()[0].blob).find(f"{CHART}externalData").get(
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(related.target_part.blob)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][1] == "Per cent"
    for (name, value, above, below), place, known, limits in zip(
        rows[1:], bars.names, bars.values, bars.limits, strict=True
    ):
        assert (name, value) == (place, pytest.approx(known))
        assert limits is not None
        assert (value - below, value + above) == pytest.approx(limits)


def test_its_colours_are_those_of_the_brand_whose_document_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(content())) as parts:
        theme = etree.fromstring(parts.read("word/theme/theme1.xml"))
    (accent,) = theme.iter(f"{DRAWING}accent1")
    assert [colour.get("val") for colour in accent] == [OF_COUNCIL.accent]
    fills = etree.fromstring(chart_parts()[0].blob).findall(f".//{CHART}ser/{CHART}spPr//{DRAWING}schemeClr")
    assert fills[0].get("val") == "accent1"


def test_the_unit_stands_above_the_plot_and_not_over_it() -> None:
    for part, native in zip(chart_parts(), natives(), strict=True):
        chart = etree.fromstring(part.blob).find(f"{CHART}chart")
        title, plot = (
            chart.find(f"{CHART}{name}/{CHART}layout/{CHART}manualLayout") for name in ("title", "plotArea")
        )
        assert float(title.find(f"{CHART}y").get("val")) == 0
        assert title.find(f"{CHART}x").get("val") == plot.find(f"{CHART}x").get("val")
        # in points, of which a line of letters takes a fifth more than they have
        room = float(plot.find(f"{CHART}y").get("val")) * word_charts.height(native) / 2.54 * 72
        assert room > 1.5 * word_charts.LETTERS


def test_who_has_no_bar_is_said_below_it() -> None:
    said = [paragraph.text for paragraph in opened().paragraphs]
    assert any(text.startswith("Without a bar: City of London (85.1%, not ranked).") for text in said)


def test_short_bars_have_their_numbers_behind_them_and_no_interval_over_these() -> None:
    view, _ = registry.view_of("?indicator=gld_2022_on&ics=NEL")
    (bars,) = (c.native for c in packs_contents.KINDS[""].build(view).chapters if isinstance(c.native, Bars))
    assert any(bars.limits)
    for values, place in ((bars.values, "inBase"), ((*bars.values[:-1], 1.0), "outEnd")):
        shown = Bars(bars.names, values, bars.axis, 1, limits=bars.limits)
        drawn = word_charts._drawn(shown, 17.0)._chartSpace
        assert {each.get("val") for each in drawn.iter(f"{CHART}dLblPos")} == {place}
        assert bool(list(drawn.iter(f"{CHART}errBars"))) == (place == "inBase")
