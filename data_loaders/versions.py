"""Keep downloads: whole or not at all, one writer at a time, the last few versions of each source.

A version is written into a folder that no reader looks at, flushed to the disk, and renamed in one step; then
`current` is replaced in one step. A process that is killed, or a disk that is full, leaves at most a hidden
folder, which the next writer removes.
"""

import contextlib
import datetime as dt
import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from data_loaders import library, store
from data_loaders.library import CURRENT, EMBEDDED, SCHEMA, Version

KEPT = 5
LAST_TRY = "last_try.json"
# outcomes of a try whose figures are those that the publisher has
ANSWERS = {"replaced", "unchanged"}
_LOCK = ".lock"
_PARTIAL = ".partial"
# publishing takes seconds; whoever waits longer has met a writer that hangs
WAIT_S = 120


class BusyError(Exception):
    """Another process is writing. The message is a sentence for the user."""


@contextlib.contextmanager
def writing(live: Path) -> Iterator[None]:
    """Be the only writer. Raises BusyError when another one does not finish in time, OSError for the disk."""
    live.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(live / _LOCK, timeout=WAIT_S):
            yield
    except Timeout as error:
        raise BusyError("Another refresh is still writing. Nothing was changed; try again later.") from error


def stage(about: Version, tables: dict[str, bytes], live: Path) -> Version:
    """Write a version where no reader looks, and return it as read back. Call within writing()."""
    source = live / about.source_id
    source.mkdir(parents=True, exist_ok=True)
    for leftover in source.glob(f"{_PARTIAL}*"):
        shutil.rmtree(leftover)
    folder = source / f"{_PARTIAL}-{about.name}"
    manifest = {
        "schema": SCHEMA,
        **{
            key: getattr(about, key)
            for key in ("address", "retrieved", "published", "etag", "sha256", "parser", "before")
        },
        "remarks": list(about.remarks),
        "tables": store.as_records(about.entries),
    }
    said = (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
    try:
        for name, content in {**tables, store.MANIFEST: said}.items():
            _write(folder / name, content)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return library.read_manifest(folder)


def publish(staged: Version, live: Path) -> Version:
    """Bring a staged version into use, and let go of those beyond the last KEPT. Call within writing()."""
    source = live / staged.source_id
    name = staged.name.removeprefix(f"{_PARTIAL}-")
    (source / staged.name).rename(source / name)
    try:
        _sync(source)
        point_to(staged.source_id, name, live)
    except OSError:
        # else a later rollback could bring a version into use that was said to have failed
        shutil.rmtree(source / name, ignore_errors=True)
        raise
    # a clock that ran fast has left versions that seem newer than this one
    others = [other for other in library.versions_on_disk(staged.source_id, live) if other != name]
    for old in others[KEPT - 1 :]:
        shutil.rmtree(source / old)
    return library.read_version(staged.source_id, name, live)


def discard(staged: Version, live: Path) -> None:
    """Remove a staged version, unless it was published."""
    shutil.rmtree(live / staged.source_id / staged.name, ignore_errors=True)


def point_to(source_id: str, name: str, live: Path) -> None:
    """Make a version, or EMBEDDED, the one in use."""
    source = live / source_id
    _write(source / f"{CURRENT}.new", f"{name}\n".encode())
    os.replace(source / f"{CURRENT}.new", source / CURRENT)
    _sync(source)


def rollback(source_id: str, live: Path) -> Version | None:
    """Bring back what was in use before, never a version that was withdrawn; None for the embedded figures.

    Raises LookupError when nothing was downloaded or the embedded figures are in use already.
    """
    with writing(live):
        in_use, _ = library.version_in_use(source_id, live)
        if in_use is None:
            raise LookupError(f"{source_id} shows the embedded figures: there is nothing before them.")
        for name in library.line_of(source_id, in_use.name, live)[1:]:
            try:
                version = library.read_version(source_id, name, live)
            except store.SnapshotError:
                continue
            point_to(source_id, name, live)
            return version
        point_to(source_id, EMBEDDED, live)
        return None


def note_try(source_id: str, outcome: str, message: str, live: Path) -> None:
    """Remember how the last try of a source went: its moment, a word and a sentence. Raises OSError.

    With it stays when the source last answered with figures that could be used, if not this time.
    """
    source = live / source_id
    source.mkdir(parents=True, exist_ok=True)
    at = now().isoformat(timespec="seconds")
    answered = at if outcome in ANSWERS else _noted(source_id, live).get("answered", "")
    said = {"at": at, "outcome": outcome, "message": message, "answered": answered}
    # without the lock, so that a try that failed because another was writing is noted too
    new = source / f"{LAST_TRY}.{os.getpid()}.{threading.get_ident()}"
    _write(new, json.dumps(said, ensure_ascii=False).encode())
    os.replace(new, source / LAST_TRY)


def last_try(source_id: str, live: Path) -> dict[str, str]:
    """`at`, `outcome` and `message` of the last try; empty texts when there was none or it cannot be read."""
    said = _noted(source_id, live)
    return {key: said.get(key, "") for key in ("at", "outcome", "message")}


def last_answer(source_id: str, live: Path) -> dt.datetime | None:
    """When a source last answered with figures that could be used, new or not; None where nobody noted it.

    A try that was noted by an earlier version of the app says so of itself alone.
    """
    said = _noted(source_id, live)
    moment = said.get("answered") or (said.get("at") if said.get("outcome") in ANSWERS else "")
    try:
        return dt.datetime.fromisoformat(moment or "")
    except ValueError:
        return None


def _noted(source_id: str, live: Path) -> dict[str, str]:
    """All that was noted of the last try; nothing when it cannot be read."""
    try:
        said = dict(json.loads((live / source_id / LAST_TRY).read_bytes()))
        return {str(key): str(value) for key, value in said.items()}
    except (OSError, ValueError, TypeError):
        return {}


def now() -> dt.datetime:
    """This moment in UTC."""
    return dt.datetime.now(dt.UTC)


def _write(path: Path, content: bytes) -> None:
    """Write a file and flush it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Flush a folder's list of names, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
