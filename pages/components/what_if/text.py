"""A scenario in words: what closes or opens, for how many children, and where they live."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from data_loaders.postcodes import Answer, Place
from geo.access.scenario import by_authority
from pages.components.data.scenario import Kept, Scenario, Together
from pages.components.near_me.text import LINKED, say_metres, why_not
from pages.components.text import grammar
from pages.components.what_if import charts
from pages.exports.table import Column, Kind, Table

MOST_NAMED = 3
NO_PLAN = (
    "**A scenario, not a plan.** What is closed, opened or moved here was chosen on this page; it is no "
    "proposal of any council, and says nothing of a centre's rooms, hours, staff or services."
)
METHOD = (
    "Counted are children aged 0 to 4 {on_day}, each at the population-weighted centre of their small "
    "area: an estimate, worked out here, and not brought up to a later year. Centres are the children's "
    "centres and linked sites that the register of {day} lists as open, in London and 5 km around; entries "
    "can be out of date. Distances are straight lines, which cross the Thames only over a bridge or "
    "through a foot tunnel: a real walk is longer. Whether families may use a centre across a border, its "
    "authority decides."
)
NARROWED = (
    "With {place} chosen above, only centres of {place} are offered to close or move, and only places in it "
    "and borders of it suggested. Children are counted wherever they live."
)
WHICH_MOVES = "Which centre moves? Choose one, and type the postcode that it moves to."
BY_DISTANCE = (
    "By distance alone: it says nothing of what a centre offers, who goes there, what it costs or how easily "
    "it is reached."
)
ONE_BY_ONE = (
    "Each is the place from which one more centre would reach the most children who have none within reach "
    "and whom none above it in this list would reach. Tried are the postcodes nearest to the centres of the "
    "small areas. Whether there is a building, or money, is another question."
)
COLUMNS = (
    Column("area_code", "Area code", Kind.IDENTIFIER),
    Column("borough", "Borough", Kind.NAME),
    Column("children", "Children aged 0 to 4", Kind.NUMBER),
    Column("loses", "Would have none within reach", Kind.NUMBER),
    Column("gains", "Would newly have one", Kind.NUMBER),
    Column("loses_own", "Would have none of their own borough", Kind.NUMBER),
    Column("gains_own", "Would have one of their own borough", Kind.NUMBER),
    Column("further", "Nearest would be further away", Kind.NUMBER),
    Column("nearer", "Nearest would be nearer", Kind.NUMBER),
)

SCENARIO = Column("scenario", "Scenario", Kind.NOTE)
RULE = Column("rule", "Whose centres count", Kind.NOTE)
ALL_COUNT = "Counting all centres in and around London"
WITHIN = Column("within", "Within, in metres", Kind.NOTE)


def labels(sites: pd.DataFrame) -> dict[str, str]:
    """What each site is called where one chooses among all, by its URN: borough, name and postcode."""
    return {
        site["urn"]: f"{site['authority']}: {site['name']}"
        f"{LINKED * (site['type'] == 'linked_sites')}, {site['postcode']}"
        for site in sites.to_dict("records")
    }


def counting(whose: str) -> str:
    """Which centres count, as the beginning of a sentence; empty where all do (`whose` as in a view)."""
    if whose == "any":
        return ""
    own = "centres of a family's own borough"
    if whose == "own":
        return f"Counting only {own}"
    if whose == "ics":
        return "Counting only centres of the boroughs of a family's ICS"
    return f"Counting only {own}, and those across {border_of(whose)}"


def pair_of(one: str, other: str) -> str:
    """Two neighbours as a view names them."""
    return ",".join(sorted([one, other]))


def border_of(whose: str) -> str:
    """The border that a rule opens: two names with a comma between them."""
    return f"the border between {' and '.join(grammar.inside(name) for name in whose.split(','))}"


def what(scenario: Scenario) -> str:
    """What closes and what opens, as the beginning of a sentence; empty where nothing does."""
    closed, opened = list(scenario.closed["name"]), [place.postcode for place in scenario.opened]
    without = f"without {_few(closed, 'centres')}" if closed else ""
    new = "a new centre at " if len(opened) == 1 else "new centres at "
    with_new = f"with {new}{_few(opened, 'postcodes')}" if opened else ""
    said = grammar.join_all([part for part in (without, *_moves(scenario), with_new) if part] or [""])
    return grammar.upper_first(said)


def _moves(scenario: Scenario) -> list[str]:
    """Which centre moves where, each by itself; of many how many."""
    if len(scenario.moved_to) > MOST_NAMED:
        return [f"with {len(scenario.moved_to)} centres moved"]
    moves = zip(scenario.moved["name"], scenario.moved_to, strict=True)
    return [f"with {name} moved to {place.postcode}" for name, place in moves]


def _few(names: Sequence[str], kind: str) -> str:
    return grammar.join_all(names) if len(names) <= MOST_NAMED else f"{len(names)} {kind}"


def headline(scenario: Scenario, reach: int) -> str:
    """For how many children there would be no centre within reach, or newly one."""
    loses, gains = (scenario.change[column].sum() for column in ("loses", "gains"))
    circle, change = say_metres(reach), []
    if loses:
        change.append(f"{say_children(loses)} would no longer have a centre within {circle}")
    if gains:
        one = "one" if loses else f"a centre within {circle}"
        change.append(f"{say_children(gains)} would have {one} who have none today")
    if not change:
        change.append(f"as many children as today would have a centre within {circle}")
    said, rule = what(scenario), counting(scenario.whose)
    begun = f"{rule}: {grammar.lower_first(said)}" if rule else said
    return f"{begun}, {', and '.join(change)}."


def findings(scenario: Scenario, names: Mapping[str, str], reach: int) -> list[str]:
    """Where these children live, how much further or nearer the nearest is, and how deprived it is there."""
    found = scenario.change
    nobody = f"No child would lose their only centre within {say_metres(reach)}."
    is_harmless = len(scenario.closed) + len(scenario.moved) > 0 and not found["loses"].any()
    said = [
        nobody if is_harmless else "",
        where(found, "loses", names, "Of those who would lose their only one within reach"),
        where(found, "gains", names, "Of those who would gain one"),
        _way(found, "further", scenario.further, "further away"),
        _way(found, "nearer", scenario.nearer, "nearer"),
        _none_left(found),
        _own(found, say_metres(reach)),
        *(deprived(found, column, who) for column, who in (("loses", "lose"), ("gains", "gain"))),
    ]
    return [sentence for sentence in said if sentence]


def say_children(number: float) -> str:
    """So many children, as the subject of a sentence."""
    return "1 child aged 0 to 4" if round(number) == 1 else f"{number:,.0f} children aged 0 to 4"


def where(found: pd.DataFrame, column: str, names: Mapping[str, str], who: str) -> str:
    """In which boroughs the children of a column live; `who` they are begins the sentence."""
    by = found.groupby("area_code")[column].sum()
    by = by[by > 0].sort_values(ascending=False)
    by = by.rename(index=lambda code: grammar.inside(names[code]))
    if len(by) < 2:
        return f"{who.replace('Of those', 'Those')} all live in {by.index[0]}." if len(by) else ""
    parts = [f"{number:,.0f} live in {name}" for name, number in by.head(MOST_NAMED).items()]
    if len(by) > MOST_NAMED:
        parts.append(f"{by.iloc[MOST_NAMED:].sum():,.0f} elsewhere")
    return f"{who}, {grammar.join_all(parts)}."


def _way(found: pd.DataFrame, column: str, metres: float, direction: str) -> str:
    children = found.loc[np.isfinite(found["metres"]), column].sum()
    if not children:
        return ""
    return (
        f"For {say_children(children)} the nearest centre, however far, would be {direction}, by "
        f"{say_metres(metres)} on average."
    )


def _none_left(found: pd.DataFrame) -> str:
    """Where a rule leaves somebody no centre at all, or gives them the first."""
    said = [
        f"For {say_children(found.loc[np.isinf(found['metres']), column].sum())} {change}."
        for column, change in (
            ("further", "no centre that counts would be left, however far"),
            ("nearer", "there would be one that counts, however far, and there is none today"),
        )
        if found.loc[np.isinf(found["metres"]), column].sum()
    ]
    return " ".join(said)


def _own(found: pd.DataFrame, circle: str) -> str:
    """The same for centres of the own borough, where that differs: a border may stand between."""
    loses, gains = found["loses_own"].sum(), found["gains_own"].sum()
    if loses == found["loses"].sum() and gains == found["gains"].sum():
        return ""
    said = [
        f"{number:,.0f} would {change}"
        for number, change in ((loses, "lose their only one"), (gains, "gain one"))
        if number
    ]
    return (
        f"Counting only centres of their own borough within {circle}, "
        f"{grammar.join_all(said) if said else 'nothing would change for anybody'}."
    )


def deprived(found: pd.DataFrame, column: str, who: str) -> str:
    """How many of the children of a column live in the most deprived fifth, beside all of London's."""
    number = found[column].sum()
    if not number:
        return ""
    of_these = 100 * found.loc[found["is_deprived"], column].sum() / number
    of_all = 100 * found.loc[found["is_deprived"], "children"].sum() / found["children"].sum()
    return (
        f"Of those who would {who} one, {of_these:.0f}% live in the most deprived fifth of England's small "
        f"areas (income deprivation affecting children, 2025); of all London's children {of_all:.0f}% do."
    )


def table(scenario: Scenario, names: Mapping[str, str]) -> Table:
    """The boroughs in which something would change, most losses first."""
    found = by_authority(scenario.change).sort_values(["loses", "gains", "further"], ascending=False)
    rows = found.reset_index()
    return Table(rows.assign(borough=rows["area_code"].map(names)), COLUMNS)


def not_followed(scenario: Scenario) -> list[str]:
    """A sentence for what a scenario names and what is not there."""
    said = []
    if scenario.unknown:
        said.append(
            "The register lists no open centre of London with the number "
            f"{grammar.join_all(scenario.unknown)}: it is left out."
        )
    return said + refused(scenario.refused)


def refused(answers: Sequence[Answer]) -> list[str]:
    """A sentence for each of these that is no place here."""
    return [
        f"{answer.understood or 'What was typed'}: {why_not(answer)}"
        for answer in answers
        if not answer.place
    ]


def suggested(found: Sequence[tuple[Place, float]], names: Mapping[str, str]) -> pd.DataFrame:
    """Where one more centre would reach most children, as a table for the page."""
    gains = [f"{number:,.0f}" for _, number in found]
    return places([place for place, _ in found], names).assign(**{"Children who would gain one": gains})


def places(found: Sequence[Place], names: Mapping[str, str]) -> pd.DataFrame:
    """Places where a centre might open, as a table for the page."""
    return pd.DataFrame(
        {"Near": [place.postcode for place in found], "Borough": [names[place.area_code] for place in found]}
    )


WOULD = {
    charts.LOSES: "no longer have a centre within reach",
    charts.GAINS: "newly have one within reach",
    charts.ACROSS: "have one within reach only across a border",
}


def on_map(scenario: Scenario, areas: pd.DataFrame) -> pd.DataFrame:
    """The small areas with children who would lose or gain a centre within reach, for the map."""
    found = scenario.change[(scenario.change["loses"] > 0) | (scenario.change["gains"] > 0)]
    kinds = (found["loses"] > 0).map({True: charts.LOSES, False: charts.GAINS})
    return homes_on_map(found.assign(kind=kinds), areas)


def homes_on_map(homes: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Small areas (geo.access.homes) of a kind that is one of WOULD, as the map takes them."""
    names = areas["name"].take(homes["small_area"]).to_numpy()
    told = [
        f"{name}: {say_children(children)} would {WOULD[kind]}"
        for name, children, kind in zip(names, homes["children"], homes["kind"], strict=True)
    ]
    return homes[["easting", "northing", "children", "kind"]].assign(told=told)


def signs(scenario: Scenario, sites: pd.DataFrame) -> pd.DataFrame:
    """The sites as they would be, with those that close, open and move, for the map."""
    stays = sites[~sites["urn"].isin([*scenario.closed["urn"], *scenario.moved["urn"]])]
    kinds = {"designated_centres": charts.CENTRE, "linked_sites": charts.LINKED}
    new = [(place, f"A new centre at {place.postcode}", charts.OPENED) for place in scenario.opened]
    moved = zip(scenario.moved["name"], scenario.moved_to, strict=True)
    new += [(place, f"{name} at {place.postcode}", charts.MOVED_TO) for name, place in moved]
    arriving = pd.DataFrame(
        [(place.easting, place.northing, name, kind) for place, name, kind in new],
        columns=["easting", "northing", "name", "kind"],
    )
    found = pd.concat(
        [
            stays.assign(kind=stays["type"].map(kinds)),
            scenario.closed.assign(kind=charts.CLOSED),
            scenario.moved.assign(kind=charts.MOVED_FROM),
            arriving,
        ],
        ignore_index=True,
    )
    told = found["name"] + ": " + found["kind"].str.lower()
    return found[["easting", "northing", "kind"]].assign(told=told)


def together(found: Together, number: int, reach: int) -> str:
    """How many children new centres would reach together, and how far from the best that can be."""
    circle, tried = say_metres(reach), f"the {found.tried:,} places tried"
    many = grammar.say_number(len(found.places))
    said = f"{say_children(found.gains)} would have a centre within {circle} who have none"
    if len(found.places) < number:
        return f"With {many} of them {said}; no further one of {tried} would reach anybody more."
    if found.gains >= found.bound:
        return f"Together: {said}. No other {many} of {tried} would reach more: that is proven."
    return (
        f"Together: {said}. Whether another {many} of {tried} would reach more could not be settled in the "
        f"time there is; none would reach more than {found.bound:,.0f}."
    )


def kept(found: Kept, closed: pd.DataFrame, reach: int) -> str:
    """Which of the centres that close should stay so that most children keep one."""
    names = closed.set_index("urn")["name"]
    staying = grammar.join_all([names[urn] for urn in found.urns])
    of = f"{found.keep:,.0f} of the {say_children(found.losing)} who would lose their only one"
    said = f"With {staying} kept, {of} within {say_metres(reach)} would keep it."
    if found.keep == found.losing:
        return f"{said} That is all of them."
    best = f"No other {grammar.say_number(len(found.urns))} of the {len(closed)} would keep more"
    if found.keep >= found.bound:
        return f"{said} {best}."
    return f"{said} None would keep more than {found.bound:,.0f}."
