"""The filters of a page, in one line above it."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_loaders.catalogue import Indicator
from data_loaders.within import ALL_SITES, DESIGNATED, METRES_A_MINUTE, Within, minutes
from geo.access.indicators import ALL, WITHOUT_DISTANCE
from geo.tables.london import London
from geo.tables.offered import offered, searched_name
from pages.components.data import figures, small_areas
from pages.components.data.edition import once
from pages.components.exhibits.kinds import APP
from pages.components.frame import search
from pages.components.frame.navigation import Page
from pages.components.state import heard, keys
from pages.components.state.controls import keep, select
from pages.components.state.part import part
from pages.components.state.session import ask
from pages.components.state.view import ALL_LONDON, AREAS, LAYOUTS, REACHES, View, class_methods, has_map
from pages.components.text import dates

# more periods than this are chosen by their year first
MOST_PERIODS = 24


PURPOSE = "Early years by borough"


def places() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Say what the app is, and offer to find things; where a panel may stand, and the line for filters.

    Both are drawn after the page, because the map takes the browser longer than they do.
    """
    beside = st.container(horizontal=True, vertical_alignment="center", key=keys.PURPOSE)
    with beside:
        st.markdown(f"**{APP}** · {PURPOSE}", width="content")
        search.draw()
    return beside, st.container(horizontal=True, vertical_alignment="bottom", key=keys.FILTERS)


def draw(view: View, london: London, page: Page) -> None:
    """Draw what the page follows of the view in one line, and behind *Display* what is set once."""
    has_indicator = "indicator" in page.asks
    indicator = london.catalogue.indicators[view.indicator] if has_indicator else None
    if has_indicator:
        _draw_indicator(view, london)
    if "ics" in page.asks:
        ics_names = {ALL_LONDON: "All London", **london.ics_names[view.vintage]}
        select("ics", "Integrated care system (ICS)", ics_names, view.ics)
    if "borough" in page.asks:
        boroughs = {"": "None", **{name: name for name in london.borough_codes}}
        select("borough", "Borough", boroughs, view.borough, takes_other_names=True)
    of_access = {*ALL} & {view.indicator, view.against if page.script == "lottery" else ""}
    # a page of places shows all figures, those of access among them, whichever is chosen
    shows_all = has_indicator and page.about in ("ics", "borough", "compared")
    has_distance = shows_all or of_access != {WITHOUT_DISTANCE}
    _offer_reach(view, has_indicator and bool(of_access), has_distance)
    # where no borough has a figure there is nothing to draw
    draws_map = page.draws_map and (indicator is None or has_map(view, london))
    # the survey of the report is shown within the ICSs that the report knew
    has_boundaries = "boundaries" in page.asks and (indicator is None or indicator.kind != "opinion")
    if draws_map or has_boundaries:
        with st.popover("Display", icon=":material/tune:", key=keys.DISPLAY):
            if draws_map:
                _draw_map(view, london, indicator)
            if shows_all and not of_access:
                st.markdown("**Access to centres**, among all figures")
                _draw_reach(view, has_distance)
            if has_boundaries:
                select(
                    "vintage",
                    "ICS boundaries",
                    {vintage.vintage: vintage.name for vintage in london.vintages.values()},
                    view.vintage,
                    help=figures.ics_changes(),
                )


@part
def _offer_reach(view: View, is_offered: bool, has_distance: bool) -> None:
    """What counts as within reach, where the page shows a figure of access."""
    if is_offered:
        with st.popover(_said_reach(view, has_distance), icon=":material/near_me:", key=keys.REACH_CHOSEN):
            _draw_reach(view, has_distance)


def _said_reach(view: View, has_distance: bool) -> str:
    """What counts as within reach, as it stands beside the filters."""
    if not has_distance:
        return "Designated only" if view.within.is_designated else "All sites"
    return f"{view.within.said}, designated" if view.within.is_designated else f"Within {view.within.said}"


@part
def _draw_reach(view: View, has_distance: bool) -> None:
    """The controls of what counts as within reach in figures of access."""
    if has_distance:
        ways = {reach: Within(int(reach)).said for reach in REACHES}
        select(
            "reach",
            "Centres within",
            {reach: f"{said}, {minutes(int(reach))} min" for reach, said in ways.items()},
            view.reach,
            help=f"In a straight line, at {METRES_A_MINUTE} metres a minute. It goes along to other pages.",
        )
    select(
        "sites",
        "Count",
        {ALL_SITES: "Designated centres and linked sites", DESIGNATED: "Designated centres only"},
        view.within.sites,
        help="Linked sites offer some services as part of another centre.",
    )


@part
def _draw_map(view: View, london: London, indicator: Indicator | None) -> None:
    """The controls of how the map is drawn; small areas are drawn in one way only."""
    if indicator and small_areas.figure_of(view):
        select("areas", "Areas", AREAS, view.areas)
        if small_areas.are_drawn(view):
            return
    select("layout", "Draw as", LAYOUTS, view.layout)
    # categories have no classes, and totals are circles
    if indicator and not indicator.categories and not indicator.is_total:
        select(
            "classes",
            "Colour by",
            class_methods(view, london),
            view.classes,
            help="How values are put into classes of one colour. Comparing with London needs intervals, "
            "which only some indicators have.",
        )


def _draw_indicator(view: View, london: London) -> None:
    """The controls of the indicator and the period."""
    indicator = london.catalogue.indicators[view.indicator]
    select(
        "indicator",
        "Indicator",
        _indicators(),
        view.indicator,
    )
    periods = london.periods[view.indicator]
    if len(periods) > MOST_PERIODS:
        periods = _choose_year(view.period, periods)
    if len(london.periods[view.indicator]) > 1:
        said = {period: dates.say_period(period, indicator) for period in periods}
        select("period", "Period", said, view.period)


@once
def _indicators() -> dict[str, str]:
    """What each indicator that is offered is found by."""
    london = figures.london()
    return {i.indicator_id: searched_name(london, i) for i in offered(london)}


def _choose_year(period: str, periods: Sequence[str]) -> list[str]:
    """A control of the year, whose newest period is then shown; the periods of the year that is looked at."""
    years = by_year(periods)
    (year,) = (year for year, own in years.items() if period in own)
    keep(keys.YEAR, year)
    st.selectbox(
        "Year",
        list(years),
        key=keys.YEAR,
        on_change=heard.control(keys.YEAR, lambda chosen: ask(period=years[chosen][0])),
    )
    return years[year]


def by_year(periods: Sequence[str]) -> dict[str, list[str]]:
    """Periods by the year that they begin with, in their order, which is the latest first."""
    years: dict[str, list[str]] = {}
    for period in periods:
        years.setdefault(period[:4], []).append(period)
    return years
