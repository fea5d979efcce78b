"""A pack as a committee paper in Word: a summary on the first page, contents, then a section a chapter."""

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from data_loaders.brand import Brand
from pages.exports import pictures, word, word_charts, word_file
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit
from pages.exports.pack import AT_THE_END, Bars, Chapter, Pack, printable
from pages.exports.table import MARK

# of the summary
MOST_FINDINGS = 3
# layout pixels at which a chart is drawn for the width of the text, and pixels of its picture
CHART_WIDTH, CHART_PIXELS = 760, 1600
# layout pixels of its height, so that two charts find room on a page, or a chart and a map; a lower map has
# no names
CHART_HEIGHT, MAP_HEIGHT = 300, 430
# in centimetres: of the picture in the summary, and of a map, which leaves room for a chart above or below it
SUMMARY_HEIGHT, MAP_CM = 10.0, 9.3
# in centimetres: of two pictures that stand on one page; in layout pixels: around the rows of a chart
TWO_PICTURES, AXES = 17.0, 60
# keys of what is referred to besides the pictures and tables of sections
FINDINGS, SOURCES, PICTURED = "findings", "sources", "pictured"


def as_docx(pack: Pack, brand: Brand, on_step: Callable[[float], None] = lambda share: None) -> bytes:
    """The pack as a document on A4. `on_step` is told the share that is done, from 0 to 1."""
    pack = printable(pack)
    blocks: list[word.Block] = []
    for block in _blocks(pack):
        blocks.append(block)
        sections = sum(isinstance(each, word.Heading) for each in blocks)
        on_step(min(sections / (len(pack.chapters) + 2), 1))
    stamp = ILLUSTRATIVE if pack.is_illustrative else ""
    paper = word.Document(
        title=pack.title,
        subtitle=pack.subtitle,
        subject=pack.subtitle,
        comments=pack.origin,
        blocks=tuple(blocks),
        footer=f"{stamp} · {pack.version}" if stamp else pack.version,
        stamp=stamp,
        day=pack.day,
    )
    return word_file.as_docx(paper, brand)


def _blocks(pack: Pack) -> Iterator[word.Block]:
    told, findings = _findings(pack)
    pictured = next((chapter for chapter in pack.chapters if chapter.exhibit), None)
    is_all_told = told is not None and len(told.points) <= len(findings)
    others = [chapter for chapter in pack.chapters if chapter is not pictured and chapter is not told]
    headed = [chapter for chapter in others if chapter.heading in findings]
    yield from _summary(told, findings, headed, pictured, is_all_told)
    yield word.Contents(new_page=pictured is not None)
    wide, headings = [], {pictured.heading} if pictured else set()
    for number, chapter in enumerate(_in_turn(pack.chapters)):
        if chapter is pictured or (chapter is told and is_all_told):
            continue
        # several pictures of one view have one title
        heading = chapter.heading
        if heading in headings and chapter.caption:
            heading, _, _ = chapter.caption.partition(". ")
        headings.add(chapter.heading)
        shown = list(_section(chapter, heading, f"{number}", FINDINGS if chapter is told else ""))
        if any(isinstance(block, word.Table) and block.is_wide for block in shown):
            wide += shown
        else:
            yield from shown
    yield word.Heading("Sources", key=SOURCES)
    for line in pack.sources:
        yield word.Paragraph((line,))
    yield word.Heading("How this paper was made", level=2)
    yield word.Paragraph(_origin(pack))
    if wide:
        yield word.Turned((word.Heading("Appendix: wide tables"), *map(_lower, wide)))


def _in_turn(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters with a table between two pictures for which there is no room on one page.

    It is the first of those to look up that stand upright: what is told, and what somebody picked out, stays
    in its order.
    """
    left, told = list(chapters), list[Chapter]()
    while left:
        above, below = (_picture_cm(told[-1]) if told else 0, _picture_cm(left[0]))
        tables = filter(_is_upright_table, left if above and below and above + below > TWO_PICTURES else [])
        told.append(next(tables, left[0]))
        left.remove(told[-1])
    return told


def _picture_cm(chapter: Chapter) -> float:
    """About the height of a picture that is drawn here, in centimetres; 0 for all else."""
    exhibit = chapter.exhibit
    if exhibit is None or exhibit.drawing is None or chapter.native:
        return 0
    if exhibit.height:
        return MAP_CM
    return max(CHART_HEIGHT, _rows_high(exhibit)) * word.TEXT_WIDTH / CHART_WIDTH


def _rows_high(exhibit: Exhibit) -> float:
    """The layout pixels that a chart takes whose rows have a height of their own; 0 for others."""
    assert exhibit.drawing is not None
    height = exhibit.drawing["height"]
    if not isinstance(height, dict):
        return 0
    fields = {layer["encoding"].get("y", {}).get("field") for layer in exhibit.drawing["layer"]}
    columns = [rows[field] for rows in exhibit.rows.values() for field in fields & {*rows.column_names}]
    count: int = max((len(column.unique()) for column in columns), default=0)
    return count * height["step"] + AXES


def _is_upright_table(chapter: Chapter) -> bool:
    return chapter.to_look_up and chapter.table is not None and not _table(chapter.table, "", (), "").is_wide


def _lower(block: word.Block) -> word.Block:
    """A heading below that of the appendix; all else as it is."""
    return word.Heading(block.text, level=2) if isinstance(block, word.Heading) else block


def _findings(pack: Pack) -> tuple[Chapter | None, tuple[str, ...]]:
    """The chapter that has the findings, and the first of them; else the headings that are sentences.

    A heading that repeats one before it, with what it is in front, is none.
    """
    first = pack.chapters[0]
    if first.points:
        return first, first.points[:MOST_FINDINGS]
    sentences: list[str] = []
    for heading in (each.heading for each in pack.chapters if each.heading.endswith(".")):
        if not any(heading == said or heading.endswith(f": {said}") for said in sentences):
            sentences.append(heading)
    return None, tuple(sentences[:MOST_FINDINGS])


def _summary(
    told: Chapter | None,
    findings: tuple[str, ...],
    headed: Sequence[Chapter],
    pictured: Chapter | None,
    is_all_told: bool,
) -> Iterator[word.Block]:
    """Findings, what their marks mean, where there is more, and a picture.

    `headed` are the chapters whose headings are findings; what marks mean in the picture stands below that.
    """
    yield word.Heading("Summary")
    yield word.Bullets(findings)
    if told and (is_all_told or any(MARK in finding for finding in findings)):
        yield from _explained(told)
    if marks := dict.fromkeys(_beside(chapter)[1] for chapter in headed if MARK in chapter.heading):
        yield word.Paragraph((" ".join(marks),), word.NOTE)
    guide = (*_guide(told, is_all_told), word.Reference(SOURCES), ".")
    if pictured and pictured.heading in findings:
        yield word.Paragraph((*guide, " ", *_referring(pictured, PICTURED)), keep=True)
        yield _object(pictured, PICTURED, SUMMARY_HEIGHT)
        return
    yield word.Paragraph(guide)
    if pictured:
        yield word.Heading(pictured.heading, level=2)
        yield word.Paragraph(_referring(pictured, PICTURED), keep=True)
        yield _object(pictured, PICTURED, SUMMARY_HEIGHT)


def _guide(told: Chapter | None, is_all_told: bool) -> word.Words:
    """Where there is more, up to the number of the section of sources."""
    if told is None or is_all_told:
        return ("The sources are in section ",)
    return ("All findings are in section ", word.Reference(FINDINGS), ", the sources in section ")


def _section(chapter: Chapter, heading: str, key: str, heading_key: str) -> Iterator[word.Block]:
    yield word.Heading(heading, key=heading_key)
    if chapter.points:
        yield word.Bullets(chapter.points)
    if chapter.exhibit or chapter.table is not None:
        yield word.Paragraph(_referring(chapter, key), keep=True)
        yield _object(chapter, key)
    else:
        yield from _explained(chapter)


def _explained(chapter: Chapter) -> Iterator[word.Block]:
    if said := _joined(chapter.subtitle, chapter.source):
        yield word.Paragraph((said,), word.NOTE)


def _referring(chapter: Chapter, key: str) -> word.Words:
    """What is said of a picture or table, with its number."""
    lead, _ = _beside(chapter)
    return (f"{lead} See ".lstrip(), word.Reference(key), ".")


def _object(chapter: Chapter, key: str, highest: float = 0) -> word.Figure | word.Table:
    """The picture or table, with what its marks mean and its source below it."""
    caption = chapter.caption or chapter.heading
    said, native = _beside(chapter)[1], chapter.native
    if chapter.exhibit and native and (not highest or word_charts.height(native) <= highest):
        said = _joined(said, native.without if isinstance(native, Bars) else "")
        return word.Figure(native, chapter.exhibit.alt, caption, _noted(said, chapter.source), key)
    note = _noted(said, chapter.source)
    if chapter.exhibit:
        png = pictures.chart_png(chapter.exhibit, CHART_WIDTH, _height(chapter.exhibit), CHART_PIXELS)
        highest = highest or (MAP_CM if chapter.exhibit.height else 0)
        return word.Figure(png, chapter.exhibit.alt, caption, note, key, highest)
    assert chapter.table is not None, f"{chapter.heading} has neither picture nor table"
    return _table(chapter.table, caption, note, key)


def _beside(chapter: Chapter) -> tuple[str, str]:
    """What is said beside a picture, and below it or a table: marks are explained where they stand."""
    before, _, behind = chapter.subtitle.partition(chapter.about or "\n")
    said = _joined(before.strip(), behind.strip().removeprefix(".").strip())
    if chapter.exhibit is None:
        return "", said
    lead, mark, marks = said.partition(MARK)
    return lead.strip(), f"{mark}{marks}"


def _noted(said: str, source: str) -> word.Words:
    """What is said below a picture or table, and whose figures it shows, or where that is said."""
    if source == AT_THE_END:
        return (f"{said} Sources: section ".lstrip(), word.Reference(SOURCES), ".")
    return tuple(filter(None, [_joined(said, source)]))


def _table(rows: pd.DataFrame, caption: str, note: word.Words, key: str) -> word.Table:
    texts = rows.astype(str)
    cells = tuple(tuple(row) for row in texts.itertuples(index=False, name=None))
    return word.Table(tuple(map(str, texts.columns)), cells, caption, note, key)


def _height(exhibit: Exhibit) -> float:
    """The height at which a picture is drawn, in layout pixels; one of many rows takes what it needs."""
    return min(exhibit.height(CHART_WIDTH), MAP_HEIGHT) if exhibit.height else CHART_HEIGHT


def _origin(pack: Pack) -> word.Words:
    """Which app made it and when, with the link that brings the view back."""
    before, link, after = pack.origin.rpartition(pack.link)
    is_address = link.startswith(("http://", "https://"))
    return (before, word.Link(link, link), after) if is_address else (pack.origin,)


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))
