"""The tables in use: the embedded snapshot, and over it the last good copy of what was downloaded.

A download lies in `cache/live/<source>/<version>/`, beside its own manifest. The file `current` of a source
names the version in use. A version that is not sound in every byte is passed over for the one before it, and
in the end for the snapshot: reading can only fall back, never fail, because of a download.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from data_loaders import store
from data_loaders.catalogue import Catalogue, load_catalogue
from data_loaders.settings import live_folder

CURRENT = "current"
# the word that stands in `current` when the embedded figures were asked for
EMBEDDED = "embedded"
# to be raised whenever the tables of a version change their meaning: other downloads are then not read
SCHEMA = 1
_EMBEDDED_SHOWN = "In its place the embedded figures are shown."


@dataclass(frozen=True)
class Version:
    """One download of a source, as its manifest tells of it.

    `retrieved` is a moment (ISO, UTC), `published` the publisher's date of the figures, `sha256` that of the
    bytes that came over the wire, `parser` the version of the code that read them. `remarks` are sentences
    about this download. `before` is what was in use when it came: a version's name, EMBEDDED, or empty where
    its manifest does not say.
    """

    source_id: str
    name: str
    address: str
    retrieved: str
    published: str
    etag: str
    sha256: str
    parser: int
    remarks: tuple[str, ...]
    entries: dict[str, store.Entry]
    before: str = ""

    @property
    def retrieved_on(self) -> dt.date:
        """The day of the download."""
        return dt.datetime.fromisoformat(self.retrieved).date()


@dataclass(frozen=True)
class Library:
    """All tables in use by name, the downloads among them by source, and what to tell the user about them."""

    entries: dict[str, store.Entry]
    versions: dict[str, Version]
    notes: tuple[str, ...] = ()

    def load_catalogue(self) -> Catalogue:
        """The catalogue. Raises store.SnapshotError when a table or a cell cannot be used."""
        return load_catalogue(self.entries)

    def with_version(self, version: Version) -> "Library":
        """The library in which this version is the one in use of its source."""
        others = {id_: other for id_, other in self.versions.items() if id_ != version.source_id}
        before = self.versions.get(version.source_id)
        entries = {
            name: entry
            for name, entry in self.entries.items()
            if before is None or name not in before.entries
        }
        return replace(
            self, entries=entries | version.entries, versions=others | {version.source_id: version}
        )


def open_library(snapshot: Path = store.SNAPSHOT, live: Path | None = None) -> Library:
    """The tables in use. Raises store.SnapshotError when the snapshot's own manifest cannot be read."""
    live = live or live_folder()
    library = Library(store.read_manifest(snapshot), {})
    try:
        on_disk = sources_on_disk(live)
    except store.SnapshotError as error:
        return replace(library, notes=(f"Downloads: {error} {_EMBEDDED_SHOWN}",))
    sources = load_catalogue(library.entries).sources if on_disk else {}
    notes = []
    # a volume has folders of its own, such as lost+found
    for source_id in (name for name in on_disk if name in sources):
        version, note = version_in_use(source_id, live)
        notes += [f"{sources[source_id].title}: {note}"] if note else []
        library = library.with_version(version) if version else library
    return replace(library, notes=tuple(notes))


def sources_on_disk(live: Path) -> list[str]:
    """The sources that were ever downloaded, in order. Raises store.SnapshotError when it cannot be read."""
    return _folders_in(live)


def versions_on_disk(source_id: str, live: Path) -> list[str]:
    """Names of all versions of a source, sound or not, the newest first.

    Raises store.SnapshotError when the folder of the source cannot be read.
    """
    return _folders_in(live / source_id)[::-1]


def _folders_in(folder: Path) -> list[str]:
    try:
        inside = list(folder.iterdir()) if folder.is_dir() else []
        return sorted(path.name for path in inside if path.is_dir() and not path.name.startswith("."))
    except OSError as error:
        said = f"the folder {folder.name} cannot be read by whom the app runs as ({error.strerror})."
        raise store.SnapshotError(said) from error


def named_current(source_id: str, live: Path) -> str | None:
    """What `current` says: a version, EMBEDDED, or None when it says nothing that can be followed."""
    try:
        name = (live / source_id / CURRENT).read_text(encoding="utf-8").strip()
        return name if name == EMBEDDED or name in versions_on_disk(source_id, live) else None
    except (OSError, ValueError, store.SnapshotError):
        return None


def version_in_use(source_id: str, live: Path) -> tuple[Version | None, str]:
    """The version to read, or None for the embedded figures, and a sentence when it is not the wanted one."""
    wanted = named_current(source_id, live)
    try:
        names = versions_on_disk(source_id, live)
    except store.SnapshotError as error:
        return None, f"{error} {_EMBEDDED_SHOWN}"
    if wanted == EMBEDDED or not names:
        return None, ""
    problem = ""
    for name in line_of(source_id, wanted or names[0], live):
        try:
            version = read_version(source_id, name, live)
        except store.SnapshotError as error:
            problem = problem or str(error)
            continue
        if problem:
            shown = f"the copy retrieved on {version.retrieved_on:%d %B %Y}".replace(" 0", " ")
            return version, f"{problem} In its place {shown} is shown."
        return version, ""
    return None, f"{problem} {_EMBEDDED_SHOWN}"


def line_of(source_id: str, name: str, live: Path) -> list[str]:
    """The versions on disk from this one back, each followed by the one that was in use when it came.

    A version that was withdrawn before this one came is not among them. Where a manifest does not say, the
    next older one on disk stands for it.
    """
    names, found = versions_on_disk(source_id, live), []
    while name in names and name not in found:
        found.append(name)
        older = next((other for other in names if other < name), "")
        name = _before(live / source_id / name) or older
    return found


def _before(folder: Path) -> str:
    try:
        return str(json.loads((folder / store.MANIFEST).read_bytes())["before"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def read_version(source_id: str, name: str, live: Path) -> Version:
    """A version whose every table is what its manifest says. Raises store.SnapshotError when it is not."""
    folder = live / source_id / name
    version = read_manifest(folder)
    problems = [
        problem for table in version.entries if (problem := store.disagreement(table, version.entries))
    ]
    if problems:
        raise store.SnapshotError(f"the newest download is damaged: {problems[0]}")
    return version


def read_manifest(folder: Path) -> Version:
    """What the manifest of a version says. Raises store.SnapshotError when it cannot be read."""
    source_id = folder.parent.name
    try:
        said = json.loads((folder / store.MANIFEST).read_bytes())
        if said["schema"] != SCHEMA:
            raise store.SnapshotError("the newest download was written by another edition of this app.")
        return Version(
            source_id=source_id,
            name=folder.name,
            entries=store.entries_of(said, folder),
            remarks=tuple(said["remarks"]),
            before=str(said.get("before", "")),
            **{key: said[key] for key in ("address", "retrieved", "published", "etag", "sha256", "parser")},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise store.SnapshotError("the manifest of the newest download cannot be read.") from error


def fingerprint(live: Path | None = None) -> str:
    """A text that changes whenever another version comes into use; cheap enough for every run of a page."""
    live = live or live_folder()
    try:
        said = [f"{id_}={named_current(id_, live)}" for id_ in sources_on_disk(live)]
    except store.SnapshotError as error:
        said = [str(error)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
