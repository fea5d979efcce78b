"""The view in the sidebar, kept in step with the link.

The view lives in the session; the link is written from it. A link that the app has not written itself (a cold
start, the browser's back button) becomes the view. Streamlit's own binding of widgets to the link is not
used: it would write the labels of the indicators instead of their ids, and drop what it does not know
without a word.
"""

from collections.abc import Sequence
from dataclasses import asdict

import streamlit as st

from data_loaders.catalogue import Indicator
from geo.join import London
from geo.offered import listed_name, offered
from pages.components import figures, tour, vintage_words, words
from pages.components.view import (
    ALL_LONDON,
    LAYOUTS,
    View,
    as_reported,
    class_methods,
    has_map,
    parts_of_view,
)

ALL_SUBJECTS = "All subjects"
# more periods than this are chosen by their year first
MOST_PERIODS = 24
_YEAR = "control_year"
_VIEW, _ASKED, _LINK, _NOTES, _SUBJECT = "view", "view_asked", "view_link", "view_notes", "control_subject"
_REMARKS = "view_remarks"


def current_view() -> View:
    """The view that a page shows: as it was chosen, but within its own ICSs for the report's survey."""
    return as_reported(_chosen(), figures.london())


def _chosen() -> View:
    """The view of this session, as it was chosen."""
    return st.session_state[_VIEW]


def ask(**changes: str) -> None:
    """Ask for another view, for callbacks: the next run shows it, whatever link it comes with.

    Without changes it asks for the view as it is. Whoever presses a button right after a choice does so on a
    page whose address in the browser may still be the one from before, which is no new link.
    """
    asked = st.session_state.get(_ASKED) or asdict(_chosen())
    st.session_state[_ASKED] = asked | changes


def settle_view(london: London, is_new_edition: bool = False, reads_link: bool = True) -> View:
    """Settle what is looked at: what a control asked for, else a link that is new, else what was there.

    In a new edition of the figures, what was there is looked for again: a period may have gone. A page whose
    link is no view leaves it as it was.
    """
    asked = st.session_state.pop(_ASKED, None)
    given = st.query_params.to_dict() if reads_link else {}
    is_new_link = given != st.session_state.get(_LINK) and bool(given)
    if asked is not None and asked["indicator"] != _chosen().indicator:
        # another indicator has periods of its own: the latest, unless it has the same one
        periods = london.periods[asked["indicator"]]
        asked = {name: value for name, value in asked.items() if name != "period" or value in periods}
        # and what is within reach of one is not within that of another
        asked.pop("target", None)
    if asked is None and (is_new_link or _VIEW not in st.session_state):
        asked = st.session_state[_LINK] = given
        tour.settle(given, london)
    if asked is None and is_new_edition:
        asked = _chosen().to_params()
    if asked is not None:
        st.session_state[_VIEW], st.session_state[_NOTES] = View.from_params(asked, london)
        said = vintage_words.remarks(parts_of_view(asked), _chosen().vintage, london)
        st.session_state[_REMARKS] = said
    if not given and reads_link:
        # another page, or a first visit: written now, the page and its link are one step of the history
        write_link(_chosen())
    return _chosen()


def write_link(view: View) -> None:
    """Put the view into the address, so that copying it or going back brings the view back.

    The address that came with somebody's second choice may be the one from before the first; the one in the
    browser is then that which was written last.
    """
    link = view.to_params() | tour.to_params(tour.views())
    if not st.query_params.to_dict() == link == st.session_state.get(_LINK):
        st.query_params.from_dict(link)
    st.session_state[_LINK] = link


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


def say_what_a_link_got_wrong() -> None:
    """One warning for each part of a link that could not be followed."""
    for note in st.session_state.get(_NOTES, []):
        st.warning(note, icon=":material/link_off:")


def say_what_a_link_means() -> None:
    """Which ICS boundaries an old link means, and what became of an ICS that ended."""
    for remark in st.session_state.get(_REMARKS, []):
        st.info(remark, icon=":material/history:")


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


def select(
    field: str,
    label: str,
    options: dict[str, str],
    value: str,
    help: str | None = None,
    takes_other_names: bool = False,
) -> None:
    """A control of one field of the view; `options` gives a name to each value.

    With `takes_other_names` a value may be typed that is none of the options, for the view to understand.

    A page may have controls of its own, for what only it shows: they are in its link as well.
    """
    key = f"control_{field}"
    named = f"{key}_name"
    if value == st.session_state.get(key) and st.session_state.get(named, options[value]) != options[value]:
        # the browser keeps the name that it has for a value, until it is given the value again
        st.session_state[key] = value
    st.session_state[named] = options[value]
    keep(key, value)
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda option: options.get(option, option),
        on_change=_changed,
        args=(field, key),
        help=help,
        accept_new_options=takes_other_names,
    )


def keep(key: str, value: object) -> None:
    """Give a control the value that the view has.

    Only where it differs: a value that is set goes to the browser, and would undo what is chosen meanwhile.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def switch(field: str, label: str, view: View, help: str | None = None) -> None:
    """A control of a field of the view that is "yes" or "no"."""
    key = f"control_{field}"
    keep(key, getattr(view, field) == "yes")
    st.toggle(label, key=key, on_change=_switched, args=(field, key), help=help)


def _changed(field: str, key: str) -> None:
    ask(**{field: st.session_state[key]})


def _switched(field: str, key: str) -> None:
    ask(**{field: "yes" if st.session_state[key] else "no"})
