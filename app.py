"""The frame of every page: what the app is, where you are in it, and what you are looking at."""

import streamlit as st
from starlette.middleware import Middleware

from data_loaders.settings import SettingError, refresh_hours
from data_loaders.store import SnapshotError
from pages.components.answers import waves as answers_waves
from pages.components.data import figures
from pages.components.frame import keeping, navigation, serving, sidebar, style, tour_controls
from pages.components.meeting import screen
from pages.components.state import session


def frame() -> None:
    """One run of the page that the address asks for."""
    style.apply()
    page, script = navigation.navigation()
    try:
        if serving.EXHIBIT in st.query_params:
            # imported only where it is used, like what asks the publishers below
            from pages.components.frame import embedded_chart

            embedded_chart.show()
            return
        if refresh_hours() is not None:
            # the first visitor need not wait for what asks the publishers
            from pages.components.sources import refreshing

            refreshing.keep_fresh()
        is_new_edition = figures.settle_edition()
        london = figures.london()
        shows_view = page.shows != "pack"
        view = session.settle_view(london, is_new_edition, reads_link=shows_view)
        if shows_view:
            session.say_what_a_link_got_wrong()
            if not view.meeting:
                # the screen of a meeting says which boundaries it shows
                session.say_what_a_link_means()
        answers_waves.show_banner(view, on_page=page.may_be_made_up)
        if view.meeting and shows_view:
            screen.show(session.current_view(), london)
        else:
            script.run()
        if shows_view and not view.meeting:
            # after the page, because the map takes the browser longer than the controls and the address
            sidebar.draw(
                view,
                london,
                draws_map=page.draws_map,
                has_indicator=page.shows == "indicator",
            )
            tour_controls.draw(view, london)
        if shows_view:
            session.write_link(view)
        if not view.meeting:
            keeping.draw()
            st.markdown(f":small[{figures.status_line()}]")
    except (SnapshotError, SettingError) as problem:
        st.error(f"The figures cannot be shown. {problem}", icon=":material/error:")


if __name__ == "__main__":
    frame()
else:
    # `streamlit run` finds what it serves here, and runs this script for each visitor
    server = st.App(__file__, middleware=[Middleware(serving.FrameGuard)])
