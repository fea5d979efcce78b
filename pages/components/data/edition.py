"""Which figures a visitor's page is drawn from, and what is worked out of them once for all visitors."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from data_loaders.library import fingerprint
from pages.components.state import keys
from pages.components.state.view import View

P = ParamSpec("P")
R = TypeVar("R")
# results of one function that are kept, of what was looked at last
MOST = 300


def settle() -> bool:
    """Fix which downloads this run of the page shows; True when they are not those of the run before."""
    now = fingerprint()
    before = st.session_state.get(keys.EDITION, now)
    st.session_state[keys.EDITION] = now
    return before != now


@contextmanager
def fixed(edition: str) -> Iterator[None]:
    """What is made within, outside anybody's session, is made from this edition."""
    before = _FIXED.set(edition)
    try:
        yield
    finally:
        _FIXED.reset(before)


_FIXED: ContextVar[str] = ContextVar("edition", default="")


def current() -> str:
    """The fingerprint of the downloads that this run shows."""
    return _FIXED.get() or st.session_state.get(keys.EDITION) or fingerprint()


def once(work: Callable[P, R]) -> Callable[P, R]:
    """Work that follows from its arguments and the figures alone, done once for all visitors.

    It is done again for another edition of the figures, and on another day, because sentences say how old a
    figure is. Arguments are hashable; nobody may change what it gives. Nothing that a visitor has entered may
    be among its arguments, or looked up in it.
    """

    def of_edition(edition: str, day: dt.date, *args: Any, **kwargs: Any) -> R:
        return work(*args, **kwargs)

    kept: Callable[..., R] = lru_cache(maxsize=MOST)(of_edition)

    @wraps(work)
    def found(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(current(), dt.date.today(), *args, **kwargs)

    return found


def once_for(*parts: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """once(), for work that looks at these parts of a view alone (View.only): it is given no others."""

    def decorated(work: Callable[P, R]) -> Callable[P, R]:
        kept: Callable[..., R] = once(work)

        @wraps(work)
        def found(*args: P.args, **kwargs: P.kwargs) -> R:
            return kept(*(each.only(*parts) if isinstance(each, View) else each for each in args), **kwargs)

        return found

    return decorated
