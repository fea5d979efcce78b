"""A tour survives in a link and in a file, and says which of its lines could not be followed."""

import base64
import zlib
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, strategies as st

from geo.tables.london import London
from pages.components.frame.navigation import PAGES as TABLE
from pages.components.state import tour as state_tour
from pages.components.state.tour import Step
from pages.components.state.view import MEETING, View
from tests.pages.test_view import DEFAULT, draw_view

ADDRESS = "https://example.org/"
PAGES = {page.address: page.in_tour for page in TABLE if page.has_meeting}
OLD_HEADING = (
    "# A tour of Beyond Boundaries London: one link on each line. Lines that begin with # are notes."
)


def draw_tour(data: st.DataObject, london: London) -> tuple[Step, ...]:
    """Any tour that can be prepared."""
    length = data.draw(st.integers(1, 4))
    return tuple(
        Step(
            data.draw(st.sampled_from(list(PAGES))),
            replace(draw_view(data, london), meeting=data.draw(st.sampled_from(MEETING))),
        )
        for _ in range(length)
    )


def written(tour: tuple[Step, ...], london: London) -> str:
    """The file of a tour whose steps all show these figures."""
    return state_tour.write(tour, ADDRESS, [state_tour.title(step, london, PAGES) for step in tour])


@given(data=st.data())
def test_a_tour_comes_back_from_its_link_and_from_its_file(london: London, data: st.DataObject) -> None:
    steps = draw_tour(data, london)
    in_link = state_tour.unpack(state_tour.to_params(steps)[state_tour.PARAMETER])
    assert in_link is not None
    assert state_tour.read(in_link, london, PAGES) == (steps, [])
    assert state_tour.read(written(steps, london), london, PAGES) == (steps, [])


def test_a_file_has_a_note_and_a_whole_link_for_each_view(london: London) -> None:
    step = replace(DEFAULT, ics="NEL", borough="Newham", meeting="ranking")
    _, note, link, end = written((Step("", step),), london).split("\n")
    assert note == ("# Centres per 10,000 children · 19 August 2026 · North East London · Newham · ranking")
    assert link == (
        "https://example.org/?indicator=centres_per_10k_0_4&period=2026-08-19&vintage=2026&ics=NEL"
        "&borough=Newham&meeting=ranking"
    )
    assert end == ""
    _, note, link, _ = written((Step("lottery", step),), london).split("\n")
    assert note.startswith("# How big is the lottery? · Centres per 10,000 children · ")
    assert link.startswith("https://example.org/lottery?indicator=centres_per_10k_0_4&")
    # the survey shows no figure
    _, note, _, _ = written((Step("survey", step),), london).split("\n")
    assert note == "# Survey 2022 · North East London · Newham · ranking"


def test_a_tour_that_was_saved_when_all_tours_showed_the_map_still_does(london: London) -> None:
    """It was saved with the address of the page on which that was done above each of its views."""
    links = "https://example.org/lottery?ics=NEL\nhttps://example.org/lottery?ics=NEL&meeting=ranking\n"
    steps, said = state_tour.read(f"{OLD_HEADING}\n# North East London\n{links}", london, PAGES)
    assert said == []
    assert [(step.page, step.view.meeting) for step in steps] == [("", ""), ("", "ranking")]
    # a link that somebody has put into a list of their own is what it shows
    steps, said = state_tour.read(links, london, PAGES)
    assert [step.page for step in steps] == ["lottery", "lottery"]
    # and one below an address of which the last part is no page is of the map
    steps, _ = state_tour.read("https://example.org/early-years?ics=NEL", london, PAGES)
    assert [step.page for step in steps] == [""]


def test_a_tour_in_an_old_link_reads_as_before(london: London) -> None:
    lines = f"{replace(DEFAULT, ics='NEL').query()}\n{replace(DEFAULT, meeting='ranking').query()}"
    text = state_tour.unpack(packed(zlib.compress(lines.encode(), 9)))
    assert text is not None
    steps, said = state_tour.read(text, london, PAGES)
    assert (said, [step.page for step in steps]) == ([], ["", ""])
    assert [(step.view.ics, step.view.meeting) for step in steps] == [("NEL", ""), ("all", "ranking")]


def test_a_line_that_cannot_be_followed_is_left_out_and_said_by_its_number(london: London) -> None:
    text = """# ours

    ?ics=NEL
    lunch
    https://example.org/?borough=Camdn
    /?ics=NXL&vintage=2026
    ?indicator=linked_sites"""
    steps, said = state_tour.read(text, london, PAGES)
    assert [(step.view.ics, step.view.indicator) for step in steps] == [
        ("NEL", DEFAULT.indicator),
        ("all", "linked_sites"),
    ]
    assert said == [
        "Line 4 is left out: it is no link of this app.",
        "Line 5 is left out. There is no London borough “Camdn”: this shows none. Did you mean “Camden”?",
        "Line 6 is left out. There is no ICS within these boundaries called “NXL”: this shows all London. "
        "Did you mean “WNL”?",
    ]


def test_a_tour_has_an_end(london: London) -> None:
    steps, said = state_tour.read("?ics=NEL\n" * (state_tour.LONGEST + 1), london, PAGES)
    assert len(steps) == state_tour.LONGEST
    assert said == [
        f"A tour has at most {state_tour.LONGEST} views: the first {state_tour.LONGEST} are kept."
    ]


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@pytest.mark.parametrize(
    "damaged", ["x", "né", "eJw=!", packed(b"no zlib"), packed(zlib.compress(b"\xff")), "a" * 4001]
)
def test_what_is_no_tour_cannot_be_unpacked(damaged: str) -> None:
    assert state_tour.unpack(damaged) is None


def test_a_tour_that_would_fill_the_memory_is_cut_short() -> None:
    bomb = packed(zlib.compress(b"a" * 50_000_000))
    assert len(state_tour.unpack(bomb) or "") <= 50_000


@given(text=st.text())
def test_whatever_is_opened_gives_views_and_sentences(london: London, text: str) -> None:
    steps, said = state_tour.read(text, london, PAGES)
    assert all(
        View.from_params(dict(parse_qsl(step.view.query()[1:])), london) == (step.view, []) for step in steps
    )
    assert len(steps) + len(said) <= len(text.splitlines()) + 1


def test_a_tour_in_a_link_stays_short(london: London) -> None:
    steps = tuple(
        Step(page, replace(DEFAULT, ics=ics, meeting="1"))
        for ics in london.ics_names["2022"]
        for page in ("", "lottery")
    )
    assert len(steps) == 10
    assert len(state_tour.to_params(steps)[state_tour.PARAMETER]) < 300
