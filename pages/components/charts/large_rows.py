"""Rows for the end of a room: at most twelve names at once, each with its value, as large as can be.

Every picture is drawn in the pixels of a screen of 1920 by 1080, into a place of a width and a height. There
is no axis: each value stands beside its bar.
"""

import textwrap
from collections.abc import Sequence

import pandas as pd

from pages.components.charts import palette, parts, strips
from pages.components.charts.parts import Chart

MOST_ROWS = 12
# twenty minutes of arc on a screen of 55 inches (685 mm high) from 4 m are 37 of its 1080 lines; capital
# letters, which are two thirds of the size of their type, are as high in this
LARGEST = 56
# of a row its type, of the width of the picture all its names; of the size of type the width of a letter, and
# so many letters more, because some are wider
OF_ROW, NAMES, LETTER, MORE = 0.82, 0.62, 0.51, 1.5
TALLEST_ROW = 110
# a row of spans holds three lines, and its name so much of the width
OF_SPAN, BESIDE_SPANS = 2.5, 0.34
GAP = 22
# of strips over time: the width of their names, and the heights of whose lines they are and of the years
BESIDE_STRIPS, WHOSE, YEARS = 620, 80, 70


def bars(rows: pd.DataFrame, width: int, height: int, theme: str, reach: Sequence[float] = ()) -> Chart:
    """A bar from 0 for each row, its name before it and its value behind.

    `rows` has name, value (NaN where there is none: then `text` says why), text, fill and spoken.
    `reach` are further values that the scale holds, so that several pictures are measured alike.
    """
    values = [0.0, *rows["value"].dropna(), *reach]
    labels, size = _fitted(rows["name"], width * NAMES, len(rows), height)
    left, right = _room(labels, size), width - _room(rows["text"], size)
    scale = {"domain": [min(values), max(values) or 1], "range": [left, right], "nice": False}
    y = _in_rows(rows)
    x = parts.quantity("value", scale=scale, axis=None)
    look = {"type": "bar", "height": {"band": 0.7}, "strokeWidth": 1}
    look |= {"stroke": palette.THEMES[theme]["text"]}
    drawn = _in_theme(rows, theme).assign(label=labels, end=rows["value"].clip(lower=0).fillna(0), start=0.0)
    layers = [
        parts.layer(
            look,
            where="isValid(datum.value)",
            x=x,
            x2={"field": "start"},
            y=y,
            fill=parts.as_it_is("fill"),
            description=parts.nominal("spoken"),
        ),
        _text("label", size, theme, {"x": {"value": left - GAP}, "y": y}, align="right"),
        _text("text", size, theme, {"x": x | {"field": "end"}, "y": y}, align="left", dx=GAP / 2),
    ]
    return _framed(layers, drawn, width, height, theme)


def spans(rows: pd.DataFrame, dots: pd.DataFrame, width: int, height: int, theme: str) -> Chart:
    """For each row its name, and where its `dots` lie between the lowest and the highest, which are named.

    `rows` has name, low, high, low_text and high_text; `dots` name, value, fill and spoken.
    """
    labels, size = _fitted(rows["name"], width * BESIDE_SPANS, OF_SPAN * len(rows), height)
    left = _room(labels, size)
    y = _in_rows(rows)
    scale = {"domain": [rows["low"].min(), rows["high"].max()], "range": [left + 20, width - 30]}
    x = parts.quantity("value", scale=scale | {"nice": False, "zero": False}, axis=None)
    muted = palette.THEMES[theme]["muted"]
    point = {"type": "point", "filled": True, "size": 900, "opacity": 1}
    point |= {"stroke": palette.THEMES[theme]["text"]}
    # a name begins where there is room for the rest of it
    middle = (rows["low"].min() + rows["high"].max()) / 2
    ends = [
        _text(
            f"{end}_text",
            size,
            theme,
            {"x": x | {"field": end}, "y": y},
            where=f"datum.{end} {test} {middle}",
            align=align,
            dy=0.92 * size * way,
        )
        for end, way in (("low", 1), ("high", -1))
        for test, align in (("<=", "left"), (">", "right"))
    ]
    layers = [
        parts.layer(
            parts.unspoken("rule", strokeWidth=6, color=muted),
            x=x | {"field": "low"},
            x2={"field": "high"},
            y=y,
        ),
        parts.layer(
            point, "dots", x=x, y=y, fill=parts.as_it_is("fill"), description=parts.nominal("spoken")
        ),
        _text("label", size, theme, {"x": {"value": left - GAP}, "y": y}, align="right"),
        *ends,
    ]
    return _framed(layers, rows.assign(label=labels), width, height, theme, dots=_in_theme(dots, theme))


def entries(rows: pd.DataFrame, width: int, height: int, theme: str) -> Chart:
    """A list beside a map: the number that each has there, its colour, its name and its value.

    `rows` has number (a text, empty for none), name, text, fill (empty for none) and spoken.
    """
    numbers = 2 * LETTER * LARGEST
    together = rows["name"] + rows["text"] + "   "
    size = min(LARGEST, OF_ROW * height / len(rows), _size(together, width - 2 * numbers))
    y = _in_rows(rows)
    swatch = {"type": "point", "shape": "square", "filled": True, "size": (0.7 * size) ** 2, "opacity": 1}
    coloured = parts.layer(
        swatch | {"stroke": palette.THEMES[theme]["text"]},
        where="datum.fill",
        x={"value": numbers + 0.75 * size},
        y=y,
        fill=parts.as_it_is("fill"),
        description=parts.nominal("spoken"),
    )
    layers = [
        _text("number", size, theme, {"x": {"value": numbers}, "y": y}, align="right", fontWeight=700),
        # without anything to colour there would be a group that says nothing
        *([coloured] if rows["fill"].any() else []),
        _text("name", size, theme, {"x": {"value": numbers + 1.4 * size}, "y": y}, align="left"),
        _text("text", size, theme, {"x": {"value": width - 8}, "y": y}, align="right", fontWeight=700),
    ]
    return _framed(layers, _in_theme(rows, theme), width, height, theme)


def courses(
    shown: Sequence[strips.Strip], name: str, width: int, height: int, theme: str, font: int = LARGEST
) -> Chart:
    """Strips over time with their headings before them, and above them which line is whose.

    `font` is the size of their type, of which headings of many lines have less.
    """
    each = (height - WHOSE - YEARS) // len(shown)
    letters = int((BESIDE_STRIPS - GAP) / (LETTER * font))
    # the years stay together
    names = [strip.heading.replace(" to ", "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}") for strip in shown]
    headings = pd.DataFrame(
        {
            "strip": range(len(shown)),
            "text": ["|".join(textwrap.wrap(name, letters, break_on_hyphens=False)) for name in names],
        }
    )
    lines = max(headings["text"].str.count(r"\|")) + 1
    ends = pd.concat([strip.rows[text] for strip in shown for text in ("value_text", "london_text")])
    room = int(_room(ends, font))
    # two values stand one above the other where the lines begin and end
    reach = each / 2 - font
    size = strips.Size(
        strip=each,
        top=-reach,
        bottom=reach,
        before=BESIDE_STRIPS + room,
        behind=room,
        apart=font,
        gap=GAP,
        font=font,
        width=7,
        thin=3,
        point=500,
    )
    y = {"field": "strip", "type": "ordinal", "axis": None}
    looks = {
        place: (colour, [4 * dash for dash in dashes], point)
        for place, (colour, dashes, point) in strips.looks_of(name, theme).items()
    }
    named = {"x": {"value": 0}, "y": y}
    layers = [
        strips.reach(y, theme, size),
        *strips.lines_with_numbers(y, looks, theme, size),
        _text("text", min(font, OF_ROW * each / lines), theme, named, align="left")
        | {"data": {"name": "headings"}},
        *_whose_lines(looks, font),
    ]
    spec, data = parts.framed(
        layers,
        theme,
        each * len(shown),
        strips.lines(shown, name, size),
        headings=headings,
        ends_of_london=strips.ends_of_london(shown, size),
    )
    config = spec["config"] | {"axis": spec["config"]["axis"] | {"labelFontSize": font}}
    around = {"top": WHOSE, "bottom": YEARS, "left": 0, "right": 0}
    return spec | {"width": width, "padding": around, "autosize": "none", "config": config}, data


def _whose_lines(looks: dict[str, tuple], font: int) -> list[dict]:
    """The look of each line and whose it is, side by side."""
    drawn = []
    for (place, (colour, dashes, _)), at in zip(
        looks.items(), (f"{BESIDE_STRIPS}", "width - 350"), strict=True
    ):
        rule = parts.unspoken("rule", strokeWidth=7, color=colour, strokeDash=dashes)
        label = parts.unspoken("text", fontSize=font, fontWeight=600, color=colour, align="left")
        label["baseline"] = "middle"
        y = {"value": -WHOSE / 2}
        start, end, name = (parts.worked_out(f"{at} + {step}") for step in (0, 90, 110))
        drawn += [
            parts.layer(rule, "headings", "datum.strip == 0", y=y, x=start, x2=end),
            parts.layer(label, "headings", "datum.strip == 0", y=y, x=name, text={"value": place}),
        ]
    return drawn


def _in_theme(rows: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Rows, which have their fill as on a light page, with that of the theme."""
    return rows.assign(fill=[palette.in_theme(fill, theme) for fill in rows["fill"]])


def _fitted(names: pd.Series, room: float, rows: float, height: int) -> tuple[pd.Series, float]:
    """The names, each on one line or each on two, and the size of type with which so many rows have room.

    Whichever of the two is larger.
    """
    row = OF_ROW * height / rows
    half = max(10, 3 + _longest(names) // 2)
    halves = names.map(lambda name: "|".join(textwrap.wrap(name, half, break_on_hyphens=False)))
    alone, broken = min(LARGEST, row, _size(names, room)), min(LARGEST, row / 2, _size(halves, room))
    return (halves, broken) if broken > alone else (names, alone)


def _size(names: pd.Series, room: float) -> float:
    """The size of type with which the longest line fits into a room."""
    return room / (LETTER * (MORE + _longest(names)))


def _longest(texts: pd.Series) -> int:
    """The letters of the longest line."""
    return max(len(line) for text in texts for line in text.split("|"))


def _room(texts: pd.Series, size: float) -> float:
    """The pixels that the longest of these texts takes, with a gap."""
    return (MORE + _longest(texts)) * LETTER * size + GAP


def _in_rows(rows: pd.DataFrame) -> dict:
    """The channel of the rows in their order."""
    return parts.nominal("name", scale={"domain": list(rows["name"])}, sort=None, axis=None)


def _text(field: str, size: float, theme: str, at: dict, where: str = "", **look: object) -> dict:
    mark = parts.unspoken("text", baseline="middle", fontSize=size, color=palette.THEMES[theme]["text"])
    # Vega would hang several lines from the first
    above = {"expr": f"(1 - length(split(datum.{field}, '|'))) * {size / 2:.1f}"}
    mark |= {"lineBreak": "|", "lineHeight": size, "dy": above}
    return parts.layer(mark | look, where=where, **at, text=parts.nominal(field))


def _framed(
    layers: list[dict], rows: pd.DataFrame, width: int, height: int, theme: str, **others: pd.DataFrame
) -> Chart:
    """The picture, no higher than its rows need."""
    filled = min(height, TALLEST_ROW * len(rows)) if not others else height
    spec, data = parts.framed(layers, theme, filled, rows, **others)
    return spec | {"width": width, "padding": 0, "autosize": "none"}, data
