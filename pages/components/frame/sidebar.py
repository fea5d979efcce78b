"""The controls of the view in the sidebar."""

from collections.abc import Sequence

import streamlit as st

from data_loaders.catalogue import Indicator
from geo.tables.london import London
from geo.tables.offered import listed_name, offered
from pages.components.state.controls import keep, select
from pages.components.state.session import ask
from pages.components.state.view import ALL_LONDON, LAYOUTS, View, class_methods, has_map
from pages.components.text import words

ALL_SUBJECTS = "All subjects"
# more periods than this are chosen by their year first
MOST_PERIODS = 24
_YEAR = "control_year"
_SUBJECT = "control_subject"


def draw(view: View, london: London, draws_map: bool, has_indicator: bool = True) -> None:
    """Draw the controls: those of the indicator and of the map only where there is one."""
    indicator = london.catalogue.indicators[view.indicator]
    methods = class_methods(view, london)
    # where no borough has a figure there is nothing to draw
    draws_map &= not has_indicator or has_map(view, london)
    ics_names = {ALL_LONDON: "All London", **london.ics_names[view.vintage]}
    with st.sidebar:
        if has_indicator:
            _draw_indicator(view, london)
        select(
            "ics",
            "Integrated care system (ICS)",
            ics_names,
            view.ics,
            help="The NHS, councils and others plan services for the boroughs of an ICS together.",
        )
        select(
            "borough",
            "Borough",
            {"": "None", **{name: name for name in london.borough_codes}},
            view.borough,
            help="Marks the borough on the map, in the ranking and in the table. RBKC and the like will do.",
            takes_other_names=True,
        )
        if draws_map:
            select("layout", "Draw as", LAYOUTS, view.layout)
        # categories have no classes, and totals are circles
        if draws_map and has_indicator and not indicator.categories and not indicator.is_total:
            select(
                "classes",
                "Colour by",
                methods,
                view.classes,
                help="How values are put into classes of one colour. Comparing with London needs intervals, "
                "which only some indicators have.",
            )
        if indicator.kind == "opinion" and has_indicator:
            # the survey of the report is shown within the ICSs that the report knew
            return
        select(
            "vintage",
            "ICS boundaries",
            {vintage.vintage: vintage.name for vintage in london.vintages.values()},
            view.vintage,
            help=words.say_ics_changes(london),
        )


def _draw_indicator(view: View, london: London) -> None:
    """The controls of the subject, the indicator and the period."""
    indicator = london.catalogue.indicators[view.indicator]
    subject = _choose_subject(indicator, london)
    listed = [i for i in offered(london) if subject in (i.domain, ALL_SUBJECTS)]
    select(
        "indicator",
        "Indicator",
        {i.indicator_id: listed_name(london, i) for i in listed},
        view.indicator,
        help="Click and type to search. Choose all subjects to search among all indicators.",
    )
    periods = london.periods[view.indicator]
    if len(periods) > MOST_PERIODS:
        periods = _choose_year(view.period, periods)
    if len(london.periods[view.indicator]) > 1:
        said = {period: words.say_period(period, indicator) for period in periods}
        select("period", "Period", said, view.period)


def _choose_year(period: str, periods: Sequence[str]) -> list[str]:
    """A control of the year, whose newest period is then shown; the periods of the year that is looked at."""
    years = by_year(periods)
    (year,) = (year for year, own in years.items() if period in own)
    keep(_YEAR, year)
    st.selectbox("Year", list(years), key=_YEAR, on_change=_year_changed, args=(years,))
    return years[year]


def _year_changed(years: dict[str, list[str]]) -> None:
    ask(period=years[st.session_state[_YEAR]][0])


def by_year(periods: Sequence[str]) -> dict[str, list[str]]:
    """Periods by the year that they begin with, in their order, which is the latest first."""
    years: dict[str, list[str]] = {}
    for period in periods:
        years.setdefault(period[:4], []).append(period)
    return years


def _choose_subject(indicator: Indicator, london: London) -> str:
    """The subject whose indicators are offered: that of the indicator, unless all were asked for."""
    subjects = dict.fromkeys(i.domain for i in offered(london))
    if st.session_state.get(_SUBJECT) != ALL_SUBJECTS:
        keep(_SUBJECT, indicator.domain)
    st.selectbox(
        "Subject", [*subjects, ALL_SUBJECTS], key=_SUBJECT, on_change=_subject_changed, args=(london,)
    )
    return st.session_state[_SUBJECT]


def _subject_changed(london: London) -> None:
    subject = st.session_state[_SUBJECT]
    of_subject = [i.indicator_id for i in offered(london) if i.domain == subject]
    if of_subject:
        ask(indicator=of_subject[0])
