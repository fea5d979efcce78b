"""A pack as an accessible PDF on A4: tagged, with bookmarks and alternative texts."""

from collections.abc import Callable

import pandas as pd

from pages.exports import pictures
from pages.exports.exhibit import ILLUSTRATIVE
from pages.exports.pack import Chapter, Pack
from pages.exports.paper import Bullets, Paper, Paragraph, Part, Picture, Section, Table, as_pdf

PDF = "application/pdf"
CHART_WIDTH, CHART_HEIGHT = 760, 640
# letters beyond which a column gets no wider
LONGEST = 40
# of the title, at the head of each page
LONGEST_MARK = 90


def as_handout(pack: Pack, on_step: Callable[[float], None] = lambda share: None) -> bytes:
    """The pack as PDF/UA-1. `on_step` is told the share that is done, from 0 to 1."""
    chapters = []
    for number, chapter in enumerate(pack.chapters, start=1):
        chapters.append(Section(chapter.heading, tuple(_parts(chapter))))
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


def _parts(chapter: Chapter) -> list[Part]:
    parts: list[Part] = []
    if chapter.points:
        parts.append(Bullets(chapter.points))
    if chapter.exhibit:
        svg = pictures.chart_svg(chapter.exhibit, CHART_WIDTH, CHART_HEIGHT)
        parts.append(Picture(svg, chapter.exhibit.alt))
    if chapter.table is not None:
        parts.append(_table(chapter.table))
    # below, so that a heading is never parted from what it is about
    below = [text for text in (chapter.subtitle, chapter.source) if text]
    return [*parts, *map(Paragraph, below)]


def _table(rows: pd.DataFrame) -> Table:
    texts = rows.astype(str)
    widths = [_width([name, *texts[name]]) for name in texts]
    cells = tuple(tuple(row) for row in texts.itertuples(index=False))
    return Table(tuple(map(str, texts.columns)), cells, tuple(widths))


def _width(column: list[str]) -> float:
    """The width that a column asks for, in letters: no word of it is broken."""
    longest_word = max(len(word) for text in column for word in text.split() or [""])
    return 2.0 + max(longest_word, min(max(map(len, column[1:]), default=0), LONGEST) * 0.7)
