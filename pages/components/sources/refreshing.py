"""A refresh that runs beside the pages: one at a time for all visitors, never while a page is drawn."""

import datetime as dt
import threading
import time
from dataclasses import dataclass, field

import streamlit as st

from data_loaders import changes, settings, versions
from data_loaders.http import HttpSession, Limits
from data_loaders.refresh import PUBLISHERS, Order, Outcome, refresh
from pages.components.data import figures
from pages.components.sources import changes as sources_changes
from pages.components.state import keys
from pages.components.text import markdown

# how long the page says how the last refresh went
NEWS = dt.timedelta(minutes=10)
# somebody waits for the button: no publisher is asked twice, where none answers it ends within 20 seconds,
# and one that never ends is left after a minute
HURRY = Limits(connect=4, read=8, whole=60, tries=1)
PATIENCE_S = 10
NO_ANSWER = "No publisher gave figures that could be used. What was in use stays in use."
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
        return self.is_running or (self.ended is not None and versions.now() - self.ended < NEWS)

    @property
    def told(self) -> set[str]:
        """The sources of which the page says how it went."""
        return {outcome.source_id for outcome in self.outcomes} if self.is_news else set()

    def start(self, limits: Limits | None = None) -> None:
        """Begin a refresh of all sources, unless one is running; a second click changes nothing.

        With limits, it also ends as soon as nothing has come for PATIENCE_S.
        """
        with self._starting:
            if self.is_running:
                return
            self.outcomes, self.doing, self.received, self.problem = [], "", 0, ""
            self._thread = threading.Thread(target=self.run, args=(limits,), daemon=True)
            self._thread.start()

    def run(self, limits: Limits | None = None) -> None:
        """Refresh all sources, one after the other."""
        self.problem = _STOPPED
        began = time.monotonic()
        try:
            # geopandas takes a second to import, and only a refresh needs it
            from geo.boundaries.draw import redraw

            order = Order(settings.live_folder(), versions.now().date(), redraw)
            for source_id, publisher in PUBLISHERS.items():
                self.doing, self.received = publisher.title, 0
                session = HttpSession(limits, on_bytes=self._note_bytes)
                self.outcomes.append(refresh(source_id, order, session))
                if limits and self._is_hopeless and time.monotonic() - began > PATIENCE_S:
                    break
            self.problem = ""
        finally:
            self.doing, self.ended = "", versions.now()

    @property
    def _is_hopeless(self) -> bool:
        """Whether two publishers at least were asked, and none gave anything."""
        return len(self.outcomes) > 1 and all(outcome.kind == "failed" for outcome in self.outcomes)

    def _note_bytes(self, done: int, total: int | None) -> None:
        self.received = done


# the one refresh of this server: in no cache, for a visitor's browser could ask for caches to be cleared
JOB = Job()


def keep_fresh(hours: float) -> None:
    """Refresh every so many hours from now on; called once, when the server starts."""

    def again_and_again() -> None:
        pause = threading.Event()
        while True:
            JOB.start()
            pause.wait(hours * 3600)

    threading.Thread(target=again_and_again, daemon=True).start()


def show_refresh() -> None:
    """The button, and below it how far the refresh has come or how it went."""
    if settings.has_refresh_button():
        st.button(
            "Fetch the newest figures",
            icon=":material/refresh:",
            disabled=JOB.is_running,
            on_click=_press,
            help="Asks every publisher for its newest figures. What is on the pages now stays until each "
            "download has passed all checks.",
        )
    # to other visitors nothing of it is shown
    if JOB.is_news and st.session_state.get(keys.REFRESH_MINE):
        st.fragment(_show_progress, run_every=0.5 if JOB.is_running else None)(JOB)


def told() -> set[str]:
    """The sources of whose last try this visitor has no need to be told: how it went stands below the button.

    To whom the button is not shown, no failure of a download is either: they see what is in use.
    """
    if not settings.has_refresh_button():
        return set(PUBLISHERS)
    return JOB.told if st.session_state.get(keys.REFRESH_MINE) else set()


def _press() -> None:
    st.session_state[keys.REFRESH_MINE] = True
    JOB.start(HURRY)


def _show_progress(refreshing: Job) -> None:
    if refreshing.is_running:
        share = len(refreshing.outcomes) / len(PUBLISHERS)
        received = f", {refreshing.received / 1e6:.1f} MB" if refreshing.received else ""
        st.progress(share, f"Fetching: {refreshing.doing.lower()}{received}")
    elif st.session_state.get(keys.REFRESH_SEEN) != refreshing.ended:
        # the whole page shows other figures from now on
        st.session_state[keys.REFRESH_SEEN] = refreshing.ended
        st.rerun()
    if refreshing.problem and not refreshing.is_running:
        st.error(refreshing.problem, icon=":material/error:")
    _show_outcomes(refreshing.outcomes)


def _show_outcomes(outcomes: list[Outcome]) -> None:
    """How it went with each source, those of a kind together; what was held back is there to be looked at."""
    if outcomes and all(outcome.kind == "failed" for outcome in outcomes):
        st.error(NO_ANSWER, icon=_SIGN_OF_FAILURE)
        with st.expander("What came of each"):
            st.markdown("  \n".join(map(_say_outcome, outcomes)))
        return
    for kind, show in _SHOWN.items():
        texts = [_say_outcome(outcome) for outcome in outcomes if outcome.kind == kind]
        if texts and kind == "replaced":
            texts.append("The tab *What changed* has every change.")
        if texts:
            show("  \n".join(texts))
    for outcome in outcomes:
        if outcome.kind == "held":
            with st.expander(f"{PUBLISHERS[outcome.source_id].title}: what it would change"):
                sources_changes.show_report(outcome.report, figures.london(), f"held_{outcome.source_id}")


def _say_outcome(outcome: Outcome) -> str:
    counts = changes.tally(outcome.report) if outcome.kind == "replaced" else ""
    said = f"**{PUBLISHERS[outcome.source_id].title}.** {markdown.verbatim(outcome.message)}"
    return f"{said} Figures: {counts}." if counts else said


_SIGN_OF_FAILURE = ":material/cloud_off:"
_SHOWN = {
    "replaced": lambda text: st.success(text, icon=":material/check:"),
    "unchanged": lambda text: st.info(text, icon=":material/check:"),
    "held": lambda text: st.warning(text, icon=":material/pan_tool:"),
    "failed": lambda text: st.error(text, icon=_SIGN_OF_FAILURE),
}
