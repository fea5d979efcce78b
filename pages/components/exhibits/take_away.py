"""The exhibits of a page to take away: files built when somebody asks for them, and words to copy."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from data_loaders import settings
from pages.components.exhibits import clipboard, download, of_view
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state import addresses, keys
from pages.components.state import basket as state_basket
from pages.components.state.view import View
from pages.exports import pictures
from pages.exports.exhibit import Exhibit
from pages.exports.numbers import FORMATS as FORMATS_OF_NUMBERS

FORMATS = {name: made.name for name, made in pictures.FORMATS.items()}
SIZES = {name: size.name for name, size in pictures.SIZES.items()}
# the format that a table offers first
USUAL_NUMBERS = "csv"
MADE_UP = "The answers are drawn at random in the same way each time."
SAVED = "The answers are those that were saved in this app for everyone."
PRIVATE = "It shows answers that you have added to this session: no link or command brings them back."

# in pixels
ROOM = 320

# the exhibit as it goes into files, made when a file is
InFile = Callable[[], Exhibit | None]


def offer(exhibit: Exhibit, in_file: InFile) -> None:
    """One button for all that can be taken away of a picture."""
    _open(exhibit, partial(_picture_and_numbers, exhibit, in_file))


def tables(view: View, *kinds: ExhibitKind, also: Sequence[download.File] = ()) -> None:
    """For each table that there is, a button for its formats, and for those in `also`."""
    with st.container(horizontal=True, gap="xsmall"):
        for exhibit in filter(None, (of_view.in_file(kind, view) for kind in kinds)):
            _open(exhibit, partial(_numbers, exhibit, also))


@st.fragment
def _open(exhibit: Exhibit, show: Callable[[], None]) -> None:
    """What is behind the button of an exhibit; nothing of it is made before it is opened."""
    opened = st.popover(
        f"{exhibit.name}: take away",
        icon=":material/download:",
        key=keys.take_away(exhibit.key),
        on_change="rerun",
    )
    if not opened.open:
        # it opens where there is room for what will be in it
        opened.container(height=ROOM, border=False)
        return
    with opened:
        show()
        if state_basket.button(exhibit):
            # the pack is kept in the browser by what stands at the end of the page
            st.rerun()


def _numbers(exhibit: Exhibit, also: Sequence[download.File]) -> None:
    """A table as text, as workbooks, and as what programs read."""
    download.button(download.numbers(exhibit, USUAL_NUMBERS, f"{exhibit.name} as CSV"))
    for made_as, made in FORMATS_OF_NUMBERS.items():
        if made_as != USUAL_NUMBERS:
            download.button(download.numbers(exhibit, made_as, made.name))
    for file in also:
        download.button(file)
    _show_figures_address(exhibit)


def _picture_and_numbers(exhibit: Exhibit, in_file: InFile) -> None:
    """The usual file, formats and sizes, the words and numbers to copy, and what analysts want."""
    download.button(_file(f"{exhibit.name} as PNG", exhibit, in_file, "png", "screen"))
    sizes, formats = st.columns(2)
    size = sizes.selectbox("Size", list(SIZES), format_func=SIZES.__getitem__, key=f"size_{exhibit.key}")
    made_as = formats.selectbox(
        "File", list(FORMATS), format_func=FORMATS.__getitem__, key=f"format_{exhibit.key}"
    )
    # it says what it gives, so that nobody presses it before it has followed the choice
    download.button(_file(f"Download: {FORMATS[made_as]} · {SIZES[size]}", exhibit, in_file, made_as, size))
    if address := _picture_address(exhibit, made_as, size):
        # a button needs the page's connection, which a laptop that slept has lost; an address does not
        st.markdown(f"Nothing came? [The same picture by a link]({address}) comes without this page.")
    clipboard.buttons(exhibit, partial(_picture, in_file, "png", size))
    st.markdown("**The numbers behind it**")
    download.buttons(
        [download.numbers(exhibit, made_as, made.name) for made_as, made in FORMATS_OF_NUMBERS.items()]
    )
    st.markdown("**Caption with citation**")
    st.code(exhibit.caption, language=None, wrap_lines=True)
    st.markdown("**Alternative text**")
    st.code(exhibit.alt, language=None, wrap_lines=True)
    with st.expander("For analysts: how to reproduce it"):
        _reproduce(exhibit, made_as, size)


def _reproduce(exhibit: Exhibit, made_as: str, size: str) -> None:
    """The command that makes the same file, and the tables that it is made from."""
    if exhibit.is_private:
        st.markdown(PRIVATE)
        return
    _show_figures_address(exhibit)
    if address := _picture_address(exhibit, made_as, size):
        st.markdown("The address of the picture:")
        st.code(address, language=None, wrap_lines=True)
    st.code(command(exhibit, made_as, size), language=None, wrap_lines=True)
    if exhibit.tables:
        st.markdown("The tables behind it, with their checksums (SHA-256):")
        st.code("\n".join(f"{sha256}  {name}" for name, sha256 in exhibit.tables), language=None)
    else:
        st.markdown(MADE_UP if exhibit.is_illustrative else SAVED)


def _show_figures_address(exhibit: Exhibit) -> None:
    """Where other programs fetch the figures, unless that is switched off."""
    if exhibit.figures_at and settings.has_data_addresses():
        st.markdown("The address of its figures, for Power Query, Google Sheets and scripts:")
        st.code(addresses.whole(exhibit.figures_at), language=None, wrap_lines=True)


def _picture_address(exhibit: Exhibit, made_as: str, size: str) -> str:
    """Where the picture is given out; empty where it is not, or that is switched off."""
    if (
        not exhibit.picture_at
        or made_as not in addresses.PICTURE_FORMATS
        or not settings.has_data_addresses()
    ):
        return ""
    return addresses.whole(f"{exhibit.picture_at.replace('.png?', f'.{made_as}?', 1)}&size={size}")


def command(exhibit: Exhibit, made_as: str, size: str) -> str:
    """What to type where the app is installed, to make the same file."""
    name = pictures.file_name(exhibit, made_as, size)
    return (
        f'python -m pages "{exhibit.link}" --piece {exhibit.key} --format {made_as} --size {size} -o "{name}"'
    )


def _file(label: str, exhibit: Exhibit, in_file: InFile, made_as: str, size: str) -> download.File:
    name = pictures.file_name(exhibit, made_as, size)
    build = partial(_picture, in_file, made_as, size)
    return download.File(label, name, pictures.FORMATS[made_as].mime, build)


def _picture(in_file: InFile, made_as: str, size: str) -> bytes:
    exhibit = in_file()
    assert exhibit is not None, "what is on the page has a file"
    return pictures.FORMATS[made_as].build(exhibit, size)
