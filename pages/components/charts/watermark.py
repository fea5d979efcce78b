"""Mark pictures of made-up answers, so that the mark is in every file that is made of them."""

from pages.components.charts import palette
from pages.components.charts.parts import Chart
from pages.exports.exhibit import ILLUSTRATIVE


def marked(picture: Chart) -> Chart:
    """The picture with ILLUSTRATIVE above it in full, and its first word across it."""
    spec, data = picture
    across = {
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "text": ILLUSTRATIVE.split(":")[0],
            "angle": 340,
            "fontSize": {"expr": "clamp(min(width / 9, height / 3), 16, 84)"},
            "fontWeight": 700,
            "color": palette.HATCH,
            "opacity": 0.3,
            "aria": False,
        },
        "encoding": {
            "x": {"value": {"expr": "width / 2"}},
            "y": {"value": {"expr": "min(height, width * 0.8) / 2"}},
        },
    }
    config = spec["config"]
    colour = config["axis"]["titleColor"]
    if isinstance(spec["height"], dict):
        # Vega-Lite forgets the height of a row when a layer without rows is added
        config = config | {"view": config["view"] | {"discreteHeight": spec["height"]}}
    above = {"text": ILLUSTRATIVE, "anchor": "start", "color": colour, "fontSize": 13, "frame": "bounds"}
    return spec | {"title": above, "layer": [*spec["layer"], across], "config": config}, data
