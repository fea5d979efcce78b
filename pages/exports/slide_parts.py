"""What every slide is made of: words in their placeholders, links, alternative texts."""

import copy
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pages.exports import colours
from pages.exports.exhibit import ILLUSTRATIVE
from pages.exports.office_xml import element
from pages.exports.pictures import UNPRINTABLE
from pages.exports.slide_layout import Room
from pages.exports.slide_scenes import placeholders_of

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.text.text import TextFrame, _Paragraph, _Run

# a warning keeps its colours in every template
_WARNING, _ON_WARNING = colours.digits(colours.ORANGE), colours.digits(colours.INK)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def write(
    frame: "TextFrame", texts: Sequence[str], size: int | None = None, links: Mapping[str, str] | None = None
) -> None:
    """Texts as paragraphs, in the letters of their placeholder, or smaller ones.

    Addresses can be followed, and so can the words in `links`.
    """
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        for words, address in _pieces(text, links or {}):
            run = _add_run(paragraph, words, size)
            if address:
                run.hyperlink.address = address


def _pieces(text: str, links: Mapping[str, str]) -> list[tuple[str, str]]:
    """A text in pieces, none of them empty, with the address that each leads to, if any."""
    found = {}
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(".,;)")
        found[match.start(), match.start() + len(address)] = address
    for words, address in links.items():
        start = text.find(words)
        span = start, start + len(words)
        if start >= 0 and all(span[1] <= one or other <= span[0] for one, other in found):
            found[span] = address
    pieces, at = [], 0
    for (start, end), address in sorted(found.items()):
        pieces += [(text[at:start], ""), (text[start:end], address)]
        at = end
    return [(words, address) for words, address in [*pieces, (text[at:], "")] if words]


def _add_run(paragraph: "_Paragraph", words: str, size: int | None) -> "_Run":
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = words
    run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
    if size is not None:
        run.font.size = Pt(size)
    return run


def warn(frame: "TextFrame") -> None:
    """Mark the word for made-up answers at the beginning of a title, so that nobody overlooks it."""
    from pptx.dml.color import RGBColor

    paragraph = frame.paragraphs[0]
    if not frame.text.startswith(ILLUSTRATIVE):
        return
    (whole,) = paragraph.runs
    run = copy.deepcopy(whole._r)
    whole._r.addprevious(run)
    whole.text = whole.text.removeprefix(ILLUSTRATIVE)
    marked = paragraph.runs[0]
    marked.text = ILLUSTRATIVE
    marked.font.color.rgb = RGBColor.from_string(_ON_WARNING)
    (fill,) = marked._r.xpath("./a:rPr/a:solidFill")
    highlight = element("a:highlight")
    highlight.append(element("a:srgbClr", val=_WARNING))
    fill.addnext(highlight)


def place(shape: "BaseShape", room: Room) -> None:
    """Put a shape where it belongs."""
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = map(Inches, room)


def describe(shape: "BaseShape", text: str) -> None:
    """The alternative text of a picture, chart or table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", UNPRINTABLE.sub("", text))


def add_edges(slide: "Slide", footer: str, number: int) -> None:
    """The footer and the number of the slide, where its layout has a place for them."""
    from pptx.enum.shapes import PP_PLACEHOLDER as P

    for place_of in placeholders_of(slide.slide_layout):
        kind = place_of.placeholder_format.type
        if kind not in (P.FOOTER, P.SLIDE_NUMBER):
            continue
        shape = copy.deepcopy(place_of._element)
        numbers = [int(each) for each in slide._element.xpath("//p:cNvPr/@id")]
        shape.xpath("./p:nvSpPr/p:cNvPr")[0].set("id", str(max(numbers) + 1))
        # where it is and what it looks like is for the layout to say
        (looks,) = shape.xpath("./p:spPr")
        looks[:] = []
        for said in shape.xpath("./p:txBody/a:lstStyle"):
            said[:] = []
        # programs that do not count slides by themselves show what is written there
        for shown in shape.xpath(".//a:fld/a:t"):
            shown.text = str(number)
        slide.shapes._spTree.append(shape)
        if kind is P.FOOTER:
            frame = slide.shapes[-1].text_frame  # type: ignore[attr-defined]
            frame.clear()
            write(frame, [footer])
