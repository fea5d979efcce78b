"""What one chooses on the page What if: centres that close, open and move, whose count, how far to walk."""

from functools import partial

import streamlit as st

from pages.components.data import access, figures, scenario
from pages.components.data.edition import once
from pages.components.near_me.text import how_far_to_walk, minutes, say_metres
from pages.components.state import controls, heard, keys, session
from pages.components.state.part import part
from pages.components.state.view import MOST_CLOSED, MOST_MOVED, MOST_OPENED, REACHES, View, borders_of
from pages.components.text import grammar
from pages.components.what_if import open_borders, text

WHICH = "Type a borough, a name or a postcode"


@once
def _labels() -> dict[str, str]:
    """What each open site of London is called, by its URN."""
    return text.labels(access.london_sites())


@part
def choose(view: View) -> None:
    """Which centres close, open and move, whose count, and how far somebody walks."""
    sites, inside = access.london_sites(), scenario.inside(view)
    names = _labels()
    nearby = set(sites.loc[sites["area_code"].isin(inside), "urn"]) if inside else set(names)
    if scope := scenario.scope_name(view):
        st.markdown(f":small[{text.NARROWED.format(place=grammar.inside(scope))}]")
    left, right = st.columns(2, gap="medium")
    with left:
        known = [urn for urn in view.closed.split(",") if urn in names]
        controls.keep(keys.CLOSED, known)
        st.multiselect(
            "Close",
            [urn for urn in names if urn in nearby or urn in known],
            format_func=names.__getitem__,
            key=keys.CLOSED,
            max_selections=MOST_CLOSED,
            placeholder=WHICH,
            filter_mode="contains",
            # on a phone no choice is cut
            wrap=True,
            # the first that is offered is what Enter takes
            select_all=False,
            on_change=heard.control(keys.CLOSED, lambda urns: session.ask(closed=",".join(urns))),
        )
    with right:
        postcodes = [postcode for postcode in view.opened.split(",") if postcode]
        controls.keep(keys.OPENED, postcodes)
        st.multiselect(
            "Open one at",
            postcodes,
            key=keys.OPENED,
            max_selections=MOST_OPENED,
            accept_new_options=True,
            select_all=False,
            wrap=True,
            placeholder="Type a postcode, such as E8 1EA",
            help="It is in the link of this page. Type the place that a centre might have, not your own.",
            on_change=heard.control(keys.OPENED, _opened),
        )
    _choose_moves(view, names, nearby)
    left, right = st.columns(2, gap="medium")
    with left:
        _choose_rule(view)
    with right:
        controls.keep(keys.REACH, view.reach)
        st.select_slider(
            "How far to walk",
            REACHES,
            key=keys.REACH,
            format_func=lambda reach: f"{say_metres(int(reach))}, {minutes(int(reach))} min",
            help=how_far_to_walk(int(View.reach)),
            on_change=heard.control(keys.REACH, lambda reach: session.ask(reach=reach)),
        )


def _choose_moves(view: View, names: dict[str, str], nearby: set[str]) -> None:
    """A centre and the postcode that it moves to, and those that have moved, each of which can be undone."""
    moves = [move for move in view.moved.split(",") if move]
    if moves:
        controls.keep(keys.MOVED, moves)
        st.multiselect(
            "Moved",
            moves,
            format_func=lambda move: _say_move(move, names),
            key=keys.MOVED,
            wrap=True,
            select_all=False,
            help="Take one out, and it is where it was.",
            on_change=heard.control(keys.MOVED, lambda moves: session.ask(moved=",".join(moves))),
        )
    if len(moves) == MOST_MOVED:
        return
    gone = {move.partition(" ")[0] for move in moves}
    with st.expander("Move a centre", icon=":material/move_location:"), st.form(keys.MOVE, border=False):
        left, right = st.columns(2, gap="medium")
        left.selectbox(
            "Which",
            [urn for urn in names if urn in nearby - gone],
            index=None,
            format_func=names.__getitem__,
            key=keys.MOVES,
            placeholder=WHICH,
            filter_mode="contains",
        )
        right.text_input(
            "To the postcode", key=keys.MOVES_TO, placeholder="Such as E8 1EA", autocomplete="off"
        )
        st.form_submit_button("Move it", icon=":material/move_location:", on_click=_moved, args=(moves,))


def _say_move(move: str, names: dict[str, str]) -> str:
    urn, _, postcode = move.partition(" ")
    # on a phone the beginning is what one reads
    return f"To {postcode}: {names.get(urn, urn)}"


def _moved(moves: list[str]) -> None:
    """One more that moves, or a sentence for what is missing."""
    urn, typed = st.session_state.get(keys.MOVES), st.session_state.get(keys.MOVES_TO, "").strip()
    answer = access.postcodes().find(typed)
    st.session_state[keys.OPENED_REFUSED] = text.refused([answer]) if urn and typed else [text.WHICH_MOVES]
    if urn and answer.place:
        session.ask(moved=",".join([*moves, f"{urn} {answer.place.postcode}"]))
        st.session_state[keys.MOVES], st.session_state[keys.MOVES_TO] = None, ""


def _choose_rule(view: View) -> None:
    """Whose centres count, and the border that is open where it is one."""
    controls.keep(keys.RULE, "border" if view.open_border else view.whose)
    st.radio(
        "Whose centres count",
        list(open_borders.RULES),
        key=keys.RULE,
        format_func=open_borders.RULES.__getitem__,
        on_change=heard.control(keys.RULE, partial(_rule_changed, view)),
    )
    if view.open_border:
        controls.keep(keys.OPEN_BORDER, view.whose)
        st.selectbox(
            "Border that is open",
            borders_of(figures.london()),
            key=keys.OPEN_BORDER,
            format_func=lambda pair: " and ".join(pair.split(",")),
            on_change=heard.control(keys.OPEN_BORDER, lambda pair: session.ask(whose=pair)),
        )


def _rule_changed(view: View, chosen: str) -> None:
    """Another rule; of borders first the one that matters most, of the chosen borough if there is one."""
    session.ask(whose=_border_to_begin_with(view) if chosen == "border" else chosen)


def _border_to_begin_with(view: View) -> str:
    pairs, names = scenario.by_border(view)[["one", "other"]], access.names()
    ranked = [text.pair_of(names[one], names[other]) for one, other in pairs.itertuples(index=False)]
    others = borders_of(figures.london())
    return next((pair for pair in [*ranked, *others] if view.borough in ("", *pair.split(","))), others[0])


def _opened(typed: list[str]) -> None:
    """What was typed, as postcodes are written; a sentence for what is none."""
    answers = [access.postcodes().find(each) for each in typed]
    st.session_state[keys.OPENED_REFUSED] = text.refused(answers)
    found = [answer.place.postcode for answer in answers if answer.place]
    session.ask(opened=",".join(dict.fromkeys(found)))
