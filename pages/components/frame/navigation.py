"""The pages of the app, as a table, and the guard that each of them begins with.

To add a page: write its script in `pages/` and a line here; a room of its own in `pages/components/` when the
script is not enough. The menu, the search box, the controls and the tests of all pages read this table.
"""

from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo.tables.london import London
from pages.components.exhibits.kinds import APP
from pages.components.state import keys, session
from pages.components.state.addresses import PIECE
from pages.components.state.tour import Known
from pages.components.state.view import View
from pages.components.text import dates, grammar

ICON = Path(__file__).parent / "icon.svg"
_FOLDER = Path(__file__).parents[2]


# what a page may have a filter for; the boundaries stand behind *Display*
Asked = Literal["indicator", "ics", "borough", "boundaries"]
ALL: tuple[Asked, ...] = ("indicator", "ics", "borough", "boundaries")
PLACE: tuple[Asked, ...] = ("ics", "borough", "boundaries")
# the parts of a link that a page follows which has such a filter
_FILTERED: dict[Asked, tuple[str, ...]] = {
    "indicator": ("indicator", "period", "classes"),
    "ics": ("ics", "vintage"),
    "borough": ("borough",),
    "boundaries": ("vintage",),
}


@dataclass(frozen=True)
class Page:
    """A page: its script, which is also its address, its name and group in the menu, and what it shows.

    `also` is what else people call it, and find it by in the search box, with semicolons between.
    `shows` is an indicator, a survey, a place, or a pack, whose link is not a view. `asks` is what of the
    view it follows, and has a filter for, and `follows` what else few pages do. With `draws_map` there are
    controls of the map; with `may_be_made_up` there is a banner while made-up answers are shown. `about` is
    what of the view the title of the window names beside the page: what is looked at, or only where.
    """

    script: str
    title: str
    icon: str
    group: str
    also: str = ""
    shows: Literal["indicator", "survey", "place", "pack", "none"] = "indicator"
    asks: tuple[Asked, ...] = ALL
    follows: tuple[str, ...] = ()
    draws_map: bool = False
    may_be_made_up: bool = False
    about: Literal["page", "figure", "ics", "borough", "compared"] = "page"

    @property
    def address(self) -> str:
        """What follows the app's own address; nothing for the first page."""
        return "" if self is PAGES[0] else self.script

    @property
    def parts(self) -> frozenset[str]:
        """The parts of a view that this page follows and not every page does."""
        return frozenset(self.follows).union(*(_FILTERED[asked] for asked in self.asks))

    @property
    def has_meeting(self) -> bool:
        """Whether it can be shown in a meeting, and is in a tour then."""
        return self.shows in ("indicator", "survey", "place")

    @property
    def in_tour(self) -> Known:
        """What a tour says of it."""
        return Known(self.title, "indicator" in self.asks)


# the groups of the menu; the first page is none of any group's
FIRST, PLACES, LOTTERY, TOGETHER, TAKEN = "", "Places", "The lottery", "Working together", "Take away"

PAGES = (
    Page("map", "Map", "map", FIRST, "home; start; ranking; London", draws_map=True, about="figure"),
    Page(
        "ics",
        "My ICS",
        "groups",
        PLACES,
        "integrated care system; integrated care board; ICB; footprint; NHS",
        about="ics",
    ),
    Page(
        "borough",
        "My borough",
        "location_city",
        PLACES,
        "local authority; council; profile",
        asks=("indicator", "borough", "boundaries"),
        follows=("compare",),
        about="borough",
    ),
    Page(
        "near_me",
        "Near me",
        "near_me",
        PLACES,
        "postcode; nearest children's centre; where is; walking",
        shows="place",
        asks=(),
        follows=("vintage",),
    ),
    Page(
        "centres",
        "Centres over time",
        "history",
        PLACES,
        "closures; closed centres; opened; register; list of children's centres; since 2016",
        shows="place",
        asks=PLACE,
        follows=("day", "since"),
    ),
    Page(
        "what_if",
        "What if?",
        "rule",
        PLACES,
        "scenario; close a centre; closure; open a centre",
        shows="place",
        asks=("ics", "borough"),
        follows=("closed", "opened", "moved", "whose"),
    ),
    Page(
        "compare",
        "Compare boroughs",
        "compare_arrows",
        PLACES,
        "side by side; over time",
        follows=("compare",),
        about="compared",
    ),
    Page(
        "lottery",
        "How big is the lottery?",
        "casino",
        LOTTERY,
        "postcode lottery; variation; inequality; gap; how far apart",
        follows=("against", "target"),
        about="figure",
    ),
    Page(
        "borders",
        "Across the border",
        "timeline",
        LOTTERY,
        "neighbours; boundary; boundaries",
        about="figure",
    ),
    Page(
        "survey",
        "Survey 2022",
        "ballot",
        TOGETHER,
        "results of the survey; hallmarks; challenges",
        shows="survey",
        asks=(),
    ),
    Page(
        "maturity",
        "Maturity",
        "stairs",
        TOGETHER,
        "enablers; levels; demonstration; answers; upload",
        shows="survey",
        asks=PLACE,
        follows=("instrument", "item", "wave"),
        draws_map=True,
        may_be_made_up=True,
    ),
    Page(
        "self_evaluation",
        "Self-evaluation",
        "checklist",
        TOGETHER,
        "enablers; workshop; partnership; twelve",
        shows="survey",
        asks=("borough",),
    ),
    Page(
        "pack",
        "My pack",
        "playlist_add_check",
        TAKEN,
        "slides; PowerPoint; Word; paper; PDF; download; briefing",
        shows="pack",
        asks=(),
    ),
    Page(
        "sources",
        "Data and sources",
        "menu_book",
        TAKEN,
        "download; CSV; Excel; API; figures; publishers; licence; checks; refresh; definitions",
        shows="none",
        asks=(),
        follows=_FILTERED["indicator"],
    ),
    Page(
        "about",
        "About",
        "info",
        TAKEN,
        "glossary; help; contact; error; accessibility; words",
        shows="none",
        asks=(),
    ),
)


def is_shown(part: str, page: Page) -> bool:
    """Whether a part of a view says anything on a page: many are of the pages alone that follow them."""
    return part in page.parts or not any(part in each.parts for each in PAGES)


def navigation() -> tuple[Page, StreamlitPage]:
    """The page that the address asks for, and how Streamlit runs it, with the menu drawn.

    The icon comes first: else the browser would fetch the page's own from a server on the internet.
    """
    st.session_state[keys.STARTED] = True
    # the chart page, for frames on other people's pages, has no menu
    position: Literal["top", "hidden"] = "hidden" if PIECE in st.query_params else "top"
    st.set_page_config(APP, page_icon=ICON, layout="wide")
    menu: dict[str, list[StreamlitPage]] = {}
    for page in PAGES:
        # a copy for each run: Streamlit notes on it that it may be run
        menu.setdefault(page.group, []).append(copy(_script(page)))
    asked = st.navigation(menu, position=position)
    st.session_state[keys.PAGE] = asked.url_path
    st.session_state[keys.PAGES] = {page.address: page.in_tour for page in PAGES if page.has_meeting}
    return next(page for page in PAGES if page.address == asked.url_path), asked


@cache
def _script(page: Page) -> StreamlitPage:
    """A page as Streamlit runs it; found on the disk once, and not at each run of any page."""
    return st.Page(
        _FOLDER / f"{page.script}.py",
        title=page.title,
        icon=f":material/{page.icon}:",
        default=page is PAGES[0],
    )


def follow(page: Page, view: View) -> None:
    """Go on to the page that was asked for (session.visit), unless this is it; it will show the `view`."""
    asked = st.session_state.pop(keys.PAGE_ASKED, page.address)
    going = next(each for each in PAGES if each.address == asked)
    if going is not page:
        shows_view = "pack" not in (page.shows, going.shows)
        link = session.lead(going.address, view) if shows_view else None
        st.switch_page(f"pages/{going.script}.py", query_params=link)


def entitle(page: Page, view: View, london: London) -> None:
    """Give the window the title of its view, by which it is found among others and read aloud first."""
    st.set_page_config(f"{title(page, view, london)} – {APP}")


def title(page: Page, view: View, london: London) -> str:
    """What the page shows of a view, such as “Good level of development, North East London, 2025”."""
    ics = london.ics_names[view.vintage][view.scope] if view.scope else ""
    named = {
        "page": "",
        "ics": ics,
        "borough": view.borough,
        "compared": grammar.list_names(view.compared) if len(view.compared) > 1 else "",
        "figure": _figure(view, ics, london),
    }[page.about]
    if page is PAGES[0]:
        return named
    return f"{named} – {page.title}" if named else page.title


def _figure(view: View, ics: str, london: London) -> str:
    indicator = london.catalogue.indicators[view.indicator]
    period = dates.say_period(view.period, indicator)
    when = "" if dates.says_period(indicator.label, period) else f", {period}"
    return f"{indicator.label}, {ics or 'London'}{when}"


def require_app() -> None:
    """Run the frame first.

    Until some session of the server has called st.navigation, Streamlit takes the files in `pages/` for pages
    of their own and runs the one that a link asks for without app.py.
    """
    if keys.STARTED not in st.session_state:
        navigation()
        st.rerun()
