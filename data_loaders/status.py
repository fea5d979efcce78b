"""How fresh each source is: the same table for the command line and the data page."""

from pathlib import Path

import pandas as pd

from data_loaders.library import Library
from data_loaders.versions import last_try

FAILURES = {"failed", "held"}
COLUMNS = ["source_id", "title", "figures_to", "retrieved", "from", "next_update", "last_try", "last_error"]


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
