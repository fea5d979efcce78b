"""The words on and beside the map: labels, a key for areas without room for theirs, and the legend."""

from collections.abc import Sequence
from typing import NamedTuple

from pages.components.charts import palette, parts

NARROW = 400  # of London in pixels: below it there is no room for the names of the ICSs
LEGEND_ROWS = 8
HALF_LETTER = 0.27  # half the width of an average letter, in font sizes
LINE_HEIGHT = 1.15  # in font sizes
CODES_APART = 18  # pixels between the middles of two codes that do not touch


class Size(NamedTuple):
    """How large a map is, in pixels: all of it, and its legend.

    `is_named` says whether names stand on it, and codes with a key to them where there is no room for names;
    `fonts` is by projection an expression for the type of the labels.
    """

    height: int
    legend_width: int
    legend_row: int
    is_named: bool
    fonts: dict[str, str]
    largest_font: int


# by size of type (palette.TEXT)
SIZES = {
    "page": Size(
        height=600,
        legend_width=210,
        legend_row=21,
        is_named=True,
        fonts={"mercator": "12", "identity": "clamp(k * 0.14, 12, 13)"},
        largest_font=13,
    ),
    "meeting": Size(
        height=748,
        legend_width=320,
        legend_row=42,
        # names stand in a picture of their own beside the map
        is_named=False,
        fonts={"mercator": "32", "identity": "40"},
        largest_font=40,
    ),
}
# of the key above the legend, when half of London has no room for a name; or less, below a long legend
KEY_HEIGHT, KEY_ROW = 300, 17
# between the key's other rows and that of the City, which is not ranked among them, in rows
APART = 0.4

_ON_MAP = parts.on_map("x", "y")

# two kinds of hatching: lines where there is no value, dots where there is one that may not be shown
DASHES: dict = {
    "strokeDash": {"condition": {"test": "datum.dotted", "value": [2.5, 5]}, "value": parts.SOLID},
    "strokeWidth": {"condition": {"test": "datum.dotted", "value": 2.5}, "value": 1},
}


def _fits(text: str, letters: str) -> str:
    """Whether the free circle of an area holds a text."""
    half_width = f"datum.{letters} * font * {HALF_LETTER}"
    half_height = f"length(split(datum.{text}, '|')) * font * {LINE_HEIGHT / 2}"
    return f"datum.reach * k > max({half_width}, {half_height})"


_IS_NAMED = _fits("full", "letters")
_HOLDS_CODE = f"datum.reach * k > {LINE_HEIGHT / 2} * font"


def labels(lines: int, theme: str, placed: Sequence[dict] = ()) -> dict:
    """Labels that have so many lines: name and value where the free circle holds them.

    Where it does not, the code of the area stands, with the value if that fits, and a key explains it. Two
    that would touch make room for each other. Beside circles they stand where they
    are `placed` (circles.placing).
    """
    chosen = f"{_IS_NAMED} ? datum.full : {_fits('coded', 'label_letters')} ? datum.coded : datum.code"
    steps = [
        *(placed or [{"calculate": chosen, "as": "text"}]),
        {"filter": f"!datum.outside && length(split(datum.text, '|')) == {lines}"},
    ]
    across, up = away()
    mark = _block(lines, up) | {"fontSize": {"expr": "font"}, "fontWeight": 600, "cursor": "pointer"}
    mark |= {"dx": {"expr": across}}
    where: dict = _ON_MAP | ({"latitude": parts.quantity("text_y")} if placed else {})
    drawn = parts.layer(mark, "areas", **where, text=parts.nominal("text"), color=_ink(theme))
    return drawn | {"transform": steps}


def _ink(theme: str) -> dict:
    """The channel of the ink that is readable on a row's fill."""
    return parts.worked_out(palette.ink_of_row()) if theme == "dark" else parts.as_it_is("ink")


def signs(placed: Sequence[dict], theme: str) -> list[dict]:
    """What stands on an area for the end of a room, its label, in the middle of it or of its circle.

    The casing keeps it readable on every fill, and where it is larger than the area.
    """
    mark = parts.unspoken("text", baseline="middle", fontWeight=700, fontSize={"expr": "font"})
    where: dict = _ON_MAP | ({"latitude": parts.quantity("circle_y")} if placed else {})
    drawn = [
        parts.layer(style, "areas", **where, text=parts.nominal("label"))
        for style in parts.cased(mark, theme, width=8)
    ]
    return [layer | {"transform": [*placed, {"filter": "!datum.outside"}]} for layer in drawn]


def discs(theme: str) -> dict:
    """Below the code of an area that is smaller than its code, a disc in its colour: in London, the City."""
    radius = 0.75 * palette.TEXT["page"]
    mark = parts.unspoken("point", size=4 * radius**2, opacity=1, strokeWidth=radius / 9)
    fill = parts.worked_out(palette.paint(theme)) if theme == "dark" else parts.as_it_is("fill")
    drawn = parts.layer(mark, "areas", **_ON_MAP, fill=fill, stroke=_ink(theme))
    return drawn | {"transform": [{"filter": f"!datum.outside && !({_HOLDS_CODE})"}]}


def key(theme: str, placed: Sequence[dict] = ()) -> list[dict]:
    """The areas without room for their names: code, name and value of each, in the order of their names.

    The areas that are not ranked stand apart, at the end. On a map of circles the texts are `placed`
    (circles.placing).
    """
    text, down = palette.TEXT["page"], f"(legend_top - {SIZES['page'].legend_row})"
    rows: dict = {"data": {"name": "areas"}, "transform": _keyed(placed, KEY_ROW, down)}
    mark = parts.unspoken("text", align="left", baseline="middle", fontSize=text)
    mark |= {"color": palette.THEMES[theme]["text"]}

    def at(right: float) -> dict:
        return {"x": {"value": right}, "y": parts.at_pixel("at")}

    return [
        rows | parts.layer(mark | {"fontWeight": 600}, **at(2), text=parts.nominal("code")),
        rows | parts.layer(mark, **at(2 * text), text=parts.nominal("entry")),
    ]


def _keyed(placed: Sequence[dict], row: int, down: str) -> list[dict]:
    """Transforms that leave the areas of the key, with the row and the pixel of each.

    `down` is an expression for where the key ends.
    """
    is_named = "indexof(datum.way, 'full') == 0" if placed else _IS_NAMED
    by_name = [{"field": name, "order": "ascending"} for name in ("apart", "area_name")]
    pitch = f"min({row}, {down} / (datum.count + {APART}))"
    return [
        *placed,
        {"filter": f"beside && !datum.outside && !({is_named})"},
        {"window": [{"op": "row_number", "as": "row"}], "sort": by_name},
        {"joinaggregate": [{"op": "count", "as": "count"}]},
        {"calculate": f"{pitch} * (datum.row - 0.5 + (datum.apart ? {APART} : 0))", "as": "at"},
    ]


def _panel(theme: str, edges: dict) -> dict:
    """The page's colour from these edges down to the bottom of the picture, over a part of the map."""
    mark = parts.unspoken("rect", color=palette.THEMES[theme]["page"], strokeOpacity=0)
    return parts.layer(mark, **edges, y2=parts.worked_out("height + 5"))


def ics_names(align: str, theme: str) -> dict:
    """The names of the ICSs around the map, where there is room."""
    look = {"align": align, "fontSize": palette.TEXT["page"], "fontWeight": 700}
    mark = _block(2) | look | {"color": palette.THEMES[theme]["text"]}
    has_room = f"datum.align == '{align}' && k * span_x > {NARROW}"
    return parts.layer(mark, "ics_names", has_room, **_ON_MAP, text=parts.nominal("text"))


def away() -> tuple[str, str]:
    """Expressions for how far a label stands from its point, in pixels across and down, on small maps.

    Two that would touch, if they were codes, make room for each other.
    """
    lack = f"max(0, {CODES_APART} - datum.gap * k) / 2"
    return f"datum.away_x * {lack}", f"-datum.away_y * {lack}"


def _block(lines: int, down: str = "0") -> dict:
    """A text of several lines centred on its point; Vega would hang it from the first line."""
    middle = {"expr": f"{down} - font * {(lines - 1) * LINE_HEIGHT / 2}"}
    line = {"expr": f"font * {LINE_HEIGHT}"}
    return parts.unspoken("text", lineBreak="|", baseline="middle", lineHeight=line, dy=middle)


def legend(theme: str, size: str) -> list[dict]:
    """The legend is drawn by hand, because Vega has no hatched swatch and no counts.

    It stands on a panel of the page's colour: zoomed to one ICS, its neighbours would run on below it.
    """
    text = palette.TEXT[size]
    scale = text / palette.TEXT["page"]
    rows: dict = {"data": {"name": "legend"}, "transform": _legend_rows(theme, SIZES[size].legend_row, scale)}

    def where(test: str) -> dict:
        return rows | {"transform": [*rows["transform"], {"filter": test}]}

    edges = {
        "x": {"value": -5},
        "x2": parts.worked_out(f"beside ? {SIZES[size].legend_width} : width + 5"),
        "y": parts.worked_out("beside ? -5 : legend_top - 18"),
    }
    return [
        where("datum.row == 0") | _panel(theme, edges),
        where("datum.fill != ''") | _swatches(scale),
        *(where("datum.hatched") | rule for rule in _hatching(scale)),
        # for the end of a room there is no heading: the screen says what it is of
        (where("datum.indented") if size == "meeting" else rows) | _legend_texts(theme, text),
    ]


def _legend_rows(theme: str, row: int, scale: float) -> list[dict]:
    """Transforms that give each row of the legend its place in pixels, and its colour."""
    places = {
        "at": f"legend_top + datum.row * {row}",
        "above": f"datum.at - {7 * scale}",
        "below": f"datum.at + {7 * scale}",
        "left": f"datum.indented ? {24 * scale} : 2",
        "paint": palette.paint(theme),
    }
    return [{"calculate": expression, "as": field} for field, expression in places.items()]


def _swatches(scale: float) -> dict:
    square = parts.unspoken("point", shape="square", size=210 * scale**2, opacity=1, strokeWidth=1)
    where: dict = {"x": {"value": 9 * scale}, "y": parts.at_pixel("at")}
    return parts.layer(square, **where, fill=parts.as_it_is("paint"), stroke={"value": palette.HATCH})


def _hatching(scale: float) -> list[dict]:
    """Three lines across a swatch, each from the bottom to the top."""
    rule = parts.unspoken("rule", color=palette.HATCH)
    up: dict = {"y": parts.at_pixel("below"), "y2": {"field": "above"}}
    return [
        parts.layer(rule, **DASHES, **up, x={"value": left * scale}, x2={"value": right * scale})
        for left, right in ((2, 9), (5, 13), (9, 16))
    ]


def _legend_texts(theme: str, text: int) -> dict:
    mark = {"type": "text", "align": "left", "baseline": "middle", "fontSize": text}
    words = parts.nominal("text")
    return parts.layer(
        mark | {"color": palette.THEMES[theme]["text"]},
        x=parts.at_pixel("left"),
        y=parts.at_pixel("at"),
        text=words,
        description=words,
    )
