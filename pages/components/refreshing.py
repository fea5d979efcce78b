"""A refresh that runs beside the pages: one at a time for all visitors, never while a page is drawn."""

import datetime as dt
import threading
from dataclasses import dataclass, field

import streamlit as st

from data_loaders import changes, settings
from data_loaders.http import HttpSession
from data_loaders.refresh import PUBLISHERS, Order, Outcome, refresh
from pages.components import change_reports, figures

# how long the page says how the last refresh went
NEWS = dt.timedelta(minutes=10)
_SEEN = "refresh_seen"
_STOPPED = "The refresh stopped before its end. What was in use stays in use."


@dataclass
class Job:
    """The refresh of this server: which sources are done, how far the one that runs has come."""

    outcomes: list[Outcome] = field(default_factory=list)
    doing: str = ""
    received: int = 0
    ended: dt.datetime | None = None
    problem: str = ""
    _thread: threading.Thread | None = None
    _starting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_running(self) -> bool:
        """Whether a refresh is on its way."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def is_news(self) -> bool:
        """Whether a refresh is on its way or has ended a short while ago."""
        return self.is_running or (self.ended is not None and _now() - self.ended < NEWS)

    @property
    def told(self) -> set[str]:
        """The sources of which the page says how it went."""
        return {outcome.source_id for outcome in self.outcomes} if self.is_news else set()

    def start(self) -> None:
        """Begin a refresh of all sources, unless one is running; a second click changes nothing."""
        with self._starting:
            if self.is_running:
                return
            self.outcomes, self.doing, self.received, self.problem = [], "", 0, ""
            self._thread = threading.Thread(target=self.run, daemon=True)
            self._thread.start()

    def run(self) -> None:
        """Refresh all sources, one after the other."""
        self.problem = _STOPPED
        try:
            # geopandas takes a second to import, and only a refresh needs it
            from geo.redraw import redraw

            order = Order(settings.live_folder(), _now().date(), redraw)
            for source_id, publisher in PUBLISHERS.items():
                self.doing, self.received = publisher.title, 0
                self.outcomes.append(refresh(source_id, order, HttpSession(on_bytes=self._note_bytes)))
            self.problem = ""
        finally:
            self.doing, self.ended = "", _now()

    def _note_bytes(self, done: int, total: int | None) -> None:
        self.received = done


@st.cache_resource(show_spinner=False)
def job() -> Job:
    """The one refresh of this server."""
    return Job()


@st.cache_resource(show_spinner=False)
def keep_fresh() -> None:
    """Refresh every so many hours from now on, if the server is set up for it."""
    hours = settings.refresh_hours()
    if hours is None:
        return
    refreshing, pause = job(), threading.Event()

    def again_and_again() -> None:
        while True:
            refreshing.start()
            pause.wait(hours * 3600)

    threading.Thread(target=again_and_again, daemon=True).start()


def show_refresh() -> None:
    """The button, and below it how far the refresh has come or how it went."""
    refreshing = job()
    if settings.has_refresh_button():
        st.button(
            "Fetch the newest figures",
            icon=":material/refresh:",
            disabled=refreshing.is_running,
            on_click=refreshing.start,
            help="Asks every publisher for its newest figures. What is on the pages now stays until each "
            "download has passed all checks.",
        )
    if refreshing.is_news:
        st.fragment(_show_progress, run_every=0.5 if refreshing.is_running else None)(refreshing)


def _show_progress(refreshing: Job) -> None:
    if refreshing.is_running:
        share = len(refreshing.outcomes) / len(PUBLISHERS)
        received = f", {refreshing.received / 1e6:.1f} MB" if refreshing.received else ""
        st.progress(share, f"Fetching: {refreshing.doing.lower()}{received}")
    elif st.session_state.get(_SEEN) != refreshing.ended:
        # the whole page shows other figures from now on
        st.session_state[_SEEN] = refreshing.ended
        st.rerun()
    if refreshing.problem and not refreshing.is_running:
        st.error(refreshing.problem, icon=":material/error:")
    _show_outcomes(refreshing.outcomes)


def _show_outcomes(outcomes: list[Outcome]) -> None:
    """How it went with each source, those of a kind together; what was held back is there to be looked at."""
    for kind, show in _SHOWN.items():
        texts = [_say_outcome(outcome) for outcome in outcomes if outcome.kind == kind]
        if texts and kind == "replaced":
            texts.append("The tab *What changed* has every change.")
        if texts:
            show("  \n".join(texts))
    for outcome in outcomes:
        if outcome.kind == "held":
            with st.expander(f"{PUBLISHERS[outcome.source_id].title}: what it would change"):
                change_reports.show_report(outcome.report, figures.london())


def _say_outcome(outcome: Outcome) -> str:
    counts = changes.tally(outcome.report) if outcome.kind == "replaced" else ""
    said = f"**{PUBLISHERS[outcome.source_id].title}.** {outcome.message}"
    return f"{said} Figures: {counts}." if counts else said


_SHOWN = {
    "replaced": lambda text: st.success(text, icon=":material/check:"),
    "unchanged": lambda text: st.info(text, icon=":material/check:"),
    "held": lambda text: st.warning(text, icon=":material/pan_tool:"),
    "failed": lambda text: st.error(text, icon=":material/cloud_off:"),
}


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
