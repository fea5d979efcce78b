"""Outlines as browsers fetch them: compressed, once, under an address that names their content."""

import gzip
import hashlib
from typing import NamedTuple


class Packed(NamedTuple):
    """Outlines of something: compressed JSON, under a name that no other content has."""

    name: str
    content: bytes


def pack(what: str, text: str) -> Packed:
    """The JSON of these outlines, compressed; they have another name when they change."""
    content = text.encode()
    # without the time at which it was compressed, each process of a server gives the same
    return Packed(
        f"{what}.{hashlib.sha256(content).hexdigest()[:16]}.json", gzip.compress(content, 9, mtime=0)
    )
