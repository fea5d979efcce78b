"""A file from a stranger is read in a process of its own, with a bound on its time and its memory.

Whatever a file makes its reader do, nobody else waits for it, and the app keeps its memory. The process gets
the file and nothing else: no settings, no passwords. It gives back a sheet of texts, or a sentence.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from data_loaders.survey.reading import read_upload
from data_loaders.survey.sheets import Sheet, UploadError

ROOT = Path(__file__).parents[2]
# of computing, of waiting for it, and of memory for what is read: sound files of 1 MB need a tenth
SECONDS, PATIENCE_S, MEMORY = 10, 30, 150_000_000
# where /proc/self/statm says how much data a process has, in pages
_DATA = 5
_PLACES = 2
_AT_ONCE = threading.BoundedSemaphore(_PLACES)
# a mark of each file that is read or waits
_ASKED: list[object] = []
_KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_COMMAND = (sys.executable, "-W", "ignore", "-m", "data_loaders.survey.apart")

TOO_LONG = (
    "The file takes far more time or memory to read than answers need, and was not read. Copy the answers "
    "into a new file, or into the template."
)
BUSY = "Other files are being read just now. Please add yours again in a minute."


def read_apart(content: bytes) -> Sheet:
    """The sheet of answers of a CSV or XLSX file. Raises UploadError, also when reading takes too much."""
    mine = object()
    _ASKED.append(mine)
    try:
        said = _read(content)
    finally:
        _ASKED.remove(mine)
    if "problem" in said:
        raise UploadError(said["problem"])
    return Sheet(said["name"], said["header"], said["rows"])


def waiting() -> int:
    """How many files wait to be read."""
    return max(0, len(_ASKED) - _PLACES)


def _read(content: bytes) -> dict[str, Any]:
    """What the process says of a file. Raises UploadError when it says nothing."""
    if not _AT_ONCE.acquire(timeout=PATIENCE_S):
        raise UploadError(BUSY)
    try:
        done = subprocess.run(
            _COMMAND, input=content, capture_output=True, timeout=PATIENCE_S, cwd=ROOT, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise UploadError(TOO_LONG) from error
    finally:
        _AT_ONCE.release()
    if done.returncode:
        # what follows its kind may name what is in the file
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2].partition(":")[0]
        logging.getLogger(__name__).warning("A file was not read (%s): %s", done.returncode, reason)
        raise UploadError(TOO_LONG)
    return dict(json.loads(done.stdout))


def _environment() -> dict[str, str]:
    """What a process needs to start; libraries that calculate would take memory for each core."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"OPENBLAS_NUM_THREADS": "1"}


def _bind() -> None:
    """Let this process take no more than it may, and only what others leave of the processor."""
    if sys.platform == "win32":  # which has no such limits: the patience of the app remains
        return
    import resource

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":  # which bounds data beyond what the libraries here already have
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
        used = int(pages[_DATA]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (used + MEMORY, used + MEMORY))


def _main() -> None:
    _bind()
    said: dict[str, object]
    try:
        sheet = read_upload(sys.stdin.buffer.read())
        said = {"name": sheet.name, "header": sheet.header, "rows": sheet.rows}
    except UploadError as problem:
        said = {"problem": str(problem)}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    _main()
