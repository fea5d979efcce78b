"""The pictures of places, as Vega-Lite specifications with their rows: ICSs, one borough, a few over time."""

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.tables.timeline import Timeline
from pages.components.charts import palette, parts, time_axis
from pages.components.charts.parts import Chart
from pages.components.text import words

# points of a line, in the order of palette.LINES
SHAPES = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]
# pixels behind the lines for their names
ROOM = "min(130, width * 0.35)"
# of the axis of a spine, on which the furthest borough is at 1
EDGE = 1.04
# on a phone there is no room for London's value beside the borough's
NARROW = 520


def systems(
    rows: pd.DataFrame, london: float, indicator: Indicator, catalogue: Catalogue, scope: str, theme: str
) -> Chart:
    """The ICSs that have a value, with their intervals (latest.of_systems), and London as a line."""
    known = rows[rows["value"].notna()]
    texts = words.say_values(known["value"], [""] * len(known), indicator, catalogue)
    said = pd.DataFrame(
        {
            "area_name": known["ics_name"],
            "value": known["value"],
            "lower": known["lower_95"],
            "upper": known["upper_95"],
            "value_text": texts,
            "interval": words.interval_texts(known, indicator, catalogue),
            "spoken": [
                words.aloud(f"{name}, {text}") for name, text in zip(known["ics_name"], texts, strict=True)
            ],
            "selected": known["ics_code"] == scope,
            "london": london,
            # from too few of its boroughs, a value leads no list
            "order": known["value"].where(known["leads"], known["value"].min() - 1 - known["value"].abs()),
        }
    )
    y = {
        "field": "area_name",
        "type": "nominal",
        "sort": {"field": "order", "op": "max", "order": "descending"},
        "axis": {"title": None, "labelLimit": 170},
    }
    x = parts.value_axis("value", indicator, catalogue)
    colours = palette.THEMES[theme]
    layers = [
        _at_london(colours),
        {
            "transform": [{"filter": "isValid(datum.lower)"}],
            "mark": {"type": "rule", "strokeWidth": 2, "color": colours["muted"], "aria": False},
            "encoding": {"y": y, "x": x | {"field": "lower"}, "x2": {"field": "upper"}},
        },
        parts.dots({"y": y, "x": x}, {"area_name": "ICS", "value_text": "Value", "interval": "95% interval"}),
        parts.ring({"y": y, "x": x}),
        {
            "mark": {"type": "text", "dy": -14, "fontSize": 12, "color": colours["text"], "aria": False},
            "encoding": {"y": y, "x": x, "text": {"field": "value_text", "type": "nominal"}},
        },
    ]
    return parts.framed(layers, theme, {"step": 46}), {"rows": parts.table(said)}


def spine(rows: pd.DataFrame, theme: str) -> Chart:
    """Where one borough stands in each indicator: profile_view.spine_rows().

    The better end is on the right; names stand above the lines, so that they fit on a phone.
    """
    colours = palette.THEMES[theme]
    y = {"field": "place", "type": "ordinal", "axis": None}
    scale = {"domain": [-EDGE, EDGE], "nice": False}
    ends = "datum.value < 0 ? 'Worse than London' : datum.value > 0 ? 'Better' : 'London'"
    axis = {
        "title": None,
        "values": [-EDGE, 0, EDGE],
        "labelFlush": True,
        "labelExpr": ends,
        "grid": False,
        "ticks": False,
        "domain": False,
    }
    x = {"type": "quantitative", "scale": scale, "axis": axis}
    fills = {"domain": list(palette.COMPARISON), "range": list(palette.COMPARISON.values())}
    lines: list[dict] = [
        {
            "mark": {"type": "rule", "strokeWidth": width, "color": colour, "aria": False},
            "encoding": {"y": y, "x": x | {"field": start}, "x2": {"field": end}},
        }
        for start, end, width, colour in (
            ("lowest", "highest", 8, colours["outside"]),
            ("quarter", "three_quarters", 8, colours["outside_edge"]),
        )
    ]
    narrow = f"width < {NARROW}"
    texts = [
        {
            "mark": {"type": "text", "dy": -14, "fontSize": 12, "color": colours["text"], "aria": False}
            | mark,
            "encoding": {
                "y": y,
                "x": {"value": {"expr": place}},
                "text": {"field": field, "type": "nominal"},
            },
        }
        for field, place, mark in (
            ("label", "0", {"align": "left", "opacity": {"expr": f"{narrow} ? 0 : 1"}}),
            (
                "brief",
                "0",
                {"align": "left", "opacity": {"expr": f"{narrow} ? 1 : 0"}, "limit": {"expr": "width - 50"}},
            ),
            ("both", "width", {"align": "right", "opacity": {"expr": f"{narrow} ? 0 : 1"}}),
            ("value_text", "width", {"align": "right", "opacity": {"expr": f"{narrow} ? 1 : 0"}}),
        )
    ]
    layers = [
        *lines,
        {
            "mark": {"type": "rule", "strokeDash": [5, 3], "color": colours["london"], "aria": False},
            "encoding": {"x": x | {"datum": 0}},
        },
        {
            "mark": {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "size": 130,
                "stroke": palette.DARK_INK,
                "strokeWidth": 1,
            },
            "encoding": {
                "y": y,
                "x": x | {"field": "at"},
                "fill": {"field": "comparison", "type": "nominal", "scale": fills, "legend": None},
                "shape": {
                    "field": "comparison",
                    "type": "nominal",
                    "scale": {
                        "domain": list(palette.COMPARISON),
                        "range": ["triangle-up", "square", "triangle-down", "circle"],
                    },
                    "legend": None,
                },
                "description": {"field": "spoken", "type": "nominal"},
                "tooltip": [
                    {"field": "label", "type": "nominal", "title": "Figure"},
                    {"field": "value_text", "type": "nominal", "title": "Value"},
                    {"field": "middle_text", "type": "nominal", "title": "In the middle"},
                ],
            },
        },
        *texts,
    ]
    said = rows.assign(
        both=rows["value_text"] + " · " + rows["middle_text"],
        spoken=(rows["label"] + ", " + rows["value_text"] + ", " + rows["middle_text"]).map(words.aloud),
    )
    return parts.framed(layers, theme, {"step": 29}), {"rows": parts.table(said)}


def courses(
    values: pd.DataFrame,
    reasons: pd.DataFrame,
    names: dict[str, str],
    times: Timeline,
    indicator: Indicator,
    catalogue: Catalogue,
    theme: str,
) -> Chart:
    """A line for each column of time_series.course, its short name behind it; London and England are dashed.

    `reasons` are those of geo.tables.time_series.course_reasons. `names` gives the short names of boroughs,
    `times` where the periods of the rows stand. Lines end where the basis changes.
    """
    boroughs = [name for name in values if name in names]
    series = list(values.columns)
    colours = palette.THEMES[theme]
    paint = dict(zip(boroughs, palette.LINES[theme], strict=False))
    paint |= {"London": colours["london"], "England": colours["england"]}
    shape = dict(zip(boroughs, SHAPES, strict=False)) | {"London": "stroke", "England": "stroke"}
    moments = times.rows.set_index("period")
    long = values.rename_axis(columns="area_name").melt(ignore_index=False).reset_index()
    noted = reasons.melt()["value"]
    texts = words.say_values(long["value"], noted, indicator, catalogue)
    when = [words.period_label(period, indicator) for period in long["period"]]
    long = long.assign(
        at=[time_axis.at(moments.at[period, "period_end"]) for period in long["period"]],
        basis=long["period"].map(moments["basis"]),
        when=when,
        value_text=texts,
        whole=~long["area_name"].isin(boroughs),
        spoken=[
            words.aloud(f"{name}, {period}, {text}")
            for name, period, text in zip(long["area_name"], when, texts, strict=True)
        ],
    )
    is_whole = time_axis.starts_at_zero(long["value"], indicator)
    behind = _labels(values, {name: names.get(name, name) for name in series}, long["at"].max(), is_whole)
    # the names stand behind the last period
    x = time_axis.channel(times, indicator, ROOM)
    y = time_axis.value_channel("value", list(long["value"]), indicator, catalogue)
    colour = {
        "field": "area_name",
        "type": "nominal",
        "scale": {"domain": series, "range": [paint[name] for name in series]},
        "legend": None,
    }
    shapes = {"domain": series, "range": [shape[name] for name in series]}
    known = {"transform": [{"filter": "isValid(datum.value)"}]}
    layers = [
        {
            "mark": {"type": "line", "strokeWidth": 2, "aria": False},
            "encoding": {
                "x": x,
                "y": y,
                "color": colour,
                "detail": {"field": "basis", "type": "nominal"},
                "strokeDash": {"condition": {"test": "datum.whole", "value": [5, 3]}, "value": [1, 0]},
            },
        },
        known
        | {
            # those of London and England are strokes, which are nothing without a line
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 60, "strokeWidth": 2},
            "encoding": {
                "x": x,
                "y": y,
                "fill": colour,
                "stroke": colour,
                "shape": {"field": "area_name", "type": "nominal", "scale": shapes, "legend": None},
                "description": {"field": "spoken", "type": "nominal"},
                "tooltip": [
                    {"field": "area_name", "type": "nominal", "title": "Place"},
                    {"field": "when", "type": "nominal", "title": "Period"},
                    {"field": "value_text", "type": "nominal", "title": "Value"},
                ],
            },
        },
        {
            "data": {"name": "labels"},
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 10,
                "fontSize": 12,
                "fontWeight": 600,
                "aria": False,
            },
            "encoding": {
                "x": x | {"field": "at_end"},
                "y": y | {"field": "at"},
                "text": {"field": "label", "type": "nominal"},
                "color": colour,
            },
        },
    ]
    drawn = {"rows": parts.table(long), "labels": parts.table(behind)}
    if times.breaks:
        layers += time_axis.mark_breaks(x, theme)
        drawn["breaks"] = parts.table(time_axis.break_rows(times))
    return parts.framed(layers, theme, 260), drawn


def _at_london(colours: dict[str, str]) -> dict:
    return {
        "transform": [{"filter": "isValid(datum.london)"}],
        "mark": {"type": "rule", "strokeDash": [5, 3], "color": colours["london"], "aria": False},
        "encoding": {"x": {"aggregate": "min", "field": "london", "type": "quantitative"}},
    }


def _labels(values: pd.DataFrame, names: dict[str, str], at_end: float, from_zero: bool) -> pd.DataFrame:
    """Where the name of each line stands: at its last value, moved up or down so that none covers another."""
    lowest = float(values.min().min())
    spread = float(values.max().max()) - (min(lowest, 0) if from_zero else lowest)
    at = parts.apart(values.ffill().iloc[-1], parts.LABEL_HEIGHT * spread)
    return pd.DataFrame(
        {
            "area_name": at.index,
            "label": [names[name] for name in at.index],
            "at": at.to_numpy(),
            "at_end": at_end,
        }
    )
