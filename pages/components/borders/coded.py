"""The map of borders where there is no room for names: codes in their place, and a key to them."""

import pandas as pd

from pages.components.charts import outlines, palette, parts
from pages.components.data import figures
from pages.components.state.view import View


def named(view: View) -> pd.DataFrame:
    """The boroughs on both sides of the borders that are drawn; with area_code, area_name and code."""
    pairs, rows = figures.border_pairs(view), figures.picture(view).rows
    return rows[rows["area_code"].isin([*pairs["left"], *pairs["right"]])].sort_values("area_name")


def with_codes(drawing: dict, boroughs: pd.DataFrame) -> dict:
    """The map with the codes of these boroughs in place of all names."""
    labels = figures.map_layout().labels.loc[boroughs["area_code"]]
    rows = [
        {"x": label["x"], "y": label["y"], "code": code}
        for label, code in zip(labels.to_dict("records"), boroughs["code"], strict=True)
    ]
    mark = parts.unspoken("text", fontSize=palette.TEXT["page"], fontWeight=600, clip=True)
    codes = outlines.written({"data": {"values": rows}}, "code", mark, "light")
    return drawing | {
        "layer": [*(each for each in drawing["layer"] if each["mark"]["type"] != "text"), *codes]
    }


def key(boroughs: pd.DataFrame) -> str:
    """What the codes stand for, in a sentence."""
    pairs = zip(boroughs["code"], boroughs["area_name"], strict=True)
    return f"On the map: {', '.join(f'{code} {name}' for code, name in pairs)}."
