"""An export of Microsoft Forms or Google Forms, with a row for each borough and a column for each question.

The columns are guessed, the user corrects the guesses, and what comes out is a sheet like the template's,
to be checked like any other.
"""

import difflib
import re
from collections.abc import Mapping

from data_loaders.survey.answers import COLUMNS
from data_loaders.survey.instruments import TICKS, Instrument
from data_loaders.survey.reading import Sheet

# what a column of a form can be beside a question
OTHERS = {
    "borough_name": "The borough",
    "respondent_role": "The role of who answers",
    "collected_on": "The day of the answer",
    "evidence_note": "A note",
    "publish_level": "What may be shown",
}
PASS_OVER = ""
_WORDS = {
    "borough_name": ("borough", "local authority", "council", "your area"),
    "collected_on": ("completion time", "timestamp", "date"),
    "respondent_role": ("role", "job title", "position"),
    "evidence_note": ("note", "comment", "evidence"),
    "publish_level": ("publish", "may be shown"),
}
LIKENESS = 0.6


def is_wide(sheet: Sheet) -> bool:
    """Whether a sheet is something else than the template, with a column for each question."""
    return "item_id" not in sheet.header and len(sheet.header) > 1


def guess_columns(sheet: Sheet, instrument: Instrument) -> dict[str, str]:
    """What each column is: an item_id, one of OTHERS, or PASS_OVER. No two columns are the same thing."""
    found: dict[str, str] = {}
    for header in sheet.header:
        meaning = _question(header, instrument) or _other(header)
        found[header] = meaning if meaning not in found.values() else PASS_OVER
    return found


def lengthen(
    sheet: Sheet, columns: Mapping[str, str], instrument: Instrument, wave: str, publish_level: str
) -> Sheet:
    """The sheet with a row for each borough and question, as the template has it.

    `publish_level` is that of all answers, unless a column of the form gives it. Each row keeps the number of
    the form's row that it comes from.
    """
    meanings = [columns.get(header, PASS_OVER) for header in sheet.header]
    places = {meaning: place for place, meaning in enumerate(meanings) if meaning}
    rows, numbers = [], []
    for number, row in zip(sheet.row_numbers(), sheet.rows, strict=True):
        shared = {name: row[places[name]] for name in OTHERS if name in places}
        shared = {"publish_level": publish_level} | {name: text for name, text in shared.items() if text}
        shared |= {"wave": wave, "instrument": instrument.instrument}
        shared["collected_on"] = _day(shared.get("collected_on", ""))
        for item in instrument.items:
            if item.item_id in places:
                answer = shared | {"item_id": item.item_id} | _answer(row[places[item.item_id]], instrument)
                rows.append([answer.get(name, "") for name in COLUMNS])
                numbers.append(number)
    return Sheet(sheet.name, list(COLUMNS), rows, tuple(numbers))


def _answer(written: str, instrument: Instrument) -> dict[str, str]:
    if written.casefold() in {"not applicable", "n/a", "na"}:
        return {"not_applicable": "yes"}
    # forms write "4 (very well)" or "4 - very well" for the fourth of five
    number = re.match(r"(\d)\b", written)
    if number and number[1] in instrument.labels():
        return {"response": number[1]}
    if instrument.kind == TICKS and written.casefold() in {"no", "false", "0"}:
        return {}
    return {"response": written}


def _day(written: str) -> str:
    """The day of a moment: forms write "3/31/26 10:15:00" as Excel dates, and "2026/03/31 10:15" as text."""
    return written.split(" ")[0].replace("/", "-") if re.match(r"20\d\d/", written) else written.split(" ")[0]


def _question(header: str, instrument: Instrument) -> str:
    """The question that a header is most like; empty when none is alike enough."""
    plain = _plain(header)
    scores = {
        item.item_id: max(_likeness(plain, _plain(text)) for text in (item.item_id, item.label, item.wording))
        for item in instrument.items
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= LIKENESS else ""


def _other(header: str) -> str:
    plain = _plain(header)
    for meaning, words in _WORDS.items():
        if any(word in plain for word in words):
            return meaning
    return PASS_OVER


def _likeness(one: str, other: str) -> float:
    if other and other in one:
        return 1.0
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", text.casefold().replace("_", " ")).split())
