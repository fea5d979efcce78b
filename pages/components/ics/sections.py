"""The parts of the page on one ICS, in their order: where it is behind, the ICSs side by side, next door."""

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Indicator
from pages.components.borders import tables as borders_tables, text as borders_text
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once_for
from pages.components.exhibits import drawing, of_view
from pages.components.ics import exhibits, over_time, text as ics_text
from pages.components.ics.findings import Said
from pages.components.notes import sources as notes_sources
from pages.components.state import session
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import cells
from pages.components.text.columns import NO_ICS_VALUE
from pages.components.text.differences import A_SCALE

OF_AN_ICS = (
    "Values of an ICS are ratios of sums, never a mean of percentages. In brackets 95% intervals, for shares "
    "of children: how many centres there are, or how much is spent, is not drawn by chance."
)


def offer_choice(names: dict[str, str]) -> None:
    """A button for each ICS."""
    with st.container(horizontal=True):
        for code, name in names.items():
            st.button(name, on_click=session.ask, kwargs={"ics": code})


def offer_comparison() -> None:
    """All boroughs of the ICS side by side over time, which that page shows where none are named."""
    st.button(
        "Compare our boroughs",
        icon=":material/compare_arrows:",
        on_click=session.visit,
        args=("compare",),
        kwargs={"compare": ""},
    )


@part
def show_beside_london(said: Said) -> None:
    """In which figures the ICS is behind London and ahead of it, and how much of what that is."""
    for side, texts in said.beside_london.items():
        st.subheader(ics_text.SIDES[side], anchor=False)
        st.markdown("\n".join(f"- {text}" for text in texts))
    left_out = "Need and spend, which speak neither for nor against an ICS, are left out."
    st.markdown(notes_sources.small(f"{A_SCALE} {left_out}", *said.marks.beside_london))


@part
def show_changes(said: Said, view: View) -> None:
    """Its own figures over time, and the largest changes of its boroughs since the period before."""
    st.header("Is it getting better?", anchor=False)
    of_itself, of_boroughs = st.columns([5, 4], gap="medium")
    with of_itself:
        over_time.show(view)
    with of_boroughs:
        if not said.changes:
            st.markdown("No figure of its boroughs has a period before that it could be compared with.")
        for title, texts in (
            ("Its boroughs: most changed since the period before", said.changes),
            ("Not compared with the period before", said.not_compared),
        ):
            if texts:
                st.subheader(title, anchor=False)
                st.markdown("\n".join(f"- {text}" for text in texts))
        notes_sources.show_marks(said.marks.changes)


@part
def show_next_door(view: View) -> None:
    """The borders with other ICSs in the figure that is looked at."""
    st.header("Who is next door?", anchor=False)
    st.markdown(f":small[{exhibits.of_figure(view)}]")
    found = _next_door(view)
    if found is None:
        st.markdown("No border with another ICS has figures on both sides that can be compared.")
        return
    sentence, table, marks = found
    st.markdown(sentence)
    plain_table.show(table, "next_door")
    notes_sources.show_marks(marks)


@once_for("indicator", "period", "ics", "crossings")
def _next_door(view: View) -> tuple[str, pd.DataFrame, list[str]] | None:
    """The borders with other ICSs in a sentence and as they are read, and what marks on them mean."""
    picture, pairs = figures.picture(view), figures.border_pairs(view)
    outer = pairs[pairs["crosses_ics"]].reset_index(drop=True) if len(pairs) else pairs
    if outer.empty:
        return None
    return (
        borders_text.across_ics(outer, picture.indicator),
        borders_tables.of_pairs(outer, picture.indicator).without("border").texts(),
        picture.explained({*outer["left"], *outer["right"]}),
    )


@part
def show_standing(said: Said) -> None:
    """Firsts and lasts, and the largest gaps, in sentences."""
    none = ["In no figure is it, or one of its boroughs, the first or the last."]
    st.markdown("\n".join(f"- {text}" for text in said.standing or none))
    if said.gaps:
        st.subheader("Largest gaps from London", anchor=False)
        st.markdown("\n".join(f"- {text}" for text in said.gaps))
    notes_sources.show_marks(said.marks.standing)


def has_systems(view: View) -> bool:
    """Whether the ICSs have values of their own in the figure that is looked at."""
    return of_view.find(exhibits.SYSTEMS, view) is not None


@part
def show_systems(view: View) -> None:
    """The ICSs side by side in the figure that is looked at."""
    st.subheader("The ICSs side by side", anchor=False)
    picture = figures.picture(view)
    st.markdown(f":small[{exhibits.of_figure(view)}]")
    exhibit = of_view.find(exhibits.SYSTEMS, view)
    if exhibit is None:
        indicator = picture.indicator
        st.markdown(f"{indicator.short_label}: {why_not_side_by_side(indicator)}.")
    else:
        drawing.show(exhibits.SYSTEMS, exhibit, view)


def why_not_side_by_side(indicator: Indicator) -> str:
    """Why the ICSs are not drawn beside one another in a figure."""
    if indicator.categories:
        return "a value of an ICS does not exist: it is a category"
    if indicator.aggregation == "sum":
        return "a sum over an ICS depends on how many boroughs it has, so the ICSs are not set side by side"
    return f"a value of an ICS {NO_ICS_VALUE}"


@part
def show_beside(said: Said) -> None:
    """All rates of the ICSs and of London."""
    st.subheader("Beside the other ICSs", anchor=False)
    plain_table.show(said.beside, "beside")
    st.markdown(notes_sources.small(*said.marks.beside, OF_AN_ICS))


@part
def show_own_lottery(said: Said) -> None:
    """How far apart its own boroughs are."""
    st.subheader("Its own lottery", anchor=False)
    plain_table.show(said.own_lottery, "own_lottery")
    notes_sources.show_marks(said.marks.own_lottery)


@part
def show_table(said: Said) -> None:
    """Every indicator by borough, with signs and tints for what is clearly above or below London."""
    st.subheader("All figures", anchor=False)
    st.markdown(
        f"{cells.LEGEND} Where the ICS has no value, its boroughs' figures come without the counts that it "
        "needs, or one is missing."
    )
    for number, (subject, table) in enumerate(said.tables.items()):
        st.markdown(f"**{subject}**")
        plain_table.show(table, f"subject_{chr(ord('a') + number)}")
    notes_sources.show_marks(said.explained)


def show_sources(view: View) -> None:
    """Whose all the figures on the page are."""
    notes_sources.show_sources(exhibits.page_sources(view), figures.embedded())
