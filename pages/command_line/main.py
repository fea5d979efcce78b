"""Bring in figures, print them, check them, and take exhibits away, from a terminal."""

import argparse
import os
import sys
from collections.abc import Sequence

from data_loaders import store
from pages.command_line import exhibit, figures, refreshing, survey


def main(arguments: Sequence[str] | None = None, called: str = "beyond-boundaries") -> int:
    """Run one command; the exit status is 0, 1 when something failed or was held back, 2 for a wrong name."""
    options = _parser(called).parse_args(arguments)
    try:
        status = options.command(options)
        sys.stdout.flush()
        return status
    except store.SnapshotError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # the reader, such as `head`, has closed the pipe: on leaving, Python must not write the rest to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser(called: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=called, description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for subject in (refreshing, figures, survey, exhibit):
        subject.add_commands(commands)
    return parser
