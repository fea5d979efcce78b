"""Small pictures one below the other, on one true axis of time: the value of a place beside London's."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart
from pages.components.text import words

# pixels: of a strip; from its middle to its heading, and to the ends of its lines
STRIP, HEADING, TOP, BOTTOM = 88, -34, -14, 34
# above the first strip stands which line is whose
LEGEND = -56
# pixels at either end for the first and the last value, and between two of them
ROOM, APART, GAP = 58, 14, 8


class Strip(NamedTuple):
    """One figure over time: its heading, and a row a period.

    `rows` has at (time_axis.at), when, value, value_text, london and london_text. `lowest` and `highest` are
    those of London's boroughs in the newest period, in its unit.
    """

    heading: str
    rows: pd.DataFrame
    lowest: float
    highest: float

    def offsets(self, values: pd.Series) -> pd.Series:
        """How far below the middle of the strip these values stand, in pixels."""
        reached = pd.concat([self.rows["value"], self.rows["london"]])
        low, high = min(self.lowest, reached.min()), max(self.highest, reached.max())
        return BOTTOM - (values - low) / ((high - low) or 1) * (BOTTOM - TOP)


def strips(shown: Sequence[Strip], name: str, theme: str) -> Chart:
    """The lines of the place of this name and of London, with their first and last values as numbers."""
    lines = pd.concat([_lines(number, strip, name) for number, strip in enumerate(shown)], ignore_index=True)
    headings = pd.DataFrame({"strip": range(len(shown)), "text": [strip.heading for strip in shown]})
    ends = [strip.offsets(pd.Series([strip.lowest, strip.highest])) for strip in shown]
    reach = pd.concat(
        [pd.DataFrame({"strip": number, "dy": offsets}) for number, offsets in enumerate(ends)],
        ignore_index=True,
    )
    looks = {
        name: (palette.LINES[theme][0], parts.SOLID, "circle"),
        "London": (palette.THEMES[theme]["london"], parts.DASHED, "square"),
    }
    y = {"field": "strip", "type": "ordinal", "axis": None}
    layers = [
        _reach(y, theme),
        *_lines_with_numbers(_channel(), y, looks, theme),
        _headings(y, theme),
        *_whose(y, name, looks),
    ]
    return parts.framed(layers, theme, {"step": STRIP}, lines, headings=headings, reach=reach)


def _reach(y: dict, theme: str) -> dict:
    """Thin lines at the lowest and the highest borough."""
    offset = {"expr": "datum.dy"}
    thin = parts.unspoken(
        "rule", color=palette.THEMES[theme]["outside_edge"], yOffset=offset, y2Offset=offset
    )
    across: dict = {"x": parts.worked_out(f"{ROOM}"), "x2": parts.worked_out(f"width - {ROOM}")}
    return parts.layer(thin, "reach", y=y, **across)


def _lines_with_numbers(x: dict, y: dict, looks: dict[str, tuple], theme: str) -> list[dict]:
    """The lines, their points, which are spoken, and the value at either end."""

    def channel(part: int) -> dict:
        return parts.in_order("place", {place: look[part] for place, look in looks.items()})

    offset: dict = {"yOffset": {"expr": "datum.dy"}}
    where: dict = {"x": x, "y": y, "color": channel(0)}
    point = {"type": "point", "filled": True, "opacity": 1, "size": 36, **offset}
    number = parts.unspoken("text", fontSize=12, fontWeight=600, yOffset={"expr": "datum.label"})
    tips = {"heading": "Figure", "place": "Place", "when": "Period", "value_text": "Value"}
    return [
        parts.layer(
            parts.unspoken("line", strokeWidth=2, **offset),
            **where,
            strokeDash=channel(1),
            detail=parts.nominal("strip"),
        ),
        parts.layer(point, **where, shape=channel(2), **parts.said(tips)),
        *(
            parts.layer(style, where=f"datum.{end}", **where, text=parts.nominal("value_text"))
            for end, align, dx in (("is_first", "right", -GAP), ("is_last", "left", GAP))
            for style in parts.cased(number | {"align": align, "dx": dx}, theme)
        ),
    ]


def _headings(y: dict, theme: str) -> dict:
    """What each strip is of, above it."""
    look = {"align": "left", "dy": HEADING, "limit": {"expr": "width"}}
    text = parts.unspoken("text", fontSize=12, fontWeight=600, color=palette.THEMES[theme]["text"], **look)
    return parts.layer(text, "headings", x=parts.worked_out("0"), y=y, text=parts.nominal("text"))


def _channel() -> dict:
    """Time from the first period of any strip to the newest, with room for numbers at both ends."""
    return {
        "field": "at",
        "type": "temporal",
        "scale": {"type": "utc", "nice": False, "rangeMin": ROOM, "rangeMax": {"expr": f"width - {ROOM}"}},
        "axis": {
            "title": None,
            "format": "%Y",
            "tickCount": {"expr": "width < 400 ? 4 : 8"},
            "grid": False,
            "labelOverlap": True,
        },
    }


def _lines(number: int, strip: Strip, name: str) -> pd.DataFrame:
    """A row a place and period: where it stands in its strip, and where its number does."""
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
                    "dy": strip.offsets(rows[value]),
                    "is_first": [at == 0 for at in range(len(rows))],
                    "is_last": [at == len(rows) - 1 for at in range(len(rows))],
                }
            )
        )
    found = pd.concat(both, ignore_index=True).assign(strip=number, heading=strip.heading)
    found["label"] = found["dy"]
    for end in ("is_first", "is_last"):
        ends = found.loc[found[end], "dy"]
        found.loc[ends.index, "label"] = parts.apart(ends, APART, BOTTOM + APART)
    said = zip(found["heading"], found["place"], found["when"], found["value_text"], strict=True)
    return found.assign(spoken=[words.aloud(", ".join(parts_of)) for parts_of in said])


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
