"""The command `exhibit`: a picture or table of a page as a file, from the link of a view.

What a page is made of is imported when it is asked for: other commands do not wait for it.
"""

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data_loaders.settings import SettingError
from data_loaders.store import SnapshotError
from pages.command_line.names import choose

if TYPE_CHECKING:
    from pages.exports.exhibit import Exhibit

USUAL_TABLE, USUAL_PICTURE = "csv", "svg"
KINDS = f"kind of file (default: as --output ends; else {USUAL_PICTURE}, or {USUAL_TABLE} of a table)"


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `exhibit`."""
    exhibit = commands.add_parser("exhibit", help="make one picture or table of a page as a file")
    exhibit.add_argument("link", help="the link of a view, as the browser shows it, or what follows its ?")
    exhibit.add_argument(
        "--piece", required=True, help="which exhibit of the page, as the command below each picture names it"
    )
    exhibit.add_argument("--format", help=KINDS)
    exhibit.add_argument("--size", default="screen", help="size of a picture (default: screen)")
    exhibit.add_argument("-o", "--output", type=Path, help="the file to write (default: the usual name)")
    exhibit.set_defaults(command=_exhibit)


def _exhibit(options: argparse.Namespace) -> int:
    """Make the file and say where it is; 2, with a sentence, when there is none to make."""
    # Streamlit warns that nobody is looking; nobody is meant to
    logging.disable(logging.WARNING)
    from pages.components.packs import registry
    from pages.exports import numbers, pictures

    key = choose("exhibit", options.piece, registry.EXHIBITS)
    size = choose("size", options.size, pictures.SIZES)
    formats = [*pictures.ALL_FORMATS, *numbers.FORMATS, *numbers.FOR_PROGRAMS]
    ending = options.output.suffix.removeprefix(".").lower() if options.output else ""
    by_name = ending if ending in formats else None
    asked_format = choose("format", options.format, formats) if options.format else by_name
    try:
        view, notes = registry.view_of(options.link)
        exhibit = None if notes else registry.exhibit_of(view, key)
    except (SnapshotError, SettingError) as problem:
        return _refuse(f"{problem}")
    if notes:
        wrong = registry.what_is_wrong(notes)
        return _refuse(f"The link cannot be followed, and nothing was made. {wrong}")
    if exhibit is None:
        return _refuse(registry.why_none(key))
    made_as = asked_format or (USUAL_TABLE if exhibit.drawing is None else USUAL_PICTURE)
    known = numbers.formats_of(exhibit)
    if exhibit.drawing is None and made_as in pictures.ALL_FORMATS:
        return _refuse(f"{exhibit.name} is a table: ask for --format {', '.join(known)}.")
    if made_as not in {*pictures.ALL_FORMATS, *known}:
        return _refuse(f"{exhibit.name} does not come as {made_as}: ask for --format {', '.join(known)}.")
    name, content = _file(exhibit, made_as, size)
    path = options.output or Path(name)
    try:
        path.write_bytes(content)
    except OSError as problem:
        return _refuse(f"{path} cannot be written: {problem.strerror}.")
    print(path)
    return 0


def _file(exhibit: "Exhibit", made_as: str, size: str) -> tuple[str, bytes]:
    """The usual name of the file, and what is in it."""
    from pages.exports import numbers, pictures

    if made_as not in pictures.ALL_FORMATS:
        return numbers.file_name(exhibit, made_as), numbers.formats_of(exhibit)[made_as].build(exhibit)
    return pictures.file_name(exhibit, made_as, size), pictures.ALL_FORMATS[made_as].build(exhibit, size)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
