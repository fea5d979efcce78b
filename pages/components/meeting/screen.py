"""The screen of a meeting: one picture of 1920 by 1080, scaled to the window, and keys to go on.

What moves the view is asked of the server; what does not (map or ranking, blank, help, the mark around a
borough) happens in the browser at once, and goes on when the connection is lost.
"""

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from geo.tables.london import London
from geo.tables.offered import listed_name
from pages.components.charts import choropleth, palette
from pages.components.charts import ranking as charts_ranking
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import drawing, of_view
from pages.components.map import exhibits as map_exhibits
from pages.components.notes import reviews
from pages.components.state import browser, keys, session
from pages.components.state import tour as state_tour
from pages.components.state.view import ALL_LONDON, View
from pages.components.text import citations, words

_HALF_KEYS = ("ranking_first_half", "ranking_second_half")
_WIDTH = 1860
# lines around a marked borough for the end of a room: colour and width in pixels
_SPOTLIGHT = [(palette.CASING, 15), (palette.HIGHLIGHT[0][0], 11), (palette.HIGHLIGHT[1][0], 7)]
# what a key may change
_MOVES = ("ics", "indicator", "period", "meeting")
_ALL_OF_IT = "Titles, dates and licences: key /."
_STYLE = f"<style>{Path(__file__).with_name('meeting.css').read_text(encoding='utf-8')}</style>"
_KEYS = browser.component(__file__, "meeting", "meeting_keys")


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
                _show_map(picture, view)
        else:
            with st.container(key="meeting_only"):
                reviews.show_what_there_is(view, picture)
        if picture.is_ranked:
            with st.container(key="meeting_ranking"):
                _show_ranking_in_halves(picture)
        with st.container(key="meeting_foot"):
            publisher = figures.boundary_source().publisher
            boundaries = f"Boundaries: {publisher}." if _is_on_land(view, picture) else ""
            short = [citations.publishers(picture.sources), boundaries, _ALL_OF_IT]
            st.markdown(" ".join(filter(None, [*picture.remarks, *short])))
    _KEYS(
        key=keys.MEETING,
        data=_known_to_keys(view, london, picture),
        on_wanted_change=_move,
        on_left_change=_leave,
    )


def _is_on_land(view: View, picture: IndicatorView) -> bool:
    """Whether the boroughs are drawn in their own shapes, which are somebody's."""
    return view.layout == "map" and picture.has_boroughs


def _sources(view: View, picture: IndicatorView) -> list[str]:
    """A line for each source of what is on the screen, with the attribution that it asks for."""
    lines = citations.source_lines(picture.sources, figures.embedded())
    boundaries = citations.boundary_line(figures.boundary_source())
    return [*lines, boundaries] if _is_on_land(view, picture) else lines


def _show_map(picture: IndicatorView, view: View) -> None:
    """The map, or the tile grid, with its legend."""
    layout, theme = figures.layout_of(view), of_view.theme()
    drawn = choropleth.specification(layout, picture.rows, view.vintage, theme, "meeting")
    kind = map_exhibits.MAP
    drawing.put(_fixed(drawn, _WIDTH), picture.map_data, kind.key, kind.alt, clickable=True)


def _show_ranking_in_halves(picture: IndicatorView) -> None:
    """The authorities from the highest to the lowest, in two charts, so that a whole room can read them."""
    drawn = _fixed(charts_ranking.specification(of_view.theme(), "meeting"), _WIDTH // 2 - 30)
    halves = charts_ranking.halves(picture.chart_data)
    for column, key, half in zip(st.columns(2), _HALF_KEYS, halves, strict=True):
        with column:
            drawing.put(drawn, half, key, map_exhibits.RANKING.alt, clickable=True)


def _fixed(drawn: dict, width: int) -> dict:
    """A drawing of so many pixels: the screen of a meeting is scaled as a whole, so no width is asked for."""
    return drawn | {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}


def _known_to_keys(view: View, london: London, picture: IndicatorView) -> dict:
    """What the keys go round in, what typing finds, and where the tour is."""
    indicators = london.catalogue.indicators
    names = {ALL_LONDON: "All London", **london.ics_names[view.vintage]}
    ranked = [i.indicator_id for i in london.by_borough] + [view.indicator]
    return {
        "view": {name: getattr(view, name) for name in _MOVES},
        "ics": list(names.items()),
        "indicator": [(name, listed_name(london, indicators[name])) for name in dict.fromkeys(ranked)],
        "period": _periods(london, picture),
        "boroughs": [
            {"name": name, "said": f"{value}, {rank}" if rank else value}
            for name, value, rank in zip(
                *(picture.rows[column] for column in ("area_name", "value_text", "rank_text")), strict=True
            )
        ],
        "ranked": picture.is_ranked,
        "sources": _sources(view, picture),
        "spotlight": _SPOTLIGHT,
        "tour": [
            {name: getattr(state_tour.as_in_meeting(step), name) for name in _MOVES}
            for step in state_tour.views()
        ],
        "at": state_tour.place(view),
        "answered": st.session_state.get(keys.MEETING_ANSWERED, 0),
    }


def _periods(london: London, picture: IndicatorView) -> list[tuple[str, str]]:
    """The periods of the indicator from the oldest, each with what it is called."""
    indicator = picture.indicator
    newest_first = london.periods[indicator.indicator_id]
    return [(period, words.period_label(period, indicator)) for period in reversed(newest_first)]


def _move() -> None:
    """Go where the keys have led: to a view of the tour, and from there to an ICS or an indicator."""
    wanted = st.session_state[keys.MEETING].wanted
    st.session_state[keys.MEETING_ANSWERED] = wanted["serial"]
    at = wanted.get("tour")
    if at is not None and at < len(state_tour.views()):
        session.ask(**asdict(state_tour.go_to(at)))
    session.ask(**{name: wanted[name] for name in _MOVES if name in wanted})


def _leave() -> None:
    session.ask(meeting="")
