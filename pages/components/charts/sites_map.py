"""A map of sites: boroughs as a quiet ground, signs told apart by shape as well as colour, and a frame."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.access.borders import onto_map
from geo.boundaries.layouts import Layout
from pages.components.charts import label_places, outlines, palette, parts
from pages.components.charts.label_places import Frame
from pages.exports import colours

HEIGHT = 560
# of the map on a laptop beside what is said of it, in pixels
WIDTH = 700
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
# the height of a row of the legend, and of what is around them, in pixels
LEGEND_ROW, LEGEND_MARGIN = 15, 18
LEGEND = {
    "title": None,
    "orient": "top",
    "columns": {"expr": "width < 500 ? 1 : 3"},
    "labelLimit": 400,
    "symbolOpacity": 1,
}
WHERE = parts.on_map("lon", "lat")


class Look(NamedTuple):
    """How the sign of a kind looks: its shape and colour, and its size in square pixels."""

    shape: str
    fill: str
    size: int


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


def _bounds(rows: pd.DataFrame) -> Frame:
    """These places with a margin."""
    x, y = np.array([outlines.mercator(*place) for place in zip(rows["lon"], rows["lat"], strict=True)]).T
    across, down = max(np.ptp(x), LEAST) + 2 * MARGIN, max(np.ptp(y), LEAST) + 2 * MARGIN
    west, north = (x.min() + x.max() - across) / 2, (y.min() + y.max() + down) / 2
    return Frame(float(west), float(north), float(across), float(down))


def fills(looks: Mapping[str, Look]) -> dict:
    """The channel of the colours of these kinds, which has the legend."""
    return parts.in_order("kind", {kind: look.fill for kind, look in looks.items()}, legend=LEGEND)


def picture(
    layout: Layout,
    shown: Frame,
    looks: Mapping[str, Look],
    theme: str,
    rows: dict[str, pa.Table],
    labels: pd.DataFrame,
    under: Sequence[dict] = (),
    chosen: str = "",
) -> dict:
    """A map as an exhibit is made of it: its chart, its height, and which boroughs may stand by their codes.

    The chosen borough (a code, or empty) is darker; `labels` are names_clear_of() signs, `under` layers below
    the signs, which are the data set `signs` of `rows`.
    """
    return {
        "chart": (_drawing(layout, shown, labels, looks, theme, under, chosen), rows),
        **outlines.measured(labels, shown, HEIGHT, _legend(len(looks))),
    }


def names_clear_of(signs: pd.DataFrame, layout: Layout, shown: Frame, kinds: int) -> pd.DataFrame:
    """Where names stand on a map of these signs (lon, lat, size), whose legend has so many kinds of them."""
    k = min(WIDTH / shown.across, (HEIGHT - _legend(kinds)) / shown.down)
    return label_places.clear_of(signs, label_places.labels_in(layout, shown), layout, shown, k)


def _legend(kinds: int) -> float:
    """Its height on a narrow map, where each kind has a row."""
    return LEGEND_ROW * kinds + LEGEND_MARGIN


def _drawing(
    layout: Layout,
    shown: Frame,
    labels: pd.DataFrame,
    looks: Mapping[str, Look],
    theme: str,
    under: Sequence[dict],
    chosen: str,
) -> dict:
    """The boroughs, of which the chosen one (a code, or empty) is darker, layers, signs, and names.

    The signs are the data set `signs`: lon, lat, kind (of `looks`, in the order of the legend), size and
    told. `under` are further layers, below the signs.
    """
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
        *outlines.names(labels, theme),
    ]
    whole = parts.whole(layers, palette.config(theme), HEIGHT) | outlines.placed(layout, shown)
    return whole | {"resolve": {"scale": {"size": "independent"}}}
