"""Paragraphs, runs and fields of a Word document as XML (ECMA-376, part 1, WordprocessingML)."""

import re
from xml.sax.saxutils import escape

from pages.exports.pictures import UNPRINTABLE

END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def names() -> str:
    """The namespaces that the outermost element of a part of the document declares."""
    from docx.oxml.ns import nsdecls

    return nsdecls("w", "r")


def paragraph(style: str, runs: str, more: str = "", named: bool = True) -> str:
    """A paragraph of a style with its runs, and what `more` there is to say of it; outermost if `named`."""
    declared = f" {names()}" if named else ""
    return f'<w:p{declared}><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def run(text: str, style: str = "") -> str:
    """A run of words; a tab in it is one, and a new line a line break."""
    parts = re.split(r"([\t\n])", clean(text))
    marks = {"\t": "<w:tab/>", "\n": "<w:br/>", "": ""}
    said = "".join(
        marks[part] if part in marks else f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts
    )
    return f"<w:r>{f'<w:rPr>{style}</w:rPr>' if style else ''}{said}</w:r>"


def clean(text: str) -> str:
    """The text without letters that XML may not contain."""
    return UNPRINTABLE.sub("", text).replace("\r", "\n")


def field(instruction: str, shown: str) -> str:
    """A field that Word counts anew when asked to, and what it shows until then."""
    return f"{begin(instruction)}{run(shown)}{END}"


def begin(instruction: str) -> str:
    """The beginning of a field, up to what it shows; END ends it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def chart(related: str, number: int, width: int, height: int) -> str:
    """A run with a chart in line with the text, of this size in EMU, by its relation.

    `number` is its own among all that is drawn.
    """
    spaces = {
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    }
    declared = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    return (
        f'<w:r><w:drawing><wp:inline {declared} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Chart {number}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{spaces["c"]}">'
        f'<c:chart r:id="{related}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
