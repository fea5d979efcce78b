"""The exhibits of the page on one ICS, each as it can be taken away."""

from collections.abc import Sequence

import pandas as pd

from data_loaders.catalogue import Source
from geo.places.ics import most_changed
from geo.places.ics_course import IcsCourse, ics_courses
from geo.places.latest import all_places, of_systems
from geo.tables import marks
from geo.tables.london import LONDON, value_of
from geo.tables.origins import Origins, cited, origins_in
from pages.components.borders import sections as borders_sections
from pages.components.charts import systems as charts_systems
from pages.components.data import figures
from pages.components.data.edition import once, once_for
from pages.components.exhibits.kinds import FIGURE, ExhibitKind
from pages.components.state.view import View
from pages.components.text import caveats, cells, columns, dates, grammar
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table


@once_for("ics")
def subtitle(view: View) -> str:
    """How many boroughs, and by whose boundaries."""
    london = figures.london()
    members, since = london.members(view.vintage, view.scope), london.vintages[view.vintage].since
    return f"{len(members)} local authorities · ICS boundaries as of {since}"


@once_for("indicator", "period")
def systems_rows(view: View) -> pd.DataFrame | None:
    """The ICSs in the figure that is looked at; None for totals and where counts are missing."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    rows = of_systems(london, indicator, view.period, view.vintage)
    return None if indicator.aggregation != "ratio" or rows["value"].isna().all() else rows


@once
def courses(vintage: str, scope: str) -> list[IcsCourse]:
    """The figures of an ICS over time (geo.places.ics_course.ics_courses)."""
    return ics_courses(figures.london(), figures.overview_of(vintage, scope), vintage)


def course_rows(found: Sequence[IcsCourse]) -> list[pd.DataFrame]:
    """The origins of the values of an ICS over time, and of London's in the same periods."""
    shown = []
    for course in found:
        table = figures.london().figures_of(course.line.indicator.indicator_id)
        in_them = table["period"].isin(course.rows["period"]) & (table["area_code"] == LONDON)
        shown += [course.rows[["origins"]], table.loc[in_them, ["origins"]]]
    return shown


def page_rows(view: View) -> list[pd.DataFrame]:
    """The rows of all values on the page."""
    return [*_rows_of_all_figures(view.vintage, str(view.scope)), *_rows_of_figure(view)]


def _rows_of_all_figures(vintage: str, scope: str) -> list[pd.DataFrame]:
    """Of all figures: its boroughs now and before, itself over time, all ICSs, and all London's boroughs."""
    lines = figures.overview_of(vintage, scope)
    names = list(lines[0].boroughs["area_name"])
    latest = [line.latest for line in lines]
    return [
        *cells.rows(latest, names),
        *cells.systems(latest, list(figures.london().ics_names[vintage])),
        *(cells.before(change.latest, change.area_name) for change in most_changed(lines)),
        *course_rows(courses(vintage, scope)),
        *(line.compared for line in latest if line.indicator.polarity != "neither"),
    ]


def _rows_of_figure(view: View) -> list[pd.DataFrame]:
    """Of the figure that is looked at: the ICSs, London, and neighbours."""
    neighbours = borders_sections.rows(figures.border_pairs(view), figures.picture(view).place_table)
    return [*beside_london(view), neighbours]


@once_for("indicator", "period", "ics")
def page_sources(view: View) -> list[Source]:
    """The sources of page_rows()."""
    assert view.scope, "All London is no ICS"
    of_all = _origins_of_all_figures(view.vintage, view.scope)
    return cited(figures.london().catalogue, [*of_all, *origins_in(*_rows_of_figure(view))])


@once
def _origins_of_all_figures(vintage: str, scope: str) -> list[Origins]:
    """Where _rows_of_all_figures() come from: the same whichever figure is looked at."""
    return origins_in(*_rows_of_all_figures(vintage, scope))


def beside_london(view: View) -> list[pd.DataFrame]:
    """The rows of the ICSs in the figure that is looked at, and of London; nothing where there are none."""
    rows, table = systems_rows(view), figures.picture(view).place_table
    return [] if rows is None else [rows, table[table["area_code"] == LONDON]]


def period(view: View) -> str:
    """The period that is looked at, in words."""
    return dates.say_period(view.period, figures.picture(view).indicator)


def of_figure(view: View) -> str:
    """What the figure that is looked at is called, with its period."""
    return dates.with_period(figures.picture(view).indicator.label, period(view), "{} · {}")


def _systems(view: View, theme: str) -> Exhibit | None:
    rows = systems_rows(view)
    if rows is None:
        return None
    london = figures.london()
    picture = figures.picture(view)
    indicator = picture.indicator
    benchmark = value_of(picture.place_table, LONDON)
    chart = charts_systems.with_intervals(rows, benchmark, indicator, view.scope or "", theme)
    since = london.vintages[view.vintage].since
    return SYSTEMS.exhibit(
        view,
        title=picture.entitled(f"{indicator.label}, by ICS"),
        subtitle=f"{period(view)} · ICSs as of {since} · the broken line is London",
        chart=chart,
        remarks=[
            f"{name} is worked out without {grammar.list_names(left_out)}."
            for name, left_out in zip(rows["ics_name"], rows["left_out"], strict=True)
            if left_out
        ]
        + [
            f"{name} stands last, without a rank: its value is from fewer than three fifths of its boroughs."
            for name in rows.loc[rows["value"].notna() & ~rows["leads"], "ics_name"]
        ]
        + caveats.say_reasons(
            (name, period(view), reason)
            for name, reason in zip(rows["ics_name"], marks.reasons(rows, indicator), strict=True)
            if reason
        ),
        sources=figures.sources(*beside_london(view)),
        numbers=lambda: _table(view),
    )


def _table(view: View) -> Table:
    """The ICSs from the highest value, London and England."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    rows = all_places(london, indicator, view.period, view.vintage)
    of_ics = rows["area_type"] == "ics"
    systems = rows[of_ics].sort_values("value", ascending=False)
    wholes = rows[rows["area_type"].isin(["region", "country"])]
    table = columns.of_places(pd.concat([systems, wholes]), indicator, london.catalogue, columns.AREA)
    return table.without("ics_name", "rank_london")


def _all_figures(view: View, theme: str) -> Exhibit | None:
    if view.scope is None:
        return None
    name = figures.name_of_ics(view)
    latest = [line.latest for line in figures.footprint(view)]
    names = list(figures.footprint(view)[0].boroughs["area_name"])
    return ALL_FIGURES.exhibit(
        view,
        title=f"All figures of {name}",
        subtitle=f"Each at its latest period · {subtitle(view)}",
        remarks=cells.explained(latest, names),
        sources=figures.sources(*cells.rows(latest, names)),
        stem=f"{view.scope.lower()}_{view.vintage}_all_indicators",
        numbers=lambda: cells.table(latest, names, figures.london(), view.vintage, [str(view.scope)]),
    )


SYSTEMS = ExhibitKind(
    "icss",
    "ics",
    "ICSs side by side",
    _systems,
    "No value of an ICS can be given: the figure is a total, or comes without counts.",
    "The ICSs from the highest to the lowest value.",
    "The table below has every value.",
    parts=(*FIGURE, "ics"),
)
ALL_FIGURES = ExhibitKind(
    "ics_figures",
    "ics",
    "All figures of this ICS",
    _all_figures,
    "No ICS is chosen.",
    parts=("ics",),
    told_apart_by=(),
)
KINDS = (SYSTEMS, ALL_FIGURES)
