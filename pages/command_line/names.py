"""Names that are given on the command line, each found or answered with the nearest."""

import sys
from collections.abc import Iterable
from typing import NoReturn

from data_loaders.catalogue import nearest
from geo.tables.listing import as_csv, as_json

TABLE_FORMATS = {"csv": as_csv, "json": as_json}


def choose(kind: str, name: str, known: Iterable[str]) -> str:
    """The name, if it is known; otherwise say which one is nearest, and leave with status 2."""
    names = list(known)
    return name if name in names else _unknown(kind, name, names)


def _unknown(kind: str, name: str, names: list[str]) -> NoReturn:
    print(f"There is no {kind} {name!r}; the nearest is {nearest(name, names, likeness=0)}.", file=sys.stderr)
    raise SystemExit(2)
