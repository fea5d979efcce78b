"""What a survey asks: instruments, their questions and their scales, as tables.

A new question, or a new instrument, is rows in instruments.csv, survey_items.csv and survey_scales.csv.
"""

from dataclasses import dataclass

import pandas as pd

from data_loaders import store

# how the answers of an instrument may be summed up
ORDINAL, SCORE, TICKS = "ordinal", "score", "ticks"
KINDS = (ORDINAL, SCORE, TICKS)


@dataclass(frozen=True)
class Option:
    """One answer of a scale. `place` orders the scale, the best highest; None is no place on it."""

    response: str
    label: str
    place: int | None
    letter: str


@dataclass(frozen=True)
class Item:
    """One question: a short label, and the wording that is asked."""

    item_id: str
    label: str
    wording: str
    theme: str


@dataclass(frozen=True)
class Instrument:
    """A set of questions with one scale. Instruments are never pooled.

    `mean` says whether a mean of the answers may be given: only where the 2022 report gives one itself.
    `most_ticks` is how many questions a borough may tick, None for any number.
    """

    instrument: str
    name: str
    question: str
    kind: str
    mean: bool
    most_ticks: int | None
    origin: str
    options: tuple[Option, ...]
    items: tuple[Item, ...]

    def option(self, response: str) -> Option:
        """The option of a response. Raises KeyError for what is not on the scale."""
        return {option.response: option for option in self.options}[response]

    def item(self, item_id: str) -> Item:
        """The question of an id. Raises KeyError for what is not asked."""
        return {item.item_id: item for item in self.items}[item_id]

    def places(self) -> dict[str, int]:
        """The responses that have a place on the scale, with that place."""
        return {option.response: option.place for option in self.options if option.place is not None}

    def labels(self) -> dict[str, str]:
        """What each response is called."""
        return {option.response: option.label for option in self.options}


def load_instruments(entries: dict[str, store.Entry]) -> dict[str, Instrument]:
    """All instruments by their ids. Raises store.SnapshotError when a table or a cell cannot be used."""
    tables = (
        store.read_text_table(f"{name}.csv", entries)
        for name in ("instruments", "survey_scales", "survey_items")
    )
    instruments, scales, items = tables
    try:
        return {
            row["instrument"]: Instrument(
                **{name: row[name] for name in ("instrument", "name", "question", "kind", "origin")},
                mean=row["mean"] == "yes",
                most_ticks=int(row["most_ticks"]) if row["most_ticks"] else None,
                options=tuple(_option(option) for option in _of(row, scales)),
                items=tuple(
                    Item(**{name: item[name] for name in ("item_id", "label", "wording", "theme")})
                    for item in _of(row, items)
                ),
            )
            for row in instruments.to_dict("records")
        }
    except ValueError as error:
        raise store.SnapshotError(f"The survey's tables have a cell that cannot be read: {error}.") from error


def _of(instrument: dict[str, str], table: pd.DataFrame) -> list[dict[str, str]]:
    return table[table["instrument"] == instrument["instrument"]].to_dict("records")


def _option(row: dict[str, str]) -> Option:
    place = int(row["place"]) if row["place"] else None
    return Option(response=row["response"], label=row["label"], place=place, letter=row["letter"])
