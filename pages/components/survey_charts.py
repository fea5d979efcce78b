"""Pictures of answers to a survey, as Vega-Lite specifications with their rows."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pages.components import chart_parts, palette
from pages.components.chart_parts import Picture

BAR = 30


def stacked(
    rows: pd.DataFrame, responses: Sequence[str], fills: Mapping[str, str], unit: str, theme: str
) -> Picture:
    """A bar for each `group`, in the order of the rows, divided by `response` in the order given.

    `rows` has group, response (in words), amount and text (what stands on a part); `unit` is the axis' title.
    """
    colours = palette.THEMES[theme]
    order = {response: place for place, response in enumerate(responses)}
    inks = [palette.ink(fills[response]) for response in rows["response"]]
    said = rows.assign(
        order=rows["response"].map(order),
        ink=inks,
        spoken=[
            f"{group}, {response}: {text}"
            for group, response, text in zip(rows["group"], rows["response"], rows["text"], strict=True)
        ],
    )
    y = {
        "field": "group",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 230, "ticks": False, "domain": False},
    }
    x = {
        "field": "amount",
        "type": "quantitative",
        "stack": "zero",
        "axis": {"title": unit, "tickCount": 5, "gridOpacity": 0.35},
    }
    layers: list[dict] = [
        {
            "mark": {"type": "bar", "stroke": colours["muted"], "strokeWidth": 0.5, "height": {"band": 0.75}},
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
            "transform": [{"filter": "datum.amount > 0"}],
            "mark": {"type": "text", "fontSize": 12, "aria": False},
            "encoding": {
                "y": y,
                "x": x | {"bandPosition": 0.5},
                "order": {"field": "order"},
                "detail": {"field": "response", "type": "nominal"},
                "text": {"field": "text", "type": "nominal"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
    ]
    return chart_parts.framed(layers, theme, {"step": BAR}), {"rows": chart_parts.table(said)}


def ranked(rows: pd.DataFrame, scale: tuple[float, float], unit: str, theme: str) -> Picture:
    """A dot for each `group`, in the order of the rows, at its `amount` with `text` beside it.

    The axis is the scale of the answers: it need not begin at zero, because dots have no length.
    """
    said = rows.assign(spoken=rows["group"] + ", " + rows["text"])
    y = {
        "field": "group",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 260, "grid": True, "gridOpacity": 0.35, "domain": False},
    }
    x = {
        "field": "amount",
        "type": "quantitative",
        "scale": {"domain": list(scale), "nice": False},
        "axis": {"title": unit, "tickCount": 5, "gridOpacity": 0.35},
    }
    tips = {"group": "Question", "text": "Value"}
    layers = [
        chart_parts.dots({"y": y, "x": x}, tips),
        {
            "mark": {"type": "text", "align": "left", "dx": 9, "fontSize": 12, "aria": False}
            | {"color": palette.THEMES[theme]["text"]},
            "encoding": {"y": y, "x": x, "text": {"field": "text", "type": "nominal"}},
        },
    ]
    return chart_parts.framed(layers, theme, {"step": 26}), {"rows": chart_parts.table(said)}
