"""Answers in cells, as Vega-Lite specifications with their rows: boroughs by questions, and one profile."""

import json
import textwrap
from collections.abc import Mapping

import pandas as pd

from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart

ROW, PROFILE_ROW = 20, 42
HEADER_LINE = 13
HEADER_LETTERS, LEVEL_LETTERS = 26, 22
WIDE = 560  # from this width on, in pixels, there is room for words above the columns


def heat(rows: pd.DataFrame, known: Mapping[str, str], theme: str) -> Chart:
    """A cell for each `borough` and `question`, in the order of the rows, filled and with its sign.

    `rows` has borough, question, answer and key (in words, the latter as in the legend), sign, ink, silent
    (did not reply) and selected; `known` are the fills by key. Questions have numbers, which stand alone
    where there is no room for words.
    """
    numbers = {name: place for place, name in enumerate(dict.fromkeys(rows["question"]), start=1)}
    lines = {name: textwrap.wrap(f"{place} {name}", HEADER_LETTERS) for name, place in numbers.items()}
    most = max(map(len, lines.values()))
    # with empty lines before, so that every header stands in the middle of its column
    headers = {name: "|".join([""] * ((most - len(own)) // 2) + own) for name, own in lines.items()}
    said = rows.assign(
        column=rows["question"].map(headers),
        marked=rows["selected"] & (rows["question"] == next(iter(numbers))),
        spoken=rows["borough"] + ", " + rows["question"] + ": " + rows["answer"],
    )
    y = _cells("borough", {"labelLimit": 150})
    header = {
        "orient": "top",
        "labelAngle": -90,
        "labelAlign": "left",
        "labelBaseline": "middle",
        "labelLimit": 200,
        "labelLineHeight": HEADER_LINE,
        "labelOffset": {"expr": f"width > {WIDE} ? {-(most - 1) * HEADER_LINE / 2} : 0"},
        "labelExpr": f"width > {WIDE} ? split(datum.label, '|') : "
        "split(replace(datum.label, regexp('^[|]+'), ''), ' ')[0]",
    }
    x = _cells("column", header)
    tips = {"borough": "Borough", "question": "Question", "answer": "Answer"}
    legend = {"title": None, "orient": "top", "columns": 1, "labelLimit": 400, "symbolType": "square"}
    fill = {"domain": list(known), "range": list(known.values())}
    layers: list[dict] = [
        {
            "mark": {"type": "rect", "stroke": palette.THEMES[theme]["muted"], "strokeWidth": 0.5},
            "encoding": {
                "x": x,
                "y": y,
                "fill": {"field": "key", "type": "nominal", "scale": fill, "legend": legend},
                "description": {"field": "spoken", "type": "nominal"},
                "tooltip": [
                    {"field": name, "type": "nominal", "title": title} for name, title in tips.items()
                ],
            },
        },
        {
            "transform": [{"filter": "datum.silent"}],
            "mark": {"type": "rule", "color": palette.HATCH, "aria": False},
            "encoding": {
                "x": x | {"bandPosition": 0},
                "x2": {"field": "column", "bandPosition": 1},
                "y": y | {"bandPosition": 1},
                "y2": {"field": "borough", "bandPosition": 0},
            },
        },
        {
            "mark": {"type": "text", "fontWeight": 600, "aria": False}
            | {"fontSize": {"expr": f"width > {WIDE} ? 12 : 9"}},
            "encoding": {"x": x, "y": y, "text": {"field": "sign", "type": "nominal"}} | _INK,
        },
        *(
            {
                "transform": [{"filter": "datum.marked"}],
                "mark": {"type": "rect", "filled": False, "stroke": colour, "strokeWidth": width}
                | {"aria": False},
                "encoding": {"x": {"value": 0}, "x2": {"value": {"expr": "width"}}, "y": y},
            }
            for colour, width in palette.HIGHLIGHT
        ),
    ]
    return parts.framed(layers, theme, {"step": ROW}), {"rows": parts.table(said)}


def profile(rows: pd.DataFrame, levels: Mapping[str, str], theme: str) -> Chart:
    """How far up the scale one borough is in each question, and where London's middle is.

    `rows` has a row for each question and level: question, level (in words), reached (the answer is this
    level or above it), own (it is this level), said (why there is no answer; empty where there is one), fill,
    ink, sign, middle (London's median is here) and spoken. `levels` are the signs by the words, from the
    lowest. Questions stand above their cells, so that they fit on a phone.
    """
    colours = palette.THEMES[theme]
    lines = {level: textwrap.wrap(level, LEVEL_LETTERS) for level in levels}
    signs = json.dumps(dict(levels))
    y = {"field": "question", "type": "nominal", "sort": None, "axis": None}
    header = {
        "orient": "top",
        "labelAngle": 0,
        # the lines of a label run down towards the cells
        "labelPadding": 4 + (max(map(len, lines.values())) - 1) * HEADER_LINE,
        "labelExpr": f"width > {WIDE} ? {json.dumps(lines)}[datum.label] : {signs}[datum.label]",
    }
    x = _cells("level", header) | {"scale": {"domain": list(levels), "paddingInner": 0.03}}
    cell = {"type": "rect", "height": 17, "yOffset": 9, "stroke": colours["muted"], "strokeWidth": 0.8}
    cell |= {"aria": False}
    first = f"datum.level == {json.dumps(next(iter(levels)))}"
    text = {"type": "text", "fontSize": 12, "color": colours["text"]}
    layers: list[dict] = [
        {"mark": cell | {"filled": False}, "encoding": {"x": x, "y": y}},
        {
            "transform": [{"filter": "datum.reached"}],
            "mark": cell,
            "encoding": {"x": x, "y": y, "fill": {"field": "fill", "type": "nominal", "scale": None}},
        },
        {
            "transform": [{"filter": "datum.own"}],
            "mark": text | {"dy": 9, "fontWeight": 600, "aria": False},
            "encoding": {"x": x, "y": y, "text": {"field": "sign", "type": "nominal"}} | _INK,
        },
        {
            "transform": [{"filter": "datum.middle"}],
            "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 110, "opacity": 1}
            | {"color": "#F46A25", "stroke": palette.DARK_INK, "strokeWidth": 1}
            | {"xOffset": {"expr": f"min(26, width / {4 * len(levels)})"}}
            | {"yOffset": 9, "aria": False},
            "encoding": {"x": x, "y": y},
        },
        {
            "transform": [{"filter": first}],
            "mark": text | {"align": "left", "dy": -9, "limit": {"expr": "width"}},
            "encoding": {
                "x": {"value": 0},
                "y": y,
                "text": {"field": "heading", "type": "nominal"},
                "description": {"field": "spoken", "type": "nominal"},
            },
        },
    ]
    said = rows.assign(
        heading=[
            f"{question}: {why}" if why else question
            for question, why in zip(rows["question"], rows["said"], strict=True)
        ]
    )
    return parts.framed(layers, theme, {"step": PROFILE_ROW}), {"rows": parts.table(said)}


_INK = {"color": {"field": "ink", "type": "nominal", "scale": None}}


def _cells(field: str, axis: Mapping[str, object]) -> dict:
    """A channel of cells in the order of the rows."""
    bare = {"title": None, "ticks": False, "domain": False, "grid": False}
    return {"field": field, "type": "nominal", "sort": None, "axis": {**bare, **axis}}
