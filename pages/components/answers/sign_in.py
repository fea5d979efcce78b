"""Who the visitor is, where whoever runs the app has set up sign-in (docs/survey.md)."""

import streamlit as st

from data_loaders import settings
from data_loaders.survey import editors
from data_loaders.survey.editors import Person


def is_set_up() -> bool:
    """Whether there is a provider to sign in with."""
    return hasattr(st.user, "is_logged_in")


def person() -> Person | None:
    """Who has signed in, with what they may do at this moment; None when nobody has.

    Raises data_loaders.settings.SettingError when the editors' list cannot be read.
    """
    if not is_set_up() or not st.user.is_logged_in:
        return None
    return editors.person(st.user.to_dict(), settings.editors(), settings.takes_unverified_addresses())


def show(visitor: Person | None) -> None:
    """Say who has signed in and what they may do, with the button to sign in or out."""
    if visitor is None:
        st.markdown(
            "Those on the editors' list can save answers for everyone. Sign in before you add a file: "
            "signing in opens the app anew, at the map."
        )
        st.button("Sign in", on_click=st.login, icon=":material/login:")
        return
    who = f"You are signed in as {visitor.address}" if visitor.address else "You are signed in"
    # not markdown: it would make a link of the address
    if visitor.is_editor:
        st.text(f"{who} and may save answers for everyone.")
    else:
        st.text(f"{who}, but may not save answers for everyone: {visitor.refusal}.")
    st.button("Sign out", on_click=st.logout, icon=":material/logout:")
