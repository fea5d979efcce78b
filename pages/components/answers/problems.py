"""What is wrong with a file of answers, of which nothing is taken, as a list on the page and as a file."""

import pandas as pd
import streamlit as st

from data_loaders.survey.answers import Checked
from data_loaders.survey.sheets import UploadError
from pages.components.charts import plain_table
from pages.components.exhibits import download
from pages.components.text import markdown

MOST_PROBLEMS = 50


def refuse(file_name: str, problem: UploadError) -> None:
    """Why a file is not taken at all."""
    st.error(markdown.verbatim(f"“{file_name}” was not read. {problem}"), icon=":material/error:")


def show_problems(checked: Checked) -> None:
    """What is wrong with a file, of which nothing is taken."""
    count = len(checked.problems)
    st.error(
        f"Nothing was added. The file has {count:,} {'problem' if count == 1 else 'problems'}; mend "
        f"{'it' if count == 1 else 'them'} and add the file again.",
        icon=":material/error:",
    )
    table = problem_table(checked)
    shown = table.head(MOST_PROBLEMS).map(markdown.verbatim)
    if count > MOST_PROBLEMS:
        st.markdown(f"The first {MOST_PROBLEMS}; the list as a file has all of them.")
    plain_table.show(shown, "problems")
    download.buttons([download.as_table("All problems", "problems", lambda: table)])


def problem_table(checked: Checked) -> pd.DataFrame:
    """The problems as a table for the page and for a file."""
    return pd.DataFrame(
        {
            "Sheet": problem.sheet,
            "Row": "" if problem.row is None else str(problem.row),
            "Column": problem.column,
            "Found": problem.found,
            "Allowed": problem.allowed,
        }
        for problem in checked.problems
    )
