"""A pack as slides for PowerPoint: titles that are titles, tables and bars to edit, notes to speak from."""

import io
import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd

from data_loaders.brand import Brand
from pages.exports import pictures
from pages.exports.pack import LONGEST_PROPERTY, Bars, Chapter, Lines, Pack, printable
from pages.exports.pictures import BOLD, NARROW, text_width
from pages.exports.piece import ILLUSTRATIVE, Piece

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# inches
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
TITLE_TOP, TITLE_HEIGHT, BODY_TOP, FOOT_TOP, FOOT_HEIGHT = 0.4, 1.1, 1.65, 6.55, 0.75
BODY_WIDTH, BODY_HEIGHT = WIDTH - 2 * MARGIN, FOOT_TOP - BODY_TOP - 0.1
# points: the largest that fits is taken
COVER_SIZES = (40, 36, 30, 24, 20, 16)
TITLE_SIZES, POINT_SIZES, TABLE_SIZES, SOURCE_SIZES = (
    (28, 24, 20, 18, 16, 14, 11),
    (24, 22, 20, 18, 16),
    (18, 16, 14, 12, 11, 10, 9),
    (16, 14, 12, 11, 10),
)
FOOT_SIZES, CHART_SIZES = (12, 11, 10, 9, 8), (8, 14)
MOST_ROWS, MOST_POINTS = 18, 8
# a line is so many times as high as its font
LINE = 1.22
ROW_PADDING_PT = 4
# how much more of a table's width a column gets that has longer texts: the best of these is taken
STRETCHES = (0.4, 0.7, 1.0, 1.3)
LONGEST_CELL = 90
# the more layout pixels, the smaller the letters of a chart; a map then has room for more of them
CHART_PIXELS_PER_INCH, MAP_PIXELS_PER_INCH, PICTURE_PIXELS = 66, 84, 1600
INK, MUTED, SECOND, MARK = "1D1D1D", "4A4A4A", "28A197", "F46A25"
GRID, STRIPE = "D9D9D9", "F3F5F7"
# layouts of the library's own template
TITLE_LAYOUT, TITLE_ONLY_LAYOUT = 0, 5


def as_pptx(pack: Pack, brand: Brand, on_step: Callable[[float], None] = lambda share: None) -> bytes:
    """The pack as slides, 16:9. `on_step` is told the share that is done, from 0 to 1."""
    import pptx  # here, because the first visitor should not wait for it
    from pptx.util import Inches

    pack = printable(pack)
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    properties = deck.core_properties
    properties.title, properties.author = pack.title[:LONGEST_PROPERTY], pack.version
    properties.subject, properties.language = pack.subtitle[:LONGEST_PROPERTY], "en-GB"
    _set_fonts(deck, brand)
    _add_title(deck, pack, brand)
    for number, chapter in enumerate(pack.chapters, start=1):
        for part in _fitted(chapter):
            _add_chapter(deck, part, brand, pack)
        on_step(number / (len(pack.chapters) + 1))
    sources = Chapter("Sources", points=pack.sources, source=pack.origin)
    for part in _split_points(sources, SOURCE_SIZES, len(sources.points)):
        _add_chapter(deck, part, brand, pack, SOURCE_SIZES)
    file = io.BytesIO()
    deck.save(file)
    on_step(1)
    return file.getvalue()


def _fitted(chapter: Chapter) -> Iterator[Chapter]:
    """The chapter as one slide, or as several where its points or rows are too many for one."""
    if chapter.points:
        yield from _split_points(chapter, POINT_SIZES, MOST_POINTS)
    elif chapter.table is not None:
        yield from _split_table(chapter, chapter.table)
    else:
        yield chapter


def _split_table(chapter: Chapter, table: pd.DataFrame) -> Iterator[Chapter]:
    """As many slides as it takes until the rows of each fit."""
    for count in range(math.ceil(len(table) / MOST_ROWS) or 1, max(len(table), 1) + 1):
        rows = math.ceil(len(table) / count)
        parts = [table.iloc[start : start + rows] for start in range(0, max(len(table), 1), rows or 1)]
        if all(_table_height(_texts(part), *_fitting(_texts(part))) <= BODY_HEIGHT for part in parts):
            break
    for number, part in enumerate(parts):
        yield _part(chapter, number, len(parts), table=part)


def _split_points(chapter: Chapter, sizes: tuple[int, ...], most: int) -> Iterator[Chapter]:
    """As many points a slide as fit in the smallest of the sizes."""
    groups: list[tuple[str, ...]] = [()]
    for point in chapter.points:
        together = (*groups[-1], point)
        if groups[-1] and (len(together) > most or not _fits(together, sizes[-1])):
            groups.append((point,))
        else:
            groups[-1] = together
    for number, group in enumerate(groups):
        yield _part(chapter, number, len(groups), points=group)


def _part(chapter: Chapter, number: int, count: int, **content: object) -> Chapter:
    heading = chapter.heading if count == 1 else f"{chapter.heading} ({number + 1} of {count})"
    return replace(chapter, heading=heading, **content)  # type: ignore[arg-type]


def _add_title(deck, pack: Pack, brand: Brand) -> None:  # type: ignore[no-untyped-def]
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_LAYOUT])
    title, below = slide.shapes.title, slide.placeholders[1]
    _place(title, MARGIN, 2.0, BODY_WIDTH, 1.7)
    size = _largest([pack.title], COVER_SIZES, BODY_WIDTH, 1.7)
    _write(title.text_frame, [pack.title], size, brand.heading)
    _place(below, MARGIN, 3.8, BODY_WIDTH, 1.6)
    _write(below.text_frame, [pack.subtitle], _largest([pack.subtitle], (20, 16, 12), BODY_WIDTH, 1.6), INK)
    foot = slide.shapes.add_textbox(*map(Inches, (MARGIN, FOOT_TOP - 0.4, BODY_WIDTH, 0.9)))
    _write(foot.text_frame, [pack.origin], _largest([pack.origin], (14, 12, 10), BODY_WIDTH, 0.9), MUTED)
    _add_band(slide, brand, pack)
    if brand.logo:
        logo = slide.shapes.add_picture(
            io.BytesIO(brand.logo), Inches(MARGIN), Inches(0.7), height=Inches(0.9)
        )
        _describe(logo, brand.owner)
    slide.notes_slide.notes_text_frame.text = "\n\n".join([pack.subtitle, *pack.sources])


def _add_chapter(  # type: ignore[no-untyped-def]
    deck, chapter: Chapter, brand: Brand, pack: Pack, sizes: tuple[int, ...] = POINT_SIZES
) -> None:
    """A slide: title, content, source line, notes."""
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY_LAYOUT])
    title = slide.shapes.title
    _place(title, MARGIN, TITLE_TOP, BODY_WIDTH, TITLE_HEIGHT)
    size = _largest([chapter.heading], TITLE_SIZES, BODY_WIDTH, TITLE_HEIGHT)
    _write(title.text_frame, [chapter.heading], size, brand.heading)
    if chapter.points:
        box = slide.shapes.add_textbox(*map(Inches, (MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT)))
        fitting = _largest(chapter.points, sizes, BODY_WIDTH, BODY_HEIGHT)
        _write(box.text_frame, chapter.points, fitting, INK, space=0.45)
    elif isinstance(chapter.native, Bars):
        _add_bars(slide, chapter.native, brand)
    elif isinstance(chapter.native, Lines):
        _add_lines(slide, chapter.native, brand)
    elif chapter.piece:
        _add_picture(slide, chapter.piece)
    elif chapter.table is not None:
        _add_table(slide, chapter.table, brand, chapter.heading)
    lines = [text for text in (chapter.subtitle, chapter.source) if text]
    if lines:
        foot = slide.shapes.add_textbox(*map(Inches, (MARGIN, FOOT_TOP, BODY_WIDTH - 0.7, FOOT_HEIGHT)))
        fitting = _largest(lines, FOOT_SIZES, BODY_WIDTH - 0.7, FOOT_HEIGHT)
        _write(foot.text_frame, lines, fitting, MUTED)
    _add_number(slide, len(deck.slides))
    _add_band(slide, brand, pack)
    notes = [*(chapter.notes or pack.sources), pack.origin]
    slide.notes_slide.notes_text_frame.text = "\n\n".join(filter(None, notes))


def _add_picture(slide, piece: Piece) -> None:  # type: ignore[no-untyped-def]
    """The chart as large as there is room, in the middle."""
    from pptx.util import Inches

    scale = MAP_PIXELS_PER_INCH if piece.height else CHART_PIXELS_PER_INCH
    png = pictures.chart_png(piece, BODY_WIDTH * scale, BODY_HEIGHT * scale, PICTURE_PIXELS)
    shape = slide.shapes.add_picture(io.BytesIO(png), 0, Inches(BODY_TOP))
    scale = min(Inches(BODY_WIDTH) / shape.width, Inches(BODY_HEIGHT) / shape.height)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    shape.left = (Inches(WIDTH) - shape.width) // 2
    _describe(shape, piece.alt)


def _add_bars(slide, bars: Bars, brand: Brand) -> None:  # type: ignore[no-untyped-def]
    """Bars that PowerPoint draws, from the first at the top, on an axis that begins at zero."""
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    data = CategoryChartData(number_format=_number_format(bars.decimals))
    data.categories = bars.names
    data.add_series(bars.axis or "Value", bars.values)
    alt = f"Bars: {bars.axis}, from {bars.names[0]} to {bars.names[-1]}. The table has every value."
    size = CHART_SIZES[0] if len(bars.names) > MOST_ROWS else CHART_SIZES[1]
    chart = _add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, alt, brand, size)
    chart.has_legend = False
    chart.category_axis.reverse_order = True
    # every name, however small the room: PowerPoint would leave out every second one
    (last,) = chart.category_axis._element.xpath("c:noMultiLvlLbl")
    last.addprevious(_element("c:tickLblSkip", val="1"))
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


def _add_lines(slide, lines: Lines, brand: Brand) -> None:  # type: ignore[no-untyped-def]
    """Lines that PowerPoint draws, those to compare with broken; a period without a value is a gap."""
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    data = CategoryChartData(number_format=_number_format(lines.decimals))
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


def _add_chart(slide, kind, data, alt: str, brand: Brand, size: int):  # type: ignore[no-untyped-def]
    """A chart over the whole body of the slide, its categories where no bar covers them."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Inches, Pt

    place = map(Inches, (MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT))
    frame = slide.shapes.add_chart(kind, *place, data)
    _describe(frame, alt)
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


def _add_table(slide, rows: pd.DataFrame, brand: Brand, alt: str) -> None:  # type: ignore[no-untyped-def]
    """A table that PowerPoint knows as one, its columns as wide as their words ask."""
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    texts = _texts(rows)
    widths, size = _fitting(texts)
    place = map(Inches, (MARGIN, BODY_TOP, BODY_WIDTH, 0.3 * len(texts)))
    frame = slide.shapes.add_table(len(texts), len(widths), *place)
    _describe(frame, f"Table: {alt}")
    table = frame.table
    for place_, width in enumerate(widths):
        table.columns[place_].width = Inches(width)
    for number, row in enumerate(texts):
        table.rows[number].height = Inches(_row_height(row, widths, size))
        for place_, text in enumerate(row):
            cell = table.cell(number, place_)
            cell.margin_top = cell.margin_bottom = Pt(ROW_PADDING_PT / 2)
            _write(cell.text_frame, [text], size, "FFFFFF" if number == 0 else INK, bold=number == 0)
            cell.fill.solid()
            shade = brand.heading if number == 0 else "FFFFFF" if number % 2 else STRIPE
            cell.fill.fore_color.rgb = RGBColor.from_string(shade)


def _texts(rows: pd.DataFrame) -> list[list[str]]:
    return [list(map(str, rows.columns)), *(list(map(str, row)) for row in rows.itertuples(index=False))]


def _fitting(texts: list[list[str]]) -> tuple[list[float], int]:
    """The widths of a table's columns, and the largest size in which it fits; else the smallest."""
    for size in TABLE_SIZES:
        for stretch in STRETCHES:
            widths = _column_widths(texts, size, stretch)
            if widths and _table_height(texts, widths, size) <= BODY_HEIGHT:
                return widths, size
    size = TABLE_SIZES[-1]
    return _column_widths(texts, size, STRETCHES[1]) or [BODY_WIDTH / len(texts[0])] * len(texts[0]), size


def _column_widths(texts: list[list[str]], size: int, stretch: float) -> list[float]:
    """Widths in inches: more for longer texts, but no word is broken. Empty when words are too long."""
    columns = list(zip(*texts, strict=True))
    words = [max(text_width(word) for text in column for word in text.split() or [""]) for column in columns]
    least = [width * size * BOLD / 72 + 0.25 for width in words]
    left = BODY_WIDTH - sum(least)
    if left < 0:
        return []
    asked = [min(max(map(text_width, column)), LONGEST_CELL) ** stretch for column in columns]
    return [width + left * share / sum(asked) for width, share in zip(least, asked, strict=True)]


def _table_height(texts: list[list[str]], widths: list[float], size: int) -> float:
    return sum(_row_height(row, widths, size) for row in texts)


def _row_height(row: list[str], widths: list[float], size: int) -> float:
    lines = max(_lines(text, size, width - 0.2) for text, width in zip(row, widths, strict=True))
    return (lines * size * LINE + ROW_PADDING_PT) / 72


def _largest(texts: tuple[str, ...] | list[str], sizes: tuple[int, ...], width: float, height: float) -> int:
    """The largest size in which the texts, each a paragraph, fit into inches; the smallest if none does."""
    return next((size for size in sizes if _height(texts, size, width) <= height), sizes[-1])


def _fits(points: tuple[str, ...], size: int) -> bool:
    return _height(points, size, BODY_WIDTH) <= BODY_HEIGHT


def _height(texts: tuple[str, ...] | list[str], size: int, width: float) -> float:
    lines = sum(_lines(text, size, width - 0.2) for text in texts)
    return (lines * LINE + 0.45 * (len(texts) - 1)) * size / 72 + 0.1


def _lines(text: str, size: int, width: float) -> int:
    """How many lines a text takes in a width in inches, broken between words."""
    room = width * 72 / size
    lines, used = 1, 0.0
    for word in text.split():
        wide = text_width(word)
        if used and used + NARROW + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (NARROW if used else 0)
        if wide > room:
            lines += math.ceil(wide / room) - 1
    return lines


def _write(  # type: ignore[no-untyped-def]
    frame,
    texts: list[str] | tuple[str, ...],
    size: int,
    colour: str,
    space: float = 0,
    bold: bool | None = None,
) -> None:
    """Texts as paragraphs, in place of what is there."""
    from pptx.dml.color import RGBColor
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(size * space)
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
        run.font.color.rgb = RGBColor.from_string(colour)


def _place(shape, left: float, top: float, width: float, height: float) -> None:  # type: ignore[no-untyped-def]
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = map(Inches, (left, top, width, height))


def _add_band(slide, brand: Brand, pack: Pack) -> None:  # type: ignore[no-untyped-def]
    """A band in the brand's colour along the upper edge, which says nothing unless answers are made up."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    height = 0.34 if pack.is_illustrative else 0.14
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(WIDTH), Inches(height))
    band.fill.solid()
    band.fill.fore_color.rgb = RGBColor.from_string(MARK if pack.is_illustrative else brand.accent)
    band.line.fill.background()
    band.shadow.inherit = False
    if pack.is_illustrative:
        band.text_frame.margin_top = band.text_frame.margin_bottom = 0
        band.text_frame.margin_left = Inches(MARGIN + 0.1)
        _write(band.text_frame, [ILLUSTRATIVE], 14, INK, bold=True)
    else:
        _mark_as_decoration(band)


def _add_number(slide, number: int) -> None:  # type: ignore[no-untyped-def]
    from pptx.util import Inches

    box = slide.shapes.add_textbox(*map(Inches, (WIDTH - MARGIN - 0.6, FOOT_TOP + 0.35, 0.6, 0.35)))
    _write(box.text_frame, [str(number)], 11, MUTED)


def _describe(shape, text: str) -> None:  # type: ignore[no-untyped-def]
    """The alternative text of a picture, chart or table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", pictures.UNPRINTABLE.sub("", text))


def _mark_as_decoration(shape) -> None:  # type: ignore[no-untyped-def]
    from lxml import etree

    names = shape._element.xpath(".//p:cNvPr")[0]
    extensions = etree.SubElement(names, _qualified("a:extLst"))
    extension = etree.SubElement(
        extensions, _qualified("a:ext"), uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
    )
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    etree.SubElement(extension, f"{{{space}}}decorative", nsmap={"adec": space}, val="1")


def _set_fonts(deck, brand: Brand) -> None:  # type: ignore[no-untyped-def]
    """The brand's font in the theme, which all text of the slides follows."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for font in theme.iter(_qualified("a:latin")):
        font.set("typeface", brand.font)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _element(name: str, **attributes: str):  # type: ignore[no-untyped-def]
    from lxml import etree

    return etree.Element(_qualified(name), **attributes)


def _qualified(name: str) -> str:
    from pptx.oxml.ns import qn

    return qn(name)
