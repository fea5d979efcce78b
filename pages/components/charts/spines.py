"""Where a place stands in each indicator, a line each, as Vega-Lite specifications with their rows."""

from typing import NamedTuple, Self

import pandas as pd

from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart
from pages.components.text import units

# of the axis of a spine, on which the furthest borough is at 1
EDGE = 1.04
# pixels of each line of a spine, with the name above it
SPINE_STEP, TIGHT = 26, 20
# what a panel of a spine is called, and its ends: of what is judged, and of what speaks for nobody
PANELS = {
    True: ("Services and outcomes", "Worse than London", "Better"),
    False: ("Need and spend: neither better nor worse", "Lower than London", "Higher"),
}
MIDDLE = (
    "The line in the middle is London, or the middle borough where London has no value; right of it is "
    "better, or of need and spend only higher."
)
# on a phone there is no room for London's value beside the borough's
NARROW = 520
# pixels of a letter of the value there, so many before which a name ends
VALUE_LETTER, BEFORE_VALUE = 5.5, 6
# pixels of a letter of a name or value that stands beside its bar, with what is free between them
TIGHT_LETTER = 5.8


def of_borough(rows: pd.DataFrame, theme: str, is_tight: bool = False) -> Chart:
    """Where one borough stands in each indicator: borough.spine.spine_rows().

    The better end is on the right, and of what has none the higher one (PANELS). Names stand above the lines,
    so that they fit on a phone. A tight one is for a slide, whose title is that of its only panel: its names
    stand beside the lines.
    """
    said, panels = _in_panels(_as_spoken(rows))
    bars = _Stretch.between(said) if is_tight else _Stretch()
    x, y = _from_end_to_end(bars), _one_below_the_other(said)
    layers = [
        *_spans(("lowest", "highest"), ("quarter", "three_quarters"), x, y, theme),
        *_of_panels(y, bars, theme),
        *_verdicts(x | {"field": "at"}, y),
        *_names_and_values(y, bars, theme),
    ]
    return parts.framed(layers, theme, {"step": TIGHT if is_tight else SPINE_STEP}, said, panels=panels)


def of_ics(rows: pd.DataFrame, theme: str, is_tight: bool = False) -> Chart:
    """Where an ICS, its boroughs and other ICSs stand in each indicator (ics.standing.rows). As of_borough().

    An ICS without a value of its own in an indicator has the stretch of its boroughs there, and no point.
    """
    said, panels = _in_panels(_as_spoken(rows))
    bars = _Stretch.between(said) if is_tight else _Stretch()
    x, y = _from_end_to_end(bars), _one_below_the_other(said)
    others = parts.unspoken(
        "point", filled=False, size=60, strokeWidth=1.5, opacity=1, color=palette.THEMES[theme]["text"]
    )
    interval = parts.unspoken("rule", strokeWidth=3, color=palette.THEMES[theme]["text"])
    ends: dict = {"x": x | {"field": "at_lower"}, "x2": {"field": "at_upper"}}
    where = "datum.is_own && isValid(datum.at)"
    layers = [
        *_spans(("lowest", "highest"), ("own_lowest", "own_highest"), x, y, theme),
        *_of_panels(y, bars, theme),
        parts.layer(others, where="!datum.is_own", y=y, x=x | {"field": "at"}),
        parts.layer(interval, where="datum.is_own && isValid(datum.at_lower)", y=y, **ends),
        *_verdicts(x | {"field": "at"}, y, where),
        *_names_and_values(y, bars, theme, "datum.is_own", "brief_text"),
    ]
    return parts.framed(layers, theme, {"step": TIGHT if is_tight else SPINE_STEP}, said, panels=panels)


def _as_spoken(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a spine with what stands behind a line where there is room (`both`), and what is read out."""
    spoken = rows["label"] + ", " + rows["value_text"] + ", " + rows["middle_text"]
    return rows.assign(both=rows["value_text"] + " · " + rows["middle_text"], spoken=spoken.map(units.aloud))


def _in_panels(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of a spine with the `row` in which each indicator stands, and the panels above and through them.

    A panel has the row of its heading, its `last` row, and the words of PANELS: title, low and high.
    """
    heading, placed, panels = 0, [], []
    for judges, own in rows.groupby("judges", sort=False):
        title, low, high = PANELS[bool(judges)]
        numbers = heading + 1 + pd.factorize(own["place"])[0]
        placed.append(own.assign(row=numbers))
        panels.append({"row": heading, "last": int(numbers.max()), "title": title, "low": low, "high": high})
        # a row is left free above the next heading
        heading = int(numbers.max()) + 2
    return pd.concat(placed, ignore_index=True), pd.DataFrame(panels)


def _one_below_the_other(said: pd.DataFrame) -> dict:
    """The vertical channel of a spine, whose names stand above its lines."""
    rows = {"domain": list(range(int(said["row"].max()) + 1))}
    return {"field": "row", "type": "ordinal", "axis": None, "scale": rows}


class _Stretch(NamedTuple):
    """Where the bars of a spine begin and end, in Vega's words, and how far above them names stand."""

    left: str = "0"
    right: str = "width"
    above: int = 14

    @classmethod
    def between(cls, said: pd.DataFrame) -> Self:
        """What names and values beside the bars leave free."""
        names, values = (TIGHT_LETTER * said[field].str.len().max() for field in ("label", "both"))
        return cls(f"{names:.0f}", f"(width - {values:.0f})", 0)


def _from_end_to_end(bars: _Stretch) -> dict:
    """The horizontal channel of a spine, which has words above each panel (_of_panels) for an axis."""
    ends = {"range": [{"expr": bars.left}, {"expr": bars.right}]}
    scale: dict = {"domain": [-EDGE, EDGE], "nice": False} | ends
    return {"type": "quantitative", "scale": scale, "axis": None}


def _of_panels(y: dict, bars: _Stretch, theme: str) -> list[dict]:
    """Of each panel its title, unless names stand beside bars, the words at its ends, and London's line."""
    line = parts.unspoken(
        "rule",
        strokeDash=parts.DASHED,
        color=palette.THEMES[theme]["london"],
        yOffset=2,
        y2Offset=SPINE_STEP / 2,
    )
    text: dict = {"type": "text", "fontSize": 12, "dy": -6, "color": palette.THEMES[theme]["text"]}
    middle: dict = {"x": parts.worked_out(f"({bars.left} + {bars.right}) / 2")}
    # beside bars there is no room for their words, but before and behind them
    sides = ("left", "right") if bars.above else ("right", "left")
    ends = {"low": (bars.left, sides[0]), "high": (bars.right, sides[1])}
    title = parts.layer(
        text | {"align": "left", "dy": -23, "fontSize": 13, "fontWeight": 600},
        "panels",
        x=parts.worked_out("0"),
        y=y,
        text=parts.nominal("title"),
    )
    return [
        parts.layer(line, "panels", **middle, y=y, y2={"field": "last"}),
        *([title] if bars.above else []),
        parts.layer(
            text | {"fontWeight": 600, "color": palette.THEMES[theme]["london"]},
            "panels",
            **middle,
            y=y,
            text={"value": "London"},
        ),
        *(
            parts.layer(
                text | {"align": align}, "panels", x=parts.worked_out(at), y=y, text=parts.nominal(field)
            )
            for field, (at, align) in ends.items()
        ),
    ]


def _spans(all_of: tuple[str, str], some: tuple[str, str], x: dict, y: dict, theme: str) -> list[dict]:
    """A pale bar between two fields of the rows, and on it a darker one between two others."""
    colours = palette.THEMES[theme]
    return [
        parts.layer(
            parts.unspoken("rule", strokeWidth=8, color=colours[colour]),
            y=y,
            x=x | {"field": start},
            x2={"field": end},
        )
        for (start, end), colour in ((all_of, "outside"), (some, "outside_edge"))
    ]


def _verdicts(x: dict, y: dict, where: str = "true") -> list[dict]:
    """The place's points, which are spoken: colour and shape say whether it is better than London.

    What speaks for nobody has a shape and a colour of its own.
    """
    mark = {"type": "point", "filled": True, "opacity": 1, "size": 130}
    mark |= {"stroke": palette.DARK_INK, "strokeWidth": 1}
    shapes = ["triangle-up", "square", "triangle-down", "circle"]
    said = {"y": y, "x": x} | parts.said(
        {"label": "Figure", "value_text": "Value", "middle_text": "In the middle"}
    )
    return [
        parts.layer(
            mark,
            where=f"datum.judges && {where}",
            fill=parts.in_order("comparison", palette.COMPARISON),
            shape=parts.in_order("comparison", dict(zip(palette.COMPARISON, shapes, strict=True))),
            **said,
        ),
        parts.layer(
            mark | {"shape": "diamond", "fill": palette.NEUTRAL}, where=f"!datum.judges && {where}", **said
        ),
    ]


def _names_and_values(
    y: dict, bars: _Stretch, theme: str, where: str = "", narrow: str = "value_text"
) -> list[dict]:
    """Above each line or beside it: names on the left, values on the right, and shorter on narrow screens.

    `narrow` is the field of the values there; a name ends where its own begins.
    """
    on_wide = {"expr": f"width < {NARROW} ? 0 : 1"}
    on_narrow = {"expr": f"width < {NARROW} ? 1 : 0"}
    room = f"(width - {VALUE_LETTER} * length(datum.{narrow}) - {BEFORE_VALUE})"
    # a text that is not seen would make the chart narrower, too, where it reached beyond
    inside = {"limit": {"expr": "width"}}
    texts: list[tuple[str, str, dict]] = [
        ("label", "0", {"align": "left", "opacity": on_wide} | inside),
        (
            "brief",
            "0",
            {
                "align": "left",
                "opacity": on_narrow,
                "limit": {"expr": room},
                "fontSize": {"expr": parts.size_in("brief", room)},
            },
        ),
        ("both", "width", {"align": "right", "opacity": on_wide} | inside),
        (narrow, "width", {"align": "right", "opacity": on_narrow}),
    ]
    text = parts.unspoken("text", dy=-bars.above, fontSize=12, color=palette.THEMES[theme]["text"])
    # on a phone the line of London would run through the names
    return [
        parts.layer(style, where=where, y=y, x=parts.worked_out(at), text=parts.nominal(field))
        for field, at, look in texts
        for style in parts.cased(text | look, theme)
    ]
