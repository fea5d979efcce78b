"""The frame of every page: what the app is, where you are in it, and what you are looking at."""

from pathlib import Path

import streamlit as st

from data_loaders.store import SnapshotError
from pages.components import figures, notes, routing, sidebar

ICON = Path(__file__).parent / "pages" / "components" / "icon.svg"

st.set_page_config("Beyond Boundaries London", page_icon=ICON, layout="wide", initial_sidebar_state=340)
page = routing.navigation()
try:
    london = figures.london()
    view = sidebar.follow_link(london)
    sidebar.draw(view, london)
    page.run()
    st.caption(notes.status_line(figures.manifest(), london))
except SnapshotError as problem:
    st.error(f"The figures cannot be shown. {problem}", icon=":material/error:")
