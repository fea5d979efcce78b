"""Parts that pictures share, as pieces of Vega-Lite specifications: channels, marks, layers and the frame.

A chart is written as `layer(mark, where=..., x=..., y=...)` for each of its layers, and `framed` around them.
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Indicator
from pages.components.charts import palette
from pages.exports.exhibit import ILLUSTRATIVE

Chart = tuple[dict, dict[str, pa.Table]]
# of the spread of the values of a chart of lines, whose axis reaches beyond them
LABEL_HEIGHT = 0.11
# pixels of a letter of type of 12, as wide as screens set one at most; and the smallest type on a phone
LETTER, SMALL = 5.45, 10.5
DOT = palette.SEQUENTIAL[5][3]
SOLID, DASHED = [1, 0], [5, 3]
BOROUGH_TIPS = {"area_name": "Borough", "value_text": "Value", "ics_name": "ICS"}


def nominal(field: str, **more: object) -> dict:
    """A channel of names, or of text to write."""
    return {"field": field, "type": "nominal", **more}


def quantity(field: str, **more: object) -> dict:
    """A channel of numbers."""
    return {"field": field, "type": "quantitative", **more}


def on_map(longitude: str, latitude: str) -> dict:
    """The channels of what stands on a map at these fields, in degrees."""
    return {"longitude": quantity(longitude), "latitude": quantity(latitude)}


def of_time(before: float, behind: float | str, axis: dict) -> dict:
    """The channel of moments, the field `at`, so many pixels free before the first and after the last."""
    room = {"rangeMin": before, "rangeMax": {"expr": f"width - {behind}"}}
    return {"field": "at", "type": "temporal", "scale": {"type": "utc", "nice": False} | room, "axis": axis}


def as_it_is(field: str) -> dict:
    """A channel of colours that stand in the rows."""
    return nominal(field, scale=None)


def at_pixel(field: str) -> dict:
    """A channel of pixels that stand in the rows."""
    return quantity(field, scale=None, axis=None)


def worked_out(expression: str) -> dict:
    """A channel that is the same for all rows, and that a Vega expression gives."""
    return {"value": {"expr": expression}}


def in_order(field: str, looks: Mapping[str, object], **more: object) -> dict:
    """A channel of names with the look of each, in this order; without a legend unless `more` has one."""
    scale = {"domain": list(looks), "range": list(looks.values())}
    return nominal(field, scale=scale, **{"legend": None, **more})


def value_axis(
    field: str, indicator: Indicator, title: str | None = None, beside_names: bool = False
) -> dict:
    """A quantitative channel with the unit as its title; bars begin at zero, dots need not.

    Beside names the title ends where the axis does: below it alone there is no room for it on a phone.
    """
    axis: dict = {"title": title or indicator.unit.axis, "tickCount": 5, "gridOpacity": 0.35}
    if beside_names:
        axis["titleAnchor"] = "end"
    return quantity(field, scale={"zero": False, "nice": True, "padding": 16}, axis=axis)


def tooltip(tips: Mapping[str, str]) -> list[dict]:
    """What is said of a row when it is pointed at: fields with their titles."""
    return [nominal(field, title=title) for field, title in tips.items()]


def said(tips: Mapping[str, str]) -> dict:
    """The channels of a mark that is read out (the field `spoken`) and has a tooltip."""
    return {"description": nominal("spoken"), "tooltip": tooltip(tips)}


def unspoken(kind: str, **look: object) -> dict:
    """A mark that a screen reader leaves out: what it shows is said of another."""
    return {"type": kind, "aria": False, **look}


def layer(mark: dict, data: str = "", where: str = "", **channels: object) -> dict:
    """A mark for each row, of the data set `rows` or another, where an expression is true."""
    rows: dict = {"data": {"name": data}} if data else {}
    if where:
        rows["transform"] = [{"filter": where}]
    return rows | {"mark": mark, "encoding": channels}


def dots(encoding: dict, tips: Mapping[str, str] = BOROUGH_TIPS, **look: object) -> dict:
    """A dot for each row, which is spoken (`spoken`) and has a tooltip (fields with their titles)."""
    mark = {"type": "point", "filled": True, "size": 90, "opacity": 0.85, "color": DOT, **look}
    return layer(mark, **encoding, **said(tips))


def ring(encoding: dict, **look: object) -> dict:
    """Around the dot of the chosen borough."""
    mark = unspoken("point", size=220, strokeWidth=3, color=palette.HIGHLIGHT[1][0], **look)
    return layer(mark, where="datum.selected", **encoding)


def at_london(theme: str, **look: object) -> dict:
    """A line at London's value, which is the field `london` of every row, where there is one."""
    mark = {"type": "rule", "strokeDash": DASHED, "color": palette.THEMES[theme]["london"], **look}
    return layer(mark, where="isValid(datum.london)", x=quantity("london", aggregate="min"))


def named_at_london(theme: str) -> dict:
    """The name of the line of at_london(), above it."""
    mark = unspoken(
        "text", baseline="bottom", fontSize=12, fontWeight=600, color=palette.THEMES[theme]["london"]
    )
    where: dict = {"x": quantity("london", aggregate="min"), "y": {"value": -3}}
    return layer(mark, where="isValid(datum.london)", **where, text={"value": "London"})


def cased(text: dict, theme: str, ground: str = "page", width: float = 3) -> list[dict]:
    """A mark of text twice: a casing in the colour of what is behind it, which no line crosses, and itself.

    `ground` is a name of palette.THEMES.
    """
    colours = palette.THEMES[theme]
    casing = {"color": colours[ground], "stroke": colours[ground], "strokeWidth": width}
    return [text | casing, text | {"color": colours["text"]}]


def name_behind_line(**look: object) -> dict:
    """The mark of a name behind the end of its line."""
    return unspoken("text", **{"align": "left", "dx": 10, "fontSize": 12, "fontWeight": 600, **look})


def apart(ends: pd.Series, least: float, highest: float, lowest: float = -math.inf) -> pd.Series:
    """Where the names behind lines stand, in the order and the unit of the `ends` of the lines.

    No two are nearer to each other than `least`, and they are as much too high above as too low below; but
    none is above the `highest` value, because that would stretch the axis, of a percentage beyond 100, nor
    below the `lowest`, if there is room for all between them.
    """
    at = ends.sort_values()
    for place in range(1, len(at)):
        at.iloc[place] = max(at.iloc[place], at.iloc[place - 1] + least)
    at -= (at - ends.sort_values()).mean()
    lowest = min(lowest, highest - least * (len(at) - 1))
    for place in range(len(at)):
        at.iloc[place] = max(at.iloc[place], lowest)
        lowest = at.iloc[place] + least
    for place in reversed(range(len(at))):
        at.iloc[place] = min(at.iloc[place], highest)
        highest = at.iloc[place] - least
    # what is less than nothing by an error of sums would stretch an axis, too
    return at.round(9)


def with_legend_beside(part: Any) -> Any:
    """A drawing whose legend stands on its right, where screens and slides have more room than above."""
    if isinstance(part, list):
        return [with_legend_beside(one) for one in part]
    if not isinstance(part, dict):
        return part
    beside = {"orient": "right", "columns": 1, "labelLimit": 0}
    return {
        key: value | beside
        if key == "legend" and isinstance(value, dict) and "orient" in value
        else value
        if key in ("datasets", "data")
        else with_legend_beside(value)
        for key, value in part.items()
    }


def framed(
    layers: list[dict], theme: str, height: int | dict, rows: pd.DataFrame, **others: pd.DataFrame
) -> Chart:
    """A picture of these layers, as wide as its place on the page, over the data set `rows` and others."""
    # above the axis, because a long title does not fit beside it
    above = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -10}
    spec = whole(layers, palette.config(theme, axisY=above), height) | {"data": {"name": "rows"}}
    return spec, {"rows": table(rows), **{name: table(other) for name, other in others.items()}}


def whole(layers: list[dict], config: dict, height: int | dict) -> dict:
    """A specification of layers that name their own data sets, as wide as its place on the page."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": height,
        "config": config,
        "layer": layers,
    }


def size_in(field: str, room: str) -> str:
    """The expression of a type in which the text of a field has room, which is one of pixels too.

    That is 12 pixels, or less where it would be cut, though no less than can be read.
    """
    return f"clamp(12 * {room} / (length(datum.{field}) * {LETTER}), {SMALL}, 12)"


def in_halves(text: str, most: int = 0) -> list[str]:
    """A text of more than so many letters in two lines that are about as long as each other."""
    words = text.split()
    ways = [[" ".join(words[:place]), " ".join(words[place:])] for place in range(1, len(words))]
    return min(ways, key=lambda lines: max(map(len, lines)), default=[text]) if len(text) > most else [text]


def table(rows: pd.DataFrame) -> pa.Table:
    """Rows as they travel to the browser."""
    return pa.Table.from_pandas(rows, preserve_index=False)


def with_chosen(data: dict[str, pa.Table], borough: str) -> dict[str, pa.Table]:
    """Data sets in which the area of this name is `selected`, wherever one can be; nobody for no name.

    It comes last, so that all else is the same for everybody, whichever borough they have chosen.
    """
    return {name: _with_chosen(rows, borough) for name, rows in data.items()}


def _with_chosen(rows: pa.Table, borough: str) -> pa.Table:
    if not borough or "selected" not in rows.column_names:
        return rows
    is_chosen = [name == borough for name in rows["area_name"].to_pylist()]
    return rows.set_column(rows.column_names.index("selected"), "selected", [is_chosen])


def marked_as_made_up(picture: Chart) -> Chart:
    """The picture with ILLUSTRATIVE above it in full, and its first word across it, in every file too."""
    spec, data = picture
    mark = unspoken("text", text=ILLUSTRATIVE.split(":")[0], angle=340, fontWeight=700, color=palette.HATCH)
    size = {"expr": "clamp(min(width / 9, height / 3), 16, 84)"}
    where: dict = {"x": worked_out("width / 2"), "y": worked_out("min(height, width * 0.8) / 2")}
    across = layer(mark | {"opacity": 0.3, "fontSize": size}, **where) | {"data": {"values": [{}]}}
    config = spec["config"]
    colour = config["axis"]["titleColor"]
    if isinstance(spec["height"], dict):
        # Vega-Lite forgets the height of a row when a layer without rows is added
        config = config | {"view": config["view"] | {"discreteHeight": spec["height"]}}
    above = {"text": ILLUSTRATIVE, "anchor": "start", "color": colour, "fontSize": 13, "frame": "bounds"}
    return spec | {"title": above, "layer": [*spec["layer"], across], "config": config}, data
