"""Controls of the fields of the view: what is chosen asks for another view."""

import streamlit as st

from pages.components.state import keys
from pages.components.state.session import ask
from pages.components.state.view import View


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
    key = keys.control(field)
    named = keys.control_name(field)
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
    key = keys.control(field)
    keep(key, getattr(view, field) == "yes")
    st.toggle(label, key=key, on_change=_switched, args=(field, key), help=help)


def _changed(field: str, key: str) -> None:
    ask(**{field: st.session_state[key]})


def _switched(field: str, key: str) -> None:
    ask(**{field: "yes" if st.session_state[key] else "no"})
