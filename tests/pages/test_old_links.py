"""Links that people have kept: each gives the view that it gave when it was made.

A line of cache/snapshot/old_links.csv is never changed and never removed. Fields of the view that are empty
there have their defaults, and an empty vintage means the first set of ICS boundaries; a sentence is the
beginning of what the page says about a link.
"""

from dataclasses import MISSING, fields
from urllib.parse import parse_qsl

import pytest

from data_loaders import store
from geo.tables.london import London
from pages.components.frame.navigation import PAGES, Page
from pages.components.state.view import DEFAULT_INDICATOR, View
from pages.components.text import vintages
from tests.builders import ROOT, read_csv
from tests.whole_app import navigated, visit

LINKS = read_csv(store.SNAPSHOT / "old_links.csv")
DEFAULTS = {field.name: field.default for field in fields(View) if field.default is not MISSING}


def test_every_part_of_a_link_is_among_them_and_no_page_has_gone() -> None:
    # these are asked for by links with a value of their own
    for field in fields(View):
        assert any(row[field.name] for row in LINKS), field.name
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__", "__main__", "map"}
    # a page has old links when it has been out in the world, not on its first day
    assert len(LINKS) > 20
    assert {row["page"] for row in LINKS} <= pages | {""}


@pytest.mark.parametrize("row", LINKS, ids=lambda row: f"{row['page']}{row['query']}")
def test_an_old_link_gives_the_view_that_it_names(row: dict[str, str], london: London) -> None:
    view, said = View.from_params(dict(parse_qsl(row["query"].removeprefix("?"))), london)
    given = {name: row[name] for name in vars(view) if row[name]}
    indicator = given.setdefault("indicator", DEFAULT_INDICATOR)
    given.setdefault("period", london.newest(indicator))
    given.setdefault("vintage", "2022" if row["query"] else "2026")
    assert vars(view) == DEFAULTS | given
    params = dict(parse_qsl(row["query"].removeprefix("?")))
    said += [
        remark
        for remark in vintages.remarks(params, view.vintage, london)
        if "made before links named" not in remark
    ]
    if row["sentence"]:
        assert any(note.startswith(row["sentence"]) for note in said)
    else:
        assert said == []


# by the label of a filter, what is said of a link that asks it for what is not there
FILTERS = {
    "Indicator": ("indicator=hearts", "There is no indicator"),
    "Integrated care system (ICS)": ("ics=Kent", "There is no ICS"),
    "Borough": ("borough=Leeds", "There is no London borough"),
}


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.shows != "pack"], ids=lambda page: page.script
)
def test_a_page_says_of_a_link_only_what_concerns_it(page: Page) -> None:
    with navigated():
        visitor = visit(f"/{page.address}?{'&'.join(asked for asked, _ in FILTERS.values())}")
    shown = {control.label for control in visitor.selectbox}
    said = [warning.value for warning in visitor.warning]
    for label, (_, refused) in FILTERS.items():
        assert any(note.startswith(refused) for note in said) == (label in shown), label
    # of the boundaries that a link without a word of them means, only where there are any to see
    is_told = any("made before links named" in note.value for note in visitor.info)
    assert is_told == (page.script not in ("survey", "self_evaluation", "sources", "about"))


def test_where_a_link_concerns_nobody_the_next_page_says_what_became_of_it() -> None:
    with navigated():
        visitor = visit("/self_evaluation?vintage=2023&indicator=hearts")
        assert not visitor.warning
        visitor.switch_page("pages/map.py").run()
    assert len(visitor.warning) == 2
