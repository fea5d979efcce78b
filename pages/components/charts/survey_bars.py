"""Bars of answers to a survey, as Vega-Lite specifications with their rows."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pages.components.charts import palette, survey_rows
from pages.components.charts.parts import Chart
from pages.components.charts.survey_rows import BELOW


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
    y = survey_rows.channel(names)
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
    ]
    return survey_rows.framed(layers, theme, said, names)
