"""One exhibit of a page as a file, from the link of a view: `python -m pages "<link>" --piece map`."""

import argparse
import logging
import sys
from pathlib import Path

from data_loaders.settings import SettingError
from data_loaders.store import SnapshotError
from pages.components.packs import registry
from pages.exports import numbers, pictures
from pages.exports.exhibit import Exhibit

USUAL_TABLE, USUAL_PICTURE = "csv", "svg"
KINDS = f"kind of file (default: {USUAL_PICTURE}, or {USUAL_TABLE} of a table)"


def main(arguments: list[str] | None = None) -> int:
    """Make the file and say where it is; 2, with a sentence, when there is none to make."""
    parser = argparse.ArgumentParser(prog="python -m pages", description=__doc__)
    parser.add_argument("link", help="the link of a view, as the browser shows it, or what follows its ?")
    parser.add_argument(
        "--piece", dest="exhibit", required=True, choices=registry.EXHIBITS, help="which exhibit of the page"
    )
    parser.add_argument("--format", choices=[*pictures.FORMATS, *numbers.FORMATS], help=KINDS)
    parser.add_argument("--size", choices=pictures.SIZES, default="screen", help="size of a picture")
    parser.add_argument("-o", "--output", type=Path, help="the file to write (default: the usual name)")
    asked = parser.parse_args(arguments)
    # Streamlit warns that nobody is looking; nobody is meant to
    logging.disable(logging.WARNING)
    try:
        view, notes = registry.view_of(asked.link)
        exhibit = None if notes else registry.exhibit_of(view, asked.exhibit)
    except (SnapshotError, SettingError) as problem:
        return _refuse(f"{problem}")
    if notes:
        wrong = ". ".join(note.partition(": this shows")[0].rstrip(".") for note in notes)
        return _refuse(f"The link cannot be followed, and nothing was made. {wrong}.")
    if exhibit is None:
        return _refuse(registry.why_none(asked.exhibit))
    made_as = asked.format or (USUAL_TABLE if exhibit.drawing is None else USUAL_PICTURE)
    if exhibit.drawing is None and made_as in pictures.FORMATS:
        return _refuse(f"{exhibit.name} is a table: ask for --format {', '.join(numbers.FORMATS)}.")
    name, content = _file(exhibit, made_as, asked.size)
    path = asked.output or Path(name)
    try:
        path.write_bytes(content)
    except OSError as problem:
        return _refuse(f"{path} cannot be written: {problem.strerror}.")
    print(path)
    return 0


def _file(exhibit: Exhibit, made_as: str, size: str) -> tuple[str, bytes]:
    """The usual name of the file, and what is in it."""
    if made_as in numbers.FORMATS:
        made = numbers.FORMATS[made_as]
        return f"{exhibit.stem}{made.suffix}", made.build(exhibit)
    return pictures.file_name(exhibit, made_as, size), pictures.FORMATS[made_as].build(exhibit, size)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
