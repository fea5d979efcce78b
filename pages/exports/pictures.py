"""A piece as a picture: SVG, PNG and PDF, in sizes for a paper, a slide and a post.

Vega draws the chart, in the browser and here (vl-convert), so that what is exported is what was seen. The
words around it are set here: title and subtitle above, remarks, sources and the link below. A picture is laid
out at the width of its size and then scaled as lines and letters, so that nothing is blurred.
"""

import math
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from types import ModuleType
from typing import NamedTuple
from xml.sax.saxutils import escape

from pages.exports.piece import Piece

CM_PER_INCH = 2.54
PRINT_DPI = 300
MARGIN, GAP = 20, 14
# a chart lower than this is not worth reading: the picture is laid out wider, and its letters get smaller
LEAST_CHART = 200
LETTER = 0.47  # width of an average letter in font sizes
INK, MUTED, PAGE = "#1D1D1D", "#4A4A4A", "#FFFFFF"
FONT = "'Source Sans 3', 'Source Sans', 'Liberation Sans', Arial, sans-serif"


class Size(NamedTuple):
    """A size: what people call it, its width in layout pixels, height over width (0: as high as needed),
    width in print in centimetres, and width on a screen in pixels."""

    name: str
    layout: int
    ratio: float
    cm: float
    pixels: int


SIZES = {
    "screen": Size("For a screen", 940, 0, 24.87, 1880),
    "a4": Size("Across an A4 page (17 cm)", 760, 0, 17, 1520),
    "column": Size("A column of an A4 page (8 cm)", 360, 0, 8, 720),
    "slide": Size("A slide (16:9)", 1080, 9 / 16, 33.867, 1920),
    "square": Size("A square for social media", 800, 1, 28.575, 1080),
}


class Style(NamedTuple):
    """How a block of words is set, in layout pixels."""

    size: int
    line: int
    colour: str
    weight: int


TITLE, SUBTITLE, FOOTER = Style(18, 23, INK, 600), Style(13, 17, INK, 400), Style(11, 15, MUTED, 400)


class Drawn(NamedTuple):
    """A chart as SVG without its outermost element, with its width and height."""

    svg: str
    width: float
    height: float


def as_svg(piece: Piece, size: str = "screen") -> bytes:
    """The picture as SVG. The same piece gives the same bytes."""
    return _composed(piece, SIZES[size])[0].encode()


def as_png(piece: Piece, size: str = "screen") -> bytes:
    """The picture as PNG for a screen."""
    return _png(piece, SIZES[size], SIZES[size].pixels, SIZES[size].pixels / SIZES[size].cm * CM_PER_INCH)


def as_print_png(piece: Piece, size: str = "screen") -> bytes:
    """The picture as PNG at 300 dots per inch."""
    return _png(piece, SIZES[size], round(SIZES[size].cm / CM_PER_INCH * PRINT_DPI), PRINT_DPI)


def as_pdf(piece: Piece, size: str = "screen") -> bytes:
    """The picture as PDF, on a page of its own size."""
    svg, width = _composed(piece, SIZES[size])
    return _converter().svg_to_pdf(svg, scale=SIZES[size].cm / CM_PER_INCH * 72 / width)


class Format(NamedTuple):
    """A kind of file: what people call it, the end of its name, its media type, and how to make it."""

    name: str
    suffix: str
    mime: str
    build: Callable[[Piece, str], bytes]


FORMATS = {
    "png": Format("PNG, for screens", ".png", "image/png", as_png),
    "print": Format("PNG, for print (300 dpi)", "_300dpi.png", "image/png", as_print_png),
    "svg": Format("SVG", ".svg", "image/svg+xml", as_svg),
    "pdf": Format("PDF", ".pdf", "application/pdf", as_pdf),
}


def file_name(piece: Piece, format: str, size: str) -> str:
    """The name of a file: that of the piece, with the size unless it is the usual one."""
    return f"{piece.stem}{'' if size == 'screen' else f'_{size}'}{FORMATS[format].suffix}"


def specification(piece: Piece, width: float, height: float | dict | None = None) -> dict:
    """The chart with its rows, so wide and, unless it has rows of a fixed height, so high (in pixels)."""
    assert piece.drawing is not None, f"{piece.key} is a table"
    drawing = piece.drawing
    rows = {name: table.to_pylist() for name, table in piece.rows.items()}
    return drawing | {
        "width": width,
        "height": drawing["height"] if height is None else height,
        "config": drawing["config"] | {"background": "transparent"},
        "datasets": drawing.get("datasets", {}) | rows | {"turn": []},
    }


@cache
def _converter() -> ModuleType:
    """What renders, with the fonts; imported here, because the first visitor should not wait for it."""
    import vl_convert

    return vl_convert


def _png(piece: Piece, size: Size, pixels: int, dpi: float) -> bytes:
    svg, width = _composed(piece, size)
    # vl-convert multiplies the two, and writes the second into the file
    return _converter().svg_to_png(svg, scale=pixels / width * 72 / dpi, ppi=dpi)


def _composed(piece: Piece, size: Size) -> tuple[str, int]:
    """The whole picture as SVG, and the width at which it is laid out.

    Where the shape of the picture is given and its content is higher, it is laid out wider.
    """
    width = size.layout
    while True:
        head = [(TITLE, _wrap(piece.title, width, TITLE)), (SUBTITLE, _wrap(piece.subtitle, width, SUBTITLE))]
        foot = [(FOOTER, [line for text in piece.footer for line in _wrap(text, width, FOOTER)])]
        words = _height(head) + _height(foot) + 2 * MARGIN + 2 * GAP
        room = width * size.ratio - words if size.ratio else None
        if room is None or room >= LEAST_CHART:
            drawn = _drawn(piece, width - 2 * MARGIN, room)
            if room is None or drawn.height <= room + 1:
                break
            width = math.ceil(max(width * 1.02, (words + drawn.height) / size.ratio * 0.97))
        else:
            width = math.ceil(width * 1.1)
    height = round(width * size.ratio if size.ratio else words + drawn.height)
    below = height - MARGIN - _height(foot)
    left = MARGIN + max(width - 2 * MARGIN - drawn.width, 0) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(piece.alt, {chr(34): "&quot;"})}">',
        f"<title>{escape(piece.title)}</title><desc>{escape(piece.alt)}</desc>",
        f'<rect width="100%" height="100%" fill="{PAGE}"/>',
        _set(head, MARGIN),
        f'<g transform="translate({left:.2f},{MARGIN + _height(head) + GAP:.2f})" fill="none" '
        f'stroke-miterlimit="10">{drawn.svg}</g>',
        _set(foot, below),
        "</svg>\n",
    ]
    return "\n".join(parts), width


def _drawn(piece: Piece, width: float, room: float | None) -> Drawn:
    """The chart, axes and legends included, in this width and, where that can be chosen, this height."""
    assert piece.drawing is not None
    wide, high = width, None
    if isinstance(piece.drawing["height"], int | float):
        high = room or (piece.height(width) if piece.height else piece.drawing["height"])
        if room and piece.height:
            # a map that cannot be so wide for its height would stand far from its legend
            wide = next((w for w in _widths(piece.least_width, width) if piece.height(w) >= room), width)
    drawn = _render(piece, wide, high)
    beside = drawn.width - width
    over = drawn.height - room if room and high else 0
    if beside > 1 or over > 1:
        # axes and legends stand beside the width and the height that Vega-Lite was given
        drawn = _render(piece, wide - max(beside, 0), high - max(over, 0) if high else None)
    return drawn


def _widths(least: float, most: float) -> Iterable[float]:
    """Widths from the least on, in steps of 10 pixels; none where the least is too wide."""
    return (float(width) for width in range(round(least), round(most), 10))


def _render(piece: Piece, width: float, height: float | None) -> Drawn:
    svg = _converter().vegalite_to_svg(specification(piece, width, height))
    found = re.match(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"[^>]*>(.*)</svg>\s*$', svg, re.DOTALL)
    assert found, "Vega draws an element svg with width and height"
    return Drawn(_renumbered(found[3]), float(found[1]), float(found[2]))


def _renumbered(svg: str) -> str:
    """Names inside the picture counted from 0: Vega goes on counting from one picture to the next."""
    names = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    for number, name in enumerate(names):
        svg = svg.replace(f'id="{name}"', f'id="part{number}"').replace(f"#{name})", f"#part{number})")
    return svg


def _wrap(text: str, width: float, style: Style) -> list[str]:
    letter = LETTER * style.size * (1.08 if style.weight > 400 else 1)
    return textwrap.wrap(text, int((width - 2 * MARGIN) / letter))


def _height(blocks: Sequence[tuple[Style, list[str]]]) -> float:
    return sum(style.line * len(lines) for style, lines in blocks)


def _set(blocks: Sequence[tuple[Style, list[str]]], top: float) -> str:
    """Blocks of lines one below the other, from `top` on."""
    lines = []
    for style, texts in blocks:
        for text in texts:
            top += style.line
            lines.append(
                f'<text x="{MARGIN}" y="{top - 0.3 * style.size:.2f}" font-family="{FONT}" '
                f'font-size="{style.size}" font-weight="{style.weight}" fill="{style.colour}">'
                f"{escape(text)}</text>"
            )
    return "\n".join(lines)
