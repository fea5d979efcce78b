"""Saving answers for everyone: who may, what becomes public, and all versions that were saved."""

import pandas as pd
import streamlit as st

from data_loaders.survey.instruments import Instrument
from data_loaders.survey.saved import ArchiveError, Saved
from geo.maturity import given_away
from pages.components import figures, saved_state, saving_words, sign_in, survey_state, words

OFF = "Saving answers for everyone is off: whoever runs this app has not set up sign-in."
_SAID = "saving_said"


def show() -> None:
    """The section on saving: who the visitor is, what they can save, and what was saved."""
    kept = saved_state.kept()
    st.header("Saved for everyone", anchor=False)
    if kept.problem:
        st.warning(f"{kept.problem} The rest of the page is as always.", icon=":material/database_off:")
    if not sign_in.is_set_up():
        st.markdown(OFF)
        visitor = None
    else:
        visitor = sign_in.person()
        sign_in.show(visitor)
    _say_how_it_went()
    is_editor = visitor is not None and visitor.is_editor
    if is_editor and not kept.problem:
        _offer()
    if kept.versions:
        st.table(history(is_editor), hide_index=True, border="horizontal")
    elif not kept.problem:
        st.markdown("No answers were saved yet.")


def history(with_editors: bool) -> pd.DataFrame:
    """All versions as a table for the page; who saved them only for editors."""
    sets = figures.london().instruments
    rows = [
        {
            "Set of questions": sets[saved.instrument].name if saved.instrument in sets else saved.instrument,
            "Wave": saved.wave,
            "Version": str(saved.version),
            "Saved on": words.say_moment(saved.saved_at.isoformat()),
            "Boroughs": str(saved.boroughs),
        }
        | ({"Saved by": saved.saved_by} if with_editors else {})
        for saved in saved_state.kept().versions
    ]
    return pd.DataFrame(rows)


def _offer() -> None:
    """A button for each wave of this session."""
    sets = figures.london().instruments
    added = survey_state.added()
    if not added:
        st.markdown("Add a file above and look at its answers: then you can save them here.")
    for instrument, wave in added:
        label = f"Save “{sets[instrument].name}”, {wave}, for everyone"
        if st.button(label, key=f"save_{instrument}_{wave}", icon=":material/save:"):
            _confirm(instrument, wave)


@st.dialog("Save for everyone?", width="medium")
def _confirm(instrument: str, wave: str) -> None:
    """Say what becomes public, and save only then."""
    answers = survey_state.added().get((instrument, wave))
    if answers is None:
        # it was saved: the page without the dialog says so
        st.rerun()
    questions = figures.london().instruments[instrument]
    st.markdown(f"**{questions.name}, {wave}**")
    versions = saved_state.versions_of(instrument, wave)
    before = versions[0] if versions else None
    try:
        kept = [saved_state.answers(saved) for saved in versions]
    except ArchiveError as problem:
        st.error(str(problem), icon=":material/error:")
        return
    said, refusal = _what_it_means(answers, before, kept, questions)
    if refusal:
        st.error(refusal, icon=":material/lock:")
        return
    st.markdown("\n".join(f"- {sentence}" for sentence in said))
    with st.container(horizontal=True):
        is_saved = st.button(
            "Save for everyone",
            type="primary",
            on_click=_save,
            args=(instrument, wave, before.version if before else 0),
        )
        if is_saved or st.button("Cancel"):
            st.rerun()


def _what_it_means(
    answers: pd.DataFrame, before: Saved | None, kept: list[pd.DataFrame], questions: Instrument
) -> tuple[list[str], str]:
    """What becomes public and what it replaces, or why not. `kept` are all versions, the latest first."""
    london = figures.london()
    names = {code: name for name, code in london.borough_codes.items()}
    said = saving_words.consequences(answers, names)
    if before is None:
        return [*said, *saving_words.replacement(None)], ""
    found = saving_words.difference(kept[0], answers)
    if not any(found):
        return [], "The latest version has these very answers: there is nothing to save."
    told = given_away([*reversed(kept), answers], questions, london)
    if told:
        labels = {item.item_id: item.label for item in questions.items}
        return [], saving_words.refusal(told, names, labels)
    return [*said, saving_words.say_difference(found), *saving_words.replacement(before)], ""


def _save(instrument: str, wave: str, replaces: int) -> None:
    """Save a wave of this session; a second click finds that it is no longer there."""
    visitor = sign_in.person()
    answers = survey_state.added().get((instrument, wave))
    if visitor is None or not visitor.is_editor or answers is None:
        return
    try:
        saved = saved_state.save(answers, visitor.address, replaces)
    except ArchiveError as problem:
        st.session_state[_SAID] = ("", str(problem))
        return
    survey_state.let_go(instrument, wave)
    st.session_state[_SAID] = (saving_words.saved_again(saved), "")


def _say_how_it_went() -> None:
    """How the last saving of this session went, once."""
    done, problem = st.session_state.pop(_SAID, ("", ""))
    if done:
        st.success(done, icon=":material/check:")
    if problem:
        st.error(f"Nothing was saved. {problem}", icon=":material/error:")
