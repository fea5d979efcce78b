"""The pictures of the lottery over time, as Vega-Lite specifications with their rows."""

import math

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from pages.components import chart_parts, palette, words
from pages.components.chart_parts import Picture

# pixels behind the lines for their names
NAMES_WIDTH = 160
# a chart of the spread is so much lower than one of the values
HEIGHT, SPREAD_HEIGHT = 260, 180


def over_time(periods: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, theme: str) -> Picture:
    """The highest and the lowest value of each period as lines, and London's between them.

    `periods` are the rows of geo.lottery.over_time.
    """
    lines = {
        "largest": ("Highest", palette.SEQUENTIAL[5][3], [1, 0]),
        "london": ("London", palette.THEMES[theme]["london"], [5, 3]),
        "smallest": ("Lowest", palette.SEQUENTIAL[5][3], [1, 0]),
    }
    rows = _named(_periods(periods, indicator, catalogue), list(lines), chart_parts.LABEL_HEIGHT)
    x = _time_axis(rows)
    band = {
        "mark": {"type": "area", "color": palette.SEQUENTIAL[5][1], "opacity": 0.35, "aria": False},
        "encoding": {
            "x": x,
            "y": chart_parts.value_axis("smallest", indicator, catalogue),
            "y2": {"field": "largest"},
        },
    }
    layers = [band]
    for field, (name, colour, dash) in lines.items():
        y = chart_parts.value_axis(field, indicator, catalogue)
        layers += _line({"x": x, "y": y}, field, name, colour, dash, theme)
    return chart_parts.framed(layers, theme, HEIGHT), {"rows": chart_parts.table(rows)}


def spread_over_time(
    periods: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, theme: str
) -> Picture | None:
    """The measures of how far apart all boroughs are, as lines from 0; None where there are none.

    `periods` are the rows of geo.lottery.over_time.
    """
    colours = palette.LINES[theme]
    lines = {
        "cv": ("Coefficient of variation", colours[0], [1, 0]),
        "gini": ("Gini coefficient", colours[2], [5, 3]),
    }
    rows = _periods(periods, indicator, catalogue)
    known = {field: line for field, line in lines.items() if rows[field].notna().sum() > 1}
    if not known:
        return None
    rows = _named(rows, list(known), chart_parts.LABEL_HEIGHT * HEIGHT / SPREAD_HEIGHT, starts_at_zero=True)
    x = _time_axis(rows)
    layers = []
    for field, (name, colour, dash) in known.items():
        y = {
            "field": field,
            "type": "quantitative",
            "scale": {"zero": True, "nice": True},
            "axis": {"title": "0 if all had the same", "tickCount": 4, "gridOpacity": 0.35},
        }
        layers += _line({"x": x, "y": y}, field, name, colour, dash, theme)
    return chart_parts.framed(layers, theme, SPREAD_HEIGHT), {"rows": chart_parts.table(rows)}


def _periods(periods: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """The rows of the charts over time, with what is said of each line at each period."""
    is_date = indicator.period_type == "date"
    when = [words.say_period(period, indicator) if is_date else period for period in periods["period"]]
    said = {
        f"{field}_text": [words.format_value(value, indicator, catalogue) for value in periods[field]]
        for field in ("largest", "london", "smallest")
    } | {f"{field}_text": [f"{value:.3f}" for value in periods[field]] for field in ("cv", "gini")}
    last = [False] * (len(periods) - 1) + [True]
    return periods.assign(place=range(len(periods)), period=when, last=last, **said)


def _named(rows: pd.DataFrame, fields: list[str], share: float, starts_at_zero: bool = False) -> pd.DataFrame:
    """The rows with where the name of each field's line stands, in `largest_at` and so on, in the last one.

    A name takes a `share` of the height of the chart.
    """
    lowest = 0 if starts_at_zero else rows[fields].min().min()
    least = share * (rows[fields].max().max() - lowest)
    at = chart_parts.apart(rows[fields].iloc[-1].dropna(), least)
    return rows.assign(**{f"{field}_at": at.get(field, math.nan) for field in fields})


def _time_axis(rows: pd.DataFrame) -> dict:
    """The periods, with room for the names behind the lines."""
    return {
        "field": "period",
        "type": "ordinal",
        "scale": {
            "type": "point",
            "domain": list(rows["period"]),
            "padding": 0.3,
            "rangeMax": {"expr": f"width - min({NAMES_WIDTH}, width * 0.4)"},
        },
        "axis": {"title": None, "labelAngle": -40, "labelOverlap": True},
    }


def _line(encoding: dict, field: str, name: str, colour: str, dash: list[int], theme: str) -> list[dict]:
    """A line with its points, and its name behind its end, or beside that where names would meet."""
    known = {"transform": [{"filter": f"isValid(datum.{field})"}]}
    tips = {"period": "Period", f"{field}_text": name, "places": "Boroughs"}
    tooltip = [{"field": tip, "type": "nominal", "title": title} for tip, title in tips.items()]
    return [
        known
        | {
            "mark": {"type": "line", "strokeWidth": 2, "color": colour, "strokeDash": dash, "aria": False},
            "encoding": encoding,
        },
        {
            "transform": [
                *known["transform"],
                {"calculate": f"'{name}, ' + datum.period + ', ' + datum.{field}_text", "as": "spoken"},
            ],
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": colour},
            "encoding": encoding
            | {"tooltip": tooltip, "description": {"field": "spoken", "type": "nominal"}},
        },
        {
            "transform": [*known["transform"], {"filter": "datum.last"}],
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 10,
                "fontSize": 12,
                "fontWeight": 600,
                "color": palette.THEMES[theme]["text"],
                "aria": False,
            },
            "encoding": encoding | {"y": encoding["y"] | {"field": f"{field}_at"}, "text": {"value": name}},
        },
    ]
