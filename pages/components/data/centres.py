"""The register of children's centres on two of its days, worked out once for all visitors."""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from data_loaders.sites import Hubs, Register, load_register
from geo.access import history
from pages.components.data import access, edition, figures, scenario
from pages.components.state.view import View

# the parts of a view that say what of the register is looked at
ASKED = ("day", "since", "sites", "ics", "borough")


class Compared(NamedTuple):
    """What is looked at of the register: its sites on two days (geo.access.history), and what changed.

    On the first day that is held, or compared with itself, nothing has.
    """

    since: str
    day: str
    then: pd.DataFrame
    now: pd.DataFrame
    changes: pd.DataFrame

    @property
    def has_two_days(self) -> bool:
        """Whether there are two days to compare."""
        return self.since != self.day


@edition.read_once()
def register() -> Register:
    """All that is held of the register."""
    return load_register(figures.library())


def settled(view: View) -> View:
    """The view with the days that it shows: of a day that is not held, the one held before it."""
    days = register().days
    day = _held(view.day or days[-1], days)
    return replace(view, day=day, since=min(_held(view.since or days[0], days), day))


def _held(day: str, days: tuple[str, ...]) -> str:
    """The last day held up to this one, else the first."""
    return max((held for held in days if held <= day), default=days[0])


@edition.once
def listed_on(day: str) -> pd.DataFrame:
    """London's sites on a day of the register (geo.access.history)."""
    return history.listed_on(register(), day)


@edition.once_for(*ASKED)
def compared(view: View) -> Compared:
    """The sites and changes of a view: within its ICS or borough, and of the kind that it asks for."""
    view = settled(view)
    inside, then, now = scenario.inside(view), listed_on(view.since), listed_on(view.day)
    changes = history.changes(register(), view.since, view.day, then, now)
    then, now, changes = (
        rows[rows["area_code"].isin(inside)] if inside else rows for rows in (then, now, changes)
    )
    if view.sites != View.sites:
        then, now = (rows[rows["type"] == view.sites] for rows in (then, now))
        # what turned into another type concerns both
        changes = changes[(changes["type"] == view.sites) | (changes["from_type"] == view.sites)]
    return Compared(view.since, view.day, *(rows.reset_index(drop=True) for rows in (then, now, changes)))


def hubs(view: View) -> Hubs | None:
    """The family hubs of the places that are looked at, on the newest day; None where no list is there.

    The list is of one day: on a map of years ago its hubs would not be what there was.
    """
    found = access.hubs()
    if found is None or view.sites != View.sites or settled(view).day != register().days[-1]:
        return None
    sites = found.sites
    return found._replace(sites=sites[sites["area_code"].isin(places(view))].reset_index(drop=True))


def places(view: View) -> tuple[str, ...]:
    """The codes of the authorities that are looked at."""
    return scenario.inside(view) or tuple(figures.london().borough_codes.values())
