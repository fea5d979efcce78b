"""The commands that print figures, and those that keep the embedded ones in order."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from data_loaders import checks, snapshot, store
from data_loaders.library import open_library
from data_loaders.within import ALL_SITES, DESIGNATED, USUAL, Within
from geo.access.indicators import load_ways
from geo.tables.listing import listing
from geo.tables.london import London, load_london
from geo.tables.offered import catalogue_table
from geo.tables.within import days_of, london_within
from pages.command_line.names import TABLE_FORMATS, choose
from pages.components.state.view import REACHES, View


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands `table`, `indicators`, `check`, `seal` and `snapshot`."""
    table = commands.add_parser("table", help="print the joined table of one indicator")
    table.add_argument("indicator", help="an id from the command `indicators`")
    table.add_argument("--period", help="a period of the indicator; the latest by default")
    table.add_argument("--ics", help="only the boroughs of one ICS, such as NEL")
    table.add_argument("--vintage", help="ICS boundaries, such as 2022; those of today by default")
    table.add_argument("--reach", default=View.reach, help="of access: metres within reach, 400 to 3000")
    table.add_argument("--sites", default=ALL_SITES, help=f"of access: {ALL_SITES}, or {DESIGNATED} alone")
    table.add_argument("--format", default="csv", help="csv or json")
    table.set_defaults(command=_table)

    indicators = commands.add_parser("indicators", help="list the catalogue")
    indicators.add_argument("--format", default="csv", help="csv or json")
    indicators.set_defaults(command=_indicators)

    check = commands.add_parser("check", help="run the data contracts, one line each")
    check.set_defaults(command=_check)

    seal = commands.add_parser("seal", help="record tables that were changed on purpose in the manifest")
    seal.set_defaults(command=_seal)

    write = commands.add_parser("snapshot", help="write the observations from the compiled figures")
    write.add_argument("folder", type=Path, nargs="?", default=snapshot.COMPILED)
    write.set_defaults(command=_snapshot)


def _table(options: argparse.Namespace) -> int:
    write = TABLE_FORMATS[choose("format", options.format, TABLE_FORMATS)]
    reach = int(choose("distance in metres", options.reach, REACHES))
    london = _london(Within(reach, choose("kind of sites", options.sites, (ALL_SITES, DESIGNATED))))
    indicator = choose("indicator", options.indicator, london.catalogue.indicators)
    periods = london.periods[indicator]
    period = choose("period", options.period, periods) if options.period else london.newest(indicator)
    vintage = choose("vintage", options.vintage or london.vintage_on(dt.date.today()), london.vintages)
    scope = choose("ICS", options.ics.upper(), london.ics_names[vintage]) if options.ics else None
    sys.stdout.write(write(listing(london, indicator, period, vintage, scope)))
    return 0


def _london(setting: Within) -> London:
    """The figures, those of access in this setting."""
    library = open_library()
    usual = load_london(library)
    if setting == USUAL:
        return usual
    ways = load_ways(library.entries, days_of(usual), setting.sites)
    return london_within(usual, ways, setting, library.entries)


def _indicators(options: argparse.Namespace) -> int:
    write = TABLE_FORMATS[choose("format", options.format, TABLE_FORMATS)]
    sys.stdout.write(write(catalogue_table(load_london())))
    return 0


def _check(_: argparse.Namespace) -> int:
    results = checks.check_all()
    for result in results:
        print(f"{'ok  ' if result.passed else 'FAIL'} {result.name}: {result.message}")
    return 0 if all(result.passed for result in results) else 1


def _seal(_: argparse.Namespace) -> int:
    for name in store.seal(dt.date.today()):
        print(f"recorded {name}")
    return 0


def _snapshot(options: argparse.Namespace) -> int:
    for name in snapshot.write_observations(options.folder):
        print(f"wrote {name}")
    return _seal(options)
