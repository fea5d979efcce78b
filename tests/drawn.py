"""What stands where on a picture, read from its SVG."""

import itertools
import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from xml.etree import ElementTree

from PIL import ImageFont

from pages.exports.drawer import FONTS

# left, top, right and bottom, in pixels of the picture
Box = tuple[float, float, float, float]
# a transform of SVG: its matrix, column after column
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
# fonts are measured at this size
_SIZE = 100
_STEP = re.compile(r"(translate|rotate)\(([-\d.e]+)[ ,]*([-\d.e]*)\)")


def texts(svg: str) -> Iterator[tuple[str, Box]]:
    """Each text of a picture, its lines joined by spaces, with the box of each line."""
    yield from _texts(ElementTree.fromstring(svg), UNMOVED)


def on_another(labels: Iterable[tuple[str, Box]]) -> list[tuple[str, str]]:
    """The texts that lie on one another."""
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(sorted(labels), 2)
        if min(a[2], b[2]) > max(a[0], b[0]) + 0.5 and min(a[3], b[3]) > max(a[1], b[1]) + 0.5
    ]


def _texts(part: ElementTree.Element, moved: Matrix) -> Iterator[tuple[str, Box]]:
    for kind, first, second in _STEP.findall(part.get("transform", "")):
        moved = _after(moved, kind, float(first), float(second or 0))
    if part.get("opacity") == "0":
        return
    if part.tag.endswith("}text"):
        size = float(part.get("font-size", "0").removesuffix("px"))
        font = _font("Semibold" if part.get("font-weight") in ("bold", "600", "700") else "Regular")
        lines = [("".join(line.itertext()), float(line.get("dy", 0))) for line in part]
        lines = lines or [("".join(part.itertext()), 0.0)]
        shift = {"middle": 0.5, "end": 1.0}.get(part.get("text-anchor", ""), 0.0)
        x, y = float(part.get("x", 0)), float(part.get("y", 0))
        for line, down in lines:
            y += down
            left, top, right, bottom = (side * size / _SIZE for side in font.getbbox(line, anchor="ls"))
            start = x - shift * font.getlength(line) * size / _SIZE
            corners = itertools.product((start + left, start + right), (y + top, y + bottom))
            across, along = zip(*(_at(moved, *corner) for corner in corners), strict=True)
            yield " ".join(text for text, _ in lines), (min(across), min(along), max(across), max(along))
    for inner in part:
        yield from _texts(inner, moved)


def _after(moved: Matrix, kind: str, first: float, second: float) -> Matrix:
    """A transform with another one inside it."""
    a, b, c, d, e, f = moved
    if kind == "translate":
        return (a, b, c, d, *_at(moved, first, second))
    cos, sin = math.cos(math.radians(first)), math.sin(math.radians(first))
    return (a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin, e, f)


def _at(moved: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = moved
    return a * x + c * y + e, b * x + d * y + f


@cache
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"SourceSansPro-{weight}.otf"), _SIZE)
