"""How fresh each source is: the same table for the command line and the data page."""

import datetime as dt
from pathlib import Path

import pandas as pd

from data_loaders.library import Library
from data_loaders.settings import refresh_hours
from data_loaders.versions import last_answer, last_try

FAILURES = {"failed", "held"}
COLUMNS = ["source_id", "title", "figures_to", "retrieved", "from", "next_update", "last_try", "last_error"]

# a publisher that is away over a weekend, and a holiday, is no news
LATE = dt.timedelta(days=7)


def unanswered(library: Library, live: Path, now: dt.datetime) -> dict[str, dt.date]:
    """The sources of downloads in use of which nothing usable has come for LATE, and when it last did.

    Where the app refreshes by itself more seldom than that, two of its tries must have failed. A download of
    which nobody noted when it was tried is as old as it says. Raises data_loaders.settings.SettingError.
    """
    late = max(LATE, dt.timedelta(hours=2 * (refresh_hours() or 0)))
    answered = {
        source_id: last_answer(source_id, live) or dt.datetime.fromisoformat(version.retrieved)
        for source_id, version in library.versions.items()
    }
    return {source_id: at.date() for source_id, at in answered.items() if now - at > late}


def source_status(library: Library, live: Path) -> pd.DataFrame:
    """COLUMNS for each source with figures in use or to be had: dates are ISO, `from` live, snapshot or none.

    `retrieved` is when a download was made, or an embedded table written; `last_error` is empty after a
    success.
    """
    catalogue = library.load_catalogue()
    written: dict[str, str] = {}
    for entry in library.entries.values():
        written[entry.source_id] = max(written.get(entry.source_id, ""), entry.written)
    rows = []
    for source in catalogue.sources.values():
        version = library.versions.get(source.source_id)
        tried = last_try(source.source_id, live)
        rows.append(
            {
                "source_id": source.source_id,
                "title": source.title,
                "figures_to": version.published if version else source.figures_date,
                "retrieved": version.retrieved if version else written.get(source.source_id, ""),
                "from": "live" if version else "snapshot" if source.source_id in written else "none",
                "next_update": source.next_update,
                "last_try": tried["at"],
                "last_error": tried["message"] if tried["outcome"] in FAILURES else "",
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)
