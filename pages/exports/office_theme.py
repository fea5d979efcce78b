"""The theme of slides and papers: the brand's font, its colours and those to draw with."""

from data_loaders.brand import Brand
from pages.exports import colours

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def themed(theme: bytes, brand: Brand, name: str) -> bytes:
    """A theme under another name, with the brand's font for headings and text, and our colours."""
    from lxml import etree

    tree = etree.fromstring(theme)
    (scheme,) = tree.iter("{*}clrScheme")
    (fonts,) = tree.iter("{*}fontScheme")
    for named in (tree, scheme, fonts):
        named.set("name", name)
    for slot, digits in _colours(brand).items():
        (entry,) = scheme.iter(f"{{*}}{slot}")
        entry[:] = []
        etree.SubElement(entry, f"{{{_DRAWING}}}srgbClr", val=digits)
    for font in fonts.iter("{*}latin"):
        font.set("typeface", brand.font)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _colours(brand: Brand) -> dict[str, str]:
    """The colours of the theme: those of text and paper, the brand's, and six to draw with."""
    ours = {
        "dk1": colours.INK,
        "lt1": colours.WHITE,
        "lt2": colours.STRIPE,
        "accent2": colours.TEAL,
        "accent3": colours.PLUM,
        "accent4": colours.ORANGE,
        "accent5": colours.MID_GREY,
        "accent6": colours.PURPLE,
        "hlink": colours.HYPERLINK,
        "folHlink": colours.PLUM,
    }
    return {"dk2": brand.heading, "accent1": brand.accent} | {
        slot: colours.digits(colour) for slot, colour in ours.items()
    }
