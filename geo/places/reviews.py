"""What is known of each of the mandated reviews: of boroughs, of London and of England."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data_loaders.catalogue import Indicator
from data_loaders.mandated import Review
from data_loaders.periods import main_kind
from geo.tables import marks
from geo.tables.london import ENGLAND, LONDON, London
from geo.tables.origins import Origins


@dataclass(frozen=True)
class Figure:
    """One value with its period and origins; `status` says why there is none, and then there is no period.

    `note` is why the value bears a mark (geo.tables.marks.reasons).
    """

    value: float
    period: str
    status: str
    origins: Origins
    note: str = ""


@dataclass(frozen=True, eq=False)
class Known:
    """One indicator of a review: its figure in each place asked for, London and England, by area_code.

    `facts` are what publications say of it (said_by, fact). `is_loaded` tells whether a borough has a figure.
    """

    review: Review
    indicator: Indicator
    figures: dict[str, Figure]
    facts: pd.DataFrame
    is_loaded: bool


def known_of_reviews(london: London, places: Sequence[str] = ()) -> list[Known]:
    """Each indicator of each mandated review, in their order, for these areas (codes), London and England."""
    return [
        _known(london, review, name, [*places, LONDON, ENGLAND])
        for review in london.reviews
        for name in review.indicator_ids
    ]


def _known(london: London, review: Review, name: str, places: Sequence[str]) -> Known:
    indicator = london.catalogue.indicators[name]
    rows = london.figures_of(name)
    with_value = rows[rows["value"].notna()]
    return Known(
        review,
        indicator,
        {place: _newest(london, name, place) for place in places},
        london.facts.loc[london.facts["indicator_id"] == name, ["said_by", "fact"]],
        is_loaded=bool((with_value["area_type"] == "borough").any()),
    )


# kept, because the pages of a borough and of its ICS show the same figures, and marks take long to explain
@functools.lru_cache(maxsize=1024)
def _newest(london: London, name: str, area_code: str) -> Figure:
    """The newest value of one area, of a year where one has any; else the newest reason why there is none."""
    rows, periods = london.figures_of(name), london.periods[name]
    rows = rows[rows["area_code"] == area_code]
    rows = rows.assign(reason=marks.reasons(rows, london.catalogue.indicators[name]))
    values = rows.dropna(subset="value").set_index("period")
    having = [period for period in periods if period in values.index]
    if having:
        newest = main_kind(having)[0]
        row = values.loc[newest]
        return Figure(float(row["value"]), newest, str(row["status"]), row["origins"], str(row["reason"]))
    reason = rows.set_index("period").loc[periods[0]]
    return Figure(float("nan"), "", str(reason["status"]), reason["origins"])
