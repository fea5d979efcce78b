"""The commands that bring in newer figures, say how fresh they are, and take them back."""

import argparse
import dataclasses
import datetime as dt
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn

from data_loaders import changes, versions
from data_loaders.http import HttpSession
from data_loaders.library import open_library
from data_loaders.publisher import Download
from data_loaders.refresh import PUBLISHERS, Order, Outcome, refresh, take_files
from data_loaders.settings import live_folder
from data_loaders.status import source_status
from geo.tables.london import load_london
from pages.command_line.names import TABLE_FORMATS, choose

# how many figures of a report are printed: the data page has them all
PRINTED = 40


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands `refresh`, `status`, `import` and `rollback`."""
    refreshing = commands.add_parser("refresh", help="bring in the newest figures of every publisher")
    refreshing.add_argument(
        "sources", nargs="*", metavar="SOURCE", help=f"of {', '.join(PUBLISHERS)}; all by default"
    )
    _add_caution(refreshing)
    refreshing.add_argument(
        "--year", type=int, help="the year of boundaries and of the ICS lookup; the newest by default"
    )
    refreshing.set_defaults(command=_refresh)

    status = commands.add_parser("status", help="say how fresh each source is, and how the last try went")
    status.add_argument("--format", default="text", help="text, csv or json")
    status.set_defaults(command=_status)

    importing = commands.add_parser(
        "import",
        help="take in files that were downloaded by hand",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_files_meant(),
    )
    importing.add_argument("source", metavar="SOURCE", help=", ".join(PUBLISHERS))
    importing.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="one or more files of this source"
    )
    importing.add_argument("--date", type=dt.date.fromisoformat, help="the file's date, if its name has none")
    _add_caution(importing)
    importing.set_defaults(command=_import)

    rollback = commands.add_parser("rollback", help="bring back the version before the one in use")
    rollback.add_argument("source", metavar="SOURCE", help=", ".join(PUBLISHERS))
    rollback.set_defaults(command=_rollback)


def _add_caution(command: argparse.ArgumentParser) -> None:
    command.add_argument("--accept", action="store_true", help="take in what was held back as suspicious")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")


def _refresh(options: argparse.Namespace) -> int:
    sources = [choose("source", name, PUBLISHERS) for name in options.sources] or list(PUBLISHERS)
    order = dataclasses.replace(_order(options), year=options.year)
    outcomes = []
    bars = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*bars, console=Console(stderr=True)) as progress:
        for source in sources:
            task = progress.add_task(PUBLISHERS[source].title, total=None)

            def note_bytes(done: int, total: int | None, task: TaskID = task) -> None:
                progress.update(task, completed=done, total=total)

            outcomes.append(refresh(source, order, HttpSession(on_bytes=note_bytes)))
            progress.update(task, total=progress.tasks[task].completed)
    return _report(outcomes)


def _files_meant() -> str:
    """Which file is meant for each source, as help prints it."""
    entries = [
        textwrap.fill(f"{source}: {publisher.file_hint}", 78, initial_indent="  ", subsequent_indent="    ")
        for source, publisher in PUBLISHERS.items()
    ]
    kept = "Take a file as it was downloaded, without opening it in a spreadsheet program."
    return "\n".join(["the file that is meant for each source:", *entries, "", kept])


def _import(options: argparse.Namespace) -> int:
    source = choose("source", options.source, PUBLISHERS)
    if options.date and len(options.files) > 1:
        print("One date cannot be that of several files: import them one by one.", file=sys.stderr)
        return 1
    try:
        # the name without its folder, because the page shows it to everybody
        files = [Download(path.read_bytes(), path.name, published=options.date) for path in options.files]
    except OSError as error:
        print(f"{error.filename} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    together = [files] if PUBLISHERS[source].together else [[file] for file in files]
    outcomes = [take_files(source, each, _order(options)) for each in together]
    status = _report(outcomes)
    if any(outcome.kind == "failed" for outcome in outcomes):
        print(f"The file that is meant for {source} is {PUBLISHERS[source].file_hint}.")
        print("Import it as it was downloaded: a spreadsheet program may have changed it on saving.")
    return status


def _order(options: argparse.Namespace) -> Order:
    # geopandas takes a second to import, which only those who refresh should wait for
    from geo.boundaries.draw import redraw

    return Order(live_folder(), dt.date.today(), redraw, accept=options.accept, dry_run=options.dry_run)


def _report(outcomes: Sequence[Outcome]) -> int:
    """Print how each source went and what changed; 1 when one was not taken in."""
    london = load_london()
    names = london.areas.set_index("area_code")["area_name"].to_dict()
    for outcome in outcomes:
        print(f"{outcome.source_id}: {outcome.message}")
        most = PRINTED if outcome.kind == "replaced" else len(outcome.report)
        # lists and children of small areas have no figures of authorities: their remarks say what is other
        is_told = outcome.report.empty and outcome.remarks
        changed = changes.describe(outcome.report, names, most) if outcome.has_news and not is_told else []
        for line in (*outcome.remarks, *changed):
            print(f"  {line}")
    return 1 if any(outcome.kind in ("failed", "held") for outcome in outcomes) else 0


def _status(options: argparse.Namespace) -> int:
    formats = {"text": _as_text, **TABLE_FORMATS}
    write = formats[choose("format", options.format, formats)]
    library = open_library()
    sys.stdout.write(write(source_status(library, live_folder())))
    for note in library.notes:
        print(note, file=sys.stderr)
    return 0


def _as_text(frame: pd.DataFrame) -> str:
    """Columns side by side, without the long titles."""
    columns = frame.drop(columns="title")
    texts = pd.concat([columns.columns.to_frame().T, columns])
    widths = texts.map(len).max()
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in texts.itertuples(index=False))
    return "\n".join(lines) + "\n"


def _rollback(options: argparse.Namespace) -> int:
    source = choose("source", options.source, PUBLISHERS)
    try:
        version = versions.rollback(source, live_folder())
    except (LookupError, versions.BusyError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Nothing was changed in {live_folder()}: {error.strerror or error}.", file=sys.stderr)
        return 1
    shown = f"the copy retrieved {version.retrieved}" if version else "the embedded figures"
    print(f"{source} now shows {shown}.")
    return 0
