"""The answers that a visitor looks at: those that they have added in this session, or made-up ones.

Answers that are added stay in the visitor's own session: nobody else sees them, and they are gone with it.
"""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from data_loaders.survey.demo import WAVES, made_up
from data_loaders.survey.instruments import Instrument
from geo.maturity import Shown, show
from pages.components import figures, sidebar
from pages.components.view import View

_ADDED = "survey_answers"


class Wave(NamedTuple):
    """One wave of answers to one set of questions, as it may be shown."""

    name: str
    instrument: Instrument
    shown: dict[str, Shown]
    replies: int
    is_made_up: bool


def show_banner(view: View, on_page: bool) -> None:
    """Say on every page that the demonstration is on, and let it be turned off there."""
    if view.demo != "yes":
        return
    where = "the answers on this page are made up" if on_page else "the page Maturity shows made-up answers"
    rest = "" if on_page else " This page shows none of them."
    words, way_out = st.columns([5, 2], vertical_alignment="center")
    with words:
        st.warning(f"**ILLUSTRATIVE: {where}.** They are nobody's.{rest}", icon=":material/science:")
    with way_out:
        st.button("Turn the demonstration off", on_click=sidebar.ask, kwargs={"demo": "no"})


def add(answers: pd.DataFrame) -> None:
    """Keep the answers of a checked file in this session; those of the same wave and set are replaced."""
    first = answers.iloc[0]
    st.session_state[_ADDED] = added() | {(first["instrument"], first["wave"]): answers}


def added() -> dict[tuple[str, str], pd.DataFrame]:
    """The answers of this session by instrument and wave."""
    return st.session_state.get(_ADDED, {})


def forget() -> None:
    """Let go of all answers of this session."""
    st.session_state.pop(_ADDED, None)


def instrument(view: View) -> Instrument:
    """The set of questions that is looked at."""
    return figures.london().instruments[view.instrument]


def waves(view: View) -> list[Wave]:
    """The waves of the set of questions that is looked at, the latest first."""
    chosen = instrument(view)
    if view.demo == "yes":
        return [_made_up(chosen.instrument, wave, figures.edition()) for wave in reversed(WAVES)]
    own = [(wave, answers) for (name, wave), answers in added().items() if name == chosen.instrument]
    return [
        Wave(wave, chosen, show(answers, chosen, figures.london()), answers["area_code"].nunique(), False)
        for wave, answers in sorted(own, key=lambda pair: pair[0], reverse=True)
    ]


@st.cache_resource(show_spinner=False, max_entries=20)
def _made_up(instrument: str, wave: str, edition: str) -> Wave:
    london = figures.london()
    chosen = london.instruments[instrument]
    answers = made_up(chosen, list(london.borough_codes.values()), wave)
    return Wave(wave, chosen, show(answers, chosen, london), answers["area_code"].nunique(), True)
