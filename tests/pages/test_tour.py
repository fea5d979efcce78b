"""A tour survives in a link and in a file, and says which of its lines could not be followed."""

import base64
import zlib
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.tables.london import London
from pages.components.state import tour as state_tour
from pages.components.state.view import MEETING, View
from tests.pages.test_view import DEFAULT, draw_view

ADDRESS = "https://example.org/"


def draw_tour(data: st.DataObject, london: London) -> tuple[View, ...]:
    """Any tour that can be prepared."""
    length = data.draw(st.integers(1, 4))
    return tuple(
        replace(draw_view(data, london), meeting=data.draw(st.sampled_from(MEETING))) for _ in range(length)
    )


@given(data=st.data())
def test_a_tour_comes_back_from_its_link_and_from_its_file(london: London, data: st.DataObject) -> None:
    steps = draw_tour(data, london)
    in_link = state_tour.unpack(state_tour.to_params(steps)[state_tour.PARAMETER])
    assert in_link is not None
    assert state_tour.read(in_link, london) == (steps, [])
    assert state_tour.read(state_tour.write(steps, ADDRESS, london), london) == (steps, [])


def test_a_file_has_a_note_and_a_whole_link_for_each_view(london: London) -> None:
    step = replace(DEFAULT, ics="NEL", borough="Newham", meeting="ranking")
    _, note, link, end = state_tour.write((step,), ADDRESS, london).split("\n")
    assert note == ("# Centres per 10,000 children · 19 August 2026 · North East London · Newham · ranking")
    assert link == (
        "https://example.org/?indicator=centres_per_10k_0_4&period=2026-08-19&vintage=2026&ics=NEL"
        "&borough=Newham&meeting=ranking"
    )
    assert end == ""


def test_a_line_that_cannot_be_followed_is_left_out_and_said_by_its_number(london: London) -> None:
    text = """# ours

    ?ics=NEL
    lunch
    https://example.org/?borough=Camdn
    /?ics=NXL&vintage=2026
    ?indicator=linked_sites"""
    steps, said = state_tour.read(text, london)
    assert [(step.ics, step.indicator) for step in steps] == [
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
    steps, said = state_tour.read("?ics=NEL\n" * (state_tour.LONGEST + 1), london)
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
    steps, said = state_tour.read(text, london)
    assert all(View.from_params(dict(parse_qsl(step.query()[1:])), london) == (step, []) for step in steps)
    assert len(steps) + len(said) <= len(text.splitlines()) + 1


def test_a_tour_in_a_link_stays_short(london: London) -> None:
    steps = tuple(
        replace(DEFAULT, ics=ics, meeting=meeting)
        for ics in london.ics_names["2022"]
        for meeting in MEETING[1:]
    )
    assert len(steps) == 10
    assert len(state_tour.to_params(steps)[state_tour.PARAMETER]) < 300
