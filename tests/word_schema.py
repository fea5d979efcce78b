"""What Word is strict about in a document: its schemas, and what these do not say."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tests.office import schema_problems

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def problems(content: bytes) -> list[str]:
    """What is wrong in a DOCX file, a sentence each."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    document = trees["word/document.xml"]
    return [
        *schema_problems(content, ".docx"),
        *_untyped(trees["[Content_Types].xml"], parts),
        *_repeated_identifiers(trees),
        *_broken_fields(document),
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
