"""Buttons that make a pack as a file while a bar shows how far it is, and then hand it to the browser.

A pack takes seconds, and needs what a session has: it is made in a run of the page, only when it is asked
for. What is asked for stands in a queue, so that a click in the meantime loses nothing and makes nothing
twice.
"""

import base64
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import streamlit as st

from data_loaders.brand import Brand, load_brand
from pages.components.data import figures
from pages.components.packs import contents, template
from pages.components.packs.workshop import FULL, FullError, Workshop
from pages.components.state import keys, turns
from pages.components.state.view import View
from pages.exports.bundle import ZIP, as_zip
from pages.exports.document import as_docx
from pages.exports.handout import PDF, as_handout
from pages.exports.pack import Pack
from pages.exports.slides import PPTX, as_pptx
from pages.exports.word_file import DOCX

Step = Callable[[float], None]


class PackFormat(NamedTuple):
    """A kind of file: what its button says, the end of its name, its media type, and how to make it."""

    name: str
    suffix: str
    mime: str
    build: Callable[[Pack, Brand, Step], bytes]


def _slides(pack: Pack, brand: Brand, on_step: Step) -> bytes:
    return as_pptx(pack, brand, on_step, template.content())


FORMATS = {
    "pptx": PackFormat("Slides (PPTX)", ".pptx", PPTX, _slides),
    "docx": PackFormat("Paper (DOCX)", ".docx", DOCX, as_docx),
    "pdf": PackFormat("PDF", ".pdf", PDF, lambda pack, brand, on_step: as_handout(pack, on_step)),
}
ALL_FORMATS = FORMATS | {
    "zip": PackFormat(
        "Pictures and numbers (ZIP)", ".zip", ZIP, lambda pack, brand, on_step: as_zip(pack, on_step)
    )
}


class _Made(NamedTuple):
    name: str
    mime: str
    content: bytes
    ticket: str


# making a file keeps a processor busy for seconds, which everybody else's pages need as well
WORKSHOP = Workshop(places=1, queue=12)
_SEND = st.components.v2.component(
    "file_sender",
    html='<p role="status"></p>',
    css="p { margin: 0; font: 400 0.9rem var(--st-font); color: var(--st-text-color); }",
    js="""
const sent = new Set()

export default function send({ data, parentElement }) {
  for (const file of data.files) {
    if (sent.has(file.ticket)) continue
    sent.add(file.ticket)
    const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0))
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([bytes], { type: file.mime }))
    link.download = file.name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60000)
    parentElement.querySelector("p").textContent = `${file.name} is made, and on its way to your downloads.`
  }
}
""",
)


def offer_of(page: str, view: View) -> None:
    """The pack of what a page shows, to take into a meeting."""
    kind = contents.KINDS[page]
    st.markdown(f"**Take {kind.name} into a meeting**")
    offer(f"{page}{view.query()}", partial(kind.build, view))


@st.fragment
def offer(of: str, make: Callable[[], Pack], formats: Mapping[str, PackFormat] = FORMATS) -> None:
    """A button for each format. `of` tells one pack from another: what was made of another is forgotten."""
    own = template.chosen()
    of += own.fingerprint if own else ""
    state = st.session_state.get(keys.PACKS_MAKING)
    if state is None or state["of"] != of:
        state = st.session_state[keys.PACKS_MAKING] = {"of": of, "wanted": [], "made": {}}
    with st.container(horizontal=True, horizontal_alignment="left"):
        for key, made_as in formats.items():
            st.button(
                made_as.name,
                key=f"make_{key}",
                icon=":material/download:",
                on_click=_want,
                args=(state, key),
            )
    template.offer()
    fresh = []
    while state["wanted"]:
        key = state["wanted"][0]
        try:
            with turns.given_up():
                file = _make(formats[key], make)
            state["made"][key] = file
        except FullError:
            state["wanted"].clear()
            st.warning(FULL, icon=":material/hourglass_empty:")
            break
        state["wanted"].remove(key)
        fresh.append(file)
    if not state["made"]:
        return
    _SEND(
        key="file_sender",
        data={
            "files": [file._asdict() | {"content": base64.b64encode(file.content).decode()} for file in fresh]
        },
    )
    with st.container(horizontal=True, horizontal_alignment="left"):
        for file in state["made"].values():
            st.download_button(
                f"Save {file.name.rpartition('.')[2].upper()} again",
                file.content,
                file.name,
                file.mime,
                key=f"again_{file.ticket}",
                on_click="ignore",
                type="tertiary",
            )


def _want(state: dict, key: str) -> None:
    if key not in state["wanted"]:
        state["wanted"].append(key)


def _make(made_as: PackFormat, make: Callable[[], Pack]) -> _Made:
    bar = st.progress(0.0, f"{made_as.name}: gathering the figures.")

    def wait() -> None:
        bar.progress(0.0, f"{made_as.name}: others' files are made first.")

    def step(share: float) -> None:
        bar.progress(share, f"{made_as.name}: {share:.0%} made.")

    with WORKSHOP.place(wait):
        pack = make()
        content = made_as.build(pack, load_brand(figures.library().entries), step)
    bar.empty()
    return _Made(f"{pack.stem}{made_as.suffix}", made_as.mime, content, secrets.token_hex(8))
