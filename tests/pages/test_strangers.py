"""What a browser may send is bounded, for whoever sends without end alone."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive, Scope, Send

from pages.components.frame import strangers


def test_messages_without_end_are_read_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "APART", 3600)
    read = {"hasty": 0, "other": 0}

    async def receive() -> Message:
        await asyncio.sleep(0)
        return {"type": "websocket.receive", "bytes": b""}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while read[scope["path"]] < scope["wants"]:
            await receive()
            read[scope["path"]] += 1

    async def send(_: Message) -> None:
        raise AssertionError("the app answers nothing")

    async def converse() -> None:
        doorkeeper = strangers.Doorkeeper(app)
        wants = {"hasty": 10 * strangers.MOST_MESSAGES, "other": strangers.MOST_MESSAGES}
        hasty, other = (
            asyncio.create_task(doorkeeper({"type": "websocket", "path": who, "wants": many}, receive, send))
            for who, many in wants.items()
        )
        await other
        assert not hasty.done()
        hasty.cancel()

    # in a thread of its own: a browser of another test may have left a loop in this one
    with ThreadPoolExecutor() as thread:
        thread.submit(lambda: asyncio.run(converse())).result()
    assert read == {"hasty": strangers.MOST_MESSAGES, "other": strangers.MOST_MESSAGES}
