"""What Word is strict about in a document: parts, relations, identifiers and the order of elements.

The orders are those of ECMA-376, part 1, wml.xsd, of all that may stand in these elements.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DOCUMENT = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORDERS = {
    "p": "pPr",
    "r": "rPr",
    "tc": "tcPr",
    "tbl": "tblPr tblGrid tr",
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr
        shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
        autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
        suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr
        sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof
        snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd
        fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc
        tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign
        hideMark""",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders
        lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid""",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed
        qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
}
# what may stand several times in one element
REPEATED = {"tr", "headerReference", "footerReference", "tblStylePr", "abstractNum", "num"}


def problems(content: bytes) -> list[str]:
    """What is wrong in a DOCX file, a sentence each."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    document = trees["word/document.xml"]
    return [
        *_untyped(trees["[Content_Types].xml"], parts),
        *_unresolved(trees, parts),
        *_unsaid_relations(trees),
        *_repeated_identifiers(trees),
        *_broken_fields(document),
        *(found for tree in trees.values() for found in _out_of_order(tree)),
        *(f"There is no style {name}." for name in _unknown_styles(trees)),
        *(
            "A zoom has no percentage."
            for zoom in trees["word/settings.xml"].iter(f"{W}zoom")
            if not zoom.get(f"{W}percent")
        ),
    ]


def _untyped(types: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    endings = {node.get("Extension").lower() for node in types.iter(f"{TYPES}Default")}
    named = {node.get("PartName").lstrip("/") for node in types.iter(f"{TYPES}Override")}
    for name in parts.keys() - named - {"[Content_Types].xml"}:
        if name.rpartition(".")[2].lower() not in endings:
            yield f"The type of {name} is not declared."
    yield from (f"A type is declared of {name}, which is not there." for name in named - parts.keys())


def _unresolved(trees: dict[str, etree._Element], parts: dict[str, bytes]) -> Iterator[str]:
    for name, tree in trees.items():
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in tree.iter(f"{RELATIONS}Relationship"):
            target = relation.get("Target")
            if relation.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                if posixpath.normpath(path) not in parts:
                    yield f"{name} leads to {target}, which is not there."


def _unsaid_relations(trees: dict[str, etree._Element]) -> Iterator[str]:
    for name, tree in trees.items():
        asked = {
            value for node in tree.iter() for key, value in node.attrib.items() if key.startswith(DOCUMENT)
        }
        relations = trees.get(
            posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")
        )
        known = set() if relations is None else {node.get("Id") for node in relations}
        yield from (f"{name} asks for a relation {one} that it has not." for one in asked - known)


def _repeated_identifiers(trees: dict[str, etree._Element]) -> Iterator[str]:
    document = trees["word/document.xml"]
    kinds = {
        "docPr": [node.get("id") for node in document.iter(f"{DRAWING}docPr")],
        "bookmark": [node.get(f"{W}id") for node in document.iter(f"{W}bookmarkStart")],
        "name of a bookmark": [node.get(f"{W}name") for node in document.iter(f"{W}bookmarkStart")],
        "style": [node.get(f"{W}styleId") for node in trees["word/styles.xml"].iter(f"{W}style")],
    }
    for kind, found in kinds.items():
        yield from (f"The {kind} {one} is there {n} times." for one, n in Counter(found).items() if n > 1)
    ends = [node.get(f"{W}id") for node in document.iter(f"{W}bookmarkEnd")]
    if sorted(ends) != sorted(kinds["bookmark"]):
        yield "A bookmark has a beginning or an end alone."
    names = set(kinds["name of a bookmark"])
    asked = {node.get(f"{W}anchor") for node in document.iter(f"{W}hyperlink")} - {None}
    asked |= {name for text in document.iter(f"{W}instrText") for name in re.findall(r"REF (\S+)", text.text)}
    yield from (f"There is no bookmark {name}." for name in asked - names)


def _broken_fields(document: etree._Element) -> Iterator[str]:
    steps = [node.get(f"{W}fldCharType") for node in document.iter(f"{W}fldChar")]
    depth = 0
    for step in steps:
        depth += {"begin": 1, "separate": 0, "end": -1}[step]
        if depth < 0:
            yield "A field ends that has not begun."
    if depth:
        yield "A field has no end."


def _out_of_order(tree: etree._Element) -> Iterator[str]:
    for name, order in ORDERS.items():
        places = {word: place for place, word in enumerate(order.split())}
        for node in tree.iter(f"{W}{name}"):
            found = [etree.QName(child).localname for child in node if isinstance(child.tag, str)]
            # a paragraph, a run and a cell begin with what is said of them, and have anything after it
            is_first_only = len(places) == 1
            known = [child for child in found if child in places]
            if is_first_only and known and found[0] not in places:
                yield f"In w:{name}, {found[0]} stands before {known[0]}."
            if not is_first_only and [places[child] for child in known] != sorted(places[c] for c in known):
                yield f"In w:{name}, {found} are out of order."
            if not is_first_only and set(found) - set(places) - {"bookmarkStart", "bookmarkEnd"}:
                yield f"In w:{name}, there may be no {set(found) - set(places)}."
            twice = {child for child, n in Counter(known).items() if n > 1 and child not in REPEATED}
            if twice:
                yield f"In w:{name}, {twice} stand twice."
            if name == "tc" and found[-1] != "p":
                yield "A cell does not end with a paragraph."


def _unknown_styles(trees: dict[str, etree._Element]) -> set[str]:
    known = {node.get(f"{W}styleId") for node in trees["word/styles.xml"].iter(f"{W}style")}
    kinds = [f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")]
    return {node.get(f"{W}val") for tree in trees.values() for node in tree.iter(*kinds)} - known
