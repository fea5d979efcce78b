"""Small pictures one below the other, on one true axis of time: the value of a place beside London's."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart
from pages.components.text import units

# from the middle of a strip to its heading, and above the first to which line is whose, in pixels
HEADING, LEGEND = -34, -56
# pixels of a letter of a heading
HEADING_LETTER = 5.5


class Size(NamedTuple):
    """What is how large, in pixels: a strip, and from its middle to the ends of its lines.

    `before` and `behind` are what stands free for the first and the last values, `apart` is between two of
    them and `gap` from a line to its value. `font` is the size of type, `width` that of a line, `thin` that
    of London's lowest and highest borough, and `point` the area of a point.
    """

    strip: int = 88
    top: float = -14
    bottom: float = 34
    before: int = 58
    behind: int = 58
    apart: int = 14
    gap: int = 8
    font: int = 12
    width: int = 2
    thin: int = 1
    point: int = 36


PAGE = Size()


class Strip(NamedTuple):
    """One figure over time: its heading, and a row a period.

    `rows` has at (time_axis.at), when, value, value_text, london and london_text. `lowest` and `highest` are
    those of London's boroughs in the newest period, in its unit.
    """

    heading: str
    rows: pd.DataFrame
    lowest: float
    highest: float

    def offsets(self, values: pd.Series, size: Size = PAGE) -> pd.Series:
        """How far below the middle of the strip these values stand, in pixels."""
        reached = pd.concat([self.rows["value"], self.rows["london"]])
        low, high = min(self.lowest, reached.min()), max(self.highest, reached.max())
        return size.bottom - (values - low) / ((high - low) or 1) * (size.bottom - size.top)


def strips(shown: Sequence[Strip], name: str, theme: str) -> Chart:
    """The lines of the place of this name and of London, with their first and last values as numbers."""
    headings = pd.DataFrame({"strip": range(len(shown)), "text": [strip.heading for strip in shown]})
    y = {"field": "strip", "type": "ordinal", "axis": None}
    looks = looks_of(name, theme)
    layers = [
        reach(y, theme),
        *lines_with_numbers(y, looks, theme),
        _headings(y, theme),
        *_whose(y, name, looks),
    ]
    rows = lines(shown, name)
    return parts.framed(
        layers, theme, {"step": PAGE.strip}, rows, headings=headings, ends_of_london=ends_of_london(shown)
    )


def looks_of(name: str, theme: str) -> dict[str, tuple]:
    """Colour, dashes and points of the line of the place of this name, and of London's."""
    return {
        name: (palette.LINES[theme][0], parts.SOLID, "circle"),
        "London": (palette.THEMES[theme]["london"], parts.DASHED, "square"),
    }


def ends_of_london(shown: Sequence[Strip], size: Size = PAGE) -> pd.DataFrame:
    """Where in each strip the lowest and the highest borough stand."""
    ends = [strip.offsets(pd.Series([strip.lowest, strip.highest]), size) for strip in shown]
    return pd.concat(
        [pd.DataFrame({"strip": number, "dy": offsets}) for number, offsets in enumerate(ends)],
        ignore_index=True,
    )


def reach(y: dict, theme: str, size: Size = PAGE) -> dict:
    """Thin lines at the lowest and the highest borough."""
    offset = {"expr": "datum.dy"}
    thin = parts.unspoken(
        "rule",
        strokeWidth=size.thin,
        color=palette.THEMES[theme]["outside_edge"],
        yOffset=offset,
        y2Offset=offset,
    )
    ends = (f"{size.before}", f"width - {size.behind}")
    across: dict = dict(zip(("x", "x2"), map(parts.worked_out, ends), strict=True))
    return parts.layer(thin, "ends_of_london", y=y, **across)


def lines_with_numbers(y: dict, looks: dict[str, tuple], theme: str, size: Size = PAGE) -> list[dict]:
    """The lines, their points, which are spoken, and the value at either end."""

    def channel(part: int) -> dict:
        return parts.in_order("place", {place: look[part] for place, look in looks.items()})

    offset: dict = {"yOffset": {"expr": "datum.dy"}}
    where: dict = {"x": _channel(size), "y": y, "color": channel(0)}
    point = {"type": "point", "filled": True, "opacity": 1, "size": size.point, **offset}
    number = parts.unspoken("text", fontSize=size.font, fontWeight=600, yOffset={"expr": "datum.label"})
    tips = {"heading": "Figure", "place": "Place", "when": "Period", "value_text": "Value"}
    return [
        parts.layer(
            parts.unspoken("line", strokeWidth=size.width, **offset),
            **where,
            strokeDash=channel(1),
            detail=parts.nominal("strip"),
        ),
        parts.layer(point, **where, shape=channel(2), **parts.said(tips)),
        *(
            parts.layer(style, where=f"datum.{end}", **where, text=parts.nominal("value_text"))
            for end, align, dx in (("is_first", "right", -size.gap), ("is_last", "left", size.gap))
            for style in parts.cased(number | {"align": align, "dx": dx}, theme, width=size.font / 4)
        ),
    ]


def _headings(y: dict, theme: str) -> dict:
    """What each strip is of, above it."""
    look = {"align": "left", "dy": HEADING, "limit": {"expr": "width"}}
    # smaller where it would be cut
    look |= {"fontSize": {"expr": f"clamp(12 * width / ({HEADING_LETTER} * length(datum.text)), 10, 12)"}}
    text = parts.unspoken("text", fontWeight=600, color=palette.THEMES[theme]["text"], **look)
    return parts.layer(text, "headings", x=parts.worked_out("0"), y=y, text=parts.nominal("text"))


def _channel(size: Size) -> dict:
    """Time from the first period of any strip to the newest, with room for numbers at both ends."""
    axis = {
        "title": None,
        "format": "%Y",
        "tickCount": {"expr": f"width - {size.before + size.behind} < {24 * size.font} ? 4 : 8"},
        "grid": False,
        "labelOverlap": True,
    }
    return parts.of_time(size.before, size.behind, axis)


def lines(shown: Sequence[Strip], name: str, size: Size = PAGE) -> pd.DataFrame:
    """A row a strip, place and period: where it stands in its strip, and where its number does."""
    of_each = [_lines(number, strip, name, size) for number, strip in enumerate(shown)]
    return pd.concat(of_each, ignore_index=True)


def _lines(number: int, strip: Strip, name: str, size: Size) -> pd.DataFrame:
    both = []
    for place, value, text in ((name, "value", "value_text"), ("London", "london", "london_text")):
        rows = strip.rows[strip.rows[value].notna()]
        if rows.empty:
            continue
        both.append(
            pd.DataFrame(
                {
                    "place": place,
                    "at": rows["at"],
                    "when": rows["when"],
                    "value_text": rows[text],
                    "dy": strip.offsets(rows[value], size),
                    "is_first": [at == 0 for at in range(len(rows))],
                    "is_last": [at == len(rows) - 1 for at in range(len(rows))],
                }
            )
        )
    found = pd.concat(both, ignore_index=True).assign(strip=number, heading=strip.heading)
    found["label"] = found["dy"]
    for end in ("is_first", "is_last"):
        ends = found.loc[found[end], "dy"]
        found.loc[ends.index, "label"] = parts.apart(ends, size.apart, size.bottom + size.apart)
    said = zip(found["heading"], found["place"], found["when"], found["value_text"], strict=True)
    return found.assign(spoken=[units.aloud(", ".join(parts_of)) for parts_of in said])


def _whose(y: dict, name: str, looks: dict[str, tuple]) -> list[dict]:
    """Above the first strip: the look of each line and whose it is."""
    sides: dict[str, tuple[str, str, str, str]] = {
        name: ("0", "24", "30", "left"),
        "London": ("width - 72", "width - 48", "width", "right"),
    }
    first = "datum.strip == 0"
    drawn = []
    for place, (start, end, at, align) in sides.items():
        colour, dashes, _ = looks[place]
        rule = parts.unspoken("rule", strokeWidth=2, color=colour, strokeDash=dashes)
        rule |= {"yOffset": LEGEND, "y2Offset": LEGEND}
        label = parts.unspoken("text", fontSize=12, fontWeight=600, color=colour, align=align, dy=LEGEND)
        drawn += [
            parts.layer(rule, "headings", first, y=y, x=parts.worked_out(start), x2=parts.worked_out(end)),
            parts.layer(label, "headings", first, y=y, x=parts.worked_out(at), text={"value": place}),
        ]
    return drawn
