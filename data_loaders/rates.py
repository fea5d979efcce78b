"""Which figure is offered in place of a total, of which a larger place has more."""

from typing import NamedTuple

from data_loaders import store

TABLE = "rates_of_totals.csv"


class Rate(NamedTuple):
    """The indicator to look at in place of a total, and what it is called in the middle of a sentence."""

    indicator_id: str
    said: str


def load_rates(entries: dict[str, store.Entry]) -> dict[str, Rate]:
    """The rates by the total that they stand in for. A total without one is not in the table.

    Raises store.SnapshotError when the table cannot be trusted.
    """
    rows = store.read_text_table(TABLE, entries)
    try:
        return {row["total"]: Rate(row["rate"], row["said"]) for row in rows.to_dict("records")}
    except KeyError as error:
        raise store.SnapshotError(f"{TABLE} has no column {error}.") from error
