"""The profile of a self-evaluation: how far up the scale each enabler is, as steps to count."""

import json
import textwrap

import pandas as pd

from data_loaders.survey.instruments import Instrument
from data_loaders.survey.self_evaluation import SelfEvaluation
from pages.components.charts import palette, parts as charts_parts
from pages.components.charts.parts import Chart

ROW = 34
LINE = 36  # letters: no enabler has more than two lines
LINE_HEIGHT = 13
NARROW = 220  # pixels: too little for the words of the scale side by side


def profile(evaluation: SelfEvaluation, instrument: Instrument, theme: str) -> Chart:
    """A row an enabler, under its theme: circles filled up to the answer, whose letter stands in the last.

    The levels are steps, not amounts: nothing is measured between them.
    """
    rows = _rows(evaluation, instrument)
    where = {"y": _enablers(list(dict.fromkeys(rows["line"])), instrument), "x": _levels(instrument)}
    layers = _steps(where, theme)
    # a layer without marks would be a picture without a name to a screen reader
    if (rows["state"] == "answer").any():
        layers += _answers(where, theme)
    return charts_parts.framed(layers, theme, {"step": ROW}, rows)


def _enablers(lines: list[str], instrument: Instrument) -> dict:
    """The vertical channel: themes in bold, and enablers of one or two lines, divided by "|"."""
    axis = {
        "labelLimit": 300,
        "labelPadding": 8,
        # two lines are centred on their row like one
        "labelOffset": {
            "condition": {"test": "indexof(datum.label, '|') > 0", "value": -LINE_HEIGHT / 2},
            "value": 0,
        },
        "labelExpr": "split(datum.label, '|')",
        "labelFontWeight": {"condition": {"test": _is_theme(instrument), "value": "bold"}, "value": 400},
    }
    return charts_parts.nominal("line", scale={"domain": lines}, axis=_BARE | axis)


def _levels(instrument: Instrument) -> dict:
    """The horizontal channel: the steps of the scale, by their letters where there is no room for words."""
    scale = sorted(instrument.options, key=lambda option: option.place or 0)
    letters = json.dumps({option.label: option.letter for option in scale})
    axis = {
        "orient": "top",
        "labelAngle": 0,
        "labelPadding": LINE_HEIGHT + 4,
        "labelExpr": f"width < {NARROW} ? {letters}[datum.label] : split(datum.label, ' ')",
        "labelOverlap": False,
    }
    domain = {"domain": [option.label for option in scale], "padding": 0.5}
    return charts_parts.nominal("level", scale=domain, axis=_BARE | axis)


_BARE = {"title": None, "ticks": False, "domain": False, "labelFontSize": 12, "labelLineHeight": LINE_HEIGHT}


def _steps(where: dict, theme: str) -> list[dict]:
    """Circles on the way: hollow above the answer, or where there is none, and filled below it."""
    colours = palette.THEMES[theme]
    open_ = _CIRCLE | {"aria": False, "filled": False, "stroke": colours["muted"]}
    passed = _CIRCLE | {"aria": False, "fill": palette.SEQUENTIAL[4][1], "stroke": colours["text"]}
    return [
        charts_parts.layer(open_, where="datum.state == 'open'", **where),
        charts_parts.layer(passed, where="datum.state == 'passed'", **where),
    ]


def _answers(where: dict, theme: str) -> list[dict]:
    """The answers as full circles, which are spoken, with their letters."""
    colours = palette.THEMES[theme]
    circle = _CIRCLE | {"fill": colours["text"], "stroke": colours["text"]}
    letter = charts_parts.unspoken("text", fontSize=12, fontWeight="bold", color=colours["page"])
    said = charts_parts.said({"enabler": "Enabler", "level": "Level"})
    is_answer = "datum.state == 'answer'"
    return [
        charts_parts.layer(circle, where=is_answer, **where, **said),
        charts_parts.layer(letter, where=is_answer, **where, text=charts_parts.nominal("letter")),
    ]


_CIRCLE = {
    "type": "point",
    "shape": "circle",
    "size": {"expr": f"width < {NARROW} ? 200 : 340"},
    "strokeWidth": 1.5,
    "opacity": 1,
}


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
