"""Rows of answers to a survey, each with its name above what it shows: bars of answers, and dots."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart

# the height of a row, and how far below its middle stands what it shows: its name is above
ROW, BELOW = 42, 7


def stacked(
    rows: pd.DataFrame,
    responses: Sequence[str],
    fills: Mapping[str, str],
    unit: str,
    theme: str,
    groups: Sequence[str] | None = None,
    remarks: Mapping[str, str] | None = None,
) -> Chart:
    """A bar for each `group`, in the order of the rows or as given, divided by `response` in the order given.

    `rows` has group, response (in words), amount and text (what stands on a part); `unit` is the axis' title.
    `remarks` stand, by group, where there is no bar.
    """
    remarked = pd.DataFrame([*(remarks or {}).items()], columns=["group", "remark"], dtype=str)
    text = rows["text"].replace("", "not printed")
    said = pd.concat(
        [
            rows.assign(
                order=rows["response"].map({response: place for place, response in enumerate(responses)}),
                ink=[palette.ink(fills[response]) for response in rows["response"]],
                spoken=rows["group"] + ", " + rows["response"] + ": " + text,
            ),
            remarked.assign(spoken=remarked["group"] + ": " + remarked["remark"], amount=0.0),
        ],
        ignore_index=True,
    )
    names = list(groups or dict.fromkeys(rows["group"]))
    y = _channel(names)
    axis = {"title": unit, "tickCount": 5, "tickMinStep": 1, "gridOpacity": 0.2}
    x = parts.quantity("amount", stack="zero", axis=axis)
    fill = {response: fills[response] for response in responses}
    layers = [_bars(x, y, fill, theme), _texts_on_bars(x, y), _remarks(y, theme)]
    return _framed(layers, theme, said, names)


def _bars(x: dict, y: dict, fills: Mapping[str, str], theme: str) -> dict:
    """The parts of the bars, which are spoken, with the responses as a legend."""
    bar = {"type": "bar", "stroke": palette.THEMES[theme]["muted"], "strokeWidth": 0.5, "height": 20}
    legend = {"title": None, "orient": "top", "columns": 1, "labelLimit": 400}
    return parts.layer(
        bar | {"yOffset": BELOW},
        where="isValid(datum.response)",
        y=y,
        x=x,
        order={"field": "order"},
        fill=parts.in_order("response", fills, legend=legend),
        **parts.said({"spoken": "Answers"}),
    )


def _texts_on_bars(x: dict, y: dict) -> dict:
    return parts.layer(
        parts.unspoken("text", fontSize=12, yOffset=BELOW),
        where="isValid(datum.response) && datum.amount > 0",
        y=y,
        x=x | {"bandPosition": 0.5},
        order={"field": "order"},
        detail=parts.nominal("response"),
        text=parts.nominal("text"),
        color=parts.as_it_is("ink"),
    )


def _remarks(y: dict, theme: str) -> dict:
    mark = {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "yOffset": BELOW}
    return parts.layer(
        mark | {"color": palette.THEMES[theme]["text"]},
        where="isValid(datum.remark)",
        y=y,
        x={"value": 0},
        text=parts.nominal("remark"),
        description=parts.nominal("spoken"),
    )


def ranked(rows: pd.DataFrame, scale: tuple[float, float], unit: str, theme: str) -> Chart:
    """A dot for each `group`, in the order of the rows, at its `amount` with `text` beside it.

    The axis is the scale of the answers: it need not begin at zero, because dots have no length. A thin line
    leads the eye to each from below its name.
    """
    said = rows.assign(spoken=rows["group"] + ", " + rows["text"])
    names = list(rows["group"])
    y = _channel(names)
    axis = {"title": unit, "tickCount": 5, "gridOpacity": 0.2}
    x = parts.quantity("amount", scale={"domain": list(scale), "nice": False}, axis=axis)
    beside = parts.unspoken("text", align="left", dx=9, fontSize=12, yOffset=BELOW)
    leads = parts.unspoken("rule", color=palette.THEMES[theme]["muted"], opacity=0.5, yOffset=BELOW)
    layers = [
        parts.layer(leads, y=y, x=x, x2={"datum": scale[0]}),
        parts.dots({"y": y, "x": x}, {"group": "Question", "text": "Value"}, yOffset=BELOW),
        parts.layer(beside | {"color": palette.THEMES[theme]["text"]}, y=y, x=x, text=parts.nominal("text")),
    ]
    return _framed(layers, theme, said, names)


def strip(rows: pd.DataFrame, groups: Sequence[str], axis: dict, theme: str) -> Chart:
    """A dot for each borough at its `value`, in the row of its `group`, with a line at the middle of each.

    `rows` has area_name, group, value, value_text, fill, selected, middle (the median of the group, where
    there is one) and spoken; `axis` is the channel of the values.
    """
    colours = palette.THEMES[theme]
    y = _channel(groups)
    x = axis | {"axis": axis["axis"] | {"gridOpacity": 0.2}}
    tips = {"area_name": "Borough", "group": "Answer", "value_text": "Value"}
    edge = {"opacity": 1, "size": 110, "stroke": colours["text"], "strokeWidth": 1, "yOffset": BELOW}
    middle = parts.unspoken("tick", size=24, thickness=3, color=colours["london"], yOffset=BELOW)
    layers = [
        parts.layer(middle, where="isValid(datum.middle)", y=y, x=x | {"field": "middle"}),
        parts.dots({"y": y, "x": x, "fill": parts.as_it_is("fill")}, tips, **edge),
        parts.ring({"y": y, "x": x}, yOffset=BELOW),
    ]
    return _framed(layers, theme, rows, groups)


def _channel(groups: Sequence[str]) -> dict:
    """The channel of the rows, one a group."""
    return parts.nominal("group", sort=list(groups), scale={"domain": list(groups)}, axis=None)


def _framed(layers: list[dict], theme: str, rows: pd.DataFrame, groups: Sequence[str]) -> Chart:
    """A picture of these layers over `rows`, with the groups above their rows."""
    heads = pd.DataFrame({"group": list(groups)})
    return parts.framed([*layers, _heads(groups, theme)], theme, {"step": ROW}, rows, groups=heads)


def _heads(groups: Sequence[str], theme: str) -> dict:
    """The groups, each above its row: beside it there is no room on a phone."""
    mark = parts.unspoken("text", align="left", dy=-12, limit={"expr": "width"})
    mark |= {"fontSize": {"expr": parts.size_in("group", "width")}}
    where: dict = {"y": _channel(groups), "x": {"value": 0}}
    coloured = mark | {"color": palette.THEMES[theme]["text"]}
    return parts.layer(coloured, "groups", **where, text=parts.nominal("group"))
