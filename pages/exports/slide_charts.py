"""Charts on slides: where they stand, how many bars one can have, and the same chart in parts."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from pages.exports import office_charts
from pages.exports.office_charts import BELOW_BARS, Place
from pages.exports.pack import Bars, Lines
from pages.exports.slide_layout import Room
from pages.exports.slide_parts import describe

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData, XyChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.shapes.placeholder import PlaceholderGraphicFrame, SlidePlaceholder

# points
LABEL_SIZE = 14
# points that a bar needs for its name to be read
BAR_HEIGHT = 17


def most_bars(room: Room) -> int:
    """How many bars a chart in a room can have with their names."""
    high = room.height * (1 - BELOW_BARS) - office_charts.above(LABEL_SIZE)
    return max(1, int(high * 72 / BAR_HEIGHT))


def in_charts(bars: Bars, most: int) -> list[Bars]:
    """The bars in charts of so many at most, as even as can be."""
    count = math.ceil(len(bars.names) / most)
    size = math.ceil(len(bars.names) / count)
    starts = range(0, len(bars.names), size)
    return [
        replace(
            bars,
            names=(names := bars.names[start : start + size]),
            values=bars.values[start : start + size],
            limits=bars.limits[start : start + size],
            marked=tuple(name for name in bars.marked if name in names),
        )
        for start in starts
    ]


def add_bars(at: "SlidePlaceholder", bars: Bars, ends: tuple[float, float], room: Room) -> None:
    """Bars that PowerPoint draws, on an axis between `ends`, so that two charts have one scale."""
    office_charts.draw_bars(_place(at, office_charts.describe_bars(bars), room), bars, ends)


def add_lines(at: "SlidePlaceholder", lines: Lines, room: Room) -> None:
    """Lines that PowerPoint draws, on a scale of time."""
    office_charts.draw_lines(_place(at, office_charts.describe_lines(lines), room), lines)


def _place(at: "SlidePlaceholder", alt: str, room: Room) -> Place:
    """A placeholder as the place of a chart."""
    from pptx.shapes.placeholder import ChartPlaceholder

    def put(kind: "XL_CHART_TYPE", data: "ChartData | XyChartData") -> "Chart":
        # a placeholder for any content takes a chart like one for charts
        taker = ChartPlaceholder(at._element, at._parent)
        frame = cast("PlaceholderGraphicFrame", taker.insert_chart(kind, data))
        describe(frame, alt)
        return frame.chart

    return Place(put, room.width, room.height, LABEL_SIZE)
