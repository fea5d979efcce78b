"""What pictures of answers share: rows, each with its name above what it shows."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart

# the height of a row, and how far below its middle stands what it shows: its name is above
ROW, BELOW = 42, 7


def channel(groups: Sequence[str]) -> dict:
    """The channel of the rows, one a group."""
    scale = {"domain": list(groups)}
    return {"field": "group", "type": "nominal", "sort": list(groups), "scale": scale, "axis": None}


def framed(layers: list[dict], theme: str, rows: pd.DataFrame, groups: Sequence[str]) -> Chart:
    """A picture of these layers over `rows`, with the groups above their rows."""
    heads = pa.Table.from_pylist([{"group": group} for group in groups])
    spec = parts.framed([*layers, _heads(groups, theme)], theme, {"step": ROW})
    return spec, {"rows": parts.table(rows), "groups": heads}


def _heads(groups: Sequence[str], theme: str) -> dict:
    """The groups, each above its row: beside it there is no room on a phone."""
    return {
        "data": {"name": "groups"},
        "mark": {"type": "text", "align": "left", "dy": -12, "fontSize": 12, "aria": False}
        | {"color": palette.THEMES[theme]["text"], "limit": {"expr": "width"}},
        "encoding": {
            "y": channel(groups),
            "x": {"value": 0},
            "text": {"field": "group", "type": "nominal"},
        },
    }
