"""The exhibits of a page to take away: files built when somebody asks for them, and words to copy."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from data_loaders import settings
from pages.components.exhibits import clipboard, of_view, stamps
from pages.components.exhibits.download import File, Line, are_links, show
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state import addresses, basket as state_basket, keys
from pages.components.state.view import View
from pages.components.text import grammar
from pages.exports import numbers, pictures
from pages.exports.citation import STYLES, citation
from pages.exports.exhibit import Exhibit

# the picture that is offered first
USUAL_FORMAT, USUAL_SIZE = "png", "screen"
VEGA_LITE = "vega-lite"
MADE_UP = "The answers are drawn at random in the same way each time."
SAVED = "The answers are those that were saved in this app for everyone."
PRIVATE = "It shows what you have added to this session: no link or command brings that back."

# in pixels: of a menu that is opening, and of a chart with its words on another page
ROOM, EMBEDDED = 320, 800

# the exhibit as it goes into files, made when a file is
InFile = Callable[[], Exhibit | None]


def offer(exhibit: Exhibit, in_file: InFile) -> None:
    """One button for all that can be taken away of a picture."""
    _open(exhibit, _files_of_picture(exhibit, in_file), partial(_words, exhibit, in_file))


def tables(view: View, *kinds: ExhibitKind) -> None:
    """For each table that there is, a button for its formats."""
    with st.container(horizontal=True, gap="xsmall"):
        for exhibit in filter(None, (of_view.in_file(kind, view) for kind in kinds)):
            first, *others = _files_of_numbers(exhibit)
            files = [first._replace(label=f"{exhibit.name} as CSV", short=""), *others]
            _open(exhibit, [Line("", files)], partial(_words_of_table, exhibit))


@st.fragment
def _open(exhibit: Exhibit, lines: list[Line], more: Callable[[], None]) -> None:
    """What is behind the button of an exhibit; nothing of it is made before it is opened."""
    opened = st.popover(
        f"{exhibit.name}: take away",
        icon=":material/download:",
        key=keys.take_away(exhibit.key),
        on_change="rerun",
    )
    with opened:
        # a page that has lost its server opens it all the same, and its links work
        if opened.open or are_links(lines):
            show(lines)
        if not opened.open:
            # it opens where there is room for what will be in it: below links style.css leaves as much
            if not are_links(lines):
                st.container(height=ROOM, border=False)
            return
        more()
        if state_basket.button(exhibit, stamps.of_link(exhibit.link)):
            # the pack is kept in the browser by what stands at the end of the page
            st.rerun()


def _files_of_picture(exhibit: Exhibit, in_file: InFile) -> list[Line]:
    """The usual file, all formats by size, and the numbers."""
    usual = _picture(exhibit, in_file, USUAL_FORMAT, USUAL_SIZE)
    by_size = [
        Line(size.name, [_picture(exhibit, in_file, made_as, name) for made_as in pictures.FORMATS])
        for name, size in pictures.SIZES.items()
    ]
    first = usual._replace(label=f"{exhibit.name} as PNG", short="")
    return [Line("", [first]), *by_size, Line("The numbers behind it", _files_of_numbers(exhibit))]


def _picture(exhibit: Exhibit, in_file: InFile, made_as: str, size: str) -> File:
    made, whither = pictures.ALL_FORMATS[made_as], pictures.SIZES[size].name
    return File(
        f"{made.name}: {exhibit.name}, {grammar.lower_first(whither)}",
        pictures.file_name(exhibit, made_as, size),
        made.mime,
        lambda: made.build(_in_file(in_file), size),
        pictures.address(exhibit, made_as, size),
        made.name,
    )


def _in_file(in_file: InFile) -> Exhibit:
    exhibit = in_file()
    assert exhibit is not None, "what is on the page has a file"
    return exhibit


def _files_of_numbers(exhibit: Exhibit) -> list[File]:
    """The numbers in each format."""
    return [
        File(
            f"{made.name}: {exhibit.name}",
            numbers.file_name(exhibit, made_as),
            made.mime,
            partial(made.build, exhibit),
            numbers.address(exhibit, made_as),
            made.name,
        )
        for made_as, made in numbers.formats_of(exhibit).items()
    ]


def _words_of_table(exhibit: Exhibit) -> None:
    """What can be copied of a table: its rows are in the files."""
    _cite(exhibit)
    _show_figures_address(exhibit)


def _words(exhibit: Exhibit, in_file: InFile) -> None:
    """What can be copied, and what analysts want."""
    clipboard.buttons(exhibit, lambda size: pictures.as_png(_in_file(in_file), size))
    _cite(exhibit)
    st.markdown("**Alternative text**")
    st.code(exhibit.alt, language=None, wrap_lines=True)
    st.markdown("**Long description**")
    st.code(exhibit.description, language=None, wrap_lines=True)
    if code := embed_code(exhibit):
        st.markdown("**To show it on a web page**")
        st.code(code, language="html", wrap_lines=True)
    with st.expander("For analysts: how to reproduce it"):
        for_programs = _picture(exhibit, in_file, VEGA_LITE, USUAL_SIZE)
        show([Line("", [for_programs._replace(label=f"{for_programs.short}: {exhibit.name}")])])
        _reproduce(exhibit)


def _cite(exhibit: Exhibit) -> None:
    """The caption, and the citation in each style, to copy."""
    st.markdown("**Caption and citation**")
    said = [("Caption", exhibit.caption), *citations(exhibit, addresses.of_app(), dt.date.today())]
    for tab, (_, text) in zip(st.tabs([name for name, _ in said]), said, strict=True):
        tab.code(text, language=None, wrap_lines=True)


def citations(exhibit: Exhibit, app: str, seen: dt.date) -> list[tuple[str, str]]:
    """The citation of an exhibit in each style, by its name; `app` is where the app is."""
    address = exhibit.link if settings.address() else f"{app}{exhibit.link}"
    cited = citation(exhibit, address, seen)
    return [(name, write(cited)) for name, write in STYLES.items()]


def embed_code(exhibit: Exhibit) -> str:
    """HTML that shows the chart on another web page; empty where none may, or it has answers to a survey."""
    if not (settings.embed_hosts() and exhibit.asked):
        return ""
    address = f"{addresses.of_app()}/?embed=true&{addresses.PIECE}={exhibit.key}&{exhibit.asked}"
    return (
        f'<iframe src="{escape(address)}" title="{escape(exhibit.title)}" width="100%" height="{EMBEDDED}" '
        'loading="lazy" style="border: 0"></iframe>'
    )


def _reproduce(exhibit: Exhibit) -> None:
    """The command that makes the same file, and the tables that it is made from."""
    if exhibit.is_private:
        st.markdown(PRIVATE)
        return
    _show_figures_address(exhibit)
    if address := addresses.whole(pictures.address(exhibit, USUAL_FORMAT, USUAL_SIZE)):
        st.markdown("The address of the picture:")
        st.code(address, language=None, wrap_lines=True)
    st.code(command(exhibit, USUAL_FORMAT, USUAL_SIZE), language=None, wrap_lines=True)
    if exhibit.tables:
        st.markdown("The tables behind it, with their checksums (SHA-256):")
        st.code("\n".join(f"{sha256}  {name}" for name, sha256 in exhibit.tables), language=None)
    else:
        st.markdown(MADE_UP if exhibit.is_illustrative else SAVED)


def _show_figures_address(exhibit: Exhibit) -> None:
    """Where other programs fetch the figures, unless that is switched off."""
    if address := addresses.whole(exhibit.figures_at):
        st.markdown("The address of its figures, for Power Query, Google Sheets and scripts:")
        st.code(address, language=None, wrap_lines=True)


def command(exhibit: Exhibit, made_as: str, size: str) -> str:
    """What to type where the app is installed, to make the same file."""
    name = pictures.file_name(exhibit, made_as, size)
    return (
        f'python -m pages "{exhibit.link}" --piece {exhibit.key} --format {made_as} --size {size} -o "{name}"'
    )
