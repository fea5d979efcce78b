"""What whoever runs the app may set, by environment variables; docs/refreshing.md explains them."""

import os
from pathlib import Path

from data_loaders.store import SNAPSHOT

LIVE = "BEYOND_BOUNDARIES_LIVE"
ENDPOINTS = "BEYOND_BOUNDARIES_ENDPOINTS"
REFRESH_HOURS = "BEYOND_BOUNDARIES_REFRESH_HOURS"


def live_folder() -> Path:
    """The folder of downloaded figures; `cache/live` unless it is set."""
    return Path(os.environ.get(LIVE) or SNAPSHOT.parent / "live")


def endpoints_file() -> Path | None:
    """A table of addresses that take the place of the publishers' own, for a mirror; None by default."""
    given = os.environ.get(ENDPOINTS)
    return Path(given) if given else None


def refresh_hours() -> float | None:
    """How often the running app refreshes by itself, in hours; None, the default, for never.

    Raises ValueError when the setting is not a positive number.
    """
    given = os.environ.get(REFRESH_HOURS)
    if not given:
        return None
    hours = float(given)
    if not hours > 0:
        raise ValueError(f"{REFRESH_HOURS} must be a number of hours above 0, not {given!r}.")
    return hours
