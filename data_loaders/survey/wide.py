"""An export of Microsoft Forms or Google Forms, with a row for each borough and a column for each question.

The columns are guessed, the user corrects the guesses, and what comes out is a sheet like the template's,
to be checked like any other.
"""

import difflib
import re
from collections.abc import Sequence

from data_loaders.survey.answers import COLUMNS, REQUIRED, column_name
from data_loaders.survey.instruments import TICKS, Instrument
from data_loaders.survey.sheets import Sheet

# what a column of a form can be beside a question
OTHERS = {
    "borough_name": "The borough",
    "respondent_role": "The role of who answers",
    "collected_on": "The day of the answer",
    "evidence_note": "A note",
    "publish_level": "What may be shown",
}
# a column with all that was ticked, as forms have it for “choose three”; there may be several
TICKED = "ticked"
PASS_OVER = ""
_WORDS = {
    "borough_name": ("borough", "local authority", "council", "your area"),
    "collected_on": ("completion time", "timestamp", "date"),
    "respondent_role": ("role", "job title", "position"),
    "evidence_note": ("note", "notes", "comment", "comments", "evidence"),
    "publish_level": ("publish", "may be shown"),
}
LIKENESS = 0.6


def is_wide(sheet: Sheet) -> bool:
    """Whether a sheet is something else than the template, with a column for each question."""
    known = {column_name(title) for title in sheet.header} & set(REQUIRED)
    return len(sheet.header) > 1 and len(known) <= len(REQUIRED) // 2


def meanings(instrument: Instrument) -> dict[str, str]:
    """What a column of a form can be, with its words."""
    ticked = {TICKED: "All that was ticked"} if instrument.kind == TICKS else {}
    return (
        {PASS_OVER: "Nothing: pass over"}
        | OTHERS
        | ticked
        | {item.item_id: item.label for item in instrument.items}
    )


def guess_columns(sheet: Sheet, instrument: Instrument) -> list[str]:
    """What each column is: one of the meanings. No two columns are the same thing, but for ticks."""
    found: list[str] = []
    for title in sheet.header:
        meaning = _question(title, instrument) or _other(title)
        found.append(PASS_OVER if is_twice(meaning, [*found, meaning]) else meaning)
    return found


def is_twice(meaning: str, columns: Sequence[str]) -> bool:
    """Whether more columns are this than can be. Ticks may lie in several, and any number is passed over."""
    return meaning not in (PASS_OVER, TICKED) and columns.count(meaning) > 1


def lengthen(
    sheet: Sheet, columns: Sequence[str], instrument: Instrument, wave: str, publish_level: str
) -> Sheet:
    """The sheet with a row for each borough and question, as the template has it.

    `columns` is what each column is. `publish_level` is that of all answers, unless a column of the form
    gives it. Each row keeps the number of the form's row that it comes from, and the form's names of columns.
    """
    places = {meaning: place for place, meaning in enumerate(columns) if meaning}
    titles = {name: sheet.header[places[name]] for name in OTHERS if name in places}
    rows, numbers, row_titles = [], [], []
    for number, row in zip(sheet.row_numbers(), sheet.rows, strict=True):
        shared = {name: row[places[name]] for name in OTHERS if name in places}
        shared = {"publish_level": publish_level} | {name: text for name, text in shared.items() if text}
        shared |= {"wave": wave, "instrument": instrument.instrument}
        shared["collected_on"] = _day(shared.get("collected_on", ""))
        answers = [
            (place, {"item_id": meaning} | _answer(row[place], sheet.header[place], instrument))
            for meaning, place in places.items()
            if meaning not in OTHERS and meaning != TICKED
        ]
        for place in (place for place, meaning in enumerate(columns) if meaning == TICKED):
            answers += [(place, answer) for answer in _ticks(row[place], instrument)]
        for place, answer in answers:
            title = sheet.header[place]
            rows.append([(shared | answer).get(name, "") for name in COLUMNS])
            numbers.append(number)
            row_titles.append(titles | dict.fromkeys(("response", "item_id", "not_applicable"), title))
    return Sheet(sheet.name, list(COLUMNS), rows, tuple(numbers), tuple(row_titles))


def _answer(written: str, title: str, instrument: Instrument) -> dict[str, str]:
    if written.casefold() in {"not applicable", "n/a", "na"}:
        return {"not_applicable": "yes"}
    if instrument.kind == TICKS and written.casefold() in {"no", "false", "0"}:
        return {}
    if written and _plain(written) == _choice(title, instrument):
        # of one column for each choice, forms repeat the choice where it was ticked
        return {"response": instrument.options[0].response}
    return {"response": _number(written, instrument)}


def _choice(title: str, instrument: Instrument) -> str | None:
    """What a title adds to the question of ticks, in plain words: "Pandemic" of "Which of these? [Pandemic]".

    The whole title where it does not repeat the question; None for other instruments.
    """
    if instrument.kind != TICKS:
        return None
    return " ".join(_plain(title).replace(_plain(instrument.question), " ").split())


def _number(written: str, instrument: Instrument) -> str:
    """The number of "4 (well)" or "4 - well"; all of it, where the words are those of another number."""
    # each sign takes all it can and gives nothing back: any number of spaces is passed over once
    found = re.fullmatch(r"([0-9])\s*+[-–—:(.]?+\s*+([^\W\d_][^\d]*)", written)
    options = instrument.labels()
    if not found or found[1] not in options:
        return written
    number, words = found[1], _plain(found[2])
    others = {_words(label) for response, label in options.items() if response != number}
    return written if words in others else number


def _words(label: str) -> str:
    return _plain(re.sub(r"\d", " ", label))


def _ticks(written: str, instrument: Instrument) -> list[dict[str, str]]:
    """An answer for each question that a cell names, and one more for what else it says, to be refused."""
    rest, answers = _plain(written), []
    for item in sorted(instrument.items, key=lambda item: -len(item.label)):
        if re.search(rf"\b{re.escape(_plain(item.label))}\b", rest):
            rest = re.sub(rf"\b{re.escape(_plain(item.label))}\b", " ", rest)
            answers.append({"item_id": item.item_id, "response": instrument.options[0].response})
    if rest.strip():
        answers.append({"item_id": rest.strip(), "response": instrument.options[0].response})
    return answers


def _day(written: str) -> str:
    """The day of a moment: forms write "3/31/26 10:15:00" as Excel dates, and "2026/03/31 10:15" as text."""
    return written.split(" ")[0].replace("/", "-") if re.match(r"20\d\d/", written) else written.split(" ")[0]


def _question(title: str, instrument: Instrument) -> str:
    """What a title asks: the question that it names, or is most like; empty when none is alike enough."""
    choice = _choice(title, instrument)
    plain = _plain(title) if choice is None else choice
    scores = {
        item.item_id: max(_likeness(plain, _plain(text)) for text in (item.item_id, item.label, item.wording))
        for item in instrument.items
    }
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= (LIKENESS, 0):
        return best
    return TICKED if choice is not None and choice != _plain(title) else ""


def _other(title: str) -> str:
    plain = _plain(title)
    for meaning, words in _WORDS.items():
        if any(re.search(rf"\b{word}\b", plain) for word in words):
            return meaning
    return PASS_OVER


def _likeness(one: str, other: str) -> tuple[float, int]:
    """How alike two texts are, from 0 to 1; of several texts within another the longest is likest."""
    if other and other in one:
        return 1.0, len(other)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    # to compare takes long where a title does; what cannot be alike enough is not compared
    if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
        return 0.0, 0
    return matcher.ratio(), 0


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", text.casefold().replace("_", " ")).split())
