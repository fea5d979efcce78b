"""What is made while nobody is there is what people look at first, and no more than is kept."""

import itertools
from collections import defaultdict
from functools import partial

import pytest

from pages.components.charts import choropleth, ranking, table as charts_table
from pages.components.data import edition, figures
from pages.components.exhibits import of_view
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.frame import warming
from pages.components.packs.registry import EXHIBITS
from pages.components.state.view import View
from pages.exports.exhibit import Exhibit
from tests.builders import EVERYTHING


def test_the_first_look_at_an_indicator_finds_its_map_ranking_and_table_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # the map of the first indicator, all London and each ICS
    for step in itertools.islice(warming.steps(), 20):
        step()

    def never(*_: object) -> None:
        raise AssertionError("it is made already")

    for module, name in ((choropleth, "paint"), (ranking, "datasets"), (charts_table, "contents")):
        monkeypatch.setattr(module, name, never)
    first = figures.london().by_borough[0].indicator_id
    view = View(first, figures.london().newest(first), vintage(), ics="NEL")
    for key in ("map", "ranking"):
        assert of_view.in_file(EXHIBITS[key], view)
    assert figures.picture(view).contents.rows


def vintage() -> str:
    """The boundaries in force, with which pages open."""
    return figures.london().vintage_on(edition.dt.date.today())


@pytest.mark.thorough
def test_all_that_is_made_has_room_among_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    views: set[View] = set()
    made: dict[str, set[View]] = defaultdict(set)

    # that they can be made is held above
    def noted(kind: ExhibitKind, view: View) -> Exhibit | None:
        views.add(view)
        made[kind.key].add(view.only(*kind.parts))
        return None

    monkeypatch.setattr(of_view, "in_file", noted)
    # what else is made, pages make as well: the rows of tables, sentences, sources
    others = []
    for step in warming.steps():
        if isinstance(step, partial) and step.func is noted:
            step()
        else:
            others.append(step)
    for step in others if EVERYTHING else others[::5]:
        step()
    assert {view.ics for view in views} == {"all", *figures.london().ics_names[vintage()]}
    assert len({view.only("indicator", "period", "ics") for view in views}) <= edition.MOST_OF_MAP
    # each kind has its own room
    room = {key: edition.MOST if EXHIBITS[key].page else edition.MOST_OF_MAP for key in made}
    assert {key for key, of_kind in made.items() if len(of_kind) > room[key]} == set()
    assert sum(map(len, made.values())) > edition.MOST_OF_MAP
