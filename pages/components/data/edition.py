"""Which figures a visitor's page is drawn from, and what is worked out of them once for all visitors."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from data_loaders.library import fingerprint
from data_loaders.within import USUAL, Within
from pages.components.state import keys
from pages.components.state.view import View

P = ParamSpec("P")
R = TypeVar("R")
# results of one function that are kept, of what was looked at last: as many as there are views of the newest
# figures, of London and of each ICS of today; and of the map, which is made of two years beforehand
MOST = 160
MOST_OF_MAP = 2 * MOST
# The pages, by their addresses, on which figures of access are of the distance and the kind of site of the
# view. On others these belong to something else: to a scenario, to a place, or to the register.
FOLLOWING = frozenset({"", "ics", "borough", "compare", "lottery", "borders"})


def settle() -> bool:
    """Fix which downloads this run of the page shows; True when they are not those of the run before."""
    now = fingerprint()
    before = st.session_state.get(keys.EDITION, now)
    st.session_state[keys.EDITION] = now
    st.session_state[keys.WITHIN] = USUAL
    return before != now


def settle_on(page: str, view: View) -> None:
    """Fix what counts as within reach in this run, which shows a view on a page."""
    st.session_state[keys.WITHIN] = _setting_on(page, view)


@contextmanager
def fixed(edition: str) -> Iterator[None]:
    """What is made within, outside anybody's session, is made from this edition and in the usual setting."""
    before = _FIXED.set(edition)
    try:
        with within(USUAL):
            yield
    finally:
        _FIXED.reset(before)


@contextmanager
def within(setting: Within) -> Iterator[None]:
    """What is made within is made of figures in this setting of what counts as within reach."""
    before = _WITHIN.set(setting)
    try:
        yield
    finally:
        _WITHIN.reset(before)


def shown_on(page: str, view: View) -> AbstractContextManager[None]:
    """What is made within is made of figures as this view of a page shows them, whatever is looked at."""
    return within(_setting_on(page, view))


def _setting_on(page: str, view: View) -> Within:
    return view.within if page in FOLLOWING else USUAL


_FIXED: ContextVar[str] = ContextVar("edition", default="")
_WITHIN: ContextVar[Within | None] = ContextVar("within", default=None)


def current() -> str:
    """The fingerprint of the downloads that this run shows."""
    return _FIXED.get() or st.session_state.get(keys.EDITION) or fingerprint()


def setting() -> Within:
    """What counts as within reach in the figures that this run shows."""
    return _WITHIN.get() or st.session_state.get(keys.WITHIN) or USUAL


def later(work: Callable[[], R]) -> Callable[[], R]:
    """Work that is put off, in the setting in which it was put off, whatever is looked at then."""
    of = setting()

    def done() -> R:
        with within(of):
            return work()

    return done


def once(work: Callable[P, R], most: int = MOST) -> Callable[P, R]:
    """Work that follows from its arguments and the figures alone, done once for all visitors.

    It is done again for another edition of the figures, in another setting of what counts as within reach,
    and on another day, because sentences say how old a figure is. Of its results `most` are kept, those that
    were asked for last. Arguments are hashable; nobody may change what it gives. Nothing that a visitor has
    entered may be among its arguments, or looked up in it.
    """

    def of_edition(edition: str, of: Within, day: dt.date, *args: Any, **kwargs: Any) -> R:
        return work(*args, **kwargs)

    kept: Callable[..., R] = lru_cache(maxsize=most)(of_edition)

    @wraps(work)
    def found(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(current(), setting(), dt.date.today(), *args, **kwargs)

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


def read_once(most: int = 1) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Work that follows from its arguments and the edition of the figures alone, done once for all visitors.

    Unlike with once(), who ask for the same at the same time wait for one of them to do it, because it takes
    long or much memory; and the setting and the day make no difference. The last `most` results are kept.
    """

    def decorated(work: Callable[P, R]) -> Callable[P, R]:
        @wraps(work)
        def of_edition(edition: str, *args: Any, **kwargs: Any) -> R:
            return work(*args, **kwargs)

        kept: Callable[..., R] = st.cache_resource(show_spinner=False, max_entries=most)(of_edition)

        @wraps(work)
        def found(*args: P.args, **kwargs: P.kwargs) -> R:
            return kept(current(), *args, **kwargs)

        return found

    return decorated
