"""An exhibit as a picture: SVG, PNG and PDF, in sizes for a paper, a slide and a post.

Vega draws the chart, in the browser and here (vl-convert), so that what is exported is what was seen. The
words around it are set here: title and subtitle above, remarks, sources and the link below. A picture is laid
out at the width of its size and then scaled as lines and letters, so that nothing is blurred.
"""

import datetime as dt
import io
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, unescape

import pyarrow as pa

from pages.exports import colours
from pages.exports.drawer import DRAWER
from pages.exports.exhibit import Exhibit
from pages.exports.lines import Measure, even, in_any_font, in_our_font, wrapped
from pages.exports.paper import Sheet, picture_as_pdf

CM_PER_INCH = 2.54
PRINT_DPI = 300
MARGIN, GAP = 20, 14
# a chart lower than this, or with less of the picture's height, is not worth reading: the picture is laid out
# wider, and its letters get smaller
LEAST_CHART, LEAST_SHARE = 200, 0.45
# what XML may not contain
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# the lines of texts in what Vega draws
_TEXTS = re.compile(r"<(?:text|tspan)[^>]*>([^<]+)<")
# pixels of a drawing that are looked at as one, to see where it ends
COARSE = 3
# rows of a chart may be so many times as high as on the page, to fill a slide
MOST_STRETCH = 1.8
INK, MUTED, PAGE = colours.INK, colours.GREY_INK, colours.WHITE


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
    "slide": Size("A slide (16:9)", 1072, 9 / 16, 33.867, 1920),
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
    """A picture, or a chart without its outermost element, as SVG, with its width and height."""

    svg: str
    width: float
    height: float


def as_svg(exhibit: Exhibit, size: str = "screen") -> bytes:
    """The picture as SVG. The same exhibit gives the same bytes."""
    # whoever opens it may not have our font
    return _composed(exhibit, SIZES[size], in_any_font).svg.encode()


def as_png(exhibit: Exhibit, size: str = "screen") -> bytes:
    """The picture as PNG for a screen."""
    return _png(exhibit, SIZES[size], SIZES[size].pixels, SIZES[size].pixels / SIZES[size].cm * CM_PER_INCH)


def as_print_png(exhibit: Exhibit, size: str = "screen") -> bytes:
    """The picture as PNG at 300 dots per inch."""
    return _png(exhibit, SIZES[size], round(SIZES[size].cm / CM_PER_INCH * PRINT_DPI), PRINT_DPI)


def as_pdf(exhibit: Exhibit, size: str = "screen") -> bytes:
    """The picture as PDF, on a page of its own size, tagged with its title and what it shows."""
    svg, width, height = _composed(exhibit, SIZES[size])
    points = SIZES[size].cm / CM_PER_INCH * 72
    sheet = Sheet(
        svg=svg.encode(),
        width=points,
        height=points * height / width,
        title=exhibit.title or exhibit.name,
        description=exhibit.subtitle,
        alt=exhibit.alt or exhibit.name,
    )
    return picture_as_pdf(sheet, dt.date.today())


def as_vega_lite(exhibit: Exhibit, size: str = "screen") -> bytes:
    """The chart as Vega-Lite draws it, with its data, its words, and the link that brings the view back."""
    width = SIZES[size].layout - 2 * MARGIN
    drawing = specification(exhibit, width, exhibit.height(width) if exhibit.height else None)
    below = [
        line
        for text in (exhibit.subtitle, exhibit.origin)
        for line in _wrap(text, width, SUBTITLE, in_any_font)
    ]
    words = {
        "title": {
            "text": _wrap(exhibit.title, width, TITLE, in_any_font),
            "subtitle": below,
            "anchor": "start",
        },
        "description": exhibit.alt,
        "usermeta": {"remarks": exhibit.remarks, "sources": exhibit.sources, "made_with": exhibit.origin},
    }
    config = drawing["config"] | {"background": PAGE}
    return json.dumps(drawing | words | {"config": config}, ensure_ascii=False).encode()


def chart(exhibit: Exhibit, width: float, height: float) -> Drawn:
    """The chart without its words, no larger than this width and height in layout pixels, as a whole SVG."""
    drawn = _drawn(exhibit, width, height)
    return drawn._replace(svg=_by_itself(drawn))


def _by_itself(drawn: Drawn) -> str:
    """A drawing as a whole SVG."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{drawn.width}" height="{drawn.height}" viewBox="0 0 {drawn.width} {drawn.height}">'
        f'<rect width="100%" height="100%" fill="{PAGE}"/>'
        f'<g fill="none" stroke-miterlimit="10">{drawn.svg}</g></svg>\n'
    )


def chart_png(drawn: Drawn, pixels: int) -> bytes:
    """What chart() has drawn as PNG, so many pixels wide."""
    return DRAWER.svg_to_png(drawn.svg, scale=pixels / drawn.width)


class PictureFormat(NamedTuple):
    """A kind of file: what people call it, the ends of its name and address, its type, how to make it."""

    name: str
    suffix: str
    ending: str
    mime: str
    build: Callable[[Exhibit, str], bytes]


FORMATS = {
    "png": PictureFormat("PNG", ".png", "png", "image/png", as_png),
    "print": PictureFormat("PNG, 300 dpi", "_300dpi.png", "300dpi.png", "image/png", as_print_png),
    "svg": PictureFormat("SVG", ".svg", "svg", "image/svg+xml", as_svg),
    "pdf": PictureFormat("PDF", ".pdf", "pdf", "application/pdf", as_pdf),
}
# what has no size on paper, for people who go on drawing
FOR_PROGRAMS = {
    "vega-lite": PictureFormat(
        "Vega-Lite, with its data", ".vl.json", "vl.json", "application/json", as_vega_lite
    ),
}
ALL_FORMATS = FORMATS | FOR_PROGRAMS
ENDINGS = {made.ending: name for name, made in ALL_FORMATS.items()}


def file_name(exhibit: Exhibit, format: str, size: str) -> str:
    """The name of a file: that of the exhibit, with the size unless it is the usual one."""
    return f"{exhibit.stem}{'' if size == 'screen' else f'_{size}'}{ALL_FORMATS[format].suffix}"


def address(exhibit: Exhibit, format: str, size: str) -> str:
    """Where the server gives out the file, below the address of the app; empty where it does not."""
    if not exhibit.asked or exhibit.drawing is None:
        return ""
    return f"picture/{exhibit.key}.{ALL_FORMATS[format].ending}?{exhibit.asked}&size={size}"


def specification(exhibit: Exhibit, width: float, height: float | dict | None = None) -> dict:
    """The chart with its rows, so wide and so high in pixels; `{"step": n}` is the height of a row."""
    assert exhibit.drawing is not None, f"{exhibit.key} is a table"
    drawing = exhibit.drawing
    rows = {name: table.to_pylist() for name, table in exhibit.rows.items()}
    return drawing | {
        "width": width,
        "height": height or drawing["height"],
        "config": drawing["config"] | {"background": "transparent"},
        "datasets": rows | {"turn": []},
    }


def drawn_svg(drawing: dict, rows: Mapping[str, pa.Table], width: int) -> bytes:
    """A chart of this width in pixels as SVG, for a document that has its own words."""
    data = {name: table.to_pylist() for name, table in rows.items()}
    whole = drawing | {"width": width, "datasets": data}
    return DRAWER.vegalite_to_svg(whole).encode()


def drawn_png(drawing: dict, rows: Mapping[str, pa.Table], width: int, scale: float) -> bytes:
    """The same as PNG, so many times as large."""
    return DRAWER.svg_to_png(drawn_svg(drawing, rows, width).decode(), scale=scale)


def _png(exhibit: Exhibit, size: Size, pixels: int, dpi: float) -> bytes:
    svg, width, _ = _composed(exhibit, size)
    # vl-convert multiplies the two, cuts off fractions of a pixel, and writes the second into the file
    return DRAWER.svg_to_png(svg, scale=(1 + 1e-6) * pixels / width * 72 / dpi, ppi=dpi)


def _composed(exhibit: Exhibit, size: Size, measure: Measure = in_our_font) -> Drawn:
    """The whole picture as SVG, with its width and height.

    Where the shape of the picture is given and its content is higher, it is laid out wider.
    """
    width = size.layout
    codes: set[str] = set()
    unnamed = exhibit.unnamed if width - 2 * MARGIN < exhibit.unnamed_until else ""
    while True:
        said = (exhibit.key_of(codes), unnamed, *exhibit.footer)
        head = [
            (TITLE, _wrap(exhibit.title, width, TITLE, measure)),
            (SUBTITLE, _wrap(exhibit.subtitle, width, SUBTITLE, measure)),
        ]
        foot = [(FOOTER, [line for text in said for line in _wrap(text, width, FOOTER, measure)])]
        words = _height(head) + _height(foot) + 2 * MARGIN + 2 * GAP
        room = width * size.ratio - words if size.ratio else None
        if room is not None and room < max(LEAST_CHART, LEAST_SHARE * width * size.ratio):
            width = _round_up(width * 1.1)
            continue
        drawn = _drawn(exhibit, width - 2 * MARGIN, room)
        if unexplained := codes_on(drawn, exhibit) - codes:
            codes |= unexplained
        elif room is None or drawn.height <= room + 1:
            break
        else:
            width = _round_up(max(width * 1.02, (words + drawn.height) / size.ratio * 0.97))
    height = round(width * size.ratio if size.ratio else words + drawn.height)
    font = specification(exhibit, width)["config"]["font"].replace('"', "'")
    below = height - MARGIN - _height(foot)
    # what does not fill a given shape stands in the middle of its room
    top = MARGIN + _height(head) + GAP + max((room or 0) - drawn.height, 0) / 2
    left = MARGIN + max(width - 2 * MARGIN - drawn.width, 0) / 2
    alt, description = (
        escape(UNPRINTABLE.sub("", text), {'"': "&quot;"}) for text in (exhibit.alt, exhibit.description)
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{alt}">',
        f"<desc>{description}</desc>",
        f'<rect width="100%" height="100%" fill="{PAGE}"/>',
        _set(head, MARGIN, font),
        f'<g transform="translate({left:.2f},{top:.2f})" fill="none" stroke-miterlimit="10">{drawn.svg}</g>',
        _set(foot, below, font),
        "</svg>\n",
    ]
    return Drawn("\n".join(parts), width, height)


def codes_on(drawn: Drawn, exhibit: Exhibit) -> set[str]:
    """The codes of areas on a map that stand there without their names, and in no key beside it."""
    texts = {unescape(text) for text in _TEXTS.findall(drawn.svg)}
    return {area.code for area in exhibit.keyed if area.code in texts and area.meaning not in texts}


def _round_up(width: float) -> int:
    """A width at which the height is a whole number of pixels, too."""
    return math.ceil(width / 16) * 16


def _drawn(exhibit: Exhibit, width: float, room: float | None) -> Drawn:
    """The chart, axes and legends included, in this width and, where that can be chosen, this height."""
    assert exhibit.drawing is not None
    usual = exhibit.drawing["height"]
    if isinstance(usual, dict):
        return _drawn_in_rows(exhibit, width, usual["step"], room)
    wide, high = width, room or usual
    if exhibit.height:
        # a map that cannot be so wide for its height would stand far from its legend
        fits = (w for w in _widths(exhibit.least_width, width) if room and exhibit.height(w) >= room)
        wide = next(fits, width)
        # nor is there anything to see of a place below where it ends
        high = min(room or math.inf, exhibit.height(wide))
    drawn = _render(exhibit, wide, high)
    # axes and legends stand beside the width and the height that Vega-Lite was given
    beside, over = max(drawn.width - width, 0), max(drawn.height - room, 0) if room else 0
    drawn = drawn if beside + over < 1 else _render(exhibit, wide - beside, high - over)
    # what follows would stand far from a legend that has few rows
    return drawn._replace(height=_used(drawn)) if exhibit.height else drawn


def _used(drawn: Drawn) -> float:
    """The height of a drawing down to the last thing on it."""
    from PIL import Image, ImageOps  # here, because the first visitor should not wait for it

    png = DRAWER.svg_to_png(_by_itself(drawn), scale=1 / COARSE)
    with Image.open(io.BytesIO(png)) as image:
        found = ImageOps.invert(image.convert("L")).getbbox()
    return min(found[3] * COARSE, drawn.height) if found else drawn.height


def _drawn_in_rows(exhibit: Exhibit, width: float, step: float, room: float | None) -> Drawn:
    """A chart of rows so many pixels high; where there is room, they are higher."""
    drawn = _render(exhibit, width, {"step": step})
    wide = width - max(drawn.width - width, 0)
    higher = min(room / drawn.height, MOST_STRETCH) if room else 1
    if wide == width and higher <= 1:
        return drawn
    return _render(exhibit, wide, {"step": step * max(higher, 1)})


def _widths(least: float, most: float) -> Iterable[float]:
    """Widths from the least on, in steps of 10 pixels; none where the least is too wide."""
    return (float(width) for width in range(round(least), round(most), 10))


def _render(exhibit: Exhibit, width: float, height: float | dict) -> Drawn:
    svg = DRAWER.vegalite_to_svg(specification(exhibit, width, height))
    found = re.match(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"[^>]*>(.*)</svg>\s*$', svg, re.DOTALL)
    assert found, "Vega draws an element svg with width and height"
    return Drawn(_renumbered(found[3]), float(found[1]), float(found[2]))


def _renumbered(svg: str) -> str:
    """Names inside the picture counted from 0: Vega goes on counting from one picture to the next."""
    names = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    for number, name in enumerate(names):
        svg = svg.replace(f'id="{name}"', f'id="part{number}"').replace(f"#{name})", f"#part{number})")
    return svg


def _wrap(text: str, width: float, style: Style, measure: Measure) -> list[str]:
    """The text in lines for a picture of this width; those of a heading are about as long as each other."""
    room = (width - 2 * MARGIN) / style.size
    is_bold = style.weight > 400
    wrap = wrapped if style is FOOTER else even
    return wrap(text, room, lambda said: measure(said, is_bold))


def _height(blocks: Sequence[tuple[Style, list[str]]]) -> float:
    return sum(style.line * len(lines) for style, lines in blocks)


def _set(blocks: Sequence[tuple[Style, list[str]]], top: float, font: str) -> str:
    """Blocks of lines one below the other, from `top` on, in one of these fonts."""
    lines = []
    for style, texts in blocks:
        for text in texts:
            top += style.line
            lines.append(
                f'<text x="{MARGIN}" y="{top - 0.3 * style.size:.2f}" font-family="{font}" '
                f'font-size="{style.size}" font-weight="{style.weight}" fill="{style.colour}">'
                f"{escape(UNPRINTABLE.sub('', text))}</text>"
            )
    return "\n".join(lines)
