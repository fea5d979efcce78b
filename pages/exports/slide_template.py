"""The template of our own slides: a 16:9 master, a layout for each kind of slide, theme colours and fonts.

It is made here, and not a file: so the colours are those of pages/exports/colours.py, the brand's stand among
them, and a change of it can be read. The library's own template is the shell; all of its layouts give way to
these. Every text of a slide has its place in one of them, so *Reset*, the outline and another template work.
"""

import io
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from data_loaders.brand import Brand
from pages.exports import office_theme

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.opc.package import Part
    from pptx.presentation import Presentation
    from pptx.slide import SlideMaster

NAME = "Beyond Boundaries London"
EMU = 914_400
# inches: the slide, and what of it is left free at its sides
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
_WIDE = WIDTH - 2 * MARGIN
_BAND = 0.14
_HALF, _GAP = 5.95, 0.233
_CODE = 2.6
# points
TITLE_SIZE, COVER_SIZE, POINT_SIZE, SOURCE_SIZE, FOOT_SIZE = 28, 40, 20, 12, 12
# our style of tables, by the name that no other has
TABLE_STYLE = "{6F0D2C4A-4B7E-4C55-9E1B-0B3A6E51C9D7}"
# the first number that a layout of a master may have
_FIRST_ID = 2_147_483_649
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
    "</a:xfrm></p:grpSpPr>"
)
_MUTED = '<a:schemeClr val="tx1"><a:lumMod val="75000"/><a:lumOff val="25000"/></a:schemeClr>'
_PLAIN = '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'


class Box(NamedTuple):
    """Where something stands, in inches."""

    left: float
    top: float
    width: float
    height: float


class Place(NamedTuple):
    """A placeholder of a layout: its kind in the file, its number, what it asks for, where, and its letters.

    Letters of size 0 are those of the master.
    """

    kind: str
    number: int
    prompt: str
    box: Box
    size: int = 0
    is_muted: bool = False


class Layout(NamedTuple):
    """A layout of the template: its name, its placeholders, and what the file calls its kind, if anything."""

    name: str
    places: tuple[Place, ...]
    kind: str = ""


_TITLE = Place("title", 0, "What the slide says", Box(MARGIN, 0.36, _WIDE, 1.2))
_FOOTER = Place("ftr", 11, "", Box(MARGIN, 6.95, 9.0, 0.35), FOOT_SIZE, True)
_NUMBER = Place("sldNum", 12, "", Box(WIDTH - MARGIN - 1, 6.95, 1, 0.35), FOOT_SIZE, True)


def _foot(top: float, bottom: float = 6.87) -> Place:
    return Place("body", 13, "Period, place, sources", Box(MARGIN, top, _WIDE, bottom - top), FOOT_SIZE, True)


def _content(bottom: float) -> Box:
    return Box(MARGIN, 1.6, _WIDE, bottom - 1.6)


def _halves(bottom: float) -> tuple[Box, Box]:
    whole = _content(bottom)
    return whole._replace(width=_HALF), whole._replace(left=MARGIN + _HALF + _GAP, width=_HALF)


def _layouts() -> Iterable[Layout]:
    """The layouts: each kind of content with a short line of sources below it, and with long notes."""
    yield Layout(
        "Cover",
        (
            Place("pic", 14, "Logo", Box(MARGIN, 0.6, 3.5, 0.9)),
            Place("ctrTitle", 0, "What it is about", Box(MARGIN, 1.9, _WIDE, 1.8), COVER_SIZE),
            Place("subTitle", 1, "Period and place", Box(MARGIN, 3.8, 9.0, 1.3), POINT_SIZE),
            _foot(5.75)._replace(box=Box(MARGIN, 5.75, 9.0, 1.1)),
            Place("pic", 15, "Code of the address", Box(WIDTH - MARGIN - _CODE, 4.25, _CODE, _CODE)),
        ),
        kind="title",
    )
    for name, bottom in (("", 6.1), (", long notes", 5.45)):
        whole, (left, right), foot = _content(bottom), _halves(bottom), _foot(bottom + 0.05)
        points = Place("body", 1, "Points", whole)
        yield Layout(f"Points{name}", (_TITLE, points, foot))
        yield Layout(f"Chart{name}", (_TITLE, Place("chart", 1, "Chart", whole), foot))
        yield Layout(f"Picture{name}", (_TITLE, Place("pic", 1, "Picture", whole), foot))
        yield Layout(f"Table{name}", (_TITLE, Place("tbl", 1, "Table", whole), foot))
        if not name:
            two = (Place("chart", 1, "First chart", left), Place("chart", 2, "Second chart", right))
            yield Layout("Two charts", (_TITLE, *two, foot))
            code = Box(WIDTH - MARGIN - _CODE, 1.7, _CODE, _CODE)
            narrow = Place("body", 1, "Sources", whole._replace(width=_WIDE - _CODE - 0.3), SOURCE_SIZE)
            places = (_TITLE, narrow, Place("pic", 15, "Code of the address", code), foot)
            yield Layout("Sources", places)


@lru_cache(maxsize=4)
def own_template(brand: Brand) -> bytes:
    """The template as a presentation without slides."""
    import pptx  # here, because the first visitor should not wait for it
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    theme = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = office_theme.themed(theme.blob, brand, NAME)
    _set_master(deck.slide_masters[0])
    for letters in deck.element.iter("{*}defRPr"):
        letters.set("lang", "en-GB")
    _set_table_style(deck)
    _forget_the_shell(deck)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _set_master(master: "SlideMaster") -> None:
    """The band, the placeholders and the letters of the master, and the layouts in place of the library's."""
    tree = master.element.cSld.spTree
    places = (_TITLE, Place("body", 1, "Points", _content(6.1)), _FOOTER, _NUMBER)
    tree[:] = list(_parsed(f"<p:spTree {_SPACES}>{_GROUP}{_band()}{_shapes(places)}</p:spTree>"))
    (old,) = master.element.iter("{*}txStyles")
    master.element.replace(old, _parsed(_styles()))
    for unused in list(master.slide_layouts):
        master.slide_layouts.remove(unused)
    for number, layout in enumerate(_layouts()):
        _add_layout(master, layout, number)


def _set_table_style(deck: "Presentation") -> None:
    """Our tables: a header in the brand's colour, pale bands, a line below each row; for new tables too."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE

    def filled(colour: str) -> str:
        return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'

    def line(side: str, colour: str) -> str:
        return f'<a:{side}><a:ln w="9525">{filled(colour)}</a:ln></a:{side}>'

    def cell(colour: str, lines: str = "") -> str:
        return f"<a:tcStyle><a:tcBdr>{lines}</a:tcBdr><a:fill>{filled(colour)}</a:fill></a:tcStyle>"

    def text(colour: str, bold: str = "") -> str:
        font = '<a:fontRef idx="minor"><a:prstClr val="black"/></a:fontRef>'
        return f'<a:tcTxStyle{bold}>{font}<a:schemeClr val="{colour}"/></a:tcTxStyle>'

    parts = {
        "wholeTbl": text("tx1") + cell("bg1", line("bottom", "bg2") + line("insideH", "bg2")),
        "band2H": cell("bg2"),
        "firstRow": text("bg1", ' b="on"') + cell("accent1"),
    }
    style = "".join(f"<a:{name}>{looks}</a:{name}>" for name, looks in parts.items())
    part = deck.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES)
    styles = etree.fromstring(part.blob)
    styles.set("def", TABLE_STYLE)
    named = f'styleId="{TABLE_STYLE}" styleName="{NAME}"'
    styles[:] = [_parsed(f"<a:tblStyle {_SPACES} {named}>{style}</a:tblStyle>")]
    _write(part, styles)


def _add_layout(master: "SlideMaster", layout: Layout, number: int) -> None:
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.opc.packuri import PackURI
    from pptx.parts.slide import SlideLayoutPart

    places = (*layout.places, _FOOTER, _NUMBER)
    kind = f'type="{layout.kind}"' if layout.kind else 'userDrawn="1"'
    xml = (
        f'<p:sldLayout {_SPACES} {kind} preserve="1"><p:cSld name={quoteattr(layout.name)}>'
        f"<p:spTree>{_GROUP}{_shapes(places)}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )
    name = PackURI(f"/ppt/slideLayouts/slideLayout{number + 1}.xml")
    part = SlideLayoutPart.load(name, CONTENT_TYPE.PML_SLIDE_LAYOUT, master.part.package, xml.encode())
    part.relate_to(master.part, RELATIONSHIP_TYPE.SLIDE_MASTER)
    (listed,) = master.element.iter("{*}sldLayoutIdLst")
    related = master.part.relate_to(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    listed.append(_parsed(f'<p:sldLayoutId {_SPACES} id="{_FIRST_ID + number}" r:id="{related}"/>'))


def _shapes(places: Iterable[Place]) -> str:
    return "".join(_shape(place, number) for number, place in enumerate(places, start=3))


def _shape(place: Place, number: int) -> str:
    left, top, width, height = (round(side * EMU) for side in place.box)
    name = place.prompt or {"ftr": "Footer", "sldNum": "Slide number"}[place.kind]
    sides = ' sz="quarter"' if place.kind in ("ftr", "sldNum") else ""
    anchor = {"ftr": "ctr", "sldNum": "ctr", "ctrTitle": "b"}.get(place.kind, "t")
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="{place.kind}"{sides} idx="{place.number}"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="91440" tIns="45720" rIns="91440" bIns="45720" anchor="{anchor}">'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle>{_letters(place)}</a:lstStyle><a:p>{_prompt(place)}"
        '<a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
    )


def _letters(place: Place) -> str:
    if not place.size:
        # what asks for a picture, chart or table says so without the mark of a list
        return (
            "" if place.kind in ("title", "body") else f'<a:lvl1pPr marL="0" indent="0">{_PLAIN}</a:lvl1pPr>'
        )
    if place.kind == "body" and not place.is_muted:
        return f'<a:lvl1pPr><a:defRPr sz="{place.size * 100}"/></a:lvl1pPr>'
    colour = f"<a:solidFill>{_MUTED}</a:solidFill>" if place.is_muted else ""
    side = ' algn="r"' if place.kind == "sldNum" else ""
    return (
        f'<a:lvl1pPr marL="0" indent="0"{side}>{_PLAIN}<a:defRPr sz="{place.size * 100}">{colour}</a:defRPr>'
        "</a:lvl1pPr>"
    )


def _prompt(place: Place) -> str:
    if place.kind == "sldNum":
        field = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
        return f'{field}<a:rPr lang="en-GB"/><a:t>\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}#' + (
            "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}</a:t></a:fld>"
        )
    return f'<a:r><a:rPr lang="en-GB"/><a:t>{place.prompt}</a:t></a:r>' if place.prompt else ""


def _band() -> str:
    """A band in the brand's colour along the upper edge, which says nothing."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Band"><a:extLst>'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
        '</a:extLst></p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{round(WIDTH * EMU)}" cy="{round(_BAND * EMU)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _styles() -> str:
    """The letters of titles, of points on five levels, and of all else."""

    def letters(size: int, colour: str, font: str) -> str:
        return (
            f'<a:defRPr lang="en-GB" sz="{size * 100}" kern="1200"><a:solidFill><a:schemeClr val="{colour}"/>'
            f'</a:solidFill><a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/>'
            f'<a:cs typeface="+{font}-cs"/></a:defRPr>'
        )

    levels = "".join(
        f'<a:lvl{level}pPr marL="{level * 228600}" indent="-228600" algn="l"><a:spcBef><a:spcPts val="800"/>'
        '</a:spcBef><a:buFont typeface="Arial"/><a:buChar char="\N{BULLET}"/>'
        f"{letters(POINT_SIZE if level == 1 else POINT_SIZE - 2, 'tx1', 'mn')}</a:lvl{level}pPr>"
        for level in range(1, 6)
    )
    return (
        f'<p:txStyles {_SPACES}><p:titleStyle><a:lvl1pPr algn="l">{_PLAIN}'
        f"{letters(TITLE_SIZE, 'tx2', 'mj')}</a:lvl1pPr></p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f'<p:otherStyle><a:lvl1pPr algn="l">{letters(18, "tx1", "mn")}</a:lvl1pPr></p:otherStyle>'
        "</p:txStyles>"
    )


def _forget_the_shell(deck: "Presentation") -> None:
    """Nothing of the library's own template stays: whose it was, its small picture, its printer."""
    properties = deck.core_properties
    properties.last_modified_by, properties.comments, properties.revision = NAME, "", 1
    for of in (deck.part, deck.part.package):
        for key, relation in list(of._rels.items()):
            if relation.reltype.rpartition("/")[2] in ("printerSettings", "thumbnail", "extended-properties"):
                of._rels.pop(key)


def _parsed(xml: str) -> "_Element":
    from pptx.oxml import parse_xml

    return parse_xml(xml)


def _write(part: "Part", tree: "_Element") -> None:
    from lxml import etree

    etree.cleanup_namespaces(tree)
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
