"""Controls of the fields of the view: what is chosen asks for another view."""

from functools import partial

import streamlit as st

from pages.components.state import heard, keys
from pages.components.state.session import ask
from pages.components.state.view import View

# of a control that has none yet; None is a value
_NO_VALUE = object()


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
    key = in_step(keys.control(field), value)
    names: dict[str, str] = st.session_state.setdefault(keys.CONTROL_NAMES, {})
    if names.get(field, options[value]) != options[value] and value == st.session_state.get(key):
        # the browser keeps the name that it has for a value, until it is given the value again
        st.session_state[key] = value
    names[field] = options[value]
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda option: options.get(option, option),
        on_change=heard.control(key, partial(_changed, field, key)),
        help=help,
        accept_new_options=takes_other_names,
    )


def in_step(name: str, value: object) -> str:
    """The key of a control of the view, which has the value that the view has now.

    It is a new one whenever the view has changed by something else, such as a click on the map: a browser
    that has not drawn that yet tells with its next choice what the control stood at before (see is_chosen).
    A control that has told its value itself stays, as somebody is in it.
    """
    all_drawn = _drawn()
    drawn = all_drawn.get(name, [])
    key = keys.of_turn(name, max(len(drawn) - 1, 0))
    if has_told := st.session_state.get(keys.CONTROL_TOLD) == key:
        del st.session_state[keys.CONTROL_TOLD]
    if not drawn or (not has_told and key in st.session_state and st.session_state[key] != value):
        drawn = [*drawn, value]
        key = keys.of_turn(name, len(drawn) - 1)
    all_drawn[name] = [*drawn[:-1], value]
    keep(key, value)
    return key


def is_chosen(name: str, key: str) -> bool:
    """Whether somebody has chosen what a control tells, and it does not only stand at what it was drawn with.

    A browser may tell that of a control which is gone on the server and not yet on the screen.
    """
    drawn = _drawn()[name]
    earlier = {keys.of_turn(name, turn): value for turn, value in enumerate(drawn[:-1])}
    return key not in earlier or st.session_state[key] != earlier[key]


def _drawn() -> dict[str, list[object]]:
    """What each control was drawn with last, by its turn."""
    drawn: dict[str, list[object]] = st.session_state.setdefault(keys.CONTROLS_DRAWN, {})
    return drawn


def keep(key: str, value: object) -> None:
    """Give a control a value.

    Only where it differs: a value that is set goes to the browser, and would undo what is chosen meanwhile.
    """
    if st.session_state.get(key, _NO_VALUE) != value:
        st.session_state[key] = value


def switch(field: str, label: str, view: View, help: str) -> None:
    """A control of a field of the view that is "yes" or "no"."""
    key = in_step(keys.control(field), getattr(view, field) == "yes")
    st.toggle(
        label,
        key=key,
        on_change=heard.control(key, lambda told: _changed(field, key, "yes" if told else "no")),
        help=help,
    )


def _changed(field: str, key: str, told: str) -> None:
    if is_chosen(keys.control(field), key):
        st.session_state[keys.CONTROL_TOLD] = key
        ask(**{field: told})
