"""What can be taken away of the page What if: maps and tables, each marked as a scenario."""

from dataclasses import replace

import pandas as pd

from geo.access.reach import LONDON
from pages.components.data import access, figures, scenario
from pages.components.data.edition import once_for
from pages.components.exhibits.kinds import ExhibitKind, plain
from pages.components.near_me.text import say_metres
from pages.components.state.view import View
from pages.components.text import citations, columns, dates
from pages.components.what_if import charts, open_borders, text
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table

# what the figures of the page are worked out from
TABLES = (*access.ESTIMATES, access.DEPRIVATION)


# the parts of a view that make a scenario
SCENARIO = ("closed", "opened", "moved", "whose", "reach")


def method() -> str:
    """How it is worked out."""
    return text.METHOD.format(on_day=access.children().on_day, day=dates.say_day(access.register_day()))


def _subtitle(view: View, by: str = "by borough") -> str:
    day, circle = dates.say_day(access.register_day()), say_metres(int(view.reach))
    ics = (
        f"ICSs as of {figures.london().vintages[view.vintage].since}" if view.whose == "ics" else "not by ICS"
    )
    return (
        f"A scenario, not a plan. Children aged 0 to 4 {access.children().when} and centres of {day}, within "
        f"{circle} · {by}, {ics}"
    )


def _stem(view: View, of: str) -> str:
    """The name of a file: what it is of, and after that the choices, as far as there is room."""
    chosen = {"closed": view.closed, "opened": view.opened, "moved": view.moved}
    parts = [f"{name}_{choice}" for name, choice in chosen.items() if choice]
    rule = [f"whose_{view.whose}"] if view.whose != View.whose else []
    named = "_".join([of, f"{view.reach}_m", *rule, *parts])
    return named.replace(",", "_").replace(" ", "").lower()[:100]


def _with_choices(table: Table, view: View) -> Table:
    """A table for files, with the scenario that it is of in each row."""
    found = scenario.of_view(view)
    return table.with_same(
        {
            text.SCENARIO: text.what(found),
            text.RULE: text.counting(view.whose) or text.ALL_COUNT,
            text.WITHIN: view.reach,
            columns.CHILDREN_DAY: access.children().day,
            columns.REGISTER_DAY: access.register_day(),
            columns.STATUS: "worked out here",
        }
    )


def _map(view: View, theme: str) -> Exhibit | None:
    found = scenario.of_view(view)
    if not found.changes_centres:
        return None
    drawn = _drawn(text.on_map(found, access.ground().areas), view, theme)
    return _changes(MAP, view, "what_if_map", drawn)


def _boroughs(view: View, theme: str) -> Exhibit | None:
    found = scenario.of_view(view)
    if not found.changes_centres or not len(text.table(found, access.names()).rows):
        return None
    return _changes(BOROUGHS, view, "what_if", {})


def _changes(kind: ExhibitKind, view: View, stem: str, drawn: dict) -> Exhibit:
    """An exhibit of what a scenario changes, with what is `drawn` of it where it is a map."""
    found, names, reach = scenario.of_view(view), access.names(), int(view.reach)
    return kind.exhibit(
        view,
        title=text.headline(found, reach),
        subtitle=_subtitle(view),
        remarks=[*text.findings(found, names, reach), method()],
        stem=_stem(view, stem),
        numbers=lambda: _with_choices(text.table(found, names), view),
        sources=access.sources(TABLES),
        also=TABLES,
        **drawn,
    )


def _drawn(homes: pd.DataFrame, view: View, theme: str) -> dict:
    """The map of a scenario with these small areas, as an exhibit is made of it."""
    signs = text.signs(scenario.of_view(view), access.ground().sites)
    boundaries = citations.boundary_line(figures.boundary_source())
    return charts.picture(figures.map_layout(), homes, signs, theme) | {"said_sources": [boundaries]}


@once_for(*SCENARIO)
def open_borders_findings(view: View) -> list[str]:
    """What the rule of whose centres count would give, in sentences."""
    found, table = scenario.gained(view), scenario.table(view)
    return open_borders.findings(found, table, access.names(), view.whose, int(view.reach))


def open_borders_headline(view: View) -> str:
    """How many more children would have a centre within reach by this rule."""
    return open_borders.headline(scenario.gained(view), scenario.of_view(view), int(view.reach))


def _gains_nothing(view: View) -> bool:
    return not scenario.gained(view).loc[LONDON, "gains"]


def _open_borders_map(view: View, theme: str) -> Exhibit | None:
    if _gains_nothing(view):
        return None
    homes = open_borders.gaining(scenario.table(view), int(view.reach))
    drawn = _drawn(text.homes_on_map(homes, access.ground().areas), view, theme)
    return _gains(OPEN_BORDERS_MAP, view, "what_if_borders_were_open_map", drawn)


def _open_borders(view: View, theme: str) -> Exhibit | None:
    return None if _gains_nothing(view) else _gains(OPEN_BORDERS, view, "what_if_borders_were_open", {})


def _gains(kind: ExhibitKind, view: View, stem: str, drawn: dict) -> Exhibit:
    """An exhibit of what a rule of whose centres count gives, with what is `drawn` where it is a map."""
    return kind.exhibit(
        view,
        title=open_borders_headline(view),
        subtitle=_subtitle(view),
        remarks=[open_borders.NO_FINDING, *open_borders_findings(view), open_borders.METHOD, method()],
        stem=_stem(view, stem),
        numbers=lambda: _with_choices(open_borders.by_borough(scenario.gained(view), access.names()), view),
        sources=access.sources(TABLES),
        also=TABLES,
        **drawn,
    )


def borders_headline(view: View) -> str:
    """Which single border would matter most, of those of the borough or ICS that is looked at."""
    found, asked = scenario.by_border(view), scenario.of_view(view)
    return open_borders.best_border(found, access.names(), asked, int(view.reach), scenario.scope_name(view))


def _borders(view: View, theme: str) -> Exhibit | None:
    # what each border gives by itself is the same whichever rule is looked at
    view = replace(view, whose=View.whose)
    found, names = scenario.by_border(view), access.names()
    if found.empty:
        return None
    return BORDERS.exhibit(
        view,
        title=borders_headline(view),
        subtitle=_subtitle(view, "each border of two boroughs by itself"),
        remarks=[open_borders.NO_FINDING, open_borders.ONE_ALONE, open_borders.METHOD, method()],
        stem=_stem(view, f"what_if_one_border_was_open_{plain(scenario.scope_name(view) or 'london')}"),
        numbers=lambda: _with_choices(open_borders.by_border(found, names), view).without(text.RULE.key),
        sources=access.sources(TABLES),
        also=TABLES,
    )


NONE = "No centre is closed, opened or moved in this view."
NOBODY = (
    "By the rule of this view no child would have a centre within reach who has none of their own borough."
)
MAP = ExhibitKind(
    "what_if_map",
    "what_if",
    "Map",
    _map,
    NONE,
    "Map of a scenario: children who would lose or gain a centre within reach.",
    "The sentences above and the table below have its numbers.",
    parts=SCENARIO,
)
BOROUGHS = ExhibitKind("what_if", "what_if", "By borough", _boroughs, NONE, parts=SCENARIO)
OPEN_BORDERS_MAP = ExhibitKind(
    "what_if_open_borders_map",
    "what_if",
    "Map of open borders",
    _open_borders_map,
    NOBODY,
    "Map of a scenario: children who have a centre within reach only across a border.",
    "The sentences above and the table below have its numbers.",
    parts=SCENARIO,
)
OPEN_BORDERS = ExhibitKind(
    "what_if_open_borders", "what_if", "Open borders by borough", _open_borders, NOBODY, parts=SCENARIO
)
BORDERS = ExhibitKind(
    "what_if_borders",
    "what_if",
    "Each border",
    _borders,
    "No single border would give a child a centre within reach.",
    parts=(*SCENARIO, "ics", "borough"),
)
KINDS = (MAP, BOROUGHS, OPEN_BORDERS_MAP, OPEN_BORDERS, BORDERS)
