"""What of PDF/UA-1 (ISO 14289-1) a program can see, read with another library than the one that writes.

Numbers in brackets are those of the checkpoints of the Matterhorn Protocol 1.1.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

# what a structure element may be called without a map of roles
_STANDARD = re.compile(
    "Document|Part|Art|Sect|Div|BlockQuote|Caption|TOCI?|Index|NonStruct|Private|P|H[1-6]?|L|LI|Lbl|LBody|Table|TR|TH"
    "|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code|Link|Annot|Figure|Formula|Form"
)
_DRAWN = {b"Tj", b"TJ", b"'", b'"', b"Do", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"}


def problems(pdf: bytes) -> list[str]:
    """Sentences on what a file lacks; none where nothing was found."""
    reader = PdfReader(io.BytesIO(pdf))
    return [*_of_document(reader), *_of_structure(reader), *_of_pages(reader), *_of_fonts(reader)]


def _of_document(reader: PdfReader) -> Iterator[str]:
    root: Any = reader.root_object
    xmp = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    if not re.search(r"pdfuaid:part(>|=\")1", xmp):
        yield "The metadata do not say PDF/UA-1 (06-002)."
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+<", xmp, re.DOTALL):
        yield "The metadata have no title (06-003)."
    if not _is_true(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "A reader would show the name of the file for its title (07-001)."
    if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(root.get("/Lang", ""))):
        yield "It does not say its language (11-006)."
    if not _is_true(root.get("/MarkInfo", {}).get("/Marked")):
        yield "It is not marked as tagged (06-001)."
    if _is_true(root.get("/MarkInfo", {}).get("/Suspects")):
        yield "Its tags are marked as suspect (02-001)."


def _is_true(said: Any) -> bool:
    """Whether a boolean of a PDF, if there is one, is true: as an object it always is."""
    return getattr(said, "value", False) is True


def elements(reader: PdfReader) -> Iterator[DictionaryObject]:
    """The elements that a screen reader walks through, in their order."""
    yield from _below(reader.root_object["/StructTreeRoot"])


def _below(node: Any) -> Iterator[DictionaryObject]:
    for child in _children(node):
        if "/S" in child:
            yield child
            yield from _below(child)


def _children(node: Any) -> list[DictionaryObject]:
    kids = node.get_object().get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    read = [kid.get_object() for kid in kids]
    return [kid for kid in read if isinstance(kid, DictionaryObject)]


def _of_structure(reader: PdfReader) -> Iterator[str]:
    root: Any = reader.root_object["/StructTreeRoot"]
    roles = root.get("/RoleMap", {})
    level = 0
    for element in elements(reader):
        kind = str(element["/S"]).removeprefix("/")
        kind = str(roles.get(f"/{kind}", f"/{kind}")).removeprefix("/")
        if not _STANDARD.fullmatch(kind):
            yield f"{kind} is no standard element (02-001)."
        if kind in ("Figure", "Formula") and not str(element.get("/Alt", "")).strip():
            yield f"A {kind} has no text in its place (13-004)."
        if kind == "TH" and not _scope(element):
            yield "A header of a table does not say of what (15-003)."
        if kind == "Table":
            yield from _of_table(element)
        if kind == "LI" and [str(child["/S"]) for child in _children(element)] != ["/Lbl", "/LBody"]:
            yield "A point of a list has no label and body (16-001)."
        if found := re.fullmatch(r"H([1-6])", kind):
            if int(found[1]) > level + 1:
                yield f"A heading of level {found[1]} follows one of level {level} (14-003)."
            level = int(found[1])


def _scope(header: DictionaryObject) -> bool:
    said: Any = header.get("/A", [])
    of_table = [part.get_object() for part in (said if isinstance(said, list) else [said])]
    return any(part.get("/Scope") in ("/Column", "/Row", "/Both") for part in of_table)


def _of_table(table: DictionaryObject) -> Iterator[str]:
    rows = [element for element in _below(table) if element["/S"] == "/TR"]
    lengths = {len(_children(row)) for row in rows}
    if len(lengths) != 1:
        yield f"The rows of a table have {sorted(lengths)} cells (15-005)."
    if not any(cell["/S"] == "/TH" for row in rows for cell in _children(row)):
        yield "A table has no headers (15-001)."


def _of_pages(reader: PdfReader) -> Iterator[str]:
    root: Any = reader.root_object["/StructTreeRoot"]
    parents = dict(_numbers(root["/ParentTree"].get_object()))
    for number, page in enumerate(reader.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"The keys do not go through page {number} in the order of its structure (28-008)."
        yield from (f"Page {number}: {said}" for said in _of_content(page, reader, parents))
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            if link["/Subtype"] == "/Link" and not link.get("/Contents"):
                yield f"A link on page {number} does not say where it leads (28-005)."


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """The pairs of a number tree."""
    for kid in tree.get("/Kids", []):
        yield from _numbers(kid.get_object())
    pairs = tree.get("/Nums", [])
    yield from zip(map(int, pairs[::2]), pairs[1::2], strict=True)


def _of_content(page: PageObject, reader: PdfReader, parents: dict[int, Any]) -> Iterator[str]:
    """Everything that is drawn is either a part of an element or told to be left out (01-003 to 01-005)."""
    own = parents.get(int(page.get("/StructParents", -1)))
    known = len(own.get_object()) if own is not None else 0
    open_marks: list[bool] = []
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        if operator in (b"BMC", b"BDC"):
            number = operands[1].get("/MCID") if operator == b"BDC" and hasattr(operands[1], "get") else None
            open_marks.append(operands[0] == "/Artifact" or number is not None)
            if number is not None and not 0 <= int(number) < known:
                yield f"Content {number} is a part of no element."
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in _DRAWN and not any(open_marks):
            yield f"{operator.decode()} draws what is neither tagged nor left out."


def _of_fonts(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        resources: Any = page["/Resources"]
        fonts = resources.get("/Font", {})
        for font in (each.get_object() for each in fonts.values()):
            within = [each.get_object() for each in font.get("/DescendantFonts", [font])]
            files = [key for each in within for key in each["/FontDescriptor"] if "FontFile" in key]
            if not files:
                yield f"{font['/BaseFont']} is not in the file (31-009)."
            if "/ToUnicode" not in font:
                yield f"{font['/BaseFont']} does not say its letters (31-027)."
