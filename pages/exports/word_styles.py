"""How a Word document looks, and what it says of itself: styles, head and foot of pages, properties."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from data_loaders.brand import Brand
from pages.exports import colours, office_theme, word_xml
from pages.exports.pack import LONGEST_PROPERTY
from pages.exports.pictures import CM_PER_INCH
from pages.exports.word import CELL_MARGINS, LOUD, NOTE, TABLE_SIZE, Document

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.section import Section

# twentieths of a point, in which Word measures
TWIPS_PER_CM = 1440 / CM_PER_INCH
# points, and letters beyond which a title is set smaller, so that a summary has room below it
TITLE_SIZE, LONG_TITLE_SIZE, LONG_TITLE = 24, 16, 100
INK, RULE, PAPER = map(colours.digits, (colours.INK, colours.RULE, colours.WHITE))
_HEADING_LIST = 20
_OF_TEMPLATE = ("/thumbnail", "/extended-properties", "/stylesWithEffects")


def set_properties(docx: "Docx", document: Document, brand: Brand) -> None:
    """Whose the document is, what it is called and about, and when it was made."""
    moment = dt.datetime.combine(document.day, dt.time())
    properties = docx.core_properties
    properties.title = word_xml.clean(document.title)[:LONGEST_PROPERTY]
    properties.subject = word_xml.clean(document.subject)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = brand.owner[:LONGEST_PROPERTY]
    properties.comments = word_xml.clean(document.comments)[:LONGEST_PROPERTY]
    properties.created = properties.modified = moment
    properties.language = "en-GB"
    # the template's own picture, what it says of the program that wrote it, and its own copy of the styles
    for rels in (docx.part.package.rels, docx.part.rels):
        for name in [name for name, rel in rels.items() if rel.reltype.endswith(_OF_TEMPLATE)]:
            rels.pop(name)


def set_edges(section: "Section", document: Document) -> None:
    """The head and the foot of each page; Word keeps the number of the page and of all pages up to date."""
    from docx.oxml import parse_xml

    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    if document.mark:
        head.add_run(word_xml.clean(document.mark))
    foot.add_run(f"{word_xml.clean(document.footer)} · Page ")
    for instruction, between in (("PAGE", " of "), ("NUMPAGES", "")):
        runs = word_xml.field(instruction, "1") + (word_xml.run(between) if between else "")
        for run in list(parse_xml(f"<w:p {word_xml.names()}>{runs}</w:p>")):
            foot._p.append(run)


def set_styles(docx: "Docx", brand: Brand, title: str) -> None:
    """The brand's font and colour, in black where the template has blue or grey; all in British English."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    root = docx.styles.element
    for language in root.iter(qn("w:lang")):
        for script in ("w:val", "w:eastAsia"):
            language.set(qn(script), "en-GB")
    for language in docx.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")
    # the schema asks for what the template leaves out
    for zoom in docx.settings.element.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    for xml in _further_styles(brand):
        root.append(parse_xml(xml))
    theme = docx.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = office_theme.themed(theme.blob, brand, "Paper")
    for name, (size, is_heading) in {
        "Normal": (11, False),
        "Title": (TITLE_SIZE if len(title) <= LONG_TITLE else LONG_TITLE_SIZE, True),
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
            f'<w:abstractNum {word_xml.names()} w:abstractNumId="{_HEADING_LIST}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
    )
    numbering.append(
        parse_xml(
            f'<w:num {word_xml.names()} w:numId="{_HEADING_LIST}">'
            f'<w:abstractNumId w:val="{_HEADING_LIST}"/></w:num>'
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
            f'<w:style {word_xml.names()} w:type="paragraph"{custom} w:styleId="{identity}">'
            f'<w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:uiPriority w:val="39"/><w:pPr>{form}</w:pPr>'
            f"<w:rPr>{letters}</w:rPr></w:style>"
        )
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in ("bottom", "insideH")
    )
    margin = round(CELL_MARGINS / 2 * TWIPS_PER_CM)
    margins = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    yield (
        f'<w:style {word_xml.names()} w:type="table" w:customStyle="1" w:styleId="PaperTable">'
        '<w:name w:val="Paper Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" '
        f'w:fill="{brand.heading}"/></w:tcPr></w:tblStylePr></w:style>'
    )
