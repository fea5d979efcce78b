"""Answers in cells, as Vega-Lite specifications with their rows: boroughs by questions, and one profile."""

import json
import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd

from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart

ROW, PROFILE_ROW = 20, 42
HEADER_LINE = 13
HEADER_LETTERS, LEVEL_LETTERS = 26, 22
# below this width the longest words of the legend have no room
NARROW = 220
WIDE = 560  # from this width on, in pixels, there is room for words above the columns
NAMES = 150
WORDS_FROM = WIDE + NAMES  # the width of the picture then, with the names of boroughs


def heat(rows: pd.DataFrame, known: Mapping[str, str], theme: str) -> Chart:
    """A cell for each `borough` and `question`, in the order of the rows, filled and with its sign.

    `rows` has borough, question, answer and key (in words, the latter as in the legend), sign, ink, silent
    (did not reply) and selected; `known` are the fills by key. Questions have numbers, which stand alone
    where there is no room for words.
    """
    questions = list(dict.fromkeys(rows["question"]))
    headers, most = _headers(questions)
    said = rows.assign(
        column=rows["question"].map(headers),
        marked=rows["selected"] & (rows["question"] == questions[0]),
        spoken=rows["borough"] + ", " + rows["question"] + ": " + rows["answer"],
    )
    x, y = _cells("column", _upright(most)), _cells("borough", {"labelLimit": NAMES, "labelPadding": 4})
    sign = parts.unspoken("text", fontWeight=600, fontSize={"expr": f"width > {WIDE} ? 12 : 9"})
    layers = [
        _answers(x, y, known, theme),
        _struck_out(x, y),
        parts.layer(sign, x=x, y=y, text=parts.nominal("sign"), color=_INK),
        *_around_chosen(y),
    ]
    return parts.framed(layers, theme, {"step": ROW}, said)


def _headers(questions: Sequence[str]) -> tuple[dict[str, str], int]:
    """The header of each question, its number first, in lines between "|"; and the most lines of one."""
    lines = {
        name: textwrap.wrap(f"{number} {name}", HEADER_LETTERS)
        for number, name in enumerate(questions, start=1)
    }
    most = max(map(len, lines.values()))
    # with empty lines before, so that every header stands in the middle of its column
    headers = {name: "|".join([""] * ((most - len(own)) // 2) + own) for name, own in lines.items()}
    return headers, most


def _upright(most: int) -> dict:
    """The axis of headers of at most so many lines, of which only the numbers are left on narrow screens."""
    number = "split(replace(datum.label, regexp('^[|]+'), ''), ' ')[0]"
    return {
        "orient": "top",
        "labelAngle": {"expr": f"width > {WIDE} ? -90 : 0"},
        "labelAlign": {"expr": f"width > {WIDE} ? 'left' : 'center'"},
        "labelBaseline": {"expr": f"width > {WIDE} ? 'middle' : 'bottom'"},
        "labelLimit": 200,
        "labelLineHeight": HEADER_LINE,
        "labelOffset": {"expr": f"width > {WIDE} ? {-(most - 1) * HEADER_LINE / 2} : 0"},
        "labelExpr": f"width > {WIDE} ? split(datum.label, '|') : {number}",
    }


def _answers(x: dict, y: dict, known: Mapping[str, str], theme: str) -> dict:
    """The cells, which are spoken, with the answers as a legend."""
    legend = {"title": None, "orient": "top", "columns": 1, "labelLimit": 400, "symbolType": "square"}
    # on a phone, where the names of boroughs stand left of it, what the rows say need not be said
    legend["labelExpr"] = f"width < {NARROW} ? replace(datum.label, ' by borough', '') : datum.label"
    return parts.layer(
        {"type": "rect", "stroke": palette.THEMES[theme]["muted"], "strokeWidth": 0.5},
        x=x,
        y=y,
        fill=parts.in_order("key", known, legend=legend),
        **parts.said({"borough": "Borough", "question": "Question", "answer": "Answer"}),
    )


def _struck_out(x: dict, y: dict) -> dict:
    """A line across the cells of boroughs that did not reply."""
    return parts.layer(
        parts.unspoken("rule", color=palette.HATCH),
        where="datum.silent",
        x=x | {"bandPosition": 0},
        x2={"field": "column", "bandPosition": 1},
        y=y | {"bandPosition": 1},
        y2={"field": "borough", "bandPosition": 0},
    )


def _around_chosen(y: dict) -> list[dict]:
    """Lines around the row of the chosen borough, clear of its name."""
    edge = max(width for _, width in palette.HIGHLIGHT) / 2
    where: dict = {"x": {"value": edge}, "x2": parts.worked_out(f"width - {edge}"), "y": y}
    return [
        parts.layer(
            parts.unspoken("rect", filled=False, stroke=colour, strokeWidth=width),
            where="datum.marked",
            **where,
        )
        for colour, width in palette.HIGHLIGHT
    ]


def profile(rows: pd.DataFrame, levels: Mapping[str, str], theme: str) -> Chart:
    """How far up the scale one borough is in each question, and where London's middle is.

    `rows` has a row for each question and level: question, level (in words), reached (the answer is this
    level or above it), own (it is this level), said (why there is no answer; empty where there is one), fill,
    ink, sign, middle (London's median is here) and spoken. `levels` are the signs by the words, from the
    lowest. Questions stand above their cells, so that they fit on a phone.
    """
    colours = palette.THEMES[theme]
    scale = {"domain": list(levels), "paddingInner": 0.03}
    x = _cells("level", _above_levels(levels)) | {"scale": scale}
    y = parts.nominal("question", sort=None, axis=None)
    cell = parts.unspoken("rect", height=17, yOffset=9, stroke=colours["muted"], strokeWidth=0.8)
    sign = parts.unspoken("text", fontSize=12, color=colours["text"], dy=9, fontWeight=600)
    layers = [
        parts.layer(cell | {"filled": False}, x=x, y=y),
        parts.layer(cell, where="datum.reached", x=x, y=y, fill=parts.as_it_is("fill")),
        parts.layer(sign, where="datum.own", x=x, y=y, text=parts.nominal("sign"), color=_INK),
        _middle_of_london(x, y, len(levels)),
        _questions(y, next(iter(levels)), theme),
    ]
    headed = zip(rows["question"], rows["said"], strict=True)
    headings = [f"{question}: {why}" if why else question for question, why in headed]
    said = rows.assign(heading=headings, halves=["|".join(parts.in_halves(text)) for text in headings])
    return parts.framed(layers, theme, {"step": PROFILE_ROW}, said)


def _above_levels(levels: Mapping[str, str]) -> dict:
    """The axis of levels in words, or their signs on narrow screens."""
    lines = {level: textwrap.wrap(level, LEVEL_LETTERS) for level in levels}
    signs = json.dumps(dict(levels))
    return {
        "orient": "top",
        "labelAngle": 0,
        # the lines of a label run down towards the cells
        "labelPadding": 4 + (max(map(len, lines.values())) - 1) * HEADER_LINE,
        "labelExpr": f"width > {WIDE} ? {json.dumps(lines)}[datum.label] : {signs}[datum.label]",
    }


def _middle_of_london(x: dict, y: dict, levels: int) -> dict:
    """A diamond in the cell of London's median, beside the sign."""
    diamond = parts.unspoken("point", shape="diamond", filled=True, size=110, opacity=1, yOffset=9)
    diamond |= {"color": palette.HIGHLIGHT[1][0], "stroke": palette.DARK_INK, "strokeWidth": 1}
    beside = {"xOffset": {"expr": f"min(26, width / {4 * levels})"}}
    return parts.layer(diamond | beside, where="datum.middle", x=x, y=y)


def _questions(y: dict, first: str, theme: str) -> dict:
    """The questions, which are spoken, each once: with its `first` level; a long one in two lines."""
    is_in_two = f"length(datum.heading) * {parts.LETTER} * {parts.SMALL / 12} > width"
    in_lines = f"{is_in_two} ? split(datum.halves, '|') : [datum.heading]"
    mark = {"type": "text", "align": "left", "lineHeight": 11, "color": palette.THEMES[theme]["text"]}
    mark |= {"fontSize": {"expr": f"{is_in_two} ? 11 : {parts.size_in('heading', 'width')}"}}
    mark |= {"dy": {"expr": f"{is_in_two} ? -17 : -9"}}
    drawn = parts.layer(
        mark, x={"value": 0}, y=y, text=parts.nominal("in_lines"), description=parts.nominal("spoken")
    )
    of_first = {"filter": f"datum.level == {json.dumps(first)}"}
    return drawn | {"transform": [of_first, {"calculate": in_lines, "as": "in_lines"}]}


_INK = parts.as_it_is("ink")


def _cells(field: str, axis: dict) -> dict:
    """A channel of cells in the order of the rows."""
    bare = {"title": None, "ticks": False, "domain": False, "grid": False}
    return parts.nominal(field, sort=None, axis=bare | axis)
