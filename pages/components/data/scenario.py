"""What follows from the scenario of a view, worked out once for all visitors who look at it."""

from collections.abc import Iterable
from typing import NamedTuple, Self

import numpy as np
import pandas as pd

from data_loaders.postcodes import Answer, Place
from geo.access import homes as geo_homes, open_borders, scenario as geo_scenario
from geo.access.covering import Covering, most_covering
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
    moved: tuple[tuple[str, str], ...]
    reach: float
    whose: str
    vintage: str

    @classmethod
    def of(cls, view: View) -> Self:
        """What of this view makes its scenario."""
        chosen = (view.closed, view.opened, view.moved)
        closed, opened, moves = (tuple(filter(None, text.split(","))) for text in chosen)
        moved = tuple((urn, postcode) for urn, _, postcode in (move.partition(" ") for move in moves))
        vintage = view.vintage if view.whose == "ics" else ""
        return cls(closed, opened, moved, float(view.reach), view.whose, vintage)

    def without_changes(self) -> Self:
        """The same question of the centres that there are."""
        return self._replace(closed=(), opened=(), moved=())


class Scenario(NamedTuple):
    """What closes, opens and moves, and what becomes of the children (geo.access.scenario.change).

    `closed` and `moved` are rows of data_loaders.sites, `opened` places and `moved_to` those of the moved in
    the same order, `unknown` URNs of no open site of London and `refused` answers to what is no postcode
    here. `further` and `nearer` are the metres of geo.access.scenario.mean_way. `whose` says which centres
    count, as in a view.
    """

    closed: pd.DataFrame
    opened: tuple[Place, ...]
    moved: pd.DataFrame
    moved_to: tuple[Place, ...]
    unknown: tuple[str, ...]
    refused: tuple[Answer, ...]
    change: pd.DataFrame
    further: float
    nearer: float
    whose: str

    @property
    def changes_centres(self) -> bool:
        """Whether a centre that there is closes or moves, or one opens."""
        return bool(len(self.closed) or self.opened or self.moved_to)


class Together(NamedTuple):
    """Places that are opened together, the children who would gain, and what no as many others exceed.

    `tried` is among how many places they are the best.
    """

    places: tuple[Place, ...]
    gains: float
    bound: float
    tried: int


class Kept(NamedTuple):
    """The URNs of centres that would stay, the children who would keep one, and what no others exceed.

    `losing` is how many would lose theirs if none stayed.
    """

    urns: tuple[str, ...]
    keep: float
    bound: float
    losing: float


def scope_name(view: View) -> str:
    """The borough that is looked at, or the ICS; empty for all London."""
    # a scenario is of no indicator, and so has no picture that would know
    return view.borough or figures.name_of_ics(view)


def inside(view: View) -> tuple[str, ...]:
    """The codes of the borough that is looked at, or of the boroughs of the ICS; none for all London."""
    london = figures.london()
    if view.borough:
        return (london.borough_codes[view.borough],)
    return tuple(london.members(view.vintage, view.scope)["area_code"]) if view.scope else ()


def of_view(view: View) -> Scenario:
    """The scenario of a view."""
    return _scenario(Asked.of(view))


def gained(view: View) -> pd.DataFrame:
    """What the rule of whose centres count gives (geo.access.open_borders.gained)."""
    return _gained(Asked.of(view))


def table(view: View) -> pd.DataFrame:
    """The homes with their distances to the centres that count (geo.access.reach.with_distances)."""
    return _table(Asked.of(view))


@edition.once_for("ics", "borough", "closed", "opened", "moved", "reach")
def by_border(view: View) -> pd.DataFrame:
    """What opening each border alone would give (geo.access.open_borders.by_border), most first.

    Only the borders of the borough that is looked at, or of the boroughs of the ICS.
    """
    found = _by_border(Asked.of(view)._replace(whose="own", vintage=""))
    members = inside(view)
    is_theirs = found[["one", "other"]].isin(members).any(axis="columns")
    return found[is_theirs].reset_index(drop=True) if members else found


def best_places(view: View, inside: tuple[str, ...] = ()) -> list[tuple[Place, float]]:
    """Where one more centre would reach most children, with their number (geo.access.scenario).

    `inside` are the authorities in which it may stand, by their codes; any of London where there are none.
    """
    return _best_places(Asked.of(view), inside)


def several_places(view: View, number: int, inside: tuple[str, ...] = ()) -> Together:
    """Where so many more centres would together reach most children: seconds of work, the first time."""
    return _several_places(Asked.of(view), number, inside)


def best_kept(view: View, number: int) -> Kept:
    """Which of the centres that close would keep one within reach for most children, if so many stayed."""
    return _best_kept(Asked.of(view), number)


# one scenario is a table of some hundred kilobytes: the last few that were looked at
@edition.read_once(20)
def _scenario(asked: Asked) -> Scenario:
    listed = access.london_sites()
    answers = _answers([*asked.opened, *(postcode for _, postcode in asked.moved)])
    before, after = (_table(each) for each in (asked.without_changes(), asked))
    change = geo_scenario.change(before, after, asked.reach)
    moved, named = _moved(asked), dict.fromkeys([*asked.closed, *(urn for urn, _ in asked.moved)])
    return Scenario(
        listed[listed["urn"].isin(asked.closed)].reset_index(drop=True),
        tuple(_places(asked.opened)),
        listed.set_index("urn", drop=False).loc[list(moved)].reset_index(drop=True),
        tuple(moved.values()),
        tuple(urn for urn in named if urn not in set(listed["urn"])),
        tuple(answer for answer in answers if not answer.place),
        change,
        *geo_scenario.mean_way(change),
        asked.whose,
    )


def _answers(postcodes: Iterable[str]) -> list[Answer]:
    """What each of these postcodes means, each once."""
    return [access.postcodes().find(text) for text in dict.fromkeys(postcodes)]


def _places(postcodes: Iterable[str]) -> list[Place]:
    """The places that were found, each once."""
    return list(dict.fromkeys(answer.place for answer in _answers(postcodes) if answer.place))


def _moved(asked: Asked) -> dict[str, Place]:
    """Where the centres of London move that there are and that do not close, by their URNs."""
    staying = set(access.london_sites()["urn"]).difference(asked.closed)
    found = ((urn, access.postcodes().find(postcode).place) for urn, postcode in asked.moved)
    return {urn: place for urn, place in found if place and urn in staying}


def _territory(asked: Asked) -> dict[str, str] | None:
    """The authorities that a rule puts together (geo.access.reach.with_distances); None where all count."""
    london = figures.london()
    codes = london.borough_codes
    if asked.whose == "any":
        return None
    if asked.whose == "ics":
        members = london.members(asked.vintage)
        return dict(zip(members["area_code"], members["ics_code"], strict=True))
    one, _, other = asked.whose.partition(",")
    return open_borders.one_opened(codes.values(), codes.get(one, ""), codes.get(other, ""))


def _table(asked: Asked) -> pd.DataFrame:
    return _with_distances(asked._replace(reach=0))


@edition.read_once(20)
def _with_distances(asked: Asked) -> pd.DataFrame:
    areas, _, crossings = access.ground()
    homes = geo_homes.at_centres(areas)
    return with_distances(homes, _sites(asked), Crossings.of(crossings), _territory(asked))


def _sites(asked: Asked) -> pd.DataFrame:
    """The sites as they would be. Those around London stay: they are not this page's to close."""
    sites = access.ground().sites
    in_london = set(sites.loc[sites["area_code"] != "", "urn"])
    return geo_scenario.changed(sites, in_london & set(asked.closed), _places(asked.opened), _moved(asked))


@edition.read_once(20)
def _gained(asked: Asked) -> pd.DataFrame:
    return open_borders.gained(_table(asked), asked.reach)


@edition.read_once(20)
def _by_border(asked: Asked) -> pd.DataFrame:
    crossings, pairs = Crossings.of(access.ground().crossings), figures.london().neighbours
    return open_borders.by_border(_table(asked), _sites(asked), crossings, pairs, asked.reach)


# a few lines for each borough and ICS, and each scenario that is looked at
@edition.read_once(200)
def _best_places(asked: Asked, inside: tuple[str, ...]) -> list[tuple[Place, float]]:
    crossings, known = access.ground().crossings, access.postcodes()
    doors = _candidates(inside)
    found = geo_scenario.best_places(
        _table(asked), doors, Crossings.of(crossings), asked.reach, MOST_PLACES, _territory(asked)
    )
    return [
        (known.place(row), gains) for row, gains in zip(found["postcode_row"], found["gains"], strict=True)
    ]


@edition.read_once(20)
def _candidates(inside: tuple[str, ...]) -> pd.DataFrame:
    doors = geo_scenario.candidates(access.ground().areas, access.postcodes())
    return doors[np.isin(doors["area_code"].to_numpy(str), inside)] if inside else doors


@edition.read_once(20)
def _several_places(asked: Asked, number: int, inside: tuple[str, ...]) -> Together:
    doors, homes = _candidates(inside), _table(asked)
    without = homes[homes["metres"] > asked.reach]
    found = _covering(doors, without, without["children"], asked, number)
    places = (access.postcodes().place(row) for row in doors["postcode_row"].iloc[list(found.chosen)])
    return Together(tuple(places), found.covered, found.bound, len(doors))


@edition.read_once(20)
def _best_kept(asked: Asked, number: int) -> Kept:
    closed, change = _scenario(asked).closed, _scenario(asked).change
    losing = change[change["loses"] > 0].assign(is_south=_table(asked)["is_south"])
    found = _covering(closed, losing, losing["loses"], asked, number)
    urns = closed["urn"].iloc[list(found.chosen)]
    return Kept(tuple(urns), found.covered, found.bound, float(losing["loses"].sum()))


def _covering(
    doors: pd.DataFrame, homes: pd.DataFrame, children: pd.Series, asked: Asked, number: int
) -> Covering:
    crossings = Crossings.of(access.ground().crossings)
    covers = geo_scenario.reached(doors, homes, crossings, asked.reach, _territory(asked))
    return most_covering(covers, children.to_numpy(), number)
