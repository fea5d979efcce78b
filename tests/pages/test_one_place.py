"""What stands on a page in two views stands at one place in both, so that it is never seen twice.

A browser replaces what a page showed place by place while a run goes on, and takes away what is left over at
its end: what has moved is seen at both places until then.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from pages.components.frame.navigation import PAGES, Page
from tests.builders import EVERYTHING, ROOT

# a total, a rate, and one whose series ended
FIGURES = ["designated_centres", "centres_per_10k_0_4", "gld_2013_2019&period=2019"]
if EVERYTHING:
    FIGURES += ["gld_2022_on", "children_low_income"]
# views that one choice may lead from and to: all of London, and a borough within its ICS
LONDON = [f"indicator={figure}&vintage=2022" for figure in FIGURES]
LONDON += ["indicator=gld_2022_on", "indicator=gld_2022_on&borough=Nowhere", "vintage=2022&demo=yes"]
PLACES = [f"indicator={figure}&vintage=2026&ics=NEL&borough=Hackney" for figure in FIGURES]
PLACES += [
    "vintage=2026&ics=SEL&borough=Lambeth",
    "vintage=2026&ics=NEL&borough=Hackney&demo=yes&compare=Nowhere",
]
PLACES += ["vintage=2026&ics=NEL&borough=City+of+London&compare=Hackney,Newham"]


# what it is and says, and the places from the page down to it
Name = tuple[str, str]
Path = tuple[int, ...]


def places(block: Block, path: Path = ()) -> Iterator[tuple[Name, Path]]:
    for index, child in block.children.items():
        own = (*path, index)
        label = getattr(child, "label", None) or getattr(child, "value", None)
        if child.type in ("title", "header", "subheader", "button", "selectbox", "expander"):
            yield (child.type, str(label)), own
        if isinstance(child, Block):
            yield from places(child, own)


def shown(page: Page, view: str) -> dict[Name, Path]:
    """Where each title, control and button of a view stands, but for those that are there more than once."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in parse_qsl(view):
        app.query_params[name] = value
    if page is not PAGES[0]:
        app.switch_page(f"pages/{page.script}.py")
    app.run()
    assert not app.exception
    found = list(places(app.main))
    often = Counter(name for name, _ in found)
    return {name: place for name, place in found if often[name] == 1}


@pytest.mark.parametrize("views", [LONDON, PLACES], ids=["london", "places"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.script)
def test_what_two_views_show_stands_at_one_place(page: Page, views: list[str]) -> None:
    of_views = [shown(page, view) for view in views]
    assert all(of_views)
    moved = {
        name: (one[name], other[name])
        for one, other in combinations(of_views, 2)
        for name in one.keys() & other.keys()
        if one[name] != other[name]
    }
    assert not moved
