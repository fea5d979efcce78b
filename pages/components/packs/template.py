"""The template of a council or an ICS for slides: chosen once for a visit, and kept nowhere else."""

import hashlib
import threading
from collections import OrderedDict
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.components.state import heard, keys
from pages.components.text import markdown
from pages.exports.house_template import LONGEST, read_template
from pages.exports.slide_scenes import TemplateError

_MB = LONGEST // 1_000_000
# bytes of all templates in use: of more than these, those that were asked for longest ago are forgotten
MOST_BYTES = 40_000_000
HEADING = "Slides in your organisation's template"
HOW = (
    "A PowerPoint file with your layouts, colours and logo. Slides in it are left out. It is used in this "
    "visit only: nothing of it is kept on the server."
)
FORGOTTEN = "It is no longer at hand. Choose it again."


class Chosen(NamedTuple):
    """A template that was chosen: its name, what tells it from others, and what there is to know of it."""

    name: str
    fingerprint: str
    remarks: tuple[str, ...]


class Shelf:
    """Templates by their fingerprints, once for all who use one, within so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._alone = threading.Lock()

    def put(self, content: bytes) -> str:
        """Keep a template; what it is found by."""
        fingerprint = hashlib.sha256(content).hexdigest()
        with self._alone:
            self._kept[fingerprint] = content
            self._kept.move_to_end(fingerprint)
            while sum(map(len, self._kept.values())) > self._most:
                self._kept.popitem(last=False)
        return fingerprint

    def take(self, fingerprint: str) -> bytes:
        """The template; empty where it was forgotten."""
        with self._alone:
            if fingerprint not in self._kept:
                return b""
            self._kept.move_to_end(fingerprint)
            return self._kept[fingerprint]


SHELF = Shelf(MOST_BYTES)
# one file is read at a time, so that many take no more memory than one
_READING = threading.Lock()


def chosen() -> Chosen | None:
    """The template of this visit; None where slides have our own layouts."""
    kept = st.session_state.get(keys.SLIDE_TEMPLATE)
    return kept if isinstance(kept, Chosen) and SHELF.take(kept.fingerprint) else None


def content() -> bytes:
    """The template of this visit without slides; empty where slides have our own layouts."""
    own = chosen()
    return SHELF.take(own.fingerprint) if own else b""


def offer() -> None:
    """A place for the file, closed until somebody asks for it, with what was found in it."""
    kept, own = st.session_state.get(keys.SLIDE_TEMPLATE), chosen()
    with st.expander(HEADING, icon=":material/palette:", expanded=kept is not None):
        st.markdown(HOW)
        st.file_uploader(
            f"A template, PPTX or POTX, at most {_MB} MB",
            type=["pptx", "potx"],
            key=keys.SLIDE_TEMPLATE_FILE,
            on_change=heard.control(keys.SLIDE_TEMPLATE_FILE, _take, none_is_a_choice=True),
            # a little more than is taken, so that a sentence says what to do
            max_upload_size=_MB + 1,
        )
        if own:
            st.success(
                f"Slides are now made in {markdown.verbatim(own.name)}.", icon=":material/check_circle:"
            )
            st.markdown("\n\n".join(own.remarks))
            st.button("Make slides without a template", on_click=_forget, key="without_template")
        elif kept:
            why = FORGOTTEN if isinstance(kept, Chosen) else kept
            st.warning(f"Slides are made without the template. {why}", icon=":material/error:")


def _take(file: UploadedFile | None) -> None:
    if file is None:
        _forget()
        return
    try:
        with _READING:
            read = read_template(file.getvalue())
        st.session_state[keys.SLIDE_TEMPLATE] = Chosen(file.name, SHELF.put(read.content), read.remarks)
    except TemplateError as error:
        st.session_state[keys.SLIDE_TEMPLATE] = str(error)


def _forget() -> None:
    st.session_state.pop(keys.SLIDE_TEMPLATE, None)
