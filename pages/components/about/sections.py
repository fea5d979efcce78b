"""What the page *About* shows: what the app is, its words, who can use it, and where to write to."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st

from data_loaders import settings
from pages import __version__
from pages.components.about.glossary import terms
from pages.components.charts import plain_table

_METHODS = Path(__file__).parents[3] / "docs" / "methods.md"
REPORT = "Beyond Boundaries (London Councils and Isos Partnership, July 2022)"


def show_purpose() -> None:
    """What the app is for, what it is made from, and what it is not."""
    st.markdown(
        f"The report *{REPORT}* found that what a young family is offered in London depends on where it "
        "lives. This app shows how far that is so today: what each borough and each integrated care system "
        "has, how far apart they are, what changes across a border, and where children's centres are near."
    )
    st.markdown(
        "Every figure is an official one or worked out from official ones, and names its publisher, its "
        "date and its licence; all of them are on *Data and sources*. The figures say where places differ. "
        "They do not say why, and a borough's figure is not the work of its council alone. The app was not "
        "made by London Councils, Isos Partnership or the NHS."
    )


def show_word(looked_for: str) -> None:
    """The word that somebody has looked for in the search box, above all else."""
    for term in terms():
        if term.word == looked_for:
            st.info(f"**{term.word}** {term.meaning}", icon=":material/dictionary:")


def show_words() -> None:
    """The glossary, in the order of the alphabet."""
    said = {f"**{term.word}**" + (f" ({term.short})" if term.short else ""): term.meaning for term in terms()}
    words = pd.DataFrame({"Word": list(said), "What it means": list(said.values())})
    plain_table.show(words, "glossary")


def show_methods() -> None:
    """The formulas and where they come from, for those who check them, behind a line for all others."""
    st.markdown(
        "What is worked out from published figures is worked out by published methods, the same for every "
        "borough."
    )
    with st.expander("The methods, with formulas and references"):
        st.markdown(_methods())


@cache
def _methods() -> str:
    """The page of methods that goes with the project, without its title, and a heading lower."""
    _, _, said = _METHODS.read_text(encoding="utf-8").partition("\n")
    return re.sub(r"^## ", "### ", said, flags=re.MULTILINE)


def show_accessibility() -> None:
    """Who can use the app, as far as it was tried, and who cannot do what."""
    st.markdown(
        "The app is meant to be usable by everybody, and to meet the Web Content Accessibility Guidelines "
        "(WCAG) 2.2 at level AA. Before each version, a program tries every page in light and dark colours,"
        " and others go through the main tasks by keyboard, on narrow screens and on paper. It has not been"
        " tried by people who use assistive technology every day."
    )
    st.markdown(
        "What does not work for everybody:\n"
        "- Boroughs on maps and charts, and what a pointer shows there, cannot be reached by keyboard. The "
        "table below a map has all values, and the filter *Borough* marks one.\n"
        "- Maps and charts are heard as one sentence about what kind of picture it is, with the finding "
        "above it and the values in the tables."
    )


def show_contact() -> None:
    """Where to write to about an error, as far as whoever runs the app has said."""
    contact = settings.contact()
    if contact:
        said = f"Something wrong, unfair or hard to use? Please write to <{contact}>."
    else:
        said = "Something wrong, unfair or hard to use? Please tell whoever gave you the address of this app."
    st.markdown(
        f"{said} The address of the page, which holds all that was chosen, says what you were looking at. "
        "For an error in an official figure, write to its publisher, whom *Data and sources* names."
    )
    st.markdown(f":small[Version {__version__}]")
