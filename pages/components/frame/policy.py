"""What a browser may do with what the app sends: as little as pages need, which was tried out in a browser.

`script-src` and `connect-src` are what matter: whatever text a visitor may slip in, a script that the app did
not bring is not run, and nothing is sent to another host.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from pages.components.frame import first_page

_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[\da-fA-F:.]+\](:\d+)?", re.ASCII)
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# of what a device has, no page asks for any
_UNUSED = ("camera", "geolocation", "microphone", "payment", "usb")
PERMISSIONS = ", ".join(f"{name}=()" for name in _UNUSED)


def content(host: str, framed_by: Iterable[str]) -> str:
    """The Content-Security-Policy of a page that these origins may show in a frame, beside the app itself.

    `host` is where the browser has it from, with its port. Not every browser counts a WebSocket of the same
    host as 'self', and without one there is no page.
    """
    # deck.gl fetches the marks of its map, which are pictures in texts (data:)
    own = [f"ws://{host}", f"wss://{host}"] if _HOST.fullmatch(host) else []
    conversing = " ".join(["connect-src 'self'", "data:", *own])
    return " ".join([f"{_CONTENT} {conversing}; frame-ancestors 'self'", *framed_by])


def _hashes(*pages: bytes) -> list[str]:
    """The scripts that stand in these pieces of HTML, as a policy allows each of them and no other."""
    scripts = [script for page in pages for script in _INLINE.findall(page)]
    return [f"'sha256-{base64.b64encode(hashlib.sha256(each).digest()).decode()}'" for each in scripts]


_INDEX = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
_ALLOWED = {
    "default-src": ["'none'"],
    # the parts of pages that run in the browser (state/browser.py) reach it as texts that it makes blobs of
    # and deck.gl compiles WebAssembly, for the map of *Near me*
    "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *_hashes(_INDEX, first_page.ADDED)],
    # Streamlit, Vega and style.css write styles into the page
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}
_CONTENT = " ".join(f"{name} {' '.join(allowed)};" for name, allowed in _ALLOWED.items())
