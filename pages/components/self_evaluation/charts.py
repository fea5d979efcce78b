"""The profile of a self-evaluation: how far up the scale each enabler is, as steps to count."""

import json
import textwrap

import pandas as pd

from data_loaders.survey.instruments import Instrument
from data_loaders.survey.self_evaluation import SelfEvaluation
from pages.components.charts import palette
from pages.components.charts import parts as charts_parts
from pages.components.charts.parts import Chart

ROW = 34
LINE = 36  # letters: no enabler has more than two lines
LINE_HEIGHT = 13
NARROW = 220  # pixels: too little for the words of the scale side by side


def profile(evaluation: SelfEvaluation, instrument: Instrument, theme: str) -> Chart:
    """A row an enabler, under its theme: circles filled up to the answer, whose letter stands in the last.

    The levels are steps, not amounts: nothing is measured between them.
    """
    colours = palette.THEMES[theme]
    reached, letter = colours["text"], colours["page"]
    rows = _rows(evaluation, instrument)
    scale = sorted(instrument.options, key=lambda option: option.place or 0)
    letters = json.dumps({option.label: option.letter for option in scale})
    y = {
        "field": "line",
        "type": "nominal",
        "scale": {"domain": list(dict.fromkeys(rows["line"]))},
        "axis": {
            "title": None,
            "ticks": False,
            "domain": False,
            "labelLimit": 300,
            "labelFontSize": 12,
            "labelLineHeight": LINE_HEIGHT,
            "labelPadding": 8,
            # two lines are centred on their row like one
            "labelOffset": {
                "condition": {"test": "indexof(datum.label, '|') > 0", "value": -LINE_HEIGHT / 2},
                "value": 0,
            },
            "labelExpr": "split(datum.label, '|')",
            "labelFontWeight": {"condition": {"test": _is_theme(instrument), "value": "bold"}, "value": 400},
        },
    }
    x = {
        "field": "level",
        "type": "nominal",
        "scale": {"domain": [option.label for option in scale], "padding": 0.5},
        "axis": {
            "title": None,
            "orient": "top",
            "ticks": False,
            "domain": False,
            "labelAngle": 0,
            "labelFontSize": 12,
            "labelLineHeight": LINE_HEIGHT,
            "labelPadding": LINE_HEIGHT + 4,
            "labelExpr": f"width < {NARROW} ? {letters}[datum.label] : split(datum.label, ' ')",
            "labelOverlap": False,
        },
    }
    size = {"expr": f"width < {NARROW} ? 200 : 340"}
    circle = {"type": "point", "shape": "circle", "size": size, "strokeWidth": 1.5, "opacity": 1}
    aside = {"aria": False}
    steps: list[dict] = [
        {
            "transform": [{"filter": "datum.state == 'open'"}],
            "mark": circle | aside | {"filled": False, "stroke": colours["muted"]},
            "encoding": {"y": y, "x": x},
        },
        {
            "transform": [{"filter": "datum.state == 'passed'"}],
            "mark": circle | aside | {"fill": palette.SEQUENTIAL[4][1], "stroke": reached},
            "encoding": {"y": y, "x": x},
        },
    ]
    answers: list[dict] = [
        {
            "transform": [{"filter": "datum.state == 'answer'"}],
            "mark": circle | {"fill": reached, "stroke": reached},
            "encoding": {
                "y": y,
                "x": x,
                "description": {"field": "spoken", "type": "nominal"},
                "tooltip": [
                    {"field": "enabler", "type": "nominal", "title": "Enabler"},
                    {"field": "level", "type": "nominal", "title": "Level"},
                ],
            },
        },
        {
            "transform": [{"filter": "datum.state == 'answer'"}],
            "mark": {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": letter} | aside,
            "encoding": {"y": y, "x": x, "text": {"field": "letter", "type": "nominal"}},
        },
    ]
    # a layer without marks would be a picture without a name to a screen reader
    layers = [*steps, *(answers if (rows["state"] == "answer").any() else [])]
    return charts_parts.framed(layers, theme, {"step": ROW}), {"rows": charts_parts.table(rows)}


def _rows(evaluation: SelfEvaluation, instrument: Instrument) -> pd.DataFrame:
    """A row an enabler and level, and one for each theme, which has no level."""
    found: list[dict[str, str | None]] = []
    theme = ""
    for item in instrument.items:
        if item.theme != theme:
            theme = item.theme
            found.append({"line": theme, "enabler": theme, "level": None, "letter": "", "state": "theme"})
        response = evaluation.responses.get(item.item_id)
        answered = instrument.places()[response] if response else 0
        for option in instrument.options:
            place = option.place or 0
            state = "answer" if place == answered else "passed" if place < answered else "open"
            found.append(
                {
                    "line": "|".join(textwrap.wrap(item.label, LINE)),
                    "enabler": item.label,
                    "level": option.label,
                    "letter": option.letter,
                    "state": state,
                }
            )
    rows = pd.DataFrame(found)
    return rows.assign(spoken=rows["enabler"] + ", " + rows["level"].fillna(""))


def _is_theme(instrument: Instrument) -> str:
    """A Vega expression that is true of the label of a theme."""
    themes = dict.fromkeys(item.theme for item in instrument.items)
    return f"indexof({list(themes)!r}, datum.label) >= 0"
