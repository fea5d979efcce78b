"""The frame of every page: what the app is, where you are in it, and what you are looking at."""

from functools import partial

import streamlit as st
from starlette.middleware import Middleware

from data_loaders import settings
from data_loaders.store import SnapshotError
from pages.addresses.routes import beside_pages, routes
from pages.components.answers import waves as answers_waves
from pages.components.data import edition, figures
from pages.components.exhibits import download
from pages.components.frame import (
    aids,
    compressed,
    filters,
    first_page,
    keeping,
    letters,
    meetings,
    navigation,
    pace,
    runs,
    search,
    serving,
    start,
    strangers,
    style,
    theme,
)
from pages.components.meeting import screen
from pages.components.state import session, turns
from pages.components.state.addresses import PIECE
from pages.components.text import markdown
from pages.watching import health, metrics


def frame() -> None:
    """One run of the page that the address asks for."""
    is_hurried = pace.keep()
    with runs.counted(), turns.taken():
        _frame(is_hurried)


def _frame(is_hurried: bool) -> None:
    page, script = navigation.navigation()
    style.apply(page)
    try:
        settings.check()
        if PIECE in st.query_params:
            # imported only where it is used
            from pages.components.frame import embedded_chart

            embedded_chart.show()
            theme.follow()
            return
        is_new_edition = edition.settle()
        shows_view = page.shows != "pack"
        view = session.settle_view(figures.london(), is_new_edition, reads_link=shows_view)
        edition.settle_on(page.address, view)
        london = figures.london()
        navigation.follow(page, view)
        search.forget_word(page)
        navigation.entitle(page, session.current_view(), london)
        is_screen = bool(view.meeting) and shows_view
        if not is_screen:
            beside, line = filters.places()
        # has its place with and without notices: else what follows stands twice while it is drawn anew
        with st.container():
            if is_hurried and not is_screen:
                st.warning(pace.HURRIED, icon=":material/hourglass_empty:")
            if shows_view:
                is_shown = partial(navigation.is_shown, page=page)
                session.say_what_a_link_got_wrong(london, is_shown)
                if not view.meeting:
                    # the screen of a meeting says which boundaries it shows
                    session.say_what_a_link_means(london, is_shown)
            if not is_screen:
                answers_waves.show_banner(view, on_page=page.may_be_made_up)
        if is_screen:
            # each screen says for itself whether what it shows is made up
            screen.show(page.address, session.current_view(), london)
        else:
            script.run()
            if page is navigation.PAGES[0]:
                with beside:
                    start.draw(view)
            if page.has_meeting:
                with line:
                    filters.draw(view, london, page)
                    meetings.draw(view, london)
        theme.follow()
        if shows_view:
            session.write_link(view)
        if not is_screen:
            keeping.draw()
            aids.draw(navigation.title(page, session.current_view(), london))
            if late := figures.late_line():
                st.markdown(f":material/schedule: {late}")
            st.markdown(f":small[{figures.status_line()}]")
            st.page_link("pages/about.py", label="What the words mean, and where to write to")
            download.listen()
    except (SnapshotError, settings.SettingError) as problem:
        st.error(markdown.verbatim(f"The figures cannot be shown. {problem}"), icon=":material/error:")


if __name__ == "__main__":
    frame()
else:
    # `streamlit run` finds what it serves here, and runs this script for each visitor
    server = st.App(
        __file__,
        middleware=[
            Middleware(serving.FrameGuard),
            Middleware(first_page.FirstPage, elsewhere=beside_pages()),
            Middleware(strangers.Doorkeeper),
            Middleware(letters.Letters),
            Middleware(compressed.Compressed),
        ],
        routes=[*health.ROUTES, metrics.ROUTE, *routes()],
        lifespan=serving.whole_life,
    )
