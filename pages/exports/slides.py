"""A pack as slides for PowerPoint: titles that are titles, tables and bars to edit, notes to speak from."""

import io
import math
import re
from collections.abc import Callable, Iterator

import pandas as pd

from data_loaders.brand import Brand
from pages.exports import pictures
from pages.exports.pack import Bars, Chapter, Pack
from pages.exports.piece import Piece

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# inches
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
TITLE_TOP, TITLE_HEIGHT, BODY_TOP, FOOT_TOP, FOOT_HEIGHT = 0.4, 1.1, 1.65, 6.55, 0.75
BODY_WIDTH, BODY_HEIGHT = WIDTH - 2 * MARGIN, FOOT_TOP - BODY_TOP - 0.1
# points: the largest that fits is taken
TITLE_SIZES, POINT_SIZES, TABLE_SIZES, SOURCE_SIZES = (
    (28, 24, 20, 18),
    (22, 20, 18, 16),
    (16, 14, 12, 11),
    (14, 12, 11, 10),
)
FOOT_SIZES, CHART_SIZE = (11, 10, 9, 8), 8
MOST_ROWS, MOST_POINTS = 18, 7
# an average letter is so many times as wide as its font is high; a line so many times as high
LETTER, LINE = 0.53, 1.22
ROW_PADDING_PT = 4
LAYOUT_PIXELS_PER_INCH, PICTURE_PIXELS = 84, 1920
INK, MUTED = "1D1D1D", "4A4A4A"
# layouts of the library's own template
TITLE_LAYOUT, TITLE_ONLY_LAYOUT = 0, 5


def as_pptx(pack: Pack, brand: Brand, on_step: Callable[[float], None] = lambda share: None) -> bytes:
    """The pack as slides, 16:9. `on_step` is told the share that is done, from 0 to 1."""
    import pptx  # here, because the first visitor should not wait for it
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.core_properties.title, deck.core_properties.author = pack.title, pack.version
    deck.core_properties.subject, deck.core_properties.language = pack.subtitle, "en-GB"
    _set_fonts(deck, brand)
    _add_title(deck, pack, brand)
    for number, chapter in enumerate(pack.chapters, start=1):
        for part in _fitted(chapter):
            _add_chapter(deck, part, brand, pack)
        on_step(number / (len(pack.chapters) + 1))
    sources = Chapter("Sources", points=(*pack.sources, pack.origin))
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
    elif chapter.table is not None and len(chapter.table) > MOST_ROWS:
        count = math.ceil(len(chapter.table) / MOST_ROWS)
        rows = math.ceil(len(chapter.table) / count)
        for number in range(count):
            part = chapter.table.iloc[number * rows : (number + 1) * rows]
            yield _part(chapter, number, count, table=part)
    else:
        yield chapter


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
    from dataclasses import replace

    heading = chapter.heading if count == 1 else f"{chapter.heading} ({number + 1} of {count})"
    return replace(chapter, heading=heading, **content)  # type: ignore[arg-type]


def _add_title(deck, pack: Pack, brand: Brand) -> None:  # type: ignore[no-untyped-def]
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_LAYOUT])
    title, below = slide.shapes.title, slide.placeholders[1]
    _place(title, MARGIN, 2.0, BODY_WIDTH, 1.7)
    _write(
        title.text_frame, [pack.title], _largest([pack.title], (40, 36, 30), BODY_WIDTH, 1.7), brand.heading
    )
    _place(below, MARGIN, 3.8, BODY_WIDTH, 1.6)
    _write(below.text_frame, [pack.subtitle], 20, INK)
    foot = slide.shapes.add_textbox(*map(Inches, (MARGIN, FOOT_TOP - 0.4, BODY_WIDTH, 0.9)))
    _write(foot.text_frame, [pack.origin], _largest([pack.origin], (14, 12, 10), BODY_WIDTH, 0.9), MUTED)
    _add_band(slide, brand)
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
    elif chapter.bars:
        _add_bars(slide, chapter.bars, brand)
    elif chapter.piece:
        _add_picture(slide, chapter.piece)
    elif chapter.table is not None:
        _add_table(slide, chapter.table, brand)
    lines = [text for text in (chapter.subtitle, chapter.source) if text]
    if lines:
        foot = slide.shapes.add_textbox(*map(Inches, (MARGIN, FOOT_TOP, BODY_WIDTH - 0.7, FOOT_HEIGHT)))
        fitting = _largest(lines, FOOT_SIZES, BODY_WIDTH - 0.7, FOOT_HEIGHT)
        _write(foot.text_frame, lines, fitting, MUTED)
    _add_number(slide, len(deck.slides))
    _add_band(slide, brand)
    slide.notes_slide.notes_text_frame.text = "\n\n".join(chapter.notes or (pack.origin,))


def _add_picture(slide, piece: Piece) -> None:  # type: ignore[no-untyped-def]
    """The chart as large as there is room, in the middle."""
    from pptx.util import Inches

    width, height = BODY_WIDTH * LAYOUT_PIXELS_PER_INCH, BODY_HEIGHT * LAYOUT_PIXELS_PER_INCH
    png = pictures.chart_png(piece, width, height, PICTURE_PIXELS)
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
    from pptx.util import Inches, Pt

    number_format = f"#,##0.{'0' * bars.decimals}" if bars.decimals else "#,##0"
    data = CategoryChartData(number_format=number_format)
    data.categories = bars.names
    data.add_series(bars.axis, bars.values)
    place = map(Inches, (MARGIN, BODY_TOP - 0.2, BODY_WIDTH, BODY_HEIGHT + 0.25))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    _describe(
        frame, f"Bars: {bars.axis}, from {bars.names[0]} to {bars.names[-1]}. The table has every value."
    )
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.name = Pt(CHART_SIZE if len(bars.names) > 16 else 14), brand.font
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(MUTED)
    # every name, however small the room: PowerPoint would leave out every second one
    (last,) = chart.category_axis._element.xpath("c:noMultiLvlLbl")
    last.addprevious(_element("c:tickLblSkip", val="1"))
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = min(0, *(value for value in bars.values if value is not None))
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 35, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = RGBColor.from_string(brand.accent)
    for name in set(bars.benchmarks) & set(bars.names):
        fill = plot.series[0].points[bars.names.index(name)].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(MUTED)


def _add_table(slide, rows: pd.DataFrame, brand: Brand) -> None:  # type: ignore[no-untyped-def]
    """A table that PowerPoint knows as one, its columns as wide as their words ask."""
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    texts = [list(map(str, rows.columns)), *(list(map(str, row)) for row in rows.itertuples(index=False))]
    widths = _column_widths(texts)
    size = next((size for size in TABLE_SIZES if _table_height(texts, widths, size) <= BODY_HEIGHT), 10)
    place = map(Inches, (MARGIN, BODY_TOP, BODY_WIDTH, 0.3 * len(texts)))
    table = slide.shapes.add_table(len(texts), len(widths), *place).table
    for place_, width in enumerate(widths):
        table.columns[place_].width = Inches(width)
    for number, row in enumerate(texts):
        table.rows[number].height = Inches(_row_height(row, widths, size))
        for place_, text in enumerate(row):
            cell = table.cell(number, place_)
            cell.margin_top = cell.margin_bottom = Pt(ROW_PADDING_PT / 2)
            _write(cell.text_frame, [text], size, "FFFFFF" if number == 0 else INK, bold=number == 0)
            cell.fill.solid()
            shade = brand.heading if number == 0 else "FFFFFF" if number % 2 else "F3F5F7"
            cell.fill.fore_color.rgb = RGBColor.from_string(shade)


def _column_widths(texts: list[list[str]]) -> list[float]:
    """Widths in inches: more for longer texts, but no word of a heading is broken."""
    columns = list(zip(*texts, strict=True))
    words = [max(map(len, re.split(r"[ \N{NO-BREAK SPACE}]", column[0]))) for column in columns]
    least = [(letters + 2) * TABLE_SIZES[-1] * LETTER / 72 + 0.2 for letters in words]
    asked = [min(max(map(len, column)), 90) ** 0.8 for column in columns]
    left = BODY_WIDTH - sum(least)
    return [width + left * letters / sum(asked) for width, letters in zip(least, asked, strict=True)]


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
    room = width * 72 / (size * LETTER)
    lines, used = 1, 0.0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0.0
        used += len(word) + (1 if used else 0)
        lines += math.ceil(len(word) / room) - 1 if len(word) > room else 0
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
        run.font.color.rgb = RGBColor.from_string(colour)


def _place(shape, left: float, top: float, width: float, height: float) -> None:  # type: ignore[no-untyped-def]
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = map(Inches, (left, top, width, height))


def _add_band(slide, brand: Brand) -> None:  # type: ignore[no-untyped-def]
    """A band in the brand's colour along the upper edge, which says nothing and is not read out."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(WIDTH), Inches(0.14))
    band.fill.solid()
    band.fill.fore_color.rgb = RGBColor.from_string(brand.accent)
    band.line.fill.background()
    _mark_as_decoration(band)


def _add_number(slide, number: int) -> None:  # type: ignore[no-untyped-def]
    from pptx.util import Inches

    box = slide.shapes.add_textbox(*map(Inches, (WIDTH - MARGIN - 0.6, FOOT_TOP + 0.35, 0.6, 0.35)))
    _write(box.text_frame, [str(number)], 11, MUTED)


def _describe(shape, text: str) -> None:  # type: ignore[no-untyped-def]
    """The alternative text of a picture, chart or table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", text)


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
