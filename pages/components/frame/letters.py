"""Letters and signs without those that no page has, so that a first visit need not wait for them.

Streamlit sends 4,300 signs, of which its own parts of a page and the app's have some 150, and the letters of
all scripts of Europe: together a third of what a first visit loads. What is sent in their place is made for
one version of Streamlit (build_letters.py); with another one, its own files are sent as they are.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = Path(__file__).with_name("letters")
MADE, SIGNS, TEXT = FOLDER / "made.json", "signs.woff2", "letters.woff2"
STATIC = Path(streamlit.__file__).parent / "static" / "static"
# how the names of Streamlit's files begin, before what names their contents
WHOLE = ("MaterialSymbols-Rounded", "SourceSansVF-Upright")
# what the letters reach: Latin, and punctuation, arrows, mathematics and shapes; a browser asks for the whole
# where a page has another letter
RANGES = ((0x0, 0x17F), (0x2000, 0x22FF), (0x25A0, 0x26FF))
_OTHERS = "U+180-1FFF, U+2300-259F, U+2700-10FFFF"
# of an address of a whole font
_AS_IT_IS = "whole"


class Small(NamedTuple):
    """A font to send, and its name for browsers that may have it."""

    content: bytes
    etag: str


def whole(beginning: str) -> Path:
    """Streamlit's own font of a name that begins so. Raises ValueError where there is not one."""
    (found,) = (STATIC / "media").glob(f"{beginning}.*.woff2")
    return found


def smaller(version: str = streamlit.__version__) -> dict[str, Small]:
    """What is sent in place of Streamlit's fonts, by their names; nothing for another version of it."""
    made = json.loads(MADE.read_text(encoding="utf-8"))
    if version != made["streamlit"] or not all((STATIC / "media" / name).exists() for name in made["files"]):
        return {}
    contents = {name: (FOLDER / own).read_bytes() for name, own in made["files"].items()}
    return {
        name: Small(content, f'"{hashlib.sha256(content).hexdigest()[:16]}"')
        for name, content in contents.items()
    }


SENT = smaller()


def style(sent: Mapping[str, Small] = SENT) -> str:
    """The rule by which a browser asks for all letters where a page has one that is not sent."""
    return "".join(
        '@font-face { font-family: "Source Sans"; font-weight: 100 900; font-style: normal; '
        f'src: url("./static/media/{name}?{_AS_IT_IS}") format("woff2"); unicode-range: {_OTHERS}; }}\n'
        for name in sent
        if name.startswith(WHOLE[1])
    )


class Letters:
    """Sends the smaller fonts.

    Streamlit's addresses name the contents of its files, so that browsers keep them for good. What is sent
    here in their place changes with the app: a browser asks each time whether it has.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._sent = SENT

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        small = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and not scope["query_string"]:
            folder, _, name = scope["path"].rpartition("/")
            small = self._sent.get(name) if folder.endswith("/static/media") else None
        if small is None:
            await self.app(scope, receive, send)
            return
        headers = {"Cache-Control": "no-cache", "ETag": small.etag}
        has_it = small.etag in Headers(scope=scope).get("if-none-match", "")
        answer = Response(
            b"" if has_it else small.content, 304 if has_it else 200, headers, media_type="font/woff2"
        )
        await answer(scope, receive, send)
