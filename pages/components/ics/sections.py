"""The parts of the page on one ICS: the ICSs side by side, what stands out, its boroughs."""

import streamlit as st

from pages.components.data import figures
from pages.components.exhibits import drawing, of_view
from pages.components.ics import exhibits
from pages.components.ics import text as ics_text
from pages.components.ics.findings import Said
from pages.components.notes import sources as notes_sources
from pages.components.state import session
from pages.components.state.view import View
from pages.components.text import cells
from pages.components.text.columns import NO_ICS_VALUE


def offer_choice(names: dict[str, str]) -> None:
    """A button for each ICS."""
    with st.container(horizontal=True):
        for code, name in names.items():
            st.button(name, on_click=session.ask, kwargs={"ics": code})


def show_standing(said: Said, view: View) -> None:
    """Firsts and lasts, and the largest changes, in sentences."""
    none = ["In no figure is it, or one of its boroughs, the first or the last."]
    st.header("What stands out", anchor=False)
    st.markdown("\n".join(f"- {text}" for text in said.standing or none))
    for title, texts in (
        ("Largest gaps from London", said.gaps),
        ("Most changed since the period before", said.changes),
        ("Not compared with the period before", said.not_compared),
    ):
        if texts:
            st.subheader(title, anchor=False)
            st.markdown("\n".join(f"- {text}" for text in texts))
    texts = [*said.standing, *said.gaps, *said.changes]
    notes_sources.show_marks(ics_text.explained(texts, figures.footprint(view)))


def has_systems(view: View) -> bool:
    """Whether the ICSs have values of their own in the figure that is looked at."""
    return of_view.find(exhibits.SYSTEMS, view) is not None


def show_systems(view: View) -> None:
    """The ICSs side by side in the figure that is looked at."""
    exhibit = of_view.find(exhibits.SYSTEMS, view)
    if exhibit is None:
        indicator = figures.picture(view).indicator
        why = "does not exist: it is a category" if indicator.categories else NO_ICS_VALUE
        st.markdown(f"{indicator.short_label}: a value of an ICS {why}.")
    else:
        drawing.show(exhibits.SYSTEMS, exhibit, view)


def show_beside(said: Said, view: View) -> None:
    """All rates of the ICSs and of London."""
    st.header("Beside the other ICSs", anchor=False)
    st.table(said.beside, hide_index=True, border="horizontal")
    notes_sources.show_marks(ics_text.explained_beside(said.beside, figures.footprint(view)))
    st.markdown(
        ":small[Values of an ICS are ratios of sums, never a mean of percentages. In brackets 95% intervals, "
        "for shares of children: how many centres there are, or how much is spent, is not drawn by chance.]"
    )


def show_own_lottery(said: Said, view: View) -> None:
    """How far apart its own boroughs are."""
    st.header("Its own lottery", anchor=False)
    st.table(said.own_lottery, hide_index=True, border="horizontal")
    notes_sources.show_marks(ics_text.explained_own(said.own_lottery, figures.footprint(view)))


def show_table(said: Said, view: View) -> None:
    """Every indicator by borough, with signs and tints for what is clearly above or below London."""
    st.header("All figures", anchor=False)
    st.markdown(
        f"{cells.LEGEND} Where the ICS has no value, its boroughs' figures come without the counts that it "
        "needs, or one is missing."
    )
    for subject, table in said.tables.items():
        st.subheader(subject, anchor=False)
        st.table(table, hide_index=True, border="horizontal")
    notes_sources.show_marks(said.explained)
    notes_sources.show_sources(exhibits.page_sources(view), figures.embedded())
