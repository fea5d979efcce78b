"""A pack as an accessible PDF on A4: tagged, with bookmarks and alternative texts."""

import pandas as pd

from pages.exports import pictures
from pages.exports.pack import Chapter, Pack
from pages.exports.paper import Bullets, Paper, Paragraph, Part, Picture, Section, Table, as_pdf

PDF = "application/pdf"
CHART_WIDTH, CHART_HEIGHT = 760, 640
# letters beyond which a column gets no wider
LONGEST = 40


def as_handout(pack: Pack) -> bytes:
    """The pack as PDF/UA-1."""
    chapters = [Section(chapter.heading, tuple(_parts(chapter))) for chapter in pack.chapters]
    sources = Section("Sources", tuple(Paragraph(line) for line in (*pack.sources, pack.origin)))
    return as_pdf(
        Paper(
            title=pack.title,
            subtitle=pack.subtitle,
            sections=(*chapters, sources),
            footer=(pack.version,),
            day=pack.day,
            mark=pack.title,
            description=pack.subtitle,
        )
    )


def _parts(chapter: Chapter) -> list[Part]:
    parts: list[Part] = [Paragraph(chapter.subtitle)] if chapter.subtitle else []
    if chapter.points:
        parts.append(Bullets(chapter.points))
    if chapter.piece:
        svg = pictures.chart_svg(chapter.piece, CHART_WIDTH, CHART_HEIGHT)
        parts.append(Picture(svg, chapter.piece.alt))
    if chapter.bars:
        shown = ["" if v is None else f"{v:,.{chapter.bars.decimals}f}" for v in chapter.bars.values]
        parts.append(_table(pd.DataFrame({"Place": chapter.bars.names, chapter.bars.axis: shown})))
    if chapter.table is not None:
        parts.append(_table(chapter.table))
    if chapter.source:
        parts.append(Paragraph(chapter.source))
    return parts


def _table(rows: pd.DataFrame) -> Table:
    texts = rows.astype(str)
    widths = [
        float(max(min(max(texts[name].map(len), default=0), LONGEST), len(name) / 2, 6)) for name in texts
    ]
    cells = tuple(tuple(row) for row in texts.itertuples(index=False))
    return Table(tuple(map(str, texts.columns)), cells, tuple(widths))
