"""The export of a form becomes answers, as its columns were guessed and corrected."""

import csv
import datetime as dt

import pytest

from data_loaders.survey import wide
from data_loaders.survey.answers import Checked, check
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.reading import read_upload
from data_loaders.survey.sheets import Sheet
from tests.data_loaders.test_survey_nasties import INSTRUMENTS, SPELLINGS, TODAY
from tests.served import recorded
from tests.workbooks import as_csv, book

HALLMARKS, CHALLENGES = INSTRUMENTS["hallmarks"], INSTRUMENTS["challenges"]
BEFORE = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
START, END = dt.datetime(2026, 3, 30, 9, 0), dt.datetime(2026, 3, 31, 9, 20)
ANSWERS = ["Yes", "No", "Starting to put in place", "Don’t know", "N/A", "", "No"]


def read_form(sheet: Sheet, instrument: Instrument) -> Checked:
    columns = wide.guess_columns(sheet, instrument)
    return check(wide.lengthen(sheet, columns, instrument, "2026", "ics"), INSTRUMENTS, SPELLINGS, TODAY)


def test_an_export_of_microsoft_forms_is_read() -> None:
    header = [*BEFORE, "Which borough are you from?", *(item.wording for item in HALLMARKS.items)]
    content = book(rows=[header, [1, START, END, "anonymous", "", "", "LB Hackney", *ANSWERS]])
    sheet = read_upload(content)
    assert wide.is_wide(sheet)
    result = read_form(sheet, HALLMARKS)
    assert result.problems == []
    assert result.answers["response"].tolist() == [
        "yes", "no", "starting", "dont_know", "not_applicable", "no"
    ]  # fmt: skip
    assert set(result.answers["collected_on"]) == {END.date()}
    assert result.guesses == [("LB Hackney", "Hackney")]


def test_an_export_of_google_forms_is_read() -> None:
    header = ["Timestamp", "Borough", *(f"Is this in place? [{item.wording}]" for item in HALLMARKS.items)]
    content = as_csv([header, ["2026/03/31 10:15:00 AM GMT+1", "K&C", *ANSWERS]])
    result = read_form(read_upload(content), HALLMARKS)
    assert (result.problems, len(result.answers)) == ([], 6)


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=list(INSTRUMENTS))
@pytest.mark.parametrize("title", ["{0.wording}", "{0.label}", "3. {0.wording}?", "How well? [{0.label}]"])
def test_each_question_is_guessed_as_itself(instrument: Instrument, title: str) -> None:
    sheet = Sheet("CSV", [title.format(item) for item in instrument.items], [])
    assert wide.guess_columns(sheet, instrument) == [item.item_id for item in instrument.items]


def test_problems_have_the_names_of_the_columns_of_the_form() -> None:
    sheet = Sheet(
        "CSV", ["When (date)", "Area or borough", "Single pathway"], [["soon", "Atlantis", "Maybe"]]
    )
    columns = ["collected_on", "borough_name", "single_pathway"]
    long = wide.lengthen(sheet, columns, HALLMARKS, "2026", "named")
    found = check(long, INSTRUMENTS, SPELLINGS, TODAY).problems
    assert [(problem.row, problem.column) for problem in found] == [
        (2, "Area or borough"),
        (2, "Single pathway"),
        (2, "When (date)"),
    ]


def test_two_columns_of_one_name_are_two_columns() -> None:
    sheet = Sheet("CSV", ["Borough", "Answer", "Answer"], [["Camden", "Yes", "No"]])
    columns = ["borough_name", "shared_vision", "single_pathway"]
    long = wide.lengthen(sheet, columns, HALLMARKS, "2026", "named")
    assert check(long, INSTRUMENTS, SPELLINGS, TODAY).answers["response"].tolist() == ["yes", "no"]


@pytest.mark.parametrize(
    ("written", "response"),
    [
        ("4", "4"), ("4.0", "4"), ("4 (well)", "4"), ("4 - well", "4"), ("5: Very well", "5"),
        ("4.7", None), ("4/5", None), ("4-5", None), ("45", None), ("1 (very well)", None),
    ],
)  # fmt: skip
def test_a_score_is_read_by_its_number_only_where_it_is_plain(written: str, response: str | None) -> None:
    sheet = Sheet("CSV", ["Borough", "GPs and early years"], [["Camden", written]])
    result = read_form(sheet, INSTRUMENTS["interfaces"])
    assert result.answers["response"].tolist() == ([response] if response else [])
    assert [problem.found for problem in result.problems] == ([] if response else [written])


@pytest.mark.parametrize("between", [";", ", "])
def test_ticks_in_one_cell_are_taken_apart(between: str) -> None:
    ticked = between.join(["Capacity issues", "Pandemic"])
    sheet = Sheet("CSV", ["Borough", CHALLENGES.question], [["Camden", ticked + between.strip()]])
    assert read_form(sheet, CHALLENGES).answers["item_id"].tolist() == ["capacity", "pandemic"]


ASKED = CHALLENGES.question
CHECKBOXES = [
    "Timestamp,Borough," + ",".join(f"{ASKED} [{item.label}]" for item in CHALLENGES.items),
    "2026/03/31 10:00,Camden,Rules around information-sharing and mismatched IT systems,Capacity issues,,"
    "Inflexible ring-fenced budgets",
    "2026/03/31 10:00,Barnet,,Capacity issues,Pandemic,",
]


def test_of_one_column_for_each_choice_all_ticks_are_read() -> None:
    sheet = read_upload("\n".join(CHECKBOXES).encode())
    assert wide.guess_columns(sheet, CHALLENGES) == [
        "collected_on", "borough_name", "information_rules", "capacity", "pandemic", "ring_fenced_budgets"
    ]  # fmt: skip
    result = read_form(sheet, CHALLENGES)
    assert result.problems == []
    assert sorted(zip(result.answers["area_code"], result.answers["item_id"], strict=True)) == [
        ("E09000003", "capacity"),
        ("E09000003", "pandemic"),
        ("E09000007", "capacity"),
        ("E09000007", "information_rules"),
        ("E09000007", "ring_fenced_budgets"),
    ]
    assert set(result.answers["response"]) == {"ticked"}


def test_checkboxes_that_were_tried_come_out_as_these() -> None:
    sheet = read_upload(recorded("tried/checkbox_columns.csv").read_bytes())
    assert [sheet.header, *sheet.rows] == list(csv.reader(CHECKBOXES))


@pytest.mark.parametrize("tick", ["Yes", "1", "x", "TRUE", "Pandemic", "pandemic "])
def test_a_tick_is_read_however_it_is_made(tick: str) -> None:
    sheet = Sheet("CSV", ["Borough", f"{ASKED} [Pandemic]"], [["Camden", tick.strip()], ["Barnet", "No"]])
    found = read_form(sheet, CHALLENGES)
    assert found.problems == []
    assert found.answers[["area_code", "item_id"]].to_numpy().tolist() == [["E09000007", "pandemic"]]


def test_ticks_in_several_columns_of_lists_are_all_read() -> None:
    header = ["Borough", f"{ASKED} (first choice)", f"{ASKED} (second choice)"]
    sheet = Sheet("CSV", header, [["Camden", "Pandemic", "Capacity issues"], ["Barnet", "", "Pandemic"]])
    columns = wide.guess_columns(sheet, CHALLENGES)
    assert columns == ["borough_name", wide.TICKED, wide.TICKED]
    assert not any(wide.is_twice(column, columns) for column in columns)
    assert len(read_form(sheet, CHALLENGES).answers) == 3


def test_a_choice_that_is_not_listed_is_named_and_not_dropped() -> None:
    header = ["Borough", f"{ASKED} [Pandemic]", f"{ASKED} [The weather]"]
    (problem,) = read_form(Sheet("CSV", header, [["Camden", "Pandemic", "The weather"]]), CHALLENGES).problems
    assert (problem.row, problem.column, problem.found) == (2, f"{ASKED} [The weather]", "the weather")


def test_what_else_was_ticked_is_named() -> None:
    sheet = Sheet("CSV", ["Borough", CHALLENGES.question], [["Camden", "Pandemic;The weather;"]])
    (problem,) = read_form(sheet, CHALLENGES).problems
    assert (problem.column, problem.found) == (CHALLENGES.question, "the weather")
