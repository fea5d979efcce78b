"""What is said of small areas: what they are, what is drawn of them, and what it must not be taken for."""

import functools
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from data_loaders.children import Children
from data_loaders.within import USUAL, Within, minutes
from geo.access.small_areas import (
    A_CENTRE_FROM,
    ANOTHERS,
    CHILDREN_FROM,
    ELSEWHERE,
    FIFTHS,
    OF_A_DAY,
    UNKNOWN,
    Figure,
    counted,
    metres_to,
)
from pages.components.charts import palette
from pages.components.text import dates, grammar
from pages.exports.table import ordinal

# how it is said which way the classes run, of pictures that are always light
FILES_MORE = f"The {palette.MORE['light']},"
# whose nearest centre it is, in the order of the groups
_ACROSS = palette.LINES["light"][3]
_CENTRES = "children's centres"


class Said(NamedTuple):
    """The words of a figure: its title and short name, how areas are shaded, its groups and their fills.

    `heading` is above the groups, and `unknown` what they are called whose value is not known.
    """

    title: str
    heading: str
    how: str
    groups: Sequence[str]
    fills: Sequence[str]
    unknown: str


def _distances(whose: str, within: Within) -> Said:
    ends = [Within(end).said for end in metres_to(within.metres)]
    site = within.site()
    between = [f"Over {low} to {high}" for low, high in pairwise(ends)]
    return Said(
        title=f"Distance to the nearest {site}{whose}",
        heading="Straight line to the nearest",
        how="The darker, the further. Each is shaded by the straight line from the middle of where its "
        f"people live to the nearest {site}{whose or ', whosever it is'}.",
        groups=[f"Up to {ends[0]}", *between, f"Over {ends[-1]}"],
        fills=palette.SEQUENTIAL[len(ends) + 1],
        unknown="None in the register",
    )


def _counts(starts: Sequence[int]) -> list[str]:
    """The groups of whole numbers that these begin."""
    between = [f"{start:,} to {end - 1:,}" for start, end in pairwise(starts)]
    return [f"Under {starts[0]:,}", *between, f"{starts[-1]:,} or more"]


@functools.cache
def words_of(within: Within) -> dict[Figure, Said]:
    """The words of all figures in a setting of what counts as within reach."""
    return _OF_PEOPLE | _of_centres(within)


_OF_PEOPLE = {
    Figure.CHILDREN: Said(
        title="Children aged 0 to 4 {when}",
        heading="Children aged 0 to 4",
        how="The darker, the more. Each is shaded by how many children aged 0 to 4 {counted} in it {on_day}: "
        "a number and no rate, so that where more people live there are more.",
        groups=_counts(CHILDREN_FROM),
        fills=palette.SEQUENTIAL[len(CHILDREN_FROM) + 1],
        unknown="Not published",
    ),
    Figure.DEPRIVATION: Said(
        title="Income deprivation affecting children 2025 (IDACI)",
        heading="Among England's small areas",
        how="The darker, the more deprived. Each is shaded by where it stands among all small areas of "
        "England, by the share of its children under 16 who live in income-deprived families (IDACI of the "
        "English indices of deprivation 2025). It describes a neighbourhood, and no family in it.",
        groups=[
            "Least deprived fifth",
            "Second least deprived fifth",
            "Middle fifth",
            "Second most deprived fifth",
            "Most deprived fifth",
        ],
        fills=palette.SEQUENTIAL[FIFTHS],
        unknown="Not published",
    ),
}


def _of_centres(within: Within) -> dict[Figure, Said]:
    reach, site = within.said, within.site()
    sites = f"designated {_CENTRES}" if within.is_designated else f"{_CENTRES} and linked sites"
    each = "designated centre" if within.is_designated else "centre or linked site"
    return {
        Figure.NEAREST: _distances("", within),
        Figure.NEAREST_OWN: _distances(" of their own authority", within),
        Figure.IN_REACH: Said(
            title=f"Whose {sites} are within {reach}",
            heading=f"Within {reach} in a straight line",
            how=f"Each is shaded by whose {within.site(many=True)} are within {reach}, about "
            f"{minutes(within.metres)} minutes with a pram, of the middle of where its people live.",
            groups=["One of their own authority", "Only another authority's", "None"],
            fills=[palette.SEQUENTIAL[5][0], _ACROSS, palette.SEQUENTIAL[5][4]],
            unknown="None in the register",
        ),
        Figure.ACROSS: Said(
            title=f"Where the nearest {site} stands",
            heading="The nearest, however far, stands",
            how=f"Each is shaded by where the {site} stands that is nearest to the middle of where its "
            "people live, however far it is.",
            groups=["In their own authority", "In another authority"],
            fills=[palette.SEQUENTIAL[5][0], _ACROSS],
            unknown="None in the register",
        ),
        Figure.SHARED: Said(
            title=f"Children aged 0 to 4 for each {site} within {reach}",
            heading="Children for each centre within reach",
            how=f"The darker, the more children share a centre. Each {each} of London is shared equally by "
            f"all children within {reach} of it, whatever their authority, and what the children of a small "
            f"area have is its parts of all within {reach}, added up. It supposes that every centre counts "
            "as one, since no register has its size, staff or hours, and that children use any within reach: "
            "fewer children for a centre are neither better nor worse by themselves. Near London's edge "
            "neither the children nor the centres beyond it are counted.",
            groups=_counts(A_CENTRE_FROM),
            fills=palette.SEQUENTIAL[len(A_CENTRE_FROM) + 1],
            unknown=f"None within {reach}",
        ),
    }


OF_ESTIMATES = (
    "An estimate, worked out here: lines cross the Thames only over a bridge or through a foot tunnel, and a "
    "walk is longer. Centres are those that the register of {day} lists as open{kind}, as registered: "
    "entries can be out of date, and authorities decide who may use a centre."
)
OF_CHILDREN = "Children are those aged 0 to 4 {on_day}. {limits}"
# where boroughs are shown beside the map by something else than it shows
BESIDE = {
    "population_0_4": "The boroughs' figures on this page are later estimates, which no small area has here: "
    "do not take one from the other."
}
ANOTHER_INDEX = (
    "Opens another figure than the one on this page, income deprivation affecting children in 2025 (IDACI), "
    "with the boroughs' figures of it beside the map."
)
# and where newer estimates are shown
BESIDE_NEWER = {
    "population_0_4": "The boroughs' figures on this page are of the period chosen; those of small areas are "
    "of {noun}, whichever that is."
}
LEGEND_NOTE = "Children are those aged 0 to 4 {when}."
# what stands around the values of a small area, in the order in which it has them
WORDS = {
    Figure.CHILDREN: "{}",
    Figure.DEPRIVATION: "{}",
    Figure.IN_REACH: "{} m to any, {} m to own",
    Figure.SHARED: "{}",
}
USUAL_WORDS = "{} m"
NOTHING = "No small area that is shown lies under the cross."


def said(figure: Figure, children: Children, within: Within = USUAL) -> Said:
    """The words of a figure, which say of when the children are where it is of them."""
    found = words_of(within)[figure]
    if figure is not Figure.CHILDREN:
        return found
    how = found.how.format(counted=children.counted, on_day=children.on_day)
    return found._replace(title=found.title.format(when=children.when), how=how)


def beside(indicator: str, children: Children) -> str:
    """How the map differs from the boroughs' figures beside it, empty where it does not."""
    newer = {} if children.is_census else BESIDE_NEWER
    return (BESIDE | newer).get(indicator, "").format(noun=children.noun)


def legend_note(children: Children) -> str:
    """Of when the children in the legend are."""
    return LEGEND_NOTE.format(when=children.when)


def what_they_are(residents: float, areas: int) -> str:
    """What a small area is, by how many people live in one of London's on average."""
    return (
        f"Small areas are neighbourhoods of about {round(residents, -2):,.0f} people, drawn by the Office "
        f"for National Statistics so that figures can be given for them (LSOA of 2021). London has {areas:,}."
    )


def in_paragraphs(remarks: Sequence[str], more: str) -> list[str]:
    """What small areas are and how they are shaded; and, by itself, what that is worth.

    `more` is what classes become towards the most (palette.MORE): remarks say that of the picture in files.
    """
    what, how, *worth = remarks
    return [f"{what} {how.replace(FILES_MORE, f'The {more},', 1)}", " ".join(worth)]


def explained(figure: Figure, day: str, children: Children, within: Within = USUAL) -> list[str]:
    """How areas are shaded and what that is worth, in sentences; `day` is that of the register, ISO."""
    how = [said(figure, children, within).how]
    if figure in OF_A_DAY:
        kind = " and as designated, without linked sites" if within.is_designated else ""
        how.append(OF_ESTIMATES.format(day=dates.say_day(day), kind=kind))
    return [*how, OF_CHILDREN.format(on_day=children.on_day, limits=children.limits)]


def finding(figure: Figure, rows: pd.DataFrame, place: str, used: Children, within: Within = USUAL) -> str:
    """What a map of these rows (geo.access.small_areas.of_figure) shows, in one sentence."""
    children = rows["children"].sum()
    if figure is Figure.CHILDREN:
        return f"{children:,} children aged 0 to 4 {used.counted} in {place} {used.when}"
    if figure is Figure.DEPRIVATION:
        most = int((rows["group"] == FIFTHS - 1).sum())
        return (
            f"Of {len(rows):,} small areas in {place}, {most:,} are among England's most deprived fifth "
            "for children"
        )
    if figure is Figure.SHARED:
        return _shared(rows, place, used, within)
    if figure in (Figure.IN_REACH, Figure.ACROSS):
        marked, what = {
            Figure.IN_REACH: (
                ANOTHERS,
                f"have only another authority's {within.centre} within {within.said}",
            ),
            Figure.ACROSS: (ELSEWHERE, f"have their nearest {within.centre} in another authority"),
        }[figure]
        found = rows.loc[rows["group"] == marked, "children"].sum()
    else:
        what = f"are further than {within.said} from the nearest {within.centre}"
        what += " of their own authority" if figure is Figure.NEAREST_OWN else ""
        near = rows["group"].between(0, metres_to(within.metres).index(within.metres))
        found = children - rows.loc[near, "children"].sum()
    return f"In {place} {found:,} of {children:,} children aged 0 to 4 ({used.named}) {what}"


def _shared(rows: pd.DataFrame, place: str, used: Children, within: Within) -> str:
    near, children = rows["children"].where(rows["value"].notna(), 0), rows["children"].sum()
    none = f"{children - near.sum():,.0f} of {children:,} children aged 0 to 4 ({used.named})"
    if not near.any():
        return f"In {place} {none} have no {within.centre} within {within.said}"
    share = (near / rows["value"]).sum()
    return (
        f"In {place} there are {near.sum() / share:,.0f} children for each {within.centre} within "
        f"{within.said} of them; {none} have none"
    )


def values(figure: Figure, rows: pd.DataFrame) -> list[str]:
    """The values of each small area, with blanks between, around which WORDS stand; metres rounded up."""
    if figure is Figure.CHILDREN:
        return [f"{children}" for children in rows["children"]]
    if figure is Figure.DEPRIVATION:
        return ["" if np.isnan(tenth) else ordinal(int(tenth)) for tenth in rows["value"]]
    if figure is Figure.IN_REACH:
        both = zip(rows["value"], rows["metres_own"], strict=True)
        return [f"{_whole(nearest)} {_whole(own)}" for nearest, own in both]
    if figure is Figure.SHARED:
        return ["-" if np.isnan(children) else f"{children:,.0f}" for children in rows["value"]]
    return [_whole(metres) for metres in rows["metres_own" if figure is Figure.NEAREST_OWN else "value"]]


def _whole(metres: float) -> str:
    return "-" if np.isnan(metres) else f"{np.ceil(metres):.0f}"


def notes(
    figure: Figure, rows: pd.DataFrame, sites: pd.DataFrame, names: dict[str, str], within: Within = USUAL
) -> pd.Series:
    """What else is said of each: the nearest site and whose it is, or whose are within reach.

    `sites` are those that rows count in, `names` those of authorities.
    """
    if figure in (Figure.NEAREST, Figure.ACROSS):
        standing = zip(sites["name"], sites["stands_in"], strict=True)
        nearest = [f"to {name}, in {names[area]}" for name, area in standing]
        return rows["site"].map(dict(enumerate(nearest))).fillna("")
    if figure is Figure.IN_REACH:
        groups = dict(enumerate(words_of(within)[figure].groups))
        return rows["group"].map(groups) + f" within {within.said}"
    if figure is Figure.SHARED:
        said = "children aged 0 to 4 for each centre; " + rows["centres"].map(grammar.say_number)
        return said + rows["centres"].eq(1).map({True: " is", False: " are"}) + f" within {within.said}"
    if figure is Figure.CHILDREN:
        one = {True: "child aged 0 to 4", False: "children aged 0 to 4"}
        return (rows["children"] == 1).map(one)
    same = {
        Figure.NEAREST_OWN: "to the nearest of their own authority",
        Figure.DEPRIVATION: "of ten equal groups of England's small areas; the 1st is the most deprived",
    }
    return pd.Series(same[figure], rows.index)


def groups_in(figure: Figure, rows: pd.DataFrame) -> list[int]:
    """The groups that there are, in the order of the legend: from the highest, and what is unknown last."""
    # there are as many groups in every setting
    order = range(len(words_of(USUAL)[figure].groups))
    ordered = [*(order if figure in (Figure.IN_REACH, Figure.ACROSS) else reversed(order)), UNKNOWN]
    present = set(rows["group"])
    return [group for group in ordered if group in present]


def legend(figure: Figure, rows: pd.DataFrame, within: Within = USUAL) -> list[dict]:
    """The groups of groups_in(): text, how many small areas and children are in each (counted), and fill."""
    own, found = words_of(within)[figure], counted(rows)
    return [
        {
            "text": own.unknown if group == UNKNOWN else own.groups[group],
            "counted": f"{found.at[group, 'areas']:,} areas, {found.at[group, 'children']:,} children",
            "fill": palette.MISSING if group == UNKNOWN else own.fills[group],
        }
        for group in groups_in(figure, rows)
    ]
