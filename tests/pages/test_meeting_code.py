"""The code of a meeting leads to what the room sees, where that can be reached and may be spread."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
import segno
import vl_convert
from lxml import etree

from geo.tables.london import London
from pages.components.data import figures
from pages.components.meeting import code, pages as meeting_pages
from pages.components.meeting.screens import Screen
from pages.components.state.view import View
from tests.codes import read_codes
from tests.pages.test_pictures import view_of

APP = "https://app.example.org/early-years"
SCREEN = Screen("1", "One", "A sentence.", "What it is of")


@pytest.fixture
def view(london: London) -> View:
    return view_of(london, "gld_2022_on", vintage="2026", ics="NEL", meeting="2", demo="yes")


def test_it_leads_to_the_page_itself_with_all_that_is_looked_at(view: View) -> None:
    link = code.leads_to(APP, "lottery", view, [SCREEN])
    assert link == f"{APP}/lottery?indicator=gld_2022_on&period=2025&vintage=2026&ics=NEL"


@pytest.mark.parametrize("host", ["app.example.org", "192.168.1.20:8501", "early-years", "[2001:db8::1]"])
def test_there_is_one_wherever_others_can_come(host: str, view: View) -> None:
    assert code.leads_to(f"http://{host}", "", view, [SCREEN]).startswith(f"http://{host}/?indicator=")


@pytest.mark.parametrize(
    "app",
    [
        "",
        "http://localhost:8501",
        "http://app.localhost",
        "http://127.0.0.1",
        "http://[::1]",
        "http://0.0.0.0:1",
    ],
)
def test_there_is_none_where_the_address_is_that_of_this_machine(app: str, view: View) -> None:
    assert code.leads_to(app, "", view, [SCREEN]) == ""


def test_made_up_answers_and_those_of_a_session_are_not_spread(london: London) -> None:
    made_up = view_of(london, "gld_2022_on", vintage="2026", demo="yes", meeting="1")
    shown = meeting_pages.shown("maturity", made_up).screens
    assert any(screen.is_made_up for screen in shown)
    assert code.leads_to(APP, "maturity", made_up, shown) == ""
    assert code.leads_to(APP, "maturity", made_up, [SCREEN, replace(SCREEN, is_private=True)]) == ""


def test_it_is_large_enough_for_a_room_whatever_is_looked_at(london: London) -> None:
    """A cell of it has two pixels of 1080 lines at least, with a longest link."""
    names = sorted(figures.london().borough_codes, key=len)[-6:]
    longest = view_of(
        london, "centres_and_linked_sites_per_10k_0_4", vintage="2026", ics="WNL", compare=",".join(names)
    )
    link = code.leads_to(APP, "compare", longest, [SCREEN])
    drawn = etree.fromstring(unquote(code.picture(link).partition(",")[2]).encode())
    across = int(drawn.get("width"))
    assert across == segno.make(link, micro=False, error="l").symbol_size(border=code.EDGE)[0]
    style = (code.__file__ or "").replace(".py", ".css")
    with open(style, encoding="utf-8") as css:
        (wide,) = re.findall(r"_code img \{[^}]*width: (\d+)px", css.read())
    assert int(wide) >= 180
    svg = unquote(code.picture(link).partition(",")[2])
    assert read_codes(vl_convert.svg_to_png(svg), int(wide)) == [link]
    assert int(wide) / across >= 2
