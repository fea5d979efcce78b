"""What the rules of OpenDocument (ODF 1.3, parts 2 and 3) have against a spreadsheet of ours.

Of its schema what such a file has: no validator of it can be installed with Python alone.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, STYLE, NUMBER, TEXT, MANIFEST = (
    f"{{{_NAMES}{name}:1.0}}" for name in ("office", "table", "style", "datastyle", "text", "manifest")
)
# what a value of each type says it is
VALUES = {
    "float": (f"{OFFICE}value", r"-?\d+(\.\d+)?([eE][-+]?\d+)?"),
    "string": (f"{OFFICE}string-value", r"(?s).*"),
}
# columns and rows, and in capitals those that each printed page repeats
ORDER = {
    f"{TABLE}table-column": "c",
    f"{TABLE}table-header-columns": "C",
    f"{TABLE}table-row": "r",
    f"{TABLE}table-header-rows": "R",
}


def problems(content: bytes) -> list[str]:
    """What is wrong in an ODS file, a sentence each."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        parts = {entry.filename: archive.read(entry) for entry in entries}
    first = entries[0]
    trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith(".xml") and part}
    body = trees["content.xml"]
    return [
        *(["The type is not the first part, as it is."] * (not _is_named(first, parts["mimetype"]))),
        *_unlisted(trees["META-INF/manifest.xml"], parts),
        *(f"{name} has no version." for name in ("content.xml", "styles.xml") if not _version(trees[name])),
        *_styles(body, trees["styles.xml"]),
        *_sheets(body),
        *_ranges(body),
    ]


def _is_named(first: zipfile.ZipInfo, mime: bytes) -> bool:
    return (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"") and (
        mime.decode() == MIME
    )


def _version(tree: etree._Element) -> str:
    return tree.get(f"{OFFICE}version") or ""


def _unlisted(manifest: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    types = {
        entry.get(f"{MANIFEST}full-path"): entry.get(f"{MANIFEST}media-type")
        for entry in manifest.iter(f"{MANIFEST}file-entry")
    }
    if types.get("/") != MIME:
        yield "The manifest does not say what the file is."
    files = {name for name in parts if not name.endswith("/") and not name.startswith("META-INF/")}
    yield from (f"{name} is not in the manifest." for name in files - types.keys() - {"mimetype"})
    folders = {name for name in types if name.endswith("/")}
    yield from (f"The manifest has {name}, which is not there." for name in types.keys() - folders - files)


def _styles(body: etree._Element, shared: etree._Element) -> Iterator[str]:
    named = [
        (each.tag, each.get(f"{STYLE}family"), each.get(f"{STYLE}name"))
        for group in body.iter(f"{OFFICE}automatic-styles")
        for each in group
    ]
    yield from (
        f"The style {one} is there {count} times." for one, count in Counter(named).items() if count > 1
    )
    known = {each.get(f"{STYLE}name") for tree in (body, shared) for each in tree.iter() if _is_style(each)}
    for attribute in (f"{TABLE}style-name", f"{STYLE}data-style-name", f"{STYLE}apply-style-name"):
        asked = {each.get(attribute) for each in body.iter() if isinstance(each.tag, str)} - {None}
        yield from (f"There is no style {name}." for name in sorted(asked - known))
    for form in body.iter(f"{NUMBER}number-style"):
        order = [etree.QName(each).localname for each in form]
        if not re.fullmatch(r"(text )?(number )?(text )?(map )*", "".join(f"{name} " for name in order)):
            yield f"The form {form.get(f'{STYLE}name')} has its parts in another order: {order}."


def _is_style(each: etree._Element) -> bool:
    return isinstance(each.tag, str) and each.get(f"{STYLE}name") is not None


def _sheets(body: etree._Element) -> Iterator[str]:
    sheets = list(body.iter(f"{TABLE}table"))
    names = Counter(sheet.get(f"{TABLE}name") for sheet in sheets)
    yield from (f"The sheet {name} is there {count} times." for name, count in names.items() if count > 1)
    for sheet in sheets:
        name = sheet.get(f"{TABLE}name")
        order = "".join(ORDER.get(each.tag, "?") for each in sheet)
        if not re.fullmatch("(?=.*[cC].*[rR])c*C?c*r*R?r*", order):
            yield f"The sheet {name} is not columns, and then rows."
        columns = _count(sheet.iter(f"{TABLE}table-column"), "columns")
        for row in sheet.iter(f"{TABLE}table-row"):
            if _count(row, "columns") > columns:
                yield f"A row of {name} has more cells than there are columns."
            yield from _cells(row)


def _cells(row: etree._Element) -> Iterator[str]:
    for cell in row:
        kind = cell.get(f"{OFFICE}value-type")
        if kind is None:
            continue
        attribute, form = VALUES.get(kind, ("", ""))
        said = " ".join("".join(text.itertext()) for text in cell.iter(f"{TEXT}p"))
        if not attribute or not re.fullmatch(form, cell.get(attribute, "" if kind == "string" else "?")):
            yield f"A cell that is a {kind} has no such value: {said}"
        if cell.get(f"{TABLE}formula"):
            yield f"A cell is a formula: {said}"


def _ranges(body: etree._Element) -> Iterator[str]:
    sheets = {sheet.get(f"{TABLE}name"): sheet for sheet in body.iter(f"{TABLE}table")}
    for named in body.iter(f"{TABLE}named-range"):
        address = named.get(f"{TABLE}cell-range-address") or ""
        found = re.fullmatch(r"\$?'?([^'.]+)'?\.\$?([A-Z]+)\$?(\d+):\.?\$?([A-Z]+)\$?(\d+)", address)
        if not found or found[1] not in sheets:
            yield f"The range {named.get(f'{TABLE}name')} is of no sheet: {address}"
        elif int(found[5]) > _count(sheets[found[1]].iter(f"{TABLE}table-row"), "rows"):
            yield f"The range {named.get(f'{TABLE}name')} ends below its sheet: {address}"


def _count(parts: etree._Element | Iterator[etree._Element], what: str) -> int:
    return sum(int(part.get(f"{TABLE}number-{what}-repeated", "1")) for part in parts)
