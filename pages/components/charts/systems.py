"""ICSs beside each other, as a Vega-Lite specification with its rows."""

import pandas as pd

from data_loaders.catalogue import Indicator
from pages.components.charts import palette, parts
from pages.components.charts.parts import Chart
from pages.components.text import units


def with_intervals(rows: pd.DataFrame, london: float, indicator: Indicator, scope: str, theme: str) -> Chart:
    """The ICSs that have a value, with their intervals (latest.of_systems), and London as a line."""
    known = rows[rows["value"].notna()]
    texts = units.say_values(known["value"], known["note"], indicator)
    said = pd.DataFrame(
        {
            "area_name": known["ics_name"],
            "value": known["value"],
            "lower": known["lower_95"],
            "upper": known["upper_95"],
            "value_text": texts,
            "interval": units.interval_texts(known, indicator),
            "spoken": [
                units.aloud(f"{name}, {text}") for name, text in zip(known["ics_name"], texts, strict=True)
            ],
            "selected": known["ics_code"] == scope,
            "london": london,
            # from too few of its boroughs, a value leads no list
            "order": known["value"].where(known["leads"], known["value"].min() - 1 - known["value"].abs()),
        }
    )
    order = {"field": "order", "op": "max", "order": "descending"}
    y = parts.nominal("area_name", sort=order, axis={"title": None, "labelLimit": 170})
    x = parts.value_axis("value", indicator, beside_names=True)
    text = parts.unspoken("text", dy=-14, fontSize=12, color=palette.THEMES[theme]["text"])
    layers = [
        parts.at_london(theme, aria=False),
        parts.named_at_london(theme),
        _interval(x, y, theme),
        parts.dots({"y": y, "x": x}, {"area_name": "ICS", "value_text": "Value", "interval": "95% interval"}),
        parts.ring({"y": y, "x": x}),
        parts.layer(text | _CLEAR_OF_LINES, y=y, x=x, text=parts.nominal("value_text")),
    ]
    return parts.framed(layers, theme, {"step": 46}, said)


# where a value would stand on London's line it stands beside it, on the side of its own point; where it would
# stand on the axis, behind that
_NEAR_AXIS = "scale('x', datum.value) < 20"
_NEAR_LONDON = "abs(scale('x', datum.value) - scale('x', datum.london)) < 28"
_SIDE = (
    f"{_NEAR_AXIS} ? 'left' : !({_NEAR_LONDON}) ? 'center' : datum.value < datum.london ? 'right' : 'left'"
)
_CLEAR_OF_LINES: dict = {
    "align": {"expr": _SIDE},
    "dx": {"expr": f"{_NEAR_AXIS} || !({_NEAR_LONDON}) ? 0 : datum.value < datum.london ? -3 : 3"},
}


def _interval(x: dict, y: dict, theme: str) -> dict:
    mark = parts.unspoken("rule", strokeWidth=2, color=palette.THEMES[theme]["muted"])
    ends: dict = {"x": x | {"field": "lower"}, "x2": {"field": "upper"}}
    return parts.layer(mark, where="isValid(datum.lower)", y=y, **ends)
