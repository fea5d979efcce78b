"""If borders were no barrier, in words: how many more children would have a centre within reach, and whose.

Every sentence here counts distance. None says that a family may not use a centre today: no source does.
"""

from collections.abc import Mapping

import pandas as pd

from geo.access.reach import LONDON
from pages.components.data.scenario import Scenario
from pages.components.near_me.text import say_metres
from pages.components.text import columns, grammar
from pages.components.what_if import charts, text
from pages.exports.table import Column, Kind, Measure, Table

RULES = {
    "any": "All centres in and around London",
    "own": "Only those of a family's own borough",
    "ics": "Those of the boroughs of a family's ICS",
    "border": "Those of its own borough, and across one border",
}
NO_COUNCIL = "A scenario of borders, not a finding about any council."
NO_FINDING = (
    "Authorities decide who may use their centres, and no source here says that any of them turns a family "
    "away. Counted is distance alone: not use, places, staff or opening hours."
)
METHOD = (
    "A centre is a family's own borough's where that borough lists it, and across a border where another "
    "authority does, in London or up to 5 km around it. Centres around London belong to no borough and no "
    "London ICS. A border that is open is open both ways."
)
ONE_ALONE = (
    "Each border is tried alone, all others as they are. Two together would give less than the sum of both "
    "where the same children gain by either."
)
ROWS = (
    Column("whose", "Centres that count", Kind.NAME),
    Column("within_rule", "Children within reach of one", Kind.NUMBER),
    Column("share", "Of all children", Kind.NUMBER, Measure("percent", 1, suffix="%")),
    Column("gains", "More than with their own borough's only", Kind.NUMBER),
)
BOROUGHS = (
    Column("area_code", "Area code", Kind.IDENTIFIER),
    Column("borough", "Borough", Kind.NAME),
    Column("children", "Children aged 0 to 4", Kind.NUMBER),
    Column("within_own", "Within reach of one of their own borough", Kind.NUMBER),
    Column("within_rule", "Within reach of one that counts", Kind.NUMBER),
    Column("gains", "More", Kind.NUMBER),
    Column("gains_deprived", "Of these, in the most deprived fifth", Kind.NUMBER),
)


def which(whose: str) -> str:
    """The borders that a rule opens, as the subject of a sentence."""
    if whose == "any":
        return "borders"
    return "the borders within each ICS" if whose == "ics" else text.border_of(whose)


def headline(found: pd.DataFrame, scenario: Scenario, reach: int) -> str:
    """How many more children would have a centre within reach (geo.access.open_borders.gained)."""
    row, circle = found.loc[LONDON], say_metres(reach)
    begun = f"{text.what(scenario)}, " if scenario.changes_centres else ""
    if scenario.whose == "own":
        have = "has" if round(row["within_own"]) == 1 else "have"
        counted = text.say_children(row["within_own"])
        return f"{begun}{counted} {have} a centre of their own borough within {circle}."
    number = f"{row['gains']:,.0f}" if row["gains"] else "no"
    return (
        f"{begun}{'if' if begun else 'If'} {which(scenario.whose)} were no barrier, {number} more "
        f"{_noun(row['gains'])} would have a centre within {circle} than with their own borough's only."
    )


def _noun(number: float) -> str:
    return "child aged 0 to 4" if round(number) == 1 else "children aged 0 to 4"


def findings(
    found: pd.DataFrame, table: pd.DataFrame, names: Mapping[str, str], whose: str, reach: int
) -> list[str]:
    """The shares before and after, whose children these are, and how deprived it is where they live.

    `found` is geo.access.open_borders.gained, `table` the homes with their distances by the rule.
    """
    row, circle = found.loc[LONDON], say_metres(reach)
    own = f"{_percent(row, 'within_own')} of London's children aged 0 to 4 have a centre of their own borough"
    if whose == "own":
        return [f"{own} within {circle}."]
    said = f"{own} within {circle}; {_percent(row, 'within_rule')} have one that would count then."
    homes = gaining(table, reach).assign(gains=lambda homes: homes["children"])
    everybody = table.assign(gains=homes["gains"].reindex(table.index, fill_value=0))
    parts = [
        said,
        text.where(everybody, "gains", names, "Of those who would gain one"),
        text.deprived(everybody, "gains", "gain"),
    ]
    return [part for part in parts if part]


def gaining(table: pd.DataFrame, reach: float) -> pd.DataFrame:
    """The homes with a centre that counts within reach and none of their own borough, for the map."""
    is_gaining = (table["metres"] <= reach) & (table["metres_own"] > reach) & (table["children"] > 0)
    return table[is_gaining].assign(kind=charts.ACROSS)


def _percent(row: pd.Series, column: str) -> str:
    return f"{100 * row[column] / row['children']:.1f}%"


def rules(found: Mapping[str, pd.DataFrame]) -> Table:
    """What each rule would give London's children, by what it is called."""
    rows = pd.DataFrame([table.loc[LONDON] for table in found.values()]).reset_index(drop=True)
    share = 100 * rows["within_rule"] / rows["children"]
    return Table(rows.assign(whose=list(found), share=share), ROWS)


def by_borough(found: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """The boroughs in which children would gain, most first."""
    rows = found.drop(index=LONDON).rename_axis("area_code").reset_index()
    rows = rows[rows["gains"] > 0].sort_values("gains", ascending=False, ignore_index=True)
    return Table(rows.assign(borough=rows["area_code"].map(names)), BOROUGHS)


def by_border(found: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """The borders that would give children a centre within reach, most first."""
    return columns.of_borders(found, names, "Children who would have one within reach")


def best_border(
    found: pd.DataFrame, names: Mapping[str, str], scenario: Scenario, reach: int, where: str
) -> str:
    """Which one border would matter to most children (geo.access.open_borders.by_border).

    `where` is the borough or ICS whose borders these are, empty for all of London's.
    """
    begun = f"{text.what(scenario)}, " if scenario.changes_centres else ""
    border = f"single border in and around {where}" if where else "single border"
    if found.empty:
        return f"{begun}{'no' if begun else 'No'} {border} would give a child a centre within reach."
    first = found.iloc[0]
    one, other = (grammar.inside(names[first[side]]) for side in ("one", "other"))
    return (
        f"{begun}{'the' if begun else 'The'} {border} that would matter most is that between {one} and "
        f"{other}: open, it would give {text.say_children(first['both'])} a centre within "
        f"{say_metres(reach)} who have none of their own borough."
    )
