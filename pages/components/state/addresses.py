"""The addresses at which the server gives out figures and exhibits of a view, and that of the app itself."""

from collections.abc import Collection
from dataclasses import fields, replace
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data_loaders import settings
from geo.access.indicators import ALL, WITHOUT_DISTANCE
from pages.components.state import keys
from pages.components.state.view import View

# what of a view is of a survey of our own, or of a meeting: no address gives that out
_OF_NO_EXHIBIT = {"instrument", "item", "wave", "demo", "meeting"}
OF_EXHIBITS = [field.name for field in fields(View) if field.name not in _OF_NO_EXHIBIT]
OF_FIGURES = ("period", "ics", "vintage")
# the parameter of the page that shows one exhibit alone
PIECE = "piece"
# what a presenter's window shows, whatever meeting it belongs to
PRESENTER = "presenter"


def of_app() -> str:
    """Where the app is: as whoever runs it has set, else as the visitor came by it; no slash at the end."""
    return settings.address() or _came_by()


def whole(address: str) -> str:
    """An address below that of the app as it is copied into other programs; empty where none is given out."""
    return f"{of_app()}/{address}" if address and settings.has_data_addresses() else ""


def here() -> str:
    """What comes before an address that is a link on the visitor's page, which the same server answers.

    Empty where none is given out.
    """
    return f"{_came_by()}/" if settings.has_data_addresses() else ""


def of_shapes(name: str) -> str:
    """Where the visitor's browser fetches outlines of this name, whatever the server gives out besides."""
    return f"{_came_by()}/shapes/{name}"


def of_presenter() -> str:
    """The presenter's view of a meeting, which is a window of its own."""
    return f"{_came_by()}/{PRESENTER}"


def of_figures(view: View) -> str:
    """The figures of a view as CSV, below the address of the app."""
    asked = _query(replace(view, sites=view.within.sites), (*OF_FIGURES, *reach_of(view)))
    return f"data/{view.indicator}.csv?{asked}"


def reach_of(view: View) -> tuple[str, ...]:
    """The parts of a view that say what counts as within reach, where its indicator follows from them."""
    if view.indicator not in ALL:
        return ()
    return ("sites",) if view.indicator == WITHOUT_DISTANCE else ("reach", "sites")


def of_exhibits(view: View) -> str:
    """What the addresses of a view's exhibits ask for, behind their question mark."""
    return _query(view, OF_EXHIBITS)


def _came_by() -> str:
    came_by = (st.context.url or "").rstrip("/")
    for page in {st.session_state.get(keys.PAGE), _mistyped()} - {None, ""}:
        came_by = came_by.removesuffix(f"/{page}")
    return came_by


def _mistyped() -> str | None:
    """The page that the address asks for by its name, though there may be none: then the map is shown."""
    context = get_script_run_ctx()
    return context.pages_manager.intended_page_name if context else None


def _query(view: View, names: Collection[str]) -> str:
    asked = {name: part for name, part in view.to_params().items() if name in names}
    return urlencode(asked, safe="/,")
