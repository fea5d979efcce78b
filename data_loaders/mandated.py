"""The five reviews by a health visitor that every family is entitled to, in the order of a child's life."""

from dataclasses import dataclass

from data_loaders import store

TABLE = "mandated_reviews.csv"


@dataclass(frozen=True)
class Review:
    """A mandated review: what it is called, when it is due, and the indicators that say how many had it.

    `about_it` are indicators of the children who had it: outcomes, and ways of working.
    """

    name: str
    due: str
    indicator_ids: tuple[str, ...]
    about_it: tuple[str, ...]


def load_reviews(entries: dict[str, store.Entry]) -> tuple[Review, ...]:
    """The reviews in their order. Raises store.SnapshotError when the table cannot be trusted."""
    rows = store.read_text_table(TABLE, entries).sort_values("order", key=lambda order: order.astype(int))
    return tuple(
        Review(row["name"], row["due"], _several(row["indicator_ids"]), _several(row["about_it"]))
        for row in rows.to_dict("records")
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("; ")))
