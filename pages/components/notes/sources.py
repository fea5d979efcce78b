"""What stands beside figures on the pages: what they are, what their marks mean, and where they come from."""

from collections.abc import Mapping, Sequence

import streamlit as st

from data_loaders.catalogue import Indicator, Source
from pages.components.data.indicator_view import IndicatorView
from pages.components.state.part import part
from pages.components.text import citations, grammar, markdown, time_series
from pages.components.text.wholes import Whole

# the key of what is shown on paper only, because nobody can open an expander there
ON_PAPER = "on_paper"


@part
def show_beside(sentences: list[str]) -> None:
    """What must be known beside any picture of the figures: IndicatorView.beside."""
    if sentences:
        st.markdown("\n\n".join(sentences))


def show_wholes(wholes: Sequence[Whole]) -> None:
    """The values of whole places side by side, each with where it comes from."""
    for column, whole in zip(st.columns(3), wholes, strict=False):
        said = f"{grammar.upper_first(whole.status_text)}."
        column.metric(whole.name, whole.value_text, help=markdown.verbatim(said))


def small(*sentences: str) -> str:
    """Sentences in small print, a paragraph each.

    Where others follow or stand before them, all are one element, because a page costs by its elements.
    """
    return "\n\n".join(f":small[{sentence}]" for sentence in sentences)


def show_marks(sentences: Sequence[str]) -> None:
    """What the marks on values mean, below the table or the sentences that have them.

    They stand last in their part of the page: there are not always any.
    """
    if sentences:
        st.markdown(small(*sentences))


def show_remarks(picture: IndicatorView) -> None:
    """What must be known beside the figures of a view, where there is something."""
    if picture.remarks:
        st.markdown("\n\n".join(picture.remarks))


def show_small(picture: IndicatorView) -> None:
    """Which boroughs in scope have a figure that is not compared."""
    for name in picture.not_compared:
        st.markdown(f"{grammar.beginning(name)} has very few children and is left out here.")


def show_rank(picture: IndicatorView, borough: str) -> None:
    """Where the chosen borough stands, if there is one and it is ranked."""
    if borough in picture.ranks:
        st.markdown(picture.ranks[borough])


@part
def show_rank_note(picture: IndicatorView) -> None:
    """What the brackets behind a rank mean, where there are any."""
    if picture.has_rank_bounds:
        st.markdown(
            ":small[Rank: 1st is highest. In brackets, between which ranks it lies with 95% probability.]"
        )


def show_definition(indicator: Indicator, sources: list[Source], periods: Sequence[str]) -> None:
    """What the figure is, what to beware of in the periods that the page shows, and whose it is."""
    over_time = time_series.time_note(indicator, periods).replace("Note:", "**Over time:**", 1)
    paragraphs = [
        indicator.definition,
        f"**Before you quote it.** {indicator.caveats}",
        over_time,
        *(f"**Source:** {citations.linked_line(source)}" for source in sources),
        f"**Next update:** {indicator.next_update}." if indicator.next_update else "",
    ]
    # one element, because a page of fifty indicators costs by its elements
    st.markdown("\n\n".join(filter(None, paragraphs)))


def show_lines(sources: Sequence[Source], *notes: str) -> None:
    """A line for each source, with links, and what else is to be said of them in small print.

    They are one element, because a page costs by its elements, and an ICS has twenty sources.
    """
    st.markdown("\n\n".join([*map(citations.linked_line, sources), *(f":small[{note}]" for note in notes)]))


def show_sources(sources: list[Source], written: Mapping[str, str]) -> None:
    """The sources of a page that shows many figures, with links to their licences."""
    with st.expander(f"The {len(sources)} sources of these figures"):
        show_lines(sources)
    with st.container(key=ON_PAPER):
        st.markdown(f":small[{citations.by_licence(sources, written)}]")
