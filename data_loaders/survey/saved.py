"""What is known of saved answers beside the answers themselves, without the database that they are in."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class ArchiveError(Exception):
    """Saved answers cannot be read or saved. The message is a sentence for the user."""


class StaleError(ArchiveError):
    """Another version was saved since the one that was to be replaced. The message is a sentence."""


# whose answers are taken back when it is the whole wave
WHOLE_WAVE = "all"


class Saved(NamedTuple):
    """A version of a wave: when it was saved (UTC), by whom (an e-mail address), how much it has.

    One that takes answers back says whose in `withdraws`, the code of an authority or WHOLE_WAVE, and why; it
    has the other answers, or none.
    """

    instrument: str
    wave: str
    version: int
    saved_at: dt.datetime
    saved_by: str
    boroughs: int
    answers: int
    withdraws: str = ""
    reason: str = ""


def latest(found: Iterable[Saved]) -> list[Saved]:
    """The latest version of each wave."""
    return list({(saved.instrument, saved.wave): saved for saved in sorted(found)}.values())


def in_order(found: Iterable[Saved], instrument: str) -> list[Saved]:
    """All versions of all waves of an instrument in the order in which they were saved."""
    own = (saved for saved in found if saved.instrument == instrument)
    return sorted(own, key=lambda saved: (saved.saved_at, saved.wave, saved.version))
