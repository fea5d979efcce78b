"""A council's or an ICS's own template for slides, opened with bounds and emptied of the slides in it.

It comes from a stranger: how large it is, how many parts it has and what it unfolds to have limits, whatever
it declares; macros, links to other files and passwords are refused. What is left is looked at as our own
template is (pages/exports/slide_scenes.py), and so is whether its text can be read (slide_contrast.py).
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_loaders.damaged import RAISED
from pages.exports.slide_contrast import remarks
from pages.exports.slide_scenes import TemplateError, scenes_of

if TYPE_CHECKING:
    from pptx.presentation import Presentation

# bytes of the file, of all that it unfolds to, and of what of it is read as XML; parts
LONGEST, UNFOLDED, MARKUP, MOST_PARTS = 5_000_000, 25_000_000, 6_000_000, 800
# layouts of all masters, and placeholders of one
MOST_LAYOUTS, MOST_PLACES = 120, 60
_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_OF_A_TEMPLATE = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
# how files of old formats, and those with a password, begin
_OLD = b"\xd0\xcf\x11\xe0"

TOO_LARGE = (
    f"The template is larger than {LONGEST // 1_000_000} MB. Save it without its pictures and sample slides."
)
TOO_MUCH = "The template unfolds to far more than one needs, and was not read. Save it without its pictures."
DAMAGED = "The file looks like a PowerPoint file, but is damaged. Open it in PowerPoint and save it again."
PASSWORD = (
    "The file is protected with a password, or is of an old format (.ppt, .pot). Save it as .pptx or .potx "
    "without a password."
)
MACROS = "The file has macros. Save it as .pptx or .potx, which have none."
LINKED = "The file has links to other files. Break them in PowerPoint (File, Info), and save it again."
OTHER = "The file is no PowerPoint file. Choose one that ends in .pptx or .potx."


@dataclass(frozen=True)
class HouseTemplate:
    """A template as a presentation without slides, and what there is to say of its contrast."""

    content: bytes
    remarks: tuple[str, ...]


def read_template(content: bytes) -> HouseTemplate:
    """The template in a PPTX or POTX file. Raises TemplateError with a sentence where it cannot be used."""
    import pptx  # here, because only those who upload should wait for it

    if len(content) > LONGEST:
        raise TemplateError(TOO_LARGE)
    if content.startswith(_OLD):
        raise TemplateError(PASSWORD)
    try:
        deck = pptx.Presentation(_folded(_unfold(content)))
        _empty(deck)
        _bound(deck)
        file = io.BytesIO()
        deck.save(file)
        scenes = scenes_of(deck)
        return HouseTemplate(file.getvalue(), remarks(scenes))
    except RAISED as error:
        raise TemplateError(DAMAGED if zipfile.is_zipfile(io.BytesIO(content)) else OTHER) from error


def _unfold(content: bytes) -> dict[str, bytes]:
    """The parts by their names. Raises TemplateError for what should not be in the file, or is too much."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MOST_PARTS:
            raise TemplateError(TOO_MUCH)
        if any(info.flag_bits & 1 for info in infos):
            raise TemplateError(PASSWORD)
        names = [info.filename.lower() for info in infos]
        # other ways to fold than these two are none of PowerPoint's, and unfold without a limit
        folded = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        if len(set(names)) < len(names) or any(info.compress_type not in folded for info in infos):
            raise TemplateError(DAMAGED)
        left, markup = UNFOLDED, MARKUP
        for info in infos:
            is_markup = info.filename.lower().endswith((".xml", ".rels", ".vml"))
            part = _take(archive, info, min(left, markup) if is_markup else left)
            left, markup = left - len(part), markup - len(part) * is_markup
            parts[info.filename] = part
    _check(parts)
    parts[_TYPES] = parts[_TYPES].replace(_OF_A_TEMPLATE.encode(), _MAIN.encode())
    return parts


def _take(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """A part, with a limit, because it may unfold to more than it declares."""
    with archive.open(info) as part:
        taken = part.read(left + 1)
    if len(taken) > left:
        raise TemplateError(TOO_MUCH)
    return taken


def _check(parts: Mapping[str, bytes]) -> None:
    types = parts.get(_TYPES, b"")
    if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in parts):
        raise TemplateError(MACROS)
    if _MAIN.encode() not in types and _OF_A_TEMPLATE.encode() not in types:
        raise TemplateError(OTHER)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and b"<!" in re.sub(rb"<!--|<!\[CDATA\[", b"", part):
            raise TemplateError(DAMAGED)
        if name.endswith(".rels"):
            outside = re.findall(rb"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>", part)
            if any(b"/hyperlink" not in relation for relation in outside) and "/slides/" not in name:
                raise TemplateError(LINKED)


def _bound(deck: "Presentation") -> None:
    """Raise TemplateError where there is more than anybody has drawn, which would take long to go through."""
    sheets = [
        *deck.slide_masters,
        *(layout for master in deck.slide_masters for layout in master.slide_layouts),
    ]
    places = (sheet.element.xpath("count(.//p:sp | .//p:pic | .//p:grpSp)") for sheet in sheets)
    if len(sheets) > MOST_LAYOUTS or any(count > MOST_PLACES for count in places):
        raise TemplateError(TOO_MUCH)


def _folded(parts: Mapping[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file


def _empty(deck: "Presentation") -> None:
    """Take the slides out, and what shows or lists them: a small picture, sections, shows of some of them."""
    slides = deck.slides._sldIdLst
    for listed in list(slides):
        deck.part.drop_rel(listed.rId)
        slides.remove(listed)
    package = deck.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package._rels.pop(key)
    for listing in deck.element.xpath("./p:custShowLst | ./p:extLst"):
        deck.element.remove(listing)
