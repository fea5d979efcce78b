"""A pack as a Word document, for people who write papers: headings, tables, pictures with their words."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from data_loaders.brand import Brand
from pages.exports import colours, pictures
from pages.exports.exhibit import ILLUSTRATIVE
from pages.exports.pack import LONGEST_PROPERTY, Chapter, Pack, printable
from pages.exports.pictures import BOLD, CM_PER_INCH, UNPRINTABLE, text_width

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.shape import InlineShape

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# a page of A4 between its margins, in centimetres
TEXT_WIDTH, MARGIN, PICTURE_HEIGHT = 17.0, 2.0, 15.0
# layout pixels at which a chart is drawn for the width of the text, and pixels of its picture
CHART_WIDTH, CHART_HEIGHT, CHART_PIXELS = 760, 670, 1600
# points; letters beyond which a column gets no wider
TABLE_SIZE, LONGEST_CELL = 9, 50
INK, RULE, PAPER = map(colours.digits, (colours.INK, colours.RULE, colours.WHITE))


def as_docx(pack: Pack, brand: Brand, on_step: Callable[[float], None] = lambda share: None) -> bytes:
    """The pack as a document on A4. `on_step` is told the share that is done, from 0 to 1."""
    import docx  # here, because the first visitor should not wait for it
    from docx.shared import Cm

    pack = printable(pack)
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    properties = document.core_properties
    properties.title, properties.author = pack.title[:LONGEST_PROPERTY], pack.version
    properties.language = "en-GB"
    origin = f"{ILLUSTRATIVE} · {pack.version}" if pack.is_illustrative else pack.version
    _add_page_number(section, origin)
    _set_styles(document, brand)
    if brand.logo:
        logo = document.add_picture(io.BytesIO(brand.logo), height=Cm(1.6))
        _describe(logo, brand.owner)
    document.add_heading(pack.title, 0)
    document.add_paragraph(pack.subtitle, style="Subtitle")
    if pack.is_illustrative:
        document.add_paragraph(ILLUSTRATIVE, style="Heading 1")
    for number, chapter in enumerate(pack.chapters, start=1):
        _add_chapter(document, chapter, brand)
        on_step(number / (len(pack.chapters) + 1))
    document.add_heading("Sources", 1)
    for line in (*pack.sources, pack.origin):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    on_step(1)
    return file.getvalue()


def _add_chapter(document: "Document", chapter: Chapter, brand: Brand) -> None:
    from docx.shared import Cm

    document.add_heading(chapter.heading, 1)
    for point in chapter.points:
        document.add_paragraph(point, style="List Bullet")
    if chapter.exhibit:
        png = pictures.chart_png(chapter.exhibit, CHART_WIDTH, CHART_HEIGHT, CHART_PIXELS)
        picture = document.add_picture(io.BytesIO(png), width=Cm(TEXT_WIDTH))
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        if picture.height > Cm(PICTURE_HEIGHT):
            picture.width = round(picture.width * Cm(PICTURE_HEIGHT) / picture.height)
            picture.height = Cm(PICTURE_HEIGHT)
        _describe(picture, chapter.exhibit.alt)
    if chapter.table is not None:
        _add_table(document, chapter.table, brand)
    below = " ".join(text for text in (chapter.subtitle, chapter.source) if text)
    if below:
        document.add_paragraph(below, style="Caption")


def _add_table(document: "Document", rows: pd.DataFrame, brand: Brand) -> None:
    """A table with lines between its rows; its heading is one, and is repeated on each page."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt, RGBColor

    texts = [list(map(str, rows.columns)), *(list(map(str, row)) for row in rows.itertuples(index=False))]
    table = document.add_table(len(texts), len(rows.columns))
    table.autofit = False
    table._tbl.tblPr.append(_lines_between_rows())
    widths = _column_widths(texts)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, (row, line) in enumerate(zip(texts, table.rows, strict=True)):
        for cell, text, width in zip(line.cells, row, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.bold, run.font.size = number == 0, Pt(TABLE_SIZE)
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if number == 0:
                run.font.color.rgb = RGBColor.from_string(PAPER)
                paragraph.paragraph_format.keep_with_next = True
                cell._tc.get_or_add_tcPr().append(_shade(brand.heading))
        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    # a caption below stays with the last row
    for paragraph in table.rows[-1].cells[0].paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _column_widths(texts: list[list[str]]) -> list[float]:
    """Widths in centimetres: no word is broken where there is room, and more for longer texts."""
    columns = list(zip(*texts, strict=True))
    words = [max(text_width(word) for text in column for word in text.split() or [""]) for column in columns]
    least = [width * TABLE_SIZE * BOLD * CM_PER_INCH / 72 + 0.5 for width in words]
    left = max(TEXT_WIDTH - sum(least), 0)
    asked = [min(max(map(text_width, column)), LONGEST_CELL) for column in columns]
    widths = [width + left * share / sum(asked) for width, share in zip(least, asked, strict=True)]
    return [width * TEXT_WIDTH / sum(widths) for width in widths]


def _lines_between_rows() -> "BaseOxmlElement":
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in ("bottom", "insideH")
    )
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")


def _shade(colour: str) -> "BaseOxmlElement":
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')


def _add_page_number(section: "Section", origin: str) -> None:
    """At the foot of each page: what made it, and the number of the page, which Word keeps up to date."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{origin} · Page ")
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _set_styles(document: "Document", brand: Brand) -> None:
    """The brand's font and colour, in black where the template has blue or grey."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in {
        "Normal": 11,
        "Title": 24,
        "Subtitle": 12,
        "Heading 1": 15,
        "List Bullet": 11,
        "Caption": 9,
        "Footer": 9,
    }.items():
        style = document.styles[name]
        style.font.name, style.font.size = brand.font, Pt(size)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        is_heading = name in ("Title", "Heading 1")
        style.font.color.rgb = RGBColor.from_string(brand.heading if is_heading else INK)
        style.font.bold = is_heading
        style.element.rPr.append(_language())


def _language() -> "BaseOxmlElement":
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB"/>')


def _describe(picture: "InlineShape", text: str) -> None:
    picture._inline.docPr.set("descr", UNPRINTABLE.sub("", text))
