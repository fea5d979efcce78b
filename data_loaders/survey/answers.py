"""Answers to a survey: what a file of them must be like, and every way in which one is not.

A file is taken whole or not at all. Rows without an answer are passed over: an unanswered question is a fact
that needs no row.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from data_loaders.survey.instruments import TICKS, Instrument
from data_loaders.survey.sheets import Sheet
from data_loaders.survey.spellings import Spellings

COLUMNS = (
    "borough_code",
    "borough_name",
    "wave",
    "instrument",
    "item_id",
    "response",
    "not_applicable",
    "respondent_role",
    "evidence_note",
    "publish_level",
    "collected_on",
)
# columns that say something of a borough's answer to a question
_OF_AN_ANSWER = ("response", "not_applicable")
REQUIRED = ("wave", "instrument", "item_id", "response", "publish_level")
LEVELS = {
    "named": "shown with the borough's name",
    "ics": "shown only within the figures of its ICS and of London",
    "london": "shown only within London's figures",
}
NOT_APPLICABLE = "not_applicable"
_YES, _NO = {"yes", "y", "true", "1", "x"}, {"", "no", "n", "false", "0"}
WAVE = re.compile(r"20[0-9][0-9]( [A-Za-z]{3,12})?")
_LONGEST = {"respondent_role": 100, "evidence_note": 2_000}
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff]")
# joins letters of some scripts, and pictures; in the name of a borough it only hides
_JOINERS = re.compile("[\u200c\u200d]")
# spreadsheets write 3 as 3.0 when a column has gaps
_WHOLE = re.compile(r"([0-9]+)\.0+")


class Problem(NamedTuple):
    """What is wrong in one cell of a file, or in a row or column of it."""

    sheet: str
    row: int | None
    column: str
    found: str
    allowed: str


class Guess(NamedTuple):
    """A borough that was written otherwise than its name, and how it was read."""

    written: str
    read_as: str


class Checked(NamedTuple):
    """The answers of a file, or what is wrong with it: when there are problems there are no answers.

    `answers` has area_code, wave, instrument, item_id, response (a code of the scale, or NOT_APPLICABLE),
    respondent_role, evidence_note, publish_level and collected_on (a date or None).
    """

    answers: pd.DataFrame
    problems: list[Problem]
    guesses: list[Guess]
    unanswered: int


ANSWER_COLUMNS = [
    "area_code",
    "wave",
    "instrument",
    "item_id",
    "response",
    "respondent_role",
    "evidence_note",
    "publish_level",
    "collected_on",
]


def is_wave(name: str) -> bool:
    """Whether a wave can have this name. What the demonstration makes up has names that no wave can have."""
    return WAVE.fullmatch(name) is not None


def check(
    sheet: Sheet, instruments: Mapping[str, Instrument], spellings: Spellings, today: dt.date
) -> Checked:
    """Every problem of a sheet at once, and its answers when there is none."""
    sheet = sheet._replace(name=_speakable(sheet.name))
    problems = _problems_of_columns(sheet)
    if problems:
        return Checked(_no_answers(), problems, [], 0)
    cells = pd.DataFrame(sheet.rows, columns=[column_name(title) for title in sheet.header], dtype=str)
    for name in COLUMNS:
        if name not in cells:
            cells[name] = ""
    is_answered = (cells[list(_OF_AN_ANSWER)] != "").any(axis=1)
    reader = _Rows(sheet.name, instruments, spellings, today)
    rows = zip(sheet.row_numbers(), sheet.row_titles(), cells.to_dict("records"), is_answered, strict=True)
    for number, titles, row, answered in rows:
        if answered:
            reader.read(number, titles, row)
    if not is_answered.any():
        reader.problems.append(
            Problem(sheet.name, None, "response", "no answer at all", "at least one answer")
        )
    reader.compare_rows()
    found = pd.DataFrame([answer for _, answer in reader.answers], columns=ANSWER_COLUMNS)
    # of a cell once: a row of a form has its borough for all its answers, a formula is no answer either
    by_cell: dict[tuple, Problem] = {}
    for problem in reader.problems:
        by_cell.setdefault(problem[:-1], problem)
    problems = sorted(by_cell.values(), key=lambda problem: problem.row or 0)
    return Checked(
        answers=_no_answers() if problems else found,
        problems=problems,
        guesses=sorted(set(reader.guesses)),
        unanswered=int((~is_answered).sum()),
    )


def _no_answers() -> pd.DataFrame:
    return pd.DataFrame(columns=ANSWER_COLUMNS)


def column_name(title: str) -> str:
    """The name of a column whatever its capitals and spaces: "Borough name" is borough_name."""
    return "_".join(title.casefold().split())


def _problems_of_columns(sheet: Sheet) -> list[Problem]:
    allowed = f"the columns {', '.join(COLUMNS)}"
    counts = Counter(column_name(title) for title in sheet.header)
    found = [
        Problem(sheet.name, 1, _speakable(title) or "(no name)", "an unknown column", allowed)
        for title in dict.fromkeys(sheet.header)
        if column_name(title) not in COLUMNS
    ]
    found += [
        Problem(sheet.name, 1, name, f"{count} columns of this name", "one column of this name")
        for name, count in counts.items()
        if count > 1 and name in COLUMNS
    ]
    found += [
        Problem(sheet.name, 1, name, "no such column", allowed) for name in REQUIRED if name not in counts
    ]
    if not {"borough_code", "borough_name"} & set(counts):
        found.append(Problem(sheet.name, 1, "borough_code", "no such column", "borough_code or borough_name"))
    return found


def _plain(text: str) -> str:
    """In small letters, with single spaces and the typewriter's apostrophe: forms print ’ for '."""
    return " ".join(text.casefold().replace("’", "'").split())


def _plain_number(text: str) -> str:
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def _speakable(text: str) -> str:
    """At most 80 letters of a text, with a mark for what cannot be seen."""
    shown = UNSPEAKABLE.sub("\N{REPLACEMENT CHARACTER}", _JOINERS.sub("\N{REPLACEMENT CHARACTER}", text))
    return shown if len(shown) <= 80 else shown[:79] + "…"


class _Rows:
    """Reads rows one by one, and keeps what was wrong and what was guessed."""

    def __init__(
        self, sheet: str, instruments: Mapping[str, Instrument], spellings: Spellings, today: dt.date
    ) -> None:
        self.sheet, self.instruments, self.spellings, self.today = sheet, instruments, spellings, today
        self.problems: list[Problem] = []
        self.guesses: list[Guess] = []
        self.answers: list[tuple[int, dict]] = []
        self.titles: Mapping[str, str] = {}

    def read(self, number: int, titles: Mapping[str, str], row: dict[str, str]) -> None:
        """One row of a file, whose columns have these titles there: an answer, or problems."""
        self.titles = titles
        before = len(self.problems)
        self._refuse_formulas(number, row)
        instrument = self._instrument(number, row["instrument"])
        answer = {
            "area_code": self._borough(number, row["borough_code"], row["borough_name"]),
            "wave": self._wave(number, row["wave"]),
            "instrument": instrument.instrument if instrument else "",
            "item_id": self._item(number, row["item_id"], instrument),
            "response": self._response(number, row["response"], row["not_applicable"], instrument),
            "respondent_role": row["respondent_role"],
            "evidence_note": row["evidence_note"],
            "publish_level": self._level(number, row["publish_level"]),
            "collected_on": self._day(number, row["collected_on"]),
        }
        if len(self.problems) == before:
            self.answers.append((number, answer))

    def compare_rows(self) -> None:
        """What is wrong between rows: two waves, two instruments, duplicates, too many ticks."""
        self.titles = {}
        for column in ("wave", "instrument"):
            kinds = list(dict.fromkeys(answer[column] for _, answer in self.answers))
            if len(kinds) > 1:
                self._say(None, column, " and ".join(kinds), f"one {column} in a file")
        first: dict[tuple[str, str], int] = {}
        for number, answer in self.answers:
            key = (answer["area_code"], answer["item_id"])
            if key in first:
                self._say(
                    number, "item_id", f"answered in row {first[key]} already", "one answer to a question"
                )
            first.setdefault(key, number)
        ticked = Counter(
            (answer["area_code"], answer["instrument"])
            for _, answer in self.answers
            if answer["response"] != NOT_APPLICABLE
        )
        for (code, name), count in ticked.items():
            most = self.instruments[name].most_ticks
            if most is not None and count > most:
                borough = {known: full for full, known in self.spellings.names.items()}[code]
                self._say(None, "response", f"{count} ticks of {borough}", f"at most {most} ticks")

    def _say(self, row: int | None, column: str, found: str, allowed: str) -> None:
        title = _speakable(self.titles.get(column, column))
        self.problems.append(Problem(self.sheet, row, title, _speakable(found) or "nothing", allowed))

    def _refuse_formulas(self, number: int, row: dict[str, str]) -> None:
        for column, text in row.items():
            if text.startswith(("=", "@")):
                self._say(number, column, text, "text, not a formula")
            elif UNSPEAKABLE.search(text):
                self._say(number, column, text, "text without control characters and broken letters")
            elif len(text) > _LONGEST.get(column, len(text)):
                self._say(number, column, f"{len(text)} letters", f"at most {_LONGEST[column]:,} letters")

    def _borough(self, number: int, code: str, name: str) -> str:
        known = {known: full for full, known in self.spellings.names.items()}
        by_name = self.spellings.find(name) if name else None
        if name and by_name is None:
            guess = self.spellings.guess(name)
            hint = f"; did you mean {guess}?" if guess else ""
            self._say(number, "borough_name", name, f"the name of a London borough{hint}")
        if code and code not in known:
            self._say(number, "borough_code", code, "the code of a London borough, such as E09000007")
        if not code and not name:
            self._say(number, "borough_code", "nothing", "the code or the name of a London borough")
        if code in known and by_name and by_name != code:
            self._say(number, "borough_name", name, f"{known[code]}, whose code is {code}")
        if by_name and name != known[by_name]:
            self.guesses.append(Guess(name, known[by_name]))
        return code or by_name or ""

    def _wave(self, number: int, written: str) -> str:
        wave = _plain_number(written)
        if not is_wave(wave):
            self._say(
                number, "wave", wave, "a year, with a word if there is more than one: 2026, 2026 spring"
            )
        return wave

    def _instrument(self, number: int, name: str) -> Instrument | None:
        found = self.instruments.get(name.casefold())
        if found is None:
            self._say(number, "instrument", name, f"one of {', '.join(self.instruments)}")
        return found

    def _item(self, number: int, item_id: str, instrument: Instrument | None) -> str:
        known = [item.item_id for item in instrument.items] if instrument else [item_id]
        if item_id.casefold() not in known and instrument:
            self._say(number, "item_id", item_id, f"one of {', '.join(known)}")
        return item_id.casefold()

    def _response(self, number: int, written: str, not_applicable: str, instrument: Instrument | None) -> str:
        flag = not_applicable.casefold()
        if flag not in _YES | _NO:
            self._say(number, "not_applicable", not_applicable, "yes or no")
        if flag in _YES:
            if written:
                self._say(number, "response", written, "no response where the question is not applicable")
            return NOT_APPLICABLE
        if instrument is None:
            return ""
        by_text = {_plain(option.label): option.response for option in instrument.options}
        by_text |= {option.response: option.response for option in instrument.options}
        if instrument.kind == TICKS:
            by_text |= dict.fromkeys(_YES, instrument.options[0].response)
        found = by_text.get(_plain(_plain_number(written)))
        if found is None:
            self._say(number, "response", written, f"one of {', '.join(instrument.labels().values())}")
        return found or ""

    def _level(self, number: int, level: str) -> str:
        if level.casefold() not in LEVELS:
            self._say(number, "publish_level", level, f"one of {', '.join(LEVELS)}")
        return level.casefold()

    def _day(self, number: int, written: str) -> dt.date | None:
        if not written:
            return None
        for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                day = dt.datetime.strptime(written, pattern).date()
            except ValueError:
                continue
            if dt.date(2000, 1, 1) <= day <= self.today:
                return day
        self._say(number, "collected_on", written, "a day that is past: 2026-03-31 or 31/03/2026")
        return None
