"""Every figure of the answers that may be shown, as one table to take away."""

import pandas as pd

from geo.survey.listing import listing
from pages.components.answers.waves import Wave
from pages.components.data import figures
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity.question import NONE, PAGE, exhibit, wave_of, with_status
from pages.components.state.view import View
from pages.exports.exhibit import Exhibit


def as_rows(wave: Wave) -> pd.DataFrame:
    """Every answer that may be shown by borough, and every count that may be shown by group, for a file."""
    return with_status(listing(wave.shown, wave.instrument, wave.name, figures.london()), wave)


def _answers(view: View, theme: str) -> Exhibit | None:
    wave = wave_of(view)
    if wave is None:
        return None
    return exhibit(ANSWERS, wave, view, None, lambda: as_rows(wave), title=f"Answers: {wave.instrument.name}")


ANSWERS = ExhibitKind("answers", PAGE, "Answers that may be shown", _answers, NONE)
KINDS = (ANSWERS,)
