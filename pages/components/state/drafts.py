"""What a person has entered and not saved anywhere, as texts that their own browser keeps.

A session of the server ends with a lost connection or a restart; what is kept in the browser of the person
who entered it comes back by itself (pages/components/frame/keeping.py). Nothing of it is written on the
server.

Every text has a mark that no other has, and the mark of the one that it was made from. So two tabs with one
draft can follow each other, and a change in both at once is noticed.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.components.state import keys


@dataclass(frozen=True)
class Draft:
    """A text, empty for one that was taken away; `is_own` when this session has changed it."""

    text: str
    mark: str
    after: str
    is_own: bool = False


def taking(name: str) -> str:
    """A name for when a draft was last taken up that was not entered here; its controls are new ones then.

    A control that stands hears of a new value in one message only, and misses it where another follows at
    once, as after a restart: it would show an empty box, and empty the note with the next press. No name
    comes twice, as a browser may still have the controls of a session that is gone.
    """
    return _takings().setdefault(name, secrets.token_hex(4))


def begin_taking(name: str) -> None:
    """A draft was taken up that was not entered in its controls."""
    _takings()[name] = secrets.token_hex(4)


def is_entered(name: str, taken: str, told: object, drawn: object) -> bool:
    """Whether a person has entered what a control of the taking `taken` tells.

    A browser may once more tell what controls that are gone were drawn with.
    """
    return taken == taking(name) or told != drawn


def tab() -> str:
    """A name for this session, with which its marks begin."""
    return str(st.session_state.setdefault(keys.DRAFTS_TAB, secrets.token_hex(8)))


def current() -> Mapping[str, Draft]:
    """The drafts of this session by their names."""
    return dict(_drafts())


def keep(name: str, text: str) -> None:
    """A draft was changed here."""
    before = _drafts().get(name, Draft("", "", ""))
    if before.text != text:
        _drafts()[name] = Draft(text, _new_mark(), before.after if before.is_own else before.mark, True)


def take_up(name: str, stored: Draft) -> None:
    """A draft is now as the browser has it."""
    _drafts()[name] = stored


def put_before(name: str, stored: Draft) -> None:
    """What this session has of a draft shall take the place of what the browser has."""
    _drafts()[name] = Draft(_drafts()[name].text, _new_mark(), stored.mark, True)


def _drafts() -> dict[str, Draft]:
    drafts: dict[str, Draft] = st.session_state.setdefault(keys.DRAFTS, {})
    return drafts


def _takings() -> dict[str, str]:
    takings: dict[str, str] = st.session_state.setdefault(keys.DRAFTS_TAKINGS, {})
    return takings


def _new_mark() -> str:
    st.session_state[keys.DRAFTS_COUNT] = st.session_state.get(keys.DRAFTS_COUNT, 0) + 1
    return f"{tab()}:{st.session_state[keys.DRAFTS_COUNT]}"
