"""The self-evaluations of this session, one a borough: nobody else sees them, and their browser keeps them.

They are kept apart from the controls, because Streamlit forgets a control as soon as another page is shown.
"""

import datetime as dt
from collections.abc import Callable

import streamlit as st

from data_loaders.survey.instruments import Instrument
from data_loaders.survey.self_evaluation import INSTRUMENT, SelfEvaluation, as_text, from_text
from pages.components.data import figures
from pages.components.state import drafts, keys, session

# the names of their drafts begin so
DRAFTS = "self_evaluation"


def instrument() -> Instrument:
    """The enablers, with their scale."""
    return figures.london().instruments[INSTRUMENT]


def current(borough: str) -> SelfEvaluation:
    """What this borough has answered so far."""
    return latest(borough)()


def latest(borough: str) -> Callable[[], SelfEvaluation]:
    """What this borough has answered when it is called: a file has what was typed just before its button."""
    kept = _kept()
    blank = SelfEvaluation(borough, wave=str(dt.date.today().year))
    return lambda: kept.get(borough, blank)


def keep(evaluation: SelfEvaluation) -> None:
    """Remember a self-evaluation in place of the one of the same borough."""
    _kept()[evaluation.borough] = evaluation
    drafts.keep(draft(evaluation.borough), as_text(evaluation))


def start_again(borough: str) -> None:
    """Forget what a borough has answered."""
    _take(borough, None)
    drafts.keep(draft(borough), "")


def bring_back(borough: str, text: str) -> bool:
    """Take up what the browser has kept, if it can be read; nothing where it was removed."""
    found = from_text(text, instrument()) if text else None
    if text and (found is None or found.borough != borough or borough not in figures.london().borough_codes):
        return False
    _take(borough, found)
    return True


def carry_on(evaluation: SelfEvaluation) -> None:
    """Take up a self-evaluation from a file, and look at its borough."""
    _take(evaluation.borough, evaluation)
    keep(evaluation)
    session.ask(borough=evaluation.borough)


def draft(borough: str) -> str:
    """The name of a borough's draft."""
    return f"{DRAFTS}/{borough}"


def _take(borough: str, evaluation: SelfEvaluation | None) -> None:
    drafts.begin_taking(draft(borough))
    _kept().pop(borough, None)
    if evaluation:
        _kept()[borough] = evaluation


def _kept() -> dict[str, SelfEvaluation]:
    return st.session_state.setdefault(keys.SELF_EVALUATIONS, {})
