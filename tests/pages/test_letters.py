"""Letters and signs that are sent in place of Streamlit's own, which have many that no page has."""

import asyncio
import itertools
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import streamlit
from starlette.responses import PlainTextResponse

from pages.components.frame import build_letters, letters


def test_every_sign_that_a_page_may_draw_is_sent() -> None:
    made = json.loads(letters.MADE.read_text(encoding="utf-8"))
    # else: python -m pages.components.frame.build_letters
    assert build_letters.own_signs() | build_letters.signs_of_streamlit() <= set(made["signs"])
    # both ways in which signs are named are found
    assert {"download", "location_city"} <= build_letters.own_signs()
    assert {"expand_more", "close", "upload"} <= build_letters.signs_of_streamlit()


def test_they_are_made_for_the_streamlit_that_is_there_and_sent_with_no_other() -> None:
    whole = {letters.whole(beginning).name: letters.whole(beginning) for beginning in letters.WHOLE}
    assert letters.smaller().keys() == whole.keys()
    for name, small in letters.smaller().items():
        assert small.content.startswith(b"wOF2")
        assert len(small.content) < whole[name].stat().st_size / 4
    assert letters.smaller(f"{streamlit.__version__}.post1") == {}
    assert letters.style({}) == ""


def test_letters_beyond_those_that_are_sent_come_with_the_whole_font() -> None:
    (ranges,) = re.findall(r"unicode-range: ([^;]+);", letters.style())
    others = [
        tuple(int(end, 16) for end in each.removeprefix("U+").split("-")) for each in ranges.split(", ")
    ]
    # each letter is in one of the two, and in no more than one
    ends = sorted([*letters.RANGES, *others])
    assert ends[0][0] == 0
    assert ends[-1][1] == 0x10FFFF
    assert all(before[1] + 1 == after[0] for before, after in itertools.pairwise(ends))


def ask(
    path: str, query: bytes = b"", method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """What is answered, by the app behind it with “as it is”."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": named}
    answered = letters.Letters(PlainTextResponse("as it is"))
    # in a thread of its own, for a browser of another test may have an event loop in this one
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(answered(scope, receive, send))).result()
    start, body = sent
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]


@pytest.mark.parametrize("base", ["", "/early-years"])
def test_a_browser_asks_each_time_whether_they_have_changed(base: str) -> None:
    for name, small in letters.SENT.items():
        status, said, content = ask(f"{base}/static/media/{name}")
        assert (status, said["content-type"], content) == (200, "font/woff2", small.content)
        # it is not named after these contents: nobody may keep it unasked
        assert said["cache-control"] == "no-cache"
        assert ask(f"{base}/static/media/{name}", if_none_match=said["etag"])[::2] == (304, b"")
        assert ask(f"{base}/static/media/{name}", if_none_match='"another"')[0] == 200


def test_all_else_is_streamlits() -> None:
    name = next(iter(letters.SENT))
    for answer in (
        ask(f"/static/media/{name}", b"whole"),
        ask(f"/static/js/{name}"),
        ask("/static/media/another.woff2"),
        ask(f"/static/media/{name}", method="POST"),
    ):
        assert answer[2] == b"as it is"
