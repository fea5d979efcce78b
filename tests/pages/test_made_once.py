"""What follows from a view is made once for all visitors; what hangs on a visitor's own answers is not."""

from dataclasses import replace
from datetime import date

import pytest

from pages.components.data import edition
from pages.components.data.edition import once
from pages.components.exhibits import of_view
from pages.components.exhibits.kinds import EVERY_PART, ExhibitKind
from pages.components.packs.registry import EXHIBITS, view_of
from pages.components.state.view import View
from pages.exports.exhibit import Exhibit
from tests.builders import exhibit

VIEW, _ = view_of("?borough=Camden&ics=NCL&compare=Camden,Hackney")


class Kitchen:
    """Builds exhibits of a kind, and remembers of which views and in which themes."""

    def __init__(self, is_shared: bool, parts: tuple[str, ...] = EVERY_PART) -> None:
        self.made: list[tuple[str, str]] = []
        self.kind = ExhibitKind("dish", "map", "Dish", self.build, "None.", is_shared=is_shared, parts=parts)

    def build(self, view: View, theme: str) -> Exhibit:
        self.made.append((view.borough, theme))
        return exhibit()


def test_the_exhibit_of_a_view_is_built_once_and_in_no_theme_that_nobody_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kitchen = Kitchen(is_shared=True)
    monkeypatch.setattr(of_view, "theme", lambda: "dark")
    for _ in range(2):
        assert of_view.find(kitchen.kind, VIEW)
    assert kitchen.made == [("Camden", "dark")]
    of_view.in_file(kitchen.kind, VIEW)
    of_view.find(kitchen.kind, replace(VIEW, borough="Brent"))
    assert kitchen.made[1:] == [("Camden", "light"), ("Brent", "dark")]


def test_what_many_exhibits_of_one_kind_are_made_of_puts_out_none_of_another() -> None:
    rare, frequent = Kitchen(is_shared=True), Kitchen(is_shared=True)
    for kitchen, views in ((rare, 1), (frequent, edition.MOST), (rare, 1)):
        for number in range(views):
            of_view.in_file(kitchen.kind, replace(VIEW, reach=str(number)))
    assert len(rare.made) == 1
    assert len(frequent.made) == edition.MOST


def test_it_is_built_again_from_other_figures_and_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen = Kitchen(is_shared=True)
    of_view.in_file(kitchen.kind, VIEW)
    monkeypatch.setattr(edition, "current", lambda: "after a refresh")
    of_view.in_file(kitchen.kind, VIEW)

    class Tomorrow(date):
        @classmethod
        def today(cls) -> "Tomorrow":
            return cls(2031, 5, 4)

    monkeypatch.setattr(edition.dt, "date", Tomorrow)
    of_view.in_file(kitchen.kind, VIEW)
    of_view.in_file(kitchen.kind, VIEW)
    assert len(kitchen.made) == 3


def test_one_serves_all_views_that_differ_in_what_it_does_not_show() -> None:
    kitchen = Kitchen(is_shared=True, parts=("borough",))
    for view in (VIEW, replace(VIEW, against="gld_2022_on"), replace(VIEW, borough="Brent")):
        found = of_view.in_file(kitchen.kind, view)
        # but its link brings back the view that somebody looks at
        assert found
        assert found.link.endswith(view.query())
    assert kitchen.made == [("Camden", "light"), ("Brent", "light")]


# another value of each part of a view that exhibits may show
OTHERWISE = {
    "ics": "NEL",
    "classes": "equal",
    "layout": "tiles",
    "borough": "Brent",
    "compare": "Barnet,Brent",
    "crossings": "yes",
    "against": "gld_2022_on",
    "target": "top",
    "meeting": "1",
    "reach": "800",
    "closed": "20077",
    "opened": "N1 9GU",
}


def shown_by(exhibit: Exhibit | None) -> object:
    """What an exhibit shows, without what brings back its view."""
    if exhibit is None:
        return None
    rows = {name: table.to_pylist() for name, table in exhibit.rows.items()}
    words = (exhibit.title, exhibit.subtitle, exhibit.remarks, exhibit.sources, exhibit.stem)
    return repr((words, exhibit.drawing, rows, exhibit.numbers().plain()))


@pytest.mark.parametrize("key", [key for key, kind in EXHIBITS.items() if kind.parts != EVERY_PART])
def test_an_exhibit_shows_nothing_of_a_view_but_its_parts(key: str) -> None:
    """Built from a whole view, all else of it changed, it is what it is when built from its parts alone."""
    kind = EXHIBITS[key]
    view = replace(VIEW, indicator="asq3_at_2_to_2_5_years", period="2023/24")
    others = {part: value for part, value in OTHERWISE.items() if part not in kind.parts}
    seen = replace(view, **others)
    assert shown_by(kind.build(seen, "light")) == shown_by(of_view.in_file(kind, view))


def test_answers_of_a_visitor_are_never_kept_for_others() -> None:
    kitchen = Kitchen(is_shared=False)
    of_view.in_file(kitchen.kind, replace(VIEW, demo="no"))
    of_view.in_file(kitchen.kind, replace(VIEW, demo="no"))
    assert len(kitchen.made) == 2
    shared = {key for key, kind in EXHIBITS.items() if kind.is_shared}
    assert shared == {key for key, kind in EXHIBITS.items() if kind.page != "maturity"}


def test_a_mistake_is_not_kept() -> None:
    tries = []

    @once
    def work(name: str) -> str:
        tries.append(name)
        if len(tries) == 1:
            raise ValueError(name)
        return f"{name}, done"

    with pytest.raises(ValueError, match="a"):
        work("a")
    assert (work("a"), work("a"), tries) == ("a, done", "a, done", ["a", "a"])
