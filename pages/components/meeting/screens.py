"""What a page shows in a meeting: screens, each a sentence, a picture as large as can be, and its sources.

A picture is either made for the end of a room (charts.large_rows), or one of the page's own, enlarged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from data_loaders.catalogue import Source
from pages.components.charts import parts
from pages.components.charts.parts import Chart
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import of_view
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state.view import View
from pages.components.text import citations

# the place of the picture on the stage of 1920 by 1080, in pixels
WIDTH, HEIGHT = 1860, 748
# of pictures whose type is 12 pixels: lines over time stay readable in so little room, maps do not
LINES, MAP = 4.0, 2.6
# letters in one line of what a screen is of
LONGEST_ABOUT = 125
# pixels above a picture that is marked as made up
ABOVE = 48


class Picture(NamedTuple):
    """A drawing with its rows, what is said of it aloud, and how many times it is enlarged on the stage.

    A click on a clickable one marks a borough.
    """

    drawing: dict
    rows: dict[str, pa.Table]
    alt: str
    enlarged: float = 1
    clickable: bool = False


@dataclass(frozen=True, eq=False)
class Screen:
    """One screen: its key in links, its name, a sentence, what it is of, and pictures side by side.

    `remarks` must be known beside the picture; `publishers` is the short line of sources, `sources` are all
    of them in full. With `is_made_up` it shows made-up answers, and with `is_private` some that only this
    session has.
    """

    key: str
    name: str
    headline: str
    about: str
    pictures: tuple[Picture, ...] = ()
    remarks: tuple[str, ...] = ()
    publishers: str = ""
    sources: tuple[str, ...] = ()
    is_made_up: bool = False
    is_private: bool = False


class Named(NamedTuple):
    """A borough that can be typed, and what is then said of it."""

    name: str
    said: str


@dataclass(frozen=True, eq=False)
class Shown:
    """All that a page shows in a meeting: its screens, the first to begin with, and the boroughs to type.

    `rounds` are the fields of the view that change what is on the screens.
    """

    screens: tuple[Screen, ...]
    boroughs: tuple[Named, ...] = ()
    rounds: tuple[str, ...] = ("ics", "indicator", "period")


def of_figure(
    key: str,
    name: str,
    picture: IndicatorView,
    pictures: Sequence[Picture],
    *,
    headline: str = "",
    about: str = "",
    remarks: Sequence[str] | None = None,
    sources: Sequence[Source] | None = None,
    on_land: bool = False,
) -> Screen:
    """A screen of the figure that is looked at: by itself with the headline of the page Map.

    `about` is what there is to say beside indicator, place and period. With `on_land` the boroughs are drawn
    in their own shapes, which are somebody's.
    """
    shown = picture.sources if sources is None else sources
    boundaries = figures.boundary_source()
    said = citations.publishers(shown)
    full = citations.source_lines(shown, figures.embedded())
    return Screen(
        key=key,
        name=name,
        headline=headline or picture.headline,
        about=" · ".join(filter(None, [picture.indicator.label, picture.subtitle, about])),
        pictures=tuple(pictures),
        remarks=tuple(picture.remarks if remarks is None else remarks),
        publishers=f"{said} Boundaries: {boundaries.publisher}." if on_land else said,
        sources=(*full, citations.boundary_line(boundaries)) if on_land else tuple(full),
    )


def of_exhibit(
    key: str, kind: ExhibitKind, view: View, times: float, headline: str = "", rows: int = 0
) -> Screen | None:
    """A picture of the page, enlarged so many times, or as far as so many rows have room; None without one.

    Its title is the sentence, unless another is given.
    """
    exhibit = of_view.find(kind, view)
    if exhibit is None or exhibit.drawing is None:
        return None
    drawing = exhibit.drawing
    if rows:
        times = min(times, HEIGHT / (drawing["height"]["step"] * rows + BESIDE_ROWS))
    else:
        drawing = drawing | {"height": int(HEIGHT / times)}
    fit = {"type": "fit-x" if rows else "fit", "contains": "padding"}
    drawing = parts.with_legend_beside(drawing) | {"width": int(WIDTH / times), "autosize": fit}
    alt = " ".join([kind.alt, exhibit.title])
    about, remarks = exhibit.subtitle, exhibit.remarks
    if headline and len(exhibit.title) + len(about) <= LONGEST_ABOUT:
        about = f"{exhibit.title} · {about}"
    elif headline:
        about, remarks = exhibit.title, (f"{about}.", *remarks)
    return Screen(
        key=key,
        name=exhibit.name,
        headline=headline or exhibit.title,
        about=about,
        pictures=(Picture(drawing, exhibit.rows, alt, times),),
        remarks=remarks,
        publishers=exhibit.publishers or exhibit.sources[0],
        sources=exhibit.sources,
        is_made_up=exhibit.is_illustrative,
        is_private=exhibit.is_private,
    )


# pixels of a picture of rows that are not rows: its axis and its legend
BESIDE_ROWS = 60


def large(chart: Chart, alt: str) -> Picture:
    """A picture that was made for the end of a room."""
    drawing, rows = chart
    return Picture(drawing, rows, alt)


def boroughs_of(picture: IndicatorView) -> tuple[Named, ...]:
    """All boroughs with their value and rank in the figure that is looked at."""
    rows = picture.rows
    return tuple(
        Named(name, f"{value}, {rank}" if rank else value)
        for name, value, rank in zip(rows["area_name"], rows["value_text"], rows["rank_text"], strict=True)
    )
