"""Whether the text of a template can be read on what is behind it, as far as a file says.

The contrast of two colours is that of the Web Content Accessibility Guidelines: from 1 to 21.
"""

import colorsys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pages.exports.slide_layout import Room
from pages.exports.slide_scenes import Kind, Scene, Spot, letters_of, placeholders_of

if TYPE_CHECKING:
    from pptx.slide import SlideLayout

# what the guidelines ask of text, and of letters from 24 points on
LEAST, LEAST_OF_LARGE, LARGE = 4.5, 3.0, 24
EMU = 914_400
# the share of a text's room from which on a shape lies behind it
_BEHIND, _WHOLLY = 0.1, 0.98
Colour = tuple[float, float, float]


def remarks(scenes: Mapping[Kind, Sequence[Scene]]) -> tuple[str, ...]:
    """What to know of the contrast of a template, in sentences: of its titles, text, and heads of tables."""
    scene = scenes[Kind.POINTS][0]
    colours = _Colours(scene.layout)
    found = {
        "titles": (colours.contrast_of(scene.title), LEAST_OF_LARGE if scene.title.size >= LARGE else LEAST),
        "points": (colours.contrast_of(scene.contents[0]), LEAST),
        "links": (colours.contrast_of(scene.contents[0], "hlink"), LEAST),
        "heads of tables": (contrast(colours.named("bg1"), colours.named("accent1")), LEAST),
    }
    said = [
        f"In this template, the contrast of {what} with what is behind is {ratio:.1f} to 1: they are hard to "
        f"read below {least:g} to 1."
        for what, (ratio, least) in found.items()
        if ratio is not None and ratio < least
    ]
    if unknown := [what for what, (ratio, _) in found.items() if ratio is None]:
        said.append(
            f"Behind {', '.join(unknown)} of this template is a picture or a pattern: look whether they can "
            "be read on it."
        )
    known = [ratio for ratio, _ in found.values() if ratio is not None]
    if not said:
        said.append(
            f"The contrast of its letters with what is behind them is at least {min(known):.1f} to 1."
        )
    return tuple(said)


def contrast(one: Colour | None, other: Colour | None) -> float | None:
    """The contrast of two colours, from 1 to 21; None where one is not known."""
    if one is None or other is None:
        return None
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class _Colours:
    """The colours of a layout: what its theme calls them, its background, its letters."""

    def __init__(self, layout: "SlideLayout") -> None:
        from lxml import etree
        from pptx.opc.constants import RELATIONSHIP_TYPE

        self._layout, self._master = layout, layout.slide_master
        theme = etree.fromstring(self._master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
        self._slots = {
            etree.QName(slot).localname: slot[0].get("lastClr") or slot[0].get("val")
            for slot in next(theme.iter("{*}clrScheme"))
        }
        self._fills = list(next(theme.iter("{*}bgFillStyleLst")))
        own = layout.element.xpath("./p:clrMapOvr/a:overrideClrMapping")
        self._map = dict((own or self._master.element.xpath("./p:clrMap"))[0].attrib)

    def contrast_of(self, spot: Spot, in_colour: str = "") -> float | None:
        """The contrast of the letters in a placeholder, or of another colour, with what is behind them."""
        (place,) = (
            each for each in placeholders_of(self._layout) if each.placeholder_format.idx == spot.number
        )
        fills = [fill for letters in letters_of(place) for fill in letters.xpath("./a:solidFill")]
        ink = self._filled(fills[0]) if fills and not in_colour else self.named(in_colour or "tx1")
        own = place._element.xpath("./p:spPr/a:solidFill")
        return contrast(ink, self._filled(own[0]) if own else self._behind(spot.room))

    def named(self, name: str) -> Colour | None:
        """A colour by what slides call it: "tx1", "accent1"."""
        digits = self._slots.get(self._map.get(name, name))
        return _parsed(digits) if digits else None

    def _behind(self, room: Room) -> Colour | None:
        """What is behind a text: a shape that lies wholly behind it, or the background; None if unknown."""
        colour = self._background()
        for shape in self._shapes():
            covered = _share(room, shape)
            if covered < _BEHIND or shape._element.xpath("./p:spPr/a:noFill"):
                continue
            fills = shape._element.xpath("./p:spPr/a:solidFill")
            colour = self._filled(fills[0]) if fills and covered > _WHOLLY else None
        return colour

    def _shapes(self) -> list[Any]:
        """What is drawn on master and layout, from the back."""
        hidden = self._layout.element.get("showMasterSp") in ("0", "false")
        both = [*([] if hidden else self._master.shapes), *self._layout.shapes]
        return [shape for shape in both if not shape.is_placeholder and shape.width and shape.height]

    def _background(self) -> Colour | None:
        for of in (self._layout, self._master):
            for kind in of.element.xpath("./p:cSld/p:bg/*"):
                if kind.tag.endswith("bgPr"):
                    fills = kind.xpath("./a:solidFill")
                    return self._filled(fills[0]) if fills else None
                # a fill of the theme, from the 1001st on, in the colour that is named here
                number = int(kind.get("idx", 0)) - 1001
                is_plain = 0 <= number < len(self._fills) and self._fills[number].tag.endswith("solidFill")
                return self._filled(kind) if is_plain else None
        return self.named("bg1")

    def _filled(self, fill: Any) -> Colour | None:
        """The colour of a fill with what makes it lighter or darker; None where it is another kind of one."""
        if not len(fill) or fill[0].xpath("./a:alpha"):
            return None
        chosen = fill[0]
        kind = chosen.tag.rpartition("}")[2]
        if kind not in ("srgbClr", "schemeClr", "sysClr"):
            return None
        said = chosen.get("lastClr") or chosen.get("val")
        colour = self.named(said) if kind == "schemeClr" else _parsed(said)
        for change in chosen if colour else ():
            share = int(change.get("val", 100_000)) / 100_000
            colour = _changed(colour, change.tag.rpartition("}")[2], share)  # type: ignore[arg-type]
        return colour


def _changed(colour: Colour, how: str, share: float) -> Colour:
    hue, light, full = colorsys.rgb_to_hls(*colour)
    if how == "lumMod":
        return colorsys.hls_to_rgb(hue, light * share, full)
    if how == "lumOff":
        return colorsys.hls_to_rgb(hue, min(light + share, 1), full)
    if how == "tint":
        return tuple(1 - (1 - part) * share for part in colour)  # type: ignore[return-value]
    return tuple(part * share for part in colour) if how == "shade" else colour  # type: ignore[return-value]


def _parsed(digits: str) -> Colour:
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _share(room: Room, shape: Any) -> float:
    """How much of a room is before a shape, from 0 to 1."""
    left, top, width, height = (side / EMU for side in (shape.left, shape.top, shape.width, shape.height))
    across = min(room.left + room.width, left + width) - max(room.left, left)
    down = min(room.top + room.height, top + height) - max(room.top, top)
    return max(across, 0) * max(down, 0) / (room.width * room.height)
