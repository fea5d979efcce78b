"""Saving answers for everyone: who may, what becomes public, and all versions that were saved."""

import pandas as pd
import streamlit as st

from data_loaders.survey.saved import ArchiveError, Saved
from geo.survey.maturity import beside
from pages.components.answers import save_text, saved as answers_saved, sign_in, waves, withdraw
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.state import keys
from pages.components.text import dates, markdown

OFF = "Saving answers for everyone is off: whoever runs this app has not set up sign-in."


def show() -> None:
    """The section on saving: who the visitor is, what they can save, and what was saved."""
    kept = answers_saved.kept()
    st.header("Saved for everyone", anchor=False)
    if kept.problem:
        st.warning(
            f"{markdown.verbatim(kept.problem)} The rest of the page is as always.",
            icon=":material/database_off:",
        )
    if not sign_in.is_set_up():
        st.markdown(OFF)
        visitor = None
    else:
        visitor = sign_in.person()
        sign_in.show(visitor)
    # in a place of its own, so that what is below stays open when the sentence goes
    with st.container():
        _say_how_it_went()
    is_editor = visitor is not None and visitor.is_editor
    if is_editor and not kept.problem:
        _offer()
        withdraw.offer()
    if kept.versions:
        plain_table.show(history(is_editor), "history")
    elif not kept.problem:
        st.markdown("No answers were saved yet.")
    st.markdown(f":small[{save_text.PROTECTION}]")


def history(with_editors: bool) -> pd.DataFrame:
    """All versions as a table for the page; who saved them only for editors."""
    sets = figures.london().instruments
    rows = [
        {
            "Set of questions": sets[saved.instrument].name if saved.instrument in sets else saved.instrument,
            "Wave": saved.wave,
            "Version": str(saved.version),
            "Saved on": dates.say_moment(saved.saved_at.isoformat()),
            "Boroughs": str(saved.boroughs),
            "Taken back": withdraw.whose(saved.withdraws),
        }
        | (
            {"Saved by": markdown.verbatim(saved.saved_by), "Reason": markdown.verbatim(saved.reason)}
            if with_editors
            else {}
        )
        for saved in answers_saved.kept().versions
    ]
    return pd.DataFrame(rows)


def _offer() -> None:
    """A button for each wave of this session."""
    sets = figures.london().instruments
    added = waves.added()
    if not added:
        st.markdown("Add a file above and look at its answers: then you can save them here.")
    for instrument, wave in added:
        label = f"Save “{sets[instrument].name}”, {wave}, for everyone"
        if st.button(label, key=f"save_{instrument}_{wave}", icon=":material/save:"):
            _confirm(instrument, wave)


@st.dialog("Save for everyone?", width="medium")
def _confirm(instrument: str, wave: str) -> None:
    """Say what becomes public, and save only then."""
    answers = waves.added().get((instrument, wave))
    if answers is None:
        # it was saved: the page without the dialog says so
        st.rerun()
    st.markdown(f"**{figures.london().instruments[instrument].name}, {wave}**")
    before = answers_saved.newest(instrument, wave)
    try:
        said, refusal = _what_it_means(answers, before)
    except ArchiveError as problem:
        st.error(markdown.verbatim(str(problem)), icon=":material/error:")
        return
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


def _what_it_means(answers: pd.DataFrame, before: Saved | None) -> tuple[list[str], str]:
    """What becomes public and what it replaces, or why it cannot be. Raises ArchiveError."""
    london = figures.london()
    questions = london.instruments[answers["instrument"].iloc[0]]
    names = london.borough_names
    labels = {item.item_id: item.label for item in questions.items}
    kept = dict(answers_saved.everything(questions.instrument))
    found = save_text.difference(kept[before], answers) if before else None
    if found and not any(found):
        return [], "The latest version has these very answers: there is nothing to save."
    outcome = beside(list(kept.values()), answers, questions, london)
    if outcome.exposed:
        return [], save_text.exposes(outcome.exposed, names, labels)
    # a correction may not take from everyone the figures that they have
    had = dict(answers_saved.shown(questions.instrument)).get(before, {}) if before else {}
    if taken := outcome.taken_away(had):
        return [], save_text.refusal(taken, names, labels)
    said = save_text.consequences(answers, names)
    said += save_text.shown_again(answers, list(kept), names)
    if outcome.withheld:
        said.append(save_text.withholding(outcome.withheld, labels))
    if found:
        said.append(save_text.say_difference(found))
    return [*said, *save_text.replacement(before)], ""


def _save(instrument: str, wave: str, replaces: int) -> None:
    """Save a wave of this session; a second click finds that it is no longer there."""
    visitor = sign_in.person()
    answers = waves.added().get((instrument, wave))
    if visitor is None or not visitor.is_editor:
        st.session_state[keys.ANSWERS_SAVED] = ("", "You are not, or no longer, signed in as an editor.")
        return
    if answers is None:
        return
    before = answers_saved.newest(instrument, wave)
    try:
        # once more, because others may have saved since the question was asked
        _, refusal = _what_it_means(answers, before)
        if refusal:
            st.session_state[keys.ANSWERS_SAVED] = ("", refusal)
            return
        saved = answers_saved.save(answers, visitor.address, replaces)
    except ArchiveError as problem:
        st.session_state[keys.ANSWERS_SAVED] = ("", markdown.verbatim(str(problem)))
        return
    waves.let_go(instrument, wave)
    st.session_state[keys.ANSWERS_SAVED] = (save_text.saved_again(saved), "")


def _say_how_it_went() -> None:
    """How the last saving of this session went, once."""
    done, problem = st.session_state.pop(keys.ANSWERS_SAVED, ("", ""))
    if done:
        st.success(done, icon=":material/check:")
    if problem:
        st.error(f"Nothing was saved. {problem}", icon=":material/error:")
