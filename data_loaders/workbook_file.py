"""A workbook of ours as a file."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

# as Excel writes what it says of a font, and as the Open XML SDK asks for; openpyxl has an order of its own
FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz"),
    *("color", "name", "family", "charset", "scheme"),
)


def as_file(book: "Workbook") -> bytes:
    """The workbook as Excel reads it."""
    for font in book._fonts:
        font.__elements__ = FONT
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
