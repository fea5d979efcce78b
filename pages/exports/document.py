"""A pack as a Word document, for people who write papers: headings, tables, pictures with their words."""

import io

import pandas as pd

from data_loaders.brand import Brand
from pages.exports import pictures
from pages.exports.pack import Chapter, Pack

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# a page of A4 between its margins, in centimetres
TEXT_WIDTH, MARGIN, PICTURE_HEIGHT = 17.0, 2.0, 15.0
# layout pixels at which a chart is drawn for the width of the text, and pixels of its picture
CHART_WIDTH, CHART_HEIGHT, CHART_PIXELS = 760, 670, 2000


def as_docx(pack: Pack, brand: Brand) -> bytes:
    """The pack as a document on A4."""
    import docx  # here, because the first visitor should not wait for it
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    properties = document.core_properties
    properties.title, properties.author, properties.language = pack.title, pack.version, "en-GB"
    _set_styles(document, brand)
    if brand.logo:
        logo = document.add_picture(io.BytesIO(brand.logo), height=Cm(1.6))
        _describe(logo, brand.owner)
    document.add_heading(pack.title, 0)
    document.add_paragraph(pack.subtitle, style="Subtitle")
    for chapter in pack.chapters:
        _add_chapter(document, chapter)
    document.add_heading("Sources", 1)
    for line in (*pack.sources, pack.origin):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_chapter(document, chapter: Chapter) -> None:  # type: ignore[no-untyped-def]
    from docx.shared import Cm

    document.add_heading(chapter.heading, 1)
    if chapter.subtitle:
        document.add_paragraph(chapter.subtitle)
    for point in chapter.points:
        document.add_paragraph(point, style="List Bullet")
    if chapter.piece:
        png = pictures.chart_png(chapter.piece, CHART_WIDTH, CHART_HEIGHT, CHART_PIXELS)
        picture = document.add_picture(io.BytesIO(png), width=Cm(TEXT_WIDTH))
        if picture.height > Cm(PICTURE_HEIGHT):
            picture.width = round(picture.width * Cm(PICTURE_HEIGHT) / picture.height)
            picture.height = Cm(PICTURE_HEIGHT)
        _describe(picture, chapter.piece.alt)
    rows = chapter.table
    if chapter.bars:
        shown = [_shown(value, chapter.bars.decimals) for value in chapter.bars.values]
        rows = pd.DataFrame({"Place": chapter.bars.names, chapter.bars.axis: shown})
    if rows is not None:
        _add_table(document, rows)
    if chapter.source:
        document.add_paragraph(chapter.source, style="Caption")


def _shown(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:,.{decimals}f}"


def _add_table(document, rows: pd.DataFrame) -> None:  # type: ignore[no-untyped-def]
    """A table whose heading is one, and is repeated on each page."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = document.add_table(1, len(rows.columns), style="Table Grid")
    texts = [list(map(str, rows.columns)), *(list(map(str, row)) for row in rows.itertuples(index=False))]
    for number, row in enumerate(texts):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.bold, run.font.size = number == 0, Pt(9)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        properties = table.rows[number]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _set_styles(document, brand: Brand) -> None:  # type: ignore[no-untyped-def]
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
    }.items():
        style = document.styles[name]
        style.font.name, style.font.size = brand.font, Pt(size)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        is_heading = name in ("Title", "Heading 1")
        style.font.color.rgb = RGBColor.from_string(brand.heading if is_heading else "1D1D1D")
        style.font.bold = is_heading


def _describe(picture, text: str) -> None:  # type: ignore[no-untyped-def]
    picture._inline.docPr.set("descr", text)
