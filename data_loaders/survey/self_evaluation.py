"""One borough's answers to the enablers, given by its partnership together, and the file that keeps them.

The file is the template, filled in: the upload takes it as it is, and `resume` makes of it again what it was
made from.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from pydantic import TypeAdapter, ValidationError

from data_loaders.survey.answers import LEVELS, NOT_APPLICABLE, UNSPEAKABLE, Checked, is_wave
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.reading import tidy
from data_loaders.survey.sheets import Sheet, UploadError
from data_loaders.survey.template import template_rows

INSTRUMENT = "enablers"
ROLE = "The partnership together"
# one letter less than the upload takes of a note, because a mark may come before it
LONGEST_NOTE = 1_999
MOST_PROTECTIVE = list(LEVELS)[-1]
# a spreadsheet takes a text that begins with one of these for a formula, but not with an apostrophe before it
_FORMULA = re.compile(r"'*[=+\-@]")
_MARKED = re.compile(r"'+[=+\-@]")


@dataclass(frozen=True)
class SelfEvaluation:
    """What a borough's partnership has answered: codes of the scale and notes, both by item_id.

    An item that is not answered yet, or has no note, is in neither.
    """

    borough: str
    wave: str
    responses: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    publish_level: str = MOST_PROTECTIVE

    def answer(self, item_id: str, response: str | None) -> "SelfEvaluation":
        """The same with another answer; None takes it away."""
        return replace(self, responses=_with(self.responses, item_id, response))

    def note(self, item_id: str, text: str) -> "SelfEvaluation":
        """The same with another note, as long as it may be, without what nobody sees."""
        return replace(self, notes=_with(self.notes, item_id, clean(text)[:LONGEST_NOTE]))


def clean(text: str) -> str:
    """A note as a file can hold it, and gives it back."""
    return tidy(UNSPEAKABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def as_text(evaluation: SelfEvaluation) -> str:
    """A self-evaluation as its person's browser keeps it; empty when nothing is answered or noted."""
    if not evaluation.responses and not evaluation.notes:
        return ""
    return json.dumps(asdict(evaluation), ensure_ascii=False, sort_keys=True)


def from_text(text: str, instrument: Instrument) -> SelfEvaluation | None:
    """What as_text has written; None for a text that it has not, and for answers to other questions."""
    try:
        found = TypeAdapter(SelfEvaluation).validate_json(text, strict=True)
    except ValidationError:
        return None
    items = {item.item_id for item in instrument.items}
    notes = {item_id: clean(note)[:LONGEST_NOTE] for item_id, note in found.notes.items()}
    is_sound = (
        {*found.responses, *notes} <= items
        and set(found.responses.values()) <= set(instrument.labels())
        and found.publish_level in LEVELS
        and is_wave(found.wave)
    )
    return replace(found, notes=notes) if is_sound else None


def rows(
    evaluation: SelfEvaluation, instrument: Instrument, borough_code: str, day: dt.date
) -> list[dict[str, str]]:
    """The rows of the template (data_loaders.survey.answers.COLUMNS), one an item, collected on this day."""
    labels = instrument.labels()
    said = {item_id: labels[response] for item_id, response in evaluation.responses.items()}
    shared = {
        "respondent_role": ROLE,
        "publish_level": evaluation.publish_level,
        "collected_on": day.isoformat(),
    }
    return [
        row
        | shared
        | {
            "response": said.get(row["item_id"], ""),
            "evidence_note": escaped(evaluation.notes.get(row["item_id"], "")),
        }
        for row in template_rows(instrument, {evaluation.borough: borough_code}, evaluation.wave)
    ]


def resume(
    sheet: Sheet, checked: Checked, instrument: Instrument, names: Mapping[str, str]
) -> SelfEvaluation:
    """What a checked file without problems was made from; `names` are the boroughs' by their codes.

    Of several levels at which answers may be shown, the most protective is taken for all. Raises UploadError
    for answers to other questions, of several boroughs, or that this cannot hold.
    """
    answers = checked.answers
    if set(answers["instrument"]) != {instrument.instrument}:
        raise UploadError(f"The file has answers to other questions than “{instrument.name}”.")
    if answers["area_code"].nunique() > 1:
        raise UploadError("The file has answers of several boroughs. Here one borough looks at itself.")
    if (answers["response"] == NOT_APPLICABLE).any():
        raise UploadError(
            "The file says that a question does not apply. Here each enabler has a level or no answer yet."
        )
    code = answers["area_code"].iloc[0]
    found = SelfEvaluation(
        borough=names[code],
        wave=answers["wave"].iloc[0],
        responses=dict(zip(answers["item_id"], answers["response"], strict=True)),
        publish_level=max(answers["publish_level"], key=list(LEVELS).index),
    )
    known = {item.item_id for item in instrument.items}
    for item_id, note in _notes(sheet, found.borough, code).items():
        if item_id not in known:
            raise UploadError(f"The file has a note on {item_id or 'nothing'}, which is not asked.")
        if len(note) > LONGEST_NOTE:
            raise UploadError(
                f"The note on {item_id} has {len(note):,} letters; at most {LONGEST_NOTE:,} are taken."
            )
        found = found.note(item_id, note)
    return found


def escaped(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """What `escaped` has made a text from."""
    return text[1:] if _MARKED.match(text) else text


def _notes(sheet: Sheet, borough: str, code: str) -> dict[str, str]:
    """The notes of a sheet by item_id: those without an answer, too, where they are this borough's."""
    cells = [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
    return {
        row["item_id"].casefold(): unescaped(row["evidence_note"])
        for row in cells
        if row.get("evidence_note")
        and (row["response"] or row.get("borough_code") == code or row.get("borough_name") == borough)
    }


def _with(texts: Mapping[str, str], item_id: str, text: str | None) -> dict[str, str]:
    others = {name: kept for name, kept in texts.items() if name != item_id}
    return others | {item_id: text} if text else others
