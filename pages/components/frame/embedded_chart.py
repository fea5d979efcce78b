"""The chart page: one picture with its words and without the frame of the app, for other people's pages."""

import streamlit as st

from data_loaders.settings import embed_hosts
from pages.components.data import figures
from pages.components.exhibits import drawing, of_view
from pages.components.packs import registry
from pages.components.state.addresses import PIECE
from pages.components.state.view import View
from pages.components.text import markdown

OFF = "Charts of this app cannot be shown on other pages: whoever runs it has not allowed any."


def show() -> None:
    """The picture that the link asks for, or a sentence on why there is none."""
    given = st.query_params.to_dict()
    view, notes = View.from_params(given, figures.london())
    kind = registry.EXHIBITS.get(given[PIECE])
    exhibit = kind and of_view.find(kind, view)
    if not embed_hosts():
        st.info(OFF)
    elif notes:
        st.warning(markdown.verbatim(" ".join(notes)))
    elif kind is None or (exhibit and exhibit.drawing is None):
        st.warning(f"There is no chart of this name. There are: {', '.join(_charts())}.")
    elif exhibit is None:
        st.info(kind.absence)
    else:
        st.markdown(f"**{exhibit.title}**")
        st.markdown(f":small[{exhibit.subtitle}]")
        drawing.draw(kind, exhibit)
        for line in exhibit.footer:
            st.markdown(f":small[{line}]")


def _charts() -> list[str]:
    return [key for key, kind in registry.EXHIBITS.items() if kind.alt]
