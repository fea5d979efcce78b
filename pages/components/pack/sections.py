"""The parts of the page My pack: its title, its exhibits, the files, and what to keep."""

from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

from data_loaders import settings
from pages.components.exhibits import download
from pages.components.packs import buttons as packs_buttons
from pages.components.packs import contents as packs_contents
from pages.components.packs import registry
from pages.components.state import basket as state_basket
from pages.components.state import picked
from pages.components.state.picked import Item, Picked
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit

HOW_TO_ADD = (
    "Your pack is empty. On every other page, each map, chart and table has a button “add to my pack”. Open "
    "a pack that you have saved, or come back when you have added something."
)
KEPT = (
    "Nothing of it is kept on the server: this browser keeps it, and it is in the address of this page, "
    "which brings it back on another machine. A file does the same."
)


class Chosen(NamedTuple):
    """An exhibit that was picked out, as its view gives it now; None with the sentence why there is none."""

    item: Item
    exhibit: Exhibit | None
    why: str


def chosen(pack: Picked) -> list[Chosen]:
    """The exhibits of a pack, each made of its view."""
    found = []
    for item in pack.items:
        view, notes = registry.view_of_params(dict(item.params))
        exhibit = registry.exhibit_of(view, item.key)
        why = " ".join(notes or ([] if exhibit else [registry.why_none(item.key)]))
        found.append(Chosen(item, exhibit if not notes else None, why))
    return found


def show_exhibits(found: list[Chosen], pack: Picked) -> None:
    """The exhibits in their order: each can be given a heading, moved and removed."""
    for place, (item, exhibit, why) in enumerate(found):
        number = place + 1
        with st.container(border=True):
            name = exhibit.name if exhibit else registry.EXHIBITS[item.key].name
            st.subheader(f"{number}. {name}", anchor=False)
            if exhibit:
                st.markdown(f"{exhibit.subtitle} · [open its page]({exhibit.link})")
            else:
                st.warning(f"It is left out of the files. {why}", icon=":material/link_off:")
            key = f"heading_{number}"
            _keep(key, item.heading or (exhibit.title if exhibit else ""))
            st.text_input(
                f"Heading of piece {number}",
                key=key,
                max_chars=picked.LONGEST,
                on_change=_head,
                args=(place, key, exhibit.title if exhibit else ""),
            )
            with st.container(horizontal=True):
                _button(f"Move {number} up", pack.moved(place, -1), ":material/arrow_upward:", place == 0)
                last = place == len(found) - 1
                _button(f"Move {number} down", pack.moved(place, 1), ":material/arrow_downward:", last)
                _button(f"Remove {number}", pack.without(place), ":material/delete:")


def show_title(pack: Picked) -> None:
    """The title of the pack, to change."""
    _keep("pack_title", pack.title)
    st.text_input("Title of the pack", key="pack_title", max_chars=picked.LONGEST, on_change=_entitle)


def offer_files(found: list[Chosen], pack: Picked) -> None:
    """The pack as slides, as a paper, as PDF, and as pictures and numbers."""
    exhibits = [(exhibit, item.heading) for item, exhibit, _ in found if exhibit is not None]
    if not exhibits:
        return
    if any(exhibit.is_illustrative for exhibit, _ in exhibits):
        st.warning(f"{ILLUSTRATIVE}. The whole pack is marked so.", icon=":material/science:")
    packs_buttons.offer(
        repr(pack),
        lambda: packs_contents.of_exhibits(exhibits, pack.title, link(pack)),
        packs_buttons.ALL_FORMATS,
    )


def offer_to_keep(pack: Picked) -> None:
    """The pack as a small file, and opening one."""
    st.header("Keep it", anchor=False)
    st.markdown(KEPT)
    if pack.items:
        text = pack.to_text().encode()
        with st.container(horizontal=True):
            download.button(
                download.File("Save this pack as a file", "my_pack.txt", "text/plain", lambda: text)
            )
            _button("Remove everything", Picked(), ":material/delete_sweep:")
    st.file_uploader("Open a saved pack", type="txt", key="pack_file", on_change=_open)


def link(pack: Picked) -> str:
    """The address that brings the pack back."""
    return f"{settings.address()}/pack?{urlencode(pack.to_params(), doseq=True, safe='/,~')}"


def _keep(key: str, value: str) -> None:
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _button(label: str, then: Picked, icon: str, disabled: bool = False) -> None:
    st.button(label, key=label, on_click=state_basket.change, args=(then,), icon=icon, disabled=disabled)


def _entitle() -> None:
    state_basket.change(state_basket.current().titled(st.session_state["pack_title"]))


def _head(place: int, key: str, own: str) -> None:
    """A heading that is the exhibit's own title is none."""
    given = picked.tidy(st.session_state[key])
    state_basket.change(state_basket.current().headed(place, "" if given == picked.tidy(own) else given))


def _open() -> None:
    file = st.session_state["pack_file"]
    if file is not None:
        state_basket.open_file(file.getvalue().decode("utf-8", "replace"), registry.EXHIBITS)
