"""The parts of the page Centres over time: the days, the map, what changed, and what is listed where."""

from dataclasses import replace

import streamlit as st

from pages.components.centres import exhibits, text
from pages.components.charts import plain_table
from pages.components.data import access, centres, figures
from pages.components.exhibits import drawing, of_view, take_away
from pages.components.notes import sources as notes_sources
from pages.components.state import controls, heard, keys, session
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import citations, markdown

# what leads to the counts of 2010
BEFORE = "change_designated_since_2010"


@part
def choose(view: View) -> None:
    """The two days of the register, and which of its sites."""
    shown, days = centres.settled(view), centres.register().days
    for asked, given in ((view.day, shown.day), (view.since, shown.since)):
        if problem := text.not_held(asked, given):
            st.warning(problem, icon=":material/event_busy:")
    controls.keep(keys.DAYS, (shown.since, shown.day))
    sliding, choosing = st.columns([3, 2], gap="large")
    sliding.select_slider(
        "Days of the register: compared with, and shown",
        days,
        # that it has two ends: where they are, the session says
        value=(days[0], days[-1]),
        key=keys.DAYS,
        format_func=text.short_day,
        on_change=heard.control(keys.DAYS, lambda ends: session.ask(since=ends[0], day=ends[1])),
        help="The right end is the day that is shown, the left end the day that it is compared with. With "
        "both at one place that day is shown alone.",
    )
    controls.keep(keys.SITES, view.sites)
    choosing.segmented_control(
        "Show",
        list(text.CHOICES),
        key=keys.SITES,
        format_func=text.CHOICES.__getitem__,
        required=True,
        on_change=heard.control(keys.SITES, lambda sites: session.ask(sites=sites)),
    )


@part
def show_map(view: View) -> None:
    """What the register lists and what changed, in words and on the map."""
    st.header(markdown.verbatim(exhibits.headline(view)), anchor=False)
    now = centres.compared(view).now
    in_words, on_map = st.columns([2, 3], gap="large")
    with in_words:
        st.info(f"**{text.OUT_OF_DATE}** {text.MAY}", icon=":material/edit_calendar:")
        st.markdown("\n".join(f"- {markdown.verbatim(sentence)}" for sentence in exhibits.findings(view)))
        remarks = (text.stands_elsewhere(now, access.names()), text.not_on_map(now), exhibits.say_hubs(view))
        for remark in remarks:
            if remark:
                st.markdown(f":small[{markdown.verbatim(remark)}]")
    with on_map:
        if exhibit := of_view.find(exhibits.MAP, view):
            drawing.show(exhibits.MAP, exhibit, view)
        else:
            st.markdown(exhibits.NOTHING)


@part
def show_changes(view: View) -> None:
    """What came, went and is listed as something else, entry by entry."""
    found = centres.compared(view)
    if not found.has_two_days:
        return
    st.header("What changed", anchor=False)
    if found.changes.empty:
        st.markdown("No entry has changed between these days.")
        return
    plain_table.show(text.listed(found.changes), "changes")
    take_away.tables(view, exhibits.CHANGES)


@part
def show_by_borough(view: View) -> None:
    """How many sites each borough lists on both days, and of one borough every site."""
    st.header("By borough", anchor=False)
    plain_table.show(exhibits.by_borough(view), "by_borough")
    now = centres.compared(view).now
    if view.borough and len(now):
        st.subheader(f"Every site that {view.borough} lists", anchor=False)
        plain_table.show(text.sites(now), "sites")
        _show_hubs(view)
    elif len(now):
        st.markdown("Choose a borough above to read its sites here, or take the list of all of them away.")
    take_away.tables(view, exhibits.BY_BOROUGH, exhibits.SITES)


def _show_hubs(view: View) -> None:
    hubs = exhibits.hubs(view)
    if len(hubs):
        st.subheader(f"Family hubs of {view.borough} in the department's list", anchor=False)
        plain_table.show(text.hubs_listed(hubs), "hubs")


def show_sources(view: View) -> None:
    """What of the register is held, what was before, and where it comes from."""
    st.header("What the register can say", anchor=False)
    st.markdown(exhibits.held())
    st.markdown(text.BEFORE_2016)
    st.page_link(
        "pages/map.py",
        label="Map: change in designated centres since 2010",
        icon=":material/map:",
        query_params=replace(view, indicator=BEFORE, period=figures.london().newest(BEFORE)).to_params(),
    )
    boundaries = citations.boundary_line(figures.boundary_source())
    notes_sources.show_lines(access.sources(exhibits.sources(centres.hubs(view) is not None)), boundaries)
