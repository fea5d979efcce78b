"""The commands `survey list | table | withdraw | export | restore`.

`table` obeys what may be shown; `export` is for whoever runs the app, and says what it holds.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data_loaders import settings, versions
from data_loaders.survey.saved import WHOLE_WAVE, ArchiveError, Saved, in_order
from geo.survey.listing import LEVELS, listing
from geo.survey.maturity import publish
from geo.tables.listing import as_csv
from geo.tables.london import load_london
from pages.command_line.names import TABLE_FORMATS, choose

NOTHING = "No answers were saved yet."


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `survey` and those below it."""
    survey = commands.add_parser("survey", help="list, print, withdraw, export or restore saved answers")
    below = survey.add_subparsers(required=True, metavar="COMMAND")

    listed = below.add_parser("list", help="all versions of all waves: when they were saved, and by whom")
    listed.set_defaults(command=lambda options: _in_words(_list, options))

    table = below.add_parser("table", help="print what may be shown of a wave")
    table.add_argument("instrument", metavar="INSTRUMENT")
    table.add_argument("--wave", help="the latest by default")
    table.add_argument("--ics", help="only the boroughs and the figures of one ICS, by its code, such as NEL")
    table.add_argument("--vintage", help="ICS boundaries, such as 2022; those of today by default")
    table.add_argument("--format", default="csv", help="csv or json")
    table.set_defaults(command=lambda options: _in_words(_table, options))

    withdraw = below.add_parser("withdraw", help="take back an authority's answers of a wave, or all of it")
    withdraw.add_argument("instrument", metavar="INSTRUMENT")
    withdraw.add_argument("--wave", required=True)
    whose = withdraw.add_mutually_exclusive_group(required=True)
    whose.add_argument("--borough", help="the name of the authority")
    whose.add_argument("--whole-wave", action="store_true", help="everybody's answers")
    withdraw.add_argument("--by", required=True, help="who takes them back, for the record")
    withdraw.add_argument("--reason", required=True, help="why, for the record")
    withdraw.set_defaults(command=lambda options: _in_words(_withdraw, options))

    export = below.add_parser("export", help="write everything that was saved to one file")
    export.add_argument("file", metavar="FILE", type=Path)
    export.set_defaults(command=lambda options: _in_words(_export, options))

    restore = below.add_parser("restore", help="put everything of such a file back")
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument("--replace", action="store_true", help="remove what is there first")
    restore.set_defaults(command=lambda options: _in_words(_restore, options))


def _in_words(command: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    try:
        return command(options)
    except (ArchiveError, settings.SettingError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename} cannot be used: {error.strerror}.", file=sys.stderr)
    return 1


def _list(_: argparse.Namespace) -> int:
    from data_loaders.survey.archive import Archive

    found = []
    if settings.has_archive():
        with Archive.open() as archive:
            found = archive.versions()
    rows = [saved._replace(saved_at=saved.saved_at.isoformat()) for saved in found]  # type: ignore[arg-type]
    sys.stdout.write(as_csv(pd.DataFrame(rows, columns=Saved._fields)))
    return 0


def _table(options: argparse.Namespace) -> int:
    from data_loaders.survey.archive import Archive

    write = TABLE_FORMATS[choose("format", options.format, TABLE_FORMATS)]
    london = load_london()
    instrument = london.instruments[choose("set of questions", options.instrument, london.instruments)]
    vintage = choose("vintage", options.vintage or london.vintage_on(dt.date.today()), london.vintages)
    scope = choose("ICS", options.ics.upper(), london.ics_names[vintage]) if options.ics else None
    if not settings.has_archive():
        raise ArchiveError(NOTHING)
    with Archive.open() as archive:
        waves = {saved.wave: saved for saved in archive.latest() if saved.instrument == options.instrument}
        if not waves:
            raise ArchiveError(f"No answers to “{instrument.name}” were saved yet.")
        saved = waves[choose("wave", options.wave, waves) if options.wave else max(waves)]
        order = in_order(archive.versions(), saved.instrument)
        published = publish([archive.answers(one) for one in order], instrument, london)
        shown = published[order.index(saved)]
    about = {
        "version": str(saved.version),
        "saved_on": saved.saved_at.date().isoformat(),
        "status": "self_reported",
        "note": LEVELS,
    }
    sys.stdout.write(write(listing(shown, instrument, saved.wave, london, vintage, scope).assign(**about)))
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    from data_loaders.survey.archive import Archive

    london = load_london()
    instrument = choose("set of questions", options.instrument, london.instruments)
    authority = WHOLE_WAVE
    if options.borough:
        authority = london.borough_codes[choose("borough", options.borough, london.borough_codes)]
    if not settings.has_archive():
        raise ArchiveError(NOTHING)
    with Archive.open() as archive:
        waves = {saved.wave: saved for saved in archive.latest() if saved.instrument == instrument}
        if not waves:
            raise ArchiveError(f"No answers to “{london.instruments[instrument].name}” are shown.")
        before = waves[choose("wave", options.wave, waves)]
        saved = archive.withdraw(before, authority, options.by, options.reason)
    print(
        f"Version {saved.version} of {instrument}, {saved.wave}, is without them: {saved.answers} answers are"
        " left."
    )
    return 0


def _export(options: argparse.Namespace) -> int:
    from data_loaders.survey import backup
    from data_loaders.survey.archive import Archive

    if not settings.has_archive():
        raise ArchiveError(NOTHING)
    with Archive.open() as archive:
        kept = backup.export(archive, options.file, versions.now())
    print(f"Wrote {_count(len(kept))} to {options.file}. {backup.CONFIDENTIAL}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from data_loaders.survey import backup
    from data_loaders.survey.archive import Archive

    # read first: a file that is damaged must not make an archive
    kept = backup.read(options.file.read_bytes())
    with Archive.open(make=True) as archive:
        archive.restore(kept, options.replace)
    print(f"Restored {_count(len(kept))} from {options.file}.")
    return 0


def _count(number: int) -> str:
    return f"{number} {'version' if number == 1 else 'versions'}"
