"""The map of a scenario: who would lose or gain a centre within reach, and where centres stand."""

import numpy as np
import pandas as pd

from geo.access.borders import onto_map
from geo.boundaries.layouts import Layout
from pages.components.charts import outlines, palette, parts
from pages.exports import colours

HEIGHT = 560
LOSES = "Children who would have no centre within reach"
GAINS = "Children who would have one for the first time"
ACROSS = "Children who have one only across a border"
CENTRE, LINKED = "Children's centre", "Linked site"
CLOSED, OPENED = "Closed in this scenario", "Opened in this scenario"
MOVED_FROM, MOVED_TO = "Moves from here in this scenario", "Moves to here in this scenario"
# told apart by shape as well as by colour
SHAPES = {
    CENTRE: "circle",
    LINKED: "square",
    CLOSED: "triangle-down",
    OPENED: "triangle-up",
    MOVED_FROM: "triangle-left",
    MOVED_TO: "triangle-right",
    LOSES: "circle",
    GAINS: "circle",
    ACROSS: "circle",
}
CHANGES = {
    CLOSED: colours.ORANGE,
    OPENED: colours.TEAL,
    MOVED_FROM: colours.ORANGE,
    MOVED_TO: colours.TEAL,
    LOSES: colours.ORANGE,
    GAINS: colours.TEAL,
    ACROSS: colours.PURPLE,
}
# those that stay as they are
STAYING = {
    "light": {CENTRE: colours.DARK_BLUE, LINKED: colours.MID_GREY},
    "dark": {CENTRE: colours.LIGHT_BLUE, LINKED: colours.PALE_INK},
}
SIZES = {CENTRE: 34, LINKED: 34} | dict.fromkeys((CLOSED, OPENED, MOVED_FROM, MOVED_TO), 190)
# children of one small area, of whom the largest has some 400
MOST_CHILDREN, LARGEST = 400, 900
# around what is drawn, and the least width of it, in projected units (radians)
MARGIN, LEAST = 0.00035, 0.0016
# a frame this wide is better as wide as London, whose edges it would cut
HALF = 0.5
# a name needs so many pixels on each side of its middle
ROOM, NAME = 24, 45
_LEGEND = {
    "title": None,
    "orient": "bottom",
    "columns": {"expr": "width < 500 ? 1 : 3"},
    "labelLimit": 400,
    "symbolOpacity": 1,
}
_WHERE: dict = {"longitude": parts.quantity("lon"), "latitude": parts.quantity("lat")}


def specification(layout: Layout, homes: pd.DataFrame, signs: pd.DataFrame, theme: str) -> parts.Chart:
    """The boroughs, a disc for each small area with children who lose or gain, and the signs of sites.

    `homes` has easting, northing, kind (LOSES or GAINS), children and told, `signs` easting, northing, kind
    (of SHAPES) and told. The map shows what the scenario concerns (_frame).
    """
    homes, signs = _placed(homes), _placed(signs).assign(size=signs["kind"].map(SIZES))
    concerned = pd.concat([homes, signs[~signs["kind"].isin([CENTRE, LINKED])]])
    west, north, across, down = _frame(concerned, signs)
    present = {*homes["kind"], *signs["kind"]}
    shapes = {kind: shape for kind, shape in SHAPES.items() if kind in present}
    looks = STAYING[theme] | CHANGES
    fill = parts.in_order("kind", {kind: looks[kind] for kind in shapes}, legend=_LEGEND)
    middle_x, middle_y = west + across / 2, north - down / 2
    # no name is cut by the frame
    has_room = f"datum.reach * k > {ROOM}"
    is_inside = (
        f"abs(k * (datum.east - {middle_x})) < width / 2 - {NAME} && "
        f"abs(k * (datum.north - {middle_y})) < height / 2 - {ROOM}"
    )
    layers = [
        outlines.boroughs(layout, "", theme),
        parts.layer(
            {"type": "circle", "opacity": 0.65, "stroke": palette.DARK_INK, "strokeWidth": 0.7, "clip": True},
            "homes",
            **_WHERE,
            size=parts.quantity(
                "children",
                scale={"domain": [0, MOST_CHILDREN], "range": [0, LARGEST]},
                legend=None,
            ),
            fill=fill,
            description=parts.nominal("told"),
            tooltip=parts.tooltip({"told": "Small area"}),
        ),
        parts.layer(
            {"type": "point", "filled": True, "opacity": 1, "stroke": colours.WHITE, "strokeWidth": 0.8}
            | {"clip": True},
            "signs",
            **_WHERE,
            size={"field": "size", "type": "quantitative", "scale": None},
            shape=parts.in_order("kind", shapes, legend=_LEGEND),
            fill=fill,
            description=parts.nominal("told"),
            tooltip=parts.tooltip({"told": "Site"}),
        ),
        *outlines.names(layout, theme, f"{has_room} && {is_inside} ? 1 : 0"),
    ]
    drawing = parts.whole(layers, palette.config(theme), HEIGHT)
    drawing |= {
        "params": [
            {"name": "k", "expr": f"min(width / {across}, height / {down})"},
        ],
        "projection": {
            "type": layout.projection,
            "scale": {"expr": "k"},
            "translate": {"expr": f"[width / 2 - k * {middle_x}, height / 2 + k * {middle_y}]"},
        },
        "resolve": {"scale": {"size": "independent"}},
    }
    return drawing, {"homes": parts.table(homes), "signs": parts.table(signs)}


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """With longitude and latitude in place of easting and northing."""
    lon, lat = onto_map().transform(rows["easting"].to_numpy(float), rows["northing"].to_numpy(float))
    return rows.drop(columns=["easting", "northing"]).assign(lon=np.round(lon, 5), lat=np.round(lat, 5))


def _frame(concerned: pd.DataFrame, signs: pd.DataFrame) -> tuple[float, float, float, float]:
    """What a scenario concerns (_bounds); where that is nothing, or half of London, all London."""
    whole = _bounds(signs)
    if concerned.empty:
        return whole
    near = _bounds(concerned)
    return near if max(near[2] / whole[2], near[3] / whole[3]) < HALF else whole


def _bounds(rows: pd.DataFrame) -> tuple[float, float, float, float]:
    """West, north, width and height of these places with a margin, as Mercator's projection has them."""
    x, y = np.array([outlines.mercator(*place) for place in zip(rows["lon"], rows["lat"], strict=True)]).T
    across, down = max(np.ptp(x), LEAST) + 2 * MARGIN, max(np.ptp(y), LEAST) + 2 * MARGIN
    west, north = (x.min() + x.max() - across) / 2, (y.min() + y.max() + down) / 2
    return float(west), float(north), float(across), float(down)
