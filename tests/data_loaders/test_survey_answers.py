"""A file of answers is taken whole or not at all, and every problem of it is named at once."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, strategies as st
from python_calamine import CalamineWorkbook

from data_loaders.survey import template, wide
from data_loaders.survey.answers import COLUMNS, NOT_APPLICABLE, Checked, check
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.reading import read_upload
from data_loaders.survey.sheets import Sheet, UploadError
from tests.survey import CODES, INSTRUMENTS, SPELLINGS

TODAY = dt.date(2026, 11, 24)
GOOD = {
    "borough_name": "Camden",
    "wave": "2026",
    "instrument": "hallmarks",
    "item_id": "shared_vision",
    "response": "Yes",
    "publish_level": "named",
}


def sheet(*rows: dict[str, str]) -> Sheet:
    return Sheet("Answers", list(COLUMNS), [[(GOOD | row).get(name, "") for name in COLUMNS] for row in rows])


def checked(*rows: dict[str, str]) -> Checked:
    return check(sheet(*rows), INSTRUMENTS, SPELLINGS, TODAY)


def said(result: Checked) -> list[tuple[int | None, str, str]]:
    return [(problem.row, problem.column, problem.found) for problem in result.problems]


def test_a_good_row_is_an_answer() -> None:
    result = checked(
        {"respondent_role": "Director", "evidence_note": "Plan of 2025", "collected_on": "31/03/2026"}
    )
    assert result.problems == []
    (answer,) = result.answers.to_dict("records")
    assert answer == {
        "area_code": "E09000007",
        "wave": "2026",
        "instrument": "hallmarks",
        "item_id": "shared_vision",
        "response": "yes",
        "respondent_role": "Director",
        "evidence_note": "Plan of 2025",
        "publish_level": "named",
        "collected_on": dt.date(2026, 3, 31),
    }


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ({"borough_name": "Atlantis"}, "borough_name", "Atlantis"),
        ({"borough_name": "", "borough_code": "E06000001"}, "borough_code", "E06000001"),
        ({"borough_name": ""}, "borough_code", "nothing"),
        ({"borough_code": "E09000012"}, "borough_name", "Camden"),
        ({"wave": "soon"}, "wave", "soon"),
        ({"instrument": "vibes"}, "instrument", "vibes"),
        ({"item_id": "vision"}, "item_id", "vision"),
        ({"response": "Maybe"}, "response", "Maybe"),
        ({"response": "5"}, "response", "5"),
        ({"not_applicable": "perhaps"}, "not_applicable", "perhaps"),
        ({"not_applicable": "yes"}, "response", "Yes"),
        ({"publish_level": "everyone"}, "publish_level", "everyone"),
        ({"publish_level": ""}, "publish_level", "nothing"),
        ({"collected_on": "2026-13-01"}, "collected_on", "2026-13-01"),
        ({"collected_on": "2027-01-01"}, "collected_on", "2027-01-01"),
        ({"evidence_note": "=HYPERLINK(1)"}, "evidence_note", "=HYPERLINK(1)"),
        ({"evidence_note": "a\x07b"}, "evidence_note", "a\N{REPLACEMENT CHARACTER}b"),
        ({"respondent_role": "x" * 101}, "respondent_role", "101 letters"),
    ],
)
def test_each_problem_is_named_with_its_row_and_column(row: dict[str, str], column: str, found: str) -> None:
    result = checked(row, {"item_id": "single_pathway"})
    assert said(result) == [(2, column, found)]
    assert result.problems[0].allowed
    # nothing is half-accepted
    assert result.answers.empty


def test_all_problems_come_in_one_list() -> None:
    result = checked({"response": "Maybe", "wave": "x"}, {"borough_name": "Atlantis"})
    assert said(result) == [(2, "wave", "x"), (2, "response", "Maybe"), (3, "borough_name", "Atlantis")]


def test_two_waves_instruments_and_answers_to_one_question_are_refused() -> None:
    result = checked(
        {},
        {},
        {"wave": "2025", "item_id": "single_pathway"},
        {"instrument": "interfaces", "item_id": "gp_early_years", "response": "3"},
    )
    assert (None, "wave", "2026 and 2025") in said(result)
    assert (None, "instrument", "hallmarks and interfaces") in said(result)
    assert (3, "item_id", "answered in row 2 already") in said(result)


def test_more_than_three_ticks_are_refused() -> None:
    items = [item.item_id for item in INSTRUMENTS["challenges"].items]
    ticks = [{"instrument": "challenges", "item_id": name, "response": "x"} for name in items]
    assert checked(*ticks[:3]).problems == []
    assert said(checked(*ticks)) == [(None, "response", "4 ticks of Camden")]


def test_what_is_not_answered_is_passed_over_and_counted() -> None:
    result = checked({"response": ""}, {"item_id": "single_pathway"})
    assert (len(result.answers), result.unanswered) == (1, 1)
    assert said(checked({"response": ""})) == [(None, "response", "no answer at all")]


def test_not_applicable_is_an_answer_of_its_own() -> None:
    assert checked({"response": "", "not_applicable": "Yes"}).answers["response"].item() == NOT_APPLICABLE


def test_columns_that_are_missing_unknown_or_twice_are_named() -> None:
    odd = Sheet("CSV", ["borough_name", "wave", "wave", "item_id", "response", "mood"], [])
    found = said(check(odd, INSTRUMENTS, SPELLINGS, TODAY))
    assert found == [
        (1, "mood", "an unknown column"),
        (1, "wave", "2 columns of this name"),
        (1, "instrument", "no such column"),
        (1, "publish_level", "no such column"),
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("LB Hackney", "Hackney"),
        ("London Borough of Hackney", "Hackney"),
        ("Hackney Council", "Hackney"),
        ("hackney", "Hackney"),
        ("Royal Borough of Greenwich", "Greenwich"),
        ("K&C", "Kensington and Chelsea"),
        ("Kensington & Chelsea", "Kensington and Chelsea"),
        ("RBKC", "Kensington and Chelsea"),
        ("H & F", "Hammersmith and Fulham"),
        ("Westminster City Council", "Westminster"),
        ("The City of London Corporation", "City of London"),
        ("Kingston-upon-Thames", "Kingston upon Thames"),
        ("Richmond", "Richmond upon Thames"),
        ("LBTH", "Tower Hamlets"),
        ("City", "City of London"),
        ("Kingston", "Kingston upon Thames"),
        ("H&F", "Hammersmith and Fulham"),
        ("Hammersmith / Fulham LB", "Hammersmith and Fulham"),
        ("Barking & Dagenham", "Barking and Dagenham"),
        ("LB of Barking + Dagenham", "Barking and Dagenham"),
        ("Royal Borough of Kingston upon Thames", "Kingston upon Thames"),
    ],
)
def test_usual_spellings_are_read_and_the_guess_is_shown(written: str, name: str) -> None:
    result = checked({"borough_name": written})
    assert result.answers["area_code"].item() == CODES[name]
    assert result.guesses == [(written, name)]


def test_every_name_is_read_as_itself_and_a_misspelt_one_is_asked_about() -> None:
    for name, code in CODES.items():
        assert checked({"borough_name": name}).guesses == []
        assert SPELLINGS.find(name) == code
    (problem,) = checked({"borough_name": "Hackny"}).problems
    assert problem.allowed.endswith("did you mean Hackney?")


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=list(INSTRUMENTS))
def test_the_filled_in_template_is_accepted_as_xlsx_and_as_csv(instrument: Instrument) -> None:
    rows = template.template_rows(instrument, CODES, "2026")
    filled = [
        row | {"response": instrument.options[place % len(instrument.options)].label, "publish_level": "ics"}
        for place, row in enumerate(rows)
        if instrument.most_ticks is None or place % len(instrument.items) < instrument.most_ticks
    ]
    for content in (template.as_csv(filled), template.as_xlsx(instrument, filled)):
        result = check(read_upload(content), INSTRUMENTS, SPELLINGS, TODAY)
        assert result.problems == []
        assert len(result.answers) == len(filled)
    empty = check(read_upload(template.as_csv(rows)), INSTRUMENTS, SPELLINGS, TODAY)
    assert [problem.found for problem in empty.problems] == ["no answer at all"]


def test_the_template_opens_in_another_program_with_its_notes_and_lists() -> None:
    instrument = INSTRUMENTS["enablers"]
    content = template.as_xlsx(instrument, template.template_rows(instrument, CODES, "2026"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Answers", "Lists", "Notes", "Questions", "Example"]
    answers = book.get_sheet_by_name("Answers").to_python()
    assert answers[0] == list(COLUMNS)
    assert len(answers) == 1 + 33 * 12
    notes = book.get_sheet_by_name("Notes").to_python()
    assert [row[0] for row in notes[1:]] == list(COLUMNS)
    rules = openpyxl.load_workbook(io.BytesIO(content))["Answers"].data_validations.dataValidation
    assert sorted(str(rule.sqref) for rule in rules) == ["F2:F397", "G2:G397", "J2:J397"]
    assert all(rule.showErrorMessage and rule.error for rule in rules)
    (level,) = [rule.formula1 for rule in rules if str(rule.sqref) == "J2:J397"]
    assert level == "Lists!$C$2:$C$4"


FORM = [
    "Timestamp",
    "Which local authority are you answering for?",
    "Your role",
    "Clearly articulated vision for how services work together for maternity and early years needs",
    "2. Single integrated pre-birth to 5 pathway or offer?",
    "Anything else",
]


def test_the_columns_of_a_form_are_guessed() -> None:
    found = wide.guess_columns(Sheet("CSV", FORM, []), INSTRUMENTS["hallmarks"])
    assert found == [
        "collected_on",
        "borough_name",
        "respondent_role",
        "shared_vision",
        "single_pathway",
        wide.PASS_OVER,
    ]


def test_a_form_becomes_answers_with_the_rows_of_the_form() -> None:
    form = Sheet(
        "CSV",
        FORM,
        [
            ["2026/03/31 10:15:00", "LB Hackney", "Director", "Yes", "No", ""],
            ["2026/04/01 09:00:00", "Camden", "", "Not applicable", "Sort of", "hello"],
        ],
    )
    columns = wide.guess_columns(form, INSTRUMENTS["hallmarks"])
    long = wide.lengthen(form, columns, INSTRUMENTS["hallmarks"], "2026", "ics")
    result = check(long, INSTRUMENTS, SPELLINGS, TODAY)
    assert said(result) == [(3, FORM[4], "Sort of")]
    good = wide.lengthen(form._replace(rows=form.rows[:1]), columns, INSTRUMENTS["hallmarks"], "2026", "ics")
    answers = check(good, INSTRUMENTS, SPELLINGS, TODAY).answers
    assert answers[["item_id", "response"]].to_numpy().tolist() == [
        ["shared_vision", "yes"],
        ["single_pathway", "no"],
    ]
    assert set(answers["collected_on"]) == {dt.date(2026, 3, 31)}


def test_a_score_with_words_is_read_by_its_number() -> None:
    form = Sheet("CSV", ["Borough", "GPs and other early years services"], [["Camden", "4 (well)"]])
    columns = wide.guess_columns(form, INSTRUMENTS["interfaces"])
    long = wide.lengthen(form, columns, INSTRUMENTS["interfaces"], "2026", "named")
    assert check(long, INSTRUMENTS, SPELLINGS, TODAY).answers["response"].item() == "4"


ANY_CELL = st.text(max_size=12) | st.sampled_from(
    [*GOOD.values(), "yes", "2026-01-01", "E09000001", "=1+1", "-"]
)


@given(
    st.lists(st.sampled_from([*COLUMNS, "x", ""]), min_size=1, max_size=13),
    st.lists(st.lists(ANY_CELL, min_size=13, max_size=13), max_size=6),
)
def test_whatever_is_in_a_sheet_there_are_answers_or_problems(
    header: list[str], rows: list[list[str]]
) -> None:
    fitted = [row[: len(header)] for row in rows]
    result = check(Sheet("CSV", header, fitted), INSTRUMENTS, SPELLINGS, TODAY)
    assert bool(result.problems) == result.answers.empty
    for problem in result.problems:
        assert problem.allowed
        assert len(problem.found) <= 80


@given(st.data())
def test_a_good_file_read_back_from_csv_has_all_its_answers(data: st.DataObject) -> None:
    instrument = data.draw(
        st.sampled_from([INSTRUMENTS[name] for name in ("hallmarks", "interfaces", "enablers")])
    )
    rows = template.template_rows(instrument, CODES, "2026")
    chosen = data.draw(
        st.lists(
            st.sampled_from(rows),
            min_size=1,
            max_size=20,
            unique_by=lambda row: (row["borough_code"], row["item_id"]),
        )
    )
    responses = [data.draw(st.sampled_from(instrument.options)) for _ in chosen]
    filled = [
        row
        | {"response": option.label, "publish_level": data.draw(st.sampled_from(["named", "ics", "london"]))}
        for row, option in zip(chosen, responses, strict=True)
    ]
    result = check(read_upload(template.as_csv(filled)), INSTRUMENTS, SPELLINGS, TODAY)
    assert result.problems == []
    assert list(result.answers["response"]) == [option.response for option in responses]


def test_an_upload_error_is_a_sentence() -> None:
    with pytest.raises(UploadError, match=r"^The file is empty\.$"):
        read_upload(b"")
