"""What is known of saved answers beside the answers themselves, without the database that they are in."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class ArchiveError(Exception):
    """Saved answers cannot be read or saved. The message is a sentence for the user."""


class StaleError(ArchiveError):
    """Another version was saved since the one that was to be replaced. The message is a sentence."""


class Saved(NamedTuple):
    """A version of a wave: when it was saved (UTC), by whom (an e-mail address), how much it has."""

    instrument: str
    wave: str
    version: int
    saved_at: dt.datetime
    saved_by: str
    boroughs: int
    answers: int


def latest(found: Iterable[Saved]) -> list[Saved]:
    """The latest version of each wave."""
    return list({(saved.instrument, saved.wave): saved for saved in sorted(found)}.values())


def in_order(found: Iterable[Saved], instrument: str) -> list[Saved]:
    """All versions of all waves of an instrument in the order in which they were saved."""
    own = (saved for saved in found if saved.instrument == instrument)
    return sorted(own, key=lambda saved: (saved.saved_at, saved.wave, saved.version))
