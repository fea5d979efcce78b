"""Where the names of boroughs stand on a part of the map: in what is seen of each, clear of what is drawn."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely

from geo.boundaries.layouts import Layout, project, with_nearest
from pages.components.charts import palette

# the type of names in pixels, and the width of an average letter of it
SIZE, LETTER = palette.TEXT["page"], 0.5
# how much further than the free circle in its area a name may reach: nothing else stands there
TIGHT = 1.2
# half the width and the height of a code, in pixels
CODE = (0.65 * SIZE, 0.5 * SIZE)
# of the height of a frame: a part of an area that holds no larger circle than this goes without a name
SLIVER = 0.035
# a drawing is at most so much wider than the frame that it shows
WIDEST = 3
# square pixels of a sign that a name may lie over rather than be a code
SMALL = 34
# pixels that two labels keep between them, if they had as much: on a phone that is what two codes take
APART = 48
# pixels from a place that is tried for a name to the next, and what stays free around a sign
STEP, FREE = 4, 1.5


class Frame(NamedTuple):
    """The part of the ground that a map shows, as Mercator's projection has it."""

    west: float
    north: float
    across: float
    down: float


def labels_in(layout: Layout, shown: Frame) -> pd.DataFrame:
    """The layout's labels with what a name and the frame take; of an area that is cut, in what is seen of it.

    Adds half and high (half the width and height of the name in pixels), east and down (its place from the
    middle of the frame's upper edge, in projected units), and is_framed.
    """
    lines = layout.labels["tile_label"].str.split("|")
    labels = layout.labels.assign(
        half=[max(map(len, text)) * SIZE * LETTER / 2 for text in lines], high=lines.str.len() * SIZE / 2
    )
    labels = _in_frame(labels, layout, shown)
    if labels["is_framed"].all():
        return labels
    west = shown.west - shown.across * (WIDEST - 1) / 2
    beside = Frame(west, shown.north, shown.across * WIDEST, shown.down)
    for part in (shown, beside):
        is_inside = _in_frame(labels, layout, part)["is_framed"]
        labels = _moved_into(labels, layout, part, list(labels.index[~is_inside & ~labels["is_framed"]]))
        labels = _in_frame(labels, layout, shown)
    return with_nearest(labels, layout.projection)


def clear_of(
    signs: pd.DataFrame, labels: pd.DataFrame, layout: Layout, shown: Frame, k: float
) -> pd.DataFrame:
    """Labels of labels_in(), moved within their areas to where they lie over the fewest signs.

    `signs` has lon, lat, and size in square pixels; `k` is the scale of the map that this is worked out for.
    Where its code lies over fewer, by more than a SMALL one, an area has its code, on every map: its free
    circle (reach) is none then.
    """
    size = signs["size"].to_numpy(float)
    at = project(layout.projection, signs[["lon", "lat"]].to_numpy()) * k
    marks = np.column_stack([at, np.sqrt(size) / 2 + FREE, size])
    first = project(layout.projection, labels[["x", "y"]].to_numpy()) * k
    now, reach = first.copy(), labels["reach"].to_numpy(float).copy()
    for number, (code, half, high, is_framed) in enumerate(
        zip(labels.index, labels["half"], labels["high"], labels["is_framed"], strict=True)
    ):
        if not is_framed:
            continue
        seen = shapely.transform(_seen(layout.areas[code], shown), lambda points: points * k)
        here, others = first[number], np.delete(now, number, axis=0)
        apart = np.minimum(np.hypot(*(np.delete(first, number, axis=0) - here).T), APART)
        name = _best(seen, _free(here[None], others, apart), (half, high), marks)
        is_named = not name.covered
        place = name.place
        # a name that lies over something where it stands is moved, or gives way to its code
        if not is_named:
            places = _free(_tried(seen, here), others, apart)
            name, short = (_best(seen, places, each, marks) for each in ((half, high), CODE))
            if math.isinf(short.covered):
                continue
            is_named = name.covered <= short.covered + SMALL
            place = name.place if is_named else short.place
        now[number] = place
        # a name that fits here fits on every larger map
        least = 1.02 * max(half, high) / TIGHT
        reach[number] = (
            max(shapely.distance(shapely.Point(place), seen.boundary), least) / k if is_named else 0
        )
    x, y = np.array([_unprojected(place / k) for place in now]).T
    is_moved = (now != first).any(axis=1)
    moved = labels.assign(
        x=np.where(is_moved, x, labels["x"]), y=np.where(is_moved, y, labels["y"]), reach=reach
    )
    return with_nearest(_in_frame(moved, layout, shown), layout.projection)


def _free(places: np.ndarray, others: np.ndarray, apart: np.ndarray) -> np.ndarray:
    """Those of the places that are so far apart from each of the others."""
    distances = np.hypot(*(places[:, None] - others[None, :]).transpose(2, 0, 1))
    return places[(distances >= apart - STEP / 4).all(axis=1)]


class _Place(NamedTuple):
    """Where a label may stand, and of which size the signs are together that it covers there; in pixels."""

    covered: float
    place: np.ndarray


def _tried(seen: shapely.Geometry, here: np.ndarray) -> np.ndarray:
    """Places over all of an area, the nearest to `here` first, which is the first of them; in pixels."""
    west, south, east, north = shapely.bounds(seen)
    x, y = np.meshgrid(np.arange(west, east, STEP), np.arange(south, north, STEP))
    places = np.vstack([here, np.column_stack([x.ravel(), y.ravel()])])
    return places[np.hypot(*(places - here).T).argsort(kind="stable")]


def _best(seen: shapely.Geometry, places: np.ndarray, half: tuple[float, float], marks: np.ndarray) -> _Place:
    """The first of the places in an area where a label of half this width and height covers least.

    Its cost is endless where the area holds the label at none. `marks` has a row a sign: x, y, the radius of
    what it takes, and its size. All in pixels.
    """
    shapely.prepare(seen)
    is_held = shapely.contains(seen, shapely.box(*(places - half).T, *(places + half).T))
    if not is_held.any():
        return _Place(math.inf, np.full(2, math.nan))
    held = places[is_held]
    west, south, east, north = shapely.bounds(seen)
    beyond = np.maximum([west, south] - marks[:, :2], marks[:, :2] - [east, north]).max(axis=1)
    x_y, radius, size = np.split(marks[beyond < marks[:, 2]], [2, 3], axis=1)
    apart = np.maximum(np.abs(held[:, None] - x_y[None, :]) - half, 0)
    covered = (np.hypot(*apart.transpose(2, 0, 1)) < radius.ravel()) @ size.ravel()
    best = covered.argmin()
    return _Place(float(covered[best]), held[best])


def _in_frame(labels: pd.DataFrame, layout: Layout, shown: Frame) -> pd.DataFrame:
    """With east, down and is_framed."""
    x, y = project(layout.projection, labels[["x", "y"]].to_numpy()).T
    east, down = x - shown.west - shown.across / 2, shown.north - y
    is_framed = (np.abs(east) < shown.across / 2) & (down > 0) & (down < shown.down)
    return labels.assign(east=east, down=down, is_framed=is_framed)


def _moved_into(labels: pd.DataFrame, layout: Layout, shown: Frame, codes: list[str]) -> pd.DataFrame:
    """With the labels of these areas in the largest circle of what is seen of each, if that is no sliver."""
    moved = labels.copy()
    for code in codes:
        seen = _seen(layout.areas[code], shown)
        if seen.is_empty:
            continue
        radius = shapely.maximum_inscribed_circle(seen)
        if radius.length > SLIVER * shown.down:
            moved.loc[code, ["x", "y", "reach"]] = [*_unprojected(np.array(radius.coords[0])), radius.length]
    return moved


def _seen(area: shapely.Geometry, shown: Frame) -> shapely.Geometry:
    """The largest piece of what a frame shows of an area."""
    south, east = shown.north - shown.down, shown.west + shown.across
    pieces = shapely.get_parts(shapely.clip_by_rect(area, shown.west, south, east, shown.north))
    return max(pieces, key=shapely.area, default=shapely.Polygon())


def _unprojected(place: np.ndarray) -> list[float]:
    """Longitude and latitude of a place in Mercator's projection."""
    x, y = place
    return [math.degrees(x), math.degrees(2 * math.atan(math.exp(y)) - math.pi / 2)]
