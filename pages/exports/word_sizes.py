"""How much of a page the parts of a Word document take, as word_styles.py sets them: in centimetres."""

from collections.abc import Iterable, Sequence

from pages.exports.flow import CM_PER_POINT, Letters
from pages.exports.lines import in_any_font
from pages.exports.word import (
    LONG,
    MARGIN,
    NOTE,
    TABLE_SIZE,
    Block,
    Bullets,
    Figure,
    Heading,
    Link,
    Paragraph,
    Reference,
    Table,
    Words,
)

# what a page has for its text; and less by a line, for programs break lines in their own way
PAGE = LONG - 2 * MARGIN - 0.5
TITLE, LONG_TITLE, SUBTITLE = Letters(24, 32, 18, 0, True), Letters(16, 22, 18, 0, True), Letters(12, 16, 8)
HEADINGS = {1: Letters(15, 20, 24, 1, True), 2: Letters(12, 16, 16, 1, True)}
LIST_HEADING, LISTED = Letters(15, 20, 16, 0, True), Letters(11, 12.7, 2, 1)
PARAGRAPH, BELOW, POINT = Letters(11, 14.6, 8), Letters(TABLE_SIZE, 10.4, 10), Letters(11, 14.6, 4, 0.7)
CAPTION = Letters(10, 13.3, 10, 0, True)
# of what is reckoned of a text in any font: what it takes in Arial at the most
_IN_ARIAL = 0.97
# points of a row of a table: from line to line, and around them
_ROW_LINE, _ROW_AROUND = 10.4, 4.5


def high(blocks: Iterable[Block], room: float) -> float:
    """How high blocks are in a width, each below the other; of a figure all but its picture."""
    return sum(_high(block, room) for block in blocks)


def _high(block: Block, room: float) -> float:
    match block:
        case Heading(text, level):
            return HEADINGS[level].high(text, room, _width)
        case Paragraph(words, style):
            return (BELOW if style == NOTE else PARAGRAPH).high(_said(words), room, _width)
        case Bullets(items):
            return sum(POINT.high(item, room, _width) for item in items)
        case Figure():
            return CAPTION.high(f"Figure 00: {block.caption}", room, _width) + BELOW.high(
                _said(block.note), room, _width
            )
        case Table():
            above = CAPTION.high(f"Table 00: {block.caption}", room, _width)
            return above + sum(rows_high(block, room)) + BELOW.high(_said(block.note), room, _width)
        case _:
            raise ValueError(f"What a {type(block).__name__} takes of a page depends on what is around it.")


def rows_high(table: Table, room: float) -> Sequence[float]:
    """How high the header and each row of a table are."""
    letters = Letters(TABLE_SIZE, _ROW_LINE, _ROW_AROUND)
    widths = table.inner_widths(room)
    return [
        max(letters.high(cell or "-", width, _width) for cell, width in zip(row, widths, strict=True))
        for row in (table.header, *table.rows)
    ]


def contents_high(sections: Sequence[str], lists: Iterable[Sequence[str]], room: float) -> float:
    """How high the contents are, and the lists of captions below them that have any."""
    headings = 1 + sum(bool(captions) for captions in lists)
    listed = sum(LISTED.high(text, room, _width) for texts in (sections, *lists) for text in texts)
    return headings * (LIST_HEADING.line + LIST_HEADING.around) * CM_PER_POINT + listed


def _width(text: str, is_bold: bool) -> float:
    return _IN_ARIAL * in_any_font(text, is_bold)


def _said(words: Words) -> str:
    return "".join(_in_words(word) for word in words)


def _in_words(word: str | Reference | Link) -> str:
    match word:
        case Reference():
            return "Figure 00"
        case Link(text):
            return text
        case _:
            return str(word)
