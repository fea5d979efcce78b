"""The screen of a meeting: one picture of 1920 by 1080, scaled to the window, and keys to go on.

What moves the view is asked of the server; what does not (map or ranking, blank, help, the mark around a
borough) happens in the browser at once, and goes on when the connection is lost.
"""

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from geo.tables.london import London
from geo.tables.offered import listed_name
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.meeting import charts
from pages.components.notes import reviews
from pages.components.state import session
from pages.components.state import tour as state_tour
from pages.components.state.view import ALL_LONDON, View
from pages.components.text import citations

_HERE = Path(__file__).parent
_KEY, _ANSWERED = "meeting", "meeting_answered"
# what a key may change
_MOVES = ("ics", "indicator", "meeting")
_STYLE = f"<style>{(_HERE / 'meeting.css').read_text(encoding='utf-8')}</style>"
_KEYS = st.components.v2.component(
    "meeting",
    html=(_HERE / "meeting_keys.html").read_text(encoding="utf-8"),
    css=(_HERE / "meeting_keys.css").read_text(encoding="utf-8"),
    js=(_HERE / "meeting_keys.js").read_text(encoding="utf-8"),
)


def show(view: View, london: London) -> None:
    """Draw the picture of a view for a meeting, with its words, its sources and the keys."""
    picture = figures.picture(view)
    st.html(_STYLE)
    with st.container(key="meeting_stage"):
        with st.container(key="meeting_words"):
            st.markdown(picture.subtitle)
            st.title(picture.indicator.label, anchor=False)
            st.header(picture.headline, anchor=False)
        if picture.has_boroughs:
            with st.container(key="meeting_map"):
                charts.show_map(picture, view)
        else:
            with st.container(key="meeting_only"):
                reviews.show_what_there_is(view, picture)
        if picture.is_ranked:
            with st.container(key="meeting_ranking"):
                charts.show_ranking_in_halves(picture)
        with st.container(key="meeting_foot"):
            is_map = view.layout == "map" and picture.has_boroughs
            boundaries = [citations.boundary_line(figures.boundary_source())] if is_map else []
            cite = citations.by_licence if len(picture.sources) > 1 else citations.in_full
            sources = cite(picture.sources, figures.embedded())
            st.markdown(" ".join(filter(None, [*picture.remarks, sources, *boundaries])))
    _KEYS(key=_KEY, data=_known_to_keys(view, london, picture), on_wanted_change=_move, on_left_change=_leave)


def _known_to_keys(view: View, london: London, picture: IndicatorView) -> dict:
    """What the keys go round in, what typing finds, and where the tour is."""
    indicators = london.catalogue.indicators
    names = {ALL_LONDON: "All London", **london.ics_names[view.vintage]}
    ranked = [i.indicator_id for i in london.by_borough] + [view.indicator]
    return {
        "view": {name: getattr(view, name) for name in _MOVES},
        "ics": list(names.items()),
        "indicator": [(name, listed_name(london, indicators[name])) for name in dict.fromkeys(ranked)],
        "boroughs": [
            {"name": name, "said": f"{value}, {rank}" if rank else value}
            for name, value, rank in zip(
                *(picture.rows[column] for column in ("area_name", "value_text", "rank_text")), strict=True
            )
        ],
        "ranked": picture.is_ranked,
        "tour": [
            {name: getattr(state_tour.as_in_meeting(step), name) for name in _MOVES}
            for step in state_tour.views()
        ],
        "at": state_tour.place(view),
        "answered": st.session_state.get(_ANSWERED, 0),
    }


def _move() -> None:
    """Go where the keys have led: to a view of the tour, and from there to an ICS or an indicator."""
    wanted = st.session_state[_KEY].wanted
    st.session_state[_ANSWERED] = wanted["serial"]
    at = wanted.get("tour")
    if at is not None and at < len(state_tour.views()):
        session.ask(**asdict(state_tour.go_to(at)))
    session.ask(**{name: wanted[name] for name in _MOVES if name in wanted})


def _leave() -> None:
    session.ask(meeting="")
