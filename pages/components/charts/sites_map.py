"""A map of sites: boroughs as a quiet ground, signs told apart by shape as well as colour, and a frame."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo.access.borders import onto_map
from geo.boundaries.layouts import Layout
from pages.components.charts import outlines, palette, parts
from pages.exports import colours

HEIGHT = 560
CENTRE, LINKED = "Children's centre", "Linked site"
# of sites that stay as they are
SMALL, LARGE = 34, 190
STAYING = {
    "light": {CENTRE: colours.DARK_BLUE, LINKED: colours.MID_GREY},
    "dark": {CENTRE: colours.LIGHT_BLUE, LINKED: colours.PALE_INK},
}
# the sign of a family hub: a house
HOUSE = "M0,-1L1,-0.25L1,1L-1,1L-1,-0.25Z"
# around what is drawn, and the least width of it, in projected units (radians)
MARGIN, LEAST = 0.00035, 0.0016
# a frame this wide is better as wide as London, whose edges it would cut
HALF = 0.5
# a name needs so many pixels on each side of its middle
ROOM, NAME = 24, 45
LEGEND = {
    "title": None,
    "orient": "bottom",
    "columns": {"expr": "width < 500 ? 1 : 3"},
    "labelLimit": 400,
    "symbolOpacity": 1,
}
WHERE: dict = {"longitude": parts.quantity("lon"), "latitude": parts.quantity("lat")}


class Look(NamedTuple):
    """How the sign of a kind looks: its shape and colour, and its size in square pixels."""

    shape: str
    fill: str
    size: int


class Frame(NamedTuple):
    """The part of the ground that a map shows, as Mercator's projection has it."""

    west: float
    north: float
    across: float
    down: float


def placed(rows: pd.DataFrame) -> pd.DataFrame:
    """With longitude and latitude in place of easting and northing."""
    lon, lat = onto_map().transform(rows["easting"].to_numpy(float), rows["northing"].to_numpy(float))
    return rows.drop(columns=["easting", "northing"]).assign(lon=np.round(lon, 5), lat=np.round(lat, 5))


def frame(concerned: pd.DataFrame, whole: pd.DataFrame) -> Frame:
    """What a map is of; where that is nothing, or half of the whole, the whole. Both are placed()."""
    all_of_it = _bounds(whole)
    if concerned.empty:
        return all_of_it
    near = _bounds(concerned)
    is_small = max(near.across / all_of_it.across, near.down / all_of_it.down) < HALF
    return near if is_small else all_of_it


def frame_of_boroughs(layout: Layout, codes: Sequence[str]) -> Frame:
    """These authorities as a whole, with a margin."""
    bounds = layout.labels.loc[list(codes)]
    west, south = bounds["west"].min() - MARGIN, bounds["south"].min() - MARGIN
    east, north = bounds["east"].max() + MARGIN, bounds["north"].max() + MARGIN
    return Frame(float(west), float(north), float(east - west), float(north - south))


def _bounds(rows: pd.DataFrame) -> Frame:
    """These places with a margin."""
    x, y = np.array([outlines.mercator(*place) for place in zip(rows["lon"], rows["lat"], strict=True)]).T
    across, down = max(np.ptp(x), LEAST) + 2 * MARGIN, max(np.ptp(y), LEAST) + 2 * MARGIN
    west, north = (x.min() + x.max() - across) / 2, (y.min() + y.max() + down) / 2
    return Frame(float(west), float(north), float(across), float(down))


def fills(looks: Mapping[str, Look]) -> dict:
    """The channel of the colours of these kinds, which has the legend."""
    return parts.in_order("kind", {kind: look.fill for kind, look in looks.items()}, legend=LEGEND)


def drawing(
    layout: Layout, shown: Frame, looks: Mapping[str, Look], theme: str, under: list[dict], chosen: str = ""
) -> dict:
    """The boroughs, of which the chosen one (a code, or empty) is darker, layers, signs, and names.

    The signs are the data set `signs`: lon, lat, kind (of `looks`, in the order of the legend), size and
    told. `under` are further layers, below the signs.
    """
    middle_x, middle_y = shown.west + shown.across / 2, shown.north - shown.down / 2
    # no name is cut by the frame
    has_room = f"datum.reach * k > {ROOM}"
    is_inside = (
        f"abs(k * (datum.east - {middle_x})) < width / 2 - {NAME} && "
        f"abs(k * (datum.north - {middle_y})) < height / 2 - {ROOM}"
    )
    layers = [
        outlines.boroughs(layout, chosen, theme),
        *under,
        parts.layer(
            {"type": "point", "filled": True, "opacity": 1, "stroke": colours.WHITE, "strokeWidth": 0.8}
            | {"clip": True},
            "signs",
            **WHERE,
            size={"field": "size", "type": "quantitative", "scale": None},
            shape=parts.in_order("kind", {kind: look.shape for kind, look in looks.items()}, legend=LEGEND),
            fill=fills(looks),
            description=parts.nominal("told"),
            tooltip=parts.tooltip({"told": "Site"}),
        ),
        *outlines.names(layout, theme, f"{has_room} && {is_inside} ? 1 : 0"),
    ]
    whole = parts.whole(layers, palette.config(theme), HEIGHT)
    return whole | {
        "usermeta": {"shape": shown.down / shown.across},
        "params": [{"name": "k", "expr": f"min(width / {shown.across}, height / {shown.down})"}],
        "projection": {
            "type": layout.projection,
            "scale": {"expr": "k"},
            "translate": {"expr": f"[width / 2 - k * {middle_x}, height / 2 + k * {middle_y}]"},
        },
        "resolve": {"scale": {"size": "independent"}},
    }


def height_of(drawn: dict) -> Callable[[float], float]:
    """The height that the map fills at a width: in a column it would else stand in the middle of nothing."""
    shape = drawn["usermeta"]["shape"]
    return lambda width: min(HEIGHT, width * shape)
