"""Where an indicator begins to be counted another way, so that what was before is not compared with it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from data_loaders import store

TABLE = "time_breaks.csv"


@dataclass(frozen=True)
class Break:
    """From `first_period` on, an indicator is on another basis than before.

    `word` stands at the break in a picture, and `sentence` says why the two are not compared. Where the
    indicator is itself a change across the break, the sentence says what that means for it.
    """

    indicator_id: str
    first_period: str
    word: str
    sentence: str


def load_breaks(entries: dict[str, store.Entry]) -> dict[str, tuple[Break, ...]]:
    """The breaks of each indicator that has any, the earliest first.

    Raises store.SnapshotError when the table cannot be trusted, lacks a column or has an empty cell.
    """
    rows = store.read_text_table(TABLE, entries)
    names = [field.name for field in fields(Break)]
    if list(rows) != names or (rows == "").any(axis=None):
        raise store.SnapshotError(f"{TABLE} must have the columns {', '.join(names)}, and no cell empty.")
    found: dict[str, tuple[Break, ...]] = {}
    for row in rows.sort_values("first_period", kind="stable").to_dict("records"):
        found[row["indicator_id"]] = (*found.get(row["indicator_id"], ()), Break(**row))
    return found


def basis(period: str, breaks: Iterable[Break]) -> int:
    """How many of an indicator's breaks lie before a period or at it.

    Two periods are comparable where this is the same number. Labels are compared as text, which is the order
    of time for labels of one kind (data_loaders.periods).
    """
    return sum(each.first_period <= period for each in breaks)
