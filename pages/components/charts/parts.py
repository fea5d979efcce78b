"""Parts that the pictures of places share, as pieces of Vega-Lite specifications."""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from data_loaders.catalogue import Catalogue, Indicator
from pages.components.charts import palette

Chart = tuple[dict, dict[str, pa.Table]]
# of the spread of the values of a chart of lines, whose axis reaches beyond them
LABEL_HEIGHT = 0.11
DOT = palette.SEQUENTIAL[5][3]
BOROUGH_TIPS = {"area_name": "Borough", "value_text": "Value", "ics_name": "ICS"}


def value_axis(field: str, indicator: Indicator, catalogue: Catalogue, title: str | None = None) -> dict:
    """A quantitative channel with the unit as its title; bars begin at zero, dots need not."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": False, "nice": True, "padding": 16},
        "axis": {"title": title or catalogue.units[indicator.unit].axis, "tickCount": 5, "gridOpacity": 0.35},
    }


def dots(encoding: dict, tips: Mapping[str, str] = BOROUGH_TIPS) -> dict:
    """A dot for each row, which is spoken (`spoken`) and has a tooltip (fields with their titles)."""
    tooltip = [{"field": field, "type": "nominal", "title": title} for field, title in tips.items()]
    described = {"description": {"field": "spoken", "type": "nominal"}, "tooltip": tooltip}
    return {
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 0.85, "color": DOT},
        "encoding": encoding | described,
    }


def ring(encoding: dict) -> dict:
    """Around the dot of the chosen borough."""
    return {
        "transform": [{"filter": "datum.selected"}],
        "mark": {
            "type": "point",
            "size": 220,
            "strokeWidth": 3,
            "color": palette.HIGHLIGHT[1][0],
            "aria": False,
        },
        "encoding": encoding,
    }


def apart(ends: pd.Series, least: float) -> pd.Series:
    """Where the names behind lines stand, in the order and the unit of the `ends` of the lines.

    No two are nearer to each other than `least`, and they are as much too high above as too low below.
    """
    at = ends.sort_values()
    for place in range(1, len(at)):
        at.iloc[place] = max(at.iloc[place], at.iloc[place - 1] + least)
    return at - (at - ends.sort_values()).mean()


def framed(layers: list[dict], theme: str, height: int | dict) -> dict:
    """A specification of these layers, as wide as its place on the page, over the data set `rows`."""
    # above the axis, because a long title does not fit beside it
    above = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -10}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": height,
        "data": {"name": "rows"},
        "config": palette.config(theme, axisY=above),
        "layer": layers,
    }


def table(rows: pd.DataFrame) -> pa.Table:
    """Rows as they travel to the browser."""
    return pa.Table.from_pandas(rows, preserve_index=False)
