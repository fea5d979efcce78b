"""Packs: every kind can be made, says whose its figures are, and opens in other programs as it was meant."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import docx
import pandas as pd
import pptx
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree
from pypdf import PageObject, PdfReader

from data_loaders import store
from data_loaders.brand import load_brand
from data_loaders.settings import BRAND, SettingError
from geo.tables.london import London
from pages.components.packs import contents as packs_contents, registry
from pages.components.state.view import View
from pages.exports.bundle import as_zip
from pages.exports.document import MOST_FINDINGS, as_docx
from pages.exports.handout import as_handout
from pages.exports.pack import Pack
from pages.exports.slides import as_pptx
from pages.exports.table import Column, Kind, Table
from tests.builders import EVERYTHING, PLAIN, exhibit
from tests.office import convert, needs_libreoffice, schema_problems
from tests.word_schema import problems

pytestmark = pytest.mark.thorough

LINKS = {
    "an indicator with counts": ("", "?indicator=gld_2013_2019&period=2019"),
    "an indicator of an ICS": ("", "?indicator=centres_per_10k_0_4&ics=NEL"),
    "a category": ("", "?indicator=family_hubs_programme"),
    "nothing by borough": ("", "?indicator=new_birth_visit_14_days"),
    "an ICS": ("ics", "?ics=NWL"),
    "the ICS of thirteen boroughs": ("ics", "?ics=WNL&vintage=2026"),
    "a borough": ("borough", "?borough=Hackney&indicator=asq3_at_2_to_2_5_years&period=2023/24"),
    "the City of London": ("borough", "?borough=City of London"),
}
# the packs that are made: with EVERYTHING=1 in the environment those as well that are made of nothing else
ALIKE = {"an indicator of an ICS", "an ICS", "the City of London"}
MADE = [name for name in LINKS if EVERYTHING or name not in ALIKE]
# an XML file cannot hold some of these letters, and no font has some of the others
NASTY = (
    st.text(min_size=1, max_size=300) | st.sampled_from(["\x00\x0ba", "=1+1", "👶🏽 שלום", "a]]>"])
).filter(lambda text: any(letter.isalnum() and letter.isprintable() for letter in text)) | st.sampled_from(
    ["<b>bold</b> & co", "x" * 300, "a\nb"]
)


@cache
def made(name: str) -> Pack:
    page, link = LINKS[name]
    view, problems = registry.view_of(link)
    assert problems == []
    return packs_contents.KINDS[page].build(view)


@pytest.mark.parametrize(
    "link",
    [
        "?indicator=gld_2022_on&period=2025&ics=WNL&vintage=2026",
        "?indicator=child_development_good_level&period=2021/22",
        "?indicator=funded_3_4yo_pct&period=2024/25",
        "?indicator=early_years_spend_per_child_0_4&ics=SWL&vintage=2026",
        "?indicator=review_6_8_weeks",
    ],
)
def test_nothing_in_a_pack_is_written_for_a_page(link: str) -> None:
    """Signs that keep a page from taking a text for markup would stand in papers as they are."""
    texts = [
        text
        for chapter in packs_contents.of_indicator(registry.view_of(link)[0]).chapters
        for text in (chapter.heading, chapter.subtitle, chapter.source, *chapter.points, *chapter.notes)
    ]
    marked = [text for text in texts if re.search(r"\\|\*\*|:[a-z-]+\[|\N{WORD JOINER}", text)]
    assert marked == []


@cache
def deck(name: str) -> bytes:
    return as_pptx(made(name), PLAIN)


@cache
def paper(name: str) -> bytes:
    return as_docx(made(name), PLAIN)


def slides_of(content: bytes) -> list:
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def sections_of(content: bytes) -> dict[str, list[int]]:
    """The identifiers of the slides in each section of a deck."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = etree.fromstring(parts.read("ppt/presentation.xml"))
    names = {"p14": "http://schemas.microsoft.com/office/powerpoint/2010/main"}
    return {
        section.get("name"): [int(slide.get("id")) for slide in section.iterfind(".//p14:sldId", names)]
        for section in root.iterfind(".//p14:section", names)
    }


def words_of(slide) -> str:  # type: ignore[no-untyped-def]
    frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [
        cell.text
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    return "\n".join([*frames, *cells])


@pytest.mark.parametrize("name", MADE)
def test_slides_are_few_and_small_and_each_has_a_title_and_notes(name: str) -> None:
    content = deck(name)
    assert schema_problems(content, ".pptx") == []
    slides = slides_of(content)
    assert (4 if name == "nothing by borough" else 5) <= len(slides) <= 36
    # a committee is told what stands in front; what is long, to look up in, stands in an appendix
    sections = sections_of(content)
    assert [slide for part in sections.values() for slide in part] == [slide.slide_id for slide in slides]
    titles = {slide.slide_id: slide.shapes.title.text_frame.text for slide in slides}
    told, (first, *_) = sections.values()
    assert len(told) <= 12
    assert not [
        titles[one] for one in told if titles[one].startswith(("All figures", "What these", "Sources"))
    ]
    assert titles[first] == list(sections)[1]
    assert len(content) < 5_000_000
    for slide in slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.notes_slide.notes_text_frame.text.strip()
        for shape in slide.shapes:
            if shape.shape_type in (13, 19) or shape.has_chart:  # a picture, a table, a chart
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
    assert "Open Government Licence" in words_of(slides[-1])
    assert "Made with Beyond Boundaries London" in words_of(slides[-1])


@pytest.mark.parametrize("name", MADE)
def test_nothing_on_a_slide_reaches_beyond_it_or_into_another_thing(name: str) -> None:
    show = pptx.Presentation(io.BytesIO(deck(name)))
    for slide in show.slides:
        boxes = [
            (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            for shape in slide.shapes
        ]
        for left, top, right, bottom in boxes:
            assert left >= 0
            assert top >= 0
            assert right <= show.slide_width
            assert bottom <= show.slide_height
        for one, other in itertools.combinations(boxes, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            # a tenth of an inch, in the units of the file
            assert min(across, down) <= 91_440, [shape.name for shape in slide.shapes]


def test_bars_and_tables_have_the_published_values(london: London) -> None:
    slides = slides_of(deck("an indicator with counts"))
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    columns = [chart.plots[0] for chart in charts[:2]]
    values = {
        name: value
        for bars in columns
        for name, value in zip(bars.categories, bars.series[0].values, strict=True)
    }
    assert len(values) == 33
    assert values["Hackney"] == pytest.approx(69.6, abs=0.05)
    assert values["Richmond upon Thames"] == pytest.approx(80.6, abs=0.05)
    assert "City of London" not in values
    said = "\n".join(map(words_of, slides))
    assert "In summer 2019, in Richmond upon Thames, 80.6% of children had a good level of" in said
    assert "At the most deprived end the value is 4.9 percentage points lower than at the least" in said
    assert "English indices of deprivation 2025" in words_of(slides[-1])
    assert "The City of London has about 50 children." in said


@pytest.mark.parametrize("name", MADE)
def test_the_same_pack_is_a_document_and_an_accessible_pdf(name: str) -> None:
    pack = made(name)
    document = docx.Document(io.BytesIO(paper(name)))
    said = {paragraph.text for paragraph in document.paragraphs}
    pictured = next((chapter for chapter in pack.chapters if chapter.exhibit), None)
    for chapter in pack.chapters:
        # the first picture is on the first page, and a chapter of three findings at most is the summary
        if chapter is not pictured and not (chapter.points and len(chapter.points) <= MOST_FINDINGS):
            assert chapter.heading in said
        assert set(chapter.points) <= said
    assert problems(paper(name)) == []
    assert all(picture._inline.docPr.get("descr") for picture in document.inline_shapes)
    assert document.core_properties.title == pack.title
    assert document.core_properties.author == PLAIN.owner
    handout = as_handout(pack)
    with pdfium.PdfDocument(handout) as drawn:
        expect_full(drawn, name)
    pdf = PdfReader(io.BytesIO(handout))
    assert pdf.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert pdf.root_object["/Lang"] == "en-GB"
    assert pdf.metadata is not None
    assert pdf.metadata.title == pack.title
    assert [entry.title for entry in pdf.outline if not isinstance(entry, list)]


@pytest.mark.parametrize("page", packs_contents.KINDS)
def test_a_pack_can_be_made_of_every_figure(page: str, london: London) -> None:
    shown = [i.indicator_id for i in london.catalogue.indicators.values() if i.shown]
    # a pack of a place has every figure, whatever is looked at: its pictures over time are of that
    looked_at = shown if EVERYTHING or not page else shown[::5]
    for number, indicator in enumerate(looked_at):
        ics = "SWL" if page == "ics" or number % 2 else "all"
        view = View(indicator, london.periods[indicator][0], "2022", ics=ics, borough="Bexley")
        pack = packs_contents.KINDS[page].build(view)
        assert pack.chapters
        # a heading is what a chapter is about, and no note below it
        headings = [chapter.heading for chapter in pack.chapters]
        assert not [each for each in headings if each.startswith(("\N{DAGGER}", "No figure for"))]
        assert len(set(pack.sources)) == len(pack.sources)


@settings(max_examples=60 if EVERYTHING else 12)
@given(NASTY, NASTY)
def test_strange_words_make_right_files(title: str, heading: str) -> None:
    rows = pd.DataFrame({"area_name": [title], "value": [1.0]})
    table = Table(rows, (Column("area_name", "Borough", Kind.NAME), Column("value", "Value", Kind.NUMBER)))
    strange = exhibit(title=heading, numbers=lambda: table)
    pack = packs_contents.of_exhibits([(strange, "")], title, "/pack")
    assert len(slides_of(as_pptx(pack, PLAIN))) >= 3
    assert problems(as_docx(pack, PLAIN)) == []
    assert PdfReader(io.BytesIO(as_handout(pack))).pages


def test_made_up_answers_mark_every_slide_and_the_name_of_the_file() -> None:
    view, _ = registry.view_of("?demo=yes&instrument=enablers")
    found = registry.exhibit_of(view, "maturity_map")
    assert found is not None
    pack = packs_contents.of_exhibits([(found, "")], "For the meeting", "/pack")
    assert pack.stem.startswith("illustrative_")
    assert all("ILLUSTRATIVE" in words_of(slide) for slide in slides_of(as_pptx(pack, PLAIN)))


def test_the_archive_has_each_exhibit_with_its_numbers_and_sources() -> None:
    view, _ = registry.view_of("?indicator=gld_2013_2019&period=2019")
    found = [registry.exhibit_of(view, key) for key in ("map", "numbers")]
    pack = packs_contents.of_exhibits([(one, "") for one in found if one], "Two", "/pack")
    with zipfile.ZipFile(io.BytesIO(as_zip(pack))) as archive:
        names = archive.namelist()
        assert [Path(name).suffix for name in names] == [".png", ".svg", ".csv", ".csv", ".txt"]
        assert "Open Government Licence" in archive.read("sources.txt").decode()


def test_the_brand_comes_from_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = store.read_manifest()
    assert load_brand(entries).font == "Arial"
    table = tmp_path / "brand.csv"
    table.write_text("setting,value\nheading,801650\naccent,28a197\nfont,Georgia\nowner,Us\nlogo,\n")
    monkeypatch.setenv(BRAND, str(table))
    brand = load_brand(entries)
    assert (brand.accent, brand.font) == ("28A197", "Georgia")
    with zipfile.ZipFile(io.BytesIO(as_pptx(made("a category"), brand))) as parts:
        theme = parts.read("ppt/theme/theme1.xml").decode()
    assert '<a:accent1><a:srgbClr val="28A197"/></a:accent1>' in theme
    assert '<a:dk2><a:srgbClr val="801650"/></a:dk2>' in theme
    assert set(re.findall(r'<a:latin typeface="([^"]*)"', theme)) == {"Georgia"}
    table.write_text("setting,value\nheading,red\naccent,28a197\nfont,Georgia\nowner,Us\nlogo,\n")
    with pytest.raises(SettingError, match="must be a colour"):
        load_brand(entries)


@needs_libreoffice
def test_libreoffice_draws_every_slide_with_nothing_cut_off_and_nothing_over_another(tmp_path: Path) -> None:
    files = {name: tmp_path / f"pack_{number}.pptx" for number, name in enumerate(MADE)}
    for name, path in files.items():
        path.write_bytes(deck(name))
    convert(tmp_path, "pdf", *files.values())
    for name, path in files.items():
        with pdfium.PdfDocument(path.with_suffix(".pdf")) as drawn:
            assert len(drawn) == len(slides_of(deck(name)))
            for page in drawn:
                expect_tidy(page)


def expect_tidy(page: pdfium.PdfPage) -> None:
    """No line of text runs into another, nothing but the band reaches the edges, and not all is white."""
    text = page.get_textpage()
    lines = [text.get_rect(number) for number in range(text.count_rects())]
    for one, other in itertools.combinations(lines, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        lower = min(one[3] - one[1], other[3] - other[1])
        said = [text.get_text_bounded(*line).strip() for line in (one, other)]
        # a sign that another font lends to a sentence is a line of its own, within that of the sentence
        is_lent = min(map(len, said)) == 1 and min(said, key=len) in max(said, key=len)
        assert across <= 0 or down <= lower / 5 or is_lent, said
    picture = page.render(scale=1).to_pil().convert("L")
    width, height = picture.size
    assert picture.getextrema()[0] < 100
    margin = 8
    for box in (
        (0, height // 20, margin, height),
        (width - margin, height // 20, width, height),
        (0, height - margin, width, height),
    ):
        assert picture.crop(box).getextrema()[0] == 255


def text_of(pages: Iterable[PageObject]) -> str:
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@needs_libreoffice
def test_libreoffice_reads_a_paper_as_a_committee_would(tmp_path: Path) -> None:
    files = {name: tmp_path / f"paper_{number}.docx" for number, name in enumerate(MADE)}
    for name, path in files.items():
        path.write_bytes(paper(name))
    convert(tmp_path, "pdf", *files.values())
    for name, path in files.items():
        pack = made(name)
        pages = PdfReader(path.with_suffix(".pdf")).pages
        first, said = text_of(pages[:1]), text_of(pages)
        for point in pack.chapters[0].points[:MOST_FINDINGS]:
            assert " ".join(point.split()) in first
        assert pages[0].images or not any(chapter.exhibit for chapter in pack.chapters)
        assert "Contents" not in first or len(pages) == 1
        for chapter in pack.chapters:
            if chapter.exhibit or chapter.table is not None:
                assert " ".join((chapter.caption or chapter.heading).split()) in said
        captions = re.findall(r"(Figure|Table) (\d+): ", said)
        for kind in ("Figure", "Table"):
            # each stands in its list and at its place, in order
            numbers = [int(number) for found, number in captions if found == kind]
            assert sorted(numbers) == sorted([*range(1, max(numbers, default=0) + 1)] * 2)
        assert "Error! Reference source not found" not in said
        with pdfium.PdfDocument(path.with_suffix(".pdf")) as drawn:
            expect_full(drawn, name)


def expect_full(drawn: pdfium.PdfDocument, name: str) -> None:
    """Pages are used from the top to three fifths or more, but for the last upright one and the last."""
    shapes = [page.get_width() > page.get_height() for page in drawn]
    lasts = {len(shapes) - 1, *(n for n in range(len(shapes) - 1) if shapes[n] != shapes[n + 1])}
    for number, page in enumerate(drawn):
        if number not in lasts:
            picture = page.render(scale=1).to_pil().convert("L")
            width, height = picture.size
            body = picture.crop((0, 0, width, int(height * 0.92))).point(lambda grey: grey < 200 and 255)
            assert body.getbbox()[3] > 0.6 * height, f"page {number + 1} of {name}"
