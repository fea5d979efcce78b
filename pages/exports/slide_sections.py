"""Sections of a deck, as PowerPoint names them beside its slides: what is told, and what is looked up."""

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from pptx.presentation import Presentation

# the extension of PowerPoint 2010 that holds sections
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
# what names of sections are numbered from: the same deck has the same numbers
_OF_DECKS = uuid.UUID("2f0c9d5c-6a43-4e0b-9c1e-5d7c4a1b8e10")


def set_sections(deck: "Presentation", sections: Mapping[str, Sequence[int]]) -> None:
    """Name runs of slides: by the name of each section its slides' identifiers, in their order.

    Sections that the template had are replaced; one without slides is left out.
    """
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import qn

    root = deck.part._element
    extensions = root.find(qn("p:extLst"))
    if extensions is None:
        # nothing may stand behind it
        extensions = parse_xml(f'<p:extLst xmlns:p="{root.nsmap["p"]}"/>')
        root.append(extensions)
    for known in [each for each in extensions if each.get("uri") == _SECTIONS]:
        extensions.remove(known)
    holder = etree.SubElement(extensions, qn("p:ext"), uri=_SECTIONS)
    listed = etree.SubElement(holder, f"{{{_P14}}}sectionLst", nsmap={"p14": _P14})
    for name, slides in sections.items():
        if not slides:
            continue
        number = f"{{{uuid.uuid5(_OF_DECKS, name)}}}".upper()
        section = etree.SubElement(listed, f"{{{_P14}}}section", name=name, id=number)
        held = etree.SubElement(section, f"{{{_P14}}}sldIdLst")
        for slide in slides:
            etree.SubElement(held, f"{{{_P14}}}sldId", id=str(slide))
