"""One choice and one map of London's boroughs, in the ways that others would make it (side_by_side.py)."""

import json

import pandas as pd

from data_loaders.store import SNAPSHOT

LABEL = "Indicator"
CHOICES = [f"Choice {number}" for number in range(20)]


def shapes() -> dict:
    """The boroughs as GeoJSON, in degrees; each has its code as `id`."""
    found = json.loads((SNAPSHOT / "boroughs_screen.geojson").read_text(encoding="utf-8"))
    for feature in found["features"]:
        feature["id"] = feature["properties"]["area_code"]
    return found


def values(choice: str) -> pd.DataFrame:
    """A number for each borough, another one for each choice: area_code, value from 0 to 32."""
    number = CHOICES.index(choice)
    codes = [feature["id"] for feature in shapes()["features"]]
    return pd.DataFrame(
        {"area_code": codes, "value": [(place * 7 + number * 5) % 33 for place in range(len(codes))]}
    )


def vega_lite() -> dict:
    """The map for vega-embed; its rows are the data set `values`."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 900,
        "height": 600,
        "data": {"values": shapes()["features"]},
        "transform": [
            {"lookup": "id", "from": {"data": {"name": "values"}, "key": "area_code", "fields": ["value"]}}
        ],
        "mark": "geoshape",
        "encoding": {"color": {"field": "value", "type": "quantitative"}},
        "datasets": {"values": values(CHOICES[0]).to_dict("records")},
    }


# what Plotly's map is made of besides its rows; its other kind of map fetches a globe from another host
PLOTLY = {
    "locations": "area_code",
    "color": "value",
    "map_style": "white-bg",
    "center": {"lat": 51.49, "lon": -0.1},
    "zoom": 9,
    "height": 600,
}
