"""The controls of meeting mode and of its tour, beside the filters."""

from dataclasses import asdict, replace
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.tables.london import London
from pages.components.meeting.presenting import title_of
from pages.components.state import addresses, heard, keys, session, tour as state_tour
from pages.components.state.tour import Step
from pages.components.state.view import View
from pages.components.text import markdown


def draw(view: View, london: London) -> None:
    """Start the meeting, and prepare what it will see."""
    steps = state_tour.steps()
    with st.popover("Meeting", icon=":material/present_to_all:", key=keys.MEETINGS):
        st.button(
            "Meeting mode",
            icon=":material/present_to_all:",
            on_click=session.ask,
            kwargs={"meeting": "1"},
            help="This page for a projector: one large picture after the other, moved by keys.",
        )
        st.markdown("**Tour for a meeting**: pages in the order in which they are to be shown.")
        for note in state_tour.notes():
            st.warning(markdown.verbatim(note), icon=":material/link_off:")
        titles = [title_of(step) for step in steps]
        _offer_steps(steps, view, titles)
        _offer_file(steps, titles, london)


def _offer_steps(steps: tuple[Step, ...], view: View, titles: list[str]) -> None:
    """The views in their order, and what can be done to them."""
    for at, (step, name) in enumerate(zip(steps, titles, strict=True)):
        st.markdown(f":small[{at + 1}. {name}]")
        with st.container(horizontal=True, gap="small"):
            for label, changed, possible in (
                ("Show", None, True),
                ("Earlier", _moved(steps, at, -1), at > 0),
                ("Later", _moved(steps, at, 1), at + 1 < len(steps)),
                ("Remove", steps[:at] + steps[at + 1 :], True),
            ):
                st.button(
                    label,
                    key=f"tour_{label}_{at}",
                    help=f"View {at + 1}: {name}",
                    type="tertiary",
                    on_click=partial(_show, step) if changed is None else partial(_change, changed),
                    disabled=not possible,
                )
    full = len(steps) >= state_tour.LONGEST
    added = (*steps, Step(st.session_state.get(keys.PAGE, ""), replace(view, meeting="")))
    st.button(
        "Add this view",
        icon=":material/add:",
        on_click=_change,
        args=(added,),
        disabled=full,
        help=f"A tour has at most {state_tour.LONGEST} views." if full else None,
    )
    if steps:
        st.button("Start the tour", icon=":material/play_arrow:", on_click=_start)


def _offer_file(steps: tuple[Step, ...], titles: list[str], london: London) -> None:
    """The tour as a text file, to keep and to bring back."""
    if steps:
        base = f"{addresses.of_app()}/"
        st.download_button(
            "Save the tour",
            data=partial(state_tour.write, steps, base, titles),
            file_name="tour.txt",
            mime="text/plain",
            on_click="ignore",
            icon=":material/download:",
        )
    st.file_uploader(
        "Open a tour",
        type="txt",
        key=keys.TOUR_FILE,
        max_upload_size=2,
        on_change=heard.control(keys.TOUR_FILE, partial(_open, london)),
        help="A file saved here.",
    )


def _moved(steps: tuple[Step, ...], at: int, by: int) -> tuple[Step, ...]:
    """The views with one of them moved."""
    others = [*steps[:at], *steps[at + 1 :]]
    return (*others[: at + by], steps[at], *others[at + by :])


def _change(steps: tuple[Step, ...], said: list[str] | None = None) -> None:
    state_tour.change(steps, said)
    session.ask()


def _show(step: Step) -> None:
    session.visit(step.page, **asdict(step.view) | {"meeting": ""})


def _start() -> None:
    step = state_tour.go_to(0)
    session.visit(step.page, **asdict(step.view))


def _open(london: London, file: UploadedFile) -> None:
    try:
        text = file.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        _change(state_tour.steps(), [f"“{file.name}” is not a text file: the tour is as it was."])
        return
    steps, said = state_tour.read(text, london, state_tour.known_pages())
    _change(steps, said if steps or said else ["There is no link in this file: the tour is empty."])
