"""What every slide is made of: texts in their place, alternative texts, fonts."""

from typing import TYPE_CHECKING

from data_loaders.brand import Brand
from pages.exports import colours
from pages.exports.pictures import UNPRINTABLE

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.text.text import TextFrame

INK, MUTED, SECOND, MARK, GRID, STRIPE, PAPER = map(
    colours.digits,
    (
        colours.INK,
        colours.GREY_INK,
        colours.TEAL,
        colours.ORANGE,
        colours.LINE,
        colours.STRIPE,
        colours.WHITE,
    ),
)


def write(
    frame: "TextFrame",
    texts: list[str] | tuple[str, ...],
    size: int,
    colour: str,
    space: float = 0,
    bold: bool | None = None,
) -> None:
    """Texts as paragraphs, in place of what is there."""
    from pptx.dml.color import RGBColor
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(size * space)
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
        run.font.color.rgb = RGBColor.from_string(colour)


def place(shape: "BaseShape", left: float, top: float, width: float, height: float) -> None:
    """Put a shape where it belongs, in inches."""
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = map(Inches, (left, top, width, height))


def describe(shape: "BaseShape", text: str) -> None:
    """The alternative text of a picture, chart or table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", UNPRINTABLE.sub("", text))


def mark_as_decoration(shape: "BaseShape") -> None:
    """Tell screen readers to pass over a shape."""
    from lxml import etree

    names = shape._element.xpath(".//p:cNvPr")[0]
    extensions = etree.SubElement(names, _qualified("a:extLst"))
    extension = etree.SubElement(
        extensions, _qualified("a:ext"), uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
    )
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    etree.SubElement(extension, f"{{{space}}}decorative", nsmap={"adec": space}, val="1")


def set_fonts(deck: "Presentation", brand: Brand) -> None:
    """The brand's font in the theme, which all text of the slides follows."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for font in theme.iter(_qualified("a:latin")):
        font.set("typeface", brand.font)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def element(name: str, **attributes: str) -> "_Element":
    """An element of the file, for what the library has no word for: its name is "c:tickLblSkip"."""
    from lxml import etree

    return etree.Element(_qualified(name), **attributes)


def _qualified(name: str) -> str:
    from pptx.oxml.ns import qn

    return qn(name)
