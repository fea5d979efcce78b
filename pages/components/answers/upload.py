"""Adding answers: the template, the upload with all its problems, and a preview before they are looked at."""

import datetime as dt
from functools import partial

import pandas as pd
import streamlit as st

from data_loaders.survey import template, wide
from data_loaders.survey.answers import LEVELS, Checked, check
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.sheets import UploadError
from pages.components.answers import form_columns, problems, read, waves
from pages.components.charts import plain_table, survey_map
from pages.components.data import figures
from pages.components.exhibits import download
from pages.components.state import controls, session
from pages.components.state.view import View
from pages.components.text import grammar, markdown

# ways to write the 33 boroughs that are said one by one
MOST_GUESSES = 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def say_that_there_are_none(view: View) -> None:
    """What to do when there is nothing to look at."""
    name = waves.instrument(view).name
    sets = {key: instrument.name for key, instrument in figures.london().instruments.items()}
    # at the place that it has above answers
    with st.container(), st.columns(3)[0]:
        controls.select("instrument", "Set of questions", sets, view.instrument)
    st.info(
        f"There are no answers to look at for “{name}”. Add a file of answers below, or switch the "
        "demonstration on."
    )


def show_template(view: View) -> None:
    """The empty form, as a workbook with lists to choose from and as CSV."""
    st.header("Collect answers", anchor=False)
    instrument = waves.instrument(view)
    st.markdown(
        f"The template for “{instrument.name}” has a row for each borough and question. {instrument.origin} "
        "Say for each answer what may be shown: "
        + grammar.join_all([f"**{level}** ({what})" for level, what in LEVELS.items()])
        + "."
    )
    rows = template.template_rows(instrument, figures.london().borough_codes, str(dt.date.today().year))
    name = f"template_{instrument.instrument}"
    download.buttons(
        [
            download.File(
                "Template as XLSX", f"{name}.xlsx", XLSX, partial(template.as_xlsx, instrument, rows)
            ),
            download.File("Template as CSV", f"{name}.csv", "text/csv", partial(template.as_csv, rows)),
        ]
    )


def show_upload(view: View) -> None:
    """Take a file, name every problem in it, or show what it says before it is looked at."""
    st.header("Add answers", anchor=False)
    st.markdown(
        "Only you see what you add: it stays in this session, is stored nowhere, and is gone when you close "
        "the page, unless an editor saves it for everyone below. Evidence and roles are never shown."
    )
    file = st.file_uploader(
        "A file of answers, CSV or XLSX, at most 1 MB", type=["csv", "xlsx"], max_upload_size=2
    )
    if waves.added():
        st.button("Forget all answers that I have added", on_click=waves.forget)
    if file is None:
        return
    try:
        sheet = read.read(file)
    except UploadError as problem:
        problems.refuse(file.name, problem)
        return
    if wide.is_wide(sheet):
        lengthened = form_columns.lengthen(sheet, waves.instrument(view))
        if lengthened is None:
            return
        sheet = lengthened
    london = figures.london()
    checked = check(sheet, london.instruments, london.spellings, dt.date.today())
    if checked.problems:
        problems.show_problems(checked)
    else:
        _show_preview(checked)


def _show_preview(checked: Checked) -> None:
    answers = checked.answers
    instrument = figures.london().instruments[answers["instrument"].iloc[0]]
    boroughs = answers["area_code"].nunique()
    given = f"{len(answers):,} {'answer' if len(answers) == 1 else 'answers'}"
    st.success(
        f"{given} of {boroughs} {'borough' if boroughs == 1 else 'boroughs'} to "
        f"“{instrument.name}”, wave {answers['wave'].iloc[0]}; {checked.unanswered:,} rows have no answer.",
        icon=":material/check:",
    )
    for guess in checked.guesses[:MOST_GUESSES]:
        st.markdown(f"- “{markdown.verbatim(guess.written)}” was read as **{guess.read_as}**.")
    counts = answers["publish_level"].value_counts()
    st.markdown(
        "To be shown: "
        + grammar.join_all([f"{counts.get(level, 0):,} {what}" for level, what in LEVELS.items()])
        + "."
    )
    plain_table.show(preview(answers, instrument), "preview")
    st.button("Look at these answers", type="primary", on_click=_look, args=(answers,))


def preview(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """How often each answer was given to each question, as a table for the page."""
    said = survey_map.names(instrument)
    counts = answers.groupby(["item_id", "response"]).size()
    used = [response for response in said if response in set(answers["response"])]
    return pd.DataFrame(
        {"Question": item.label}
        | {said[response]: int(counts.get((item.item_id, response), 0)) for response in used}
        for item in instrument.items
    )


def _look(answers: pd.DataFrame) -> None:
    waves.add(answers)
    session.ask(instrument=answers["instrument"].iloc[0], demo="no")
