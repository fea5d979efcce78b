"""What people look at first, made while nobody is there, so that hardly anybody waits for a first look.

A view costs the first who looks at it some hundred small steps of pandas, and all others nothing
(edition.once). So once a server has been left alone for a moment, it makes what pages open with, one small
step after the other, and stops as soon as somebody comes. What is made is kept, and bounded, where it would
be if a visitor had asked for it.
"""

import datetime as dt
import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from data_loaders.library import fingerprint
from data_loaders.periods import main_kind
from data_loaders.store import SnapshotError
from pages.components.frame import memory
from pages.components.state import turns
from pages.components.state.view import ALL_LONDON, DEFAULT_INDICATOR, View

_LOG = logging.getLogger(__name__)
# seconds without a run of a page after which nobody seems to be there; and until newer figures are looked for
QUIET, LOOK = 10.0, 60.0
# the newest years of each indicator of which the map is made; of the other pages it is the newest alone
PERIODS = 2
# after each there is as long a rest: another process on the machine may have visitors
Step = Callable[[], object]


def begin() -> None:
    """Make what people look at first, for as long as the server runs."""
    threading.Thread(target=_keep_warm, name="warming", daemon=True).start()


def _keep_warm() -> None:
    made_for = None
    while True:
        _wait_for_quiet()
        # what those who have left held in circles goes now, and not while the next who come wait
        gc.collect()
        memory.give_back()
        # what is kept is of an edition and a day (edition.once)
        now_for = fingerprint(), dt.date.today()
        if now_for != made_for:
            made_for = now_for
            try:
                _make_all(now_for[0])
            except SnapshotError as problem:
                # the pages say so as well; when it is mended there is another edition
                _LOG.warning("Nothing is made beforehand: %s", problem)
        time.sleep(LOOK)


def _make_all(of_edition: str) -> None:
    # imported here, in a quiet moment: it is all that the pages are made of
    from pages.components.data import edition

    began, made = time.monotonic(), 0
    with edition.fixed(of_edition):
        for step in steps():
            _wait_for_quiet()
            with turns.between():
                took = -time.monotonic()
                step()
                took += time.monotonic()
            made += 1
            time.sleep(took)
    _LOG.info("Made what people look at first: %d parts in %.0f s.", made, time.monotonic() - began)


def _wait_for_quiet() -> None:
    while (left := QUIET - turns.quiet_for()) > 0:
        time.sleep(left)


def steps() -> Iterator[Step]:
    """What is made, what most people look at first. Raises SnapshotError where the figures cannot be read."""
    from pages.components.data import figures

    london = figures.london()
    vintage = london.vintage_on(dt.date.today())
    systems = london.ics_names[vintage]
    by_age = [
        [
            View(indicator.indicator_id, period, vintage, scope)
            for indicator in london.by_borough
            for period in main_kind(london.periods[indicator.indicator_id])[age : age + 1]
            for scope in (ALL_LONDON, *systems)
        ]
        for age in range(PERIODS)
    ]
    opening = View(DEFAULT_INDICATOR, london.newest(DEFAULT_INDICATOR), vintage)
    for view in by_age[0]:
        yield from _of_map(view)
    for view in by_age[0]:
        if view.scope:
            yield from _of_ics(view)
    for borough in london.borough_codes:
        yield from _of_borough(replace(opening, borough=borough))
    for view in by_age[0]:
        yield from _of_lottery(view)
    for views in by_age[1:]:
        for view in views:
            yield from _of_map(view)


def _page(address: str, view: View) -> Iterator[Step]:
    from pages.components.exhibits import of_view
    from pages.components.packs.registry import EXHIBITS

    return (partial(of_view.in_file, kind, view) for kind in EXHIBITS.values() if kind.page == address)


def _of_map(view: View) -> Iterator[Step]:
    from pages.components.data import figures

    yield from _page("", view)
    yield lambda: figures.picture(view).contents


def _of_ics(view: View) -> Iterator[Step]:
    from pages.components.ics import by_borough, exhibits, findings

    assert view.scope, "All London is no ICS"
    yield partial(findings.said, view)
    yield partial(by_borough.contents, view.vintage, view.scope)
    yield from _page("ics", view)
    yield partial(exhibits.page_sources, view)


def _of_borough(view: View) -> Iterator[Step]:
    from pages.components.borough import sections

    yield from _page("borough", view)
    yield partial(sections.page_sources, view)


def _of_lottery(view: View) -> Iterator[Step]:
    from pages.components.borders import sections as borders
    from pages.components.lottery import exhibits as lottery

    yield from _page("lottery", view)
    yield partial(lottery.page_sources, view)
    yield from _page("borders", view)
    yield partial(borders.page_sources, view)
