"""The frame of every page: what the app is, where you are in it, and what you are looking at."""

import streamlit as st

from data_loaders.settings import SettingError, refresh_hours
from data_loaders.store import SnapshotError
from pages.components import figures, routing, sidebar

# Less empty space above the heading and between the controls, so that the map and all its controls are on the
# first screen of a meeting; and no toolbar on charts, which would give away pictures without their sources.
STYLE = """<style>
.stMainBlockContainer { padding-top: 3rem; padding-bottom: 2rem; }
[data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"] { gap: 0.5rem; }
[data-testid="stElementToolbar"] { display: none; }
</style>"""
st.html(STYLE)
page = routing.navigation()
try:
    if refresh_hours() is not None:
        # imported only where it is used: the first visitor need not wait for what asks the publishers
        from pages.components import refreshing

        refreshing.keep_fresh()
    is_new_edition = figures.settle_edition()
    london = figures.london()
    view = sidebar.settle_view(london, is_new_edition)
    sidebar.say_what_a_link_got_wrong()
    page.run()
    # after the page, because the map takes the browser longer than the controls and the address
    sidebar.draw(view, london, draws_map=page.url_path in routing.MAPS)
    sidebar.write_link(view)
    st.markdown(f":small[{figures.status_line()}]")
except (SnapshotError, SettingError) as problem:
    st.error(f"The figures cannot be shown. {problem}", icon=":material/error:")
