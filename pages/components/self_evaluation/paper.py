"""A self-evaluation as a paper: the profile and what is next, then notes and whom to learn from.

As PDF it has two pages, with lines to write on by hand; as DOCX a table of actions to fill in.
"""

import datetime as dt

from data_loaders.brand import Brand
from data_loaders.survey.answers import LEVELS
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.self_evaluation import SelfEvaluation
from geo.survey.maturity import lower_half
from geo.tables.london import London
from pages.components.self_evaluation import charts, text
from pages.components.self_evaluation.text import level
from pages.components.text import dates
from pages.exports import paper, pictures, word, word_file

MARK = "Self-evaluation by the partnership; not published; draft"
CASES = (
    "The case studies are those of the 2022 report, under the enablers that follow the issues which its "
    "annex A lists for each."
)
SOURCE = "Enablers and case studies: Beyond Boundaries, Isos Partnership for London Councils, July 2022."
ROOM = ("Who took part", "Date of the meeting", "What we do next, and who", "When we look again")
CHART_WIDTH = 560
# in Word: what is asked of the meeting, the columns of actions with their shares of a line, how many of its
# rows there are at least, and how high each is in centimetres
MEETING = ("Who took part", "Date of the meeting", "When we look again")
ACTIONS, ACTION_SHARES = ("For which enabler", "What we do", "Who", "By when"), (3.0, 5.0, 2.4, 1.8)
FEWEST_ACTIONS, ROW_HEIGHT = 8, 1.1
# the height of the profile in centimetres, and how many times as large as on a screen it is drawn
PROFILE_HEIGHT, SCALE = 9.5, 3


def as_pdf(evaluation: SelfEvaluation, instrument: Instrument, london: London, day: dt.date) -> bytes:
    """The paper as a tagged PDF."""
    return paper.as_pdf(document(evaluation, instrument, london, day))


def document(evaluation: SelfEvaluation, instrument: Instrument, london: London, day: dt.date) -> paper.Paper:
    """What the paper says."""
    said = dates.say_date(day)
    summary = text.summary(evaluation, instrument)
    return paper.Paper(
        title=_title(evaluation, instrument),
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
                    paper.Paragraph(_may_be_shown(evaluation)),
                ),
            ),
            paper.Section("From here", (paper.Blanks(ROOM),)),
            paper.Section("Evidence", (_notes(evaluation, instrument),), new_page=True),
            paper.Section("Whom to learn from", _cases(evaluation, instrument, london)),
        ),
        footer=_footer(instrument),
    )


def as_docx(
    evaluation: SelfEvaluation, instrument: Instrument, london: London, day: dt.date, brand: Brand
) -> bytes:
    """The paper for Word, with a table of actions (for which enabler, what, who, by when) to fill in."""
    said = dates.say_date(day)
    summary = text.summary(evaluation, instrument)
    drawn, data = charts.profile(evaluation, instrument, "light")
    answers, notes = _answers(evaluation, instrument), _notes(evaluation, instrument)
    learning = _cases(evaluation, instrument, london)
    blocks = (
        word.Heading("Profile"),
        word.Paragraph((summary,), word.LOUD),
        word.Paragraph(
            ("See ", word.Reference("profile"), " and ", word.Reference("answers"), "."), keep=True
        ),
        word.Figure(
            pictures.drawn_png(drawn, data, CHART_WIDTH, SCALE),
            _alt(evaluation, instrument),
            "Profile by enabler",
            key="profile",
            highest=PROFILE_HEIGHT,
        ),
        _in_word(answers, "The level of each enabler", "answers", note=(_may_be_shown(evaluation),)),
        word.Heading("What we do next"),
        word.Table(ACTIONS, _actions(evaluation, instrument), "Actions", (), "", ROW_HEIGHT, ACTION_SHARES),
        word.Table(
            ("The meeting", "To fill in"),
            tuple((asked, "") for asked in MEETING),
            "The meeting",
            row_height=ROW_HEIGHT,
            shares=(1, 2),
        ),
        word.Heading("Evidence"),
        *_parts_in_word((notes,), "Evidence by enabler"),
        word.Heading("Whom to learn from"),
        *_parts_in_word(learning, "Case studies by enabler"),
        word.Heading("Sources"),
        *(word.Paragraph((line,)) for line in _footer(instrument)),
    )
    return word_file.as_docx(
        word.Document(
            title=_title(evaluation, instrument),
            subtitle=f"{instrument.question} {said}",
            subject=MARK,
            comments=summary,
            mark=f"{MARK} · {evaluation.borough}, {said}",
            footer=evaluation.borough,
            day=day,
            blocks=blocks,
        ),
        brand,
    )


def _actions(evaluation: SelfEvaluation, instrument: Instrument) -> tuple[tuple[str, ...], ...]:
    """A row for each enabler that is basic or early, the lowest first, and empty ones."""
    named = [instrument.item(item).label for item in lower_half(evaluation.responses, instrument)]
    blank = [""] * max(FEWEST_ACTIONS - len(named), 1)
    return tuple((name, "", "", "") for name in (*named, *blank))


def _parts_in_word(parts: tuple[paper.Part, ...], caption: str) -> list[word.Block]:
    """Tables and paragraphs of the paper as Word has them."""
    return [
        _in_word(part, caption) if isinstance(part, paper.Table) else word.Paragraph((part.text,))
        for part in parts
        if isinstance(part, paper.Table | paper.Paragraph)
    ]


def _in_word(table: paper.Table, caption: str, key: str = "", note: word.Words = ()) -> word.Table:
    return word.Table(table.header, table.rows, caption, note, key, shares=table.widths)


def _title(evaluation: SelfEvaluation, instrument: Instrument) -> str:
    return f"{evaluation.borough}: {instrument.name.lower()}"


def _may_be_shown(evaluation: SelfEvaluation) -> str:
    return f"If handed in, the answers may be {LEVELS[evaluation.publish_level]}."


def _footer(instrument: Instrument) -> tuple[str, ...]:
    return f"{instrument.origin} Answers and notes are the partnership's own.", SOURCE


def _alt(evaluation: SelfEvaluation, instrument: Instrument) -> str:
    levels = [f"{item.label}: {level(evaluation, instrument, item.item_id)}" for item in instrument.items]
    return f"Profile by enabler. {'; '.join(levels)}."


def _picture(evaluation: SelfEvaluation, instrument: Instrument) -> paper.Picture:
    drawn, data = charts.profile(evaluation, instrument, "light")
    svg = pictures.drawn_svg(drawn, data, CHART_WIDTH)
    return paper.Picture(svg, _alt(evaluation, instrument), width=0.88)


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
