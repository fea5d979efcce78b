"""The map of a scenario: who would lose or gain a centre within reach, and where centres stand."""

import pandas as pd

from geo.boundaries.layouts import Layout
from pages.components.charts import palette, parts, sites_map
from pages.components.charts.sites_map import CENTRE, LARGE, LINKED, SMALL, STAYING, Look
from pages.exports import colours

LOSES = "Children who would have no centre within reach"
GAINS = "Children who would newly have one"
ACROSS = "Children who have one only across a border"
CLOSED, OPENED = "Closed in this scenario", "Opened in this scenario"
MOVED_FROM, MOVED_TO = "Moves from here in this scenario", "Moves to here in this scenario"
# told apart by shape as well as by colour
CHANGES = {
    CLOSED: Look("triangle-down", colours.ORANGE, LARGE),
    OPENED: Look("triangle-up", colours.TEAL, LARGE),
    MOVED_FROM: Look("triangle-left", colours.ORANGE, LARGE),
    MOVED_TO: Look("triangle-right", colours.TEAL, LARGE),
    LOSES: Look("circle", colours.ORANGE, LARGE),
    GAINS: Look("circle", colours.TEAL, LARGE),
    ACROSS: Look("circle", colours.PURPLE, LARGE),
}
# children of one small area, of whom the largest has some 400
MOST_CHILDREN, LARGEST = 400, 900


def picture(layout: Layout, homes: pd.DataFrame, signs: pd.DataFrame, theme: str) -> dict:
    """The boroughs, a disc for each small area with children who lose or gain, and the signs of sites.

    `homes` has easting, northing, kind (LOSES or GAINS), children and told, `signs` easting, northing, kind
    (CENTRE, LINKED, or of CHANGES) and told. The map shows what the scenario concerns. It
    comes as an exhibit is made of it (sites_map.picture).
    """
    own = STAYING[theme]
    staying = {CENTRE: Look("circle", own[CENTRE], SMALL), LINKED: Look("square", own[LINKED], SMALL)}
    present = {*homes["kind"], *signs["kind"]}
    looks = {kind: look for kind, look in (staying | CHANGES).items() if kind in present}
    sizes = {kind: look.size for kind, look in looks.items()}
    homes, signs = sites_map.placed(homes), sites_map.placed(signs).assign(size=signs["kind"].map(sizes))
    concerned = pd.concat([homes, signs[~signs["kind"].isin([CENTRE, LINKED])]])
    discs = parts.layer(
        {"type": "circle", "opacity": 0.65, "stroke": palette.DARK_INK, "strokeWidth": 0.7, "clip": True},
        "homes",
        **sites_map.WHERE,
        size=parts.quantity(
            "children", scale={"domain": [0, MOST_CHILDREN], "range": [0, LARGEST]}, legend=None
        ),
        fill=sites_map.fills(looks),
        description=parts.nominal("told"),
        tooltip=parts.tooltip({"told": "Small area"}),
    )
    shown = sites_map.frame(concerned, signs)
    rows = {"homes": parts.table(homes), "signs": parts.table(signs)}
    labels = sites_map.names_clear_of(signs, layout, shown, len(looks))
    return sites_map.picture(layout, shown, looks, theme, rows, labels, under=[discs])
