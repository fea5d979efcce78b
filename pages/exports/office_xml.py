"""What the library of slides has no word for, in what PowerPoint and Word share."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.dml.color import ColorFormat
    from pptx.enum.dml import MSO_THEME_COLOR


def paint(colour: "ColorFormat", of_theme: "MSO_THEME_COLOR", brightness: float = 0) -> None:
    """A colour of the theme, made brighter by a share."""
    colour.theme_color = of_theme
    colour.brightness = brightness


def element(name: str, **attributes: str) -> "_Element":
    """An element of the file, for what the library has no word for: its name is "c:tickLblSkip"."""
    from lxml import etree
    from pptx.oxml.ns import qn

    return etree.Element(qn(name), **attributes)
