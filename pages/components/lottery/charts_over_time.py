"""The pictures of the lottery over time, as Vega-Lite specifications with their rows."""

import math

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.lottery.over_time import OverTime
from pages.components.charts import palette, time_axis
from pages.components.charts import parts as charts_parts
from pages.components.charts.parts import Chart
from pages.components.text import words

# behind the lines for their names
ROOM = "min(160, width * 0.4)"
# a chart of the spread is so much lower than one of the values
HEIGHT, SPREAD_HEIGHT = 260, 180


def over_time(found: OverTime, indicator: Indicator, catalogue: Catalogue, theme: str) -> Chart:
    """The highest and the lowest value of the same boroughs as lines, and London's between them.

    Lines end where the basis changes. There is at least one row.
    """
    lines = {
        "largest": ("Highest", palette.SEQUENTIAL[5][3], [1, 0]),
        "london": ("London", palette.THEMES[theme]["london"], [5, 3]),
        "smallest": ("Lowest", palette.SEQUENTIAL[5][3], [1, 0]),
    }
    values = found.rows[list(lines)].to_numpy().ravel()
    is_whole = time_axis.starts_at_zero(values, indicator)
    rows = _named(
        _periods(found, indicator, catalogue), list(lines), charts_parts.LABEL_HEIGHT, starts_at_zero=is_whole
    )
    x = _time(found, indicator)
    ends = {
        field: time_axis.value_channel(field, values, indicator, catalogue)
        for field in ("smallest", "largest")
    }
    band = {
        "mark": {"type": "area", "color": palette.SEQUENTIAL[5][1], "opacity": 0.35, "aria": False},
        "encoding": {"x": x, "y": ends["smallest"], "y2": {"field": "largest"}, "detail": BASIS},
    }
    layers = [band]
    for field, (name, colour, dash) in lines.items():
        y = time_axis.value_channel(field, values, indicator, catalogue)
        layers += _line({"x": x, "y": y}, field, name, colour, dash, theme)
    return _framed(layers, rows, found, x, theme, HEIGHT)


def spread_over_time(found: OverTime, indicator: Indicator, catalogue: Catalogue, theme: str) -> Chart | None:
    """The measures of how far apart the same boroughs are, as lines from 0; None where there are none."""
    colours = palette.LINES[theme]
    lines = {
        "cv": ("Coefficient of variation", colours[0], [1, 0]),
        "gini": ("Gini coefficient", colours[2], [5, 3]),
    }
    rows = _periods(found, indicator, catalogue)
    known = {field: line for field, line in lines.items() if rows[field].notna().sum() > 1}
    if not known:
        return None
    rows = _named(rows, list(known), charts_parts.LABEL_HEIGHT * HEIGHT / SPREAD_HEIGHT, starts_at_zero=True)
    x = _time(found, indicator)
    layers = []
    for field, (name, colour, dash) in known.items():
        y = {
            "field": field,
            "type": "quantitative",
            "scale": {"zero": True, "nice": True},
            "axis": {"title": "0 if all had the same", "tickCount": 4, "gridOpacity": 0.35},
        }
        layers += _line({"x": x, "y": y}, field, name, colour, dash, theme)
    return _framed(layers, rows, found, x, theme, SPREAD_HEIGHT)


# a line for each basis: none goes from one to the next
BASIS = {"field": "basis", "type": "nominal"}


def _framed(
    layers: list[dict], rows: pd.DataFrame, found: OverTime, x: dict, theme: str, height: int
) -> Chart:
    """The layers with the marks of where the basis changes, if it does."""
    data = {"rows": charts_parts.table(rows)}
    if found.shown.breaks:
        layers = [*layers, *time_axis.mark_breaks(x, theme)]
        data["breaks"] = charts_parts.table(time_axis.break_rows(found.shown))
    return charts_parts.framed(layers, theme, height), data


def _periods(found: OverTime, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """The rows of the charts over time, with where they stand and what is said of each line."""
    rows = found.rows.reset_index(drop=True)
    said = {
        f"{field}_text": words.say_values(rows[field], rows[f"note_{field}"], indicator, catalogue)
        for field in ("largest", "london", "smallest")
    } | {f"{field}_text": [f"{value:.3f}" for value in rows[field]] for field in ("cv", "gini")}
    return rows.drop(columns="period_end").assign(
        at=[time_axis.at(end) for end in rows["period_end"]],
        period=[words.period_label(period, indicator) for period in rows["period"]],
        last=[False] * (len(rows) - 1) + [True],
        **said,
    )


def _named(rows: pd.DataFrame, fields: list[str], share: float, starts_at_zero: bool = False) -> pd.DataFrame:
    """The rows with where the name of each field's line stands, in `largest_at` and so on, in the last one.

    A name takes a `share` of the height of the chart.
    """
    lowest = 0 if starts_at_zero else rows[fields].min().min()
    least = share * (rows[fields].max().max() - lowest)
    at = charts_parts.apart(rows[fields].iloc[-1].dropna(), least)
    return rows.assign(**{f"{field}_at": at.get(field, math.nan) for field in fields})


def _time(found: OverTime, indicator: Indicator) -> dict:
    """The axis of time, with how many boroughs have a figure where that is not the same each time."""
    places = found.places
    return time_axis.channel(found.shown, indicator, ROOM, places, max(places.values(), default=0))


def _line(encoding: dict, field: str, name: str, colour: str, dash: list[int], theme: str) -> list[dict]:
    """A line with its points, and its name behind its end, or beside that where names would meet."""
    known = {"transform": [{"filter": f"isValid(datum.{field})"}]}
    tips = {"period": "Period", f"{field}_text": name, "places": "Boroughs"}
    tooltip = [{"field": tip, "type": "nominal", "title": title} for tip, title in tips.items()]
    spoken = f"replace(datum.{field}_text, '{words.MARK}', '{words.aloud(words.MARK)}')"
    return [
        {
            "mark": {"type": "line", "strokeWidth": 2, "color": colour, "strokeDash": dash, "aria": False},
            "encoding": encoding | {"detail": BASIS},
        },
        {
            "transform": [
                *known["transform"],
                {"calculate": f"'{name}, ' + datum.period + ', ' + {spoken}", "as": "spoken"},
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
