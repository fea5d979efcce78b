"""What the server answers to whatever watches it: whether it runs, and whether people can be sent to it."""

import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data_loaders import settings
from data_loaders.library import sources_on_disk
from data_loaders.settings import SettingError
from data_loaders.store import SnapshotError

_LOG = logging.getLogger(__name__)
OK = "ok"
# anybody may ask, so the log alone says which setting, table or database it is, and why
SETTING = "A setting has no meaning."
FIGURES = "The figures cannot be read."
DOWNLOADS = "The folder of downloads cannot be read."
ANSWERS = "The saved answers cannot be read."


class Readiness:
    """Whether people can be sent here: 200, or 503 with a sentence on what is missing."""

    def __init__(self) -> None:
        self._said = OK

    def __call__(self, _: Request) -> Response:
        """Look at all that pages need, and log what has changed since somebody last asked."""
        reason, why = why_not_ready()
        if reason != self._said:
            self._said = reason
            if reason == OK:
                _LOG.info("Ready again.")
            else:
                _LOG.error("Not ready. %s %s", reason, why)
        return PlainTextResponse(reason, status_code=200 if reason == OK else 503)


def why_not_ready() -> tuple[str, str]:
    """What of a page could not be shown at this moment, OK for nothing, and why, for whoever runs the app.

    A process that cannot read the downloads would show older figures than the one beside it, and says so.
    """
    # what the pages show is imported by the first who asks
    from pages.components.answers import saved
    from pages.components.data import figures

    try:
        settings.check()
    except SettingError as problem:
        return SETTING, str(problem)
    try:
        figures.read_all()
    except SnapshotError as problem:
        return FIGURES, str(problem)
    try:
        sources_on_disk(settings.live_folder())
    except SnapshotError as problem:
        return DOWNLOADS, str(problem)
    unread = saved.kept().problem
    return (ANSWERS, unread) if unread else (OK, "")


def _alive(_: Request) -> Response:
    """That the server answers, and has a thread to answer with."""
    return PlainTextResponse(OK)


_READY = Readiness().__call__
# where version 0.3.0 is asked whether it is ready, the first page would answer
ROUTES = (Route("/healthz", _alive), Route("/readyz", _READY), Route("/health", _READY))
