"""What stands beside figures on the pages: what they are, what their marks mean, and where they come from."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Indicator, Source
from pages.components.state.part import part
from pages.components.text import citations, words

# the key of what is shown on paper only, because nobody can open an expander there
ON_PAPER = "on_paper"


@part
def show_beside(sentences: list[str]) -> None:
    """What must be known beside any picture of the figures: IndicatorView.beside."""
    for sentence in sentences:
        st.markdown(sentence)


@part
def show_marks(sentences: Sequence[str]) -> None:
    """What the marks on values mean, below the table or the sentences that have them."""
    if sentences:
        st.markdown("\n\n".join(f":small[{sentence}]" for sentence in sentences))


def show_small(rows: pd.DataFrame) -> None:
    """Which boroughs in scope have a figure that is not compared (painted rows, maps.paint)."""
    for name in rows.loc[rows["small"] & ~rows["outside"] & rows["value"].notna(), "area_name"]:
        st.markdown(f"{name} has very few children and is left out here.")


def show_rank(rows: pd.DataFrame, borough: str, indicator: Indicator) -> None:
    """Where the chosen borough stands, if there is one and it is ranked (painted rows, maps.paint)."""
    for _, row in rows[rows["area_name"] == borough].iterrows():
        st.markdown(words.rank_sentence(row, indicator))


@part
def show_rank_note(rows: pd.DataFrame) -> None:
    """What the brackets behind a rank mean, where there are any (painted rows, maps.paint)."""
    if rows["best_london"].notna().any():
        st.markdown(
            ":small[Rank: 1st is highest. In brackets, between which ranks it lies with 95% probability.]"
        )


@part
def show_definition(indicator: Indicator, sources: list[Source], periods: Sequence[str]) -> None:
    """What the figure is, what to beware of in the periods that the page shows, and whose it is."""
    st.markdown(indicator.definition)
    st.markdown(f"**Before you quote it.** {indicator.caveats}")
    if over_time := words.time_note(indicator, periods):
        st.markdown(over_time.replace("Note:", "**Over time:**", 1))
    for source in sources:
        st.markdown(f"**Source:** {citations.linked_line(source)}")
    if indicator.next_update:
        st.markdown(f"**Next update:** {indicator.next_update}.")


def show_sources(sources: list[Source], written: Mapping[str, str]) -> None:
    """The sources of a page that shows many figures, with links to their licences."""
    with st.expander(f"The {len(sources)} sources of these figures"):
        for source in sources:
            st.markdown(citations.linked_line(source))
    with st.container(key=ON_PAPER):
        st.markdown(f":small[{citations.by_licence(sources, written)}]")
