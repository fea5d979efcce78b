"""A pack as slides for PowerPoint: in placeholders of a template, with charts and tables to edit, and notes.

What is on a slide follows the letters, colours and places of its layout (pages/exports/slide_template.py, or
the template of a council or an ICS), so that *Reset*, the outline and another template work.
"""

import datetime as dt
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from data_loaders.brand import Brand
from pages.exports import pictures
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit
from pages.exports.office_charts import ends_of
from pages.exports.pack import LONGEST_PROPERTY, Bars, Chapter, Large, Lines, Pack, printable
from pages.exports.slide_charts import add_bars, add_lines, in_charts, most_bars
from pages.exports.slide_layout import (
    LEAST_POINT,
    ROW_PADDING_PT,
    Grid,
    Room,
    largest,
    lines_of_points,
    part_of,
    points_height,
    row_height,
    split_points,
    split_table,
)
from pages.exports.slide_parts import add_edges, describe, place, warn, write
from pages.exports.slide_scenes import Kind, Scene, Spot, chosen, scenes_of
from pages.exports.slide_sections import set_sections
from pages.exports.slide_template import FOOT_SIZE, SOURCE_SIZE, own_template
from pages.exports.table import MARK

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.placeholder import SlidePlaceholder
    from pptx.slide import Slide

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# points: the largest that fits is taken
TITLE_SIZES, COVER_SIZES = (40, 36, 32, 28, 24, 22, 20, 18, 16, 14, 11), (40, 36, 30, 24, 20, 16, 12)
SUBTITLE_SIZES = (20, 18, 16, 14, 12)
# points of the letters of pictures that are enlarged
LETTERS = 14.2
# the more layout pixels, the smaller the letters: those of charts, 12 pixels, have 14 points; a map for a
# page has room for more of them
CHART_PIXELS_PER_INCH, MAP_PIXELS_PER_INCH, PICTURE_PIXELS = 61, 84, 1600
# layout pixels that a map needs for its key
LEAST_MAP = 405
# inches: the code of an address where a template has no place for one, and its distance
CODE, CODE_GAP = 2.0, 0.3
# letters of an address that are shown: that of a pack of many pieces would take the whole of a slide
LONGEST_LINK = 300
# cells along a side of a code, its edges among them: each has two pixels of a projector's 1080 lines
MOST_CELLS = 144
_SENTENCE, _BEFORE_A_MARK = re.compile(r"(?<=[.!?]) (?=[A-Z])"), re.compile(f" (?={MARK})")
TOLD, LOOKED_UP, SOURCES = "To present", "Appendix: to look up", "Sources"
NOT_TOLD = "The slides behind this one are not for telling: whoever asks for a figure finds it there."
NOTES_FOLLOW, NOTES_BELOW = "Further notes: on a slide behind.", "Further notes: below this slide."
SOURCES_FOLLOW = "Sources: at the end."
# lines of notes that are too few for a slide of their own
FEW_LINES = 3


@dataclass(frozen=True, eq=False)
class _Show:
    """The slides that are being made, the layouts they may have, and the pack they are of."""

    deck: "Presentation"
    scenes: Mapping[Kind, tuple[Scene, ...]]
    pack: Pack
    brand: Brand
    is_own: bool

    @property
    def table_style(self) -> str:
        """The name of the template's usual style of tables; empty where it has none."""
        from pptx.opc.constants import RELATIONSHIP_TYPE

        try:
            styles = self.deck.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES).blob
        except KeyError:
            return ""
        found = re.search(rb'\bdef="(\{[0-9A-Fa-f-]+\})"', styles)
        return found[1].decode() if found else ""

    @property
    def origin(self) -> str:
        """Which app made it, when, and the address of the view; of one too long for a slide its beginning."""
        return self.pack.origin.replace(self.pack.link, self._shown_link)

    @property
    def links(self) -> Mapping[str, str]:
        """Where words lead: titles of publications, and the beginning of a long address."""
        is_cut = self._shown_link != self.pack.link
        return {**self.pack.addresses, **({self._shown_link: self.pack.link} if is_cut else {})}

    @property
    def _shown_link(self) -> str:
        parts = urlsplit(self.pack.link)
        is_long = parts.netloc and len(self.pack.link) > LONGEST_LINK
        return f"{parts.netloc}{parts.path}" if is_long else self.pack.link

    @property
    def code(self) -> bytes:
        """The address of the view as a picture for cameras.

        Empty where there is no host in it, or where it is too long: a pack of many pieces has an address of
        which no camera could tell the cells apart.
        """
        import segno

        if not self.pack.link.startswith(("http://", "https://")):
            return b""
        try:
            code = segno.make(self.pack.link, micro=False)
        except segno.DataOverflowError:
            return b""
        if code.symbol_size()[0] > MOST_CELLS:
            return b""
        file = io.BytesIO()
        code.save(file, kind="png", scale=8)
        return file.getvalue()


def as_pptx(
    pack: Pack,
    brand: Brand,
    on_step: Callable[[float], None] = lambda share: None,
    template: bytes = b"",
) -> bytes:
    """The pack as slides, in a template without slides or else in our own.

    `on_step` is told the share that is done, from 0 to 1. Raises TemplateError where the template has no
    layouts for it.
    """
    import pptx  # here, because the first visitor should not wait for it

    pack = printable(pack)
    deck = pptx.Presentation(io.BytesIO(template or own_template(brand)))
    show = _Show(deck, scenes_of(deck), pack, brand, not template)
    _set_properties(deck, pack)
    _add_cover(show)
    told = [chapter for chapter in pack.chapters if not chapter.to_look_up]
    looked_up = [chapter for chapter in pack.chapters if chapter.to_look_up]
    for number, chapter in enumerate(told, start=1):
        _add_chapter(show, chapter)
        on_step(number / (len(pack.chapters) + 1))
    in_front = len(deck.slides)
    if looked_up:
        _add_divider(show, [*(chapter.heading for chapter in looked_up), SOURCES])
    for number, chapter in enumerate(looked_up, start=1 + len(told)):
        _add_chapter(show, chapter)
        on_step(number / (len(pack.chapters) + 1))
    _add_sources(show)
    slides = [slide.slide_id for slide in deck.slides]
    behind = LOOKED_UP if looked_up else SOURCES
    set_sections(deck, {TOLD: slides[:in_front], behind: slides[in_front:]})
    file = io.BytesIO()
    deck.save(file)
    on_step(1)
    return file.getvalue()


def _set_properties(deck: "Presentation", pack: Pack) -> None:
    properties = deck.core_properties
    properties.title, properties.author = pack.title[:LONGEST_PROPERTY], pack.version
    properties.subject, properties.language = pack.subtitle[:LONGEST_PROPERTY], "en-GB"
    properties.last_modified_by = pack.version
    properties.created = properties.modified = dt.datetime.combine(pack.day, dt.time())


def _add_cover(show: _Show) -> None:
    pack = show.pack
    covers = show.scenes[Kind.COVER]
    scene = covers[0] if covers else show.scenes[Kind.POINTS][0]
    slide = show.deck.slides.add_slide(scene.layout)
    _write(slide, scene.title, [pack.title], COVER_SIZES)
    warning = [f"{ILLUSTRATIVE} on the slides that are marked so."] if pack.is_illustrative else []
    below = [pack.subtitle, *warning, *([] if scene.foot else [show.origin])]
    _write(slide, scene.contents[0], below, SUBTITLE_SIZES, show.links)
    if scene.foot:
        _write(slide, scene.foot, [show.origin], (scene.foot.size,), show.links)
    if show.is_own:
        logo, code = scene.others
        _add_mark(slide, logo, show.brand.logo, show.brand.owner)
        _add_mark(slide, code, show.code, f"Code that leads to {pack.link}")
    _finish(show, slide, [f"To say: {pack.title}. {pack.subtitle}.", *pack.sources])


def _add_mark(slide: "Slide", number: int, picture: bytes, alt: str) -> None:
    if picture:
        _insert_picture(_placeholder(slide, number), picture, alt)


def _add_divider(show: _Show, headings: Sequence[str]) -> None:
    """The slide between what is told and what is looked up, with what is there to find."""
    _add_chapter(show, Chapter(LOOKED_UP, points=tuple(headings), notes=(NOT_TOLD,)))


def _add_chapter(show: _Show, chapter: Chapter) -> None:
    """A chapter as one slide, or as several where it is more than can be read on one."""
    if len(chapter.enlarged) > 1:
        for one in chapter.enlarged:
            name = one.exhibit.name
            heading = f"{chapter.heading.removesuffix('.')}: {name[0].lower()}{name[1:]}"
            part = replace(chapter, heading=heading, enlarged=(one,))
            _add_chapter(show, part if _has_mark(one.exhibit) else _without_marks(part))
        return
    scene, foot, notes = _with_foot(show.scenes[_kind_of(chapter, show)], chapter)
    is_behind = NOTES_BELOW not in " ".join(foot)
    ends = ends_of(chapter.native) if isinstance(chapter.native, Bars) else (0.0, 0.0)
    for part, grid in _parts(chapter, scene):
        slide = _add_slide(show, scene, part.heading, foot)
        _fill(show, slide, scene, part, grid, ends)
        below = () if is_behind else notes
        said = [f"To say: {part.heading}", *below, *(chapter.notes or show.pack.sources), show.pack.origin]
        _finish(show, slide, said)
    if notes and is_behind:
        _add_chapter(show, Chapter(f"Notes to: {chapter.heading}", points=notes))


def _kind_of(chapter: Chapter, show: _Show) -> Kind:
    alone = show.scenes[Kind.CHART][0].contents[0].room
    is_long = isinstance(chapter.native, Bars) and len(chapter.native.names) > most_bars(alone)
    if is_long and show.scenes[Kind.CHARTS]:
        return Kind.CHARTS
    if chapter.native:
        return Kind.CHART
    if chapter.exhibit:
        return Kind.PICTURE
    return Kind.POINTS if chapter.points or chapter.table is None else Kind.TABLE


def _with_foot(scenes: Sequence[Scene], chapter: Chapter) -> tuple[Scene, tuple[str, ...], tuple[str, ...]]:
    """The layout for a chapter, the lines at its foot, and what is too long for them, as points.

    Where that is a few lines only they stand at a higher foot, or else in the notes that the speaker sees,
    as NOTES_BELOW at the foot says: no slide is made for them.
    """
    scene, foot, notes = _cut_to_fit(scenes, chapter, NOTES_FOLLOW)
    room = scenes[0].contents[0].room
    if not notes or lines_of_points(notes, LEAST_POINT, room) > FEW_LINES:
        return scene, foot, notes
    others, marks = _notes_of(chapter)
    for source in dict.fromkeys([chapter.source, chapter.source and SOURCES_FOLLOW]):
        whole = tuple(filter(None, (" ".join([*others, *marks]), source)))
        if higher := chosen(scenes, whole):
            return higher, whole, ()
    return _cut_to_fit(scenes, chapter, NOTES_BELOW)


def _cut_to_fit(
    scenes: Sequence[Scene], chapter: Chapter, where: str
) -> tuple[Scene, tuple[str, ...], tuple[str, ...]]:
    """The same with all that there is room for, and `where` the rest is.

    What a mark means stands on each slide that may have it. A table that goes on for several slides has a
    short foot on each where that is enough, so that there is room for its rows.
    """
    others, marks = _notes_of(chapter)
    one = _is_on_one(chapter, scenes[-1])
    for most, least in ((scenes if one else scenes[:1], 1), (scenes, 0)):
        for count in range(len(others), least - 1, -1):
            said = " ".join([*others[:count], *([where] if count < len(others) else []), *marks])
            for source in dict.fromkeys([chapter.source, chapter.source and SOURCES_FOLLOW]):
                foot = tuple(filter(None, (said, source)))
                if scene := chosen(most, foot):
                    return scene, foot, others[count:]
    # more marks than there is room for: they are told behind the slide
    foot = tuple(filter(None, (where, chapter.source and SOURCES_FOLLOW)))
    scene = chosen(scenes, foot)
    assert scene, "two short lines fit below every content"
    return scene, foot, (*others, *marks)


def _notes_of(chapter: Chapter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences below a chapter, and what the marks in it mean."""
    first, *marks = _BEFORE_A_MARK.split(f" {chapter.subtitle}")
    others = tuple(_SENTENCE.split(first.strip())) if first.strip() else ()
    for enlarged in chapter.enlarged:
        if enlarged.exhibit.remarks:
            others = (*(_ended(sentence) for sentence in others), *enlarged.exhibit.remarks)
    return others, tuple(marks)


def _has_mark(exhibit: Exhibit) -> bool:
    texts = (column.to_pylist() for table in exhibit.rows.values() for column in table.columns)
    return any(MARK in str(cell) for cells in texts for cell in cells)


def _without_marks(chapter: Chapter) -> Chapter:
    """A part of a chapter without what marks mean, of which it has none."""
    return replace(chapter, subtitle=_BEFORE_A_MARK.split(f" {chapter.subtitle}")[0].strip())


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."


def _is_on_one(chapter: Chapter, scene: Scene) -> bool:
    return chapter.table is None or len(list(_parts(chapter, scene))) == 1


def _parts(chapter: Chapter, scene: Scene) -> Iterator[tuple[Chapter, Grid | None]]:
    """The chapter on one slide or on several, each with its part of the table."""
    content = scene.contents[0]
    if chapter.points:
        for part in split_points(chapter, _point_size(chapter.points, content), content.room):
            yield part, None
    elif isinstance(chapter.native, Bars):
        parts = in_charts(chapter.native, most_bars(content.room) * len(scene.contents))
        for number, bars in enumerate(parts):
            yield part_of(chapter, number, len(parts), native=bars), None
    elif chapter.native is None and chapter.exhibit is None and chapter.table is not None:
        yield from split_table(chapter, chapter.table, content.room)
    else:
        yield chapter, None


def _point_size(points: Sequence[str], content: Spot) -> int:
    """The letters of the layout where the points fit in them, else the smallest that can be read."""
    fits = points_height(points, content.size, content.room) <= content.room.height
    return max(content.size, LEAST_POINT) if fits else LEAST_POINT


def _add_slide(show: _Show, scene: Scene, heading: str, foot: Sequence[str]) -> "Slide":
    """A slide with its title and the lines at its foot; its contents have their room."""
    from pptx.util import Inches

    slide = show.deck.slides.add_slide(scene.layout)
    _write(slide, scene.title, [heading], TITLE_SIZES)
    warn(_placeholder(slide, scene.title.number).text_frame)
    if scene.is_cut:
        for spot in scene.contents:
            place(_placeholder(slide, spot.number), spot.room)
    if foot and scene.foot:
        write(_placeholder(slide, scene.foot.number).text_frame, foot, links=show.links)
    elif foot:
        box = slide.shapes.add_textbox(*map(Inches, scene.foot_room))
        box.text_frame.word_wrap = True
        write(box.text_frame, foot, FOOT_SIZE, show.links)
    return slide


def _fill(
    show: _Show, slide: "Slide", scene: Scene, chapter: Chapter, grid: Grid | None, ends: tuple[float, float]
) -> None:
    places = [_placeholder(slide, spot.number) for spot in scene.contents]
    content = scene.contents[0]
    if chapter.points:
        size = _point_size(chapter.points, content)
        write(places[0].text_frame, chapter.points, size if size != content.size else None)
    elif isinstance(chapter.native, Bars):
        bars = in_charts(chapter.native, math.ceil(len(chapter.native.names) / len(places)))
        for at, part in zip(places, bars, strict=False):
            add_bars(at, part, ends, content.room)
    elif isinstance(chapter.native, Lines):
        add_lines(places[0], chapter.native, content.room)
    elif chapter.exhibit:
        _add_picture(places[0], chapter.exhibit, chapter.enlarged, content.room)
    elif grid is not None:
        _add_table(places[0], grid, chapter.heading, show.table_style)


def _add_picture(at: "SlidePlaceholder", exhibit: Exhibit, enlarged: Sequence[Large], room: Room) -> None:
    """The chart as large as there is room, in the middle, and the one for a room where there is one."""
    shown, scale = exhibit, float(CHART_PIXELS_PER_INCH)
    if enlarged:
        shown, scale = enlarged[0].exhibit, enlarged[0].letters * 72 / LETTERS
    elif exhibit.height:
        scale = max(MAP_PIXELS_PER_INCH, LEAST_MAP / room.height)
    png = pictures.chart_png(pictures.chart(shown, room.width * scale, room.height * scale), PICTURE_PIXELS)
    _insert_picture(at, png, exhibit.alt, room)


def _insert_picture(at: "SlidePlaceholder", picture: bytes, alt: str, room: Room | None = None) -> None:
    """A picture in a placeholder, whole: what it leaves free at two sides is left so in the file.

    A placeholder that is elsewhere than its layout has it gets its `room` anew: a picture forgets it.
    """
    from pptx.shapes.placeholder import PicturePlaceholder

    is_moved = at._element.spPr.xfrm is not None
    # a placeholder for any content takes a picture like one for pictures
    shape = PicturePlaceholder(at._element, at._parent).insert_picture(io.BytesIO(picture))
    if is_moved and room:
        place(shape, room)
    wide, high = shape.image.size
    ratio = wide / high * shape.height / shape.width
    beside, above = max(0, 1 / ratio - 1) / 2, max(0, ratio - 1) / 2
    shape.crop_left = shape.crop_right = -beside
    shape.crop_top = shape.crop_bottom = -above
    describe(shape, alt)


def _add_table(at: "SlidePlaceholder", grid: Grid, alt: str, style: str) -> None:
    """A table that PowerPoint knows as one, its columns as wide as their words ask."""
    from pptx.shapes.placeholder import TablePlaceholder
    from pptx.util import Inches, Pt

    frame = TablePlaceholder(at._element, at._parent).insert_table(len(grid.texts), len(grid.widths))
    describe(frame, f"Table: {alt}")
    table = frame.table
    if style:
        (named,) = table._tbl.xpath("./a:tblPr/a:tableStyleId")
        named.text = style
    for column, width in enumerate(grid.widths):
        table.columns[column].width = Inches(width)
    for number, row in enumerate(grid.texts):
        table.rows[number].height = Inches(row_height(row, grid.widths, grid.size))
        for column, text in enumerate(row):
            cell = table.cell(number, column)
            cell.margin_top = cell.margin_bottom = Pt(ROW_PADDING_PT / 2)
            write(cell.text_frame, [text], grid.size)
    frame.height = sum(row.height for row in table.rows)


def _add_sources(show: _Show) -> None:
    """The sources in full, and the code that leads back to the view."""
    from pptx.util import Emu

    pack, code = show.pack, show.code
    found = show.scenes[Kind.SOURCES]
    scene = chosen(found or show.scenes[Kind.POINTS], [show.origin])
    if scene is None:
        raise AssertionError("a line fits below every content")
    text = scene.contents[0]
    if not found and code:
        text = replace(text, room=text.room._replace(width=text.room.width - CODE - CODE_GAP))
    for part in split_points(Chapter(SOURCES, points=pack.sources), SOURCE_SIZE, text.room):
        slide = _add_slide(show, scene, part.heading, [show.origin])
        points = _placeholder(slide, text.number)
        write(
            points.text_frame, part.points, SOURCE_SIZE if text.size != SOURCE_SIZE else None, pack.addresses
        )
        alt = f"Code that leads to {pack.link}"
        if found:
            _add_mark(slide, scene.contents[1].number, code, alt)
        elif code:
            place(points, text.room)
            at = Room(text.room.left + text.room.width + CODE_GAP, text.room.top, CODE, CODE)
            mark = slide.shapes.add_picture(io.BytesIO(code), Emu(0), Emu(0))
            place(mark, at)
            describe(mark, alt)
        _finish(show, slide, [*part.points, pack.origin])


def _write(
    slide: "Slide",
    spot: Spot,
    texts: Sequence[str],
    sizes: Sequence[int],
    links: Mapping[str, str] | None = None,
) -> None:
    """Texts in a placeholder, in its own letters where they fit, else in the largest smaller ones that do."""
    smaller = [spot.size, *(size for size in sizes if size < spot.size)]
    size = largest(texts, smaller, spot.room)
    write(_placeholder(slide, spot.number).text_frame, texts, size if size != spot.size else None, links)


def _placeholder(slide: "Slide", number: int) -> "SlidePlaceholder":
    (found,) = (each for each in slide.placeholders if each.placeholder_format.idx == number)
    return found


def _finish(show: _Show, slide: "Slide", notes: Sequence[str]) -> None:
    """Footer, number and notes; what is empty of the layout is taken away."""
    for each in list(slide.placeholders):
        if each.has_text_frame and not each.text_frame.text:
            each._element.getparent().remove(each._element)
    day = show.pack.day
    add_edges(slide, f"{show.pack.version} · {day.day} {day:%B %Y}", len(show.deck.slides))
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        write(frame, [text for text in notes if text], links=show.links)
