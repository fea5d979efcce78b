"""The addresses at which the server gives out figures and pictures of a view, whole, for people to copy."""

from collections.abc import Collection
from dataclasses import fields
from urllib.parse import urlencode

import streamlit as st

from data_loaders import settings
from pages.components.state import keys
from pages.components.state.view import View

# what of a view is of a survey of our own, or of a meeting: no address gives that out
_OF_NO_PICTURE = {"instrument", "item", "wave", "demo", "meeting"}
OF_PICTURES = [field.name for field in fields(View) if field.name not in _OF_NO_PICTURE]
PICTURE_FORMATS = ("png", "svg", "pdf")
OF_FIGURES = ("period", "ics", "vintage")


def of_app() -> str:
    """Where the app is: as whoever runs it has set, else as the visitor came by it; no slash at the end."""
    page = st.session_state.get(keys.PAGE)
    came_by = (st.context.url or "").rstrip("/")
    return settings.address() or (came_by.removesuffix(f"/{page}") if page else came_by)


def whole(address: str) -> str:
    """An address of this app as it is copied into other programs."""
    return f"{of_app()}/{address}"


def of_figures(view: View) -> str:
    """The figures of a view as CSV, below the address of the app."""
    return f"data/{view.indicator}.csv{_query(view, OF_FIGURES)}"


def of_picture(view: View, key: str) -> str:
    """The picture of a view by the key of its exhibit, as PNG, below the address of the app."""
    return f"picture/{key}.png{_query(view, OF_PICTURES)}"


def _query(view: View, names: Collection[str]) -> str:
    asked = {name: part for name, part in view.to_params().items() if name in names}
    return f"?{urlencode(asked, safe='/,')}"
