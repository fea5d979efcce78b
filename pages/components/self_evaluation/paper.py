"""A self-evaluation on two pages of A4: the profile and what is next, then notes and whom to learn from."""

import datetime as dt

from data_loaders.survey.answers import LEVELS
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.self_evaluation import SelfEvaluation
from geo.tables.london import London
from pages.components.self_evaluation import charts, text
from pages.components.self_evaluation.text import level
from pages.components.text import words
from pages.exports import paper, pictures

MARK = "Self-evaluation by the partnership; not published; draft"
CASES = (
    "The case studies are those of the 2022 report, under the enablers that follow the issues which its "
    "annex A lists for each."
)
SOURCE = "Enablers and case studies: Beyond Boundaries, Isos Partnership for London Councils, July 2022."
ROOM = ("Who took part", "Date of the meeting", "What we do next, and who", "When we look again")
CHART_WIDTH = 560


def as_pdf(evaluation: SelfEvaluation, instrument: Instrument, london: London, day: dt.date) -> bytes:
    """The paper as a tagged PDF."""
    return paper.as_pdf(document(evaluation, instrument, london, day))


def document(evaluation: SelfEvaluation, instrument: Instrument, london: London, day: dt.date) -> paper.Paper:
    """What the paper says."""
    said = words.say_date(day)
    summary = text.summary(evaluation, instrument)
    return paper.Paper(
        title=f"{evaluation.borough}: {instrument.name.lower()}",
        subtitle=f"{instrument.question} {said}",
        mark=MARK,
        stamp=f"{evaluation.borough}, {said}",
        description=f"{MARK}. {summary}",
        day=day,
        sections=(
            paper.Section(
                "Profile",
                (
                    paper.Paragraph(summary, strong=True),
                    _picture(evaluation, instrument),
                    _answers(evaluation, instrument),
                    paper.Paragraph(f"If handed in, the answers may be {LEVELS[evaluation.publish_level]}."),
                ),
            ),
            paper.Section("From here", (paper.Blanks(ROOM),)),
            paper.Section("Evidence", (_notes(evaluation, instrument),), new_page=True),
            paper.Section("Whom to learn from", _cases(evaluation, instrument, london)),
        ),
        footer=(
            f"{instrument.origin} Answers and notes are the partnership's own.",
            SOURCE,
        ),
    )


def _picture(evaluation: SelfEvaluation, instrument: Instrument) -> paper.Picture:
    drawn, data = charts.profile(evaluation, instrument, "light")
    svg = pictures.drawn_svg(drawn, data, CHART_WIDTH)
    levels = [f"{item.label}: {level(evaluation, instrument, item.item_id)}" for item in instrument.items]
    return paper.Picture(svg, f"Profile by enabler. {'; '.join(levels)}.", width=0.88)


def _answers(evaluation: SelfEvaluation, instrument: Instrument) -> paper.Table:
    return paper.Table(
        header=("Theme", "Enabler", "Level"),
        rows=tuple(
            (item.theme, item.label, level(evaluation, instrument, item.item_id)) for item in instrument.items
        ),
        widths=(3, 7, 2.5),
    )


def _notes(evaluation: SelfEvaluation, instrument: Instrument) -> paper.Part:
    noted = tuple(
        (
            f"{item.label} ({level(evaluation, instrument, item.item_id).lower()})",
            evaluation.notes[item.item_id],
        )
        for item in instrument.items
        if item.item_id in evaluation.notes
    )
    if not noted:
        return paper.Paragraph("No evidence is noted.")
    return paper.Table(("Enabler", "What the answer rests on"), noted, (2, 3.5))


def _cases(evaluation: SelfEvaluation, instrument: Instrument, london: London) -> tuple[paper.Part, ...]:
    found = text.to_learn_from(evaluation, instrument, london)
    if found.empty:
        return (
            paper.Paragraph("No case study of another borough is about an enabler called basic or early."),
        )
    rows = tuple(tuple(row) for row in found.itertuples(index=False))
    return paper.Table(tuple(found.columns), rows, (2, 3.5)), paper.Paragraph(CASES)
