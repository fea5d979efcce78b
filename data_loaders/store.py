"""Tables on disk, their manifest, and the check that the two agree.

A table is read only when a manifest names it and its SHA-256 is the recorded one, so that a figure on a page
is always the figure that was checked in. The embedded snapshot has one manifest; each downloaded version has
its own (data_loaders.library).
"""

import csv
import datetime as dt
import functools
import hashlib
import io
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pandas as pd

SNAPSHOT = Path(__file__).resolve().parent.parent / "cache" / "snapshot"
MANIFEST = "manifest.json"
SUFFIXES = {".csv", ".geojson", ".topojson", ".parquet"}


class SnapshotError(Exception):
    """A table of the snapshot cannot be trusted. The message is a sentence for the user."""


@dataclass(frozen=True)
class Entry:
    """What a manifest says of one table. `rows` counts records or features; the table lies in `folder`."""

    table: str
    source_id: str
    source: str
    address: str
    licence: str
    figures_date: str
    written: str
    rows: int
    sha256: str
    folder: Path = field(default=SNAPSHOT, compare=False)

    @property
    def path(self) -> Path:
        """Where the table lies."""
        return self.folder / self.table


def read_manifest(folder: Path = SNAPSHOT) -> dict[str, Entry]:
    """Manifest entries by table name. Raises SnapshotError when the file is missing or is not a manifest."""
    path = folder / MANIFEST
    try:
        return entries_of(json.loads(path.read_text(encoding="utf-8")), folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(
            f"The list of embedded tables ({path.name}) cannot be read: {why(error)}."
        ) from error


def why(error: Exception) -> str:
    """What an error says, without where on this machine a file is: visitors may read it."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)


def entries_of(manifest: dict, folder: Path) -> dict[str, Entry]:
    """The entries of a decoded manifest. Raises KeyError or TypeError when it is not one."""
    return {entry["table"]: Entry(**entry, folder=folder) for entry in manifest["tables"]}


def as_records(entries: dict[str, Entry]) -> list[dict]:
    """Entries as a manifest writes them, in order of their tables."""
    records = [asdict(entries[name]) for name in sorted(entries)]
    return [{key: value for key, value in record.items() if key != "folder"} for record in records]


def write_manifest(entries: dict[str, Entry], folder: Path = SNAPSHOT) -> None:
    """Write the manifest, sorted by table, so that a change shows as a small difference."""
    text = json.dumps({"tables": as_records(entries)}, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def tables_on_disk(folder: Path = SNAPSHOT) -> list[str]:
    """Names of all tables in the folder, relative to it and with forward slashes, in order."""
    files = (path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return sorted(path.relative_to(folder).as_posix() for path in files)


def disagreement(table: str, entries: dict[str, Entry]) -> str | None:
    """Why a table is refused, as a sentence, or None when it is what the manifest says."""
    try:
        _agreed(table, entries)
    except SnapshotError as error:
        return str(error)
    return None


def _agreed(table: str, entries: dict[str, Entry]) -> bytes:
    """The bytes of a table that is what the manifest says. Raises SnapshotError when it is not."""
    if table not in entries:
        raise SnapshotError(f"{table} is not in the manifest.")
    try:
        content = entries[table].path.read_bytes()
    except FileNotFoundError as error:
        raise SnapshotError(f"{table} is in the manifest but not on disk.") from error
    except OSError as error:
        said = f"{table} cannot be read by whom the app runs as ({error.strerror})."
        raise SnapshotError(said) from error
    if hashlib.sha256(content).hexdigest() != entries[table].sha256:
        raise SnapshotError(f"{table} differs from the copy that the manifest describes.")
    return content


def read_bytes(table: str, entries: dict[str, Entry]) -> bytes:
    """The bytes of a table that agrees with the manifest. Raises SnapshotError otherwise."""
    try:
        return _agreed(table, entries)
    except SnapshotError as error:
        raise SnapshotError(
            f"{error} Nothing is drawn from it. "
            "Restore the file, or run `python -m data_loaders seal` after a deliberate change."
        ) from error


def read_text_table(table: str, entries: dict[str, Entry]) -> pd.DataFrame:
    """A CSV table with every cell as text; an empty cell is an empty string. Raises SnapshotError."""
    try:
        return _text_table(read_bytes(table, entries)).copy()
    except ValueError as error:
        raise SnapshotError(f"{table} cannot be read as a table: {error}.") from error


# the same small tables are asked for several times in a refresh
@functools.lru_cache(maxsize=64)
def _text_table(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def read_shapes(table: str, entries: dict[str, Entry]) -> dict:
    """A GeoJSON or TopoJSON file as plain Python values."""
    return json.loads(read_bytes(table, entries))


# shapes are large and seldom change, and each refresh counts them
@functools.lru_cache(maxsize=128)
def count_rows(table: str, content: bytes) -> int:
    """Records of a CSV or Parquet table, or features of a GeoJSON or TopoJSON file."""
    if table.endswith(".parquet"):
        from pyarrow.parquet import read_metadata  # here, because only those who seal need it

        return read_metadata(io.BytesIO(content)).num_rows
    if table.endswith(".geojson"):
        return len(json.loads(content)["features"])
    if table.endswith(".topojson"):
        return sum(len(drawn["geometries"]) for drawn in json.loads(content)["objects"].values())
    # this only counts: whoever reads the table refuses what is not UTF-8
    text = content.decode("utf-8", errors="replace")
    return sum(1 for _ in csv.reader(io.StringIO(text, newline=""))) - 1


def seal(written: dt.date, folder: Path = SNAPSHOT) -> list[str]:
    """Bring the manifest into agreement with the tables on disk; return the names that changed.

    A table's source is the one its manifest entry names already; a new table under `observations/` is named
    after its source, and any other new table is the project's own. Raises SnapshotError when that source is
    not in sources.csv.
    """
    known = read_manifest(folder) if (folder / MANIFEST).exists() else {}
    try:
        sources = pd.read_csv(folder / "sources.csv", dtype=str, keep_default_na=False).set_index("source_id")
        sources = sources[["title", "url", "licence", "figures_date"]]
    except (OSError, ValueError, KeyError) as error:
        raise SnapshotError(f"sources.csv cannot be read as the table of sources: {error}.") from error
    if not sources.index.is_unique:
        raise SnapshotError("sources.csv names a source twice.")
    entries, changed = {}, []
    for table in tables_on_disk(folder):
        if table in known and disagreement(table, known) is None:
            written_on = known[table].written
        else:
            written_on = written.isoformat()
            changed.append(table)
        source_id = known[table].source_id if table in known else _source_of_new_table(table)
        if source_id not in sources.index:
            raise SnapshotError(f"{table} names the source {source_id}, which is not in sources.csv.")
        source = sources.loc[source_id]
        content = (folder / table).read_bytes()
        entries[table] = Entry(
            table=table,
            source_id=source_id,
            source=source["title"],
            address=source["url"],
            licence=source["licence"],
            figures_date=source["figures_date"],
            written=written_on,
            rows=count_rows(table, content),
            sha256=hashlib.sha256(content).hexdigest(),
            folder=folder,
        )
    write_manifest(entries, folder)
    return changed + sorted(set(known) - set(entries))


def _source_of_new_table(table: str) -> str:
    folder, _, name = table.rpartition("/")
    return name.removesuffix(".csv") if folder == "observations" else "project"
