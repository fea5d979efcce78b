"""The command line: `python -m data_loaders table | indicators | check | seal | snapshot`.

It stands above the three layers, as app.py does, and may therefore import geo.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from data_loaders import checks, snapshot, store
from data_loaders.catalogue import as_frame, nearest
from geo.join import VINTAGES, load_london
from geo.listing import as_csv, as_json, listing

FORMATS = {"csv": as_csv, "json": as_json}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 for a failed check or damaged data, 2 for a wrong name."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except store.SnapshotError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data_loaders", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    table = commands.add_parser("table", help="print the joined table of one indicator")
    table.add_argument("indicator", help="an id from the command `indicators`")
    table.add_argument("--period", help="a period of the indicator; the latest by default")
    table.add_argument("--ics", help="only the boroughs of one ICS: NEL, NCL, NWL, SEL, SWL; WNL in 2026")
    table.add_argument("--vintage", default=VINTAGES[0], help="ICS boundaries of 2022 or 2026")
    table.add_argument("--format", default="csv", help="csv or json")
    table.set_defaults(command=_table)

    indicators = commands.add_parser("indicators", help="list the catalogue")
    indicators.add_argument("--format", default="csv", help="csv or json")
    indicators.set_defaults(command=_indicators)

    check = commands.add_parser("check", help="run the data contracts, one line each")
    check.set_defaults(command=_check)

    seal = commands.add_parser("seal", help="record tables that were changed on purpose in the manifest")
    seal.set_defaults(command=_seal)

    write = commands.add_parser("snapshot", help="write the observations from a folder of compiled figures")
    write.add_argument("folder", type=Path)
    write.set_defaults(command=_snapshot)
    return parser


def _table(options: argparse.Namespace) -> int:
    write = FORMATS[_choose("format", options.format, FORMATS)]
    london = load_london()
    indicator = _choose("indicator", options.indicator, london.catalogue.indicators)
    periods = london.periods[indicator]
    period = _choose("period", options.period, periods) if options.period else periods[0]
    vintage = _choose("vintage", options.vintage, VINTAGES)
    scope = _choose("ICS", options.ics.upper(), london.ics_names[vintage]) if options.ics else None
    sys.stdout.write(write(listing(london, indicator, period, vintage, scope)))
    return 0


def _indicators(options: argparse.Namespace) -> int:
    write = FORMATS[_choose("format", options.format, FORMATS)]
    sys.stdout.write(write(as_frame(load_london().catalogue)))
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


def _choose(kind: str, name: str, known: Iterable[str]) -> str:
    """The name, if it is known; otherwise say which one is nearest, and leave with status 2."""
    names = list(known)
    return name if name in names else _unknown(kind, name, names)


def _unknown(kind: str, name: str, names: list[str]) -> NoReturn:
    print(f"There is no {kind} {name!r}; the nearest is {nearest(name, names, likeness=0)}.", file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    raise SystemExit(main())
