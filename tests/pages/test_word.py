"""A document as Word opens it: numbers, references, lists, tables and what it says of itself."""

import datetime as dt
import io
import zipfile
from dataclasses import replace
from functools import cache

import docx
import pytest
from docx.document import Document as Opened
from lxml import etree
from PIL import Image

from pages.exports import word, word_file
from pages.exports.word import Bullets, Contents, Document, Figure, Heading, Link, Paragraph, Reference, Table
from tests.builders import OF_COUNCIL
from tests.word_schema import W, problems

DAY = dt.date(2026, 11, 27)
SOURCES = "https://example.org/sources?a=1&b=2"


def png(size: tuple[int, int] = (400, 300)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#12436D").save(file, "PNG")
    return file.getvalue()


VALUES = Table(
    ("Borough", "Value", "Change", "Rank"),
    (
        ("Camden", "80.6%", "+1.2", "1st"),
        ("Hackney", "not published", "", ""),
        ("Sutton", "£1,485†", "−3", "2nd"),
    ),
    "Values by borough",
    note=("† A note, and section ", Reference("all"), "."),
    key="values",
)
WIDE = Table(tuple(f"Knightsbridge {n}" for n in range(10)), (tuple("1" for _ in range(10)),), "Wide")
MADE = Document(
    title="Title & more <of it>",
    subtitle="Under it",
    subject="What it is about",
    comments="How it was made",
    footer="App 1",
    day=DAY,
    blocks=(
        Heading("Summary"),
        Bullets(("One finding.", "Another & more.")),
        Paragraph(("All are in section ", Reference("all"), ". See ", Reference("values"), ".")),
        Figure(png(), "A blue box", "The first picture", ("Source: somebody.",)),
        Contents(),
        Heading("All findings", key="all"),
        Heading("Of the north", level=2),
        Figure(png(), "Another", "The second picture", key="second"),
        Heading("Of the south", level=2),
        Paragraph((Reference("second"), " and ", Link("the sources", SOURCES), ".")),
        VALUES,
        word.Turned((Heading("Appendix"), WIDE)),
    ),
)


@cache
def content() -> bytes:
    return word_file.as_docx(MADE, OF_COUNCIL)


def opened() -> Opened:
    return docx.Document(io.BytesIO(content()))


def texts(style: str) -> list[str]:
    return [each.text for each in opened().paragraphs if each.style and each.style.name == style]


def xml(part: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content())) as parts:
        return etree.fromstring(parts.read(part))


def test_word_finds_nothing_wrong_in_it() -> None:
    assert problems(content()) == []


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("word/document.xml", b'w:id="2"', b'w:id="4"'),
        ("word/document.xml", b"REF _Ref", b"REF _Rif"),
        ("word/document.xml", b'<w:pStyle w:val="Caption"/>', b'<w:keepNext/><w:pStyle w:val="Caption"/>'),
        ("word/document.xml", b'w:fldCharType="end"', b'w:fldCharType="begin"'),
        ("word/document.xml", b'w:val="PaperTable"', b'w:val="NoSuchTable"'),
        ("word/document.xml", b'r:embed="', b'r:embed="x'),
        ("word/_rels/document.xml.rels", b"media/image1.png", b"media/image9.png"),
        ("[Content_Types].xml", b'Extension="png"', b'Extension="gif"'),
        ("word/settings.xml", b' w:percent="100"', b""),
    ],
)
def test_a_fault_is_found(part: str, before: bytes, after: bytes) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content())) as parts, zipfile.ZipFile(file, "w") as faulty:
        for name in parts.namelist():
            text = parts.read(name)
            assert name != part or before in text
            faulty.writestr(name, text.replace(before, after, 1) if name == part else text)
    assert problems(file.getvalue())


def test_figures_and_tables_are_counted_apart_and_referred_to_by_their_numbers() -> None:
    assert texts("Caption") == [
        "Figure 1: The first picture",
        "Figure 2: The second picture",
        "Table 1: Values by borough",
        "Table 2: Wide",
    ]
    (guide,) = [each.text for each in opened().paragraphs if each.text.startswith("All are")]
    assert guide == "All are in section 2. See Table 1."
    assert texts("Paper Note")[:2] == ["Source: somebody.", "† A note, and section 2."]
    assert "Figure 2 and the sources." in [each.text for each in opened().paragraphs]


def test_what_a_reference_shows_is_what_its_bookmark_holds() -> None:
    document = xml("word/document.xml")
    (bookmark,) = document.xpath(
        "//w:bookmarkStart[@w:name = substring-before(substring-after("
        "//w:instrText[contains(., 'REF') and not(contains(., ' \\r '))], 'REF '), ' ')]",
        namespaces={"w": W[1:-1]},
    )
    runs = []
    for node in bookmark.itersiblings():
        if node.tag == f"{W}bookmarkEnd":
            break
        runs += [text.text for text in node.iter(f"{W}t")]
    assert "".join(runs) == "Table 1"


def test_contents_and_lists_name_all_of_it_and_lead_there() -> None:
    assert texts("toc 1") == ["1\tSummary", "2\tAll findings", "3\tAppendix"]
    assert texts("toc 2") == ["2.1\tOf the north", "2.2\tOf the south"]
    assert texts("table of figures") == texts("Caption")
    # none says of a page what only the program knows that breaks the pages
    asked = [node.text for node in xml("word/document.xml").iter(f"{W}instrText") if "TOC" in node.text]
    assert len(asked) == 3
    assert all("\\n" in text and "\\h" in text for text in asked)


def test_headings_are_numbered_by_their_styles() -> None:
    assert texts("Heading 1") == ["Summary", "All findings", "Appendix"]
    assert texts("Heading 2") == ["Of the north", "Of the south"]
    styles = {style.get(f"{W}styleId"): style for style in xml("word/styles.xml").iter(f"{W}style")}
    numbered = [styles[f"Heading{level}"].find(f".//{W}numId").get(f"{W}val") for level in (1, 2)]
    (counted,) = [
        node for node in xml("word/numbering.xml").iter(f"{W}num") if node.get(f"{W}numId") == numbered[0]
    ]
    assert numbered[0] == numbered[1]
    assert counted.find(f"{W}abstractNumId") is not None


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    table = opened().tables[0]
    by_column = {}
    for column in table.columns:
        heading, *cells = column.cells
        styles = [cell.paragraphs[0].style for cell in cells]
        by_column[heading.text] = {str(style and style.name) for style in styles}
    right, left = {"Paper Table Number"}, {"Paper Table Text"}
    assert by_column == {"Borough": left, "Value": right, "Change": right, "Rank": left}


def test_a_number_has_room_on_one_line_with_how_it_compares() -> None:
    long = "what is said of it at length, so that there is no room left over " * 9
    plain, marked = (Table(("A", "B"), ((number, long),), "A table") for number in ("68.3%", "68.3% ▼"))
    (narrow, _), (wide, _) = (table.widths(word.TEXT_WIDTH) for table in (plain, marked))
    assert wide - narrow > 0.3


def test_the_heading_of_a_table_is_repeated_and_no_row_is_parted() -> None:
    for table in xml("word/document.xml").iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [
            True,
            *[False] * (len(rows) - 1),
        ]
        assert all(row.find(f".//{W}cantSplit") is not None for row in rows)
        assert table.find(f".//{W}tblCaption").get(f"{W}val")


def test_a_picture_has_words_and_stays_with_its_caption_and_its_source() -> None:
    document = opened()
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["A blue box", "Another"]
    names = [each.style.name for each in document.paragraphs if each.style]
    place = names.index("Paper Picture")
    assert names[place - 1 : place + 2] == ["Caption", "Paper Picture", "Paper Note"]
    assert document.styles["Caption"].paragraph_format.keep_with_next
    assert document.paragraphs[place].paragraph_format.keep_with_next


@pytest.mark.parametrize(
    ("size", "fills"), [((400, 200), "width"), ((400, 380), "neither"), ((200, 900), "neither")]
)
def test_a_picture_is_as_large_as_leaves_room_for_something_else(size: tuple[int, int], fills: str) -> None:
    figure = Figure(png(size), "A box", "A picture")
    made = word_file.as_docx(replace(MADE, blocks=(figure,)), OF_COUNCIL)
    (shape,) = docx.Document(io.BytesIO(made)).inline_shapes
    assert (fills == "width") == (round(shape.width.cm, 1) == word.TEXT_WIDTH)
    assert shape.height.cm <= (word_file.HIGHEST if size[0] > size[1] else word_file.TALLEST) + 0.01
    assert shape.width / shape.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_long_title_is_set_smaller() -> None:
    long = docx.Document(io.BytesIO(word_file.as_docx(replace(MADE, title="A long title " * 20), OF_COUNCIL)))
    sizes = [each.styles["Title"].font.size for each in (long, opened())]
    assert sizes[0] < sizes[1]


def test_only_what_is_too_wide_for_a_page_stands_on_one_that_is_turned() -> None:
    assert not VALUES.is_wide
    assert WIDE.is_wide
    are_upright = [(section.page_height or 0) > (section.page_width or 0) for section in opened().sections]
    assert are_upright == [True, False]


def test_it_says_whose_it_is_when_and_that_it_is_in_british_english() -> None:
    said = opened().core_properties
    assert (said.title, said.subject) == ("Title & more <of it>", "What it is about")
    assert (said.author, said.last_modified_by) == ("A council", "A council")
    assert said.comments == "How it was made"
    assert said.created is not None
    assert said.modified is not None
    assert said.created.date() == said.modified.date() == DAY
    languages = {
        node.get(f"{W}val")
        for part in ("word/document.xml", "word/styles.xml", "word/settings.xml")
        for node in [*xml(part).iter(f"{W}lang"), *xml(part).iter(f"{W}themeFontLang")]
    }
    assert languages == {"en-GB"}
    with zipfile.ZipFile(io.BytesIO(content())) as parts:
        assert not {"docProps/thumbnail.jpeg", "docProps/app.xml"} & set(parts.namelist())


def test_a_link_leads_to_its_address() -> None:
    relations = opened().part.rels.values()
    assert [each.target_ref for each in relations if each.is_external] == [SOURCES]
