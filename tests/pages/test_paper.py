"""Papers as another program opens them: their words, their outline, and what a screen reader is told."""

import datetime as dt
import io
import re

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from pages.components.charts import palette
from pages.exports import paper, pictures
from pages.exports.paper import Blanks, Bullets, Paper, Paragraph, Picture, Section, Table
from tests.builders import exhibit

DAY = dt.date(2026, 11, 25)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><circle cx="9" cy="9" r="8"/></svg>'
MARKUP = [
    '#import "/etc/passwd"',
    "#panic()",
    "$x^2$ *strong* _emphasis_ `raw`",
    '"quotes" and \\ backslashes',
    "= heading",
    "@reference <label> // comment /* more */",
    "- item",
    "https://example.org",
]


def paper_of(*parts: paper.Part, **more: str) -> Paper:
    return Paper("A title", (Section("A heading", parts),), ("A source",), DAY, **more)


def read(document: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(paper.as_pdf(document)))


def text_of(reader: PdfReader) -> str:
    """All words, with single spaces, and without the marks where a long run may break."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())


def structure(reader: PdfReader) -> list[DictionaryObject]:
    """The elements that a screen reader walks through, in their order."""
    found: list[DictionaryObject] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            walk(node.get("/K", []))

    walk(reader.root_object["/StructTreeRoot"])
    return found


EVERYTHING = Paper(
    "Paper",
    (
        Section("First", (Paragraph("Loud", strong=True), Bullets(("One", "Two")), Picture(SVG, "A dot"))),
        Section(
            "Second",
            (Table(("Place", "Value"), (("Camden", "1"), ("Hackney", "")), (2, 1)), Blanks(("Name",))),
            new_page=True,
        ),
    ),
    ("Source: somebody", "Licence: open"),
    DAY,
    subtitle="Under it",
    mark="Draft",
    stamp="Hackney",
    description="What it is",
)


def test_a_paper_is_tagged_and_says_its_title_language_and_outline() -> None:
    reader = read(EVERYTHING)
    assert len(reader.pages) == 2
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True  # type: ignore[index]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.subject) == ("Paper", "What it is")
    assert reader.xmp_metadata is not None
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    assert [mark.title for mark in reader.outline] == ["First", "Second"]  # type: ignore[union-attr]


def test_every_part_is_there_for_a_screen_reader() -> None:
    kinds = structure(read(EVERYTHING))
    names = [str(node["/S"]) for node in kinds]
    assert names.count("/H1") == 2
    assert names.count("/TH") == 2
    assert names.count("/TD") == 4
    assert names.count("/LI") == 2
    (figure,) = [node for node in kinds if node["/S"] == "/Figure"]
    assert figure["/Alt"] == "A dot"


def test_every_page_has_its_marks_sources_and_number() -> None:
    for number, page in enumerate(read(EVERYTHING).pages, start=1):
        said = page.extract_text()
        for words in ("Draft", "Hackney", "Source: somebody", "Licence: open", f"Page {number} of 2"):
            assert words in said


@pytest.mark.parametrize("words", MARKUP)
def test_words_are_never_taken_for_markup(words: str) -> None:
    document = Paper(
        words,
        (Section(words, (Paragraph(words), Bullets((words,)), Table((words,), ((words,),), (1,)))),),
        (words,),
        DAY,
        **dict.fromkeys(("subtitle", "mark", "stamp", "description"), words),
    )
    reader = read(document)
    assert text_of(reader).count(words) == 10
    assert reader.metadata is not None
    assert reader.metadata.title == words


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_words_make_a_paper(words: str) -> None:
    reader = read(paper_of(Paragraph(words), Table(("A", "B"), ((words, words),), (1, 1))))
    assert reader.root_object["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]


@pytest.mark.parametrize("words", ["שלום", "مرحبا", "Ελλάδα", "é – “£” ½ ≥ →"])
def test_other_scripts_keep_to_the_standard(words: str) -> None:
    metadata = read(paper_of(Paragraph(words))).xmp_metadata
    assert metadata is not None
    assert b"pdfuaid:part" in metadata.stream.get_data()


def test_emoji_and_control_characters_break_nothing() -> None:
    said = text_of(read(paper_of(Paragraph("before 👶🏽 after\x00\x07 end"))))
    assert said.startswith("A title A heading before")
    assert "after end" in said


def test_a_long_note_goes_on_the_next_page_under_the_same_header() -> None:
    note = "evidence " * 220
    rows = tuple((f"Enabler {number}", note) for number in range(12))
    reader = read(paper_of(Table(("Enabler", "Note"), rows, (1, 2))))
    assert len(reader.pages) > 2
    assert all("Enabler Note" in " ".join(page.extract_text().split()) for page in reader.pages)
    assert text_of(reader).count("evidence") == 12 * 220


def test_a_word_without_a_space_stays_within_its_column() -> None:
    reader = read(paper_of(Table(("A", "B"), (("x" * 2_000, "y"),), (1, 1))))
    widest = max(len(line) for line in reader.pages[0].extract_text().split("\n") if re.search("x{10}", line))
    assert widest < 120
    assert text_of(reader).replace(" ", "").count("x") >= 2_000


def test_rows_that_do_not_fit_their_header_are_refused() -> None:
    with pytest.raises(ValueError, match="as long as its header"):
        Table(("A", "B"), (("1",),), (1, 1))


def test_the_same_paper_is_the_same_file() -> None:
    assert paper.as_pdf(EVERYTHING) == paper.as_pdf(EVERYTHING)


def test_papers_and_pictures_have_the_bundled_font() -> None:
    fonts = {
        str(font["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H")
        for page in read(EVERYTHING).pages
        for font in (ref.get_object() for ref in page["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    assert fonts == {"SourceSansPro-Regular", "SourceSansPro-Semibold"}
    drawn = {font: picture_in(font) for font in (palette.FONT, "Source Sans Pro", "Liberation Sans", "serif")}
    assert not differ(drawn[palette.FONT], drawn["Source Sans Pro"])
    assert differ(drawn[palette.FONT], drawn["Liberation Sans"])
    assert differ(drawn[palette.FONT], drawn["serif"])


def picture_in(font: str) -> Image.Image:
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 400,
        "height": 40,
        "config": {"font": font},
        "data": {"values": [{"words": "Families in 33 boroughs"}]},
        "mark": {"type": "text", "fontSize": 24},
        "encoding": {"text": {"field": "words"}},
    }
    return Image.open(io.BytesIO(pictures.as_png(exhibit(drawing=specification)))).convert("L")


def differ(one: Image.Image, other: Image.Image) -> bool:
    return one.size != other.size or ImageChops.difference(one, other).getbbox() is not None
