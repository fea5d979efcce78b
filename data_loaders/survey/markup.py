"""One part of a workbook, looked through once from beginning to end before anything else reads it."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

# elements that hold cells and texts are quick to read; others, of styles and rules, are not
MOST_TAGS, MOST_OTHER_TAGS, LONGEST_TAG = 120_000, 30_000, 16_000
MOST_SHEETS = 200
# a number's format, as long as Excel takes one: of longer ones it takes long to say whether they are dates
LONGEST_FORMAT = 255
_OF_CELLS = {"row", "c", "v", "is", "si", "t"}
# a sound tag from its first letter to its last: no byte of it is looked at twice
_TAG = re.compile(rb"<(?>[^<>\"']+|\"[^\"]*\"|'[^']*')*+>")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class TooMuchError(Exception):
    """There is more than answers need, or one thing in it is longer."""


class StrangeError(Exception):
    """It declares a document type or other letters than UTF-8: no program writes workbooks so."""


@dataclass
class Budget:
    """How many elements the parts of a workbook have had between them."""

    tags: int = 0
    others: int = 0
    sheets: int = 0

    def spend(self, name: str) -> None:
        """Count an element; raises TooMuchError for the first that is too many."""
        self.tags += 1
        self.others += name not in _OF_CELLS
        self.sheets += name == "sheet"
        if self.tags > MOST_TAGS or self.others > MOST_OTHER_TAGS or self.sheets > MOST_SHEETS:
            raise TooMuchError


@dataclass
class Part:
    """What was seen in a part.

    `root` is the name of the outermost element, whose tag ends at `root_end`. `cells` are the first and the
    last byte of its sheetData; `formulas` the row and the letters of the column of cells with one, None for
    a formula that is in no cell.
    """

    root: str = ""
    root_end: int = 0
    cells: slice | None = None
    is_merged: bool = False
    is_hidden: bool = False
    formulas: list[tuple[int, str] | None] = field(default_factory=list)


class _Open(NamedTuple):
    name: str
    start: int
    cell: str


def look_through(part: bytes, budget: Budget) -> Part:
    """What a part has. Raises TooMuchError, StrangeError, or ExpatError for what is no markup."""
    return _Reader(part, budget).read()


class _Reader:
    def __init__(self, part: bytes, budget: Budget) -> None:
        self.part, self.budget, self.found = part, budget, Part()
        self.open: list[_Open] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CommentHandler = self._aside
        self.parser.ProcessingInstructionHandler = self._aside
        self.parser.XmlDeclHandler = self._declare
        self.parser.StartDoctypeDeclHandler = self._refuse

    def read(self) -> Part:
        self.parser.Parse(self.part, True)
        return self.found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.budget.spend(name)
        start, end = self._tag()
        if len(attributes.get("formatCode", "")) > LONGEST_FORMAT:
            raise TooMuchError
        if not self.open:
            self.found.root, self.found.root_end = name, end
        above = self.open[-1] if self.open else None
        self.open.append(_Open(name, start, attributes.get("r", "")))
        if name == "mergeCell":
            self.found.is_merged = True
        elif name in ("row", "col") and attributes.get("hidden") in ("1", "true"):
            self.found.is_hidden = True
        elif name == "f":
            cell = _CELL.fullmatch(above.cell) if above and above.name == "c" else None
            self.found.formulas.append((int(cell[2]), cell[1]) if cell else None)

    def _end(self, _: str) -> None:
        opened, (_start, end) = self.open.pop(), self._tag()
        if opened.name == "sheetData" and len(self.open) == 1:
            if self.found.cells:
                raise StrangeError
            self.found.cells = slice(opened.start, end)

    def _tag(self) -> tuple[int, int]:
        start = self.parser.CurrentByteIndex
        found = _TAG.match(self.part, start)
        end = found.end() if found else len(self.part)
        if end - start > LONGEST_TAG:
            raise TooMuchError
        return start, end

    def _aside(self, *texts: str) -> None:
        self.budget.spend("")
        if sum(map(len, texts)) > LONGEST_TAG:
            raise TooMuchError

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            raise StrangeError

    def _refuse(self, *_: object) -> None:
        raise StrangeError
