"""Streamlit's own scripts, compressed once for all who load them.

A first visit loads 4.9 MB as they lie on the disk, and 1.7 MB compressed. Streamlit leaves that to a proxy,
and an app that somebody has just started has none.
"""

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# what is named after its contents, and so the same for ever; all of them together, compressed, in bytes
_FOR_EVER = "immutable"
_MOST = 24_000_000
_TEXTS = ("application/javascript", "text/javascript", "text/css", "application/json", "image/svg+xml")


class Compressed:
    """Answers whoever takes gzip with a compressed file, where a file never changes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._made: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not _takes_it(scope):
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def send_compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_meant(message):
                start = message
            elif not start or message["type"] != "http.response.body":
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    small = await self._compress(scope["path"], bytes(body))
                    _say(MutableHeaders(scope=start), len(small))
                    await send(start)
                    await send({"type": "http.response.body", "body": small})

        await self.app(scope, receive, send_compressed)

    async def _compress(self, path: str, content: bytes) -> bytes:
        if (small := self._made.get(path)) is None:
            small = await run_in_threadpool(gzip.compress, content, mtime=0)
            if sum(map(len, self._made.values())) + len(small) <= _MOST:
                self._made[path] = small
        return small


def _takes_it(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return (
        scope["method"] == "GET" and "gzip" in headers.get("accept-encoding", "") and "range" not in headers
    )


def _is_meant(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and _FOR_EVER in headers.get("cache-control", "")
        and headers.get("content-type", "").startswith(_TEXTS)
        and "content-encoding" not in headers
    )


def _say(headers: MutableHeaders, size: int) -> None:
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(size)
    headers.add_vary_header("Accept-Encoding")
    # the file and what is sent of it are not equal byte by byte
    if "etag" in headers and not headers["etag"].startswith("W/"):
        headers["ETag"] = f"W/{headers['etag']}"
    del headers["accept-ranges"]
