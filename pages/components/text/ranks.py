"""Where a place stands among others, and how sure that is, in words."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from data_loaders.catalogue import Indicator
from pages.components.text import units
from pages.exports.table import ordinal


def rank_texts(rows: pd.DataFrame, scope: str) -> list[str]:
    """The rank of each row in `london` or in its `ics`: "3rd of 32", "joint 3rd of 32", "not ranked".

    Where it is known how sure the rank is (geo.lottery.compared.with_rank_bounds), that is said: "3rd of
    32 (2nd to 6th)".
    """
    columns = [rows[f"{part}_{scope}"] for part in ("rank", "tied", "of", "best", "worst")]
    return [say_rank(*parts) for parts in zip(*columns, strict=True)]


def say_rank(place: float, tied: bool, of: int, best: float, worst: float) -> str:
    """A rank as rank_texts() says it."""
    if np.isnan(place):
        return "not ranked"
    said = f"{'joint ' if tied else ''}{ordinal(int(place))} of {int(of)}"
    if np.isnan(best) or best == worst:
        return said
    return f"{said} ({ordinal(int(best))} to {ordinal(int(worst))})"


def rank_sentence(row: Mapping[str, Any] | pd.Series, indicator: Indicator) -> str:
    """What a borough has, where that stands in London, and how sure that is; empty where it has no rank.

    `row` is one of a place table with the bounds of ranks (geo.lottery.compared.with_rank_bounds).
    """
    if np.isnan(row["rank_london"]):
        return ""
    own = f"{row['area_name']} ({units.say_value(row['value'], row['note'], indicator)})"
    place = f"{'joint ' if row['tied_london'] else ''}{ordinal(int(row['rank_london']))}"
    if indicator.is_total:
        return (
            f"{own} is {place} of {int(row['of_london'])} from the largest. That is an order of "
            "size, not of what families there get."
        )
    said = f"{own} is {place} of {int(row['of_london'])} from the highest"
    if indicator.kind == "change":
        return f"{said}. Where there was more, more could be lost."
    best, worst = row["best_london"], row["worst_london"]
    if np.isnan(best):
        return f"{said}."
    if best == worst:
        return f"{said}, with at least 95% probability."
    return f"{said}, and with 95% probability between {ordinal(int(best))} and {ordinal(int(worst))}."
