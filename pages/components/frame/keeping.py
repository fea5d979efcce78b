"""Brings back what a person has entered, from their own browser, and asks where two tabs have changed it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import streamlit as st

from pages.components.packs import registry
from pages.components.self_evaluation import state as self_evaluation_state
from pages.components.state import basket as state_basket, browser, drafts, heard, keys
from pages.components.state.drafts import Draft
from pages.components.text import dates

# what a browser tells beyond these was not written here
MOST_DRAFTS, LONGEST, LONGEST_NAME = 60, 100_000, 200
_BROWSER = browser.component(__file__, "keeping", "keeping")
FORBIDDEN = (
    "This browser keeps nothing for this page: it is set so, or full. What you enter is gone with a lost "
    "connection, so download it from time to time."
)


class Kind(NamedTuple):
    """A kind of draft: what it is called, how a text of it is taken up, True when it could be, and where on
    its page it is typed, in CSS.
    """

    name: Callable[[str], str]
    bring_back: Callable[[str, str], bool]
    typed: str


KINDS = {
    self_evaluation_state.DRAFTS: Kind(
        "the answers of {}".format, self_evaluation_state.bring_back, "[class*=st-key-note_] textarea"
    ),
    state_basket.DRAFT: Kind(
        lambda _: "your pack",
        lambda _, text: state_basket.bring_back(text, registry.EXHIBITS),
        "[class*=st-key-heading_] input, [class*=st-key-pack_title_] input",
    ),
}


def draw() -> None:
    """Give the browser what is to be kept, and hear what it has."""
    own = drafts.current()
    _BROWSER(
        key=keys.KEEPING,
        data={
            "tab": drafts.tab(),
            "drafts": {
                name: {"text": draft.text, "mark": draft.mark, "after": draft.after}
                for name, draft in own.items()
            },
            "heard": _remembered(keys.KEEPING_HEARD),
            "works": st.session_state.get(keys.KEEPING_WORKS, True),
            "typed": ", ".join(kind.typed for kind in KINDS.values()),
        },
        on_told_change=heard.part(keys.KEEPING, "told", _hear),
    )


def say(kind: str, rest: str = "") -> None:
    """What was brought back of a draft, and what to do where another tab has changed it as well."""
    # in a place of its own, so that what is below stays where it is when a sentence comes or goes
    with st.container():
        if not st.session_state.get(keys.KEEPING_WORKS, True):
            st.warning(FORBIDDEN, icon=":material/warning:")
        name = f"{kind}/{rest}"
        if name in _remembered(keys.KEEPING_SAID) and not drafts.current()[name].is_own:
            st.info(_remembered(keys.KEEPING_SAID)[name], icon=":material/history:")
        if name in _remembered(keys.KEEPING_ELSEWHERE):
            _ask(name, _remembered(keys.KEEPING_ELSEWHERE)[name])


def _ask(name: str, stored: Draft) -> None:
    st.warning(
        f"**Another tab, or an earlier visit on this device, has changed {_named(name)} otherwise.** Choose "
        "which this device keeps; until then it keeps the others.",
        icon=":material/tab_unselected:",
    )
    with st.container(horizontal=True):
        st.button("Keep those on this page", on_click=_put_before, args=(name, stored))
        st.button("Take the others", on_click=_take, args=(name, stored))


def _hear(told: dict) -> None:
    """Take up what the browser has and this session has not; remember what both have, each otherwise."""
    if told["tab"] != drafts.tab():
        return
    st.session_state[keys.KEEPING_WORKS] = bool(told["works"])
    heard = _remembered(keys.KEEPING_HEARD)
    for name, given in list(told["found"].items())[:MOST_DRAFTS]:
        stored = _read(given)
        if len(name) > LONGEST_NAME or (name not in heard and len(heard) == MOST_DRAFTS):
            continue
        heard[name] = str(given.get("mark"))[:LONGEST_NAME]
        if stored is None or name.partition("/")[0] not in KINDS:
            continue
        own = drafts.current().get(name, Draft("", "", ""))
        if own.text == stored.text:
            drafts.take_up(name, stored)
        elif not own.is_own or not own.text or stored.after == own.mark:
            how = "Changed in another tab, and followed here" if own.text else "Brought back from this device"
            _take(name, stored, f"{how}: {_named(name)}{_when(given)}.")
        else:
            _remembered(keys.KEEPING_ELSEWHERE)[name] = stored


def _take(name: str, stored: Draft, said: str = "") -> None:
    kind, _, rest = name.partition("/")
    if KINDS[kind].bring_back(rest, stored.text):
        drafts.take_up(name, stored)
        _remembered(keys.KEEPING_ELSEWHERE).pop(name, None)
        _remembered(keys.KEEPING_SAID)[name] = said or f"Taken from the other tab: {_named(name)}."


def _put_before(name: str, stored: Draft) -> None:
    drafts.put_before(name, stored)
    _remembered(keys.KEEPING_ELSEWHERE).pop(name, None)


def _read(given: Mapping[str, Any]) -> Draft | None:
    """What a browser tells of a draft; None for what was not written here."""
    texts = [given.get(part) for part in ("text", "mark", "after")]
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts):
        return None
    text, mark, after = map(str, texts)
    return Draft(text, mark, after)


def _when(given: Mapping[str, Any]) -> str:
    try:
        return f", last changed on {dates.say_moment(str(given.get('at')))}"
    except ValueError:
        return ""


def _named(name: str) -> str:
    kind, _, rest = name.partition("/")
    return KINDS[kind].name(rest)


def _remembered(what: str) -> dict[str, Any]:
    found: dict[str, Any] = st.session_state.setdefault(what, {})
    return found
