"""Dots in rows, for a survey: ranked means and counts, and boroughs by their answer."""

from collections.abc import Sequence

import pandas as pd

from pages.components.charts import palette, parts, survey_rows
from pages.components.charts.parts import Chart
from pages.components.charts.survey_rows import BELOW


def ranked(rows: pd.DataFrame, scale: tuple[float, float], unit: str, theme: str) -> Chart:
    """A dot for each `group`, in the order of the rows, at its `amount` with `text` beside it.

    The axis is the scale of the answers: it need not begin at zero, because dots have no length.
    """
    said = rows.assign(spoken=rows["group"] + ", " + rows["text"])
    names = list(rows["group"])
    y = survey_rows.channel(names)
    x = {
        "field": "amount",
        "type": "quantitative",
        "scale": {"domain": list(scale), "nice": False},
        "axis": {"title": unit, "tickCount": 5, "gridOpacity": 0.2},
    }
    dots = parts.dots({"y": y, "x": x}, {"group": "Question", "text": "Value"})
    dots["mark"] |= {"yOffset": BELOW}
    layers = [
        dots,
        {
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 9,
                "fontSize": 12,
                "yOffset": BELOW,
                "aria": False,
            }
            | {"color": palette.THEMES[theme]["text"]},
            "encoding": {"y": y, "x": x, "text": {"field": "text", "type": "nominal"}},
        },
    ]
    return survey_rows.framed(layers, theme, said, names)


def strip(rows: pd.DataFrame, groups: Sequence[str], axis: dict, theme: str) -> Chart:
    """A dot for each borough at its `value`, in the row of its `group`, with a line at the middle of each.

    `rows` has area_name, group, value, value_text, fill, selected, middle (the median of the group, where
    there is one) and spoken; `axis` is the channel of the values.
    """
    colours = palette.THEMES[theme]
    y = survey_rows.channel(groups)
    x = axis | {"axis": axis["axis"] | {"gridOpacity": 0.2}}
    tips = {"area_name": "Borough", "group": "Answer", "value_text": "Value"}
    dot = parts.dots({"y": y, "x": x}, tips)
    dot["mark"] |= {
        "opacity": 1,
        "size": 110,
        "stroke": colours["text"],
        "strokeWidth": 1,
        "yOffset": BELOW,
    }
    dot["encoding"] |= {"fill": {"field": "fill", "type": "nominal", "scale": None}}
    ring = parts.ring({"y": y, "x": x})
    ring["mark"] |= {"yOffset": BELOW}
    layers = [
        {
            "transform": [{"filter": "isValid(datum.middle)"}],
            "mark": {
                "type": "tick",
                "size": 24,
                "thickness": 3,
                "color": colours["london"],
                "yOffset": BELOW,
            }
            | {"aria": False},
            "encoding": {"y": y, "x": x | {"field": "middle"}},
        },
        dot,
        ring,
    ]
    return survey_rows.framed(layers, theme, rows, groups)
