"""What a partnership has answered comes back from its own file, letter by letter, and the upload takes it."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from data_loaders.survey import self_evaluation, template
from data_loaders.survey.answers import COLUMNS, LEVELS, Checked, check
from data_loaders.survey.reading import read_upload
from data_loaders.survey.self_evaluation import SelfEvaluation
from data_loaders.survey.sheets import Sheet, UploadError
from data_loaders.survey.spellings import Spellings
from tests.survey import CODES, INSTRUMENTS

ENABLERS = INSTRUMENTS["enablers"]
ITEMS = [item.item_id for item in ENABLERS.items]
NAMES = {code: name for name, code in CODES.items()}
TODAY = dt.date(2026, 11, 25)
HALF = SelfEvaluation(
    borough="Hackney",
    wave="2026",
    responses={"leadership_commitment": "mature", "common_agenda": "early"},
    notes={"common_agenda": "Plan of 2025", "shared_goals": "To be discussed"},
)


def rows(evaluation: SelfEvaluation) -> list[dict[str, str]]:
    return self_evaluation.rows(evaluation, ENABLERS, CODES[evaluation.borough], TODAY)


def as_files(evaluation: SelfEvaluation) -> list[bytes]:
    return [template.as_csv(rows(evaluation)), template.as_xlsx(ENABLERS, rows(evaluation))]


def checked(sheet: Sheet) -> Checked:
    return check(sheet, INSTRUMENTS, Spellings(CODES, {}), TODAY)


def resumed(content: bytes) -> SelfEvaluation:
    sheet = read_upload(content)
    result = checked(sheet)
    assert result.problems == []
    return self_evaluation.resume(sheet, result, ENABLERS, NAMES)


def test_the_upload_takes_the_file_as_it_is() -> None:
    for content in as_files(HALF):
        result = checked(read_upload(content))
        assert (result.problems, result.guesses, result.unanswered) == ([], [], 10)
        first, second = result.answers.to_dict("records")
        assert first == {
            "area_code": "E09000012",
            "wave": "2026",
            "instrument": "enablers",
            "item_id": "leadership_commitment",
            "response": "mature",
            "respondent_role": "The partnership together",
            "evidence_note": "",
            "publish_level": "london",
            "collected_on": TODAY,
        }
        assert (second["item_id"], second["response"]) == ("common_agenda", "early")
        assert second["evidence_note"] == "Plan of 2025"


def test_what_comes_back_has_the_notes_on_what_is_not_answered_yet() -> None:
    for content in as_files(HALF):
        assert resumed(content) == HALF


NASTY = [
    "=1+1",
    "+44 20",
    "-5",
    "@all",
    "'=1",
    "''+1",
    "'quoted'",
    '"; DROP',
    "a\nb",
    "a,b;c\td",
    "👶🏽",
    "שלום",
    "_x0041_",
    "_x0000_x0041_",
    "\xad",
    "\u200fשלום\xa0",
]
NOTES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(NASTY)


@settings(max_examples=25)
@given(
    borough=st.sampled_from(sorted(CODES)),
    responses=st.dictionaries(
        st.sampled_from(ITEMS), st.sampled_from([option.response for option in ENABLERS.options]), min_size=1
    ),
    notes=st.dictionaries(st.sampled_from(ITEMS), NOTES),
    level=st.sampled_from(list(LEVELS)),
)
def test_every_self_evaluation_comes_back_from_both_files(
    borough: str, responses: dict[str, str], notes: dict[str, str], level: str
) -> None:
    evaluation = SelfEvaluation(borough, "2026", responses, publish_level=level)
    for item_id, text in notes.items():
        evaluation = evaluation.note(item_id, text)
    for content in as_files(evaluation):
        assert resumed(content) == evaluation


@pytest.mark.parametrize("note", ["=HYPERLINK(1)", "+1", "-1", "@x", "'=1", "\t=1", " =1"])
def test_no_note_is_a_formula_in_a_spreadsheet(note: str) -> None:
    content, book = as_files(HALF.note("common_agenda", note))
    cells = [row["evidence_note"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Answers"]
    column = COLUMNS.index("evidence_note") + 1
    found = [cells[1], sheet.cell(3, column).value]
    assert found[0] == found[1]
    assert found[0].startswith("'")
    assert sheet.cell(3, column).data_type == "s"


def test_the_longest_note_fits_even_with_its_mark() -> None:
    longest = HALF.note("common_agenda", "=" * self_evaluation.LONGEST_NOTE)
    for content in as_files(longest):
        assert resumed(content) == longest


def test_an_answer_or_a_note_can_be_taken_back() -> None:
    assert HALF.answer("common_agenda", None).responses == {"leadership_commitment": "mature"}
    assert HALF.note("shared_goals", " \n").notes == {"common_agenda": "Plan of 2025"}
    assert HALF.note("shared_goals", "a\r\nb\x00\x0b").notes["shared_goals"] == "a\nb"


def test_without_a_word_only_londons_figures_may_show_the_answers() -> None:
    assert {row["publish_level"] for row in rows(HALF)} == {"london"}


def sheet_of(*changes: dict[str, str]) -> Sheet:
    """The file of HALF, with rows changed in the order of the enablers."""
    made = rows(HALF)
    for row, change in zip(made, changes, strict=False):
        row.update(change)
    return Sheet("Answers", list(COLUMNS), [[row[name] for name in COLUMNS] for row in made])


def test_of_several_levels_the_most_protective_is_for_all() -> None:
    sheet = sheet_of({"publish_level": "named"}, {"publish_level": "ics"})
    found = self_evaluation.resume(sheet, checked(sheet), ENABLERS, NAMES)
    assert found.publish_level == "ics"


def test_one_borough_of_the_template_of_all_is_taken_with_its_own_notes() -> None:
    made = template.template_rows(ENABLERS, CODES, "2026")
    for row in made:
        row["evidence_note"] = row["borough_name"]
        if row["borough_name"] == "Hackney" and row["item_id"] == "shared_goals":
            row |= {"response": "Basic", "publish_level": "named"}
    found = resumed(template.as_csv(made))
    assert (found.borough, found.responses) == ("Hackney", {"shared_goals": "basic"})
    assert set(found.notes.values()) == {"Hackney"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"borough_code": "E09000007", "borough_name": "Camden"}, "answers of several boroughs"),
        ({"response": "", "not_applicable": "yes"}, "does not apply"),
        ({"evidence_note": "x" * 2_000}, "The note on leadership_commitment has 2,000 letters"),
    ],
)
def test_what_this_cannot_hold_is_refused_in_a_sentence(change: dict[str, str], sentence: str) -> None:
    sheet = sheet_of(change)
    result = checked(sheet)
    assert result.problems == []
    with pytest.raises(UploadError, match=sentence):
        self_evaluation.resume(sheet, result, ENABLERS, NAMES)


def test_a_note_on_what_is_not_asked_is_refused() -> None:
    sheet = sheet_of({}, {}, {"item_id": "vision", "evidence_note": "x"})
    with pytest.raises(UploadError, match="a note on vision, which is not asked"):
        self_evaluation.resume(sheet, checked(sheet), ENABLERS, NAMES)


def test_answers_to_other_questions_are_refused() -> None:
    made = template.template_rows(INSTRUMENTS["hallmarks"], {"Hackney": "E09000012"}, "2026")
    made[0] |= {"response": "Yes", "publish_level": "named"}
    with pytest.raises(UploadError, match="answers to other questions"):
        resumed(template.as_csv(made))


@given(
    responses=st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(list(ENABLERS.labels()))),
    notes=st.dictionaries(st.sampled_from(ITEMS), st.text(min_size=1, max_size=80)),
    level=st.sampled_from(list(LEVELS)),
)
def test_what_a_browser_keeps_comes_back_letter_by_letter(
    responses: dict[str, str], notes: dict[str, str], level: str
) -> None:
    given_once = SelfEvaluation("Hackney", "2026", responses, publish_level=level)
    for item_id, text in notes.items():
        given_once = given_once.note(item_id, text)
    text = self_evaluation.as_text(given_once)
    if not responses and not given_once.notes:
        assert text == ""
    else:
        assert self_evaluation.from_text(text, ENABLERS) == given_once


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ('"mature"', '"excellent"'),
        ('"mature"', "5"),
        ('"leadership_commitment"', '"another_question"'),
        ('"Plan of 2025"', '["Plan"]'),
        ('"2026"', '"demonstration"'),
        ('"london"', '"everyone"'),
        ("{", ""),
    ],
)
def test_what_this_app_has_not_written_is_not_taken_from_a_browser(found: str, put: str) -> None:
    text = self_evaluation.as_text(HALF)
    assert self_evaluation.from_text(text, ENABLERS) == HALF
    assert found in text
    assert self_evaluation.from_text(text.replace(found, put), ENABLERS) is None
