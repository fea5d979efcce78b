"""A pack as a committee paper in Word: a summary on the first page, contents, then a section a chapter."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from data_loaders.brand import Brand
from pages.exports import paper_pictures, pictures, word, word_charts, word_file, word_sizes, word_styles
from pages.exports.exhibit import ILLUSTRATIVE
from pages.exports.flow import Extent, Turn, in_turn
from pages.exports.pack import AT_THE_END, Bars, Chapter, Pack, printable
from pages.exports.table import MARK

# of the summary
MOST_FINDINGS = 3
# pixels of a picture; in centimetres, how low and how high it may be in the summary
CHART_PIXELS, SUMMARY_HEIGHTS = 1600, (7.0, 13.0)
CM_PER_PIXEL = word.TEXT_WIDTH / paper_pictures.WIDTH
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
    behind = [
        chapter for chapter in pack.chapters if chapter in others or (chapter is told and not is_all_told)
    ]
    headed = [chapter for chapter in others if chapter.heading in findings]
    summary = list(_summary(told, findings, headed, pictured, is_all_told))
    above = word_sizes.high(summary, word.TEXT_WIDTH) + _title_high(pack)
    yield from summary
    if pictured:
        yield _object(pictured, PICTURED, _in_summary(pictured, word_sizes.PAGE - above))
    yield word.Contents(new_page=pictured is not None)
    wide, headings = [], {pictured.heading} if pictured else set()
    for number, turn in enumerate(_in_turn(behind, pictured, 0 if pictured else above)):
        chapter = turn.what
        # several pictures of one view have one title
        heading = chapter.heading
        if heading in headings and chapter.caption:
            heading, _, _ = chapter.caption.partition(". ")
        headings.add(chapter.heading)
        key = FINDINGS if chapter is told else ""
        shown = list(_section(chapter, heading, f"{number}", key, turn.change))
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


def _title_high(pack: Pack) -> float:
    is_long = len(pack.title) > word_styles.LONG_TITLE
    title = word_sizes.LONG_TITLE if is_long else word_sizes.TITLE
    return title.high(pack.title, word.TEXT_WIDTH) + word_sizes.SUBTITLE.high(pack.subtitle, word.TEXT_WIDTH)


def _in_summary(pictured: Chapter, left: float) -> float:
    """How high the picture of the summary is, in centimetres: as the page has room, within reason."""
    figure = word.Figure(b"", "", pictured.caption or pictured.heading, _note(pictured))
    least, most = SUMMARY_HEIGHTS
    return min(max(left - word_sizes.high([figure], word.TEXT_WIDTH), least), most)


def _in_turn(chapters: Sequence[Chapter], pictured: Chapter | None, before: float) -> list[Turn[Chapter]]:
    """The chapters behind the summary as they fill pages, of which what is `before` has taken some.

    Tables to look up may stand in front of a picture for which there is no room: what is told, and what
    somebody picked out, stays in its order.
    """
    listed = [*chapters, *([pictured] if pictured else [])]
    headed = ["Summary", *(chapter.heading for chapter in listed), "Sources", "How this paper was made"]
    figures, tables = (
        [f"{called} 00: {each.caption or each.heading}" for each in listed if is_one(each)]
        for called, is_one in (("Figure", _is_pictured), ("Table", _is_table))
    )
    contents = word_sizes.contents_high(headed, (figures, tables), word.TEXT_WIDTH)
    left = word_sizes.PAGE - before - contents
    while left < 0:
        left += word_sizes.PAGE
    return in_turn(chapters, _extent, _is_upright_table, left, word_sizes.PAGE)


def _extent(chapter: Chapter) -> Extent:
    """What a section takes of a page; wide tables stand elsewhere."""
    heading = word.Heading(chapter.heading)
    if _is_pictured(chapter):
        assert chapter.exhibit
        told = (heading, word.Paragraph(_referring(chapter, "")), word.Bullets(chapter.points))
        note = _with_key(paper_pictures.likely_key(chapter.exhibit), _note(chapter))
        figure = word.Figure(b"", "", chapter.caption or chapter.heading, note)
        around = word_sizes.high((*told, figure), word.TEXT_WIDTH)
        if chapter.native:
            return Extent(around + word_charts.height(chapter.native))
        least, usual, most = (high * CM_PER_PIXEL for high in paper_pictures.heights(chapter.exhibit))
        usual = min(usual, word_file.TALLEST)
        return Extent(around + usual, gives=usual - least, takes=max(min(most, word_file.HIGHEST) - usual, 0))
    if chapter.table is None:
        more = word_sizes.high(_explained(chapter), word.TEXT_WIDTH)
        first, *others = (
            word_sizes.high([word.Bullets((point,))], word.TEXT_WIDTH) for point in chapter.points or ("",)
        )
        return Extent(word_sizes.high([heading], word.TEXT_WIDTH) + first, more + sum(others))
    table = _table_of(chapter, "")
    if table.is_wide:
        return Extent(0)
    above = (heading, word.Paragraph(_referring(chapter, "")), word.Bullets(chapter.points))
    whole, rows = (
        word_sizes.high((*above, table), word.TEXT_WIDTH),
        word_sizes.rows_high(table, word.TEXT_WIDTH),
    )
    more = 0 if len(table.rows) <= word_file.SHORT_TABLE else sum(rows[1 + word_file.ROWS_TOGETHER :])
    return Extent(whole - more, more)


def _is_pictured(chapter: Chapter) -> bool:
    return chapter.exhibit is not None


def _is_table(chapter: Chapter) -> bool:
    return chapter.table is not None and not _is_pictured(chapter)


def _is_upright_table(chapter: Chapter) -> bool:
    return chapter.to_look_up and _is_table(chapter) and not _table_of(chapter, "").is_wide


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
    """Findings, what their marks mean, where there is more, and what is said above a picture.

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
        return
    yield word.Paragraph(guide)
    if pictured:
        yield word.Heading(pictured.heading, level=2)
        yield word.Paragraph(_referring(pictured, PICTURED), keep=True)


def _guide(told: Chapter | None, is_all_told: bool) -> word.Words:
    """Where there is more, up to the number of the section of sources."""
    if told is None or is_all_told:
        return ("The sources are in section ",)
    return ("All findings are in section ", word.Reference(FINDINGS), ", the sources in section ")


def _section(
    chapter: Chapter, heading: str, key: str, heading_key: str, change: float
) -> Iterator[word.Block]:
    yield word.Heading(heading, key=heading_key)
    if chapter.points:
        yield word.Bullets(chapter.points)
    if chapter.exhibit or chapter.table is not None:
        yield word.Paragraph(_referring(chapter, key), keep=True)
        yield _object(chapter, key, change=change)
    else:
        yield from _explained(chapter)


def _explained(chapter: Chapter) -> Iterator[word.Block]:
    if said := _joined(chapter.subtitle, chapter.source):
        yield word.Paragraph((said,), word.NOTE)


def _referring(chapter: Chapter, key: str) -> word.Words:
    """What is said of a picture or table, with its number."""
    lead, _ = _beside(chapter)
    return (f"{lead} See ".lstrip(), word.Reference(key), ".")


def _object(chapter: Chapter, key: str, room: float = 0, change: float = 0) -> word.Figure | word.Table:
    """The picture or table, with what its marks mean and its source below it.

    A picture is as high as there is `room`, or else by a `change` higher than usual, both in centimetres.
    """
    if chapter.exhibit is None:
        return _table_of(chapter, key)
    caption, native = chapter.caption or chapter.heading, chapter.native
    if native and (not room or word_charts.height(native) <= room):
        return word.Figure(native, chapter.exhibit.alt, caption, _note(chapter), key)
    least, usual, most = paper_pictures.heights(chapter.exhibit)
    high = min(max(room / CM_PER_PIXEL, least), most) if room else usual + change / CM_PER_PIXEL
    drawn = pictures.chart(chapter.exhibit, paper_pictures.WIDTH, high)
    png = pictures.chart_png(drawn, CHART_PIXELS)
    codes = chapter.exhibit.key_of(pictures.codes_on(drawn, chapter.exhibit))
    note = _with_key(codes, _note(replace(chapter, native=None)))
    return word.Figure(png, chapter.exhibit.alt, caption, note, key, room or high * CM_PER_PIXEL)


def _table_of(chapter: Chapter, key: str) -> word.Table:
    assert chapter.table is not None, f"{chapter.heading} has neither picture nor table"
    texts = chapter.table.astype(str)
    cells = tuple(tuple(row) for row in texts.itertuples(index=False, name=None))
    caption = chapter.caption or chapter.heading
    return word.Table(tuple(map(str, texts.columns)), cells, caption, _note(chapter), key)


def _note(chapter: Chapter) -> word.Words:
    """What is said below a picture or table: what has no bar, what marks mean, whose figures these are."""
    _, said = _beside(chapter)
    without = chapter.native.without if chapter.exhibit and isinstance(chapter.native, Bars) else ""
    return _noted(_joined(said, without), chapter.source)


def _with_key(key: str, note: word.Words) -> word.Words:
    """What is said below a map, with what the codes on it mean in front."""
    return (f"{key} ", *note) if key else note


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


def _origin(pack: Pack) -> word.Words:
    """Which app made it and when, with the link that brings the view back."""
    before, link, after = pack.origin.rpartition(pack.link)
    is_address = link.startswith(("http://", "https://"))
    return (before, word.Link(link, link), after) if is_address else (pack.origin,)


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))
