"""The parts of the page My pack: its title, its exhibits, the files, and what to keep."""

from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data_loaders import settings
from pages.components.exhibits import download
from pages.components.pack import refresh
from pages.components.packs import buttons as packs_buttons, contents as packs_contents, registry
from pages.components.state import basket as state_basket, drafts, heard, keys, my_pack
from pages.components.state.my_pack import Item, MyPack
from pages.components.text import markdown
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit

HOW_TO_ADD = (
    "Your pack is empty. On every other page, *take away* at each map, chart and table has “add to my "
    "pack”. Open a pack that you have saved, or come back when you have added something."
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


def chosen(pack: MyPack) -> list[Chosen]:
    """The exhibits of a pack, each made of its view."""
    found = []
    for item in pack.items:
        view, notes = registry.view_of_params(dict(item.params))
        exhibit = registry.exhibit_of(view, item.key)
        why = " ".join(notes or ([] if exhibit else [registry.why_none(item.key)]))
        found.append(Chosen(item, exhibit if not notes else None, why))
    return found


def show_exhibits(found: list[Chosen], pack: MyPack) -> None:
    """The exhibits in their order: each can be given a heading, moved and removed."""
    for place, (item, exhibit, why) in enumerate(found):
        number = place + 1
        with st.container(border=True):
            name = exhibit.name if exhibit else registry.EXHIBITS[item.key].name
            st.subheader(f"{number}. {name}", anchor=False)
            if exhibit:
                # beside this page, wherever the app is served
                own = exhibit.link.removeprefix(settings.address()).lstrip("/")
                st.markdown(f"{exhibit.subtitle} · [open its page](./{own})")
            else:
                st.warning(
                    f"It is left out of the files. {markdown.verbatim(why)}", icon=":material/link_off:"
                )
            own_title = exhibit.title if exhibit else ""
            heading, taking = item.heading or own_title, drafts.taking(state_basket.NAME)
            st.text_input(
                f"Heading of piece {number}",
                heading,
                key=(key := keys.heading(number, item.unheaded().write(), taking)),
                max_chars=my_pack.LONGEST,
                on_change=heard.control(key, partial(_head, place, item, own_title, heading, taking)),
            )
            with st.container(horizontal=True):
                _button(f"Move {number} up", pack.moved(place, -1), ":material/arrow_upward:", place == 0)
                last = place == len(found) - 1
                _button(f"Move {number} down", pack.moved(place, 1), ":material/arrow_downward:", last)
                _button(f"Remove {number}", pack.without(place), ":material/delete:")


def show_title(pack: MyPack) -> None:
    """The title of the pack, to change."""
    taking = drafts.taking(state_basket.NAME)
    st.text_input(
        "Title of the pack",
        pack.title,
        key=(title := keys.pack_title(taking)),
        max_chars=my_pack.LONGEST,
        on_change=heard.control(title, partial(_entitle, pack.title, taking)),
    )


def show_refresh(pack: MyPack) -> None:
    """Whether there are newer figures than the pack shows, and what bringing it up to date has changed."""
    fresh = refresh.refreshed(pack)
    if fresh.changes:
        st.info(refresh.in_words(fresh.count, len(pack.items)), icon=":material/update:")
        st.button(
            "Bring my pack up to date",
            icon=":material/update:",
            on_click=state_basket.bring_up_to_date,
            args=(fresh.pack, (*state_basket.news(), *fresh.changes, *fresh.gone)),
        )
    if news := state_basket.news():
        st.header("What has changed", anchor=False)
        st.markdown(refresh.listed(news))
        st.toggle("Say so at the end of the files", value=True, key=keys.PACK_NEWS_TOLD)
    for sentence in fresh.stays:
        st.caption(markdown.verbatim(sentence))


def told() -> tuple[str, ...]:
    """What the files are to say of what has changed."""
    return state_basket.news() if st.session_state.get(keys.PACK_NEWS_TOLD) else ()


def offer_files(found: list[Chosen], pack: MyPack) -> None:
    """The pack as slides, as a paper, as PDF, and as pictures and numbers."""
    exhibits = [(exhibit, item.heading) for item, exhibit, _ in found if exhibit is not None]
    if not exhibits:
        return
    if any(exhibit.is_illustrative for exhibit, _ in exhibits):
        st.warning(f"{ILLUSTRATIVE}. The whole pack is marked so.", icon=":material/science:")
    news = told()
    packs_buttons.offer(
        repr((pack, news)),
        lambda: packs_contents.of_exhibits(exhibits, pack.title, link(pack), news),
        packs_buttons.ALL_FORMATS,
    )


def offer_to_keep(pack: MyPack) -> None:
    """The pack as a small file, and opening one."""
    st.header("Keep it", anchor=False)
    st.markdown(KEPT)
    if pack.items:
        text = pack.to_text().encode()
        with st.container(horizontal=True):
            download.button(
                download.File("Save this pack as a file", "my_pack.txt", "text/plain", lambda: text)
            )
            _button("Remove everything", MyPack(), ":material/delete_sweep:")
    st.file_uploader(
        "Open a saved pack",
        type="txt",
        key=keys.PACK_FILE,
        on_change=heard.control(keys.PACK_FILE, _open),
        max_upload_size=2,
    )


def link(pack: MyPack) -> str:
    """The address that brings the pack back."""
    return f"{settings.address()}/pack?{urlencode(pack.to_params(), doseq=True, safe='/,~')}"


def _button(label: str, then: MyPack, icon: str, disabled: bool = False) -> None:
    st.button(label, key=label, on_click=state_basket.change, args=(then,), icon=icon, disabled=disabled)


def _entitle(drawn: str, taking: str, told: str) -> None:
    if drafts.is_entered(state_basket.NAME, taking, told, drawn):
        state_basket.change(state_basket.current().titled(told))
        _show_again(told)


def _head(place: int, item: Item, own: str, drawn: str, taking: str, told: str) -> None:
    """A heading that is the exhibit's own title is none."""
    items = state_basket.current().items
    if not drafts.is_entered(state_basket.NAME, taking, told, drawn):
        return
    if place < len(items) and items[place].unheaded() == item.unheaded():
        given = my_pack.tidy(told)
        state_basket.change(state_basket.current().headed(place, "" if given == my_pack.tidy(own) else given))
        _show_again(told)


def _show_again(told: str) -> None:
    """What was left empty, or tidied, stands in the box as it is in the pack."""
    if told != my_pack.tidy(told) or not told:
        drafts.begin_taking(state_basket.NAME)


def _open(file: UploadedFile) -> None:
    state_basket.open_file(file.getvalue().decode("utf-8", "replace"), registry.EXHIBITS)
