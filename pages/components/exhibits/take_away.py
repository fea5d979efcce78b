"""The exhibits of a page to take away: files built when somebody asks for them, and words to copy."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.components.exhibits import clipboard, download
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state import basket as state_basket
from pages.components.state.view import View
from pages.exports import pictures
from pages.exports.exhibit import Exhibit
from pages.exports.numbers import FORMATS as FORMATS_OF_NUMBERS

FORMATS = {name: made.name for name, made in pictures.FORMATS.items()}
SIZES = {name: size.name for name, size in pictures.SIZES.items()}
MADE_UP = "The answers are drawn at random in the same way each time."
SAVED = "The answers are those that were saved in this app for everyone."
PRIVATE = "It shows answers that you have added to this session: no link or command brings them back."


def offer(exhibit: Exhibit) -> None:
    """One button for the usual file; all others, and what goes with a picture, behind a second."""
    with st.container(horizontal=True, gap="xsmall"):
        download.button(_file(f"{exhibit.name} as PNG", exhibit, "png", "screen"))
        _more(exhibit)
        state_basket.button(exhibit)


def tables(view: View, *kinds: ExhibitKind, also: Sequence[download.File] = ()) -> None:
    """For each table that there is, a button; behind a second its other formats, and those in `also`."""
    for exhibit in filter(None, (kind.build(view, "light") for kind in kinds)):
        with st.container(horizontal=True, gap="xsmall"):
            download.button(download.numbers(exhibit, "csv", f"{exhibit.name} as CSV"))
            _more_numbers(exhibit, also)
            state_basket.button(exhibit)


@st.fragment
def _more_numbers(exhibit: Exhibit, also: Sequence[download.File]) -> None:
    """A table as workbooks, and as what programs read."""
    opened = st.popover(f"{exhibit.name}: more formats", key=f"more_{exhibit.key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        for made_as in ("xlsx", "ods"):
            download.button(download.numbers(exhibit, made_as, FORMATS_OF_NUMBERS[made_as].name))
        for file in also:
            download.button(file)


@st.fragment
def _more(exhibit: Exhibit) -> None:
    """Formats and sizes, and the words and numbers to copy; nothing of it is made before it is opened."""
    opened = st.popover(f"{exhibit.name}: more formats", key=f"more_{exhibit.key}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        sizes, formats = st.columns(2)
        size = sizes.selectbox("Size", list(SIZES), format_func=SIZES.__getitem__, key=f"size_{exhibit.key}")
        made_as = formats.selectbox(
            "File", list(FORMATS), format_func=FORMATS.__getitem__, key=f"format_{exhibit.key}"
        )
        # it says what it gives, so that nobody presses it before it has followed the choice
        download.button(_file(f"Download: {FORMATS[made_as]} · {SIZES[size]}", exhibit, made_as, size))
        clipboard.buttons(exhibit, size)
        st.markdown("**The numbers behind it**")
        download.buttons(
            [download.numbers(exhibit, made_as, made.name) for made_as, made in FORMATS_OF_NUMBERS.items()]
        )
        st.markdown("**Caption with citation**")
        st.code(exhibit.caption, language=None, wrap_lines=True)
        st.markdown("**Alternative text**")
        st.code(exhibit.alt, language=None, wrap_lines=True)
        st.markdown("**Reproduce**")
        if exhibit.is_private:
            st.markdown(PRIVATE)
            return
        st.code(command(exhibit, made_as, size), language=None, wrap_lines=True)
        st.markdown(
            "The tables behind it, with their checksums (SHA-256):"
            if exhibit.tables
            else MADE_UP
            if exhibit.is_illustrative
            else SAVED
        )
        if exhibit.tables:
            st.code("\n".join(f"{sha256}  {name}" for name, sha256 in exhibit.tables), language=None)


def command(exhibit: Exhibit, made_as: str, size: str) -> str:
    """What to type where the app is installed, to make the same file."""
    name = pictures.file_name(exhibit, made_as, size)
    return (
        f'python -m pages "{exhibit.link}" --piece {exhibit.key} --format {made_as} --size {size} -o "{name}"'
    )


def _file(label: str, exhibit: Exhibit, made_as: str, size: str) -> download.File:
    made = pictures.FORMATS[made_as]
    name = pictures.file_name(exhibit, made_as, size)
    return download.File(label, name, made.mime, partial(made.build, exhibit, size))
