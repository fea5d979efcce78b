"""Taking answers back: an authority's, or a whole wave, by an editor who says why."""

import streamlit as st

from data_loaders.survey.saved import WHOLE_WAVE, ArchiveError, Saved, latest
from geo.survey.maturity import beside
from pages.components.answers import save_text, saved as answers_saved, sign_in
from pages.components.data import figures
from pages.components.state import keys
from pages.components.text import markdown

LONGEST_REASON = 300


def offer() -> None:
    """The waves in use, whose answers are to be taken back, and why."""
    with st.container():
        if said := st.session_state.pop(keys.ANSWERS_WITHDRAWN, ""):
            st.info(markdown.verbatim(said), icon=":material/undo:")
    sets, names = figures.london().instruments, figures.london().borough_names
    in_use = [saved for saved in latest(answers_saved.kept().versions) if saved.answers]
    if not in_use:
        return
    with st.expander("Take answers back"):
        saved = st.selectbox(
            "The wave",
            sorted(in_use, reverse=True),
            format_func=lambda one: f"{sets[one.instrument].name}, {one.wave}",
        )
        authority = st.selectbox("Whose answers", [WHOLE_WAVE, *names], format_func=whose)
        reason = st.text_input("Why, for the record", max_chars=LONGEST_REASON)
        if st.button("Take back", icon=":material/undo:", disabled=not reason.strip()):
            _confirm(saved, authority, reason.strip())


def whose(authority: str) -> str:
    """Whose answers are meant, in words; empty for nobody's."""
    names = figures.london().borough_names
    return "the whole wave" if authority == WHOLE_WAVE else names.get(authority, authority)


@st.dialog("Take these answers back?", width="medium")
def _confirm(saved: Saved, authority: str, reason: str) -> None:
    try:
        said = _what_it_means(saved, authority)
    except ArchiveError as problem:
        st.error(markdown.verbatim(str(problem)), icon=":material/error:")
        return
    st.markdown("\n".join(f"- {sentence}" for sentence in said))
    with st.container(horizontal=True):
        is_done = st.button(
            "Take them back", type="primary", on_click=_take_back, args=(saved, authority, reason)
        )
        if is_done or st.button("Cancel"):
            st.rerun()


def _what_it_means(saved: Saved, authority: str) -> list[str]:
    """What is no longer shown. Raises ArchiveError."""
    london = figures.london()
    questions = london.instruments[saved.instrument]
    kept = dict(answers_saved.everything(saved.instrument))
    answers = kept[saved]
    left = answers[(answers["area_code"] != authority) & (authority != WHOLE_WAVE)]
    if len(left) == len(answers):
        raise ArchiveError(f"This wave has no answers of {whose(authority)}.")
    outcome = beside(list(kept.values()), left, questions, london)
    who = "All answers of this wave" if authority == WHOLE_WAVE else f"The answers of {whose(authority)}"
    return save_text.taking_back(who, len(outcome.withheld), len(questions.items))


def _take_back(saved: Saved, authority: str, reason: str) -> None:
    visitor = sign_in.person()
    if visitor is None or not visitor.is_editor:
        st.session_state[keys.ANSWERS_WITHDRAWN] = (
            "You are not, or no longer, signed in as an editor. Nothing was taken back."
        )
        return
    try:
        done = answers_saved.withdraw(saved, authority, visitor.address, reason)
    except ArchiveError as problem:
        st.session_state[keys.ANSWERS_WITHDRAWN] = str(problem)
        return
    st.session_state[keys.ANSWERS_WITHDRAWN] = f"Taken back from the wave {done.wave}: {whose(authority)}."
