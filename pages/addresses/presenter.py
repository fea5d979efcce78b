"""The presenter's view of a meeting: a window that the meeting's fills, and that asks the server nothing.

Which meeting it belongs to stands behind the # of its address, which no browser sends.
"""

from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import Response

from pages.addresses.reply import HTML, Reply
from pages.components.exhibits.kinds import APP
from pages.components.frame import letters, style
from pages.components.state.addresses import PRESENTER

_HERE = Path(__file__).parent
_PAGES = Environment(loader=FileSystemLoader(_HERE), autoescape=True)
# of Streamlit's theme, by the names that style sheets of the app have for them
_OF_THEME = {
    "st-text-color": "textColor",
    "st-background-color": "backgroundColor",
    "st-secondary-background-color": "secondaryBackgroundColor",
    "st-border-color": "borderColor",
    "st-primary-color": "primaryColor",
}
SCRIPT_NAME = f"{PRESENTER}.js"


async def page(request: Request) -> Response:
    """The window."""
    return _PAGE.response(request)


async def script(request: Request) -> Response:
    """What fills it."""
    return _SCRIPT.response(request)


def _page() -> str:
    return _PAGES.get_template("presenter.html").render(
        app=APP,
        script=SCRIPT_NAME,
        style=(_HERE / "presenter.css").read_text(encoding="utf-8"),
        font=next((name for name in letters.SENT if name.startswith(letters.WHOLE[1])), ""),
        themes={theme: _colours(theme) for theme in ("light", "dark")},
    )


def _colours(theme: str) -> dict[str, str]:
    own = {name: st.get_option(f"theme.{theme}.{option}") for name, option in _OF_THEME.items()}
    return own | style.named_colours(theme)


_PAGE = Reply.of(_page().encode(), HTML)
_SCRIPT = Reply.of((_HERE / SCRIPT_NAME).read_bytes(), "text/javascript; charset=utf-8")
