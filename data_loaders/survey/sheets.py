"""A file of answers once it is read: cells of one sheet as text, and what is said when it cannot be."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

MOST_ROWS, MOST_COLUMNS, LONGEST = 3_000, 200, 4_000
ANSWERS = "Answers"


class UploadError(Exception):
    """A file that cannot be read. The message says what is wrong and what to do: plain text, no Markdown."""


class Sheet(NamedTuple):
    """The cells of one sheet as text, every row as long as the header.

    `numbers` are those of the rows in the file, where they are not simply counted from the second on;
    `titles` are, for each row, the file's own names of columns, where they are not those of the header.
    """

    name: str
    header: list[str]
    rows: list[list[str]]
    numbers: tuple[int, ...] = ()
    titles: tuple[Mapping[str, str], ...] = ()

    def row_numbers(self) -> Sequence[int]:
        """The number of each row in the file."""
        return self.numbers or range(2, len(self.rows) + 2)

    def row_titles(self) -> Sequence[Mapping[str, str]]:
        """The file's names of the columns of each row."""
        return self.titles or [{}] * len(self.rows)


def take_rows(rows: Iterable[list[str]]) -> list[list[str]]:
    """Header and rows up to the first that is too many; empty rows at the end are not."""
    taken: list[list[str]] = []
    for row in rows:
        if len(taken) <= MOST_ROWS:
            taken.append(row)
        elif any(row):
            return [*taken, row]
    return taken
