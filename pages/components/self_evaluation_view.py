"""What a self-evaluation shows beside its form: the profile, whom to learn from, and files to take away."""

import datetime as dt
import re

import streamlit as st

from data_loaders.survey import self_evaluation, template
from data_loaders.survey.self_evaluation import SelfEvaluation
from pages.components import (
    downloads,
    drawing,
    figures,
    profile_view,
    self_evaluation_chart,
    self_evaluation_paper,
    self_evaluation_state,
    self_evaluation_words,
)
from pages.components.collect_view import XLSX
from pages.components.view import View

NOTICE = (
    "**Only you see this. Your answers stay on this device:** this browser keeps them, and brings them back "
    "after a lost connection or another day. They are stored nowhere else, go to nobody, and are not in the "
    "link. On a device that others use, download them and press “Start again” before you leave."
)
# The profile stays in sight while the room goes through the enablers; on a narrow screen it stands below.
STYLE = """<style>
.stMainBlockContainer { padding-inline: min(5rem, 4vw); }
@media screen and (max-width: 1199px) {
  [data-testid="stHorizontalBlock"]:has(.st-key-profile_in_sight) { flex-direction: column; }
  [data-testid="stColumn"]:has(.st-key-profile_in_sight, .st-key-enablers) { width: 100%; }
}
@media screen and (min-width: 1200px) {
  [data-testid="stColumn"]:has(.st-key-profile_in_sight) > div { height: 100%; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-profile_in_sight) { position: sticky; top: 3.5rem; }
}
.st-key-enablers [data-testid="stWidgetLabel"] p { font-size: 1.15rem; font-weight: 600; }
.st-key-enablers [data-testid="stButtonGroup"] button { padding-inline: 0.4rem; }
.st-key-enablers button p { font-size: 1rem; }
</style>"""


def choose_borough(view: View) -> None:
    """A button for each borough, by ICS."""
    st.markdown(
        "Go through the twelve enablers of the 2022 report together, see your profile grow, note what each "
        "answer rests on, and take it with you. Choose your borough to begin."
    )
    profile_view.offer_choice(view)


def show_profile(evaluation: SelfEvaluation) -> None:
    """The profile, and a sentence on it."""
    instrument = self_evaluation_state.instrument()
    with st.container(key="profile_in_sight"):
        st.header(self_evaluation_words.summary(evaluation, instrument), anchor=False)
        st.markdown(self_evaluation_words.noted(evaluation, instrument))
        spec, data = self_evaluation_chart.profile(evaluation, instrument, drawing.theme())
        st.vega_lite_chart(
            spec=spec | {"datasets": data},
            theme=None,
            key="profile",
            alt=f"Profile of {evaluation.borough} by enabler. The form has every answer.",
        )


def show_learning(evaluation: SelfEvaluation) -> None:
    """From the enablers that are basic or early to the report's case studies."""
    instrument = self_evaluation_state.instrument()
    found = self_evaluation_words.to_learn_from(evaluation, instrument, figures.london())
    st.header("Whom to learn from", anchor=False)
    if found.empty:
        st.markdown(
            "Case studies of the 2022 report stand here for each enabler that you call basic or in early "
            "progress, where there are any from another borough."
        )
        return
    st.table(found, hide_index=True, border="horizontal")
    st.markdown(f":small[{self_evaluation_paper.CASES}]")


def offer(evaluation: SelfEvaluation) -> None:
    """The file to carry on from, as XLSX and CSV, and the paper for the partnership."""
    st.header("Take it with you", anchor=False)
    if not evaluation.responses:
        st.markdown("There is something to take with you as soon as one enabler has an answer.")
        return
    instrument, london, day = self_evaluation_state.instrument(), figures.london(), dt.date.today()
    latest = self_evaluation_state.latest(evaluation.borough)
    code, name = london.borough_codes[evaluation.borough], file_name(evaluation.borough, day)

    def rows() -> list[dict[str, str]]:
        return self_evaluation.rows(latest(), instrument, code, day)

    downloads.buttons(
        [
            downloads.File(
                "Paper as PDF",
                f"{name}.pdf",
                "application/pdf",
                lambda: self_evaluation_paper.as_pdf(latest(), instrument, london, day),
            ),
            downloads.File(
                "Answers as XLSX", f"{name}.xlsx", XLSX, lambda: template.as_xlsx(instrument, rows())
            ),
            downloads.File("Answers as CSV", f"{name}.csv", "text/csv", lambda: template.as_csv(rows())),
        ]
    )
    st.markdown(
        ":small[The answers can be taken up again below, in another meeting, or added on the page Maturity.]"
    )


def file_name(borough: str, day: dt.date) -> str:
    """self_evaluation_borough_day, with nothing in it that a file system minds."""
    return f"self_evaluation_{re.sub(r'[^a-z]+', '_', borough.lower())}_{day.isoformat()}"
