"""A pack as slides for PowerPoint: titles that are titles, tables and bars to edit, notes to speak from."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from data_loaders.brand import Brand
from pages.exports import pictures
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit
from pages.exports.pack import LONGEST_PROPERTY, Bars, Chapter, Lines, Pack, printable
from pages.exports.slide_charts import add_bars, add_lines
from pages.exports.slide_layout import (
    BODY_HEIGHT,
    BODY_TOP,
    BODY_WIDTH,
    FOOT_HEIGHT,
    FOOT_TOP,
    HEIGHT,
    MARGIN,
    POINT_SIZES,
    ROW_PADDING_PT,
    TITLE_HEIGHT,
    TITLE_TOP,
    WIDTH,
    fitted,
    fitting,
    largest,
    row_height,
    split_points,
    texts_of,
)
from pages.exports.slide_parts import (
    INK,
    MARK,
    MUTED,
    PAPER,
    STRIPE,
    describe,
    mark_as_decoration,
    place,
    set_fonts,
    write,
)

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# points: the largest that fits is taken
COVER_SIZES = (40, 36, 30, 24, 20, 16)
TITLE_SIZES, SOURCE_SIZES, FOOT_SIZES = (28, 24, 20, 18, 16, 14, 11), (16, 14, 12, 11, 10), (12, 11, 10, 9, 8)
# the more layout pixels, the smaller the letters of a chart; a map then has room for more of them
CHART_PIXELS_PER_INCH, MAP_PIXELS_PER_INCH, PICTURE_PIXELS = 66, 84, 1600
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
    set_fonts(deck, brand)
    _add_title(deck, pack, brand)
    for number, chapter in enumerate(pack.chapters, start=1):
        for part in fitted(chapter):
            _add_chapter(deck, part, brand, pack)
        on_step(number / (len(pack.chapters) + 1))
    sources = Chapter("Sources", points=pack.sources, source=pack.origin)
    for part in split_points(sources, SOURCE_SIZES, len(sources.points)):
        _add_chapter(deck, part, brand, pack, SOURCE_SIZES)
    file = io.BytesIO()
    deck.save(file)
    on_step(1)
    return file.getvalue()


def _add_title(deck: "Presentation", pack: Pack, brand: Brand) -> None:
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_LAYOUT])
    title, below = slide.shapes.title, slide.placeholders[1]
    place(title, MARGIN, 2.0, BODY_WIDTH, 1.7)
    size = largest([pack.title], COVER_SIZES, BODY_WIDTH, 1.7)
    write(title.text_frame, [pack.title], size, brand.heading)
    place(below, MARGIN, 3.8, BODY_WIDTH, 1.6)
    write(below.text_frame, [pack.subtitle], largest([pack.subtitle], (20, 16, 12), BODY_WIDTH, 1.6), INK)
    foot = slide.shapes.add_textbox(*map(Inches, (MARGIN, FOOT_TOP - 0.4, BODY_WIDTH, 0.9)))
    write(foot.text_frame, [pack.origin], largest([pack.origin], (14, 12, 10), BODY_WIDTH, 0.9), MUTED)
    _add_band(slide, brand, pack)
    if brand.logo:
        logo = slide.shapes.add_picture(
            io.BytesIO(brand.logo), Inches(MARGIN), Inches(0.7), height=Inches(0.9)
        )
        describe(logo, brand.owner)
    slide.notes_slide.notes_text_frame.text = "\n\n".join([pack.subtitle, *pack.sources])


def _add_chapter(
    deck: "Presentation", chapter: Chapter, brand: Brand, pack: Pack, sizes: tuple[int, ...] = POINT_SIZES
) -> None:
    """A slide: title, content, source line, notes."""
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY_LAYOUT])
    title = slide.shapes.title
    place(title, MARGIN, TITLE_TOP, BODY_WIDTH, TITLE_HEIGHT)
    size = largest([chapter.heading], TITLE_SIZES, BODY_WIDTH, TITLE_HEIGHT)
    write(title.text_frame, [chapter.heading], size, brand.heading)
    if chapter.points:
        box = slide.shapes.add_textbox(*map(Inches, (MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT)))
        fitting = largest(chapter.points, sizes, BODY_WIDTH, BODY_HEIGHT)
        write(box.text_frame, chapter.points, fitting, INK, space=0.45)
    elif isinstance(chapter.native, Bars):
        add_bars(slide, chapter.native, brand)
    elif isinstance(chapter.native, Lines):
        add_lines(slide, chapter.native, brand)
    elif chapter.exhibit:
        _add_picture(slide, chapter.exhibit)
    elif chapter.table is not None:
        _add_table(slide, chapter.table, brand, chapter.heading)
    lines = [text for text in (chapter.subtitle, chapter.source) if text]
    if lines:
        foot = slide.shapes.add_textbox(*map(Inches, (MARGIN, FOOT_TOP, BODY_WIDTH - 0.7, FOOT_HEIGHT)))
        fitting = largest(lines, FOOT_SIZES, BODY_WIDTH - 0.7, FOOT_HEIGHT)
        write(foot.text_frame, lines, fitting, MUTED)
    _add_number(slide, len(deck.slides))
    _add_band(slide, brand, pack)
    notes = [*(chapter.notes or pack.sources), pack.origin]
    slide.notes_slide.notes_text_frame.text = "\n\n".join(filter(None, notes))


def _add_picture(slide: "Slide", exhibit: Exhibit) -> None:
    """The chart as large as there is room, in the middle."""
    from pptx.util import Emu, Inches

    scale = MAP_PIXELS_PER_INCH if exhibit.height else CHART_PIXELS_PER_INCH
    png = pictures.chart_png(exhibit, BODY_WIDTH * scale, BODY_HEIGHT * scale, PICTURE_PIXELS)
    shape = slide.shapes.add_picture(io.BytesIO(png), Emu(0), Inches(BODY_TOP))
    larger = min(Inches(BODY_WIDTH) / shape.width, Inches(BODY_HEIGHT) / shape.height)
    shape.width, shape.height = Emu(round(shape.width * larger)), Emu(round(shape.height * larger))
    shape.left = Emu((Inches(WIDTH) - shape.width) // 2)
    describe(shape, exhibit.alt)


def _add_table(slide: "Slide", rows: pd.DataFrame, brand: Brand, alt: str) -> None:
    """A table that PowerPoint knows as one, its columns as wide as their words ask."""
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    texts = texts_of(rows)
    widths, size = fitting(texts)
    box = map(Inches, (MARGIN, BODY_TOP, BODY_WIDTH, 0.3 * len(texts)))
    frame = slide.shapes.add_table(len(texts), len(widths), *box)
    describe(frame, f"Table: {alt}")
    table = frame.table
    for column, width in enumerate(widths):
        table.columns[column].width = Inches(width)
    for number, row in enumerate(texts):
        table.rows[number].height = Inches(row_height(row, widths, size))
        for column, text in enumerate(row):
            cell = table.cell(number, column)
            cell.margin_top = cell.margin_bottom = Pt(ROW_PADDING_PT / 2)
            write(cell.text_frame, [text], size, PAPER if number == 0 else INK, bold=number == 0)
            cell.fill.solid()
            shade = brand.heading if number == 0 else PAPER if number % 2 else STRIPE
            cell.fill.fore_color.rgb = RGBColor.from_string(shade)


def _add_band(slide: "Slide", brand: Brand, pack: Pack) -> None:
    """A band in the brand's colour along the upper edge, which says nothing unless answers are made up."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Emu, Inches

    height = 0.34 if pack.is_illustrative else 0.14
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), Emu(0), Inches(WIDTH), Inches(height))
    band.fill.solid()
    band.fill.fore_color.rgb = RGBColor.from_string(MARK if pack.is_illustrative else brand.accent)
    band.line.fill.background()
    band.shadow.inherit = False
    if pack.is_illustrative:
        band.text_frame.margin_top = band.text_frame.margin_bottom = 0
        band.text_frame.margin_left = Inches(MARGIN + 0.1)
        write(band.text_frame, [ILLUSTRATIVE], 14, INK, bold=True)
    else:
        mark_as_decoration(band)


def _add_number(slide: "Slide", number: int) -> None:
    from pptx.util import Inches

    box = slide.shapes.add_textbox(*map(Inches, (WIDTH - MARGIN - 0.6, FOOT_TOP + 0.35, 0.6, 0.35)))
    write(box.text_frame, [str(number)], 11, MUTED)
