"""What the server says with every page: which other pages may show it in a frame."""

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data_loaders.settings import embed_hosts

EXHIBIT = "piece"


class FrameGuard:
    """Allows frames of the chart page to the origins of the settings, and of all other pages to none.

    Raises data_loaders.settings.SettingError at the start when the setting has no meaning.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.hosts = embed_hosts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_chart = EXHIBIT in parse_qs(scope["query_string"].decode("latin-1"))
        allowed = " ".join(["'self'", *(self.hosts if is_chart else ())])

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = f"frame-ancestors {allowed}"
            await send(message)

        await self.app(scope, receive, send_guarded)
