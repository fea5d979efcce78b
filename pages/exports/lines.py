"""Words in lines: how wide they are, in font sizes, and where one line ends and the next begins."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from pages.exports.drawer import FONTS

# widths of letters, as those of Arial and a little more: Source Sans is narrower
NARROW_LETTERS, WIDE_LETTERS = frozenset(" .,:;'|!()[]/-ijlft"), frozenset("mwMW%@&=+→©—▲▼")
LETTER, NARROW, WIDE, CAPITAL, BOLD = 0.56, 0.31, 0.86, 0.7, 1.07
# from here on letters, such as Chinese and emoji, are as wide as they are high
FIRST_SQUARE = "\u2e80"
# an address may go on in the next line after one of these
_PIECES = re.compile(r"(?<=[/?&=_,+-])")

# spaces at which no line ends, and what stands for them meanwhile
_JOINTS = re.compile(r" (?=· )|(?<=\d) (?=to \d|k?m\b)|(?<=\d to) (?=\d)")
_TOGETHER = "\N{NO-BREAK SPACE}"

# the width of a text, bold or not
Measure = Callable[[str, bool], float]


def in_any_font(text: str, is_bold: bool) -> float:
    """About the width of a text, whatever it will be set in."""
    return text_width(text) * (BOLD if is_bold else 1)


def in_our_font(text: str, is_bold: bool) -> float:
    """The width of a text that is drawn here, with the font beside this file."""
    ours = [letter for letter in text if letter < FIRST_SQUARE]
    width: float = _font("Semibold" if is_bold else "Regular").getlength("".join(ours))
    return width / _PRECISION + (len(text) - len(ours)) * WIDE


_PRECISION = 1000


@cache
def _font(weight: str) -> Any:
    from PIL import ImageFont  # here, because the first visitor should not wait for it

    basic = ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / f"SourceSansPro-{weight}.otf", _PRECISION, layout_engine=basic)


def text_width(text: str) -> float:
    """About the width of a text."""
    return sum(
        NARROW
        if letter in NARROW_LETTERS
        else WIDE
        if letter in WIDE_LETTERS or letter >= FIRST_SQUARE
        else CAPITAL
        if letter.isupper()
        else LETTER
        for letter in text
    )


def wrapped(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `room`; a word that is longer, such as a link, is broken.

    No line begins with a dot that parts two phrases or with a unit, nor ends within a range of numbers.
    """
    lines = [""]
    for word in _words(text):
        if lines[-1] and width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for piece in _pieces(word, room, width):
            if lines[-1] and width(lines[-1] + piece) > room:
                lines.append("")
            lines[-1] += piece
    return lines[1:]


def even(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """The same in as few lines, of which the last is about as long as the others: no word stands alone."""
    lines = wrapped(text, room, width)
    # no narrower than its longest word, which would be broken
    narrow, wide = max(map(width, _words(text)), default=0), room
    while len(lines) > 1 and wide - narrow > 1:
        middle = (narrow + wide) / 2
        closer = wrapped(text, middle, width)
        if len(closer) > len(lines):
            narrow = middle
        else:
            lines, wide = closer, middle
    return lines


def _words(text: str) -> list[str]:
    """The words of a text, with those that stay in one line as one."""
    joined = _JOINTS.sub(_TOGETHER, " ".join(text.split()))
    return [word.replace(_TOGETHER, " ") for word in joined.split(" ") if word]


def _pieces(word: str, room: float, width: Callable[[str], float]) -> Iterator[str]:
    """What of a word may stand in a line by itself: all of it, if there is room."""
    if width(word) <= room:
        yield word
        return
    for piece in _PIECES.split(word):
        yield from [piece] if width(piece) <= room else piece
