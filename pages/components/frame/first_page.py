"""What is added to the first page that a browser gets, before the server can say anything on it.

All that the app says comes over a WebSocket, and what draws it in pieces of script: until they are there, a
page has only what stands here. Where a proxy passes no WebSocket, it would stay white.
"""

from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.components.frame import letters


def _text_of(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _early() -> str:
    """What asks for the scripts that draw charts at once.

    Streamlit asks for them when the first chart is there, and then they share the line with the signs of
    buttons, for which nobody waits.
    """
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    found = [script.name for name in DRAWS_CHARTS for script in scripts.glob(f"{name}.*.js")]
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n' for name in found)


# the chart itself, and Vega
DRAWS_CHARTS = ("ArrowVegaLiteChart", "embed")
ADDED = (
    f"{_early()}<style>\n{letters.style()}{_text_of('style.css')}</style>\n"
    f"{_text_of('unconnected.html')}<script>\n{_text_of('unconnected.js')}</script>\n"
).encode()
# what is added to must not be compressed yet; and a page that a browser has kept may have another addition
_NOT_PASSED = (b"accept-encoding", b"if-none-match", b"if-modified-since")


class FirstPage:
    """Adds to the first page how the app looks, and a sentence for where no connection comes about.

    What stands `elsewhere`, below these paths, is no page of the app.
    """

    def __init__(self, app: ASGIApp, elsewhere: tuple[str, ...] = ()) -> None:
        self.app, self._elsewhere = app, elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        may_be_page = (
            scope["type"] == "http"
            and "text/html" in Headers(scope=scope).get("accept", "")
            and not scope["path"].startswith(self._elsewhere)
        )
        if not may_be_page:
            await self.app(scope, receive, send)
            return
        plain = [pair for pair in scope["headers"] if pair[0] not in _NOT_PASSED]
        is_page = False

        async def send_with_more(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_page = (
                    scope["method"] == "GET"
                    and message["status"] == 200
                    and headers.get("content-type", "").startswith("text/html")
                )
                if is_page:
                    for name in ("etag", "last-modified"):
                        del headers[name]
                if is_page and "content-length" in headers:
                    headers["content-length"] = str(int(headers["content-length"]) + len(ADDED))
            elif is_page and message["type"] == "http.response.body" and not message.get("more_body"):
                message = {**message, "body": message.get("body", b"") + ADDED}
            await send(message)

        await self.app({**scope, "headers": plain}, receive, send_with_more)
