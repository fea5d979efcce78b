"""A few places over time, as a Vega-Lite specification with its rows."""

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.tables.timeline import Timeline
from pages.components.charts import palette, parts, time_axis
from pages.components.charts.parts import Chart
from pages.components.text import dates, units

# points of a line, in the order of palette.LINES
SHAPES = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]
# of lines that have a colour a second and a third time, whose points are hollow; not as those of London
AGAIN = ([2, 3], [9, 3, 2, 3])
DOTTED = [2, 2]
# pixels: of the picture of a few lines, and of each name of many
COURSE, NAME = 260, 28
# pixels from the end of a line to its name, which may stand higher or lower
TO_NAME = 18
# how many times as long as the spread of its values an axis is that does not begin at 0, at most
BEYOND = 1.2
# in a column of a page a longer name stands in two lines, each so many pixels high
MOST_LETTERS, LINE_HEIGHT = 14, 12


def lines(
    values: pd.DataFrame,
    reasons: pd.DataFrame,
    names: dict[str, str],
    times: Timeline,
    indicator: Indicator,
    theme: str,
) -> Chart:
    """A line for each column of time_series.course, its short name behind it.

    London and England are dashed, and what is neither one of these nor a borough, an ICS, is dotted.

    `reasons` are those of geo.tables.time_series.course_reasons. `names` gives the short names of boroughs,
    `times` where the periods of the rows stand. Lines end where the basis changes.
    """
    texts = units.say_values(values.melt()["value"], reasons.melt()["value"], indicator)
    said = _in_periods(values, texts, names, times, indicator)
    is_whole = time_axis.starts_at_zero(said["value"], indicator)
    height = max(COURSE, NAME * values.shape[1])
    behind = _labels(values, names, said["at"].max(), is_whole, parts.LABEL_HEIGHT * COURSE / height)
    # the names stand behind the last period
    # on a page its axes take a part of the height of a chart, which then has no room for two lines a name
    has_lines = f"width < {time_axis.NARROW} && height >= {height}"
    room = time_axis.room_for(behind["label"], TO_NAME + 2, MOST_LETTERS, has_lines)
    x = time_axis.channel(times, indicator, room)
    y = time_axis.value_channel("value", list(said["value"]), indicator)
    layers = _lines_with_names(x, y, list(values), names, has_lines, theme)
    drawn = parts.framed(layers, theme, height, said, labels=behind)
    return time_axis.with_breaks(drawn, times, x, theme)


def _in_periods(
    values: pd.DataFrame, texts: list[str], names: dict[str, str], times: Timeline, indicator: Indicator
) -> pd.DataFrame:
    """A row a place and period of these values and their texts, with where it stands and how it is spoken.

    `whole` are an ICS, London and England, of which there are no short `names`.
    """
    moments = times.rows.set_index("period")
    rows = values.rename_axis(columns="area_name").melt(ignore_index=False).reset_index()
    when = [dates.period_label(period, indicator) for period in rows["period"]]
    spoken = zip(rows["area_name"], when, texts, strict=True)
    return rows.assign(
        at=[time_axis.at(moments.at[period, "period_end"]) for period in rows["period"]],
        basis=rows["period"].map(moments["basis"]),
        when=when,
        value_text=texts,
        whole=~rows["area_name"].isin(list(names)),
        spoken=[units.aloud(", ".join(said)) for said in spoken],
    )


def _lines_with_names(
    x: dict, y: dict, series: list[str], names: dict[str, str], has_lines: str, theme: str
) -> list[dict]:
    """The lines, their points, which are spoken, and behind each its name, a long one in two lines or not."""
    looks = _looks([name for name in series if name in names], theme)
    # the ICS that all of the boroughs are in
    text = palette.THEMES[theme]["text"]
    looks |= {name: (text, "stroke", DOTTED, text) for name in series if name not in looks}

    def channel(part: int) -> dict:
        return parts.in_order("area_name", {name: looks[name][part] for name in series})

    colour = channel(0)
    point = {"type": "point", "filled": True, "opacity": 1, "size": 60, "strokeWidth": 2}
    in_lines = f"{has_lines} ? split(datum.narrow, '|') : [datum.label]"
    up = f"(1 - length(datum.in_lines)) * {LINE_HEIGHT / 2}"
    line: dict = {"color": colour, "detail": parts.nominal("basis"), "strokeDash": channel(2)}
    return [
        parts.layer(parts.unspoken("line", strokeWidth=2), x=x, y=y, **line),
        parts.layer(
            point,
            where="isValid(datum.value)",
            x=x,
            y=y,
            fill=channel(3),
            stroke=colour,
            shape=channel(1),
            **parts.said({"area_name": "Place", "when": "Period", "value_text": "Value"}),
        ),
        parts.layer(
            parts.unspoken("rule", xOffset=3, x2Offset=TO_NAME, strokeWidth=1, opacity=0.7),
            "labels",
            x=x | {"field": "at_end"},
            x2={"field": "at_end"},
            y=y | {"field": "end"},
            y2={"field": "at"},
            color=colour,
        ),
        {"transform": [{"calculate": in_lines, "as": "in_lines"}]}
        | parts.layer(
            parts.name_behind_line(dx=TO_NAME + 2, lineHeight=LINE_HEIGHT, dy={"expr": up}),
            "labels",
            x=x | {"field": "at_end"},
            y=y | {"field": "at"},
            text=parts.nominal("in_lines"),
            color=colour,
        ),
    ]


def _looks(boroughs: list[str], theme: str) -> dict[str, tuple]:
    """Colour, shape of points, dashes and fill of points of each line, no two lines alike.

    There are only so many colours that can be told apart: with each round of them come other dashes.
    """
    colours = palette.THEMES[theme]
    london, england = (colours[name] for name in ("london", "england"))
    # the points of London and England are strokes, which are nothing without a line
    looks: dict[str, tuple] = {
        "London": (london, "stroke", parts.DASHED, london),
        "England": (england, "stroke", parts.DASHED, england),
    }
    for place, name in enumerate(boroughs):
        turn, at = divmod(place, len(SHAPES))
        colour = palette.LINES[theme][at]
        dashes, fill = (AGAIN[turn - 1], colours["page"]) if turn else (parts.SOLID, colour)
        looks[name] = (colour, SHAPES[at], dashes, fill)
    return looks


def _labels(
    values: pd.DataFrame, names: dict[str, str], at_end: float, from_zero: bool, least: float
) -> pd.DataFrame:
    """Where the name of each line stands: at its last value, moved up or down so that none covers another.

    `end` is the value of the last period, NaN for a line that ends before it. `least` is how far apart they
    must be, as a share of the spread of all values.
    """
    lowest = float(values.min().min())
    lowest = min(lowest, 0) if from_zero else lowest
    highest = float(values.max().max())
    ends = values.ffill().iloc[-1]
    # an axis from elsewhere than 0 reaches further beyond its values
    share = least if from_zero else least * BEYOND
    at = parts.apart(ends, share * (highest - lowest), highest, lowest)
    labels = [names.get(name, name) for name in at.index]
    return pd.DataFrame(
        {
            "area_name": at.index,
            "label": labels,
            "narrow": ["|".join(parts.in_halves(label, MOST_LETTERS)) for label in labels],
            "at": at.to_numpy(),
            "end": values.iloc[-1][at.index].to_numpy(),
            "at_end": at_end,
        }
    )
