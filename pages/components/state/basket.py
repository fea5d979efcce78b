"""The pack of this session: "My pack" collects exhibits while somebody browses; the browser keeps it.

It lives in the session and in the browser, and on its own page in the link, which brings it back.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from pages.components.state import drafts, picked, session
from pages.components.state.picked import Item, Picked
from pages.exports.exhibit import Exhibit

PRIVATE = (
    "It shows answers that you have added to this session: a pack is kept in its link, and they cannot go "
    "into one."
)
DRAFT = "pack"
_PICKED, _LINK, _PROBLEMS, _CHANGED = "picked", "picked_link", "picked_problems", "picked_changed"


def current() -> Picked:
    """What this session has picked out."""
    return st.session_state.get(_PICKED, Picked())


def change(to: Picked) -> None:
    """Pick out something else; for callbacks."""
    _pick(to)
    st.session_state[_CHANGED] = True
    st.session_state.pop(_PROBLEMS, None)


def bring_back(text: str, kinds: Mapping[str, object]) -> bool:
    """Pick out what the browser has kept, if it can be read; nothing where it was removed."""
    try:
        read, _ = picked.from_text(text, kinds) if text else (Picked(), [])
    except ValueError:
        return False
    st.session_state[_PICKED] = read
    st.session_state[_CHANGED] = True
    return True


def settle(kinds: Mapping[str, object]) -> Picked:
    """What the page My pack shows: what was just changed, else that of a link which is new (a cold start,
    the browser's back button), else that of the session.

    Somebody quick changes a second thing while the browser still has the link from before the first.
    """
    if st.session_state.pop(_CHANGED, False):
        return current()
    given = _given()
    if given != st.session_state.get(_LINK):
        st.session_state[_LINK] = given
        if exhibits := given.get(picked.SHOW):
            read, problems = picked.from_params(st.query_params.get(picked.TITLE, ""), exhibits, kinds)
            _pick(read)
            st.session_state[_PROBLEMS] = problems
    return current()


def problems() -> list[str]:
    """What could not be followed of the link or the file that was opened last."""
    return st.session_state.get(_PROBLEMS, [])


def open_file(text: str, kinds: Mapping[str, object]) -> None:
    """Pick out what a saved file has; what it gets wrong is in problems()."""
    try:
        read, wrong = picked.from_text(text, kinds)
    except ValueError as problem:
        st.session_state[_PROBLEMS] = [str(problem)]
        return
    change(read)
    st.session_state[_PROBLEMS] = wrong


def write_link() -> None:
    """Put what is picked out into the address."""
    params = current().to_params()
    link = {name: value if isinstance(value, list) else [value] for name, value in params.items()}
    if not _given() == link == st.session_state.get(_LINK):
        st.query_params.from_dict(params)
    st.session_state[_LINK] = link


def _pick(pack: Picked) -> None:
    st.session_state[_PICKED] = pack
    drafts.keep(f"{DRAFT}/", pack.to_text() if pack.items else "")


def _given() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def button(exhibit: Exhibit) -> None:
    """Add the exhibit to the pack, or take it out."""
    item = Item(exhibit.key, tuple(parse_qsl(urlsplit(exhibit.link).query)))
    is_in = current().holds(item)
    pressed = st.button(
        f"{exhibit.name}: take out of my pack" if is_in else f"{exhibit.name}: add to my pack",
        key=f"pick_{exhibit.key}",
        icon=":material/playlist_add_check:" if is_in else ":material/playlist_add:",
        type="tertiary",
        on_click=None if exhibit.is_private else _toggle,
        args=None if exhibit.is_private else (item,),
    )
    if pressed and exhibit.is_private:
        st.info(PRIVATE)
    elif pressed and not is_in and not current().holds(item):
        st.warning(picked.FULL)


def _toggle(item: Item) -> None:
    session.ask()
    before = current()
    change(before.toggled(item))
    if len(current().items) > len(before.items):
        st.toast(f"In My pack: {len(current().items)} of at most {picked.MOST} pieces.")
