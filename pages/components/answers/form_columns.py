"""The mapping step for the export of a form: what each of its columns is."""

import datetime as dt

import streamlit as st

from data_loaders.survey import wide
from data_loaders.survey.answers import LEVELS
from data_loaders.survey.instruments import Instrument
from data_loaders.survey.sheets import Sheet
from pages.components.text import grammar, markdown

# each is a list to choose from, and a form has a column for each question
MOST_COLUMNS = 60


def lengthen(sheet: Sheet, instrument: Instrument) -> Sheet | None:
    """The mapping step for the export of a form: what each column is, the wave, what may be shown."""
    st.markdown(
        f"This looks like the export of a form, read as answers to “{instrument.name}” (choose another set "
        "of questions above). Check what each column is."
    )
    if len(sheet.header) > MOST_COLUMNS:
        st.error(
            f"The file has {len(sheet.header)} columns; at most {MOST_COLUMNS} are taken of a form. Remove "
            "those that hold no answers.",
            icon=":material/error:",
        )
        return None
    meanings = wide.meanings(instrument)
    columns = [
        st.selectbox(
            markdown.verbatim(title) or f"Column {place + 1}",
            list(meanings),
            index=list(meanings).index(guess),
            format_func=meanings.__getitem__,
            key=f"column_{instrument.instrument}_{place}_{title}",
        )
        for place, (title, guess) in enumerate(
            zip(sheet.header, wide.guess_columns(sheet, instrument), strict=True)
        )
    ]
    twice = [meanings[name] for name in dict.fromkeys(columns) if wide.is_twice(name, columns)]
    if twice:
        st.error(f"More than one column is “{grammar.join_all(twice)}”. Choose one of them.")
        return None
    wave = st.text_input("Wave", str(dt.date.today().year))
    # the last shows least, and more only when it is chosen
    level = st.radio(
        "What may be shown",
        list(LEVELS),
        index=len(LEVELS) - 1,
        format_func=lambda name: f"{name}: {LEVELS[name]}",
    )
    return wide.lengthen(sheet, columns, instrument, wave, level)
