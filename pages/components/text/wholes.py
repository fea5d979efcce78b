"""London, England and ICSs beside the boroughs: their values, and without whom these are."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.tables.london import LONDON, left_out_of_london
from pages.components.text import grammar, units


class Whole(NamedTuple):
    """A place that is not one authority, with its value and where that comes from, both in words.

    `without` is the sentence on the authorities that the value does without, empty where it has all.
    """

    name: str
    value_text: str
    status_text: str
    without: str = ""


def whole_places(
    table: pd.DataFrame, ics: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, scope: str | None
) -> list[Whole]:
    """The chosen ICS, London and England; none for a category, which has no value for a whole place.

    `ics` is the table of geo.tables.london.ics_table.
    """
    if indicator.categories:
        return []
    places = [
        _say_ics(row, indicator, catalogue) for row in ics.to_dict("records") if row["ics_code"] == scope
    ]
    for row in table[table["area_type"] != "borough"].to_dict("records"):
        value = units.say_value(row["value"], row["note"], indicator)
        status = catalogue.statuses[row["status"]]
        left_out = left_out_of_london(table, indicator) if row["area_code"] == LONDON else ()
        without = _say_without(row["area_name"], left_out, row["status"])
        said = f"{status.sentence}; note: {row['note']}" if row["note"] else status.sentence
        places.append(Whole(row["area_name"], value or status.word, said, without))
    return places


def _say_ics(row: dict, indicator: Indicator, catalogue: Catalogue) -> Whole:
    value = units.say_value(row["value"], row["note"], indicator)
    if value:
        without = _say_without(row["ics_name"], row["left_out"], row["status"])
        return Whole(row["ics_name"], value, row["note"] or catalogue.statuses["derived"].sentence, without)
    if indicator.aggregation != "sum":
        reason = "the figures come without the counts that a value for an ICS needs"
    else:
        reason = (
            f"a total needs every borough, and there is no figure for {grammar.list_names(row['left_out'])}"
        )
    return Whole(row["ics_name"], "cannot be given", reason)


def name_of_london(table: pd.DataFrame, indicator: Indicator) -> str:
    """What a sentence calls London beside its value: as a whole only where that does without nobody."""
    without = left_out_of_london(table, indicator)
    return f"London without {grammar.join_names(without)}" if without else "London as a whole"


def _say_without(name: str, left_out: Sequence[str], status: str) -> str:
    """Which authorities the value of a place does without, by the publisher's doing or by ours."""
    if not left_out:
        return ""
    names = grammar.list_names(left_out)
    if status == "derived":
        return f"The value of {name} is worked out without {names}."
    others = "it is the sum of the other boroughs"
    return f"The publisher's total for {name} has nothing in it for {names}: {others}."
