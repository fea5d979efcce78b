"""The answers that a visitor looks at: saved for everyone, added in this session, or made up.

Answers that are added stay in the visitor's own session: nobody else sees them, and they are gone with it,
unless an editor saves them for everyone. Made-up answers never leave this module but as what may be shown.
"""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from data_loaders.survey.demo import WAVES, made_up
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.saved import Saved
from geo.survey.maturity import Shown, show
from pages.components.answers import saved as answers_saved
from pages.components.data import edition, figures
from pages.components.data.edition import once
from pages.components.state import keys, session
from pages.components.state.view import View
from pages.components.text import dates

# that are kept in a session: of those added earlier the first is let go
MOST_ADDED = 12


class Wave(NamedTuple):
    """One wave of answers to one set of questions, as it may be shown.

    `is_own` says that nobody but the visitor sees it; `saved` as which version, and when, it was saved for
    everyone, where it was; `about` says in a sentence who sees it, except for made-up answers.
    """

    name: str
    instrument: Instrument
    shown: dict[str, Shown]
    replies: int
    is_made_up: bool
    is_own: bool = False
    saved: str = ""
    about: str = ""

    @property
    def label(self) -> str:
        """The wave among others to choose from."""
        return f"{self.name} (only you see this)" if self.is_own else self.name


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
        st.button("Turn the demonstration off", on_click=session.ask, kwargs={"demo": "no"})


def add(answers: pd.DataFrame) -> None:
    """Keep the answers of a checked file in this session; those of the same wave and set are replaced."""
    first = answers.iloc[0]
    kept = added() | {(first["instrument"], first["wave"]): answers}
    _keep(dict(list(kept.items())[-MOST_ADDED:]))


def added() -> dict[tuple[str, str], pd.DataFrame]:
    """The answers of this session by instrument and wave."""
    return st.session_state.get(keys.ANSWERS_ADDED, {})


def forget() -> None:
    """Let go of all answers of this session."""
    _keep({})


def let_go(instrument: str, wave: str) -> None:
    """Let go of one wave of this session: it was saved for everyone."""
    _keep({key: kept for key, kept in added().items() if key != (instrument, wave)})


def _keep(answers: dict[tuple[str, str], pd.DataFrame]) -> None:
    st.session_state[keys.ANSWERS_ADDED], st.session_state[keys.ANSWERS_SHOWN] = answers, {}


def _shown(instrument: Instrument, wave: str, answers: pd.DataFrame) -> dict[str, Shown]:
    """What may be shown of a wave that was added: worked out once, and kept where the answers are."""
    found: dict[tuple[str, str, str], dict[str, Shown]] = st.session_state[keys.ANSWERS_SHOWN]
    key = (instrument.instrument, wave, edition.current())
    if key not in found:
        found[key] = show(answers, instrument, figures.london())
    return found[key]


def instrument(view: View) -> Instrument:
    """The set of questions that is looked at."""
    return figures.london().instruments[view.instrument]


def waves(view: View) -> list[Wave]:
    """The waves of the set of questions that is looked at, the latest first.

    A wave that the visitor has added stands in the place of the saved one of the same name.
    """
    chosen = instrument(view)
    if view.demo == "yes":
        return [_made_up(chosen.instrument, wave) for wave in reversed(WAVES)]
    found = {
        saved.wave: _saved(saved, shown, chosen) for saved, shown in answers_saved.shown(chosen.instrument)
    }
    for (name, wave), answers in added().items():
        if name == chosen.instrument:
            found[wave] = _own(wave, answers, chosen, wave in found)
    return [found[wave] for wave in sorted(found, reverse=True)]


def _own(wave: str, answers: pd.DataFrame, instrument: Instrument, is_saved: bool) -> Wave:
    shown = _shown(instrument, wave, answers)
    about = "Only you see these answers: you have added them in this session."
    if is_saved:
        about += " Everyone else sees those that were saved."
    return Wave(wave, instrument, shown, answers["area_code"].nunique(), False, is_own=True, about=about)


def _saved(saved: Saved, shown: dict[str, Shown], instrument: Instrument) -> Wave:
    when = f"version {saved.version}, saved on {dates.say_date(saved.saved_at)}"
    about = f"Everyone sees these answers: {when}."
    return Wave(saved.wave, instrument, shown, saved.boroughs, False, saved=when, about=about)


@once
def _made_up(instrument: str, wave: str) -> Wave:
    london = figures.london()
    chosen = london.instruments[instrument]
    answers = made_up(chosen, list(london.borough_codes.values()), wave)
    return Wave(wave, chosen, show(answers, chosen, london), answers["area_code"].nunique(), True)
