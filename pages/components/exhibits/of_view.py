"""The exhibit of a view: made once for all visitors where it follows from the view and the figures alone."""

from collections.abc import Callable
from functools import cache

import streamlit as st

from pages.components.data.edition import MOST, MOST_OF_MAP, once, shown_on
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state.view import View
from pages.exports.exhibit import Exhibit


def theme() -> str:
    """`light` or `dark`, as the visitor has it; light until the browser has said so."""
    return st.context.theme.type or "light"


def find(kind: ExhibitKind, view: View) -> Exhibit | None:
    """The exhibit of a view, in the visitor's theme. Nobody may change what it gives."""
    return _find(kind, view, theme())


def in_file(kind: ExhibitKind, view: View) -> Exhibit | None:
    """The exhibit of a view as it goes into files: light, for paper and slides."""
    return _find(kind, view, "light")


def _find(kind: ExhibitKind, view: View, theme: str) -> Exhibit | None:
    with shown_on(kind.page, view):
        # made-up answers are the same for everyone
        if not kind.is_shared and view.demo != "yes":
            return kind.build(view, theme)
        made = _maker(kind)(view.only(*kind.parts), theme)
        return made and kind.addressed(made, view)


@cache
def _maker(kind: ExhibitKind) -> Callable[[View, str], Exhibit | None]:
    """What makes exhibits of a kind: each kind has its own room among what is kept.

    In one room for all, some twenty exhibits of each view would put out what was made beforehand, before
    anybody came to look at it.
    """
    return once(kind.build, MOST_OF_MAP if kind.page == "" else MOST)
