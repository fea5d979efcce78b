"""Bars and lines that PowerPoint and Word draw by themselves, so that they can be edited.

One description (pages/exports/pack.py) gives the same chart on a slide and in a paper: in the fonts and
colours of the theme of its file, and with its numbers in a workbook within.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pages.exports.office_xml import element, paint
from pages.exports.pack import Bars, Lines
from pages.exports.table import MARK

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.chart.chart import Chart
    from pptx.chart.data import CategorySeriesData, ChartData, XyChartData
    from pptx.chart.datalabel import DataLabel, DataLabels
    from pptx.chart.series import BarSeries, XySeries
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.parts.chart import ChartPart

# inches for the name of a borough beside its bar, in letters of so many points
NAMES, NAME_LETTERS = 2.5, 14
# how much brighter than the text of the theme are lines that others are held against, and those behind all
MUTED, FAINT = 0.35, 0.85
# the line whose points bear the names of the periods
PERIODS = "Periods"
# of lines: the left and the width of the plot, what lies below it, and what of the time is left free at
# both sides
LEFT, WIDE, BELOW_LINES, EDGE = 0.08, 0.89, 0.22, 0.07
# lines of letters above the plot for its unit, and with the word at a break; of bars: what lies behind the
# plot for the numbers, the most for the names, and what is left free below
LINES_ABOVE, WITH_A_BREAK, NUMBERS, MOST_NAMES, BELOW_BARS = 2.0, 3.5, 0.11, 0.55, 0.007
# what of the axis a bar needs for its number to stand in it, beside its interval
ROOM_IN_A_BAR = 0.12
WITH_INTERVALS = "with 95% intervals"
# columns of the workbook: how far the limits of the 95% intervals are from the values
ABOVE, BELOW = "Up to the upper 95% limit", "Down to the lower 95% limit"


@dataclass(frozen=True)
class Place:
    """Where a chart is drawn: how it is put there, its width and height in inches, its letters in points.

    `put` takes the kind of the chart and its numbers.
    """

    put: "Callable[[XL_CHART_TYPE, ChartData | XyChartData], Chart]"
    width: float
    height: float
    letters: int


def above(letters: int, lines: float = LINES_ABOVE) -> float:
    """Inches that so many lines above the plot take, in letters of so many points."""
    return lines * letters / 72


def describe_bars(bars: Bars) -> str:
    """The alternative text of bars that stand without their picture."""
    return f"Bars: {bars.axis}, from {bars.names[0]} to {bars.names[-1]}. The table has every value."


def describe_lines(lines: Lines) -> str:
    """The alternative text of lines that stand without their picture."""
    names = ", ".join(name for name, _ in lines.series)
    return f"Lines: {lines.axis}, {lines.moments[0].period} to {lines.moments[-1].period}, of {names}."


def draw_bars(place: Place, bars: Bars, ends: tuple[float, float]) -> None:
    """Bars from the first at the top, on an axis between `ends`, with their unit."""
    from pptx.chart.data import ChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.enum.dml import MSO_THEME_COLOR

    data = ChartData(number_format=_number_format(bars.decimals))
    data.categories = bars.names
    data.add_series(bars.axis or "Value", bars.values)
    chart = _put(place, XL_CHART_TYPE.BAR_CLUSTERED, data)
    chart.has_legend = False
    has_intervals = _can_have_intervals(bars, ends)
    left = min(NAMES * place.letters / NAME_LETTERS / place.width, MOST_NAMES)
    _entitle(chart, ", ".join(filter(None, (bars.axis, WITH_INTERVALS * has_intervals))), place.letters, left)
    chart.category_axis.reverse_order = True
    # every name, however small the room: office programs would leave out every second one
    (last,) = chart.category_axis._element.xpath("c:noMultiLvlLbl")
    last.addprevious(element("c:tickLblSkip", val="1"))
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = ends
    plot = chart.plots[0]
    plot.gap_width = 35
    series = plot.series[0]
    # else office programs turn negative bars white
    series.invert_if_negative = False
    series.format.fill.solid()
    paint(series.format.fill.fore_color, MSO_THEME_COLOR.ACCENT_1)
    _set_numbers(series, bars, has_intervals)
    if has_intervals:
        _add_intervals(chart, data, bars)
    for name in set(bars.benchmarks) & set(bars.names):
        fill = series.points[bars.names.index(name)].format.fill
        fill.solid()
        paint(fill.fore_color, MSO_THEME_COLOR.TEXT_1, MUTED)
    top = above(place.letters) / place.height
    # two charts side by side have bars of one scale
    _set_plot(chart, (left, top, 1 - left - NUMBERS, 1 - top - BELOW_BARS))


def _can_have_intervals(bars: Bars, ends: tuple[float, float]) -> bool:
    """Whether there are intervals, and room in each bar for its number, which would lie on them behind it."""
    low, high = ends
    known = [value for value in bars.values if value is not None]
    return any(bars.limits) and low == 0 and min(known) >= ROOM_IN_A_BAR * high


def _set_numbers(series: "BarSeries", bars: Bars, is_within: bool) -> None:
    """The value behind each bar, or at its foot within it, with a mark where it has one."""
    labels = series.data_labels
    # labels of the series and not of the plot: a bar with a label of its own would leave all others without
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _number_format(bars.decimals), False
    _stand(labels, is_within)
    for name in bars.marked:
        label = series.points[bars.names.index(name)].data_label
        # an own label forgets the position of all the others
        _stand(label, is_within)
        (index,) = label._dLbl.xpath("c:idx")
        marked = f'{_number_format(bars.decimals)}"{MARK}"'
        index.addnext(element("c:numFmt", formatCode=marked, sourceLinked="0"))


def _stand(label: "DataLabel | DataLabels", is_within: bool) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.enum.dml import MSO_THEME_COLOR

    label.position = XL_LABEL_POSITION.INSIDE_BASE if is_within else XL_LABEL_POSITION.OUTSIDE_END
    if is_within:
        paint(label.font.color, MSO_THEME_COLOR.BACKGROUND_1)


def _add_intervals(chart: "Chart", data: "ChartData", bars: Bars) -> None:
    """A line across the end of each bar from one limit to the other, and both in the workbook."""
    values = [value or 0.0 for value in bars.values]
    ends = [limits or (value, value) for limits, value in zip(bars.limits, values, strict=True)]
    below = [value - low for value, (low, _) in zip(values, ends, strict=True)]
    above = [high - value for value, (_, high) in zip(values, ends, strict=True)]
    lines = element("c:errBars")
    for name, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "1")):
        lines.append(element(f"c:{name}", val=value))
    for side, name, lengths in (("plus", ABOVE, above), ("minus", BELOW, below)):
        lines.append(_numbers(side, data.add_series(name, lengths), lengths))
    looks = element("c:spPr")
    stroke = element("a:ln", w="12700")
    fill = element("a:solidFill")
    grey = element("a:schemeClr", val="bg1")
    grey.append(element("a:lumMod", val="50000"))
    fill.append(grey)
    looks.append(stroke)
    stroke.append(fill)
    lines.append(looks)
    (categories,) = chart.plots[0].series[0]._element.xpath("c:cat")
    categories.addprevious(lines)
    part = cast("ChartPart", chart.part)
    part.chart_workbook.update_from_xlsx_blob(data.xlsx_blob)


def _numbers(name: str, column: "CategorySeriesData", numbers: Sequence[float]) -> "_Element":
    """Numbers of a chart, and in which column of its workbook they are."""
    whole, reference, known = element(f"c:{name}"), element("c:numRef"), element("c:numCache")
    where = element("c:f")
    where.text = column.values_ref
    count = element("c:ptCount", val=str(len(numbers)))
    known.append(count)
    for place, number in enumerate(numbers):
        point, value = element("c:pt", idx=str(place)), element("c:v")
        value.text = repr(number)
        point.append(value)
        known.append(point)
    reference.append(where)
    reference.append(known)
    whole.append(reference)
    return whole


def ends_of(bars: Bars) -> tuple[float, float]:
    """Where the axis of bars begins and ends, so that the bars of two charts can be held side by side."""
    limits = [limit for each in bars.limits if each for limit in each]
    values = [0.0, *(value for value in bars.values if value is not None), *limits]
    low, high = min(values), max(values) or 1.0
    # the number of a negative bar stands before it, where the names are
    return low - NUMBERS * (high - low) if low < 0 else low, high


def draw_lines(place: Place, lines: Lines) -> None:
    """Lines on a scale of time, those to compare with broken.

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
    chart = _put(place, XL_CHART_TYPE.XY_SCATTER_LINES, data)
    _set_axes(chart, lines, (low, high, step), place)
    drawn = list(chart.plots[0].series)
    own = len(lines.series)
    own_colours = iter((MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2))
    for series in drawn[:own]:
        _set_line(series, lines, own_colours)
    _set_labels(drawn[own], [moment.period for moment in named], place.letters, below=True)
    for series, moment in zip(drawn[own + 1 :], breaks, strict=True):
        _set_labels(series, ["", moment.word], place.letters, below=False)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    (position,) = chart.legend._element.xpath("c:legendPos")
    for number in range(len(drawn) - 1, own - 1, -1):
        entry = element("c:legendEntry")
        entry.append(element("c:idx", val=str(number)))
        entry.append(element("c:delete", val="1"))
        position.addnext(entry)


def _set_axes(chart: "Chart", lines: Lines, scale: tuple[float, float, float], place: Place) -> None:
    """Axes from the first period to the last, and by `scale`, with room for the periods' names.

    `scale` has the lowest and the highest value, and the step between its lines.
    """
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.enum.dml import MSO_THEME_COLOR

    time, axis = chart.category_axis, chart.value_axis
    first, last = (_serial(lines.moments[place].end) for place in (0, -1))
    edge = max((last - first) * EDGE, 1)
    time.minimum_scale, time.maximum_scale = first - edge, last + edge
    time.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    time.major_tick_mark, time.has_major_gridlines = XL_TICK_MARK.NONE, False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale
    paint(axis.major_gridlines.format.line.color, MSO_THEME_COLOR.TEXT_1, FAINT)
    # each axis stands at the lowest value of the other, wherever nothing lies
    for crossed in (time, axis):
        (crosses,) = crossed._element.xpath("c:crosses")
        crosses.set("val", "min")
    _entitle(chart, lines.axis, place.letters, LEFT)
    # the names of the periods stand below the axis, which no program leaves room for by itself
    is_broken = any(moment.word for moment in lines.moments)
    top = above(place.letters, WITH_A_BREAK if is_broken else LINES_ABOVE) / place.height
    _set_plot(chart, (LEFT, top, WIDE, 1 - top - BELOW_LINES))


def _set_plot(chart: "Chart", box: tuple[float, float, float, float]) -> None:
    """Where in a chart the plot itself is, as shares of it: left, top, width and height."""
    sides = {name: f"{value:.3f}" for name, value in zip("xywh", box, strict=True)}
    layout = _layout(layoutTarget="inner", xMode="edge", yMode="edge", **sides)
    (plot,) = chart._chartSpace.xpath("c:chart/c:plotArea")
    for old in plot.xpath("c:layout"):
        plot.remove(old)
    plot.insert(0, layout)


def _layout(**places: str) -> "_Element":
    """Where a part of a chart is, as it is said of it."""
    layout, manual = element("c:layout"), element("c:manualLayout")
    layout.append(manual)
    for name, value in places.items():
        manual.append(element(f"c:{name}", val=value))
    return layout


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


def _set_labels(series: "XySeries", texts: Sequence[str], letters: int, below: bool) -> None:
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
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(letters)


def _serial(day: dt.date) -> int:
    """A day as spreadsheets count: days from the end of 1899."""
    return (day - dt.date(1899, 12, 30)).days


def _entitle(chart: "Chart", unit: str, letters: int, left: float) -> None:
    """The unit above the left edge of a plot, where it has one: beside an axis a long one would be broken."""
    from pptx.util import Pt

    if not unit:
        return
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    chart.chart_title.text_frame.text = unit
    font = chart.chart_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(letters), False
    # at the very top: programs would put it the lower the higher the chart is
    (text,) = chart.chart_title._element.xpath("c:tx")
    for old in chart.chart_title._element.xpath("c:layout"):
        chart.chart_title._element.remove(old)
    text.addnext(_layout(xMode="edge", yMode="edge", x=f"{left:.3f}", y="0"))


def _put(place: Place, kind: "XL_CHART_TYPE", data: "ChartData | XyChartData") -> "Chart":
    """A chart in its place, in the fonts and colours of the theme, its categories where no bar is."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    chart = place.put(kind, data)
    # the schema wants numbers of axes without a sign
    for number in chart._chartSpace.xpath("//c:axId | //c:crossAx"):
        number.set("val", number.get("val").removeprefix("-"))
    chart.has_title = False
    chart.font.size = Pt(place.letters)
    paint(chart.font.color, MSO_THEME_COLOR.TEXT_1)
    _unframe(chart)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    paint(chart.category_axis.format.line.color, MSO_THEME_COLOR.TEXT_1, MUTED)
    return chart


def _unframe(chart: "Chart") -> None:
    """No line around the chart and nothing behind it, which Word would draw."""
    looks, line = element("c:spPr"), element("a:ln")
    line.append(element("a:noFill"))
    looks.append(element("a:noFill"))
    looks.append(line)
    (drawn,) = chart._chartSpace.xpath("c:chart")
    drawn.addnext(looks)


def _ends(values: list[float]) -> tuple[float, float, float]:
    """Round numbers around the values, and the step between the lines of an axis."""
    spread = max(values) - min(values) or abs(max(values)) or 1
    power = 10 ** math.floor(math.log10(spread / 4))
    step = next(power * times for times in (1, 2, 5, 10) if power * times * 4 >= spread)
    return math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step, step


def _number_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
