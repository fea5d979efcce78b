"""The pack of this session: "My pack" collects exhibits while somebody browses; the browser keeps it.

It lives in the session and in the browser, and on its own page in the link, which brings it back.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from pages.components.state import drafts, keys, my_pack, session
from pages.components.state.my_pack import Item, MyPack
from pages.exports.exhibit import Exhibit

PRIVATE = (
    "It shows what you have added to this session: a pack is kept in its link, and that cannot go into one."
)
DRAFT = "pack"
# the name of the only draft of this kind
NAME = f"{DRAFT}/"


def current() -> MyPack:
    """What this session has picked out."""
    return st.session_state.get(keys.PACK, MyPack())


def change(to: MyPack) -> None:
    """Pick out something else; for callbacks."""
    _pick(to)
    st.session_state[keys.PACK_CHANGED] = True
    st.session_state.pop(keys.PACK_PROBLEMS, None)


def bring_back(text: str, kinds: Mapping[str, object]) -> bool:
    """Pick out what the browser has kept, if it can be read; nothing where it was removed."""
    try:
        read, _ = my_pack.from_text(text, kinds) if text else (MyPack(), [])
    except ValueError:
        return False
    drafts.begin_taking(NAME)
    st.session_state.pop(keys.PACK_NEWS, None)
    st.session_state[keys.PACK] = read
    st.session_state[keys.PACK_CHANGED] = True
    return True


def settle(kinds: Mapping[str, object]) -> MyPack:
    """What the page My pack shows: what was just changed, else that of a link which is new (a cold start,
    the browser's back button), else that of the session.

    Somebody quick changes a second thing while the browser still has the link from before the first.
    """
    if st.session_state.pop(keys.PACK_CHANGED, False):
        return current()
    given = _given()
    if given != st.session_state.get(keys.PACK_LINK):
        st.session_state[keys.PACK_LINK] = given
        if exhibits := given.get(my_pack.SHOW):
            read, problems = my_pack.from_params(st.query_params.get(my_pack.TITLE, ""), exhibits, kinds)
            drafts.begin_taking(NAME)
            st.session_state.pop(keys.PACK_NEWS, None)
            _pick(read)
            st.session_state[keys.PACK_PROBLEMS] = problems
    return current()


def problems() -> list[str]:
    """What could not be followed of the link or the file that was opened last."""
    return st.session_state.get(keys.PACK_PROBLEMS, [])


def open_file(text: str, kinds: Mapping[str, object]) -> None:
    """Pick out what a saved file has; what it gets wrong is in problems()."""
    try:
        read, wrong = my_pack.from_text(text, kinds)
    except ValueError as problem:
        st.session_state[keys.PACK_PROBLEMS] = [str(problem)]
        return
    drafts.begin_taking(NAME)
    change(read)
    st.session_state.pop(keys.PACK_NEWS, None)
    st.session_state[keys.PACK_PROBLEMS] = wrong


def bring_up_to_date(to: MyPack, news: Sequence[str]) -> None:
    """Pick out the same from newer figures, and remember what that has changed; for callbacks."""
    change(to)
    st.session_state[keys.PACK_NEWS] = tuple(news)


def news() -> tuple[str, ...]:
    """What has changed since the pack that is looked at was brought up to date, in sentences."""
    return st.session_state.get(keys.PACK_NEWS, ())


def write_link() -> None:
    """Put what is picked out into the address."""
    params = current().to_params()
    link = {name: value if isinstance(value, list) else [value] for name, value in params.items()}
    if not _given() == link == st.session_state.get(keys.PACK_LINK):
        st.query_params.from_dict(params)
    st.session_state[keys.PACK_LINK] = link


def _pick(pack: MyPack) -> None:
    st.session_state[keys.PACK] = pack
    drafts.keep(NAME, pack.to_text() if pack.items else "")


def _given() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def button(exhibit: Exhibit, seen: str = "") -> bool:
    """Add the exhibit to the pack, or take it out; whether that was just done.

    `seen` is what the pack notes of its figures.
    """
    item = Item(exhibit.key, tuple(parse_qsl(urlsplit(exhibit.link).query)), seen=seen)
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
        return False
    # it is pressed after _toggle: what was taken out has left a place
    if pressed and not is_in and len(current().items) >= my_pack.MOST:
        st.warning(my_pack.FULL)
        return False
    return pressed


def _toggle(item: Item) -> None:
    session.ask()
    before = current()
    change(before.toggled(item))
    if len(current().items) > len(before.items):
        st.toast(f"In My pack: {len(current().items)} of at most {my_pack.MOST} pieces.")
