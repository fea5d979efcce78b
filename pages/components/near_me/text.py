"""What is near a postcode, in words. No sentence here has the postcode in it: it stays with its visitor."""

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from data_loaders.postcodes import Answer, Place
from data_loaders.within import METRES_A_MINUTE, minutes
from geo.access.borders import Border
from geo.access.reach import DETOUR
from geo.places.latest import Latest
from geo.tables.london import London
from pages.components.text import dates, grammar, markdown, units

# of authorities in London and around it, by their codes
Names = Mapping[str, str]
HUB = "family_hubs"
KINDS = {"designated_centres": "Children's centre", "linked_sites": "Linked site", HUB: "Family hub"}
LINKED = " (linked site)"
ACROSS = "across the border"
# as many differences are said in sentences
MOST_DIFFERENCES = 6
RECENT_YEARS = 5
METHOD = (
    "Distances are straight lines, which cross the Thames only over a bridge or through a foot tunnel: a "
    "real walk is longer, never shorter. A postcode stands for the middle of its addresses. Creeks, railways "
    "and the Lea are not regarded, and a line between places of one bank may cut off a bend of the river. "
    "Crossings with steps only, and Twickenham Bridge, which cannot be placed from open data, are left out. "
    f"Minutes are at {METRES_A_MINUTE} metres a minute, a slow walk with a pram."
)
MATSIM = "https://github.com/matsim-org/matsim-libs"
BY_STREETS = (
    f"By streets means {DETOUR} times the straight line. That is what [MATSim]({MATSIM}), an open model of "
    "transport, takes for ways that it does not follow street by street (its beelineDistanceFactor, as read "
    "in November 2026): an assumption, measured neither in London nor with a pram. The circle, the sentence "
    "above and all figures keep to straight lines."
)
REGISTER = (
    "Centres are those that the register of {day} lists as open, as registered: entries can be out of date. "
    "Authorities decide who may use a centre, and no register says who may: ask the centre."
)
HUBS = (
    "Family hubs are those of the Department for Education's list of {day}. It is not complete: an authority "
    "that is not in it may have hubs as well, and a hub may be at the door of a centre."
)
CHILDREN = (
    "Children are those aged 0 to 4 {on_day}. {limits} Nobody publishes where in a small area they live: "
    "both ways to place them are estimates, worked out here."
)


def why_not(answer: Answer) -> str:
    """Why a text is no place here, and what to do; empty where it is one."""
    return {
        "found": "",
        "empty": "",
        "no_postcode": "That is not a postcode. One looks like E8 1EA or SW1A 0AA.",
        "part": "That is the beginning of many postcodes. Type a whole one: both halves, such as E8 1EA.",
        "unknown": "The directory of November 2025 has no such postcode. Check the last letters, or try the "
        "one next door: a new postcode may not be in it yet.",
        "northern_ireland": "That is a postcode of Northern Ireland. This page is on London and 5 km around.",
        "elsewhere": "That is neither in London nor within 5 km of it, which is as far as this page goes.",
    }[answer.outcome]


def where(place: Place, names: Names, council: str, london: London, today: dt.date) -> str:
    """In which authority a place lies and in which ICS, today and in 2022.

    `council` is the one in charge of early years services where the place is not in London.
    """
    name = grammar.inside(names[place.area_code])
    if not place.is_in_london:
        return f"It lies outside London, in **{name}**, where {council} is in charge of early years services."
    members = london.footprints.set_index(["vintage", "area_code"])["ics_name"]
    now, then = london.vintage_on(today), next(iter(london.vintages))
    ics, before = members[now, place.area_code], members[then, place.area_code]
    if ics == before:
        return f"It lies in **{name}**, in the ICS {ics}, today as in {then}."
    return f"It lies in **{name}**, today in the ICS {ics}; in {then} that was {before}."


def nearest_border(border: Border, place: Place, names: Names) -> str:
    """How far the nearest border is, and who lies beyond it."""
    beyond = grammar.inside(names[border.beyond])
    river = ", on the other bank of the Thames," if border.over_the_river else ""
    way = f"**{say_metres(border.metres)}** to the {border.direction}"
    if not place.is_in_london:
        return f"London begins {way}{river or ','} with **{beyond}**."
    if not border.beyond.startswith("E09"):
        return f"The nearest border is {way}. It is the edge of London; beyond it lies **{beyond}**."
    return f"The nearest border is {way}. Beyond it{river} lies **{beyond}**."


def differing(lines: Sequence[Latest], here: str, there: str, today: dt.date) -> list[Latest]:
    """The figures in which two boroughs differ as they are shown, by how much of London's range they do.

    Figures of more than RECENT_YEARS ago are left out, those too odd to judge a place by, and those of places
    with very few children, whose differences are of a handful.
    """
    oldest = pd.Timestamp(today) - pd.DateOffset(years=RECENT_YEARS)
    found = []
    for line in lines:
        one, other = line.rows[here], line.rows[there]
        if not line.indicator.can_be_compared or line.is_doubtful or line.ends < oldest:
            continue
        if not {here, there} <= set(line.compared["area_name"]):
            continue
        values = line.compared["value"]
        reach = values.max() - values.min()
        gap = abs(one["value"] - other["value"])
        if np.isfinite(gap) and reach > 0 and round(gap, line.indicator.decimals) > 0:
            found.append((gap / reach, line))
    return [line for _, line in sorted(found, key=lambda each: -each[0])]


def differences(lines: Sequence[Latest], here: str, there: str) -> list[str]:
    """A sentence for each of these figures, with its period and both values."""
    return [
        f"{dates.with_period(f'**{line.indicator.short_label}**', dates.short_period(line.period))}: "
        f"{_value(line, here)} in {grammar.inside(here)}, "
        f"{_value(line, there)} in {grammar.inside(there)}."
        for line in lines
    ]


def _value(line: Latest, name: str) -> str:
    row = line.rows[name]
    return units.say_value(row["value"], row["note"], line.indicator)


def headline(sites: pd.DataFrame, place: Place, reach: int, side: str = "your side") -> str:
    """What is within the circle, and on which side of the border; `sites` are the nearest first."""
    near = sites[sites["metres"] <= reach]
    circle = say_metres(reach)
    if near.empty:
        first = sites.iloc[0]
        side = f", {ACROSS}" if is_across(first, place) else ""
        away = say_away(first["metres"], reach)
        return f"No centre or linked site lies within {circle}; the nearest is {away} away{side}."
    across = sum(is_across(site, place) for _, site in near.iterrows())
    said = f"{grammar.say_number(len(near)).capitalize()} {_counted(near)}"
    if not across:
        none = f"on {side} of the border" if len(near) == 1 else f"none of them {ACROSS}"
        return f"{said} within {circle}, {none}."
    if across == len(near):
        many = {1: "on the other side of a border", 2: "both on the other side of a border"}
        return f"{said} within {circle}, {many.get(across, 'all on the other side of a border')}."
    return f"{said} within {circle}, {grammar.say_number(across)} of them {ACROSS}."


def _counted(near: pd.DataFrame) -> str:
    """What these sites are, in the form for their number, and that they lie."""
    with_linked = (near["type"] == "linked_sites").any()
    if len(near) == 1:
        return "linked site lies" if with_linked else "centre lies"
    return "centres or linked sites lie" if with_linked else "centres lie"


def is_across(site: pd.Series, place: Place) -> bool:
    """Whether a site stands in another authority than a place lies in."""
    return bool(site["stands_in"] != place.area_code)


def listed(
    sites: pd.DataFrame, place: Place, names: Names, reach: int, first: int = 1, called: str = "Centre"
) -> pd.DataFrame:
    """The sites as a table for the page, numbered as on the map from the `first` number on."""
    return pd.DataFrame(
        {
            "No.": [str(number) for number in range(first, first + len(sites))],
            called: [
                markdown.verbatim(site["name"]) + LINKED * (site["type"] == "linked_sites")
                for _, site in sites.iterrows()
            ],
            "Where": [_where_it_is(site, place, names) for _, site in sites.iterrows()],
            "Distance": [
                f"{say_away(metres, reach)}, {minutes(metres)} min" + (f", by {over}" if over else "")
                for metres, over in zip(sites["metres"], sites["over"], strict=True)
            ],
        }
    )


def with_streets(table: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """The table of listed() with the way by streets beside each distance, as DETOUR makes it."""
    ways = DETOUR * sites["metres"].to_numpy()
    said = [f"; by streets about {say_metres(way)}, {minutes(way)} min" for way in ways]
    return table.assign(Distance=table["Distance"] + said)


def how_far_to_walk(reach: int) -> str:
    """What a distance in a straight line may be by streets, for whoever chooses how far to walk."""
    return (
        f"In a straight line: no walk is shorter. If streets make ways {DETOUR} times as long, as the "
        f"open transport model MATSim supposes, {say_metres(reach)} are about {say_metres(DETOUR * reach)}, "
        f"{minutes(DETOUR * reach)} minutes, and a walk of {say_metres(reach)} gets about "
        f"{say_metres(reach / DETOUR)} far."
    )


def _where_it_is(site: pd.Series, place: Place, names: Names) -> str:
    """The authority in which a site stands, who lists it where that is another, and whether it is across."""
    name, across = names[site["stands_in"]], f", **{ACROSS}**" * is_across(site, place)
    is_odd = site["area_code"] not in ("", site["stands_in"])
    return f"{name}{across}" + f" (listed by {site['authority']})" * is_odd


def without_borders(london: pd.Series, reach: int) -> str:
    """How many more children would have a centre within reach if borders were no barrier."""
    gained, all_children = london["only_across"], london["children"]
    return (
        f"**If borders were no barrier, {gained:,.0f} more children of London "
        f"({100 * gained / all_children:.1f}%) would have a centre within {say_metres(reach)}:** they have "
        "one, but only across a border. How many of them may use it already, nobody publishes."
    )


def wider_borders(across: Mapping[str, float], nearest_across: float) -> str:
    """How many of the borders that part children from their nearest centre are those of an ICS or London."""
    return (
        f"For {nearest_across:,.0f} children the nearest centre, however far, is across a border; for "
        f"{across['ics']:,.0f} of them that is also the border of an ICS, and for {across['london']:,.0f} "
        "the edge of London."
    )


def by_deprivation(found: pd.DataFrame, reach: int) -> str:
    """How many have a centre in the most deprived small areas and in the others (reach_by_deprivation)."""
    poor, rest = (100 * found.loc[group] / found.loc[group, "children"] for group in (True, False))
    return (
        "In the most deprived fifth of England's small areas (income deprivation affecting children, 2025), "
        f"{poor['within_any']:.1f}% of London's children have a centre within {say_metres(reach)}, in its "
        f"other small areas {rest['within_any']:.1f}%. Only across a border have one "
        f"{poor['only_across']:.1f}% of the first and {rest['only_across']:.1f}% of the others."
    )


def reach_table(found: Mapping[str, pd.DataFrame], codes: Mapping[str, str], reach: int) -> pd.DataFrame:
    """What children of places reach, a row a place and way to place them (pages.components.data.access).

    `found` has geo.access.reach.shares by the words for the way, `codes` the rows of places by their names.
    """
    circle = say_metres(reach)
    rows = []
    for name, code in codes.items():
        for method, table in found.items():
            row = table.loc[code]
            rows.append(
                {
                    "Where": name,
                    "Children placed": method,
                    f"A centre within {circle}": _share(row, "within_any"),
                    "One of their own authority": _share(row, "within_own"),
                    "Only across a border": _share(row, "only_across"),
                    "Nearest is across a border": _share(row, "nearest_across"),
                    "Mean distance": say_metres(row["metres"]),
                    "Nine in ten live within": say_metres(row["p90"]),
                }
            )
    return pd.DataFrame(rows)


def for_each_centre(found: pd.DataFrame, codes: Mapping[str, str], reach: int) -> str:
    """How many children there are for each centre within reach (pages.components.data.access)."""

    def said(column: str) -> str:
        values = {grammar.inside(name): found.at[code, column] for name, code in codes.items()}
        return ", ".join(
            f"nobody in {name} has one" if np.isnan(value) else f"{value:,.0f} in {name}"
            for name, value in values.items()
        )

    return (
        f"**Children aged 0 to 4 for each centre or linked site, if all within {say_metres(reach)} of "
        f"it shared it:** {said('any')}. Were designated centres the only ones: {said('designated')}. Each "
        "counts as one, whatever its size and hours. Counted are London's centres, and those of its children "
        "who have one within that distance."
    )


def _share(row: pd.Series, column: str) -> str:
    return f"{100 * row[column] / row['children']:.1f}% ({row[column]:,.0f})"


def say_away(metres: float, reach: int) -> str:
    """How far a site is from where one can walk `reach` metres: out of reach does not read as within."""
    said = say_metres(metres)
    return f"just over {said}" if metres > reach and said == say_metres(reach) else said


def say_metres(metres: float) -> str:
    """A distance as far as it is known: "under 50 m", "240 m" by tens, "1.2 km" from a kilometre on."""
    if metres < 50:
        return "under 50 m"
    return f"{round(metres, -1):.0f} m" if metres < 995 else f"{metres / 1000:.1f} km"
