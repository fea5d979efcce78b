"""A Word document as a file: everything in its order, numbered and referred to, under its contents.

Numbers are fields that hold what they show, so that they are right as soon as the document is opened, and
stay right when Word counts anew. Contents and lists name sections, figures and tables by their numbers and
lead to them; they have no numbers of pages, which only the program knows that breaks the pages.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from data_loaders.brand import Brand
from pages.exports import colours, word_charts, word_styles, word_xml
from pages.exports.word import (
    LONG,
    LOUD,
    MARGIN,
    NOTE,
    SHORT,
    TEXT_WIDTH,
    TURNED_WIDTH,
    Block,
    Bullets,
    Contents,
    Document,
    Figure,
    Heading,
    Link,
    Paragraph,
    Reference,
    Table,
    Turned,
    Words,
)

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.oxml.xmlchemy import BaseOxmlElement

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# heights of pictures in centimetres: of one that is wider than high, and of any
HIGHEST, TALLEST = 13.0, 18.0
# a table of no more rows is not parted by the end of a page, and of a longer one so many rows at both its
# ends are not
SHORT_TABLE, ROWS_TOGETHER = 5, 3


class _Entry(NamedTuple):
    """A section, figure or table: its number, its word before that, what it is called, its level, its key."""

    number: str
    word: str
    text: str
    level: int
    key: str
    place: int

    @property
    def label(self) -> str:
        return f"{self.word} {self.number}".strip()

    @property
    def anchor(self) -> str:
        """The bookmark around all of it, to which lists lead."""
        return f"_Toc{self.place:08}"

    @property
    def target(self) -> str:
        """The bookmark around what a reference shows."""
        return f"_Ref{self.place:08}"


@dataclass
class _Writer:
    """What a document is written with: its parts so far, and the numbers of all that has one."""

    docx: "Docx"
    brand: Brand
    entries: Mapping[int, _Entry]
    room: float = TEXT_WIDTH
    keys: dict[str, _Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = {entry.key: entry for entry in self.entries.values() if entry.key}


def as_docx(document: Document, brand: Brand) -> bytes:
    """The document as DOCX."""
    import docx  # here, because the first visitor should not wait for it
    from docx.shared import Cm

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(SHORT), Cm(LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    word_styles.set_properties(made, document, brand)
    word_styles.set_styles(made, brand, document.title)
    word_styles.set_edges(section, document)
    if brand.logo:
        _describe(made.add_picture(io.BytesIO(brand.logo), height=Cm(1.6)), brand.owner)
    writer = _Writer(made, brand, {id(block): entry for block, entry in _numbered(document.blocks)})
    _append(writer, word_xml.paragraph("Title", word_xml.run(document.title)))
    if document.subtitle:
        _append(writer, word_xml.paragraph("Subtitle", word_xml.run(document.subtitle)))
    if document.stamp:
        _append(writer, word_xml.paragraph(LOUD, word_xml.run(document.stamp)))
    for block in document.blocks:
        _write(writer, block)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Turned):
            yield from _flat(block.blocks)
        else:
            yield block


def _numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, _Entry]]:
    """Everything that has a number, in order, as Word counts."""
    sections, parts, figures, tables = 0, 0, 0, 0
    for place, block in enumerate(_flat(blocks), start=1):
        match block:
            case Heading(text, 1, key):
                sections, parts = sections + 1, 0
                yield block, _Entry(f"{sections}", "", text, 1, key, place)
            case Heading(text, level, key):
                parts += 1
                yield block, _Entry(f"{sections}.{parts}", "", text, level, key, place)
            case Figure():
                figures += 1
                yield block, _Entry(f"{figures}", "Figure", block.caption, 1, block.key, place)
            case Table():
                tables += 1
                yield block, _Entry(f"{tables}", "Table", block.caption, 1, block.key, place)


def _write(writer: _Writer, block: Block) -> None:
    match block:
        case Heading(text, level):
            entry = writer.entries[id(block)]
            runs = _bookmarked(entry, 1, _bookmarked(entry, 0, word_xml.run(text)))
            _append(writer, word_xml.paragraph(f"Heading{level}", runs))
        case Paragraph(words, style, keep):
            _append(
                writer, word_xml.paragraph(style, _all_said(writer, words), "<w:keepNext/>" if keep else "")
            )
        case Bullets(items):
            for item in items:
                _append(writer, word_xml.paragraph("ListBullet", word_xml.run(item)))
        case Figure():
            _write_figure(writer, block)
        case Table():
            _write_table(writer, block)
        case Contents():
            _write_contents(writer, block)
        case Turned(blocks):
            _write_turned(writer, blocks)


def _write_figure(writer: _Writer, figure: Figure) -> None:
    _write_caption(writer, writer.entries[id(figure)])
    if isinstance(figure.shown, bytes):
        _write_picture(writer, figure.shown, figure.highest)
    else:
        run = word_charts.add(writer.docx, figure.shown, writer.room)
        _append(writer, word_xml.paragraph("PaperPicture", run))
    _describe(writer.docx.inline_shapes[-1], figure.alt)
    writer.docx.paragraphs[-1].paragraph_format.keep_with_next = bool(figure.note)
    _write_note(writer, figure.note)


def _write_picture(writer: _Writer, png: bytes, highest: float) -> None:
    from docx.shared import Cm

    picture = writer.docx.add_picture(io.BytesIO(png), width=Cm(writer.room))
    most = Cm(highest or (TALLEST if picture.height > picture.width else HIGHEST))
    if picture.height > most:
        picture.width = round(picture.width * most / picture.height)
        picture.height = most
    writer.docx.paragraphs[-1].style = writer.docx.styles["Paper Picture"]


def _write_table(writer: _Writer, table: Table) -> None:
    _write_caption(writer, writer.entries[id(table)])
    widths = [round(width * word_styles.TWIPS_PER_CM) for width in table.widths(writer.room)]
    numeric = table.numeric()
    is_short = len(table.rows) <= SHORT_TABLE
    rows = []
    for number, cells in enumerate((table.header, *table.rows)):
        is_header, is_last = number == 0, number == len(table.rows)
        # no single row stands below a heading, or on the next page; a note below stays with the last row
        is_at_an_end = number < ROWS_TOGETHER or number > len(table.rows) - ROWS_TOGETHER
        is_kept = (is_short or is_at_an_end) and not is_last
        keep = is_header or is_kept or (is_last and bool(table.note))
        shown = "".join(
            _cell(cell, width, is_header, is_number, keep)
            for cell, width, is_number in zip(cells, widths, numeric, strict=True)
        )
        height = 0 if is_header else round(table.row_height * word_styles.TWIPS_PER_CM)
        said = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
        header = "<w:tblHeader/>" if is_header else ""
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{said}{header}</w:trPr>{shown}</w:tr>")
    caption = quoteattr(word_xml.clean(table.caption))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    _append(
        writer,
        f'<w:tbl {word_xml.names()}><w:tblPr><w:tblStyle w:val="PaperTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val={caption}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>",
    )
    # Word wants a paragraph between a table and what follows it
    _append(writer, word_xml.paragraph(NOTE, _all_said(writer, table.note)))


def _cell(text: str, width: int, is_header: bool, is_number: bool, keep: bool) -> str:
    style = "PaperTableHeading" if is_header else "PaperTableNumber" if is_number else "PaperTableText"
    more = "<w:keepNext/>" if keep and not is_header else ""
    more += '<w:jc w:val="right"/>' if is_header and is_number else ""
    paragraph = word_xml.paragraph(style, word_xml.run(text), more, named=False)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>'


def _write_caption(writer: _Writer, entry: _Entry) -> None:
    label = word_xml.run(f"{entry.word} ") + word_xml.field(f"SEQ {entry.word} \\* ARABIC", entry.number)
    runs = _bookmarked(entry, 1, label) + word_xml.run(f": {entry.text}")
    _append(writer, word_xml.paragraph("Caption", _bookmarked(entry, 0, runs)))


def _write_note(writer: _Writer, note: Words) -> None:
    if note:
        _append(writer, word_xml.paragraph(NOTE, _all_said(writer, note)))


def _write_contents(writer: _Writer, contents: Contents) -> None:
    """Sections, then figures and tables, each under its heading: fields, with all that they would list."""
    entries = list(writer.entries.values())
    lists = {
        "Contents": ('TOC \\o "1-2" \\n \\h \\z \\u', [entry for entry in entries if not entry.word]),
        "Figures": ('TOC \\n \\h \\z \\c "Figure"', [entry for entry in entries if entry.word == "Figure"]),
        "Tables": ('TOC \\n \\h \\z \\c "Table"', [entry for entry in entries if entry.word == "Table"]),
    }
    for number, (heading, (instruction, listed)) in enumerate(lists.items()):
        if not listed:
            continue
        new_page = "<w:pageBreakBefore/>" if contents.new_page and number == 0 else ""
        _append(writer, word_xml.paragraph("TOCHeading", word_xml.run(heading), new_page))
        for place, entry in enumerate(listed):
            style = "TableofFigures" if entry.word else f"TOC{entry.level}"
            between = ": " if entry.word else "\t"
            said = word_xml.run(entry.label) + (word_xml.run(f"{between}{entry.text}"))
            runs = f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{said}</w:hyperlink>'
            first = word_xml.begin(instruction) if place == 0 else ""
            last = word_xml.END if place == len(listed) - 1 else ""
            _append(writer, word_xml.paragraph(style, f"{first}{runs}{last}"))


def _write_turned(writer: _Writer, blocks: Sequence[Block]) -> None:
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Cm

    section = writer.docx.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(LONG), Cm(SHORT)
    writer.room = TURNED_WIDTH
    for block in blocks:
        _write(writer, block)


def _all_said(writer: _Writer, words: Words) -> str:
    return "".join(_said(writer, word) for word in words)


def _said(writer: _Writer, word: str | Reference | Link) -> str:
    match word:
        case Reference(to):
            entry = writer.keys[to]
            # of a section its number, of a figure or table what its bookmark holds
            how = "\\h" if entry.word else "\\r \\h"
            return word_xml.field(f"REF {entry.target} {how}", entry.label)
        case Link(text, address):
            from docx.opc.constants import RELATIONSHIP_TYPE

            number = writer.docx.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            style = f'<w:color w:val="{colours.digits(colours.HYPERLINK)}"/><w:u w:val="single"/>'
            return f'<w:hyperlink r:id="{number}" w:history="1">{word_xml.run(text, style)}</w:hyperlink>'
        case _:
            return word_xml.run(str(word))


def _append(writer: _Writer, xml: str) -> None:
    from docx.oxml import parse_xml

    # what is last says how large pages are
    writer.docx.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _bookmarked(entry: _Entry, which: int, runs: str) -> str:
    """The runs within the first or the second bookmark of an entry."""
    number, name = 2 * entry.place + which, (entry.anchor, entry.target)[which]
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def _describe(picture: "BaseOxmlElement", text: str) -> None:
    picture._inline.docPr.set("descr", word_xml.clean(text))
