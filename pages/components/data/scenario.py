"""What follows from the scenario of a view, worked out once for all visitors who look at it."""

from typing import NamedTuple, Self

import numpy as np
import pandas as pd
import streamlit as st

from data_loaders.postcodes import Answer, Place
from geo.access import homes as geo_homes
from geo.access import open_borders
from geo.access import scenario as geo_scenario
from geo.access.distance import Crossings
from geo.access.reach import with_distances
from pages.components.data import access, edition, figures
from pages.components.state.view import View

# so many places are suggested
MOST_PLACES = 5


class Asked(NamedTuple):
    """What of a view makes its scenario; `vintage` is empty where ICSs make no difference."""

    closed: tuple[str, ...]
    opened: tuple[str, ...]
    reach: float
    whose: str
    vintage: str

    @classmethod
    def of(cls, view: View) -> Self:
        """What of this view makes its scenario."""
        closed, opened = (tuple(filter(None, text.split(","))) for text in (view.closed, view.opened))
        vintage = view.vintage if view.whose == "ics" else ""
        return cls(closed, opened, float(view.reach), view.whose, vintage)


class Scenario(NamedTuple):
    """What closes and opens, and what becomes of the children (geo.access.scenario.change).

    `closed` are rows of data_loaders.sites, `opened` places, `unknown` URNs of no open site of London and
    `refused` answers to what is no postcode here. `further` and `nearer` are the metres of
    geo.access.scenario.mean_way. `whose` says which centres count, as in a view.
    """

    closed: pd.DataFrame
    opened: tuple[Place, ...]
    unknown: tuple[str, ...]
    refused: tuple[Answer, ...]
    change: pd.DataFrame
    further: float
    nearer: float
    whose: str

    @property
    def changes_centres(self) -> bool:
        """Whether a centre closes or opens that there is."""
        return bool(len(self.closed) or self.opened)


def of_view(view: View) -> Scenario:
    """The scenario of a view."""
    return _scenario(edition.current(), Asked.of(view))


def gained(view: View) -> pd.DataFrame:
    """What the rule of whose centres count gives (geo.access.open_borders.gained)."""
    return _gained(edition.current(), Asked.of(view))


def table(view: View) -> pd.DataFrame:
    """The homes with their distances to the centres that count (geo.access.reach.with_distances)."""
    return _table(edition.current(), Asked.of(view))


def by_border(view: View) -> pd.DataFrame:
    """What opening each border alone would give (geo.access.open_borders.by_border), most first."""
    return _by_border(edition.current(), Asked.of(view)._replace(whose="own", vintage=""))


def best_places(view: View, inside: tuple[str, ...] = ()) -> list[tuple[Place, float]]:
    """Where one more centre would reach most children, with their number (geo.access.scenario).

    `inside` are the authorities in which it may stand, by their codes; any of London where there are none.
    """
    return _best_places(edition.current(), Asked.of(view), inside)


# one scenario is a table of some hundred kilobytes: the last few that were looked at
@st.cache_resource(show_spinner=False, max_entries=20)
def _scenario(of: str, asked: Asked) -> Scenario:
    listed, answers = access.london_sites(), _answers(asked)
    before, after = (_table(of, each) for each in (asked._replace(closed=(), opened=()), asked))
    change = geo_scenario.change(before, after, asked.reach)
    return Scenario(
        listed[listed["urn"].isin(asked.closed)].reset_index(drop=True),
        tuple(_places(answers)),
        tuple(urn for urn in dict.fromkeys(asked.closed) if urn not in set(listed["urn"])),
        tuple(answer for answer in answers if not answer.place),
        change,
        *geo_scenario.mean_way(change),
        asked.whose,
    )


def _answers(asked: Asked) -> list[Answer]:
    """What each of the postcodes of a scenario means."""
    return [access.postcodes().find(text) for text in asked.opened]


def _places(answers: list[Answer]) -> list[Place]:
    """The places that were found, each once."""
    return list(dict.fromkeys(answer.place for answer in answers if answer.place))


def _territory(asked: Asked) -> dict[str, str] | None:
    """The authorities that a rule puts together (geo.access.reach.with_distances); None where all count."""
    london = figures.london()
    codes = london.borough_codes
    if asked.whose == "any":
        return None
    if asked.whose == "ics":
        members = london.footprints[london.footprints["vintage"] == asked.vintage]
        return dict(zip(members["area_code"], members["ics_code"], strict=True))
    one, _, other = asked.whose.partition(",")
    return open_borders.one_opened(codes.values(), codes.get(one, ""), codes.get(other, ""))


def _table(of: str, asked: Asked) -> pd.DataFrame:
    return _with_distances(of, asked._replace(reach=0))


@st.cache_resource(show_spinner=False, max_entries=20)
def _with_distances(of: str, asked: Asked) -> pd.DataFrame:
    areas, _, crossings = access.ground()
    homes = geo_homes.at_centres(areas)
    return with_distances(homes, _sites(asked), Crossings.of(crossings), _territory(asked))


def _sites(asked: Asked) -> pd.DataFrame:
    """The sites as they would be. Those around London stay: they are not this page's to close."""
    sites = access.ground().sites
    in_london = set(sites.loc[sites["area_code"] != "", "urn"])
    return geo_scenario.changed(sites, in_london & set(asked.closed), _places(_answers(asked)))


@st.cache_resource(show_spinner=False, max_entries=20)
def _gained(of: str, asked: Asked) -> pd.DataFrame:
    return open_borders.gained(_table(of, asked), asked.reach)


@st.cache_resource(show_spinner=False, max_entries=20)
def _by_border(of: str, asked: Asked) -> pd.DataFrame:
    crossings, pairs = Crossings.of(access.ground().crossings), figures.london().neighbours
    return open_borders.by_border(_table(of, asked), _sites(asked), crossings, pairs, asked.reach)


@st.cache_resource(show_spinner=False, max_entries=20)
def _best_places(of: str, asked: Asked, inside: tuple[str, ...]) -> list[tuple[Place, float]]:
    areas, _, crossings = access.ground()
    known = access.postcodes()
    doors = geo_scenario.candidates(areas, known)
    if inside:
        doors = doors[np.isin(doors["area_code"].to_numpy(str), inside)]
    found = geo_scenario.best_places(
        _table(of, asked), doors, Crossings.of(crossings), asked.reach, MOST_PLACES, _territory(asked)
    )
    return [
        (known.place(row), gains) for row, gains in zip(found["postcode_row"], found["gains"], strict=True)
    ]
