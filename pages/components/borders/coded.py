"""The map of borders where there is no room for names: codes in their place, and a key to them."""

import pandas as pd

from pages.components.borders import sections
from pages.components.charts import label_places, outlines, palette, parts
from pages.components.data import figures
from pages.components.state.view import View


def named(view: View) -> pd.DataFrame:
    """The boroughs on both sides of the borders, by name: area_name, code, and x and y of where it stands.

    Of those over the river the ones that the map shows.
    """
    pairs, rows = figures.border_pairs(view), figures.picture(view).rows
    on_a_side = rows.loc[
        rows["area_code"].isin([*pairs["left"], *pairs["right"]]), ["area_code", "area_name"]
    ]
    labels = label_places.labels_in(figures.map_layout(), sections.shown_of(view))
    on_map = labels.loc[labels["is_framed"], ["x", "y", "code"]]
    return on_a_side.join(on_map, on="area_code", how="inner").sort_values("area_name")


def with_codes(drawing: dict, boroughs: pd.DataFrame) -> dict:
    """The map with the codes of these boroughs in place of all names."""
    rows = boroughs[["x", "y", "code"]].to_dict("records")
    mark = parts.unspoken("text", fontSize=palette.TEXT["page"], fontWeight=600, clip=True)
    codes = outlines.written({"data": {"values": rows}}, "code", mark, "light")
    return drawing | {
        "layer": [*(each for each in drawing["layer"] if each["mark"]["type"] != "text"), *codes]
    }


def key(boroughs: pd.DataFrame) -> str:
    """What the codes stand for, in a sentence."""
    pairs = zip(boroughs["code"], boroughs["area_name"], strict=True)
    return f"On the map: {', '.join(f'{code} {name}' for code, name in pairs)}."
