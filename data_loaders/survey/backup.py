"""Everything that was saved, in one file: to keep elsewhere, to move to another machine, to put back.

The file is a zip of versions.jsonl, one version of a wave in each line with all its answers, of
manifest.json with its checksum, and of a note that says what must not be shown.
"""

import contextlib
import datetime as dt
import hashlib
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

from data_loaders.damaged import RAISED
from data_loaders.survey.answers import ANSWER_COLUMNS
from data_loaders.survey.archive import Archive
from data_loaders.survey.saved import ArchiveError, Saved

SCHEMA = 1
VERSIONS, MANIFEST, NOTE = "versions.jsonl", "manifest.json", "READ ME FIRST.txt"
CONFIDENTIAL = (
    "This file holds answers that must not be shown: those at the levels ics and london, notes of evidence, "
    "roles, and the addresses of those who saved. Keep it where only they may read it."
)
_OF_ANSWER = [name for name in ANSWER_COLUMNS if name not in ("instrument", "wave")]


def export(archive: Archive, file: Path, now: dt.datetime) -> list[Saved]:
    """Write everything to a file that only its owner may read; return the versions in it.

    Raises ArchiveError when the archive cannot be read, OSError when the file cannot be written.
    """
    kept = archive.everything()
    if any(saved.answers != len(answers) for saved, answers in kept):
        raise ArchiveError("What was saved was replaced meanwhile. Nothing was written: export again.")
    lines = "".join(json.dumps(_as_record(*pair), ensure_ascii=False) + "\n" for pair in kept).encode()
    manifest = {
        "schema": SCHEMA,
        "written": now.isoformat(timespec="seconds"),
        "versions": len(kept),
        "answers": sum(len(answers) for _, answers in kept),
        "sha256": hashlib.sha256(lines).hexdigest(),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(NOTE, CONFIDENTIAL + "\n")
        parts.writestr(MANIFEST, json.dumps(manifest, indent=2) + "\n")
        parts.writestr(VERSIONS, lines)
    _write_whole(file, content.getvalue())
    return [saved for saved, _ in kept]


def read(content: bytes) -> list[tuple[Saved, pd.DataFrame]]:
    """The versions in a file. Raises ArchiveError unless every byte of them is as it was written."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            manifest, lines = json.loads(parts.read(MANIFEST)), parts.read(VERSIONS)
        if manifest["schema"] != SCHEMA:
            raise ArchiveError("The file was written by a later version of this app. Nothing was changed.")
        if hashlib.sha256(lines).hexdigest() != manifest["sha256"]:
            raise _damaged()
        kept = [_from_record(json.loads(line)) for line in lines.split(b"\n") if line]
    except RAISED as error:
        raise _damaged() from error
    return kept


def _damaged() -> ArchiveError:
    return ArchiveError("The file is damaged, or is no export of saved answers. Nothing was changed.")


def _as_record(saved: Saved, answers: pd.DataFrame) -> dict[str, Any]:
    rows = answers[_OF_ANSWER].to_dict("records")
    days = ({"collected_on": row["collected_on"] and row["collected_on"].isoformat()} for row in rows)
    about = saved._asdict() | {"saved_at": saved.saved_at.isoformat()}
    return about | {"rows": [row | day for row, day in zip(rows, days, strict=True)]}


def _from_record(record: dict[str, Any]) -> tuple[Saved, pd.DataFrame]:
    """Raises KeyError, ValueError or TypeError for what is no version of a wave."""
    rows = record.pop("rows")
    saved = Saved(**record)._replace(saved_at=dt.datetime.fromisoformat(record["saved_at"]))
    for row in rows:
        day = row["collected_on"]
        row["collected_on"] = None if day is None else dt.date.fromisoformat(day)
    answers = pd.DataFrame(rows, columns=_OF_ANSWER, dtype=object)
    return saved, answers.assign(instrument=saved.instrument, wave=saved.wave)[ANSWER_COLUMNS]


def _write_whole(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read, in one step: never half of it."""
    new = file.with_name(f".{file.name}.new")
    try:
        handle = os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as writer:
            writer.write(content)
            writer.flush()
            os.fsync(writer.fileno())
        os.replace(new, file)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
