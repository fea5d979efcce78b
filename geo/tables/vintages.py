"""Sets of ICS boundaries: which is in force, and what became of an ICS from one set to another."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Vintage:
    """A set of ICS boundaries.

    `first_day` and `last_day` are ISO dates, the last empty while the set is in force; `name` is what the
    list calls it, `ics_count` how many ICSs it has.
    """

    vintage: str
    first_day: str
    last_day: str
    name: str
    ics_count: str

    @property
    def since(self) -> str:
        """Since when it holds, in words: "July 2022"."""
        return f"{dt.date.fromisoformat(self.first_day):%B %Y}"

    @property
    def until(self) -> str:
        """Until when it held, in words: "March 2026"; empty while it is in force."""
        return f"{dt.date.fromisoformat(self.last_day):%B %Y}" if self.last_day else ""


def in_force(vintages: Iterable[Vintage], day: dt.date) -> Vintage:
    """The set in force on a day; for a day before the first set, the first."""
    by_age = sorted(vintages, key=lambda vintage: vintage.first_day)
    begun = [vintage for vintage in by_age if vintage.first_day <= day.isoformat()]
    return begun[-1] if begun else by_age[0]


def counterparts(footprints: pd.DataFrame, ics_code: str, there: str, here: str) -> list[str]:
    """The ICSs of the set `here` in which the boroughs of an ICS of the set `there` are, by their names.

    `footprints` are those of geo.tables.london.London. Empty when there is no such ICS in `there`.
    """
    members = footprints.loc[
        (footprints["vintage"] == there) & (footprints["ics_code"] == ics_code), "area_code"
    ]
    rows = footprints[(footprints["vintage"] == here) & footprints["area_code"].isin(members)]
    return list(rows.sort_values("ics_name")["ics_code"].drop_duplicates())
