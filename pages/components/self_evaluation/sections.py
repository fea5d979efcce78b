"""What a self-evaluation shows beside its form: the profile, whom to learn from, and files to take away."""

import datetime as dt
import re

import streamlit as st

from data_loaders.brand import load_brand
from data_loaders.survey import self_evaluation, template
from data_loaders.survey.self_evaluation import SelfEvaluation
from pages.components.answers.upload import XLSX
from pages.components.borough import sections as borough_sections
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.exhibits import download, of_view
from pages.components.self_evaluation import charts, paper, state, text
from pages.exports.word_file import DOCX

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


def choose_borough() -> None:
    """A button for each borough, by the ICS of today: an evaluation knows no other boundaries."""
    st.markdown(
        "Go through the twelve enablers of the 2022 report together, see your profile grow, note what each "
        "answer rests on, and take it with you. Choose your borough to begin."
    )
    borough_sections.offer_choice(figures.london().vintage_on(dt.date.today()))


def show_profile(evaluation: SelfEvaluation) -> None:
    """The profile, and a sentence on it."""
    instrument = state.instrument()
    with st.container(key="profile_in_sight"):
        st.header(text.summary(evaluation, instrument), anchor=False)
        st.markdown(text.noted(evaluation, instrument))
        spec, data = charts.profile(evaluation, instrument, of_view.theme())
        st.vega_lite_chart(
            spec=spec | {"datasets": data},
            theme=None,
            key="profile",
            alt=f"Profile of {evaluation.borough} by enabler. The form has every answer.",
        )


def show_learning(evaluation: SelfEvaluation) -> None:
    """From the enablers that are basic or early to the report's case studies."""
    instrument = state.instrument()
    found = text.to_learn_from(evaluation, instrument, figures.london())
    st.header("Whom to learn from", anchor=False)
    if found.empty:
        st.markdown(
            "Case studies of the 2022 report stand here for each enabler that you call basic or in early "
            "progress, where there are any from another borough."
        )
        return
    plain_table.show(found, "learning")
    st.markdown(f":small[{paper.CASES}]")


def offer(evaluation: SelfEvaluation) -> None:
    """The file to carry on from, as XLSX and CSV, and the paper for the partnership."""
    st.header("Take it with you", anchor=False)
    if not evaluation.responses:
        st.markdown("There is something to take with you as soon as one enabler has an answer.")
        return
    instrument, london, day = state.instrument(), figures.london(), dt.date.today()
    brand = load_brand(figures.library().entries)
    latest = state.latest(evaluation.borough)
    code, name = london.borough_codes[evaluation.borough], file_name(evaluation.borough, day)

    def rows() -> list[dict[str, str]]:
        return self_evaluation.rows(latest(), instrument, code, day)

    download.buttons(
        [
            download.File(
                "Paper as PDF",
                f"{name}.pdf",
                "application/pdf",
                lambda: paper.as_pdf(latest(), instrument, london, day),
            ),
            download.File(
                "Paper as DOCX",
                f"{name}.docx",
                DOCX,
                lambda: paper.as_docx(latest(), instrument, london, day, brand),
            ),
            download.File(
                "Answers as XLSX", f"{name}.xlsx", XLSX, lambda: template.as_xlsx(instrument, rows())
            ),
            download.File("Answers as CSV", f"{name}.csv", "text/csv", lambda: template.as_csv(rows())),
        ]
    )
    st.markdown(
        ":small[The answers can be taken up again below, in another meeting, or added on the page Maturity.]"
    )


def file_name(borough: str, day: dt.date) -> str:
    """self_evaluation_borough_day, with nothing in it that a file system minds."""
    return f"self_evaluation_{re.sub(r'[^a-z]+', '_', borough.lower())}_{day.isoformat()}"
