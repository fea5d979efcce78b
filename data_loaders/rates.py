"""Which figure is offered in place of a total, of which a larger place has more."""

from data_loaders import store

TABLE = "rates_of_totals.csv"


def load_rates(entries: dict[str, store.Entry]) -> dict[str, str]:
    """The indicator to look at instead, by the total. A total without one is not in the table.

    Raises store.SnapshotError when the table cannot be trusted.
    """
    rows = store.read_text_table(TABLE, entries)
    try:
        return dict(zip(rows["total"], rows["rate"], strict=True))
    except KeyError as error:
        raise store.SnapshotError(f"{TABLE} has no column {error}.") from error
