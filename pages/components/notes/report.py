"""What the 2022 report says of children's centres beside what these figures give, with why they differ."""

import pandas as pd
import streamlit as st

from data_loaders import store
from geo.places import report
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import citations

TITLE = "Beside the 2022 report"
WHY = (
    "The report (chapter 4) counts from the Department for Education's own base of 2010, which is not "
    "among the figures here. Here the base is what Parliament was told of end February 2010, before the"
    " centres that were still planned for that year, and the end is the register of 6 December 2019; no"
    " linked sites are known for 2010, so with linked sites the fall is that from designated centres to"
    " centres and linked sites together."
)


@part
def show_beside_report(view: View) -> None:
    """The report's figures on centres beside those worked out here; nothing for another figure."""
    rows = beside_report(view)
    if rows.empty:
        return
    st.header(TITLE, anchor=False)
    plain_table.show(rows, "report")
    sources = citations.by_licence(figures.sources(rows_behind(view)), figures.embedded())
    st.markdown(f":small[{WHY} {sources}]")


def beside_report(view: View) -> pd.DataFrame:
    """A row a fact: What, The report on London, The report on England, Worked out here (London)."""
    return _beside(view.indicator)


def rows_behind(view: View) -> pd.DataFrame:
    """The observations behind what is worked out here; none for another figure."""
    return _rows_behind()[:0] if beside_report(view).empty else _rows_behind()


@once
def _rows_behind() -> pd.DataFrame:
    return report.rows_behind(figures.london())


@once
def _beside(indicator_id: str) -> pd.DataFrame:
    facts = store.read_text_table("report_centres.csv", figures.library().entries)
    facts = facts[[indicator_id in cell.split("; ") for cell in facts["indicator_ids"]]]
    own = report.centres_worked_out(figures.london())
    return pd.DataFrame(
        {
            "What": facts["what"],
            "The report, London": facts["london"],
            "The report, England": facts["england"].replace("", "not said"),
            "Worked out here, London": [
                f"{own[fact]:.{decimals}f}"
                for fact, decimals in zip(facts["fact_id"], facts["decimals"], strict=True)
            ],
        }
    )
