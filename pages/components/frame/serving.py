"""What the server says with every page, and what it does by itself, whoever visits."""

import contextlib
import logging
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data_loaders import settings
from data_loaders.settings import SettingError, embed_hosts, refresh_hours
from pages.components.frame import logs, memory, policy, warming
from pages.components.state.addresses import PIECE

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

# browsers keep to encryption for so long once they have met it
_HSTS = "max-age=31536000"


class FrameGuard:
    """Says with every page how a browser is to treat it.

    Frames of the chart page are allowed to the origins of the settings, and of all other pages to none. Where
    the app's own address is encrypted, so is all that it sends, cookies too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # each page tells of a setting without a meaning
        self.hosts: tuple[str, ...] = ()
        with contextlib.suppress(SettingError):
            self.hosts = embed_hosts()
        self.is_encrypted = settings.is_encrypted()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_chart = PIECE in parse_qs(scope["query_string"].decode("latin-1"))
        host = Headers(scope=scope).get("host", "")
        content = policy.content(host, self.hosts if is_chart else ())

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = content
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Permissions-Policy"] = policy.PERMISSIONS
                if self.is_encrypted:
                    headers["Strict-Transport-Security"] = _HSTS
                    _mark_cookies(headers)
            await send(message)

        await self.app(scope, receive, send_guarded)


def _mark_cookies(headers: MutableHeaders) -> None:
    """Let cookies go to encrypted addresses only."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")


# more than one process serves well, and few enough for every system to grant
_MOST_CONNECTIONS = 65_536


def _allow_connections() -> None:
    """Take as many connections as the machine lets this process have; by default 200 people have them all."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = _MOST_CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, _MOST_CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


@contextlib.asynccontextmanager
async def whole_life(_: st.App) -> AsyncIterator[None]:
    """From the start of the server to its end: log what is done, and refresh, if it is set up for it."""
    _allow_connections()
    memory.be_sparing()
    logs.begin()
    with contextlib.suppress(SettingError):
        # each page tells of a setting without a meaning
        if settings.makes_beforehand():
            warming.begin()
    try:
        hours = refresh_hours()
    except SettingError as problem:
        logging.getLogger(__name__).error("%s", problem)
        hours = None
    if hours is not None:
        # imported only where it is used: it asks the publishers
        from pages.components.sources import refreshing

        refreshing.keep_fresh(hours)
    yield
