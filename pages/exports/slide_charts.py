"""Bars and lines that PowerPoint draws itself, so that they can be edited."""

import math
from typing import TYPE_CHECKING, cast

from data_loaders.brand import Brand
from pages.exports.pack import Bars, Lines
from pages.exports.slide_layout import BODY_HEIGHT, BODY_TOP, BODY_WIDTH, MARGIN, MOST_ROWS
from pages.exports.slide_parts import GRID, INK, MUTED, SECOND, describe, element

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide

# points
CHART_SIZES = (8, 14)


def add_bars(slide: "Slide", bars: Bars, brand: Brand) -> None:
    """Bars that PowerPoint draws, from the first at the top, on an axis that begins at zero."""
    from pptx.chart.data import ChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    data = ChartData(number_format=_number_format(bars.decimals))
    data.categories = bars.names
    data.add_series(bars.axis or "Value", bars.values)
    alt = f"Bars: {bars.axis}, from {bars.names[0]} to {bars.names[-1]}. The table has every value."
    size = CHART_SIZES[0] if len(bars.names) > MOST_ROWS else CHART_SIZES[1]
    chart = _add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, alt, brand, size)
    chart.has_legend = False
    chart.category_axis.reverse_order = True
    # every name, however small the room: PowerPoint would leave out every second one
    (last,) = chart.category_axis._element.xpath("c:noMultiLvlLbl")
    last.addprevious(element("c:tickLblSkip", val="1"))
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = min(0, *(value for value in bars.values if value is not None))
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 35, True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _number_format(bars.decimals), False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    series = plot.series[0]
    # else PowerPoint turns negative bars white
    series.invert_if_negative = False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(brand.accent)
    for name in set(bars.benchmarks) & set(bars.names):
        fill = series.points[bars.names.index(name)].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(MUTED)


def add_lines(slide: "Slide", lines: Lines, brand: Brand) -> None:
    """Lines that PowerPoint draws, those to compare with broken; a period without a value is a gap."""
    from pptx.chart.data import ChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    data = ChartData(number_format=_number_format(lines.decimals))
    data.categories = lines.periods
    for name, values in lines.series:
        data.add_series(name, values)
    names = ", ".join(name for name, _ in lines.series)
    alt = f"Lines: {lines.axis}, {lines.periods[0]} to {lines.periods[-1]}, of {names}."
    chart = _add_chart(slide, XL_CHART_TYPE.LINE_MARKERS, data, alt, brand, CHART_SIZES[1])
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    axis = chart.value_axis
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = _ends(
        [value for _, values in lines.series for value in values if value is not None]
    )
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID)
    if lines.axis:
        axis.has_title = True
        axis.axis_title.text_frame.text = lines.axis
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(CHART_SIZES[1])
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    own = iter((brand.accent, SECOND))
    signs = iter((XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE))
    for series in chart.plots[0].series:
        is_benchmark = series.name in lines.benchmarks
        colour = RGBColor.from_string(MUTED if is_benchmark else next(own))
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour, Pt(1.75 if is_benchmark else 2.75)
        if is_benchmark:
            series.format.line.dash_style = (
                MSO_LINE.DASH if series.name == lines.benchmarks[0] else MSO_LINE.ROUND_DOT
            )
        series.marker.style = XL_MARKER_STYLE.NONE if is_benchmark else next(signs)
        series.marker.size = 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour


def _add_chart(
    slide: "Slide", kind: "XL_CHART_TYPE", data: "ChartData", alt: str, brand: Brand, size: int
) -> "Chart":
    """A chart over the whole body of the slide, its categories where no bar covers them."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Inches, Pt

    left, top, width, height = map(Inches, (MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT))
    # the library's annotation names the chart; it gives the frame
    frame = cast("GraphicFrame", slide.shapes.add_chart(kind, left, top, width, height, data))
    describe(frame, alt)
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.name = Pt(size), brand.font
    chart.font.color.rgb = RGBColor.from_string(INK)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(MUTED)
    return chart


def _ends(values: list[float]) -> tuple[float, float, float]:
    """Round numbers around the values, and the step between the lines of an axis."""
    spread = max(values) - min(values) or abs(max(values)) or 1
    power = 10 ** math.floor(math.log10(spread / 4))
    step = next(power * times for times in (1, 2, 5, 10) if power * times * 4 >= spread)
    return math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step, step


def _number_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
