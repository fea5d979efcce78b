"""The form of a self-evaluation: a level and a note for each enabler, for a room that looks at one screen."""

import datetime as dt
from dataclasses import replace
from functools import partial

import streamlit as st

from data_loaders.survey.answers import LEVELS, check
from data_loaders.survey.instruments import Item, Option
from data_loaders.survey.self_evaluation import LONGEST_NOTE, SelfEvaluation, resume
from data_loaders.survey.sheets import UploadError
from pages.components.answers import problems, read
from pages.components.data import figures
from pages.components.self_evaluation import levels, state
from pages.components.self_evaluation.state import current, keep
from pages.components.state import drafts, heard, keys
from pages.components.text import grammar


def ask_enablers(evaluation: SelfEvaluation) -> None:
    """Every enabler under its theme, with how many of the theme are answered."""
    instrument = state.instrument()
    st.markdown(f":small[{levels.ORIGIN}]")
    themes: dict[str, list[Item]] = {}
    for item in instrument.items:
        themes.setdefault(item.theme, []).append(item)
    number = 0
    for theme, items in themes.items():
        answered = sum(item.item_id in evaluation.responses for item in items)
        st.header(f"{theme} ({answered} of {len(items)})", anchor=False)
        for item in items:
            number += 1
            _ask(evaluation, item, number)


def _ask(evaluation: SelfEvaluation, item: Item, number: int) -> None:
    """One enabler: its level, from basic to mature, and what the answer rests on."""
    instrument = state.instrument()
    options = sorted(instrument.options, key=lambda option: option.place or 0)
    drawn = evaluation.responses.get(item.item_id)
    borough, taking = evaluation.borough, drafts.taking(state.draft(evaluation.borough))
    st.segmented_control(
        f"{number}. {item.label}",
        [option.response for option in options],
        format_func=instrument.labels().__getitem__,
        default=drawn,
        key=(level := keys.level(borough, item.item_id, taking)),
        on_change=heard.control(
            level, partial(_answered, borough, item.item_id, drawn, taking), none_is_a_choice=True
        ),
        width="stretch",
    )
    _show_levels(item, options)
    written = evaluation.notes.get(item.item_id, "")
    st.text_area(
        f"Evidence for “{item.label}”",
        written,
        key=(note := keys.note(borough, item.item_id, taking)),
        height=68,
        max_chars=LONGEST_NOTE,
        placeholder="What does this rest on?",
        on_change=heard.control(note, partial(_noted, borough, item.item_id, written, taking)),
        label_visibility="collapsed",
    )


def _show_levels(item: Item, options: list[Option]) -> None:
    """What each level looks like, which a room may want to read before it answers."""
    described = levels.described()[item.item_id]
    with st.expander(f"What the levels look like: {item.label}"):
        st.markdown("\n".join(f"- **{option.label}**: {described[option.response]}" for option in options))


def ask_level(evaluation: SelfEvaluation) -> None:
    """What may be shown of the answers, if the file is handed in."""
    borough, choices = evaluation.borough, list(reversed(LEVELS))
    taking = drafts.taking(state.draft(borough))
    st.radio(
        "If you hand the file in, the answers may be",
        choices,
        choices.index(evaluation.publish_level),
        format_func=LEVELS.__getitem__,
        key=(shown := keys.publish_level(borough, taking)),
        on_change=heard.control(shown, partial(_levelled, borough, evaluation.publish_level, taking)),
    )


def offer_to_start_again(borough: str) -> None:
    """Take all answers away, after asking once more."""
    with st.popover("Start again", icon=":material/restart_alt:"):
        st.markdown(f"All answers and notes of {borough} on this page will be gone.")
        st.button("Yes, remove them", on_click=partial(state.start_again, borough))


def offer_to_carry_on() -> None:
    """Take up a file that was downloaded here earlier."""
    with st.expander("Carry on from a file that you downloaded here"):
        file = st.file_uploader(
            "The file, CSV or XLSX, at most 1 MB", type=["csv", "xlsx"], max_upload_size=2
        )
        if file is None:
            return
        london = figures.london()
        try:
            sheet = read.read(file)
            checked = check(sheet, london.instruments, london.spellings, dt.date.today())
            if checked.problems:
                problems.show_problems(checked)
                return
            found = resume(sheet, checked, state.instrument(), london.borough_names)
        except UploadError as problem:
            problems.refuse(file.name, problem)
            return
        st.success(
            f"{found.borough}: {len(found.responses)} answers and {grammar.say_number(len(found.notes))} "
            f"{'note' if len(found.notes) == 1 else 'notes'}.",
            icon=":material/check:",
        )
        if current(found.borough).responses or current(found.borough).notes:
            st.markdown(f"They take the place of what is on this page for {found.borough}.")
        st.button("Carry on with these", type="primary", on_click=partial(state.carry_on, found))


def _answered(borough: str, item_id: str, drawn: str | None, taking: str, told: str | None) -> None:
    if drafts.is_entered(state.draft(borough), taking, told, drawn):
        keep(current(borough).answer(item_id, told))


def _noted(borough: str, item_id: str, drawn: str, taking: str, told: str) -> None:
    if drafts.is_entered(state.draft(borough), taking, told, drawn):
        keep(current(borough).note(item_id, told))


def _levelled(borough: str, drawn: str, taking: str, told: str) -> None:
    if drafts.is_entered(state.draft(borough), taking, told, drawn):
        keep(replace(current(borough), publish_level=told))
