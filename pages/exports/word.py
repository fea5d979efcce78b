"""A Word document on A4: headings, paragraphs, lists, figures and tables, numbered and referred to.

Numbers are fields that hold what they show, so that they are right as soon as the document is opened, and
stay right when Word counts anew. Contents and lists name sections, figures and tables by their numbers and
lead to them; they have no numbers of pages, which only the program knows that breaks the pages.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from data_loaders.brand import Brand
from pages.exports import colours
from pages.exports.pack import LONGEST_PROPERTY
from pages.exports.pictures import BOLD, CM_PER_INCH, UNPRINTABLE, text_width

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# a page of A4 and what is within its margins, upright and turned, in centimetres
SHORT, LONG, MARGIN = 21.0, 29.7, 2.0
TEXT_WIDTH, TURNED_WIDTH = SHORT - 2 * MARGIN, LONG - 2 * MARGIN
# twentieths of a point, in which Word measures
TWIPS_PER_CM = 1440 / CM_PER_INCH
# points; letters beyond which a column gets no wider
TABLE_SIZE, LONGEST_CELL = 9, 50
# between the edges of a cell and its text, both together, in centimetres
CELL_MARGINS = 0.4
# heights of pictures in centimetres: of one that is wider than high, and of any
HIGHEST, TALLEST = 13.0, 18.0
# points, and letters beyond which a title is set smaller, so that a summary has room below it
TITLE_SIZE, LONG_TITLE_SIZE, LONG_TITLE = 24, 16, 100
# a table of no more rows is not parted by the end of a page
SHORT_TABLE = 5
INK, RULE, PAPER = map(colours.digits, (colours.INK, colours.RULE, colours.WHITE))
# what is read as a number: with its unit, a mark, and how it compares
_NUMBER = re.compile(r"[-+\u2212]?£?\d[\d,]*(\.\d+)?%?\N{DAGGER}?( [▲=▼])?")
_HEADING_LIST = 20
# styles of paragraphs: usual, below pictures and tables, and loud
USUAL, NOTE, LOUD = "Normal", "PaperNote", "PaperLoud"


@dataclass(frozen=True)
class Reference:
    """The number of what has this key: of a section as it is, of a figure or table with its word."""

    to: str


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    text: str
    address: str


Words = Sequence[str | Reference | Link]


@dataclass(frozen=True)
class Heading:
    """The heading of a section, numbered, of level 1 or 2."""

    text: str
    level: int = 1
    key: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one of the styles USUAL, NOTE and LOUD, which may be kept with what follows it."""

    words: Words
    style: str = USUAL
    keep: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A picture with its number and caption above and a note below, no higher than so many centimetres.

    Without that, it is as high as its shape lets it be.
    """

    png: bytes
    alt: str
    caption: str
    note: Words = ()
    key: str = ""
    highest: float = 0


@dataclass(frozen=True)
class Table:
    """A table with its number and caption above and a note below.

    Columns of numbers stand to the right. Rows are at least so high, in centimetres, to be filled in by hand.
    Without `shares` of the line, columns are as wide as their texts ask for.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    note: Words = ()
    key: str = ""
    row_height: float = 0
    shares: tuple[float, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether words would be broken on an upright page."""
        return not self.shares and sum(_least_widths(self._columns)) > TEXT_WIDTH

    @property
    def _columns(self) -> list[tuple[str, ...]]:
        return list(zip(self.header, *self.rows, strict=True))

    def widths(self, room: float) -> list[float]:
        """The widths of the columns in centimetres, which fill the room."""
        if self.shares:
            return [share * room / sum(self.shares) for share in self.shares]
        least = _least_widths(self._columns)
        left = max(room - sum(least), 0)
        asked = [min(max(map(text_width, column)), LONGEST_CELL) for column in self._columns]
        widths = [width + left * share / sum(asked) for width, share in zip(least, asked, strict=True)]
        return [width * room / sum(widths) for width in widths]

    def numeric(self) -> list[bool]:
        """Whether each column holds numbers, and perhaps words where there is none."""
        return [_is_numeric(column[1:]) for column in self._columns]


@dataclass(frozen=True)
class Contents:
    """The contents, and the lists of figures and of tables."""

    new_page: bool = True


@dataclass(frozen=True)
class Turned:
    """What stands on pages of its own that are wider than high."""

    blocks: tuple["Block", ...]


Block = Heading | Paragraph | Bullets | Figure | Table | Contents | Turned


@dataclass(frozen=True, eq=False)
class Document:
    """A document with its properties. `footer` stands at the foot of each page before its number, `mark` at
    the head."""

    title: str
    blocks: tuple[Block, ...]
    footer: str
    day: dt.date
    subtitle: str = ""
    subject: str = ""
    comments: str = ""
    mark: str = ""
    stamp: str = ""


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
    _set_properties(made, document, brand)
    _set_styles(made, brand, TITLE_SIZE if len(document.title) <= LONG_TITLE else LONG_TITLE_SIZE)
    _set_edges(section, document)
    if brand.logo:
        _describe(made.add_picture(io.BytesIO(brand.logo), height=Cm(1.6)), brand.owner)
    writer = _Writer(made, brand, {id(block): entry for block, entry in _numbered(document.blocks)})
    _append(writer, _paragraph("Title", _run(document.title)))
    if document.subtitle:
        _append(writer, _paragraph("Subtitle", _run(document.subtitle)))
    if document.stamp:
        _append(writer, _paragraph(LOUD, _run(document.stamp)))
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
            runs = _bookmarked(entry, 1, _bookmarked(entry, 0, _run(text)))
            _append(writer, _paragraph(f"Heading{level}", runs))
        case Paragraph(words, style, keep):
            _append(writer, _paragraph(style, _all_said(writer, words), "<w:keepNext/>" if keep else ""))
        case Bullets(items):
            for item in items:
                _append(writer, _paragraph("ListBullet", _run(item)))
        case Figure():
            _write_figure(writer, block)
        case Table():
            _write_table(writer, block)
        case Contents():
            _write_contents(writer, block)
        case Turned(blocks):
            _write_turned(writer, blocks)


def _write_figure(writer: _Writer, figure: Figure) -> None:
    from docx.shared import Cm

    _write_caption(writer, writer.entries[id(figure)])
    picture = writer.docx.add_picture(io.BytesIO(figure.png), width=Cm(writer.room))
    highest = Cm(figure.highest or (TALLEST if picture.height > picture.width else HIGHEST))
    if picture.height > highest:
        picture.width = round(picture.width * highest / picture.height)
        picture.height = highest
    _describe(picture, figure.alt)
    paragraph = writer.docx.paragraphs[-1]
    paragraph.style = writer.docx.styles["Paper Picture"]
    paragraph.paragraph_format.keep_with_next = bool(figure.note)
    _write_note(writer, figure.note)


def _write_table(writer: _Writer, table: Table) -> None:
    _write_caption(writer, writer.entries[id(table)])
    widths = [round(width * TWIPS_PER_CM) for width in table.widths(writer.room)]
    numeric = table.numeric()
    is_short = len(table.rows) <= SHORT_TABLE
    rows = []
    for number, cells in enumerate((table.header, *table.rows)):
        is_header, is_last = number == 0, number == len(table.rows)
        # a note below stays with the last row
        keep = is_header or (is_short and not is_last) or (is_last and bool(table.note))
        shown = "".join(
            _cell(cell, width, is_header, is_number, keep)
            for cell, width, is_number in zip(cells, widths, numeric, strict=True)
        )
        height = 0 if is_header else round(table.row_height * TWIPS_PER_CM)
        said = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
        header = "<w:tblHeader/>" if is_header else ""
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{said}{header}</w:trPr>{shown}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    _append(
        writer,
        f'<w:tbl {_names()}><w:tblPr><w:tblStyle w:val="PaperTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val={quoteattr(_clean(table.caption))}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>",
    )
    # Word wants a paragraph between a table and what follows it
    _append(writer, _paragraph(NOTE, _all_said(writer, table.note)))


def _cell(text: str, width: int, is_header: bool, is_number: bool, keep: bool) -> str:
    style = "PaperTableHeading" if is_header else "PaperTableNumber" if is_number else "PaperTableText"
    more = "<w:keepNext/>" if keep and not is_header else ""
    more += '<w:jc w:val="right"/>' if is_header and is_number else ""
    paragraph = _paragraph(style, _run(text), more, named=False)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>'


def _write_caption(writer: _Writer, entry: _Entry) -> None:
    label = _run(f"{entry.word} ") + _field(f"SEQ {entry.word} \\* ARABIC", entry.number)
    runs = _bookmarked(entry, 1, label) + _run(f": {entry.text}")
    _append(writer, _paragraph("Caption", _bookmarked(entry, 0, runs)))


def _write_note(writer: _Writer, note: Words) -> None:
    if note:
        _append(writer, _paragraph(NOTE, _all_said(writer, note)))


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
        _append(writer, _paragraph("TOCHeading", _run(heading), new_page))
        for place, entry in enumerate(listed):
            style = "TableofFigures" if entry.word else f"TOC{entry.level}"
            between = ": " if entry.word else "\t"
            said = _run(entry.label) + (_run(f"{between}{entry.text}"))
            runs = f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{said}</w:hyperlink>'
            first = _begin(instruction) if place == 0 else ""
            last = _END if place == len(listed) - 1 else ""
            _append(writer, _paragraph(style, f"{first}{runs}{last}"))


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
            return _field(f"REF {entry.target} {how}", entry.label)
        case Link(text, address):
            from docx.opc.constants import RELATIONSHIP_TYPE

            number = writer.docx.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            style = f'<w:color w:val="{colours.digits(colours.HYPERLINK)}"/><w:u w:val="single"/>'
            return f'<w:hyperlink r:id="{number}" w:history="1">{_run(text, style)}</w:hyperlink>'
        case _:
            return _run(str(word))


def _append(writer: _Writer, xml: str) -> None:
    from docx.oxml import parse_xml

    # what is last says how large pages are
    writer.docx.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _names() -> str:
    from docx.oxml.ns import nsdecls

    return nsdecls("w", "r")


def _paragraph(style: str, runs: str, more: str = "", named: bool = True) -> str:
    names = f" {_names()}" if named else ""
    return f'<w:p{names}><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _run(text: str, style: str = "") -> str:
    """A run of words; a tab in it is one, and a new line a line break."""
    parts = re.split(r"([\t\n])", _clean(text))
    marks = {"\t": "<w:tab/>", "\n": "<w:br/>", "": ""}
    said = "".join(
        marks[part] if part in marks else f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts
    )
    return f"<w:r>{f'<w:rPr>{style}</w:rPr>' if style else ''}{said}</w:r>"


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("", text).replace("\r", "\n")


def _field(instruction: str, shown: str) -> str:
    return f"{_begin(instruction)}{_run(shown)}{_END}"


def _begin(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _bookmarked(entry: _Entry, which: int, runs: str) -> str:
    """The runs within the first or the second bookmark of an entry."""
    number, name = 2 * entry.place + which, (entry.anchor, entry.target)[which]
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def _least_widths(columns: Iterable[Sequence[str]]) -> list[float]:
    """Widths of columns in centimetres at which no word is broken."""
    words = [max(text_width(word) for text in column for word in text.split() or [""]) for column in columns]
    return [width * TABLE_SIZE * BOLD * CM_PER_INCH / 72 + CELL_MARGINS for width in words]


def _is_numeric(cells: Sequence[str]) -> bool:
    with_digits = [cell.strip() for cell in cells if any(letter.isdigit() for letter in cell)]
    return bool(with_digits) and all(map(_NUMBER.fullmatch, with_digits))


def _set_properties(docx: "Docx", document: Document, brand: Brand) -> None:
    """Whose the document is, what it is called and about, and when it was made."""
    moment = dt.datetime.combine(document.day, dt.time())
    properties = docx.core_properties
    properties.title = _clean(document.title)[:LONGEST_PROPERTY]
    properties.subject = _clean(document.subject)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = brand.owner[:LONGEST_PROPERTY]
    properties.comments = _clean(document.comments)[:LONGEST_PROPERTY]
    properties.created = properties.modified = moment
    properties.language = "en-GB"
    # the template's own picture, and what it says of the program that wrote it
    package = docx.part.package
    for name in [name for name, rel in package.rels.items() if rel.reltype.endswith(_OF_TEMPLATE)]:
        package.rels.pop(name)


_OF_TEMPLATE = ("/thumbnail", "/extended-properties")


def _set_edges(section: "Section", document: Document) -> None:
    """The head and the foot of each page; Word keeps the number of the page and of all pages up to date."""
    from docx.oxml import parse_xml

    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    if document.mark:
        head.add_run(_clean(document.mark))
    foot.add_run(f"{_clean(document.footer)} · Page ")
    for instruction, between in (("PAGE", " of "), ("NUMPAGES", "")):
        runs = parse_xml(
            f"<w:p {_names()}>{_field(instruction, '1')}{_run(between) if between else ''}</w:p>"
        )
        for run in list(runs):
            foot._p.append(run)


def _set_styles(docx: "Docx", brand: Brand, title_size: int) -> None:
    """The brand's font and colour, in black where the template has blue or grey; all in British English."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    root = docx.styles.element
    for language in root.iter(qn("w:lang")):
        for script in ("w:val", "w:eastAsia"):
            language.set(qn(script), "en-GB")
    for language in docx.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")
    for xml in _further_styles(brand):
        root.append(parse_xml(xml))
    for name, (size, is_heading) in {
        "Normal": (11, False),
        "Title": (title_size, True),
        "Subtitle": (12, False),
        "Heading 1": (15, True),
        "Heading 2": (12, True),
        "TOC Heading": (15, True),
        "List Bullet": (11, False),
        "Caption": (10, False),
        "Header": (9, False),
        "Footer": (9, False),
    }.items():
        style = docx.styles[name]
        style.font.name, style.font.size = brand.font, Pt(size)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        style.font.color.rgb = RGBColor.from_string(brand.heading if is_heading else INK)
        style.font.bold = is_heading or name == "Caption"
    spaces = {"Heading 1": (18, 6), "Heading 2": (12, 4), "TOC Heading": (12, 4), "Caption": (6, 4)}
    for name, (before, after) in spaces.items():
        form = docx.styles[name].paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), True
    docx.styles["Normal"].paragraph_format.space_after = Pt(8)
    docx.styles["Normal"].paragraph_format.line_spacing = 1.15
    docx.styles["List Bullet"].paragraph_format.space_after = Pt(4)
    _number_headings(docx)
    for level, name in enumerate(("Heading 1", "Heading 2")):
        style = docx.styles[name]
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Cm(1), Cm(-1)
        number = style.element.get_or_add_pPr().get_or_add_numPr()
        if level:
            number.get_or_add_ilvl().val = level
        number.get_or_add_numId().val = _HEADING_LIST
    unnumbered = docx.styles["TOC Heading"].element.get_or_add_pPr()
    unnumbered.get_or_add_numPr().get_or_add_numId().val = 0
    docx.styles["TOC Heading"].paragraph_format.left_indent = Cm(0)
    docx.styles["TOC Heading"].paragraph_format.first_line_indent = Cm(0)


def _number_headings(docx: "Docx") -> None:
    """Headings are numbered by their styles: 1, 1.1."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
        for level, text in enumerate(("%1", "%1.%2"))
    )
    numbering = docx.part.numbering_part.element
    # Word wants all that is counted described before what counts
    first = numbering.find(qn("w:num"))
    first.addprevious(
        parse_xml(
            f'<w:abstractNum {_names()} w:abstractNumId="{_HEADING_LIST}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
    )
    numbering.append(
        parse_xml(
            f'<w:num {_names()} w:numId="{_HEADING_LIST}"><w:abstractNumId w:val="{_HEADING_LIST}"/></w:num>'
        )
    )


def _further_styles(brand: Brand) -> Iterator[str]:
    """Styles that the template has not: of contents, captions' pictures and notes, and tables."""
    small = f'<w:sz w:val="{2 * TABLE_SIZE}"/><w:szCs w:val="{2 * TABLE_SIZE}"/>'
    tight = '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
    after = '<w:spacing w:before="40" w:after="160" w:line="240" w:lineRule="auto"/>'
    close = '<w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>'
    hanging = '<w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>' + close
    white = f'<w:b/><w:bCs/><w:color w:val="{PAPER}"/>'
    heading = f'<w:b/><w:bCs/><w:color w:val="{brand.heading}"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
    for identity, name, form, letters in (
        ("TOC1", "toc 1", hanging + '<w:ind w:left="567" w:hanging="567"/>', ""),
        ("TOC2", "toc 2", hanging + '<w:ind w:left="1134" w:hanging="567"/>', ""),
        ("TableofFigures", "table of figures", close, ""),
        (LOUD, "Paper Loud", close, heading),
        ("PaperPicture", "Paper Picture", close, ""),
        (NOTE, "Paper Note", after, small),
        ("PaperTableText", "Paper Table Text", tight, small),
        ("PaperTableNumber", "Paper Table Number", tight + '<w:jc w:val="right"/>', small),
        ("PaperTableHeading", "Paper Table Heading", "<w:keepNext/>" + tight, white + small),
    ):
        custom = ' w:customStyle="1"' if identity.startswith("Paper") else ""
        yield (
            f'<w:style {_names()} w:type="paragraph"{custom} w:styleId="{identity}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:uiPriority w:val="39"/><w:pPr>{form}</w:pPr>'
            f"<w:rPr>{letters}</w:rPr></w:style>"
        )
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in ("bottom", "insideH")
    )
    margin = round(CELL_MARGINS / 2 * TWIPS_PER_CM)
    margins = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    yield (
        f'<w:style {_names()} w:type="table" w:customStyle="1" w:styleId="PaperTable">'
        '<w:name w:val="Paper Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" '
        f'w:fill="{brand.heading}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _describe(picture: "BaseOxmlElement", text: str) -> None:
    picture._inline.docPr.set("descr", _clean(text))
