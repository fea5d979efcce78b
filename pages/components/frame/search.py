"""The search box of every page: what it finds, and where that leads.

The browser has the names and finds while somebody types (search.js); the server only hears what was chosen.
"""

import functools
import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import streamlit as st

from geo.tables.london import London
from geo.tables.offered import offered, only_for
from pages.components.about.glossary import terms
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.frame.navigation import PAGES, Page
from pages.components.state import browser, heard, keys, session
from pages.components.state.view import View
from pages.components.text import vintages

# what kind of thing it is, its id, its name, its subject, what else is said beside it, and other names; it is
# found by name, subject and other names
Entry = tuple[str, str, str, str, str, str]
BOROUGH, ICS, PAGE, INDICATOR, WORD, POSTCODE = "borough", "ics", "page", "indicator", "word", "postcode"
# longer than any postcode with what people put into one
LONGEST_POSTCODE = 20
_SEARCH = browser.component(__file__, "search", "search")


def draw() -> None:
    """The box, which finds and goes on at once."""
    _SEARCH(key=keys.SEARCH, data=_as_sent(), on_chosen_change=heard.part(keys.SEARCH, "chosen", _choose))


def forget_word(page: Page) -> None:
    """Explain a word that was found no longer, on any page but the one that does."""
    if page.script != "about":
        st.session_state.pop(keys.SEARCH_WORD, None)


def _choose(chosen: object) -> None:
    """Take down where to go; what no list of ours offers is left alone."""
    # a browser may send anything
    told = chosen if isinstance(chosen, dict) else {}
    kind, found = str(told.get("kind")), str(told.get("id"))
    if kind == POSTCODE:
        st.session_state[keys.NEAR_ME_POSTCODE] = found[:LONGEST_POSTCODE]
        session.visit("near_me")
    elif (kind, found) in _known():
        page = next(page for page in PAGES if page.address == st.session_state[keys.PAGE])
        going, changes = leads_to(kind, found, page, session.current_view(), figures.london())
        if kind == WORD:
            st.session_state[keys.SEARCH_WORD] = found
        session.visit_alone(next(each.address for each in PAGES if each.script == going), **changes)


def leads_to(kind: str, found: str, page: Page, view: View, london: London) -> tuple[str, dict[str, str]]:
    """The script of the page that something found leads to, and what of the view changes."""
    if kind == BOROUGH:
        return "borough", {"borough": found}
    if kind == ICS:
        known = [vintage for vintage in london.vintages if found in london.ics_names[vintage]]
        return "ics", {"ics": found, "vintage": view.vintage if view.vintage in known else known[-1]}
    if kind == PAGE:
        return found, {}
    if kind == WORD:
        return "about", {}
    return page.script if _shows_an_indicator(page, view) else PAGES[0].script, {"indicator": found}


def _shows_an_indicator(page: Page, view: View) -> bool:
    """Whether a page shows the indicator that is chosen: not while it still asks for a place."""
    has_place = {"ics": view.scope is not None, "borough": bool(view.borough)}
    return page.shows == "indicator" and has_place.get(page.about, True)


@once
def entries() -> list[Entry]:
    """All that can be found. Of things that answer a search equally well, the earlier is offered first."""
    london = figures.london()
    return [*_pages(), *_systems(london), *_boroughs(london), *_indicators(london), *_words()]


@once
def _as_sent() -> bytes:
    """What the browser has of them: bytes, which a run hands on as they are, and Streamlit sends once."""
    return json.dumps(entries(), ensure_ascii=False, separators=(",", ":")).encode()


@once
def _known() -> frozenset[tuple[str, str]]:
    return frozenset((kind, found) for kind, found, *_ in entries())


def _systems(london: London) -> Iterator[Entry]:
    """The ICSs of all sets. One that has ended says so, and its names find that which followed as well."""
    seen: set[str] = set()
    for vintage in reversed(london.vintages):
        until = london.vintages[vintage].until
        for code, name in london.ics_names[vintage].items():
            if code not in seen:
                seen.add(code)
                also = _names_of_system(code, vintage, london)
                yield ICS, code, name, "ICS", f"until {until}" if until else "", _joined(also)


def _names_of_system(code: str, vintage: str, london: London) -> list[str]:
    """An ICS's codes, its board's, and those of ICSs that have become it."""
    before = [
        other
        for earlier in london.vintages
        for other in london.ics_names[earlier]
        if other not in london.ics_names[vintage] and vintages.successor(other, vintage, london) == code
    ]
    rows = london.footprints[london.footprints["ics_code"].isin([code, *before])]
    named = ("ics_code", "ics_name", "icb_name", "icb_code", "icb_ods")
    return [name for column in named for name in rows[column]]


def _boroughs(london: London) -> Iterator[Entry]:
    called = _others()["boroughs"]
    for name, code in london.borough_codes.items():
        spellings = [spelling for spelling, own in london.spellings.others.items() if own == code]
        also = _joined([code, called.format(name=name), *spellings])
        yield BOROUGH, name, name, "Borough", "", also


def _pages() -> Iterator[Entry]:
    for page in PAGES:
        yield PAGE, page.script, page.title, "Page", "", page.also


def _indicators(london: London) -> Iterator[Entry]:
    """The indicators, those that no borough has a figure of after all others."""
    others = _others()
    marked = [(only_for(london, indicator.indicator_id), indicator) for indicator in offered(london)]
    for mark, indicator in sorted(marked, key=lambda one: bool(one[0])):
        own = others["indicators"].get(indicator.indicator_id, "")
        also = _joined([indicator.label, own, others["subjects"].get(indicator.domain, "")])
        yield INDICATOR, indicator.indicator_id, indicator.short_label, indicator.domain, mark, also


def _words() -> Iterator[Entry]:
    for term in terms():
        yield WORD, term.word, term.word, "Glossary", "", term.short


def _joined(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, names)))


@functools.cache
def _others() -> dict:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
