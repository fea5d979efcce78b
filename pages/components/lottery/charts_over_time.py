"""The pictures of the lottery over time, as Vega-Lite specifications with their rows."""

import math

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.lottery.over_time import OverTime
from pages.components.charts import palette, parts as charts_parts, time_axis
from pages.components.charts.parts import Chart
from pages.components.text import dates, units
from pages.exports.table import MARK

# behind the lines for their names, which stand at some pixels from their ends
ROOM = "min(160, width * 0.4)"
BEFORE_NAME = 10
# pixels of a line of a name, and of a name of two lines: on a page axes take a part of the height of a chart
LINE_HEIGHT, NAME_HEIGHT = 14, 48
# a chart of the spread is so much lower than one of the values
HEIGHT, SPREAD_HEIGHT = 260, 180


def over_time(found: OverTime, indicator: Indicator, theme: str) -> Chart:
    """The highest and the lowest value of the same boroughs as lines, and London's between them.

    Lines end where the basis changes. There is at least one row.
    """
    lines = {
        "largest": ("Highest", palette.SEQUENTIAL[5][3], charts_parts.SOLID),
        "london": ("London", palette.THEMES[theme]["london"], charts_parts.DASHED),
        "smallest": ("Lowest", palette.SEQUENTIAL[5][3], charts_parts.SOLID),
    }
    values = found.rows[list(lines)].to_numpy().ravel()
    is_whole = time_axis.starts_at_zero(values, indicator)
    rows = _named(_periods(found, indicator), list(lines), charts_parts.LABEL_HEIGHT, starts_at_zero=is_whole)
    x = _time(found, indicator, ROOM)
    ends = {field: time_axis.value_channel(field, values, indicator) for field in ("smallest", "largest")}
    area = charts_parts.unspoken("area", color=palette.SEQUENTIAL[5][1], opacity=0.35)
    band = charts_parts.layer(area, x=x, y=ends["smallest"], y2={"field": "largest"}, detail=BASIS)
    layers = [band]
    for field, (name, colour, dash) in lines.items():
        y = time_axis.value_channel(field, values, indicator)
        layers += _line({"x": x, "y": y}, field, name, colour, dash, theme)
    picture = charts_parts.framed(layers, theme, HEIGHT, rows)
    return time_axis.with_breaks(picture, found.shown, x, theme)


def spread_over_time(found: OverTime, indicator: Indicator, theme: str) -> Chart | None:
    """The measures of how far apart the same boroughs are, as lines from 0; None where there are none."""
    colours = palette.LINES[theme]
    lines = {
        "cv": ("Coefficient|of variation", colours[0], charts_parts.SOLID),
        "gini": ("Gini|coefficient", colours[2], charts_parts.DASHED),
    }
    rows = _periods(found, indicator)
    known = {field: line for field, line in lines.items() if rows[field].notna().sum() > 1}
    if not known:
        return None
    rows = _named(rows, list(known), NAME_HEIGHT / SPREAD_HEIGHT, starts_at_zero=True)
    words = [word for name, *_ in known.values() for word in name.split("|")]
    x = _time(found, indicator, time_axis.room_for(words, BEFORE_NAME))
    layers = []
    for field, (name, colour, dash) in known.items():
        axis = {"title": "0 if all had the same", "tickCount": 4, "gridOpacity": 0.35}
        y = charts_parts.quantity(field, scale={"zero": True, "nice": True}, axis=axis)
        layers += _line({"x": x, "y": y}, field, name, colour, dash, theme)
    picture = charts_parts.framed(layers, theme, SPREAD_HEIGHT, rows)
    return time_axis.with_breaks(picture, found.shown, x, theme)


# a line for each basis: none goes from one to the next
BASIS = charts_parts.nominal("basis")


def _periods(found: OverTime, indicator: Indicator) -> pd.DataFrame:
    """The rows of the charts over time, with where they stand and what is said of each line."""
    rows = found.rows.reset_index(drop=True)
    said = {
        f"{field}_text": units.say_values(rows[field], rows[f"note_{field}"], indicator)
        for field in ("largest", "london", "smallest")
    } | {f"{field}_text": [f"{value:.3f}" for value in rows[field]] for field in ("cv", "gini")}
    return rows.drop(columns="period_end").assign(
        at=[time_axis.at(end) for end in rows["period_end"]],
        period=[dates.period_label(period, indicator) for period in rows["period"]],
        last=[False] * (len(rows) - 1) + [True],
        **said,
    )


def _named(rows: pd.DataFrame, fields: list[str], share: float, starts_at_zero: bool = False) -> pd.DataFrame:
    """The rows with where the name of each field's line stands, in `largest_at` and so on, in the last one.

    A name takes a `share` of the height of the chart.
    """
    lowest = 0 if starts_at_zero else rows[fields].min().min()
    highest = rows[fields].max().max()
    least = share * (highest - lowest)
    at = charts_parts.apart(rows[fields].iloc[-1].dropna(), least, highest, lowest)
    return rows.assign(**{f"{field}_at": at.get(field, math.nan) for field in fields})


def _time(found: OverTime, indicator: Indicator, room: str) -> dict:
    """The axis of time, with how many boroughs have a figure where that is not the same each time."""
    places = found.places
    return time_axis.channel(found.shown, indicator, room, places, max(places.values(), default=0))


def _line(encoding: dict, field: str, name: str, colour: str, dash: list[int], theme: str) -> list[dict]:
    """A line with its points, and its name behind its end, or beside that where names would meet."""
    called = name.replace("|", " ")
    tips = {"period": "Period", f"{field}_text": called, "places": "Boroughs"}
    spoken = f"replace(datum.{field}_text, '{MARK}', '{units.aloud(MARK)}')"
    sentence = {"calculate": f"'{called}, ' + datum.period + ', ' + {spoken}", "as": "spoken"}
    is_known = {"filter": f"isValid(datum.{field})"}
    line = charts_parts.unspoken("line", strokeWidth=2, color=colour, strokeDash=dash)
    point = {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": colour}
    behind = charts_parts.name_behind_line(color=palette.THEMES[theme]["text"], **_in_lines(name))
    at_name = encoding | {"y": encoding["y"] | {"field": f"{field}_at"}}
    return [
        charts_parts.layer(line, **encoding, detail=BASIS),
        {"transform": [is_known, sentence]}
        | charts_parts.layer(point, **encoding, **charts_parts.said(tips)),
        {"transform": [is_known, {"filter": "datum.last"}]}
        | charts_parts.layer(behind, **at_name, text={"value": name}),
    ]


def _in_lines(name: str) -> dict:
    """How a name whose lines are divided by "|" stands behind a line: in its middle."""
    return {"lineBreak": "|", "lineHeight": LINE_HEIGHT, "dy": -name.count("|") * LINE_HEIGHT / 2}
