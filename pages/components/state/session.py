"""The view of a session, kept in step with the link.

The view lives in the session; the link is written from it. A link that the app has not written itself (a cold
start, the browser's back button) becomes the view. Streamlit's own binding of widgets to the link is not
used: it would write the labels of the indicators instead of their ids, and drop what it does not know
without a word.
"""

from collections.abc import Callable
from dataclasses import asdict

import streamlit as st

from geo.tables.london import London
from pages.components.state import keys, tour
from pages.components.state.view import View, as_reported, parts_of_view
from pages.components.text import markdown, vintages


def current_view() -> View:
    """The view that a page shows: as it was chosen, but within its own ICSs for the report's survey."""
    return st.session_state[keys.VIEW_SHOWN]


def _chosen() -> View:
    """The view of this session, as it was chosen."""
    return st.session_state[keys.VIEW]


def ask(**changes: str) -> None:
    """Ask for another view, for callbacks: the next run shows it, whatever link it comes with.

    Without changes it asks for the view as it is. Whoever presses a button right after a choice does so on a
    page whose address in the browser may still be the one from before, which is no new link.
    """
    if st.session_state.get(keys.VIEW_ALONE):
        return
    asked = st.session_state.get(keys.VIEW_ASKED) or asdict(_chosen())
    st.session_state[keys.VIEW_ASKED] = asked | changes


def ask_alone(**changes: str) -> None:
    """Ask for another view, whatever controls tell in the same message.

    A browser that has not drawn the page anew yet tells what its controls stood at before: no choice.
    """
    st.session_state[keys.VIEW_ASKED] = asdict(_chosen()) | changes
    st.session_state[keys.VIEW_ALONE] = True


def visit(page: str, **changes: str) -> None:
    """Ask for another page, by its address, and for its view; the frame goes there (navigation.follow)."""
    st.session_state[keys.PAGE_ASKED] = page
    ask(**changes)


def visit_alone(page: str, **changes: str) -> None:
    """The same, whatever controls tell in the same message: see ask_alone."""
    st.session_state[keys.PAGE_ASKED] = page
    ask_alone(**changes)


def lead(page: str, view: View) -> dict[str, str]:
    """Note that the server leads to another page, by its address; the link of the view there.

    The address of this page stays what it was: the way back leads where one was.
    """
    st.session_state[keys.VIEW_LEFT] = page, st.session_state.get(keys.VIEW_LINK)
    link = st.session_state[keys.VIEW_LINK] = _link(view)
    return link


def _is_behind(given: dict[str, str]) -> bool:
    """Whether a browser that was led to this page still tells the link that was left: it has two messages to
    read, and may speak between them. That is no new link.
    """
    page, link = st.session_state.get(keys.VIEW_LEFT) or (None, None)
    if page == st.session_state.get(keys.PAGE):
        return given == link
    st.session_state.pop(keys.VIEW_LEFT, None)
    return False


def settle_view(london: London, is_new_edition: bool = False, reads_link: bool = True) -> View:
    """Settle what is looked at: what a control asked for, else a link that is new, else what was there.

    In a new edition of the figures, what was there is looked for again: a period may have gone. A page whose
    link is no view leaves it as it was.
    """
    asked = st.session_state.pop(keys.VIEW_ASKED, None)
    st.session_state.pop(keys.VIEW_ALONE, None)
    given = st.query_params.to_dict() if reads_link else {}
    given = st.session_state[keys.VIEW_LINK] if given and _is_behind(given) else given
    is_new_link = given != st.session_state.get(keys.VIEW_LINK) and bool(given)
    if asked is not None and asked["indicator"] != _chosen().indicator:
        # another indicator has periods of its own: the latest, unless it has the same one
        periods = london.periods[asked["indicator"]]
        asked = {name: value for name, value in asked.items() if name != "period" or value in periods}
        # and what is within reach of one is not within that of another
        asked.pop("target", None)
    if asked is None and (is_new_link or keys.VIEW not in st.session_state):
        asked = st.session_state[keys.VIEW_LINK] = given
        tour.settle(given, london)
    if asked is None and is_new_edition:
        asked = _chosen().to_params()
    if asked is not None:
        st.session_state[keys.VIEW], notes = View.from_params(asked, london)
        remarks = vintages.remarks(parts_of_view(asked), _chosen().vintage, london)
        # a page says it of those parts that it shows
        st.session_state[keys.VIEW_READ] = parts_of_view(asked) if notes or remarks else {}
    if not given and reads_link:
        # another page, or a first visit: written now, the page and its link are one step of the history
        write_link(_chosen())
    st.session_state[keys.VIEW_SHOWN] = as_reported(_chosen(), london)
    return _chosen()


def write_link(view: View) -> None:
    """Put the view into the address, so that copying it or going back brings the view back.

    The address that came with somebody's second choice may be the one from before the first; the one in the
    browser is then that which was written last.
    """
    link = _link(view)
    if not st.query_params.to_dict() == link == st.session_state.get(keys.VIEW_LINK):
        st.query_params.from_dict(link)
    st.session_state[keys.VIEW_LINK] = link


def _link(view: View) -> dict[str, str]:
    """What the address of a view says, with the tour."""
    return view.to_params() | tour.to_params(tour.steps())


def say_what_a_link_got_wrong(london: London, is_shown: Callable[[str], bool]) -> None:
    """One warning for each part of a link that is shown here and could not be followed."""
    if read := _read():
        _, notes = View.from_params({part: read[part] for part in read if is_shown(part)}, london)
        for note in notes:
            st.warning(markdown.verbatim(note), icon=":material/link_off:")


def say_what_a_link_means(london: London, is_shown: Callable[[str], bool]) -> None:
    """Which ICS boundaries an old link means, and what became of an ICS that ended, where they are shown."""
    if is_shown("vintage"):
        read = {part: value for part, value in _read().items() if part != "ics" or is_shown(part)}
        for remark in vintages.remarks(read, _chosen().vintage, london):
            st.info(remark, icon=":material/history:")


def _read() -> dict[str, str]:
    """The parts of the link that was followed, if there is anything to say of it."""
    read: dict[str, str] = st.session_state[keys.VIEW_READ]
    return read
