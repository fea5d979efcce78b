"""Every figure of the answers that may be shown, as one table to take away."""

from geo.survey.listing import listing
from pages.components.answers.waves import Wave
from pages.components.data import figures
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity.question import NONE, PAGE, exhibit, wave_of, with_status
from pages.components.state.view import View
from pages.components.text import columns
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Table


def table(wave: Wave) -> Table:
    """Every answer that may be shown by borough, and every count that may be shown by group."""
    rows = listing(wave.shown, wave.instrument, wave.name, figures.london())
    named = (
        Column("wave", "Wave", Kind.PERIOD),
        Column("instrument", "Set of questions", Kind.IDENTIFIER),
        Column("item_id", "Question id", Kind.IDENTIFIER),
        Column("question", "Question", Kind.NAME),
        columns.CODE,
        columns.AREA,
        Column("ics_vintage", "ICS boundaries of", Kind.PERIOD),
        Column("response", "Response", Kind.CATEGORY),
        Column("count", "Count", Kind.NUMBER),
    )
    return with_status(Table(rows, named), wave)


def _answers(view: View, theme: str) -> Exhibit | None:
    wave = wave_of(view)
    if wave is None:
        return None
    return exhibit(ANSWERS, wave, view, None, lambda: table(wave), title=f"Answers: {wave.instrument.name}")


ANSWERS = ExhibitKind("answers", PAGE, "Answers that may be shown", _answers, NONE, is_shared=False)
KINDS = (ANSWERS,)
