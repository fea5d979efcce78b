"""The empty form: a file to fill in, which the upload accepts as it is."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from data_loaders.survey.answers import COLUMNS, LEVELS
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.sheets import ANSWERS
from data_loaders.workbook_file import as_file

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# a workbook takes "_x0041_" for "A", unless its first letter is escaped itself
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
NOTES = {
    "borough_code": "The code of the borough; filled in.",
    "borough_name": "The name of the borough; filled in.",
    "wave": "The year in which the answers are collected, with a word if there is more than one wave.",
    "instrument": "The set of questions; filled in.",
    "item_id": "The question; filled in. What it asks is on the sheet Questions.",
    "response": "Choose from the list. Leave it empty where nobody answered.",
    "not_applicable": "yes, where the question does not apply; else leave it empty.",
    "respondent_role": "The role of who answers, never a name. Never shown to others.",
    "evidence_note": "What the answer rests on. Never shown to others.",
    "publish_level": "What may be shown: "
    + "; ".join(f"{level}: {what}" for level, what in LEVELS.items())
    + ".",
    "collected_on": "The day of the answer: 2026-03-31 or 31/03/2026.",
}
EXAMPLE = {
    "respondent_role": "Head of early years",
    "evidence_note": "Agreed at the partnership's meeting",
    "publish_level": "ics",
    "collected_on": "2026-03-31",
}


def template_rows(instrument: Instrument, boroughs: Mapping[str, str], wave: str) -> list[dict[str, str]]:
    """A row for each borough (codes by name) and question, with nothing answered."""
    return [
        dict.fromkeys(COLUMNS, "")
        | {
            "borough_code": code,
            "borough_name": name,
            "wave": wave,
            "instrument": instrument.instrument,
            "item_id": item.item_id,
        }
        for name, code in boroughs.items()
        for item in instrument.items
    ]


def as_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows as CSV, marked as UTF-8 for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(instrument: Instrument, rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows as a workbook: answers with lists to choose from, notes, questions, an example."""
    import openpyxl
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    answers = book.active
    answers.title = ANSWERS
    _write(answers, [COLUMNS, *([row[name] for name in COLUMNS] for row in rows)])
    choices = {
        "response": list(instrument.labels().values()),
        "not_applicable": ["yes"],
        "publish_level": list(LEVELS),
    }
    lists = book.create_sheet("Lists")
    for place, (column, values) in enumerate(choices.items(), start=1):
        for row, value in enumerate([column, *values], start=1):
            # a number that is typed in is not the text of the same digits
            lists.cell(row, place, int(value) if value.isdigit() else value)
        letter = openpyxl.utils.get_column_letter(place)
        rule = DataValidation(
            "list", formula1=f"Lists!${letter}$2:${letter}${len(values) + 1}", allow_blank=True
        )
        rule.showErrorMessage = True
        rule.error, rule.errorTitle = f"Choose one of: {', '.join(values)}"[:255], "Not on the list"
        target = openpyxl.utils.get_column_letter(COLUMNS.index(column) + 1)
        rule.add(f"{target}2:{target}{len(rows) + 1}")
        answers.add_data_validation(rule)
    _write(book.create_sheet("Notes"), [("Column", "What to write"), *NOTES.items()])
    questions = [(item.item_id, item.theme, item.wording) for item in instrument.items]
    _write(
        book.create_sheet("Questions"),
        [("item_id", "theme", "question"), *questions, ("", "", instrument.question)],
    )
    example = dict(rows[0]) | EXAMPLE | {"response": instrument.options[1 % len(instrument.options)].label}
    _write(book.create_sheet("Example"), [COLUMNS, [example[name] for name in COLUMNS]])
    return as_file(book)


def _write(sheet: "Worksheet", rows: Iterable[Iterable[str]]) -> None:
    """Rows with the header in bold and held in place, columns as wide as their texts, up to a limit."""
    from openpyxl.styles import Alignment, Font

    for row in rows:
        sheet.append([_ESCAPE.sub("_x005F_", text) for text in row])
    for cells in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[cells[0].column_letter].width = min(max(longest + 2, 12), 70)
        cells[0].font = Font(bold=True)
        for cell in cells:
            cell.alignment = Alignment(wrap_text=longest > 68, vertical="top")
    sheet.freeze_panes = "A2"
