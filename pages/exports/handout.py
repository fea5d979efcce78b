"""A pack as an accessible PDF on A4: tagged, with bookmarks and alternative texts."""

from collections.abc import Callable, Sequence

import pandas as pd

from pages.exports import paper_pictures, pictures
from pages.exports.exhibit import ILLUSTRATIVE
from pages.exports.flow import Extent, Letters, Turn, in_turn
from pages.exports.lines import in_our_font
from pages.exports.pack import AT_THE_END, Chapter, Pack
from pages.exports.paper import Bullets, Paper, Paragraph, Part, Picture, Section, Table, as_pdf

PDF = "application/pdf"
# what paper.typ gives its text: the width and, less by a line, the height of a page in centimetres, and the
# title with its subtitle
WIDTH, HEIGHT, TITLE = 17.4, 24.8, 1.9
HEADING, PARAGRAPH, POINT = Letters(13, 15.8, 26, 0, True), Letters(10, 12.1, 4), Letters(10, 12.1, 0, 0.4)
CELL = Letters(9, 10, 3)
# between the edges of a cell and its text, in centimetres; rows that stand together below a heading
CELL_MARGINS, ROWS_TOGETHER = 0.4, 3
CM_PER_PIXEL = WIDTH / paper_pictures.WIDTH
# letters beyond which a column gets no wider
LONGEST = 40
# of the title, at the head of each page
LONGEST_MARK = 90


def as_handout(pack: Pack, on_step: Callable[[float], None] = lambda share: None) -> bytes:
    """The pack as PDF/UA-1. `on_step` is told the share that is done, from 0 to 1."""
    chapters = []
    for number, turn in enumerate(_in_turn(pack.chapters), start=1):
        chapters.append(Section(turn.what.heading, tuple(_parts(turn.what, turn.change))))
        on_step(number / (len(pack.chapters) + 1))
    sources = Section("Sources", tuple(Paragraph(line) for line in (*pack.sources, pack.origin)))
    return as_pdf(
        Paper(
            title=pack.title,
            subtitle=pack.subtitle,
            sections=(*chapters, sources),
            footer=(pack.version,),
            day=pack.day,
            mark=pack.title[:LONGEST_MARK],
            stamp=ILLUSTRATIVE if pack.is_illustrative else "",
            description=pack.subtitle,
        )
    )


def _in_turn(chapters: Sequence[Chapter]) -> list[Turn[Chapter]]:
    """The chapters as they fill pages: tables to look up may stand before a picture that finds no room."""
    return in_turn(
        chapters,
        _extent,
        lambda chapter: chapter.to_look_up and chapter.table is not None,
        HEIGHT - TITLE,
        HEIGHT,
    )


def _extent(chapter: Chapter) -> Extent:
    heading = HEADING.high(chapter.heading, WIDTH, in_our_font)
    points = [POINT.high(point, WIDTH, in_our_font) for point in chapter.points]
    below = sum(PARAGRAPH.high(text, WIDTH, in_our_font) for text in _below(chapter))
    if chapter.exhibit:
        if key := paper_pictures.likely_key(chapter.exhibit):
            below += PARAGRAPH.high(key, WIDTH, in_our_font)
        least, usual, most = (high * CM_PER_PIXEL for high in paper_pictures.heights(chapter.exhibit))
        return Extent(heading + sum(points) + usual, below, gives=usual - least, takes=most - usual)
    if chapter.table is None:
        return Extent(heading + sum(points[:1]), sum(points[1:]) + below)
    table = _table(chapter.table)
    room = [WIDTH * share / sum(table.widths) - CELL_MARGINS for share in table.widths]
    rows = [
        max(CELL.high(cell or "-", wide, in_our_font) for cell, wide in zip(row, room, strict=True))
        for row in (table.header, *table.rows)
    ]
    first = 1 + ROWS_TOGETHER
    return Extent(heading + sum(points) + sum(rows[:first]), sum(rows[first:]) + below)


def _parts(chapter: Chapter, change: float) -> list[Part]:
    """What stands below the heading of a chapter, its picture so many centimetres higher than usual."""
    parts: list[Part] = []
    if chapter.points:
        parts.append(Bullets(chapter.points))
    if chapter.exhibit:
        high = paper_pictures.heights(chapter.exhibit).usual + change / CM_PER_PIXEL
        drawn = pictures.chart(chapter.exhibit, paper_pictures.WIDTH, high)
        width = drawn.width / paper_pictures.WIDTH
        parts.append(Picture(drawn.svg.encode(), chapter.exhibit.alt, min(width, 1.0)))
        if codes := chapter.exhibit.key_of(pictures.codes_on(drawn, chapter.exhibit)):
            parts.append(Paragraph(codes))
    if chapter.table is not None:
        parts.append(_table(chapter.table))
    # below, so that a heading is never parted from what it is about
    return [*parts, *map(Paragraph, _below(chapter))]


def _below(chapter: Chapter) -> list[str]:
    """What is said below a chapter; that its sources are at the end begins no page of its own."""
    said, source = chapter.subtitle, chapter.source
    if said and source == AT_THE_END:
        return [f"{said if said.endswith('.') else f'{said}.'} {source}"]
    return [text for text in (said, source) if text]


def _table(rows: pd.DataFrame) -> Table:
    texts = rows.astype(str)
    widths = [_width([name, *texts[name]]) for name in texts]
    cells = tuple(tuple(row) for row in texts.itertuples(index=False))
    return Table(tuple(map(str, texts.columns)), cells, tuple(widths))


def _width(column: list[str]) -> float:
    """The width that a column asks for, in letters: no word of it is broken."""
    longest_word = max(len(word) for text in column for word in text.split() or [""])
    return 2.0 + max(longest_word, min(max(map(len, column[1:]), default=0), LONGEST) * 0.7)
