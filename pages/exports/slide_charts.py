"""Bars and lines that PowerPoint draws itself, so that they can be edited."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from pages.exports.pack import Bars, Lines
from pages.exports.slide_layout import Room
from pages.exports.slide_parts import describe, element, paint
from pages.exports.table import MARK

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData, XyChartData
    from pptx.chart.series import XySeries
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.shapes.placeholder import PlaceholderGraphicFrame, SlidePlaceholder

# points
LABEL_SIZE = 14
# points that a bar needs for its name to be read, and inches for the name of a borough beside it
BAR_HEIGHT, NAMES = 17, 2.5
# how much brighter than the text of the theme are lines that others are held against, and those behind all
MUTED, FAINT = 0.35, 0.85
# the line whose points bear the names of the periods
PERIODS = "Periods"
# left, top, width and height of the plot in the chart, and what of the time is left free at both sides
PLOT, EDGE = (0.08, 0.08, 0.89, 0.70), 0.07
# of bars: the top and the height of the plot, what lies behind it for the numbers, and the most for the names
TOP_OF_BARS, HIGH_OF_BARS, NUMBERS, MOST_NAMES = 0.1, 0.893, 0.11, 0.55


def most_bars(room: Room) -> int:
    """How many bars a chart in a room can have with their names."""
    return max(1, int(room.height * HIGH_OF_BARS * 72 / BAR_HEIGHT))


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
            marked=tuple(name for name in bars.marked if name in names),
        )
        for start in starts
    ]


def add_bars(place: "SlidePlaceholder", bars: Bars, ends: tuple[float, float], room: Room) -> None:
    """Bars that PowerPoint draws, from the first at the top, on an axis between `ends`, with their unit."""
    from pptx.chart.data import ChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    data = ChartData(number_format=_number_format(bars.decimals))
    data.categories = bars.names
    data.add_series(bars.axis or "Value", bars.values)
    alt = f"Bars: {bars.axis}, from {bars.names[0]} to {bars.names[-1]}. The table has every value."
    chart = _add_chart(place, XL_CHART_TYPE.BAR_CLUSTERED, data, alt)
    chart.has_legend = False
    if bars.axis:
        chart.has_title = True
        chart.chart_title.include_in_layout = False
        chart.chart_title.text_frame.text = bars.axis
        font = chart.chart_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(LABEL_SIZE), False
    chart.category_axis.reverse_order = True
    # every name, however small the room: PowerPoint would leave out every second one
    (last,) = chart.category_axis._element.xpath("c:noMultiLvlLbl")
    last.addprevious(element("c:tickLblSkip", val="1"))
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = ends
    plot = chart.plots[0]
    plot.gap_width = 35
    series = plot.series[0]
    # labels of the series and not of the plot: a bar with a label of its own would leave all others without
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _number_format(bars.decimals), False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    # else PowerPoint turns negative bars white
    series.invert_if_negative = False
    series.format.fill.solid()
    paint(series.format.fill.fore_color, MSO_THEME_COLOR.ACCENT_1)
    for name in bars.marked:
        label = series.points[bars.names.index(name)].data_label
        # an own label forgets the position of all the others
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        (index,) = label._dLbl.xpath("c:idx")
        marked = f'{_number_format(bars.decimals)}"{MARK}"'
        index.addnext(element("c:numFmt", formatCode=marked, sourceLinked="0"))
    for name in set(bars.benchmarks) & set(bars.names):
        fill = series.points[bars.names.index(name)].format.fill
        fill.solid()
        paint(fill.fore_color, MSO_THEME_COLOR.TEXT_1, MUTED)
    # two charts side by side have bars of one scale
    left = min(NAMES / room.width, MOST_NAMES)
    _set_plot(chart, (left, TOP_OF_BARS, 1 - left - NUMBERS, HIGH_OF_BARS))


def ends_of(bars: Bars) -> tuple[float, float]:
    """Where the axis of bars begins and ends, so that the bars of two charts can be held side by side."""
    values = [0.0, *(value for value in bars.values if value is not None)]
    low, high = min(values), max(values) or 1.0
    # the number of a negative bar stands before it, where the names are
    return low - NUMBERS * (high - low) if low < 0 else low, high


def add_lines(place: "SlidePlaceholder", lines: Lines) -> None:
    """Lines that PowerPoint draws, on a scale of time, those to compare with broken.

    A period without a value is a gap, and so is a change of basis, which has its word above it. The names of
    the periods are labels of a line of their own, because programs can write dates along a scale of time but
    not "2023/24".
    """
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.enum.dml import MSO_THEME_COLOR

    values = [value for _, known in lines.series for value in known if value is not None]
    low, high, step = _ends([0.0, *values] if lines.starts_at_zero else values)
    breaks = [moment for moment in lines.moments if moment.word]
    data = XyChartData(number_format=_number_format(lines.decimals))
    for name, known in lines.series:
        series = data.add_series(name)
        for before, moment, value in zip((None, *lines.moments), lines.moments, known, strict=False):
            if before and before.basis != moment.basis:
                series.add_data_point(_serial(moment.end), None)
            series.add_data_point(_serial(moment.end), value)
    named = [moment for moment in lines.moments if moment.named]
    axis_series = data.add_series(PERIODS)
    for moment in named:
        axis_series.add_data_point(_serial(moment.end), low)
    for moment in breaks:
        series = data.add_series(moment.word)
        for value in (low, high):
            series.add_data_point(_serial(moment.end), value)
    names = ", ".join(name for name, _ in lines.series)
    alt = f"Lines: {lines.axis}, {lines.moments[0].period} to {lines.moments[-1].period}, of {names}."
    chart = _add_chart(place, XL_CHART_TYPE.XY_SCATTER_LINES, data, alt)
    _set_axes(chart, lines, low, high, step)
    drawn = list(chart.plots[0].series)
    own = len(lines.series)
    own_colours = iter((MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2))
    for series in drawn[:own]:
        _set_line(series, lines, own_colours)
    _set_labels(drawn[own], [moment.period for moment in named], below=True)
    for series, moment in zip(drawn[own + 1 :], breaks, strict=True):
        _set_labels(series, ["", moment.word], below=False)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    (position,) = chart.legend._element.xpath("c:legendPos")
    for number in range(len(drawn) - 1, own - 1, -1):
        entry = element("c:legendEntry")
        entry.append(element("c:idx", val=str(number)))
        entry.append(element("c:delete", val="1"))
        position.addnext(entry)


def _set_axes(chart: "Chart", lines: Lines, low: float, high: float, step: float) -> None:
    """Axes from the first period to the last, and from `low` to `high`, with room for the periods' names."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    time, axis = chart.category_axis, chart.value_axis
    first, last = (_serial(lines.moments[place].end) for place in (0, -1))
    edge = max((last - first) * EDGE, 1)
    time.minimum_scale, time.maximum_scale = first - edge, last + edge
    time.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    time.major_tick_mark, time.has_major_gridlines = XL_TICK_MARK.NONE, False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    paint(axis.major_gridlines.format.line.color, MSO_THEME_COLOR.TEXT_1, FAINT)
    # each axis stands at the lowest value of the other, wherever nothing lies
    for crossed in (time, axis):
        (crosses,) = crossed._element.xpath("c:crosses")
        crosses.set("val", "min")
    if lines.axis:
        axis.has_title = True
        axis.axis_title.text_frame.text = lines.axis
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(LABEL_SIZE)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    # the names of the periods stand below the axis, which no program leaves room for by itself
    _set_plot(chart, PLOT)


def _set_plot(chart: "Chart", box: tuple[float, float, float, float]) -> None:
    """Where in a chart the plot itself is, as shares of it: left, top, width and height."""
    layout = element("c:layout")
    manual = element("c:manualLayout")
    layout.append(manual)
    for name, value in (
        ("layoutTarget", "inner"),
        ("xMode", "edge"),
        ("yMode", "edge"),
        *((name, f"{value:.3f}") for name, value in zip("xywh", box, strict=True)),
    ):
        manual.append(element(f"c:{name}", val=value))
    (plot,) = chart._chartSpace.xpath("c:chart/c:plotArea")
    for old in plot.xpath("c:layout"):
        plot.remove(old)
    plot.insert(0, layout)


def _set_line(series: "XySeries", lines: Lines, own: Iterator["MSO_THEME_COLOR"]) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
    from pptx.util import Pt

    is_benchmark = series.name in lines.benchmarks
    colour, brightness = (MSO_THEME_COLOR.TEXT_1, MUTED) if is_benchmark else (next(own), 0)
    sign = XL_MARKER_STYLE.SQUARE if colour is MSO_THEME_COLOR.ACCENT_2 else XL_MARKER_STYLE.CIRCLE
    series.format.line.width = Pt(1.75 if is_benchmark else 2.75)
    # a benchmark that is known in one period only would be nothing without its points
    series.marker.style = XL_MARKER_STYLE.DASH if is_benchmark else sign
    series.marker.size = 8
    series.marker.format.fill.solid()
    for painted in (
        series.format.line.color,
        series.marker.format.fill.fore_color,
        series.marker.format.line.color,
    ):
        paint(painted, colour, brightness)
    if is_benchmark:
        series.format.line.dash_style = (
            MSO_LINE.DASH if series.name == lines.benchmarks[0] else MSO_LINE.ROUND_DOT
        )


def _set_labels(series: "XySeries", texts: Sequence[str], below: bool) -> None:
    """Words at the points of a line that is only there for them: unseen for periods, dotted at a break."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
    from pptx.util import Pt

    series.marker.style = XL_MARKER_STYLE.NONE
    if below:
        series.format.line.fill.background()
    else:
        paint(series.format.line.color, MSO_THEME_COLOR.TEXT_1, MUTED)
        series.format.line.width = Pt(1.25)
        series.format.line.dash_style = MSO_LINE.ROUND_DOT
    for number, text in enumerate(texts):
        if text:
            label = series.points[number].data_label
            label.text_frame.text = text
            label.position = XL_LABEL_POSITION.BELOW if below else XL_LABEL_POSITION.ABOVE
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(LABEL_SIZE)


def _serial(day: dt.date) -> int:
    """A day as spreadsheets count: days from the end of 1899."""
    return (day - dt.date(1899, 12, 30)).days


def _add_chart(
    place: "SlidePlaceholder", kind: "XL_CHART_TYPE", data: "ChartData | XyChartData", alt: str
) -> "Chart":
    """A chart in a placeholder, in the fonts and colours of the theme, its categories where no bar is."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.shapes.placeholder import ChartPlaceholder
    from pptx.util import Pt

    # a placeholder for any content takes a chart like one for charts
    taker = ChartPlaceholder(place._element, place._parent)
    frame = cast("PlaceholderGraphicFrame", taker.insert_chart(kind, data))
    describe(frame, alt)
    chart = frame.chart
    # the schema wants numbers of axes without a sign
    for number in chart._chartSpace.xpath("//c:axId | //c:crossAx"):
        number.set("val", number.get("val").removeprefix("-"))
    chart.has_title = False
    chart.font.size = Pt(LABEL_SIZE)
    paint(chart.font.color, MSO_THEME_COLOR.TEXT_1)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    paint(chart.category_axis.format.line.color, MSO_THEME_COLOR.TEXT_1, MUTED)
    return chart


def _ends(values: list[float]) -> tuple[float, float, float]:
    """Round numbers around the values, and the step between the lines of an axis."""
    spread = max(values) - min(values) or abs(max(values)) or 1
    power = 10 ** math.floor(math.log10(spread / 4))
    step = next(power * times for times in (1, 2, 5, 10) if power * times * 4 >= spread)
    return math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step, step


def _number_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
