"""A table to read: words to the left, numbers to the right, one below the other."""

import re

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components.charts.alongside import alongside
from pages.components.state import keys
from pages.exports.table import MARK, NONE, Table

# as cells say one: £1,234, 88.1%†, −5, +3, "66.2% to 69.9%", each with or without the sign of a comparison
_ONE = rf"[£+−]*\d[\d,]*(?:\.\d+)?%?{MARK}?"
_NUMBER = re.compile(rf"{_ONE}(?: to {_ONE})?(?:\s[▲=▼])?")
# what a cell has for the browser alone
_MARKDOWN = re.compile(r":\w+-background\[|[\]*\\]")


def show(table: Table | pd.DataFrame, name: str) -> None:
    """Show a table under a name that no other table of the page has; the cells of a frame are Markdown.

    Nobody may change it afterwards: what is sent of one that is kept for all visitors is kept with it.
    """
    cells, numbers = _as_sent(table)
    with st.container(key=keys.table_of(name, numbers)):
        st.table(cells, hide_index=True, border="horizontal")


@alongside
def _as_sent(table: Table | pd.DataFrame) -> tuple[pa.Table, list[int]]:
    """The cells as they travel to the browser, and columns_of_numbers()."""
    texts = table.texts() if isinstance(table, Table) else table
    return pa.Table.from_pandas(texts), columns_of_numbers(texts)


def columns_of_numbers(texts: pd.DataFrame) -> list[int]:
    """Which columns, counted from 1, hold numbers: in more than half of the cells that hold anything.

    The others say in words why there is none; where all of them say the same, such as "withheld", they may
    be more than the numbers.
    """
    return [place for place, (_, cells) in enumerate(texts.items(), start=1) if _are_numbers(cells)]


def _are_numbers(cells: pd.Series) -> bool:
    said = [_MARKDOWN.sub("", str(cell)) for cell in cells if cell not in ("", NONE)]
    words = [text for text in said if not _NUMBER.fullmatch(text)]
    numbers = len(said) - len(words)
    return numbers > len(words) or (numbers > 0 and len(set(words)) == 1)
