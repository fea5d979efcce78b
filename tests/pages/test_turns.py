"""Runs of pages come one after the other, and nobody is held up by one that waits."""

import threading
from collections.abc import Callable

import pytest

from pages.components.state import turns


def beside(work: Callable[[], None]) -> threading.Thread:
    """Work of another visitor's run."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_a_run_begins_when_the_one_before_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 60)
    order: list[str] = []

    def second() -> None:
        with turns.taken():
            order.append("second")

    with turns.taken():
        other = beside(second)
        order.append("first")
    other.join(60)
    assert order == ["first", "second"]


def test_what_is_made_beforehand_waits_until_no_run_goes_on() -> None:
    made = threading.Event()

    def make() -> None:
        with turns.between():
            made.set()

    with turns.taken():
        other = beside(make)
        assert not made.wait(0.05)
    other.join(60)
    assert made.is_set()


def test_who_waits_for_something_else_lets_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 60)
    ran = threading.Event()

    def other() -> None:
        with turns.taken():
            ran.set()

    with turns.taken():
        with turns.given_up():
            beside(other)
            assert ran.wait(60)
        # the turn is back: nobody else has it
        assert not turns._TURN.acquire(blocking=False)


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    hangs, ran = threading.Event(), threading.Event()

    def hanging() -> None:
        with turns.taken():
            hangs.set()
            ran.wait(60)

    other = beside(hanging)
    assert hangs.wait(60)
    with turns.taken():
        ran.set()
    other.join(60)
    # who went on without a turn has given back none
    assert turns._TURN.acquire(timeout=60)
    turns._TURN.release()


def test_an_error_gives_the_turn_back() -> None:
    with pytest.raises(KeyError), turns.taken():
        raise KeyError
    assert turns._TURN.acquire(timeout=60)
    turns._TURN.release()


def test_outside_a_run_there_is_no_turn_to_give_up() -> None:
    with turns.given_up():
        assert turns._TURN.acquire(timeout=60)
        turns._TURN.release()
