"""The stage of a meeting: the screens of a page at 1920 by 1080, scaled to the window, and keys to go on.

What moves the view is asked of the server; what does not (which screen, blank, help, the mark around a
borough) happens in the browser at once, and goes on when the connection is lost.
"""

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from geo.tables.london import London
from geo.tables.offered import listed_name
from pages.components.charts import palette
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import drawing
from pages.components.meeting import code, pages, presenting
from pages.components.meeting.screens import Screen, Shown
from pages.components.notes import reviews
from pages.components.state import addresses, browser, heard, keys, session, tour as state_tour
from pages.components.state.view import ALL_LONDON, View
from pages.components.text import dates, grammar, markdown
from pages.exports.exhibit import ILLUSTRATIVE

# lines around a marked borough for the end of a room: colour and width in pixels
_SPOTLIGHT = [(palette.CASING, 15), (palette.HIGHLIGHT[0][0], 11), (palette.HIGHLIGHT[1][0], 7)]
# what a key may change
_MOVES = ("ics", "indicator", "period", "meeting")
# letters of a sentence from which on it is set smaller, and smaller still
_LONG, _LONGER = 135, 210
# letters of what stands below a picture in two lines, and of publishers; more is behind a key
_MOST_BELOW, _MOST_PUBLISHERS = 300, 160
_ALL_OF_IT = "In full: key\N{NO-BREAK SPACE}/."
_MORE = "What to know beside it, and sources in full: key\N{NO-BREAK SPACE}/."
_STYLE = f"<style>{Path(__file__).with_name('meeting.css').read_text(encoding='utf-8')}</style>"
_KEYS = browser.component(__file__, "meeting", "meeting_keys")


def show(page: str, view: View, london: London) -> None:
    """Draw the screens of a page for a meeting, and the keys."""
    picture, shown = figures.picture(view), pages.shown(page, view)
    st.html(_STYLE)
    with st.container(key="meeting_stage"):
        for place, screen in enumerate(shown.screens):
            with st.container(key=f"meeting_screen_{place}"):
                _show_screen(place, screen, view, picture)
        code.show(page, view, shown.screens)
    _KEYS(
        key=keys.MEETING,
        data=_known_to_keys(page, view, london, picture, shown),
        on_wanted_change=heard.part(keys.MEETING, "wanted", _move),
        on_left_change=heard.part(keys.MEETING, "left", lambda _: session.ask(meeting="")),
        on_presented_change=heard.part(keys.MEETING, "presented", _note_presenter),
    )


def _show_screen(place: int, screen: Screen, view: View, picture: IndicatorView) -> None:
    """A sentence, a picture and its sources in one line."""
    letters = len(screen.headline)
    length = "longer" if letters > _LONGER else "long" if letters > _LONG else "short"
    with st.container(key=f"meeting_words_{length}_{place}"):
        if screen.is_made_up:
            st.warning(f"**{ILLUSTRATIVE}.** They are nobody's.", icon=":material/science:")
        st.title(screen.headline.removeprefix(f"{ILLUSTRATIVE}. "), anchor=False)
        st.markdown(screen.about)
    if screen.pictures:
        with st.container(key=f"meeting_pictures_{place}"):
            _show_pictures(place, screen)
    elif not picture.has_boroughs:
        with st.container(key="meeting_only"):
            reviews.show_what_there_is(view, picture)
    with st.container(key=f"meeting_foot_{place}"):
        st.markdown(_below(screen))


def _show_pictures(place: int, screen: Screen) -> None:
    """Pictures side by side, each scaled as a whole."""
    left = 0
    for number, shown in enumerate(screen.pictures):
        key = f"meeting_picture_{place}_{number}"
        st.html(f"<style>.st-key-{key} {{ left: {left}px; scale: {shown.enlarged:.4f}; }}</style>")
        with st.container(key=key):
            drawing.put(shown.drawing, shown.rows, f"{key}_drawing", shown.alt, shown.clickable)
        left += shown.drawing["width"]


def _below(screen: Screen) -> str:
    """Whose figures they are, and the remarks, where they are short enough to be read."""
    remarks, whose = " ".join(filter(None, screen.remarks)), screen.publishers
    if len(whose) > _MOST_PUBLISHERS:
        whose = f"Sources: {grammar.say_number(whose.count(';') + 1)} publishers."
    if len(remarks) + len(whose) > _MOST_BELOW:
        return f"{whose} {_MORE}"
    return " ".join(filter(None, [remarks, whose, _ALL_OF_IT if screen.sources else ""]))


def _as_told(screen: Screen) -> dict[str, str | list[str]]:
    """What of a screen the keys know, as plain text."""
    return {
        "key": screen.key,
        "name": screen.name,
        "headline": markdown.unescaped(screen.headline),
        "about": markdown.unescaped(screen.about),
        "remarks": [*map(markdown.unescaped, filter(None, screen.remarks))],
        "sources": [*screen.sources],
    }


def _known_to_keys(page: str, view: View, london: London, picture: IndicatorView, shown: Shown) -> dict:
    """What the keys go round in, what typing finds, and where the tour is."""
    indicators = london.catalogue.indicators
    names = {ALL_LONDON: "All London", **london.ics_names[view.vintage]}
    ranked = [i.indicator_id for i in london.by_borough] + [view.indicator]
    rounds = {
        "ics": list(names.items()),
        "indicator": [(name, listed_name(london, indicators[name])) for name in dict.fromkeys(ranked)],
        "period": _periods(london, picture),
    }
    return {
        "view": {name: getattr(view, name) for name in _MOVES},
        "rounds": {name: steps if name in shown.rounds else [] for name, steps in rounds.items()},
        "screens": [*map(_as_told, shown.screens)],
        "boroughs": [borough._asdict() for borough in shown.boroughs],
        "spotlight": _SPOTLIGHT,
        "tour": [
            {name: getattr(state_tour.as_in_meeting(step).view, name) for name in _MOVES}
            for step in state_tour.steps()
        ],
        "at": state_tour.place(state_tour.Step(page, view)),
        "answered": st.session_state.get(keys.MEETING_ANSWERED, 0),
        "presenter": addresses.of_presenter(),
        # it takes a moment, and nobody reads it who has not opened the window
        "told": presenting.told(view, shown) if st.session_state.get(keys.MEETING_PRESENTED) else None,
    }


def _periods(london: London, picture: IndicatorView) -> list[tuple[str, str]]:
    """The periods of the indicator from the oldest, each with what it is called."""
    indicator = picture.indicator
    newest_first = london.periods[indicator.indicator_id]
    return [(period, dates.period_label(period, indicator)) for period in reversed(newest_first)]


def _note_presenter(is_there: bool) -> None:
    st.session_state[keys.MEETING_PRESENTED] = is_there


def _move(wanted: dict) -> None:
    """Go where the keys have led: to a step of the tour, and from there to an ICS or an indicator."""
    st.session_state[keys.MEETING_ANSWERED] = wanted["serial"]
    at = wanted.get("tour")
    if at is not None and at < len(state_tour.steps()):
        step = state_tour.go_to(at)
        session.visit(step.page, **asdict(step.view))
    session.ask(**{name: wanted[name] for name in _MOVES if name in wanted})
