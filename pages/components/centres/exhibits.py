"""What can be taken away of the page Centres over time: the map, what changed, counts, and every site."""

from operator import itemgetter

import pandas as pd

from data_loaders.sites import BEFORE, TABLE
from geo.access.history import GONE, NEW, TYPES
from pages.components.centres import charts, text
from pages.components.data import access, centres, edition, figures, scenario
from pages.components.exhibits.kinds import ExhibitKind, plain
from pages.components.near_me.text import KINDS as TYPE_NAMES
from pages.components.state.view import View
from pages.components.text import citations, columns, dates, grammar
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Measure, Table

TABLES = (TABLE, BEFORE)
CAUTION = f"{text.OUT_OF_DATE} {text.MAY}"
DAY = Column("register_day", "Day of the register", Kind.NOTE)
SINCE = Column("since", "Compared with the register of", Kind.NOTE)
CAVEAT = Column("caveat", "Before you quote it", Kind.NOTE)
SITE = (
    Column("urn", "Number in the register (URN)", Kind.IDENTIFIER),
    Column("area_code", "Area code", Kind.IDENTIFIER),
    Column("authority", "Borough", Kind.NAME),
    Column("name", "Site", Kind.NAME),
    Column("type_name", "Type", Kind.CATEGORY),
    Column("postcode", "Postcode", Kind.TEXT),
    Column("stands", "Stands in", Kind.CATEGORY),
    Column("easting", "Easting of its postcode", Kind.NUMBER, Measure("metres")),
    Column("northing", "Northing of its postcode", Kind.NUMBER, Measure("metres")),
    Column("open_date", "Date opened", Kind.PERIOD),
)
SEEN = (
    Column("first_seen", "First listed in a file held", Kind.PERIOD),
    Column("last_seen", "Last listed in a file held", Kind.PERIOD),
)
CHANGE = Column("kind", "Change", Kind.CATEGORY)
TOLD = Column("told", "As registered", Kind.TEXT)
BY_BOROUGH_COLUMNS = (
    Column("area_code", "Area code", Kind.IDENTIFIER),
    Column("borough", "Borough", Kind.NAME),
    Column("then_designated_centres", "Centres then", Kind.NUMBER),
    Column("now_designated_centres", "Centres", Kind.NUMBER),
    Column("then_linked_sites", "Linked sites then", Kind.NUMBER),
    Column("now_linked_sites", "Linked sites", Kind.NUMBER),
    Column(GONE, "No longer listed", Kind.NUMBER),
    Column(NEW, "Newly listed", Kind.NUMBER),
)


@edition.once_for(*centres.ASKED)
def headline(view: View) -> str:
    """What is listed on the day of the view, and what has come and gone since the other."""
    return text.headline(centres.compared(view), view.sites, scenario.scope_name(view))


@edition.once_for(*centres.ASKED)
def findings(view: View) -> list[str]:
    """What has changed, in sentences."""
    return text.findings(centres.compared(view), len(centres.places(view)))


def held() -> str:
    """Which days of the register there are, and what it can say."""
    days = centres.register().days
    said = {"first": dates.say_day(days[0]), "last": dates.say_day(days[-1])}
    return text.HELD.format(number=text.sentence(grammar.say_number(len(days))), **said)


@edition.once_for(*centres.ASKED)
def by_borough(view: View) -> Table:
    """The counts of each borough that is looked at; of one day alone where it is compared with none."""
    found, codes = centres.compared(view), centres.places(view)
    names = {code: name for code, name in sorted(access.names().items(), key=itemgetter(1)) if code in codes}
    table = Table(text.by_borough(found, names), BY_BOROUGH_COLUMNS)
    if view.sites != View.sites:
        others = [kind for kind in TYPES if kind != view.sites]
        table = table.without(*(f"{when}_{kind}" for when in ("then", "now") for kind in others))
    if not found.has_two_days:
        return table.without(*(f"then_{kind}" for kind in TYPES), GONE, NEW)
    return table


def changes(view: View) -> Table:
    """The changes with all that is held of the sites concerned."""
    found = centres.compared(view).changes
    told = [text.sentence(text.when(row)) for row in found.to_dict("records")]
    rows = _described(found).assign(kind=found["change"].map(text.KIND_NAMES), told=told)
    return Table(rows, (CHANGE, *SITE, *SEEN, TOLD))


def every_site(view: View) -> Table:
    """Every site that the register lists on the day."""
    return Table(_described(centres.compared(view).now), (*SITE, *SEEN))


def hubs(view: View) -> pd.DataFrame:
    """The family hubs that the map shows, with the name of their authority; none without a list."""
    found = centres.hubs(view)
    if found is None:
        return pd.DataFrame(columns=["name", "authority", "area_code", "easting", "northing"])
    return found.sites.assign(authority=found.sites["area_code"].map(access.names()))


def say_hubs(view: View) -> str:
    """What list the hubs on the map are of, and who is not in it; empty where none is there."""
    found = centres.hubs(view)
    if found is None:
        return ""
    names = {code: name for code, name in access.names().items() if code in centres.places(view)}
    return text.hubs(found.day, found.sites, names, scenario.scope_name(view))


def _with_hubs(view: View) -> Table:
    """Every site of the map, and the hubs: they have no number, type or date of the register."""
    rows, shown = every_site(view).rows, hubs(view)
    if shown.empty:
        return Table(rows, (*SITE, *SEEN))
    own = shown.assign(type_name=text.HUB, stands=shown["stands_in"].map(access.names()).fillna(""))
    return Table(pd.concat([rows, own], ignore_index=True), (*SITE, *SEEN))


def _described(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        type_name=rows["type"].map(TYPE_NAMES), stands=rows["stands_in"].map(access.names()).fillna("")
    )


def _map(view: View, theme: str) -> Exhibit | None:
    found = centres.compared(view)
    if found.now.empty and found.changes.empty:
        return None
    shown_hubs = _placed_hubs(view)
    chosen = figures.london().borough_codes.get(view.borough, "")
    layout, places = figures.map_layout(), centres.places(view)
    return MAP.exhibit(
        view,
        title=headline(view),
        subtitle=_subtitle(view),
        **charts.picture(layout, found, shown_hubs, places, _labels(view), chosen, theme),
        remarks=[*_remarks(view), say_hubs(view)],
        stem=_stem(view, "centres_map"),
        numbers=lambda: _with_days(_with_hubs(view), view),
        **_map_sources(with_hubs=len(shown_hubs) > 0),
    )


@edition.once_for("sites", "ics", "borough")
def _labels(view: View) -> pd.DataFrame:
    """Where names stand whichever days are compared: clear of what has ever been or changed, if they can.

    Else they would jump from day to day.
    """
    return charts.labels(
        figures.map_layout(), centres.compared(view), _placed_hubs(view), centres.places(view)
    )


def _placed_hubs(view: View) -> pd.DataFrame:
    """The hubs whose place is known."""
    found = hubs(view)
    return found[found["easting"].notna()]


def _changes(view: View, theme: str) -> Exhibit | None:
    return None if centres.compared(view).changes.empty else _table(CHANGES, view, changes(view))


def _by_borough(view: View, theme: str) -> Exhibit | None:
    return _table(BY_BOROUGH, view, by_borough(view))


def _sites(view: View, theme: str) -> Exhibit | None:
    return None if centres.compared(view).now.empty else _table(SITES, view, every_site(view))


def _table(kind: ExhibitKind, view: View, table: Table) -> Exhibit:
    return kind.exhibit(
        view,
        title=headline(view),
        subtitle=_subtitle(view),
        remarks=_remarks(view),
        stem=_stem(view, kind.key),
        numbers=lambda: _with_days(table, view),
        **_sources(),
    )


def _subtitle(view: View) -> str:
    _, what = text.NOUNS[view.sites]
    found = centres.compared(view)
    since = f", compared with {dates.say_day(found.since)}" if found.has_two_days else ""
    vintage = figures.london().vintages[view.vintage]
    ics = f"ICSs as of {vintage.since}" if view.scope else "not by ICS"
    registered = f"{text.sentence(what)} as registered on {dates.say_day(found.day)}{since}"
    return f"{registered} · entries can be out of date · {ics}"


@edition.once_for(*centres.ASKED)
def _remarks(view: View) -> list[str]:
    found = centres.compared(view)
    return [
        *findings(view),
        CAUTION,
        text.stands_elsewhere(found.now, access.names()),
        text.not_on_map(found.now),
    ]


def _stem(view: View, of: str) -> str:
    """The name of a file: what it is of, where, and both days."""
    place = plain(scenario.scope_name(view) or "london")
    sites = [view.sites] if view.sites != View.sites else []
    found = centres.compared(view)
    since = ["since", found.since] if found.has_two_days else []
    return "_".join([of, *sites, place, found.day, *since]).lower()


def _with_days(table: Table, view: View) -> Table:
    """A table for files, with the days in each row."""
    found = centres.compared(view)
    since = {SINCE: found.since} if found.has_two_days else {}
    return table.with_same({DAY: found.day} | since | {columns.STATUS: "as registered", CAVEAT: CAUTION})


def sources(with_hubs: bool = False) -> tuple[str, ...]:
    """The tables that the page is drawn from."""
    named = (*TABLES, access.POSTCODES)
    return access.with_hubs(named) if with_hubs else named


def _sources() -> dict:
    return {"sources": access.sources(sources()), "also": sources()}


def _map_sources(with_hubs: bool) -> dict:
    named = sources(with_hubs)
    said = [citations.boundary_line(figures.boundary_source())]
    return {"sources": access.sources(named), "also": named, "said_sources": said}


NOTHING = "The register lists no such site there."
MAP = ExhibitKind(
    "centres_map",
    "centres",
    "Map of the register",
    _map,
    NOTHING,
    "Map of London's children's centres and linked sites as registered.",
    "The sentences above and the tables below have its numbers.",
    parts=centres.ASKED,
)
CHANGES = ExhibitKind(
    "centres_changes",
    "centres",
    "What changed",
    _changes,
    "Nothing changed between these days.",
    parts=centres.ASKED,
)
BY_BOROUGH = ExhibitKind(
    "centres_by_borough", "centres", "By borough", _by_borough, NOTHING, parts=centres.ASKED
)
SITES = ExhibitKind("centres_sites", "centres", "Every site", _sites, NOTHING, parts=centres.ASKED)
KINDS = (MAP, CHANGES, BY_BOROUGH, SITES)
