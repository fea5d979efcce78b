"""What can be taken away of the page What if: maps and tables, each marked as a scenario."""

from collections.abc import Sequence
from dataclasses import replace

from geo.access.reach import LONDON
from pages.components.data import access, figures, scenario
from pages.components.data.edition import once_for
from pages.components.exhibits.kinds import ExhibitKind, plain
from pages.components.near_me.text import say_metres
from pages.components.state.view import View
from pages.components.text import citations, columns, words
from pages.components.what_if import charts, open_borders, text
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table

# what the figures of the page are worked out from
TABLES = (*access.ESTIMATES, access.DEPRIVATION)


# what of a view its scenario follows from
SCENARIO = ("closed", "opened", "moved", "reach", "whose")


def method() -> str:
    """How it is worked out."""
    return text.METHOD.format(on_day=access.children().on_day, day=words.say_day(access.register_day()))


def _subtitle(view: View, by: str = "by borough") -> str:
    day, circle = words.say_day(access.register_day()), say_metres(int(view.reach))
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


def _sources() -> dict:
    return {"sources": access.sources(TABLES), "also": TABLES}


def _map_sources() -> dict:
    return _sources() | {"said_sources": [citations.boundary_line(figures.boundary_source())]}


def _with_choices(table: Table, view: View) -> Table:
    """A table for files, with the scenario that it is of in each row."""
    found = scenario.of_view(view)
    return table.with_same(
        {
            text.SCENARIO: text.what(found),
            text.RULE: text.counting(view.whose) or text.ALL_COUNT,
            text.WITHIN: view.reach,
            text.CHILDREN_DAY: access.children().day,
            text.REGISTER_DAY: access.register_day(),
            columns.STATUS: "worked out here",
        }
    )


def _map(view: View, theme: str) -> Exhibit | None:
    found = scenario.of_view(view)
    if not found.changes_centres:
        return None
    ground = access.ground()
    homes = text.on_map(found, ground.areas)
    return MAP.exhibit(
        view,
        title=text.headline(found, int(view.reach)),
        subtitle=_subtitle(view),
        **charts.picture(figures.map_layout(), homes, text.signs(found, ground.sites), theme),
        remarks=[*text.findings(found, access.names(), int(view.reach)), method()],
        stem=_stem(view, "what_if_map"),
        numbers=lambda: _numbers(view),
        **_map_sources(),
    )


def _boroughs(view: View, theme: str) -> Exhibit | None:
    found = scenario.of_view(view)
    if not found.changes_centres or not len(text.table(found, access.names()).rows):
        return None
    return BOROUGHS.exhibit(
        view,
        title=text.headline(found, int(view.reach)),
        subtitle=_subtitle(view),
        remarks=[*text.findings(found, access.names(), int(view.reach)), method()],
        stem=_stem(view, "what_if"),
        numbers=lambda: _numbers(view),
        **_sources(),
    )


def _numbers(view: View) -> Table:
    return _with_choices(text.table(scenario.of_view(view), access.names()), view)


@once_for(*SCENARIO)
def open_borders_findings(view: View) -> list[str]:
    """What the rule of whose centres count would give, in sentences."""
    found, table = scenario.gained(view), scenario.table(view)
    return open_borders.findings(found, table, access.names(), view.whose, int(view.reach))


def open_borders_headline(view: View) -> str:
    """How many more children would have a centre within reach by this rule."""
    return open_borders.headline(scenario.gained(view), scenario.of_view(view), int(view.reach))


def _open_borders_remarks(view: View) -> Sequence[str]:
    return [open_borders.NO_FINDING, *open_borders_findings(view), open_borders.METHOD, method()]


def _gains_nothing(view: View) -> bool:
    return not scenario.gained(view).loc[LONDON, "gains"]


def _open_borders_map(view: View, theme: str) -> Exhibit | None:
    if _gains_nothing(view):
        return None
    ground = access.ground()
    homes = open_borders.gaining(scenario.table(view), int(view.reach))
    signs = text.signs(scenario.of_view(view), ground.sites)
    drawn = text.homes_on_map(homes, ground.areas)
    return OPEN_BORDERS_MAP.exhibit(
        view,
        title=open_borders_headline(view),
        subtitle=_subtitle(view),
        **charts.picture(figures.map_layout(), drawn, signs, theme),
        remarks=_open_borders_remarks(view),
        stem=_stem(view, "what_if_borders_were_open_map"),
        numbers=lambda: _gains(view),
        **_map_sources(),
    )


def _open_borders(view: View, theme: str) -> Exhibit | None:
    if _gains_nothing(view):
        return None
    return OPEN_BORDERS.exhibit(
        view,
        title=open_borders_headline(view),
        subtitle=_subtitle(view),
        remarks=_open_borders_remarks(view),
        stem=_stem(view, "what_if_borders_were_open"),
        numbers=lambda: _gains(view),
        **_sources(),
    )


def _gains(view: View) -> Table:
    return _with_choices(open_borders.by_borough(scenario.gained(view), access.names()), view)


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
        **_sources(),
    )


# the parts of a view that make a scenario
SCENARIO = ("closed", "opened", "moved", "whose", "reach")
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
