"""Pictures of answers to a survey, as Vega-Lite specifications with their rows."""

from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa

from pages.components import chart_parts, palette
from pages.components.chart_parts import Picture

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
) -> Picture:
    """A bar for each `group`, in the order of the rows or as given, divided by `response` in the order given.

    `rows` has group, response (in words), amount and text (what stands on a part); `unit` is the axis' title.
    `remarks` stand, by group, where there is no bar.
    """
    colours = palette.THEMES[theme]
    order = {response: place for place, response in enumerate(responses)}
    without = pd.DataFrame(
        {"group": list(remarks or {}), "remark": list((remarks or {}).values())}, dtype=str
    )
    said = pd.concat(
        [
            rows.assign(
                order=rows["response"].map(order),
                ink=[palette.ink(fills[response]) for response in rows["response"]],
                spoken=rows["group"]
                + ", "
                + rows["response"]
                + ": "
                + rows["text"].replace("", "not printed"),
            ),
            without.assign(spoken=without["group"] + ": " + without["remark"], amount=0.0),
        ],
        ignore_index=True,
    )
    names = list(groups or dict.fromkeys(rows["group"]))
    y = _rows_of(names)
    x = {
        "field": "amount",
        "type": "quantitative",
        "stack": "zero",
        "axis": {"title": unit, "tickCount": 5, "tickMinStep": 1, "gridOpacity": 0.2},
    }
    layers: list[dict] = [
        {
            "transform": [{"filter": "isValid(datum.response)"}],
            "mark": {
                "type": "bar",
                "stroke": colours["muted"],
                "strokeWidth": 0.5,
                "height": 20,
                "yOffset": BELOW,
            },
            "encoding": {
                "y": y,
                "x": x,
                "order": {"field": "order"},
                "fill": {
                    "field": "response",
                    "type": "nominal",
                    "scale": {"domain": list(responses), "range": [fills[name] for name in responses]},
                    "legend": {"title": None, "orient": "top", "columns": 1, "labelLimit": 400},
                },
                "description": {"field": "spoken", "type": "nominal"},
                "tooltip": [{"field": "spoken", "type": "nominal", "title": "Answers"}],
            },
        },
        {
            "transform": [{"filter": "isValid(datum.response) && datum.amount > 0"}],
            "mark": {"type": "text", "fontSize": 12, "aria": False, "yOffset": BELOW},
            "encoding": {
                "y": y,
                "x": x | {"bandPosition": 0.5},
                "order": {"field": "order"},
                "detail": {"field": "response", "type": "nominal"},
                "text": {"field": "text", "type": "nominal"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
        {
            "transform": [{"filter": "isValid(datum.remark)"}],
            "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "color": colours["text"]}
            | {"yOffset": BELOW},
            "encoding": {
                "y": y,
                "x": {"value": 0},
                "text": {"field": "remark", "type": "nominal"},
                "description": {"field": "spoken", "type": "nominal"},
            },
        },
        _heads(y, theme),
    ]
    return _framed(layers, theme, said, names)


def ranked(rows: pd.DataFrame, scale: tuple[float, float], unit: str, theme: str) -> Picture:
    """A dot for each `group`, in the order of the rows, at its `amount` with `text` beside it.

    The axis is the scale of the answers: it need not begin at zero, because dots have no length.
    """
    said = rows.assign(spoken=rows["group"] + ", " + rows["text"])
    names = list(rows["group"])
    y = _rows_of(names)
    x = {
        "field": "amount",
        "type": "quantitative",
        "scale": {"domain": list(scale), "nice": False},
        "axis": {"title": unit, "tickCount": 5, "gridOpacity": 0.2},
    }
    dots = chart_parts.dots({"y": y, "x": x}, {"group": "Question", "text": "Value"})
    dots["mark"] |= {"yOffset": BELOW}
    layers = [
        dots,
        {
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 9,
                "fontSize": 12,
                "yOffset": BELOW,
                "aria": False,
            }
            | {"color": palette.THEMES[theme]["text"]},
            "encoding": {"y": y, "x": x, "text": {"field": "text", "type": "nominal"}},
        },
        _heads(y, theme),
    ]
    return _framed(layers, theme, said, names)


def strip(rows: pd.DataFrame, groups: Sequence[str], axis: dict, theme: str) -> Picture:
    """A dot for each borough at its `value`, in the row of its `group`, with a line at the middle of each.


    `rows` has area_name, group, value, value_text, fill, selected, middle (the median of the group, where
    there is one) and spoken; `axis` is the channel of the values.
    """
    colours = palette.THEMES[theme]
    y = _rows_of(groups)
    x = axis | {"axis": axis["axis"] | {"gridOpacity": 0.2}}
    tips = {"area_name": "Borough", "group": "Answer", "value_text": "Value"}
    dot = chart_parts.dots({"y": y, "x": x}, tips)
    dot["mark"] |= {"opacity": 1, "size": 110, "stroke": colours["text"], "strokeWidth": 1, "yOffset": BELOW}
    dot["encoding"] |= {"fill": {"field": "fill", "type": "nominal", "scale": None}}
    ring = chart_parts.ring({"y": y, "x": x})
    ring["mark"] |= {"yOffset": BELOW}
    layers = [
        {
            "transform": [{"filter": "isValid(datum.middle)"}],
            "mark": {"type": "tick", "size": 24, "thickness": 3, "color": colours["london"], "yOffset": BELOW}
            | {"aria": False},
            "encoding": {"y": y, "x": x | {"field": "middle"}},
        },
        dot,
        ring,
        _heads(y, theme),
    ]
    return _framed(layers, theme, rows, groups)


def watermarked(spec: dict, words: str) -> dict:
    """The picture with these words above it, and the first of them across it, in every file made of it."""
    across = {
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "text": words.split(":")[0],
            "angle": 340,
            "fontSize": {"expr": "clamp(min(width / 9, height / 3), 16, 84)"},
            "fontWeight": 700,
            "color": palette.HATCH,
            "opacity": 0.3,
            "aria": False,
        },
        "encoding": {
            "x": {"value": {"expr": "width / 2"}},
            "y": {"value": {"expr": "min(height, width * 0.8) / 2"}},
        },
    }
    config = spec["config"]
    colour = config["axis"]["titleColor"]
    if isinstance(spec["height"], dict):
        # Vega-Lite forgets the height of a row when a layer without rows is added
        config = config | {"view": config["view"] | {"discreteHeight": spec["height"]}}
    return spec | {
        "title": {"text": words, "anchor": "start", "color": colour, "fontSize": 13, "frame": "bounds"},
        "layer": [*spec["layer"], across],
        "config": config,
    }


def _rows_of(groups: Sequence[str]) -> dict:
    """The channel of the rows, one a group."""
    scale = {"domain": list(groups)}
    return {"field": "group", "type": "nominal", "sort": list(groups), "scale": scale, "axis": None}


def _heads(y: dict, theme: str) -> dict:
    """The groups, each above its row: beside it there is no room on a phone."""
    return {
        "data": {"name": "groups"},
        "mark": {"type": "text", "align": "left", "dy": -12, "fontSize": 12, "aria": False}
        | {"color": palette.THEMES[theme]["text"], "limit": {"expr": "width"}},
        "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "group", "type": "nominal"}},
    }


def _framed(layers: list[dict], theme: str, rows: pd.DataFrame, groups: Sequence[str]) -> Picture:
    heads = pa.Table.from_pylist([{"group": group} for group in groups])
    return chart_parts.framed(layers, theme, {"step": ROW}), {
        "rows": chart_parts.table(rows),
        "groups": heads,
    }
