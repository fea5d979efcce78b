"""What a browser may send to the server: what the pages themselves send, and nothing that others feel."""

import asyncio
import contextlib
import re
import time
from collections import deque

from google.protobuf.message import DecodeError
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from data_loaders import settings
from data_loaders.settings import SettingError

# of a session, which has five places for a file; and of all sessions together
MOST_FILES, MOST_BYTES_OF_ONE, MOST_BYTES = 6, 12_000_000, 64_000_000
# messages of a conversation within a minute, ten a second; those beyond are read so many seconds apart: they
# wait in the browser that sends them, and none is lost
MOST_MESSAGES, APART = 600, 0.5
CLOSED = "Not found"
FULL = "Too many files are being kept just now. Please add yours again in a minute."
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")


class Doorkeeper:
    """Bounds files and messages, and passes over those that make this server forget what it has read.

    A browser may send files that no page asked for, and the message by which developers clear all caches.
    What Streamlit tells of the server itself is for whoever runs it, and closed unless a setting opens it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._has_metrics = False
        with contextlib.suppress(SettingError):
            self._has_metrics = settings.has_metrics()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hold one conversation."""
        if scope["type"] == "websocket":
            await self.app(scope, _unhurried(_without_clearing(receive)), send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].endswith("/_stcore/metrics") and not self._has_metrics:
            await PlainTextResponse(CLOSED, status_code=404)(scope, receive, send)
            return
        sends_file = scope["method"] == "PUT" and _UPLOAD.search(scope["path"])
        if not sends_file:
            await self.app(scope, receive, send)
        elif kept_bytes() > MOST_BYTES:
            await PlainTextResponse(FULL, status_code=503)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
            _let_go_of_the_oldest(sends_file[1])


def _unhurried(receive: Receive) -> Receive:
    """The same messages, those of whoever sends them faster than a hand could one after the other."""
    read: deque[float] = deque(maxlen=MOST_MESSAGES)

    async def receive_in_time() -> Message:
        if len(read) == MOST_MESSAGES and time.monotonic() - read[0] < 60:
            await asyncio.sleep(APART)
        read.append(time.monotonic())
        return await receive()

    return receive_in_time


def _without_clearing(receive: Receive) -> Receive:
    async def receive_allowed() -> Message:
        message = await receive()
        while _clears_caches(message.get("bytes") or b""):
            message = await receive()
        return message

    return receive_allowed


def _clears_caches(content: bytes) -> bool:
    try:
        return BackMsg.FromString(content).WhichOneof("type") == "clear_cache"
    except DecodeError:
        return False


def _files() -> MemoryUploadedFileManager:
    manager = runtime.get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return manager


def kept_bytes() -> int:
    """How much there is of files that visitors have added, in all sessions together."""
    kept = [file for files in list(_files().file_storage.values()) for file in list(files.values())]
    return sum(len(file.data) for file in kept)


def _let_go_of_the_oldest(session: str) -> None:
    kept = {name: len(file.data) for name, file in _files().file_storage.get(session, {}).items()}
    while len(kept) > MOST_FILES or (len(kept) > 1 and sum(kept.values()) > MOST_BYTES_OF_ONE):
        oldest = next(iter(kept))
        del kept[oldest]
        _files().remove_file(session, oldest)
