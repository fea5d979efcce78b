"""What an address answers with: a file, word that it has not changed, or one sentence on what is wrong."""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple, Self

from starlette.requests import Request
from starlette.responses import Response

TEXT, JSON, HTML = "text/plain; charset=utf-8", "application/json", "text/html; charset=utf-8"
# figures change when their publisher's do: a client that asks again within so many seconds may show its own
FRESH = "public, max-age=300"
# how soon somebody who was turned away may ask again, in seconds
LATER = 60


class Reply(NamedTuple):
    """A file: its kind and name, a link to what describes it, and the mark that changes as it does."""

    content: bytes
    mime: str
    name: str
    link: str
    tag: str

    @classmethod
    def of(cls, content: bytes, mime: str, name: str = "", link: str = "") -> Self:
        """A reply with the mark of its content; a weak one, because the server may compress it."""
        return cls(content, mime, name, link, f'W/"{hashlib.sha256(content).hexdigest()[:32]}"')

    def response(self, request: Request) -> Response:
        """The file, or 304 where the client has it already."""
        headers = {"ETag": self.tag, "Cache-Control": FRESH, "Vary": "Accept, Accept-Encoding"}
        if self.link:
            headers["Link"] = self.link
        known = request.headers.get("if-none-match", "")
        if known.strip() == "*" or self.tag.removeprefix("W/") in _tags(known):
            return Response(status_code=304, headers=headers)
        if self.name:
            headers["Content-Disposition"] = f'inline; filename="{self.name}"'
        return Response(self.content, media_type=self.mime, headers=headers)


def _tags(header: str) -> set[str]:
    return {part.strip().removeprefix("W/") for part in header.split(",")}


class RefusalError(Exception):
    """Why there is no such file: a status of HTTP, a sentence, and what there is instead."""

    def __init__(self, status: int, sentence: str, known: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.known = status, sentence, tuple(known)

    def response(self, request: Request) -> Response:
        """The sentence as JSON for who asks for JSON, else as text."""
        headers = {"Cache-Control": "no-store", "Vary": "Accept"}
        if self.status in (429, 503):
            headers["Retry-After"] = str(LATER)
        if request.url.path.endswith(".json") or "json" in request.headers.get("accept", ""):
            said = json.dumps({"error": self.sentence, "known": self.known}, ensure_ascii=False)
            return Response(said, self.status, headers, JSON)
        return Response(f"{self.sentence}\n", self.status, headers, TEXT)
