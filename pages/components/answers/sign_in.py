"""Who the visitor is, where whoever runs the app has set up sign-in (docs/survey.md)."""

import logging
import time

import streamlit as st

from data_loaders import settings
from data_loaders.survey import sign_ins
from data_loaders.survey.saved import ArchiveError
from data_loaders.survey.sign_ins import Person
from pages.components.answers import saved
from pages.components.state import keys
from pages.components.text import markdown

_LOG = logging.getLogger(__name__)


def is_set_up() -> bool:
    """Whether there is a provider to sign in with."""
    return hasattr(st.user, "is_logged_in")


def person() -> Person | None:
    """Who has signed in, with what they may do at this moment; None when nobody has, or no longer.

    Raises data_loaders.settings.SettingError when the editors' list cannot be read.
    """
    if not is_set_up() or not st.user.is_logged_in:
        return None
    claims = st.user.to_dict()
    try:
        if sign_ins.is_over(claims, saved.signed_out(sign_ins.whose(claims)), time.time()):
            return None
    except (ArchiveError, settings.SettingError):
        # whether it has ended is not known: nobody is let in on that
        return None
    found = sign_ins.person(claims, settings.editors(), settings.takes_unverified_addresses())
    if not st.session_state.get(keys.SIGN_IN_LOGGED):
        st.session_state[keys.SIGN_IN_LOGGED] = True
        # who it was stands beside what they save, and not in the log
        _LOG.info("An editor has signed in" if found.is_editor else f"Signed in, but {found.refusal}")
    return found


def show(visitor: Person | None) -> None:
    """Say who has signed in and what they may do, with the button to sign in or out."""
    if problem := st.session_state.pop(keys.SIGN_OUT_PROBLEM, ""):
        st.error(markdown.verbatim(problem), icon=":material/error:")
    if visitor is None:
        if st.user.is_logged_in:
            st.markdown("Your sign-in has ended, here and everywhere.")
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
    st.button("Sign out", on_click=_sign_out, icon=":material/logout:")


def _sign_out() -> None:
    """End the sign-in here, on pages that are open elsewhere, and for whoever has copied it."""
    claims = st.user.to_dict()
    try:
        saved.sign_out(sign_ins.whose(claims), max(time.time(), sign_ins.made_at(claims)))
    except ArchiveError as problem:
        st.session_state[keys.SIGN_OUT_PROBLEM] = (
            f"You are still signed in elsewhere, because that could not be noted. {problem}"
        )
        return
    _LOG.info("Somebody has signed out")
    st.logout()
