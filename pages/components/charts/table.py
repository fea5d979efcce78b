"""The table in step with the map: real HTML, for keyboards, screen readers and printers.

Streamlit's grid is drawn on a canvas, where a header cannot be reached and sorted with the keyboard.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pages.components.state import browser, heard, keys
from pages.components.text import units
from pages.components.text.columns import ICS, NOT_COMPARED, STATUS
from pages.exports.table import MARK, Kind, Table

# letters of a cell from which it needs room
LONG = 40
_TABLE = browser.component(
    __file__,
    "borough_table",
    "table",
    html='<div class="scroll" tabindex="0" role="region" aria-label="Table of boroughs"></div>',
)


@dataclass(frozen=True)
class Contents:
    """What the table shows: columns (title, number), rows (name, cells, keys to sort by) and whole places.

    A whole place may have fewer cells than columns: its last one has the rest of their width. A key that is
    None sorts last. A row may have `tints`, one for each cell: `better`, `worse` or empty. Plain values,
    because they travel to the browser as JSON. `remark` is a sentence in place of a column that would say the
    same in each row; empty for none.
    """

    columns: list[dict]
    rows: list[dict]
    wholes: list[dict]
    remark: str = ""

    @cached_property
    def as_sent(self) -> str:
        """Columns, rows and whole places as JSON, written once: a run hands it on as it is."""
        sent = {"columns": self.columns, "rows": self.rows, "wholes": self.wholes}
        return json.dumps(sent, ensure_ascii=False, separators=(",", ":"))


def show(contents: Contents, caption: str, chosen: str, on_borough: Callable[[str], None]) -> None:
    """Draw the table, with the borough of the name `chosen` marked.

    `on_borough` is called with the name of a borough that was clicked, and with none to let go of it.
    """
    _TABLE(
        key=keys.TABLE,
        data={"caption": f"{caption}. {contents.remark}" if contents.remark else caption, "chosen": chosen}
        | {"contents": contents.as_sent}
        | {"mark": MARK, "aloud": units.aloud(MARK)},
        on_borough_change=heard.part(keys.TABLE, "borough", on_borough),
    )


def contents(table: Table) -> Contents:
    """A table of places (columns.of_places): the authorities, with the whole places below them."""
    if table.rows["ics_name"].replace("", None).nunique() == 1:
        table = table.without("ics_name")
    texts, remark = _without_one_status(table)
    columns = {column.span or column.name: column for column in reversed(table.to_read().columns)}
    is_whole = table.rows["area_type"] != "borough"
    texts = _values_first(texts, is_whole)
    keys = [table.rows[columns[title].key].astype(object) for title in texts]
    lines = zip(table.rows["area_name"], texts.to_numpy().tolist(), zip(*keys, strict=True), strict=True)
    rows = [
        {"name": name, "cells": cells, "keys": [None if pd.isna(key) else key for key in sorts]}
        for name, cells, sorts in lines
    ]
    return Contents(
        columns=[{"title": title, "number": columns[title].kind is Kind.NUMBER} for title in texts],
        rows=[row for row, whole in zip(rows, is_whole, strict=True) if not whole],
        wholes=[_with_room(row) for row, whole in zip(rows, is_whole, strict=True) if whole],
        remark=remark,
    )


def _values_first(texts: pd.DataFrame, is_whole: pd.Series) -> pd.DataFrame:
    """The cells with each place's value right behind its name, and its ICS behind the numbers.

    On a phone there is room for two columns, and a number that is cut is read as another number. A whole
    place, such as an ICS, is in none.
    """
    if ICS.name not in texts:
        return texts
    others = [title for title in texts if title not in (ICS.name, STATUS.name)]
    kept = [title for title in (ICS.name, STATUS.name) if title in texts]
    return texts.assign(**{ICS.name: texts[ICS.name].mask(is_whole.to_numpy(), "")})[others + kept]


def _without_one_status(table: Table) -> tuple[pd.DataFrame, str]:
    """The cells of a table, and one sentence in place of their status where each value has the same.

    A place without a value says its status in place of it.
    """
    texts, has_value = table.texts(), table.rows["value"].notna().to_numpy()
    status, instead = texts[STATUS.name].to_numpy(), table.rows["instead"].to_numpy()
    one = set(status[has_value])
    if len(one) != 1 or any(status[~has_value] != instead[~has_value]):
        return texts, ""
    return texts.drop(columns=STATUS.name), f"Status of each value: {one.pop()}."


def _with_room(row: dict) -> dict:
    """A whole place whose last cell says at length why it has no more: without empty cells before that."""
    *cells, last = row["cells"]
    while len(last) > LONG and cells[-1] in ("", NOT_COMPARED):
        cells.pop()
    return row | {"cells": [*cells, last]}
